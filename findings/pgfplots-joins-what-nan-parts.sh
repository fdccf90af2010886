#!/usr/bin/env bash
# pgfplots draws a line over a NaN as though the run had gone on, and its tables print an accuracy of 0.997 as 1.
#
# Guess before running: a NaN among the points makes a gap, as in matplotlib and gnuplot; a table prints numbers with as many digits as tell them apart, or
#   as they are in the file.
# Seen: points with NaN are left out and their neighbours joined, for \addplot coordinates with a note in the log alone; unbounded coords=jump makes the
#   gap. \pgfplotstabletypeset and \pgfmathprintnumber round to two decimals: 0.997 is 1, 0.1234 is 0.12, 1234567 is 1.23 times a million.
# Who meets it: who plots losses of a run that broke down, or sets a table of results, in LaTeX: the break is not seen, and a model that errs is perfect.
#   Set unbounded coords=jump and precision=4.
# Versions: pdflatex of Debian's texlive-latex-base 2022.20230122-3 with texlive-pictures 2022.20230122-3 (pgfplots 1.18.1). Needs pdflatex of these
#   packages. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/plot.tex" <<'PROBE'
\documentclass{article}
\usepackage{pgfplots}
\usepackage{pgfplotstable}
\pgfplotsset{compat=1.18}
\pdfcompresslevel=0
\begin{document}
\typeout{SEEN pgfplots \pgfplotsversion}
\newcommand{\run}[1]{\begin{tikzpicture}\begin{axis}[hide axis, xmin=0, xmax=4, ymin=0, ymax=4, #1]
  \addplot[mark=none] coordinates {(0,0) (1,1) (2,nan) (3,3) (4,4)};
\end{axis}\end{tikzpicture}}
\run{}
\clearpage
\run{unbounded coords=jump}
\clearpage
\foreach \n in {0.997, 0.1234, 0.005, 1234567} {\pgfmathprintnumberto{\n}{\out}\typeout{SEEN \n\space is printed as \detokenize\expandafter{\out}}}
\foreach \n in {0.997, 0.1234} {\pgfmathprintnumberto[precision=4]{\n}{\out}\typeout{SEEN with precision 4 \n\space is printed as \detokenize\expandafter{\out}}}
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
pgfplots 1.18.1
0.997 is printed as \pgfutilensuremath {1}
0.1234 is printed as \pgfutilensuremath {0.12}
0.005 is printed as \pgfutilensuremath {5\cdot 10^{-3}}
1234567 is printed as \pgfutilensuremath {1.23\cdot 10^{6}}
with precision 4 0.997 is printed as \pgfutilensuremath {0.997}
with precision 4 0.1234 is printed as \pgfutilensuremath {0.1234}
0 0 m
194 0 l
194 161 l
0 161 l
0 0 m
49 40 l
146 121 l
194 161 l
0 0 m
194 0 l
194 161 l
0 161 l
0 0 m
49 40 l
146 121 m
194 161 l
EXPECTED
(cd "$place" && pdflatex -interaction=nonstopmode plot.tex > log; sed -n 's/^SEEN //p' log) > "$place/seen"
# The curves in the pages: m begins a line, l goes on with it; the first four of each page are the frame.
sed -En 's/^([0-9.]+ [0-9.]+ [ml]) *$/\1/p' "$place/plot.pdf" | awk '{printf "%d %d %s\n", $1 + 0.5, $2 + 0.5, $3}' >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
