"""A slice of the sweep that answers questions rightly and wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sweeps import answers

from nodegraph.core.explain import slips
from nodegraph.core.explain.answers import judge
from nodegraph.core.explain.typed_numbers import Typed


def test_right_answers_are_taken_wrong_ones_are_not_and_what_is_said_of_them_is_true() -> None:
    counts, faults = answers.sweep(graphs=5, seed=20)

    assert not faults
    assert min(counts["questions"], counts["right"] / 30, counts["wrong"] / 20) > 30


def test_the_sweep_sees_a_wrong_answer_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        answers, "judge", lambda question, text: replace(judge(question, text), is_right=True)
    )

    assert any("is taken for" in fault for fault in answers.sweep(graphs=1, seed=20)[1])


def test_the_sweep_sees_a_right_answer_that_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    far = Typed(1.2345e67)
    monkeypatch.setattr("nodegraph.core.explain.answers.read_answer", lambda text, names: far)

    assert any("is right, but: Too large" in fault for fault in answers.sweep(graphs=1, seed=20)[1])


def test_the_sweep_sees_a_sentence_that_is_not_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said = slips.of_value
    monkeypatch.setattr(slips, "of_value", lambda *given: [(n + 1, why) for n, why in said(*given)])

    assert any("is said: You" in fault for fault in answers.sweep(graphs=4, seed=20)[1])
