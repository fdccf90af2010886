"""Both passes over recorded values: back along all that a value was computed from, and forward again.

Knows values by their parts alone: `data`, `grad`, the rule and the two inputs.
"""

from __future__ import annotations

from typing import Any

from nodegraph.core.values.rules import ADD, MULTIPLY


def order_below(root: Any) -> list[Any]:
    """Returns all that a value was computed from, in the order in which it can be computed, itself last; the
    leaves are left out. It is micrograd's order: a depth-first search, inputs as they were written.
    """
    mark = root._mark = object()
    order: list[Any] = []
    done = order.append
    waiting: list[Any] = []
    wait = waiting.append
    value = root
    while True:
        a = value._a
        if a is not None and a._mark is not mark:
            a._mark = mark
            if a._a is not None:
                wait(value)
                value = a
                continue
        b = value._b
        if b is not None and b._mark is not mark:
            b._mark = mark
            if b._a is not None:
                wait(value)
                value = b
                continue
        done(value)
        if not waiting:
            return order
        value = waiting.pop()


def replay_of(root: Any) -> Any:
    """Returns what computes a value again, or None where that was never asked for."""
    try:
        return root._replay
    except AttributeError:
        return None


def forward(root: Any) -> None:
    """Compute a value anew from its leaves. What that takes is made at the first time, and kept."""
    if root._a is None:
        return
    if replay_of(root) is None:
        from nodegraph.core.values.replay import Replay

        root._replay = Replay(order_below(root))
    root._replay.forward(root)


def backward(root: Any) -> None:
    """Add gradients, from 1 at the root. A leaf that is the root has nothing to hand on."""
    replay = replay_of(root)
    if replay is not None and replay.backward(root):
        return
    if root.data.__class__ is complex:
        raise TypeError("a graph has no complex numbers; set data to a plain number")
    order = order_below(root)
    order.reverse()
    root.grad = 1
    for out in order:
        rule = out._rule
        if rule is ADD:
            grad = out.grad
            out._a.grad += grad
            out._b.grad += grad
        elif rule is MULTIPLY:
            grad, a, b = out.grad, out._a, out._b
            a.grad += b.data * grad
            b.grad += a.data * grad
        else:
            rule.hand_back(out)
