"""The preview of the export dialog: the picture itself, pixel for pixel where there is room or one asks for
it; it can be dragged into other programs.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget

from nodegraph.app.platform import style


class Preview(QScrollArea):
    """Shows a picture in its middle, or scrolls it where it is larger than the room."""

    drag_requested = Signal()
    """A hand pulls at the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(style.px(320), style.px(240))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")
        self.setObjectName("export.preview")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.paper = _Paper()
        self.paper.pulled.connect(self.drag_requested)
        self.setWidget(self.paper)

    @property
    def image(self) -> QImage:
        """The picture that is shown."""
        return self.paper.image

    def let_scroll(self, may_scroll: bool) -> None:
        """Scroll a picture that is larger than the room, or cut it off until it is drawn anew."""
        policy = Qt.ScrollBarPolicy
        bars = policy.ScrollBarAsNeeded if may_scroll else policy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(bars)
        self.setVerticalScrollBarPolicy(bars)

    def room(self) -> QSize:
        """Returns how many pixels there are for a picture that is not scrolled."""
        return self.maximumViewportSize() * self.devicePixelRatioF()

    def show_image(self, image: QImage) -> None:
        """Show this picture, a pixel of it a pixel of the screen; a null one shows nothing."""
        ratio = self.devicePixelRatioF()
        self.paper.image = image
        self.paper.setFixedSize(image.size() / ratio if not image.isNull() else QSize(1, 1))
        self.paper.update()


class _Paper(QWidget):
    """The picture, on a chequered ground where it is transparent."""

    pulled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self._pressed: QPointF | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag the picture into another program")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the picture on its ground."""
        if self.image.isNull():
            return
        with QPainter(self) as painter:
            if self.image.hasAlphaChannel():
                painter.drawTiledPixmap(self.rect(), _chequers())
            painter.drawImage(self.rect(), self.image)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a pull may begin."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull, once the hand has gone far enough."""
        if self._pressed is None or self.image.isNull():
            return
        if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.pulled.emit()


def _chequers() -> QPixmap:
    tile = QPixmap(16, 16)
    tile.fill(Qt.GlobalColor.white)
    with QPainter(tile) as painter:
        painter.fillRect(0, 0, 8, 8, Qt.GlobalColor.lightGray)
        painter.fillRect(8, 8, 8, 8, Qt.GlobalColor.lightGray)
    return tile
