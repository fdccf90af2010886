"""The test graphs that `nodegraph new` makes in place of a text, and what may not be asked of them."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from nodegraph.cli.arguments import UsageError
from nodegraph.cli.options import networks
from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    from nodegraph.core.building.shapes import Shape
    from nodegraph.core.graph.graph import Graph

KINDS = ("random", "mlp", "chain", "wide", "network")
LARGEST_LAID_OUT = 2_000
"""Nodes up to which a test graph is arranged as any other; beyond it stands in plain columns."""


def kind_of(arguments: Namespace) -> str | None:
    """Returns the test graph that was asked for, or "from" of a file; None where a text was typed. Refuses
    two of them, and neither.
    """
    kinds = [kind for kind in KINDS if getattr(arguments, kind) is not None]
    if kinds and arguments.foreign is not None:
        raise UsageError(f"write --from or --{kinds[0]}, not both")
    kind = next(iter(kinds), None) if arguments.foreign is None else "from"
    if arguments.text is None and kind is None:
        raise UsageError(
            "write a text, - for one on standard input, or a test graph such as --random 100"
            " (see nodegraph new --help)"
        )
    if arguments.text is not None and kind is not None:
        raise UsageError(f"write a text or --{kind}, not both")
    return kind


def graph_of(arguments: Namespace, kind: str) -> Graph:
    """Returns the test graph that was asked for, with places."""
    if kind == "network":
        return _network(arguments)
    from nodegraph.core.building import shapes
    from nodegraph.core.graph.direction import Direction
    from nodegraph.core.layout.placement import place_missing

    shape = _shape(arguments, kind)
    direction = Direction(arguments.direction)
    graph = shapes.graph_of(shape, direction, placed=len(shape) > LARGEST_LAID_OUT)
    graph.apply(place_missing(graph))
    return graph


def _network(arguments: Namespace) -> Graph:
    """Returns the network that *Insert ▸ Network* makes."""
    from nodegraph.core.building.network_draft import SQUARED, UNIFORM
    from nodegraph.core.building.networks import mlp, output_for
    from nodegraph.core.graph.direction import Direction
    from nodegraph.core.graph.edits import set_direction
    from nodegraph.core.graph.graph import Graph

    loss = (arguments.loss or SQUARED).replace("-", "_")
    output = arguments.output_activation or output_for(loss)
    graph = Graph()
    graph.apply(set_direction(graph, Direction(arguments.direction)))
    sizes, start = arguments.network, arguments.start or UNIFORM
    try:
        change = mlp(
            graph, sizes, arguments.activation or "tanh", output, loss,
            seed=arguments.seed or 0, start=start, penalty=arguments.penalty or 0.0,
        )  # fmt: skip
    except Refused as refusal:
        raise UsageError(f"--network {','.join(map(str, sizes))}: {refusal}") from None
    graph.apply(change)
    return graph


def _shape(arguments: Namespace, kind: str) -> Shape:
    from nodegraph.core.building import shapes
    from nodegraph.formats.limits import MAX_EDGES, MAX_NODES, MAX_PORTS

    seed, asked = arguments.seed or 0, getattr(arguments, kind)
    if kind != "mlp":
        if asked > MAX_NODES:
            raise UsageError(f"--{kind} {asked}: a document has at most {MAX_NODES:,} nodes")
        return shapes.SHAPES[kind](asked, seed)
    rows = arguments.rows or 1
    called = f"--mlp {','.join(map(str, asked))}" + (f" --rows {rows}" if rows > 1 else "")
    try:
        nodes, edges = shapes.count_mlp_shape(asked, rows)
    except Refused as refusal:
        raise UsageError(f"{called}: {refusal}") from None
    if nodes > MAX_NODES or edges > MAX_EDGES:
        most = f"a document has at most {MAX_NODES:,} nodes and {MAX_EDGES:,} edges"
        raise UsageError(f"{called}: {most}, these would be {nodes:,} and {edges:,}")
    if max(asked[:-1]) >= MAX_PORTS:
        raise UsageError(f"{called}: a neuron takes fewer than {MAX_PORTS:,} inputs")
    return shapes.mlp_shape(asked, rows, seed)


def demand_fitting_options(arguments: Namespace, kind: str | None, *, is_text: bool) -> None:
    """Refuse options that belong to something else than what was asked for."""
    for option, given, fits, owner in (
        ("--set", arguments.settings, is_text, "a text"),
        ("--binary", arguments.binary, is_text, "a text"),
        ("--map", arguments.map, kind == "from" and not is_text, "--from of a graph"),
        ("--rows", arguments.rows is not None, kind == "mlp", "--mlp"),
        ("--seed", arguments.seed is not None, kind not in (None, "from"), "a test graph"),
        *(
            (
                f"--{name.replace('_', '-')}",
                getattr(arguments, name) is not None,
                kind == "network",
                "--network",
            )
            for name in networks.OPTIONS
        ),
    ):
        if given and not fits:
            raise UsageError(f"{option} belongs to {owner}")
