"""Networks: the scalar graph computes what the matrices compute, forward and back, and reads well."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nodegraph.core.building import networks
from nodegraph.core.building.expression import parse
from nodegraph.core.building.network_draft import (
    CROSS_ENTROPY,
    HINGE,
    LINEAR,
    NO_LOSS,
    NORMAL,
    SOFTMAX,
    SQUARED,
    UNIT,
)
from nodegraph.core.building.networks import ACTIVATIONS, MOST_NODES, count_mlp, read_sizes
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group_faces
from nodegraph.core.layout.card_size import group_size, node_size
from tests.core.applying import applied, refusal

Array = NDArray[np.float64]


def an_mlp(sizes: Sequence[int], *arguments: str, seed: int = 0, **more: Any) -> Graph:
    return applied(Graph(), networks.mlp(Graph(), sizes, *arguments, seed=seed, **more))


def names(graph: Graph) -> list[str]:
    return [node.name for node in graph.nodes()]


# --- an oracle of matrices, with nothing of ours in it
def squashed(name: str, z: Array) -> Array:
    return {
        "tanh": lambda: np.tanh(z),
        "sigmoid": lambda: 1 / (1 + np.exp(-z)),
        "relu": lambda: np.maximum(z, 0),
        "leaky_relu": lambda: np.where(z > 0, z, 0.01 * z),
        "softplus": lambda: np.log1p(np.exp(z)),
        LINEAR: lambda: z,
    }[name]()


def slope(name: str, z: Array) -> Array:
    s = 1 / (1 + np.exp(-z))
    return {
        "tanh": lambda: 1 - np.tanh(z) ** 2,
        "sigmoid": lambda: s * (1 - s),
        "relu": lambda: (z > 0) * 1.0,
        "leaky_relu": lambda: np.where(z > 0, 1.0, 0.01),
        "softplus": lambda: s,
        LINEAR: lambda: np.ones_like(z),
    }[name]()


def by_matrices(
    weights: list[Array], biases: list[Array], activations: list[str], x: Array, t: Array, loss: str
) -> tuple[float, list[Array], list[Array]]:
    """(the loss, its gradients by the weights, and by the biases)."""
    values, sums = [x], []
    for weight, bias, name in zip(weights, biases, activations, strict=True):
        sums.append(weight @ values[-1] + bias)
        values.append(squashed(name, sums[-1]))
    y = values[-1]
    if loss == SQUARED:
        result, upstream = np.mean((y - t) ** 2), 2 * (y - t) / len(y)
    elif loss == HINGE:
        result, upstream = np.mean(np.maximum(0, 1 - t * y)), np.where(t * y < 1, -t, 0) / len(y)
    elif loss == SOFTMAX:
        shares = np.exp(y) / np.exp(y).sum()
        result, upstream = -np.sum(t * np.log(shares)), shares * t.sum() - t
    else:
        result = -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
        upstream = -(t / y - (1 - t) / (1 - y)) / len(y)
    by_weights, by_biases = [], []
    for place in reversed(range(len(weights))):
        delta = upstream * slope(activations[place], sums[place])
        by_weights.insert(0, np.outer(delta, values[place]))
        by_biases.insert(0, delta)
        upstream = weights[place].T @ delta
    return float(result), by_weights, by_biases


def layer_names(sizes: Sequence[int]) -> list[list[str]]:
    several = len(sizes) > 3
    hidden = [
        [f"h{number}_{place}" if several else f"h{place}" for place in range(1, neurons + 1)]
        for number, neurons in enumerate(sizes[1:-1], 1)
    ]
    last = [f"y{place}" for place in range(1, sizes[-1] + 1)] if sizes[-1] > 1 else ["y"]
    return [*hidden, last]


@pytest.mark.parametrize(
    ("sizes", "activation", "output", "loss"),
    [
        ((2, 4, 1), "tanh", "sigmoid", SQUARED),
        ((2, 4, 1), "tanh", "sigmoid", CROSS_ENTROPY),
        ((3, 5, 4, 2), "relu", LINEAR, SQUARED),
        ((3, 2, 3), "leaky_relu", "sigmoid", CROSS_ENTROPY),
        ((1, 12, 1), "softplus", "tanh", SQUARED),
        ((4, 3), LINEAR, "sigmoid", SQUARED),
        ((2, 4, 1), "relu", LINEAR, HINGE),
        ((2, 4, 3), "tanh", "tanh", HINGE),
        ((3, 4, 2), "tanh", LINEAR, SOFTMAX),
        ((1, 1), "tanh", LINEAR, SQUARED),
    ],
)
def test_both_passes_agree_with_matrices(
    sizes: tuple[int, ...], activation: str, output: str, loss: str
) -> None:
    graph = an_mlp(sizes, activation, output, loss, seed=7)
    given = {f"x{place}": 0.3 * place - 0.7 for place in range(1, sizes[0] + 1)}
    targets = [f"t{place}" for place in range(1, sizes[-1] + 1)] if sizes[-1] > 1 else ["t"]
    given |= {name: 0.25 + 0.5 * (place % 2) for place, name in enumerate(targets)}
    graph = graph.with_values(given)
    trace = run(graph)
    assert trace.problems == []

    layers = layer_names(sizes)
    if loss == SOFTMAX:
        layers[-1] = [name.replace("y", "z") for name in layers[-1]]
    weights = [
        np.array([[trace.values[f"{name}_w{port}"] for port in range(1, before + 1)] for name in layer])
        for layer, before in zip(layers, sizes, strict=False)
    ]
    biases = [np.array([trace.values[f"{name}_b"] for name in layer]) for layer in layers]
    kinds = [activation] * (len(layers) - 1) + [output]
    x = np.array([given[f"x{place}"] for place in range(1, sizes[0] + 1)])
    t = np.array([given[name] for name in targets])
    result, by_weights, by_biases = by_matrices(weights, biases, kinds, x, t, loss)

    assert trace.values["L"] == pytest.approx(result, rel=1e-12)
    assert graph.node(graph.output or "").name == "L"
    for layer, weight, bias in zip(layers, by_weights, by_biases, strict=True):
        for row, name in enumerate(layer):
            assert trace.gradients[f"{name}_b"] == pytest.approx(bias[row], rel=1e-10, abs=1e-14)
            for port in range(weight.shape[1]):
                ours = trace.gradients[f"{name}_w{port + 1}"]
                assert ours == pytest.approx(weight[row, port], rel=1e-10, abs=1e-14)


@pytest.mark.parametrize(
    ("logit", "target", "loss", "gradient"),
    [  # mpmath, 50 digits: t·log(1 + e^−z) + (1 − t)·log(1 + e^z), and σ(z) − t
        (37, 1, 8.533047625744065e-17, -8.533047625744065e-17),
        (-37, 0, 8.533047625744065e-17, 8.533047625744065e-17),
        (36, 0, 36.0, 1.0),
        (-36, 1, 36.0, -1.0),
        (800, 0, 800.0, 1.0),
        (-800, 1, 800.0, -1.0),
        (0.5, 0.25, 0.8490769841801067, 0.3724593312018546),
    ],
)
@pytest.mark.parametrize("outputs", [1, 3])
def test_the_cross_entropy_holds_where_the_output_rounds_to_0_or_1(
    outputs: int, logit: float, target: float, loss: float, gradient: float
) -> None:
    graph = an_mlp((1, outputs), "tanh", "sigmoid", CROSS_ENTROPY)
    place = "3" if outputs > 1 else ""
    trace = run(graph.with_values({f"y{place}_w1": logit, f"y{place}_b": 0.0, f"t{place}": target}))
    assert trace.problems == []
    assert trace.values[f"loss{place}" if place else "L"] == pytest.approx(loss, rel=1e-15)
    assert trace.gradients[f"y{place}_w1"] == pytest.approx(gradient / outputs, rel=1e-15)


def test_a_cross_entropy_shows_what_the_network_answers_beside_the_loss() -> None:
    graph = an_mlp((2, 4, 1), "tanh", "sigmoid", CROSS_ENTROPY)
    hidden = grouping.hidden_nodes(graph)
    assert [name for name in ("y", "t", "L") if name in hidden] == []
    values = run(graph).values
    assert values["L"] == pytest.approx(-np.log(values["y"]), rel=1e-12)


# --- what is made
@pytest.mark.parametrize("sizes", [(1, 1), (2, 4, 1), (3, 9, 2), (2, 3, 3, 4)])
@pytest.mark.parametrize("loss", [SQUARED, CROSS_ENTROPY, NO_LOSS, HINGE, SOFTMAX])
@pytest.mark.parametrize("activation", ["tanh", LINEAR])
@pytest.mark.parametrize("penalty", [0.0, 0.01])
def test_the_count_told_before_is_what_is_made(
    sizes: tuple[int, ...], loss: str, activation: str, penalty: float
) -> None:
    if (loss == SOFTMAX and sizes[-1] == 1) or (loss == NO_LOSS and penalty):
        with pytest.raises(Refused):
            count_mlp(sizes, activation, LINEAR, loss, penalty)
        return
    output = LINEAR if loss in (HINGE, SOFTMAX) else "sigmoid"
    graph = an_mlp(sizes, activation, output, loss, penalty=penalty)
    made = count_mlp(sizes, activation, output, loss, penalty)
    assert made.nodes == len(graph)
    assert made.parameters == sum(node.learns for node in graph.nodes())


def test_two_four_one_has_seventeen_weights_and_biases() -> None:
    assert count_mlp((2, 4, 1), "tanh", "sigmoid", SQUARED).parameters == 17


def test_inputs_and_targets_are_data_and_all_that_is_random_learns() -> None:
    graph = an_mlp((2, 2, 2))
    assert [n.name for n in graph.nodes() if n.op == "input" and not n.learns] == ["x1", "x2", "t1", "t2"]


def test_the_same_seed_gives_the_same_values_and_another_others() -> None:
    assert an_mlp((2, 4, 1), seed=3) == an_mlp((2, 4, 1), seed=3)
    assert an_mlp((2, 4, 1), seed=3) != an_mlp((2, 4, 1), seed=4)


def test_weights_keep_within_glorot_s_bound_and_he_s_for_rectifiers() -> None:
    for activation, bound in (("tanh", np.sqrt(6 / (9 + 30))), ("relu", np.sqrt(6 / 9))):
        graph = applied(Graph(), networks.layer(Graph(), 9, 30, activation, seed=1))
        values = [abs(n.value or 0) for n in graph.nodes() if "_w" in n.name]
        assert len(values) == 270
        assert 0.95 * bound < max(values) <= bound + 1e-4
        biases = [abs(n.value or 0) for n in graph.nodes() if n.name.endswith("_b")]
        assert 0 < max(biases) <= 1 / 3 + 1e-4


def test_the_bound_of_a_hidden_layer_rests_on_its_own_width_and_not_on_the_next() -> None:
    graph = an_mlp((9, 30, 1))
    hidden = [abs(n.value or 0) for n in graph.nodes() if n.name.startswith("h") and "_w" in n.name]
    bound = np.sqrt(6 / (9 + 30))
    assert len(hidden) == 270
    assert 0.95 * bound < max(hidden) <= bound + 1e-4


def test_random_values_can_be_read_on_a_card() -> None:
    values = [node.value for node in an_mlp((2, 4, 1)).nodes() if node.learns]
    assert all(round(value or 0.0, 4) == value for value in values)


def test_each_neuron_is_a_collapsed_group_that_takes_its_inputs_and_gives_one_value() -> None:
    graph = an_mlp((2, 4, 1))
    assert [group.title for group in graph.groups()] == [
        "Neuron h1", "Neuron h2", "Neuron h3", "Neuron h4", "Neuron y",
    ]  # fmt: skip
    assert all(group.collapsed for group in graph.groups())
    faces = group_faces(graph, graph.groups()[0].id)
    assert [face.source for face in faces.incoming] == ["x1", "x2"]
    assert [face.source for face in faces.outgoing] == ["h1"]
    assert [face.source for face in group_faces(graph, graph.groups()[-1].id).incoming] == [
        "h1", "h2", "h3", "h4",
    ]  # fmt: skip


def test_neurons_of_deeper_networks_are_named_by_layer() -> None:
    graph = an_mlp((1, 2, 2, 1))
    titles = ["Neuron h1,1", "Neuron h1,2", "Neuron h2,1", "Neuron h2,2", "Neuron y"]
    assert [group.title for group in graph.groups()] == titles


def test_a_large_layer_is_one_group() -> None:
    graph = an_mlp((2, 16, 1))
    assert [group.title for group in graph.groups()] == ["Hidden layer: 16 tanh neurons", "Neuron y"]


def test_columns_follow_each_other_from_left_to_right_and_cards_keep_apart() -> None:
    graph = an_mlp((2, 4, 1))
    corners = [grouping.corner(graph, group.id) for group in graph.groups()]
    first = [y for _, y in corners[:4]]
    assert first == sorted(first)
    assert min(np.diff(first)) >= 84 + 28
    x = {node.name: node.x or 0.0 for node in graph.nodes()}
    assert x["x1"] < corners[0][0] < corners[4][0] < x["error"] < x["L"]
    assert len({corner[0] for corner in corners[:4]}) == 1


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(("sizes", "loss"), [((2, 16, 16, 1), "hinge"), ((2, 8, 3), "softmax")])
def test_cards_with_many_ports_keep_apart(sizes: tuple[int, ...], loss: str, direction: Direction) -> None:
    graph = Graph()
    graph.apply(edits.set_direction(graph, direction))
    applied(graph, networks.mlp(graph, sizes, output_activation="linear", loss=loss, penalty=1e-4))
    hidden = grouping.hidden_nodes(graph)
    shown = [node for node in graph.nodes() if node.id not in hidden]
    boxes = [(node.x or 0.0, node.y or 0.0, *node_size(graph, node.id)) for node in shown]
    boxes += [(*grouping.corner(graph, group.id), *group_size(graph, group.id)) for group in graph.groups()]
    for (x, y, wide, tall), (left, top, width, height) in itertools.combinations(boxes, 2):
        assert x >= left + width or left >= x + wide or y >= top + height or top >= y + tall
    assert max(max(wide, tall) for *_, wide, tall in boxes) < 800


def test_the_top_left_is_where_it_was_asked_for() -> None:
    graph = applied(Graph(), networks.mlp(Graph(), (2, 4, 1), at=(400.0, -80.0)))
    assert (min(n.x or 0 for n in graph.nodes()), min(n.y or 0 for n in graph.nodes())) == (400.0, -80.0)


def test_a_network_lies_beneath_what_is_there_and_takes_other_names() -> None:
    graph = an_mlp((2, 2, 1))
    before = set(names(graph))
    hidden = grouping.hidden_nodes(graph)
    lowest = max(node.y or 0 for node in graph.nodes() if node.id not in hidden)
    lowest = max(lowest, *(grouping.corner(graph, group.id)[1] for group in graph.groups()))
    change = networks.mlp(graph, (2, 2, 1))
    applied(graph, change)
    made = [graph.node(node_id) for node_id in change.made()]
    assert {"x3", "x4", "h3", "h4", "y2", "t2", "L2", "h3_w1"} <= {node.name for node in made}
    assert before.isdisjoint(node.name for node in made)
    assert min(node.y or 0 for node in made) > lowest + 84
    assert graph.node(graph.output or "").name == "L2"
    assert run(graph).problems == []


def test_it_is_one_change_with_a_name() -> None:
    assert networks.mlp(Graph(), (2, 4, 1)).name == "Insert MLP 2-4-1"
    assert networks.neuron(Graph(), 2, "relu").name == "Insert a neuron"
    assert networks.layer(Graph(), 2, 3, "relu").name == "Insert a layer of 3 neurons"


# --- neurons and layers that take what is there
def test_a_neuron_takes_the_nodes_it_is_given() -> None:
    graph = parse("L = a*b", a=2, b=3)
    graph.apply(edits.move(graph, {node.id: (0.0, 10.0) for node in graph.nodes()}))
    applied(graph, networks.neuron(graph, ["a", "b"], "tanh"))
    faces = group_faces(graph, graph.groups()[0].id)
    assert [face.source for face in faces.incoming] == ["a", "b"]
    values = run(graph).values
    z = values["h_w1"] * 2 + values["h_w2"] * 3 + values["h_b"]
    assert values["h"] == pytest.approx(np.tanh(z), rel=1e-14)
    assert (graph.node("h").x or 0) > 144


def test_a_layer_after_a_layer_lies_beside_its_cards_not_beyond_what_they_hide() -> None:
    graph = applied(Graph(), networks.layer(Graph(), 2, 3, "tanh"))
    left = max(grouping.corner(graph, group.id)[0] for group in graph.groups())
    applied(graph, networks.layer(graph, ["h1", "h2", "h3"], 2, "tanh"))
    right = grouping.corner(graph, graph.groups()[-1].id)[0]
    assert left + 184 < right <= left + 184 + 256


def test_a_layer_takes_the_nodes_it_is_given_each_once() -> None:
    graph = parse("L = a*b")
    applied(graph, networks.layer(graph, ["a", "b", "a"], 3, LINEAR))
    assert [node.name for node in graph.nodes() if node.name.startswith("h")][:3] == [
        "h1_w1",
        "h1_w2",
        "h1_b",
    ]
    assert {"h1", "h2", "h3"} <= set(names(graph))


def test_a_neuron_of_its_own_gets_inputs() -> None:
    graph = applied(Graph(), networks.neuron(Graph(), 3, "relu"))
    assert names(graph)[:4] == ["x1", "x2", "x3", "h_w1"]


def test_a_collapsed_group_gives_what_it_computes_last_and_an_open_one_what_is_chosen() -> None:
    graph = an_mlp((2, 2, 1), "tanh", "sigmoid", NO_LOSS)
    hidden = [*graph.group("group1").nodes, *graph.group("group2").nodes]
    assert networks.ends(graph, [*reversed(hidden), "x1"]) == ["x1", "h1", "h2"]
    graph.apply(grouping.set_collapsed(graph, ["group1"], False))
    assert networks.ends(graph, ["h1_w1", "h1"]) == ["h1_w1", "h1"]


# --- what is refused
def test_sizes_are_read_as_people_write_them() -> None:
    for text in ("2-4-1", " 2 - 4 - 1 ", "2,4,1", "2 4 1", "2→4→1", "2×4×1", "2–4–1"):
        assert read_sizes(text) == (2, 4, 1)


@pytest.mark.parametrize("text", ["", "2", "2-", "-2-4", "two-four", "2-4.5-1", "2--4", "٢-٤"])
def test_sizes_that_make_no_sense_are_refused(text: str) -> None:
    assert refusal(lambda: read_sizes(text)).startswith("Write the sizes as 2-4-1")


def test_networks_that_make_no_sense_are_refused() -> None:
    graph = Graph()
    assert refusal(lambda: networks.mlp(graph, (2,))).startswith("A network needs at least")
    assert refusal(lambda: networks.mlp(graph, (2, 0, 1))).startswith("Each layer needs at least one neuron")
    assert refusal(lambda: read_sizes("2-0-1")).startswith("Each layer needs at least one neuron")
    assert refusal(lambda: networks.mlp(graph, (2, 1), "swish")).startswith("There is no activation “swish”")
    assert refusal(lambda: networks.mlp(graph, (2, 1), "tanh", "swish")).startswith("There is no activation")
    assert refusal(lambda: networks.mlp(graph, (2, 1), loss="huber")).startswith("There is no loss “huber”")
    said = refusal(lambda: networks.mlp(graph, (2, 1), "tanh", "tanh", CROSS_ENTROPY))
    assert said.startswith("Cross-entropy needs outputs between 0 and 1")
    assert refusal(lambda: networks.neuron(graph, ["gone"], "tanh")) == "That node is no longer there."
    assert refusal(lambda: networks.neuron(graph, [], "tanh")).startswith("Each layer needs at least")


def test_a_network_beyond_reading_is_refused_before_it_is_made() -> None:
    said = refusal(lambda: networks.mlp(Graph(), (1000, 1000, 1)))
    assert said == f"That would be 2,006,006 nodes; at most {MOST_NODES:,} are made in one go."
    assert refusal(lambda: networks.layer(Graph(), 99_999, 99_999, "tanh")).startswith("That would be")
    assert refusal(lambda: read_sizes("2-9999999-1")).startswith("That is too large")


def test_every_activation_of_the_catalogue_is_offered() -> None:
    for name in ACTIVATIONS:
        assert run(an_mlp((1, 1, 1), name, name, NO_LOSS)).problems == []


# --- losses, penalty and starts
def test_a_softmax_far_out_is_right_where_exponentials_overflow() -> None:
    """mpmath: log(1 + e^-1000) = 0 and 1000 + log(1 + e^-1000) = 1000 in 64 bit."""
    graph = an_mlp((1, 2), "tanh", LINEAR, SOFTMAX)
    weights = {"z1_w1": 1000.0, "z1_b": 0.0, "z2_w1": 0.0, "z2_b": 0.0}
    right = run(graph.with_values(weights | {"t1": 1.0, "t2": 0.0}))
    wrong = run(graph.with_values(weights | {"t1": 0.0, "t2": 1.0}))
    assert (right.values["L"], right.values["y1"], right.gradients["z1_b"]) == (0.0, 1.0, 0.0)
    assert (wrong.values["L"], wrong.gradients["z1_b"], wrong.gradients["z2_b"]) == (1000.0, 1.0, -1.0)


def test_the_targets_of_a_softmax_begin_as_one_class() -> None:
    values = run(an_mlp((2, 3), "tanh", LINEAR, SOFTMAX)).values
    assert [values[name] for name in ("t1", "t2", "t3")] == [1.0, 0.0, 0.0]
    assert values["y1"] + values["y2"] + values["y3"] == pytest.approx(1, rel=1e-15)


def test_a_penalty_adds_the_squares_of_all_that_learns() -> None:
    graph = an_mlp((2, 3, 1), "tanh", "sigmoid", SQUARED, seed=3, penalty=0.1)
    plain = run(an_mlp((2, 3, 1), "tanh", "sigmoid", SQUARED, seed=3))
    trace = run(graph)
    learnt = [node.name for node in graph.nodes() if node.learns]
    squares = sum(trace.values[name] ** 2 for name in learnt)
    assert trace.values["L"] == pytest.approx(plain.values["L"] + 0.1 * squares, rel=1e-12)
    for name in learnt:
        expected = plain.gradients[name] + 0.2 * plain.values[name]
        assert trace.gradients[name] == pytest.approx(expected, rel=1e-12)


def test_a_normal_start_has_the_variance_of_its_fans_and_one_within_1_has_biases_of_0() -> None:
    normal = run(an_mlp((30, 20, 1), "relu", LINEAR, SQUARED, seed=1, start=NORMAL)).values
    weights = [value for name, value in normal.items() if name.startswith("h") and "_w" in name]
    assert len(weights) == 600
    assert np.std(weights) == pytest.approx((2 / 30) ** 0.5, rel=0.1)
    unit = run(an_mlp((30, 20, 1), "relu", LINEAR, SQUARED, seed=1, start=UNIT)).values
    weights = [value for name, value in unit.items() if "_w" in name]
    assert -1 <= min(weights) < -0.95 < 0.95 < max(weights) <= 1
    assert {value for name, value in unit.items() if name.endswith("_b")} == {0.0}


@pytest.mark.parametrize(
    ("sizes", "output", "loss", "penalty", "said"),
    [
        ((2, 1), "sigmoid", HINGE, 0.0, "Hinge needs outputs of both signs; take None (linear)"),
        ((2, 2), "relu", SOFTMAX, 0.0, "Cross-entropy of a softmax needs outputs of both signs;"),
        ((2, 1), LINEAR, SOFTMAX, 0.0, "A softmax needs two outputs or more"),
        ((2, 1), LINEAR, SQUARED, -1.0, "The L2 penalty is a number from 0"),
        ((2, 1), LINEAR, SQUARED, float("nan"), "The L2 penalty is a number from 0"),
        ((2, 1), LINEAR, NO_LOSS, 0.1, "An L2 penalty is added to a loss; choose one."),
    ],
)
def test_losses_that_make_no_sense_are_refused(
    sizes: tuple[int, ...], output: str, loss: str, penalty: float, said: str
) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        count_mlp(sizes, "tanh", output, loss, penalty)
