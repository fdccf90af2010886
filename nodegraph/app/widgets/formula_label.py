"""Formulas one below the other, typeset where they can be and as text elsewhere. Knows no graph."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.typeset import Typeset, Typesetter
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, font, metrics
from nodegraph.core.aloud import aloud

FORMULA_PX, TEXT_PX, GAP_PX = 16.0, 14.0, 5
REST_MS = 600
"""How long the text stands at first: to load what typesets would slow down the painting of what is new."""


class FormulaLabel(QWidget):
    """Lines of (LaTeX, text); read aloud as text."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typesetter = typesetter
        self.theme: Theme = LIGHT
        self.lines: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        typesetter.drawn.connect(self._take_drawn)
        self._soon = QTimer(self, singleShot=True, interval=REST_MS)
        self._soon.timeout.connect(self._ask)

    @property
    def plain(self) -> str:
        """All lines as text."""
        return "\n".join(text for _, text in self.lines)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        self._soon.start()
        self.setAccessibleName(aloud("; ".join(text for _, text in lines)))
        self._take_drawn()

    def set_theme(self, theme: Theme) -> None:
        """Letters in this theme's colour."""
        self.theme = theme
        self.update()

    def _take_drawn(self) -> None:
        self.updateGeometry()
        self.update()

    def _ask(self) -> None:
        self._soon.setInterval(0)
        self.typesetter.ask(latex for latex, _ in self.lines)

    def _sizes(self) -> list[tuple[float, float]]:
        """The width and the height of each line."""
        text = metrics(style.px(TEXT_PX))
        sizes = []
        for latex, plain in self.lines:
            made = self._typeset(latex)
            sizes.append(
                (made.width, made.height) if made else (text.horizontalAdvance(plain), text.height())
            )
        return sizes

    def _typeset(self, latex: str) -> Typeset | None:
        size, ratio = style.px(FORMULA_PX), self.devicePixelRatioF()
        return self.typesetter.get(latex, size, self.theme.text, ratio)

    def sizeHint(self) -> QSize:
        """As wide as the widest, and all of them high."""
        sizes = self._sizes()
        height = sum(height for _, height in sizes) + style.px(GAP_PX) * max(0, len(sizes) - 1)
        return QSize(round(max((width for width, _ in sizes), default=0) + 1), round(height + 1))

    def minimumSizeHint(self) -> QSize:
        """All of its height; where it has less width a line is drawn smaller."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line by line, each so small that it is seen whole."""
        top = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for (latex, plain), (width, height) in zip(self.lines, self._sizes(), strict=True):
                made = self._typeset(latex)
                factor = min(1.0, self.width() / max(width, 1.0))
                painter.setTransform(QTransform.fromTranslate(0, top).scale(factor, factor))
                if made is not None:
                    painter.drawPixmap(QPointF(0, 0), made.pixmap)
                else:
                    painter.setFont(font(style.px(TEXT_PX)))
                    painter.setPen(color(self.theme.text))
                    painter.drawText(QPointF(0, metrics(style.px(TEXT_PX)).ascent()), plain)
                top += factor * height + style.px(GAP_PX)
