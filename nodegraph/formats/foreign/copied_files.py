"""What a file that was copied adds to a graph: a document, a picture that carries one, or formulas.

Knows bytes and the name of the file; no clipboard.
"""

from __future__ import annotations

from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import fragment
from nodegraph.formats.foreign import formula_files, reading
from nodegraph.formats.fragment import Part


def part_in(name: str, data: bytes, around: Graph) -> Part:
    """Returns the part in a file, and the edges that come to it from `around`. Refused with a sentence that
    begins with the name where there is none.

    >>> part_in("loss.py", b"L = a*b", Graph()).graph.output_name
    'L'
    """
    try:
        if reading.is_foreign(data):
            raise Refused(f"{name}: {fragment.OF_ANOTHER_PROGRAM}; drop it onto the window.")
        if formula_files.holds_formulas(name, data):
            return fragment.from_formula(formula_files.text_in(name, data), around)
        return fragment.from_bytes(data)
    except TextError as error:
        raise Refused(f"{name}: {error}.") from None
    except DocumentError as error:
        raise Refused(f"{name}: {error}") from None
