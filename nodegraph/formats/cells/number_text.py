"""Numbers as text read many at a time, by numpy alone: digits eight by eight, then one division for all.

The numbers are those of `float`, to the last bit: what cannot be told so with certainty is asked of it.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]
Words = NDArray[np.uint64]
Letters = NDArray[np.uint8]

FRONT = 32
"""Bytes in front of a text, so that words that end in it begin somewhere."""
MOST_DIGITS = 19
"""Digits that a word of 64 bits holds."""
MOST_EXPONENT = 3
"""Digits of an exponent."""
MOST_POWER = 22
"""The largest power of ten that is a floating-point number itself."""
MOST_ASKED = 8
"""One in so many numbers is asked of `float`; of more, whoever calls has a quicker way."""
SPLITTER = 134217729.0
"""2²⁷ + 1, which cuts a floating-point number in two halves."""
CLOSE = 1e-12
"""How far what is added last may be off, as a share of itself: far more than it is."""
EXACT = 2**53
"""Below it, whole numbers are floating-point numbers."""

_PLAIN = re.compile(rb"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_POWERS = np.array([float(10**power) for power in range(MOST_POWER + 1)])
_WHOLE_POWERS = 10 ** np.arange(MOST_DIGITS + 1, dtype=np.uint64)
_KEPT = np.array([(2**64 - 1) << (64 - 8 * count) & (2**64 - 1) for count in range(9)], dtype=np.uint64)
_ZEROS = np.uint64(0x3030303030303030)


def read_numbers(text: bytes, delimiter: str, width: int) -> Array | None:
    """Returns the numbers in lines of this width, of shape (lines, width), of a text that ends with a line.

    None where any is none, a line is of another width, or most are not so plain.

    >>> read_numbers(b"1,-2.5\\n.5,10\\n", ",", 2).tolist()
    [[1.0, -2.5], [0.5, 10.0]]
    """
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    padding = FRONT + -(len(text) + FRONT) % 8 + 8
    letters = np.frombuffer(b"0" * FRONT + text + b"0" * (padding - FRONT), dtype=np.uint8)
    others = np.flatnonzero(letters - np.uint8(ord("0")) > 9)
    kinds = letters[others]
    is_line = kinds == ord("\n")
    at = np.flatnonzero(is_line | (kinds == ord(delimiter)))
    lines = np.count_nonzero(is_line)
    if not lines or len(at) != lines * width or not is_line[at[width - 1 :: width]].all():
        return None
    cells = _Cells(letters, others, kinds, at)
    found = cells.numbers()
    asked = np.flatnonzero(~cells.is_sure)
    if len(asked) > len(found) // MOST_ASKED:
        return None
    begins, ends = (places[asked].tolist() for places in (cells.starts, cells.ends))
    for place, begin, end in zip(asked.tolist(), begins, ends, strict=True):
        cell = text[begin - FRONT : end - FRONT].strip(b" \t")
        if not _PLAIN.fullmatch(cell):
            return None
        found[place] = float(cell)
    return found.reshape(-1, width)


class _Cells:
    """Cells of a text. What is no digit stands at the places `others`, as the letters `kinds`, of which those
    `at` are the ends of cells. `is_sure` says which of the numbers are told with certainty.
    """

    def __init__(self, letters: Letters, others: Places, kinds: Letters, at: Places) -> None:
        self._letters, self._others, self._kinds, self._at = letters, others, kinds, at
        self._words: Words = letters.view("<u8")
        self.ends = others[at]
        self.starts = np.concatenate([[FRONT], self.ends[:-1] + 1])
        self.is_sure = np.ones(len(at), dtype=bool)

    def numbers(self) -> Array:
        """Returns the numbers, of shape (cells,)."""
        first = self._letters[self.starts]
        is_negative = first == ord("-")
        begins = self.starts + (is_negative | (first == ord("+")))
        stops, back, shift = self._exponents()
        before = self._at - back  # before the first of all is the end of the last, which is no point
        points = np.where(self._kinds[before] == ord("."), self._others[before], stops)
        whole_digits: Places = (points - begins) * self.is_sure
        digits: Places = np.maximum(stops - points - 1, 0) * self.is_sure
        self.is_sure &= (whole_digits >= 0) & (whole_digits + digits > 0) & (digits <= MOST_POWER)
        mantissa = self._digits(stops, digits)
        whole = self._digits(points, whole_digits)
        if whole.any():
            self.is_sure &= (whole == 0) | (whole_digits + digits <= MOST_DIGITS)
            mantissa += whole * _WHOLE_POWERS[np.minimum(digits, MOST_DIGITS)]
        found = self._scaled(mantissa, digits - shift)
        found.view(np.uint64)[:] |= is_negative.astype(np.uint64) << np.uint64(63)
        return found

    def _exponents(self) -> tuple[Places, Places | int, Places | int]:
        """Returns where the digits of each cell end, how many of the other letters from its end its point is,
        and its power of ten. Where exponents are rare their cells are left to `float`.
        """
        is_e = self._kinds | 32 == ord("e")
        if np.count_nonzero(is_e) * MOST_ASKED < len(self._at):
            self.is_sure[np.searchsorted(self.ends, self._others[is_e])] = False
            return self.ends, 1, 0
        last = self._kinds[self._at - 1]
        is_negative = last == ord("-")
        has_sign = is_e[self._at - 2] & (is_negative | (last == ord("+")))
        has_any = has_sign | is_e[self._at - 1]
        stops = np.where(has_any, self._others[self._at - 1 - has_sign], self.ends)
        count = np.maximum(self.ends - stops - 1 - has_sign, 0)
        self.is_sure &= (has_any == (count > 0)) & (count <= MOST_EXPONENT)
        power = self._digits(self.ends, count).astype(np.int64)
        return stops, 1 + has_any.astype(np.int64) + has_sign, np.where(has_sign & is_negative, -power, power)

    def _digits(self, ends: Places, counts: Places) -> Words:
        """Returns the whole number that so many letters before each end are."""
        most = int(counts.max(initial=0))
        if most <= 1:  # as is the whole part of what is standardised
            digit = self._letters[ends - 1] ^ ord("0")
            self.is_sure &= (digit <= 9) | (counts == 0)
            return (digit * counts).astype(np.uint64)
        total = self._eight(slice(None), ends - 8, np.minimum(counts, 8))
        if most > 8:
            total += self._eight(slice(None), ends - 16, np.clip(counts - 8, 0, 8)) * _WHOLE_POWERS[8]
        if most > 16:
            here = np.flatnonzero(counts > 16)
            first = self._eight(here, ends[here] - 24, np.minimum(counts[here] - 16, 8))
            self.is_sure[here] &= first < _WHOLE_POWERS[MOST_DIGITS - 16]
            total[here] += first * _WHOLE_POWERS[16]
        return total

    def _eight(self, cells: Places | slice, places: Places, counts: Places) -> Words:
        """Returns for these cells the number that the last `counts` of eight letters from each place are; see
        "Quickly parsing eight digits" by Johnny Lee and Daniel Lemire.
        """
        bits = ((places & 7) << 3).astype(np.uint64)
        words: Words = self._words[places >> 3] >> bits
        words |= self._words[(places >> 3) + 1] << (np.uint64(64) - bits)  # by 64 gives 0
        words ^= _ZEROS  # a digit becomes its number, and nothing else one below 10
        words &= _KEPT[counts]
        high = words + np.uint64(0x7676767676767676)
        high |= words
        high &= np.uint64(0x8080808080808080)
        self.is_sure[cells] &= high == 0
        high = words >> np.uint64(8)
        words *= np.uint64(10)
        words += high
        high = words >> np.uint64(16)
        words &= np.uint64(0x000000FF000000FF)
        words *= np.uint64(0x000F424000000064)
        high &= np.uint64(0x000000FF000000FF)
        high *= np.uint64(0x0000271000000001)
        words += high
        words >>= np.uint64(32)
        return words

    def _scaled(self, mantissa: Words, powers: Places) -> Array:
        """Returns mantissa / 10^power, rounded once: the quotient with what remains of it."""
        has_up = bool(powers.min() < 0)
        self.is_sure &= np.abs(powers) <= MOST_POWER if has_up else powers <= MOST_POWER
        high = mantissa.astype(np.float64)
        ten = _POWERS[np.clip(powers, 0, MOST_POWER) if has_up else np.minimum(powers, MOST_POWER)]
        found: Array = high / ten
        if not has_up and int(mantissa.max()) < EXACT:
            return found
        low = (mantissa - high.astype(np.uint64)).view(np.int64).astype(np.float64)
        product, error = _product(found, ten)
        rest = ((high - product) - error + low) / ten
        if has_up:
            by = _POWERS[np.clip(-powers, 0, MOST_POWER)]
            raised, error = _product(high, by)
            found = np.where(powers < 0, raised, found)
            rest = np.where(powers < 0, error + low * by, rest)
        result: Array = found + rest * (1 + CLOSE)
        self.is_sure &= result == found + rest * (1 - CLOSE)
        return result


def _product(a: Array, b: Array) -> tuple[Array, Array]:
    """Returns a·b, rounded, and what was rounded off (Dekker and Veltkamp)."""
    product = a * b
    a_high, b_high = SPLITTER * a, SPLITTER * b
    a_high, b_high = a_high - (a_high - a), b_high - (b_high - b)
    a_low, b_low = a - a_high, b - b_high
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
