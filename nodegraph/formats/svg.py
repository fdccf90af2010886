"""A document inside an SVG: in the description of the picture and in an attribute of its root, for hardly any
program that rewrites an SVG drops both. Knows bytes only, and parses no XML: what it looks for has one form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.lost import lost

KIND = "SVG file"
_PREFIX = "nodegraph document: "
_PACKED = rb"([A-Za-z0-9+/=\s]{1,})"
_PLACES = (
    re.compile(rb"<desc[^<>]{0,200}>\s{0,200}nodegraph\s{1,200}document:" + _PACKED + rb"</desc>"),
    re.compile(rb"""\sdata-nodegraph\s{0,20}=\s{0,20}["']""" + _PACKED + rb"""["']"""),
)
"""Where a document may lie, in the order in which it is believed."""
_BEGINNING = re.compile(rb"\s*(<\?xml[^>]*>\s*)?((<!--.*?-->|<!DOCTYPE[^>]*>)\s*)*<svg\b", re.DOTALL)
_LOOKED_AT = 4096


class Carried(NamedTuple):
    """A document as what stands in the file: an attribute of the root, and an element right below it."""

    attribute: str
    description: str


def carried(document: bytes) -> Carried:
    """Returns a document as it is put into an SVG."""
    text = packing.pack(document).decode()
    return Carried(f'data-nodegraph="{text}"', f"<desc>{_PREFIX}{text}</desc>")


def is_svg(data: bytes) -> bool:
    """Whether these bytes begin as an SVG does."""
    return _BEGINNING.match(data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")) is not None


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where there is none, where it is damaged, or where a picture holds
    several.
    """
    found = [text for place in _PLACES if (text := packing.only(place.findall(data), KIND))]
    if len(set(found)) > 1:
        documents = {packing.unpack(text, KIND) for text in found}
        if len(documents) > 1:
            raise DocumentError(
                f"The two copies of the document in this {KIND} differ, so it is not clear which is meant;"
                " export the picture again, or delete the <desc> or the data-nodegraph that is not meant."
            )
    if found:
        return packing.unpack(found[0], KIND)
    raise lost(KIND, data)
