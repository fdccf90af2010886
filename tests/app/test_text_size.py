"""Larger text in the whole window by a key: remembered, the same in all windows, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.platform import settings, style
from nodegraph.app.widgets.search_popup import SearchPopup
from nodegraph.app.window.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def usual_size(qapp: QApplication) -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


def larger(window: MainWindow, times: int = 1) -> None:
    """Press the key for larger text."""
    for _ in range(times):
        QTest.keyClick(window.canvas, Qt.Key.Key_Plus, ALT)


def sizes(window: MainWindow) -> list[int]:
    """Letters, a fixed height, an icon and a row of the palette."""
    window.ensurePolished()
    return [
        window.features.passes.transport.sentence.fontMetrics().height(),
        window.features.passes.transport.sentence.parentWidget().maximumHeight(),
        window.features.passes.transport.buttons["pass.play"].iconSize().width(),
        window.features.adding.palette.list.sizeHintForRow(1),
    ]


def test_a_key_makes_text_larger_on_cards_and_in_panels_and_leaves_a_chosen_zoom(window: MainWindow) -> None:
    window.canvas.zoom_100()
    before, card, zoom = sizes(window), window.scene.items_by_id["a"].card, window.canvas.zoom
    larger(window, 2)
    after = sizes(window)
    assert all(round(old * 1.4) == pytest.approx(new, abs=2) for old, new in zip(before, after, strict=True))
    assert window.scene.items_by_id["a"].card.width() == pytest.approx(card.width() * window.scene.text_scale)
    assert window.scene.text_scale > 1.0
    assert window.scene.items_by_id["a"].card.topLeft() == card.topLeft()
    assert window.canvas.zoom == zoom


def test_larger_text_leaves_python_no_hold_on_the_items_of_layouts(window: MainWindow) -> None:
    def held() -> int:
        """Items of layouts that Python knows; what of them Qt deletes unheard crashes the program later."""
        return sum(isinstance(known, QWidgetItem) for known in shiboken6.getAllValidWrappers())

    before = held()
    larger(window, 2)
    assert held() == before


def test_normal_size_brings_everything_back(window: MainWindow) -> None:
    window.resize(1024, 768)
    QApplication.processEvents()
    sides = window.arrangement.splitter.sizes()
    before, card = sizes(window), window.scene.items_by_id["a"].card
    larger(window, 5)
    QTest.keyClick(window.canvas, Qt.Key.Key_Minus, ALT)
    QTest.keyClick(window.canvas, Qt.Key.Key_0, ALT)
    QApplication.processEvents()
    assert sizes(window) == before
    assert window.arrangement.splitter.sizes() == sides
    assert window.scene.items_by_id["a"].card == card


def test_every_widget_is_where_it_was_once_text_has_its_usual_size_again(window: MainWindow) -> None:
    def places() -> dict[QWidget, QRect]:
        for _ in range(5):
            QApplication.processEvents()
        canvas = window.canvas
        found = [w for w in window.findChildren(QWidget) if w is not canvas and not canvas.isAncestorOf(w)]
        return {
            widget: QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
            for widget in found
            if widget.isVisible()
        }

    window.resize(1366, 768)
    window.commands.action("view.inspector").trigger()
    before = places()
    for times in (1, 3, 2):
        larger(window, times)
        assert places() != before
        QTest.keyClick(window.canvas, Qt.Key.Key_0, ALT)
        after = places()
        assert {w.objectName(): (before[w], after[w]) for w in before if after[w] != before[w]} == {}


def test_beyond_the_largest_nothing_changes(window: MainWindow) -> None:
    larger(window, len(settings.TEXT_SIZES) + 2)
    assert window.settings.value(settings.TEXT_SIZE) == settings.TEXT_SIZES[-1]
    assert "no further size" in window.stage.hint.text()


def no_card_lies_on_another(window: MainWindow) -> bool:
    cards = [item.card for item in window.scene.items_by_id.values()]
    return not any(a.intersects(b) for place, a in enumerate(cards) for b in cards[place + 1 :])


def test_cards_grow_as_far_as_there_is_room_and_all_the_way_once_arranged(window: MainWindow) -> None:
    larger(window, 4)
    chosen = window.workspace.appearance.text_size
    assert no_card_lies_on_another(window)
    assert window.scene.text_scale < chosen
    assert "L gives the cards room for it" in window.stage.hint.text()
    QTest.keyClick(window.canvas, Qt.Key.Key_L)
    window.canvas.glide.finish()
    assert no_card_lies_on_another(window)
    assert window.scene.text_scale == chosen


def test_a_document_is_opened_without_overlaps_whatever_the_size_of_text(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "seed.nodegraph"
    window.document.save_as(path)
    window.document.new()
    larger(window, len(settings.TEXT_SIZES))
    window.document.open(path)
    assert no_card_lies_on_another(window)
    assert not window.document.is_modified
    QTest.keyClick(window.canvas, Qt.Key.Key_L)
    window.canvas.glide.finish()
    assert no_card_lies_on_another(window)
    assert window.scene.text_scale == settings.TEXT_SIZES[-1]


def test_two_cards_that_a_person_laid_on_each_other_keep_no_other_from_growing(window: MainWindow) -> None:
    window.workspace.commands.run("graph.layout")
    place = window.document.graph.node("a")
    window.workspace.editor.move({"b": (place.x + 10, place.y + 10)})
    larger(window, 1)
    assert window.scene.text_scale == window.workspace.appearance.text_size > 1.0


def test_the_size_holds_in_all_windows_and_at_the_next_start(window: MainWindow, qtbot: QtBot) -> None:
    larger(window, 2)
    again = create_window()
    qtbot.addWidget(again)
    assert sizes(again)[1:3] == pytest.approx(sizes(window)[1:3], abs=1)
    assert again.scene.items_by_id["a"].card.size() == window.scene.items_by_id["a"].card.size()
    window.settings.set(settings.TEXT_SIZE, 1.0)
    again.settings.sync()
    again.settings.notice(settings.TEXT_SIZE)
    assert again.scene.text_scale == 1.0
    again.close()


def test_the_window_still_fits_a_small_screen(window: MainWindow) -> None:
    larger(window, 6)
    window.resize(1024, 768)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1024


def test_the_line_of_hints_leaves_its_height_to_a_canvas_that_is_low(window: MainWindow) -> None:
    line, stage = window.stage.hint_line, window.stage
    window.resize(1366, 749)
    QApplication.processEvents()
    assert line.height() > 0
    larger(window, 6)
    window.commands.action("view.outline").trigger()
    QApplication.processEvents()
    assert line.height() == 0
    assert window.canvas.height() == stage.height()
    assert stage.zoom.geometry().bottom() < stage.height()
    QTest.keyClick(window.canvas, Qt.Key.Key_0, ALT)
    QApplication.processEvents()
    assert line.height() > 0


def test_with_large_text_a_low_window_shows_canvas_and_curves_of_a_training(window: MainWindow) -> None:
    """At 200 % on 1366×768 the canvas had 95 pixels of height and the curves 100."""
    window.resize(1366, 749)
    larger(window, 6)
    window.commands.action("view.training").trigger()
    for _ in range(3):
        QApplication.processEvents()
    page = window.workspace.dock.page("training")
    assert window.canvas.height() >= 160
    assert page.results.pages.height() >= 140
    assert page.results.pages.width() >= 850
    assert page.results.tabs.width() >= page.results.tabs.sizeHint().width()
    for button in page.buttons.values():
        assert page.rect().contains(QRect(button.mapTo(page, QPoint(0, 0)), button.size()))


@pytest.mark.parametrize("page", ["", "derivation"])
def test_a_fitted_graph_shows_its_numbers_whole_in_large_text(window: MainWindow, page: str) -> None:
    """Chips above the topmost card were cut off by up to 12 pixels."""
    window.resize(1366, 749)
    larger(window, 6)
    if page:
        window.commands.action(f"view.{page}").trigger()
    QApplication.processEvents()
    window.commands.action("view.fit").trigger()
    window.commands.action("pass.to_end").trigger()
    canvas, scene = window.canvas, window.scene
    shown = scene.chip_layer.chipped(canvas.seen(), canvas.zoom * scene.text_scale)
    labels = [rect for key in shown for rect in scene.chip_layer.labels(key)]
    assert labels
    for rect in labels:
        assert canvas.seen().contains(rect.adjusted(2, 2, -2, -2)), rect


def test_a_sentence_with_more_lines_than_its_place_is_whole_in_smaller_letters(window: MainWindow) -> None:
    """At 200 % the last of three lines was cut in half."""
    window.resize(1366, 749)
    larger(window, 6)
    place = window.features.passes.transport.place
    for words in (3, 9, 12, 15, 18, 24, 30):
        said = "sends 0.0023848 " * words
        place.say(said, said)
        assert place.content.heightForWidth(place.width()) <= place.height(), words
    usual = place.content.fontMetrics().height()
    place.say("Short.", "Short.")
    assert "font-size" not in place.content.text()
    assert place.content.heightForWidth(place.width()) == usual


def test_a_picture_has_usual_type_unless_one_presents(window: MainWindow) -> None:
    larger(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_L)
    window.canvas.glide.finish()
    assert window.workspace.appearance.picture_scale == 1.0
    QTest.keyClick(window.canvas, Qt.Key.Key_F5)
    assert window.workspace.appearance.picture_scale == 1.2
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.workspace.appearance.picture_scale == 1.0


def test_the_line_of_a_presentation_grows_with_it(window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_F5)
    before = window.features.presentation.caption.height()
    larger(window)
    assert window.features.presentation.caption.maximumHeight() == pytest.approx(before * 1.2, abs=2)


def keeps_its_foot_below_its_rows(popup: SearchPopup) -> bool:
    """Whether a popup lies within the window, its foot whole and clear of its rows."""
    QApplication.processEvents()
    foot, rows = popup.foot.geometry(), popup.rows.geometry()
    is_whole = foot.height() >= popup.foot.heightForWidth(foot.width())
    is_clear = rows.bottom() < foot.top() and foot.bottom() < popup.height()
    return is_whole and is_clear and popup.parentWidget().rect().contains(popup.geometry())


def test_searches_in_the_largest_text_keep_their_foot_clear_of_their_rows(window: MainWindow) -> None:
    window.resize(1366, 720)
    larger(window, len(settings.TEXT_SIZES))
    QTest.keyClick(
        window.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    popup = window.own_commands.commanding.popup
    assert keeps_its_foot_below_its_rows(popup)
    popup.close_popup()
    QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    popup = window.features.adding.popup
    for _ in range(popup.model.rowCount()):
        assert keeps_its_foot_below_its_rows(popup)
        assert popup.rows.rect().contains(popup.rows.visualRect(popup.rows.currentIndex()).center())
        QTest.keyClick(popup.field, Qt.Key.Key_Down)


def test_a_pinned_inspector_with_the_largest_text_leaves_the_window_on_a_low_screen(
    window: MainWindow,
) -> None:
    window.resize(1366, 740)
    sides = window.workspace.dock.sides
    sides.show("inspector")
    sides.pin("inspector")
    larger(window, 5)
    window.scene.select(["a"])
    QApplication.processEvents()
    assert sides.standing("inspector") == "beside"
    assert window.minimumSizeHint().height() <= 740
