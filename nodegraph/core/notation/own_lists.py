"""Lists of numbers in a program, `w = [2, -3]` or `x = np.array([1.0, 2.0])`: each element is a name, w0, and
what is said of whole lists (their product, their sum) is said of the elements. Knows trees only.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Sequence
from itertools import count
from typing import TypeVar

from nodegraph.core.notation.formula_modules import (
    KnownCall,
    in_list,
    of_lists,
    takes_a_list,
    unknown_in_module,
)
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.own_functions import meant_by
from nodegraph.core.notation.program_arguments import UsedNames, is_written_out, last_name

MOST_ELEMENTS = 200
"""Elements of a list, and rounds of a loop over lists."""
MOST_IN_ALL = 2_000
"""Rounds of all loops over lists."""
_OF_NUMBERS = ("dot", "inner", "vdot")
"""Products that may be of two numbers, too."""
_PRODUCTS = frozenset(("dot", "matmul", "inner", "vdot", "mm", "mv"))
_HOLDERS = frozenset(
    ("array", "asarray", "tensor", "as_tensor", "FloatTensor", "DoubleTensor", "Tensor", "list", "tuple")
)
_MADE = "write this element where the list is made: {} = […]"
_SIGNS = {ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}

Piece = TypeVar("Piece", bound=ast.AST)


class OwnLists:
    """The lists of one program; `taken` are the names that it uses."""

    def __init__(self, taken: UsedNames) -> None:
        self._taken = taken
        self._found: dict[str, Sequence[ast.expr]] = {}
        self._written = 0

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def define(self, name: str, value: ast.expr) -> list[ast.stmt] | None:
        """Returns the statements of a list's elements, and keeps it; None for what is no list of numbers."""
        if isinstance(value, ast.Tuple):
            return None  # a comma for a decimal point
        if isinstance(value, ast.List | ast.Dict) and ast.unparse(value) in ("[]", "{}"):
            self._found[name] = []  # to which a program appends what it shows
            return []
        elements = self.elements(value) or _elements(value)
        if elements is None or len(elements) < 2:
            return None
        if isinstance(value, ast.Call):
            elements = [
                one if isinstance(one, ast.Name) else _at(ast.Call(value.func, [one], value.keywords), one)
                for one in elements
            ]
        if len(elements) > MOST_ELEMENTS:
            said = f"a list is read up to {MOST_ELEMENTS} elements; write the terms that you mean"
            raise NotArithmetic(said, value)
        made: list[ast.stmt] = []
        names: list[ast.expr] = []
        for place, element in enumerate(elements):
            if isinstance(element, ast.Name) and element.id not in self._found:
                names.append(element)
                continue
            called = self._free(name, place)
            target = _at(ast.Name(called, ast.Store()), element)
            made.append(_at(ast.Assign([target], element), element))
            names.append(_at(ast.Name(called, ast.Load()), element))
        self._found[name] = names
        return made

    def element(self, node: ast.Subscript) -> ast.expr | None:
        """Returns the element that w[0] is; None where w is no list here."""
        if not isinstance(node.value, ast.Name) or node.value.id not in self._found:
            return None
        elements, name = self._found[node.value.id], node.value.id
        try:
            place = ast.literal_eval(node.slice)
        except ValueError:
            place = None
        if not isinstance(place, int) or not -len(elements) <= place < len(elements):
            said = f"{name} has {len(elements)} elements, from {name}[0] to {name}[{len(elements) - 1}]"
            said += "; name those that you mean" * isinstance(node.slice, ast.Slice)
            raise NotArithmetic(said, node)
        return _at(elements[place], node)

    def elements(self, node: ast.expr) -> Sequence[ast.expr] | None:
        """Returns the elements of a list by its name, or of w*x for w, x in zip(ws, xs); None of all else."""
        if isinstance(node, ast.Name):
            return self._found.get(node.id)
        if not isinstance(node, ast.GeneratorExp | ast.ListComp) or len(node.generators) != 1:
            return None
        rounds = self._rounds(node.generators[0])
        if rounds is None:
            return None
        self._written += len(rounds)
        if self._written > MOST_IN_ALL:
            raise NotArithmetic(f"loops are written out to {MOST_IN_ALL:,} rounds in all", node)
        return [meant_by(node.elt, one) for one in rounds]

    def _rounds(self, loop: ast.comprehension) -> Sequence[dict[str, ast.expr]] | None:
        """What the names of a loop over lists, or over range(3), are in each round."""
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        names = [one.id for one in targets if isinstance(one, ast.Name)]
        over = [loop.iter]
        if isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Name):
            if loop.iter.func.id == "range" and len(loop.iter.args) == 1:
                count_of = loop.iter.args[0]
                known = isinstance(count_of, ast.Constant) and isinstance(count_of.value, int)
                most = count_of.value if known and isinstance(count_of, ast.Constant) else 0
                if not isinstance(most, int) or not 0 < most <= MOST_ELEMENTS:
                    return None
                columns: list[Sequence[ast.expr]] = [[_at(ast.Constant(i), count_of) for i in range(most)]]
                return _pairs_of(names, columns) if len(names) == 1 and not loop.ifs else None
            over = loop.iter.args if loop.iter.func.id == "zip" else over
        found = [self.elements(one) for one in over]
        columns = [one for one in found if one is not None]
        is_plain = not loop.ifs and len(columns) == len(found) == len(names) == len(targets)
        return _pairs_of(names, columns) if is_plain else None

    def _length(self, node: ast.expr) -> ast.expr | None:
        """Returns the number that len(x) of a list is; None of all else."""
        is_length = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
        given = node.args if is_length and isinstance(node, ast.Call) else []
        elements = self.elements(given[0]) if len(given) == 1 else None
        return None if not elements else _at(ast.Constant(len(elements)), node)

    def product(self, node: ast.expr, numbers: Container[str] = ()) -> ast.expr | None:
        """Returns np.dot(w, x), w.dot(x) and w @ x of two lists as a sum of products, np.dot(w, x) of two of
        these `numbers` as their product, and len(x) of a list as its number; None of all else.
        """
        of = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and isinstance(of, ast.Attribute) and of.attr in _OF_NUMBERS:
            sides = _sides(node)
            if len(sides) == 2 and not any(map(self.elements, sides)) and _are_numbers(sides, numbers):
                return _at(ast.BinOp(sides[0], ast.Mult(), sides[1]), node)
        if not self._found:
            return None
        if (length := self._length(node)) is not None:
            return length
        sides = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            sides = [node.left, node.right]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _PRODUCTS
        ):
            sides = _sides(node)
        first, second = map(self.elements, sides) if len(sides) == 2 else (None, None)
        if first is None or second is None:
            return None
        if len(first) != len(second):
            raise NotArithmetic(f"these lists have {len(first)} and {len(second)} elements", node)
        terms = [
            _at(ast.BinOp(one, ast.Mult(), other), node) for one, other in zip(first, second, strict=True)
        ]
        found: ast.expr = terms[0]
        for term in terms[1:]:
            found = _at(ast.BinOp(found, ast.Add(), term), node)
        return found

    def called(self, name: str, node: ast.Call) -> KnownCall | None:
        """Returns what sum(w), np.mean(w), w.max() and sum((w*x for …), b) are, of lists, and np.sum(x), of
        one number, which is no operation; None of all else.
        """
        if not takes_a_list(name):
            return None
        is_method = isinstance(node.func, ast.Attribute) and not node.args
        given = [node.func.value] if is_method and isinstance(node.func, ast.Attribute) else node.args
        elements = self.elements(given[0]) if given else None
        if elements is not None and not elements:
            raise NotArithmetic("what is appended to a list is not read; write it out: losses = [a, b]", node)
        is_single = of_lists(name) in ("add", "mean") and len(given) == 1 and unknown_in_module(node.func)[0]
        if elements is None and is_single:
            is_number = in_list(given) is None and not isinstance(given[0], ast.GeneratorExp | ast.ListComp)
            return KnownCall("", given) if is_number else None
        if isinstance(node.func, ast.Attribute) and [getattr(one, "value", None) for one in given[1:]] == [0]:
            given = given[:1]  # the first axis, which is all of a list
        if elements is None or len(given) > 1 + (name == "sum" and isinstance(node.func, ast.Name)):
            return None
        return KnownCall(of_lists(name), [*given[1:], *elements])

    def refuse(self, node: ast.Name) -> None:
        """Refuse a list where a number stands."""
        if node.id in self._found:
            said = f"{node.id} is a list, and a node is one number; take its elements, as {node.id}[0]"
            raise NotArithmetic(f"{said}, or np.dot of two lists", node)

    def refuse_longer(self, node: ast.expr) -> None:
        """Refuse w.append(3) where w has elements, which would be lost."""
        called = node.func if isinstance(node, ast.Call) else node
        name = getattr(called.value, "id", "") if isinstance(called, ast.Attribute) else ""
        if last_name(called) == "append" and self._found.get(name):
            raise NotArithmetic(_MADE.format(name), node)

    def grows(self, node: ast.AugAssign) -> bool:
        """Whether a list to which a program appends what it shows gets more of it: losses += [L]. Raises
        NotArithmetic for any other change in place of a list.
        """
        name = node.target.id if isinstance(node.target, ast.Name) else ""
        if name not in self._found:
            return False
        if isinstance(node.op, ast.Add) and self.elements(node.value) is None:
            if (more := _elements(node.value)) is not None and not self._found[name]:
                return True
            if more is not None:
                raise NotArithmetic(_MADE.format(name), node)
        sign = _SIGNS.get(type(node.op), "+")
        said = f"{name} is a list, and a node is one number; write a line for each element, under a new name"
        raise NotArithmetic(f"{said}: {name}_new0 = {name}[0] {sign} …", node)

    def target(self, node: ast.Assign) -> ast.expr:
        """Returns what stands left of =. Raises NotArithmetic for w[0] of a list."""
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and getattr(target.value, "id", "") in self._found:
            name = ast.unparse(target.value)
            said = f"an element has its value where the list is made, {name} = […]; write the new one there"
            raise NotArithmetic(f"{said}, or give it a name: {name}_new = …", target)
        return target

    def _free(self, name: str, place: int) -> str:
        joint = "_" if name[-1:].isdigit() else ""
        found = f"{name}{joint}{place}"
        if found in self._taken:
            found = next(one for one in (f"{name}_{place}_{n}" for n in count(1)) if one not in self._taken)
        self._taken.add(found)
        return found


def _pairs_of(names: Sequence[str], columns: Sequence[Sequence[ast.expr]]) -> list[dict[str, ast.expr]]:
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]


def _sides(call: ast.Call) -> list[ast.expr]:
    """What np.dot(w, x) and w.dot(x) multiply."""
    is_method = isinstance(call.func, ast.Attribute) and len(call.args) == 1
    return [call.func.value, *call.args] if is_method and isinstance(call.func, ast.Attribute) else call.args


def _are_numbers(sides: Sequence[ast.expr], numbers: Container[str]) -> bool:
    """Whether these are names of numbers, or written out."""
    return all(one.id in numbers if isinstance(one, ast.Name) else is_written_out(one) for one in sides)


def _elements(value: ast.expr) -> Sequence[ast.expr] | None:
    """The elements of a list that holds no lists, also in the function that makes an array of it."""
    if isinstance(value, ast.Call) and len(value.args) == 1:
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return _elements(value.args[0]) if called in _HOLDERS else None
    is_flat = isinstance(value, ast.List | ast.Tuple) and not any(
        isinstance(one, ast.List | ast.Tuple | ast.Starred | ast.ListComp) for one in value.elts
    )
    return value.elts if isinstance(value, ast.List | ast.Tuple) and is_flat else None


def _at(made: Piece, place: ast.AST) -> Piece:
    return ast.copy_location(made, place)
