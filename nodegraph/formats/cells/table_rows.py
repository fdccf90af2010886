"""The rows of a table as text: what parts the cells, which lines are remarks, and where each row stands.

A row has the number that a spreadsheet gives it. Knows text only; what the cells mean, others find out.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells.table_aligned import cells_below_each_other
from nodegraph.formats.cells.table_cells import is_measured
from nodegraph.formats.cells.table_gaps import SPREADSHEET_ERROR
from nodegraph.formats.limits import MAX_COLUMNS

DELIMITERS = (",", ";", "\t")
SPACES = " "
ALIGNED = "  "
"""The cells stand below each other: they are parted where a column of blanks runs through all lines."""
BARS = "|"
MARKS = ("#", "//", "%", "!")
"""Signs at the start of a line that is a remark."""
ADDED, LEFT_OUT, SECOND, BESIDE = "\x1f", "\x1f", "\x1f\x1f", "\x1f\x1f\x1f"
"""What a line begins with that does not stand in the file, as names that stood beside each number; a line
alone that is no row; one of a second table below; and one that says that the lines above hold more than their
numbers. They are blanks to whoever looks what parts the cells.
"""


class Marks(NamedTuple):
    """Signs that begin a remark in a table: at the start of a line, and behind the last cell of a row, where
    a blank stands before it.
    """

    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()


NO_MARKS, USUAL_MARKS = Marks(), Marks(MARKS)
MOST_CELLS = 20_000
"""Of a row, with the empty ones that a spreadsheet leaves at its end."""
TOO_WIDE = (
    f"a table has at most {MAX_COLUMNS:,} columns. Save it again with those alone that inputs are to take."
)
"""Behind what is too much."""
LONGEST_WITH_QUOTES = 100_000
"""Characters of a line of which curly quotation marks are looked at."""
LONGEST_LINE = 10_000
"""Characters of the first line looked at for its quotation marks."""

FIRST_LINES = 60
"""Lines in which the first numbers are looked for, below names."""

Row = tuple[int, list[str]]
"""A row's number, counted from 1, and its cells."""
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t]*[|+:=-][ \t|+:=-]*")
_DASHES = re.compile(r"[ \t]*+(?:-{3,}|={3,})(?:[ \t]+(?:-{3,}|={3,}))*\s*")
"""A line drawn across a table whose cells blanks part, where single dashes are gaps."""
_DRAWN = re.compile(r"(?:[-=_*~+─═—–][ \t]*){3,}")
"""A line drawn across any other table, in one cell."""
_WORDS = re.compile(
    r'"((?:[^"]|"")*)"(?!\S)|((?![\[(])\S+(?:[ \t]+[\[(](?=[^\])]{0,60}[^\W\d])[^\])]{0,60}[\])])?|\S+)'
)
"""A unit in brackets belongs to the word before it."""
_WIDE = re.compile(r"[ \t]{2,}|\t")
"""A gap that parts names of which some have several words."""
_DOTS = frozenset(("..", "...", "…", "⋮"))
_ERROR = re.compile(
    rf"(?:{SPREADSHEET_ERROR}|##+(?=[,;\t|]))(?=[ \t]*(?:[,;|\r\n]|[-+.\d]|$))", re.IGNORECASE
)
"""An error of a spreadsheet at the start of a row, which is no remark."""
_TAIL = re.compile(rf"[ \t](?!{SPREADSHEET_ERROR})(?P<mark>#|//)(?![ \t]?[,;\t])[^\r\n]*", re.IGNORECASE)
"""A remark behind cells; a mark alone in its cell is a name."""
_OPENING = "“„”‟«‘‚"
_CURLY = re.compile(f"[{_OPENING}]")
_EMPHASIS = re.compile(r"^(\*\*|__|`|\*)([^\s*](?:.*[^\s*])?)\1$")
"""A whole cell in Markdown's marks."""

_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*')


class Rows:
    """Iterates over the rows that hold something; `blanks` and `remarks` are what it passed over on the way.

    A line that begins with one of the `marks` is no row, but for the row `names`, which loses its mark; what
    stands behind the cells of a row with one is left out. DocumentError where a quotation mark is not closed.
    """

    def __init__(self, text: str, delimiter: str, marks: Marks = NO_MARKS, names: int = 0) -> None:
        self.delimiter, self.marks, self.names = delimiter, marks, names
        self.blanks: list[int] = []
        """The numbers of blank rows that another row follows, at most one of those in a run."""
        self.remarks: list[tuple[int, str]] = []
        """The number and the mark of each row that is a remark."""
        self.tails: list[tuple[int, str]] = []
        """The number and the mark of each row from whose end a remark was left out."""
        self.rules: list[int] = []
        """The numbers of lines drawn across the table, which are no rows."""
        self.dots: list[int] = []
        """The numbers of rows of dots, which stand for rows that a printout leaves out."""
        self.left_out: list[int] = []
        """The numbers of lines that are no rows, though words stand in them."""
        self.second = 0
        """The number of the first line of a second table, if any."""
        self.has_more = False
        """Whether more stands in the lines than is read."""
        self.mark_of_names = ""
        """The mark that stood before the names."""
        self.has_formulas = False
        """Whether a text stood in a formula such as `="1.5"`, by which Excel keeps its digits."""
        self._text = text
        self._quoted = _whole_in_quotes(delimiter) if _CURLY.search(text) else None
        self._may_hold_formulas = '="' in text
        self._number = 0
        self._begins = False

    def __iter__(self) -> Iterator[Row]:
        self._number, blank, widest = 0, 0, 0
        self.blanks, self.remarks, self.tails, self.rules, self.dots, self.left_out = [], [], [], [], [], []
        self.second = 0
        for cells in self._cells():
            if not any(map(str.strip, cells)):
                blank = self._number
                continue
            if len(cells) == 1 and widest != 1 and _DRAWN.fullmatch(cells[0].strip()):
                self.rules.append(self._number)
                continue  # where a row has one cell, it is a gap
            if widest and _is_of_dots(cells):
                self.dots.append(self._number)
                continue
            if blank and widest:
                self.blanks.append(blank)
            blank, widest = 0, max(widest, len(cells))
            if self._may_hold_formulas:
                cells = [self._out_of_formula(cell) for cell in cells]
            yield self._number, cells

    def _out_of_formula(self, cell: str) -> str:
        found = _TEXT_FORMULA.fullmatch(cell)
        self.has_formulas = self.has_formulas or found is not None
        return cell if found is None else found[1].replace('""', '"')

    def _cells(self) -> Iterator[list[str]]:
        if self.delimiter == BARS:
            return self._between_bars()
        if self.delimiter == SPACES:
            return self._between_blanks()
        return self._aligned() if self.delimiter == ALIGNED else self._between_signs()

    def _refuse_width(self, cells: int) -> None:
        """Raise DocumentError for so many cells that looking at each would only cost time."""
        if cells > MOST_CELLS:
            said = f"this row has more than {MOST_CELLS:,} cells"
            raise DocumentError(f"{said}; {TOO_WIDE}", f"row {self._number}")

    # --- lines
    def _words(self) -> Iterator[str]:
        """The lines of which none has more words than a row has cells, without those drawn below names."""
        for line in self._lines():
            if _DASHES.fullmatch(line):
                self.rules.append(self._number)
                continue
            self._refuse_width(len(line.split(None, MOST_CELLS)))
            yield line

    def _lines(self) -> Iterator[str]:
        """The lines with their ends that are no remarks; each is a row."""
        self._begins = True
        for line in self._all_lines():
            self._begins = True
            yield line

    def _all_lines(self) -> Iterator[str]:
        """The lines with their ends, without remarks where a row begins, and “x” as "x"."""
        was_added = is_added = False
        for line in io.StringIO(self._text, newline=""):
            if self._begins and line.startswith(ADDED):
                if not line.strip():
                    self._pass_over(line)
                    continue
                line, is_added = line[1:], True
            if self._quoted is not None and len(line) < LONGEST_WITH_QUOTES:
                line = self._quoted.sub(r'\1"\2"', line)
            if self._begins:
                self._number += not was_added
                was_added, is_added = is_added, False
                mark = self._mark(line.lstrip())
                if mark and self._number == self.names and _begins_several(line, mark):
                    pass
                elif mark and self._number == self.names:
                    self.mark_of_names = mark
                    line = line.lstrip().lstrip(mark).rjust(len(line))
                elif mark:
                    self.remarks.append((self._number, mark))
                    continue
                self._begins = False
                line = self._without_tail(line) if self.marks.tails else line
            yield line

    def _pass_over(self, line: str) -> None:
        if line.startswith(BESIDE):
            self.has_more = True
            return
        self._number += 1
        if not line.startswith(SECOND):
            self.left_out.append(self._number)
        elif not self.second:
            self.second = self._number

    def _mark(self, line: str) -> str:
        """The mark of a remark with which a line begins, or ""; one alone in its cell is a name."""
        mark = next(filter(line.startswith, self.marks.heads), "")
        is_alone = self.delimiter in DELIMITERS and line[len(mark) : len(mark) + 1] == self.delimiter
        return "" if is_alone or _ERROR.match(line) else mark

    def _without_tail(self, line: str) -> str:
        """The line without a remark behind its cells; within quotation marks there is none."""
        for found in _TAIL.finditer(line):
            mark = found["mark"]
            if line.count('"', 0, found.start()) % 2 == 0 and mark in self.marks.tails:
                self.tails.append((self._number, mark))
                return line[: found.start()] + line[found.end() :]
        return line

    # --- cells
    def _between_signs(self) -> Iterator[list[str]]:
        reader = csv.reader(
            self._all_lines(),
            delimiter=self.delimiter,
            quotechar=_quotation_mark(self._text),
            strict=True,
            skipinitialspace=True,
        )
        while True:
            self._begins = True
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise DocumentError(*_explained(str(error), self._number)) from None
            self._refuse_width(len(cells))
            yield cells

    def _between_blanks(self) -> Iterator[list[str]]:
        """The words of each line; above the numbers, names of several words that wide gaps part are whole."""
        width = _width_of_numbers(self._text)
        for line in self._words():
            cells = words_in(line)
            if len(cells) > width > 1 and '"' not in line:
                names = _WIDE.split(line.strip())
                are_names = len(names) == width and all(name[:1].isalpha() for name in names)
                is_one = are_names or not any(map(is_measured, cells))
                cells = names if is_one and len(names) == width else cells
            elif len(cells) == width and _are_mostly_numbers(cells):
                width = 0  # names stand above
            yield cells

    def _aligned(self) -> Iterator[list[str]]:
        numbers, lines = [], []
        for line in self._words():
            numbers.append(self._number)
            lines.append(line.rstrip())
        for self._number, cells in zip(numbers, cells_below_each_other(lines), strict=True):
            yield cells

    def _between_bars(self) -> Iterator[list[str]]:
        """The rows of a table as Markdown or a database has it, without its rules and the text around it."""
        lines = self._text.splitlines()
        heads = (
            place - 1
            for place, line in enumerate(lines)
            if place and is_rule(line) and "|" in lines[place - 1]
        )
        start = next(heads, None)
        second = next((place for place in heads if not lines[place - 1].strip()), None)
        for number, line in enumerate(lines[start or 0 :], (start or 0) + 1):
            self._number = number
            if number - 1 == second:
                self.second = number
                return
            if is_rule(line) or not line.strip():
                if start is not None and not line.strip():
                    yield []  # the rows below it are told, too
                continue
            if "|" not in line and start is not None:
                return
            line = line.strip()
            cells = _BAR.split(line.removeprefix("|"))
            cells = cells[:-1] if line.endswith("|") else cells
            yield [_EMPHASIS.sub(r"\2", cell.replace("\\|", "|").strip()) for cell in cells]


def _begins_several(line: str, mark: str) -> bool:
    """Whether a mark at the start of a line of names begins others, too, and not only stands in them.

    >>> _begins_several("# t,# U", "#"), _begins_several("% t (s)  share (%)", "%")
    (True, False)
    """
    rest = line.lstrip().lstrip(mark)
    return any(f"{sign}{mark}" in rest for sign in (" ", *DELIMITERS, BARS))


def refuse_far_too_wide(start: str) -> None:
    """Raise DocumentError for a row of far too many cells at the start of a text, before it is looked what
    parts them; behind a quotation mark, or a sign for a line that was put in, none is counted here.
    """
    for number, line in enumerate(io.StringIO(start, newline=""), 1):
        if '"' in line or "'" in line or line.startswith(ADDED):
            return
        if len(line) > MOST_CELLS and not line.lstrip().startswith(MARKS):
            sign = next((one for one in (";", "\t", "|", ",") if one in line), " ")
            if sign != " " and line.count(sign) > MOST_CELLS:
                raise DocumentError(
                    f"this row has more than {MOST_CELLS:,} cells; {TOO_WIDE}", f"row {number}"
                )


def cells_in(line: str, sign: str | None) -> list[str]:
    """Returns the cells of one line, parted by this sign where it does not stand in quotation marks."""
    if sign is None or '"' not in line:
        return [cell.strip() for cell in line.split(sign)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=sign, skipinitialspace=True))]
    except csv.Error:
        return [line]


def words_in(line: str) -> list[str]:
    """Returns the words of a line, of which a unit in brackets belongs to the one before."""
    return [quoted or plain for quoted, plain in _WORDS.findall(line)]


def _are_mostly_numbers(cells: Sequence[str]) -> bool:
    return 2 * sum(map(is_measured, cells)) > len(cells)


def _width_of_numbers(text: str) -> int:
    """How many words the first line has most of whose words are numbers; 0 without one near the start."""
    lines = itertools.islice(io.StringIO(text, newline=""), FIRST_LINES)
    words = (words_in(line) for line in lines if len(line) < LONGEST_LINE)
    return next((len(cells) for cells in words if _are_mostly_numbers(cells)), 0)


def _is_of_dots(cells: Sequence[str]) -> bool:
    """Whether a row holds dots alone, as pandas and numpy print it for rows that they leave out."""
    held = set(map(str.strip, cells)) - {""}
    is_whole = len(cells) > 1 and all(map(str.strip, cells))  # else ".." is a gap
    return held <= _DOTS and (bool(held - {".."}) or is_whole)


def is_rule(line: str) -> bool:
    """Whether a line only parts the rows of a table: |---|:--:| or +---+---+."""
    return (
        any(pair in line for pair in ("--", "==", ":-", "-:"))
        and ("|" in line or "+" in line)
        and _RULE.fullmatch(line) is not None
    )


def _whole_in_quotes(delimiter: str) -> re.Pattern[str]:
    """A whole cell in curly quotation marks, as word processors write it."""
    apart = re.escape(delimiter) if delimiter in DELIMITERS else r"\s"
    begin = rf"(?:^|(?<=[{apart}#]))([ \t]{{0,9}})[{_OPENING}]"
    end = rf"[“”‟»’](?=[ \t]{{0,9}}(?:[{apart}\r]|$))"
    return re.compile(rf'{begin}([^{_OPENING}»’"\r\n]*){end}')


def _quotation_mark(text: str) -> str:
    """The single one where the first line begins with it and holds no double one, else the double one."""
    line = text[:LONGEST_LINE].lstrip().split("\n", 1)[0]
    return "'" if line.startswith("'") and '"' not in line else '"'


def _explained(error: str, row: int) -> tuple[str, str]:
    """A sentence for what is wrong with quotation marks, and its place."""
    place = f"row {row}"
    if "unexpected end" in error:
        return "a quotation mark is opened here and never closed; close it, or take it away", place
    if "expected after" in error:
        return "text follows a closed quotation mark; within quotes, write each mark twice", place
    if "field larger" in error:
        most = csv.field_size_limit()
        return f"a cell has more than {most:,} characters; part the cells, or close a quotation mark", place
    return f"this cannot be read as a table: {error}", place
