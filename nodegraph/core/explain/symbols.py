"""The symbols of one trace: names and derivatives, each with one look that no other has.

Knows which names of a trace are typeset and which stay as they were typed; what is said of them it does not.
"""

from __future__ import annotations

from operator import attrgetter
from weakref import WeakKeyDictionary

from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.equations import Side
from nodegraph.core.operations.formula import Dialect, Name
from nodegraph.core.operations.formula_writer import write_name
from nodegraph.core.typeset import has_namesake, in_formula

_used: WeakKeyDictionary[Trace, frozenset[str]] = WeakKeyDictionary()


def is_plain(trace: Trace, name: str) -> bool:
    """Whether a name stays as it was typed, since another node's would look the same."""
    return has_namesake(name, lambda other: other in _names(trace))


def is_bare(trace: Trace, node: Node) -> bool:
    """Whether a node is a constant that nobody has named, which its number stands for."""
    return stands_as_number(node, lambda name: name in _names(trace))  # few names need all of them


def _names(trace: Trace) -> frozenset[str]:
    """The names of all nodes."""
    if trace not in _used:
        _used[trace] = frozenset(map(attrgetter("name"), trace.nodes.values()))
    return _used[trace]


def name_of(trace: Trace, name: str) -> Name:
    """A node's name in a formula."""
    return Name(name, is_plain(trace, name))


def name_side(trace: Trace, name: str) -> Side:
    """A node's name as the side of an equation."""
    return Side(in_formula(name), _latex(trace, name))


def derivative(trace: Trace, of: str, by: str, dialect: Dialect, number: str = "") -> str:
    """∂L/∂a, or with the number of an input ∂y/∂x[1]."""
    if dialect == "latex":
        return rf"\frac{{\partial {_latex(trace, of)}}}{{\partial {_latex(trace, by)}{number}}}"
    return f"∂{in_formula(of)}/∂{in_formula(by)}{number}"


def stored(trace: Trace, name: str, dialect: Dialect) -> str:
    """a.grad"""
    return rf"{_latex(trace, name)}.\mathrm{{grad}}" if dialect == "latex" else f"{in_formula(name)}.grad"


def way(trace: Trace, names: tuple[str, ...], dialect: Dialect) -> str:
    """a → e → L:"""
    if dialect == "latex":
        return r" \to ".join(_latex(trace, name) for name in names) + ":"
    return " → ".join(map(in_formula, names)) + ":"


def times(dialect: Dialect) -> str:
    """The sign between factors."""
    return r" \times " if dialect == "latex" else " × "


def _latex(trace: Trace, name: str) -> str:
    return write_name(name, "latex", is_plain(trace, name))
