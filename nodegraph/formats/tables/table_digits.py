"""Cells of digits that are less as numbers: codes such as 01234, which lose their zeros, those of more digits
than a number holds, and dates such as 20240105. Nothing is done about them, so that it is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.numbers import format_exact

EXACT = 2**53
"""Below it, each whole number is a floating-point number."""
_LEAST_DIGITS = 3
"""Of a code with zeros in front; people write 05 for a month or a minute."""
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}")
_LOOKED_AT = 64
"""Numbers of a column that tell of most that they are not whole."""
_ZERO = np.uint8(ord("0"))


def told_of_digits(
    name: str, cells: Sequence[str], numbers: Sequence[float | None] | None
) -> Mapping[str, str]:
    """Some words about the first code in a column that its number does not tell, and about dates that are
    read as numbers.

    >>> list(told_of_digits("zip", ["10115", "01234"], [10115.0, 1234.0]).values())
    ['01234 in column “zip” is read as 1234']
    """
    if numbers is None or not all(number is None or number.is_integer() for number in numbers):
        return {}
    found = ((cell, number) for cell, number in zip(cells, numbers, strict=True) if _may_be_code(cell))
    for cell, number in found:
        if number == float(cell) and _is_code(cell):
            said = f"{cell} in column “{name}” is read as {format_exact(number)}"
            return {f"digits {cell[0] == '0'}": said}
    if len(cells) > 1 and all(map(_DAY.fullmatch, cells)) and numbers[0] == float(cells[0]):
        return {"days": f"the dates in column “{name}” are read as numbers: {cells[0]}"}
    return {}


def _may_be_code(cell: str) -> bool:
    return (cell[:1] == "0" or len(cell) > 15) and cell.isdecimal() and cell.isascii()


def _is_code(cell: str) -> bool:
    """Whether digits are not those of the number that they are read as.

    >>> _is_code("007"), _is_code("9007199254740993"), _is_code("9007199254740992"), _is_code("05")
    (True, True, False, False)
    """
    return (cell[0] == "0" and len(cell) >= _LEAST_DIGITS) or float(cell) != int(cell)


def told_of_digits_among(
    lines: Sequence[str], sign: str, columns: Mapping[str, tuple[int, NDArray[np.float64]]]
) -> dict[str, str]:
    """The same of even lines whose cells this sign parts, and of columns with their places in them."""
    told: dict[str, str] = {}
    for name, (place, numbers) in columns.items():
        if _is_whole(numbers):
            cells = [line.split(sign, place + 1)[place].strip() for line in lines]
            for what, said in told_of_digits(name, cells, numbers.tolist()).items():
                told.setdefault(what, said)
    return told


def may_hold_codes(text: str, begin: int, sign: str, columns: Sequence[NDArray[np.float64]]) -> bool:
    """Whether such digits may stand in an even text, from a place on, that holds these columns: a column that
    has some holds whole numbers alone.

    >>> may_hold_codes("10115\\n01234\\n", 0, ",", [np.array([10115.0, 1234.0])])
    True
    """
    whole = [column for column in columns if _is_whole(column[:_LOOKED_AT]) and _is_whole(column)]
    if any(column.max(initial=0) >= EXACT for column in whole):
        return True
    if not whole:
        return False
    letters = np.frombuffer(text[begin:].encode("ascii", "replace"), dtype=np.uint8)
    at = np.flatnonzero(letters[:-2] == _ZERO)
    before = letters[at - 1]
    at = at[(before == ord(sign)) | (before == ord("\n")) | (at == 0)]
    return bool(((letters[at + 1] - _ZERO < 10) & (letters[at + 2] - _ZERO < 10)).any())


def _is_whole(numbers: NDArray[np.float64]) -> bool:
    return bool((numbers == np.floor(numbers)).all())
