"""A slice of the sweep that looks for covered texts in pictures."""

from __future__ import annotations

import random

import pytest
from sweeps import pictures

import nodegraph as ng
from nodegraph.canvas.items import compact_labels
from nodegraph.canvas.scene import chips

pytestmark = pytest.mark.usefixtures("qapp")


def test_no_text_of_a_random_graph_is_covered() -> None:
    chance = random.Random("0 6")
    assert pictures.judge(pictures.make(chance), chance, 6) == (6, [])


def test_the_sweep_sees_numbers_that_lie_over_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = pictures.placed(ng.parse("L = x*x", x=-12345))
    whole, found = pictures.judge(graph)
    monkeypatch.setattr(compact_labels, "hits", lambda boxes, _others: boxes[:, 0] * 0)
    _spoilt, covered = pictures.judge(graph)

    assert (whole, found) == (20, [])
    assert any("lie over each other" in line for line in covered)
    assert all("compact" in line for line in covered)


def test_the_sweep_sees_a_text_that_leaves_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = pictures.placed(ng.parse("L = x + 1", x=2))
    monkeypatch.setattr(
        pictures.picture, "area_of", lambda scene, _options: scene.drawn_rect().adjusted(50, 0, 0, 0)
    )
    assert any("leaves the picture" in line for line in pictures.judge(graph)[1])


def test_no_number_that_is_looked_at_lies_on_another_at_any_step() -> None:
    """The value that comes to an output lay on the one beside it, seen from some way off."""
    graph = pictures.placed(ng.parse("y = exp(-b*b)*b + b", b=0.7))
    seen, found = pictures.judge_steps(graph)
    assert (seen, found) == (2 * len(pictures.ZOOMS) * ng.run(graph).step_count, [])


def test_the_sweep_sees_numbers_on_edges_that_lie_over_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chips.Chips, "_make_way", lambda *_: None)
    graph = pictures.placed(ng.parse("y = exp(-b*b)*b + b", b=0.7))
    assert any("“0.7” and “0.4288” lie over each other" in line for line in pictures.judge_steps(graph)[1])
