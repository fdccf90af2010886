"""The parts of the window, and going from one to the next by a key: Tab belongs to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow


class Parts(QObject):
    """Lesson, palette, canvas, minimap, prediction, workbench, inspector, transport: each takes the focus
    where it was left.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._left: dict[QWidget, QWidget] = {}
        """What had the focus in each part last."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember)

    def next(self) -> None:
        """On to the next part."""
        self._go(1)

    def previous(self) -> None:
        """Back to the part before."""
        self._go(-1)

    def shown(self) -> list[tuple[QWidget, QWidget]]:
        """(part, what takes its focus at first) of each part that is to be seen."""
        window = self.window
        middle = window.canvas if window.stage.shows_canvas else window.welcome
        entry = window.canvas if window.stage.shows_canvas else window.welcome.seed
        parts = [
            (window.teaching.page, window.teaching.page.next),
            (window.palette_panel, window.palette_panel.search),
            (middle, entry),
            (window.canvas.minimap, window.canvas.minimap),
            (window.predicting.card, window.predicting.card.field),
            (window.workbench.panel, window.workbench.panel.entry()),
            (window.inspector, window.inspector),
            (window.transport, window.transport.timeline),
        ]
        return [(part, first) for part, first in parts if part.isVisible()]

    def _go(self, by: int) -> None:
        parts = self.shown()
        here = _innermost(parts, QApplication.focusWidget())
        if here is None:
            here = 1 if by < 0 else 0
        part, first = parts[(here + by) % len(parts)]
        taker = self._left.get(part, first)
        if not (isValid(taker) and taker.isVisible() and taker.isEnabled()):
            taker = first
        if taker.focusPolicy() == Qt.FocusPolicy.NoFocus:
            taker = next((child for child in part.findChildren(QWidget) if _takes_focus(child)), taker)
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember(self, _old: QWidget | None, new: QWidget | None) -> None:
        parts = self.shown()
        place = _innermost(parts, new)
        if place is not None and new is not None:
            self._left[parts[place][0]] = new


def _innermost(parts: list[tuple[QWidget, QWidget]], widget: QWidget | None) -> int | None:
    """The place of the part that holds a widget; a part that lies in another stands after it."""
    if widget is None:
        return None
    held = [place for place, (part, _) in enumerate(parts) if part is widget or part.isAncestorOf(widget)]
    return held[-1] if held else None


def _takes_focus(widget: QWidget) -> bool:
    tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabs and widget.isVisible() and widget.isEnabled()
