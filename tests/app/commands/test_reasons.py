"""Commands that can do nothing are grey with a reason, and their key says it; undo selects what returns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph


def why_not(window: MainWindow, command_id: str) -> str:
    """The reason against a command; its action agrees."""
    reason = window.commands.why_not(command_id)
    assert window.commands.action(command_id).isEnabled() is (not reason)
    return reason


def test_at_the_start_there_is_no_way_back_and_at_the_end_none_on(window: MainWindow) -> None:
    for command_id in ("pass.step_back", "pass.to_start"):
        assert "before the first step" in why_not(window, command_id)
    assert not why_not(window, "pass.step")
    window.player.to_end()
    for command_id in ("pass.step", "pass.to_end"):
        assert "last step" in why_not(window, command_id)
    assert not why_not(window, "pass.play")
    window.commands.run("pass.step_back")
    for command_id in ("pass.step", "pass.step_back", "pass.to_start", "pass.to_end"):
        assert not why_not(window, command_id)


@pytest.mark.parametrize("command_id", ["graph.connect", "graph.connect_input"])
def test_connecting_wants_one_node(window: MainWindow, command_id: str) -> None:
    assert why_not(window, command_id) == "Select one node first."
    window.scene.select(["a", "b"])
    assert why_not(window, command_id)
    window.scene.select(["e"])
    assert not why_not(window, command_id)


def test_an_empty_document_has_nothing_to_select_or_to_fit(window: MainWindow) -> None:
    window.document.replace(Graph())
    for command_id in ("edit.select_all", "view.fit", "edit.next_edge"):
        assert why_not(window, command_id)


def test_the_chosen_output_is_not_chosen_again(window: MainWindow) -> None:
    window.scene.select(["d"])
    assert not why_not(window, "edit.set_output")
    window.commands.run("edit.set_output")
    assert why_not(window, "edit.set_output") == "d is the output already."


@pytest.mark.parametrize(
    ("nodes", "command_id", "said"),
    [
        (["a"], "edit.select_upstream", "Nothing else feeds what is selected."),
        (["L"], "edit.select_downstream", "Nothing else is fed by what is selected."),
        (["a", "a2"], "graph.align_left", "They are in line already."),
    ],
)
def test_what_has_nothing_to_change_says_so(
    window: MainWindow, nodes: list[str], command_id: str, said: str
) -> None:
    graph = window.document.graph
    first = graph.node("a")
    window.document.apply(edits.add_node(graph, "input", first.x, (first.y or 0.0) + 400, name="a2"))
    window.scene.select(nodes)
    window.commands.run(command_id)
    assert window.stage.hint.text() == said


def test_the_key_of_a_grey_command_says_why_not(window: MainWindow) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_I)
    assert window.stage.hint.text() == "Select one edge first."


@pytest.mark.parametrize(
    ("nodes", "edges"), [(["a", "e"], []), ([], [("d", 0), ("L", 1)]), (["c"], [("L", 1)])]
)
def test_undoing_a_deletion_selects_what_comes_back(
    window: MainWindow, nodes: list[str], edges: list[tuple[str, int]]
) -> None:
    window.scene.select(nodes, edges)
    window.commands.run("edit.delete")
    assert not window.scene.selected_nodes()
    window.commands.run("edit.undo")
    assert window.scene.selected_nodes() == nodes
    assert window.scene.selected_edges() == ([] if nodes else edges)


def test_undoing_anything_else_leaves_the_selection_alone(window: MainWindow) -> None:
    window.scene.select(["f"])
    window.document.apply(edits.set_value(window.document.graph, "a", 9.0))
    window.commands.run("edit.undo")
    assert window.scene.selected_nodes() == ["f"]


def test_a_node_that_waits_for_an_input_is_explained_when_it_is_selected(window: MainWindow) -> None:
    window.document.apply(edits.disconnect(window.document.graph, [("e", 1)]))
    for name in ("e", "L"):
        window.scene.select([name])
        assert window.features.inspector.panel.text().startswith(name)
