"""Going from part to part of the window by F6, since Tab belongs to the canvas."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.window.main_window import MainWindow

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def part_with_focus(window: MainWindow) -> str:
    """The name of the part in which the focus is."""
    focused = QApplication.focusWidget()
    parts = [part for part, _ in reversed(window.parts.shown())]
    return next(part.objectName() for part in parts if part is focused or part.isAncestorOf(focused))


def test_f6_goes_round_all_parts_and_back(window: MainWindow) -> None:
    window.commands.actions["view.outline"].setChecked(True)
    window.canvas.setFocus()
    seen = []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(part_with_focus(window))
    assert seen == ["workbench", "inspector", "transport", "palette", "canvas"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, SHIFT)
    assert part_with_focus(window) == "palette"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, CTRL)
    assert part_with_focus(window) == "canvas"


def test_a_part_takes_the_focus_where_it_was_left(window: MainWindow) -> None:
    window.features.adding.palette._enter_list()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert part_with_focus(window) == "canvas"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, SHIFT)
    assert window.features.adding.palette.list.hasFocus()


def test_a_hidden_part_is_passed_over(window: MainWindow) -> None:
    window.commands.actions["view.palette"].setChecked(False)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_F6, SHIFT)
    assert part_with_focus(window) == "transport"


def test_the_minimap_is_a_part_while_it_shows(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.set_center(QPointF(9000, 9000))
    canvas.minimap.follow()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F6)
    assert part_with_focus(window) == "minimap"
    center = canvas.center()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert canvas.center().x() < center.x()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, SHIFT)
    assert canvas.hasFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F6)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    canvas.minimap.follow()
    assert not canvas.minimap.isVisible()
    assert canvas.hasFocus()


def test_where_what_had_the_focus_is_gone_the_welcome_page_takes_it_at_its_first_button(
    window: MainWindow, tmp_path: Path
) -> None:
    window.start_page.show()
    page = window.start_page.page
    page.show_recent([tmp_path / "gone.nodegraph"])
    page.recent.itemAt(0).widget().setFocus()
    window.features.passes.transport.timeline.setFocus()
    page.show_recent([])
    QTest.qWait(0)
    while not page.isAncestorOf(QApplication.focusWidget()):
        window.parts.next()
    assert page.seed.hasFocus()
