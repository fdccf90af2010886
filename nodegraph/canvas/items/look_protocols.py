"""What items read when they paint; the scene has it. An item asks for nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.pictures.kept import KeptPictures
from nodegraph.core.engine.trace import Frame
from nodegraph.core.engine.trouble import Trouble
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.typeset import Line

if TYPE_CHECKING:
    from nodegraph.canvas.drawing.rows import Rows


class ChipType(Protocol):
    """The type of chips: how much larger than usual it is, and by how much of that from further away; and the
    rooms that they take along an edge.
    """

    scale: float
    growth: float
    badge_growth: float

    def rooms(self, key: EdgeKey) -> Sequence[QRectF]: ...


class FrameLook(Protocol):
    """What is shown of the current frame."""

    chips: ChipType

    frame: Frame | None
    visible: Frame | None
    largest: float
    shows_marks: bool
    problems: Mapping[str, str]
    active_edges: Collection[EdgeKey]
    held: Collection[EdgeKey]
    hovered: EdgeKey | None
    wording: Wording

    @property
    def numbers(self) -> Any: ...
    @property
    def asked(self) -> object: ...
    def value(self, node_id: str) -> float | None: ...
    def gradient(self, node_id: str) -> float | None: ...
    def phase_ink(self) -> str: ...
    def asks(self, node_id: str, line: str = "") -> bool: ...
    @property
    def asked_edge(self) -> EdgeKey | None: ...
    def asks_edge(self, key: EdgeKey) -> bool: ...
    def asked_among(self, node_ids: Collection[str]) -> Line: ...
    def is_stale(self, node_id: str) -> bool: ...
    def derivative_names(self, name: str) -> tuple[Line, ...]: ...
    def label(self, name: str) -> Line: ...
    def edge_looks(self) -> np.ndarray: ...
    def far_looks(self) -> np.ndarray: ...
    def chip(self, key: EdgeKey) -> tuple[str, str] | None: ...
    def is_looked_at(self, key: EdgeKey) -> bool: ...
    def chip_rect(self, key: EdgeKey, text: str) -> QRectF: ...
    def is_rounding(self, node_id: str) -> bool: ...
    def trouble(self, node_id: str) -> Trouble: ...
    def edge_badges(self, key: EdgeKey) -> Sequence[Any]: ...
    def pulses(self) -> Iterable[tuple[QPointF, str, str]]: ...


class CardLook(Protocol):
    """What cards, groups and notes read."""

    graph: Graph
    theme: Theme
    text_scale: float
    type_wish: float
    lit: Collection[str] | None
    """The nodes that are not dimmed; None where none is."""
    active_nodes: Collection[str]
    showing: FrameLook
    badge_sources: Sequence[Any]
    revision: int
    """Counts how often everything was asked for an update: it may look different."""
    card_revision: int
    """Counts how often any card was."""
    pictures: KeptPictures
    """The pictures of cards and chips on the screen."""

    def repaint(self, rects: Sequence[QRectF]) -> None: ...
    def is_selected(self, node_id: str) -> bool: ...
    def is_selected_group(self, group_id: str) -> bool: ...
    def is_selected_note(self, note_id: str) -> bool: ...


class EdgeCurves(Protocol):
    """The curves of all edges."""

    rows: Rows
    style: EdgeStyle
    points: np.ndarray

    def curve(self, key: EdgeKey) -> np.ndarray: ...
    def visible(self, rect: QRectF, among: np.ndarray | None = None) -> np.ndarray: ...
    def boundingRect(self) -> QRectF: ...


class PaintedEdges(EdgeCurves, Protocol):
    """What is read of a layer of edges when it is painted."""

    graph_scene: EdgeLook
    boxes: np.ndarray

    def far_lines(self, numbers: np.ndarray) -> np.ndarray: ...
    def path(self, key: EdgeKey) -> QPainterPath: ...
    def arrowhead(self, key: EdgeKey) -> QPolygonF: ...
    def repaint_along(self, keys: Collection[EdgeKey]) -> None: ...


class EdgeLook(CardLook, Protocol):
    """What the layers of edges and of cards seen from far away read."""

    edge_layer: EdgeCurves
    chip_layer: Any
    surroundings: Any
    items_by_id: Mapping[str, Any]
    """The cards by the ids of their nodes."""

    @property
    def chosen_nodes(self) -> frozenset[str]: ...
    @property
    def chosen_edges(self) -> Mapping[EdgeKey, object]: ...
