"""Sensitivity by hand: what the line predicts, where a drag begins, and drags in the plot itself."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.core.numbers import format_number
from tests.opening import open_text


@pytest.fixture
def page(window: Any) -> Any:
    window.resize(1360, 860)
    window.show()
    window.player.to_end()
    window.commands.actions["view.sensitivity"].trigger()
    return window.workspace.dock.page("sensitivity")


def pixel(page: Any, x: float) -> QPoint:
    """Where a value of the input lies in the plot."""
    y = sum(page.plot.plotItem.vb.viewRange()[1]) / 2
    return page.plot.mapFromScene(page.plot.plotItem.vb.mapViewToScene(QPointF(x, y)))


def test_a_linear_output_moves_just_as_its_gradient_predicts(window: Any, page: Any) -> None:
    window.workspace.editor.set_value("a", 2.5)
    assert "L = −12.5, moved by 7.5" in page.text()
    assert "The line predicts −20 + 15 × 0.5 = −12.5, with the slope ∂L/∂a = 15." in page.text()
    assert "Just right." in page.text()


def test_a_curve_leaves_its_tangent(window: Any, page: Any) -> None:
    open_text(window, "y = x*x", x=3)
    window.workspace.editor.set_value(window.document.graph.named("x").id, 3.5)
    assert "The line predicts 9 + 6 × 0.5 = 12, with the slope ∂y/∂x = 6." in page.text()
    assert "Off by 0.25: the slope changes on the way." in page.text()


def test_the_selected_input_is_the_one_that_is_looked_at(window: Any, page: Any) -> None:
    window.scene.select(["f"])
    assert (page.choice.currentText(), page.field.text()) == ("f", "5")
    window.scene.select(["L"])
    assert page.choice.currentText() == "f"


def test_an_input_can_be_chosen_on_the_page(page: Any) -> None:
    page.choice.setCurrentIndex(page.choice.findText("c"))
    page.choice.activated.emit(page.choice.currentIndex())
    assert "∂L/∂c = 5" in page.text()


def test_a_drag_in_the_plot_moves_the_input_in_one_undo_step(window: Any, page: Any) -> None:
    window.scene.select(["a"])
    view = page.plot.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel(page, 2.0))
    for x in (2.2, 2.6, 3.0):
        QTest.mouseMove(view, pixel(page, x))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel(page, 3.0))
    assert window.document.graph.node("a").value == pytest.approx(3.0, abs=0.05)
    assert page.tangent.at == 2.0
    window.workspace.editor.undo()
    assert window.document.graph.node("a").value == 2.0


def test_keys_and_typed_numbers_move_it_too_and_nonsense_is_refused(window: Any, page: Any) -> None:
    window.scene.select(["a"])
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Up)
    assert window.document.graph.node("a").value == pytest.approx(2.1)
    page.field.selectAll()
    QTest.keyClicks(page.field, "4")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert window.document.graph.node("a").value == 4.0
    page.field.selectAll()
    QTest.keyClicks(page.field, "two")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.field.refusal.plain
    assert window.document.graph.node("a").value == 4.0


def test_gradients_that_were_left_put_the_line_off_and_it_says_so(window: Any, page: Any) -> None:
    window.player.backward_again()
    assert "set them to zero" in page.text()


def test_without_an_input_it_says_what_to_do(window: Any, page: Any) -> None:
    window.workspace.files.new()
    assert page.text().startswith("Add an input")
    assert not page.field.isEnabled()


def test_it_tells_nothing_to_a_learner_who_predicts(window: Any, page: Any) -> None:
    window.scene.select(["a"])
    window.player.seek(0)
    window.player.set_guarded(True)
    assert "∂L/∂a" not in page.text()
    assert page.note.plain.startswith("Not shown while you predict")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_it_paints_its_curve_in_every_theme(window: Any, page: Any, theme: str) -> None:
    from nodegraph.app.platform import settings
    from nodegraph.canvas.drawing.theme import THEMES

    open_text(window, "y = x*x", x=3)
    window.settings.set(settings.THEME, theme)
    image = page.plot.grab().toImage()
    inks = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(0, image.height(), 2)
    }
    assert {THEMES[theme].forward, THEMES[theme].panel} <= inks


def test_numbers_that_cannot_be_drawn_are_left_out(window: Any, page: Any) -> None:
    cases = (("y = log(x)/x", 0.0), ("y = exp(exp(x))", 9.0), ("y = x*x", 1e200), ("y = x*1", 1.7e308))
    for text, x in cases:
        open_text(window, text, x=x)
        node_id = window.document.graph.named("x").id
        for value in (3.0, x):
            window.workspace.editor.set_value(node_id, value)
            window.player.to_end()
            assert not page.plot.grab().isNull()
        QTest.mouseClick(page.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
        assert page.text(), text


def test_where_the_slope_is_infinite_the_page_says_that_there_is_no_line(window: Any, page: Any) -> None:
    open_text(window, "y = sqrt(x)", x=0)
    assert "Here ∂y/∂x = ∞: no line touches the curve." in page.text()
    window.workspace.editor.set_value(window.document.graph.named("x").id, 4)
    assert "y = 2, moved by 2" in page.text()
    assert "It began where ∂y/∂x = ∞: no line touches the curve." in page.text()
    assert "The line predicts" not in page.text()


def type_value(page: Any, text: str) -> None:
    page.field.setFocus()
    page.field.selectAll()
    QTest.keyClicks(page.field, text)
    QTest.keyClick(page.field, Qt.Key.Key_Return)


def test_the_field_follows_a_drag_after_a_typed_value(window: Any, page: Any) -> None:
    window.scene.select(["a"])
    for typed in ("2.5", "nonsense"):
        type_value(page, typed)
        QTest.mouseClick(
            page.plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel(page, 3.0)
        )
        value = window.document.graph.node("a").value
        assert value == pytest.approx(3.0, abs=0.05)
        assert page.field.text() == format_number(value)
        assert not page.field.refusal.plain


def test_the_field_follows_keys_undo_and_another_input_after_a_typed_value(window: Any, page: Any) -> None:
    window.scene.select(["a"])
    type_value(page, "2.5")
    QTest.keyClick(page.field, Qt.Key.Key_Up)
    assert page.field.text() == format_number(window.document.graph.node("a").value)
    type_value(page, "2.50")
    assert page.field.text() == "2.5"
    window.workspace.editor.undo()
    assert page.field.text() == format_number(window.document.graph.node("a").value)
    type_value(page, "nonsense")
    window.scene.select(["f"])
    assert (page.field.text(), page.field.refusal.plain) == ("5", "")


@pytest.mark.parametrize("height", [860, 700])
def test_all_that_is_said_is_whole_or_can_be_scrolled_to(window: Any, page: Any, height: int) -> None:
    open_text(window, "L = (log(v0)*w1 + 3)*k", v0=2.0, w1=1.3, k=1.9)
    window.player.to_end()
    window.resize(1000, height)
    window.workspace.editor.set_value(window.document.graph.named("v0").id, 10)
    QApplication.processEvents()
    said = page.side.widget()
    for text in (page.moved, page.predicted, page.off, page.note):
        assert text.height() >= text.heightForWidth(text.width())
        assert said.rect().contains(text.geometry())
    needed = said.heightForWidth(said.width()) - page.side.viewport().height()
    assert page.side.verticalScrollBar().maximum() == max(0, needed)


def test_names_are_drawn_as_on_the_canvas(window: Any, page: Any) -> None:
    open_text(window, "L = v0*2", v0=3.0)
    window.player.to_end()
    assert "drag v0 in the plot" in page.text()
    assert "v0" not in page.predicted.text()
    assert "<sub" in page.predicted.text()
