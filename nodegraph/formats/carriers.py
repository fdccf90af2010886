"""The files beside documents that a graph can be opened from: pictures that carry the document they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nodegraph.formats import pdf, png, svg, tex


@dataclass(frozen=True)
class Carrier:
    """One format: whether bytes are of it, and the document in them (DocumentError where there is none)."""

    suffix: str
    is_one: Callable[[bytes], bool]
    extract: Callable[[bytes], bytes]


CARRIERS = (
    Carrier(".png", png.is_png, png.extract),
    Carrier(".svg", svg.is_svg, svg.extract),
    Carrier(".pdf", pdf.is_pdf, pdf.extract),
    Carrier(".tex", tex.is_carrier, tex.extract),
)


def carrier_of(data: bytes) -> Carrier | None:
    """Returns the format of a picture that carries a document, by its bytes; None for any other file."""
    return next((carrier for carrier in CARRIERS if carrier.is_one(data)), None)
