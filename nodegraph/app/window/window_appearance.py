"""The looks of the window itself and of its canvas: palette, style sheet, the size of letters."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import style
from nodegraph.app.platform.appearance import Appearance
from nodegraph.app.workspace.type_size import grow_cards
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport import minimap


class WindowAppearance(QObject):
    """Follows the appearance. Made before the features, so that their colours come upon the window's."""

    def __init__(self, window: QWidget, appearance: Appearance, canvas: CanvasView) -> None:
        super().__init__(window)
        self.window, self.appearance, self.canvas = window, appearance, canvas
        appearance.theme_changed.connect(self._show_theme)
        appearance.text_size_changed.connect(self._show_text_size)
        appearance.motion_changed.connect(canvas.set_reduced_motion)

    def _show_theme(self, theme: Theme) -> None:
        self.window.setPalette(style.colours(theme))
        self.window.setStyleSheet(style.sheet(theme))
        self.canvas.graph_scene.set_theme(theme)
        self.canvas.viewport().update()

    def _show_text_size(self, before: float, now: float) -> None:
        grow_cards(self.canvas, now)
        self.canvas.minimap.above_px = style.px(minimap.ABOVE_PX)
        self.canvas.minimap.follow_soon()
        self.canvas.legend.follow()
        if before != now:
            style.grow(self.window, before, now, self.canvas)
