"""How much JSON text holds, counted before anything is built from it.

A document of a million nodes costs seconds and a gigabyte to parse; to count its brackets takes a few
hundredths of a second, and counting ends where the first limit is passed. Reads bytes in pieces and knows
JSON's strings, brackets, commas and colons, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_CONTAINERS, MAX_DEPTH, MAX_KEYS, MAX_VALUES

Marks = NDArray[np.uint8]

_PIECE = 1 << 18
"""Bytes looked at together: too few for as many keys as one object may have."""

_NO_MARKS = bytes(set(range(256)) - set(b'"[]{},:'))
_QUOTE, _COMMA, _COLON = b'",:'
_LEFT, _RIGHT, _LEFT_CURLY, _RIGHT_CURLY = b"[]{}"


class Counts(NamedTuple):
    """How many lists and objects JSON text holds, and how many keys, all objects together."""

    containers: int
    keys: int


def refuse_excess(data: bytes) -> Counts | None:
    """Raise DocumentError where JSON text is nested too deeply or holds more parts than any document.

    Returns what was counted; None of a small text, which need not be counted.
    """
    if _is_small(data):
        return None
    depth = containers = commas = keys = colons = lists = 0
    ends_in_colon = False
    for marks in _marks(data):
        opens = (marks == _LEFT) | (marks == _LEFT_CURLY)
        closes = (marks == _RIGHT) | (marks == _RIGHT_CURLY)
        depths = depth + np.cumsum(opens.view(np.int8) - closes.view(np.int8), dtype=np.int32)
        depth = int(depths[-1])
        containers += int(np.count_nonzero(opens))
        commas += int(np.count_nonzero(marks == _COMMA))
        is_colon = marks == _COLON
        colons += int(np.count_nonzero(is_colon))
        run, keys = _keys_in_a_row(is_colon, np.flatnonzero(opens | closes), keys)
        _refuse_more(containers, MAX_CONTAINERS, "lists and objects")
        _refuse_more(commas, MAX_VALUES, "values")
        lists += int(np.count_nonzero(is_colon[:-1] & opens[1:])) + bool(ends_in_colon and opens[0])
        ends_in_colon = bool(is_colon[-1])
        _refuse_more(run, MAX_KEYS, "keys in one object")
        if depths.max() > MAX_DEPTH:
            raise DocumentError(f"This is nested more than {MAX_DEPTH} levels deep; that is no document.")
    if lists > MAX_KEYS:  # of so many lists and objects with a key, all may be in one object
        _refuse_keys_of_lists(data)
    return Counts(containers, colons)


def _refuse_keys_of_lists(data: bytes) -> None:
    """Raise DocumentError where one object has too many keys, whatever stands behind them. Nesting is bounded
    already.
    """
    depth, counts = 0, [0] * (MAX_DEPTH + 1)
    for marks in _marks(data):
        opens = (marks == _LEFT) | (marks == _LEFT_CURLY)
        closes = (marks == _RIGHT) | (marks == _RIGHT_CURLY)
        depths = depth + np.cumsum(opens.view(np.int8) - closes.view(np.int8), dtype=np.int32)
        depth, is_colon = int(depths[-1]), marks == _COLON
        for level in range(max(int(depths.min()), 0), int(depths.max()) + 1):
            at_level = depths == level
            begins = np.flatnonzero(opens & at_level)
            owners = np.searchsorted(begins, np.flatnonzero(is_colon & at_level))
            keys = np.bincount(owners, minlength=len(begins) + 1)
            keys[0] += counts[level]
            counts[level] = int(keys[-1])
            _refuse_more(int(keys.max()), MAX_KEYS, "keys in one object")


def _is_small(data: bytes) -> bool:
    """Whether even with all that stands in its strings, the text stays within every limit."""
    opened = data.count(b"[") + data.count(b"{")
    return opened <= MAX_DEPTH and data.count(b",") <= min(MAX_VALUES, MAX_KEYS)


def _refuse_more(count: int, most: int, noun: str) -> None:
    if count > most:
        raise DocumentError(f"This holds more than {most:,} {noun}; that is too many for a document.")


def _marks(data: bytes) -> Iterator[Marks]:
    """The quotes, brackets, commas and colons, piece by piece, with 0 for what stands inside a string."""
    is_inside, is_escaped = False, False
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        if is_escaped:
            piece = b"_" + piece[1:]
        is_escaped = False
        if b"\\" in piece:
            piece = piece.replace(b"\\\\", b"__")
            is_escaped = piece.endswith(b"\\")
            piece = piece.replace(b'\\"', b"__")
        marks = np.frombuffer(piece.translate(None, _NO_MARKS), np.uint8)
        if len(marks):
            inside = np.logical_xor.accumulate(marks == _QUOTE) ^ is_inside
            is_inside = bool(inside[-1])
            yield marks * ~inside


def _keys_in_a_row(colons: NDArray[np.bool_], brackets: NDArray[np.intp], before: int) -> tuple[int, int]:
    """How many colons stand in a row up to the first bracket, and how many after the last.

    An object of plain values has all its colons in a row; one of lists and objects is bounded by their count.
    """
    if not len(brackets):
        count = before + int(np.count_nonzero(colons))
        return count, count
    return before + int(np.count_nonzero(colons[: brackets[0]])), int(
        np.count_nonzero(colons[brackets[-1] :])
    )
