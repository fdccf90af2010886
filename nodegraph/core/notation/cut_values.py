"""What takes a value out of the graph of a program that keeps gradients: y.item(), y.data, float(y). A graph
would give it a gradient; that is refused where something is computed from it. Knows trees only.
"""

from __future__ import annotations

import ast

from nodegraph.core.notation.formula_modules import MODULES
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.program_arguments import Learning, last_name, names_in

_CUT = "what {0} gives has no gradient; write the number that it came to, or leave {0} out"
_METHODS = frozenset(("item", "numpy", "tolist", "detach"))
_FUNCTIONS = frozenset(("float", "tensor", "array", "constant", "Value", "detach"))
_INPUT, _TRAINABLE = "input", "trainable"

_IMPORTED = "{0} is imported from {1}; write the number that it is on a line above: {0} = …"


class CutValues:
    """The names of one program whose values have gradients, and of those that were taken out."""

    def __init__(self, learning: Learning) -> None:
        self._learning = learning
        self._plain: set[str] = set()
        """Names of values that have no gradient: numbers, and what is computed from them."""
        self._out: dict[str, str] = {}
        """What took them out, by the names of values that were."""
        self._given: list[tuple[str, ast.expr]] = []
        """Names and their values that have not been looked at; most programs take nothing out."""

    def define(self, name: str, value: ast.expr) -> ast.expr:
        """Returns a*b for `n = (a*b).item()`, and keeps that it was taken out; any other value as it is.
        Raises NotArithmetic for what is computed from the name itself, where that was taken out.
        """
        if name in self._out and name in names_in(value):
            raise NotArithmetic(_CUT.format(self._out[name]), value)
        self._out.pop(name, None)
        found, of = self._cut(value)
        if found:
            self._out[name] = found
        return of

    def follow(self, name: str, value: ast.expr) -> None:
        """Keep whether a name has a gradient after it was given a value, in the words of a formula."""
        self._given.append((name, value))

    def refuse(self, node: ast.expr) -> None:
        """Raise NotArithmetic for what is computed from a value that was taken out, or imported."""
        if isinstance(node, ast.Name) and (module := self._learning.imported.get(node.id)):
            raise NotArithmetic(_IMPORTED.format(node.id, module), node)
        found = self._out.get(node.id, "") if isinstance(node, ast.Name) else self._cut(node)[0]
        if found:
            raise NotArithmetic(_CUT.format(found), node)

    def _cut(self, node: ast.expr) -> tuple[str, ast.expr]:
        """What takes a value with a gradient out here, of several the last to do so, and the value; "" for
        nothing.
        """
        found, of = "", node
        while one := _taken_out(of):
            found, of = found or one[0], one[1]
        if not found or not self._learning.keeps_gradients:
            return "", node
        for name, value in self._given:
            if self._has_gradient(value):
                self._plain.discard(name)
            else:
                self._plain.add(name)
        self._given.clear()
        return (found, of) if self._has_gradient(of) else ("", node)

    def _has_gradient(self, value: ast.expr) -> bool:
        """Whether a name in a value has a gradient, or an input is made there that does."""
        calls = [piece for piece in ast.walk(value) if isinstance(piece, ast.Call)]
        made = (call for call in calls if last_name(call.func) == _INPUT)
        if any(all(word.arg != _TRAINABLE for word in call.keywords) for call in made):
            return True
        functions = {id(call.func) for call in calls}
        names = (one for one in ast.walk(value) if isinstance(one, ast.Name) and id(one) not in functions)
        return any(one.id not in self._plain and one.id not in MODULES for one in names)


def _taken_out(node: ast.expr) -> tuple[str, ast.expr] | None:
    """What takes a value out of the graph, .item(), .data or float(…), and of what; None for all else."""
    if isinstance(node, ast.Attribute) and node.attr == "data":
        return ".data", node.value
    if not isinstance(node, ast.Call):
        return None
    function, name = node.func, last_name(node.func)
    if len(node.args) == 1 and name in _FUNCTIONS:
        is_of_jax = ast.unparse(function).startswith(("jnp.", "jax."))
        return None if is_of_jax else (f"{name}(…)", node.args[0])
    if not node.args and isinstance(function, ast.Attribute) and name in _METHODS:
        return f".{name}()", function.value
    return None
