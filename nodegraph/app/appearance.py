"""What the wishes of person and system come to: which colours, and whether things move. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from nodegraph.app import motion, settings
from nodegraph.app.settings import Settings
from nodegraph.canvas.theme import THEMES, Theme


def theme_for(wishes: Settings) -> Theme:
    """The theme that was chosen, or the one that fits the system's colours and wish for contrast."""
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


def is_motion_reduced(wishes: Settings) -> bool:
    """Whether steps appear at once: as chosen, or as the system is set."""
    wish = wishes.value(settings.MOTION)
    return motion.system_wants_less() if wish == "system" else bool(wish == "reduced")
