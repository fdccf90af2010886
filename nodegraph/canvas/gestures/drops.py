"""What can be dropped on the canvas: an operation of the palette, files, and on the canvas of another window
what is selected here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView

from nodegraph.canvas.drawing import geometry

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

OPERATION_MIME = "application/x-nodegraph-operation"


def is_welcome(mime: QMimeData) -> bool:
    """Whether the canvas takes it."""
    return mime.hasFormat(OPERATION_MIME) or any(url.isLocalFile() for url in mime.urls())


def take(view: Hand, event: QDropEvent) -> None:
    """Ask for what was dropped."""
    mime = event.mimeData()
    if mime.hasFormat(OPERATION_MIME):
        place = view.mapToScene(event.position().toPoint())
        corner = place - QPointF(geometry.CARD_WIDTH, geometry.CARD_HEIGHT) / 2 * view.graph_scene.text_scale
        snapped = QPointF(geometry.snapped(corner.x()), geometry.snapped(corner.y()))
        view.intents.add_requested.emit(mime.data(OPERATION_MIME).data().decode(), snapped)
        view.setFocus()
    else:
        view.files_dropped.emit([url.toLocalFile() for url in mime.urls() if url.isLocalFile()])
    event.acceptProposedAction()


def other_canvas(view: QGraphicsView, event: QMouseEvent) -> QGraphicsView | None:
    """Returns the canvas of another window under the cursor."""
    if view.viewport().rect().contains(event.position().toPoint()):
        return None
    under = QApplication.widgetAt(event.globalPosition().toPoint())
    while under is not None and not isinstance(under, type(view)):
        under = under.parentWidget()
    return under if under is not view else None
