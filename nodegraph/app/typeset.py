"""Typeset formulas as pictures: LaTeX in, a pixmap with its baseline out.

Formulas are drawn by ziamath as SVG in a thread of their own, which touches nothing of Qt; until one is
ready, and where it fails, whoever asks shows the text instead. Knows no panel.
"""

from __future__ import annotations

import importlib
import logging
import math
import re
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

log = logging.getLogger(__name__)

DRAWN_SIZE = 20.0
"""The size at which formulas are drawn as SVG; pixmaps are scaled from it."""
MOST_DRAWN, MOST_PIXMAPS = 1500, 1000
"""Formulas and pixmaps that are kept; those longest unused go first."""
LONGEST_LATEX = 2000
"""Characters beyond which a formula is left as text."""
LOOK_MS = 8
"""How often finished formulas are looked for while some are being drawn."""
_INK = "#010203"
"""A colour that stands in the SVG for the one that is asked for later."""


@dataclass(frozen=True)
class Drawing:
    """A formula as SVG: its size and how far its baseline lies below its top, at DRAWN_SIZE."""

    svg: str
    width: float
    height: float
    ascent: float


@dataclass(frozen=True)
class Typeset:
    """A formula as a picture; sizes in pixels that do not depend on the screen."""

    pixmap: QPixmap
    width: float
    height: float
    ascent: float


class Typesetter(QObject):
    """Draws formulas, and keeps them."""

    drawn = Signal()
    """Some of the formulas that were asked for are ready, or known to fail."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings: OrderedDict[str, Drawing | None] = OrderedDict()
        self._pixmaps: OrderedDict[tuple[str, float, str, float], Typeset] = OrderedDict()
        self._jobs: dict[str, Future[Drawing | None]] = {}
        self._worker: ThreadPoolExecutor | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._collect)

    def warm_up(self) -> None:
        """Load what draws, before the first formula is asked for."""
        self.ask(["x"])

    def ask(self, formulas: Iterable[str]) -> None:
        """Let these be drawn in the background, in this order; `drawn` tells of them."""
        for latex in formulas:
            if latex not in self._drawings and latex not in self._jobs:
                if self._worker is None:
                    self._worker = ThreadPoolExecutor(1, "typeset")
                self._jobs[latex] = self._worker.submit(draw, latex)
        if self._jobs:
            self._look.start()

    def forget_waiting(self) -> None:
        """Draw none of those that are asked for and not begun: they are no longer to be seen."""
        self._jobs = {latex: job for latex, job in self._jobs.items() if not job.cancel()}

    def is_ready(self, latex: str) -> bool:
        """Whether it is settled how this formula is shown: drawn, or as text for good."""
        return latex in self._drawings

    def get(self, latex: str, size_px: float, color: str, ratio: float = 1.0) -> Typeset | None:
        """The formula at this size of its letters, or None: not ready yet (`ask` first), or never."""
        key = (latex, size_px, color, ratio)
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        drawing = self._drawings.get(latex)
        if drawing is None:
            return None
        self._drawings.move_to_end(latex)
        found = self._pixmaps[key] = _painted(drawing, size_px / DRAWN_SIZE, color, ratio)
        while len(self._pixmaps) > MOST_PIXMAPS:
            self._pixmaps.popitem(last=False)
        return found

    def _collect(self) -> None:
        done = [latex for latex, job in self._jobs.items() if job.done()]
        for latex in done:
            self._drawings[latex] = self._jobs.pop(latex).result()
        while len(self._drawings) > MOST_DRAWN:
            self._drawings.popitem(last=False)
        if not self._jobs:
            self._look.stop()
        if done:
            self.drawn.emit()


def draw(latex: str) -> Drawing | None:
    """One formula as SVG, or None where it cannot be typeset; touches nothing of Qt."""
    if len(latex) > LONGEST_LATEX:
        return None
    try:
        return _drawn(latex)
    except ImportError as error:
        _log_once("Formulas are shown as text", str(error))
    except Exception as error:  # whatever its parser and its fonts come upon: the text is shown instead
        _log_once("Some formulas are shown as text", type(error).__name__)
    return None


def _drawn(latex: str) -> Drawing | None:
    # Late: it takes a tenth of a second and more, and a program that shows no formula does without it.
    ziamath: Any = importlib.import_module("ziamath")
    ziamath.config.svg2 = False  # QtSvg draws nothing of what it writes otherwise
    math_ = ziamath.Latex(latex, size=DRAWN_SIZE, color=_INK, margin=0)
    if any(ord(c) > 127 and not c.isspace() and not math_.font.glyphindex(c) for c in latex):
        return None  # its typeface has no such letter, and would draw an empty box
    svg = math_.svg()
    box = re.search(r'viewBox="([-\d.e]+) ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)"', svg)
    _left, top, width, height = map(float, box.groups()) if box else (0.0, 0.0, 0.0, 0.0)
    if not (0 < width < math.inf and 0 < height < math.inf):
        return None
    return Drawing(svg, width, height, -top)


def _painted(drawing: Drawing, scale: float, color: str, ratio: float) -> Typeset:
    width, height = drawing.width * scale, drawing.height * scale
    pixmap = QPixmap(max(1, math.ceil(width * ratio)), max(1, math.ceil(height * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(drawing.svg.replace(_INK, color).encode()))
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, width * ratio, height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return Typeset(pixmap, width, height, drawing.ascent * scale)


@cache
def _log_once(what: str, cause: str) -> None:
    log.warning("%s: %s", what, cause)
