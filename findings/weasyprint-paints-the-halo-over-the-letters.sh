#!/usr/bin/env bash
# WeasyPrint ignores paint-order, so that a label with a halo is covered by its own halo.
#
# Guess before running: paint-order='stroke' puts the white outline of a label beneath its letters, as
#   browsers, librsvg and resvg have it; WeasyPrint even knows context-stroke, which is younger.
# Seen: the outline is painted last. Of a label of 14 units with a halo of 4 no dark pixel is left, where
#   the same label without a halo has some 60; there is no warning. It is the same for an <svg> in the page
#   and for an <img>.
# Who meets it: who puts an SVG with haloed labels into a page that WeasyPrint prints: the numbers on the
#   edges are gone in the PDF. Draw each label twice, first the outline, then the letters.
# Versions: weasyprint==70.0, pypdfium2==5.15.2, pillow==13.0.0; Python 3.11. Needs python3 with venv, a
#   package index and Pango. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pillow==13.0.0
cat > "$place/probe.py" <<'PROBE'
import base64

import pypdfium2
import weasyprint

HEAD = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100' viewBox='0 0 200 100'>"
TEXT = "<text x='20' y='60' font-size='14' {}>−4 × 5</text>"
HALO = "stroke='white' stroke-width='4'"
PAGE = "<style>@page {{ size: 200px 100px; margin: 0 }} body {{ margin: 0 }}</style>{}"


def dark(body):
    """Whether a page with this body has any pixel darker than middle grey."""
    page = pypdfium2.PdfDocument(weasyprint.HTML(string=PAGE.format(body)).write_pdf())[0]
    counts = page.render(scale=4).to_pil().convert("L").histogram()
    return "letters" if sum(counts[:128]) > 100 else "no letters"


for name, style in (("plain", ""), ("halo", HALO), ("halo, paint-order", HALO + " paint-order='stroke'")):
    picture = HEAD + TEXT.format(style) + "</svg>"
    data = base64.b64encode(picture.encode()).decode()
    print(f"{name}: in the page {dark(picture)}, as img", dark(f"<img src='data:image/svg+xml;base64,{data}'>"))
twice = HEAD + TEXT.format(HALO) + TEXT.format("") + "</svg>"
print("drawn twice:", dark(twice))
PROBE
cat > "$place/expected" <<'EXPECTED'
plain: in the page letters, as img letters
halo: in the page no letters, as img no letters
halo, paint-order: in the page no letters, as img no letters
drawn twice: letters
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
