"""A document inside a LaTeX file: comments that TeX passes over, within the picture, so that they go with it
into another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nodegraph.core.errors import DocumentError
from nodegraph.formats.pictures import packing
from nodegraph.formats.pictures.lost import lost

KIND = "LaTeX file"
MARK = b"%nodegraph "
MADE = b"% Made by nodegraph, for pdflatex or lualatex"
"""How our files begin; derivations for LaTeX are called otherwise."""
_PICTURE = b"\\begin{tikzpicture}"
_WIDTH = 100
_BLOCK = re.compile(rb"(?:^[ \t]*%nodegraph [^\n]*\n?)+", re.MULTILINE)


def comments(document: bytes) -> Iterator[str]:
    """Returns the lines that carry a document."""
    text = packing.pack(document)
    for start in range(0, len(text), _WIDTH):
        yield (MARK + text[start : start + _WIDTH]).decode()


def is_carrier(data: bytes) -> bool:
    """Whether these bytes are a LaTeX file that may carry a document; no document begins with its signs."""
    if data.startswith(MADE) or (data.startswith(b"\\documentclass") and _PICTURE in data):
        return True
    return MARK in data and not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def extract(data: bytes) -> bytes:
    """Returns the document; DocumentError where it is damaged, or where there are several different ones."""
    texts = (b"".join(_texts(block[0])) for block in _BLOCK.finditer(data))
    found = packing.only(texts, KIND, "keep the picture that you want in a file of its own")
    if found is None and b"\\end{document}" not in data:
        raise DocumentError(f"This {KIND} is cut short; part of it is missing.")
    if found is None:
        raise lost(KIND, data)
    return packing.unpack(found, KIND)


def _texts(block: bytes) -> Iterator[bytes]:
    return (line.strip().removeprefix(MARK) for line in block.splitlines())
