"""The whole graph in view, through all that changes the room for it, until a hand chooses otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.platform import style
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.core.building.expression import parse
from nodegraph.core.layout.placement import place_missing
from tests.journeys.hand import Hand

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
K = Qt.Key
GRAPHS = Path(__file__).parent.parent / "graphs"
LAYER = "; ".join(f"h{i} = tanh(w{i}*x + b{i})" for i in range(6)) + "; L = h0*h1 + h2*h3 + h4*h5"


def settle() -> None:
    """Let layouts take the room they have."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def laptop(hand: Hand) -> Hand:
    """A hand on a small laptop."""
    hand.window.resize(1366, 768)
    settle()
    return hand


def is_whole(hand: Hand) -> bool:
    """Whether all of the graph is in view."""
    settle()
    return bool(hand.canvas.seen().contains(hand.scene.drawn_rect()))


@pytest.mark.parametrize("text", ["", LAYER])
def test_a_fitted_graph_stays_in_view_through_a_day(laptop: Hand, text: str) -> None:
    if text:
        laptop.window.document.replace(parse(text))
        settle()
    laptop.key(K.Key_F)
    zoom = laptop.canvas.zoom
    for page in ("view.outline", "view.derivation", "view.training"):
        laptop.do(page)
        assert is_whole(laptop)
        assert laptop.canvas.zoom < zoom
        laptop.do(page)
        assert is_whole(laptop)
        assert laptop.canvas.zoom == pytest.approx(zoom)
    laptop.window.activateWindow()
    settle()
    for size in ((1024, 700), (1920, 1000), (1366, 768)):
        laptop.window.resize(*size)
        assert is_whole(laptop)
    laptop.key(K.Key_Plus, ALT)
    assert is_whole(laptop)
    laptop.key(K.Key_0, ALT)
    laptop.key(K.Key_F10)
    assert is_whole(laptop)
    laptop.key(K.Key_Escape)
    laptop.key(K.Key_F5)
    assert is_whole(laptop)
    laptop.key(K.Key_Escape)
    assert is_whole(laptop)
    assert laptop.canvas.zoom == pytest.approx(zoom, rel=0.01)


def test_a_view_that_a_hand_chose_stays_as_it_was_chosen(laptop: Hand) -> None:
    place = QPointF(300, 200)
    turn = QWheelEvent(
        place, laptop.canvas.viewport().mapToGlobal(place), QPoint(), QPoint(0, 480),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(laptop.canvas.viewport(), turn)
    zoom, center = laptop.canvas.zoom, laptop.canvas.center()
    assert not laptop.canvas.is_fitted
    for _ in range(2):
        laptop.key(K.Key_F11)
        settle()
        assert laptop.canvas.zoom == zoom
    assert (laptop.canvas.center() - center).manhattanLength() < 3 / zoom


def test_a_fitted_view_comes_back_in_the_history_as_fitted(laptop: Hand) -> None:
    laptop.key(K.Key_F)
    laptop.window.features.view.history.settle()
    laptop.canvas.set_zoom(3.0)
    laptop.window.features.view.history.settle()
    laptop.key(K.Key_F11)
    settle()
    laptop.key(K.Key_Left, ALT)
    assert laptop.canvas.is_fitted
    assert is_whole(laptop)


def test_what_is_selected_is_brought_into_view_and_stays_chosen(laptop: Hand) -> None:
    laptop.scene.select(["e"])
    QTest.keyClick(laptop.canvas, K.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert not laptop.canvas.is_fitted
    zoom = laptop.canvas.zoom
    laptop.key(K.Key_F11)
    settle()
    assert laptop.canvas.zoom == zoom


def test_in_large_text_the_graph_is_fitted_beside_the_question_and_again_beside_the_inspector(
    laptop: Hand,
) -> None:
    """Room was kept for a card twice as wide, as it was until events were handled."""
    laptop.window.workspace.appearance.set_text_size(2.0)
    try:
        inspector = laptop.window.commands.action("view.inspector")
        inspector.setChecked(True)
        settle()
        laptop.do("pass.predict")
        card = laptop.window.features.prediction.card
        assert card.width() < 0.45 * laptop.canvas.width()
        assert not inspector.isChecked(), "it gives way"
        settle()
        assert laptop.canvas.is_fitted
        inspector.setChecked(True)
        settle()
        room = laptop.window.stage.room().adjusted(card.geometry().right(), 0, 0, 0)
        corner = laptop.canvas.viewport().mapTo(laptop.window.stage, QPoint(0, 0))
        asked = laptop.canvas.mapFromScene(laptop.scene.card_of("e")).boundingRect().translated(corner)
        assert room.contains(asked)
        assert laptop.canvas.zoom >= TEXT_SCALE, "it was fitted too small to be read"
    finally:
        style.set_text_size(1.0)


def test_a_chip_that_is_looked_at_lies_where_it_did_once_all_is_in_view_again(laptop: Hand) -> None:
    text, values = (GRAPHS / "attention-3.txt").read_text(encoding="utf-8").splitlines()[:2]
    graph = parse(
        text, **{name: float(value) for name, value in (each.split("=") for each in values.split())}
    )
    graph.apply(place_missing(graph))
    laptop.window.document.replace(graph)
    settle()

    def looked_at() -> list[QRectF]:
        laptop.key(K.Key_F)
        laptop.canvas.turns.finish()
        showing = laptop.scene.showing
        shown = {
            key: showing.chips.text(laptop.scene.frame, key, in_full=True) for key in showing.active_edges
        }
        return [showing.chip_rect(key, text) for key, text in shown.items() if text]

    laptop.key(K.Key_End)
    at_first = looked_at()
    for _ in range(4):
        laptop.key(K.Key_Plus, CONTROL)
    laptop.canvas.turns.finish()
    for _ in range(6):
        laptop.key(K.Key_Comma)
    laptop.key(K.Key_End)

    assert at_first
    assert looked_at() == at_first
