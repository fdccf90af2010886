"""The words for what a lesson names: moments of the passes, nodes, edges, actions, parts of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nodegraph.lessons.records import ActionName, EdgeName, Moment, NodeName, PanelName, Target

PANELS = {
    "palette": "the palette",
    "canvas": "the canvas",
    "inspector": "the inspector at the right",
    "outline": "the outline",
    "timeline": "the timeline below the canvas",
    "speed": "the speed control",
    "transport": "the transport below the canvas",
    "sentence": "the sentence below the canvas",
    "derivation": "the derivation",
    "training": "the training page",
    "data": "the data page",
    "stage": "the stage beside the canvas",
    "cost": "the page Why backward?",
    "sensitivity": "the sensitivity page",
    "text": "the graph as text",
    "text_beside": "the text beside the canvas",
}
"""What lessons call the parts of the window; one that has no words here is called by its name."""

ActionWords = Callable[[str], str]
"""Says an action by its id, such as “Play (Space)”."""


def moment(moment: Moment | None) -> str:
    """What has happened at a moment of the passes."""
    if moment is None or moment.kind == "backward":
        return "both passes are complete"
    if moment.kind == "after":
        if isinstance(moment.after, EdgeName):
            return f"the edge {moment.after} has carried its contribution back"
        return f"{moment.after} has its value"
    return {
        "start": "the start",
        "inputs": "the inputs have their values",
        "forward": "the forward pass is complete",
        "number": f"step {moment.number}",
    }[moment.kind]


def named(target: Target, say_action: ActionWords) -> str:
    """What is pointed at."""
    if isinstance(target, ActionName):
        return say_action(target.id)
    if isinstance(target, PanelName):
        return PANELS.get(target.name, f"the panel {target.name}")
    return f"the edge {target}" if isinstance(target, EdgeName) else f"the node {target}"


def all_named(targets: Sequence[Target], say_action: ActionWords) -> str:
    """Everything that is pointed at, in one phrase."""
    nodes = [str(target) for target in targets if isinstance(target, NodeName)]
    edges = [f"{t.source} → {t.target}" for t in targets if isinstance(t, EdgeName)]
    others = [named(t, say_action) for t in targets if isinstance(t, ActionName | PanelName)]
    phrases = [f"the {kind}{'s' if words[1:] else ''} {_list(words)}"
               for kind, words in (("node", nodes), ("edge", edges)) if words]  # fmt: skip
    return _list([*phrases, *others]) if phrases or others else ""


def _list(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else words[0]
