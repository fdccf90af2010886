"""What the stage says: why it is empty and what to do then, and what it shows, for who does not see it."""

from __future__ import annotations

from nodegraph.app.features.training_stage.feed import MOST_NODES, Feed
from nodegraph.app.features.training_stage.portrait import Portrait, Sketch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import table_of

NO_OUTPUT = "There is no output to draw yet; add nodes, or choose which one is the output."
NO_DATA = (
    "Nothing takes its values from data yet. Load a table (Train ▸ Load Data Table) or generate one (Train ▸ "
    "Generate Data), and the output is drawn here over its points."
)
NO_COLUMN = (
    "No input takes a column of the data yet. Let one take it in Training, and the output is drawn here over "
    "the points."
)
NO_FEATURE = (
    "No input of data meets a parameter, so there is nothing to draw the output over. Let an input take a "
    "column in Training, and multiply it by a weight."
)
TOO_LARGE = f"The graph has more than {MOST_NODES:,} nodes, which is too large to be drawn here."


def why_empty(feed: Feed) -> str:
    """Returns why nothing is drawn over the data and what to do, or ""."""
    graph = feed.document.graph
    if feed.is_too_large:
        return TOO_LARGE
    if graph.output is None:
        return NO_OUTPUT
    subject = feed.subject
    if not feed.is_known:
        return ""
    if subject is None:
        takes_data = any(node.column is not None for node in graph.nodes())
        if takes_data:
            return feed.course.why_not or NO_FEATURE
        return NO_COLUMN if table_of(graph) is not None else NO_DATA
    if subject.columns:
        return ""
    return NO_COLUMN if table_of(graph) is not None else NO_DATA


def axis_title(graph: Graph, node_id: str) -> str:
    """Returns the name of an input, with that of its column where it is another: "x1 = height"."""
    node = graph.node(node_id)
    return node.name if node.column in (None, node.name) else f"{node.name} = {node.column}"


def axes_titles(sketch: Sketch, graph: Graph) -> tuple[str, str]:
    """Returns what runs to the right and what upwards."""
    names = [axis_title(graph, axis) for axis in sketch.axes]
    if len(names) == 1:
        names.append(graph.node(sketch.answers[0].node).name if len(sketch.answers) == 1 else "outputs")
    return names[0], names[1]


def title_of_other(portrait: Portrait) -> str:
    """Returns what a portrait is compared with, or ""."""
    return portrait.compared.title if portrait.compared is not None else ""


def described(sketch: Sketch, graph: Graph) -> str:
    """Returns what the picture shows, in words."""
    subject, answer = sketch.subject, sketch.answers[0]
    name = graph.node(answer.node).name if len(sketch.answers) == 1 else "the class of the largest output"
    over = " and ".join(axis_title(graph, axis) for axis in sketch.axes)
    kind = "Map" if len(sketch.axes) == 2 else "Curve"
    rows = f"{subject.rows:,} point{'' if subject.rows == 1 else 's'}"
    level = f", boundary where it is {format_number(answer.level)}" if answer.level is not None else ""
    return f"{kind} of {name} over {over}, with {rows}{level}"
