"""A document inside a web page: in a `<meta>` of its head, which browsers keep when they save a page. Knows
bytes only, and parses no HTML: what it looks for has one form.
"""

from __future__ import annotations

import re

from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.lost import lost

KIND = "web page"
_NAME = "nodegraph-document"
_NAMED = rb"""name\s{0,20}=\s{0,20}["']?nodegraph-document["']?"""
_HELD = rb"""content\s{0,20}=\s{0,20}["']([A-Za-z0-9+/=\s]{1,})["']"""
_PLACES = (
    re.compile(rb"<meta\s{1,200}" + _NAMED + rb"\s{1,200}" + _HELD),
    re.compile(rb"<meta\s{1,200}" + _HELD + rb"\s{1,200}" + _NAMED),
)
"""How a document stands in a page; programs that rewrite pages sort attributes."""
_BEGINNING = re.compile(
    rb"(<\?xml[^>]{0,400}>\s*)?<(!doctype\s{1,20}html|html|head|meta|title|body)\b", re.IGNORECASE
)
_LOOKED_AT = 16_384


def carried(document: bytes) -> str:
    """Returns a document as it is put into the head of a page."""
    return f'<meta name="{_NAME}" content="{packing.pack(document).decode()}">'


def is_html(data: bytes) -> bool:
    """Whether these bytes begin as a web page does."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    while head.startswith(b"<!--"):
        _comment, _end, head = head.partition(b"-->")
        head = head.lstrip()
    return _BEGINNING.match(head) is not None


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where a page holds
    several.
    """
    for place in _PLACES:
        found = packing.only(place.findall(data), KIND)
        if found is not None:
            return packing.unpack(found, KIND)
    raise lost(KIND, data)
