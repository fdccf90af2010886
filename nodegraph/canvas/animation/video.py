"""Animations as MP4 (H.264), which the program ffmpeg makes; the extra `video` brings it along.

Another thread may run this; it knows neither scene nor file.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from nodegraph.canvas.animation.encoders import Order
from nodegraph.canvas.animation.palette import Pixels
from nodegraph.core.errors import Refused
from nodegraph.formats.limits import MAX_PICTURE_BYTES, in_megabytes
from nodegraph.formats.pictures import mp4

MISSING = "MP4 needs the extra “video”; add it with: pip install 'nodegraph[video]'"
_COLOURS = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
"""As players take it that a film has them, whatever its size."""
_TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")


def program() -> str:
    """Returns the path of ffmpeg. Raises Refused where it is missing, with the command that adds it."""
    try:
        import imageio_ffmpeg
    except ImportError:
        raise Refused(MISSING) from None
    try:
        found: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError:
        raise Refused(MISSING) from None
    return found


class Mp4Encoder:
    """Hands each picture to ffmpeg, as often as it is shown."""

    def __init__(self, order: Order) -> None:
        executable = program()
        self._folder = tempfile.TemporaryDirectory(prefix="nodegraph-", ignore_cleanup_errors=True)
        self._path = Path(self._folder.name) / "film.mp4"
        self._said = Path(self._folder.name) / "said.txt"
        about = Path(self._folder.name) / "about.txt"
        told = mp4.comment(order.document).replace("=", "\\=")
        about.write_text(f";FFMETADATA1\ncomment={told}\n", encoding="ascii")
        width, height = order.size
        raw = ("-f", "rawvideo", "-pix_fmt", "bgr0", "-s", f"{width}x{height}", "-r", str(order.fps))
        made = ("-c:v", "libx264", "-preset", "medium", "-tune", "animation", "-crf", "18", "-vf", _COLOURS)
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [executable, "-v", "error", "-y", *raw, "-i", "-", "-f", "ffmetadata", "-i", str(about),
                 "-map_metadata", "1", *made, *_TAGS, "-movflags", "+faststart", str(self._path)],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip

    def add(self, now: Pixels, _before: Pixels | None, ticks: int) -> None:
        """Show a picture for so many ticks, after the one before it."""
        assert self._process.stdin is not None
        try:
            for _tick in range(ticks):
                self._process.stdin.write(now.astype("<u4", copy=False).data)
        except OSError:
            raise Refused(self._why()) from None

    def finish(self) -> bytes:
        """Returns the whole file."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError:
            raise Refused(self._why()) from None
        if self._process.wait() != 0 or not self._path.exists():
            raise Refused(self._why())
        if self._path.stat().st_size > MAX_PICTURE_BYTES:
            raise Refused(f"The film is larger than {in_megabytes(MAX_PICTURE_BYTES)}; make it smaller.")
        return self._path.read_bytes()

    def close(self) -> None:
        """Let go of everything: the program, what it was given and what it has made."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stdin is not None and not self._process.stdin.closed:
            try:
                self._process.stdin.close()
            except OSError:  # what was on its way to a program that is gone
                self._process.stdin = None
        self._folder.cleanup()

    def _why(self) -> str:
        self._process.wait()
        lines = self._said.read_text(errors="replace").strip().splitlines()
        return f"The film could not be made: ffmpeg says “{lines[-1] if lines else 'nothing'}”."
