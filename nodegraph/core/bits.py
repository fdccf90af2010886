"""Work that can be done bit by bit, so that a window has its turn between: a generator that returns what it
has found.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Bits: TypeAlias = Generator[None, None, T]


def in_one_go(work: Bits[T]) -> T:
    """Do work from beginning to end. Returns what it has found."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found
