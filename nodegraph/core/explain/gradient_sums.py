"""How the gradient of a node adds up: its terms with numbers, and the signs that are true between the lines.

Reads a trace; where the lines go, and how many terms are shown, is up to `explain` and `derivation`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain import chain_rule
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.equations import (
    DIGITS,
    Sign,
    comes_to,
    is_told_whole,
    sign_of,
    sign_of_numbers,
    term,
)
from nodegraph.core.operations.formula import Call, Dialect, Number, Tree

MOST_ADDED = 200
"""Terms up to which a sum is calculated again, to see with how many digits it is true as it is printed."""


@dataclass(frozen=True)
class GradientSum:
    """A gradient as a sum: `left` by an earlier pass, or 0, and a term for each of the edges in `keys`.

    All its numbers have `digits` digits. The signs stand before the factors, before what the edges carry, and
    before the total where it follows what the edges carry, or the factors at once.
    """

    trace: Trace
    left: float
    keys: Sequence[EdgeKey]
    total: float
    digits: int
    before_factors: Sign
    before_sent: Sign
    before_total: Sign
    from_factors: Sign

    def in_symbols(self, dialect: Dialect) -> str:
        """∂L/∂q × ∂q/∂x + ∂L/∂p × ∂p/∂x"""
        return " + ".join(
            [*self._left(dialect), *(chain_rule.term_symbol(self.trace, key, dialect) for key in self.keys)]
        )

    def in_factors(self, dialect: Dialect, carried: Callable[[EdgeKey], bool] = lambda key: True) -> str:
        """10 × 3 + 15 × 2, with … for what has not been `carried` yet."""
        texts = self._left(dialect)
        for key in self.keys:
            text = self.factors_text(key, dialect, follows=bool(texts))
            texts.append(text if carried(key) else "…")
        return " + ".join(texts)

    def _left(self, dialect: Dialect) -> list[str]:
        return [self.left_text(dialect)] if self.left else []

    def left_text(self, dialect: Dialect) -> str:
        """What an earlier pass left."""
        return term(Number(self.left), dialect, self.digits)

    def factors_text(self, key: EdgeKey, dialect: Dialect, *, follows: bool = False) -> str:
        """5 × 3"""
        return term(chain_rule.term_tree(self.trace, key), dialect, self.digits, follows=follows)

    def sent_text(self, key: EdgeKey, dialect: Dialect, *, follows: bool = False) -> str:
        """15"""
        return term(Number(chain_rule.sent(self.trace, key)), dialect, self.digits, follows=follows)


def gradient_sum(trace: Trace, node_id: str) -> GradientSum:
    """How the gradient of a node comes together once everything has arrived."""
    left, keys = trace.left.get(node_id, 0.0), trace.edges_back_to(node_id)
    total = chain_rule.known(trace.gradient(node_id))
    start: list[Tree] = [Number(left)] if left else []
    factors = [*start, *(chain_rule.term_tree(trace, key) for key in keys[:MOST_ADDED])]
    sent = [*start, *(Number(chain_rule.sent(trace, key)) for key in keys[:MOST_ADDED])]
    added, summed = Call("add", tuple(factors)), Call("add", tuple(sent))
    if len(keys) > MOST_ADDED:
        digits, whole = DIGITS[0], is_told_whole(total)
        before_total = from_factors = sign_of_numbers(summed) if whole else "≈"
    else:
        digits = _digits(added, summed, total)
        before_total = sign_of(summed, total, digits)
        from_factors = sign_of(added, total, digits)
    return GradientSum(
        trace, left, keys, total, digits,
        before_factors=sign_of_numbers(added, digits),
        before_sent=_before_sent(factors, sent, digits),
        before_total=before_total,
        from_factors=from_factors,
    )  # fmt: skip


def _digits(added: Tree, summed: Tree, total: float) -> int:
    for digits in DIGITS:
        if all(comes_to(tree, total, digits, noisy=True) for tree in (added, summed)):
            return digits
    return DIGITS[-1]


def _before_sent(factors: Sequence[Tree], sent: Sequence[Tree], digits: int) -> Sign:
    """Whether each product is what its edge carries, as both are printed."""
    pairs = zip(factors, sent, strict=True)
    signs = [sign_of(one, other.value, digits, digits) for one, other in pairs if isinstance(other, Number)]
    return next((sign for sign in ("→", "≈") if sign in signs), "=")
