"""What torch.fx saw of a module, as a graph."""

from __future__ import annotations

from typing import Any

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
        (lambda x: x.sum(), {"z": 1.0}, "This module takes x; give each its numbers, by name"),
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
    module = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.GELU())
    with pytest.raises(Refused, match="“GELU” is no operation"):
        trace(torch.fx.symbolic_trace(module), input_1=[1.0, 2.0])
