#!/usr/bin/env bash
# In TikZ a hundred times 0.001 is 0.10071, 1e-5 is 0, and the logarithm of a thousandth to base ten is -2.9868.
#
# Guess before running: \pgfmathparse computes with five digits behind the point, as it prints them, so that 100*0.001 is 0.1, 1e-5 is 0.00001, and 2^3^2
#   is 512.
# Seen: numbers are lengths of TeX, whole multiples of 1/65536: 0.001 is 65 of them, a hundred of which are 0.10071, seven per mille too much; 1e-5 is
#   none. 1.5e-3 times 2 is 0.00299, 1/1000/1000 times a million 0. Powers of powers go from the left: 2^3^2 is 64. -2^2 is -4. sin is of degrees, as
#   documented. No warning is given. In an axis of pgfplots, which computes in floating point, all is right.
# Who meets it: who places nodes or prints values in TikZ by small factors, such as learning rates or steps of a loop: the third digit is wrong, or all is
#   0. Use \usepgflibrary{fpu}, or pgfplots' numbers.
# Versions: pdflatex of Debian's texlive-latex-base 2022.20230122-3 with texlive-pictures 2022.20230122-3 (pgf 3.1.10). Needs pdflatex of these packages.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/numbers.tex" <<'PROBE'
\documentclass{article}
\usepackage{pgf}
\usepgflibrary{fpu}
\newcommand{\tell}[1]{\pgfmathparse{#1}\typeout{SEEN #1 is \pgfmathresult}}
\begin{document}
\typeout{SEEN pgf \pgfversion}
\tell{100*0.001}
\tell{1.5e-3*2}
\tell{1e-5}
\tell{1/1000/1000*1000*1000}
\tell{log10(0.001)}
\tell{pow(10,-3)}
\tell{1/3*3}
\tell{2^3^2}
\tell{-2^2}
\pgfkeys{/pgf/fpu=true,/pgf/fpu/output format=fixed}
\typeout{SEEN with the fpu library:}
\tell{100*0.001}
\tell{1.5e-3*2}
\tell{1/1000/1000*1000*1000}
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
pgf 3.1.10
100*0.001 is 0.10071
1.5e-3*2 is 0.00299
1e-5 is 0.0
1/1000/1000*1000*1000 is 0.0
log10(0.001) is -2.9868
pow(10,-3) is 0.00099
1/3*3 is 0.99998
2^3^2 is 64.0
-2^2 is -4.0
with the fpu library:
100*0.001 is 0.1
1.5e-3*2 is 0.003
1/1000/1000*1000*1000 is 1.0000000000
EXPECTED
(cd "$place" && pdflatex -interaction=nonstopmode numbers.tex > log; sed -n 's/^SEEN //p' log) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
