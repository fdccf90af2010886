"""What of a graph is drawn over its data, and the answers over a grid."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.stage.boundary import Field, Grid, Subject, middles, subject_of
from nodegraph.core.training.answers import Answer, Snapshot
from tests.core.training.test_two_moons import network, two_moons

X1, X2 = np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 0, 1])
XOR = {"x1": X1, "x2": X2, "t": np.array([0.0, 1, 1, 0])}
SIGNS = {**XOR, "t": np.array([-1.0, 1, 1, -1])}


def subject(graph: Graph, columns: Mapping[str, np.ndarray]) -> Subject:
    """Of a graph whose inputs are called as the columns are."""
    found = subject_of(
        Snapshot.of(graph), {graph.named(name).id: numbers for name, numbers in columns.items()}
    )
    assert found is not None
    return found


def net(loss: str, activation: str, penalty: float = 0.0) -> Graph:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", activation, loss, penalty=penalty))
    return graph


@pytest.mark.parametrize("penalty", [0.0, 0.01])
@pytest.mark.parametrize(
    ("loss", "activation", "columns", "level"),
    [
        ("squared", "sigmoid", XOR, 0.5),
        ("squared", "tanh", SIGNS, 0.0),
        ("cross_entropy", "sigmoid", XOR, 0.5),
        ("hinge", "linear", SIGNS, 0.0),
        ("hinge", "tanh", SIGNS, 0.0),
    ],
)
def test_each_loss_has_its_boundary(
    loss: str, activation: str, columns: dict[str, np.ndarray], level: float, penalty: float
) -> None:
    found = subject(net(loss, activation, penalty), columns)
    assert (found.kind, found.features, found.answers) == (
        "two classes", ("x1", "x2"), (Answer("y", "t", level),)
    )  # fmt: skip
    assert found.classes is not None
    assert found.classes.tolist() == [0, 1, 1, 0]


def test_the_demo_is_drawn_over_its_two_features_around_0() -> None:
    found = subject(network(), two_moons().arrays)
    assert (found.kind, found.features, found.answers) == (
        "two classes",
        ("x1", "x2"),
        (Answer("y", "t", 0.0),),
    )
    assert found.limits(found.answers[0]) == (-1.0, 1.0)


def test_a_cross_entropy_written_out_has_the_probability_as_its_answer() -> None:
    graph = parse("z = w*x1 + v*x2 + b\ny = sigmoid(z)\nL = -(t*log(y) + (1 - t)*log(1 - y))")
    assert subject(graph, XOR).answers == (Answer("y", "t", 0.5),)


def test_a_logit_without_its_sigmoid_has_its_boundary_at_0() -> None:
    graph = parse("z = w*x1 + v*x2 + b\nL = t*softplus(-z) + (1 - t)*softplus(z)")
    assert subject(graph, XOR).answers == (Answer("z", "t", 0.0),)


def test_a_number_that_is_learnt_has_no_boundary_and_the_colours_of_its_targets() -> None:
    graph = parse("y = w*x + v*x**2 + b\nL = (t - y)**2")
    found = subject(graph, {"x": X1 + X2, "t": np.array([0.5, 2.0, 3.0, 7.0])})
    assert (found.kind, found.features, found.answers) == ("number", ("x",), (Answer("y", "t", None),))
    assert found.limits(found.answers[0]) == (0.5, 7.0)


def test_a_target_that_meets_a_bias_is_told_by_its_name() -> None:
    graph = parse("L = (w*x + (b - y))**2")
    assert subject(graph, {"x": X1, "y": X2}).features == ("x",)


def test_classes_with_a_target_each_meet_where_two_answers_are_equal() -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 3], "tanh", "linear", "softmax", seed=3))
    one_hot = {"t1": [1.0, 0, 0, 1], "t2": [0.0, 1, 0, 0], "t3": [0.0, 0, 1, 0]}
    found = subject(graph, {"x1": X1, "x2": X2, **{name: np.array(hot) for name, hot in one_hot.items()}})
    assert (found.kind, [answer.target for answer in found.answers]) == ("classes", ["t1", "t2", "t3"])
    assert found.classes is not None
    assert found.classes.tolist() == [0, 1, 2, 0]
    field = Grid(found, found.features, side=9).field({})
    leads = field.leads()
    for place in np.ndindex(9, 9):
        x1, x2 = (middles(*span, 9)[i] for span, i in zip(field.spans, place, strict=True))
        at = {"x1": x1, "x2": x2}
        logits = np.array([run(graph, values=at).values[name] for name in ("z1", "z2", "z3")])
        assert field.winners[place] == logits.argmax()
        others = [np.delete(logits, i).max() for i in range(3)]
        assert leads[(slice(None), *place)] == pytest.approx(logits - others)


def test_targets_that_are_not_one_hot_are_numbers() -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 2], "tanh", "linear", "squared"))
    columns = {"x1": X1, "x2": X2, "t1": np.array([1.0, 1, 0, 1]), "t2": np.array([0.0, 1, 0, 0])}
    assert subject(graph, columns).kind == "number"


def test_nothing_is_drawn_of_a_graph_without_data_or_without_an_output() -> None:
    assert subject_of(Snapshot.of(parse("L = (w*2 + b - 9)**2")), {}) is None
    assert subject_of(Snapshot.of(Graph()), {}) is None


@pytest.mark.parametrize("axes", [("x1", "x2"), ("x2", "x1"), ("x2",)])
def test_the_grid_holds_what_a_pass_finds_at_each_place(axes: tuple[str, ...]) -> None:
    graph = net("cross_entropy", "sigmoid")
    found = subject(graph, XOR)
    learnt = {node.id: 0.1 * place - 0.7 for place, node in enumerate(n for n in graph.nodes() if n.learns)}
    field = Grid(found, axes, side=5).field(learnt)
    assert field.values.shape == (1, *(5 for _ in axes))
    for place in np.ndindex(*(5 for _ in axes)):
        at = {"x1": 0.5, "x2": 0.5} | {
            axis: middles(*span, 5)[i] for axis, span, i in zip(axes, field.spans, place, strict=True)
        }
        assert field.values[(0, *place)] == pytest.approx(run(graph, values={**learnt, **at}).values["y"])


def test_other_features_are_held_at_their_mean_or_where_one_wants_them() -> None:
    graph = parse("y = w*x1 + v*x2\nL = (y - t)**2", w=1, v=1)
    found = subject(graph, {"x1": X1, "x2": np.array([0.0, 0, 0, 4]), "t": X1 + 3 * X2})
    line = middles(*found.span("x1"), 4)
    assert Grid(found, ["x1"], side=4).field({}).values[0] == pytest.approx(line + 1)
    assert Grid(found, ["x1"], {"x2": -2.0}, side=4).field({}).values[0] == pytest.approx(line - 2)


def test_an_input_of_data_without_a_column_is_the_same_in_every_row() -> None:
    graph = net("squared", "sigmoid").with_values({"x2": 3.0})
    found = subject(graph, {"x1": X1, "t": XOR["t"]})
    assert found.features == ("x1", "x2")
    assert found.data("x1").tolist() == X1.tolist()
    assert found.data("x2").tolist() == [3.0] * 4
    low, high = found.span("x2")
    assert low < 3.0 < high


def test_a_grid_has_one_axis_or_two_that_differ() -> None:
    found = subject(net("squared", "sigmoid"), XOR)
    for axes in ([], ["x1", "x1"], ["x1", "x2", "t"]):
        with pytest.raises(ValueError, match="one axis, or two"):
            Grid(found, axes)


def test_answers_that_are_no_numbers_stay_in_the_field_and_win_nowhere() -> None:
    field = Field(np.array([[np.nan, 1.0], [0.0, np.nan]]), ((0.0, 1.0),))
    assert field.winners.tolist() == [1, 0]
    assert np.isnan(field.leads()).all()


def over_one(text: str, low: float, high: float, **values: float) -> Field:
    """The answer y of a formula over x, whose data go from low to high."""
    found = subject(parse(text, **values), {"x": np.linspace(low, high, 7), "t": np.arange(7.0)})
    return Grid(found, ("x",)).field({})


@pytest.mark.parametrize("pole", [-0.053, 0.1, 0.111, 0.5])
def test_a_curve_breaks_at_its_pole_and_nowhere_else(pole: float) -> None:
    field = over_one("y = w*x/(x - c)\nL = (y - t)**2", 0.02, 1.1, c=pole)
    assert field.breaks is not None
    cells = middles(*field.spans[0], field.values.shape[1])
    assert np.flatnonzero(field.breaks[0]).tolist() == [int(np.searchsorted(cells, pole)) - 1]


@pytest.mark.parametrize("formula", ["sin(w*40*x)", "w*x**2", "sigmoid(500*(x - w))", "1/(w + x**2)", "w"])
def test_a_steep_or_wavy_curve_stays_whole(formula: str) -> None:
    breaks = over_one(f"y = {formula} + 0*x\nL = (y - t)**2", -1.0, 3.0).breaks
    assert breaks is not None
    assert not breaks.any()
