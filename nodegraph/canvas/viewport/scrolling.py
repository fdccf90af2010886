"""How a view is scrolled where other things lie over it: what is free of them is copied, and only what comes
into view or lay beneath them is painted again. Qt by itself would paint all of it.

Knows widgets, no scene.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

NEAR_EDGE = 16
"""What lies so near to an edge of the view, in pixels, is taken to reach it: narrow strips cost as much as
they save.
"""
MOST_PARTS = 12
"""Rectangles that are copied one by one; with more, all is painted again."""


def scroll(viewport: QWidget, by: QPoint, still: QRegion) -> None:
    """Move what a view shows by so many pixels; what is painted at a fixed place in it lies in `still`."""
    covered = QRegion(still)
    for rect in _laid_over(viewport):
        covered |= _to_edges(rect, viewport.rect())
    covered &= QRegion(viewport.rect())
    free = QRegion(viewport.rect()) - covered
    if free.rectCount() > MOST_PARTS:
        viewport.update()
        return
    for rect in free:
        viewport.scroll(by.x(), by.y(), rect)
    viewport.update(covered)


def _laid_over(viewport: QWidget) -> Iterator[QRect]:
    """Yield where other widgets lie over a view, or upon it, in its pixels."""
    yield from (child.geometry() for child in _shown(viewport.children()))
    widget, place = viewport, QPoint(0, 0)
    while not widget.isWindow() and (parent := widget.parentWidget()) is not None:
        place += widget.pos()
        siblings = parent.children()
        for above in _shown(siblings[siblings.index(widget) + 1 :]):
            yield above.geometry().translated(-place)
        widget = parent


def _shown(children: list[object]) -> Iterator[QWidget]:
    for child in children:
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield child


def _to_edges(rect: QRect, whole: QRect) -> QRect:
    """A rectangle that reaches the edges of another which it nearly reaches."""
    grown = rect.adjusted(-NEAR_EDGE, -NEAR_EDGE, NEAR_EDGE, NEAR_EDGE)
    left = whole.left() if grown.left() <= whole.left() else rect.left()
    top = whole.top() if grown.top() <= whole.top() else rect.top()
    right = whole.right() if grown.right() >= whole.right() else rect.right()
    bottom = whole.bottom() if grown.bottom() >= whole.bottom() else rect.bottom()
    return QRect(QPoint(left, top), QPoint(right, bottom))


def way_into(low: int, high: int, least: int, most: int) -> int:
    """Returns by how much an interval must move to lie within another one.

    >>> way_into(-5, 10, 0, 100), way_into(95, 110, 0, 100), way_into(-5, 200, 0, 100), way_into(1, 2, 0, 100)
    (5, -10, 5, 0)
    """
    return max(least - low, min(0, most - high)) if low < least or high > most else 0


def beyond(away: float, room: float) -> float:
    """Returns how far a distance reaches beyond the room to either side; all of it where there is no room.

    >>> beyond(230.0, 157.0), beyond(-200.0, 157.0), beyond(100.0, 157.0), beyond(5.0, -1.0)
    (73.0, -43.0, 0.0, 5.0)
    """
    return away - min(max(away, -max(room, 0.0)), max(room, 0.0))
