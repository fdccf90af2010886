#!/usr/bin/env bash
# Pillow leaves out of a GIF, an APNG or a WebP every frame that is like the one before, so that frame 10 is not step 10.
#
# Guess before running: an animation saved from six pictures has six frames, each with its own duration.
# Seen: three frames, where red, red, red, blue, blue, red were given, in all three formats, their durations added up: 600, 900 and 600 ms of 100 to
#   600. It plays alike. AVIF and TIFF keep all six. Where one duration for all was given it is added up as well (300, 200, 100).
# Who meets it: who saves the steps of a computation as an animation, and has a program show frame k for step k, or counts frames in a
#   test: steps at which nothing is seen to change are gone, and every later one is too early.
# Versions: pillow==13.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cat > "$place/frames.py" <<'PROBE'
import io

from PIL import Image

pictures = [Image.new("RGB", (8, 8), colour) for colour in ("red", "red", "red", "blue", "blue", "red")]
for kind in ("GIF", "PNG", "WEBP", "AVIF", "TIFF"):
    for durations in ([100, 200, 300, 400, 500, 600], 100):
        file = io.BytesIO()
        pictures[0].save(file, kind, save_all=True, append_images=pictures[1:], duration=durations, loop=0)
        read = Image.open(file)
        kept = []
        for number in range(read.n_frames):
            read.seek(number)
            read.load()
            kept.append(read.info.get("duration"))
        print(kind, "of six pictures with", durations, "has", read.n_frames, "frames:", *kept)
PROBE
cat > "$place/expected" <<'EXPECTED'
GIF of six pictures with [100, 200, 300, 400, 500, 600] has 3 frames: 600 900 600
GIF of six pictures with 100 has 3 frames: 300 200 100
PNG of six pictures with [100, 200, 300, 400, 500, 600] has 3 frames: 600.0 900.0 600.0
PNG of six pictures with 100 has 3 frames: 300.0 200.0 100.0
WEBP of six pictures with [100, 200, 300, 400, 500, 600] has 3 frames: 600 900 600
WEBP of six pictures with 100 has 3 frames: 300 200 100
AVIF of six pictures with [100, 200, 300, 400, 500, 600] has 6 frames: 100 200 300 400 500 600
AVIF of six pictures with 100 has 6 frames: 100 100 100 100 100 100
TIFF of six pictures with [100, 200, 300, 400, 500, 600] has 6 frames: None None None None None None
TIFF of six pictures with 100 has 6 frames: None None None None None None
EXPECTED
"$place/venv/bin/python" "$place/frames.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
