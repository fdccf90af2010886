#!/usr/bin/env bash
# Scour rounds shapes to five digits wherever the viewBox lies, and leaves texts in their places: at x = 123456.7 a card moves and its label does not.
#
# Guess before running: numbers are rounded so far that nothing is seen of it in the viewBox; what belongs together is rounded alike.
# Seen: the standard precision is five significant digits of each number: 123456.7 becomes 123457, and 100000.4 becomes 1e5, at which a picture of 20 units
#   has moved by a fiftieth. x and y of a text stay as they were, those of circles, rectangles, paths and translations do not. Digits after the first point
#   of a path, which are differences, are kept.
# Who meets it: who makes a large graph smaller, or one drawn in pixels of a large board: labels no longer stand in their cards, edges end beside them. Set
#   --set-precision=9.
# Versions: scour==0.38.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scour==0.38.2
cat > "$place/places.py" <<'PROBE'
import re

from scour import scour

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} 0 20 20">
<circle cx="{x}" cy="3" r="1.5"/><text x="{x}" y="3">a</text><path d="M {x} 5 L {x} 9"/><g transform="translate({x} 3)"><path d="M 0 0 L 4.25 4.25"/></g></svg>"""

for left, x in ((0, 6.7), (99990, 100000.4), (123450, 123456.7)):
    text = PICTURE.format(left=left, x=x)
    for options in ([], ["--set-precision=9"]):
        written = scour.scourString(text, scour.parse_args(options))
        circle, label = (re.search(rf'<{name} .*?x="([^"]*)"', written)[1] for name in ("circle", "text"))
        paths = re.findall(r' d="([^"]*)"', written)
        moved = re.search(r'transform="([^"]*)"', written)
        print(f"x = {x}{' with ' + options[0] if options else ''}: circle {circle}, text {label}, paths {paths}, {moved[1] if moved else 'no transform'}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x = 6.7: circle 6.7, text 6.7, paths ['m6.7 5v4', 'm0 0 4.25 4.25'], translate(6.7 3)
x = 6.7 with --set-precision=9: circle 6.7, text 6.7, paths ['m6.7 5v4', 'm0 0 4.25 4.25'], translate(6.7 3)
x = 100000.4: circle 1e5, text 100000.4, paths ['m1e5 5v4', 'm0 0 4.25 4.25'], translate(1e5 3)
x = 100000.4 with --set-precision=9: circle 100000.4, text 100000.4, paths ['m100000.4 5v4', 'm0 0 4.25 4.25'], translate(100000.4 3)
x = 123456.7: circle 123457, text 123456.7, paths ['m123457 5v4', 'm0 0 4.25 4.25'], translate(123457 3)
x = 123456.7 with --set-precision=9: circle 123456.7, text 123456.7, paths ['m123456.7 5v4', 'm0 0 4.25 4.25'], translate(123456.7 3)
EXPECTED
"$place/venv/bin/python" "$place/places.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
