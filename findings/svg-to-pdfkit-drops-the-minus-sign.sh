#!/usr/bin/env bash
# SVG-to-PDFKit leaves the sign − out of a figure: −4 is 4 in the PDF.
#
# Guess before running: a letter that the font of the PDF has not is taken from another font, drawn as a box, or told.
# Seen: with the usual families (Helvetica, sans-serif, serif) the text x = −4 is x = 4 in the PDF, ∂L/∂a is L/a, a → b is a b, w ≤ 1 is w 1, and no
#   warning is called; −, ∂, →, ≤ are not among the 256 signs of PDF's own fonts; × and · are.
# Who meets it: who turns an exported figure into a PDF on a server with Node: every negative number becomes positive. Register a font that has the
#   signs with fontCallback, or take the PDF that nodegraph writes.
# Versions: svg-to-pdfkit@0.1.8, pdfkit@0.20.2; Node 20, pdftotext of poppler-utils. Needs node, npm with a package index, pdftotext. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" svg-to-pdfkit@0.1.8 pdfkit@0.20.2
cat > "$place/probe.js" <<'PROBE'
const fs = require("fs");
const Document = require("pdfkit");
const draw = require("svg-to-pdfkit");
const texts = ["x = −4", "∂L/∂a = 15", "a → b", "w ≤ 1", "2 × 3 · 4"];
const lines = texts.map((text, i) => `<text x="10" y="${20 + 20 * i}" font-family="Helvetica, sans-serif" font-size="12">${text}</text>`);
const pdf = new Document({ size: [240, 120] });
pdf.pipe(fs.createWriteStream(process.argv[2]));
draw(pdf, `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120">${lines.join("")}</svg>`, 0, 0, { warningCallback: (said) => console.log("warning:", said) });
pdf.end();
PROBE
cat > "$place/expected" <<'EXPECTED'
x=4
L/a = 15
a b
w 1
2×3·4
EXPECTED
node "$place/probe.js" "$place/figure.pdf" > "$place/warnings" && { cat "$place/warnings"; pdftotext -layout "$place/figure.pdf" - | tr -d '\000\f' | grep -v '^$'; } > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
