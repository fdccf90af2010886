"""Everything the hand can ask for on the canvas, on one page. Who edits connects to these signals."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Signal


class Intents(QObject):
    """The edits a person asks for by hand or by keys. Places are in scene units."""

    connect_requested = Signal(str, str, int)
    edge_dropped = Signal(str, str, int, QPointF, QPoint)
    """A new edge fell on the empty canvas: source or "", target or "", port, place, place on the screen."""
    choice_offered = Signal(object, object, QPoint)
    """An edge fell on a collapsed group where several are possible: [(source, target, port), …], what makes
    the chosen one, and the place on the screen."""
    reroute_requested = Signal(object, str, object)
    """An edge (key) is to run from this source to this port (target, port)."""
    bend_requested = Signal(object, object)
    """An edge (key) is to run through these points, each (x, y)."""
    bend_chosen = Signal(object, int)
    """The keys are about this bend of an edge (key) now: its number."""
    disconnect_requested = Signal(object)
    slice_requested = Signal(object)
    outputs_move_requested = Signal(str, str)
    insert_requested = Signal(str, object, object, str)
    """A node was dropped on an edge (key), at this (x, y), inside this group or ""."""
    regroup_requested = Signal(object, str, object)
    """Moved nodes {id: (x, y)}, the group to join or "" to leave theirs, the nodes that do."""
    arrange_requested = Signal(object, object)
    """Nodes and notes that were moved together, each {id: (x, y)}."""
    note_text_requested = Signal(str, str, float)
    """A note is to say this, and to be at least so high."""
    note_resize_requested = Signal(str, float, float)
    collapse_requested = Signal(str, bool)
    group_rename_requested = Signal(str, str)
    move_requested = Signal(object)
    value_requested = Signal(str, float, int)
    rename_requested = Signal(str, str)
    add_requested = Signal(str, QPointF)
    drop_requested = Signal(object, QPointF)
    """A text or a picture (QMimeData) was dropped here."""
    add_between_requested = Signal(str, object, QPointF)
    """An operation is to be added in the middle of an edge (key), its top left here."""
