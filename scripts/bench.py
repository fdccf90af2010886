"""How fast the engine is: nanoseconds per node, measured in one run beside the peers that are installed.

Then what one training step over a table of rows takes, beside passes row by row.

    python3 scripts/bench.py [--sizes 1000 10000 100000] [--shapes random mlp chain wide]
    python3 scripts/bench.py layout [FILE …]

The second form counts what stands in the way of reading the pictures of graphs, beside Graphviz dot.

Times are the best of several runs. Only the ratios within one run are worth comparing, for machines and
moments differ. Peers are used as people use them: casadi builds once, micrograd and torch anew at every step.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from nodegraph.core.engine.batch import Batch, mean_of
from nodegraph.core.engine.passes import backward, forward, run
from nodegraph.core.engine.plan import compile_plan
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.placement import place
from nodegraph.core.training.optimizers import OPTIMIZERS
from scripts import layout_bench

Operation = tuple[str, tuple[int, ...]]
"""What a node does and the numbers of the nodes it takes; "input" takes none."""
PEERS = ("casadi", "micrograd", "torch")
LARGEST_FOR_PEERS = {"casadi": 100_000, "micrograd": 10_000, "torch": 10_000}


# --- graphs
def random_shape(count: int) -> list[Operation]:
    """Two inputs each, from anywhere before; everything feeds the last node."""
    pick = random.Random(1)
    leaves = max(2, count // 10)
    made: list[Operation] = [("input", ())] * leaves
    unused = list(range(leaves))
    while len(made) < count:
        op = pick.choices(("add", "multiply", "tanh"), (55, 30, 15))[0]
        first = unused.pop(0) if len(unused) >= count - len(made) else pick.randrange(len(made))
        second = unused.pop(0) if unused and len(unused) >= count - len(made) else pick.randrange(len(made))
        made.append((op, (first,) if op == "tanh" else (first, second)))
        unused = (
            [number for number in unused if number not in (first, second)] if len(unused) < 50 else unused
        )
        unused.append(len(made) - 1)
    return made


def mlp_shape(count: int) -> list[Operation]:
    """Layers of sixteen neurons: products, a sum of sixteen and a tanh, over as many rows as it takes."""
    made: list[Operation] = [("input", ())] * (16 * 17)
    layer: list[int] = list(range(16))
    while len(made) < count:
        following = []
        for neuron in range(16):
            products = []
            for place_, source in enumerate(layer):
                made.append(("multiply", (source, 16 + 16 * neuron + place_)))
                products.append(len(made) - 1)
            made.append(("add", tuple(products)))
            made.append(("tanh", (len(made) - 1,)))
            following.append(len(made) - 1)
        layer = following
    made.append(("add", tuple(layer)))
    return made


def chain_shape(count: int) -> list[Operation]:
    """One after the other, as deep as it is large."""
    steps = ("negate", "tanh", "add", "multiply")
    made: list[Operation] = [("input", ()), ("input", ())]
    while len(made) < count:
        op, last = steps[len(made) % 4], len(made) - 1
        made.append((op, (last,) if op in ("negate", "tanh") else (last, 1)))
    return made


def wide_shape(count: int) -> list[Operation]:
    """A sum of products as a balanced tree; half of the nodes are inputs."""
    pairs = max(1, count // 4)
    made: list[Operation] = [("input", ())] * (2 * pairs)
    level = []
    for pair in range(pairs):
        made.append(("multiply", (2 * pair, 2 * pair + 1)))
        level.append(len(made) - 1)
    while len(level) > 1:
        following = []
        for first, second in zip(level[::2], level[1::2], strict=False):
            made.append(("add", (first, second)))
            following.append(len(made) - 1)
        level = following + ([level[-1]] if len(level) % 2 else [])
    return made


def network_shape() -> list[Operation]:
    """A 2-6-3-1 network in 101 nodes, with tanh and a squared error; the first three nodes are data."""
    made: list[Operation] = [("input", ())] * 3
    layer = [0, 1]
    for width in (6, 3, 1):
        following = []
        for _ in range(width):
            products = []
            for source in layer:
                made += [("input", ()), ("multiply", (source, len(made)))]
                products.append(len(made) - 1)
            made += [("input", ()), ("add", (*products, len(made))), ("tanh", (len(made) + 1,))]
            following.append(len(made) - 1)
        layer = following
    made += [("subtract", (layer[0], 2)), ("square", (len(made),))]
    return made


SHAPES: dict[str, Callable[[int], list[Operation]]] = {
    "random": random_shape,
    "mlp": mlp_shape,
    "chain": chain_shape,
    "wide": wide_shape,
}


def build(shape: list[Operation]) -> Graph:
    """The shape as a graph of ours."""
    nodes = [
        Node(f"n{i}", op, f"n{i}", leaf_value(i) if op == "input" else None, rank=i)
        for i, (op, _) in enumerate(shape)
    ]
    edges = [
        Edge(f"n{source}", f"n{target}", port)
        for target, (_, sources) in enumerate(shape)
        for port, source in enumerate(sources)
    ]
    return Graph.of(nodes, edges, {"output": nodes[-1].id})


def leaf_value(number: int) -> float:
    """A modest value for each input, the same in every engine."""
    return math.sin(number + 1.0) * 0.5


# --- measuring
def best_of(work: Callable[[], object], budget_s: float = 0.6) -> float:
    """The shortest time of a call in seconds, of three calls or as many as fit the budget."""
    shortest, spent, calls = math.inf, 0.0, 0
    while calls < 3 or (spent < budget_s and calls < 1_000):
        started = time.perf_counter()
        work()
        took = time.perf_counter() - started
        shortest, spent, calls = min(shortest, took), spent + took, calls + 1
    return shortest


def ours(graph: Graph) -> dict[str, float]:
    """Seconds for each part of our own engine."""
    plan = compile_plan(graph)
    leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
    output = plan.number[graph.output or ""]
    carried = plan.reaching(output)[plan.edge_target]
    _, local = forward(plan, leaves)
    return {
        "compile": best_of(lambda: compile_plan(graph)),
        "forward": best_of(lambda: forward(plan, leaves)),
        "backward": best_of(lambda: backward(plan, output, local, carried)),
        "run": best_of(lambda: run(graph)),
    }


def training(graph: Graph, rows: int) -> tuple[float, float]:
    """Seconds for one training step over so many rows (both passes and Adam), and for passes row by row.

    A hundred rows stand for all in the second; up to three leaves, the first, hold data.
    """
    plan = compile_plan(graph)
    leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
    output = plan.number[graph.output or ""]
    bound = list(range(min(3, plan.leaves - 1)))
    trained = list(range(len(bound), plan.leaves))
    data = np.random.default_rng(1).normal(size=(len(bound), rows))
    batch, optimizer = Batch(plan, output, trained, bound), OPTIMIZERS["adam"]
    state = optimizer.start(len(trained))

    def step() -> object:
        return optimizer.step(state, leaves[trained], mean_of(batch.parts(leaves, data)).gradients)

    carried = plan.reaching(output)[plan.edge_target]
    some = min(rows, 100)

    def row_by_row() -> object:
        gradients = np.zeros(len(trained))
        for row in range(some):
            here = leaves.copy()
            here[bound] = data[:, row]
            _, local = forward(plan, here)
            gradients += backward(plan, output, local, carried)[0][trained]
        return optimizer.step(state, leaves[trained], gradients / some)

    return best_of(step), best_of(row_by_row) * rows / some


def network_by_hand(rows: int) -> Callable[[], object]:
    """The step of `network_shape` as one writes it in numpy, a matrix to each layer; without Adam."""
    pick = np.random.default_rng(1)
    sizes = (2, 6, 3, 1)
    weights = [pick.normal(size=shape) for shape in zip(sizes[1:], sizes, strict=False)]
    biases = [np.zeros((size, 1)) for size in sizes[1:]]
    x, y = pick.normal(size=(2, rows)), pick.normal(size=(1, rows))

    def step() -> object:
        layers = [x]
        for weight, bias in zip(weights, biases, strict=True):
            layers.append(np.tanh(weight @ layers[-1] + bias))
        upstream, gradients = 2 * (layers[-1] - y) / rows, []
        for weight, before, after in zip(weights[::-1], layers[-2::-1], layers[:0:-1], strict=True):
            upstream = upstream * (1 - after**2)
            gradients.append((upstream @ before.T, upstream.sum(axis=1)))
            upstream = weight.T @ upstream
        return float(np.mean((layers[-1] - y) ** 2)), gradients

    return step


def painting(trace: Trace) -> float:
    """Seconds to ask one frame, late in the backward pass, for all that is painted at nodes and edges."""

    def work() -> None:
        frame = trace.frame(len(trace.steps) * 3 // 4)
        for node_id in trace.plan.ids:
            frame.value(node_id)
            frame.gradient(node_id)
        for key in trace.plan.keys:
            frame.contribution(key)

    return best_of(work)


# --- peers
def casadi_step(shape: list[Operation]) -> Callable[[], object]:
    import casadi

    inputs = [number for number, (op, _) in enumerate(shape) if op == "input"]
    symbols = casadi.SX.sym("x", len(inputs))
    at = {number: symbols[place_] for place_, number in enumerate(inputs)}
    values: list[Any] = []
    for number, (op, sources) in enumerate(shape):
        values.append(at[number] if op == "input" else applied(op, [values[s] for s in sources], casadi.tanh))
    step = casadi.Function("step", [symbols], [values[-1], casadi.gradient(values[-1], symbols)])
    leaves = np.array([leaf_value(number) for number in inputs])
    buffer, evaluate = step.buffer()
    value, gradient = np.zeros(1), np.zeros(len(inputs))
    buffer.set_arg(0, memoryview(leaves))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))
    kept = (step, buffer, leaves, value, gradient)  # casadi holds bare pointers into these

    def call() -> object:
        evaluate()
        return kept

    return call


def micrograd_step(shape: list[Operation]) -> Callable[[], object]:
    from micrograd.engine import Value

    def relu(x: Any) -> Any:
        return x.relu()  # micrograd 0.1.0 has no tanh; this is the nearest in cost

    def step() -> None:
        values: list[Any] = []
        for number, (op, sources) in enumerate(shape):
            leaf = Value(leaf_value(number)) if op == "input" else None
            values.append(leaf or applied(op, [values[s] for s in sources], relu))
        values[-1].backward()

    return step


def torch_step(shape: list[Operation]) -> Callable[[], object]:
    import torch

    def step() -> None:
        values: list[Any] = []
        for number, (op, sources) in enumerate(shape):
            leaf = (
                torch.tensor(leaf_value(number), dtype=torch.float64, requires_grad=True)
                if op == "input"
                else None
            )
            values.append(leaf if leaf is not None else applied(op, [values[s] for s in sources], torch.tanh))
        values[-1].backward()

    return step


def applied(op: str, operands: list[Any], tanh: Callable[[Any], Any]) -> Any:
    """An operation on a peer's own numbers."""
    if op == "tanh":
        return tanh(operands[0])
    if op == "negate":
        return -operands[0]
    result = operands[0]
    for operand in operands[1:]:
        result = result + operand if op == "add" else result * operand
    return result


STEPS: dict[str, Callable[[list[Operation]], Callable[[], object]]] = {
    "casadi": casadi_step,
    "micrograd": micrograd_step,
    "torch": torch_step,
}


# --- the report
def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("engine", "layout"), default="engine")
    parser.add_argument("files", nargs="*", type=Path, help="documents, or text with values; tests/graphs")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--shapes", nargs="+", choices=list(SHAPES), default=list(SHAPES))
    asked = parser.parse_args()
    if asked.what == "layout":
        layout_bench.report(asked.files or sorted(layout_bench.GRAPHS.glob("*.txt")))
        return
    sys.setrecursionlimit(1_000_000)  # micrograd and torch walk their graphs by recursion
    peers = [name for name in PEERS if importlib.util.find_spec(name)]
    for name in PEERS:
        if name not in peers:
            print(f"{name}: not installed, skipped")
    print("\nns per node; peers as a multiple of our forward + backward")
    columns = ["nodes", "compile", "forward", "backward", "run", "frame", *peers]
    print(f"{'':8}" + "".join(f"{column:>11}" for column in columns))
    for shape_name in asked.shapes:
        for size in asked.sizes:
            report(shape_name, SHAPES[shape_name](size), peers)
    print("\none training step, Adam, 10,000 rows; passes row by row as a multiple of it")
    shapes = {"network": network_shape(), **{name: SHAPES[name](100) for name in ("random", "chain", "wide")}}
    for shape_name, shape in shapes.items():
        report_training(shape_name, build(shape), 10_000)
    by_hand = best_of(network_by_hand(10_000)) * 1e3
    print(f"the network in plain numpy, a matrix to each layer: {by_hand:.1f} ms")
    graph = build(random_shape(2_000))
    print(f"\nlayout of {len(graph)} nodes: {best_of(lambda: place(graph)) * 1e3:.0f} ms")


def report(name: str, shape: list[Operation], peers: list[str]) -> None:
    """One line: a shape at one size."""
    graph = build(shape)
    count = len(graph)
    took = ours(graph)
    frame = painting(run(graph))
    cells = [f"{count:>11,}"] + [f"{s / count * 1e9:>11,.0f}" for s in (*took.values(), frame)]
    for peer in peers:
        if count > 1.1 * LARGEST_FOR_PEERS[peer]:
            cells.append(f"{'-':>11}")
            continue
        ratio = best_of(STEPS[peer](shape)) / (took["forward"] + took["backward"])
        cells.append(f"{ratio:>10.2f}x")
    print(f"{name:8}" + "".join(cells), flush=True)


def report_training(name: str, graph: Graph, rows: int) -> None:
    """One line: a training step of a shape."""
    batched, row_by_row = training(graph, rows)
    print(
        f"{name:8}{len(graph):>11,} nodes{batched * 1e3:>11.1f} ms{row_by_row / batched:>11.0f}x", flush=True
    )


if __name__ == "__main__":
    main()
