"""What the label of a node says: a name, a number, or both, as `x = 2` does; and what of it nobody read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from nodegraph.core.graph.naming import why_never_name
from nodegraph.core.graph.records import LEAVES
from nodegraph.formats.foreign.words import is_of_no_operation, meaning, to_number

LABELS = ("name", "label", "title")
"""Attributes that may say what people call a node, the surest first."""
_PARTS = re.compile(r"\||\n|\\[nlr](?=data|val|grad|[^a-z]|$)")
"""Where one part of a label ends: fields of a record, lines, and the ends of lines in DOT; not in \\nabla."""
_IN_WORDS = re.compile(r"[.'′₀-₉]")
"""What may stand in the words of a name beside letters, digits and _, as in layer1.weight."""
_HELD = re.compile(r"(?:data|grad|gradient|val|value)(?:[^\w]*[\d.].*)?", re.IGNORECASE)
"""What a node holds, such as `grad 0.5`."""
_NAMED_NUMBER = re.compile(r"([^\W\d][^=:]*?)\s*(?::?=|:(?=\s|[-+−.]|\d+[.eE]))\s*([^\s=:].*)")
"""A name and its number; w:0 is one name, as TensorFlow has it."""
_MORE = re.compile(r"[=:|\n\\]")
"""Without one of these a label has one part, and no number beside its name."""
_CLOSE = 1e-4
"""How far a number in a label may lie from the one that is taken: labels have few digits."""


def name_in(label: object) -> str:
    """Returns the name that a label begins with, "" where that is none that a node can have here.

    >>> name_in("learning rate"), name_in("w: -3"), name_in("{ a | data 2 }"), name_in("a*b"), name_in("mul")
    ('learning rate', 'w', 'a', '', '')
    """
    if label is None:
        return ""
    first = _parts(label)[0]
    name, _ = _named_number(first) or (first, 0.0)
    is_none = not _is_words(name) or _HELD.fullmatch(name) or meaning(name, {}) is not None
    return "" if is_none or why_never_name(name) else name


def first_part(label: object) -> str:
    """Returns what a label begins with, a name or not, without a number beside it."""
    first = _parts(label)[0]
    return (_named_number(first) or (first, 0.0))[0]


def numbers_in(attributes: Mapping[str, Any], node: object) -> list[str]:
    """Returns the numbers beside the names in a node's labels, and those on further lines of them.

    >>> numbers_in({"label": "x = 2"}, "n1"), numbers_in({}, "w: -3"), numbers_in({"label": "w:0"}, 0)
    (['2.0'], ['-3.0'], [])
    """
    found = []
    for label in (*(attributes.get(key) for key in LABELS), node):
        if label is None or not _MORE.search(str(label)):
            continue
        first, *further = _parts(label)
        named = _named_number(first)
        if named:
            found.append(repr(named[1]))
        found += [part for part in further if to_number(part) is not None]
    return found


def unread(
    attributes: Mapping[str, Any],
    node: object,
    taken: tuple[str, str, float | None],
    given: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yields the labels of a node that say something else than its operation, name and number that were
    `taken`, each with its attribute.
    """
    for key in LABELS:
        label = attributes.get(key)
        if label in (None, "", taken[1]) or str(label) == str(node):
            continue
        first, *further = _parts(label)
        further = [part for part in further if any(map(str.isalnum, part)) and not part.startswith("grad")]
        if not all(_is_read(part, taken, given) for part in (first, *further)):
            yield key, str(label).strip().strip('"')


def _is_read(part: str, taken: tuple[str, str, float | None], given: Mapping[str, str]) -> bool:
    op, name, number = taken
    called, said = _named_number(part) or (part, to_number(part))
    if said is not None:
        is_taken = number is not None and math.isclose(said, number, rel_tol=_CLOSE, abs_tol=_CLOSE)
        if not is_taken or called == part:
            return is_taken
    if called in ("", name) or is_of_no_operation(called):
        return True
    meant = meaning(called, given)
    return meant is not None and (meant == op or (meant in LEAVES and op in ("", *LEAVES)))


def _is_words(text: str) -> bool:
    """Whether a text is words, such as learning rate or layer 1; a formula is none, nor `x 2.5`."""
    first, *further = _IN_WORDS.sub("_", text).split(" ")
    return first.isidentifier() and all(word.isidentifier() or word.isdecimal() for word in further)


def _parts(label: object) -> list[str]:
    """Returns what stands in the fields and on the lines of a label, the first of them its name."""
    text = "" if label is None else str(label).strip().strip('"').strip("{} ")
    parts = _PARTS.split(text) if text != "|x|" and _MORE.search(text) else [text]
    return [" ".join(part.strip("{} ").split()) for part in parts]


def _named_number(part: str) -> tuple[str, float] | None:
    """Returns the name and the number of `x = 2`, `w: -3` and the like."""
    found = _NAMED_NUMBER.fullmatch(part) if _MORE.search(part) else None
    number = to_number(found[2]) if found and not _HELD.fullmatch(found[1]) else None
    return None if found is None or number is None else (found[1], number)
