"""A document as text within another file: base64 of zlib of its bytes, for every format that carries one."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures.bounds import MAX_DOCUMENT_BYTES, in_megabytes

_COMPRESSION = 6


def pack(document: bytes) -> bytes:
    """Returns a document as text of ASCII. DocumentError where no reader would take it back."""
    if len(document) > MAX_DOCUMENT_BYTES:
        limit = in_megabytes(MAX_DOCUMENT_BYTES)
        shown = in_megabytes(len(document), MAX_DOCUMENT_BYTES)
        raise DocumentError(f"The document is too large for a picture ({shown}; at most {limit}).")
    return base64.b64encode(zlib.compress(document, _COMPRESSION))


def unpack(text: bytes, kind: str) -> bytes:
    """Returns the document that was packed; blanks and line ends in the text do not matter.

    `kind` names the file in the DocumentError that a damaged text raises.
    """
    try:
        packed = base64.b64decode(text.translate(None, b" \t\r\n\v\f"), validate=True)
    except binascii.Error:
        raise DocumentError(_not_unpacked(kind)) from None
    return inflated(packed, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES, kind)


def inflated(packed: bytes, room: int, limit: int, kind: str, *, goes_on: bool = False) -> bytes:
    """Returns what zlib packed, unpacked no further than there is `room`; `limit` is what the error says.

    Something else may follow only where the file `goes_on`.
    """
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, room + 1)
    except zlib.error:
        raise DocumentError(_not_unpacked(kind)) from None
    if len(content) > room:
        raise DocumentError(too_large(limit, kind))
    if not unpacker.eof or (unpacker.unused_data and not goes_on):
        raise DocumentError(_not_unpacked(kind))
    return content


def only(texts: Iterable[bytes], kind: str, todo: str = "") -> bytes | None:
    """Returns the one packed document that a file holds, in one place or in several, without blanks; None
    where it holds none. DocumentError, with what there is `todo` about it, where they differ.
    """
    found = {b"".join(text.split()) for text in texts}
    if len(found) > 1:
        raise DocumentError(several(kind, todo))
    return found.pop() if found else None


def several(kind: str, todo: str = "") -> str:
    """Returns the sentence that refuses a file with different documents."""
    told = f": {todo}" if todo else ""
    holds = f"This {kind} holds more than one nodegraph document, or copies of it of which one is damaged"
    return f"{holds}, so it is not clear which is meant{told}."


def too_large(limit: int, kind: str) -> str:
    """Returns the sentence that refuses a document beyond a limit."""
    return f"The document in this {kind} is larger than {in_megabytes(limit)}; it was not read."


def _not_unpacked(kind: str) -> str:
    return f"This {kind} is damaged: the document in it cannot be unpacked."
