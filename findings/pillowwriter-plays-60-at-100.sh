#!/usr/bin/env bash
# matplotlib's PillowWriter plays 40 frames a second at 50, 60 at 100, and loses the duration altogether from 101.
#
# Guess before running: the frame times of a GIF are whole hundredths of a second, so 24 or 60 frames a second are met on the
#   whole, some frames a hundredth longer than others, or each rounded to the nearest.
# Seen: every frame gets the same time, cut off to whole hundredths: 24 frames a second take 480 ms for 12 instead of 500, 30 take
#   360 instead of 400, 40 take 240 instead of 300 and 60 take 120 instead of 200, which is 100 frames a second. From 101 on no
#   time is in the file. Programs that show GIFs take frames under 20 ms for slow ones, most of them at 100 ms.
# Who meets it: who makes an animation of a training run at 60 frames a second for a page: it plays at 100, or at 10. With 10, 20, 25
#   or 50 frames a second the times are exact.
# Versions: matplotlib==3.11.2, pillow==13.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check matplotlib==3.11.2 pillow==13.0.0
cat > "$place/pace.py" <<'PROBE'
import io
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter
from PIL import Image

path = Path(tempfile.mkdtemp(), "curve.gif")
for rate in (10, 20, 24, 25, 30, 40, 50, 60, 100, 101):
    figure, axes = plt.subplots(figsize=(1, 1))
    (line,) = axes.plot([0, 1], [0, 1])
    axes.set_ylim(0, 12)
    FuncAnimation(figure, lambda k: line.set_ydata([0, k]), frames=12).save(path, writer=PillowWriter(fps=rate))
    plt.close(figure)
    picture = Image.open(path)
    times = []
    for k in range(picture.n_frames):
        picture.seek(k)
        times.append(picture.info.get("duration", 0))
    print(f"{rate} frames a second: {len(times)} frames in {sum(times)} ms, {12000 / rate:.0f} expected")
PROBE
cat > "$place/expected" <<'EXPECTED'
10 frames a second: 12 frames in 1200 ms, 1200 expected
20 frames a second: 12 frames in 600 ms, 600 expected
24 frames a second: 12 frames in 480 ms, 500 expected
25 frames a second: 12 frames in 480 ms, 480 expected
30 frames a second: 12 frames in 360 ms, 400 expected
40 frames a second: 12 frames in 240 ms, 300 expected
50 frames a second: 12 frames in 240 ms, 240 expected
60 frames a second: 12 frames in 120 ms, 200 expected
100 frames a second: 12 frames in 120 ms, 120 expected
101 frames a second: 12 frames in 0 ms, 119 expected
EXPECTED
"$place/venv/bin/python" "$place/pace.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
