#!/usr/bin/env bash
# imageio reads one frame of an animated WebP, where it reads all of a GIF or an APNG.
#
# Guess before running: imread of an animation of four frames has the shape (4, height, width, channels),
#   whatever its format, and its times can be asked for.
# Seen: (height, width, channels) for WebP, without a warning, and also with index=None; index=... gives
#   all four. improps has no number of images, and immeta no duration. Written with duration=0.1, which
#   once meant seconds, a GIF has frames of 0 ms.
# Who meets it: who looks at an exported animation by imageio, or puts it together again: only its first
#   picture is there. Ask for index=..., and give times in milliseconds; a test of our WebP export has to
#   count frames by Pillow.
# Versions: imageio==2.38.1, pillow==13.0.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check imageio==2.38.1 pillow==13.0.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os
import tempfile

import imageio.v3 as imageio
import numpy as np
from PIL import Image

frames = np.stack([np.full((20, 30, 3), 60 * number, np.uint8) for number in range(4)])
with tempfile.TemporaryDirectory() as folder:
    for ending in ("gif", "png", "webp"):
        path = os.path.join(folder, "animation." + ending)
        imageio.imwrite(path, frames, duration=100)
        with Image.open(path) as picture:
            print(ending, "has", picture.n_frames, "frames; imread", imageio.imread(path).shape, end=" ")
        print("index=...", imageio.imread(path, index=...).shape, end=" ")
        print("images", imageio.improps(path).n_images, "duration", imageio.immeta(path).get("duration"))
    path = os.path.join(folder, "seconds.gif")
    imageio.imwrite(path, frames, duration=0.1)
    with Image.open(path) as picture:
        times = []
        for number in range(picture.n_frames):
            picture.seek(number)
            times.append(picture.info.get("duration", 0))
    print("gif written with duration=0.1 has", times, "ms")
PROBE
cat > "$place/expected" <<'EXPECTED'
gif has 4 frames; imread (4, 20, 30, 3) index=... (4, 20, 30, 3) images 4 duration 100
png has 4 frames; imread (4, 20, 30, 3) index=... (4, 20, 30, 3) images 4 duration 100.0
webp has 4 frames; imread (20, 30, 3) index=... (4, 20, 30, 3) images None duration None
gif written with duration=0.1 has [0, 0, 0, 0] ms
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
