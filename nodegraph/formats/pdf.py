"""A document inside a PDF: an attachment, which survives most programs that rewrite a PDF; each page names it
too, so that it goes along with a page that is taken out.

Looks through the streams of the file instead of reading its structure, each no further than it takes to see
whether it is a document. Knows bytes only.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_CHUNKS, MAX_DOCUMENT_BYTES, MAX_PACKED_TEXT
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.lost import lost

KIND = "PDF"
NAME = "graph.nodegraph"
"""What the attachment is called."""
_START = re.compile(rb"\bstream\r?\n")
_DOCUMENT = re.compile(rb'\s*\{.{0,4000}?"format"\s*:\s*"nodegraph"', re.DOTALL)
_LOOKED_AT = 8192
_XREF_PLACE = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_XREF = re.compile(
    rb"xref\s+0 (\d{1,9})\s+((?:\d{10} \d{5} [nf]\s{1,2})+)trailer\s+<<(.*?)>>\s+startxref", re.DOTALL
)
_PAGE = re.compile(rb"(\d{1,9} 0 obj\n<<\n/Type /Page\n)(.*?endobj\n)", re.DOTALL)
_ATTACHED = re.compile(rb"/EF <</F (\d{1,9} 0 R)>>")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_CREATED = re.compile(rb"/CreationDate (\(D:[0-9Z+'-]{4,40}\))")


def is_pdf(data: bytes) -> bool:
    """Whether these bytes begin as a PDF does."""
    return data.startswith(b"%PDF-")


def named_by_pages(data: bytes) -> bytes:
    """Returns a PDF, as Qt writes one, whose pages name the attached document as their own data, by an update
    at its end as the format has it. One of another form is returned as it is.
    """
    place, attached, created = _XREF_PLACE.search(data), _ATTACHED.search(data), _CREATED.search(data)
    table = _XREF.match(data, int(place[1])) if place else None
    if place is None or table is None or attached is None or created is None:
        return data
    own = b"/LastModified %s\n/PieceInfo <</nodegraph <</LastModified %s /Private %s>>>>\n" % (
        created[1], created[1], attached[1]
    )  # fmt: skip
    made, entries = bytearray(data), []
    for start in (int(entry.split()[0]) for entry in table[2].splitlines() if entry.rstrip().endswith(b"n")):
        page = _PAGE.match(data, start)
        if page is not None:
            entries.append(b"%s 1\n%010d 00000 n \n" % (page[1].split()[0], len(made)))
            made += page[1] + own + page[2]
    update = b"xref\n%strailer\n<<%s/Prev %s\n>>\n" % (b"".join(entries), table[3], place[1])
    return bytes(made) + update + b"startxref\n%d\n%%%%EOF\n" % len(made)


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where there are
    several different ones.
    """
    found: set[bytes] = set()
    room = MAX_PACKED_TEXT
    for document in _documents(data):
        room -= len(document)
        if room < 0:
            raise DocumentError(packing.too_large(MAX_PACKED_TEXT, KIND))
        found.add(document)
    if len(found) > 1:
        raise DocumentError(packing.several(KIND, "open each figure from a file of its own"))
    if not found and b"%%EOF" not in data[-_LOOKED_AT:]:
        raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
    if not found and _ENCRYPTED.search(data):
        raise DocumentError(f"This {KIND} is encrypted, so what it carries cannot be read; save it without.")
    if not found:
        raise lost(KIND, data)
    return found.pop()


def _documents(data: bytes) -> Iterator[bytes]:
    for count, start in enumerate(_START.finditer(data)):
        if count == MAX_CHUNKS:
            raise DocumentError(
                f"This {KIND} has more than {MAX_CHUNKS:,} streams; that is too many for a figure."
            )
        place = start.end()
        if _DOCUMENT.match(_beginning(data[place : place + _LOOKED_AT])):
            yield _whole(data, place)


def _beginning(raw: bytes) -> bytes:
    """The first bytes of a stream, as they were before they were compressed."""
    try:
        return zlib.decompressobj().decompress(raw, _LOOKED_AT)
    except zlib.error:
        return raw


def _whole(data: bytes, place: int) -> bytes:
    """All of the stream that begins here. DocumentError where it is damaged or too large."""
    if data[place : place + 1].isspace() or data[place : place + 1] == b"{":
        end = data.find(b"endstream", place)
        if end < 0:
            raise DocumentError(f"This {KIND} is cut short; part of the file is missing.")
        raw = data[place:end].removesuffix(b"\n").removesuffix(b"\r")
        if len(raw) > MAX_DOCUMENT_BYTES:
            raise DocumentError(packing.too_large(MAX_DOCUMENT_BYTES, KIND))
        return raw
    return packing.inflated(data[place:], MAX_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES, KIND, goes_on=True)
