"""How much the text of a table holds, counted before it is read: a file of blank lines or of commas costs
seconds to read, and hundredths to count. Knows bytes only, and what may part lines and cells.
"""

from __future__ import annotations

import numpy as np

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_CELLS, MAX_ROWS, MAX_TABLE_BYTES, in_megabytes

PIECE = 1 << 20
_SPARE_LINES = 2
"""Lines for each row: some programs leave a blank one after each."""
_SPARE_SIGNS = 4
"""Signs for each cell: a decimal comma, a text in quotes, cells left empty at the end."""


class TableCounts:
    """Counts the lines and cells of a table of this many bytes. DocumentError where those are too many."""

    def __init__(self, size: int) -> None:
        if size > MAX_TABLE_BYTES:
            limit = in_megabytes(MAX_TABLE_BYTES)
            shown = in_megabytes(size, MAX_TABLE_BYTES)
            raise DocumentError(f"This is too large ({shown}); a table has at most {limit}.")
        self._signs = np.zeros(256, np.int64)

    def add(self, data: bytes) -> None:
        """Count the next bytes. Raise DocumentError where there are more lines or cells than in any table."""
        signs = self._signs
        for start in range(0, len(data), PIECE):
            piece = np.frombuffer(data, np.uint8, min(PIECE, len(data) - start), start)
            for sign in b"\n\r,;\t|":
                signs[sign] += np.count_nonzero(piece == sign)
            if max(signs[ord("\n")], signs[ord("\r")]) > _SPARE_LINES * MAX_ROWS:
                raise DocumentError(f"This has too many lines; a table has at most {MAX_ROWS:,} rows.")
            if max(signs[list(b",;\t|")]) > _SPARE_SIGNS * MAX_CELLS:
                raise DocumentError(f"This has too many cells; a table has at most {MAX_CELLS:,}.")
