"""The main job: build the seed example by hand, watch both passes, change it, take the picture home."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nodegraph import resources
from nodegraph.canvas.items.node_item import Mark
from nodegraph.formats import files
from tests.journeys.hand import LEFT, NONE, Hand

VALUES = {"a": 2.0, "b": 3.0, "c": -10.0, "f": 5.0, "e": 6.0, "d": -4.0, "L": -20.0}
GRADIENTS = {"a": 15.0, "b": 10.0, "c": 5.0, "f": -4.0, "e": 5.0, "d": 5.0, "L": 1.0}
PLACES = {
    "a": (0, 0),
    "b": (0, 120),
    "c": (0, 240),
    "f": (0, 360),
    "e": (280, 56),
    "d": (560, 144),
    "L": (840, 240),
}


def build_seed(hand: Hand) -> None:
    """The seed example from an empty canvas, by palette, mouse and keys."""
    hand.do("file.new")
    hand.canvas.zoom_100()
    hand.canvas.set_center(QPointF(480, 220))
    for name in ("a", "b", "c", "f"):
        add_from_palette(hand, "input")
        hand.move_to(newest(hand), *PLACES[name])
        if newest(hand) != name:
            hand.type_name(newest(hand), name)
    for name, op in (("e", "multiply"), ("d", "add"), ("L", "multiply")):
        add_from_palette(hand, op)
        hand.move_to(newest(hand), *PLACES[name])
        if newest(hand) != name:
            hand.type_name(newest(hand), name)
    for source, target, port in (
        ("a", "e", 0),
        ("b", "e", 1),
        ("e", "d", 0),
        ("c", "d", 1),
        ("d", "L", 0),
        ("f", "L", 1),
    ):
        hand.connect(source, target, port)
    for name in ("a", "b", "c", "f"):
        hand.type_value(name, f"{VALUES[name]:g}")


def ringed(hand: Hand) -> list[str]:
    """The names of the cards that are marked as the output."""
    return [item.node.name for item in hand.scene.items_by_id.values() if item.mark & Mark.OUTPUT]


def test_no_loose_node_is_marked_as_the_output_while_one_builds(hand: Hand) -> None:
    hand.do("file.new")
    for op in ("input", "input", "input", "multiply", "add"):
        add_from_palette(hand, op)
        assert ringed(hand) == []
    first, second = (node.name for node in hand.graph.nodes() if node.op in ("multiply", "add"))
    hand.connect("a", first, 0)
    assert ringed(hand) == [first]
    hand.connect("b", second, 0)
    assert ringed(hand) == []
    hand.connect(first, second, 1)
    assert ringed(hand) == [second]
    add_from_palette(hand, "input")
    add_from_palette(hand, "exp")
    assert ringed(hand) == [second]
    hand.do("edit.set_output")
    assert ringed(hand) == [newest(hand)]


def add_from_palette(hand: Hand, op: str) -> None:
    """Type the operation's name into the palette's search and press Enter."""
    hand.scene.select()
    palette = hand.window.features.adding.palette
    palette.search.setFocus()
    palette.search.clear()
    QTest.keyClicks(palette.search, op)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    palette.search.clear()


def newest(hand: Hand) -> str:
    """The name of the node made last."""
    return hand.graph.nodes()[-1].name


def gradients(hand: Hand) -> dict[str, float | None]:
    return {name: gradient for name, (_, gradient) in hand.shown().items()}


def values(hand: Hand) -> dict[str, float | None]:
    return {name: value for name, (value, _) in hand.shown().items()}


def test_a_newcomer_sees_the_seed_example_and_plays_it_with_a_tap_on_space(hand: Hand, qtbot: QtBot) -> None:
    assert hand.window.windowTitle().startswith("The seed example")
    assert set(gradients(hand).values()) == {None}
    hand.window.player.set_speed(8)
    hand.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hand.window.player.cursor == 11 and not hand.window.player.is_playing)
    qtbot.waitUntil(lambda: not hand.canvas.is_moving)
    assert values(hand) == VALUES
    assert gradients(hand) == GRADIENTS


def test_the_seed_example_is_built_by_hand_from_an_empty_canvas(hand: Hand) -> None:
    build_seed(hand)
    assert values(hand) == VALUES
    assert gradients(hand) == GRADIENTS
    assert hand.scene.showing.chip((hand.graph.named("e").id, 0))[0] == "5 × 3 = +15"
    assert hand.window.findChild(QWidget, "formula").text().endswith("L = (a × b + c) × f")


def test_undoing_all_empties_the_canvas_and_redoing_all_brings_the_very_same_graph_back(hand: Hand) -> None:
    build_seed(hand)
    built = hand.graph.copy()
    while hand.window.document.stack.canUndo():
        hand.do("edit.undo")
    assert len(hand.graph) == 0
    assert not hand.scene.items_by_id
    while hand.window.document.stack.canRedo():
        hand.do("edit.redo")
    assert hand.graph == built
    assert gradients(hand) == GRADIENTS


def test_stepping_back_hides_what_the_step_had_shown(hand: Hand) -> None:
    hand.do("pass.to_end")
    hand.do("pass.step_back")
    assert gradients(hand)["b"] is None
    assert gradients(hand)["a"] == 15.0
    for _ in range(7):
        hand.do("pass.step_back")
    assert values(hand) == VALUES | {"L": None}
    assert set(gradients(hand).values()) == {None}
    assert "d = e + c = 6 + (−10) = −4" in everything_said(hand)


def plain(rich: str) -> str:
    """The text of labels without their markup."""
    return QTextDocumentFragment.fromHtml(rich).toPlainText().replace("\u00a0", " ")


def everything_said(hand: Hand) -> str:
    return "\n".join(label.text() for label in hand.window.findChildren(QLabel) if label.isVisible())


def test_scrubbing_the_timeline_shows_every_step_both_ways_alike(hand: Hand) -> None:
    timeline = hand.window.findChild(QWidget, "timeline")
    timeline.setFocus()
    going = [hand.shown()]
    for _ in range(11):
        QTest.keyClick(timeline, Qt.Key.Key_Right)
        hand.canvas.show_frame(hand.window.player.frame)
        going.append(hand.shown())
    coming = [hand.shown()]
    for _ in range(11):
        QTest.keyClick(timeline, Qt.Key.Key_Left)
        hand.canvas.show_frame(hand.window.player.frame)
        coming.append(hand.shown())
    assert going == coming[::-1]
    assert len({str(shown) for shown in going}) == 12


def test_dragging_along_the_timeline_goes_to_the_step_under_the_mouse(hand: Hand) -> None:
    timeline = hand.window.findChild(QWidget, "timeline")
    middle = timeline.rect().center().y()
    QTest.mousePress(timeline, LEFT, NONE, QPoint(timeline.width() - 4, middle))
    QTest.mouseRelease(timeline, LEFT, NONE, QPoint(timeline.width() - 4, middle))
    assert hand.window.player.cursor == 11
    QTest.mousePress(timeline, LEFT, NONE, QPoint(4, middle))
    QTest.mouseRelease(timeline, LEFT, NONE, QPoint(4, middle))
    assert hand.window.player.cursor == 0


def test_typing_another_value_runs_everything_again_at_the_same_step(hand: Hand) -> None:
    hand.window.player.seek(10)
    hand.type_value("b", "-1e-1")
    assert hand.window.player.cursor == 10
    assert gradients(hand)["a"] == -0.5
    assert gradients(hand)["b"] is None
    QApplication.processEvents()
    assert hand.window.isWindowModified()


def test_a_wrong_value_is_refused_beside_the_field_and_changes_nothing(hand: Hand) -> None:
    hand.type_value("a", "two")
    field = hand.field()
    assert field is not None
    assert field.text() == "two"
    assert "“two” is not a number" in everything_said(hand)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert hand.field() is None
    assert hand.graph.named("a").value == 2.0
    QApplication.processEvents()
    assert not hand.window.isWindowModified()


def test_dragging_on_a_number_changes_it_live_and_is_one_undo_step(hand: Hand) -> None:
    hand.do("pass.to_end")
    card = hand.card("a")
    start = card.pos() + card.shape_of_card.value_line.center() + QPointF(40, 0)
    seen = []
    hand.window.document.changed.connect(lambda change: seen.append(hand.graph.named("a").value))
    hand.drag(start, start + QPointF(60, 0))
    assert len(seen) > 2
    assert hand.graph.named("a").value > 2.0
    assert gradients(hand)["b"] == 5 * hand.graph.named("a").value
    hand.do("edit.undo")
    assert hand.graph.named("a").value == 2.0
    assert not hand.window.document.stack.canUndo()


def test_an_edge_that_would_close_a_cycle_is_refused_with_the_reason(hand: Hand) -> None:
    before = hand.graph.copy()
    hand.press(hand.card("L").output_port())
    hand.glide(hand.card("L").output_port(), hand.card("e").input_port(0))
    assert "cycle: L is computed from e" in everything_said(hand)
    hand.release(hand.card("e").input_port(0))
    assert hand.graph == before


def test_escape_leaves_the_graph_as_it_was_in_the_middle_of_a_drag(hand: Hand) -> None:
    before = hand.graph.copy()
    card = hand.card("d")
    start = card.pos() + QPointF(20, 12)
    hand.press(start)
    hand.glide(start, start + QPointF(100, 60))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start + QPointF(100, 60))
    assert hand.graph == before
    assert (card.pos().x(), card.pos().y()) == (before.node("d").x, before.node("d").y)


def test_the_inspector_derives_a_gradient_as_the_seed_does(hand: Hand) -> None:
    hand.do("pass.to_end")
    hand.click(hand.card("a").pos() + QPointF(20, 12))
    said = plain(hand.text_of("inspector"))
    assert "∂L/∂a" in said
    assert "∂L/∂e × ∂e/∂a" in said
    assert "5 × 3" in said
    assert "e = a × b" in said
    assert "∂e/∂a = b" in said
    assert "3 × 1 × 5 = +15" in said


def drop(hand: Hand, path: Path) -> None:
    """Drop a file on the canvas; it is opened once the other program has let go of it."""
    hand.canvas.files_dropped.emit([str(path)])
    QApplication.processEvents()


def test_the_exported_picture_opens_again_as_the_graph(hand: Hand, tmp_path: Path) -> None:
    build_seed(hand)
    built = hand.graph.copy()
    home = tmp_path / "home.png"
    hand.window.workspace.files.ask_save = lambda *_: home
    hand.do("file.export")
    dialog = hand.window.features.export.dialog
    dialog.form.scale.setValue(3)
    dialog.export_requested.emit()
    assert home.stat().st_size > 10_000
    hand.window.document.stack.setClean()
    hand.do("file.new")
    assert len(hand.graph) == 0
    drop(hand, home)
    assert hand.graph == built
    hand.do("pass.to_end")
    assert gradients(hand) == GRADIENTS


def test_a_picture_without_a_graph_says_so_and_leaves_the_open_graph(hand: Hand, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    plain = tmp_path / "plain.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(plain))
    before = hand.graph.copy()
    drop(hand, plain)
    assert "no nodegraph document" in everything_said(hand)
    assert hand.graph == before


def test_saving_and_opening_again_brings_the_same_graph(hand: Hand, tmp_path: Path) -> None:
    build_seed(hand)
    built = hand.graph.copy()
    path = tmp_path / "mine.nodegraph"
    hand.window.workspace.files.ask_save = lambda *_: path
    hand.do("file.save")
    assert not hand.window.isWindowModified()
    assert files.load(path) == built
    hand.do("file.new")
    drop(hand, path)
    assert hand.graph == built
    assert hand.window.windowTitle().startswith("mine")


def test_closing_with_unsaved_work_asks_and_cancel_keeps_the_window(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.type_value("a", "7")
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Cancel)
    hand.window.close()
    assert hand.window.isVisible()
    assert hand.graph.named("a").value == 7.0


def test_both_themes_paint_the_window_in_their_own_colours(hand: Hand) -> None:
    hand.do("view.theme")
    first = hand.window.grab().toImage().pixelColor(300, 300).lightness()
    hand.do("view.theme")
    QApplication.processEvents()
    second = hand.window.grab().toImage().pixelColor(300, 300).lightness()
    assert abs(first - second) > 100


def test_every_example_opens_plays_to_its_end_and_has_no_problem(hand: Hand) -> None:
    paths = sorted(resources.path("examples").rglob("*.nodegraph"))
    assert len(paths) > 20
    for path in paths:
        drop(hand, path)
        assert hand.graph == files.load(path)
        hand.do("pass.to_end")
        assert not hand.window.player.trace.problems, path.stem
        assert None not in values(hand).values(), path.stem
