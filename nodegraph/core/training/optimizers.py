"""The catalogue of optimisers: one record each, its rule written once as text.

The numbers, the printed rule in Unicode and LaTeX, and the rule with the numbers of one step in it all come
from that text. Knows no graph: parameters and gradients are plain arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS
from nodegraph.core.operations.equations import Side, in_numbers, joined
from nodegraph.core.operations.formula import Call, Dialect, Name, Number, Tree, simplify, substitute
from nodegraph.core.operations.formula_reader import Reader, Statement
from nodegraph.core.operations.formula_writer import write, write_name
from nodegraph.core.typeset import GREEK

Array = NDArray[np.float64]
PARAMETER, GRADIENT, COUNT, NORM = "θ", "g", "t", "G"
"""What every rule calls the parameter, its gradient, the number of the step, from 1, and the length of the
gradient by all parameters, which is printed as ‖g‖.
"""


@dataclass(frozen=True)
class Setting:
    """One number of an optimiser, from `least` to `most`, and above `least` where that is `open`.

    Above `usual` it is allowed and hardly ever wise. `letter` is its name in the rule.
    """

    name: str
    title: str
    letter: str
    default: float
    least: float
    most: float
    meaning: str
    open: bool = False
    usual: float = np.inf

    @property
    def symbol(self) -> str:
        """The letter as it is printed: β₁."""
        return _print(self.letter, "unicode")


_FAR = "How far one step goes along the gradient."
RATE = Setting("rate", "Learning rate", "η", 0.1, 0.0, 1e9, _FAR, open=True, usual=10.0)
_OWN_RATE = replace(RATE, default=0.01, meaning="About how far one step goes, whatever the gradient's size.")
_DECAYS = (
    Setting("beta1", "Decay of the mean", "β1", 0.9, 0.0, 0.999999, "How long m remembers."),
    Setting("beta2", "Decay of the square", "β2", 0.999, 0.0, 0.999999, "How long v remembers."),
)
EPSILON = Setting("eps", "Epsilon", "ε", 1e-8, 0.0, 1.0, "Keeps the divisor away from 0.", open=True)
DECAY = Setting("decay", "Weight decay", "λ", 0.0, 0.0, 1e3, "How strongly parameters shrink; 0: not at all.")
CLIP = Setting(
    "clip", "Clip", "c", 0.0, 0.0, 1e9, "How long the gradient by all parameters may be; 0: as long as it is."
)
_CLIPPED = "g = g*min(1, c/(G + 1e-6)); "
"""As `torch.nn.utils.clip_grad_norm_` does it (R. Pascanu, T. Mikolov and Y. Bengio, 2013)."""
_DECAYED: Mapping[bool, str] = {False: "g = g + λ*θ; ", True: "g = g - λ*θ; "}
"""Weight decay as part of the gradient, by whether the aim is to maximise, as in torch.optim."""
_MOMENTS = "m = β1*m + (1 - β1)*g; v = β2*v + (1 - β2)*g**2; m\u0302 = m/(1 - β1**t); v\u0302 = v/(1 - β2**t)"


@dataclass(frozen=True)
class Optimizer:
    """One optimiser: `rule` is a list of assignments, the last one to the parameter θ, for minimising.

    `memory` are the letters of the rule that are kept from step to step, one number for each parameter,
    starting at 0. To maximise, the last line adds what it would take away. Clipping, and weight decay that
    the rule does not have itself, stand before it where their settings are above 0.
    """

    name: str
    title: str
    doc: str
    source: str
    rule: str
    settings: tuple[Setting, ...]
    memory: tuple[str, ...] = ()

    def setting(self, name: str) -> Setting:
        """The setting of this name; KeyError if there is none."""
        return {setting.name: setting for setting in self.settings}[name]

    def defaults(self) -> dict[str, float]:
        """All settings at their defaults."""
        return {setting.name: setting.default for setting in self.settings}

    def start(self, count: int) -> State:
        """The state before the first step, for so many parameters."""
        return State(0, {letter: np.zeros(count) for letter in self.memory})

    def step(
        self,
        state: State,
        parameters: Array,
        gradients: Array,
        settings: Mapping[str, float] | None = None,
        *,
        maximise: bool = False,
    ) -> tuple[State, Array]:
        """One step: the next state and the new parameters; nothing that was passed in is changed.

        Settings that are left out are at their defaults. All arrays have shape (parameters,), and the
        gradients are those by all parameters, since they are clipped together.

        >>> optimizer = OPTIMIZERS["sgd"]
        >>> optimizer.step(optimizer.start(1), np.array([3.0]), np.array([-8.0]), {"rate": 0.05})[1].tolist()
        [3.4]
        """
        known = self._known(state, settings) | {PARAMETER: parameters, GRADIENT: gradients}
        with np.errstate(all="ignore"):
            if known[CLIP.letter]:
                known[NORM] = length_of(gradients)[0]
            for line in self.lines(settings, maximise=maximise):
                known[line.name or ""] = _evaluate(line.tree, known)
        return State(state.steps + 1, {letter: known[letter] for letter in self.memory}), known[PARAMETER]

    def rests(
        self,
        state: State,
        before: Array,
        after: Array,
        gradients: Array,
        settings: Mapping[str, float] | None = None,
        *,
        maximise: bool = False,
    ) -> bool:
        """Whether the step that led to this state has moved nothing, and no later one does while gradients
        stay as they are: the memory goes on to where they lead it, each letter by itself and never back.

        >>> optimizer, still, here = OPTIMIZERS["momentum"], np.array([1e-17]), np.array([3.0])
        >>> [optimizer.rests(optimizer.start(1), here, here, slope * still) for slope in (1, 100)]
        [True, False]
        """
        if (after != before).any():
            return False
        settled = self.settled(state, after, gradients, settings, maximise=maximise)
        for kept in product(*((state.memory[letter], settled[letter]) for letter in self.memory)):
            later = State(LATE, dict(zip(self.memory, kept, strict=True)))
            if (self.step(later, after, gradients, settings, maximise=maximise)[1] != after).any():
                return False
        return True

    def settled(
        self,
        state: State,
        parameters: Array,
        gradients: Array,
        settings: Mapping[str, float] | None = None,
        *,
        maximise: bool = False,
    ) -> dict[str, Array]:
        """Returns what the memory comes to while parameters and gradients stay: of each letter a share is
        kept, and what is added is the same in every step. Infinite where nothing is ever forgotten.

        >>> optimizer = OPTIMIZERS["momentum"]
        >>> optimizer.settled(optimizer.start(1), np.zeros(1), np.array([2.0]))["v"].round(9).tolist()
        [20.0]
        """
        known = self._known(state, settings) | {PARAMETER: parameters, GRADIENT: gradients}
        found: dict[str, Array] = {}
        with np.errstate(all="ignore"):
            if known[CLIP.letter]:
                known[NORM] = length_of(gradients)[0]
            for line in self.lines(settings, maximise=maximise):
                if line.name not in self.memory:
                    known[line.name or ""] = _evaluate(line.tree, known)
                    continue
                added = _evaluate(line.tree, known | {line.name: np.zeros_like(parameters)})
                kept = _evaluate(line.tree, known | {line.name: 1.0, GRADIENT: 0.0})
                found[line.name] = np.where(added == 0, 0.0, added / (1.0 - kept))
        return found

    def text(
        self,
        dialect: Dialect = "unicode",
        settings: Mapping[str, float] | None = None,
        *,
        maximise: bool = False,
    ) -> tuple[str, ...]:
        """The rule for people, a line for each assignment; what the settings switch off is left out.

        >>> OPTIMIZERS["momentum"].text(), OPTIMIZERS["sgd"].text("latex", maximise=True)
        (('v ← μ × v + g', 'θ ← θ − η × v'), ('\\\\theta \\\\leftarrow \\\\theta + \\\\eta \\\\times g',))
        """
        arrow = r"\leftarrow" if dialect == "latex" else "←"
        return tuple(
            f"{_print(line.name or '', dialect)} {arrow} {_printed(line.tree, dialect)}"
            for line in self.lines(settings, maximise=maximise)
        )

    def in_numbers(
        self,
        name: str,
        state: State,
        index: int,
        value: float,
        gradient: float,
        settings: Mapping[str, float] | None = None,
        *,
        norm: float = np.nan,
        maximise: bool = False,
        dialect: Dialect = "unicode",
    ) -> tuple[str, ...]:
        """The rule with the numbers of one step put in, for the parameter `name`, which is the `index`-th.

        `state` and `value` are those before the step; `norm` is the length of the gradient by all parameters,
        which is asked for where it is clipped.

        >>> optimizer = OPTIMIZERS["sgd"]
        >>> optimizer.in_numbers("w", optimizer.start(1), 0, 3.0, -8.0, {"rate": 0.05})
        ('w ← 3 − 0.05 × (−8) = 3.4',)
        """
        known = self._known(state, settings) | {PARAMETER: value, GRADIENT: gradient, NORM: norm}
        known |= {letter: float(state.memory[letter][index]) for letter in self.memory}
        found, lines = [], self.lines(settings, maximise=maximise)
        is_taken = any(line.name == name for line in lines)  # as v is by momentum: it stays θ then
        for line in lines:
            assert line.name is not None
            numbers: dict[str, Tree] = {letter: Number(float(x)) for letter, x in known.items()}
            with np.errstate(all="ignore"):
                known[line.name] = float(_evaluate(line.tree, known))
            # a parameter's name is a person's own and stays as it is
            is_own = line.name == PARAMETER and not is_taken
            shown = write_name(name, dialect) if is_own else _print(line.name, dialect)
            first, *rest = in_numbers(substitute(line.tree, numbers), known[line.name], noisy=True)
            found.append(joined([Side(shown, shown), replace(first, sign="←"), *rest], dialect))
        return tuple(found)

    def lines(
        self, settings: Mapping[str, float] | None = None, *, maximise: bool = False
    ) -> tuple[Statement, ...]:
        """Returns the assignments of the rule that these settings ask for, in order."""
        given = self.defaults() | dict(settings or {})
        clipped = _CLIPPED if given[CLIP.name] else ""
        decayed = _DECAYED[maximise] if DECAY in self.settings and given[DECAY.name] else ""
        return _lines(clipped + decayed + self.rule, maximise)

    def _known(self, state: State, settings: Mapping[str, float] | None) -> dict[str, Any]:
        given = self.defaults() | dict(settings or {})
        known: dict[str, Any] = {setting.letter: given[setting.name] for setting in self.settings}
        return known | {COUNT: float(state.steps + 1)} | dict(state.memory)


@dataclass(frozen=True, eq=False)
class State:
    """What an optimiser keeps between steps: how many there were, and its memory by letter. Plain data."""

    steps: int
    memory: Mapping[str, Array] = field(default_factory=dict)


OPTIMIZERS: Mapping[str, Optimizer] = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer(
            "sgd",
            "Gradient descent",
            "Each step goes straight down the gradient, the further the steeper it is.",
            "A. Cauchy 1847; with random rows, H. Robbins and S. Monro 1951",
            "θ = θ - η*g",
            (RATE, DECAY, CLIP),
        ),
        Optimizer(
            "momentum",
            "Momentum",
            "Steps gather speed where gradients agree and calm down where they turn to and fro.",
            "B. Polyak 1964; in the form of PyTorch's SGD, where the rate stands outside v: "
            "v ← μv + g, θ ← θ − ηv",
            "v = μ*v + g; θ = θ - η*v",
            (
                RATE,
                Setting(
                    "momentum", "Momentum", "μ", 0.9, 0.0, 1.0, "How much of the last step's speed is kept."
                ),
                DECAY,
                CLIP,
            ),
            ("v",),
        ),
        Optimizer(
            "rmsprop",
            "RMSProp",
            "Each parameter has a step size of its own: the gradient over its usual size.",
            "T. Tieleman and G. Hinton, “Neural Networks for Machine Learning”, lecture 6.5, 2012; ε outside "
            "the root, as in PyTorch",
            "v = α*v + (1 - α)*g**2; θ = θ - η*g/(sqrt(v) + ε)",
            (
                _OWN_RATE,
                Setting("smoothing", "Smoothing", "α", 0.99, 0.0, 0.999999, "How long v remembers."),
                EPSILON,
                DECAY,
                CLIP,
            ),
            ("v",),
        ),
        Optimizer(
            "adam",
            "Adam",
            "Each parameter has a step size of its own: the mean gradient over its usual size.",
            "D. P. Kingma and J. Ba, “Adam: A Method for Stochastic Optimization”, 2015, Algorithm 1",
            f"{_MOMENTS}; θ = θ - η*m\u0302/(sqrt(v\u0302) + ε)",
            (_OWN_RATE, *_DECAYS, EPSILON, DECAY, CLIP),
            ("m", "v"),
        ),
        Optimizer(
            "adamw",
            "AdamW",
            "Adam, and each step takes a share of every parameter away, so that none grows without need.",
            "I. Loshchilov and F. Hutter, “Decoupled Weight Decay Regularization”, 2019; the share is the "
            "rate times λ, as in PyTorch",
            f"{_MOMENTS}; θ = (1 - η*λ)*θ - η*m\u0302/(sqrt(v\u0302) + ε)",
            (
                _OWN_RATE,
                *_DECAYS,
                EPSILON,
                replace(DECAY, default=0.01),
                CLIP,
            ),
            ("m", "v"),
        ),
    )
}

LATE = 10**9
"""The number of a step so late that what is divided by the share of forgotten zeros is as it stays."""
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "sqrt": np.sqrt,
    "min": np.minimum,
}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def length_of(vector: Array) -> tuple[float, Array]:
    """Return the length of a vector and the vector of length 1 that points its way; zeros have none."""
    largest = float(np.abs(vector).max(initial=0.0))
    if largest == 0:
        return 0.0, vector
    scaled = vector / largest  # the squares of small numbers are 0
    norm = float(np.linalg.norm(scaled))
    return largest * norm, scaled / norm


@cache
def _lines(rule: str, maximise: bool) -> tuple[Statement, ...]:
    *before, last = Reader(rule, ARITIES).statements()
    if maximise:
        assert isinstance(last.tree, Call)
        assert last.tree.op == "subtract"
        last = Statement(last.name, Call("add", last.tree.operands), last.line, last.column)
    return (*before, last)


def _evaluate(tree: Tree, known: Mapping[str, Any]) -> Any:
    """As `formula.evaluate`, but operands are broadcast by numpy itself: a step takes microseconds."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        return known[tree.name]
    return _FUNCTIONS[tree.op](*(_evaluate(operand, known) for operand in tree.operands))


def _printed(tree: Tree, dialect: Dialect) -> str:
    return _print(write(simplify(tree), NOTATIONS, dialect), dialect)


def _print(text: str, dialect: Dialect) -> str:
    """Letters as books print them: β₁ᵗ, and in LaTeX \\beta_{1} and \\hat{m}."""
    text = re.sub(rf"\b{NORM}\b", r"\\left\\Vert g\\right\\Vert" if dialect == "latex" else "‖g‖", text)
    if dialect != "latex":
        return re.sub("(?<=β)[0-9]", lambda digit: digit[0].translate(_SUBSCRIPTS), text).replace("^t", "ᵗ")
    text = re.sub("^β([0-9])$", r"β_{\1}", text)
    text = re.sub("^(.)\u0302$", r"\\hat{\1}", text)
    return re.sub("[" + "".join(GREEK) + "](?=(.?))", _command, text)


def _command(found: re.Match[str]) -> str:
    return "\\" + GREEK[found[0]] + (" " if found[1].isalnum() else "")
