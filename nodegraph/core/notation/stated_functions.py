"""Functions as people state them in mathematics, f(x) = x^2: what f(x) is called f, and f(3) is f of 3.

Knows text and the standard library's trees only; nothing is run.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from nodegraph.core.notation.formula_tokens import InPython
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.program_arguments import pieces

_STATED = re.compile(
    r"(?:^|;)[ \t]*(?P<name>[^\W\d]\w*)[ \t]*\((?P<of>[ \t]*[^\W\d]\w*(?:[ \t]*,[ \t]*[^\W\d]\w*)*)[ \t]*\)"
    r"[ \t]*=(?!=)[ \t]*",
    re.MULTILINE,
)
_READ = re.compile(r"(?:^|;)[ \t]*(?P<name>\w+) = lambda (?P<of>[\w, \t]+): ", re.MULTILINE)
_SIGN = re.compile(r"\)[ \t]*=(?!=)")
_WORDS = frozenset(("input", "muted", "print"))
_CONSTANTS = ("e", "pi", "π")
NO_NAME = "left of = stands a name, or a function of names: f(x) = x**2 + 1"
"""What to say where something else stands there."""


def with_lambdas(read: InPython) -> tuple[InPython, frozenset[str]]:
    """Returns a text with functions as Python has them, and their names.

    >>> text = "f(x, y) = x*y; z = f(2, 3)"
    >>> made, names = with_lambdas(InPython(text, range(len(text) + 1)))
    >>> made.text, sorted(names)
    ('f = lambda x, y: x*y; z = f(2, 3)', ['f'])
    """
    text: list[str] = []
    places: list[int] = []
    names: set[str] = set()
    done = 0
    for found in _STATED.finditer(read.text) if _SIGN.search(read.text) else ():
        name, of = found["name"], found["of"]
        if name in _WORDS:
            continue
        start, end = found.start("name"), found.end()
        made = f"{name} = lambda {of.strip()}: "
        text += [read.text[done:start], made]
        places += [*read.places[done:start], *[read.places[start]] * len(made)]
        names.add(name)
        done = end
    if not names:
        return read, frozenset()
    return InPython("".join([*text, read.text[done:]]), [*places, *read.places[done:]]), frozenset(names)


def without_arguments(text: str, names: Container[str]) -> dict[str, list[str]]:
    """Returns which of these functions have arguments that stand nowhere else in a text that `with_lambdas`
    made, and those: the NaOH of c(NaOH) = n/V.

    >>> without_arguments("c = lambda NaOH: n/V; f = lambda x, y: 2*x", ("c", "f"))
    {'c': ['NaOH'], 'f': ['y']}
    """
    counts = Counter(re.findall(r"\w+", text))
    found: dict[str, list[str]] = {}
    for one in _READ.finditer(text):
        unused = [name for name in re.findall(r"\w+", one["of"]) if counts[name] == 1]
        if unused and one["name"] in names:
            found[one["name"]] = unused
    return found


def with_values(
    statements: Sequence[ast.stmt], names: Container[str], functions: Container[str]
) -> list[ast.stmt]:
    """Returns the statements with f = x**2 for f(x) = x**2, one of these names, where the text has f of
    nothing but x; where it has f(3) the function comes first, to be put in there. Raises NotArithmetic for
    what says nothing of an operation that is known: sin(x) = y.
    """
    stated: dict[str, ast.Assign] = {}
    for statement in statements:
        name = _stated_by(statement)
        if name not in names or not isinstance(statement, ast.Assign):
            continue
        if name in stated:
            raise NotArithmetic(f"{name} is stated already; give this function another name", statement)
        stated[name] = statement
    if not stated:
        return list(statements)
    values = _of_themselves(statements, stated, functions)
    reader = _WithoutArguments(values)
    first: list[ast.stmt] = []
    then: list[ast.stmt] = []
    for statement in statements:
        name = _stated_by(statement)
        if name in values:
            then += _values(stated[name], "" if name in functions else name, values[name])
        elif name in stated:
            first.append(statement)
        else:
            then.append(statement)
    return [reader.visit(statement) for statement in [*first, *then]]


def _of_themselves(
    statements: Sequence[ast.stmt], stated: Mapping[str, ast.Assign], functions: Container[str]
) -> dict[str, list[str]]:
    """Returns the functions that the text has of nothing but their own arguments, and those."""
    given = {
        target.id
        for one in statements
        if isinstance(one, ast.Assign) and not isinstance(one.value, ast.Lambda)
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    calls: dict[str, list[ast.Call]] = {name: [] for name in stated}
    for piece in pieces(statements):
        if isinstance(piece, ast.Call) and isinstance(piece.func, ast.Name) and piece.func.id in calls:
            calls[piece.func.id].append(piece)
    found: dict[str, list[str]] = {}
    for name, one in stated.items():
        assert isinstance(one.value, ast.Lambda)
        arguments = [argument.arg for argument in one.value.args.args]
        is_known = name in functions or known_elsewhere(name) != ""
        if is_known and not any(_is_in(one.value.body, argument) for argument in arguments):
            what = "an operation" if name in functions else "a known function"
            raise NotArithmetic(f"{name} is {what} and means what it always does; {NO_NAME}", one)
        is_itself = all(_names(call) == arguments for call in calls[name]) and given.isdisjoint(arguments)
        if (is_itself and name not in functions) or not calls[name]:
            found[name] = arguments
    waiting = [name for name in stated if name not in found]
    while waiting:  # what f(3) is made of is of 3, too
        for name in _called_in(stated[waiting.pop()]) & found.keys():
            del found[name]
            waiting.append(name)
    return found


def _called_in(one: ast.stmt) -> set[str]:
    """Returns the names of functions that are called in a statement."""
    calls = (piece.func for piece in ast.walk(one) if isinstance(piece, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name)}


def _stated_by(one: ast.stmt) -> str:
    """The name of the function that a statement is, or ""."""
    target = one.targets[0] if isinstance(one, ast.Assign) and isinstance(one.value, ast.Lambda) else None
    return target.id if isinstance(target, ast.Name) else ""


def _values(one: ast.Assign, name: str, arguments: Sequence[str]) -> Iterator[ast.stmt]:
    """What f(x) = x**2 is as statements: its argument where that is e, which would be Euler's number, and
    f = x**2.
    """
    assert isinstance(one.value, ast.Lambda)
    body = one.value.body
    for argument in arguments:
        if argument in _CONSTANTS and _is_in(body, argument):
            yield ast.copy_location(ast.Expr(ast.copy_location(ast.Name(argument, ast.Load()), one)), one)
    made = ast.Assign(one.targets, body) if name else ast.Expr(body)
    yield ast.copy_location(made, one)


def _is_in(body: ast.expr, name: str) -> bool:
    return any(isinstance(piece, ast.Name) and piece.id == name for piece in ast.walk(body))


def _names(call: ast.Call) -> list[str]:
    """The names that a call is of, in order; of anything else none."""
    found = [one.id for one in call.args if isinstance(one, ast.Name)]
    return found if len(found) == len(call.args) and not call.keywords else []


class _WithoutArguments(ast.NodeTransformer):
    """Puts f in place of f(x)."""

    def __init__(self, names: Container[str]) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """The function's name, where it is one of these."""
        self.generic_visit(node)
        is_value = isinstance(node.func, ast.Name) and node.func.id in self.names
        return node.func if is_value else node
