"""Formulas read from text: Python's arithmetic, read with the standard library's own parser and never
evaluated by it. Every refusal names its line and column.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nodegraph.core.collector import collector_paused
from nodegraph.core.errors import TextError
from nodegraph.core.latex import formula_latex, latex_signs
from nodegraph.core.notation import (
    formula_mistakes,
    formula_modules,
    formula_notation,
    labels,
)
from nodegraph.core.notation.formula_signs import DOTS, NO_MEANING
from nodegraph.core.notation.formula_tokens import InPython, NotationError, Token
from nodegraph.core.notation.functions_elsewhere import no_function
from nodegraph.core.notation.not_arithmetic import NAMED, NO_EXPRESSION, ONE_VALUE, NotArithmetic, no_number
from nodegraph.core.notation.own_programs import without_frame
from nodegraph.core.notation.program_arguments import is_written_out
from nodegraph.core.notation.program_outline import with_output
from nodegraph.core.notation.program_words import INPUT, MUTED, TRAINABLE
from nodegraph.core.notation.stated_functions import with_lambdas
from nodegraph.core.operations import formula, starting_values
from nodegraph.core.operations.formula import MAX_OPERANDS, Call, Name, Number, Tree
from nodegraph.core.operations.formula_limits import tokens_about, why_too_deep
from nodegraph.core.operations.formula_parsing import (
    DECIMAL_COMMA,
    ONE_MARGIN,
    behind_zeros,
    parsed,
    refuse_strays,
    starts_of_lines,
    why_not_parsed,
)
from nodegraph.core.operations.quoted_names import without_marks
from nodegraph.core.operations.raised_functions import power_of_call
from nodegraph.core.operations.typed_text import TypedText

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
}
_REFUSED: Mapping[type[ast.operator], str] = {
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
}
_JOINT = re.compile(r"\d_\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:_\d{3})+(?![\d_]).*|0[xXbBoO].*|[^_]*")
_NO_INDEX = "an index stands behind its name, as in x_1, and a number has _ between thousands only: 1_000"
_ONLY_THESE = "only + - * / **, brackets, numbers, names and functions can stand in a formula"
_COMPARED = "a comparison cannot stand in a graph; leave it out, or write relu(x) for x where x > 0"


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of expression text: a name, or None, and what it stands for."""

    name: str | None
    tree: Tree
    line: int
    column: int
    places: Mapping[str, ast.AST] = field(default_factory=dict, compare=False, repr=False)
    """Where each name in the formula stands first, for `Reader.error_at`."""


class Reader(TypedText):
    """Reads text into statements; every refusal names its line and column in the text as it was typed."""

    def __init__(
        self,
        text: str,
        arities: Mapping[str, tuple[int, int | None]],
        *,
        cases: bool = False,
        mutes: bool = False,
    ) -> None:
        super().__init__(text)
        self.mutes = mutes
        """Whether an operation may be muted: e = muted(a*b)."""
        self.arities = arities
        self.cases = cases
        self._places: dict[str, ast.AST] = {}
        self._quoted: Mapping[str, str] = {}
        """The names that stand between marks, by the words for them in what is parsed."""
        self.stated: frozenset[str] = frozenset()
        """The functions that the text states: f(x) = x**2."""
        self.raised: set[str] = set()
        """Names that stand before a power that is no number."""
        self.remark = ""
        """What a person should know of the text beside what it says."""
        self.is_of_one = False
        self._has_joints = False
        """Whether an _ stands between two digits anywhere."""

    @collector_paused()
    def statements(self) -> list[Statement]:
        """Every statement of the text; they part at semicolons and line ends."""
        try:
            statements = self._parsed()
            refuse_strays(statements, over_blanks=self.is_latex)
            signs = self.about_signs(statements)
            of_text = self._read.text, self.arities, self.stated
            lines, self.is_of_one = starting_values.formulas_at_values(statements, *of_text)
            if "backward" in self._read.text or "grad" in self._read.text:
                lines, self.remark = with_output(lines, statements)
            self.remark = f"{signs} {self.remark}".strip()
            return [self._statement(line) for line in lines]
        except TextError as error:
            self.refuse_words_behind(error.line)
            raise
        except NotArithmetic as error:
            raise self.error_at(error.piece, error.message) from None
        except SyntaxError as error:
            raise self._syntax(error) from None
        except (RecursionError, MemoryError):
            raise self.error(1, 1, why_too_deep(self.text)) from None
        except (ValueError, UnicodeError):
            raise self.error(1, 1, "the text holds a character that cannot be read") from None

    def _parsed(self) -> list[ast.stmt]:
        try:
            self._pasted, self._quoted = without_marks(without_frame(self._pasted))
            text, places = self._pasted.text, self._pasted.places
            self.is_latex = latex_signs.is_latex(text)
            in_python = formula_latex.from_latex if self.is_latex else formula_notation.in_python
            self._read = in_python(self.parted())
            self.refuse_words_behind_dashes()
            self._read, self.stated = with_lambdas(self._read)
            if text != self.text:
                self._read = InPython(self._read.text, [places[place] for place in self._read.places])
        except NotationError as error:
            around = labels.words_around(self._pasted.text, is_latex=self.is_latex)
            said, place = around or (error.message, error.place)
            raise self._error_in_text(said, self._pasted.places[place]) from None
        text = self._read.text
        self._has_joints = _JOINT.search(text) is not None
        self.is_indented = self.is_indented and not self.is_latex
        self._starts = starts_of_lines(text)
        if not self.is_indented:
            return parsed(text)
        block = parsed("if 1:\n" + text)  # a line more, and every column as it was
        if len(block) != 1 or not isinstance(block[0], ast.If):
            raise self.error_at(block[-1], ONE_MARGIN)
        return block[0].body

    def _syntax(self, error: SyntaxError) -> TextError:
        if around := labels.words_around(self._pasted.text, is_latex=self.is_latex):
            return self._error_in_text(around[0], self._pasted.places[around[1]])
        message = (error.msg or "").lower()
        line = (error.lineno or 1) - self.is_indented
        place = self._typed_place(line, (error.offset or 1) - 1)
        self.refuse_words_behind(self._line_and_column(place)[0])
        tokens, start = ([], 0) if self.is_latex else tokens_about(self._pasted, place)
        if two := self._second_statement(tokens, start):
            return two
        said = why_not_parsed(message, self._read.text[self._start_of_line(line) :], is_latex=self.is_latex)
        if "exceeds the limit" in message:
            place = formula_mistakes.too_long(self._pasted)
        elif "leading zeros" in message:
            said, index = behind_zeros(self._read.text, self._start_of_line(line) + (error.offset or 1) - 1)
            place = self._read.places[index]
        elif not said:
            said = "expected a number, a name, a function or an operator: + - * / **"
            if "\0" in self._pasted.text:
                said, place = NO_MEANING, self._pasted.places[self._pasted.text.index("\0")]
            elif misplaced := formula_mistakes.misplaced(tokens, self.arities):
                said, place = misplaced[0], self._pasted.places[start + misplaced[1]]
        return self._error_in_text(said, place)

    def _second_statement(self, tokens: Sequence[Token], start: int) -> TextError | None:
        """What to say where two statements stand in one line."""
        two = formula_mistakes.second_statement(tokens)
        return self._error_in_text(two[0], self._pasted.places[start + two[1]]) if two else None

    def _statement(self, node: ast.stmt) -> Statement:
        line, column = self._place(node)
        self._places = {}
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if len(node.targets) > 1 and not self.is_latex:
                place = self._read.places[self._start(node)]
                if two := self._second_statement(*tokens_about(self._pasted, place)):
                    raise two
            if len(node.targets) > 1:
                raise self.error_at(node.targets[1], "give each name a statement of its own")
            if not isinstance(target, ast.Name):
                raise self.error_at(target, "the left of = is one name")
            if target.id in self.arities:
                raise self.error_at(target, f"the name {target.id} is an operation; choose another name")
            name = self._quoted.get(target.id, target.id)
            return Statement(name, self._tree(node.value), line, column, self._places)
        if isinstance(node, ast.Expr):
            return Statement(None, self._tree(node.value), line, column, self._places)
        raise self.error_at(node, "a statement is a name, =, and a formula: L = (a*b + c)*f")

    def _tree(self, node: ast.expr) -> Tree:
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            if node.id in self.arities:
                raise self.error_at(node, f"the name {node.id} is an operation; write {node.id}(x)")
            return self._name(node, node.id)
        if isinstance(node, ast.Attribute) and (constant := formula_modules.known_constant(node)):
            return self._constant(node, constant)
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
        raise self._no_formula(node)

    def _name(self, node: ast.expr, name: str) -> Name:
        name = self._quoted.get(name, name)
        self._places.setdefault(name, node)
        return Name(name)

    def _constant(self, node: ast.expr, name: str) -> Tree:
        """What np.pi stands for: the name pi, or its number where the text uses that name otherwise."""
        if name in self._own_constants:
            return Number(formula_modules.CONSTANTS[name])
        return self._name(node, name)

    @cached_property
    def _own_constants(self) -> frozenset[str]:
        """The names of constants that the text also uses without a module."""
        names, text = formula_modules.CONSTANTS, self._read.text
        return frozenset(name for name in names if re.search(rf"(?<![\w.]){name}\b", text))

    def _no_formula(self, node: ast.expr) -> TextError:
        """What to say of a piece that is no arithmetic, at the sign that makes it so."""
        if isinstance(node, ast.Tuple) and len(node.elts) == 1:
            end = self._index(node.elts[0].end_lineno or 1, node.elts[0].end_col_offset or 0)
            comma = self._read.places[max(self._read.text.find(",", end), end)]
            return self._error_in_text("a comma parts the operands of a function; leave it out here", comma)
        if isinstance(node, ast.Tuple) and len(node.elts) > 1:
            return self._error_between(node.elts[0], node.elts[1], ",", DECIMAL_COMMA)
        if isinstance(node, ast.Compare):
            end = self._index(node.left.end_lineno or 1, node.left.end_col_offset or 0)
            sign = self._read.text[end:].lstrip(") \t")[:1]
            if self._read.text.startswith("<-", self._read.text.find("<", end)):
                return self._error_between(node.left, node.comparators[0], "<", "write = for <-")
            is_equation = isinstance(node.ops[0], ast.Eq)
            said = "write = alone between a name and its formula" if is_equation else _COMPARED
            return self._error_between(node.left, node.comparators[0], sign, said)
        if isinstance(node, ast.BoolOp):
            sign = "and" if isinstance(node.op, ast.And) else "or"
            return self._error_between(node.values[0], node.values[1], sign, _ONLY_THESE)
        if isinstance(node, ast.IfExp):
            return self._error_between(node.body, node.test, "if", formula_mistakes.CHOICE)
        if isinstance(node, ast.Attribute | ast.Subscript):
            index = self._index(node.value.end_lineno or 1, node.value.end_col_offset or 0)
            return self._error_in_text(_ONLY_THESE, self._read.places[index])
        return self.error_at(node, _ONLY_THESE)

    def _number(self, node: ast.Constant) -> Number:
        if node.value is ...:
            raise self.error_at(node, DOTS)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.error_at(node, no_number(node.value))
        try:
            value = float(node.value)
            if self._has_joints and not _THOUSANDS.fullmatch(self._typed_number(node)):
                raise self.error_at(node, _NO_INDEX)
        except OverflowError:
            value = float("inf")
        if not np.isfinite(value):
            raise self.error_at(node, "this number is too large")
        if not value and isinstance(node.value, float) and self._has_digits(node):
            raise self.error_at(node, "this number is too small to be told from 0")
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
        node = power_of_call(node, self.arities) or node
        op = _BINARY.get(type(node.op))
        if op is None:
            sign = _REFUSED.get(type(node.op), "")
            said = f"there is no operator {sign}; the operators are + - * / **"
            raise self._error_between(node.left, node.right, sign, said)
        if op == "power" and isinstance(node.left, ast.Name) and not is_written_out(node.right):
            self.raised.add(node.left.id)
        return Call(op, (self._tree(node.left), self._tree(node.right)))

    def _no_function(self, node: ast.Call, name: str) -> TextError:
        """What to say of a call of what is no function."""
        whole, in_module = formula_modules.unknown_in_module(node.func)
        if whole and formula_modules.takes_a_list(in_module):
            return self.error_at(node, f"{whole} takes its numbers as one list here: {whole}([a, b])")
        if whole:
            return self.error_at(node, no_function(whole, in_module, self.arities))
        if isinstance(node.func, ast.Lambda):
            return self.error_at(node.func, NO_EXPRESSION[ast.Lambda])
        if isinstance(node.func, ast.Call):  # nn.MSELoss()(y, t)
            return self._no_function(node.func, name)
        if isinstance(node.func, ast.Attribute) and node.keywords and node.func.attr.lower() in self.arities:
            word = node.keywords[0]
            return self.error_at(word, NAMED.format(word.arg or "**"))
        if isinstance(node.func, ast.Attribute):
            index = self._index(node.func.value.end_lineno or 1, node.func.value.end_col_offset or 0)
            said = no_function(node.func.attr, node.func.attr, self.arities)
            return self._error_in_text(said, self._read.places[index])
        index = self._index(node.func.end_lineno or 1, node.func.end_col_offset or 0)
        start = self._read.text.find("(", index)
        if not name or self._read.text[index:start].strip():  # a bracket closes between them
            return self._error_in_text("write * between two factors", self._read.places[max(start, index)])
        return self.error_at(node, no_function(name, name, self.arities))

    def _call(self, node: ast.Call) -> Tree:
        name, operands = node.func.id if isinstance(node.func, ast.Name) else "", node.args
        if (known := formula_modules.known_call(node)) and known.op in self.arities:
            name, operands = known.op, list(known.operands)
        if name == INPUT and INPUT not in self.arities:
            return self._input(node)
        if name == MUTED and self.mutes:
            return self._muted(node)
        if name not in self.arities:
            raise self._no_function(node, name)
        if node.keywords:
            raise self.error_at(node, f"the function {name} takes its operands by place, without names")
        least, most = self.arities[name]
        count = len(operands)
        if count > MAX_OPERANDS:
            raise self.error_at(
                node, f"the function {name} takes at most {MAX_OPERANDS:,} operands, here are {count:,}"
            )
        if known and count == 1 < least and isinstance(node.args[0], ast.List | ast.Tuple):
            return self._tree(operands[0])  # np.sum([x]) is x
        if count < least or (most is not None and count > most):
            wanted = f"{least} or more operands" if most is None else f"{least} operand" + "s" * (least > 1)
            given = f"here is {count or 'none'}" if count < 2 else f"here are {count}"
            raise self.error_at(node, f"the function {name} takes {wanted}, {given}")
        return Call(name, tuple(self._tree(operand) for operand in operands))

    def _muted(self, node: ast.Call) -> Tree:
        """An operation that passes its first input on."""
        trees = [self._tree(one) for one in node.args]
        if (
            len(trees) != 1
            or node.keywords
            or not isinstance(trees[0], Call)
            or trees[0].op not in self.arities
        ):
            raise self.error_at(node, "what is muted is one operation: e = muted(a*b)")
        return Call(MUTED, (trees[0],))

    def _input(self, node: ast.Call) -> Tree:
        """An input as its value and, where training may not change that, a 0."""
        trainable = next((word.value for word in node.keywords if word.arg == TRAINABLE), None)
        is_said = isinstance(trainable, ast.Constant) and isinstance(trainable.value, bool)
        if len(node.args) > 1 or len(node.keywords) > 1 or (node.keywords and not is_said):
            raise self.error_at(node, ONE_VALUE)
        value = self._worked_out(node.args[0]) if node.args else None
        if value is None:
            value = Number(1.0)
        is_fixed = isinstance(trainable, ast.Constant) and not trainable.value
        return Call(INPUT, (value, Number(0.0)) if is_fixed else (value,))

    def _worked_out(self, node: ast.expr) -> Number:
        """A number that may be written as a quotient, or otherwise worked out, such as 1/3."""
        tree = self._tree(node)
        try:
            value = formula.number_of(tree)
        except (ArithmeticError, ValueError):
            raise self.error_at(node, "this comes to no finite number") from None
        if value is None:
            raise self.error_at(node, "the value of an input is a number")
        return Number(value)
