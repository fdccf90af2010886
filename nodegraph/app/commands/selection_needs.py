"""What an action needs before it can do anything, and the sentence for where that is missing. Knows the
window's state as a few counts; changes nothing but whether an action is enabled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nodegraph.core.graph.records import LEAVES

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow


@dataclass(frozen=True)
class State:
    """All that decides which actions can do something now."""

    nodes: int
    operations: int
    edges: int
    groups: int
    notes: int
    steps: int
    all_nodes: int
    can_undo: bool
    can_redo: bool
    can_go_back: bool
    can_go_forward: bool
    found: int
    presents: bool
    has_gradients: bool
    is_asked: bool
    lessons: int
    inputs: int
    is_forward_mode: bool
    untrainable: str
    """Why the graph cannot be trained, or empty."""
    is_training: bool
    has_learnt: bool
    has_run: bool

    @classmethod
    def of(cls, window: MainWindow) -> State:
        """The state of a window."""
        graph, stack = window.document.graph, window.document.stack
        # While another document is opened, the scene still shows the one before.
        chosen = [node_id for node_id in window.scene.selected_nodes() if node_id in graph]
        operations = [graph.node(node_id).op for node_id in chosen]
        history = window.view_history
        return cls(
            nodes=len(chosen),
            operations=sum(op not in LEAVES for op in operations),
            edges=len(window.scene.selected_edges()),
            groups=len(window.shaping.groups()) if graph.groups() else 0,
            notes=len(window.scene.selected_notes()),
            steps=len(window.player.trace.steps),
            all_nodes=len(graph),
            can_undo=stack.canUndo() or window.trainer.is_live,
            can_redo=stack.canRedo(),
            can_go_back=history.can_go_back,
            can_go_forward=history.can_go_forward,
            found=len(window.finding.found),
            presents=window.presenting.is_on,
            lessons=int(window.teaching.lessons.lesson is not None),
            has_gradients=window.player.trace.has_derivatives and window.player.mode == "reverse",
            inputs=operations.count("input"),
            is_forward_mode=window.player.mode == "forward",
            is_asked=window.predicting.is_asking,
            untrainable=window.trainer.why_not,
            is_training=window.trainer.is_running,
            has_learnt=window.trainer.is_live,
            has_run=window.trainer.steps_done > 0 and not window.trainer.is_running,
        )


TRAINING = "A run is on its way; stop it first, or wait."
LEARNT = "Nothing waits to be kept: a run that went through all its steps is kept by itself."

NEEDS: dict[str, tuple[Callable[[State], bool], str | Callable[[State], str]]] = {
    "panels": (lambda s: not s.presents, "Leave the presentation first, with Esc."),
    "nodes": (lambda s: s.nodes > 0, "Select a node first."),
    "parts": (lambda s: s.nodes + s.notes > 0, "Select a node or a note first."),
    "node": (lambda s: s.nodes == 1, "Select one node first."),
    "input": (lambda s: s.inputs > 0, "Select an input first."),
    "forward_mode": (lambda s: s.is_forward_mode, "Derivatives run back from the output already."),
    "two": (lambda s: s.nodes > 1, "Select two nodes or more first."),
    "three": (lambda s: s.nodes > 2, "Select three nodes or more first."),
    "operations": (lambda s: s.operations > 0, "Select an operation first; inputs cannot be muted."),
    "something": (lambda s: s.nodes + s.edges + s.groups + s.notes > 0, "Select a node or an edge first."),
    "edge": (lambda s: s.edges == 1 and s.nodes == 0, "Select one edge first."),
    "group": (lambda s: s.groups > 0, "Select a node of a group first."),
    "steps": (lambda s: s.steps > 0, "There is nothing to play yet: add nodes and connect them."),
    "graph": (lambda s: s.all_nodes > 0, "There is no node yet."),
    "gradients": (lambda s: s.has_gradients, "There is no backward pass yet: add nodes and connect them."),
    "undo": (lambda s: s.can_undo, "There is nothing to take back."),
    "redo": (lambda s: s.can_redo, "There is nothing to make again."),
    "back": (lambda s: s.can_go_back, "There is no earlier view."),
    "forward": (lambda s: s.can_go_forward, "There is no later view."),
    "lesson": (lambda s: s.lessons > 0, "Open a lesson first."),
    "question": (lambda s: s.is_asked, "Begin with Predict first."),
    "training": (lambda s: not s.untrainable and not s.is_training, lambda s: s.untrainable or TRAINING),
    "training or running": (lambda s: not s.untrainable or s.is_training, lambda s: s.untrainable),
    "running": (lambda s: s.is_training, "Nothing is being trained now; Run starts it."),
    "learnt": (lambda s: s.has_learnt, LEARNT),
    "run": (lambda s: s.has_run, "Train first; then there is a run to save."),
    "found": (lambda s: s.found > 0, "Search with Find first."),
}
"""By the word in the table of actions: when it is met, and what to do where it is not."""


def missing(need: str, state: State) -> str:
    """What is missing for an action with this need, or ""."""
    if not need:
        return ""
    is_met, sentence = NEEDS[need]
    if is_met(state):
        return ""
    return sentence if isinstance(sentence, str) else sentence(state)
