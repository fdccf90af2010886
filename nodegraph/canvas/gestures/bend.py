"""Bending an edge by hand: a double click puts a point on it or takes one off, a drag moves one; keys too.

A point goes along the fine grid, and level with the points and ends beside it where these are near; Shift
keeps to one direction, Alt or Ctrl moves freely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt

from nodegraph.canvas.drawing.geometry import snapped
from nodegraph.canvas.gestures.freely import is_free
from nodegraph.canvas.gestures.gesture import has_moved, hints_of
from nodegraph.canvas.scene.alignment_guides import REACH_PX

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.graph.records import EdgeKey, Point

BEND_REACH = 9.0
"""Pixels from a bend within which a press takes it."""
EXPAND_FIRST = "Expand the group first: its edges cannot be bent while it is collapsed."


class Bend:
    """Carries one bend along; a press that never moves is a click on the edge."""

    cursor = Qt.CursorShape.SizeAllCursor
    hints = hints_of(
        "Shift keeps to one direction",
        "Alt or Ctrl moves {snap}",
        "Double-click takes it off",
        "Esc cancels",
        shift=("Moves in one direction", "Esc cancels"),
        alt=("Moves {snap}", "Esc cancels"),
        ctrl=("Moves {snap}", "Esc cancels"),
    )

    def __init__(self, view: Hand, place: QPointF, key: EdgeKey, number: int) -> None:
        self.view = view
        self.start = place
        self.key, self.number = key, number
        self.placement = view.graph_scene.placement
        self.points = list(self.placement.bends.of(key))
        self.began = QPointF(*self.points[number])
        self.moving = False
        self.placement.bends.chosen = (key, number)

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        way = place - self.start
        if not self.moving and not has_moved(way, self.view.zoom):
            return
        self.moving = True
        one_way = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if one_way:
            way = QPointF(way.x(), 0) if abs(way.x()) > abs(way.y()) else QPointF(0, way.y())
        there = self.began + way
        if self.view.snaps != is_free(modifiers):
            in_line = self._in_line(there)
            there = QPointF(in_line.x() if way.x() else there.x(), in_line.y() if way.y() else there.y())
        else:
            self.view.overlay.show_guides([])
        self.points[self.number] = (there.x(), there.y())
        self.placement.show_bent(self.key, self.points)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        points = tuple(self.points)
        self.cancel()
        if self.moving and points != self.placement.bends.of(self.key):
            self.view.intents.bend_requested.emit(self.key, points)

    def cancel(self) -> None:
        if self.moving:
            self.view.overlay.show_guides([])
            self.placement.show_bent(self.key, None)

    def _in_line(self, there: QPointF) -> QPointF:
        """Level or plumb with what is beside it on the edge, where that is near, else on the grid."""
        beside = [QPointF(*self._beside(step)) for step in (-1, 1)]
        reach = REACH_PX / max(self.view.zoom, 0.25)
        x = min((other.x() for other in beside), key=lambda x: abs(x - there.x()))
        y = min((other.y() for other in beside), key=lambda y: abs(y - there.y()))
        near_x, near_y = abs(x - there.x()) <= reach, abs(y - there.y()) <= reach
        found = QPointF(x if near_x else snapped(there.x()), y if near_y else snapped(there.y()))
        lines = [QLineF(found, other) for other in beside if (near_x, found.x()) == (True, other.x())]
        lines += [QLineF(found, other) for other in beside if (near_y, found.y()) == (True, other.y())]
        self.view.overlay.show_guides(lines)
        return found

    def _beside(self, step: int) -> Point:
        """The bend before or behind, or the end of the edge."""
        number = self.number + step
        if 0 <= number < len(self.points):
            return self.points[number]
        x, y = self.view.graph_scene.edge_layer.curve(self.key)[0 if step < 0 else -1].tolist()
        return x, y


def toggle(view: Hand, key: EdgeKey, place: QPointF) -> None:
    """Take off the bend that is here, or put one on the edge."""
    number = view.graph_scene.placement.bends.at(key, place, BEND_REACH / view.zoom)
    view.graph_scene.select(edges=[key])
    if number is None:
        put(view, key, place)
    else:
        take_off(view, key, number)


def put(view: Hand, key: EdgeKey, place: QPointF) -> None:
    """Put a bend on an edge, where it passes nearest to a place."""
    scene = view.graph_scene
    edge, bends = scene.graph.edge(key), scene.placement.bends
    if edge is None or bends.is_hidden(edge):
        view.hint.emit(EXPAND_FIRST)
        return
    leg, there = scene.placement.routes.leg_at(key, place)
    points = list(bends.of(key))
    points.insert(leg, (round(there.x(), 3), round(there.y(), 3)))
    bends.chosen = (key, leg)
    view.intents.bend_requested.emit(key, tuple(points))


def take_off(view: Hand, key: EdgeKey, number: int) -> None:
    """Take a bend off an edge."""
    points = view.graph_scene.placement.bends.of(key)
    view.intents.bend_requested.emit(key, (*points[:number], *points[number + 1 :]))


def nudge(view: Hand, way: QPointF) -> bool:
    """Move the chosen bend of the one selected edge; returns whether there is one."""
    key, bends = chosen_edge(view.graph_scene), view.graph_scene.placement.bends
    number = None if key is None else bends.chosen_of(key)
    if key is None or number is None:
        return False
    points = list(bends.of(key))
    x, y = points[number]
    points[number] = (x + way.x(), y + way.y())
    bends.chosen = (key, number)
    view.intents.bend_requested.emit(key, tuple(points))
    return True


def go_on(view: Hand, step: int) -> bool:
    """Choose the next bend of the one selected edge, or the one before; returns whether there is one."""
    key, bends = chosen_edge(view.graph_scene), view.graph_scene.placement.bends
    number = None if key is None else bends.chosen_of(key)
    if key is None or number is None or not 0 <= number + step < len(bends.of(key)):
        return False
    bends.chosen = (key, number + step)
    view.intents.bend_chosen.emit(key, number + step)
    view.viewport().update()
    return True


def chosen_edge(scene: GraphScene) -> EdgeKey | None:
    """The one edge that is selected, where nothing else is."""
    edges = scene.selected_edges()
    return edges[0] if len(edges) == 1 and not scene.selected_nodes() else None
