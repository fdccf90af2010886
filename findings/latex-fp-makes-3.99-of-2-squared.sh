#!/usr/bin/env bash
# With LaTeX's package fp 2^2 is 3.999999999999999968, while 2*2 is 4 and 0.1+0.2 is 0.3.
#
# Guess before running: \FPeval computes with decimals, so whole powers are exact: 2^2 = 4, 2^3 = 8.
# Seen: ^ goes by exp and ln for every exponent: 2^2 is 3.999999999999999968, by \FPpow, too, 3^2 is 8.999999999999999733, and trunc(2^2:0) is 3; 2*2 is
#   4 and round(2^2:3) is 4.000. 12/3/2 is 2 and 10−4−3 is 3, from the left, as it should be.
# Who meets it: who computes a squared error in a document: what is cut to whole numbers is one too small, and a comparison with 4 fails. Write x*x or
#   round.
# Versions: Debian's texlive-latex-extra 2022.20230122-4 (fp 1.1). Needs pdflatex with fp. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.tex" <<'PROBE'
\documentclass{article}
\usepackage{fp}
\begin{document}
\FPeval\r{2^2}\typeout{OUT 2^2 = \r}
\FPeval\r{3^2}\typeout{OUT 3^2 = \r}
\FPpow\r{2}{2}\typeout{OUT FPpow 2 2 = \r}
\FPeval\r{2*2}\typeout{OUT 2*2 = \r}
\FPeval\r{trunc(2^2:0)}\typeout{OUT trunc(2^2:0) = \r}
\FPeval\r{round(2^2:3)}\typeout{OUT round(2^2:3) = \r}
\FPeval\r{0.1+0.2}\typeout{OUT 0.1+0.2 = \r}
\FPeval\r{10-4-3}\typeout{OUT 10-4-3 = \r}
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
OUT 2^2 = 3.999999999999999968
OUT 3^2 = 8.999999999999999733
OUT FPpow 2 2 = 3.999999999999999968
OUT 2*2 = 4.000000000000000000
OUT trunc(2^2:0) = 3
OUT round(2^2:3) = 4.000
OUT 0.1+0.2 = 0.300000000000000000
OUT 10-4-3 = 3.000000000000000000
EXPECTED
pdflatex -interaction=batchmode -output-directory "$place" "$place/probe.tex" > /dev/null; grep '^OUT' "$place/probe.log" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
