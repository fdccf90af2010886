"""The legend of the stage: what colours stand for from one end to the other, the marks of the classes, and
the boundary. Paints what it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nodegraph.app.features.training_stage import inks
from nodegraph.app.features.training_stage.portrait import Sketch
from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, font
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number

ROW_PX, BAR_PX, MARK_PX, DASHES_PX, LETTER_PX = 18, 84, 9, 26, 12
DIGITS = 4
LINES = {
    "line": (2.5, Qt.PenStyle.SolidLine),
    "dashes": (1.5, Qt.PenStyle.DashLine),
    "other": (2.0, Qt.PenStyle.DashLine),
    "other curve": (2.0, Qt.PenStyle.DashLine),
}
"""How lines are drawn, by the kind of their entry: as on the plot."""


@dataclass(frozen=True)
class Entry:
    """A mark and what it stands for; `kind` is a shape of a class, or one of LINES."""

    kind: str
    place: int
    text: str


class Legend(QWidget):
    """One row with the colours of numbers, and as many as are needed for the marks."""

    def __init__(self, letters: float = 1.0) -> None:
        super().__init__()
        self._letters = letters
        self.setObjectName("stage.legend")
        self.setAccessibleName("Legend")
        self.theme: Theme = LIGHT
        self.ends: tuple[str, str, str] | None = None
        """What the colours stand for: at the left end, the name, at the right end."""
        self.entries: Sequence[Entry] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.update()

    def show_sketch(self, sketch: Sketch | None, graph: Graph, compared: str = "") -> None:
        """Say what the colours and marks of this mean, and those of what it is compared with."""
        self.ends, self.entries = (
            (None, ()) if sketch is None else (_ends(sketch, graph), _entries(sketch, graph))
        )
        if sketch is not None and compared:
            kind = "other" if len(sketch.axes) == 2 else "other curve"
            self.entries = [*self.entries, Entry(kind, 0, compared)]
        spoken = [f"{it.text}: {'line' if it.kind in LINES else 'points'}" for it in self.entries]
        if self.ends is not None:
            spoken.insert(0, f"colours of {self.ends[1]} from {self.ends[0]} to {self.ends[2]}")
        self.setAccessibleDescription(", ".join(spoken))
        self.updateGeometry()
        self.update()

    # --- places
    def _px(self, size: float) -> int:
        """Returns a size in pixels, as large as its letters are."""
        return style.px(size * self._letters)

    def _mark(self, entry: Entry) -> int:
        """Returns how wide a mark is; dashes need some room to be seen as such."""
        return self._px(DASHES_PX if entry.kind in ("other", "other curve") else MARK_PX)

    def heightForWidth(self, width: int) -> int:
        """As many rows as the entries take."""
        rows = [rect.bottom() for _entry, rect in self._places(width)]
        least = self._px(ROW_PX) if self.ends is not None else 0
        return round(max([least, *rows]))

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self._px(240), self.heightForWidth(max(self.width(), self._px(240))))

    def minimumSizeHint(self) -> QSize:
        """Whatever width there is."""
        return QSize(self._px(80), self.heightForWidth(max(self.width(), self._px(80))))

    def _places(self, width: int) -> Iterator[tuple[Entry | None, QRectF]]:
        """Each entry with its place; None is the bar with the colours."""
        measure = QFontMetricsF(font(self._px(LETTER_PX)))
        x, y, row = 0.0, 0.0, self._px(ROW_PX)
        sized: list[tuple[Entry | None, float]] = []
        if self.ends is not None:
            texts = sum(measure.horizontalAdvance(text) for text in self.ends)
            sized.append((None, self._px(BAR_PX) + texts + self._px(22)))
        sized += [
            (it, self._mark(it) + self._px(6) + measure.horizontalAdvance(it.text)) for it in self.entries
        ]
        for entry, wide in sized:
            if x and x + wide > width:
                x, y = 0.0, y + row
            yield entry, QRectF(x, y, wide, row)
            x += wide + self._px(14)

    # --- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar and marks, with what they stand for."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(self._px(LETTER_PX)))
            for entry, rect in self._places(self.width()):
                if entry is None:
                    self._paint_bar(painter, rect)
                else:
                    self._paint_entry(painter, rect, entry)

    def _paint_bar(self, painter: QPainter, rect: QRectF) -> None:
        assert self.ends is not None
        low, name, high = self.ends
        measure, gap = painter.fontMetrics(), self._px(5)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(color(self.theme.dim))
        x = rect.left()
        for text in (name, low):
            painter.drawText(QRectF(x, rect.top(), rect.width(), rect.height()), align, text)
            x += measure.horizontalAdvance(text) + gap
        bar = QRectF(x, rect.top() + self._px(4), self._px(BAR_PX), rect.height() - self._px(8))
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for share in np.linspace(0, 1, 9):
            depth = 0.5 + inks.DEPTH * (share - 0.5)
            gradient.setColorAt(float(share), inks.number_inks(self.theme, np.array([depth]))[0])
        painter.fillRect(bar, gradient)
        painter.drawRect(bar)
        painter.drawText(QRectF(bar.right() + gap, rect.top(), rect.width(), rect.height()), align, high)

    def _paint_entry(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        size = self._mark(entry)
        middle = QPointF(rect.left() + size / 2, rect.center().y())
        if entry.kind in LINES:
            width, dash = LINES[entry.kind]
            ink = self.theme.positive if entry.kind == "other curve" else self.theme.text
            painter.setPen(QPen(color(ink), width * style.scale() * self._letters, dash))
            painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.left() + size + 2, middle.y()))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(inks.ink_of(self.theme, entry.place)))
            painter.drawPath(shape(entry.kind, middle, size / 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(color(self.theme.text))
        side = rect.adjusted(size + self._px(5), 0, self._px(8), 0)
        painter.drawText(side, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry.text)


def shape(kind: str, middle: QPointF, radius: float) -> QPainterPath:
    """Returns the outline of a mark, as pyqtgraph draws it on the map."""
    from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols  # there by now: the map is drawn by it

    place = QTransform().translate(middle.x(), middle.y()).scale(2 * radius, 2 * radius)
    path: QPainterPath = place.map(Symbols[kind])
    return path


def _ends(sketch: Sketch, graph: Graph) -> tuple[str, str, str] | None:
    subject, answer = sketch.subject, sketch.answers[0]
    if subject.kind == "classes" or len(sketch.axes) == 1:
        return None
    low, high = (format_number(end, DIGITS) for end in subject.limits(answer))
    return low, graph.node(answer.node).name, high


def _entries(sketch: Sketch, graph: Graph) -> list[Entry]:
    subject, answer = sketch.subject, sketch.answers[0]
    name = graph.node(answer.node).name
    boundary = "line" if len(sketch.axes) == 2 else "dashes"
    if subject.kind == "classes":
        targets = [graph.node(it.target or it.node) for it in sketch.answers]
        called = [node.column or node.name for node in targets]  # people know classes by their columns
        marks = [Entry(inks.SHAPES[i % len(inks.SHAPES)], i, text) for i, text in enumerate(called)]
        return [*marks, Entry(boundary, 0, "boundary")]
    if subject.kind == "number":
        entries = (
            [Entry("o", 0, f"data: {graph.node(answer.target).name}")] if answer.target is not None else []
        )
        return [Entry("line", 0, name), *entries] if len(sketch.axes) == 1 else entries
    target = graph.node(answer.target).name if answer.target is not None else "class"
    marks = [
        Entry(inks.SHAPES[place], place, f"{target} = {format_number(value, DIGITS)}")
        for place, value in enumerate(subject.class_values)
    ]
    assert answer.level is not None
    curve = [Entry("line", 0, name)] if len(sketch.axes) == 1 else []
    return [*marks, *curve, Entry(boundary, 0, f"{name} = {format_number(answer.level, DIGITS)}")]
