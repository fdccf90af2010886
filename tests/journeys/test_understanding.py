"""From watching to understanding, by real keys and mouse: each way in which a gradient is explained."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.widgets.formula_line import FormulaLine
from nodegraph.lessons import reader
from tests.journeys.hand import LEFT, Hand
from tests.opening import open_text

ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
K = Qt.Key
PAGES = {"outline": K.Key_F11, "cost": CONTROL | K.Key_F11, "derivation": SHIFT | K.Key_F11,
         "sensitivity": CONTROL | SHIFT | K.Key_F11, "training": ALT | K.Key_F11}  # fmt: skip


@pytest.fixture
def hand(hand: Hand, qtbot: QtBot) -> Hand:
    """A hand on the seed example, without waiting for motion."""
    hand.window.activateWindow()
    qtbot.waitUntil(hand.window.isActiveWindow)
    hand.do("view.reduced_motion")
    return hand


def open_page(hand: Hand, page_id: str) -> QWidget:
    """Open a page of the workbench by its key."""
    combination = PAGES[page_id]
    if isinstance(combination, K):
        hand.key(combination)
    else:
        hand.key(combination.key(), combination.keyboardModifiers())
    assert hand.window.workspace.dock.current_page == page_id
    return hand.window.workspace.dock.page(page_id)


def badges(hand: Hand, name: str) -> list[str]:
    """What stands below a card."""
    node_id = hand.graph.named(name).id
    return [badge.text for source in hand.scene.badge_sources for badge in source(hand.scene, node_id)]


# --- building a network
def test_a_network_is_found_by_its_name_typed_inserted_and_taken_back(hand: Hand, qtbot: QtBot) -> None:
    hand.key(K.Key_P, CONTROL | SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "mlp")
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return)
    dialog = hand.window.features.adding.networks.dialog
    QTest.keyClicks(dialog.focusWidget(), "2-2-1")  # over the sizes that are selected
    QTest.keyClick(dialog.focusWidget(), K.Key_Return)
    qtbot.waitUntil(lambda: hand.graph.named("h2") is not None)
    made = hand.chosen()
    assert "L" in hand.shown()
    assert len(made) == len(hand.graph) - 7
    hand.key(K.Key_End)
    assert all(value is not None for value, _ in hand.shown().values())
    hand.key(K.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(hand.graph) == 7)


# --- forward mode
def test_forward_mode_is_watched_step_by_step_until_its_derivative_arrives_at_the_output(hand: Hand) -> None:
    hand.choose("a")
    hand.key(K.Key_W, SHIFT)
    page = open_page(hand, "cost")
    hand.key(K.Key_Home)
    while hand.shown()["L"][1] is None:
        hand.key(K.Key_Period)
    assert {name: hand.shown()[name][1] for name in "aedL"} == {"a": 1.0, "e": 3.0, "d": 3.0, "L": 15.0}
    assert hand.window.player.cursor == hand.window.player.end
    back = page.findChild(QPushButton, "cost.reverse")
    QTest.mouseClick(back, LEFT)
    hand.key(K.Key_End)
    assert hand.shown()["a"] == (2.0, 15.0)
    assert not back.isEnabled()


def test_an_input_that_goes_takes_its_forward_mode_with_it_and_undo_brings_both_back(hand: Hand) -> None:
    hand.choose("f")
    hand.key(K.Key_W, SHIFT)
    hand.key(K.Key_Delete)
    assert hand.window.player.mode == "reverse"
    hand.key(K.Key_Z, CONTROL)
    hand.key(K.Key_End)
    assert hand.window.player.mode == "forward"
    assert hand.shown()["f"] == (5.0, 1.0)


# --- sensitivity
def test_an_input_is_dragged_in_the_plot_and_the_canvas_moves_with_it(hand: Hand, qtbot: QtBot) -> None:
    hand.key(K.Key_End)
    hand.choose("a")
    page = open_page(hand, "sensitivity")
    qtbot.waitUntil(lambda: page.plot.plotItem.vb.width() > 0)
    box, view = page.plot.plotItem.vb, page.plot.viewport()

    def at(x: float) -> QPoint:
        return page.plot.mapFromScene(box.mapViewToScene(QPointF(x, sum(box.viewRange()[1]) / 2)))

    QTest.mousePress(view, LEFT, pos=at(2.0))
    for x in (2.1, 2.3, 2.5):
        QTest.mouseMove(view, at(x))
    QTest.mouseRelease(view, LEFT, pos=at(2.5))
    moved = hand.graph.named("a").value
    assert moved == pytest.approx(2.5, abs=0.05)
    assert hand.shown()["L"][0] == pytest.approx(-20 + 15 * (moved - 2))
    assert "Just right." in page.text()
    hand.key(K.Key_Z, CONTROL)
    assert hand.graph.named("a").value == 2.0


# --- the gradient check and the marks
def test_the_check_warns_at_a_kink_and_is_content_beside_it(hand: Hand, qtbot: QtBot) -> None:
    open_text(hand.window, "y = relu(x)", x=0)
    hand.key(K.Key_K, SHIFT)
    hand.key(K.Key_End)
    qtbot.waitUntil(lambda: "⚠ kink" in badges(hand, "x"))
    hand.type_value("x", "2")
    qtbot.waitUntil(lambda: any(text.startswith("✓") for text in badges(hand, "x")))
    hand.key(K.Key_K, SHIFT)
    assert badges(hand, "x") == []


def test_a_saturated_neuron_is_marked_as_soon_as_its_bias_is_typed(hand: Hand) -> None:
    open_text(hand.window, "z = x*w + b; y = tanh(z)", x=1, w=1, b=0)
    hand.key(K.Key_End)
    assert badges(hand, "y") == []
    hand.type_value("b", "9")
    assert "≈ saturated" in badges(hand, "y")
    hand.choose("y")
    assert "saturated" in hand.text_of("inspector").lower()
    hand.do("view.marks")
    assert badges(hand, "y") == []


# --- the derivation
def test_a_term_and_its_edge_light_each_other_and_the_mathematics_can_be_taken_along(
    hand: Hand, qtbot: QtBot
) -> None:
    hand.key(K.Key_End)
    panel = open_page(hand, "derivation")
    hand.choose("a")

    def point_at_term() -> bool:
        term = panel.terms()[0]  # another one once its formula is typeset
        QTest.mouseMove(panel.title, QPoint(2, 2))
        QTest.mouseMove(term, term.rect().center())
        return bool(hand.scene.showing.lit == {("e", 0)})

    qtbot.waitUntil(point_at_term)
    hand.window.canvas.fit()
    curve = hand.scene.edge_layer.curve(("e", 0))
    middle = QPointF(*map(float, curve[len(curve) // 2]))
    hand.point_at(middle + QPointF(0, 40))
    hand.point_at(middle)
    qtbot.waitUntil(lambda: any(line.lit for line in panel.lines()))
    next(one for one in panel.copy_button.menu().actions() if "LaTeX" in one.text()).trigger()
    assert r"\frac{\partial L}{\partial a}" in QGuiApplication.clipboard().text()


# --- predicting
def told(root: QWidget) -> Iterator[str]:
    """All that a window shows, says to a screen reader or would say in a tooltip."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        if isinstance(widget, QLabel):
            yield widget.text()
        if isinstance(widget, FormulaLine):
            yield widget.line.unicode
        if isinstance(widget, QTableView):
            model = widget.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    yield str(model.index(row, column).data())


@pytest.mark.parametrize("page_id", PAGES)
def test_no_page_gives_a_learner_who_predicts_an_answer(hand: Hand, page_id: str) -> None:
    """At the start neither L = −20 nor ∂L/∂a = 15 is known."""
    hand.key(K.Key_End)
    open_page(hand, page_id)
    hand.key(K.Key_P, SHIFT)
    for chosen in ("", "a", "L"):
        if chosen:
            hand.choose(chosen)
            assert hand.chosen() == [chosen]
        QApplication.processEvents()
        given_away = [text for text in told(hand.window) if "15" in text or "20" in text.replace("200", "")]
        assert given_away == [], chosen


def test_a_lesson_and_predict_mode_hide_numbers_until_both_are_over(hand: Hand) -> None:
    teaching = hand.window.features.lessons
    teaching.open_path(next(entry.path for entry in reader.shelf() if entry.name == "2-forks"))
    while not hand.window.player.guarded:
        teaching.lessons.next()
    hand.key(K.Key_P, SHIFT)
    QTest.mouseClick(teaching.page.close_button, LEFT)
    assert hand.window.player.guarded
    QTest.keyClick(hand.window.features.prediction.card.field, K.Key_Escape)
    assert not hand.window.player.guarded
    hand.key(K.Key_End)
    assert None not in [gradient for _, gradient in hand.shown().values()]


def test_a_second_backward_pass_can_be_predicted_and_ends_with_the_mode(hand: Hand) -> None:
    hand.key(K.Key_End)
    QTest.mouseClick(hand.window.findChild(QToolButton, "pass.backward_again.button"), LEFT)
    hand.key(K.Key_P, SHIFT)
    assert hand.window.features.prediction.is_on
    hand.key(K.Key_Z, SHIFT)
    assert hand.window.features.prediction.is_on
    QTest.keyClick(hand.window.features.prediction.card.field, K.Key_Escape)
    hand.key(K.Key_End)
    assert hand.shown()["a"] == (2.0, 15.0)
