"""The document: one way to change it, and files that are opened and saved whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph.app.document.document import Document, next_gesture
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import graph_after
from nodegraph.formats import files


def test_a_change_is_told_once_and_named_in_the_history(document: Document) -> None:
    told: list[Change] = []
    document.changed.connect(told.append)
    change = edits.set_value(document.graph, "a", 7.0)
    document.apply(change)
    assert told == [change]
    assert document.graph.node("a").value == 7.0
    assert document.stack.undoText() == "Set a"


def test_undo_and_redo_tell_the_inverse_and_the_change(document: Document) -> None:
    change = edits.set_value(document.graph, "a", 7.0)
    document.apply(change)
    told: list[Change] = []
    document.changed.connect(told.append)
    document.stack.undo()
    assert document.graph.node("a").value == 2.0
    document.stack.redo()
    assert document.graph.node("a").value == 7.0
    assert told == [change.inverse(), change]


def test_an_empty_change_leaves_no_undo_step(document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 2.0))
    assert document.stack.count() == 0
    assert not document.is_modified


def test_changes_of_one_gesture_are_one_undo_step(document: Document) -> None:
    gesture = next_gesture()
    for value in (3.0, 4.0, 5.0):
        document.apply(edits.set_value(document.graph, "a", value), gesture)
    assert document.stack.count() == 1
    document.stack.undo()
    assert document.graph.node("a").value == 2.0


def test_changes_of_two_gestures_are_two_undo_steps(document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 3.0), next_gesture())
    document.apply(edits.set_value(document.graph, "a", 4.0), next_gesture())
    assert document.stack.count() == 2


def test_changes_without_a_gesture_never_merge(document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 3.0))
    document.apply(edits.set_value(document.graph, "a", 4.0))
    assert document.stack.count() == 2


def test_a_gesture_that_ends_where_it_began_leaves_no_step(document: Document) -> None:
    gesture = next_gesture()
    document.apply(edits.set_value(document.graph, "a", 3.0), gesture)
    document.apply(edits.set_value(document.graph, "a", 2.0), gesture)
    assert document.stack.count() == 0
    assert not document.is_modified


def test_a_change_that_does_not_fit_is_not_on_the_stack(document: Document) -> None:
    stale = edits.set_value(document.graph, "a", 7.0)
    document.apply(edits.set_value(document.graph, "a", 8.0))
    with pytest.raises(ValueError, match="not as the change expects"):
        document.apply(stale)
    assert document.stack.count() == 1
    assert document.graph.node("a").value == 8.0


def test_undoing_everything_gives_the_first_graph_back(document: Document) -> None:
    before = document.graph.copy()
    document.apply(edits.remove(document.graph, ["e", "a"]))
    document.apply(edits.add_node(document.graph, "exp", 10.0, 20.0))
    document.apply(edits.rename(document.graph, "d", "sum"))
    while document.stack.canUndo():
        document.stack.undo()
    assert document.graph == before


def test_saving_and_opening_gives_the_same_graph_unmodified(document: Document, tmp_path: Path) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    document.save_as(tmp_path / "seven.nodegraph")
    assert not document.is_modified
    other = Document()
    other.open(tmp_path / "seven.nodegraph")
    assert other.graph == document.graph
    assert other.path == tmp_path / "seven.nodegraph"
    assert other.title == "seven"


def test_a_file_that_cannot_be_read_leaves_the_open_document_as_it_was(
    document: Document, tmp_path: Path
) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    graph, bad = document.graph, tmp_path / "bad.nodegraph"
    bad.write_text("{")
    with pytest.raises(DocumentError):
        document.open(bad)
    assert document.graph is graph
    assert document.is_modified
    assert document.stack.canUndo()


def test_a_failed_save_leaves_the_document_modified_and_where_it_was(
    document: Document, tmp_path: Path
) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    with pytest.raises(DocumentError):
        document.save_as(tmp_path / "no such folder" / "x.nodegraph")
    assert document.is_modified
    assert document.path is None


def test_nodes_without_a_place_get_one_on_opening_and_that_is_no_change(document: Document) -> None:
    assert all(node.x is not None and node.y is not None for node in document.graph.nodes())
    assert not document.is_modified
    assert not document.stack.canUndo()


def test_undoing_back_to_what_was_saved_is_unmodified_again(document: Document, tmp_path: Path) -> None:
    document.save_as(tmp_path / "seed.nodegraph")
    document.apply(edits.set_value(document.graph, "a", 7.0))
    document.stack.undo()
    assert not document.is_modified


def test_opening_another_document_forgets_the_history(document: Document, tmp_path: Path) -> None:
    files.save(document.graph, tmp_path / "seed.nodegraph")
    document.apply(edits.set_value(document.graph, "a", 7.0))
    told: list[bool] = []
    document.replaced.connect(lambda: told.append(True))
    document.open(tmp_path / "seed.nodegraph")
    assert told == [True]
    assert not document.stack.canUndo()
    assert document.graph.node("a").value == 2.0


def test_a_title_with_a_slash_becomes_a_usable_file_name(document: Document) -> None:
    document.apply(edits.set_title(document.graph, "∂L/∂a: why?"))
    assert document.file_name == "∂L-∂a- why-.nodegraph"


# --- letting go
DROPS_DOCUMENTS = """
import gc
from PySide6.QtGui import QGuiApplication
from nodegraph.app.document.document import Document
from nodegraph.core.graph import edits

application = QGuiApplication([])
for number in range(30):
    document = Document()
    for place in range(30):
        document.apply(edits.add_node(document.graph, "add", place, 0))
    document = None
    if number % 7 == 0:
        gc.collect()
print("all let go")
"""


def test_python_may_find_a_document_with_a_history_to_be_garbage() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DROPS_DOCUMENTS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "all let go\n")


@pytest.mark.parametrize("between", ["nothing", "another change", "another graph"])
def test_what_was_foreseen_counts_only_as_long_as_nothing_has_happened(between: str) -> None:
    document = Document()
    document.replace(graph_of(random_shape(30, seed=1), placed=True))
    ids = [node.id for node in document.graph.nodes()]
    change = edits.move(document.graph, dict.fromkeys(ids[1:], (8.0, 8.0)))
    document.foresee(change, graph_after(document.graph, change))
    graph = document.graph
    if between == "another change":
        document.apply(edits.move(graph, {ids[0]: (-800.0, 0.0)}))
    elif between == "another graph":
        document.replace(graph_of(random_shape(30, seed=1), placed=True))
        graph = document.graph
    before = graph.copy()
    document.apply(change)
    after = before.copy()
    after.apply(change)
    assert document.graph is graph
    assert graph == after
    document.stack.undo()
    assert graph == before
