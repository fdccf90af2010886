"""The files beside documents that a graph can be opened from: pictures that carry the document they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nodegraph.formats import pdf, png, svg
from nodegraph.formats.limits import MAX_DOCUMENT_BYTES, MAX_PICTURE_BYTES
from nodegraph.formats.pictures import gif, html, mp4, tex, webp


@dataclass(frozen=True)
class Carrier:
    """One format: whether bytes are of it, and the document in them (DocumentError where there is none)."""

    suffix: str
    is_one: Callable[[bytes], bool]
    extract: Callable[[bytes], bytes]
    most_bytes: int = MAX_DOCUMENT_BYTES
    """Of the whole file, picture and document."""


CARRIERS = (
    Carrier(".png", png.is_png, png.extract, MAX_PICTURE_BYTES),
    Carrier(".gif", gif.is_gif, gif.extract, MAX_PICTURE_BYTES),
    Carrier(".webp", webp.is_webp, webp.extract, MAX_PICTURE_BYTES),
    Carrier(".apng", png.is_png, png.extract, MAX_PICTURE_BYTES),
    Carrier(".mp4", mp4.is_mp4, mp4.extract, MAX_PICTURE_BYTES),
    Carrier(".svg", svg.is_svg, svg.extract),
    Carrier(".pdf", pdf.is_pdf, pdf.extract),
    Carrier(".html", html.is_html, html.extract),
    Carrier(".tex", tex.is_carrier, tex.extract),
)
"""In the order in which they are asked; a PNG may be an animation too."""


def carrier_of(data: bytes) -> Carrier | None:
    """Returns the format of a picture that carries a document, by its bytes; None for any other file."""
    return next((carrier for carrier in CARRIERS if carrier.is_one(data)), None)
