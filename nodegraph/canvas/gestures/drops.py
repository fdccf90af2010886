"""What can be dropped on the canvas: an operation of the palette, files, and on the canvas of another window
what is selected here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView

from nodegraph.canvas.drawing.geometry import snapped
from nodegraph.canvas.gestures.freely import is_free
from nodegraph.canvas.gestures.landing import REACH
from nodegraph.canvas.items.ghost_card import GhostCard
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph.naming import fresh_name
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.catalogue import OPERATIONS

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.graph.records import EdgeKey

OPERATION_MIME = "application/x-nodegraph-operation"


class Drop:
    """What is held over the canvas by a drag from elsewhere; an operation is shown as the card that it would
    become, and an edge beneath it lights up.
    """

    def __init__(self, view: Hand) -> None:
        self.view = view
        self.key: EdgeKey | None = None
        """The edge into which a drop would put it."""

    def move(self, event: QDropEvent) -> None:
        """Take up what comes over the canvas, and show what a drop here would do."""
        if not is_welcome(event.mimeData()):
            return
        accept_copy(event)
        op, place = operation_of(event.mimeData()), self.view.mapToScene(event.position().toPoint())
        if op in OPERATIONS:
            self._show(op, place, event.modifiers())
        elif is_inserted(event.mimeData()):
            self.view.say("Drop to insert the graph or formula in it", place)

    def take(self, event: QDropEvent) -> None:
        """Ask for what was dropped."""
        mime, view = event.mimeData(), self.view
        if mime.hasFormat(OPERATION_MIME):
            self.move(event)
            op, key = operation_of(mime), self.key
            corner = self._corner(op, view.mapToScene(event.position().toPoint()), event.modifiers())
            self.clear()
            if key is None:
                view.intents.add_requested.emit(op, corner)
            else:
                view.intents.add_between_requested.emit(op, key, corner)
            view.setFocus()
        elif is_inserted(mime):
            self.clear()
            view.intents.drop_requested.emit(mime, view.mapToScene(event.position().toPoint()))
            view.setFocus()
        else:
            view.files_dropped.emit(files_in(mime))
        accept_copy(event)

    def clear(self) -> None:
        """Show nothing of it: it has left, or the drag was cancelled."""
        self.key = None
        self.view.overlay.show_ghost(None)
        self.view.graph_scene.showing.mark()
        self.view.say("", QPointF())

    def _show(self, op: str, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        scene, takes_edges = self.view.graph_scene, not OPERATIONS[op].is_leaf
        self.key = None if is_free(modifiers) or not takes_edges else scene.edge_layer.at(place, REACH)
        scene.showing.mark(aimed=self.key)
        corner = self._corner(op, place, modifiers)
        self.view.overlay.show_ghost(self._ghost(op).at(corner))
        self.view.say(self._sentence(op), place)

    def _ghost(self, op: str) -> GhostCard:
        scene = self.view.graph_scene
        node = Node("", op, fresh_name(scene.graph, op))
        return GhostCard(node, OPERATIONS[op].least, scene.showing.face(node.name), scene.text_scale)

    def _corner(self, op: str, place: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF:
        """The top left of the card whose middle is held, on the grid where cards snap to it; below others on
        which it would lie.
        """
        size = self._ghost(op).rect.size() if op in OPERATIONS else QRectF().size()
        corner = place - QPointF(size.width(), size.height()) / 2
        if self.view.snaps != is_free(modifiers):
            corner = QPointF(snapped(corner.x()), snapped(corner.y()))
        return hit_test.below_others(self.view.graph_scene, QRectF(corner, size))

    def _sentence(self, op: str) -> str:
        graph, title = self.view.graph_scene.graph, OPERATIONS[op].title
        edge = None if self.key is None else graph.edge(self.key)
        if edge is None:
            return f"Drop to add {title}"
        source, target = (graph.node(node_id).name for node_id in (edge.source, edge.target))
        return f"Drop to put {title} between {source} and {target}; Alt or Ctrl: just add"


def is_welcome(mime: QMimeData) -> bool:
    """Whether the canvas takes it."""
    return mime.hasFormat(OPERATION_MIME) or bool(files_in(mime)) or is_inserted(mime)


def files_in(mime: QMimeData) -> list[str]:
    """Returns the paths of the files that are carried."""
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def is_inserted(mime: QMimeData) -> bool:
    """Whether it is inserted as what is pasted: a text, or a picture, that is no file."""
    is_own = mime.hasFormat(OPERATION_MIME) or files_in(mime)
    return not is_own and (mime.hasText() or mime.hasImage() or mime.hasFormat("image/svg+xml"))


def accept_copy(event: QDropEvent) -> None:
    """Take a copy: another program may delete its file where it hears that it was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def operation_of(mime: QMimeData) -> str:
    """Returns the name of the operation that is carried, or ""; another program may call anything so."""
    return mime.data(OPERATION_MIME).data().decode(errors="replace")


def other_canvas(view: Camera, event: QMouseEvent, pixel: QPointF) -> QGraphicsView | None:
    """Returns the canvas of another window under the cursor, which is at this pixel of a view."""
    width, height = view.sight.size
    if 0 <= pixel.x() < width and 0 <= pixel.y() < height:
        return None
    under = QApplication.widgetAt(event.globalPosition().toPoint())
    while under is not None and not isinstance(under, type(view)):
        under = under.parentWidget()
    return under if under is not view else None
