#!/usr/bin/env bash
# Colours kept in variables, var(--loss), are black to resvg, CairoSVG, MuPDF and WeasyPrint, and a line that is not to be scaled is scaled by all four; browsers do both.
#
# Guess before running: what browsers draw is drawn alike by the programs that make pictures of an SVG: a variable stands for its colour; a non-scaling-stroke of 4 is 4 wide;
#   rgb(255 0 0 / 50%) is half of red; context-stroke gives an arrowhead the colour of its line; the radius of a circle may stand in CSS.
# Seen: no variable is known, nor the colour that is named for such a case, and none says so. vector-effect="non-scaling-stroke" is not read, the line is ten times as wide.
#   rgb with blanks is black to resvg, an error to CairoSVG, full red to MuPDF. With context-stroke CairoSVG draws the arrowhead black. resvg and MuPDF draw no circle
#   whose radius stands in CSS. MuPDF takes transparent for black, and draws what a mask hides.
# Who meets it: who has a chart or a graph of the web, in which themes are variables, made into a PNG or a PDF: all of it is black. Write colours out
#   before, or let a browser print it.
# Versions: resvg_py==0.5.0, CairoSVG==2.9.1, PyMuPDF==2.0, weasyprint==70.0, pillow==13.0.0; Python 3.11. Needs python3 with venv, the libraries cairo and pango,
#   and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check resvg_py==0.5.0 CairoSVG==2.9.1 PyMuPDF==2.0 weasyprint==70.0 pillow==13.0.0
cat > "$place/probe.py" <<'PROBE'
import io

import cairosvg
import pymupdf
import resvg_py
import weasyprint
from PIL import Image

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">'
SHEET = "<style>@page{size:100px 100px;margin:0}body{margin:0}svg{display:block}</style>"
TIP = '<marker id="m" viewBox="0 0 10 10" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>'
# of each: what is drawn, and the place at which its colour is told
PICTURES = {
    "var(--loss)": ("<style>:root{--loss:#f00}rect{fill:var(--loss)}</style><rect width='50' height='50'/>", (25, 25)),
    "var(--loss, red)": ("<rect width='50' height='50' style='fill:var(--loss, red)'/>", (25, 25)),
    "beside a line that does not scale": (
        "<g transform='scale(10)'><path d='M1 5H9' stroke='#f00' stroke-width='4' vector-effect='non-scaling-stroke'/></g>", (50, 40)),
    "rgb(255 0 0 / 50%)": ("<rect width='50' height='50' fill='rgb(255 0 0 / 50%)'/>", (25, 25)),
    "context-stroke": (TIP + "<path d='M10 50H60' stroke='#f00' stroke-width='4' marker-end='url(#m)'/>", (66, 50)),
    "a radius in CSS": ("<style>circle{r:30px}</style><circle cx='50' cy='50' fill='#f00'/>", (50, 50)),
    "transparent": ("<rect width='50' height='50' fill='transparent'/>", (25, 25)),
    "behind a mask": ("<mask id='m'><rect width='50' height='100' fill='#fff'/></mask><rect width='100' height='100' fill='#f00' mask='url(#m)'/>", (75, 50)),
}
NAMES = {(0, 0, 0): "black", (255, 0, 0): "red", (255, 255, 255): "nothing"}


def by_weasyprint(svg):
    sheet = weasyprint.HTML(string=SHEET + svg).write_pdf()
    return pymupdf.open(stream=sheet, filetype="pdf")[0].get_pixmap(dpi=96).tobytes("png")


PROGRAMS = {
    "resvg": lambda svg: bytes(resvg_py.svg_to_bytes(svg_string=svg)),
    "CairoSVG": lambda svg: cairosvg.svg2png(bytestring=svg.encode()),
    "MuPDF": lambda svg: pymupdf.open(stream=svg.encode(), filetype="svg")[0].get_pixmap().tobytes("png"),
    "WeasyPrint": by_weasyprint,
}


def colour(picture, place):
    picture = Image.open(io.BytesIO(picture)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    seen = paper.getpixel(place)[:3]
    return NAMES.get(seen, "half of red" if seen[0] == 255 and 120 < seen[1] < 136 else str(seen))


for name, (drawn, place) in PICTURES.items():
    told = []
    for program, render in PROGRAMS.items():
        try:
            told.append(f"{program} {colour(render(HEAD + drawn + '</svg>'), place)}")
        except ValueError:
            told.append(f"{program} ValueError")
    print(f"{name}: {', '.join(told)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
var(--loss): resvg black, CairoSVG black, MuPDF black, WeasyPrint black
var(--loss, red): resvg black, CairoSVG black, MuPDF black, WeasyPrint black
beside a line that does not scale: resvg red, CairoSVG red, MuPDF red, WeasyPrint red
rgb(255 0 0 / 50%): resvg black, CairoSVG ValueError, MuPDF red, WeasyPrint half of red
context-stroke: resvg red, CairoSVG black, MuPDF nothing, WeasyPrint red
a radius in CSS: resvg nothing, CairoSVG red, MuPDF nothing, WeasyPrint red
transparent: resvg nothing, CairoSVG nothing, MuPDF black, WeasyPrint nothing
behind a mask: resvg nothing, CairoSVG nothing, MuPDF red, WeasyPrint nothing
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen" 2> "$place/errors"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
