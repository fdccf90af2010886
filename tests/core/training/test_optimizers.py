"""The optimisers: their steps against textbook formulas written out by hand, and their rules as printed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.operations.catalogue import ARITIES
from nodegraph.core.operations.formula import Name
from nodegraph.core.operations.formula_reader import Reader
from nodegraph.core.training.optimizers import COUNT, GRADIENT, OPTIMIZERS, PARAMETER

GRADIENTS = [-8.0, 2.5, 0.0, 1e-3, -4.0]
START = 3.0


def stepped(name: str, maximise: bool = False, **settings: float) -> list[float]:
    """The parameter after each of the gradients above."""
    optimizer = OPTIMIZERS[name]
    state, parameters = optimizer.start(1), np.array([START])
    found = []
    for gradient in GRADIENTS:
        state, parameters = optimizer.step(
            state, parameters, np.array([gradient]), settings, maximise=maximise
        )
        found.append(float(parameters[0]))
    return found


def plain_sgd(rate: float) -> list[float]:
    x, found = START, []
    for g in GRADIENTS:
        x -= rate * g
        found.append(x)
    return found


def plain_momentum(rate: float, mu: float) -> list[float]:
    x, v, found = START, 0.0, []
    for g in GRADIENTS:
        v = mu * v + g
        x -= rate * v
        found.append(x)
    return found


def plain_adam(rate: float, beta1: float, beta2: float, eps: float) -> list[float]:
    x, m, v, found = START, 0.0, 0.0, []
    for t, g in enumerate(GRADIENTS, 1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        corrected = math.sqrt(1 - beta2**t) / (
            1 - beta1**t
        )  # the shorter form at the end of the paper's section 2
        x -= rate * corrected * m / (math.sqrt(v) + eps * math.sqrt(1 - beta2**t))
        found.append(x)
    return found


def test_gradient_descent_takes_the_gradient_times_the_rate_away() -> None:
    assert stepped("sgd", rate=0.05) == pytest.approx(plain_sgd(0.05), rel=1e-12)
    assert stepped("sgd", rate=0.05)[0] == pytest.approx(3.4)


def test_momentum_is_that_of_pytorch() -> None:
    assert stepped("momentum", rate=0.1, momentum=0.9) == pytest.approx(plain_momentum(0.1, 0.9), rel=1e-12)
    by_hand = [3 + 0.8, 3.8 - 0.1 * (0.9 * -8 + 2.5)]
    assert stepped("momentum", rate=0.1, momentum=0.9)[:2] == pytest.approx(by_hand, rel=1e-12)


def test_adam_is_that_of_the_paper() -> None:
    assert stepped("adam", rate=0.01, beta1=0.9, beta2=0.999, eps=1e-8) == pytest.approx(
        plain_adam(0.01, 0.9, 0.999, 1e-8), rel=1e-12
    )


@pytest.mark.parametrize(
    ("name", "settings", "maximise", "expected"),
    [
        (
            "rmsprop",
            {"rate": 0.01, "smoothing": 0.9, "eps": 1e-8},
            False,
            [
                3.031622776476684,
                3.0217290578247704,
                3.0217290578247704,
                3.0217246606165253,
                3.037718692578102,
            ],
        ),
        (
            "rmsprop",
            {"rate": 0.01, "smoothing": 0.9, "eps": 1e-8},
            True,
            [
                2.968377223523316,
                2.9782709421752296,
                2.9782709421752296,
                2.9782753393834747,
                2.962281307421898,
            ],
        ),
        (
            "adamw",
            {"rate": 0.05, "beta1": 0.8, "beta2": 0.99, "eps": 1e-8, "decay": 0.3},
            False,
            [3.0049999999375, 2.97824193589079, 2.9468412395678, 2.9127946348493303, 2.890703720032154],
        ),
        (
            "adamw",
            {"rate": 0.05, "beta1": 0.8, "beta2": 0.99, "eps": 1e-8, "decay": 0.3},
            True,
            [2.9050000000625, 2.84310806410921, 2.7871885104322, 2.7352246689006696, 2.672595294161596],
        ),
    ],
)
def test_steps_are_those_of_pytorch(
    name: str, settings: dict[str, float], maximise: bool, expected: list[float]
) -> None:
    """What torch.optim.RMSprop and AdamW of PyTorch 2.15.0 gave for the same gradients, in 64 bit."""
    assert stepped(name, maximise, **settings) == pytest.approx(expected, rel=1e-12)


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient() -> None:
    assert stepped("adam", rate=0.01)[0] == pytest.approx(3.01, rel=1e-9)


def test_settings_that_are_left_out_are_at_their_defaults() -> None:
    for name, optimizer in OPTIMIZERS.items():
        assert stepped(name) == stepped(name, **optimizer.defaults())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_to_maximise_is_to_minimise_the_negative(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    up, down = optimizer.start(1), optimizer.start(1)
    highest, lowest = np.array([START]), np.array([START])
    for gradient in GRADIENTS:
        up, highest = optimizer.step(up, highest, np.array([gradient]), maximise=True)
        down, lowest = optimizer.step(down, lowest, np.array([-gradient]))
        assert highest.tolist() == lowest.tolist()


@pytest.mark.parametrize("name", OPTIMIZERS)
@given(values=st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=5))
def test_a_step_changes_nothing_it_was_given_and_treats_each_parameter_alone(
    name: str, values: list[tuple[float, float]]
) -> None:
    optimizer = OPTIMIZERS[name]
    parameters, gradients = np.array(values).T
    state, first = optimizer.step(optimizer.start(len(values)), parameters, gradients)
    kept = {letter: numbers.copy() for letter, numbers in state.memory.items()}
    later, second = optimizer.step(state, first, gradients)
    assert (state.steps, later.steps) == (1, 2)
    assert all((state.memory[letter] == numbers).all() for letter, numbers in kept.items())
    assert (np.array([parameters, gradients]) == np.array(values).T).all()
    for place in range(len(values)):
        alone, moved = optimizer.step(
            optimizer.start(1), parameters[place : place + 1], gradients[place : place + 1]
        )
        assert optimizer.step(alone, moved, gradients[place : place + 1])[1][0] == second[place]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_converges_on_a_parabola(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    state, x = optimizer.start(1), np.array([2.0])
    for _ in range(2000):
        state, x = optimizer.step(state, x, 2 * (x - 1))
    assert float(x[0]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "unicode", "latex"),
    [
        ("sgd", ["θ ← θ − η × g"], [r"\theta \leftarrow \theta - \eta \times g"]),
        (
            "momentum",
            ["v ← μ × v + g", "θ ← θ − η × v"],
            [r"v \leftarrow \mu \times v + g", r"\theta \leftarrow \theta - \eta \times v"],
        ),
        (
            "adam",
            [
                "m ← β₁ × m + (1 − β₁) × g",
                "v ← β₂ × v + (1 − β₂) × g²",
                "m\u0302 ← m / (1 − β₁ᵗ)",
                "v\u0302 ← v / (1 − β₂ᵗ)",
                "θ ← θ − η × m\u0302 / (√v\u0302 + ε)",
            ],
            [
                r"m \leftarrow \beta_{1} \times m + \left(1 - \beta_{1}\right) \times g",
                r"v \leftarrow \beta_{2} \times v + \left(1 - \beta_{2}\right) \times g^{2}",
                r"\hat{m} \leftarrow \frac{m}{1 - \beta_{1}^{t}}",
                r"\hat{v} \leftarrow \frac{v}{1 - \beta_{2}^{t}}",
                r"\theta \leftarrow \theta - \frac{\eta \times \hat{m}}{\sqrt{\hat{v}} + \epsilon}",
            ],
        ),
    ],
)
def test_the_rules_read_as_books_print_them(name: str, unicode: list[str], latex: list[str]) -> None:
    assert list(OPTIMIZERS[name].text()) == unicode
    assert list(OPTIMIZERS[name].text("latex")) == latex


def test_to_maximise_the_rule_adds() -> None:
    assert OPTIMIZERS["momentum"].text(maximise=True) == ("v ← μ × v + g", "θ ← θ + η × v")


def test_a_step_in_numbers_shows_what_was_computed() -> None:
    optimizer = OPTIMIZERS["momentum"]
    settings = {"rate": 0.05, "momentum": 0.9}
    state, after = optimizer.step(optimizer.start(2), np.array([0.0, 3.0]), np.array([1.0, -8.0]), settings)
    assert optimizer.in_numbers("w", state, 1, float(after[1]), -4.0, settings) == (
        "v = 0.9 × (−8) + (−4) = −11.2",
        "w = 3.4 − 0.05 × (−11.2) = 3.96",
    )
    assert optimizer.in_numbers("w12", state, 1, 3.4, 8.0, settings, maximise=True, dialect="latex") == (
        r"v = 0.9 \times \left(-8\right) + 8 = 0.8",
        r"w_{12} = 3.4 + 0.05 \times 0.8 = 3.44",
    )


def test_adam_in_numbers_counts_its_steps_and_keeps_its_two_memories_apart() -> None:
    optimizer = OPTIMIZERS["adam"]
    lines = optimizer.in_numbers("β1", optimizer.start(1), 0, 3.0, -8.0)
    assert lines == (
        "m = 0.9 × 0 + (1 − 0.9) × (−8) = −0.8",
        "v = 0.999 × 0 + (1 − 0.999) × (−8)² = 0.064",
        "m\u0302 = −0.8 / (1 − 0.9¹) = −8",
        "v\u0302 = 0.064 / (1 − 0.999¹) = 64",
        "β1 = 3 − 0.01 × (−8) / (√64 + 1e−8) ≈ 3.01",
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_record_is_complete(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    assert optimizer.name == name
    assert optimizer.doc.endswith(".")
    assert optimizer.source
    assert optimizer.settings[0].name == "rate"
    letters = {setting.letter for setting in optimizer.settings} | {PARAMETER, GRADIENT, COUNT}
    lines = Reader(optimizer.rule, ARITIES).statements()
    assigned = {line.name for line in lines}
    assert lines[-1].name == PARAMETER
    used: set[str] = set()

    def collect(tree: object) -> None:
        if isinstance(tree, Name):
            used.add(tree.name)
        for operand in getattr(tree, "operands", ()):
            collect(operand)

    for line in lines:
        collect(line.tree)
    assert used <= letters | assigned
    assert {setting.letter for setting in optimizer.settings} <= used
    assert set(optimizer.memory) <= assigned & used
    for setting in optimizer.settings:
        assert setting.least <= setting.default <= setting.most
        assert setting.meaning.endswith(".")
        assert setting.symbol
