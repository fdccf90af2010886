"""What gradients cost by each way: against published path counts, graphs counted by hand, and growth."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.cost import Cost, Way, cost_of
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.explain.derivation import derive_node
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from tests.strategies import graphs

CASES = json.loads(
    (Path(__file__).parent.parent.parent / "cases" / "published.json").read_text(encoding="utf-8")
)


def cost(text: str, **values: float) -> Cost:
    found = cost_of(run(parse(text, **values)))
    assert found is not None
    return found


def ways(found: Cost) -> dict[str, Way]:
    return {way.title: way for way in found.ways}


def test_the_graph_of_micrograds_readme_has_24_paths_from_a_and_30_from_b() -> None:
    case = next(case for case in CASES if case["name"] == "micrograd-readme-g")
    found = cost(f"g = {case['formula']}", **case["inputs"])
    assert dict(found.paths) == {"a": 24, "b": 30}


def test_reverse_mode_takes_one_pass_and_crosses_each_edge_once() -> None:
    found = cost("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    assert (found.edges, ways(found)["Reverse mode"].passes) == (6, 1)
    assert ways(found)["Reverse mode"].operations == 6


def test_sums_at_forks_are_counted_as_additions() -> None:
    # Four edges carry; at x two further contributions are added to the first.
    assert ways(cost("y = x*x + x", x=3))["Reverse mode"].operations == 4 + 2
    assert ways(cost("y = a*b", a=3, b=2))["Reverse mode"].operations == 2


def test_a_graph_in_which_nothing_reaches_the_output_has_no_cost() -> None:
    assert cost_of(run(Graph())) is None
    assert cost_of(run(parse("y = 2"))) is None


def test_paths_double_at_every_fork_while_edges_only_add() -> None:
    short = cost("; ".join(["d1 = a + a", *[f"d{n} = d{n - 1} + d{n - 1}" for n in range(2, 6)]]), a=1)
    long = cost("; ".join(["d1 = a + a", *[f"d{n} = d{n - 1} + d{n - 1}" for n in range(2, 101)]]), a=1)
    assert dict(short.paths) == {"a": 2**5}
    assert dict(long.paths) == {"a": 2**100}
    assert (short.edges, long.edges) == (10, 200)
    assert ways(long)["Reverse mode"].operations == 200 + 100


def test_with_more_inputs_every_way_but_reverse_mode_takes_more_passes() -> None:
    few, many = (cost(f"y = {' + '.join(f'w{n}*w{n}' for n in range(count))}") for count in (2, 20))
    assert [ways(found)["Nudge each input"].passes for found in (few, many)] == [3, 21]
    assert [ways(found)["Forward mode"].passes for found in (few, many)] == [2, 20]
    assert [ways(found)["Reverse mode"].passes for found in (few, many)] == [1, 1]


@given(graphs())
def test_reverse_mode_never_takes_more_than_two_operations_an_edge(graph: Graph) -> None:
    found = cost_of(run(graph))
    if found is not None:
        reverse = ways(found)["Reverse mode"].operations
        assert found.edges <= reverse < 2 * found.edges or found.edges == reverse == 1
        assert all(way.operations >= 0 for way in found.ways)


@given(graphs())
def test_forward_mode_is_counted_as_it_runs_from_each_input(graph: Graph) -> None:
    back = run(graph)
    found = cost_of(back)
    if found is None:
        return
    operations = 0
    for input_id, _ in found.paths:
        forth = run_forward_mode(graph, input_id)
        useful = forth.carried & back.carried
        receivers = forth.plan.edge_target[useful].tolist()
        operations += 2 * len(receivers) - len(set(receivers))
    assert ways(found)["Forward mode"].operations == operations


def test_more_paths_than_python_writes_out_are_told_as_a_power_of_ten() -> None:
    depth = 14_400
    nodes = [Node("n0", "input", "n0", 1.0)]
    nodes += [Node(f"n{i}", "mean", f"n{i}", rank=i) for i in range(1, depth + 1)]
    edges = [Edge(f"n{i - 1}", f"n{i}", port) for i in range(1, depth + 1) for port in (0, 1)]
    trace = run(Graph.of(nodes, edges))
    found = cost_of(trace)
    assert found is not None
    assert found.paths == (("n0", 2**depth),)
    assert "each of about 10^4335 paths" in ways(found)["Every path"].how
    parts = {part.kind: part for part in derive_node(trace.last_frame, "n0").parts}
    assert parts["paths"].note.startswith("about 10^4335 paths join n0 and")
