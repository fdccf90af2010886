"""What the helpers of the scene share: the graph, its items and what is shown of it. The scene has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items.edge_layers import EdgeLayer, FarLayer
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.looks import FrameLook
from nodegraph.canvas.items.node_item import NodeItem
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


class Shown(FrameLook, Protocol):
    """What is shown of the frame, with what can be found in it."""

    def chip_at(self, place: QPointF) -> EdgeKey | None: ...


class Around(Protocol):
    """The groups and notes."""

    notes: dict[str, NoteItem]

    def collapsed(self) -> list[GroupItem]: ...


class Board(Protocol):
    """The scene, as its helpers see it."""

    graph: Graph
    frame: Frame | None
    theme: Theme
    text_scale: float
    output_name: str | None
    items_by_id: dict[str, NodeItem]
    edge_layer: EdgeLayer
    far_layer: FarLayer
    surroundings: Around
    showing: Shown

    def selected_edges(self) -> list[EdgeKey]: ...
    def graph_rect(self, node_ids: Iterable[str] | None = None) -> QRectF: ...
    def cards_in(self, rect: QRectF) -> list[NodeItem]: ...
    def addItem(self, item: QGraphicsItem) -> None: ...
    def removeItem(self, item: QGraphicsItem) -> None: ...
    def items(self, rect: QRectF) -> list[QGraphicsItem]: ...
    def update(self) -> None: ...
