"""Cut, copy, paste and duplicate by their keys, within a window and across windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nodegraph.formats import native, png
from tests.journeys.hand import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def rest_at(hand: Hand, place: QPointF, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pointer rest here: a window that is on no screen has none of its own."""
    hand.point_at(place)
    there = hand.canvas.viewport().mapToGlobal(hand.pixel(place))
    monkeypatch.setattr(QCursor, "pos", lambda *_: there)
    monkeypatch.setattr(QWidget, "underMouse", lambda widget: widget is hand.canvas.viewport())


def test_copied_nodes_are_pasted_under_the_pointer_with_readable_names(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hand.graph.copy()
    hand.choose("a", "b", "e")
    hand.key(Qt.Key.Key_C, CTRL)
    place = QPointF(1600, 1600)
    hand.canvas.set_center(place)
    rest_at(hand, place, monkeypatch)
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.chosen() == ["a2", "b2", "e2"]
    assert hand.feeding("e2") == ["a2", "b2"]
    middle = hand.scene.graph_rect(hand.scene.selected_nodes()).center()
    assert (middle - place).manhattanLength() < 24
    hand.do("edit.undo")
    assert hand.graph == before


def test_what_is_copied_is_text_at_once_and_soon_a_picture_too(hand: Hand, qtbot: QtBot) -> None:
    hand.choose("a", "e")
    hand.key(Qt.Key.Key_C, CTRL)
    assert '"format": "nodegraph"' in QGuiApplication.clipboard().mimeData().text()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().mimeData().hasFormat("image/png"))
    held = QGuiApplication.clipboard().mimeData()
    assert '"format": "nodegraph"' in held.text()
    assert "e" in native.read(png.extract(held.data("image/png").data()))


def test_cut_nodes_come_back_with_their_names(hand: Hand) -> None:
    hand.choose("L")
    hand.key(Qt.Key.Key_X, CTRL)
    assert hand.graph.named("L") is None
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.graph.named("L") is not None


def test_a_copy_that_becomes_the_output_is_told(hand: Hand) -> None:
    hand.window.workspace.editor.make_output(None)
    said: list[str] = []
    hand.window.workspace.editor.said.connect(said.append)
    hand.do("edit.select_all")
    hand.do("edit.duplicate")
    output = hand.graph.output_name
    assert output != "L"
    assert [sentence.partition(". ")[0] for sentence in said] == [f"“{output}” is the output now"]
    hand.do("edit.undo")
    hand.scene.select([hand.graph.named("L").id])
    hand.do("edit.set_output")
    hand.do("edit.select_all")
    hand.do("edit.duplicate")
    assert hand.graph.output_name == "L"
    assert len(said) == 1


def test_duplicates_stand_alone_or_are_fed_as_the_originals_are(hand: Hand) -> None:
    hand.choose("e")
    hand.key(Qt.Key.Key_D, CTRL)
    assert hand.chosen() == ["e2"]
    assert hand.feeding("e2") == []
    hand.choose("e")
    hand.key(Qt.Key.Key_D, CTRL | SHIFT)
    assert hand.feeding("e3") == ["a", "b"]
    hand.do("edit.undo")
    hand.do("edit.undo")
    assert len(hand.graph) == 7


def test_foreign_and_broken_text_is_told_and_changes_nothing(hand: Hand) -> None:
    before = hand.graph.copy()
    for text in ("Dear all,\nplease", '{"format": "nodegraph", "nodes": [', "a = = b", ""):
        assert not hand.window.stage.banner.isVisible(), text
        QGuiApplication.clipboard().setText(text)
        hand.key(Qt.Key.Key_V, CTRL)
        assert hand.graph == before, text
        assert hand.window.stage.banner.isVisible(), text
        assert not hand.window.document.is_modified, text
        hand.window.workspace.messages.dismiss()


def overlapping(hand: Hand) -> list[str]:
    """The names of the selected nodes whose cards lie on others."""
    chosen = hand.scene.selected_nodes()
    others = [item.card for node_id, item in hand.scene.items_by_id.items() if node_id not in chosen]
    cards = {hand.graph.node(node_id).name: hand.scene.items_by_id[node_id].card for node_id in chosen}
    return [name for name, card in cards.items() if any(card.intersects(other) for other in others)]


@pytest.mark.parametrize("way", ["beside", "pointer", "duplicate", "connected"])
def test_what_is_pasted_lies_on_nothing_however_often(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    action = {"duplicate": "edit.duplicate", "connected": "edit.duplicate_connected"}.get(way, "edit.paste")
    before = hand.graph.copy()
    for names in ("a", "f", "e", "be", "abcfedL"):
        hand.canvas.fit()
        hand.choose(*names)
        hand.key(Qt.Key.Key_C, CTRL)
        if way == "pointer":
            rest_at(hand, hand.card("d").card.center(), monkeypatch)
        else:
            monkeypatch.setattr(QWidget, "underMouse", lambda _widget: False)
        for _ in range(4):
            hand.do(action)
            assert overlapping(hand) == []
            assert len(hand.scene.selected_nodes()) == len(names)
        for _ in range(4):
            hand.do("edit.undo")
        assert hand.graph == before
