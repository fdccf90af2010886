#!/usr/bin/env bash
# Pillow tells the duration of a WebP frame only once its pixels are loaded, neither after seek nor in its iterator over frames; imageio's metadata never tells it.
#
# Guess before running: after seek(i) info["duration"] is how long frame i stays, as for a GIF and an APNG.
# Seen: for a WebP there is no duration after seek(i), until load() or any use of the pixels. The iterator over frames gives none as well.
#   imageio.v3.immeta, which does not load, has no duration for any frame of a WebP, and has those of GIF and APNG.
# Who meets it: who reads the pace of an animation to play it or to write it anew as a film: all frames of a WebP get a standard time, where those of a GIF
#   have their own. Call load() before looking.
# Versions: pillow==13.0.0, imageio==2.38.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 imageio==2.38.1 numpy==2.4.6
cat > "$place/times.py" <<'PROBE'
import os
import tempfile

import imageio.v3
from PIL import Image, ImageSequence

os.chdir(tempfile.mkdtemp())
first, *others = (Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue"))
for name in ("a.gif", "a.png", "a.webp"):
    first.save(name, save_all=True, append_images=others, duration=[100, 500, 2000], loop=0)
    with Image.open(name) as picture:
        before = []
        for number in range(3):
            picture.seek(number)
            before.append(picture.info.get("duration"))
    with Image.open(name) as picture:
        between, after = [], []
        for number in range(3):
            picture.seek(number)
            between.append(picture.info.get("duration"))
            picture.load()
            after.append(picture.info.get("duration"))
    with Image.open(name) as picture:
        iterated = [frame.info.get("duration") for frame in ImageSequence.Iterator(picture)]
    told = [imageio.v3.immeta(name, index=number).get("duration") for number in range(3)]
    print(f"{name}: after seek {before}; seek and load in turn, before load {between}, after it {after}; iterator {iterated}; imageio {told}")
PROBE
cat > "$place/expected" <<'EXPECTED'
a.gif: after seek [100, 500, 2000]; seek and load in turn, before load [100, 500, 2000], after it [100, 500, 2000]; iterator [100, 500, 2000]; imageio [100, 500, 2000]
a.png: after seek [100.0, 500.0, 2000.0]; seek and load in turn, before load [100.0, 500.0, 2000.0], after it [100.0, 500.0, 2000.0]; iterator [100.0, 500.0, 2000.0]; imageio [100.0, 500.0, 2000.0]
a.webp: after seek [None, None, None]; seek and load in turn, before load [None, None, None], after it [100, 500, 2000]; iterator [None, None, None]; imageio [None, None, None]
EXPECTED
"$place/venv/bin/python" "$place/times.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
