"""Functions that a program defines for itself, `def square(x): return x*x`, put in where they are called.
Knows the standard library's trees only; nothing is run.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count

from nodegraph.core.notation.labels import without_type
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.program_arguments import UsedNames, is_written_out, last_name, names_in
from nodegraph.core.notation.program_outline import outlined
from nodegraph.core.notation.program_words import INPUT

MOST_PIECES = 30_000
"""Pieces that all calls of a program put in at most."""
_LEAVES_ALONE = frozenset(
    ("jit", "njit", "script", "compile", "function", "staticmethod", "cache", "vectorize")
)
"""What decorators are called that let a function compute the same."""
DERIVERS = frozenset(("grad", "gradient", "value_and_grad", "elementwise_grad", "jacfwd", "jacrev"))
"""What libraries call what makes the derivative of a function: jax.grad(f)(3.0)."""
SECOND_DERIVATIVE = "a derivative of a derivative is not computed here; write the first one out, as a formula"
Function = ast.FunctionDef | ast.Lambda


class OwnFunctions:
    """The functions of one program; `taken` are the names that it uses outside of them."""

    def __init__(self, taken: UsedNames) -> None:
        self._taken = taken
        self._found: dict[str, Function] = {}
        self._inner: set[str] = set()
        """The names that functions use in them."""
        self._calling: list[str] = []
        self._put_in = 0
        self._numbers: dict[str, int] = {}
        """The first number that names may be free with, as none becomes free again."""
        self._derivatives: dict[str, str] = {}
        """The functions whose derivatives have names, as after `df = grad(f)`."""
        self._with_values: set[str] = set()
        """Those of these names that give the value beside the derivative."""
        self.given_to_derivatives: set[str] = set()
        """The names at whose values functions are derived: x of grad(f)(x)."""

    def __contains__(self, name: object) -> bool:
        return name in self._found

    @property
    def is_called(self) -> bool:
        """Whether any of them was called."""
        return self._put_in > 0

    @property
    def last(self) -> str:
        """The function that was defined last, or ""."""
        return next(reversed(self._found), "")

    def definition(self, name: str) -> Function:
        """Returns where a function is defined."""
        return self._found[name]

    def define(self, name: str, function: Function) -> None:
        """Keep a function by its name. Raises NotArithmetic for arguments that have no names."""
        arguments = function.args
        unnamed = arguments.vararg or arguments.kwarg
        if unnamed is not None:
            said = f"a function in a graph has a fixed number of arguments; name those of {name}"
            raise NotArithmetic(said, unnamed)
        outer = next((one for one in ast.walk(function) if isinstance(one, ast.Global | ast.Nonlocal)), None)
        if outer is not None:
            raise NotArithmetic("a function here sets no name outside of it; let it return the value", outer)
        if isinstance(function, ast.FunctionDef):
            for decorator in function.decorator_list:
                if not _LEAVES_ALONE & set(re.findall(r"\w+", ast.unparse(decorator))):
                    raise NotArithmetic(
                        "what this makes of the function is not known; leave it out", decorator
                    )
            function.body = outlined(function.body) or function.body
        self._found[name] = function
        self._inner |= names_in(function)

    def define_derivative(self, name: str, value: ast.expr) -> bool:
        """Keep whose derivative a name is, and return whether it is one of a function of the program."""
        of = self._derived_by(value)
        if of:
            self._derivatives[name] = of
            self._with_values |= {name} if _tells_value(value) else set()
        return bool(of)

    def gives_value(self, derived: ast.expr) -> bool:
        """Whether a derivative that is called gives the function's value before its slopes."""
        made_by = getattr(derived, "func", derived)
        return _tells_value(made_by) or (isinstance(made_by, ast.Name) and made_by.id in self._with_values)

    def derived(self, node: ast.AST) -> ast.Call | None:
        """Returns the call of a function that jax.grad(f)(3.0), or df(3.0), is the derivative of, or None.

        >>> own = OwnFunctions(UsedNames(()))
        >>> own.define("f", ast.parse("lambda x: x**2", mode="eval").body)
        >>> ast.unparse(own.derived(ast.parse("jax.grad(f)(3.0)", mode="eval").body))
        'f(3.0)'
        """
        if not isinstance(node, ast.Call):
            return None
        by_name = self._derivatives.get(node.func.id, "") if isinstance(node.func, ast.Name) else ""
        of = by_name or self._derived_by(node.func)
        if not of:
            return None
        given = [*node.args, *(word.value for word in node.keywords)]
        self.given_to_derivatives |= {one.id for one in given if isinstance(one, ast.Name)}
        function = ast.copy_location(ast.Name(of, ast.Load()), node)
        return ast.copy_location(ast.Call(function, node.args, node.keywords), node)

    def _derived_by(self, node: ast.expr) -> str:
        """The function of the program that an expression is the derivative of, or ""."""
        if not isinstance(node, ast.Call) or not node.args:
            return ""
        made_by = last_name(node.func)
        if made_by in _LEAVES_ALONE:
            return self._derived_by(node.args[0])
        if made_by == "hessian":
            raise NotArithmetic(SECOND_DERIVATIVE, node)
        if made_by not in DERIVERS:
            return ""
        of = node.args[0]
        if isinstance(of, ast.Call) and last_name(of.func) in DERIVERS:
            raise NotArithmetic(SECOND_DERIVATIVE, node)
        return of.id if isinstance(of, ast.Name) and of.id in self else ""

    def take(self, names: Iterable[str]) -> None:
        """Let names be those of the program."""
        self._taken.add(*names)

    def inputs(self, name: str) -> Iterator[tuple[str, ast.expr | None]]:
        """Yields the arguments of a function, each with what it is where the call does not say it."""
        arguments = self._found[name].args
        placed = [*arguments.posonlyargs, *arguments.args]
        given: list[ast.expr | None] = [None] * (len(placed) - len(arguments.defaults))
        for one, default in zip(
            [*placed, *arguments.kwonlyargs],
            [*given, *arguments.defaults, *arguments.kw_defaults],
            strict=True,
        ):
            if one.arg != "self":
                yield one.arg, default

    def put_in(self, name: str, call: ast.Call) -> tuple[list[ast.stmt], ast.expr | None]:
        """Returns the statements of a function that is called, and what it returns, if anything, in the names
        of whoever calls it. Raises NotArithmetic. `done` follows when they are read.
        """
        if name in self._calling:
            raise NotArithmetic(f"{name} calls itself, and a graph has an end; write its calls out", call)
        function = self._found[name]
        meant = self.bound(name, call)
        statements = [ast.Return(function.body)] if isinstance(function, ast.Lambda) else function.body
        self._put_in += sum(1 for statement in statements for _ in ast.walk(statement))
        if self._put_in > MOST_PIECES:
            raise NotArithmetic("these functions call one another too often for one graph", call)
        made: list[ast.stmt] = []
        for argument, value in list(meant.items()):
            used = sum(_uses(statement, argument) for statement in statements)
            if used > 1:
                meant[argument] = self._named(argument, value, made)
        result = self._body(name, statements, meant, made)
        self._calling.append(name)
        return made, result

    def done(self) -> None:
        """What was put in last has been read."""
        self._calling.pop()

    def _body(
        self, name: str, statements: Sequence[ast.stmt], meant: dict[str, ast.expr], made: list[ast.stmt]
    ) -> ast.expr | None:
        """What a function returns; what it computes before that goes to `made`."""
        for statement in map(without_type, statements):
            if isinstance(statement, ast.Return):
                if isinstance(statement.value, ast.Tuple):
                    raise NotArithmetic(f"{name} returns several values; write its lines out", statement)
                return None if statement.value is None else meant_by(statement.value, meant)
            if isinstance(statement, ast.FunctionDef):
                said = f"a function in {name} cannot stand in a graph; define it before"
                raise NotArithmetic(said, statement)
            pairs = list(_pairs(statement))
            values = [meant_by(value, meant) for _, value in pairs]
            for (target, _), value in zip(pairs, values, strict=True):
                meant[target] = self._named(target, value, made)
            if isinstance(statement, ast.Expr):
                made.append(ast.copy_location(ast.Expr(meant_by(statement.value, meant)), statement))
            elif not pairs:
                made.append(copy.deepcopy(statement))  # it is refused where it is read, or passed over
        return None

    def _named(self, name: str, value: ast.expr, made: list[ast.stmt]) -> ast.expr:
        """A name for a value, which becomes a statement, unless it is a name."""
        if isinstance(value, ast.Name):
            return value
        first = self._numbers.get(name, 1)
        numbered = ((number, f"{name}{number}" if number > 1 else name) for number in count(first))
        number, free = next(
            (number, one)
            for number, one in numbered
            if one not in self._taken and (number == 1 or one not in self._inner)
        )
        self._numbers[name] = number + 1
        self._taken.add(free)
        target = ast.copy_location(ast.Name(free, ast.Store()), value)
        made.append(ast.copy_location(ast.Assign([target], value), value))
        return ast.copy_location(ast.Name(free, ast.Load()), value)

    def bound(self, name: str, call: ast.Call) -> dict[str, ast.expr]:
        """Returns what each argument is in a call. Raises NotArithmetic where one is missing or too many."""
        meant = {argument: value for argument, value in self.inputs(name) if value is not None}
        names = [argument for argument, _ in self.inputs(name)]
        if len(call.args) > len(names) or any(word.arg not in names for word in call.keywords):
            raise NotArithmetic(
                f"{name} is called otherwise than it is defined: {name}({', '.join(names)})", call
            )
        meant |= dict(zip(names, call.args, strict=False))
        meant |= {word.arg: word.value for word in call.keywords if word.arg is not None}
        missing = [argument for argument in names if argument not in meant]
        if missing:
            raise NotArithmetic(f"this call of {name} lacks {missing[0]}", call)
        return meant


def _tells_value(value: ast.expr) -> bool:
    """Whether value_and_grad is called somewhere in an expression."""
    return any(
        isinstance(one, ast.Call) and last_name(one.func) == "value_and_grad" for one in ast.walk(value)
    )


def as_input(value: ast.expr) -> ast.expr:
    """Returns input(2.0) for a number 2.0 that is written out."""
    function = ast.copy_location(ast.Name(INPUT, ast.Load()), value)
    return ast.copy_location(ast.Call(function, [value], []), value)


def with_inputs(formulas: list[ast.stmt], names: Container[str]) -> list[ast.stmt]:
    """Returns the formulas of a program with inputs for those of these names that are numbers.

    >>> [ast.unparse(one) for one in with_inputs(ast.parse("x = 2.0; y = 3.0; f = x*y").body, ("x",))]
    ['x = input(2.0)', 'y = 3.0', 'f = x * y']
    """
    for one in formulas if names else ():
        target = one.targets[0] if isinstance(one, ast.Assign) else None
        if isinstance(one, ast.Assign) and isinstance(target, ast.Name) and target.id in names:
            one.value = as_input(one.value) if is_written_out(one.value) else one.value
    return formulas


def refuse_second(value: ast.expr, gradients: Container[str]) -> None:
    """Refuse what is derived of a gradient: torch.autograd.grad(g, x) where g is among the `gradients`."""
    for call in ast.walk(value):
        for given in call.args if isinstance(call, ast.Call) else ():
            if any(isinstance(one, ast.Name) and one.id in gradients for one in ast.walk(given)):
                raise NotArithmetic(SECOND_DERIVATIVE, value)


def is_gradient(value: ast.expr) -> bool:
    """Whether a value is a gradient: w.grad, tape.gradient(y, x), torch.autograd.grad(y, x)[0], f.diff(x).

    >>> found = (ast.parse(text, mode="eval").body for text in ("w.grad.item()", "diff(f, x)", "w*x.grad"))
    >>> list(map(is_gradient, found))
    [True, True, False]
    """
    while isinstance(value, ast.Subscript):
        value = value.value
    if isinstance(value, ast.Attribute) and value.attr == "grad":
        return True
    if not isinstance(value, ast.Call):
        return False
    is_of_one = isinstance(value.func, ast.Attribute) and not value.args and is_gradient(value.func.value)
    is_of_numpy = ast.unparse(value.func).startswith(("np.", "numpy."))  # np.diff
    is_made = last_name(value.func) in (*DERIVERS, "diff") and not is_of_numpy
    return is_of_one or (is_made and bool(value.args))


def sum_of(node: ast.AugAssign) -> ast.expr:
    """Returns the right of `a = a + b` for `a += b`."""
    left = node.target
    if isinstance(left, ast.Name):
        left = ast.copy_location(ast.Name(left.id, ast.Load()), left)
    return ast.copy_location(ast.BinOp(left, node.op, node.value), node)


def _pairs(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement gives values, and their values."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, sum_of(statement)
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            yield target.id, value
        elif (
            isinstance(target, ast.Tuple)
            and isinstance(value, ast.Tuple)
            and len(target.elts) == len(value.elts)
        ):
            yield from (
                (one.id, other)
                for one, other in zip(target.elts, value.elts, strict=True)
                if isinstance(one, ast.Name)
            )


def _uses(statement: ast.AST, name: str) -> int:
    return sum(isinstance(piece, ast.Name) and piece.id == name for piece in ast.walk(statement))


class _Meaning(ast.NodeTransformer):
    """Puts what names mean in their place."""

    def __init__(self, meant: dict[str, ast.expr]) -> None:
        self.meant = meant

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The value of a name, where it stood."""
        value = self.meant.get(node.id)
        return node if value is None else copy.deepcopy(value)


def meant_by(value: ast.expr, meant: dict[str, ast.expr]) -> ast.expr:
    """Returns an expression with what names mean in their place."""
    found: ast.expr = _Meaning(meant).visit(copy.deepcopy(value))
    return found
