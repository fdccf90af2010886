#!/usr/bin/env bash
# cairosvg anchors every tspan of a text by itself, so that a label in two pieces falls over itself or
#   out of its place.
#
# Guess before running: text-anchor='end' at x = 100 ends the whole text there, whatever pieces it is
#   made of, as browsers, QtSvg and librsvg have it.
# Seen: of 'ab' with 'cd' in a tspan, anchored at the end, 'ab' ends at 100 and 'cd' follows it, so that
#   half of the text stands beyond 100, where in one piece none does. With 'middle' the text is off its
#   centre by a quarter of its width.
# Who meets it: who turns an SVG with w and a lowered 1, or a number in two colours, into PNG or PDF by
#   cairosvg: labels hang over their edge. Our SVG has to anchor texts of several pieces at their start.
# Versions: CairoSVG==2.9.1, pillow==13.0.0; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check CairoSVG==2.9.1 pillow==13.0.0
cat > "$place/probe.py" <<'PROBE'
import io

import cairosvg
from PIL import Image


def extent(content, anchor):
    text = f'<text x="100" y="50" font-family="monospace" font-size="20" text-anchor="{anchor}">{content}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{text}</svg>'
    picture = Image.open(io.BytesIO(cairosvg.svg2png(bytestring=svg.encode())))
    left, _, right, _ = picture.getchannel("A").getbbox()
    return left, right


for anchor in ("start", "end", "middle"):
    whole, pieces = extent("abcd", anchor), extent("ab<tspan>cd</tspan>", anchor)
    width = whole[1] - whole[0]
    shift = (pieces[1] - whole[1]) / width
    print(f"{anchor}: in two pieces the text ends {round(4 * shift) / 4} of its width further right")
PROBE
cat > "$place/expected" <<'EXPECTED'
start: in two pieces the text ends 0.0 of its width further right
end: in two pieces the text ends 0.5 of its width further right
middle: in two pieces the text ends 0.25 of its width further right
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
