"""What the helpers of the scene share: the graph, its items and what is shown of it. The scene has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, SignalInstance
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items.badges import BadgeSource
from nodegraph.canvas.items.chip_layer import ChipLayer
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.items.far_layer import FarLayer
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.look_protocols import FrameLook
from nodegraph.canvas.items.node_item import NodeItem
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey


class Shown(FrameLook, Protocol):
    """What is shown of the frame, with what can be found in it."""

    def chip_at(self, place: QPointF) -> EdgeKey | None: ...
    def refresh_looks(self) -> None: ...
    def forget_all_chips(self) -> None: ...
    def carry_chips(self, keys: Iterable[EdgeKey]) -> list[QRectF]: ...
    def forget_chips(self, keys: Iterable[EdgeKey], cards: Iterable[QRectF] = ()) -> None: ...


class Around(Protocol):
    """The groups and notes."""

    groups: dict[str, GroupItem]
    notes: dict[str, NoteItem]

    def collapsed(self) -> list[GroupItem]: ...
    def follow(self, node_ids: Iterable[str]) -> Iterable[str]: ...
    def hides(self, node_id: str) -> GroupItem | None: ...
    def is_inner(self, edge: Edge) -> bool: ...


class ShownCards(Protocol):
    """The cards by the ids of their nodes; to ask for one makes it, to ask where it lies does not."""

    def __getitem__(self, node_id: str) -> NodeItem: ...
    def __contains__(self, node_id: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def keys(self) -> KeysView[str]: ...
    def card(self, node_id: str) -> QRectF: ...
    def place(self, node_id: str) -> QPointF: ...
    def make_in(self, rect: QRectF) -> None: ...
    def look_again(self) -> None: ...


class OutputMark(Protocol):
    """The node that is marked as the output."""

    marked: str | None


class View(Protocol):
    """A view of the scene, with the part of it over which nothing lies."""

    def room(self) -> QRect: ...
    def mapToScene(self, place: QRect, /) -> QPolygonF: ...


class Board(Protocol):
    """The scene, as its helpers see it."""

    graph: Graph
    frame: Frame | None
    theme: Theme
    text_scale: float
    type_wish: float
    output_name: str | None
    items_by_id: ShownCards
    card_type: type[NodeItem]
    captions: OutputMark
    active_nodes: frozenset[str]
    awaited_badges: Sequence[BadgeSource]
    edge_layer: EdgeLayer
    far_layer: FarLayer
    chip_layer: ChipLayer
    arranged: SignalInstance
    surroundings: Around
    showing: Shown

    @property
    def chosen_edges(self) -> Mapping[EdgeKey, object]: ...
    def is_selected(self, what: str | EdgeKey) -> bool: ...
    def graph_rect(self, node_ids: Iterable[str] | None = None) -> QRectF: ...
    def card_of(self, node_id: str) -> QRectF: ...
    def output_place(self, node_id: str) -> QPointF: ...
    def input_place(self, node_id: str, port: int) -> QPointF: ...
    def addItem(self, item: QGraphicsItem) -> None: ...
    def removeItem(self, item: QGraphicsItem) -> None: ...
    def items(self, rect: QRectF) -> list[QGraphicsItem]: ...
    def views(self) -> list[View]: ...
    def update(self) -> None: ...
    def repaint(self, rects: Sequence[QRectF]) -> None: ...
    def repainting_together(self) -> AbstractContextManager[None]: ...
