"""What a window looks like before anything is in it: its colours, its size and its place. Loads no more than
that takes, for the first window is painted before the rest of the program is there.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.canvas.drawing.theme import THEMES, Theme

WIDEST_PX, HIGHEST_PX = 1600, 940
"""The size of a window that nobody has sized yet, where the screen has room for it."""
PATIENCE_MS = 1_000
"""How long the first paint is waited for: a window that starts hidden is not painted at all."""


def theme_for(wishes: Settings) -> Theme:
    """Returns the theme that was chosen, or the one that fits the system's colours and wish for contrast."""
    wish = wishes.value(settings.THEME)
    if wish != "system":
        return THEMES[wish]
    if _system_wants_contrast():
        return THEMES["contrast"]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return THEMES["dark" if dark else "light"]


def _system_wants_contrast() -> bool:
    """Whether the system asks for high contrast; Qt tells from 6.10 on."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    preference = accessibility().contrastPreference()
    return bool(preference == Qt.ContrastPreference.HighContrast)


def restore_size(window: QWidget, wishes: Settings) -> None:
    """Give a window the size and the place in which the last one was left."""
    room = window.screen().availableGeometry()
    window.resize(min(WIDEST_PX, room.width() - 40), min(HIGHEST_PX, room.height() - 60))
    window.restoreGeometry(wishes.value(settings.GEOMETRY))


def show_empty(window: QWidget, wishes: Settings, geometry: QByteArray) -> None:
    """Show a window with nothing in it, in its place and in the colour of the canvas, and return once it is
    painted. What is typed or clicked meanwhile waits for what will be in it.
    """
    restore_size(window, wishes)
    window.restoreGeometry(geometry)
    window.setPalette(QPalette(QColor(theme_for(wishes).background)))
    seen = _Paint(window)
    window.show()
    QTimer.singleShot(PATIENCE_MS, seen, seen.give_up)
    flags = QEventLoop.ProcessEventsFlag
    while not seen.is_over:
        QApplication.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)
    seen.deleteLater()


class _Paint(QObject):
    """Sees when a window is painted first."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.is_over = False
        window.installEventFilter(self)

    def give_up(self) -> None:
        """Wait no longer."""
        self.is_over = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the window is being painted; what is painted is on the screen when the event is over."""
        if event.type() == QEvent.Type.Paint:
            self.is_over = True
        return super().eventFilter(watched, event)
