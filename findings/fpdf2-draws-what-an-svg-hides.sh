#!/usr/bin/env bash
# fpdf2 draws what an SVG hides, and stops at numbers and colours that SVG has.
#
# Guess before running: display='none' and visibility='hidden' hide; currentColor is the colour set; the opacity of a group holds
#   for the group as one picture; 1e2 and rgb(100%, 0%, 0%) are a number and a colour. What it cannot do it names, as it names
#   <marker>.
# Seen: hidden parts are painted, without a warning. currentColor is black. Two shapes upon each other in a group of opacity
#   0.5 are each half clear, so that the lower shines through. The number and the colour raise ValueError.
# Who meets it: who sets figures of a drawing program into a PDF by fpdf2: layers switched off (answers of an exercise, helper
#   lines) are in the handout. Delete them before, and write colours as #rrggbb. nodegraph exports no hidden parts.
# Versions: fpdf2==2.8.9, pypdfium2==5.15.2, pillow==13.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check fpdf2==2.8.9 pypdfium2==5.15.2 pillow==13.0.0
cat > "$place/probe.py" <<'PROBE'
import io

import fpdf
import pypdfium2 as pdfium

SQUARE = "<rect width='100' height='100'"


def colour(inner, x=50, y=50):
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100' viewBox='0 0 100 100'>{inner}</svg>"
    page = fpdf.FPDF(unit="pt", format=(100, 100))
    page.add_page()
    fpdf.svg.SVGObject(picture).draw_to_page(page, 0, 0)
    pixels = pdfium.PdfDocument(io.BytesIO(page.output()))[0].render(scale=1).to_pil().convert("RGB")
    return pixels.getpixel((x, y))


for words, inner in (
    ("blue under display='none', on red", f"{SQUARE} fill='red'/><g display='none'>{SQUARE} fill='blue'/></g>"),
    ("blue under visibility='hidden', on red", f"{SQUARE} fill='red'/><g visibility='hidden'>{SQUARE} fill='blue'/></g>"),
    ("currentColor where color='red'", f"<g color='red'>{SQUARE} fill='currentColor'/></g>"),
    ("two red squares, one upon the other, in a group of opacity 0.5", f"<g opacity='0.5'>{SQUARE} fill='red'/>{SQUARE} fill='red'/></g>"),
    ("rgb(100%, 0%, 0%)", f"{SQUARE} fill='rgb(100%, 0%, 0%)'/>"),
    ("a width of 1e2", "<rect width='1e2' height='100' fill='red'/>"),
):
    try:
        print(f"{words}: {colour(inner)}")
    except ValueError as error:
        print(f"{words}: ValueError: {error}")
PROBE
cat > "$place/expected" <<'EXPECTED'
blue under display='none', on red: (0, 0, 255)
blue under visibility='hidden', on red: (0, 0, 255)
currentColor where color='red': (0, 0, 0)
two red squares, one upon the other, in a group of opacity 0.5: (255, 64, 64)
rgb(100%, 0%, 0%): ValueError: invalid literal for int() with base 10: '100%'
a width of 1e2: ValueError: 1e2 contains unrecognized unit e
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
