"""Which commands a few typed words mean, best first. Knows words only: no widget, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import methodcaller
from typing import NamedTuple

_BRITISH = (
    (re.compile(r"color"), "colour"),
    (re.compile(r"\bgray"), "grey"),
    (re.compile(r"\bcenter"), "centre"),
    (re.compile(r"i[sz](?=e|ation|ing)"), "is"),
)
"""How what is written in two ways is written here."""
_FILLERS = re.compile(
    r"a|all|am|an|and|any|are|at|by|can|could|display|do|does|enable|every|for|from|"
    r"get|go|have|hide|how|i|in|into|is|it|its|let|make|me|my|need|of|off|on|or|"
    r"please|see|set|should|show|some|switch|that|the|them|then|there|this|to|toggle|"
    r"turn|use|view|want|what|where|which|with|would|you|your"
)
"""Words without which a question means the same."""
BY_OTHER_WORDS = 5
"""The rank of a command that is found by what people call it elsewhere."""
_PUNCTUATION = re.compile(r"[().,;?!]+")
_ENDINGS = re.compile(r"(?<=\w{3})(?:ing|ed|es|s)$")


@dataclass(frozen=True)
class Offer:
    """One row: what a command is called, where its menu is, its keys, what is missing for it now, and what
    else people call it.
    """

    id: str
    text: str
    menu: str
    keys: str
    tooltip: str
    missing: str
    other_words: str = ""

    @cached_property
    def spelt(self) -> Spelt:
        """All of it in one spelling, found once: each key that is typed asks for it several times."""
        text, whole = _in_one_spelling(self.text), _in_one_spelling(f"{self.menu} {self.text}")
        called = (*whole.split(), *_in_one_spelling(self.other_words).split())
        tooltip = _in_one_spelling(self.tooltip)
        return Spelt(text, whole, tuple(whole.split()), called, tooltip, (*called, *tooltip.split()))


class Spelt(NamedTuple):
    """What a command is called, alone and behind its menu; the words of that, those with what else people
    call it, and what it does.
    """

    text: str
    whole: str
    words: tuple[str, ...]
    called: tuple[str, ...]
    tooltip: str
    all_words: tuple[str, ...]


def found_by(offers: Sequence[Offer], query: str) -> list[Offer]:
    """Returns the offers that fit what was typed, best first; where none does, those that fit all of its
    words but one.

    >>> undo, zoom = Offer("u", "Undo", "Edit", "", "", ""), Offer("z", "Zoom Out", "View", "", "", "")
    >>> [offer.id for offer in found_by([undo, zoom], "how do I zoom out?")]
    ['z']
    """
    words = _essential(query)
    shorter = (
        [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))] if words[1:] else []
    )
    return next(filter(None, (_ranked(offers, wording) for wording in (query, *shorter))), [])


def _essential(query: str) -> list[str]:
    """The words of a question without those that only fill it, unless it has no others."""
    words = _in_one_spelling(query).split()
    return [word for word in words if not _FILLERS.fullmatch(word)] or words


def _ranked(offers: Sequence[Offer], query: str) -> list[Offer]:
    essential = " ".join(_essential(query))
    ranked = [
        (_rank_of_question(offer, query, essential), bool(query and offer.missing), place)
        for place, offer in enumerate(offers)
    ]
    order = sorted((found, *rest) for found, *rest in ranked if found is not None)
    return [offers[place] for *_, place in order]


def _rank_of_question(offer: Offer, query: str, essential: str) -> int | None:
    """The rank of a command by all that was typed, or behind those that what it is called fits, by the words
    that count.
    """
    found = rank(offer, query)
    if found is not None and found <= BY_OTHER_WORDS:
        return found
    by_essential = found if essential == query else rank(offer, essential)
    others = [other for other in (found, by_essential) if other is not None]
    return BY_OTHER_WORDS + 1 + min(others) if others else None


def rank(offer: Offer, query: str) -> int | None:
    """How well a command fits what was typed: 0 best, None not at all.

    >>> fit = Offer("view.fit", "Fit All", "View", "F", "Show the whole graph", "", "center reset")
    >>> [rank(fit, query) for query in ("fit all", "fit", "view fit", "fa", "center", "whole", "zzz")]
    [0, 1, 2, 4, 5, 6, None]
    """
    words = _in_one_spelling(query).split()
    wanted, spelt = " ".join(words), offer.spelt
    text = spelt.text
    if text.partition(":")[0] == wanted:
        return 0
    if text.startswith(wanted):
        return 1
    if all(_begins_any(spelt.words, word) for word in words):
        return 2
    if wanted in spelt.whole:
        return 3
    initials = "".join(part[0] for part in text.split())
    if initials.startswith(wanted.replace(" ", "")):
        return 4
    if all(_begins_any(spelt.called, word) for word in words):
        return BY_OTHER_WORDS
    if all(_begins_any(spelt.all_words, word) or word in spelt.tooltip for word in words):
        return 6
    rest = iter(text)
    return 7 if len(wanted) > 2 and all(letter in rest for letter in wanted if letter != " ") else None


def _begins_any(parts: Sequence[str], word: str) -> bool:
    """Whether a part begins with a word, or with it but for an ending: nodes, zooming, edges."""
    return any(map(methodcaller("startswith", (word, _stem(word))), parts))


@lru_cache(maxsize=256)
def _stem(word: str) -> str:
    return _ENDINGS.sub("", word)


@lru_cache(maxsize=256)
def _in_one_spelling(text: str) -> str:
    """A text in small letters, spelt as here: colour for color, normalise for normalize.

    >>> _in_one_spelling("Gray color of an optimizer?")
    'grey colour of an optimiser '
    """
    text = _PUNCTUATION.sub(" ", text.casefold())
    for pattern, meant in _BRITISH:
        text = pattern.sub(meant, text)
    return text
