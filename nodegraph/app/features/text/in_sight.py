"""Undo and redo from the text: the canvas beside it shows what they change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.graph.changes import Change

MOST_LOOKED_AT = 200
"""Nodes of a change of which one is to be seen: those of a large one are made in a moment, not looked for."""


def run_in_sight(work: Workspace, command: str) -> None:
    """Run edit.undo or edit.redo. Where the whole graph was seen it is seen again, and else the view goes to
    what has changed, if nothing of that is seen.
    """
    change, was_fitted = work.document.next_change(undo=command == "edit.undo"), work.canvas.is_fitted
    work.commands.run(command)
    if change is None or work.editor.tasks.is_running:
        return
    if was_fitted:
        if any(patch.before is None or patch.after is None for patch in change.patches):
            work.canvas.fit()
        return
    reveal(work, change)


def reveal(work: Workspace, change: Change) -> None:
    """Bring into view what a change has touched, where nothing of it is seen."""
    graph = work.document.graph
    there = list(islice((node_id for node_id in _nodes_of(change) if node_id in graph), MOST_LOOKED_AT))
    seen = work.canvas.seen()
    if there and not any(seen.intersects(work.scene.card_of(node_id)) for node_id in there):
        work.canvas.reveal(*there)


def _nodes_of(change: Change) -> Iterator[str]:
    """The nodes that a change touches, or whose incoming edges it does."""
    for patch in change.patches:
        if patch.kind == "node":
            yield patch.key
        elif patch.kind == "edge":
            yield patch.key[0]
