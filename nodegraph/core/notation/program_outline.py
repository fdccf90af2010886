"""What a program says around its statements: what it imports under names of its own, and blocks that change
nothing. Knows trees only.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence

from nodegraph.core.notation.formula_modules import MODULES, known_call, unknown_in_module
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.notation.labels import without_type
from nodegraph.core.notation.program_arguments import last_name, names_in, pieces, refuse_seed, root_of
from nodegraph.core.notation.program_settings import without_calls_of_others, without_plots, without_settings
from nodegraph.core.notation.program_words import EFFECTS, LOOKS, MAKERS, PREFIXES, SAME, SHOWN, WRITES

_USUAL = {"tensorflow": "tf", "torch.nn": "nn", "matplotlib.pyplot": "plt"}
"""Modules that are known by a shorter name."""
_DERIVING = ("gradient", "grad")
"""Functions of what is derived and of what it is derived by."""
_PRINTS = frozenset(("print", "println", "disp", "display", *WRITES))
_PUT_IN = ("subs", "evalf", "doit", "n")
"""What is made of a formula before it is shown."""
_TO_ZERO = ("zero_grad", "zero_")
_ADDED_UP = (
    "This program calls backward() more than once, so that its gradients add up; here they are those of one "
    "pass, from the output."
)
_SEVERAL = (
    "This program derives {}; the output here is {}, and the gradients are its own: for those of another, "
    "make that the output."
)
_MOST_NAMED = 3
_BLOCKS = frozenset(("GradientTape", "errstate", "enable_grad", "set_detect_anomaly"))
"""Blocks whose statements compute the same outside of them."""


def outlined(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
    """Returns the statements of a program outside of such blocks, with what it imports by usual names."""
    statements = list(statements)
    imports = [one for one in statements if isinstance(one, ast.Import | ast.ImportFrom)]
    named = {name.asname or name.name for one in imports for name in one.names}
    kept = _with_main([*_flattened(statements, named)])
    _use_usual_names(kept)
    return without_settings(without_plots(without_calls_of_others(kept)))


def is_program(statements: Sequence[ast.stmt]) -> bool:
    """Whether statements are a program's rather than formulas: they import, define or call by a module.

    >>> is_program(ast.parse("a = 2; y = exp(a*b)").body), is_program(ast.parse("y = math.exp(a)").body)
    (False, True)
    """
    if not all(isinstance(one, ast.Assign | ast.Expr) for one in statements):
        return True
    return any(isinstance(piece, ast.Attribute) for piece in pieces(statements))


def why_added_up(statements: Iterable[ast.stmt]) -> str:
    """Returns what to say of a program that calls backward() a second time before gradients are zero again,
    or "".

    >>> bool(why_added_up(ast.parse("y.backward(); z.backward()").body))
    True
    >>> why_added_up(ast.parse("y.backward(); x.grad.zero_(); z.backward()").body)
    ''
    """
    is_kept = False
    for statement in outlined(statements):
        for piece in ast.walk(statement):
            word = piece.attr if isinstance(piece, ast.Attribute) else ""
            if word == "backward" and is_kept:
                return _ADDED_UP
            is_kept = (is_kept or word == "backward") and word not in _TO_ZERO
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]).endswith(".grad"):
            is_kept = False
    return ""


def with_output(formulas: list[ast.stmt], statements: Iterable[ast.stmt]) -> tuple[list[ast.stmt], str]:
    """Returns the formulas of a program with what it derives at the end, which makes it the output: what it
    computes after y.backward() is not derived. Of several that are derived it is the last that is computed
    of all others, else the last. Also returns what to say of that, and of gradients that add up; or "".

    >>> program, formulas = ast.parse("y = x**2; y.backward(); z = 2*x"), ast.parse("y = x**2; z = 2*x")
    >>> [ast.unparse(one) for one in with_output(formulas.body, program.body)[0]]
    ['y = x ** 2', 'z = 2 * x', 'y']
    """
    statements = list(statements)
    told = why_added_up(statements)
    derived: ast.Name | None = None
    unnamed: ast.stmt | None = None
    found_so_far: dict[str, ast.Name] = {}
    for statement in outlined(statements):
        if (found := _derived_by(statement)) is not None:
            derived, unnamed = found, None
            found_so_far[found.id] = found
        elif isinstance(value := getattr(statement, "value", None), ast.expr) and derived_formula(value):
            derived, unnamed = None, statement
        elif derived is not None and derived.id in map(ast.unparse, getattr(statement, "targets", ())):
            derived = None
    if unnamed is not None:
        return sorted(formulas, key=lambda one: isinstance(one, ast.Expr) and _is_at(one, unnamed)), told
    names = [ast.unparse(target) for one in formulas for target in getattr(one, "targets", ())]
    if derived is None or derived.id not in names:
        return formulas, told
    stated = {*names}
    found_so_far = {name: one for name, one in found_so_far.items() if name in stated}
    if len(found_so_far) > 1:
        derived = found_so_far[_last_of_all(list(found_so_far), formulas)]
        told = f"{told} {_SEVERAL.format(_listed(list(found_so_far)), derived.id)}".lstrip()
    if names[-1] == derived.id:
        return formulas, told
    return [*formulas, ast.copy_location(ast.Expr(derived), derived)], told


def _listed(names: list[str]) -> str:
    """Returns names as one says them: the first ones of many."""
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and others"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _last_of_all(names: Sequence[str], formulas: Sequence[ast.stmt]) -> str:
    """Returns the one of these names whose formula is computed of all the others, else the last.

    >>> [_last_of_all("ab", ast.parse(text).body) for text in ("b = x; a = 2*b", "a = x; b = 2*x; a = 1")]
    ['a', 'b']
    """
    others = {*names}
    whole, reached = "", set[str]()
    for one in reversed(formulas):
        target = one.targets[0] if isinstance(one, ast.Assign) else None
        if not isinstance(target, ast.Name) or not isinstance(one, ast.Assign):
            continue
        if not whole and target.id in others:
            whole, reached = target.id, {target.id}
        if target.id in reached:
            others.discard(target.id)
            reached |= {piece.id for piece in ast.walk(one.value) if isinstance(piece, ast.Name)}
    return names[-1] if others else whole


def _is_at(one: ast.stmt, other: ast.stmt) -> bool:
    return (one.lineno, one.col_offset) == (other.lineno, other.col_offset)


def _derived_by(statement: ast.stmt) -> ast.Name | None:
    """The name of what y.backward() or tape.gradient(y, x) derives, where it is one."""
    value = getattr(statement, "value", None)
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    derived: ast.expr | None = None
    if value.func.attr == "backward":
        derived = value.func.value
    elif value.func.attr in _DERIVING and value.args:
        derived = value.args[0]
    return derived if isinstance(derived, ast.Name) else None


def derived_formula(value: ast.expr) -> ast.expr | None:
    """Returns the formula that is derived without a name of its own, as in f(w).backward() and grad(w**2, w);
    None where it has one, or nothing is derived.

    >>> ast.unparse(derived_formula(ast.parse("((w*x - y)**2).mean().backward()", mode="eval").body))
    '((w * x - y) ** 2).mean()'
    """
    while isinstance(value, ast.Subscript):
        value = value.value
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    if value.func.attr == "backward":
        derived: ast.expr | None = value.func.value
    else:
        derived = value.args[0] if value.args and value.func.attr in ("grad", "gradient") else None
    return derived if isinstance(derived, ast.BinOp | ast.UnaryOp | ast.Call) else None


def printed_formula(value: ast.expr) -> ast.expr | None:
    """Returns the arithmetic in a call of print, or None.

    >>> ast.unparse(printed_formula(ast.parse("print('loss', (w*2 + 1).item())", mode="eval").body))
    'w * 2 + 1'
    """
    if (derived := _derived_in(_unwrapped(value))) is not None:
        return derived
    if not isinstance(value, ast.Call) or last_name(value.func) not in _PRINTS:
        return None
    for shown in map(_unwrapped, value.args):
        if (derived := _derived_in(shown)) is not None:
            return derived
        is_call = isinstance(shown, ast.Call) and _is_of_numbers(shown)
        if is_call or isinstance(shown, ast.BinOp | ast.UnaryOp):
            return None if any(map(_is_text, ast.walk(shown))) else shown
    return None


def _derived_in(shown: ast.expr) -> ast.expr | None:
    """The formula that is derived where its slope is shown, as in print(sp.diff(x**2 + 1, x)); else None."""
    is_call = (
        isinstance(shown, ast.Call) and last_name(shown.func) in ("diff", "Derivative") and bool(shown.args)
    )
    if not isinstance(shown, ast.Call) or not is_call or root_of(shown) in ("np", "numpy"):
        return None
    of_itself = isinstance(shown.func, ast.Attribute) and root_of(shown) not in MODULES
    formula = getattr(shown.func, "value", shown) if of_itself else shown.args[0]
    return formula if isinstance(formula, ast.BinOp | ast.UnaryOp | ast.Call) else None


def _is_of_numbers(call: ast.Call) -> bool:
    """Whether a call computes a number: that of an operation, or of another function of a module."""
    return known_call(call) is not None or known_elsewhere(unknown_in_module(call.func)[1]) != ""


def _unwrapped(shown: ast.expr) -> ast.expr:
    """What is shown, without what rounds it or makes text of it: w*2 of round((w*2).item(), 4)."""
    while True:
        if isinstance(shown, ast.JoinedStr):
            held = [one.value for one in shown.values if isinstance(one, ast.FormattedValue)]
            if len(held) != 1:
                return shown
            shown = held[0]
        elif isinstance(shown, ast.BinOp) and _is_text(shown.left):
            shown = shown.right
        elif not isinstance(shown, ast.Call):
            return shown
        elif isinstance(shown.func, ast.Attribute) and (
            shown.func.attr in _PUT_IN or (shown.func.attr in SAME and not shown.args)
        ):
            shown = shown.func.value
        elif last_name(shown.func) in ("round", "float", "str") and shown.args:
            shown = shown.args[0]
        else:
            return shown


def is_idle(node: ast.expr) -> bool:
    """Whether an expression alone on its line is there to be seen, or for what it does."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        return not isinstance(node, ast.Constant) or isinstance(node.value, str)
    if isinstance(node, ast.Tuple):  # x.grad, w.grad below a cell
        are_idle = [is_idle(one) for one in node.elts if not isinstance(one, ast.Name)]
        return bool(are_idle) and all(are_idle)
    if isinstance(node, ast.Attribute):
        return node.attr in LOOKS
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        waits = node.func.id == "input" and all(map(_is_text, node.args))  # input("press Enter")
        return node.func.id in SHOWN or (waits and bool(node.args))
    refuse_seed(node)
    whole = ast.unparse(node.func)
    last = whole.rpartition(".")[2]
    is_gradient = last in _DERIVING and bool(node.args) and not whole.startswith(("np.", "numpy."))
    return whole.startswith(PREFIXES) or last in (EFFECTS | _PRINTS) or is_gradient


def _is_text(piece: ast.AST) -> bool:
    return isinstance(piece, ast.JoinedStr) or isinstance(getattr(piece, "value", None), str)


def _flattened(statements: Iterable[ast.stmt], imported: Collection[str]) -> Iterator[ast.stmt]:
    """The statements, with what stands in a block that changes nothing about them."""
    for statement in statements:
        if isinstance(statement, ast.With | ast.If) and _changes_nothing(statement):
            yield from _flattened(statement.body, imported)
        elif isinstance(statement, ast.With) and all(map(_computes_nothing, statement.body)):
            yield from map(_in_place, statement.body)
        elif isinstance(statement, ast.For) and all(map(_is_shown, statement.body)):
            continue
        else:
            yield without_type(statement, imported)


def _with_main(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The statements with the lines of a `main` in place of its call: of a function without arguments that is
    called once, alone on its line, returns nothing, and names nothing that has a name outside.
    """
    functions = {
        one.name: one
        for one in statements
        if isinstance(one, ast.FunctionDef) and not one.decorator_list and not any(vars(one.args).values())
    }
    calls = [one for one in statements if isinstance(one, ast.Expr) and _called_alone(one) in functions]
    if len(calls) != 1:
        return statements
    main = functions[_called_alone(calls[0])]
    inside = [*pieces(main.body)]
    given = {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    others = [one for one in statements if one is not main]
    outside = set[str]().union(*map(_names_outside, others))
    ends = [one for one in inside if isinstance(one, ast.Return | ast.Global | ast.Nonlocal)]
    if (
        ends
        or given & outside
        or sum(1 for one in pieces(statements) if getattr(one, "id", "") == main.name) > 1
    ):
        return statements
    lines = [*_flattened(main.body, ())]
    return [line for one in others for line in (lines if one is calls[0] else [one])]


def _names_outside(statement: ast.stmt) -> set[str]:
    """The names that a statement uses, of a function those that are not its own."""
    found = names_in(statement)
    if not isinstance(statement, ast.FunctionDef):
        return found
    stored = (one for one in pieces(statement.body) if isinstance(one, ast.Name))
    own = {one.id for one in stored if isinstance(one.ctx, ast.Store)}
    return found - own - {one.arg for one in pieces([statement.args]) if isinstance(one, ast.arg)}


def _called_alone(statement: ast.Expr) -> str:
    """The name of the function that a statement calls without arguments, or ""."""
    call = statement.value
    is_bare = isinstance(call, ast.Call) and not (call.args or call.keywords)
    return getattr(getattr(call, "func", None), "id", "") if is_bare else ""


def _changes_nothing(block: ast.With | ast.If) -> bool:
    """Whether the statements in a block compute the same outside of it."""
    if isinstance(block, ast.If):
        return "__name__" in ast.unparse(block.test)
    opened = (getattr(item.context_expr, "func", item.context_expr) for item in block.items)
    return all(last_name(one) in _BLOCKS for one in opened)


def _computes_nothing(statement: ast.stmt) -> bool:
    """Whether a statement of a block computes no value of the graph."""
    is_none = isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)
    return is_none or _is_update(statement) or (isinstance(statement, ast.Expr) and is_idle(statement.value))


def _is_shown(statement: ast.stmt) -> bool:
    """Whether a statement only shows something, as print(x.grad) does."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and last_name(call.func) in SHOWN and is_idle(call)


def _is_update(statement: ast.stmt) -> bool:
    """Whether a statement of a block only changes a value by its gradient, or sets gradients to zero, as
    w -= 0.1*w.grad does in one without gradients.
    """
    words = {piece.attr for piece in ast.walk(statement) if isinstance(piece, ast.Attribute)}
    is_change = isinstance(statement, ast.AugAssign | ast.Assign) and "grad" in words
    return is_change or (isinstance(statement, ast.Expr) and not words.isdisjoint(_TO_ZERO))


def _in_place(statement: ast.stmt) -> ast.stmt:
    """Returns w.data -= … for w -= …, which changes no node of the graph."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        value = ast.copy_location(ast.Name(statement.target.id, ast.Load()), statement)
        statement.target = ast.copy_location(ast.Attribute(value, "data", ast.Store()), statement)
    return statement


def _use_usual_names(statements: Sequence[ast.stmt]) -> None:
    """Let th.tanh(x) of a program with `import torch as th` be torch.tanh(x).

    >>> found = ast.parse("import torch as th; from math import exp as ex; y = th.tanh(ex(x))").body
    >>> _use_usual_names(found)
    >>> ast.unparse(found[-1])
    'y = torch.tanh(math.exp(x))'
    """
    usual = _imported(statements)
    for piece in pieces(statements) if usual else ():
        if isinstance(piece, ast.Attribute):
            piece.value = _named(piece.value, usual)
        elif isinstance(piece, ast.Call):
            piece.func = _named(piece.func, usual)


def _imported(statements: Sequence[ast.stmt]) -> dict[str, str]:
    """Returns the usual names of what is imported under others, by those."""
    found: dict[str, str] = {}
    for statement in statements:
        if isinstance(statement, ast.Import):
            named = {one.asname: one.name for one in statement.names if one.asname}
            found |= {
                name: _USUAL.get(module, module) for name, module in named.items() if name not in MODULES
            }
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            for one in statement.names:
                whole = f"{statement.module}.{one.name}"
                is_known = statement.module in MODULES or whole in MODULES or whole in _USUAL
                if one.asname and one.name in MAKERS:
                    found[one.asname] = one.name
                elif is_known and one.name != "*" and (one.asname or one.name) not in MODULES:
                    found[one.asname or one.name] = _USUAL.get(whole, whole)
    return found


def _named(node: ast.expr, usual: dict[str, str]) -> ast.expr:
    if not isinstance(node, ast.Name) or node.id not in usual:
        return node
    first, *rest = usual[node.id].split(".")
    made: ast.expr = ast.copy_location(ast.Name(first, ast.Load()), node)
    for name in rest:
        made = ast.copy_location(ast.Attribute(made, name, ast.Load()), node)
    return made
