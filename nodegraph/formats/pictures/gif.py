"""A document inside a GIF: a comment, which most programs that rewrite a GIF keep, and once more as what a
program keeps for itself, which those that drop comments leave.

Reads the blocks of the file without unpacking a picture. Knows bytes only.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.bounds import MAX_CHUNKS, MAX_PICTURE_BYTES, MAX_SUB_BLOCKS, in_megabytes
from nodegraph.formats.pictures.lost import lost

KIND = "GIF"
COMMENT, APPLICATION, CONTROL = 0xFE, 0xFF, 0xF9
"""Labels of extensions: a text for people, what a program keeps, how the next picture is shown."""
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_LONGEST = 255
"""Bytes of a sub-block."""
_TOO_MANY = f"This {KIND} has too many parts for a picture; it was not read."
_OURS = b"nodegraph10"
"""The eleven letters that tell whose an application's part is."""
_PREFIX = b"nodegraph document: "
_PACKED = re.compile(rb"nodegraph document:([A-Za-z0-9+/=\s]{1,})")


class Block(NamedTuple):
    """A picture, or an extension with its label (None for a picture), and what its sub-blocks hold."""

    label: int | None
    start: int
    stop: int
    """Of the whole block in the file."""

    content: bytes


def is_gif(data: bytes) -> bool:
    """Whether these bytes begin as a GIF does."""
    return data.startswith((b"GIF87a", b"GIF89a"))


def carried(document: bytes) -> bytes:
    """Returns the two parts that carry a document, as they stand in the file."""
    packed = _PREFIX + packing.pack(document)
    return extension(COMMENT, packed) + application(_OURS, packed)


def application(name: bytes, content: bytes) -> bytes:
    """Returns the part of an application, by a name of eleven letters."""
    return bytes([_EXTENSION, APPLICATION, len(name)]) + name + sub_blocks(content)


def extension(label: int, content: bytes) -> bytes:
    """Returns an extension that holds these bytes."""
    return bytes([_EXTENSION, label]) + sub_blocks(content)


def sub_blocks(content: bytes) -> bytes:
    """Returns bytes as a GIF holds them: in pieces of at most 255, each after its length."""
    pieces = (content[at : at + _LONGEST] for at in range(0, len(content), _LONGEST))
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where there are
    several different ones.
    """
    held = (block.content for block in blocks(data) if block.label in (COMMENT, APPLICATION))
    found = packing.only((text for content in held for text in _PACKED.findall(content)), KIND)
    if found is None:
        raise lost(KIND, data)
    return packing.unpack(found, KIND)


def blocks(data: bytes) -> Iterator[Block]:
    """Yields every block up to the trailer. DocumentError where the file is damaged or too large."""
    if len(data) > MAX_PICTURE_BYTES:
        limit = in_megabytes(MAX_PICTURE_BYTES)
        shown = in_megabytes(len(data), MAX_PICTURE_BYTES)
        raise DocumentError(f"This {KIND} is too large ({shown}); at most {limit} are read.")
    at, room = _first_block(data), MAX_SUB_BLOCKS
    for _ in range(MAX_CHUNKS):
        if at >= len(data):
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        start, kind = at, data[at]
        if kind == _TRAILER:
            return
        if kind == _EXTENSION and at + 2 < len(data):
            label, at = data[at + 1], at + 2
        elif kind == _IMAGE:
            label, at = None, _image_data(data, at)
        else:
            raise DocumentError(f"This {KIND} is damaged: at offset {at} stands no block of a picture.")
        pieces, at = _pieces(data, at, room)
        room -= len(pieces)
        content = b"".join(pieces) if label is not None else b""
        pieces.clear()  # which would be held twice while the block is looked at
        yield Block(label, start, at, content)
    raise DocumentError(_TOO_MANY)


def _first_block(data: bytes) -> int:
    if not is_gif(data):
        raise DocumentError(f"This is no {KIND}.")
    return 13 + _palette_bytes(data, 10)


def _image_data(data: bytes, at: int) -> int:
    """Where the packed picture begins whose block stands here."""
    return at + 11 + _palette_bytes(data, at + 9)


def _palette_bytes(data: bytes, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 * 2 ** (1 + (flags & 7)) if flags & 0x80 else 0


def _pieces(data: bytes, at: int, room: int) -> tuple[list[bytes], int]:
    """What the sub-blocks from here hold, and where the next block begins."""
    pieces: list[bytes] = []
    while at < len(data):
        length = data[at]
        if not length:
            return pieces, at + 1
        pieces.append(data[at + 1 : at + 1 + length])
        if len(pieces) >= room:
            raise DocumentError(_TOO_MANY)
        at += 1 + length
    return pieces, at


# --- for who writes one
def header(size: tuple[int, int], palette: bytes, loops: int | None) -> bytes:
    """Returns what a GIF begins with: its size, the palette of 256 colours, and how often it plays again
    (0: for ever, None: it plays once).
    """
    screen = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0) + palette
    if loops is None:
        return screen
    return screen + application(b"NETSCAPE2.0", struct.pack("<BH", 1, loops))


def control(hundredths: int, transparent: int | None) -> bytes:
    """Returns how the next picture is shown: so long, over what is there; one colour lets that through."""
    flags = 0b0000_0100 | (transparent is not None)
    return extension(CONTROL, struct.pack("<BHB", flags, hundredths, transparent or 0))


def placed_image(alone: bytes, left: int, top: int) -> bytes:
    """Returns the picture of a GIF that holds only one, as the block of another GIF, at a place there."""
    block = next(block for block in blocks(alone) if block.label is None)
    width, height = struct.unpack_from("<HH", alone, block.start + 5)
    data = alone[_image_data(alone, block.start) - 1 : block.stop]
    return struct.pack("<BHHHHB", _IMAGE, left, top, width, height, 0) + data


TRAILER = bytes([_TRAILER])
