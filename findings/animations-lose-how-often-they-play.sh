#!/usr/bin/env bash
# ffmpeg makes a WebP or APNG that plays once of a GIF that plays without end, and a GIF without end of one that plays once; Pillow is off by one, or drops it.
#
# Guess before running: how often an animation plays goes along when it is written again as GIF, WebP or APNG, as the colours and times of its frames do.
# Seen: whatever the GIF says, ffmpeg writes GIFs without end, and WebP and APNG that play once. Pillow keeps the bare number from GIF to APNG: of a GIF it
#   says how often it plays again, of an APNG how often it plays, so that thrice is twice; its WebP are without end.
# Who meets it: who converts a looped animation for a page because WebP is smaller: it stops after one round, on its last picture. Pass -loop 0 (WebP) or
#   -plays 0 (APNG) to ffmpeg, loop=… to Pillow. nodegraph writes each format itself and says the same number of plays in each.
# Versions: imageio-ffmpeg==0.6.0, which carries ffmpeg 7.0.2, pillow==12.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check imageio-ffmpeg==0.6.0 pillow==12.0.0
cat > "$place/probe.py" <<'PROBE'
import struct
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
from PIL import Image

folder, program = Path(sys.argv[1]), imageio_ffmpeg.get_ffmpeg_exe()
print("ffmpeg", subprocess.run([program, "-version"], capture_output=True, text=True, check=True).stdout.split()[2])


def plays(file: Path) -> str:
    """How often the file says that it is to be played; a GIF says how often it is to be played again."""
    data = file.read_bytes()
    if file.suffix == ".gif":
        at = data.find(b"NETSCAPE2.0")
        times = 1 if at < 0 else struct.unpack("<H", data[at + 13 : at + 15])[0]
        return "without end" if not times else str(times if at < 0 else times + 1)
    at = data.find(b"ANIM" if file.suffix == ".webp" else b"acTL")
    times = struct.unpack("<H", data[at + 12 : at + 14])[0] if file.suffix == ".webp" else struct.unpack(">I", data[at + 8 : at + 12])[0]
    return str(times) if times else "without end"


first, *others = (Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue"))
for name, loop in (("endless", {"loop": 0}), ("thrice", {"loop": 2}), ("once", {})):
    gif = folder / f"{name}.gif"
    first.save(gif, save_all=True, append_images=others, duration=100, **loop)
    said = [f"GIF {plays(gif)}"]
    for maker in ("ffmpeg", "Pillow"):
        for ending, options in (("gif", []), ("webp", []), ("apng", ["-f", "apng"])):
            made = folder / f"{name}-{maker}.{ending}"
            if maker == "ffmpeg":
                subprocess.run([program, "-y", "-loglevel", "error", "-i", gif, *options, made], check=True)
            else:
                with Image.open(gif) as picture:
                    picture.save(made, "PNG" if ending == "apng" else ending.upper(), save_all=True)
            said.append(f"{maker} {ending} {plays(made)}")
    print(", ".join(said))
PROBE
cat > "$place/expected" <<'EXPECTED'
ffmpeg 7.0.2-static
GIF without end, ffmpeg gif without end, ffmpeg webp 1, ffmpeg apng 1, Pillow gif without end, Pillow webp without end, Pillow apng without end
GIF 3, ffmpeg gif without end, ffmpeg webp 1, ffmpeg apng 1, Pillow gif 3, Pillow webp without end, Pillow apng 2
GIF 1, ffmpeg gif without end, ffmpeg webp 1, ffmpeg apng 1, Pillow gif 1, Pillow webp without end, Pillow apng without end
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
