#!/usr/bin/env bash
# siunitx takes a comma for a decimal marker and drops the sign of zero: \num{1,234} prints 1.234.
#
# Guess before running: a comma between groups of three digits parts thousands, as in what programs print with {:,}; the document's language is English.
#   -0 stays -0.
# Seen: 1,234 and 1.234 both print as 1.234, a thousandth; 1,234.5 is refused. -0 prints as 0, and -0.001 rounded to two places as 0.00. 0.005 rounded
#   to two places is 0.01, 2.5 to none is 3: half goes up, where Python gives 0.01 and 2.
# Who meets it: who lets a program print gradients with commas into \num for a paper: each is a thousandth of itself, and only those that have a point
#   as well are refused. Print numbers without commas, as nodegraph does, and let siunitx group them.
# Versions: pdfTeX and siunitx as Debian 12 packages them (texlive-science 2022.20230122-4); the version is printed. Needs pdflatex with siunitx, and
#   pdftotext. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/numbers.tex" <<'PROBE'
\documentclass{article}
\usepackage{siunitx}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\begin{document}
\makeatletter
siunitx \csname ver@siunitx.sty\endcsname\par
\makeatother
1,234 is \num{1,234}\par
1.234 is \num{1.234}\par
1234 is \num{1234}\par
12345.678 is \num{12345.678}\par
minus 0 is \num{-0}\par
minus 0.001 to two places is \num[round-mode=places,round-precision=2]{-0.001}\par
0.005 to two places is \num[round-mode=places,round-precision=2]{0.005}\par
2.5 to no places is \num[round-mode=places,round-precision=0]{2.5}\par
1,234.5 is \num{1,234.5}\par
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
! Package siunitx Error: Invalid number '1,234.5'.
siunitx 2023-01-03 v3.2.0 A comprehensive (SI) units package
1,234 is 1.234
1.234 is 1.234
1234 is 1234
12345.678 is 12 345.678
minus 0 is 0
minus 0.001 to two places is 0.00
0.005 to two places is 0.01
2.5 to no places is 3
1,234.5 is
EXPECTED
(cd "$place" && (pdflatex -interaction=nonstopmode numbers.tex > log || grep '^! Package siunitx' log) && pdftotext -layout numbers.pdf - | sed '/^ *$/d; s/\f//g') > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
