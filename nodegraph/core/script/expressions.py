"""Expressions of Python as JavaScript. What an operator does is up to `runtime.js`, where numbers, texts,
fractions, rows of numbers and records differ; here is only how it is written.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from nodegraph.core.script.names import Names, text
from nodegraph.core.script.sources import Untranslatable

OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "_add",
    ast.Sub: "_sub",
    ast.Mult: "_mul",
    ast.Div: "_div",
    ast.FloorDiv: "_floor",
    ast.Mod: "_mod",
    ast.Pow: "_pow",
    ast.BitAnd: "_and",
    ast.BitOr: "_or",
    ast.USub: "_neg",
    ast.Invert: "_inv",
    ast.Eq: "E",
    ast.NotEq: "_ne",
    ast.Lt: "_lt",
    ast.LtE: "_le",
    ast.Gt: "_gt",
    ast.GtE: "_ge",
}
METHODS = frozenset(
    [
        "append",
        "extend",
        "items",
        "keys",
        "values",
        "get",
        "setdefault",
        "update",
        "add",
        "pop",
        "count",
        "index",
        "join",
        "split",
        "partition",
        "strip",
        "lstrip",
        "rstrip",
        "translate",
        "capitalize",
        "title",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "replace",
        "format",
        "lower",
        "upper",
        "isdigit",
        "isalpha",
        "isascii",
        "isdecimal",
        "bit_length",
        "is_integer",
        "indices",
        "any",
        "all",
        "sum",
        "min",
        "max",
        "copy",
        "astype",
        "tolist",
        "ravel",
        "reshape",
        "item",
    ]
)
"""Methods of Python's and numpy's own types; `_call` finds out whose one is."""


class Expressions:
    """Writes expressions, given what names stand for."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def write(self, tree: ast.expr) -> str:
        """Returns an expression as JavaScript."""
        known, value = self.names.value(tree)
        if known:
            return self.names.script.refer(value)
        writer: Callable[[Any], str] | None = getattr(self, f"_{type(tree).__name__.lower()}", None)
        if writer is None:
            raise Untranslatable(f"{ast.unparse(tree)} cannot be translated.")
        return writer(tree)

    def test(self, tree: ast.expr) -> str:
        """Returns an expression as a condition, true where Python takes it for true."""
        if isinstance(tree, ast.BoolOp):
            sign = "&&" if isinstance(tree.op, ast.And) else "||"
            return f"({sign.join(map(self.test, tree.values))})"
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
            return f"!{self.test(tree.operand)}"
        if isinstance(tree, ast.Compare):
            return self.write(tree)
        written = self.write(tree)
        return written if written.startswith(("_is(", "_in(")) else f"T({written})"

    # --- leaves
    def _constant(self, tree: ast.Constant) -> str:
        return self.names.script.refer(tree.value)

    def _name(self, tree: ast.Name) -> str:
        return self.names.shown(tree.id)

    def _joinedstr(self, tree: ast.JoinedStr) -> str:
        pieces = [
            self._formatted(piece) if isinstance(piece, ast.FormattedValue) else self.write(piece)
            for piece in tree.values
        ]
        return f"({'+'.join(pieces)})" if len(pieces) > 1 else f'(""+{pieces[0] if pieces else text("")})'

    def _formatted(self, tree: ast.FormattedValue) -> str:
        if tree.format_spec is None:
            return f"S({self.write(tree.value)})"
        return f"_format({self.write(tree.value)},{self.write(tree.format_spec)})"

    # --- pieces
    def _tuple(self, tree: ast.Tuple | ast.List) -> str:
        return f"[{self.items(tree.elts)}]"

    _list = _tuple

    def _set(self, tree: ast.Set) -> str:
        return f"new _Set([{self.items(tree.elts)}])"

    def _dict(self, tree: ast.Dict) -> str:
        pieces = [
            f"...R({self.write(value)}.items())"
            if key is None
            else f"[{self.write(key)},{self.write(value)}]"
            for key, value in zip(tree.keys, tree.values, strict=True)
        ]
        return f"new D([{','.join(pieces)}])"

    def items(self, trees: Sequence[ast.expr]) -> str:
        """Returns several expressions, those with a star as all that they hold."""
        return ",".join(
            f"...R({self.write(tree.value)})" if isinstance(tree, ast.Starred) else self.write(tree)
            for tree in trees
        )

    def _attribute(self, tree: ast.Attribute) -> str:
        return f"{self.write(tree.value)}.{tree.attr}"

    def _subscript(self, tree: ast.Subscript) -> str:
        if isinstance(tree.slice, ast.Slice):
            ends = (tree.slice.lower, tree.slice.upper, tree.slice.step)
            return (
                f"_slice({self.write(tree.value)},{','.join(self.write(e) if e else 'null' for e in ends)})"
            )
        return f"A({self.write(tree.value)},{self.write(tree.slice)})"

    # --- operators
    def _binop(self, tree: ast.BinOp) -> str:
        return f"{self._operator(tree.op)}({self.write(tree.left)},{self.write(tree.right)})"

    def _unaryop(self, tree: ast.UnaryOp) -> str:
        if isinstance(tree.op, ast.Not):
            return self.test(tree)
        return f"{self._operator(tree.op)}({self.write(tree.operand)})"

    @staticmethod
    def _operator(operator: ast.operator | ast.unaryop | ast.cmpop) -> str:
        if type(operator) not in OPERATORS:
            raise Untranslatable(f"The operator {type(operator).__name__} cannot be translated.")
        return OPERATORS[type(operator)]

    def operate(self, operator: ast.operator, left: str, right: str) -> str:
        """Returns what an operator makes of two pieces of JavaScript."""
        return f"{self._operator(operator)}({left},{right})"

    def _boolop(self, tree: ast.BoolOp) -> str:
        first, *others = map(self.write, tree.values)
        name = "_both" if isinstance(tree.op, ast.And) else "_either"
        for other in others:
            first = f"{name}({first},()=>{other})"
        return first

    def _compare(self, tree: ast.Compare) -> str:
        left, pieces = tree.left, []
        for operator, right in zip(tree.ops, tree.comparators, strict=True):
            one, other = self.write(left), self.write(right)
            if isinstance(operator, ast.In | ast.NotIn):
                pieces.append(f"{'!' if isinstance(operator, ast.NotIn) else ''}_in({one},{other})")
            elif isinstance(operator, ast.Is | ast.IsNot):
                sign = "==" if isinstance(operator, ast.Is) else "!="
                pieces.append(f"({one}{sign}{other})")
            else:
                pieces.append(f"{self._operator(operator)}({one},{other})")
            left = right
        return pieces[0] if len(pieces) == 1 else f"({'&&'.join(pieces)})"

    def _ifexp(self, tree: ast.IfExp) -> str:
        return f"({self.test(tree.test)}?{self.write(tree.body)}:{self.write(tree.orelse)})"

    def _namedexpr(self, tree: ast.NamedExpr) -> str:
        return f"({self.write(tree.target)}={self.write(tree.value)})"

    # --- functions
    def _lambda(self, tree: ast.Lambda) -> str:
        names = [argument.arg for argument in tree.args.args]
        self.names.enter(names)
        head, body = ",".join(map(self.names.shown, names)), self.write(tree.body)
        self.names.leave()
        return f"(({head})=>({body}))"

    def _call(self, tree: ast.Call) -> str:
        known, called = self.names.value(tree.func)
        if known and called is isinstance:
            return self._instance(tree)
        if known and called is getattr:
            return f"{self.write(tree.args[0])}[{self.write(tree.args[1])}]"
        if known:
            return self._known_call(tree, called)
        given = self.arguments(tree)
        if isinstance(tree.func, ast.Attribute) and tree.func.attr in METHODS:
            owner = self.write(tree.func.value)
            return f"C({owner},{text(tree.func.attr)}{',' if given else ''}{given})"
        return f"{self.write(tree.func)}({given})"

    def _known_call(self, tree: ast.Call, called: Any) -> str:
        name, called = self.names.script.refer(called), inspect.unwrap(called)
        is_ours = name.startswith("$") or str(getattr(called, "__module__", "")).startswith("nodegraph.")
        new = "new " if name.startswith("$") and isinstance(called, type) else ""
        if is_ours and tree.keywords and any(isinstance(one, ast.Starred) for one in tree.args):
            order = ",".join(map(text, inspect.signature(called).parameters))
            given = f"..._ordered([{self.arguments(tree)}],[{order}])"
        elif is_ours and tree.keywords:
            given = ",".join(self._in_order(tree, called))
        else:
            given = self.arguments(
                tree, bind=called in (map, partial) or (is_ours and _takes_functions(called))
            )
        return f"{new}{name}({given})"

    def _in_order(self, tree: ast.Call, called: Callable[..., Any]) -> list[str]:
        """The arguments by position, those that are left out as undefined."""
        order = list(inspect.signature(called).parameters)
        given = dict(zip(order, map(self.write, tree.args), strict=False))
        for keyword in tree.keywords:
            if keyword.arg not in order:
                raise Untranslatable(f"{ast.unparse(tree)} cannot be translated.")
            given[keyword.arg] = self.write(keyword.value)
        last = max(order.index(name) for name in given)
        return [given.get(name, "void 0") for name in order[: last + 1]]

    def arguments(self, tree: ast.Call, *, bind: bool = False) -> str:
        """Returns what a call hands over, keywords last, as one; methods may keep the object they are of."""
        write = self._method if bind else self.write
        given = [
            f"...R({self.write(one.value)})" if isinstance(one, ast.Starred) else write(one)
            for one in tree.args
        ]
        named = [f"{keyword.arg}:{write(keyword.value)}" for keyword in tree.keywords if keyword.arg]
        return ",".join([*given, *([f"new K({{{','.join(named)}}})"] if named else [])])

    def _method(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Attribute) and not self.names.value(tree)[0]:
            return f"_bound({self.write(tree.value)},{text(tree.attr)})"
        return self.write(tree)

    def _instance(self, tree: ast.Call) -> str:
        value, kinds = tree.args
        trees = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
        return f"_is({self.write(value)},{','.join(map(self.write, trees))})"

    # --- comprehensions
    def _listcomp(self, tree: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> str:
        return self._comprehended(tree.generators, tree.elt)

    _generatorexp = _listcomp

    def _setcomp(self, tree: ast.SetComp) -> str:
        return f"new _Set({self._comprehended(tree.generators, tree.elt)})"

    def _dictcomp(self, tree: ast.DictComp) -> str:
        pair = ast.Tuple([tree.key, tree.value], ast.Load())
        return f"new D({self._comprehended(tree.generators, pair)})"

    def _comprehended(self, generators: Sequence[ast.comprehension], element: ast.expr) -> str:
        first, *others = generators
        over = self.write(first.iter)
        self.names.enter(sorted(stored(first.target)))
        target = self.target(first.target)
        chosen = "&&".join(map(self.test, first.ifs))
        inner = self._comprehended(others, element) if others else self.write(element)
        self.names.leave()
        kept = f".filter(({target})=>{chosen})" if chosen else ""
        each = "flatMap" if others else "map"
        return f"L({over}){kept}.{each}(({target})=>({inner}))"

    def target(self, tree: ast.expr) -> str:
        """Returns what is assigned to, as a pattern."""
        if isinstance(tree, ast.Tuple | ast.List):
            return f"[{','.join(map(self.target, tree.elts))}]"
        if isinstance(tree, ast.Starred):
            return f"...{self.target(tree.value)}"
        return self.write(tree)


def _takes_functions(called: Any) -> bool:
    """Whether a function of ours takes other functions, among them perhaps methods."""
    return any("Callable" in str(one.annotation) for one in inspect.signature(called).parameters.values())


def stored(tree: ast.AST) -> set[str]:
    """Returns the names that a tree sets."""
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
