"""Why backward?: the counts of this graph, and forward mode on the same timeline."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.opening import open_text


@pytest.fixture
def page(window: Any) -> Any:
    window.show()
    window.commands.actions["view.cost"].trigger()
    return window.workspace.dock.page("cost")


def test_it_says_what_each_way_costs_in_this_graph(page: Any) -> None:
    said = page.text()
    assert "all 4 inputs with 6 operations; forward mode needs 4 passes and 9" in said
    assert "Nudge each input\n5\n23" in said
    assert "Paths to L: 1 from a, 1 from b, 1 from c, 1 from f" in said


def test_the_bars_say_that_their_scale_is_logarithmic(page: Any) -> None:
    assert "LOGARITHMIC SCALE" in page.text()


def test_it_counts_anew_when_the_structure_or_a_name_changes(window: Any, page: Any) -> None:
    open_text(window, "y = x*x + x", x=3)
    assert "Paths to y: 3 from x" in page.text()
    window.workspace.editor.rename_node(window.document.graph.named("x").id, "width")
    assert "Paths to y: 3 from width" in page.text()


def test_a_graph_without_gradients_says_what_to_do(window: Any, page: Any) -> None:
    window.workspace.files.new()
    assert page.text().startswith("No input reaches an output yet")
    assert not page.forward_button.isEnabled()


def test_forward_mode_can_be_watched_by_any_input_and_left_again(window: Any, page: Any) -> None:
    page.input.setCurrentIndex(page.input.findText("b"))
    QTest.mouseClick(page.forward_button, Qt.MouseButton.LeftButton)
    assert (window.player.mode, window.player.trace.nodes[window.player.source].name) == ("forward", "b")
    window.player.to_end()
    assert window.player.frame.gradient(window.document.graph.output) == 10.0
    assert "4 inputs" in page.text()
    QTest.mouseClick(page.reverse_button, Qt.MouseButton.LeftButton)
    assert window.player.mode == "reverse"
    assert not page.reverse_button.isEnabled()


def test_inputs_that_came_back_are_offered_in_the_order_of_their_making(window: Any, page: Any) -> None:
    offered = [page.input.itemText(place) for place in range(page.input.count())]
    window.scene.select([window.document.graph.named(offered[0]).id])
    window.workspace.editor.delete()
    assert page.input.count() == len(offered) - 1
    window.workspace.editor.undo()
    assert [page.input.itemText(place) for place in range(page.input.count())] == offered


def test_another_input_is_followed_while_forward_mode_is_on(window: Any, page: Any) -> None:
    QTest.mouseClick(page.forward_button, Qt.MouseButton.LeftButton)
    page.input.setCurrentIndex(page.input.findText("f"))
    page.input.activated.emit(page.input.currentIndex())
    assert window.player.trace.nodes[window.player.source].name == "f"


def test_a_key_runs_forward_mode_from_the_selected_input(window: Any) -> None:
    window.show()
    assert not window.commands.action("pass.forward_mode").isEnabled()
    window.scene.select([window.document.graph.named("a").id])
    assert window.commands.action("pass.forward_mode").isEnabled()
    QTest.keyClick(window.canvas, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert (window.player.mode, window.player.cursor) == ("forward", 0)
    assert window.features.passes.transport.timeline.second == "derivatives by a"
    window.player.to_end()
    assert window.scene.showing.chip((window.document.graph.output, 0))[0] == "5 × 3 = +15"
    assert "d passes 5 × 3 = 15 on to L" in window.features.passes.transport.sentence.accessibleName()
    assert "Forward mode, step" in window.features.passes.transport.sentence.accessibleName()
    QTest.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert window.player.mode == "reverse"


def test_the_inspector_speaks_of_the_chosen_input_in_forward_mode(window: Any) -> None:
    window.show()
    a, f = (window.document.graph.named(name).id for name in "af")
    window.scene.select([a])
    window.features.modes.forward()
    window.player.to_end()
    assert (
        "a is the chosen input: it moves one for one with itself." in window.features.inspector.panel.text()
    )
    window.scene.select([f])
    assert "f does not depend on a." in window.features.inspector.panel.text()
