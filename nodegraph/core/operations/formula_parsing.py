"""Text to the trees of Python's own parser, which never runs it."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from nodegraph.core.notation.formula_mistakes import OPENED
from nodegraph.core.notation.formula_signs import NO_MEANING
from nodegraph.core.notation.formula_tokens import pieces_of
from nodegraph.core.notation.not_arithmetic import NotArithmetic
from nodegraph.core.notation.stated_functions import NO_NAME
from nodegraph.core.operations.formula_limits import TOO_DEEP, refuse_braces

_LINE_END = re.compile(r"\r\n|\n|\r")
ONE_MARGIN = "start all statements at the same margin"
_CLOSED = "this bracket closes nothing"
_WHY = {
    "nested": TOO_DEEP,
    "too complex": TOO_DEEP,
    "never closed": OPENED,
    "unexpected eof": OPENED,
    "unmatched": _CLOSED,
    "does not match": _CLOSED,
    "cannot assign to function call": NO_NAME,
    "cannot assign": "a statement is a name, =, and a formula: L = (a*b + c)*f",
    "indent": ONE_MARGIN,
    "exceeds the limit": "this number is too large",
    "invalid character": NO_MEANING,
    "non-printable": NO_MEANING,
}
"""What we say where Python's parser says this."""
DECIMAL_COMMA = "a comma parts the operands of a function; a decimal has a point: 1.5"
_LONE = "leave out a number that stands by itself: it computes nothing; for a constant, write k = {}"
_GOING_ON = "this may go on with the line above; put both on one line, or give this a name: y = …"
_NO_END = r"a statement is a name, =, and a formula; end each with \\ or an empty line"
_TURNED_ROUND = re.compile(r"[^=\n;#]++=[ \t]*+([^\W\d]\w*+)[ \t]*+(?=$|[;#])", re.MULTILINE)
"""A formula and, behind =, its name."""
_ZEROS = "a number begins with no zero: 5 for 05"


def why_not_parsed(message: str, text: str = "", *, is_latex: bool = False) -> str:
    """Returns what to say for a message of Python's parser in small letters about the first statement of
    `text`, or "" where only we know.

    >>> why_not_parsed("unmatched ')'"), why_not_parsed("invalid syntax")
    ('this bracket closes nothing', '')
    >>> why_not_parsed("cannot assign to expression here", "a + b = y")
    'the name stands first: y = …'
    """
    if "cannot assign" in message and (turned := _TURNED_ROUND.match(text)):
        return f"the name stands first: {turned[1]} = …"
    if is_latex and "cannot assign" in message:
        return _NO_END
    return next((said for part, said in _WHY.items() if part in message), "")


def behind_zeros(text: str, place: int) -> tuple[str, int]:
    """Returns what to say of a number that begins with a zero, and where: at the comma of 0,05.

    >>> behind_zeros("p = 0,05", 6), behind_zeros("p = 05", 4)[1]
    (('a comma parts the operands of a function; a decimal has a point: 1.5', 5), 4)
    """
    before = text[:place].rstrip()
    is_decimal = before[-1:] == "," and before[:-1].rstrip()[-1:].isdecimal()
    return (DECIMAL_COMMA, len(before) - 1) if is_decimal else (_ZEROS, place)


def starts_of_lines(text: str) -> list[int]:
    """Returns where each line begins, and where the text ends."""
    return [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]


def parsed(text: str) -> list[ast.stmt]:
    """Python's own reading, a long text in pieces: other threads have their turn in between. Raises TextError
    for more braces than are read.
    """
    refuse_braces(text)
    pieces = pieces_of(text)
    if len(pieces) == 1:
        return _at_once(text)
    found: list[ast.stmt] = []
    lines = 0
    for piece in pieces:
        try:
            found += _at_once(
                "\n" * lines + piece
            )  # by far quicker than to count up the lines of what is read
        except SyntaxError:
            return _at_once(text)  # with the place in the whole
        lines += len(_LINE_END.findall(piece))
    return found


def refuse_strays(statements: Sequence[ast.stmt], *, over_blanks: bool) -> None:
    """Refuse lines that are no statements of their own: a number, and what goes on with the line above."""
    _refuse_lone_numbers(statements)
    _refuse_going_on(statements, over_blanks=over_blanks)


def _refuse_going_on(statements: Sequence[ast.stmt], *, over_blanks: bool) -> None:
    """Refuse a line such as + b, which begins with a sign and goes on with the statement above, if only the
    two were one line. What names that statement does not: -log(p) below p = sigmoid(z). Below an empty line
    a − is refused where it names no statement at all, which leaves the one above without a use.
    """
    stated: set[str] = set()
    for above, line in pairwise(statements):
        if isinstance(above, ast.Assign):
            stated.update(target.id for target in above.targets if isinstance(target, ast.Name))
        sign = _first_sign(line) if _is_formula(above) else None
        if sign is None:
            continue
        gap = line.lineno - (above.end_lineno or above.lineno)
        names = {ast.unparse(target) for target in above.targets} if isinstance(above, ast.Assign) else set()
        own = {one.id for one in ast.walk(line) if isinstance(one, ast.Name)}
        may_go_on = gap == 1 or over_blanks or isinstance(sign, ast.UAdd) or stated.isdisjoint(own)
        if gap and may_go_on and names.isdisjoint(own):
            raise NotArithmetic(_GOING_ON, line)


def _refuse_lone_numbers(statements: Sequence[ast.stmt]) -> None:
    """Refuse (3) below y = w*x, the number of an equation or what a line came to: as a node, it would be the
    output. Alone, 3 is a constant.
    """
    in_lines = Counter(line.lineno for line in statements)
    for line in statements if len(in_lines) > 1 else ():
        value = line.value if isinstance(line, ast.Expr) and in_lines[line.lineno] == 1 else None
        if isinstance(value, ast.Constant) and type(value.value) in (int, float):
            raise NotArithmetic(_LONE.format(ast.unparse(value)), value)


def _is_formula(statement: ast.stmt) -> bool:
    """Whether a line may go on below this statement."""
    terms = (ast.BinOp, ast.UnaryOp, ast.Name)
    return isinstance(statement, ast.Assign) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, terms)
    )


def _first_sign(line: ast.stmt) -> ast.unaryop | None:
    """Returns the + or − that a formula without a name begins with, in no bracket."""
    first = line.value if isinstance(line, ast.Expr) else None
    while isinstance(first, ast.BinOp):
        first = first.left
    is_first = isinstance(first, ast.UnaryOp) and first.col_offset == line.col_offset
    return first.op if is_first and isinstance(first, ast.UnaryOp) else None


def _at_once(text: str) -> list[ast.stmt]:
    """Python's own reading, without its warnings of what we refuse by a sentence of ours, such as `2if`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text).body
