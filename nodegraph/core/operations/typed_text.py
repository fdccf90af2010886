"""A text that formulas are read from, and where each piece of it stood as it was typed."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Sequence

from nodegraph.core.errors import TextError
from nodegraph.core.notation.formula_signs import PLUS_MINUS
from nodegraph.core.notation.formula_tokens import QUOTED, InPython
from nodegraph.core.notation.labels import words_behind
from nodegraph.core.notation.pasted_prompts import (
    with_definitions,
    with_plain_signs,
    without_prompts,
    without_unseen,
)
from nodegraph.core.notation.program_arguments import pieces
from nodegraph.core.notation.program_outline import is_program
from nodegraph.core.numbers import MINUS, plain_digits
from nodegraph.core.operations.formula_limits import refuse_long
from nodegraph.core.operations.formula_parsing import starts_of_lines
from nodegraph.core.operations.other_languages import why_other_language
from nodegraph.core.operations.parted_statements import with_semicolons

_WITH_COMMAS = re.compile(r"(?<![\w.,])\d++(?:,\d++)++(?:\.\d++)?+(?![\w.]|,\w)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+,\d+")
_OF_SEVERAL = re.compile(r"\b(?:max|min|mean|maximum|minimum)\($")
_TWO_SIGNS = re.compile(rf"\+[-–{MINUS}]|[-–{MINUS}]\+")
_OF_PROGRAMS = re.compile(r"\b(?:def|import|print|with)\b|\.[^\W\d]|[-+*/]=")
"""What stands in a program, and in hardly any formula."""
_CARET = "^ is a power here, as ** is; in Python it is another operation, and a power is **."
_BRACKET = re.compile(r"[()\[\]]")
_OPERANDS = 200
"""Characters around a number in which the bracket around it is looked for."""
_STRING = re.compile(rf"{QUOTED}|#[^\n\r]*", re.DOTALL)


class TypedText:
    """The text as it was typed, as it was pasted, and as Python's parser sees it."""

    def __init__(self, text: str) -> None:
        refuse_long(text)
        self.text = text
        self.is_latex = False
        self.is_parted = False
        """Whether commas part statements of one line: y = a*b, a = 2."""
        self._read = InPython("", [0])
        """The text as Python's parser sees it, without the line before a block."""
        self._starts = [0]
        typed = with_definitions(without_unseen(without_prompts(with_plain_signs(text))))
        self._pasted = InPython(plain_digits(typed.text), typed.places)
        """The text in the digits 0 to 9, as it was typed at prompts, if it was."""
        self._typed_starts = starts_of_lines(text)[:-1]
        self.lines: list[str] = text.splitlines() or [""]
        first = next((line for line in self._pasted.text.splitlines() if line.strip()), "")
        self.is_indented = first[:1] in (" ", "\t")
        """Whether the text stands indented, as in the middle of a program; it is then read as a block."""

    @property
    def in_python(self) -> str:
        """The text as it was read, in Python's signs."""
        return self._read.text

    def error(self, line: int, column: int, message: str) -> TextError:
        """A TextError at this place (both from 1), carrying the line as it was typed; or at what another
        language has there.
        """
        if not self.is_latex and (other := why_other_language(self.text)):
            message, (line, column) = other[0], self._line_and_column(other[1])
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return TextError(message, line, max(column, 1), source)

    def error_at(self, piece: ast.AST, message: str) -> TextError:
        """A TextError at the place of a piece that was read."""
        return self.error(*self._place(piece), message)

    def about_signs(self, statements: Sequence[ast.stmt]) -> str:
        """Returns what to say of signs that a program may mean otherwise; refuses ± as `_about_two_signs`."""
        return f"{self._about_two_signs(statements)} {self._about_carets(statements)}".strip()

    def _about_carets(self, statements: Sequence[ast.stmt]) -> str:
        """Returns that ^ is a power, where it stands in a program, which may mean xor by it; else ""."""
        if self.is_latex or "^" not in self.text or not _OF_PROGRAMS.search(self.text):
            return ""
        if "^" not in _STRING.sub("", self.text):
            return ""
        calls = (one.value for one in statements if isinstance(one, ast.Expr))
        is_shown = any(isinstance(one, ast.Call) and ast.unparse(one.func) == "print" for one in calls)
        return _CARET if is_shown or is_program(statements) else ""

    def _about_two_signs(self, statements: Sequence[ast.stmt]) -> str:
        """Refuse +- and -+ between two operands, which is a plus and a minus sign to Python, and ± to whoever
        types it; of a program, returns what it is taken for, or "".
        """
        text, places = self._read.text, self._read.places
        if not _TWO_SIGNS.search(self.text):
            return ""
        for piece in pieces(statements):
            if not isinstance(piece, ast.BinOp) or (signed := _signed(piece.right)) is None:
                continue
            start = self._start(signed)
            before = len(text[:start].rstrip(" ")) - 1
            signs = text[before] + text[start]
            if signs not in ("+-", "-+") or places[start] != places[before] + 1:
                continue
            if not is_program(statements):
                raise self._error_in_text(PLUS_MINUS.format(signs), places[before])
            line = self._line_and_column(places[start])[0]
            return f"“{signs}” in line {line} is a plus and a minus sign, as in Python, and no ±."
        return ""

    def refuse_words_behind_dashes(self) -> None:
        """Refuse z = w*x -- forward, of which the words would be taken for a name."""
        for line, typed in enumerate(self.lines, 1) if " -- " in self.text else ():
            if " -- " in typed:
                self.refuse_words_behind(line, "--")

    def refuse_words_behind(self, line: int, sign: str = "") -> None:
        """Refuse words behind a formula in a line, with this sign before them, if any."""
        typed = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if not self.is_latex and (found := words_behind(typed, sign)):
            raise self.error(line, found[1] + 1, found[0]) from None

    def refuse_commas_in_numbers(self) -> None:
        """Refuse max(1,500, x) and max(0,5, x), of which the first number would be two: others have a
        blank before them. So too 1,000 where several numbers may stand.
        """
        text = _STRING.sub(lambda found: " " * len(found[0]), self._pasted.text) if "," in self.text else ""
        for found in _WITH_COMMAS.finditer(text):
            before = text[max(found.start() - _OPERANDS, 0) : found.start()]
            start = max(before.rfind("("), before.rfind("["))
            behind = _BRACKET.split(text[found.end() : found.end() + _OPERANDS], maxsplit=1)[0]
            is_apart = ", " in before[start:] + behind
            number = ""
            if _THOUSANDS.fullmatch(found[0]) and (",0" in found[0] or is_apart):
                number = found[0].replace(",", "")
            elif _DECIMAL.fullmatch(found[0]) and is_apart and _OF_SEVERAL.search(before[: start + 1]):
                number = found[0].replace(",", ".")
            if start >= 0 and number:
                said = f"may be {number} or several numbers; write {number}, or blanks between them"
                place = self._pasted.places[found.start()]
                raise self._error_in_text(f"{found[0]} {said}", place)

    def parted(self) -> str:
        """Returns the text with a semicolon for what else parts two statements in a line."""
        if not self.is_latex:
            self.refuse_commas_in_numbers()
            self._pasted, self.is_parted = with_semicolons(self._pasted)
        return self._pasted.text

    def _place(self, node: ast.AST) -> tuple[int, int]:
        """The line and column of a piece in the text as it was typed."""
        return self._line_and_column(self._read.places[self._start(node)])

    def _start(self, node: ast.AST) -> int:
        """Where a piece begins in the text that was parsed."""
        return self._index(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def _index(self, line: int, offset: int) -> int:
        """The place in the text that was parsed of an offset in bytes into one of its lines."""
        start = self._start_of_line(line - self.is_indented)
        if not offset:  # as nearly every statement begins
            return start
        end = self._start_of_line(line - self.is_indented + 1)
        return start + len(self._read.text[start:end].encode()[:offset].decode(errors="ignore"))

    def _has_digits(self, node: ast.expr) -> bool:
        """Whether a number that came to 0 was written with other digits, as 1e-400."""
        return re.match(r"[0._]*[1-9]", self._typed_number(node)) is not None

    def _typed_number(self, node: ast.expr) -> str:
        end = self._index(node.end_lineno or 1, node.end_col_offset or 0)
        return self._read.text[self._start(node) : end]

    def _typed_place(self, line: int, column: int) -> int:
        """The place in the text as it was typed of a column, counted from 0, in the text that was parsed."""
        index = self._start_of_line(line) + column
        return self._read.places[min(max(index, 0), len(self._read.places) - 1)]

    def _start_of_line(self, line: int) -> int:
        """Where a line of the text that was parsed, counted from 1, begins."""
        starts = self._starts
        return starts[min(max(line - 1, 0), len(starts) - 1)]

    def _line_and_column(self, place: int) -> tuple[int, int]:
        """The line and column of a place in the text as it was typed, counted from 1."""
        line = bisect_right(self._typed_starts, place)
        return line, place - self._typed_starts[line - 1] + 1

    def _error_in_text(self, message: str, place: int) -> TextError:
        return self.error(*self._line_and_column(place), message)

    def _error_between(self, left: ast.expr, right: ast.expr, sign: str, message: str) -> TextError:
        """A TextError at a sign between two pieces."""
        start = self._index(left.end_lineno or 1, left.end_col_offset or 0)
        found = self._read.text.find(sign, start, self._start(right))
        return self._error_in_text(message, self._read.places[max(found, start)])


def _signed(operand: ast.expr) -> ast.UnaryOp | None:
    """Returns what begins an operand, where that is a sign: -b of -b*c."""
    while isinstance(operand, ast.BinOp):
        operand = operand.left
    return operand if isinstance(operand, ast.UnaryOp) else None
