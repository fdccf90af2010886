"""What an edge carries at a frame, as text: the whole product, or in short the contribution alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nodegraph.core.engine.rounding import ABOUT_ZERO, is_rounding, may_be_asked
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed, format_value
from nodegraph.core.operations.equations import product

CHIP_DIGITS, SHORT_DIGITS = 4, 3
LONGEST_CHIP = 22
"""Characters of a product beyond which it is written with a digit less."""


@dataclass(frozen=True, slots=True)
class Form:
    """A text that a chip may have: the whole product, or in short what the edge carries.

    `digits` is None for as many as usual.
    """

    is_short: bool = False
    digits: int | None = None


def text_of(frame: Frame, key: EdgeKey, form: Form) -> str | None:
    """Returns what an edge carries at a frame: upstream × local = contribution, or in short that alone."""
    carried = frame.contribution(key)
    if carried is not None:
        is_nothing = is_carried_rounding(frame, key)
        if form.is_short:
            return ABOUT_ZERO if is_nothing else format_signed(carried[2], form.digits or SHORT_DIGITS)
        giver, local, sent = _factors(frame, carried)
        return _product_text((giver, local, 0.0 if is_nothing else sent), form.digits)
    value = frame.edge_value(key) if frame.phase == "forward" else None
    return None if value is None else format_value(value, form.digits or CHIP_DIGITS)


def is_carried_rounding(frame: Frame, key: EdgeKey) -> bool:
    """Whether what an edge carries back is 0 but for rounding."""
    trace = frame.trace
    return may_be_asked(trace) and is_rounding(trace, "contributions", trace.edge_number[key])


def _factors(frame: Frame, carried: tuple[float, float, float]) -> tuple[float, float, float]:
    """What a chip multiplies, in the order of the chain rule: ∂L/∂e × ∂e/∂a."""
    giver, local, sent = carried
    return (local, giver, sent) if frame.trace.mode == "forward" else carried


@lru_cache(maxsize=20_000)
def _product_text(carried: tuple[float, float, float], digits: int | None) -> str:
    """upstream × local = contribution"""
    if digits is not None:
        return _product(carried, digits)
    text = _product(carried, CHIP_DIGITS)
    return text if len(text) <= LONGEST_CHIP else _product(carried, CHIP_DIGITS - 1)


def _product(carried: tuple[float, float, float], digits: int) -> str:
    return product(carried[:2], carried[2], digits, signed=True, at_most=True)
