"""Files that hold what a graph computes as text: a program, LaTeX, or the cells of a notebook."""

from __future__ import annotations

import re
from pathlib import PurePath

from nodegraph.core.errors import DocumentError
from nodegraph.core.latex.latex_signs import is_latex
from nodegraph.core.operations.formula_limits import MAX_TEXT
from nodegraph.formats import kinds, strict_json
from nodegraph.formats.foreign.reading import is_foreign
from nodegraph.formats.limits import NO_UTF8

_TEXTS, _NOTEBOOK = (".py", ".tex", ".txt"), ".ipynb"
SUFFIXES = (*_TEXTS, _NOTEBOOK)
_ANY_TEXT, _LATEX = ".txt", ".tex"
_PLAIN = ("a formula", "a Python program", "a LaTeX file", "a Jupyter notebook")
_FORMULAS = ("a text", *_PLAIN)
_BELOW_REMARKS = re.compile(rb"\s*#[^!\n][^\n]*\n(?:[^\S\n]*+(?:#[^\n]*+)?\n)*+[^\W\d]\w*\s*=[^=]")
"""How a program begins with remarks, which might as well be the title of a page."""
_LANGUAGES = {
    ".m": "MATLAB or Octave",
    **dict.fromkeys((".r", ".rmd", ".qmd"), "R"),
    ".jl": "Julia",
    **dict.fromkeys((".c", ".h"), "C"),
    **dict.fromkeys((".cc", ".cpp", ".cxx", ".hpp", ".ino"), "C++"),
    ".cs": "C#",
    ".java": "Java",
    ".kt": "Kotlin",
    ".scala": "Scala",
    ".go": "Go",
    ".rs": "Rust",
    ".swift": "Swift",
    **dict.fromkeys((".f", ".for", ".f77", ".f90", ".f95", ".f03", ".f08"), "Fortran"),
    **dict.fromkeys((".js", ".mjs"), "JavaScript"),
    ".ts": "TypeScript",
    **dict.fromkeys((".nb", ".wl", ".wls"), "Mathematica"),
    ".mw": "Maple",
    ".lua": "Lua",
    ".rb": "Ruby",
}
"""Programs in other languages by the endings of their files."""
_DIVIDE_WHOLE = ("C", "C++", "C#", "Java", "Kotlin", "Scala", "Go", "Rust", "Swift", "Fortran", "Ruby")
"""Languages in which 1/2 is 0."""
_SAVE = "save the lines of it that compute something, with = between a name and its formula"
_IN_WHOLES = ", without types, and with what whole numbers come to there, as 0 for 1/2"
_AS_TEXT = "in a file whose name ends in .txt, and make a document of that with: nodegraph new --from"
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
    if language_of(name) in _DIVIDE_WHOLE:
        return False
    kind = kinds.name_of(data)
    return bool((kind is not None and kind[0] in _PLAIN) or _BELOW_REMARKS.match(data[:_LOOKED_AT]))


def language_of(name: str) -> str:
    """Returns the language of a program in a file of this name, or "".

    >>> language_of("fit.R"), language_of("fit.py")
    ('R', '')
    """
    return _LANGUAGES.get(PurePath(name).suffix.lower(), "")


def refuse_other_language(name: str, data: bytes) -> None:
    """Raise DocumentError for a program in another language, as its name says, that holds no network."""
    if (language := language_of(name)) and not is_foreign(data):
        save = _SAVE + _IN_WHOLES if language in _DIVIDE_WHOLE else _SAVE
        raise DocumentError(f"This is a program in {language}; {save}, {_AS_TEXT}.")


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
    return _as_latex(text) if name.lower().endswith(_LATEX) else text


def _as_latex(text: str) -> str:
    r"""Returns the text of a .tex file with a sign of LaTeX, where it has neither one nor a * nor a remark
    of Python: E = mc^2 has two factors there.

    >>> _as_latex("E = mc^2"), _as_latex("y = a*b"), _as_latex("x^{2}")
    ('E = mc^2\\,', 'y = a*b', 'x^{2}')
    """
    if not text.strip() or "*" in text or "#" in text or is_latex(text):
        return text
    return rf"{text.rstrip()}\,"


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
