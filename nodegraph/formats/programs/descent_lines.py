"""The rule of an optimiser and the schedule of its rate, as functions of a vectorised program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nodegraph.core.operations.formula import Call, Name, Notation, Tree, names_in, simplify, substitute
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.training import schedules
from nodegraph.core.training.optimizers import COUNT, GRADIENT, NORM, OPTIMIZERS, PARAMETER
from nodegraph.core.training.setup import Setup
from nodegraph.formats.programs.loops import Loop
from nodegraph.formats.programs.spelling import spelled
from nodegraph.formats.programs.targets import NUMPY

_HAT = "\u0302"
_LETTERS = {
    PARAMETER: "parameters",
    GRADIENT: "gradients",
    COUNT: "t",
    NORM: "length",
    f"m{_HAT}": "m_hat",
    f"v{_HAT}": "v_hat",
}
_SCHEDULED = {**NUMPY.notations, "floor": Notation("np.floor({0})", "", "")}
_NUMBERS: Mapping[str, Tree] = {"pi": Name("np.pi"), "π": Name("np.pi"), "e": Name("np.e")}


def rate_lines(setup: Setup) -> Iterator[str]:
    """A function that returns the learning rate of a step."""
    rate = repr(float(setup.setting("rate")))
    yield "def rate(k, n=STEPS):"
    yield '    """Returns the learning rate of step k of n, counted from 0."""'
    if setup.schedule == schedules.CONSTANT:
        yield f"    return {rate}"
        return
    tree = substitute(schedules.tree_of(setup.schedule), _NUMBERS)
    product = Call("multiply", (Name(rate), tree))
    yield f"    return {write(spelled(product), _SCHEDULED, 'python')}"


def update_lines(setup: Setup, notations: Mapping[str, Notation], loop: Loop) -> Iterator[str]:
    """A function that takes one step of the optimiser: it returns the parameters, and what it remembers."""
    optimizer = OPTIMIZERS[setup.optimizer]
    names = {setting.letter: setting.name for setting in optimizer.settings} | _LETTERS
    memory = ", ".join(optimizer.memory)
    notations = {**notations, "min": Notation(loop.smaller, "", "")}
    yield from ([loop.decorator] if loop.decorator else [])
    yield f"def update(parameters, gradients, rate, t{', ' if memory else ''}{memory}):"
    yield f'    """Takes one step of {optimizer.title}, the t-th from 1."""'
    lines = optimizer.lines(setup.settings, maximise=setup.aim == "maximise")
    used = frozenset().union(*(names_in(line.tree) for line in lines))
    for setting in optimizer.settings:
        if setting.name != "rate" and setting.letter in used:
            yield f"    {setting.name} = {float(setup.setting(setting.name))!r}"
    if NORM in used:
        yield f"    {names[NORM]} = {loop.norm}"
    for line in lines:
        named = substitute(line.tree, {letter: Name(text) for letter, text in names.items()})
        letter = line.name or ""
        yield f"    {names.get(letter, letter)} = {write(spelled(simplify(named)), notations, 'python')}"
    yield f"    return {', '.join(['parameters', *optimizer.memory])}"
