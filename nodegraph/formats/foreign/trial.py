"""Whether a short file of another program, or of text, can be read, before anything depends on it."""

from __future__ import annotations

from nodegraph.core.errors import DocumentError, Refused

LONG_BYTES = 20_000
"""A file up to which it is read in one go."""


def fault_in(name: str, data: bytes) -> DocumentError | Refused | None:
    """Returns what keeps such a file from being read; None for one that can be, or is long.

    >>> fault_in("loss.py", b"L = a*b")
    >>> print(fault_in("loss.py", b"L = a*"))
    line 1, column 7: expected a number, a name, a function or an operator: + - * / **
    """
    if len(data) > LONG_BYTES:
        return None

    from nodegraph.core.building.expression import parse
    from nodegraph.formats.foreign import reading
    from nodegraph.formats.foreign.formula_files import text_in

    try:
        if reading.is_foreign(data):
            reading.network_in(data)
        else:
            parse(text_in(name, data).rstrip())
    except (DocumentError, Refused) as error:
        return error
    return None
