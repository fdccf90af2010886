"""Check: every gradient of the backward pass against a numerical derivative, which knows no chain rule.

How the output answers to a nudge, `slopes` measures; here a gradient is held against it. What numbers cannot
tell is said, and never taken for an error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.checks.blind_spots import lost_to_underflow, turned_by
from nodegraph.core.checks.nudges import Nudges
from nodegraph.core.checks.slopes import OneSided, Slope, both_sides, quick_slopes, slopes
from nodegraph.core.checks.trust import (
    TELLING,
    is_beyond,
    is_blind,
    is_drowned,
    is_straight,
    is_too_long,
    trusted,
)
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.rounding import is_rounding, is_small
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.demand import demand_graph
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import operation_of_run

FindFeature = Literal["slope", "rounding", "kink", "undecided", "nothing"]
"""What the numbers show: a slope; a slope of 0 but for rounding; two slopes, one to each side; too little to
tell; or that there is nothing to compare.
"""
Tries = list[Slope]

BOTH_NOTHING = "Neither can be told from 0 here: rounding hides more."
TOLERANCE = 1e-6
"""The relative error up to which a gradient and its numerical derivative agree."""
STEP = float(np.finfo(float).eps) ** 0.2
SMALLER = (1.0, 1e-2, 1e-4, 1e-6, 1e-8)
"""Further steps, as parts of the first, for a node that the first step does not settle."""
LARGER = (1e3, 1e6)
"""Steps that only confirm: where the output is straight, they show what rounding hides from short ones."""
UNSURE = 2
"""So many times its doubt, where that is larger, lies between a slope and a gradient that is wrong by it."""
ABOUT_ZERO = 1e-6
"""The part of the steepest slope close by up to which doubt does not matter where the slope is 0."""
UNTOLD = "Too small or too uneven here to be told numerically"
TURNS = f"{UNTOLD}: the slope turns here faster than the least step can show."
LOST = "The gradient is lost to rounding here; the numerical derivative is"
LOST_TOO = "The gradient is lost to rounding here, and the numerical derivative may be off by"
UNDERFLOW = "A factor on the way is too small for a number and counts as 0; the numerical derivative is"
AFFORDED = 1_000_000_000
"""The work, as `Nudges` counts it, after which no further gradients are checked unasked."""
FEWEST = 4
"""Nodes that are checked at least, however large the graph."""
GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it lie evenly between whole numbers, however many there are."""
SETTLED = ("slope", "rounding")


@dataclass(frozen=True)
class Check:
    """One gradient and its numerical derivative, which may be off by `doubt`; `error` is relative.

    `note` says what is special, if anything, and `finding` of what kind that is. A note beside `ok` is a
    warning: a kink, or a derivative that numbers cannot tell apart from noise here. With the finding
    "nothing" there is nothing to compare, and `ok` is False although nothing differs.
    """

    node_id: str
    name: str
    analytic: float
    numeric: float
    error: float
    ok: bool
    note: str = ""
    finding: FindFeature = "slope"
    doubt: float = 0.0

    @property
    def agrees(self) -> bool:
        """Whether the gradient is that of the numbers, as far as they can tell."""
        return self.ok and self.finding not in ("undecided", "nothing")

    @property
    def differs(self) -> bool:
        """Whether the gradient is wrong."""
        return not self.ok and self.finding != "nothing"


def check(graph: Graph) -> list[Check]:
    """Check a graph as it stands: see `check_trace`.

    >>> from nodegraph.core.building.expression import parse
    >>> [(found.name, found.analytic, found.ok) for found in check(parse("y = x*x + relu(z)", x=3, z=0))]
    [('x', 6.0, True), ('z', 0.0, True), ('e', 1.0, True), ('d', 1.0, True), ('y', 1.0, True)]
    """
    demand_graph(graph, "check")
    return check_trace(run(graph))


def asked_nodes(trace: Trace) -> list[int]:
    """The numbers of the nodes that have a gradient to check, in execution order."""
    return [number for number, i in enumerate(trace.plan.ids) if trace.gradient(i) is not None]


def check_trace(trace: Trace, numbers: Sequence[int] | None = None) -> list[Check]:
    """Every node that has a gradient, in execution order: inputs by setting them, others by holding them.

    The slope is a central difference with Richardson extrapolation over two steps h and h/2, whose error is
    of order h⁴; with rounding error ε/h the best step is about ε^(1/5) (W. H. Press et al., "Numerical
    Recipes", §5.7; C. J. F. Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", 1982). It is taken in
    proportion to the value and, where that does not settle it, smaller and absolute too; of the steps that
    agree with all finer ones, the one that leaves the least doubt counts. Above an operation that stands at
    its kink, both sides are looked at apart. The trace must be one of reverse mode; gradients that were left
    in it count as wrong. `numbers` picks some of `asked_nodes`: a large graph can be checked in parts.
    """
    asked = asked_nodes(trace) if numbers is None else sorted(numbers)
    return _checked(Nudges(trace), asked) if asked else []


def check_most(trace: Trace, most: int | None = None) -> list[Check]:
    """`check_trace` of `most` nodes, or of as many as a few seconds allow, however large the graph.

    Inputs come first, those that are trainable ahead of the rest; then other nodes, spread over the graph.
    Where it ends does not depend on the machine.
    """
    asked = sorted(asked_nodes(trace), key=lambda number: _urgency(trace, number))[:most]
    if not asked:
        return []
    nudges = Nudges(trace)
    found: dict[int, Check] = {}
    while len(found) < len(asked) and (most is not None or nudges.work < AFFORDED):
        part = sorted(asked[len(found) : 2 * len(found) + FEWEST])  # as many as before, and some
        found.update(zip(part, _checked(nudges, part), strict=True))
    return [found[number] for number in sorted(found)]


def _urgency(trace: Trace, number: int) -> tuple[int, float]:
    """What a node is sorted by: inputs first, and nodes of a kind so that any number of them is spread."""
    node = trace.nodes[trace.plan.ids[number]]
    kind = 2 if node.op != "input" else 0 if node.trainable else 1
    return kind, number * GOLDEN % 1.0


def _checked(nudges: Nudges, asked: Sequence[int]) -> list[Check]:
    trace = nudges.trace
    sizes = {number: _size(float(trace.node_values[number])) for number in asked}
    found = _plain(nudges, asked, [STEP * max(1.0, sizes[number]) for number in asked])
    unsettled = [number for number in asked if number not in found]
    tries: dict[int, Tries] = {number: [] for number in unsettled}
    for part in SMALLER:
        if unsettled:
            steps = _steps([part], [sizes[number] for number in unsettled])
            for number, further in zip(unsettled, slopes(nudges, unsettled, steps), strict=True):
                tries[number] += further
        found |= {number: _judge(trace, number, tries[number]) for number in unsettled}
        unsettled = [n for n in unsettled if not (found[n].ok and found[n].finding in SETTLED)]
    _confirm(nudges, found, sizes)
    if any(one.differs for one in found.values()):
        found |= _excused(trace, found)
    kinks = _kinks(trace)
    above = [number for number in asked if kinks[number] and found[number].finding != "nothing"]
    if above:
        steps = _steps(SMALLER, [sizes[number] for number in above])
        for number, sides in zip(above, both_sides(nudges, above, steps), strict=True):
            found[number] = _judge_sides(found[number], int(kinks[number]), *sides)
    return [_as_nothing(trace, number, found[number]) for number in asked]


def _as_nothing(trace: Trace, number: int, found: Check) -> Check:
    """The same check, where a gradient that it does not contradict is 0 but for rounding told as that. Where
    just one of the two is mere rounding, nothing is decided.
    """
    is_noise = is_rounding(trace, "gradients", number)
    if found.finding == "rounding" and found.analytic and not is_noise:
        return replace(found, note=f"{UNTOLD}.", finding="undecided")
    if not (is_noise and found.ok and found.finding in ("slope", "undecided")):
        return found
    size = max(abs(found.numeric), abs(found.analytic - found.numeric))
    if found.finding == "undecided" and size > found.doubt:
        if abs(found.numeric) <= found.doubt:
            return replace(found, note=f"{LOST_TOO} {format_number(found.doubt, 1)}.")
        return replace(found, note=f"{LOST} {_shown(found.numeric, found.doubt)}.")
    return replace(found, note=BOTH_NOTHING, finding="rounding") if is_small(trace, found.numeric) else found


def _excused(trace: Trace, found: Mapping[int, Check]) -> dict[int, Check]:
    """Those that differ though no rule need be wrong, as numbers cannot tell."""
    turned, lost = 2 * turned_by(trace, STEP * SMALLER[-1]), lost_to_underflow(trace)
    excused = {}
    for number, one in found.items():
        off = abs(one.analytic - one.numeric)
        if one.differs and off <= max(turned[number], lost[number]):
            note = TURNS if off <= turned[number] else f"{UNDERFLOW} {format_number(one.numeric)}."
            excused[number] = replace(one, ok=True, note=note, finding="undecided")
    return excused


def _steps(parts: Sequence[float], sizes: Sequence[float]) -> NDArray[np.float64]:
    """Steps for nodes of these sizes, in proportion to the size and absolute, shape (nodes, steps)."""
    return np.array([[STEP * part * scale for part in parts for scale in (size, 1.0)] for size in sizes])


def _confirm(nudges: Nudges, found: dict[int, Check], sizes: Mapping[int, float]) -> None:
    """Settle by longer steps what rounding has left undecided, where the output runs straight."""
    undecided = [number for number, one in found.items() if one.finding == "undecided"]
    if not undecided:
        return
    steps = _steps(LARGER, [sizes[number] for number in undecided])
    for number, larger in zip(undecided, slopes(nudges, undecided, steps), strict=True):
        for slope in larger:
            judged = _judge(nudges.trace, number, [slope])
            if judged.ok and judged.finding == "slope" and is_straight(slope):
                found[number] = judged


def _size(value: float) -> float:
    return abs(value) if value and math.isfinite(value) else 1.0


def _plain(nudges: Nudges, asked: Sequence[int], steps: Sequence[float]) -> dict[int, Check]:
    """The checks of the nodes at which six digits agree at once, which no noise brings about; two zeros may
    mean that nothing was seen.
    """
    trace, quick = nudges.trace, quick_slopes(nudges, asked, steps)
    analytic = trace.node_gradients[list(asked)]
    with np.errstate(all="ignore"):
        off, size = np.abs(analytic - quick.central), np.maximum(np.abs(analytic), np.abs(quick.central))
        is_told = quick.doubt <= np.maximum(TELLING * size, ABOUT_ZERO * quick.steepest)
        plain = is_told & (off <= TOLERANCE * size) & np.isfinite(analytic) & np.isfinite(quick.doubt)
        plain &= (analytic != 0) & ~quick.sharp
        error = np.where(off == 0, 0.0, off / size)
    found = {}
    rows = zip(asked, *(numbers.tolist() for numbers in (plain, analytic, quick.central, error)), strict=True)
    for number, settled, gradient, central, part in rows:
        if settled:
            node_id = trace.plan.ids[number]
            name = trace.nodes[node_id].name
            found[number] = Check(node_id, name, gradient, central, part, ok=True)
    return found


def _judge(trace: Trace, number: int, tries: Tries) -> Check:
    """Compare the pass's gradient with the result of the tries."""
    node_id = trace.plan.ids[number]
    analytic = float(trace.node_gradients[number])
    known = trusted(tries)
    best = min(known, key=lambda slope: slope.doubt)
    off, size = abs(analytic - best.central), max(abs(analytic), abs(best.central))
    error = 0.0 if off == 0 else off / size if math.isfinite(off) else math.nan
    steepest = max(slope.steepest for slope in known)
    name, doubt = trace.nodes[node_id].name, max(best.doubt, ABOUT_ZERO * steepest)
    found = Check(node_id, name, analytic, best.central, error, ok=True, doubt=doubt)
    if not math.isfinite(analytic):
        note = f"The gradient is {format_number(analytic)}, so there is nothing to compare."
        return replace(found, ok=False, note=note, finding="nothing")
    if math.isinf(best.doubt):
        if any(slope.sharp or math.isfinite(slope.central) for slope in tries):
            return replace(found, note=f"{UNTOLD}.", finding="undecided")
        note = "The output is not a finite number near here, so there is nothing to compare."
        return replace(found, ok=False, note=note, finding="nothing")
    if off <= TOLERANCE * size and best.doubt <= max(TELLING * size, ABOUT_ZERO * steepest):
        return found
    slack = float(trace.noise.gradients[number]) if best.noise else 0.0
    if off <= best.rounding + slack and best.doubt + slack <= ABOUT_ZERO * steepest:
        return replace(found, note=BOTH_NOTHING, finding="rounding")
    contradicting = [slope for slope in known if abs(analytic - slope.central) > slope.doubt + slack]
    value, output = abs(float(trace.node_values[number])), _output(trace)
    are_blind = bool(contradicting) and all(is_blind(slope, value) for slope in contradicting)
    if are_blind or is_drowned(best, output) or is_beyond(tries, analytic, best):
        return replace(found, note=f"{UNTOLD}.", finding="undecided")
    alone = len({slope.step for slope in contradicting}) < 2 and not best.has_settled
    within = (best.doubt + slack) * (1 if best.doubt <= TELLING * size else UNSURE)
    too_long = is_too_long(tries, analytic, best, output)
    if off <= max(TOLERANCE * size, within) or alone or too_long:
        note = f"{UNTOLD}: ± {format_number(best.doubt, 1)}." if off <= best.doubt + slack else f"{UNTOLD}."
        return replace(found, note=note, finding="undecided")
    return replace(found, ok=False, note=f"The numerical derivative is {format_number(best.central)}.")


def _output(trace: Trace) -> float:
    number = trace.plan.number.get(trace.output or "")
    return 0.0 if number is None else float(trace.node_values[number])


# --- kinks
def _kinks(trace: Trace) -> NDArray[np.int_]:
    """How many operations between each node and the output stand exactly at their kink, shape (nodes,): 0, 1,
    or 2 for more.
    """
    plan, count = trace.plan, len(trace.plan.ids)
    first, last = np.full(count, count), np.full(count, -1)
    stands = _stands(trace)
    if not stands.any():
        return np.zeros(count, dtype=int)
    for part in reversed(plan.runs):
        here = np.arange(part.start, part.stop)
        low = np.where(stands[here], np.minimum(first[here], here), first[here])
        high = np.where(stands[here], np.maximum(last[here], here), last[here])
        for sources in part.sources:
            np.minimum.at(first, sources, low)
            np.maximum.at(last, sources, high)
    kinks: NDArray[np.int_] = np.where(last < 0, 0, np.where(first == last, 1, 2))
    return kinks


def _stands(trace: Trace) -> NDArray[np.bool_]:
    """Which nodes that the output depends on stand exactly at their kink."""
    plan = trace.plan
    found = np.zeros(len(plan.ids), dtype=bool)
    for part in plan.runs:
        if operation_of_run(part.op).kinks:
            inputs, result = trace.node_values[part.sources], trace.node_values[part.start : part.stop]
            at_kink = inputs[0] == 0 if len(inputs) == 1 else (inputs == result).sum(axis=0) > 1
            found[part.start : part.stop] = at_kink
    if trace.output is not None and trace.output in plan.number and found.any():
        return found & plan.reaching(plan.number[trace.output])
    return np.zeros_like(found)


def _judge_sides(found: Check, kinks: int, left: OneSided, right: OneSided) -> Check:
    """The verdict above a kink: any slope between those to both sides will do. Where there are several kinks
    on the way, the conventions need not add up to one of them: relu(x) − relu(−x) is x, and has the gradient
    0 at 0. Then both slopes are told, and nothing is decided.
    """
    slack = TOLERANCE * max(abs(left.slope), abs(right.slope)) + left.doubt + right.doubt
    if not math.isfinite(slack) or (abs(left.slope - right.slope) <= slack and not found.differs):
        return found
    to_left, to_right = (_shown(side.slope, side.doubt) for side in (left, right))
    shown = f"{to_left} to the left and {to_right} to the right"
    gradient = format_number(found.analytic)
    note = f"A kink: the slope is {shown}, and the gradient is {gradient} by convention."
    low, high = sorted((left.slope, right.slope))
    if found.ok and max(left.doubt, right.doubt) > TELLING * (high - low):
        return found  # as |x|^1.5 at 0, whose slopes meet there, though more slowly than steps get shorter
    if low - slack <= found.analytic <= high + slack:
        return replace(found, ok=True, note=note, finding="kink")
    if kinks > 1:
        note = (
            "Several kinks lie on the way, whose conventions need not add up to a slope: it is "
            f"{shown}; the gradient is {gradient}."
        )
        return replace(found, ok=True, note=note, finding="undecided")
    return replace(found, ok=False, note=note, finding="kink") if high - low > slack else found


def _shown(slope: float, doubt: float) -> str:
    """The slope, with no digit that is in doubt."""
    if abs(slope) <= doubt:
        return "0"
    if not doubt:
        return format_number(slope)
    return format_number(slope, min(6, max(1, math.floor(math.log10(abs(slope) / doubt)))))
