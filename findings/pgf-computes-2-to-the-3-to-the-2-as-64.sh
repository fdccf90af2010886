#!/usr/bin/env bash
# Two calculators of TeX do not agree on 2^3^2, nor on what 1/2pi is.
#
# Guess before running: both follow the rule of mathematics and of Python: 2^3^2 = 512, -2^2 = -4, and 1/2pi and 6/2(1+2) are read alike, from the left.
# Seen: pgfmath gives 64 for 2^3^2 (from the left), \fpeval gives 512; both give -4 for -2^2. \fpeval takes a number beside a name for one factor, 1/2pi
#   = 1/(2 pi) = 0.159, but not a number beside a bracket: 6/2(1+2) = 9. 1/3*3 is 0.99998 in pgfmath, log10(1000) 2.99991, e^1 2.71828 but exp(1) 2.71825.
# Who meets it: who moves a formula from pgfplots to l3fp or into nodegraph (which takes 2^3^2 for 512), and who compares numbers in a figure that TikZ
#   computed with those beside it. Write brackets.
# Versions: pgf and l3fp as Debian 12 packages them (texlive-latex-base 2022.20230122-3); the version of pgf is printed. Needs pdflatex and pdftotext.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/powers.tex" <<'PROBE'
\documentclass{article}
\usepackage{pgfmath}
\usepackage{xfp}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\newcommand{\pgf}[1]{\pgfmathparse{#1}\pgfmathresult}
\begin{document}
pgf \pgfversion\par
2\^{}3\^{}2: pgf \pgf{2^3^2}, fpeval \fpeval{2^3^2}\par
-2\^{}2: pgf \pgf{-2^2}, fpeval \fpeval{-2^2}\par
1/2pi: fpeval \fpeval{1/2pi}\par
6/2(1+2): fpeval \fpeval{6/2(1+2)}\par
1/3*3: pgf \pgf{1/3*3}, fpeval \fpeval{1/3*3}\par
log10(1000): pgf \pgf{log10(1000)}\par
e\^{}1 and exp(1): pgf \pgf{e^1} and \pgf{exp(1)}\par
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
pgf 3.1.10
2ˆ3ˆ2: pgf 64.0, fpeval 512
-2ˆ2: pgf -4.0, fpeval -4
1/2pi: fpeval 0.1591549430918953
6/2(1+2): fpeval 9
1/3*3: pgf 0.99998, fpeval 0.9999999999999999
log10(1000): pgf 2.99991
eˆ1 and exp(1): pgf 2.71828 and 2.71825
EXPECTED
(cd "$place" && pdflatex -interaction=batchmode powers.tex > log && pdftotext -layout powers.pdf - | sed '/^ *$/d; s/\f//g') > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
