"""What a field needs of the view it stands on; the canvas has it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, SignalInstance
from PySide6.QtWidgets import QWidget

from nodegraph.canvas.intents import Intents
from nodegraph.canvas.scene.scene import GraphScene


class FieldHost(Protocol):
    """The view, as a field sees it: it holds one field at a time."""

    graph_scene: GraphScene
    intents: Intents
    hint: SignalInstance
    field: QWidget | None

    @property
    def zoom(self) -> float: ...
    def mapFromScene(self, place: QPointF) -> QPoint: ...
    def viewport(self) -> QWidget: ...
    def room(self) -> QRect: ...
    def show_place(self, place: QRect) -> None: ...
    def close_field(self) -> None: ...
    def edit_value(self, node_id: str) -> None: ...
