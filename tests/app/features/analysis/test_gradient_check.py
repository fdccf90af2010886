"""The gradient check on the canvas: badges with the relative error, kinks as warnings, stale gradients."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.analysis.gradient_check import badge_of
from nodegraph.canvas.scene import chip_obstacles
from nodegraph.core.checks.gradient_check import Check
from tests.opening import open_text

GRAPHS = Path(__file__).parents[3] / "graphs"


@pytest.fixture
def checked(window: Any) -> Any:
    window.commands.actions["view.check"].setChecked(True)
    return window


def open_complete(window: Any, text: str, **values: float) -> None:
    """Open a graph, both its passes complete."""
    open_text(window, text, **values)
    window.player.to_end()


def words(window: Any, name: str) -> list[str]:
    node_id = window.document.graph.named(name).id
    return [badge.text for badge in window.features.checking.badges(window.scene, node_id)]


def test_every_gradient_is_checked_with_its_relative_error(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    qtbot.waitUntil(lambda: len(checked.features.checking.found) == 7)
    assert all(words(checked, name)[0].startswith("✓") for name in "abcfedL")


def test_a_kink_is_a_warning(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = relu(x)", x=0)
    qtbot.waitUntil(lambda: words(checked, "x") == ["⚠ kink"])


def test_gradients_that_were_not_zeroed_fail_their_check(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = x*x", x=3)
    checked.player.backward_again()
    checked.player.to_end()
    qtbot.waitUntil(lambda: words(checked, "x") == ["✗ check: 6"])


def test_badges_come_with_the_complete_gradient_and_go_with_the_action(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = x*x", x=3)
    qtbot.waitUntil(lambda: words(checked, "x") != [])
    checked.player.step_back()
    assert words(checked, "x") == []
    checked.player.step()
    checked.commands.actions["view.check"].setChecked(False)
    assert words(checked, "x") == []


def test_a_changed_value_is_checked_anew(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = x*x", x=3)
    qtbot.waitUntil(lambda: words(checked, "x") != [])
    checked.workspace.editor.set_value(checked.document.graph.named("x").id, 5.0)
    assert words(checked, "x") == []
    qtbot.waitUntil(lambda: words(checked, "x") != [])
    assert next(iter(checked.features.checking.found.values())).analytic == 10.0


def test_forward_mode_is_not_checked(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = x*x", x=3)
    qtbot.waitUntil(lambda: words(checked, "x") != [])
    checked.player.set_mode("forward", checked.document.graph.named("x").id)
    assert words(checked, "x") == []
    assert not checked.features.checking._rest.isActive()


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (Check("x", "x", 2.0, 2.0, 0.0, True), "✓ exact"),
        (Check("x", "x", 2.0, 2.0, 3.4e-12, True), "✓ error 3e−12"),
        (Check("x", "x", 2.0, 3.0, 0.3, False, "The numerical derivative is 3."), "✗ check: 3"),
        (Check("x", "x", 0.0, 0.5, 1.0, True, "A kink: …", "kink"), "⚠ kink"),
        (Check("x", "x", 0.0, 1e-30, 1.0, True, "Too small or too uneven …", "undecided"), "? uneven"),
        (Check("x", "x", 1e-16, 2e-16, 1.0, True, "Neither can be told from 0 …", "rounding"), "✓ ≈ 0"),
        (Check("x", "x", math.nan, 1.0, math.nan, False, "…", "nothing"), "? not comparable"),
    ],
)
def test_a_badge_says_the_verdict(check: Check, text: str) -> None:
    assert badge_of(check).text == text


def test_whoever_asks_for_the_check_is_told_what_it_came_to(window: Any, qtbot: QtBot) -> None:
    window.show()
    open_text(window, "L = relu(x) + y*y", x=0, y=1)
    window.player.to_start()
    window.commands.actions["view.check"].setChecked(True)
    qtbot.waitUntil(lambda: window.stage.banner.isVisible())
    assert window.stage.banner.text.text() == (
        "4 of 5 gradients agree with their numerical derivatives. "
        "At a kink, where any slope between those of its two sides will do: x."
    )


def test_beside_the_arrivals_of_a_step_the_sign_of_the_check_stands_alone(checked: Any, qtbot: QtBot) -> None:
    open_complete(checked, "y = x*x", x=3)
    qtbot.waitUntil(lambda: words(checked, "x") != [])
    assert words(checked, "x") == ["✓"]
    checked.scene.clear_highlight()
    assert words(checked, "x")[0].startswith("✓ e")


def test_labels_leave_room_for_what_the_check_says_below_cards(checked: Any, qtbot: QtBot) -> None:
    text = (GRAPHS / "two-neurons.txt").read_text(encoding="utf-8").split("\n")
    values = dict(pair.split("=") for pair in text[1].replace(",", " ").split())
    open_complete(checked, text[0], **{name: float(value) for name, value in values.items()})
    scene = checked.scene
    qtbot.waitUntil(lambda: len(checked.features.checking.found) == len(scene.items_by_id))
    below = list(chip_obstacles.below_cards(scene, scene.frame))
    assert len(below) >= len(scene.items_by_id)
    labels = [rect for key in scene.edge_layer.rows.keys for rect in scene.chip_layer.labels(key)]
    rims = [rect.adjusted(0.5, 0.5, -0.5, -0.5) for rect in labels]
    assert not [(label, badge) for label in rims for badge in below if label.intersects(badge)]
