"""Moving the selected cards, on the fine grid; Alt or Ctrl moves freely, Shift keeps to one direction.

Where the view does not snap, Alt and Ctrl do.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, Qt, QTimer

from nodegraph.canvas.drawing.geometry import snapped
from nodegraph.canvas.gestures.freely import is_free
from nodegraph.canvas.gestures.gesture import has_moved, hints_of
from nodegraph.canvas.gestures.landing import EdgeLanding, GroupLanding
from nodegraph.canvas.scene.alignment_guides import REACH_PX, Neighbours
from nodegraph.canvas.scene.edge_placement import FEW

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

Place: TypeAlias = tuple[float, float]
"""A place of the scene, or a way in it: a drag asks for many, and Qt's own take ten times as long."""
AIM_MS = 40
"""In a large graph an edge to land on is looked for no more often than that."""


@cache  # to ask Qt's flags takes long
def _wishes(modifiers: Qt.KeyboardModifier) -> tuple[bool, bool]:
    """Whether the hand asks to move freely, and in one direction."""
    return is_free(modifiers), bool(modifiers & Qt.KeyboardModifier.ShiftModifier)


class Move:
    """Carries the selection along; a press that never moves is a click, which `clicked` then settles."""

    cursor = Qt.CursorShape.SizeAllCursor
    hints = hints_of(
        "Shift keeps to one direction",
        "Alt or Ctrl moves {snap}",
        "Drop on an edge to put it in",
        "Esc cancels",
        shift=("Moves in one direction", "Esc cancels"),
        alt=("Moves {snap}, and into no edge", "Esc cancels"),
        ctrl=("Moves {snap}, and into no edge", "Esc cancels"),
    )

    def __init__(
        self, view: Hand, place: QPointF, node_id: str | None, *, carries_group: bool = False
    ) -> None:
        self.view = view
        self.start = place
        self.pressed = node_id
        cards = view.graph_scene.items_by_id
        self.began = {chosen: cards.spot(chosen) for chosen in view.graph_scene.selected_nodes()}
        notes = view.graph_scene.surroundings.notes
        self.notes = {chosen: notes[chosen].pos().toTuple() for chosen in view.graph_scene.selected_notes()}
        self.anchor = next(iter(self.notes.values())) if node_id is None else self.began[node_id]
        self.neighbours = Neighbours(view.graph_scene, node_id, self.began) if node_id is not None else None
        self.moving = False
        self._way: Place | None = None
        """How far all have been moved."""
        self.carries_group = carries_group
        self.edge = EdgeLanding(view.graph_scene, node_id or "")
        self._beside: Place = (0.0, 0.0)
        """How far from where the drag began the word stands that says what a drop would do."""
        self._aims_later = False
        """Whether the card has come elsewhere since an edge was looked for beneath it."""
        self._next_aim = QTimer(singleShot=True, interval=AIM_MS)
        self._next_aim.timeout.connect(self._catch_up)
        self.group = GroupLanding(view.graph_scene, [] if carries_group or self.notes else self.began)

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.moving and not has_moved(place - self.start, self.view.zoom):
            return
        way = place.x() - self.start.x(), place.y() - self.start.y()
        self.moving, (goes_freely, is_straight) = True, _wishes(modifiers)
        if is_straight:
            way = (way[0], 0.0) if abs(way[0]) > abs(way[1]) else (0.0, way[1])
        if self.view.snaps != goes_freely:
            way = self._in_line(way, is_straight=is_straight)
        else:
            self.view.overlay.show_guides([])
        still = () if goes_freely else self.group.homes
        self.view.graph_scene.surroundings.hold_still(still)
        if way != self._way:  # on the grid all stays where it is now and then
            self._way = way
            self._place(_moved(self.began, way), _moved(self.notes, way))
        self._look(place, way, goes_freely=goes_freely)

    def _look(self, place: QPointF, way: Place, *, goes_freely: bool) -> None:
        """Show what a drop here would do beyond moving, in a word beside a place that goes along with the
        card: while that stays where it is on the grid, nothing is painted.
        """
        self._beside, self._aims_later = way, False
        if goes_freely:
            self.group.clear()
        else:
            self.group.look(place)
        if self.pressed is None or len(self.began) > 1 or self.notes or goes_freely:
            self.edge.clear()
        elif self._next_aim.isActive():
            self._aims_later = True
        else:
            self._aim()
        self._say()

    def _aim(self) -> None:
        """Look for an edge beneath the card, and not again at once where there are many."""
        scene = self.view.graph_scene
        self._aims_later = False
        self.edge.look(scene.items_by_id[self.pressed or ""].card)
        if len(scene.edge_layer.rows) > FEW:
            self._next_aim.start()

    def _catch_up(self) -> None:
        """Look for an edge where the card is by now."""
        if self._aims_later:
            self._aim()
            self._say()

    def _say(self) -> None:
        said = self.edge.sentence() or self.group.sentence()
        beside = self.start + QPointF(*self._beside) if said else self.start
        self.view.say(said, beside, refused=self.edge.refusal is not None)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._catch_up()
        aimed = self.edge.key
        self.move(place, modifiers)
        self._catch_up()
        if not self.moving:
            if self.pressed is not None and not self.carries_group:
                self.view.click_node(self.pressed, modifiers)
            return
        key, group_id, nodes = self.edge.key, self.group.group_id, self.group.nodes
        self._forget()
        items = self.view.graph_scene.items_by_id
        there = {node_id: items.spot(node_id) for node_id in self.began}
        if self.notes:
            notes = self.view.graph_scene.surroundings.notes
            self.view.intents.arrange_requested.emit(
                there, {note_id: notes[note_id].pos().toTuple() for note_id in self.notes}
            )
        elif key is not None and key == aimed and self.pressed is not None:  # it was shown as the target
            self.view.intents.insert_requested.emit(self.pressed, key, there[self.pressed], group_id)
        elif nodes:
            self.view.intents.regroup_requested.emit(there, group_id, nodes)
        else:
            self.view.intents.move_requested.emit(there)

    def cancel(self) -> None:
        self._forget()
        self._place(self.began, self.notes)

    def _forget(self) -> None:
        self._aims_later = False
        self.edge.clear()
        self.group.clear()
        self.view.overlay.show_guides([])
        self.view.say("", QPointF())

    def _in_line(self, way: Place, *, is_straight: bool) -> Place:
        """Follow a guide where one is near, else the grid; one direction may be fixed already."""
        x, y = self._to_grid(way)
        if self.pressed is None or self.neighbours is None:
            return x, y
        outline, began = self.view.graph_scene.items_by_id[self.pressed].outline, self.began[self.pressed]
        left, top = began[0] + way[0], began[1] + way[1]
        card = left, top, left + outline.width, top + outline.height
        found = self.neighbours.guides(card, REACH_PX / max(self.view.zoom, 0.25))
        if is_straight and way[0] == 0:
            found.dx = None
        if is_straight and way[1] == 0:
            found.dy = None
        x = x if found.dx is None else way[0] + found.dx
        y = y if found.dy is None else way[1] + found.dy
        shown = (found.dx is not None, found.dy is not None)
        self.view.overlay.show_guides([line for line in found.lines if shown[0 if line.dx() == 0 else 1]])
        return x, y

    def _to_grid(self, way: Place) -> Place:
        """Round so that the pressed card comes to lie on the grid; the others keep their distance to it."""
        x, y = self.anchor
        return snapped(x + way[0]) - x, snapped(y + way[1]) - y

    def _place(self, places: dict[str, Place], note_places: dict[str, Place]) -> None:
        scene = self.view.graph_scene
        for note_id, place in note_places.items():
            if note_id in scene.surroundings.notes:
                scene.surroundings.notes[note_id].setPos(*place)
        held = [node_id for node_id in places if node_id in scene.items_by_id]
        for node_id in held:
            scene.items_by_id[node_id].setPos(*places[node_id])
        lifted = held if len(held) == 1 and self.edge.may_land else ()
        scene.placement.follow(held, is_passing=True, lifted=lifted)


def _moved(places: dict[str, Place], way: Place) -> dict[str, Place]:
    x, y = way
    return {key: (left + x, top + y) for key, (left, top) in places.items()}
