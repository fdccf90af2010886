"""What a file is that is no document: named by its first bytes, with what to do about it.

Knows the beginnings of common files; whether a document is right, `native` says.
"""

from __future__ import annotations

import re

from nodegraph.core.errors import DocumentError

_LOOKED_AT = 4096
_OTHER_PICTURE = "only a PNG or TikZ file that nodegraph exported carries a graph"
_NO_GRAPH = "open a .nodegraph document, or a PNG or TikZ file that nodegraph exported"
_SAVE_AS_CSV = "save its table as CSV, and load it as data of a graph"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\xff\xd8\xff", "a JPEG picture", _OTHER_PICTURE),
    (rb"GIF8[79]a", "a GIF picture", _OTHER_PICTURE),
    (rb"RIFF.{4}WEBP", "a WebP picture", _OTHER_PICTURE),
    (rb"II\*\0|MM\0\*", "a TIFF picture", _OTHER_PICTURE),
    (rb"BM.{4}\0{4}", "a BMP picture", _OTHER_PICTURE),
    (rb".{4}ftyp(avif|avis|heic|heix|mif1)", "an AVIF or HEIC picture", _OTHER_PICTURE),
    (rb".{4}ftyp", "a film", _NO_GRAPH),
    (rb"%PDF-", "a PDF", _NO_GRAPH),
    (rb"PK\x03\x04.{26}.{0,2000}xl/", "an Excel workbook", _SAVE_AS_CSV),
    (rb"PK\x03\x04", "a zip archive", "unpack it first"),
    (rb"\x1f\x8b|BZh|7z\xbc\xaf|\xfd7zXZ|\x28\xb5\x2f\xfd", "a compressed file", "unpack it first"),
    (rb"\xd0\xcf\x11\xe0", "an old Office file", _SAVE_AS_CSV),
    (rb"\x93NUMPY", "a NumPy array", _SAVE_AS_CSV),
    (rb"\x89HDF", "an HDF5 file", _SAVE_AS_CSV),
    (rb"PAR1", "a Parquet file", _SAVE_AS_CSV),
    (rb"\x80[\x02-\x05]", "a Python pickle", "it is never opened, as it could run a program"),
    (rb"SQLite format 3", "an SQLite database", _SAVE_AS_CSV),
    (rb"\x7fELF|MZ.{60}", "a program", _NO_GRAPH),
    (
        rb"\s*(<\?xml[^>]*>\s*)?(<!--[^>]*>\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b",
        "an SVG file",
        _OTHER_PICTURE,
    ),
    (rb"\s*<(!doctype html|html)\b", "a web page", _NO_GRAPH),
    (rb"\s*<\?xml", "an XML file", _NO_GRAPH),
    (rb'\s*\{\s*"(nbformat"|cells".*"cell_type")', "a Jupyter notebook", _NO_GRAPH),
    (rb"\\documentclass|%.{0,80}\n\\documentclass", "a LaTeX file", _NO_GRAPH),
)
_KINDS = tuple(
    (re.compile(beginning, re.DOTALL | re.IGNORECASE), name, what) for beginning, name, what in _BEGINNINGS
)
_ALSO_A_WORD = re.compile(rb"BZh|PAR1|MZ")
"""Beginnings of binary files that may as well be the first name in a table, such as `MZ,intensity`."""
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f\x7f-\xff]")
_TABLE = re.compile(rb"[^\n{\[=()]*[,;\t][^\n{\[=()]*\r?\n[^\n{\[=()]*[,;\t]")
_FORMULA = re.compile(rb"\s*[^\W\d]\w*\s*=[^=].*")


def name_of(data: bytes) -> tuple[str, str] | None:
    """Returns what the file is and what to do, for a file that can be no document; None for all others.

    >>> name_of(b"GIF89a")[0], name_of(b"x,y\\n1,2\\n")[0], name_of(b"L = a*b")[0], name_of(b'{"graph": {}}')
    ('a GIF picture', 'a table', 'a formula', None)
    """
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _ALSO_A_WORD.match(head) and not _NO_TEXT.search(head):
        return _kind_of_text(head)
    for beginning, name, what in _KINDS:
        if beginning.match(head):
            return name, what
    if b"\0" in head or head.lstrip()[:1] in (b"{", b"["):
        return None
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> tuple[str, str] | None:
    if _TABLE.match(head):
        return "a table", "load it as data of a graph"
    if _FORMULA.match(head):
        return "a formula", "make a document of it with: nodegraph new"
    return None


def refuse_foreign(data: bytes) -> None:
    """Raise DocumentError where the first bytes say that this is a file of another kind."""
    found = name_of(data)
    if found is not None:
        name, what = found
        raise DocumentError(f"This is {name}, not a nodegraph document; {what}.")


def refuse_as_table(data: bytes) -> None:
    """Raise DocumentError where the first bytes say that this is a file of another kind than a table."""
    if data.startswith(b"\x89PNG"):
        raise DocumentError("This is a PNG picture, not a table; a graph in it is opened with File ▸ Open.")
    found = name_of(data)
    if found is None or found[0] in ("a table", "a formula"):
        return
    name, what = found
    todo = what if what in (_SAVE_AS_CSV, "unpack it first") else "save the numbers as CSV"
    raise DocumentError(f"This is {name}, not a table; {todo}.")
