"""How rows are named in what is told of a table."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMED = 3
"""Rows, columns or words that are named; of more, the first are."""


def named_rows(numbers: Sequence[int]) -> str:
    """Returns the rows with these numbers in words.

    >>> named_rows([7]), named_rows([1000, 1001, 1002, 1003])
    ('row 7', 'rows 1,000, 1,001, 1,002, …')
    """
    shown = ", ".join(f"{number:,}" for number in numbers[:MOST_NAMED])
    return f"row{'s' if numbers[1:] else ''} {shown}{', …' if numbers[MOST_NAMED:] else ''}"
