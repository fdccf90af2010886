"""What the inspector says about a node, in sentences: its kind, its rules, its gradient so far, its paths."""

from __future__ import annotations

from html import escape

from nodegraph.core.checks.gradient_check import Check
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.explanation import NodeExplanation, Path, Term
from nodegraph.core.explain.gradient_sums import gradient_sum
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.operations.equations import product
from nodegraph.core.typeset import in_formula

WAITING = "…"
NUDGE = 0.01
MAX_TERMS = 8
"""Terms of a sum that get a reason of their own; the rest is counted."""


def kind_of(node: Node, told: NodeExplanation) -> str:
    """What the node is, and what part it plays."""
    operation = OPERATIONS.get(node.op)
    said = told.title
    if operation and not operation.is_leaf and operation.symbol.lower() != told.title.lower():
        said += f" {operation.symbol}"
    if node.op == "input":
        said += ", trainable" if node.trainable else ", data"
    said += " · the output" if told.is_output else ""
    return f"{said}. {told.note}" if told.note else said


def problem_of(told: NodeExplanation, frame: Frame) -> str:
    """What keeps the node from its value, or ""."""
    if told.problem:
        return frame.problem(told.node_id)
    return f"Waits for {' and '.join(told.waits_for)}." if told.waits_for else ""


def rules_of(told: NodeExplanation, frame: Frame, reached: bool) -> list[str]:
    """The local derivatives, those that are to be predicted left out."""
    trace = frame.trace
    sources = enumerate(trace.sources(told.node_id))
    ports = [port for port, source in sources if trace.nodes[source].op != "constant"]
    rules = zip(ports, told.rules, strict=True)
    shown = [rule for port, rule in rules if not frame.guarded or frame.tells_local((told.node_id, port))]
    return [rule.unicode if reached else rule.symbols for rule in shown[:MAX_TERMS]]


def gradient_so_far(told: NodeExplanation, frame: Frame) -> str:
    """∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15, its numbers only where they have arrived."""
    assert told.gradient is not None
    if frame.gradient(told.node_id) is not None and has_all(told, frame):
        return told.gradient.unicode
    if not told.terms:
        return f"{told.gradient.head} = {WAITING}"
    symbols, arrived = told.gradient.symbols, [frame.has_carried(term.edge) for term in told.terms]
    if not any(arrived):
        return symbols
    found = gradient_sum(frame.trace, told.node_id)
    return f"{symbols} {found.before_factors} {found.in_factors('unicode', frame.has_carried)}"


def has_all(told: NodeExplanation, frame: Frame) -> bool:
    """Whether every contribution has arrived."""
    return all(frame.has_carried(term.edge) for term in told.terms)


def reason_of(term: Term, frame: Frame) -> str:
    """The because-sentence, with the number of the local derivative once it is known."""
    return term.general if frame.contribution(term.edge) is None else term.known


def sentence(text: str) -> str:
    """Begin with a capital letter and end with a full stop."""
    return text[:1].upper() + text[1:] + "." * (not text.endswith("."))


def verdict_of(found: Check | None, *, stale: bool) -> str:
    """What the numerical derivative says about a gradient."""
    if found is None:
        return ""
    if stale:
        true = format_number(found.numeric)
        return f"≠ The true derivative is {true}: an earlier pass left the rest, and it was not set to zero."
    if found.differs:
        return f"≠ {found.note}"
    if found.finding in ("undecided", "nothing"):
        return f"? {found.note}"
    if found.finding == "kink":
        return f"⚠ {found.note}"
    return f"✓ {found.note}" if found.note else "✓ checked numerically"


def nudge_of(node: Node, gradient: float | None, frame: Frame) -> str:
    """What a small change of the node would do to the output."""
    trace = frame.trace
    if not gradient or trace.seed is None or trace.seed == node.id or frame.is_stale(node.id):
        return ""
    moved = format_number(gradient * NUDGE, 3)
    nudged, watched = in_formula(node.name), in_formula(trace.nodes[trace.seed].name)
    if trace.mode == "forward":
        nudged, watched = watched, nudged
    return f"Nudge {nudged} by {NUDGE}: {watched} moves by about {moved}."


def product_of(path: Path) -> str:
    """The product of the local derivatives along a path."""
    return product(path.factors, path.product, signed=True)


def path_line(path: Path, complete: bool) -> str:
    """A path with its product, once that is known."""
    return f"{' → '.join(map(in_formula, path.names))}: {product_of(path) if complete else WAITING}"


def stacked(lines: list[str], lead: str = "") -> str:
    """Lines one below the other, as rich text."""
    shown = [f"<i>{lead}</i>", *lines] if lead and lines else lines
    return "".join(
        f'<p style="margin-top:0px; margin-bottom:3px">{one if one.startswith("<i>") else escape(one)}</p>'
        for one in shown
    )
