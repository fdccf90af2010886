"""What the wishes of person and system come to: which colours, how large the text, and whether things move.
Tells it by signals; what a part of the window makes of it, it knows itself.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QIcon

from nodegraph.app.platform import icons, settings, style, system_motion
from nodegraph.app.platform.first_look import theme_for
from nodegraph.app.platform.settings import Setting, Settings
from nodegraph.canvas.drawing.theme import THEMES, Theme


class Appearance(QObject):
    """The theme, the size of text and the motion of one window."""

    theme_changed = Signal(object)
    """The Theme to show everything in; sent once more where the size of text changes what style sheets hold.
    """
    text_size_changed = Signal(float, float)
    """The size of text before and now, as factors of the usual one."""
    motion_changed = Signal(bool)
    """Whether motion is reduced."""

    def __init__(self, remembered: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = remembered
        self.theme: Theme = theme_for(remembered)
        self.text_size: float = self.settings.value(settings.TEXT_SIZE)
        """How much larger than usual the text of this window is."""
        self.picture_scale = 1.0
        """How much larger than usual the type of pictures is: a presentation's have the one on the screen."""
        style.set_text_size(self.text_size)
        system = QGuiApplication.styleHints()
        system.colorSchemeChanged.connect(self._apply_theme)
        system.accessibility().contrastPreferenceChanged.connect(self._apply_theme)
        remembered.noticed.connect(self._follow_setting)

    @property
    def is_motion_reduced(self) -> bool:
        """Whether steps appear at once: as chosen, or as the system is set."""
        wish = self.settings.value(settings.MOTION)
        return system_motion.system_wants_less() if wish == "system" else bool(wish == "reduced")

    @property
    def follows_system(self) -> bool:
        """Whether the theme is the system's choice."""
        return bool(self.settings.value(settings.THEME) == "system")

    @property
    def is_high_contrast(self) -> bool:
        """Whether the theme has the strongest contrast."""
        return self.theme is THEMES["contrast"]

    # --- what is wanted
    def switch_theme(self) -> None:
        """Between light and dark."""
        self.settings.set(settings.THEME, "dark" if self.theme.name == "light" else "light")

    def raise_contrast(self, wanted: bool) -> None:
        """The strongest contrast there is, or back to the system's colours."""
        if wanted != self.is_high_contrast:
            self.settings.set(settings.THEME, "contrast" if wanted else "system")

    def follow_system_theme(self, follows: bool) -> None:
        """As the system is, or as it is now."""
        self.settings.set(settings.THEME, "system" if follows else self.theme.name)

    def reduce_motion(self, reduced: bool) -> None:
        """Without moving pulses, or with them."""
        if reduced != self.is_motion_reduced:
            self.settings.set(settings.MOTION, "reduced" if reduced else "full")

    def larger_text(self) -> float | None:
        """Returns the next larger size of text."""
        return next((size for size in settings.TEXT_SIZES if size > self.text_size), None)

    def smaller_text(self) -> float | None:
        """Returns the next smaller size of text."""
        return next((size for size in reversed(settings.TEXT_SIZES) if size < self.text_size), None)

    def set_text_size(self, size: float) -> None:
        """Show text in this size, and remember it."""
        self.settings.set(settings.TEXT_SIZE, size)

    # --- what it comes to
    def start(self) -> None:
        """Apply the remembered appearance."""
        self.text_size_changed.emit(self.text_size, self.text_size)
        self._apply_theme()
        self.motion_changed.emit(self.is_motion_reduced)

    def _follow_setting(self, setting: Setting) -> None:
        """Take over what was set, here or in another window."""
        if setting is settings.THEME:
            self._apply_theme()
        elif setting is settings.MOTION:
            self.motion_changed.emit(self.is_motion_reduced)
        elif setting is settings.TEXT_SIZE:
            self._apply_text_size()

    def icon(self, name: str) -> QIcon:
        """Returns an icon in the theme's colours."""
        return icons.icon(name, self.theme.text, style.mixed(self.theme.dim, self.theme.panel, 0.5))

    def _apply_text_size(self) -> None:
        before, self.text_size = self.text_size, self.settings.value(settings.TEXT_SIZE)
        if before == self.text_size:
            return
        style.set_text_size(self.text_size)
        self.text_size_changed.emit(before, self.text_size)
        self.theme_changed.emit(self.theme)  # the style sheet holds the sizes of letters

    def _apply_theme(self, _scheme: object = None) -> None:
        self.theme = theme_for(self.settings)
        self.theme_changed.emit(self.theme)
