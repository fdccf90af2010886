"""A document inside a PNG: one tEXt chunk, keyword `nodegraph`, text base64(zlib(document)).

Our own chunk reader and writer, because what picture libraries do with long texts differs: QImage reports
success and drops them, Pillow refuses the picture. The chunk stands just before IEND, where every picture
reader has the picture already. Knows bytes only; what the document says, `native` reads.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import (
    MAX_CHUNKS,
    MAX_PACKED_TEXT,
    MAX_PICTURE_BYTES,
    in_megabytes,
)
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.lost import lost

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"nodegraph"

CUT_SHORT = "This PNG is cut short; part of the file is missing."
DAMAGED = "This PNG is damaged"

_TEXT_KINDS = (b"tEXt", b"zTXt", b"iTXt")
"""We write the first; the others are what programs such as ImageMagick make of it when they save a picture.
"""

_MAX_CHUNK = 2**31 - 1


class _Chunk(NamedTuple):
    kind: bytes
    start: int
    stop: int
    """Of the whole chunk in the file, its length, kind and checksum included."""

    content: bytes


def is_png(data: bytes) -> bool:
    """Whether these bytes begin as a PNG does."""
    return data.startswith(SIGNATURE)


def embed(png: bytes, document: bytes) -> bytes:
    """The picture with this document in it, in place of any it held; read back before it is returned."""
    text = packing.pack(document)
    kept = [png[c.start : c.stop] for c in _chunks(png) if not _holds_document(c)]
    made = b"".join([SIGNATURE, *kept[:-1], _packed(b"tEXt", KEYWORD + b"\0" + text), kept[-1]])
    if extract(made) != document:
        raise DocumentError(
            "The document could not be read back from the picture, so the picture was not made."
        )
    return made


def extract(png: bytes) -> bytes:
    """The document a picture holds; DocumentError where there is none, or the file is damaged."""
    found: bytes | None = None
    room = MAX_PACKED_TEXT
    for chunk in _chunks(png):
        if _holds_document(chunk):
            text = _text(chunk, room)
            room -= len(text)
            if found is not None and found != text:
                raise DocumentError(packing.several("PNG"))
            found = text
    if found is None:
        raise lost("PNG", png)
    return packing.unpack(found, "PNG")


def _chunks(png: bytes) -> Iterator[_Chunk]:
    """Every chunk up to IEND, each with its checksum checked. DocumentError where another picture follows."""
    if len(png) > MAX_PICTURE_BYTES:
        limit = in_megabytes(MAX_PICTURE_BYTES)
        shown = in_megabytes(len(png), MAX_PICTURE_BYTES)
        raise DocumentError(f"This PNG is too large ({shown}); at most {limit} are read.")
    if not is_png(png):
        raise DocumentError("This is no PNG.")
    start = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        if start + 12 > len(png):
            raise DocumentError(CUT_SHORT)
        length, kind = struct.unpack_from(">I4s", png, start)
        stop = start + 12 + length
        if length > _MAX_CHUNK or not kind.isalpha() or (start == len(SIGNATURE)) != (kind == b"IHDR"):
            raise DocumentError(f"{DAMAGED}: at offset {start} stands no chunk of a picture.")
        if stop > len(png):
            raise DocumentError(CUT_SHORT)
        (checksum,) = struct.unpack_from(">I", png, stop - 4)
        content = png[start + 8 : stop - 4]
        if zlib.crc32(content, zlib.crc32(kind)) != checksum:
            raise DocumentError(f"{DAMAGED}: its checksum at offset {stop - 4} is wrong.")
        yield _Chunk(kind, start, stop, content)
        if kind == b"IEND":
            if png.startswith(SIGNATURE, stop):
                raise DocumentError(
                    "This file holds two PNG pictures, one behind the other; part them first."
                )
            return
        start = stop
    raise DocumentError(f"This PNG has more than {MAX_CHUNKS:,} chunks; that is too many for a picture.")


def _holds_document(chunk: _Chunk) -> bool:
    return chunk.kind in _TEXT_KINDS and chunk.content.startswith(KEYWORD + b"\0")


def _packed(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
    )


def _text(chunk: _Chunk, room: int) -> bytes:
    """The text of a chunk that holds a document, as it was before another program compressed it.

    DocumentError where it takes more bytes than there is `room` for.
    """
    rest = chunk.content[len(KEYWORD) + 1 :]
    is_compressed = chunk.kind == b"zTXt" or (chunk.kind == b"iTXt" and rest[:1] == b"\1")
    if chunk.kind == b"zTXt":
        rest = rest[1:]
    elif chunk.kind == b"iTXt":
        rest = b"".join(rest[2:].split(b"\0", 2)[2:])  # before it stand a language and a translated keyword
    if is_compressed:
        return packing.inflated(rest, room, MAX_PACKED_TEXT, "PNG")
    if len(rest) > room:
        raise DocumentError(packing.too_large(MAX_PACKED_TEXT, "PNG"))
    return rest
