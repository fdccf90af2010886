"""The optimisers: their steps against textbook formulas written out by hand, and their rules as printed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.operations.formula import Name
from nodegraph.core.training.optimizers import COUNT, GRADIENT, NORM, OPTIMIZERS, PARAMETER, State

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


TWO_GRADIENTS = [[-8.0, 1.5], [2.5, -3.0], [0.0, 0.25], [1e-3, 4.0], [-4.0, -2.0]]
DECAYED: dict[str, dict[str, float]] = {
    "sgd": {"rate": 0.1},
    "momentum": {"rate": 0.1, "momentum": 0.9},
    "rmsprop": {"rate": 0.01, "smoothing": 0.9, "eps": 1e-8},
    "adam": {"rate": 0.05, "beta1": 0.8, "beta2": 0.99, "eps": 1e-8},
    "adamw": {"rate": 0.05, "beta1": 0.8, "beta2": 0.99, "eps": 1e-8},
}
AFTER_FIVE_STEPS = {
    ("sgd", False, 0.0): [3.4561710751, -0.9292485472000002],
    ("sgd", False, 2.0): [2.8122091165860663, -0.8792167029633607],
    ("sgd", True, 0.0): [1.6962330791, -0.7882195041999998],
    ("sgd", True, 2.0): [2.3401950376139338, -0.8382513484366393],
    ("momentum", False, 0.0): [4.3825455031, -0.8333600632],
    ("momentum", False, 2.0): [2.3782097397853614, -0.6273972754308919],
    ("momentum", True, 0.0): [-0.5851663729000001, -0.4324329802],
    ("momentum", True, 2.0): [1.4191693904146383, -0.638395767969108],
    ("rmsprop", False, 0.0): [3.0227451317888927, -1.0111601115822941],
    ("rmsprop", False, 2.0): [2.9911334490589447, -1.0068663290349746],
    ("rmsprop", True, 0.0): [2.9498804336634716, -0.9737442844615284],
    ("rmsprop", True, 2.0): [2.9298468587055875, -0.964643408005549],
    ("adam", False, 0.0): [3.0758516616525924, -1.014959835330276],
    ("adam", False, 2.0): [2.9581913699774818, -0.9810103866454403],
    ("adam", True, 0.0): [2.857360482869268, -0.9379302061141153],
    ("adam", True, 2.0): [2.826324053820633, -0.9286216470716172],
    ("adamw", False, 0.0): [2.890703720032154, -0.9639746355854992],
    ("adamw", False, 2.0): [2.861396368446058, -0.9499042227244289],
    ("adamw", True, 0.0): [2.672595294161596, -0.8904583691457505],
    ("adamw", True, 2.0): [2.701902645747692, -0.9045287820068211],
}
"""What torch.optim of PyTorch 2.13.0 gave from (3, −1) with a weight decay of 0.3 in 64 bit, by optimiser, by
whether to maximise, and by what `clip_grad_norm_` was given (0: not called).
"""


def stepped_twice_as_wide(name: str, maximise: bool, clip: float) -> list[float]:
    """Both parameters after the gradients above, with weight decay."""
    optimizer = OPTIMIZERS[name]
    state, parameters = optimizer.start(2), np.array([3.0, -1.0])
    settings = DECAYED[name] | {"decay": 0.3, "clip": clip}
    for gradients in TWO_GRADIENTS:
        state, parameters = optimizer.step(
            state, parameters, np.array(gradients), settings, maximise=maximise
        )
    return parameters.tolist()


@pytest.mark.parametrize(("name", "maximise", "clip"), AFTER_FIVE_STEPS)
def test_weight_decay_and_clipping_are_those_of_pytorch(name: str, maximise: bool, clip: float) -> None:
    expected = AFTER_FIVE_STEPS[name, maximise, clip]
    assert stepped_twice_as_wide(name, maximise, clip) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("name", "maximise", "clip"), AFTER_FIVE_STEPS)
def test_steps_are_those_of_the_pytorch_that_is_installed(name: str, maximise: bool, clip: float) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    settings = DECAYED[name]
    words = {
        "sgd": dict,
        "momentum": lambda: {"momentum": settings["momentum"]},
        "rmsprop": lambda: {"alpha": settings["smoothing"], "eps": settings["eps"]},
        "adam": lambda: {"betas": (settings["beta1"], settings["beta2"]), "eps": settings["eps"]},
        "adamw": lambda: {"betas": (settings["beta1"], settings["beta2"]), "eps": settings["eps"]},
    }[name]()
    kind = {"sgd": "SGD", "momentum": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}[name]
    parameters = torch.tensor([3.0, -1.0], dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, kind)(
        [parameters], lr=settings["rate"], weight_decay=0.3, maximize=maximise, **words
    )
    for gradients in TWO_GRADIENTS:
        parameters.grad = torch.tensor(gradients, dtype=torch.float64)
        if clip:
            torch.nn.utils.clip_grad_norm_([parameters], clip)
        optimizer.step()
    assert stepped_twice_as_wide(name, maximise, clip) == pytest.approx(parameters.tolist(), rel=1e-10)


def test_clipping_and_decay_stand_in_the_rule_where_they_do_something() -> None:
    optimizer = OPTIMIZERS["sgd"]
    both = {"rate": 0.1, "decay": 0.1, "clip": 2.0}
    assert optimizer.text("unicode", both) == (
        "g ← g × min(1, c / (‖g‖ + 1e−6))",
        "g ← g + λ × θ",
        "θ ← θ − η × g",
    )
    assert optimizer.text("unicode", both, maximise=True)[1:] == ("g ← g − λ × θ", "θ ← θ + η × g")
    assert optimizer.text("latex", both)[0] == (
        r"g \leftarrow g \times \min\left(1, \frac{c}{\left\Vert g\right\Vert + 1 \times 10^{-6}}\right)"
    )
    assert optimizer.text("unicode", {"decay": 0.0, "clip": 0.0}) == optimizer.text()
    assert len(OPTIMIZERS["adamw"].text("unicode", {"decay": 0.5})) == len(OPTIMIZERS["adamw"].text())


def test_clipping_and_decay_stand_in_the_numbers_of_a_step() -> None:
    optimizer = OPTIMIZERS["sgd"]
    settings = {"rate": 0.1, "decay": 0.1, "clip": 2.0}
    gradients = np.array([-8.0, 6.0])
    _, after = optimizer.step(optimizer.start(2), np.array([3.0, 1.0]), gradients, settings)
    assert after.tolist() == pytest.approx([3 + 0.16 - 0.03, 1 - 0.12 - 0.01], rel=1e-6)
    assert optimizer.in_numbers("w", optimizer.start(2), 0, 3.0, -8.0, settings, norm=10.0) == (
        "g ← −8 × min(1, 2 / (10 + 1e−6)) ≈ −1.6",
        "g ← −1.6 + 0.1 × 3 = −1.3",
        "w ← 3 − 0.1 × (−1.3) = 3.13",
    )


def test_the_length_of_large_and_of_small_gradients_is_found_for_clipping() -> None:
    optimizer = OPTIMIZERS["sgd"]
    for size in (1e200, 1e-200):
        _, after = optimizer.step(
            optimizer.start(2), np.zeros(2), size * np.array([-3.0, 4.0]), {"rate": 1.0, "clip": 5.0}
        )
        assert after.tolist() == pytest.approx(([3, -4] if size > 1 else [3 * size, -4 * size]), rel=1e-6)


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
                r"m \leftarrow \beta_{1} \times m + (1 - \beta_{1}) \times g",
                r"v \leftarrow \beta_{2} \times v + (1 - \beta_{2}) \times g^{2}",
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
        "v ← 0.9 × (−8) + (−4) = −11.2",
        "w ← 3.4 − 0.05 × (−11.2) = 3.96",
    )
    assert optimizer.in_numbers("w12", state, 1, 3.4, 8.0, settings, maximise=True, dialect="latex") == (
        r"v \leftarrow 0.9 \times (-8) + 8 = 0.8",
        r"w_{12} \leftarrow 3.4 + 0.05 \times 0.8 = 3.44",
    )


def test_adam_in_numbers_counts_its_steps_and_keeps_its_two_memories_apart() -> None:
    optimizer = OPTIMIZERS["adam"]
    lines = optimizer.in_numbers("β1", optimizer.start(1), 0, 3.0, -8.0)
    assert lines == (
        "m ← 0.9 × 0 + (1 − 0.9) × (−8) = −0.8",
        "v ← 0.999 × 0 + (1 − 0.999) × (−8)² = 0.064",
        "m\u0302 ← −0.8 / (1 − 0.9¹) = −8",
        "v\u0302 ← 0.064 / (1 − 0.999¹) = 64",
        "β1 ← 3 − 0.01 × (−8) / (√64 + 1e−8) ≈ 3.01",
    )


def test_a_parameter_that_is_called_as_a_letter_of_the_rule_is_the_rules_own_letter() -> None:
    optimizer = OPTIMIZERS["momentum"]
    state, _ = optimizer.step(optimizer.start(1), np.array([3.0]), np.array([-8.0]), {"rate": 0.05})
    lines = optimizer.in_numbers("v", state, 0, 3.4, -4.0, {"rate": 0.05})
    assert lines == ("v ← 0.9 × (−8) + (−4) = −11.2", "θ ← 3.4 − 0.05 × (−11.2) = 3.96")
    (line,) = OPTIMIZERS["sgd"].in_numbers("v", OPTIMIZERS["sgd"].start(1), 0, 3.0, -8.0, {"rate": 0.05})
    assert line == "v ← 3 − 0.05 × (−8) = 3.4"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_record_is_complete(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    assert optimizer.name == name
    assert optimizer.doc.endswith(".")
    assert optimizer.source
    assert optimizer.settings[0].name == "rate"
    letters = {setting.letter for setting in optimizer.settings} | {PARAMETER, GRADIENT, COUNT, NORM}
    lines = optimizer.lines(optimizer.defaults() | {"decay": 0.1, "clip": 1.0})
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


@pytest.mark.parametrize("name", ["momentum", "rmsprop", "adam", "adamw"])
@given(gradient=st.floats(-1e3, 1e3), kept=st.floats(0, 1e3))
def test_a_memory_comes_to_what_as_many_steps_as_one_likes_lead_to(
    name: str, gradient: float, kept: float
) -> None:
    optimizer, settings = OPTIMIZERS[name], {"rate": 1e-3, "beta2": 0.9, "smoothing": 0.9}
    settings = {key: value for key, value in settings.items() if key in optimizer.defaults()}
    still, slopes = np.array([START]), np.array([gradient])
    state = State(0, {letter: np.array([kept]) for letter in optimizer.memory})
    settled = optimizer.settled(state, still, slopes, settings)
    for _ in range(400):
        state, _after = optimizer.step(state, still, slopes, settings)
    for letter in optimizer.memory:
        assert settled[letter] == pytest.approx(state.memory[letter], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("name", "gradient"), [("rmsprop", 0.1), ("adam", 0.1)])
def test_large_gradients_of_long_ago_hold_a_step_back_only_until_they_are_forgotten(
    name: str, gradient: float
) -> None:
    optimizer, slopes, here = OPTIMIZERS[name], np.array([gradient]), np.array([START])
    state = State(5, {letter: np.array([1e40 if letter == "v" else 0.0]) for letter in optimizer.memory})
    assert optimizer.step(state, here, slopes)[1] == here
    assert not optimizer.rests(state, here, here, slopes)
    assert optimizer.rests(state, here, here, 1e-30 * slopes)
