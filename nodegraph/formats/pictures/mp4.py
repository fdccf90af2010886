"""A document inside an MP4: the comment of the film, which copying and encoding it anew with ffmpeg keep.

Looks for it in the part that describes the film, without unpacking a picture. Knows bytes only.
"""

from __future__ import annotations

import re
import struct

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.bounds import MAX_CHUNKS, MAX_PICTURE_BYTES, in_megabytes
from nodegraph.formats.pictures.lost import lost

KIND = "MP4"
_PREFIX = "nodegraph document: "
_PACKED = re.compile(rb"nodegraph document:([A-Za-z0-9+/=\s]{1,})")
_STILLS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
"""Pictures that stand, in boxes as a film has them."""
_LONG = 1
"""A length that says: the true one follows in eight bytes."""


def is_mp4(data: bytes) -> bool:
    """Whether these bytes begin as a film in MP4 does."""
    return data[4:8] == b"ftyp" and data[8:12] not in _STILLS


def comment(document: bytes) -> str:
    """Returns the comment that carries a document."""
    return _PREFIX + packing.pack(document).decode()


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where there are
    several different ones.
    """
    if len(data) > MAX_PICTURE_BYTES:
        limit = in_megabytes(MAX_PICTURE_BYTES)
        shown = in_megabytes(len(data), MAX_PICTURE_BYTES)
        raise DocumentError(f"This {KIND} is too large ({shown}); at most {limit} are read.")
    found = packing.only(_PACKED.findall(_description(data)), KIND)
    if found is None:
        raise lost(KIND, data)
    return packing.unpack(found, KIND)


def _description(data: bytes) -> bytes:
    """Returns what the file says of the film. DocumentError where the file is damaged."""
    at = 0
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(data):
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        length, kind = struct.unpack_from(">I4s", data, at)
        if length == _LONG and at + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, at + 8)
        stop = at + length if length else len(data)
        if stop < at + 8:
            raise DocumentError(f"This {KIND} is damaged: at offset {at} stands no part of a film.")
        if stop > len(data):
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        if kind == b"moov":
            return data[at:stop]
        at = stop
    raise DocumentError(f"This {KIND} has more than {MAX_CHUNKS:,} parts; that is too many for a film.")
