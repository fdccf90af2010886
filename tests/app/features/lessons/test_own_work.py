"""What a person makes of a lesson's graph is asked about before it goes; what the lesson asked for is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMessageBox

from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.lessons import reader

Button = QMessageBox.StandardButton


def _id(graph: Graph, name: str) -> str:
    node = graph.named(name)
    assert node is not None
    return node.id


OWN_WORK: dict[str, Callable[[Graph], Change]] = {
    "a node": lambda graph: edits.add_node(graph, "add", 0, 0),
    "an edge": lambda graph: edits.connect(graph, _id(graph, "c"), _id(graph, "e"), 0),
    "a name": lambda graph: edits.rename(graph, _id(graph, "e"), "product"),
    "a group": lambda graph: grouping.group(graph, [_id(graph, "a"), _id(graph, "b")], "Factors"),
    "a note": lambda graph: add_note(graph, "my thoughts", 300, 300),
    "a title": lambda graph: edits.set_title(graph, "Mine"),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; the answer is always Cancel."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()) or Button.Cancel)
    return said


def begun(window: MainWindow, directives: str = "") -> Lessons:
    """A lesson of two steps, each with the seed as its graph."""
    opened = "```nodegraph\nopen: seed-L\n{}\n```\n"
    steps = f"## First\n\nText.\n\n{opened.format(directives)}\n## Second\n\nText.\n\n{opened.format('')}"
    window.features.lessons.lessons.open(
        reader.parse(f"# Two\n\nTwo.\n\n{steps}", "two", window.features.lessons.words)
    )
    return window.features.lessons.lessons


@pytest.mark.parametrize("work", OWN_WORK)
def test_what_was_built_into_the_graph_of_a_lesson_is_asked_about(
    window: MainWindow, asked: list[str], work: str
) -> None:
    lessons = begun(window)
    window.document.apply(OWN_WORK[work](window.document.graph))
    for way in (lessons.next, lessons.set_up_again, lessons.start_over):
        way()
    assert len(asked) == 3
    assert lessons.number == 0
    window.workspace.editor.undo()
    lessons.next()
    assert (len(asked), lessons.number) == (3, 1)


def test_what_was_only_taken_away_comes_back_without_a_question(window: MainWindow, asked: list[str]) -> None:
    lessons = begun(window)
    window.document.apply(edits.remove(window.document.graph, [_id(window.document.graph, "f")]))
    lessons.set_up_again()
    assert asked == []
    assert window.document.graph.named("f") is not None


def test_values_and_places_are_tried_without_a_question(window: MainWindow, asked: list[str]) -> None:
    lessons = begun(window)
    graph = window.document.graph
    window.document.apply(edits.set_value(graph, _id(graph, "a"), 7.0))
    window.document.apply(edits.move(graph, {_id(graph, "a"): (-50.0, -80.0)}))
    lessons.next()
    assert (asked, lessons.number) == ([], 1)


def test_what_a_step_asked_for_goes_without_a_question(window: MainWindow, asked: list[str]) -> None:
    lessons = begun(window, "wait: add relu")
    window.workspace.editor.add_at("relu", QPointF(0, 300))
    assert lessons.tasks.are_done
    lessons.next()
    assert (asked, lessons.number) == ([], 1)


def test_what_was_built_beside_it_is_asked_about(window: MainWindow, asked: list[str]) -> None:
    lessons = begun(window, "wait: add relu")
    window.document.apply(add_note(window.document.graph, "my thoughts", 300, 300))
    window.workspace.editor.add_at("relu", QPointF(0, 300))
    window.workspace.editor.add_at("add", QPointF(0, 400))
    lessons.next()
    assert (len(asked), lessons.number) == (1, 0)


def test_what_a_command_made_that_was_waited_for_goes_without_a_question(
    window: MainWindow, asked: list[str]
) -> None:
    lessons = begun(window, "wait: action edit.select_all\nwait: action edit.duplicate")
    window.commands.action("edit.select_all").trigger()
    window.commands.action("edit.duplicate").trigger()
    assert lessons.tasks.are_done
    lessons.next()
    assert (asked, lessons.number) == ([], 1)


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_a_note_of_ones_own_is_asked_about_whenever_a_command_was_waited_for(
    window: MainWindow, asked: list[str], when: str
) -> None:
    lessons = begun(window, "wait: action edit.select_all\nwait: action edit.duplicate")
    for moment, command_id in (("before", "edit.select_all"), ("between", "edit.duplicate"), ("after", None)):
        if moment == when:
            window.document.apply(add_note(window.document.graph, "my thoughts", 300, 300))
            if command_id == "edit.duplicate":
                window.scene.select([_id(window.document.graph, "a")])
        if command_id is not None:
            window.commands.action(command_id).trigger()
    assert lessons.tasks.are_done
    lessons.next()
    assert (len(asked), lessons.number) == (1, 0)
