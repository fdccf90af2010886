"""How large the smallest type of a picture is: everything is drawn once, and written nowhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from nodegraph.canvas.drawing import lettering
from nodegraph.canvas.drawing.lettering import Written
from nodegraph.canvas.scene.scene import GraphScene


def smallest_type(scene: GraphScene, rect: QRectF) -> float:
    """Returns the size of the smallest line of text within a rectangle, in scene units; 0 where there is
    none.
    """
    sizes = _Sizes()
    probe = QImage(1, 1, QImage.Format.Format_RGB32)
    with QPainter(probe) as painter, lettering.written_by(sizes):
        scene.render(painter, rect, rect)
    return min(sizes.found, default=0.0)


class _Sizes:
    """Writes nothing, and notes how large each line would be."""

    def __init__(self) -> None:
        self.found: set[float] = set()

    def write(self, painter: QPainter, _start: QPointF, text: Written) -> None:
        if text.said.strip():
            self.found.add(text.style[0] * painter.worldTransform().m22())
