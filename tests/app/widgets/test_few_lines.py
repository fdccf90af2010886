"""A text in few lines: as high as it needs, up to a limit; what is left is scrolled to, or in the tooltip."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nodegraph.app.widgets.few_lines import FewLines
from nodegraph.app.widgets.text import Text

LONG = "A sentence that says at length what has happened, why it did, and what is to be done about it. " * 3


def shown(qtbot: QtBot, width: int) -> FewLines:
    """Room of this width, shown."""
    room = FewLines(Text())
    qtbot.addWidget(room)
    room.resize(width, 10)
    room.show()
    return room


def test_a_short_text_takes_one_line_and_a_long_one_no_more_than_two(qtbot: QtBot) -> None:
    room = shown(qtbot, 400)
    room.say("Trained.")
    line = room.text.fontMetrics().height()
    assert room.heightForWidth(400) < 1.5 * line
    assert room.fits(400)
    room.say(LONG)
    assert 1.5 * line < room.heightForWidth(400) < 2.5 * line
    assert not room.fits(400)
    assert room.fits(4000)


def test_what_is_left_is_scrolled_to_by_keys_and_told_by_the_tooltip(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    room = shown(qtbot, 400)
    room.say(LONG)
    room.resize(400, room.heightForWidth(400))
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    assert room.text.height() > room.viewport().height()
    assert room.toolTip() == LONG
    assert room.focusPolicy() == Qt.FocusPolicy.StrongFocus
    qtbot.keyClick(room, Qt.Key.Key_Down)
    assert room.verticalScrollBar().value() > 0
    room.say("Trained.")
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() == 0)
    assert room.toolTip() == ""
    assert room.focusPolicy() == Qt.FocusPolicy.NoFocus
    room.say("")
    assert room.isHidden()
