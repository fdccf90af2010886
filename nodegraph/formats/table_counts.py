"""How much the text of a table holds, counted before it is read: a file of blank lines or of commas costs
seconds to read, and hundredths to count. Knows bytes only, and what may part lines and cells.
"""

from __future__ import annotations

import numpy as np

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_CELLS, MAX_ROWS, MAX_TABLE_BYTES, in_megabytes

_PIECE = 1 << 20
_SPARE_LINES = 2
"""Lines for each row: some programs leave a blank one after each."""
_SPARE_SIGNS = 4
"""Signs for each cell: a decimal comma, a text in quotes, cells left empty at the end."""


def refuse_excess(data: bytes) -> None:
    """Raise DocumentError where this has more bytes, lines or cells than any table."""
    if len(data) > MAX_TABLE_BYTES:
        limit = in_megabytes(MAX_TABLE_BYTES)
        raise DocumentError(f"This is too large ({in_megabytes(len(data))}); a table has at most {limit}.")
    counts = np.zeros(256, np.int64)
    for start in range(0, len(data), _PIECE):
        piece = np.frombuffer(data, np.uint8, min(_PIECE, len(data) - start), start)
        for sign in b"\n\r,;\t":
            counts[sign] += np.count_nonzero(piece == sign)
        if max(counts[ord("\n")], counts[ord("\r")]) > _SPARE_LINES * MAX_ROWS:
            raise DocumentError(f"This has too many lines; a table has at most {MAX_ROWS:,} rows.")
        if max(counts[list(b",;\t")]) > _SPARE_SIGNS * MAX_CELLS:
            raise DocumentError(f"This has too many cells; a table has at most {MAX_CELLS:,}.")
