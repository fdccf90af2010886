"""Numbers at which a program looks at a formula: f.subs({x: 2, y: 3}), f.evalf(subs={x: 2}) and
approx_fprime(2.0, f, 1e-6). They are the values of its inputs. Knows the standard library's trees only.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Sequence

from nodegraph.core.notation import formula_program
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.own_functions import is_gradient
from nodegraph.core.notation.program_arguments import in_numbers, is_written_out, last_name, pieces
from nodegraph.core.notation.program_outline import is_idle

_SUBSTITUTES = ("subs", "xreplace")
_LOOKS = (*_SUBSTITUTES, "evalf", "n", "N", "float", "simplify", "doit")
"""What is made of a formula to see its number."""
_OF_FUNCTIONS = ("derivative", "jvp", "vjp", "Derivative", "Gradient")
"""What libraries call what derives a function of the program at the numbers behind it."""
_WORDS = (*_SUBSTITUTES, *_OF_FUNCTIONS, "approx_fprime", "subs=")
"""What is called in a program that may hold such numbers."""
_ELSEWHERE = "what a formula is made of has a line of its own here; leave {}(…) out, and write x = 2 above"


def as_formulas(
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
    functions = {
        one.name: [argument.arg for argument in one.args.args]
        for one in statements
        if isinstance(one, ast.FunctionDef)
    }
    points = {
        one.targets[0].id: one.value
        for one in pieces(statements)
        if isinstance(one, ast.Assign)
        if isinstance(one.targets[0], ast.Name) and isinstance(one.value, ast.Dict)
    }
    calls = [one for one in pieces(statements) if isinstance(one, ast.Call)]
    found: dict[str, ast.expr] = {}
    for call in sorted(calls, key=lambda one: (one.lineno, one.end_col_offset or 0)):
        for key, value in _given(call, functions, points):
            name = key.id if isinstance(key, ast.Name) else getattr(key, "value", None)
            number = _number(value)
            if isinstance(name, str) and number is not None:
                found.setdefault(name, number)
    return found


def _given(
    call: ast.Call, functions: dict[str, list[str]], points: dict[str, ast.Dict]
) -> Iterator[tuple[ast.AST, ast.expr]]:
    """Yields what a call puts in place of what."""
    name = last_name(call.func)
    if name in _SUBSTITUTES and len(call.args) == 2:
        yield call.args[0], call.args[1]
    sets = [
        *(call.args if name in _SUBSTITUTES else ()),
        *(w.value for w in call.keywords if w.arg == "subs"),
    ]
    for said in sets:
        one = points.get(said.id, said) if isinstance(said, ast.Name) else said
        if isinstance(one, ast.Dict):
            yield from ((key, value) for key, value in zip(one.keys, one.values, strict=True) if key)
        for pair in one.elts if isinstance(one, ast.List | ast.Tuple) else ():
            if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                yield pair.elts[0], pair.elts[1]
    of: Sequence[ast.expr] = call.args
    if isinstance(call.func, ast.Call) and last_name(call.func.func) in _OF_FUNCTIONS:
        of = [*call.func.args[:1], *call.args]
    elif name == "approx_fprime":
        of = [*call.args[1:2], *call.args[:1]]
    elif name not in _OF_FUNCTIONS:
        return
    first = of[0].id if of and isinstance(of[0], ast.Name) else ""
    yield from ((ast.Constant(one), it) for one, it in zip(functions.get(first, ()), of[1:], strict=False))


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
    v = f.subs(x, 2) does. Raises NotArithmetic where another formula uses such a name.
    """
    kept: list[ast.stmt] = []
    looks: dict[str, ast.expr] = {}
    for one in statements:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            base, word = _looked_at(one.value)
            if word and (isinstance(base, ast.Name) or is_gradient(base)):
                looks[one.targets[0].id] = one.value
                continue
        if not (isinstance(one, ast.Expr) and is_idle(one.value)):
            for piece in ast.walk(one) if looks else ():
                if isinstance(piece, ast.Name) and isinstance(piece.ctx, ast.Load) and piece.id in looks:
                    raise NotArithmetic(_ELSEWHERE.format("subs"), looks[piece.id])
        kept.append(one)
    return kept


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
