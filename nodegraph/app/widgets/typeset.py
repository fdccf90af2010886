"""Typeset formulas as pictures: LaTeX in, a pixmap with its baseline out.

Formulas are drawn by ziamath as SVG, one at a turn of the event loop. Another thread loads it and draws what
takes long; it would hold the window up more than that if it drew everything, since threads of Python wait for
each other at every call of Qt. Until a formula is ready, and where it fails, whoever asks shows the text.
"""

from __future__ import annotations

import importlib
import logging
import math
import re
import time
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from threading import RLock
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nodegraph.app.platform import gc_guard
from nodegraph.app.platform.background_tasks import politely

log = logging.getLogger(__name__)

DRAWN_SIZE = 20.0
"""The size at which formulas are drawn as SVG; pixmaps are scaled from it."""
MOST_DRAWN, MOST_PIXMAPS = 1500, 1000
"""Formulas and pixmaps that are kept; those longest unused go first."""
LONGEST_LATEX = 2000
"""Characters beyond which a formula is left as text."""
LONG_LATEX = 100
"""Characters beyond which drawing a formula takes too long for the window's thread."""
TURN_MS, TELL_S = 2, 0.1
"""How soon the next formula is drawn, and how often it is told of while there are more."""
_other_thread = ThreadPoolExecutor(1, "typeset")
_pen = RLock()
"""Held by whoever draws: letters are read from one file by seeking in it, and kept as they were read."""
_SIGN = re.compile(r"(^|\(|\{|= |\\times )-")
"""A minus that is a sign of a number; it is typeset as one between two terms unless it stands in braces."""
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
        self._waiting: dict[str, None] = {}
        self._aside: dict[str, Future[Drawing | None]] = {}
        """Long formulas, drawn in the other thread."""
        self._warm: Future[Drawing | None] | None = None
        self._told = time.monotonic()
        self._clock = QTimer(self, interval=TURN_MS)
        self._clock.timeout.connect(self._go_on)

    def warm_up(self) -> None:
        """Load what draws, before the first formula is asked for."""
        if self._warm is None:
            self._warm = gc_guard.submit(_other_thread, politely(partial(draw, "x")))

    def ask(self, formulas: Iterable[str]) -> None:
        """Queue these formulas, to be drawn in this order while the program is idle; `drawn` reports each."""
        self.warm_up()
        for latex in formulas:
            if latex in self._drawings or latex in self._aside:
                continue
            if len(latex) > LONG_LATEX:
                self._aside[latex] = gc_guard.submit(_other_thread, partial(draw, latex))
            else:
                self._waiting[latex] = None
        if self._waiting or self._aside:
            self._clock.start()

    def forget_waiting(self) -> None:
        """Draw none of those that are asked for and not begun: they are no longer to be seen."""
        self._waiting.clear()
        self._aside = {latex: job for latex, job in self._aside.items() if not job.cancel()}

    @property
    def is_drawing(self) -> bool:
        """Whether formulas that were asked for are still to come."""
        return bool(self._waiting or self._aside)

    def is_ready(self, latex: str) -> bool:
        """Whether it is settled how this formula is shown: drawn, or as text for good."""
        return latex in self._drawings

    def can_draw(self, latex: str) -> bool:
        """Whether this formula is drawn already."""
        return self._drawings.get(latex) is not None

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

    def _go_on(self) -> None:
        """One formula at a turn of the event loop, so that nothing waits for longer than that takes."""
        settled = {latex: job.result() for latex, job in self._aside.items() if job.done()}
        for latex in settled:
            del self._aside[latex]
        if self._waiting and self._warm is not None and self._warm.done() and _pen.acquire(blocking=False):
            try:
                latex = next(iter(self._waiting))
                del self._waiting[latex]
                settled[latex] = draw(latex)
            finally:
                _pen.release()
        self._drawings.update(settled)
        while len(self._drawings) > MOST_DRAWN:
            self._drawings.popitem(last=False)
        is_done = not self._waiting and not self._aside
        if is_done:
            self._clock.stop()
        if is_done or time.monotonic() - self._told > TELL_S:
            self._told = time.monotonic()
            self.drawn.emit()


def draw(latex: str) -> Drawing | None:
    """One formula as SVG, or None where it cannot be typeset; touches nothing of Qt."""
    if len(latex) > LONGEST_LATEX:
        return None
    try:
        with _pen:
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
    math_ = ziamath.Latex(_SIGN.sub(r"\1{-}", latex), size=DRAWN_SIZE, color=_INK, margin=0)
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
