"""What is said of a picture that carries no document: which programs usually leave it out, which one wrote
the file where it says so, and what to send instead. Knows bytes only.

Which programs keep a document was measured, format by format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nodegraph.core.errors import DocumentError
from nodegraph.core.quoting import quoted

_LOSERS: Mapping[str, str] = {
    "PNG": "Screenshots, chat and photo programs, and whatever saves the pixels anew (such as Pillow, "
    "OpenCV or ffmpeg) leave it out, while office documents and notebooks keep it",
    "SVG": "Programs that draw a picture anew (such as rsvg-convert, cairo or resvg) leave it out, "
    "while editors and optimisers keep it",
    "PDF": "Programs that draw or crop pages anew (such as pdfcrop, cairo, a printer to PDF or LaTeX's "
    "\\includegraphics) leave it out, while most that take out, join or rewrite pages keep it",
    "GIF": "Programs that write a GIF without comments, or make a film of it (such as ffmpeg or imageio) "
    "leave it out, while gifsicle and ImageMagick keep it",
    "WebP": "Nearly every program that saves a WebP again leaves it out",
    "MP4": "Sites for videos, chat and whatever cuts or encodes a film anew leave it out, while ffmpeg and "
    "copying keep it",
    "web": "Sites and editors that clean a page, or take in only what is seen of it, leave it out, while "
    "browsers keep it when they save a page",
    "LaTeX": "Programs that strip comments, as before a paper is sent in (such as latexpand or "
    "arxiv_latex_cleaner), leave it out, while editors keep it",
}
_INSTEAD: Mapping[str, str] = {"WebP": "send the file as it was exported, or a PNG of it"}
_USUAL_INSTEAD = "send the file as it was exported, unchanged, or the .nodegraph document"
_LOOKED_AT = 65_536
_WRITERS = (
    re.compile(rb"tEXtSoftware\0([ -~]{2,60})"),
    re.compile(rb"/Producer\s{0,9}\(([ -'*-\[\]-~]{2,60})"),
    re.compile(rb"<!--\s{0,9}(?:Created with|Generator:)\s{0,9}([ -=?-~]{2,60}?)\s*(?:\(http|--|,)"),
)
"""Where a file says which program has written it."""
_OURS = ("nodegraph", "Qt ", "Lavf")


def lost(kind: str, data: bytes) -> DocumentError:
    """Returns the error for a picture of this kind that holds no document.

    >>> print(lost("WebP", b"RIFF"))  # doctest: +NORMALIZE_WHITESPACE
    This WebP holds no nodegraph document: only those exported by nodegraph do. Nearly every program that
    saves a WebP again leaves it out; send the file as it was exported, or a PNG of it.
    """
    writer, format_ = _writer(data), kind.partition(" ")[0]
    last = f" It was written by {writer}." if writer else ""
    return DocumentError(
        f"This {kind} holds no nodegraph document: only those exported by nodegraph do.{last} "
        f"{_LOSERS[format_]}; {_INSTEAD.get(format_, _USUAL_INSTEAD)}."
    )


def _writer(data: bytes) -> str:
    """The program that has written a file last, where it says so and is not this one."""
    for part in (data[:_LOOKED_AT], data[-_LOOKED_AT:]):
        for pattern in _WRITERS:
            found = pattern.search(part)
            name = quoted(found[1].decode("ascii").strip().rstrip(".")) if found else ""
            if name and not name.startswith(_OURS):
                return name
    return ""
