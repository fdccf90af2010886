"""Prediction: every question that the steps of a trace raise.

Pure: reads a trace. Each question is made only when it is asked for, since a trace may have thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.rounding import noise_in
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain import chain_rule, mistakes, symbols
from nodegraph.core.explain.answers import KINDS, Kind, Question, Verdict, judge
from nodegraph.core.explain.explanation import gradient_sides
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.operations.equations import (
    DIGITS,
    Side,
    digits_for,
    is_told_whole,
    joined,
    result_of,
    term,
)
from nodegraph.core.operations.formula import Call, Number

__all__ = ["KINDS", "Kind", "Question", "Questions", "Verdict", "judge", "questions"]

Counts = NDArray[np.int64]
MOST_TERMS = 8
"""Terms of a sum that a hint writes out."""


def questions(trace: Trace, kinds: Collection[Kind] = KINDS) -> Questions:
    """What can be asked about each step, in step order.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> asked = questions(run(parse("L = a*b", a=2, b=3)))
    >>> len(asked), asked[0].prompt
    (6, 'What is the value of L = a × b?')
    >>> asked[2].prompt, asked[2].hints[1], judge(asked[2], "2").sentence
    ('What is ∂L/∂a, the local derivative of L = a × b?', '∂L/∂a = b', \
'That is ∂L/∂b: by a, what stays is what a is multiplied by.')
    """
    return Questions(trace, kinds)


class Questions(Sequence[Question]):
    """The questions of a trace; `before[position]` is how many the steps up to a position raise."""

    def __init__(self, trace: Trace, kinds: Collection[Kind] = KINDS) -> None:
        self.trace = trace
        self.asked = frozenset(kinds)
        raised = {kind: np.zeros(len(trace.steps) + 1, dtype=np.int64) for kind in KINDS}
        forward = trace.forward_steps
        raised["value"][1 + (trace.plan.leaves > 0) : forward + 1] = "value" in self.asked
        if trace.has_derivatives:
            raised["gradient"][forward + 1] = "gradient" in self.asked
            raised["gradient"][forward + 2 :] = self._closes()
            for kind in ("local", "contribution"):
                raised[kind][forward + 2 :] = kind in self.asked
        self._before: dict[Kind, Counts] = {kind: np.cumsum(raised[kind]) for kind in KINDS}
        self.before: Counts = np.sum(list(self._before.values()), axis=0)

    def _closes(self) -> Counts:
        """With which contributions a gradient is complete, and worth a question of its own."""
        trace = self.trace
        receivers = trace.receivers[trace.carried_order]
        closes = np.zeros(len(receivers), dtype=np.int64)
        if "gradient" not in self.asked or not len(receivers):
            return closes
        _, from_behind = np.unique(receivers[::-1], return_index=True)
        last = len(receivers) - 1 - from_behind
        if "contribution" in self.asked:  # a single contribution is the gradient: it has just been asked
            alone = np.bincount(receivers)[receivers[last]] + (trace.start[receivers[last]] != 0) < 2
            last = last[~alone]
        closes[last] = 1
        return closes

    # --- as a sequence
    def __len__(self) -> int:
        return int(self.before[-1])

    @overload
    def __getitem__(self, index: int) -> Question: ...
    @overload
    def __getitem__(self, index: slice) -> list[Question]: ...
    def __getitem__(self, index: int | slice) -> Question | list[Question]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        position = self.position_of(number)
        kind = self.kinds_at(position)[number - int(self.before[position - 1])]
        return _question(self.trace, position, kind)

    # --- without making any
    def first_after(self, position: int) -> int:
        """The index of the first question after a position of the cursor."""
        return int(self.before[max(0, min(position, len(self.before) - 1))])

    def position_of(self, index: int) -> int:
        """The position whose frame reveals the answer."""
        return int(np.searchsorted(self.before, index, side="right"))

    def kinds_at(self, position: int) -> list[Kind]:
        """What the step that leads to a position raises, in order."""
        step = self.trace.steps[position - 1]
        if step.kind == "evaluate":
            return ["value"]
        if step.kind == "seed":
            return ["gradient"]
        kinds: list[Kind] = [kind for kind in ("local", "contribution") if kind in self.asked]
        count = int(self.before[position] - self.before[position - 1])
        return [*kinds, "gradient"] if count > len(kinds) else kinds

    def kinds_between(self, start: int, stop: int) -> Counter[Kind]:
        """How many of each kind there are from one index to another."""
        return Counter({kind: self._up_to(stop)[kind] - self._up_to(start)[kind] for kind in KINDS})

    def _up_to(self, index: int) -> Counter[Kind]:
        position = self.position_of(index) - 1
        found: Counter[Kind] = Counter({kind: int(self._before[kind][position]) for kind in KINDS})
        rest = index - int(self.before[position])
        found.update(self.kinds_at(position + 1)[:rest] if rest else [])
        return found


# --- making a question
def _question(trace: Trace, position: int, kind: Kind) -> Question:
    step = trace.steps[position - 1]
    if step.edge is not None and kind != "gradient":
        make = _ask_local if kind == "local" else _ask_contribution
        return make(trace, position, step.edge)
    if step.edge is not None:
        return _ask_gradient(trace, position, trace.receiver(step.edge))
    assert step.node is not None
    return (_ask_value if kind == "value" else _ask_seed)(trace, position, step.node)


def _ask_value(trace: Trace, position: int, node_id: str) -> Question:
    sides, definition = chain_rule.value_sides(trace, node_id), chain_rule.definition(trace, node_id)
    answer = chain_rule.known(trace.value(node_id))
    general = "A node's value is its operation, done to the values of its inputs."
    hints = [general, _what_it_does(trace, node_id)]
    if len(sides) > 3 and joined(sides[:3]) != joined(sides[:2]):
        hints.append(joined([sides[0], sides[2]]))
    return Question(
        "value", position, node_id, None,
        prompt=f"What is the value of {definition}?",
        answer=answer,
        solution=_solution(sides[0].unicode, answer),
        hints=tuple(hints),
        check=f"It is {definition}.",
        mistakes=tuple(mistakes.of_value(trace, node_id)),
        noise=noise_in(trace, "values", trace.plan.number[node_id]),
    )  # fmt: skip


def _what_it_does(trace: Trace, node_id: str) -> str:
    node = trace.nodes[node_id]
    if node.muted:
        return chain_rule.muted_note(trace, node_id)
    operation = OPERATIONS[node.op]
    return f"{chain_rule.definition(trace, node_id)}. {operation.title}: {_lowered(operation.doc)}"


def _lowered(sentence: str) -> str:
    """A sentence to go on with after a colon; ReLU keeps its letters."""
    is_word = sentence[1:2].islower() or sentence[1:2] == " "
    return sentence[:1].lower() + sentence[1:] if is_word else sentence


def _solution(symbol: str, answer: float) -> str:
    """e = 6, or ≈ where the answer is rounded."""
    return joined([Side(symbol, ""), result_of(answer)])


def _ask_seed(trace: Trace, position: int, node_id: str) -> Question:
    name, symbol = chain_rule.label(trace, node_id), chain_rule.gradient_symbol(trace, node_id, "unicode")
    way = "backward" if trace.mode == "reverse" else "forward"
    return Question(
        "gradient", position, node_id, None,
        prompt=f"Derivatives run {way} from {name}. What is {symbol}, with which they start?",
        answer=1.0,
        solution=f"{symbol} {chain_rule.first_sign(trace)} 1",
        hints=(
            "A derivative says how many times as fast as one thing another one moves.",
            f"Here both are {name} itself.",
            f"Move {name} by one: by how much has {name} moved?",
        ),
        check=f"Think of {name} moving: how much does {name} move?",
        mistakes=tuple(mistakes.of_seed(trace, node_id)),
    )  # fmt: skip


def _ask_local(trace: Trace, position: int, key: EdgeKey) -> Question:
    target, source = chain_rule.label(trace, key[0]), chain_rule.label(trace, trace.source(key))
    symbol, answer = chain_rule.local_symbol(trace, key, "unicode"), chain_rule.known(trace.local(key))
    applied = chain_rule.applied(trace, key[0])
    by_port = f", by its input {key[1] + 1}" if symbol.endswith("]") else ""
    general = (
        f"A local derivative says how many times as fast as {source} the value of {target} changes, while "
        "all other inputs stay."
    )
    return Question(
        "local", position, trace.receiver(key), key,
        prompt=f"What is {symbol}, the local derivative of {target} = {applied}{by_port}?",
        answer=answer,
        solution=_solution(symbol, answer),
        hints=(general, *_rule_hints(trace, key)),
        check=f"Only {source} moves{_as_input(trace, key)}; how fast does {target} = {applied} move with it?",
        mistakes=tuple(mistakes.of_local(trace, key)),
        noise=noise_in(trace, "local", trace.edge_number[key]),
    )  # fmt: skip


def _rule_hints(trace: Trace, key: EdgeKey) -> tuple[str, str]:
    """The rule in symbols and then with numbers; where the rule is but a number, what one unit more does."""
    symbol, rule = chain_rule.local_symbol(trace, key, "unicode"), chain_rule.rule(trace, key)
    tie, sides = chain_rule.tie(trace, key), chain_rule.rule_sides(trace, key)
    if tie:
        return f"{tie[:1].upper()}{tie[1:]}.", _where(trace, key[0])
    if (found := chain_rule.case_of(trace, key)) is not None and trace.nodes[key[0]].op == "power":
        return f"{found.reason}.", _where(trace, key[0])
    if chain_rule.has_cases(trace, key):
        return f"{symbol} = {rule}", _where(trace, key[0])
    if chain_rule.is_fixed(trace, key) and chain_rule.is_straight(trace, key):
        return _unit_hints(trace, key)
    has_numbers = len(sides) > 3 and sides[2].unicode != sides[1].unicode
    return f"{symbol} = {rule}", joined([sides[0], sides[2]]) if has_numbers else _where(trace, key[0])


def _as_input(trace: Trace, key: EdgeKey) -> str:
    """Where a node feeds several inputs: as which of them it is to move."""
    several = trace.sources(key[0]).count(trace.source(key)) > 1
    return f" as input {key[1] + 1} alone" if several else ""


def _unit_hints(trace: Trace, key: EdgeKey) -> tuple[str, str]:
    target, source = chain_rule.label(trace, key[0]), chain_rule.label(trace, trace.source(key))
    value, slope = chain_rule.known(trace.value(key[0])), chain_rule.known(trace.local(key))
    alone = _as_input(trace, key)
    grown = chain_rule.known(trace.value(trace.source(key))) + 1
    first = f"{target} = {chain_rule.applied(trace, key[0])}: let {source} grow by one unit{alone}."
    told = [format_number(number) for number in (value, value + slope, grown)]
    if told[0] == told[1] or not np.isfinite([value, slope, grown]).all():
        return first, f"Whatever their values: how far does {target} move?"
    about = "" if all(map(is_told_whole, (value, value + slope, grown))) else "about "
    grown_to = f"with {told[2]}{alone}" if alone else f"with {source} = {told[2]}"
    return first, f"{target} is {about}{told[0]}; {grown_to} it would be {about}{told[1]}."


def _where(trace: Trace, node_id: str) -> str:
    """Here a = 2, b = 3 and e = 6."""
    sources = list(dict.fromkeys(trace.sources(node_id)))[:MOST_TERMS]
    known = [i for i in sources if not symbols.is_bare(trace, trace.nodes[i])]
    told = [
        _solution(chain_rule.label(trace, i), chain_rule.known(trace.value(i))) for i in [*known, node_id]
    ]
    return f"Here {', '.join(told[:-1])} and {told[-1]}." if len(told) > 1 else f"Here {told[0]}."


def _ask_contribution(trace: Trace, position: int, key: EdgeKey) -> Question:
    giver, receiver = chain_rule.label(trace, trace.giver(key)), chain_rule.label(trace, trace.receiver(key))
    answer = float(trace.contributions[trace.edge_number[key]])
    symbols, numbers = chain_rule.term_symbol(trace, key, "unicode"), chain_rule.term_numbers(trace, key)
    gradient = chain_rule.gradient_symbol(trace, trace.giver(key), "unicode")
    local = chain_rule.local_symbol(trace, key, "unicode")
    back = "send back" if trace.mode == "reverse" else "hand on"
    twice = f" by its input {key[1] + 1}" if local.endswith("]") else ""
    return Question(
        "contribution", position, trace.receiver(key), key,
        prompt=f"What does {giver} {back} to {receiver}{twice}, the contribution of this edge?",
        answer=answer,
        solution=chain_rule.carried(trace, key),
        hints=(
            "The chain rule: what has arrived at a node is multiplied by the local derivative of the edge.",
            f"{symbols}",
            f"{numbers}",
        ),
        check=f"Look at both factors, {gradient} and {local}.",
        mistakes=tuple(mistakes.of_contribution(trace, key)),
        noise=noise_in(trace, "contributions", trace.edge_number[key]),
    )  # fmt: skip


def _ask_gradient(trace: Trace, position: int, node_id: str) -> Question:
    name, symbol = chain_rule.label(trace, node_id), chain_rule.gradient_symbol(trace, node_id, "unicode")
    keys, answer = trace.edges_back_to(node_id), chain_rule.known(trace.gradient(node_id))
    sent = [float(trace.contributions[trace.edge_number[key]]) for key in keys]
    left = trace.left.get(node_id, 0.0)
    parts = [left, *sent] if left else sent
    is_stored = chain_rule.is_stored(trace)
    called = "that is stored in the end" if is_stored else f"the gradient of {name}"
    asked = f"What is {symbol}, {called}?"
    if len(keys) > 1:
        called = "once they are all added to it" if is_stored else "their sum"
        asked = f"{name} receives {len(keys):,} contributions. What is {symbol}, {called}?"
    kept = f" It still holds {format_number(left)} of an earlier pass." if left else ""
    return Question(
        "gradient", position, node_id, None,
        prompt=asked + kept,
        answer=answer,
        solution=_gradient_solution(trace, node_id, symbol),
        hints=(
            "Every path counts: a node's gradient is the sum of all contributions that arrive at it.",
            _sum(
                [format_number(left)] * bool(left)
                + [chain_rule.term_symbol(trace, key, "unicode") for key in keys[: MOST_TERMS + 1]]
            ),
            _added(parts, answer) if len(parts) > 1 else chain_rule.term_numbers(trace, keys[0]),
        ),
        check="Add every contribution once, with its sign.",
        mistakes=tuple(mistakes.of_gradient(trace, node_id)),
        noise=noise_in(trace, "gradients", trace.plan.number[node_id]),
    )  # fmt: skip


def _gradient_solution(trace: Trace, node_id: str, symbol: str) -> str:
    """∂L/∂a = 15; what is stored is written with all that is added: a.grad ← 1 + 2 × 1 = 3."""
    if not chain_rule.is_stored(trace) or len(trace.edges_back_to(node_id)) > MOST_TERMS:
        return _solution(symbol, chain_rule.known(trace.gradient(node_id)))
    head, _, numbers, total = gradient_sides(trace, node_id)
    return joined([head, replace(numbers, sign="←"), total])


def _added(parts: Sequence[float], total: float) -> str:
    """The numbers of a sum, with as many digits as it takes to come to the total."""
    tree = Call("add", tuple(map(Number, parts)))
    digits = digits_for(tree, total, noisy=True) if len(parts) <= MOST_TERMS else None
    shown = parts[: MOST_TERMS + 1]
    return _sum([term(Number(x), "unicode", digits or DIGITS[0], follows=i > 0) for i, x in enumerate(shown)])


def _sum(terms: Sequence[str]) -> str:
    more = ["…"] if len(terms) > MOST_TERMS else []
    return " + ".join([*terms[:MOST_TERMS], *more])
