"""Adding by search: puts the quick-add popup where the hand is, and makes of its wishes one undo step each.
Knows the stage, the canvas and `Editing`; paints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QPointF

from nodegraph.app.canvas_keys import CanvasKeys
from nodegraph.app.editing import Editing
from nodegraph.app.panels.quick_add import QuickAdd, Wish
from nodegraph.app.panels.stage import Stage
from nodegraph.canvas.theme import Theme
from nodegraph.canvas.view import CanvasView
from nodegraph.core import search
from nodegraph.core.graph import EdgeKey
from nodegraph.core.operations import OPERATIONS, Operation

GAP_PX = 8
"""Between the pointer and the popup's corner."""


class Adding(QObject):
    """The popup's place in the window."""

    def __init__(self, stage: Stage, canvas: CanvasView, editing: Editing) -> None:
        super().__init__(stage)
        self.stage = stage
        self.canvas = canvas
        self.editing = editing
        self.keys = CanvasKeys(canvas)
        self.popup = QuickAdd(stage)
        self.popup.search = self.fitting
        self.popup.tell_effect = self.effect
        self._used: list[str] = []
        self.keys.add_wanted.connect(self.open)
        self.popup.operation_wanted.connect(self._add)
        self.popup.formula_wanted.connect(self._insert)
        self.popup.closed.connect(canvas.setFocus)

    def set_theme(self, theme: Theme) -> None:
        """Show the popup in this theme."""
        self.popup.set_theme(theme)

    def open(self) -> None:
        """Ask what to add: at the pointer, or beside the selection."""
        self.stage.show_canvas()
        self.canvas.cancel_gesture()
        place = self.keys.free_place()
        pixel = self.keys.pointer or self.canvas.mapFromScene(place)
        self.popup.open_at(self._on_stage(pixel), Wish(place))

    def open_for_edge(
        self, place: QPointF, *, source: str | None = None, target: EdgeKey | None = None
    ) -> None:
        """Ask what the loose end of an edge, dropped at this place of the scene, is to be connected to."""
        pixel = self._on_stage(self.canvas.mapFromScene(place))
        self.popup.open_for_edge(pixel, place, source=source, target=target)

    def _on_stage(self, pixel: QPoint) -> QPoint:
        there = self.canvas.viewport().mapTo(self.stage, pixel)
        return there + QPoint(GAP_PX, GAP_PX)

    # --- what fits
    def fitting(self, text: str, wish: Wish) -> Sequence[Operation]:
        """The operations to offer; those added last come first where nothing is typed."""
        return []

    def effect(self, op: str, wish: Wish) -> str:
        """What Enter would do."""
        return ""
