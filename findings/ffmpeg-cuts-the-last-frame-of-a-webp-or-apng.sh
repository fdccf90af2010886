#!/usr/bin/env bash
# ffmpeg shortens the last frame when it turns a GIF into WebP or APNG: two seconds become those of the frame before.
#
# Guess before running: frames of 0.5, 0.5 and 2 seconds have these times in whatever ffmpeg makes of the GIF.
# Seen: the MP4 lasts 3 seconds, as it should; in the WebP and in the APNG the last frame stands for 0.5 seconds like the one before, 1.5 in all.
# Who meets it: who makes an animation whose last picture stands for a while so that it can be read, and converts it because WebP and APNG are smaller:
#   it starts again at once. Say the time of the last frame again (Pillow keeps it), or let the program write the format itself; nodegraph writes its own.
# Versions: imageio-ffmpeg==0.6.0 with the ffmpeg that it brings, pillow==12.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check imageio-ffmpeg==0.6.0 pillow==12.0.0
cat > "$place/probe.py" <<'PROBE'
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
from PIL import Image

folder, program = Path(sys.argv[1]), imageio_ffmpeg.get_ffmpeg_exe()
print(subprocess.run([program, "-version"], capture_output=True, text=True, check=True).stdout.split()[2])
first, *others = (Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue"))
gif = folder / "steps.gif"
first.save(gif, save_all=True, append_images=others, duration=[500, 500, 2000], loop=0)


def times(file: Path) -> list[float]:
    picture, found = Image.open(file), []
    for index in range(picture.n_frames):
        picture.seek(index)
        picture.load()
        found.append(float(picture.info["duration"]))
    return found


print("gif ", times(gif))
for ending, options in (("webp", []), ("apng", ["-plays", "0"])):
    made = folder / f"steps.{ending}"
    subprocess.run([program, "-loglevel", "error", "-i", gif, *options, made], check=True)
    print(ending, times(made))
mp4 = folder / "steps.mp4"
subprocess.run([program, "-loglevel", "error", "-i", gif, "-pix_fmt", "yuv420p", mp4], check=True)
said = subprocess.run([program, "-i", mp4], capture_output=True, text=True, check=False).stderr
print("mp4  lasts", next(line.split(",")[0].split()[-1] for line in said.splitlines() if "Duration" in line))
PROBE
cat > "$place/expected" <<'EXPECTED'
7.0.2-static
gif  [500.0, 500.0, 2000.0]
webp [500.0, 500.0, 500.0]
apng [500.0, 500.0, 500.0]
mp4  lasts 00:00:03.00
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
