"""The smooth curves of edges that lead directly, from port to port. Knows numbers alone."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.direction import Direction

CLOSE, CLOSE_RISE = 28.0, 100.0
"""How near two ports are, along their edge and across, between which it has hardly room to turn."""
SEGMENTS = 16
"""How many straight pieces stand for a curve."""
FEW = 12
"""Edges whose curves are found one by one, which is quicker than to have numpy do it."""


@cache
def _weights(segments: int) -> NDArray[np.float64]:
    """How much of each control point is in each of so many points and one along a cubic, shape (4, n + 1)."""
    share = np.linspace(0.0, 1.0, segments + 1)
    rest = 1 - share
    return np.stack([rest**3, 3 * share * rest**2, 3 * share**2 * rest, share**3])


def flattened(
    ends: NDArray[np.float64], segments: int = SEGMENTS, direction: Direction = Direction.RIGHT
) -> NDArray[np.float64]:
    """Edges as polylines: ends of shape (n, 4) as x1 y1 x2 y2 give points of shape (n, segments + 1, 2)."""
    points: NDArray[np.float64] = np.matmul(_weights(segments).T, direct(ends, direction))
    return points


def direct(ends: NDArray[np.float64], direction: Direction = Direction.RIGHT) -> NDArray[np.float64]:
    """Control points of the smooth curves of edges: ends of shape (n, 4) give shape (n, 4, 2)."""
    ends = direction.turned_all(ends)
    found = _few_controls(ends) if len(ends) <= FEW else None
    return direction.turned_all(_controls(ends) if found is None else found)


def _controls(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    x1, y1, x2, y2 = ends.T
    dx, rise = x2 - x1, np.abs(y2 - y1)
    near, leads_on = np.minimum(40.0, dx / 4 + rise / 2), dx >= 0  # no farther than it takes to turn
    reach = np.where(leads_on, np.maximum(near, dx / 2), np.minimum(220.0, 60.0 - dx / 3))
    controls = np.empty((len(ends), 4, 2))
    controls[:, :2], controls[:, 2:] = ends[:, None, :2], ends[:, None, 2:]
    controls[:, 1, 0] += reach
    controls[:, 2, 0] -= reach
    close = leads_on & (dx < CLOSE) & (rise < CLOSE_RISE)
    if close.any():
        _straighten(controls, close, reach)
    return controls


def _few_controls(ends: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The same one by one, which is quicker for few; None where ports are close to each other."""
    found: list[float] = []
    for x1, y1, x2, y2 in ends.tolist():
        dx, rise = x2 - x1, abs(y2 - y1)
        if 0 <= dx < CLOSE and rise < CLOSE_RISE:
            return None
        reach = max(min(40.0, dx / 4 + rise / 2), dx / 2) if dx >= 0 else min(220.0, 60.0 - dx / 3)
        found += (x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2)
    return np.array(found, dtype=np.float64).reshape(-1, 4, 2)


def _straighten(controls: NDArray[np.float64], close: NDArray[np.bool_], reach: NDArray[np.float64]) -> None:
    """Let the curves between ports that are close to each other lead straight on, the closer the straighter:
    there is no room to leave a port level, turn, turn back and arrive level.
    """
    start, end = controls[close, 0], controls[close, 3]
    dx, dy = (end - start).T
    share = ((1 - dx / CLOSE) * (1 - np.abs(dy) / CLOSE_RISE))[:, None]
    chord = (end - start) / np.maximum(np.hypot(dx, dy), 1e-9)[:, None]
    way = reach[close][:, None] * ((1 - share) * (1.0, 0.0) + share * chord)
    controls[close, 1], controls[close, 2] = start + way, end - way
