"""Who listens to events of a widget hears those that were asked for, the last who came first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.canvas.view.listeners import Listeners

SHOWN, LEFT, OTHER = QEvent.Type.ShowToParent, QEvent.Type.Leave, QEvent.Type.FontChange


class Widget(QWidget):
    """Notes the events that come to it."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[QEvent.Type] = []

    def event(self, event: QEvent) -> bool:
        """Note it."""
        self.came.append(event.type())
        return True


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("takes", [False, True])
def test_the_last_who_came_hears_first_and_may_take_an_event(takes: bool) -> None:
    widget, heard = Widget(), []
    listeners = Listeners(widget)
    listeners.tell([SHOWN, LEFT], lambda event: heard.append(("first", event.type())))

    def hear(event: QEvent) -> bool:
        heard.append(("last", event.type()))
        return takes

    listeners.tell([SHOWN], hear)
    widget.came.clear()
    for kind in (SHOWN, OTHER, LEFT):
        QApplication.sendEvent(widget, QEvent(kind))
    others = [] if takes else [("first", SHOWN)]
    assert heard == [("last", SHOWN), *others, ("first", LEFT)]
    assert widget.came == ([OTHER, LEFT] if takes else [SHOWN, OTHER, LEFT])


@pytest.mark.usefixtures("qapp")
def test_a_widget_has_one_set_of_listeners_whoever_asks_for_them() -> None:
    outer, heard = Widget(), []
    inner = QWidget(outer)
    Listeners.of(inner).tell([LEFT], lambda _: heard.append("inner"))
    for number in range(3):
        Listeners.of(outer).tell([LEFT], lambda _, number=number: heard.append(number))
    assert len(outer.findChildren(Listeners)) == 2
    QApplication.sendEvent(outer, QEvent(LEFT))
    assert heard == [2, 1, 0]
