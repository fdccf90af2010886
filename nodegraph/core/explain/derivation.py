"""A derivation as one writes it on a blackboard: the lines for a step, or for a node, as far as a frame goes.

What a frame has not reached yet stands as … or is left out. Reads the trace; knows no colour and no paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from nodegraph.core.engine.cost import path_count
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain import chain_rule, symbols
from nodegraph.core.explain.derivation_lines import (
    EQUALS,
    PLUS,
    SIGNS,
    WAITING,
    WAITING_LATEX,
    WAITING_SIDE,
    Derivation,
    Line,
    Part,
    Piece,
    Tone,
)
from nodegraph.core.explain.explanation import Path, paths_of, seed_reason
from nodegraph.core.explain.gradient_sums import GradientSum, gradient_sum
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_count
from nodegraph.core.operations.catalogue import OPERATIONS, title_of
from nodegraph.core.operations.equations import Side, both, distinct, in_numbers, result_of
from nodegraph.core.operations.formula import Call, Number
from nodegraph.core.typeset import in_formula

MOST_TERMS = 8
"""Terms of a sum, and lines of one kind, that are written out; the rest is counted."""
MOST_PATHS = 6
"""Ways to the output up to which each is written out."""


# --- what is derived
def derive_step(frame: Frame) -> Derivation:
    """The step that was taken last: what it computed, by which rule, and what that adds up to."""
    step, trace = frame.step, frame.trace
    if step is None:
        return Derivation("Nothing has been computed yet.", ())
    if step.edge is not None:
        giver, receiver = (chain_rule.label(trace, end) for end in _ends(trace, step.edge))
        parts = (_locals(frame, [step.edge]), _gradient(frame, trace.receiver(step.edge), step.edge))
        return Derivation(f"What reaches {receiver} through {giver}", parts, step.edge)
    if step.node is None:
        return Derivation("The inputs are given", (_inputs(frame),))
    name = chain_rule.label(trace, step.node)
    if step.kind == "seed":
        return Derivation(f"The derivatives start at {name}", (_gradient(frame, step.node),))
    sources = list(dict.fromkeys(chain_rule.label(trace, source) for source in trace.sources(step.node)))
    title = f"{name} is computed from {_listed(sources)}"
    parts = (_value(frame, step.node), _locals(frame, _asked(trace, step.node)))
    return Derivation(title, _filled(parts), note=chain_rule.muted_note(trace, step.node))


def derive_node(frame: Frame, node_id: str) -> Derivation:
    """All about one node: its value, its local derivatives, its gradient and the ways it came."""
    trace, node = frame.trace, frame.trace.nodes[node_id]
    subject = symbols.name_side(trace, node.name)
    title = f"{subject.unicode} · {title_of(node.op)}"
    title += ", the output" if node_id == trace.output else ""
    cause = trace.plan.waiting.get(node_id)
    note = frame.problem(node_id) or chain_rule.muted_note(trace, node_id)
    if node_id not in trace.plan.number:
        waits = f"This waits for {chain_rule.label(trace, cause)}." if cause else ""
        return Derivation(title, (), note=note or waits, subject=subject)
    parts = [_value(frame, node_id), _locals(frame, _asked(trace, node_id))]
    if trace.gradient(node_id) is not None:
        parts += [_gradient(frame, node_id), _paths(frame, node_id)]
    return Derivation(title, _filled(parts), note=note, subject=subject)


def derive_gradient(frame: Frame, node_id: str) -> Derivation:
    """How one gradient comes together: the local derivatives of its terms, and their sum."""
    trace = frame.trace
    keys = trace.edges_back_to(node_id)
    parts = (_locals(frame, keys), _gradient(frame, node_id))
    subject = Side(*both(partial(chain_rule.gradient_symbol, trace, node_id)))
    return Derivation(subject.unicode, _filled(parts), subject=subject)


def derive_values(frame: Frame) -> Part:
    """Every value, a line for each, in execution order."""
    return Part("value", "Values", tuple(_value_line(frame, node_id) for node_id in frame.trace.plan.ids))


def _filled(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.lines or part.note)


def _asked(trace: Trace, node_id: str) -> list[EdgeKey]:
    """The edges into a node along which a derivative is asked for: none to a constant."""
    sources = trace.sources(node_id)
    return [(node_id, port) for port, source in enumerate(sources) if trace.nodes[source].op != "constant"]


def _ends(trace: Trace, key: EdgeKey) -> tuple[str, str]:
    return trace.giver(key), trace.receiver(key)


# --- values
def _inputs(frame: Frame) -> Part:
    trace = frame.trace
    leaves = trace.plan.ids[: trace.plan.leaves]
    lines = tuple(_value_line(frame, leaf) for leaf in leaves[:MOST_TERMS])
    return Part("value", "Value", lines, _and_more(len(leaves) - MOST_TERMS))


def _value(frame: Frame, node_id: str) -> Part:
    node = frame.trace.nodes[node_id]
    operation = OPERATIONS.get(node.op)
    why = operation.doc if operation and not operation.is_leaf and not node.muted else ""
    return Part("value", "Value", (Line(_value_line(frame, node_id).pieces, why),))


def _value_line(frame: Frame, node_id: str) -> Line:
    """e = a × b = 2 × 3 = 6, or as far as it is known e = a × b = …"""
    trace, value = frame.trace, frame.value(node_id)
    sides = chain_rule.value_sides(trace, node_id)
    if value is None:
        return Line(_equation([*sides[: 2 if trace.sources(node_id) else 1], WAITING_SIDE]))
    return Line(_equation(sides, "value", value))


# --- local derivatives
def _locals(frame: Frame, keys: Sequence[EdgeKey]) -> Part:
    if frame.guarded:
        keys = [key for key in keys if frame.tells_local(key)]
    lines = tuple(_local_line(frame, key) for key in keys[:MOST_TERMS])
    heading = "Local derivative" if len(keys) == 1 else "Local derivatives"
    notes = (_and_more(len(keys) - MOST_TERMS), _number_note(frame.trace, keys[:MOST_TERMS]))
    return Part("local", heading, lines, " ".join(note for note in notes if note))


def _number_note(trace: Trace, keys: Sequence[EdgeKey]) -> str:
    """What the number in brackets means, where one stands."""
    numbered = next((key for key in keys if chain_rule.is_numbered(trace, key)), None)
    if numbered is None:
        return ""
    target, source = chain_rule.label(trace, numbered[0]), chain_rule.label(trace, trace.source(numbered))
    symbol = chain_rule.local_symbol(trace, numbered, "unicode")
    return f"{symbol} is by input {numbered[1] + 1} of {target} alone, as if no other way led from {source}."


def _local_line(frame: Frame, key: EdgeKey) -> Line:
    """∂e/∂a = b = 3, its numbers once they may be shown."""
    trace = frame.trace
    sides = chain_rule.rule_sides(trace, key)
    if frame.tells_local(key):
        return Line(_equation(sides, "plain", trace.local(key), (key,)), _why(trace, key))
    rule = chain_rule.rule_side(trace, key)
    if rule.unicode == chain_rule.plain(trace.local(key)):
        return Line(_equation([sides[0], WAITING_SIDE], edges=(key,)), _general(trace, key))
    return Line(_equation([sides[0], rule], edges=(key,)), _general(trace, key))


def _general(trace: Trace, key: EdgeKey) -> str:
    """The reason before any number is known: that of the rule, and not of the case at hand."""
    node = trace.nodes[key[0]]
    if node.muted:
        return _why(trace, key)
    return f"{OPERATIONS[node.op].why(key[1], len(trace.sources(key[0])))}."


def _why(trace: Trace, key: EdgeKey) -> str:
    reason = chain_rule.reason(trace, key)
    return f"{reason}." if reason else ""


# --- gradients
def _gradient(frame: Frame, node_id: str, active: EdgeKey | None = None) -> Part:
    """The chain rule for a node: in symbols, in numbers, term by term, and the sum."""
    trace = frame.trace
    keys = trace.edges_back_to(node_id)
    if not keys:
        return Part("gradient", "Gradient", _gradient_without_terms(frame, node_id))
    shown = _chosen(keys, active)
    found = gradient_sum(trace, node_id)
    before = [Piece(*both(found.left_text), number=found.left)] if found.left else []
    count, follows = len(keys) + len(before), bool(before)
    head = [_symbol(trace, node_id), SIGNS[chain_rule.first_sign(trace)]]
    symbols = Line((*head, *_sum(before + _symbols(trace, shown), count)))
    if not any(frame.has_carried(key) for key in shown) and not frame.arrived(node_id)[0]:
        return Part("gradient", "Gradient", (symbols,), _left_note(found.left))
    factors = (SIGNS[found.before_factors], *_sum(before + _factors(frame, found, shown, follows), count))
    complete = frame.arrived(node_id)[0] == len(keys)
    result = _result(frame.gradient(node_id))
    if len(keys) == 1 and not before:
        total = (SIGNS[found.from_factors], result) if complete else ()
        return Part("gradient", "Gradient", (Line((*symbols.pieces, *factors, *total)),))
    sent = (SIGNS[found.before_sent], *_sum(before + _contributions(frame, found, shown, follows), count))
    lines = [symbols, Line(factors, continues=True), Line(sent, continues=True)]
    lines += [Line((SIGNS[found.before_total], result), continues=True)] if complete else []
    note = f"{_so_far(frame, node_id)} {_left_note(found.left)}".strip()
    return Part("gradient", "Gradient", tuple(lines), note)


def _gradient_without_terms(frame: Frame, node_id: str) -> tuple[Line, ...]:
    trace, gradient = frame.trace, frame.gradient(node_id)
    symbol = _symbol(trace, node_id)
    if gradient is None and node_id == trace.seed and frame.position > trace.forward_steps:
        gradient = 1.0  # of a constant no gradient is asked for, but here derivatives start
    if gradient is None:
        return (Line((symbol, EQUALS, Piece(WAITING, WAITING_LATEX))),)
    sign = SIGNS[result_of(gradient).sign]
    name, seed = chain_rule.label(trace, node_id), in_formula(chain_rule.seed_name(trace))
    if node_id == trace.seed:
        reason = seed_reason(trace)
        reason, sign = reason[:1].upper() + reason[1:], SIGNS[chain_rule.first_sign(trace)]
    else:
        reason = f"{name} does not depend on {seed}"
        if trace.mode == "reverse":
            reason = f"{seed} does not depend on {name}"
        if trace.left.get(node_id):
            reason += ", so what an earlier pass left stays as it was"
    return (Line((symbol, sign, _result(gradient)), f"{reason}."),)


def _chosen(keys: Sequence[EdgeKey], active: EdgeKey | None) -> list[EdgeKey]:
    """The edges whose terms are written out; the active one is always among them."""
    if len(keys) <= MOST_TERMS:
        return list(keys)
    first = list(keys[: MOST_TERMS - 1])
    return first if active is None or active in first else [*first[:-1], active]


def _symbols(trace: Trace, keys: Sequence[EdgeKey]) -> list[Piece]:
    return [Piece(*both(partial(chain_rule.term_symbol, trace, key)), edges=(key,)) for key in keys]


def _factors(frame: Frame, found: GradientSum, keys: Sequence[EdgeKey], follows: bool) -> list[Piece]:
    """5 × 3 for each edge that has carried."""
    pieces = []
    for place, key in enumerate(keys):
        if frame.has_carried(key):
            texts = both(partial(found.factors_text, key, follows=follows or place > 0))
            pieces.append(Piece(*texts, edges=(key,)))
        else:
            pieces.append(_waiting(key))
    return pieces


def _contributions(frame: Frame, found: GradientSum, keys: Sequence[EdgeKey], follows: bool) -> list[Piece]:
    """15 for each edge that has carried."""
    pieces = []
    for place, key in enumerate(keys):
        carried = frame.contribution(key)
        if carried is None:
            pieces.append(_waiting(key))
        else:
            texts = both(partial(found.sent_text, key, follows=follows or place > 0))
            pieces.append(Piece(*texts, "gradient", (key,), carried[2]))
    return pieces


def _sum(terms: Sequence[Piece], count: int) -> list[Piece]:
    """The terms with + between them; where there are more than these, how many."""
    pieces = list(terms[:1])
    for term in terms[1:]:
        pieces += [PLUS, term]
    more = count - len(terms)
    if more > 0:
        pieces += [PLUS, Piece(f"… and {more} more", rf"\cdots\text{{ and {more} more}}", "words")]
    return pieces


def _so_far(frame: Frame, node_id: str) -> str:
    arrived, expected = frame.arrived(node_id)
    if arrived == expected:
        return ""
    has = "has" if arrived == 1 else "have"
    so_far = chain_rule.plain(frame.gradient(node_id))
    return f"{arrived} of {expected} terms {has} arrived; so far the sum is {so_far}."


def _left_note(left: float) -> str:
    if not left:
        return ""
    return f"{chain_rule.plain(left)} was left by an earlier pass; zero the gradients to start afresh."


# --- the ways
def _paths(frame: Frame, node_id: str) -> Part:
    """Each way from the node to the output, once its gradient is complete and there are several."""
    trace = frame.trace
    count = path_count(trace, node_id)
    arrived, expected = frame.arrived(node_id)
    if count < 2 or arrived < expected:
        return Part("paths", "Paths", ())
    if count > MOST_PATHS:
        ends = f"{chain_rule.label(trace, node_id)} and {in_formula(chain_rule.seed_name(trace))}"
        joined = f"{format_count(count)} paths join {ends}"
        note = f"{joined}; the sum takes them all together, one term for each edge."
        return Part("paths", "Paths", (), note)
    return Part(
        "paths", f"{count} paths", tuple(_path_line(trace, path) for path in paths_of(trace, node_id))
    )


def _path_line(trace: Trace, path: Path) -> Line:
    way = Piece(*both(partial(symbols.way, trace, path.names)), edges=path.edges)
    if len(path.factors) < 2:
        return Line((way, _result(path.product, path.edges)))
    tree = Call("multiply", tuple(map(Number, path.factors)))
    return Line((way, *_equation(in_numbers(tree, path.product), "gradient", path.product, path.edges)))


# --- pieces


def _equation(
    sides: Sequence[Side],
    tone: Tone = "plain",
    number: float | None = None,
    edges: tuple[EdgeKey, ...] = (),
) -> tuple[Piece, ...]:
    """The sides with their signs between; the last has the tone and the number."""
    *before, last = distinct(sides)
    pieces: list[Piece] = []
    for side in before:
        pieces += [SIGNS[side.sign], Piece(side.unicode, side.latex, edges=edges)]
    pieces += [SIGNS[last.sign], Piece(last.unicode, last.latex, tone, edges, number)]
    return tuple(pieces[1:])


def _symbol(trace: Trace, node_id: str) -> Piece:
    return Piece(*both(partial(chain_rule.gradient_symbol, trace, node_id)))


def _result(number: float | None, edges: tuple[EdgeKey, ...] = ()) -> Piece:
    value = chain_rule.known(number)
    side = result_of(value)
    return Piece(side.unicode, side.latex, "gradient", edges, value)


def _waiting(key: EdgeKey) -> Piece:
    return Piece(WAITING, WAITING_LATEX, edges=(key,))


def _and_more(count: int) -> str:
    return f"… and {count:,} more." if count > 0 else ""


def _listed(names: Sequence[str]) -> str:
    """a, b and c; of many only the first few."""
    shown = list(names[:MOST_TERMS])
    more = len(names) - len(shown)
    last = f"{more} more" if more else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last
