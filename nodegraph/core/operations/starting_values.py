"""Numbers at which a program looks at a formula: f.subs({x: 2}), f.evalf(subs={x: 2}), minimize(f, 2.0) and
approx_fprime(2.0, f, 1e-6). They are the values of its inputs. Knows the standard library's trees only.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Container, Iterator, Sequence

from nodegraph.core.notation import formula_program
from nodegraph.core.notation.not_arithmetic import GRADIENT, NotArithmetic
from nodegraph.core.notation.own_functions import is_gradient
from nodegraph.core.notation.program_arguments import (
    at,
    in_numbers,
    is_written_out,
    last_name,
    names_in,
    pieces,
)
from nodegraph.core.notation.program_outline import is_idle

_SUBSTITUTES = ("subs", "xreplace")
_LOOKS = (*_SUBSTITUTES, "evalf", "n", "N", "float", "simplify", "doit")
"""What is made of a formula to see its number."""
_DERIVING = ("derivative", "jvp", "vjp", "Derivative", "Gradient", "approx_derivative")
"""What libraries call what derives a function of the program at the numbers behind it."""
_SOLVING = (
    *("minimize", "fmin", "fmin_bfgs", "fmin_cg", "basinhopping", "least_squares"),
    *("fsolve", "root", "newton", "minimize_scalar", "root_scalar", "brentq", "bisect"),
)
"""What libraries call what looks for a minimum or a zero of a function, from the numbers behind it on."""
_OF_FUNCTIONS = (*_DERIVING, *_SOLVING, "approx_fprime")
_BETWEEN = ("brentq", "bisect", "minimize_scalar", "root_scalar")
"""Those of them that are given two ends, or nothing, in place of a first guess."""
_WORDS = (*_SUBSTITUTES, *_OF_FUNCTIONS, "subs=", "lambdify")
"""What is called in a program that may hold such numbers."""
_NO_NUMBER = "{0}(…) puts in numbers alone here; leave it out, and write the formula with {1} for {2}"
_FOUND = "what {0} finds is no formula; leave this line out, or write the number that it came to"
_OF_LAMBDIFY = "write the formula itself in place of what lambdify makes of it"
_OF_A_NAME = "name the formula on a line above, f = …, and write lambdify of that name"
_ELSEWHERE = "what a formula is made of has a line of its own here; leave {}(…) out, and write x = 2 above"


def formulas_at_values(
    statements: Sequence[ast.stmt], text: str, functions: Container[str], stated: Container[str] = ()
) -> tuple[list[ast.stmt], bool]:
    """Returns what `formula_program.as_formulas` does, with an input for each of the numbers at which the
    program looks at its formulas, if the text has a word for that. Raises NotArithmetic.
    """
    values = {}
    if any(word in text for word in _WORDS):
        values = starting_values(statements)
        statements = without_looks(statements)
    formulas, is_of_one = formula_program.as_formulas(statements, functions, stated)
    return (with_starting_values(formulas, values) if values else formulas), is_of_one


def starting_values(statements: Sequence[ast.stmt]) -> dict[str, ast.expr]:
    """Returns the numbers at which the program looks at its formulas, by name; the first of each.

    >>> found = starting_values(ast.parse("print(f.subs({x: 2}).subs(y, -1), f.evalf(subs={x: 3}))").body)
    >>> {name: ast.unparse(value) for name, value in sorted(found.items())}
    {'x': '2', 'y': '-1'}
    """
    said = _Said(statements)
    calls = [one for one in pieces(statements) if isinstance(one, ast.Call)]
    found: dict[str, ast.expr] = {}
    for call in sorted(calls, key=lambda one: (one.lineno, one.end_col_offset or 0)):
        for key, value in said.given(call):
            name = key.id if isinstance(key, ast.Name) else getattr(key, "value", None)
            number = said.number(value)
            if isinstance(name, str) and number is not None:
                found.setdefault(name, number)
    return found


class _Said:
    """What a program says of its functions, points and numbers."""

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self.functions: dict[str, list[str]] = {}
        """The arguments of the program's functions, and of what lambdify makes of its formulas."""
        self.made: dict[str, ast.Call] = {}
        """What lambdify makes of a formula, by name."""
        self.points: dict[str, ast.Dict] = {}
        self.numbers: dict[str, ast.expr] = {}
        self.rounds: set[str] = set()
        """Names that loops give to one thing after the other."""
        for one in pieces(statements):
            if isinstance(one, ast.FunctionDef):
                self.functions[one.name] = [argument.arg for argument in one.args.args]
            elif isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                self._keep(one.targets[0].id, one.value)
            elif isinstance(one, ast.For | ast.comprehension):
                self.rounds |= names_in(one.target)

    def _keep(self, name: str, value: ast.expr) -> None:
        if isinstance(value, ast.Dict):
            self.points[name] = value
        elif isinstance(value, ast.Lambda):
            self.functions[name] = [argument.arg for argument in value.args.args]
        elif isinstance(value, ast.Call) and last_name(value.func) == "lambdify" and value.args:
            self.made[name], of = value, value.args[0]
            symbols = of.elts if isinstance(of, ast.List | ast.Tuple) else [of]
            self.functions[name] = [one.id for one in symbols if isinstance(one, ast.Name)]
        elif (number := _number(value)) is not None:
            self.numbers[name] = number

    def number(self, value: ast.expr) -> ast.expr | None:
        """A number that is written out, or that a name stands for."""
        if isinstance(value, ast.Name) and value.id in self.numbers:
            return at(copy.deepcopy(self.numbers[value.id]), value)
        return _number(value)

    def given(self, call: ast.Call) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Yields what a call puts in place of what. Raises NotArithmetic for what is no number."""
        name = last_name(call.func)
        for key, value in self._put_in(call, name):
            if self.number(value) is None and names_in(value).isdisjoint(self.rounds):
                what = (name, ast.unparse(value), ast.unparse(key))
                raise NotArithmetic(_NO_NUMBER.format(*what), value)
            yield key, value
        of = self.of_a_function(call, name)
        first = of[0].id if of and isinstance(of[0], ast.Name) else ""
        numbers: Sequence[ast.expr] = of[1:]
        arguments = self.functions.get(first, ())
        if len(arguments) > 1 and len(numbers) == 1 and isinstance(numbers[0], ast.List | ast.Tuple):
            numbers = numbers[0].elts  # jvp(f, (2.0, 3.0), …)
        yield from ((ast.Constant(one), it) for one, it in zip(arguments, numbers, strict=False))

    def _put_in(self, call: ast.Call, name: str) -> Iterator[tuple[ast.AST, ast.expr]]:
        """Yields what subs puts in place of what."""
        if name in _SUBSTITUTES and len(call.args) == 2:
            yield call.args[0], call.args[1]
        for word in call.keywords if name in _SUBSTITUTES else ():  # Sage's f.subs(x=2)
            if word.arg is not None and word.arg not in ("simultaneous", "maxsteps"):
                yield ast.copy_location(ast.Name(word.arg, ast.Load()), word.value), word.value
        sets = [
            *(call.args if name in _SUBSTITUTES and len(call.args) == 1 else ()),
            *(word.value for word in call.keywords if word.arg == "subs"),
        ]
        for said in sets:
            one = self.points.get(said.id, said) if isinstance(said, ast.Name) else said
            if isinstance(one, ast.Dict):
                yield from ((key, value) for key, value in zip(one.keys, one.values, strict=True) if key)
            for pair in one.elts if isinstance(one, ast.List | ast.Tuple) else ():
                if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                    yield pair.elts[0], pair.elts[1]

    def of_a_function(self, call: ast.Call, name: str) -> Sequence[ast.expr]:
        """The function that a call is of, and the numbers for its arguments."""
        if isinstance(call.func, ast.Call) and last_name(call.func.func) in _DERIVING:
            return [*call.func.args[:1], *call.args]
        if name == "approx_fprime":
            return [*call.args[1:2], *call.args[:1]]
        if name in self.functions and name not in self.made:
            return ()
        if name in _DERIVING:
            return call.args
        if name in _SOLVING and name not in _BETWEEN:
            guess = [word.value for word in call.keywords if word.arg == "x0"]
            return [*call.args[:1], *(guess or call.args[1:2])]
        is_made = isinstance(call.func, ast.Name) and call.func.id in self.made
        return [call.func, *call.args] if is_made else ()


def _number(value: ast.expr) -> ast.expr | None:
    """A number that is written out, be it alone in a list."""
    while True:
        if isinstance(value, ast.List | ast.Tuple) and len(value.elts) == 1:
            value = value.elts[0]
        elif isinstance(value, ast.Call) and last_name(value.func) in ("array", "Float") and value.args:
            value = value.args[0]
        else:
            break
    value = in_numbers(value)
    is_text = isinstance(getattr(value, "value", None), str | bool | None) and isinstance(value, ast.Constant)
    return value if is_written_out(value) and not is_text else None


def without_looks(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Returns the statements without those that give a name what a formula or its slope comes to, as
    v = f.subs(x, 2) does, or what is found from there on, as minimize(f, 2.0). Raises NotArithmetic where
    another formula uses such a name.
    """
    kept: list[ast.stmt] = []
    looks: dict[str, ast.expr] = {}
    said = _Said(statements)
    for one in statements:
        if isinstance(one, ast.Assign) and _is_look(one.value, said):
            looks |= dict.fromkeys(names_in(*one.targets), one.value)
            continue
        if not (isinstance(one, ast.Expr) and is_idle(one.value)):
            for piece in ast.walk(one) if looks else ():
                if isinstance(piece, ast.Name) and isinstance(piece.ctx, ast.Load) and piece.id in looks:
                    raise NotArithmetic(_why_no_formula(looks[piece.id]), looks[piece.id])
        kept.append(one)
    return kept


def _is_look(value: ast.expr, said: _Said) -> bool:
    """Whether a value only looks at a formula or a function, or finds something from there on."""
    base, word = _looked_at(value)
    if word and (isinstance(base, ast.Name) or is_gradient(base)):
        return True
    while isinstance(base, ast.Attribute | ast.Subscript):  # minimize(f, 2.0).x[0]
        base = base.value
    if not isinstance(base, ast.Call):
        return False
    called = base.func.func if isinstance(base.func, ast.Call) else base.func
    name = last_name(called)
    if name == "lambdify":
        if isinstance(base.func, ast.Call) or len(base.args) < 2 or not isinstance(base.args[1], ast.Name):
            raise NotArithmetic(_OF_A_NAME, base)
        return True
    if name in said.functions or name not in _OF_FUNCTIONS:
        return name in said.made
    of = said.of_a_function(base, name) or base.args[:1]
    return isinstance(of[0], ast.Name) and of[0].id in said.functions if of else False


def _why_no_formula(value: ast.expr) -> str:
    """What to say where a formula uses what was looked at or found."""
    for piece in ast.walk(value):
        name = last_name(piece.func) if isinstance(piece, ast.Call) else ""
        if name in _SOLVING:
            return _FOUND.format(name)
        if name in _OF_FUNCTIONS:
            return GRADIENT
    word = _looked_at(value)[1]
    return _ELSEWHERE.format(word) if word else _OF_LAMBDIFY


def _looked_at(value: ast.expr) -> tuple[ast.expr, str]:
    """What is looked at by subs or the like, and the word by which something is put in; "" for none."""
    word = ""
    while isinstance(value, ast.Call) and last_name(value.func) in _LOOKS:
        name = last_name(value.func)
        is_put_in = name in _SUBSTITUTES or any(one.arg == "subs" for one in value.keywords)
        word = name if is_put_in else word
        if isinstance(value.func, ast.Attribute) and name not in ("N",):
            value = value.func.value
        elif value.args:
            value = value.args[0]
        else:
            break
    return value, word


def with_starting_values(formulas: Sequence[ast.stmt], values: dict[str, ast.expr]) -> list[ast.stmt]:
    """Returns the formulas with an input for each of these values whose name no formula gives to anything."""
    used: set[str] = set()
    given: set[str] = set()
    for one in formulas:
        for piece in ast.walk(one):
            if isinstance(piece, ast.Name):
                (given if isinstance(piece.ctx, ast.Store) else used).add(piece.id)
    made: list[ast.stmt] = []
    for name, value in values.items():
        if name in used and name not in given:
            leaf = ast.Call(ast.copy_location(ast.Name("input", ast.Load()), value), [value], [])
            target = ast.copy_location(ast.Name(name, ast.Store()), value)
            made.append(ast.copy_location(ast.Assign([target], ast.copy_location(leaf, value)), value))
    return [*made, *formulas]
