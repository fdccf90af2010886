"""JSON text to plain Python values, strictly: what Python's own reader lets through is refused here with its
place.

Knows nothing of graphs. Python takes NaN, infinities, numbers that overflow, duplicate keys and lone halves
of UTF-16 pairs, and gives up with an exception of its own on deep nesting and long integers.
"""

from __future__ import annotations

import codecs
import itertools
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.quoting import quoted
from nodegraph.formats.json_counts import Counts, refuse_excess
from nodegraph.formats.limits import (
    MAX_DIGITS,
    MAX_DOCUMENT_BYTES,
    MAX_KEYS,
    in_megabytes,
)

_HALF_ESCAPES = (b"\\ud", b"\\uD")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_KEYS_AT_ONCE = 1_000_000
"""So many keys may all be different, until somebody looks: each costs some two hundred bytes."""
_STRIDE, _LONG = 17, 11
"""So far from each other digits are looked at, so many of 200 in a row; a whole number of fewer is finite."""
_WIDE = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


class _Flaw:
    """Stands in a parsed value where something must be refused, until its place is known."""

    def __init__(self, message: str) -> None:
        self.message = message


def parse(data: bytes, *, in_turns: bool = False) -> Any:
    """The value of JSON text in UTF-8; DocumentError with the place of what cannot be accepted. With
    `in_turns` other threads have theirs meanwhile: Python reads JSON in one go unless all of it is looked at.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        limit = in_megabytes(MAX_DOCUMENT_BYTES)
        shown = in_megabytes(len(data), MAX_DOCUMENT_BYTES)
        raise DocumentError(f"This is too large ({shown}); a document has at most {limit}.")
    text = _decoded(data)
    counts = refuse_excess(data)
    if counts is not None and not in_turns and _is_surely_finite(data):
        value = _read_at_once(text, counts)
        if value is not None:
            return value
    reader = _Reader()
    value = reader.read(text)
    if reader.is_flawed or any(escape in data for escape in _HALF_ESCAPES):
        for place, message in _flaws(value, ""):
            raise DocumentError(message, place)
    return value


def shown(value: Any) -> str:
    """What was found in a file, as a few words for a sentence.

    >>> shown("two"), shown([1]), shown(True), shown(None), shown({}), shown(2.5)
    ('"two"', 'a list', 'true', 'null', 'an object', '2.5')
    """
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, str):
        value = value if len(value) <= 40 else value[:40] + "…"
        return quoted(json.dumps(value, ensure_ascii=False))
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:40] + "…"


def inside(place: str, key: str) -> str:
    """The place of an object's key: `nodes[3].value`, or `graph["my key"]` where it is no plain word."""
    if key.isidentifier():
        return f"{place}.{key}" if place else key
    return f"{place}[{shown(key)}]"


def _decoded(data: bytes) -> str:
    if data[:2] in _WIDE:
        raise DocumentError(f"The text is {_WIDE[data[:2]]}; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        from nodegraph.formats import kinds  # what is right needs none

        raise kinds.no_text(data[error.start], error.start) from None
    if not text or text.isspace():
        raise DocumentError("The file is empty.")
    return text


def _is_surely_finite(data: bytes) -> bool:
    """Whether no number of large JSON text can be too large, and no text in it half of a character pair."""
    if b"\\" in data and any(map(data.__contains__, _HALF_ESCAPES)):
        return False
    codes = np.frombuffer(data, np.uint8)
    return not (_has_large_exponent(codes) or _may_have_long_number(codes))


def _has_large_exponent(codes: NDArray[np.uint8]) -> bool:
    """Whether an exponent of three digits or more stands anywhere; one below zero makes nothing large."""
    found = np.flatnonzero((codes | 0x20) == ord("e"))
    found = found[(found > 0) & (found < len(codes) - 4)]
    found = found[_is_digit(codes[found - 1])]
    begins = found + 1 + (codes[found + 1] == ord("+"))
    return bool(np.logical_and.reduce([_is_digit(codes[begins + place]) for place in range(3)]).any())


def _may_have_long_number(codes: NDArray[np.uint8]) -> bool:
    """Whether so many digits may stand in a row that they are no finite number; seen from samples."""
    others = np.flatnonzero(~_is_digit(codes[::_STRIDE]))
    end = -(-len(codes) // _STRIDE)
    return bool(np.diff(np.concatenate([[-1], others, [end]])).max() > _LONG)


def _is_digit(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return codes - np.uint8(ord("0")) < 10  # what is below wraps round


def _read_at_once(text: str, counts: Counts) -> Any:
    """Returns the value of large JSON text without looking at each object; None where there may be a flaw.

    No key stands twice in an object if the objects hold as many keys as the text has.
    """
    if counts.keys > _MOST_KEYS_AT_ONCE:
        return None
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except ValueError:
        return None
    return value if _is_counted(value, counts) else None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _is_counted(value: Any, counts: Counts) -> bool:
    """Whether all lists and objects of a value hold that many keys, and not too many different ones."""
    containers = keys = 0
    different: set[str] = set()
    level = [value]
    while level:
        objects = [item for item in level if type(item) is dict]
        lists = [item for item in level if type(item) is list]
        containers += len(objects) + len(lists)
        keys += sum(map(len, objects))
        different.update(itertools.chain.from_iterable(objects))
        if containers >= counts.containers:
            break
        level = [*itertools.chain(*lists), *itertools.chain.from_iterable(map(dict.values, objects))]
    return keys == counts.keys and len(different) <= MAX_KEYS


class _Reader:
    """Reads text by Python's own reader, and leaves a flaw wherever that one would look away."""

    def __init__(self) -> None:
        self.is_flawed = False
        self._keys: set[str] = set()

    def read(self, text: str) -> Any:
        try:
            return json.loads(
                text,
                parse_constant=self._constant,
                parse_float=self._float,
                parse_int=self._integer,
                object_pairs_hook=self._object,
            )
        except json.JSONDecodeError as error:
            raise _syntax(error) from None

    def _flaw(self, message: str) -> _Flaw:
        self.is_flawed = True
        return _Flaw(message)

    def _constant(self, name: str) -> _Flaw:
        return self._flaw(f"expected a finite number, found {name}")

    def _float(self, text: str) -> float | _Flaw:
        value = float(text)
        return value if math.isfinite(value) else self._flaw(f"expected a finite number, found {text[:40]}")

    def _integer(self, text: str) -> int | _Flaw:
        if len(text) > MAX_DIGITS:
            return self._flaw(f"expected a finite number, found a whole number of {len(text):,} digits")
        return int(text)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Flaw:
        made = dict(pairs)
        self._keys.update(made)
        if len(self._keys) > MAX_KEYS:
            raise DocumentError(f"This holds more than {MAX_KEYS:,} different keys; that is no document.")
        if len(made) == len(pairs):
            return made
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return self._flaw(f"the key {shown(twice)} stands here twice")


def _syntax(error: json.JSONDecodeError) -> DocumentError:
    place = f"line {error.lineno}, column {error.colno}"
    if error.msg.startswith("Unterminated string"):
        return DocumentError("the text that begins here is never closed", place)
    if error.pos >= len(error.doc.rstrip()):
        return DocumentError("the file ends too early; part of it is missing", place)
    said = error.msg[:1].lower() + error.msg[1:]
    return DocumentError(f"this is not JSON ({said.removesuffix(' at')})", place)


def _flaws(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """(place, sentence) of each flaw, in the order of the file."""
    if isinstance(value, _Flaw):
        yield place, value.message
    elif isinstance(value, str):
        if _SURROGATE.search(value):
            yield place, "the text holds half of a character pair (a lone surrogate)"
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if not _is_surely_whole(item):
                yield from _flaws(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if _SURROGATE.search(key):
                yield place, "a key holds half of a character pair (a lone surrogate)"
            if not _is_surely_whole(item):
                yield from _flaws(item, inside(place, key))


def _is_surely_whole(value: Any) -> bool:
    """Whether a value needs no further look, as most do; no place is spelt out for what is right."""
    return isinstance(value, int | float) or (isinstance(value, str) and value.isascii())
