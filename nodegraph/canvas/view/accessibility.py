"""What assistive technology finds on the canvas: a list of nodes and edges with names, places and states.

Qt asks for these only while assistive technology runs. It keeps pointers to what it was given, so each
interface outlives its canvas, which it does not keep in memory; one whose node or canvas is gone says that it
is no longer valid.
"""

from __future__ import annotations

import weakref
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from nodegraph.canvas.scene import hit_test
from nodegraph.core.aloud import aloud
from nodegraph.core.explain.edge_explanation import spoken_edge, spoken_load
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed, format_value
from nodegraph.core.operations.catalogue import title_of

if TYPE_CHECKING:
    from nodegraph.canvas.view.canvas_view import CanvasView

_alive: dict[int, CanvasAccessible] = {}
"""The interface of each canvas that was asked for, by the identity of its canvas."""


class Part(QAccessibleInterface):
    """One node or one edge: `what` is its id or key."""

    def __init__(self, canvas: CanvasAccessible, what: str | EdgeKey) -> None:
        super().__init__()
        self.canvas = canvas
        self.what = what

    # --- what Qt asks, in its own words
    def isValid(self) -> bool:  # noqa: N802
        return self.canvas.holds(self.what)

    def object(self) -> QObject | None:
        return None

    def parent(self) -> QAccessibleInterface | None:
        return self.canvas if self.canvas.is_there else None

    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # noqa: N802
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        return self.canvas.rect_of(self.what) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.invalid = not self.isValid()
        state.selectable = state.focusable = True
        state.selected = not state.invalid and self.canvas.view.graph_scene.is_selected(self.what)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return aloud(self.canvas.name_of(self.what))
        return aloud(self.canvas.description_of(self.what)) if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """Names are given through the editor."""


class CanvasAccessible(QAccessibleWidget):
    """The canvas as a list: its nodes in the order of making, then its edges."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = weakref.ref(view)
        self._parts: dict[str | EdgeKey, Part] = {}

    @property
    def is_there(self) -> bool:
        """Whether its canvas was not closed yet."""
        return self._view() is not None

    @property
    def view(self) -> CanvasView:
        """Its canvas, which is there whenever Qt asks for it."""
        view = self._view()
        assert view is not None
        return view

    # --- what Qt asks
    def childCount(self) -> int:
        return len(self._whats())

    def child(self, index: int) -> QAccessibleInterface | None:
        whats = self._whats()
        return self._part(whats[index]) if 0 <= index < len(whats) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        whats = self._whats()
        return whats.index(child.what) if isinstance(child, Part) and child.what in whats else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # noqa: N802
        place = self.view.mapToScene(self.view.viewport().mapFromGlobal(QPoint(x, y)))
        node_id = hit_test.node_at(self.view.graph_scene, place)
        return self._part(node_id) if node_id is not None else None

    # --- the parts
    def _whats(self) -> list[str | EdgeKey]:
        scene = self.view.graph_scene
        return [*scene.items_by_id, *scene.edge_layer.rows.keys]

    def _part(self, what: str | EdgeKey) -> Part:
        if what not in self._parts:
            self._parts[what] = Part(self, what)
        return self._parts[what]

    def holds(self, what: str | EdgeKey) -> bool:
        """Whether this node or edge is on the canvas now."""
        if not self.is_there:
            return False
        scene = self.view.graph_scene
        return what in scene.items_by_id if isinstance(what, str) else what in scene.edge_layer.rows.number

    def rect_of(self, what: str | EdgeKey) -> QRect:
        """Where it is on the screen."""
        scene = self.view.graph_scene
        place = scene.card_of(what) if isinstance(what, str) else scene.edge_layer.reach([what])
        seen = self.view.mapFromScene(place).boundingRect()
        return QRect(self.view.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def name_of(self, what: str | EdgeKey) -> str:
        """e, Multiply; or: edge from a to e, input 1."""
        graph = self.view.graph_scene.graph
        if isinstance(what, str):
            node = graph.node(what)
            return f"{node.name}, {title_of(node.op)}"
        return spoken_edge(graph, what)

    def description_of(self, what: str | EdgeKey) -> str:
        """The numbers that are visible now."""
        frame = self.view.graph_scene.frame
        if frame is None:
            return ""
        if isinstance(what, str):
            node = self.view.graph_scene.graph.node(what)
            value, gradient = frame.value(what), frame.gradient(what)
            value = node.value if value is None else value
            said = [] if value is None else [f"value {format_value(value)}"]
            said += [] if gradient is None else [f"gradient {format_signed(gradient)}"]
            return ", ".join(said) or "not reached yet"
        return spoken_load(frame, what)


def _made(_key: str, asked: QObject) -> QAccessibleInterface | None:
    """Qt's question for an interface; None leaves it to Qt."""
    from nodegraph.canvas.view.canvas_view import CanvasView

    if not isinstance(asked, CanvasView):
        return None
    made = _alive.get(id(asked))
    if made is None or made._view() is not asked:
        made = _alive[id(asked)] = CanvasAccessible(asked)
    return made


@cache
def install() -> None:
    """Let Qt find nodes and edges on every canvas; once per program."""
    QAccessible.installFactory(_made)
