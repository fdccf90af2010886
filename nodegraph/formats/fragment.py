"""A part of a graph as text, for the clipboard and for dragging between windows: a document of its own.

Foreign and broken text is refused with one sentence. Knows no clipboard.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nodegraph.core.building.expression import part_in_text
from nodegraph.core.building.fragments import ALL_THERE
from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge
from nodegraph.core.latex.latex_signs import is_latex
from nodegraph.core.layout.placement import place_missing
from nodegraph.formats import files, native

NOTHING = "There is nothing in it to insert: copy nodes, or a formula such as L = a*b."


class Part(NamedTuple):
    """A part of a graph, the edges that come to it from the graph around it, and the formula that it was read
    from, if any, of which a person should know how its names were taken.
    """

    graph: Graph
    arriving: list[Edge]
    formula: str = ""


def to_text(part: Graph) -> str:
    """The part as text, which any program can keep and `from_text` reads back."""
    return native.write(part).decode()


def is_document(text: str) -> bool:
    """Whether a text looks like a document rather than a formula."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


_STATEMENT = re.compile(r"^[^\S\n]*+\w++[^\S\n]*+[-+*/]?=(?!=)", re.MULTILINE)
"""A line that begins with a name and an equals sign."""


def is_statement(text: str) -> bool:
    """Whether a text looks like code or LaTeX rather than like prose.

    >>> [is_statement(text) for text in ("L = a*", r"\\frac{a}", "buy milk = good", "milk\\n= good")]
    [True, True, False, False]
    """
    return is_latex(text) or _STATEMENT.search(text) is not None


_OF_A_FORMULA = re.compile(r"[^\n\"'?@#&:\\]{1,300}")
_SIGN_OF_A_FORMULA = re.compile(r"\d|[-+*/^=(|<>·×÷√²³]")
_WORDS = re.compile(r"[^\W\d_]{2,}[\s,]+[^\W\d_]{2,}")


def is_formula(text: str) -> bool:
    """Whether a text of one line looks like a formula rather than like prose or an address.

    >>> [is_formula(text) for text in ("=A1*B1", "0,5", "sigmoid(x", "2x", "1.5 kg")]
    [True, True, True, True, True]
    >>> [is_formula(text) for text in ("milk and 2 eggs", "relu", "17:30", "www.example.org/a?b=1", "a\\nb")]
    [False, False, False, False, False]
    """
    line = text.strip()
    is_plain = _OF_A_FORMULA.fullmatch(line) is not None and _WORDS.search(line) is None
    return is_plain and _SIGN_OF_A_FORMULA.search(line) is not None


def from_text(text: str, around: Graph | None = None) -> Part:
    """Returns the part in a text, a document or a formula, and the edges that come to it from `around`: in a
    formula, a name of that graph means its node there. Refused with a sentence where the text is neither.
    """
    try:
        if is_document(text):
            return Part(_placed(native.read(text.encode())), [])
        if _is_column(text):
            raise Refused(_nothing_in(text))  # each number alone would be a constant
        return from_formula(text, around)
    except TextError as error:
        if not (is_statement(text) or is_formula(text)) or _is_graph_file(text):
            raise Refused(_nothing_in(text)) from error
        raise Refused(f"The text cannot become a graph: {error}.") from error
    except (DocumentError, UnicodeError) as error:
        raise Refused(_nothing_in(text)) from error


def from_formula(text: str, around: Graph | None = None) -> Part:
    """Returns the part that a formula adds to the graph `around`. Refused, as a rule with TextError, where it
    adds none.
    """
    part, arriving = part_in_text(text, around or Graph())
    if not len(part):
        raise Refused(ALL_THERE)
    return Part(_placed(part), arriving, text)


_NETWORK = re.compile(
    r"\s*((strict\s+)?(di)?graph\b[^\n{;=]*\{|(<\?xml[^>]*>\s*)?<graphml\b|\{.*\"(links|edges)\"\s*:\s*\[)",
    re.DOTALL | re.IGNORECASE,
)


FROM_A_FILE = "save it in a file, and drop that onto the window."
OF_ANOTHER_PROGRAM = "This is a graph of another program"


def _is_graph_file(text: str) -> bool:
    return _NETWORK.match(text) is not None


SEPARATORS = "\t;|,"
_CELL = re.compile(r"\s*[-+−]?\d[\d.,]*(e[-+]?\d+)?\s*", re.IGNORECASE)
MOST_ROWS_SEEN, LONGEST_TABLE_SEEN = 20, 20_000
"""Of a text, lines and letters by which it is known for a table."""


def _first_lines(text: str) -> list[str]:
    return text[:LONGEST_TABLE_SEEN].strip().splitlines()[:MOST_ROWS_SEEN]


def _is_column(text: str) -> bool:
    """Whether a text holds numbers below each other, maybe below a name, as a spreadsheet copies a column.

    >>> _is_column("x\\n1\\n2\\n"), _is_column("3\\n4"), _is_column("x = 1\\n2"), _is_column("3")
    (True, True, False, False)
    """
    lines = _first_lines(text)
    return len(lines) > 1 and "=" not in lines[0] and all(map(_CELL.fullmatch, lines[1:]))


def _is_table(text: str) -> bool:
    """Whether a text has lines of as many cells each, with a number in every one but the first; or is a
    column of numbers.

    >>> [_is_table(text) for text in ("x\\ty\\n1\\t2\\n3\\t4", "x\\r\\n1,5\\r\\n2,5", "a, b\\nc, d", "1 2")]
    [True, True, False, False]
    """
    lines = _first_lines(text)
    if _is_column(text):
        return True
    parting = next((sign for sign in SEPARATORS if sign in lines[0]), "\n") if lines else "\n"
    rows = [line.split(parting) for line in lines]
    is_even = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return is_even and all(any(map(_CELL.fullmatch, row)) for row in rows[1:])


def _nothing_in(text: str) -> str:
    """Says that a text is nothing to paste, or how a graph of another program or a table comes in.

    >>> _nothing_in("digraph { a -> b }")
    'This is a graph of another program; save it in a file, and drop that onto the window.'
    >>> _nothing_in("x\\ty\\n1\\t2\\n3\\t4")
    'This is a table; save it in a file, and drop that onto the window.'
    """
    if _is_graph_file(text) and not re.search(r'"format"\s*:\s*"nodegraph"', text):
        return f"{OF_ANOTHER_PROGRAM}; {FROM_A_FILE}"
    if _is_table(text):
        return f"This is a table; {FROM_A_FILE}"
    return NOTHING


def from_picture(data: bytes) -> Part:
    """The graph that a picture carries. Refused with a sentence where it carries none."""
    try:
        return from_bytes(data)
    except DocumentError as error:
        raise Refused("The picture carries no graph.") from error


def from_bytes(data: bytes) -> Part:
    """The graph in a file, a document or a picture. Refused where there is none, DocumentError where it
    cannot be read.
    """
    return Part(_placed(files.graph_of(data)), [])


def _placed(part: Graph) -> Graph:
    if not len(part) and not part.notes():
        raise Refused(NOTHING)
    part.apply(place_missing(part))
    return part
