"""Formulas as trees: read from text, printed as Python, Unicode or LaTeX, evaluated on numbers or arrays.

The grammar is Python's arithmetic, read with the standard library's own parser and never evaluated by it.
What an operation is called and how it is written, `operations` says; this module knows no graph.
"""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from nodegraph.core.errors import TextError
from nodegraph.core.numbers import MINUS, format_exact, format_number, superscript

MAX_TEXT = 200_000
"""Characters of expression text that are read at most."""

MAX_OPERANDS = 10_000
"""Operands of one function; a node has as many inputs at most."""

TOO_DEEP = "this is nested too deeply; name the parts on lines of their own"

Dialect = Literal["python", "unicode", "latex"]

# How tightly a piece of formula holds together; brackets go round a looser piece in a tighter place.
CHOICE, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(7)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands for a value."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the catalogue (or one of `RULE_ONLY`) applied to operands."""

    op: str
    operands: tuple[Tree, ...]


Tree = Number | Name | Call


@dataclass(frozen=True, slots=True)
class Notation:
    """How one application is written in each dialect, its operands in place of {0}, {1}…

    `binds` is how tightly the result holds together, `needs` what each operand must at least hold
    (the last counts for all further ones). More than two are joined by what stands between {0} and {1}.
    """

    python: str
    unicode: str
    latex: str
    binds: int = ATOM
    needs: tuple[int, ...] = (CHOICE,)


RULE_ONLY: Mapping[str, Notation] = {
    "if": Notation(
        "{1} if {0} else {2}",
        "{1} if {0}, else {2}",
        r"\begin{{cases}} {1} & {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
        CHOICE,
        (COMPARISON, SUM, CHOICE),
    ),
    "greater": Notation("{0} > {1}", "{0} > {1}", "{0} > {1}", COMPARISON, (SUM,)),
    "equal": Notation("{0} == {1}", "{0} = {1}", "{0} = {1}", COMPARISON, (SUM,)),
}
"""What a local derivative may use beyond the catalogue: a choice between cases."""

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
}
_LATEX_SIGNS: Mapping[str, str] = {c: "\\" + c for c in "#$%&_{} "} | {
    "\\": r"\backslash{}",
    "^": r"\wedge{}",
    "~": r"\sim{}",
}
"""How a character of a name is written in LaTeX where it cannot stand for itself."""
GREEK: Mapping[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Υ": "Upsilon",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
"""The Greek letters that LaTeX has a command for, and what they are called."""
_GREEK_COMMANDS: Mapping[str, str] = {letter: "\\" + word for letter, word in GREEK.items()}
DIVISORS = (("divide", 1), ("reciprocal", 0))
"""Operands, by operation and port, where the sign of a zero decides that of the result: 1 / (−0) = −∞."""
_ONE_MARGIN = "start all statements at the same margin"
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", MINUS: "-", "\u00a0": " "})
_RULE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "if": np.where,
    "greater": np.greater,
    "equal": np.equal,
}


# --- reading
@dataclass(frozen=True, slots=True)
class Statement:
    """One line of expression text: a name, or None, and what it stands for."""

    name: str | None
    tree: Tree
    line: int
    column: int
    places: Mapping[str, ast.AST] = field(default_factory=dict, compare=False, repr=False)
    """Where each name in the formula stands first, for `Reader.error_at`."""


class Reader:
    """Reads text into statements; every refusal names its line and column in the text as it was typed."""

    def __init__(
        self, text: str, arities: Mapping[str, tuple[int, int | None]], *, cases: bool = False
    ) -> None:
        self.text = text
        self.arities = arities
        self.cases = cases
        self._places: dict[str, ast.AST] = {}
        self.lines: list[str] = text.splitlines() or [""]
        first = next((line for line in self.lines if line.strip()), "")
        self.is_indented = first[:1] in (" ", "\t")
        """Whether the text stands indented, as in the middle of a program; it is then read as a block."""

    def statements(self) -> list[Statement]:
        """Every statement of the text; they part at semicolons and line ends."""
        if len(self.text) > MAX_TEXT:
            raise TextError(f"the text is longer than {MAX_TEXT:,} characters", 1, 1)
        try:
            return [self._statement(line) for line in self._parsed()]
        except SyntaxError as error:
            raise self._syntax(error) from None
        except (RecursionError, MemoryError):
            raise self.error(1, 1, TOO_DEEP) from None
        except (ValueError, UnicodeError):
            raise self.error(1, 1, "the text holds a character that cannot be read") from None

    def _parsed(self) -> list[ast.stmt]:
        text = self.text.translate(_SIGNS).replace("\x0c", " ")
        if not self.is_indented:
            return _parsed(text)
        block = _parsed("if 1:\n" + text)  # a line more, and every column as it was
        if len(block) != 1 or not isinstance(block[0], ast.If):
            raise self.error_at(block[-1], _ONE_MARGIN)
        return block[0].body

    def error(self, line: int, column: int, message: str) -> TextError:
        """A TextError at this place (both from 1), carrying the line as it was typed."""
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return TextError(message, line, max(column, 1), source)

    def _syntax(self, error: SyntaxError) -> TextError:
        message = (error.msg or "").lower()
        if "nested" in message or "too complex" in message:
            said = TOO_DEEP
        elif "never closed" in message or "unexpected eof" in message:
            said = "a bracket is opened here and never closed"
        elif "unmatched" in message or "does not match" in message:
            said = "this bracket closes nothing"
        elif "cannot assign" in message:
            said = "a statement is a name, =, and a formula: L = (a*b + c)*f"
        elif "indent" in message:
            said = _ONE_MARGIN
        elif "exceeds the limit" in message:
            said = "this number is too large"
        elif "invalid character" in message or "non-printable" in message:
            said = "this character has no meaning in a formula"
        else:
            said = "expected a number, a name, a function or an operator: + - * / **"
        return self.error((error.lineno or 1) - self.is_indented, error.offset or 1, said)

    def error_at(self, piece: ast.AST, message: str) -> TextError:
        """A TextError at the place of a piece that was read."""
        return self.error(*self._place(piece), message)

    def _place(self, node: ast.AST) -> tuple[int, int]:
        """The line and column of a piece in the text as it was typed."""
        line: int = getattr(node, "lineno", 1) - self.is_indented
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        offset: int = getattr(node, "col_offset", 0)
        column = len(source.translate(_SIGNS).encode()[:offset].decode(errors="ignore"))
        return line, column + 1

    def _statement(self, node: ast.stmt) -> Statement:
        line, column = self._place(node)
        self._places = {}
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if len(node.targets) > 1:
                raise self.error_at(node.targets[1], "give each name a statement of its own")
            if not isinstance(target, ast.Name):
                raise self.error_at(target, "the left of = is one name")
            if target.id in self.arities:
                raise self.error_at(target, f"the name {target.id} is an operation; choose another name")
            return Statement(target.id, self._tree(node.value), line, column, self._places)
        if isinstance(node, ast.Expr):
            return Statement(None, self._tree(node.value), line, column, self._places)
        raise self.error_at(node, "a statement is a name, =, and a formula: L = (a*b + c)*f")

    def _tree(self, node: ast.expr) -> Tree:
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            if node.id in self.arities:
                raise self.error_at(node, f"the name {node.id} is an operation; write {node.id}(x)")
            self._places.setdefault(node.id, node)
            return Name(node.id)
        if isinstance(node, ast.UnaryOp):
            return self._sign(node)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if self.cases and isinstance(node, ast.IfExp):
            return Call("if", (self._tree(node.test), self._tree(node.body), self._tree(node.orelse)))
        if self.cases and isinstance(node, ast.Compare):
            op = "greater" if isinstance(node.ops[0], ast.Gt) else "equal"
            return Call(op, (self._tree(node.left), self._tree(node.comparators[0])))
        raise self.error_at(
            node, "only + - * / **, brackets, numbers, names and functions can stand in a formula"
        )

    def _number(self, node: ast.Constant) -> Number:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.error_at(node, "only plain numbers can stand here")
        try:
            value = float(node.value)
        except OverflowError:
            value = float("inf")
        if not np.isfinite(value):
            raise self.error_at(node, "this number is too large")
        return Number(value)

    def _sign(self, node: ast.UnaryOp) -> Tree:
        if isinstance(node.op, ast.UAdd):
            return self._tree(node.operand)
        if not isinstance(node.op, ast.USub):
            raise self.error_at(node, "the only signs are + and -")
        operand = self._tree(node.operand)
        if isinstance(operand, Number) and isinstance(node.operand, ast.Constant):
            return Number(-operand.value)
        return Call("negate", (operand,))

    def _binary(self, node: ast.BinOp) -> Tree:
        op = _BINARY.get(type(node.op))
        if op is None:
            hint = "; a power is written **" if isinstance(node.op, ast.BitXor) else ""
            raise self.error_at(node.right, f"the operators are + - * / **{hint}")
        return Call(op, (self._tree(node.left), self._tree(node.right)))

    def _call(self, node: ast.Call) -> Tree:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in self.arities:
            known = ", ".join(sorted(self.arities))
            raise self.error_at(
                node, f"there is no function {name or 'of this form'}; the functions are {known}"
            )
        if node.keywords:
            raise self.error_at(node, f"the function {name} takes its operands by place, without names")
        least, most = self.arities[name]
        count = len(node.args)
        if count > MAX_OPERANDS:
            raise self.error_at(
                node, f"the function {name} takes at most {MAX_OPERANDS:,} operands, here are {count:,}"
            )
        if count < least or (most is not None and count > most):
            wanted = f"{least} or more operands" if most is None else f"{least} operand" + "s" * (least > 1)
            given = f"here is {count or 'none'}" if count < 2 else f"here are {count}"
            raise self.error_at(node, f"the function {name} takes {wanted}, {given}")
        return Call(name, tuple(self._tree(argument) for argument in node.args))


def _parsed(text: str) -> list[ast.stmt]:
    """Python's own reading, without its warnings of what we refuse by a sentence of ours, such as `2if`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text).body


# --- evaluating
def evaluate(tree: Tree, names: Mapping[str, Any], functions: Mapping[str, Callable[[Any], Any]]) -> Any:
    """The value of a tree. `functions` take operands stacked along the first axis, as the catalogue's do."""
    if isinstance(tree, Number):
        return np.float64(tree.value)
    if isinstance(tree, Name):
        return names[tree.name]
    operands = [evaluate(operand, names, functions) for operand in tree.operands]
    if tree.op in _RULE_FUNCTIONS:
        return _RULE_FUNCTIONS[tree.op](*operands)
    return functions[tree.op](np.stack(np.broadcast_arrays(*operands)))


def substitute(tree: Tree, names: Mapping[str, Tree]) -> Tree:
    """The tree with names replaced."""
    if isinstance(tree, Name):
        return names.get(tree.name, tree)
    if isinstance(tree, Call):
        return Call(tree.op, tuple(substitute(operand, names) for operand in tree.operands))
    return tree


def simplify(tree: Tree) -> Tree:
    """The tree without what a person would not write: `3 - 1` in an exponent, a factor 1, a power 1."""
    if not isinstance(tree, Call):
        return tree
    operands = tuple(simplify(operand) for operand in tree.operands)
    if tree.op == "power":
        operands = (operands[0], _difference(operands[1]))
    if tree.op == "power" and operands[1] == Number(1.0):
        return operands[0]
    if tree.op == "power" and operands[1] == Number(0.0):
        return Number(1.0)
    if tree.op == "multiply" and len(operands) == 2 and Number(1.0) in operands:
        return operands[1] if operands[0] == Number(1.0) else operands[0]
    return Call(tree.op, operands)


def _difference(tree: Tree) -> Tree:
    """3 − 1 as 2."""
    if isinstance(tree, Call) and tree.op == "subtract":
        first, second = tree.operands
        if isinstance(first, Number) and isinstance(second, Number):
            return Number(first.value - second.value)
    return tree


# --- printing
def write(tree: Tree, notations: Mapping[str, Notation], dialect: Dialect, digits: int = 6) -> str:
    """The tree as text, with the brackets it needs and no others."""
    return _write(tree, notations, dialect, digits)[0]


def write_operand(
    tree: Tree,
    notations: Mapping[str, Notation],
    dialect: Dialect,
    digits: int = 6,
    *,
    needs: int = SUM,
    follows: bool = False,
) -> str:
    """The tree as an operand: in brackets where it holds together less tightly than its place `needs`, and
    where it begins with a minus sign and `follows` another sign. All brackets of all dialects are set here.

    >>> write_operand(Number(1e-6), {}, "unicode", needs=ATOM), write_operand(Number(-4.0), {}, "unicode")
    ('(1e−6)', '−4')
    >>> write_operand(Number(1e-6), {}, "latex", needs=ATOM)
    '\\\\left(1 \\\\times 10^{-6}\\\\right)'
    """
    text, binds = _write(tree, notations, dialect, digits)
    if binds >= needs and not (follows and text.startswith(("-", MINUS)) and needs > CHOICE):
        return text
    return rf"\left({text}\right)" if dialect == "latex" else f"({text})"


@lru_cache(maxsize=4096)
def write_name(name: str, dialect: Dialect) -> str:
    """A name as text; in LaTeX, Greek letters have their commands, a trailing number after plain letters
    becomes an index, and longer names stand upright.

    >>> [write_name(name, "latex") for name in ("w1", "w_1", "sigma", "θ2", "h4_p1")]
    ['w_{1}', 'w_{1}', '\\\\sigma', '\\\\theta_{2}', '\\\\mathrm{h4\\\\_p1}']
    """
    if dialect != "latex":
        return name
    if name == "…":
        return r"\cdots"
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if digits and len(letters) > 1:
        letters = letters.removesuffix("_")  # w_1 and w1 both are a w with an index
    if not letters or not letters.isalpha():
        letters, digits = name, ""
    index = f"_{{{digits}}}" if digits else ""
    greek = "\\" + letters if letters in GREEK.values() else _GREEK_COMMANDS.get(letters, "")
    if greek or (len(letters) == 1 and letters not in _LATEX_SIGNS):
        return (greek or letters) + index
    if letters.isascii() and letters.isdigit():
        return rf"\mathrm{{{letters}}}"
    return rf"\mathrm{{{''.join(_LATEX_SIGNS.get(c, c) for c in letters)}}}{index}"


def write_number(value: float, dialect: Dialect, digits: int = 6) -> str:
    """A number as text: exact in Python, for the eye elsewhere."""
    if dialect == "python":
        return format_exact(value)
    text = format_number(value, digits)
    if dialect == "unicode":
        return text
    text = text.replace(MINUS, "-").replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    mantissa, marker, exponent = text.partition("e")
    return rf"{mantissa} \times 10^{{{exponent}}}" if marker else text


def _write_number(value: float, dialect: Dialect, digits: int) -> tuple[str, int]:
    """A number, and how tightly it holds together: 1e−6 is no base of a power, nor is −4."""
    text = write_number(value, dialect, digits)
    if text.startswith(("-", MINUS)):
        return text, PRODUCT
    if dialect != "python" and ("e" in text or "times" in text):
        return text, PRODUCT if dialect == "latex" else POWER
    return text, ATOM


def _write(tree: Tree, notations: Mapping[str, Notation], dialect: Dialect, digits: int) -> tuple[str, int]:
    if isinstance(tree, Number):
        return _write_number(tree.value, dialect, digits)
    if isinstance(tree, Name):
        return write_name(tree.name, dialect), ATOM
    if dialect == "unicode" and tree.op == "power" and isinstance(tree.operands[1], Number):
        exponent = tree.operands[1].value
        if abs(exponent) < 1000 and exponent == int(exponent):
            negative_zero = _is_negative_zero(tree.operands[0]) and exponent < 0
            base = write_operand(tree.operands[0], notations, dialect, digits, needs=ATOM)
            return (f"({MINUS}0)" if negative_zero else base) + superscript(int(exponent)), POWER
    notation = RULE_ONLY.get(tree.op) or notations[tree.op]
    count = len(tree.operands)
    if dialect == "python" and count > 2 and notation.binds < ATOM and tree.op not in RULE_ONLY:
        inner = ", ".join(_write(operand, notations, dialect, digits)[0] for operand in tree.operands)
        return f"{tree.op}({inner})", ATOM
    pieces = [_operand(tree, index, notation, notations, dialect, digits) for index in range(count)]
    template = getattr(notation, dialect)
    binds = ATOM if _is_call(notation, dialect) else notation.binds
    if dialect == "latex" and template.startswith(r"\frac"):
        binds = POWER  # its line holds it together
    if count > 2 and "{2}" not in template:
        head, _, rest = template.partition("{0}")
        between, _, tail = rest.partition("{1}")
        head, between, tail = (part.replace("{{", "{").replace("}}", "}") for part in (head, between, tail))
        return head + between.join(pieces) + tail, binds
    return template.format(*pieces), binds


def _is_negative_zero(tree: Tree) -> bool:
    return isinstance(tree, Number) and tree.value == 0 and math.copysign(1.0, tree.value) < 0


def _is_call(notation: Notation, dialect: Dialect) -> bool:
    """Whether it is written as a call in Python, which needs no more brackets inside or out."""
    return dialect == "python" and notation.python.endswith(")")


def _operand(
    tree: Call,
    index: int,
    notation: Notation,
    notations: Mapping[str, Notation],
    dialect: Dialect,
    digits: int,
) -> str:
    operand = tree.operands[index]
    held = dialect == "latex" and f"{{{{{{{index}}}}}}}" in notation.latex  # by braces
    if (tree.op, index) in DIVISORS and dialect != "python" and _is_negative_zero(operand):
        return f"({MINUS}0)" if dialect == "unicode" else "-0" if held else r"\left(-0\right)"
    if held or _is_call(notation, dialect):
        return _write(operand, notations, dialect, digits)[0]
    needs = notation.needs[min(index, len(notation.needs) - 1)]
    follows = tree.op not in RULE_ONLY and (index > 0 or tree.op == "negate")
    return write_operand(operand, notations, dialect, digits, needs=needs, follows=follows)
