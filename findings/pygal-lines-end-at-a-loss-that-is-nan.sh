#!/usr/bin/env bash
# A line of pygal ends at the first NaN: the word nan stands in its path, where drawing ends; an infinite loss is an OverflowError; zero on a logarithmic axis is joined over.
#
# Guess before running: a loss that is NaN leaves a gap, as None does with allow_interruptions; an infinite one too; what is zero or below on a logarithmic axis is a gap or
#   is refused; values of 1e-5 have labels with their digits.
# Seen: "366 nan" is written into the path, and the rest of the line is not drawn, as the rule for a faulty path says: from the third of five losses on nothing is to be seen,
#   and its dots stand there without a line. With one infinite loss there is no chart. On a logarithmic axis zero and None are left out, and their neighbours are joined
#   as though no step lay between, allow_interruptions or not; a loss that is below zero throughout is "No data". Labels of 1e-5 have their digits.
# Who meets it: who draws a run that has one bad step: the chart seems to say that training ended there. Replace what is not finite by None, with allow_interruptions=True.
# Versions: pygal==3.1.3, resvg_py==0.5.0, pillow==13.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pygal==3.1.3 resvg_py==0.5.0 pillow==13.0.0
cat > "$place/probe.py" <<'PROBE'
import io
import re

import pygal
import resvg_py
from PIL import Image

INFINITE, MISSING = float("inf"), float("nan")


def chart(losses, **options):
    drawn = pygal.Line(show_legend=False, show_dots=False, allow_interruptions=True, **options)
    drawn.add("loss", losses)
    return drawn.render().decode()


def reach(svg):
    """How far to the right the red line goes, of a chart that is 800 wide."""
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGB")
    reds = [x for x in range(picture.width) for y in range(picture.height) if is_red(picture.getpixel((x, y)))]
    return max(reds, default=0) // 100 * 100


def is_red(colour):
    return colour[0] > 200 and colour[1] < 110 and colour[2] < 110


for name, losses, options in (
    ("a missing one", [4, 2, None, 1, 0.5], {}),
    ("NaN", [4, 2, MISSING, 1, 0.5], {}),
    ("infinity", [4, 2, INFINITE, 1, 0.5], {}),
    ("zero, logarithmic", [4, 2, 0, 1, 0.5], {"logarithmic": True}),
    ("a missing one, logarithmic", [4, 2, None, 1, 0.5], {"logarithmic": True}),
    ("all below zero, logarithmic", [-4, -2, -1], {"logarithmic": True}),
):
    try:
        svg = chart(losses, **options)
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
        continue
    lines = [path.count(" ") // 2 + 1 for path in re.findall(r'<path d="M([^"h]*)" class="line', svg)]
    print(f"{name}: points of each line {lines}; nan in it: {'nan' in svg}; drawn beyond {reach(svg)}; no data: {'>No data<' in svg}")
PROBE
cat > "$place/expected" <<'EXPECTED'
a missing one: points of each line [2, 2]; nan in it: False; drawn beyond 700; no data: False
NaN: points of each line [5]; nan in it: True; drawn beyond 200; no data: False
infinity: OverflowError
zero, logarithmic: points of each line [4]; nan in it: False; drawn beyond 700; no data: False
a missing one, logarithmic: points of each line [4]; nan in it: False; drawn beyond 700; no data: False
all below zero, logarithmic: points of each line []; nan in it: False; drawn beyond 0; no data: True
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
