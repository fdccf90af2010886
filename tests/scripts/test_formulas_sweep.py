"""A slice of the sweep that reads random formulas."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sweeps import formulas

from nodegraph.core.building import expression


def made(count: int, style: str = "") -> list[formulas.Made]:
    return [formulas.make(random.Random(f"20 {number}"), style) for number in range(count)]


@pytest.mark.parametrize("style", formulas.STYLES)
def test_formulas_in_many_styles_have_the_values_that_were_written(style: str) -> None:
    counts = Counter(formulas.judge(one)[0] for one in made(80, style))

    assert counts["wrong"] == counts["told"] == 0
    assert counts["right"] >= 70


def test_the_sweep_sees_a_formula_that_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read = expression.parse
    monkeypatch.setattr(formulas, "parse", lambda text: read(text.replace("+", "-").replace("*", "/")))

    counts = Counter(formulas.judge(one)[0] for one in made(60, "python"))
    assert counts["wrong"] >= 30


def test_the_sweep_sees_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "parse", lambda text: text.nothing)

    assert formulas.judge(made(1)[0])[0] == "wrong"
