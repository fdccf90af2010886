"""What torch.fx saw of a module, as a graph."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.core.errors import Refused
from nodegraph.core.recording.trace import trace

torch = pytest.importorskip("torch", reason="PyTorch is not installed")


def network() -> Any:
    nn, F = torch.nn, torch.nn.functional

    class Network(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.first, self.last, self.squash = nn.Linear(2, 3), nn.Linear(3, 1), nn.Tanh()
            self.scale = nn.Parameter(torch.tensor(0.5))

        def forward(self, x: Any, y: Any) -> Any:
            h = self.squash(self.first(x))
            o = torch.relu(self.last(h) + 2)
            loss = ((F.softplus(o) - y) ** 2).mean() + self.scale * torch.exp(-x).sum() + torch.max(h)
            return (
                loss
                + x @ x
                + F.mse_loss(o, y)
                + torch.sigmoid(h)[0]
                + h.pow(2).sum() / 2
                - o.abs().sum(dim=0)
            )

    torch.manual_seed(1)
    return Network().double()


def test_values_and_gradients_are_torch_s() -> None:
    module = network()
    x = torch.tensor([0.3, -0.7], dtype=torch.float64, requires_grad=True)
    y = torch.tensor([1.5], dtype=torch.float64)
    loss = module(x, y)
    loss.backward()
    graph = trace(torch.fx.symbolic_trace(module), x=x.tolist(), y=y.tolist())
    run = ng.run(graph)
    assert graph.output is not None
    assert run.values[graph.node(graph.output).name] == pytest.approx(loss.item(), rel=1e-12)
    assert [run.gradients[f"x{place}"] for place in (0, 1)] == pytest.approx(x.grad.tolist(), rel=1e-11)
    weight = module.first.weight.grad
    assert run.gradients["first_weight2_1"] == pytest.approx(weight[2, 1].item(), rel=1e-11)
    assert run.gradients["last_bias0"] == pytest.approx(module.last.bias.grad.item(), rel=1e-11)
    assert run.gradients["scale"] == pytest.approx(module.scale.grad.item(), rel=1e-11)


@pytest.mark.parametrize(
    ("function", "given", "said"),
    [
        (lambda x: x * 2, {"x": [1.0, 2.0]}, "The result has 2 numbers"),
        (lambda x: torch.erf(x), {"x": 1.0}, "erf: “erf” is no operation that can be written out"),
        (lambda x: x.cumsum(0), {"x": [1.0]}, "“cumsum” is no operation that can be written out"),
        (lambda x: x.sum(), {}, "This module takes x; give each its numbers, by name"),
        (lambda x, y: x * y, {"x": 1.0, "z": 1.0}, "This module takes x, y; give each its numbers, by name"),
        (
            lambda x: x.sum(),
            {"x": [1.0] * 2000},
            "x has 2,000 numbers; arrays of up to 1,000 are written out",
        ),
    ],
)
def test_what_cannot_be_written_out_is_named(function: Any, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        trace(torch.fx.symbolic_trace(function), **given)


def test_a_module_that_nobody_knows_is_named() -> None:
    module = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.PReLU())
    with pytest.raises(Refused, match="“PReLU” is no operation"):
        trace(torch.fx.symbolic_trace(module), input_1=[1.0, 2.0])


def functional(name: str, **words: Any) -> Any:
    return lambda *given: getattr(torch.nn.functional, name)(*given, **words)


def attention(q: Any, k: Any, v: Any) -> Any:
    mask = torch.tril(torch.ones(2, 2))
    scores = (q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5).masked_fill(mask == 0, float("-1e9"))
    return (torch.softmax(scores, dim=-1) @ v).sum() + (q.T @ k).mean()


def shapes(x: Any) -> Any:
    first, last = x.chunk(2)
    joined = torch.cat([first, last.reshape(1, -1), torch.stack([x[0], x[1]])], dim=0)
    return (
        torch.einsum("ij,ij->", joined, joined)
        + x.flatten(0)[1]
        + x.permute(1, 0)[0].prod()
        + x.view(x.size(0), -1).std()
    )


Z, SHARES = [[1, 2, 3], [0.5, 0, 1]], [[0.1, 0.7, 0.2], [0, 1, 0]]
QKV = {"q": [[1, 2], [0, 1]], "k": [[0.1, 0.2], [0.3, 0.4]], "v": [[1, 0], [0, 2]]}
FUNCTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "cross-entropy at a class": (
        lambda z: torch.nn.functional.cross_entropy(z, torch.tensor([2, 0])),
        {"z": Z},
    ),
    "cross-entropy of shares": (functional("cross_entropy"), {"z": Z, "t": SHARES}),
    "where exponentials overflow": (
        functional("cross_entropy"),
        {"z": [[1000, 0, -1000]], "t": [[0, 1, 0]]},
    ),
    "log softmax": (lambda z: torch.log_softmax(z, dim=0)[1], {"z": [1, 2, 3]}),
    "logsumexp": (lambda z: torch.logsumexp(z, 0), {"z": [1, 2, -400]}),
    "binary": (functional("binary_cross_entropy"), {"p": [0.3, 0.6], "t": [0, 1]}),
    "binary of logits": (
        functional("binary_cross_entropy_with_logits", reduction="sum"),
        {"z": [0.3, -6], "t": [0, 1]},
    ),
    "huber": (functional("huber_loss", delta=0.7), {"y": [0.3, -6, 1], "t": [0, 1, 1.7]}),
    "smooth": (functional("smooth_l1_loss", beta=0.5), {"y": [0.3, -6], "t": [0, 1]}),
    "absolute": (functional("l1_loss"), {"y": [0.3, -6], "t": [0, 1]}),
    "kinks": (
        lambda x: (
            torch.clamp(x, 0, 1).sum() + torch.nn.functional.leaky_relu(x, 0.2).sum()
            + torch.nn.functional.elu(x).sum() + torch.nn.functional.relu6(x * 3).sum()
            + torch.nn.functional.silu(x).sum() + torch.nn.functional.gelu(x, approximate="tanh").sum()
            + torch.nn.functional.logsigmoid(x).sum() + torch.nn.functional.hardtanh(x).sum()
        ),
        {"x": [-1.5, 0.2, 1, 3]},
    ),
    "norms": (
        lambda x: x.norm() + torch.linalg.norm(x[0]) + x.var() * x.var(dim=0)[1],
        {"x": [[3, 4], [1, 2.5]]},
    ),
    "attention with a mask": (attention, QKV),
    "causal attention": (
        lambda q, k, v: torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True).sum(),
        QKV,
    ),
    "shapes": (shapes, {"x": [[3, 4], [1, 2.5]]}),
}  # fmt: skip


def layers() -> dict[str, tuple[Any, dict[str, Any]]]:
    nn = torch.nn
    rows = [[0.3, -0.7], [1.0, 2.5]]

    net = nn.Sequential(nn.Linear(2, 3), nn.LayerNorm(3), nn.LeakyReLU(0.1), nn.Dropout(0.5), nn.Linear(3, 2))

    class Cell(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self, cell: Any) -> None:
            super().__init__()
            self.cell = cell

        def forward(self, x: Any) -> Any:
            if isinstance(self.cell, nn.LSTMCell):
                return self.cell(x, self.cell(x))[0].sum()
            return self.cell(x, self.cell(x)).sum()

    class Loss(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self, net: Any, loss: Any) -> None:
            super().__init__()
            self.net, self.loss = net, loss

        def forward(self, x: Any, t: Any) -> Any:
            return self.loss(self.net(x), t)

    class Squares(nn.Sequential):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return super().forward(x).pow(2).sum()

    return {
        "a classifier": (
            Loss(net, nn.CrossEntropyLoss()).eval(),
            {"x": rows, "t": [[0, 1], [1, 0]]},
        ),
        "a norm of batches": (Squares(nn.BatchNorm1d(2), nn.Softplus(), nn.Softmax(dim=1)), {"input": rows}),
        "one that has learnt": (Squares(nn.BatchNorm1d(2), nn.SiLU()).eval(), {"input": rows}),
        "a convolution": (
            Squares(nn.Conv1d(1, 2, 2, stride=2, padding=1), nn.Flatten()),
            {"input": [[[1, 2, 3, 4]]]},
        ),
        "a picture": (
            Squares(nn.Conv2d(1, 1, 2), nn.ReLU(), nn.Flatten(1)),
            {"input": [[[[1, 2, 3], [4, -5, 6]]]]},
        ),
        "an LSTM": (Cell(nn.LSTMCell(2, 2)), {"x": rows}),
        "a GRU": (Cell(nn.GRUCell(2, 2)), {"x": rows}),
        "an RNN": (Cell(nn.RNNCell(2, 2)), {"x": rows}),
    }  # fmt: skip


def holds_to_torch(module: Any, given: dict[str, Any]) -> None:
    names = [node.name for node in torch.fx.symbolic_trace(module).graph.nodes if node.op == "placeholder"]
    inputs = {name: torch.tensor(one, dtype=torch.float64, requires_grad=True) for name, one in given.items()}
    loss = module(*inputs.values())
    loss.backward()
    is_module = isinstance(module, torch.nn.Module)
    seen = module if is_module else torch.fx.symbolic_trace(module)
    graph = trace(seen, **dict(zip(names, given.values(), strict=True)))
    run = ng.run(graph)
    assert run.output is not None
    assert run.values[run.output] == pytest.approx(loss.item(), rel=1e-11)
    for name, array in zip(names, inputs.values(), strict=True):
        for place in np.ndindex(*array.shape):
            node = graph.named(name + "_".join(map(str, place)))
            wanted = array.grad[place].item()
            found = 0.0 if node is None else run.gradients[node.id]
            assert found == pytest.approx(wanted, rel=1e-9, abs=1e-11), (name, place)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_torch_s_values_and_gradients(name: str) -> None:
    function, given = FUNCTIONS[name]
    made: dict[str, Any] = {}
    arguments = ", ".join(given)
    exec(f"def called({arguments}):\n    return function({arguments})", {"function": function}, made)
    holds_to_torch(made["called"], given)


@pytest.mark.parametrize(
    "name",
    [
        "a classifier",
        "a norm of batches",
        "one that has learnt",
        "a convolution",
        "a picture",
        "an LSTM",
        "a GRU",
        "an RNN",
    ],
)
def test_layers_have_torch_s_values_and_gradients(name: str) -> None:
    torch.manual_seed(3)
    module, given = layers()[name]
    holds_to_torch(module.double(), given)


def branching(nn: Any) -> Any:
    class Branching(nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x if x > 0 else -x

    return Branching()


@pytest.mark.parametrize(
    ("module", "given", "said"),
    [
        (lambda nn: nn.Dropout(0.5), {"input": [1.0]}, "trace module.eval"),
        (lambda nn: nn.GELU(), {"input": 1.0}, "with approximate='tanh' it can"),
        (branching, {"x": 1.0}, "PyTorch's tracer cannot follow Branching: symbolically traced"),
        (lambda nn: nn.Linear(2, 1), {"input": [1.0, 2.0, 3.0]}, "cannot be written out"),
        (lambda nn: nn.LSTM(2, 1), {"input": [1.0, 2.0]}, "is no operation that can be written out"),
    ],
)
def test_a_layer_that_is_no_graph_is_refused_in_one_sentence(
    module: Any, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        trace(torch.nn.Sequential(module(torch.nn)) if "input" in given else module(torch.nn), **given)


def test_a_module_of_one_input_takes_it_by_any_name() -> None:
    graph = trace(torch.nn.Sequential(torch.nn.Linear(2, 1)), x=[1.0, 2.0])
    assert {"x0", "x1", "layer0_weight0_1"} <= {node.name for node in graph.nodes()}


def test_a_function_of_torch_is_told_how_it_is_traced() -> None:
    with pytest.raises(Refused, match=r"trace a module, or torch\.fx\.symbolic_trace of the function"):
        trace(lambda x: torch.tanh(x), x=0.5)
