"""A document inside a WebP: in its XMP and in its Exif, as a description. Hardly any program that rewrites a
WebP keeps either, but some keep one.

Reads the chunks of the file without unpacking a picture. Knows bytes only.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.bounds import MAX_CHUNKS, MAX_PICTURE_BYTES, in_megabytes
from nodegraph.formats.pictures.lost import lost

KIND = "WebP file"
_PREFIX = "nodegraph document: "
_DESCRIPTION = 0x010E
"""The field of Exif that says what a picture shows."""
_PACKED = re.compile(rb"nodegraph\s{1,200}document:([A-Za-z0-9+/=\s]{1,})")
_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>'
    "</x:xmpmeta>"
)


class Chunk(NamedTuple):
    """A part of the file, by the four letters that name it."""

    kind: bytes
    content: bytes


def is_webp(data: bytes) -> bool:
    """Whether these bytes begin as a WebP does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def carried(document: bytes) -> bytes:
    """Returns the two chunks that carry a document."""
    text = _PREFIX + packing.pack(document).decode()
    return chunk(b"EXIF", _exif(text.encode())) + chunk(b"XMP ", _XMP.format(text).encode())


def _exif(text: bytes) -> bytes:
    """Returns the description of a picture, as cameras write it: a TIFF with this one field."""
    start, ascii_text = 26, 2
    field = struct.pack("<HHII", _DESCRIPTION, ascii_text, len(text) + 1, start)
    return b"II*\0" + struct.pack("<IH", 8, 1) + field + struct.pack("<I", 0) + text + b"\0"


def chunk(kind: bytes, content: bytes) -> bytes:
    """Returns a chunk as it stands in the file."""
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def whole(parts: bytes) -> bytes:
    """Returns the file that holds these chunks."""
    return chunk(b"RIFF", b"WEBP" + parts)


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where there are
    several different ones.
    """
    held = (part.content for part in chunks(data) if part.kind in (b"XMP ", b"EXIF"))
    found = packing.only((text for content in held for text in _PACKED.findall(content)), KIND)
    if found is None:
        raise lost(KIND, data)
    return packing.unpack(found, KIND)


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yields every chunk. DocumentError where the file is damaged or too large."""
    if len(data) > MAX_PICTURE_BYTES:
        limit = in_megabytes(MAX_PICTURE_BYTES)
        shown = in_megabytes(len(data), MAX_PICTURE_BYTES)
        raise DocumentError(f"This {KIND} is too large ({shown}); at most {limit} are read.")
    if not is_webp(data):
        raise DocumentError(f"This is no {KIND}.")
    at, stop = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    for _ in range(MAX_CHUNKS):
        if at >= stop:
            return
        if at + 8 > len(data):
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        kind, length = struct.unpack_from("<4sI", data, at)
        if not kind.isascii() or at + 8 + length > stop:
            raise DocumentError(f"This {KIND} is damaged: at offset {at} stands no part of a picture.")
        if at + 8 + length > len(data):
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        yield Chunk(kind, data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    raise DocumentError(f"This {KIND} has more than {MAX_CHUNKS:,} parts; that is too many for a picture.")


# --- for who writes one
def animation_header(size: tuple[int, int], loops: int, *, transparent: bool) -> bytes:
    """Returns the chunks that an animation with a document begins with; 0 loops play it for ever."""
    flags = 0b0000_1110 | (0b0001_0000 if transparent else 0)  # animation, XMP, Exif, alpha
    canvas = struct.pack("<II", flags, size[0] - 1)[:7] + struct.pack("<I", size[1] - 1)[:3]
    return chunk(b"VP8X", canvas) + chunk(b"ANIM", struct.pack("<IH", 0, loops))


def frame(alone: bytes, place: tuple[int, int, int, int], milliseconds: int) -> bytes:
    """Returns a WebP that holds one picture as a frame of an animation, at left, top, width and height there.
    It replaces what is below it. Left and top are even.
    """
    left, top, width, height = place
    numbers = (left // 2, top // 2, width - 1, height - 1, milliseconds)
    told = b"".join(struct.pack("<I", number)[:3] for number in numbers) + b"\x02"
    pictures = (chunk(*part) for part in chunks(alone) if part.kind in (b"ALPH", b"VP8 ", b"VP8L"))
    return chunk(b"ANMF", told + b"".join(pictures))
