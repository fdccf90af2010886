#!/usr/bin/env bash
# asciichart writes 0.00 at every line of the axis where losses go from 0.0012 to 0.0031.
#
# Guess before running: the labels have as many digits as it takes to tell the lines of the axis apart.
# Seen: six lines, each labelled 0.00; "format" in the settings changes it. Losses of −0.004 to −0.001 are labelled -0.00. Where a value is NaN the line
#   ends and begins again.
# Who meets it: who watches the loss of a training in a terminal: the end of each good run is a curve along an axis of noughts.
# Versions: asciichartpy==1.5.25; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check asciichartpy==1.5.25
cat > "$place/probe.py" <<'PROBE'
import asciichartpy

for losses, settings in (
    ([0.0012, 0.0013, 0.0015, 0.0019, 0.0031], {"height": 4}),
    ([-0.004, -0.003, -0.001], {"height": 3}),
    ([0.0012, 0.0013, 0.0015, 0.0019, 0.0031], {"height": 4, "format": "{:.4f} "}),
    ([1.0, float("nan"), 3.0, 2.0], {"height": 4}),
):
    print("\n".join(line.rstrip() for line in asciichartpy.plot(losses, settings).split("\n")), end="\n--\n")
PROBE
cat > "$place/expected" <<'EXPECTED'
    0.00  ┤   ╭
    0.00  ┤   │
    0.00  ┤   │
    0.00  ┤  ╭╯
    0.00  ┼──╯
    0.00  ┤
--
   -0.00  ┤ ╭
   -0.00  ┤ │
   -0.00  ┤╭╯
   -0.00  ┼╯
--
0.0031  ┤   ╭
0.0027  ┤   │
0.0023  ┤   │
0.0020  ┤  ╭╯
0.0016  ┼──╯
0.0012  ┤
--
    3.00  ┤ ╶╮
    2.50  ┤  │
    2.00  ┤  ╰
    1.50  ┤
    1.00  ┼╴
--
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
