"""The picture on the clipboard: drawn between the turns of the event loop, packed by another thread, and put
beside the text that lies there already. Knows nothing of where it comes from or who waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage

from nodegraph.app.platform.background_tasks import ASK_MS, begin_aside, politely
from nodegraph.canvas import picture
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.graph import Graph

_latest: CopiedPicture | None = None
"""There is one clipboard, and so one picture at most on its way there."""


def copy_picture(graph: Graph, frame: Frame, options: PictureOptions, text: str = "") -> CopiedPicture:
    """Send the picture of a graph, as it is now, to the clipboard, where this text lies by now, if any.

    Raises Refused where the picture cannot be made.
    """
    global _latest
    graph = graph.copy()
    drawing = picture.drawing(graph, frame, options)
    image = next(drawing)
    if _latest is not None:
        _latest.stop()
    _latest = CopiedPicture(graph, drawing, image, text)
    return _latest


class CopiedPicture(QObject):
    """A picture on its way to the clipboard. Whatever newer comes there stops it."""

    arrived = Signal()
    failed = Signal(str)

    def __init__(self, graph: Graph, drawing: Iterator[QImage], image: QImage, text: str) -> None:
        super().__init__(QCoreApplication.instance())
        self._graph = graph
        self._drawing: Iterator[QImage] | None = drawing
        self._image: QImage | None = image
        self._text = text
        self._packing: Future[bytes] | None = None
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._go_on)
        self._clock.start()
        QGuiApplication.clipboard().dataChanged.connect(self._follow_clipboard)
        QCoreApplication.instance().aboutToQuit.connect(self.stop)

    def stop(self) -> None:
        """Give it up. What another thread does of it goes on unheard."""
        global _latest
        self._clock.stop()
        self._drawing = self._image = self._packing = None
        if _latest is self:
            _latest = None
            self.deleteLater()

    def _go_on(self) -> None:
        if self._packing is None:
            self._draw()
        elif self._packing.done():
            self._take(self._packing)

    def _draw(self) -> None:
        assert self._drawing is not None
        if next(self._drawing, None) is None:
            self._packing = begin_aside(politely(partial(picture.packed, self._image, self._graph)))
            self._drawing = self._image = None
            self._clock.start(ASK_MS)

    def _take(self, packing: Future[bytes]) -> None:
        self.stop()
        try:
            data = packing.result()
        except (DocumentError, Refused) as error:
            self.failed.emit(str(error))
            return
        if not self._is_superseded():
            held = QMimeData()
            if self._text:
                held.setText(self._text)
            held.setData("image/png", data)  # as it is, so that the document in it survives
            QGuiApplication.clipboard().setMimeData(held)
            self.arrived.emit()

    def _follow_clipboard(self) -> None:
        if not self._text or self._is_superseded():
            self.stop()

    def _is_superseded(self) -> bool:
        """Whether the clipboard holds another text by now; without a text, `changed` has reported it."""
        held = QGuiApplication.clipboard().mimeData()
        return bool(self._text) and (held is None or held.text() != self._text)
