"""A widget over the canvas that is painted from a picture of itself: whenever anything moves beneath it, Qt
paints it anew, and to style a few buttons takes as long as half the view.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsEffect, QWidget

_SAME = {QEvent.Type.Paint, QEvent.Type.Move}
"""Events after which a widget looks as before."""


class KeptWidget(QGraphicsEffect):
    """Keeps the picture of a widget, with what is in it, until anything happens to these. Qt's own, of
    `sourcePixmap`, is gone with each paint of what lies beneath.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._picture: QPixmap | None = None
        for each in (widget, *widget.findChildren(QWidget)):
            each.installEventFilter(self)
        widget.setGraphicsEffect(self)

    def forget(self) -> None:
        """It looks otherwise for a reason of which no event tells, as that its text is another."""
        self._picture = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget the picture: but for their text, widgets look otherwise in consequence of events."""
        if event.type() not in _SAME:
            self._picture = None
        return False

    def draw(self, painter: QPainter) -> None:
        """Copy the picture; where pixels of a screen are no whole part of its units, paint the widget."""
        ratio = painter.device().devicePixelRatioF()
        if ratio != int(ratio):
            self.drawSource(painter)
            return
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self.sourcePixmap(
                Qt.CoordinateSystem.LogicalCoordinates, None, QGraphicsEffect.PixmapPadMode.NoPad
            )
        painter.drawPixmap(0, 0, self._picture)
