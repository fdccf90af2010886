"""Files that hold what a graph computes as text: a program, LaTeX, or the cells of a notebook."""

from __future__ import annotations

import re
from pathlib import PurePath

from nodegraph.core.errors import DocumentError
from nodegraph.core.operations.formula_limits import MAX_TEXT
from nodegraph.formats import kinds, strict_json
from nodegraph.formats.foreign.reading import is_foreign
from nodegraph.formats.limits import NO_UTF8

_TEXTS, _NOTEBOOK = (".py", ".tex", ".txt"), ".ipynb"
SUFFIXES = (*_TEXTS, _NOTEBOOK)
_ANY_TEXT = ".txt"
_PLAIN = ("a formula", "a Python program", "a LaTeX file", "a Jupyter notebook")
_FORMULAS = ("a text", *_PLAIN)
_BELOW_REMARKS = re.compile(rb"\s*#[^!\n][^\n]*\n(?:[^\S\n]*+(?:#[^\n]*+)?\n)*+[^\W\d]\w*\s*=[^=]")
"""How a program begins with remarks, which might as well be the title of a page."""
_LOOKED_AT = 100_000
"""Bytes in which these remarks end."""

_OF_OTHERS = re.compile(r"%%(?:bash|html|javascript|js|latex|markdown|perl|ruby|script|sh|svg|writefile)\b")
"""How a cell begins that holds no Python."""


def is_formula_file(name: str) -> bool:
    """Whether a file of this name holds text that a graph is read from.

    >>> is_formula_file("loss.py"), is_formula_file("graph.json")
    (True, False)
    """
    return PurePath(name).suffix.lower() in SUFFIXES


def holds_formulas(name: str, data: bytes) -> bool:
    """Whether a file is one to read a graph from as text; of a `.txt`, what stands in it decides.

    >>> holds_formulas("loss.txt", b"L = a*b"), holds_formulas("rows.txt", b"x,y\\n1,2\\n")
    (True, False)
    """
    if not is_formula_file(name) or not data.strip():
        return False
    kind = kinds.name_of(data) if name.lower().endswith(_ANY_TEXT) else None
    return kind is None or kind[0] in _FORMULAS


def is_to_be_read_as_text(name: str, data: bytes) -> bool:
    """Whether a graph is read from a file's text, as its name says; where that says nothing, as of a pipe,
    what stands in it decides.

    >>> is_to_be_read_as_text("-", b"import math"), is_to_be_read_as_text("-", b"digraph { a -> b }")
    (True, False)
    """
    if is_formula_file(name):
        return True
    if is_foreign(data):
        return False
    kind = kinds.name_of(data)
    return bool((kind is not None and kind[0] in _PLAIN) or _BELOW_REMARKS.match(data[:_LOOKED_AT]))


def text_in(name: str, data: bytes) -> str:
    """Returns the text of such a file; of a notebook the cells of code, one below the other. Raises
    DocumentError.
    """
    is_json = not is_formula_file(name) and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if is_json or PurePath(name).suffix.lower() == _NOTEBOOK:
        return _cells(strict_json.parse(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError(NO_UTF8) from None
    if len(text) > MAX_TEXT:
        raise DocumentError(f"The text is longer than {MAX_TEXT:,} characters.")
    return text


def _cells(notebook: object) -> str:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise DocumentError("This is no notebook: it lacks a list of cells.")
    found = []
    for cell in cells:
        source = cell.get("source") if isinstance(cell, dict) and cell.get("cell_type") == "code" else None
        lines = source if isinstance(source, list) else [source]
        code = "".join(line for line in lines if isinstance(line, str))
        found.append("" if _OF_OTHERS.match(code) else code)
    if not any(cell.strip() for cell in found):
        raise DocumentError("This notebook has no cells of code.")
    return "\n".join(found)
