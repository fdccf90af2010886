"""What the mouse and the keys would do now, in one short line: by what is under the pointer and which key is
held; while a gesture runs, it has the words. Words only; `feature` finds out what is going on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt

from nodegraph.canvas.gestures.gesture import ALT, CTRL, NONE, SHIFT, Hints

Spot = Literal[
    "node", "number", "output", "input", "open input", "edge", "bend", "group", "collapsed", "chevron",
    "note", "canvas", "selected", "selected edge", "nothing",
]  # fmt: skip
BETWEEN = "  ·  "

OVER: dict[Spot, Hints] = {
    "node": {
        NONE: ("Drag moves", "Shift one direction", "Alt {snap}", "Double-click renames",
               "Right-click for more"),
        SHIFT: ("Click adds it to the selection or takes it out", "Drag moves in one direction"),
        CTRL: ("Click adds it to the selection or takes it out",),
        ALT: ("Drag moves {snap}, and into no edge",),
    },
    "number": {
        NONE: ("Drag changes it", "Shift fine", "Ctrl coarse", "Double-click to type"),
        SHIFT: ("Drag changes it in fine steps",),
        CTRL: ("Drag changes it in coarse steps",),
    },
    "output": {
        NONE: ("Drag to an input connects", "Drop on the empty canvas to add", "Ctrl moves all its edges"),
        CTRL: ("Drag moves all its edges to another output",),
    },
    "input": {NONE: ("Drag its edge to another port", "Drop on the empty canvas takes it off")},
    "open input": {NONE: ("Drag to an output connects", "Drop on the empty canvas to add")},
    "edge": {
        NONE: ("Click selects", "{graph.insert} inserts an operation", "{edit.delete} deletes",
               "Drag an end to re-route", "Double-click bends it"),
        SHIFT: ("Click adds it to the selection or takes it out",),
        CTRL: ("Click adds it to the selection", "Right-drag cuts edges"),
    },
    "bend": {
        NONE: ("Drag moves the bend", "Double-click takes it off", "Right-click for more"),
        SHIFT: ("Drag moves it in one direction",),
        ALT: ("Drag moves it {snap}",),
    },
    "group": {
        NONE: ("Drag moves the group", "Double-click renames", "{graph.collapse} collapses",
               "Right-click for more"),
        SHIFT: ("Click adds its nodes to the selection",),
        CTRL: ("Click adds its nodes to the selection",),
    },
    "collapsed": {
        NONE: ("Drag moves the group", "Double-click expands, on the title renames", "Right-click for more"),
        SHIFT: ("Click adds its nodes to the selection",),
        CTRL: ("Click adds its nodes to the selection",),
    },
    "chevron": {NONE: ("Click collapses or expands the group",)},
    "note": {
        NONE: ("Drag moves", "Double-click writes", "Drag its corner to resize"),
        SHIFT: ("Click adds it to the selection or takes it out",),
        CTRL: ("Click adds it to the selection or takes it out",),
    },
    "canvas": {
        NONE: ("Double-click adds", "Drag selects", "Space and drag pans", "Wheel zooms",
               "Ctrl and right-drag cuts"),
        SHIFT: ("Drag adds to the selection",),
        CTRL: ("Drag takes away from the selection", "Right-drag cuts edges"),
    },
    "selected": {
        NONE: ("Arrows go on", "Enter edits", "{graph.connect} connects", "Tab adds",
               "{view.next_part} leaves the canvas"),
        SHIFT: ("Arrows extend the selection", "{graph.connect_input} connects to it"),
        CTRL: ("Arrows move it",),
    },
    "selected edge": {
        NONE: ("Left and Right go to its ends", "{edit.next_edge} goes on", "{graph.insert} inserts",
               "{graph.reroute_to} leads it elsewhere", "{pass.to_edge} to its step"),
    },
    "nothing": {
        NONE: ("Arrows select a node", "Tab adds", "Space plays", "{help.commands} shows all commands"),
    },
}  # fmt: skip
"""What can be done over each kind of thing, with no key held and with each that matters there."""


def over(spot: Spot, held: Qt.KeyboardModifier, key_of: Callable[[str], str], snaps: bool) -> str:
    """The line for a resting hand."""
    return _line(OVER[spot], held, key_of, snaps)


def during(hints: Hints, held: Qt.KeyboardModifier, key_of: Callable[[str], str], snaps: bool) -> str:
    """The line for a gesture with these hints."""
    return _line(hints, held, key_of, snaps)


def _line(
    words: Hints,
    held: Qt.KeyboardModifier,
    key_of: Callable[[str], str],
    snaps: bool,
) -> str:
    key = next((one for one in (SHIFT, CTRL, ALT) if held & one and one in words), NONE)
    filled = (_filled(clause, key_of, snaps) for clause in words[key])
    return BETWEEN.join(clause for clause in filled if clause)


def _filled(clause: str, key_of: Callable[[str], str], snaps: bool) -> str:
    """A clause with its action's key in place; "" where that action has no key."""
    clause = clause.replace("{snap}", "off the grid" if snaps else "onto the grid")
    if not clause.startswith("{"):
        return clause
    name, _, rest = clause[1:].partition("}")
    key = key_of(name)
    return f"{key}{rest}" if key else ""
