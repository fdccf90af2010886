"""The canvas comes first: panels give way in a narrow window, and how much of it the canvas then has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.platform import settings, style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.items.node_item import TEXT_SCALE, number_style
from nodegraph.formats import examples
from nodegraph.lessons import reader

LAPTOP = (1366, 768)
LEAST_TYPE_PX = 11.0


@pytest.fixture
def narrow(window: MainWindow) -> MainWindow:
    """The window on a small laptop."""
    window.resize(*LAPTOP)
    window.player.to_end()
    QApplication.processEvents()
    return window


def share(window: MainWindow) -> float:
    """How much of the window's area the canvas has."""
    QApplication.processEvents()
    assert window.size().toTuple() == LAPTOP
    return window.canvas.width() * window.canvas.height() / (window.width() * window.height())


def empty_pixel(window: MainWindow) -> QPoint:
    """A place of the canvas with nothing there."""
    canvas = window.canvas
    pixels = (QPoint(x, y) for x in range(20, canvas.width(), 20) for y in range(20, canvas.height(), 20))
    return next(pixel for pixel in pixels if canvas.is_empty_at(canvas.mapToScene(pixel)))


def panels(window: MainWindow) -> tuple[QWidget, QWidget]:
    """Palette and inspector."""
    return window.features.adding.palette, window.features.inspector.panel


def test_the_canvas_has_most_of_a_laptop(narrow: MainWindow) -> None:
    assert share(narrow) >= 0.65
    narrow.commands.actions["view.training"].trigger()
    assert share(narrow) >= 0.45
    narrow.commands.actions["view.training"].trigger()
    narrow.features.lessons.open_path(reader.shelf()[0].path)
    assert share(narrow) >= 0.55


@pytest.mark.parametrize("panel", ["palette", "inspector"])
def test_a_drawer_leaves_the_page_below_the_canvas_free(narrow: MainWindow, panel: str) -> None:
    narrow.commands.run("view.training")
    narrow.commands.run(f"view.{panel}")
    QApplication.processEvents()
    drawer, bench = narrow.arrangement.sides.drawers[panel], narrow.workspace.dock.panel
    assert drawer.isVisible()
    corner = bench.mapTo(narrow, QPoint(0, 0))
    assert drawer.mapTo(narrow, QPoint(0, drawer.height())).y() <= corner.y()
    for sizes, is_free in (([260, 400], True), ([100, 500], False)):
        narrow.arrangement.column.setSizes(sizes)
        QApplication.processEvents()
        corner = bench.mapTo(narrow, QPoint(0, 0))
        assert (drawer.mapTo(narrow, QPoint(0, drawer.height())).y() <= corner.y()) == is_free
        assert drawer.height() >= style.px(180)  # there is something to be read in it


@pytest.mark.parametrize("beside", ["", "view.training", "view.inspector", "view.palette", "view.stage"])
def test_the_numbers_of_the_seed_can_be_read_beside_every_panel(narrow: MainWindow, beside: str) -> None:
    if beside:
        narrow.commands.actions[beside].trigger()
    QApplication.processEvents()
    assert narrow.canvas.is_fitted
    assert geometry.VALUE[0] * narrow.canvas.zoom >= LEAST_TYPE_PX
    assert narrow.canvas.seen().contains(narrow.scene.drawn_rect())


def test_the_numbers_can_be_read_beside_a_lesson(narrow: MainWindow) -> None:
    narrow.features.lessons.open_path(reader.shelf()[0].path)
    QApplication.processEvents()
    assert geometry.VALUE[0] * narrow.canvas.zoom >= LEAST_TYPE_PX


def test_the_canvas_is_no_strip_beside_the_training_in_large_text(narrow: MainWindow) -> None:
    try:
        narrow.workspace.appearance.set_text_size(1.4)
        narrow.commands.actions["view.training"].trigger()
        assert share(narrow) >= 0.33
    finally:
        style.set_text_size(1.0)


def test_panels_are_beside_the_canvas_where_there_is_room(window: MainWindow) -> None:
    for width, are_shown in ((1600, True), (1499, False), (1500, True), (1366, False), (1920, True)):
        window.resize(width, 800)
        QApplication.processEvents()
        assert [panel.isVisible() for panel in panels(window)] == [are_shown] * 2
        assert window.commands.actions["view.inspector"].isChecked() is are_shown
    assert window.settings.value(settings.PALETTE_SHOWN)


def test_large_text_needs_a_wider_window(window: MainWindow) -> None:
    try:
        window.workspace.appearance.set_text_size(1.2)
        assert panels(window)[1].isHidden()
    finally:
        style.set_text_size(1.0)


def test_a_panel_opens_over_the_canvas_and_esc_takes_it_away(narrow: MainWindow) -> None:
    _, inspector = panels(narrow)
    size, zoom = narrow.canvas.size(), narrow.canvas.zoom
    narrow.canvas.setFocus()
    QTest.keyClick(narrow.canvas, Qt.Key.Key_F10)
    QApplication.processEvents()
    assert inspector.isVisible()
    assert narrow.canvas.size() == size
    left = inspector.mapTo(narrow, QPoint(0, 0)).x()
    cards = [
        narrow.canvas.mapFromScene(item.card).boundingRect() for item in narrow.scene.items_by_id.values()
    ]
    assert max(card.right() for card in cards) < left
    QTest.keyClick(narrow.canvas, Qt.Key.Key_Escape)
    assert inspector.isHidden()
    assert not narrow.commands.actions["view.inspector"].isChecked()
    assert narrow.canvas.zoom == zoom


def test_esc_in_the_panel_takes_it_away_too(narrow: MainWindow) -> None:
    palette, inspector = panels(narrow)
    narrow.commands.actions["view.inspector"].trigger()
    QTest.keyClick(inspector, Qt.Key.Key_Escape)
    assert inspector.isHidden()
    assert narrow.canvas.hasFocus()
    narrow.commands.actions["view.palette"].trigger()
    QTest.keyClick(palette.findChild(QWidget, "palette.search") or palette, Qt.Key.Key_Escape)
    assert narrow.canvas.hasFocus()


def test_a_press_on_an_empty_place_takes_it_away_and_one_on_a_node_shows_that(narrow: MainWindow) -> None:
    _, inspector = panels(narrow)
    narrow.commands.actions["view.inspector"].trigger()
    QApplication.processEvents()
    card = narrow.canvas.mapFromScene(narrow.scene.items_by_id["e"].card.center())
    QTest.mouseClick(narrow.canvas.viewport(), Qt.MouseButton.LeftButton, pos=card)
    assert inspector.isVisible()
    assert narrow.scene.selected_nodes() == ["e"]
    QTest.mouseClick(narrow.canvas.viewport(), Qt.MouseButton.LeftButton, pos=empty_pixel(narrow))
    assert inspector.isHidden()


def test_selecting_opens_nothing(narrow: MainWindow) -> None:
    narrow.scene.select(["e"])
    QApplication.processEvents()
    assert not any(panel.isVisible() for panel in panels(narrow))


def test_a_pinned_panel_stays_beside_the_canvas_until_it_is_hidden(narrow: MainWindow) -> None:
    _, inspector = panels(narrow)
    width = narrow.canvas.width()
    narrow.commands.actions["view.inspector"].trigger()
    narrow.findChild(QToolButton, "drawer.inspector.pin").click()
    QApplication.processEvents()
    assert inspector.isVisible()
    assert narrow.canvas.width() < width - 150
    QTest.keyClick(narrow.canvas, Qt.Key.Key_Escape)
    assert inspector.isVisible()
    narrow.commands.actions["view.inspector"].trigger()
    QApplication.processEvents()
    assert inspector.isHidden()
    assert narrow.canvas.width() == width
    narrow.commands.actions["view.inspector"].trigger()
    assert narrow.workspace.dock.sides.over() == ["inspector"]


def test_a_pinned_panel_has_a_button_that_lets_it_give_way_again(narrow: MainWindow) -> None:
    narrow.commands.actions["view.inspector"].trigger()
    narrow.findChild(QToolButton, "drawer.inspector.pin").click()
    QApplication.processEvents()
    button = narrow.findChild(QToolButton, "pinned.inspector.unpin")
    assert button.isVisible()
    assert button.accessibleName() == "Let the inspector give way to the canvas"
    assert button.toolTip()
    width = narrow.canvas.width()
    button.click()
    QApplication.processEvents()
    assert narrow.workspace.dock.sides.over() == ["inspector"]
    assert narrow.canvas.width() > width + 150
    assert not button.isVisible()
    assert narrow.settings.value(settings.PINNED) == []
    narrow.findChild(QToolButton, "drawer.inspector.pin").click()
    narrow.resize(1600, 900)
    QApplication.processEvents()
    assert not button.isVisible()


def middle_of_edge(window: MainWindow, target: str, port: int) -> QPoint:
    """A pixel of the canvas on the line of an edge."""
    curve = window.scene.edge_layer.curve((target, port))
    return window.canvas.mapFromScene(QPointF(*curve[len(curve) // 2]))


def test_a_click_on_an_edge_opens_the_inspector_where_it_gives_way(narrow: MainWindow, qtbot: QtBot) -> None:
    narrow.canvas.zoom_100()
    pixel, viewport = middle_of_edge(narrow, "d", 0), narrow.canvas.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=pixel)
    qtbot.waitUntil(lambda: panels(narrow)[1].isVisible())
    assert narrow.canvas.room().contains(middle_of_edge(narrow, "d", 0))
    assert narrow.features.inspector.panel.edge_page.isVisible()


@pytest.mark.parametrize("way", ["double click", "drag", "wide", "predict"])
def test_what_is_no_mere_click_on_an_edge_opens_nothing(narrow: MainWindow, qtbot: QtBot, way: str) -> None:
    pixel, viewport = middle_of_edge(narrow, "d", 0), narrow.canvas.viewport()
    left, clicks = Qt.MouseButton.LeftButton, narrow.features.inspector.edge_clicks
    if way == "wide":
        narrow.commands.actions["view.inspector"].trigger()
        narrow.resize(1600, 900)
        narrow.commands.actions["view.inspector"].trigger()
        pixel = middle_of_edge(narrow, "d", 0)
    elif way == "predict":
        narrow.commands.actions["pass.predict"].trigger()
        pixel = middle_of_edge(narrow, "d", 0)
    if way == "drag":
        QTest.mousePress(viewport, left, pos=pixel)
        QTest.mouseMove(viewport, pixel + QPoint(60, 60))
        QTest.mouseRelease(viewport, left, pos=pixel + QPoint(60, 60))
    else:
        QTest.mouseClick(viewport, left, pos=pixel)
    if way == "double click":
        QTest.mouseDClick(viewport, left, pos=pixel)
    if way in ("double click", "drag"):
        assert not clicks.is_waiting
    else:
        qtbot.waitUntil(lambda: not clicks.is_waiting)
    assert not panels(narrow)[1].isVisible()


def test_what_is_chosen_in_a_narrow_window_is_not_remembered_for_a_wide_one(narrow: MainWindow) -> None:
    for _ in range(2):
        narrow.commands.actions["view.inspector"].trigger()
    assert narrow.settings.value(settings.INSPECTOR_SHOWN)
    narrow.resize(1600, 900)
    QApplication.processEvents()
    assert all(panel.isVisible() for panel in panels(narrow))
    narrow.commands.actions["view.palette"].trigger()
    assert not narrow.settings.value(settings.PALETTE_SHOWN)


def test_f6_opens_what_gives_way_and_leaves_it_again(narrow: MainWindow) -> None:
    palette, inspector = panels(narrow)
    narrow.canvas.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append([panel.isVisible() for panel in (palette, inspector)])
    assert seen == [[False, True], [False, False], [True, False], [False, False]]
    assert narrow.canvas.hasFocus()


def test_the_top_bar_has_a_button_for_each_panel(narrow: MainWindow) -> None:
    for name, panel in zip(("view.palette", "view.inspector"), panels(narrow), strict=True):
        button = narrow.findChild(QToolButton, f"{name}.top")
        assert button.accessibleName()
        button.click()
        assert panel.isVisible()
        button.click()
        assert panel.isHidden()


def test_a_presentation_is_left_with_panels_where_they_were(narrow: MainWindow) -> None:
    narrow.commands.actions["view.inspector"].trigger()
    narrow.commands.actions["view.presentation"].trigger()
    assert not any(panel.isVisible() for panel in panels(narrow))
    narrow.commands.actions["view.presentation"].trigger()
    QApplication.processEvents()
    assert panels(narrow)[0].isHidden()


def test_the_numbers_of_a_network_can_be_read_beside_its_training(narrow: MainWindow) -> None:
    (xor,) = [e for group in examples.groups() for e in group.examples if e.path.stem == "xor-2-4-1"]
    narrow.resize(1326, 700)
    narrow.workspace.files.open_path(xor.path)
    narrow.commands.actions["view.training"].trigger()
    QApplication.processEvents()
    assert narrow.canvas.is_fitted
    zoom = narrow.canvas.zoom
    assert zoom >= TEXT_SCALE
    assert number_style(zoom)[0] * zoom >= LEAST_TYPE_PX


def test_pinned_panels_that_no_longer_fit_give_way_the_first_pinned_first(narrow: MainWindow) -> None:
    sides = narrow.workspace.dock.sides
    for panel_id in ("palette", "inspector"):
        sides.show(panel_id)
        sides.pin(panel_id)
    QApplication.processEvents()
    assert [sides.standing(one) for one in ("palette", "inspector")] == ["beside", "beside"]
    narrow.commands.actions["view.derivation"].trigger()
    narrow.settings.set(settings.TEXT_SIZE, 2.0)
    QApplication.processEvents()
    assert narrow.minimumSizeHint().width() <= LAPTOP[0]
    assert narrow.size().toTuple() == LAPTOP
    assert [sides.standing(one) for one in ("palette", "inspector")] == ["away", "beside"]
    sides.show("palette")
    narrow.findChild(QToolButton, "drawer.palette.pin").click()
    QApplication.processEvents()
    assert [sides.standing(one) for one in ("palette", "inspector")] == ["beside", "away"]
    assert narrow.size().toTuple() == LAPTOP
    narrow.settings.set(settings.TEXT_SIZE, 1.0)
    QApplication.processEvents()
    assert [sides.standing(one) for one in ("palette", "inspector")] == ["beside", "beside"]


def test_pinned_panels_give_way_where_they_have_made_a_maximised_window_wider_than_the_screen(
    narrow: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrow, "isMaximized", lambda: True)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(0, 0, *LAPTOP))
    sides = narrow.workspace.dock.sides
    for panel_id in ("palette", "inspector"):
        sides.show(panel_id)
        sides.pin(panel_id)
    narrow.commands.run("view.derivation")
    narrow.settings.set(settings.TEXT_SIZE, 2.0)
    narrow.resize(1460, 768)  # as a window system does before the panels have given way
    QApplication.processEvents()
    assert [sides.standing(one) for one in ("palette", "inspector")] == ["away", "beside"]
    assert narrow.minimumSizeHint().width() <= LAPTOP[0]


def test_a_window_is_as_narrow_as_one_likes_and_pinned_panels_come_back_with_the_room(
    narrow: MainWindow,
) -> None:
    sides = narrow.workspace.dock.sides
    for panel_id in ("palette", "inspector"):
        sides.show(panel_id)
        sides.pin(panel_id)
    QApplication.processEvents()
    standing = []
    for width in (1366, 1100, 600, 1366):
        narrow.resize(width, 768)
        for _ in range(3):  # a bar needs less once it has become narrower
            QApplication.processEvents()
        narrow.resize(width, 768)
        assert narrow.width() == width
        standing.append([sides.standing(one) for one in ("palette", "inspector")])
        panels = [narrow.arrangement.splitter.widget(place) for place in range(3)]
        assert sum(panel.width() for panel in panels if panel.isVisible()) <= narrow.width()
    assert standing[0] == standing[3] == ["beside", "beside"]
    assert standing[2] == ["away", "beside"]


def test_buttons_that_have_no_room_for_words_in_larger_text_make_no_window_wider(window: MainWindow) -> None:
    button, styles = window.findChild(QToolButton, "pass.backward_again.button"), Qt.ToolButtonStyle
    window.resize(1300, 768)
    QApplication.processEvents()
    assert button.toolButtonStyle() == styles.ToolButtonTextBesideIcon
    try:
        window.workspace.appearance.set_text_size(1.4)
        assert button.toolButtonStyle() == styles.ToolButtonIconOnly  # before the window is laid out again
    finally:
        style.set_text_size(1.0)
