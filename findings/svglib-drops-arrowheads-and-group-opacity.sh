#!/usr/bin/env bash
# svglib draws no arrowheads, and takes a half transparent group for an opaque one.
#
# Guess before running: marker-end and the opacity of a group, both of SVG 1.0, reach the PDF:
#   fill-opacity of a single shape does.
# Seen: the red arrowhead is missing, the group of opacity 0.5 is painted without transparency; nothing
#   is said. fill-opacity is kept.
# Who meets it: who turns a graph in SVG into a PDF by svglib and reportlab: its edges lose their
#   direction, and what was dimmed stands out as the rest. Our SVG has to draw arrowheads as paths of
#   their own, and give opacity shape by shape.
# Versions: svglib==2.3.2, reportlab==5.1.0, pypdf==7.1.1; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check svglib==2.3.2 reportlab==5.1.0 pypdf==7.1.1
cat > "$place/probe.py" <<'PROBE'
import io

from pypdf import PdfReader
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg


def page(content):
    """What the page of the PDF does, as its operators."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{content}</svg>'
    pdf = io.BytesIO()
    renderPDF.drawToFile(svg2rlg(io.BytesIO(svg.encode())), pdf)
    return PdfReader(pdf).pages[0].get_contents().get_data().decode("latin1")


square = '<rect width="50" height="50" fill="red"'
head = '<marker id="head" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0L9 4L0 9z" fill="red"/></marker>'
for name, content, sign in (
    ("fill-opacity of a shape", f'{square} fill-opacity="0.5"/>', " gs\n"),
    ("opacity of a group", f'<g opacity="0.5">{square}/></g>', " gs\n"),
    ("a red shape", f"{square}/>", "1 0 0 rg"),
    ("a red arrowhead", f'<defs>{head}</defs><path d="M0 50H90" stroke="black" marker-end="url(#head)"/>', "1 0 0 rg"),
):
    print(name, "is in the PDF" if sign in page(content) else "is missing")
PROBE
cat > "$place/expected" <<'EXPECTED'
fill-opacity of a shape is in the PDF
opacity of a group is missing
a red shape is in the PDF
a red arrowhead is missing
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
