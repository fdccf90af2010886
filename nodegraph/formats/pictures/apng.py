"""An animated PNG, made of PNGs that hold one picture each. Its document lies where that of any PNG does,
which `png` reads and writes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WHOLE_NUMBER = 1000
"""Parts of a second in which a frame's time is counted."""


def frame(alone: bytes, place: tuple[int, int, int, int], milliseconds: int, number: int) -> bytes:
    """Returns a PNG that holds one picture as the frame of this number, counted from 0, of an animation: at
    left, top, width and height there. It replaces what is below it.
    """
    left, top, width, height = place
    parts = 0 if number == 0 else 2 * number - 1
    """Of those that are numbered: each frame has two, but the first."""
    control = struct.pack(">IIIIIHHBB", parts, width, height, left, top, milliseconds, _WHOLE_NUMBER, 0, 0)
    data = b"".join(content for kind, content in _chunks(alone) if kind == b"IDAT")
    if number == 0:
        return _chunk(b"fcTL", control) + _chunk(b"IDAT", data)
    return _chunk(b"fcTL", control) + _chunk(b"fdAT", struct.pack(">I", parts + 1) + data)


def whole(alone: bytes, frames: bytes, count: int, loops: int) -> bytes:
    """Returns the file of so many frames. `alone` is a PNG of its first picture; 0 loops play it for ever."""
    header = next(content for kind, content in _chunks(alone) if kind == b"IHDR")
    control = _chunk(b"acTL", struct.pack(">II", count, loops))
    return b"".join([_SIGNATURE, _chunk(b"IHDR", header), control, frames, _chunk(b"IEND", b"")])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        yield kind, png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
