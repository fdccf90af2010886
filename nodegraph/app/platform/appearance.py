"""What the wishes of person and system come to: which colours, and whether things move. Tells every part of
the window; what a part makes of it, it knows itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QIcon

from nodegraph.app.commands.menus import ACTIONS
from nodegraph.app.platform import icons, settings, style, system_motion
from nodegraph.app.platform.settings import Setting, Settings
from nodegraph.canvas.drawing.theme import THEMES, Theme
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.viewport import minimap

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow


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
    return system_motion.system_wants_less() if wish == "system" else bool(wish == "reduced")


class Appearance(QObject):
    """The theme and the motion of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.settings = window.settings
        self.theme: Theme = THEMES["light"]
        self.text_size: float = self.settings.value(settings.TEXT_SIZE)
        """How much larger than usual the text of this window is."""
        style.set_text_size(self.text_size)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)

    # --- what is wanted
    def switch_theme(self) -> None:
        """Between light and dark."""
        self.settings.set(settings.THEME, "dark" if self.theme.name == "light" else "light")

    def raise_contrast(self, wanted: bool) -> None:
        """The strongest contrast there is, or back to the system's colours."""
        if wanted != (self.theme is THEMES["contrast"]):
            self.settings.set(settings.THEME, "contrast" if wanted else "system")

    def follow_system_theme(self, follows: bool) -> None:
        """As the system is, or as it is now."""
        self.settings.set(settings.THEME, "system" if follows else self.theme.name)

    def reduce_motion(self, reduced: bool) -> None:
        """Without moving pulses, or with them."""
        if reduced != is_motion_reduced(self.settings):
            self.settings.set(settings.MOTION, "reduced" if reduced else "full")

    def enlarge_text(self) -> None:
        """The next larger size of text."""
        self._choose_text_size(next((size for size in settings.TEXT_SIZES if size > self.text_size), None))

    def reduce_text(self) -> None:
        """The next smaller size of text."""
        smaller = (size for size in reversed(settings.TEXT_SIZES) if size < self.text_size)
        self._choose_text_size(next(smaller, None))

    def normalise_text(self) -> None:
        """Text in its usual size."""
        self._choose_text_size(1.0)

    def _choose_text_size(self, size: float | None) -> None:
        if size is None:
            self.window.telling.say_for_a_while("Text has no further size in this direction.")
            return
        self.settings.set(settings.TEXT_SIZE, size)
        overlap = size > 1.0 and hit_test.cards_overlap(self.window.scene)
        mended = "; L arranges what overlaps" if overlap else ""
        self.window.telling.say_for_a_while(f"Text at {size:.0%}{mended}")

    # --- what it comes to
    def restore(self) -> None:
        """Look as was wished the last time."""
        self._enlarge_canvas()
        self._apply_theme()
        self._apply_motion()

    def follow(self, setting: Setting) -> None:
        """Take over what was set, here or in another window."""
        if setting is settings.THEME:
            self._apply_theme()
        elif setting is settings.MOTION:
            self._apply_motion()
        elif setting is settings.TEXT_SIZE:
            self._apply_text_size()

    def icon(self, name: str) -> QIcon:
        """An icon in the theme's colours."""
        return icons.icon(name, self.theme.text, style.mixed(self.theme.dim, self.theme.panel, 0.5))

    def _apply_text_size(self) -> None:
        before, self.text_size = self.text_size, self.settings.value(settings.TEXT_SIZE)
        ratio = self.text_size / before
        if ratio == 1.0:
            return
        style.set_text_size(self.text_size)
        self._enlarge_canvas()
        style.grow(self.window, ratio, self.window.canvas)
        self.window.arrangement.follow_text_size(before, self.text_size)
        self.window.presenting.follow_text_size()
        self.window.show_theme(self.theme)  # the style sheet holds the sizes of letters

    def _enlarge_canvas(self) -> None:
        self.window.scene.set_text_scale(self.text_size)
        self.window.canvas.minimap.above_px = style.px(minimap.ABOVE_PX)
        self.window.canvas.minimap.follow_soon()

    def _apply_motion(self) -> None:
        reduced = is_motion_reduced(self.settings)
        self.window.canvas.set_reduced_motion(reduced)
        self.window.actions_by_id["view.reduced_motion"].setChecked(reduced)

    def _apply_theme(self, _scheme: object = None) -> None:
        self.theme = theme_for(self.settings)
        actions = self.window.actions_by_id
        actions["view.theme_system"].setChecked(self.settings.value(settings.THEME) == "system")
        actions["view.high_contrast"].setChecked(self.theme is THEMES["contrast"])
        for spec in ACTIONS:
            if spec.icon and spec.id in actions:
                actions[spec.id].setIcon(self.icon(spec.icon))
        self.window.show_theme(self.theme)
