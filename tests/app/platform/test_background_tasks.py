"""Long tasks go on in pieces, can be stopped, and end in what doing all at once would have given."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.document import editor, prefetch
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, LongTasks, Task
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.scene import edge_placement
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph import changes, edits, grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import placement
from nodegraph.core.layout.card_size import node_size
from nodegraph.formats import files, native

LARGE = 2 * MOST_AT_ONCE


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[LongTasks]:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    made = LongTasks(widget)
    yield made
    made.stop()


@pytest.fixture
def large_file(tmp_path: Path) -> Path:
    """A document of many nodes without places."""
    lines = [f"n{i} = {'x*x' if i < 2 else f'n{i - 1}*x + n{i // 2}'}" for i in range(LARGE // 2)]
    path = tmp_path / "large.nodegraph"
    path.write_bytes(native.write(parse("\n".join(lines))))
    return path


def ended(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.workspace.editor.tasks.is_running)


# --- the machine
def test_a_task_goes_on_while_the_event_loop_turns(tasks: LongTasks, qtbot: QtBot) -> None:
    done: list[int] = []

    def task() -> Task:
        for number in range(5):
            done.append(number)
            yield number / 5

    tasks.begin("Count", task())
    assert done == []
    qtbot.waitUntil(lambda: not tasks.is_running)
    assert done == [0, 1, 2, 3, 4]
    assert tasks.dialog is None


def test_work_aside_hands_its_result_back_and_its_refusal_too(tasks: LongTasks, qtbot: QtBot) -> None:
    got: list[object] = []

    def refuse() -> None:
        raise Refused("No.")

    def task() -> Task:
        got.append((yield Aside(lambda: 6 * 7)))
        try:
            yield Aside(refuse)
        except Refused as refusal:
            got.append(str(refusal))

    tasks.begin("Reckon", task())
    qtbot.waitUntil(lambda: not tasks.is_running)
    assert got == [42, "No."]


def test_progress_is_shown_and_escape_stops_the_task_and_lets_it_clear_up(
    tasks: LongTasks, qtbot: QtBot
) -> None:
    cleared: list[bool] = []

    def task() -> Task:
        try:
            while True:
                yield 0.25
        finally:
            cleared.append(True)

    tasks.begin("Dig", task())
    dialog = tasks.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.findChild(QProgressBar).value() == 250)
    assert dialog.isVisible()
    assert dialog.labelText() == "Dig…"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert cleared == [True]
    assert not tasks.is_running


def test_another_task_takes_the_place_of_the_one_that_runs(tasks: LongTasks, qtbot: QtBot) -> None:
    done: list[str] = []

    def task(name: str) -> Task:
        yield 0.5
        yield Aside(lambda: None)
        done.append(name)

    tasks.begin("First", task("first"))
    tasks.begin("Second", task("second"))
    qtbot.waitUntil(lambda: not tasks.is_running)
    assert done == ["second"]


# --- opening
def test_a_large_document_is_opened_in_pieces_and_is_what_opening_at_once_gives(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    at_once = files.load(large_file)
    at_once.apply(placement.place_missing(at_once, node_size))
    assert window.workspace.files.load(large_file)
    assert len(window.document.graph) == 7  # what was open is still there
    assert window.findChild(QWidget, "long_task") is not None
    ended(window, qtbot)
    assert window.document.graph == at_once
    assert window.document.path == large_file
    assert window.settings.recent_files()[0] == large_file
    shown = scene_of(window)
    window.scene.set_graph(window.document.graph)
    assert shown == scene_of(window)


def scene_of(window: MainWindow) -> tuple[object, ...]:
    """Where all that is shown lies."""
    cards = {node_id: item.card for node_id, item in window.scene.items_by_id.items()}
    marks = {node_id: item.mark & Mark.OUTPUT for node_id, item in window.scene.items_by_id.items()}
    rows = (window.scene.edge_layer.rows, window.scene.far_layer.rows)
    return cards, marks, [dict(zip(r.keys, r.values.tolist(), strict=True)) for r in rows]


def test_collapsed_groups_of_a_large_document_are_shown_as_they_are(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    graph = files.load(large_file)
    graph.apply(placement.place_missing(graph, node_size))
    members = [node.id for node in graph.nodes()][5:40]
    graph.apply(grouping.group(graph, members, "Some"))
    graph.apply(grouping.set_collapsed(graph, [graph.groups()[0].id], True))
    files.save(graph, large_file)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    shown = scene_of(window)
    window.scene.set_graph(window.document.graph)
    assert shown == scene_of(window)


def test_stopping_keeps_what_was_open(window: MainWindow, qtbot: QtBot, large_file: Path) -> None:
    before = window.document.graph
    window.workspace.files.load(large_file)
    qtbot.waitUntil(lambda: window.findChild(QProgressBar).value() > 200)
    window.findChild(QWidget, "long_task").findChild(QPushButton).click()
    assert not window.workspace.editor.tasks.is_running
    assert window.document.graph is before
    assert set(window.scene.items_by_id) == {node.id for node in before.nodes()}


def test_a_large_document_that_cannot_be_read_is_told_and_keeps_what_was_open(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    broken = large_file.read_bytes().replace(b'"source": "x"', b'"source": "nowhere"', 1)
    large_file.write_bytes(broken)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    assert "nowhere" in window.stage.banner.text.text()
    assert len(window.document.graph) == 7


def test_closing_the_window_ends_a_task(window: MainWindow, large_file: Path) -> None:
    window.workspace.files.load(large_file)
    window.close()
    assert not window.isVisible()
    assert not window.workspace.editor.tasks.is_running


def test_opening_another_file_stops_the_first(
    window: MainWindow, qtbot: QtBot, large_file: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small.nodegraph"
    files.save(parse("y = x*x"), small)
    window.workspace.files.load(large_file)
    window.workspace.files.load(small)
    assert window.document.path == small
    assert not window.workspace.editor.tasks.is_running


# --- changing
def test_a_change_from_elsewhere_stops_what_was_reckoned_for_the_graph_before(
    window: MainWindow, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("\n".join(f"n{i} = x*{i + 2}" for i in range(LARGE)))
    window.features.edit.copying.paste()
    assert window.workspace.editor.tasks.is_running
    window.document.apply(edits.add_node(window.document.graph, "add", 0, 0))
    assert not window.workspace.editor.tasks.is_running
    assert len(window.document.graph) == 8


def test_undo_waits_until_a_task_is_over(window: MainWindow, qtbot: QtBot) -> None:
    window.workspace.editor.add_at("add", QPointF(0, 0))
    QGuiApplication.clipboard().setText("\n".join(f"n{i} = x*{i + 2}" for i in range(LARGE)))
    window.features.edit.copying.paste()
    window.workspace.editor.undo()
    ended(window, qtbot)
    assert len(window.document.graph) == 8 + 1 + 2 * LARGE
    window.workspace.editor.undo()
    ended(window, qtbot)
    assert len(window.document.graph) == 8


def test_a_large_graph_is_laid_out_in_pieces_and_as_at_once(window: MainWindow, qtbot: QtBot) -> None:
    graph = parse("\n".join(f"n{i} = {'x' if not i else f'n{i - 1}'} * x" for i in range(200)))
    window.document.replace(graph)
    expected = arranged(window.document.graph)
    window.scene.select()
    window.workspace.editor.move({node.id: (0.0, 0.0) for node in graph.nodes()})
    window.workspace.commands.run("graph.layout")
    assert window.workspace.editor.tasks.is_running
    ended(window, qtbot)
    assert {n.id: (n.x, n.y) for n in window.document.graph.nodes()} == expected


def arranged(graph: Graph) -> dict[str, tuple[float | None, float | None]]:
    laid = graph.copy()
    laid.apply(placement.place(laid, None, node_size))
    return {node.id: (node.x, node.y) for node in laid.nodes()}


@pytest.fixture(params=[10_000, 10], ids=["one by one", "all anew"])
def most_shown_each(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Records that are shown one by one after a change; after more, all is laid out anew."""
    monkeypatch.setattr(prefetch, "MOST_SHOWN_EACH", request.param)
    most: int = request.param
    return most


def edit_of_everything(window: MainWindow, kind: str) -> None:
    inspector, graph = window.features.inspector, window.document.graph
    ids = [node.id for node in graph.nodes()]
    {
        "colour": lambda: inspector._paint(ids, "green"),
        "value": lambda: inspector._set_values(ids, 3.0, 0),
        "data": lambda: inspector._set_trainable(ids, False),
        "mute": window.features.edit.shaping.mute,
        "exchange": window.features.edit.shaping.exchange_leaves,
        "half": lambda: window.workspace.editor.attempt_soon(
            "Delete", lambda: edits.remove(graph, ids[::2]), len(ids)
        ),
        "twice": window.features.edit.copying.duplicate,
        "group": window.features.edit.shaping.group,
    }[kind]()


@pytest.mark.parametrize("kind", ["colour", "value", "data", "mute", "exchange", "half", "twice", "group"])
def test_an_edit_of_everything_goes_on_in_pieces_and_is_shown_as_if_it_were_opened(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(prefetch, "MOST_SHOWN_EACH", 10)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    graph, shown = window.document.graph, scene_of(window)
    before, stack = graph.copy(), window.document.stack
    window.workspace.editor.select_all()
    edit_of_everything(window, kind)
    assert graph == before
    ended(window, qtbot)
    assert graph != before
    after, values = graph.copy(), dict(window.player.trace.values)
    assert values == dict(run(after).values)
    assert scene_of(window)[2] == lies_anew(window)
    for act, there in ((stack.undo, before), (stack.redo, after)) * 2:
        (window.workspace.editor.undo if act == stack.undo else window.workspace.editor.redo)()
        ended(window, qtbot)
        assert graph == there
        assert scene_of(window)[2] == lies_anew(window)
    window.workspace.editor.undo()
    ended(window, qtbot)
    assert scene_of(window) == shown
    assert dict(window.player.trace.values) == dict(run(before).values)


def test_very_many_nodes_are_grouped_and_ungrouped_in_pieces_and_the_title_is_typed(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    graph, editor, shaping = window.document.graph, window.workspace.editor, window.features.edit.shaping
    editor.select_all()
    shaping.group()
    assert not graph.groups()
    ended(window, qtbot)
    (group,) = graph.groups()
    assert len(group.nodes) == len(graph)
    assert window.canvas.field is not None
    window.canvas.close_field()
    assert window.scene.surroundings.groups[group.id].rect.contains(window.scene.far_layer.extent)
    chosen = window.scene.selected_nodes(), window.scene.selected_edges()
    assert tuple(map(len, chosen)) == (len(graph), graph.edge_count)
    shaping.ungroup()
    assert graph.groups() == [group]
    ended(window, qtbot)
    assert not graph.groups()
    assert not window.scene.surroundings.groups
    assert (window.scene.selected_nodes(), window.scene.selected_edges()) == chosen
    for act, there in ((editor.undo, [group]), (editor.undo, []), (editor.redo, [group])):
        act()
        assert graph.groups() != there
        ended(window, qtbot)
        assert graph.groups() == there


@pytest.mark.parametrize("kind", ["value", "half", "twice", "move"])
def test_an_edit_of_everything_asks_no_card_either_where_many_are_in_an_open_group(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(prefetch, "MOST_SHOWN_EACH", 10)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    graph, edit, placement_ = window.document.graph, window.workspace.editor, window.scene.placement
    ids = [node.id for node in graph.nodes()]
    window.document.apply(grouping.group(graph, ids[: len(ids) - 20], "most"))
    window.document.apply(grouping.group(graph, ids[-10:], "few"))
    followed: list[int] = []
    follow = placement_.follow
    monkeypatch.setattr(
        placement_, "follow", lambda ids, **how: followed.append(len(ids)) or follow(ids, **how)
    )
    before = graph.copy()
    edit.select_all()
    if kind == "move":
        monkeypatch.setattr(editor, "MOST_MOVED_AT_ONCE", 100)
        edit.move({node.id: (node.x + 8.0, node.y - 16.0) for node in graph.nodes()})
    else:
        edit_of_everything(window, kind)
    ended(window, qtbot)
    assert graph != before
    after = graph.copy()
    for act, there in ((edit.undo, before), (edit.redo, after), (edit.undo, before)):
        act()
        ended(window, qtbot)
        assert graph == there
        assert scene_of(window)[2] == lies_anew(window)
        anew = GraphScene(graph, window.scene.theme).surroundings.groups
        shown = window.scene.surroundings.groups
        assert {key: item.rect for key, item in shown.items()} == {
            key: item.rect for key, item in anew.items()
        }
    assert max(followed, default=0) < 50


def test_a_group_of_very_many_nodes_opens_and_its_collapsing_is_taken_back_without_asking_each_card(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetch, "MOST_SHOWN_EACH", 10)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    graph, edit, commands = window.document.graph, window.workspace.editor, window.workspace.commands
    ids = [node.id for node in graph.nodes()]
    window.document.apply(grouping.group(graph, ids[: len(ids) - 20], "most"))
    window.document.apply(grouping.set_collapsed(graph, ["group1"], True))
    window.scene.select(ids, groups=["group1"])
    window.canvas.set_zoom(1.0)
    asked: list[str] = []
    shape_of = window.scene.items_by_id._shape
    monkeypatch.setattr(
        window.scene.items_by_id, "_shape", lambda node: asked.append(node.id) or shape_of(node)
    )
    collapsed = graph.copy()
    commands.run("graph.collapse")
    assert graph == collapsed
    ended(window, qtbot)
    opened = graph.copy()
    assert not graph.group("group1").collapsed
    commands.run("graph.collapse")
    for act, there in ((edit.undo, opened), (edit.undo, collapsed), (edit.redo, opened)):
        act()
        ended(window, qtbot)
        assert graph == there
        if there is opened:
            assert scene_of(window)[2] == lies_anew(window)
            assert all(item.isVisible() for item in window.scene.items_by_id.made())
            assert len(asked) < 50
        asked.clear()


def lies_anew(window: MainWindow) -> list[dict[object, list[float]]]:
    """Where all would lie in a scene of its own."""
    scene = GraphScene(window.document.graph, window.scene.theme)
    rows = (scene.edge_layer.rows, scene.far_layer.rows)
    return [dict(zip(r.keys, r.values.tolist(), strict=True)) for r in rows]


@pytest.mark.usefixtures("most_shown_each")
def test_deleting_much_and_taking_it_back_goes_on_in_pieces(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    before = window.document.graph.copy()
    shown = scene_of(window)
    window.workspace.editor.select_all()
    window.workspace.editor.delete()
    assert len(window.document.graph) == len(before)
    ended(window, qtbot)
    assert len(window.document.graph) == 0
    assert not window.scene.items_by_id
    window.workspace.editor.undo()
    ended(window, qtbot)
    assert window.document.graph == before
    assert scene_of(window) == shown
    assert window.player.trace.plan.ids


def test_moving_many_nodes_back_and_forth_keeps_the_plan_that_there_is(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    graph, editing = window.document.graph, window.workspace.editor
    before, shown, plan = graph.copy(), scene_of(window), plan_of(graph)
    editing.move({node.id: (node.x + 8.0, node.y) for node in graph.nodes()})
    for act in (editing.undo, editing.redo, editing.undo):
        act()
        ended(window, qtbot)
    assert graph == before
    assert scene_of(window) == shown
    assert plan_of(graph) is plan


@pytest.mark.parametrize("is_stopped", [False, True])
def test_very_many_cards_that_were_dropped_are_moved_in_pieces_and_go_back_if_that_is_stopped(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch, is_stopped: bool
) -> None:
    monkeypatch.setattr(editor, "MOST_MOVED_AT_ONCE", LARGE // 2)
    monkeypatch.setattr(edge_placement, "MANY", LARGE // 2)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    before, shown, scene = window.document.graph.copy(), scene_of(window), window.scene
    there = {node.id: (node.x + 8.0, node.y) for node in before.nodes()}
    for node_id, place in there.items():
        scene.items_by_id[node_id].setPos(*place)
    scene.placement.follow(there, is_passing=True)
    window.workspace.editor.move(there)
    assert window.document.graph == before
    tasks = window.workspace.editor.tasks
    qtbot.waitUntil(lambda: tasks.dialog is None or tasks.dialog.isVisible())
    if is_stopped:
        tasks.stop()
    ended(window, qtbot)
    assert {node.id: node.place for node in window.document.graph.nodes()} == (
        {node.id: node.place for node in before.nodes()} if is_stopped else there
    )
    if not is_stopped:
        window.workspace.editor.undo()
        ended(window, qtbot)
    assert scene_of(window) == shown


def test_of_very_many_nodes_that_are_moved_no_record_is_made_while_the_window_waits(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "MOST_MOVED_AT_ONCE", LARGE // 2)
    made, makers = changes.records_of, set()

    def note(*columns: Any) -> Any:
        makers.add(threading.current_thread() is threading.main_thread())
        return made(*columns)

    window.workspace.files.load(large_file)
    ended(window, qtbot)
    monkeypatch.setattr(changes, "records_of", note)
    before, work = window.document.graph.copy(), window.workspace.editor
    work.move({node.id: (node.x + 8.0, node.y) for node in before.nodes()})
    ended(window, qtbot)
    work.undo()
    ended(window, qtbot)
    assert window.document.graph == before
    assert makers == {False}


def test_very_many_cards_that_are_dropped_while_something_else_is_under_way_go_back_and_it_is_said(
    window: MainWindow, qtbot: QtBot, large_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "MOST_MOVED_AT_ONCE", LARGE // 2)
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    before, shown, work = window.document.graph.copy(), scene_of(window), window.workspace.editor
    there = {node.id: (node.x + 8.0, node.y) for node in before.nodes()}
    for node_id, place in there.items():
        window.scene.items_by_id[node_id].setPos(*place)
    window.scene.placement.follow(there, is_passing=True)
    work.tasks.begin("Wait", (0.0 for _ in range(10**9)))
    with qtbot.waitSignal(work.refused) as told:
        work.move(there)
    work.tasks.stop()
    assert told.args == ["Nothing is moved while something else is under way. Wait for it, or stop it."]
    assert window.document.graph == before
    assert scene_of(window) == shown


def test_cutting_and_pasting_many_nodes_gives_them_back(
    window: MainWindow, qtbot: QtBot, large_file: Path
) -> None:
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    before = {node.name: (node.x, node.y) for node in window.document.graph.nodes()}
    window.workspace.editor.select_all()
    window.features.edit.copying.cut()
    ended(window, qtbot)
    assert len(window.document.graph) == 0
    window.features.edit.copying.paste()
    ended(window, qtbot)
    assert {node.name for node in window.document.graph.nodes()} == set(before)
    assert len(window.scene.selected_nodes()) == len(before)


def test_duplicating_many_nodes_goes_on_in_pieces(window: MainWindow, qtbot: QtBot, large_file: Path) -> None:
    window.workspace.files.load(large_file)
    ended(window, qtbot)
    count = len(window.document.graph)
    window.workspace.editor.select_all()
    window.features.edit.copying.duplicate_connected()
    assert window.workspace.editor.tasks.is_running
    ended(window, qtbot)
    assert len(window.document.graph) == 2 * count
    assert len(window.scene.selected_nodes()) == count
