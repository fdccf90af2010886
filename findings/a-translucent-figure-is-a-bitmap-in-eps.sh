#!/usr/bin/env bash
# Ghostscript and Poppler turn a whole figure into one bitmap when they write EPS of a PDF in which anything is translucent.
#
# Guess before running: what is translucent is flattened where it lies; letters and lines elsewhere stay letters and lines.
# Seen: of the figure with an opaque rectangle both keep all words (ghostscript's eps2write and pdftops -eps), without an image. With the same rectangle
#   at 30 % both write one image of the whole page and no letter: it can be neither searched nor magnified. Nothing is said, and the files are hardly
#   larger.
# Who meets it: who must hand in EPS to a journal and has a halo, a shadow or a faint fill in a figure. Export it without translucent parts, or hand in
#   PDF; mix such colours with the paper's beforehand.
# Versions: Debian 12's ghostscript 10.00.0 and poppler-utils 22.12.0. Needs gs, pdftops, pdftotext, pdfimages and pdflatex with TikZ. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/figure.tex" <<'PROBE'
\documentclass[tikz]{standalone}
\begin{document}
\begin{tikzpicture}
\node[draw] (a) at (0,0) {$a=2$};
\node[draw] (e) at (3,0) {$e=6$};
\draw[->] (a) -- node[above] {slope} (e);
\fill[blue, opacity=OPACITY] (4,0) rectangle (5,1);
\end{tikzpicture}
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
gs, opacity 1: words 'a=2 slope e=6 ', images 0
pdftops, opacity 1: words 'a=2 slope e=6 ', images 0
gs, opacity 0.3: words ' ', images 1
pdftops, opacity 0.3: words ' ', images 1
EXPECTED
(cd "$place" && for opacity in 1 0.3; do
  sed "s/OPACITY/$opacity/" figure.tex > f.tex
  pdflatex -interaction=batchmode f.tex > log
  gs -q -dBATCH -dNOPAUSE -sDEVICE=eps2write -sOutputFile=gs.eps f.pdf
  pdftops -eps f.pdf pdftops.eps
  for way in gs pdftops; do
    gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -dEPSCrop -sOutputFile=back.pdf $way.eps
    echo "$way, opacity $opacity: words '$(pdftotext back.pdf - | tr -s '\n\f' '  ')', images $(pdfimages -list back.pdf | tail -n +3 | wc -l)"
  done
done) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
