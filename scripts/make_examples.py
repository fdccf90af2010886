"""Make the example documents anew from `resources/examples/index.json`, which says what each computes.

Run it after a change to the index, the layout or the format: `.venv/bin/python scripts/make_examples.py`.
A test makes sure that what lies in `resources/examples` is what this makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from nodegraph.core.building import networks  # noqa: E402
from nodegraph.core.building.expression import parse  # noqa: E402
from nodegraph.core.graph import edits  # noqa: E402
from nodegraph.core.graph.graph import Graph  # noqa: E402
from nodegraph.core.layout import placement  # noqa: E402
from nodegraph.core.training import bindings  # noqa: E402
from nodegraph.core.training.setup import Setup  # noqa: E402
from nodegraph.core.training.tables import Table  # noqa: E402
from nodegraph.formats import files, native  # noqa: E402
from nodegraph.formats.examples import Example, groups  # noqa: E402


def graph_of(example: Example) -> Graph:
    """The graph of an example: its program, staged by its names, with a title and a place for every node."""
    graph = network_of(example) if example.network else parse("\n".join(example.program), **example.inputs)
    for name in example.fixed:
        graph.apply(edits.set_trainable(graph, graph.named(name).id, False))
    if example.training is not None:
        graph.apply(bindings.set_training(graph, Setup.of(example.training)))
    graph.apply(edits.set_title(graph, example.title))
    graph.apply(edits.move(graph, example.positions))
    graph.apply(placement.place_missing(graph))
    return graph


def network_of(example: Example) -> Graph:
    """The network of an example, with its data, which inputs are called as its columns, and its training."""
    told = dict(example.network or {})
    data = told.pop("data")
    columns = tuple((name, tuple(map(float, numbers))) for name, numbers in data["columns"].items())
    setup = Setup.of(told.pop("training"))
    graph = Graph()
    graph.apply(networks.mlp(graph, **told))
    for name, value in example.inputs.items():
        graph.apply(edits.set_value(graph, name, value))
    graph.apply(bindings.set_table(graph, Table(data["title"], columns)))
    graph.apply(bindings.bind_by_name(graph))
    graph.apply(bindings.set_training(graph, setup))
    return graph


def main() -> int:
    """Write every example's document, and say which of them changed."""
    for group in groups():
        for example in group.examples:
            data = native.write(graph_of(example))
            if not example.path.exists() or example.path.read_bytes() != data:
                example.path.parent.mkdir(parents=True, exist_ok=True)
                files.write_whole(example.path, data)
                print(f"made {example.path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
