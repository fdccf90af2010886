"""What of the window is shown and how the canvas behaves, as a person switches it: remembered, and the same
at the next start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow

SWITCHES = {
    "view.palette": settings.PALETTE_SHOWN,
    "view.inspector": settings.INSPECTOR_SHOWN,
    "view.snap": settings.SNAPS,
    "view.minimap": settings.MINIMAP,
    "view.legend": settings.LEGEND,
    "view.marks": settings.MARKS,
    "view.check": settings.CHECKS,
    "view.hints": settings.HINTS_SHOWN,
}
"""Which setting remembers an action's tick."""
SHARED = (
    settings.SNAPS, settings.MINIMAP, settings.LEGEND, settings.MARKS, settings.CHECKS, settings.HINTS_SHOWN,
)  # fmt: skip
"""What holds in all windows; panels are shown in each as one likes."""


class ViewOptions(QObject):
    """The switches of the View menu."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.settings = window.settings

    def show_palette(self, shown: bool) -> None:
        """Show or hide the operations."""
        self.window.palette_panel.setVisible(shown)
        self.settings.set(settings.PALETTE_SHOWN, shown)

    def show_inspector(self, shown: bool) -> None:
        """Show or hide the explanations."""
        self.window.inspector.setVisible(shown)
        self.settings.set(settings.INSPECTOR_SHOWN, shown)
        self.window.explain()

    def snap(self, snaps: bool) -> None:
        """Let dragged nodes come to lie on the grid, or not."""
        self.window.canvas.snaps = snaps
        self.settings.set(settings.SNAPS, snaps)

    def show_minimap(self, shown: bool) -> None:
        """Offer the minimap, or never."""
        self.window.canvas.minimap.set_wanted(shown)
        self.settings.set(settings.MINIMAP, shown)

    def show_legend(self, shown: bool) -> None:
        """Offer the legend of contributions, or never."""
        self.window.canvas.legend.set_wanted(shown)
        self.settings.set(settings.LEGEND, shown)

    def show_marks(self, shown: bool) -> None:
        """Mark what is saturated, dead, vanishing or exploding, or not."""
        self.window.scene.showing.show_marks(shown)
        self.settings.set(settings.MARKS, shown)

    def restore(self) -> None:
        """Show what was shown the last time."""
        for setting in SWITCHES.values():
            self._tick(setting)
        # A tick that stays as it was calls no slot.
        self.show_palette(self.settings.value(settings.PALETTE_SHOWN))
        self.show_inspector(self.settings.value(settings.INSPECTOR_SHOWN))
        self.snap(self.settings.value(settings.SNAPS))
        self.show_minimap(self.settings.value(settings.MINIMAP))
        self.show_legend(self.settings.value(settings.LEGEND))
        self.show_marks(self.settings.value(settings.MARKS))
        self.window.checking.show(self.settings.value(settings.CHECKS))
        self.window.hinting.show()

    def follow(self, setting: Setting) -> None:
        """Take over what was set, here or in another window."""
        if setting in SHARED:
            self._tick(setting)

    def _tick(self, setting: Setting) -> None:
        name = next(name for name, remembered in SWITCHES.items() if remembered is setting)
        self.window.actions_by_id[name].setChecked(self.settings.value(setting))
