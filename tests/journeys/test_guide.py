"""The guide, opened, searched and read by keys, beside the work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.features.guide.reader import NOTHING_FOUND, GuideReader
from tests.journeys.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def reader(hand: Hand) -> GuideReader:
    QApplication.processEvents()
    found = hand.window.findChild(GuideReader)
    assert found is not None
    return found


def shown(hand: Hand) -> str:
    """The first line of the page in view."""
    return reader(hand).page.document().begin().text()


def test_f1_opens_the_page_about_what_has_the_focus(hand: Hand) -> None:
    hand.canvas.setFocus()
    hand.key(Qt.Key.Key_F1)
    assert shown(hand) == "Building a graph"
    reader(hand).reject()
    hand.window.activateWindow()
    QApplication.processEvents()
    hand.window.features.adding.palette.search.setFocus()
    QTest.keyClick(hand.window.features.adding.palette.search, Qt.Key.Key_F1)
    assert shown(hand) == "Operations"
    assert not reader(hand).isModal()


def test_a_search_is_typed_and_enter_reads_the_first_page_found(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    QTest.keyClicks(guide.search, "stale amber")
    assert [row[0].text for row in guide.listed.rows] == ["Watching both passes: Gradients add up"]
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    assert shown(hand) == "Watching both passes"
    assert guide.page.hasFocus()
    assert guide.page.verticalScrollBar().value() > 0
    QTest.keyClick(guide.page, Qt.Key.Key_Left, ALT)
    assert shown(hand) == "First steps"


def test_a_search_without_a_page_says_so_and_an_empty_one_lists_all(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    QTest.keyClicks(guide.search, "xylophone")
    assert guide.told.isVisible()
    assert guide.told.text() == NOTHING_FOUND
    QTest.keyClick(guide.search, Qt.Key.Key_Return)
    guide.search.clear()
    assert not guide.told.isVisible()
    assert guide.listed.rowCount() == 12


def test_a_link_leads_to_another_page_and_pictures_are_as_wide_as_the_page(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    guide.page.anchorClicked.emit(QUrl("build.md"))
    assert shown(hand) == "Building a graph"
    guide.page.anchorClicked.emit(QUrl("../../etc/nothing.md"))
    assert shown(hand) == "Building a graph"
    guide.go_back()
    QApplication.processEvents()
    assert guide.page.horizontalScrollBar().maximum() == 0


def test_nothing_outside_the_shipped_files_is_loaded(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    kind = QTextDocument.ResourceType.ImageResource.value
    page = reader(hand).page
    assert page.loadResource(kind, QUrl("../pictures/seed.png")) is not None
    for name in ("../../README.md", "/etc/hostname", "https://example.org/x.png", "../pictures/none.png"):
        assert page.loadResource(kind, QUrl(name)) is None


def test_the_guide_takes_the_colours_of_a_new_theme(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    guide.show_page("command-line")

    def link() -> str:
        block = guide.page.document().begin()
        while block.isValid():
            for part in [piece.fragment() for piece in block]:
                if part.charFormat().isAnchor():
                    return part.charFormat().foreground().color().name()
            block = block.next()
        return ""

    before = link()
    hand.window.commands.actions["view.theme"].trigger()
    QApplication.processEvents()
    assert before != link() == hand.window.workspace.appearance.theme.accent.lower()


def test_the_keys_of_the_window_work_while_one_reads(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    guide.page.setFocus()
    window = hand.window
    QTest.keyClick(guide.page, Qt.Key.Key_Period)
    assert window.player.cursor == 1
    QTest.keyClick(guide.page, Qt.Key.Key_Comma)
    assert window.player.cursor == 0
    QTest.keyClick(guide.page, Qt.Key.Key_F11)
    assert window.workspace.dock.current_page == "outline"
    hand.window.workspace.editor.set_value("a", 7.0)
    QTest.keyClick(guide.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.graph.node("a").value == 2.0
    QTest.keyClick(guide.page, Qt.Key.Key_Plus, ALT | Qt.KeyboardModifier.ShiftModifier)
    assert window.scene.text_scale > 1.0
    QTest.keyClick(guide.search, Qt.Key.Key_0, ALT)
    assert window.scene.text_scale == 1.0


def test_what_is_typed_into_the_search_stays_there(hand: Hand) -> None:
    hand.window.commands.actions["help.guide"].trigger()
    guide = reader(hand)
    QTest.keyClicks(guide.search, "tape . , t")
    assert guide.search.text() == "tape . , t"
    assert hand.window.player.cursor == 0
    assert hand.window.features.training.trainer.training is None
