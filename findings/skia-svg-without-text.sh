#!/usr/bin/env bash
# Skia's SVG leaves out all text, arrowheads and symbols, and paints what a style sheet colours black.
#
# Guess before running: SVGDOM, of the library that draws Chromium, draws text, markers, symbols, classes and CSS colours as
#   Chromium does, or raises for what it cannot.
# Seen: an attribute's colour is right. Text, markers and symbols are missing though fonts are there (MakeFromStream takes no font
#   manager); a class and hsl() come out black. No error, no warning.
# Who meets it: who turns graphs of Graphviz or a page into PNG by skia-python: boxes without names, edges without direction.
#   Use a browser or resvg, or draw letters as paths.
# Versions: skia-python==144.1, numpy==2.4.6; Python 3.11; Linux. Needs python3 with venv and a package index, and the GL library
#   that skia-python loads. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check skia-python==144.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import skia


def colour(inner, x=50, y=50):
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100' viewBox='0 0 100 100'>{inner}</svg>"
    drawing = skia.SVGDOM.MakeFromStream(skia.MemoryStream(picture.encode()))
    drawing.setContainerSize(skia.Size(100, 100))
    surface = skia.Surface(100, 100)
    surface.getCanvas().clear(skia.ColorWHITE)
    drawing.render(surface.getCanvas())
    return tuple(int(part) for part in surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[y, x][:3])


SQUARE = "<rect width='100' height='100'"
HEAD = "<marker id='m' refX='0' refY='30' markerWidth='60' markerHeight='60' markerUnits='userSpaceOnUse'><rect width='60' height='60' fill='red'/></marker>"
for words, inner in (
    ("a full block as text", "<text x='-10' y='100' font-size='120' font-family='DejaVu Sans' fill='red'>&#9608;</text>"),
    ("an arrowhead", HEAD + "<path d='M0 50H40' stroke='red' marker-end='url(#m)'/>"),
    ("a class", f"<style>.c {{ fill: red }}</style>{SQUARE} class='c'/>"),
    ("hsl(0, 100%, 50%)", f"{SQUARE} fill='hsl(0, 100%, 50%)'/>"),
    ("a symbol", f"<symbol id='s' viewBox='0 0 100 100'>{SQUARE} fill='red'/></symbol><use href='#s' width='100' height='100'/>"),
    ("an attribute", f"{SQUARE} fill='red'/>"),
):
    print(f"red by {words}: {colour(inner)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
red by a full block as text: (255, 255, 255)
red by an arrowhead: (255, 255, 255)
red by a class: (0, 0, 0)
red by hsl(0, 100%, 50%): (0, 0, 0)
red by a symbol: (255, 255, 255)
red by an attribute: (255, 0, 0)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
