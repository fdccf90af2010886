"""A hand on the canvas: between the press and the release of a click, and the second click of a double one,
the view must not move by itself, or what was pressed is somewhere else by then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.view.canvas_view import CanvasView

_PRESSES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)


class RestingHand(QObject):
    """Does what moves the view without being asked to once the hand rests that is on it now."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._due: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._timer.timeout.connect(self._rest)
        view.listeners.tell(_PRESSES, self._hear)
        view.at_rest = self.await_rest

    def await_rest(self, act: Callable[[], None]) -> None:
        """Do this now, or once the hand rests; another one takes its place."""
        if self._timer.isActive():
            self._due = act
        else:
            act()

    def _hear(self, _event: QEvent) -> None:
        self._timer.start()

    def _rest(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start()
            return
        due, self._due = self._due, None
        if due is not None:
            due()
