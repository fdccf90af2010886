"""An operation dragged from the palette: its card goes along under the pointer, and an edge takes it in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLibraryInfo, QMimeData, QPointF, Qt, QVersionNumber
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.gestures.drops import OPERATION_MIME
from tests.journeys.hand import LEFT, NONE, Hand

COPY, ALT = Qt.DropAction.CopyAction, Qt.KeyboardModifier.AltModifier


class Drag:
    """The events of a drag from the palette, as the system sends them."""

    def __init__(self, hand: Hand, op: str) -> None:
        self.hand = hand
        self.mime = QMimeData()
        self.mime.setData(OPERATION_MIME, op.encode(errors="surrogateescape"))

    def over(self, place: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> bool:
        """Come over the canvas and move there; whether it is taken."""
        taken = False
        for kind in (QDragEnterEvent, QDragMoveEvent):
            pixel = self.hand.pixel(place)
            spot = QPointF(pixel) if QLibraryInfo.version() >= QVersionNumber(6, 12) else pixel
            event = kind(spot, COPY, self.mime, LEFT, modifiers)
            QApplication.sendEvent(self.hand.canvas.viewport(), event)
            taken = event.isAccepted()
        return taken

    def leave(self) -> None:
        """Go elsewhere, or end by Esc."""
        QApplication.sendEvent(self.hand.canvas.viewport(), QDragLeaveEvent())

    def drop(self, place: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Let go there."""
        self.over(place, modifiers)
        event = QDropEvent(QPointF(self.hand.pixel(place)), COPY, self.mime, LEFT, modifiers)
        QApplication.sendEvent(self.hand.canvas.viewport(), event)


def middle(hand: Hand, target: str, port: int) -> QPointF:
    """The middle of an edge."""
    curve = hand.scene.edge_layer.curve((hand.graph.named(target).id, port))
    return QPointF(*curve[len(curve) // 2])


def test_an_operation_dropped_on_an_edge_is_put_in_between(hand: Hand) -> None:
    drag, place = Drag(hand, "tanh"), middle(hand, "d", 1)
    assert drag.over(place)
    assert hand.scene.showing.aimed == ("d", 1)
    assert "Drop to put Tanh between c and d" in hand.canvas.speech.text()
    steps = hand.window.document.stack.count()
    drag.drop(place)
    (made,) = hand.chosen()
    assert hand.feeding("d") == ["e", made]
    assert hand.feeding(made) == ["c"]
    assert hand.graph.named(made).op == "tanh"
    assert hand.window.document.stack.count() == steps + 1
    assert hand.scene.showing.aimed is None
    assert hand.canvas.overlay.ghost is None
    hand.do("edit.undo")
    assert hand.feeding("d") == ["e", "c"]


def test_an_operation_of_several_inputs_takes_the_edge_at_its_first(hand: Hand) -> None:
    Drag(hand, "add").drop(middle(hand, "L", 1))
    (made,) = hand.chosen()
    edge = hand.graph.edge((hand.graph.named(made).id, 0))
    assert hand.graph.node(edge.source).name == "f"


def test_the_card_is_shown_where_it_will_be_on_the_empty_canvas(hand: Hand) -> None:
    drag, place = Drag(hand, "multiply"), hand.empty()
    before = hand.canvas.grab().toImage()
    assert drag.over(place)
    ghost = hand.canvas.overlay.ghost
    assert ghost is not None
    assert ghost.rect.contains(place)
    assert hand.scene.showing.aimed is None
    assert hand.canvas.grab().toImage() != before
    drag.drop(place)
    (made,) = hand.chosen()
    assert ghost.node.name == made
    assert hand.card(made).card.topLeft() == ghost.rect.topLeft()


def test_a_card_dropped_on_another_is_shown_and_comes_to_lie_below_it(hand: Hand) -> None:
    drag, card = Drag(hand, "multiply"), hand.card("a").card
    drag.over(card.center())
    ghost = hand.canvas.overlay.ghost
    assert ghost is not None
    drag.drop(card.center())
    (made,) = hand.chosen()
    assert hand.card(made).card.topLeft() == ghost.rect.topLeft()
    others = [node.id for node in hand.graph.nodes() if node.id != made]
    assert not any(hand.card(other).card.intersects(hand.card(made).card) for other in others)


def test_esc_leaves_nothing_behind(hand: Hand) -> None:
    drag, nodes = Drag(hand, "tanh"), len(hand.graph)
    drag.over(middle(hand, "d", 1))
    drag.leave()
    assert hand.scene.showing.aimed is None
    assert hand.canvas.overlay.ghost is None
    assert not hand.canvas.speech.isVisible()
    assert len(hand.graph) == nodes


@pytest.mark.parametrize(("op", "modifiers"), [("input", NONE), ("constant", NONE), ("tanh", ALT)])
def test_an_input_or_a_free_hand_takes_no_edge(hand: Hand, op: str, modifiers: Qt.KeyboardModifier) -> None:
    drag, place = Drag(hand, op), middle(hand, "d", 1)
    drag.over(place, modifiers)
    assert hand.scene.showing.aimed is None
    assert hand.canvas.overlay.ghost is not None
    drag.drop(place, modifiers)
    assert hand.feeding("d") == ["e", "c"]
    assert len(hand.chosen()) == 1


def test_what_another_program_calls_an_operation_is_refused_in_words(hand: Hand) -> None:
    nodes = len(hand.graph)
    for named in ("convolve", "caf\udce9"):
        Drag(hand, named).drop(middle(hand, "d", 1))
        assert len(hand.graph) == nodes
        assert "There is no operation" in hand.window.stage.banner.text.text()
