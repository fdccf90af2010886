#!/usr/bin/env bash
# PyMuPDF opens an SVG and paints dashed lines solid, gradients, classes and currentColor black, and hidden
#   shapes too.
#
# Guess before running: of SVG 1.1 the old core is drawn (stroke-dasharray, linear gradients, display='none',
#   currentColor, clip-path), while style sheets, markers and text details may be missing; MuPDF has dashes,
#   gradients and clips for PDF anyway.
# Seen: none of these is drawn. A dashed line is solid, a gradient, a class and currentColor come out black,
#   what display='none' hides is painted, clip-path cuts nothing, arrowheads (marker) are missing. The
#   opacity of a group and fill-opacity as a number are honoured. No warning.
# Who meets it: who turns figures into PDF or PNG by PyMuPDF's convert_to_pdf: dashed edges, coloured by the
#   sign of their gradient, become solid black ones. Write colours and dashes out, as plain attributes of
#   each shape and as separate strokes.
# Versions: pymupdf==2.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pymupdf==2.0
cat > "$place/probe.py" <<'PROBE'
import pymupdf

HEAD = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'>"
GRADIENT = (
    "<linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1' stop-color='red'/></linearGradient>"
)
SQUARE = "<rect x='20' y='20' width='60' height='60' {}/>"
CASES = {
    "fill='red'": SQUARE.format("fill='red'"),
    "group of opacity 0.5": "<g opacity='0.5'>" + SQUARE.format("fill='red'") + "</g>",
    "gradient, red throughout": GRADIENT + SQUARE.format("fill='url(#g)'"),
    "class with fill red": "<style>.a { fill: red }</style>" + SQUARE.format("class='a'"),
    "currentColor in red": "<g color='red'>" + SQUARE.format("fill='currentColor'") + "</g>",
    "display='none'": SQUARE.format("fill='red' display='none'"),
    "clip-path away": "<clipPath id='c'><rect width='5' height='5'/></clipPath>"
    + SQUARE.format("fill='red' clip-path='url(#c)'"),
    "gap of a dashed line": "<path d='M0,50 H200' stroke='red' stroke-width='20' stroke-dasharray='40 60'/>",
}
for name, body in CASES.items():
    page = pymupdf.open(stream=(HEAD + body + "</svg>").encode(), filetype="svg")[0]
    print(f"{name}:", page.get_pixmap().pixel(50, 50))
PROBE
cat > "$place/expected" <<'EXPECTED'
fill='red': (255, 0, 0)
group of opacity 0.5: (255, 128, 128)
gradient, red throughout: (0, 0, 0)
class with fill red: (0, 0, 0)
currentColor in red: (0, 0, 0)
display='none': (255, 0, 0)
clip-path away: (255, 0, 0)
gap of a dashed line: (255, 0, 0)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
