"""What a program gives names to beside numbers: the time at which it began, a device, a file, a picture.

A formula that uses such a name is refused where it stands; what no formula uses is left out. Knows trees
only.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from nodegraph.core.notation.formula_modules import MODULES
from nodegraph.core.notation.program_arguments import last_name, names_in, pieces, root_of
from nodegraph.core.notation.program_words import METHODS, SAME, SHOWN

_MODULES = frozenset(
    (
        *("argparse", "contextlib", "csv", "datetime", "getpass", "glob", "graphviz", "json", "logging"),
        *("os", "pathlib", "pickle", "platform", "sys", "tensorboard", "time", "timeit", "tqdm", "wandb"),
        "warnings",
    )
)
"""Modules of which nothing is a number that is derived."""
_MAKERS = frozenset(
    (
        *("ArgumentParser", "dict", "Digraph", "Generator", "Path", "PRNGKey", "Random", "RandomState"),
        *("default_rng", "device", "getLogger", "is_available", "now", "perf_counter", "repr"),
        *("SimpleNamespace", "str", "SummaryWriter", "timer"),
    )
)
"""What is called to make something other than a number."""
_PICTURES = frozenset(("plt", "pyplot", "matplotlib", "seaborn", "sns"))
"""Modules that make pictures."""
_OF_TWO = frozenset(("subtract", "multiply", "divide", "max", "min", "power"))
"""Operations whose methods are of two numbers; an `add` may be that of a set or of a writer as well."""
_DTYPES = ("bfloat", "complex", "double", "float", "half", "int", "uint")
_MOST_OPERANDS = 8
"""Of arithmetic that may be one of times, as (time.time() - t0)*1000 is."""
_COMPUTING = (ast.Assign, ast.AugAssign, ast.Expr, ast.FunctionDef, ast.Return)
_WORDS = ("device", "dtype")
"""Arguments that say how a number is kept."""


def without_plots(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Returns the statements without those that only make a picture, as fig, ax = plt.subplots() does and
    ax.plot(x, y); with all of them where a formula uses what one of them gives a name.
    """
    pictures = set(_PICTURES)
    kept: list[ast.stmt] = []
    for statement in statements:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        value = getattr(statement, "value", None)
        is_of_one = isinstance(value, ast.Call) and root_of(value) in pictures
        if target is not None and is_of_one:
            pictures.update(one.id for one in ast.walk(target) if isinstance(one, ast.Name))
        elif isinstance(target, ast.Attribute | ast.Subscript) and root_of(target) in pictures:
            pass
        elif not (isinstance(statement, ast.Expr) and is_of_one):
            kept.append(statement)
    if len(kept) == len(statements):
        return statements
    made = pictures - _PICTURES
    is_used = made and any(
        one.id in made for line in kept for one in ast.walk(line) if isinstance(one, ast.Name)
    )
    return statements if is_used else kept


def without_calls_of_others(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Returns the statements without calls, alone on their line, of methods of what the program names nowhere
    else and which are no such method of a number: console.log(y) and results.add(y); all of them where
    nothing else is left.

    >>> program = ast.parse("y = x**2; console.log(y); results.add(y); y.add(x)").body
    >>> [ast.unparse(one) for one in without_calls_of_others(program)]
    ['y = x ** 2', 'y.add(x)']
    """
    calls = [call for one in statements if (call := _call_alone(one)) is not None]
    of_others = [call for call in calls if _is_of_another(call)]
    if not of_others:
        return statements
    alone = {id(call) for call in calls}
    used = {name for call in calls for name in names_in(*call.args, *call.keywords)}
    used |= names_in(*(one for one in statements if id(getattr(one, "value", None)) not in alone))
    left_out = {id(call) for call in of_others if root_of(call) not in used}
    kept = [one for one in statements if id(getattr(one, "value", None)) not in left_out]
    return kept if any(isinstance(one, _COMPUTING) for one in kept) else statements


def _call_alone(statement: ast.stmt) -> ast.Call | None:
    """Returns the call of a method that a statement is, or None."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return call if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None


def _is_of_another(call: ast.Call) -> bool:
    """Whether numbers have no such method: log of another number, or an add that may be that of a set."""
    op = METHODS.get(last_name(call.func), "")
    root = root_of(call.func)
    return bool(op and root and names_in(*call.args)) and op not in _OF_TWO and root not in MODULES


def without_settings(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Returns the statements without those that give a name something other than a number, which no formula
    uses; all of them where nothing else is left.

    >>> program = ast.parse("t0 = time.time(); y = x.to(device)*2; d = time.time() - t0; print(d)").body
    >>> [ast.unparse(one) for one in without_settings(program)]
    ['y = x.to(device) * 2', 'print(d)']
    >>> [ast.unparse(one) for one in without_settings(ast.parse("t = time.time(); y = 2*t").body)]
    ['t = time.time()', 'y = 2 * t']
    """
    names = set(_imported(statements))
    settings: set[int] = set()
    for place, one in enumerate(statements):
        name = _named_in(one)
        if name and _is_setting(one.value, names):  # type: ignore[attr-defined]
            settings.add(place)
            names.add(name)
        elif name in names:
            names.discard(name)
    if not settings:
        return statements
    kept: list[ast.stmt] = []
    used = _named_last(statements)
    for place in range(len(statements) - 1, -1, -1):
        one = statements[place]
        if place in settings and _named_in(one) not in used:
            continue
        used.discard(_named_in(one))
        used.update(_names_of_numbers(one))
        kept.append(one)
    computes = any(isinstance(one, _COMPUTING) for one in kept)
    return kept[::-1] if computes else statements


def _named_in(statement: ast.stmt) -> str:
    """The one name that a statement gives to something, or ""."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
        return ""
    target = statement.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _named_last(statements: Sequence[ast.stmt]) -> set[str]:
    """The name that a program without formulas ends with, where that is True or False, perhaps its result."""
    last = next((one for one in reversed(statements) if not isinstance(one, ast.Expr)), None)
    is_word = isinstance(last, ast.Assign) and isinstance(getattr(last.value, "value", None), bool)
    if (
        last is None
        or not is_word
        or any(isinstance(one, ast.BinOp | ast.Call) for one in pieces(statements))
    ):
        return set()
    return {_named_in(last)}


def _imported(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Yields what is imported of such modules, by its names here."""
    for one in statements:
        if isinstance(one, ast.Import | ast.ImportFrom):
            of = getattr(one, "module", None)
            for name in one.names:
                if (of or name.name).partition(".")[0] in _MODULES:
                    yield name.asname or name.name.partition(".")[0]


def _is_setting(value: ast.expr, names: Container[str]) -> bool:
    """Whether a value is no number that could be derived; `names` are of such ones."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, bool | str | None)
    if isinstance(value, ast.Name):
        return value.id in names
    if isinstance(value, ast.Dict):
        return True
    if isinstance(value, ast.IfExp):
        cases = (value.body, value.orelse)
        return not any(isinstance(one, ast.IfExp) or not _is_setting(one, names) for one in cases)
    if isinstance(value, ast.BinOp):
        parts = list(islice(_operands(value), _MOST_OPERANDS + 1))
        others = [one for one in parts if not _is_setting(one, names)]
        is_of_one = len(others) < len(parts) <= _MOST_OPERANDS
        return is_of_one and all(isinstance(one, ast.Constant) for one in others)
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        return bool(value.elts) and all(_is_setting(one, names) for one in value.elts)
    root = root_of(value)
    if isinstance(value, ast.Call):
        return root in _MODULES or root in names or last_name(value.func) in _MAKERS
    if isinstance(value, ast.Attribute) and value.attr.startswith(_DTYPES) and root != "math":
        return True
    return isinstance(value, ast.JoinedStr) or root in _MODULES or root in names


def _operands(value: ast.BinOp) -> Iterator[ast.expr]:
    """Yields what arithmetic is of, from the last one on."""
    waiting: list[ast.expr] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.BinOp):
            waiting += (one.left, one.right)
        else:
            yield one


def _names_of_numbers(statement: ast.stmt) -> Iterator[str]:
    """Yields the names in a statement but for those that are shown, or say how a number is kept: the device
    of x.to(device).
    """
    shown = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(shown, ast.Call) and (last_name(shown.func) in SHOWN or root_of(shown) in _MODULES):
        return
    waiting: list[ast.AST] = [statement]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, ast.Name) and isinstance(piece.ctx, ast.Load):
            yield piece.id
        elif isinstance(piece, ast.AugAssign):
            yield root_of(piece.target)
        if not isinstance(piece, ast.Call):
            waiting += ast.iter_child_nodes(piece)
            continue
        waiting.append(piece.func)
        if not isinstance(piece.func, ast.Attribute) or piece.func.attr not in SAME:
            waiting += piece.args
        waiting += (word.value for word in piece.keywords if word.arg not in _WORDS)
