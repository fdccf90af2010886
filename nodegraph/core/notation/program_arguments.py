"""What programs give to calls beside operands: the number in Value(2.0, label='a') and torch.tensor([2.0]),
whether a leaf gets a gradient, the seed of a backward pass, shapes and types of one number, and SymPy's names
and numbers. What a graph would lose is refused. Knows the standard library's trees only; nothing is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from nodegraph.core.notation.not_arithmetic import (
    INTEGERS,
    LIST,
    NAMED,
    ONE_VALUE,
    SEED,
    SHAPE,
    NotArithmetic,
)
from nodegraph.core.notation.program_words import SAME

Piece = TypeVar("Piece", bound=ast.AST)

_OF_VALUES = frozenset(("data", "value", "initial_value", "object"))
"""The names of the argument that is the number."""
_OF_GRAPHS = frozenset(
    ("backward", "requires_grad", "requires_grad_", "Value", "Parameter", "Variable", "GradientTape", "grad")
)
"""What programs say that keep gradients."""
_OF_SEEDS = frozenset(("gradient", "grad_tensors", "grad_outputs"))
_KEEPING = frozenset(
    (
        *("axis", "dim", "keepdim", "keepdims", "dtype", "device", "memory_format", "non_blocking", "copy"),
        *("requires_grad", "start_dim", "end_dim", "shape", "order"),
    )
)
"""Arguments by name that leave one number as it is."""
_INTEGERS = re.compile(r"u?int\d*|long|short|bool_?|(?:Long|Int|Short|Byte|Bool)Tensor")
_OF_GRADIENTS = frozenset(("requires_grad", "trainable"))
_SYMBOLS = frozenset(("symbols", "Symbol", "var", "Dummy"))
_SAME = frozenset(("Integer", "Float", "S", "sympify", "simplify", "nsimplify", "expand", "factor"))
"""What SymPy calls a number, and what leaves one as it is."""
_QUOTIENTS = ("Rational", "Fraction")
_IN_WORDS = re.compile(r"\s*[-+]?(?:(?:0|[1-9]\d*)\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:/[1-9]\d*)?\s*", re.ASCII)
"""A number as text: Decimal("1.5"), Fraction("1/3")."""
_IN_NUMBERS = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop)
"""What a number that is written out is made of."""


def pieces(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yields all that statements consist of, as `ast.walk` has it, in a third of the time."""
    waiting = list(statements)
    while waiting:
        piece = waiting.pop()
        yield piece
        for held in vars(piece).values():
            if isinstance(held, ast.AST):
                waiting.append(held)
            elif isinstance(held, list):
                waiting += [one for one in held if isinstance(one, ast.AST)]


def last_name(node: ast.expr) -> str:
    """Returns what a function is called behind its module or its object: tanh for np.tanh, or ""."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_of(node: ast.expr) -> str:
    """Returns what a call, an attribute or an element is of: plt of plt.figure().add_subplot(111), or ""."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def names_in(*nodes: ast.AST) -> set[str]:
    """Returns the names in these pieces."""
    return {one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)}


def at(made: Piece, place: ast.AST) -> Piece:
    """Let a piece that was made stand where another stood."""
    return ast.copy_location(made, place)


class UsedNames:
    """The names that statements use, and those that are added; searched for when the first is asked for, as
    that goes through all of a long text.
    """

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self._statements = statements

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, *names: str) -> None:
        """Let these be used, too."""
        self._names.update(names)

    @cached_property
    def _names(self) -> set[str]:
        return {piece.id for piece in pieces(self._statements) if isinstance(piece, ast.Name)}


def value_of(call: ast.Call, given: Container[str]) -> ast.expr:
    """Returns the one number, or formula, that a leaf is made of, in a program that gave these names to
    something. Raises NotArithmetic for a second one, as in Value(2,5), which would be lost.

    >>> ast.unparse(value_of(ast.parse("Value(2.0, (), label='a')", mode="eval").body, ()))
    '2.0'
    """
    values = [*call.args[:1], *(word.value for word in call.keywords if word.arg in _OF_VALUES)]
    lost = [*values[1:], *(one for one in call.args[1:] if not _says_how(one, given))]
    if lost or (call.keywords and not values):
        raise NotArithmetic(ONE_VALUE, lost[0] if lost else call)
    value = values[0] if values else ast.copy_location(ast.Constant(0.0), call)
    while isinstance(value, ast.List | ast.Tuple):
        if len(value.elts) != 1:
            raise NotArithmetic(LIST, value)
        value = value.elts[0]
    return value


def is_written_out(value: ast.expr) -> bool:
    """Whether an expression is a number that is written out, such as -2.0 or 1/3."""
    return all(isinstance(one, _IN_NUMBERS) for one in ast.walk(value))


def pairs_of(
    targets: ast.Tuple | ast.List, values: ast.Tuple | ast.List, node: ast.Assign
) -> Sequence[tuple[ast.expr, ast.expr]]:
    """Returns what `a, b = 1, 2` gives each name. Raises NotArithmetic where that is not one by one."""
    if len(targets.elts) != len(values.elts):
        raise NotArithmetic("there are not as many names left of = as values right of it", node)
    given: set[str] = set()
    for target, value in zip(targets.elts, values.elts, strict=True):
        if not given.isdisjoint(names_in(value)):
            raise NotArithmetic("give each name a statement of its own", target)
        given |= names_in(target)
    return [*zip(targets.elts, values.elts, strict=True)]


def is_leaf(value: ast.expr) -> bool:
    """Whether an expression in the words of a formula is a number that is written out, or an input."""
    return is_written_out(value) or (isinstance(value, ast.Call) and last_name(value.func) == "input")


def refuse_new(node: ast.AugAssign, given: Container[str], functions: Container[str]) -> None:
    """Refuse `L += x` where nothing is called L yet, or one of these functions is."""
    name = node.target.id if isinstance(node.target, ast.Name) else ""
    if name in functions:
        raise NotArithmetic(f"{name} is a function, and no value that this could change", node)
    if name and name not in given:
        said = f"{name} has no value yet that this could change; write {name} = … first"
        raise NotArithmetic(said, node)


_CONSTANTS = ("pi", "e")


class Learning:
    """What a program says of which leaves get gradients; searched for when the first leaf is made, as that
    goes through all of a long text.
    """

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self._statements = statements

    def holds_for(self, call: ast.Call, *names: str) -> bool:
        """Whether the leaf that a call makes, of this name or in a list of it, gets a gradient: as is said
        there or on a line of its own. Where that is said of nothing, all leaves do, else no others, but for
        those that are made to be trained.
        """
        if not self._frozen.isdisjoint(names):
            return False
        second = [
            one for one in call.args[1:2] if isinstance(one, ast.Constant) and isinstance(one.value, bool)
        ]
        said = [*(word.value for word in call.keywords if word.arg in _OF_GRADIENTS), *second]
        if said:
            return isinstance(said[0], ast.Constant) and bool(said[0].value)
        if last_name(call.func) in ("Parameter", "Value") or self._learning is None:
            return True
        return not self._learning.isdisjoint((*names, ast.unparse(call) if self._learning else ""))

    @cached_property
    def keeps_gradients(self) -> bool:
        """Whether the program computes with values that know how they were computed."""
        words = (
            last_name(piece.func) if isinstance(piece, ast.Call) else getattr(piece, "attr", "")
            for piece in pieces(self._statements)
        )
        return self._learning is not None or not _OF_GRAPHS.isdisjoint(words)

    @cached_property
    def _learning(self) -> set[str] | None:
        """The names of which it is said on a line of their own, and the calls behind which it is said, as in
        torch.tensor(2.0).requires_grad_(); None where it is said of nothing at all.
        """
        names: set[str] = set()
        says_so = False
        for piece in pieces(self._statements):
            if isinstance(piece, ast.keyword) and piece.arg == "requires_grad":
                says_so = True
            elif isinstance(piece, ast.Attribute) and piece.attr in ("requires_grad", "requires_grad_"):
                says_so = True
                names.add(ast.unparse(_of_same(piece.value)))
        return names if says_so else None

    @cached_property
    def imported(self) -> dict[str, str]:
        """The names that are imported and given to nothing else, and the modules that they are imported from;
        pi and e are known.
        """
        found = {
            name.asname or name.name: one.module or "."
            for one in self._statements
            if isinstance(one, ast.ImportFrom) and one.module != "sympy.abc"  # letters, without a number
            for name in one.names
            if name.name not in _CONSTANTS or name.asname not in (None, name.name)
        }
        for piece in pieces(self._statements) if found else ():
            if isinstance(piece, ast.Name) and isinstance(piece.ctx, ast.Store):
                found.pop(piece.id, None)
            elif isinstance(piece, ast.arg):
                found.pop(piece.arg, None)
        return found

    @cached_property
    def _frozen(self) -> set[str]:
        """The names of which it is said that they get none."""
        return set() if self._learning is None else set(map(_frozen_by, pieces(self._statements))) - {""}


def _frozen_by(piece: ast.AST) -> str:
    """Returns the name of a leaf that a piece of a program says gets no gradient, as w.requires_grad = False
    and w.requires_grad_(False) do; "" for any other.
    """
    if isinstance(piece, ast.Assign):
        target, value = piece.targets[0], piece.value
    elif isinstance(piece, ast.Call) and len(piece.args) == 1:
        target, value = piece.func, piece.args[0]
    else:
        return ""
    is_frozen = isinstance(target, ast.Attribute) and target.attr in ("requires_grad", "requires_grad_")
    is_off = isinstance(value, ast.Constant) and value.value is False
    return ast.unparse(target.value) if is_off and is_frozen and isinstance(target, ast.Attribute) else ""


def _of_same(value: ast.expr) -> ast.expr:
    """Returns Value(2) of Value(2).to(cpu): what methods are called of that leave one number as it is."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in SAME:
        value = value.func.value
    return value


def _says_how(argument: ast.expr, given: Container[str]) -> bool:
    """Whether an argument behind the value is none itself: a type, a label, or the nodes it was made of."""
    if isinstance(argument, ast.Tuple | ast.List):
        return not any(map(_is_number, argument.elts))
    if isinstance(argument, ast.Name):
        return argument.id not in given
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Name) and argument.func.id in ("set", "tuple", "list")
    is_plain = isinstance(argument, ast.Constant) and not _is_number(argument)
    return is_plain or isinstance(argument, ast.Attribute | ast.Set)


def _is_number(node: ast.expr) -> bool:
    """Whether this is a number that is written out, or the negative of one."""
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    is_word = isinstance(getattr(node, "value", None), bool | str | None)
    return isinstance(node, ast.Constant) and not is_word


def refuse_seed(call: ast.Call) -> None:
    """Raise NotArithmetic for loss.backward(2.0), whose seed would be lost: the pass begins with 1 here."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "backward":
        return
    given = call.args[1:] if ast.unparse(call.func.value).endswith("autograd") else call.args
    seeds = [*given[:1], *(word.value for word in call.keywords if word.arg in _OF_SEEDS)]
    for seed in seeds:
        if not _is_one(seed):
            raise NotArithmetic(SEED, seed)


def _is_one(seed: ast.expr) -> bool:
    """Whether this is 1, or nothing, or ones like something."""
    if isinstance(seed, ast.List | ast.Tuple):
        return all(map(_is_one, seed.elts))
    if isinstance(seed, ast.Call):
        is_ones = last_name(seed.func).startswith("ones")
        return is_ones or (len(seed.args) == 1 and _is_one(seed.args[0]))
    return isinstance(seed, ast.Constant) and seed.value in (None, 1)


_OF_SEVERAL = {"sum": "a + b", "mean": "mean(a, b)"}


def refuse_lost(call: ast.Call) -> None:
    """Raise NotArithmetic for what a method does to a number that would be lost: x.view(2, 3), x.astype(int),
    x.sum(initial=5); and for what a function of another module is of, as in statistics.mean([a, b]).
    """
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    for word in call.keywords:
        if word.arg not in _KEEPING:
            raise NotArithmetic(NAMED.format(word.arg or "**"), word)
    for given in [*call.args, *(word.value for word in call.keywords if word.arg in ("dtype", "shape"))]:
        last = given.value if isinstance(given, ast.Constant) else last_name(given)
        if _INTEGERS.fullmatch(str(last)):
            raise NotArithmetic(INTEGERS, given)
        if name in _OF_SEVERAL and given in call.args and (names_in(given) or isinstance(given, ast.List)):
            raise NotArithmetic(f"this would be lost; write {_OF_SEVERAL[name]} for several numbers", given)
        if name in ("view", "reshape", "clone"):
            for size in given.elts if isinstance(given, ast.Tuple | ast.List) else [given]:
                if _is_number(size) and ast.unparse(size) not in ("1", "-1"):
                    raise NotArithmetic(SHAPE, size)


def is_symbol(value: ast.expr) -> bool:
    """Whether a value is a name that stands for itself: symbols('x y').

    >>> is_symbol(ast.parse("sp.Symbol('x', real=True)", mode="eval").body)
    True
    """
    if not isinstance(value, ast.Call) or not value.args or last_name(value.func) not in _SYMBOLS:
        return False
    return isinstance(value.args[0], ast.Constant) and isinstance(value.args[0].value, str)


def in_numbers(node: ast.expr) -> ast.expr:
    """Returns 1/2 for Rational(1, 2), 3 for Integer(3), 1.5 for Decimal("1.5"), and what simplify(…) is of;
    else the same.

    >>> found = (ast.parse(text, mode="eval").body for text in ("sp.Rational(1, 2)", "Fraction('1/3')"))
    >>> [ast.unparse(in_numbers(one)) for one in found]
    ['1 / 2', '1 / 3']
    """
    if not isinstance(node, ast.Call) or node.keywords:
        return node
    name, count = last_name(node.func), len(node.args)
    if name in _QUOTIENTS and count == 2:
        return ast.copy_location(ast.BinOp(node.args[0], ast.Div(), node.args[1]), node)
    if count != 1 or name not in (*_SAME, *_QUOTIENTS, "Decimal", "float"):
        return node
    of = node.args[0]
    text = of.value if isinstance(of, ast.Constant) and isinstance(of.value, str) else ""
    if _IN_WORDS.fullmatch(text):
        number = ast.parse(text.strip(), mode="eval").body
        for piece in ast.walk(number):
            at(piece, of)
        return number
    return node if name == "float" else of
