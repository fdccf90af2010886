"""Data frames as programs print them, as the text of a table: those of R, whose columns go on below, of
Julia, Stata, SAS, MATLAB and Grace. Knows text only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from os.path import commonprefix

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells.table_readings import readings_in
from nodegraph.formats.cells.table_rows import ADDED, LEFT_OUT
from nodegraph.formats.cells.table_second import first_table

_R_FRAME = re.compile(r"(?:[ \t]*+\r?\n)*+[ \t]++\S[^\n]*\n\S")
"""A line that begins with a blank, and one that does not."""
_R_ROW = re.compile(r"^ *\[(\d+),\](?= )", re.MULTILINE)
_R_COLUMN = re.compile(r"\[,(\d+)\]")
_R_MATRIX = re.compile(r"\A(?:[^\S\n]*+\n)*+[ \t]++\S[^\n]*\r?\n *\[1,\] ")
_R_VECTOR = re.compile(r"\s*+(?:\[\d+\](?:[ \t]+[-+\w.]+)+[ \t]*(?:\r?\n[ \t]*|\Z))+\s*\Z")
_R_PLACE = re.compile(r"\[\d+\]")
_R_SOURCE = re.compile(r"\s*+(?:\w++ *+<- *)?(?:structure\(list|data\.frame|list|c|matrix)\(")
_R_STRUCTURE = re.compile(r"\s*+(?:'data\.frame':|tibble \[|Classes? ‘[^\n]*’)[^\n]*\n\s*\$ ")
"""What `str` prints: the first numbers of each column alone."""
_R_SUMMARY = re.compile(
    r"\s*+(?:[^\n]*\n)?[^\n]*(?<!\S)Min\.[ \t]*:|\s*+Min\.[ \t]+1st Qu\.[^\n]*\n[^\n]*+\s*+\Z"
)
"""What `summary` prints of a frame, or of one column."""
_SERIES = re.compile(r'\n(?:Freq: \w+, )?(?:Name: ([^\n",]*), )?(?:Length: \d+, )?dtype: \w+\s*\Z')
"""What pandas prints below a single column."""
LONGEST_FOOT = 300
_CAMPBELL = re.compile(r'\A"?TOA5"?,[^\n]*\n')
"""What a data logger of Campbell writes above the names: of itself, though as many cells."""
_JULIA = re.compile(r"\A\s*+\d+×\d+ (?:\w+\.)?DataFrame\b[^\n]*\r?\n")
_JULIA_RULE = re.compile(r"[─┼├┤\s]+")
_OMITTED = re.compile(r"\b(?:rows?|columns?) omitted\s*$")
_STATA = re.compile(r"\A\s*\+-+\+[ \t]*\r?\n\s*\|[^\n|]*\|[ \t]*\r?\n\s*\|-+\|[ \t]*\r?\n\s*\d+\. \|")
_STATA_RULE = re.compile(r"[\s|+-]+")
_STATA_NUMBER = re.compile(r"(?<=[0-9])[.] ")
_RULE_KEPT = "---"
"""A line that is passed over, in place of a rule between rows."""
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_UNDERLINE = r"[ \t]*_{2,}(?:[ \t]+_{2,})*[ \t]*\r?\n"
_MATLAB = re.compile(r"\A\s*+(?:\w++ =\s++)?(?:\d+×\d+ (?:time)?table\s++)?" + rf"(?=[^\n]*\n{_UNDERLINE})")
_MATLAB_NAME = re.compile(r"\A\s*+\w++ =[ \t]*\r?\n(?=\s*+[-+.\d][^×\n]*\n)")
"""What MATLAB prints above a matrix."""
_MATLAB_RULE = re.compile(rf"^{_UNDERLINE}(?:[ \t]*\r?\n)?", re.MULTILINE)
_MATLAB_TEXT = re.compile(r"\{'([^'\n]*)'( *)\}")
_SAS = re.compile(r"\A\s*(?:\S[^\n]*\n\s*?)?(?=^[ \t]*Obs[ \t]+\S)", re.MULTILINE)
_SAS_OBS = re.compile(r"^( *)Obs(?= )", re.MULTILINE)
_GRACE = re.compile(r"\A(?:[ \t]*#[^\n]*\n)*+@(?:[ \t]+[a-z]|TYPE|with\b|target\b)")
_GRACE_NAME = re.compile(r'@\s*(?:(?P<axis>[xy])axis\s+label|s\d+\s+legend)\s+"(?P<name>[^"\n]+)"')
LONGEST_START = 10_000
"""Characters at the start by which a printout is known."""


def as_lines(text: str) -> str:
    """Returns a printed data frame as the text of a table, and any other text as it is. DocumentError for
    what R can read alone.

    >>> as_lines("  x\\n1 5\\n2 6\\n  y\\n1 7\\n2 8\\n")
    '  x y\\n1 5 7\\n2 6 8\\n'
    """
    for pattern, said in _OF_R_ALONE:
        if pattern.match(text, 0, LONGEST_START):
            raise DocumentError(said)
    for pattern, read in _PRINTED:
        if found := pattern.match(text):
            return read(text, found)
    if found := _SERIES.search(text[-LONGEST_FOOT:]):
        body = text[: len(text) - len(found[0]) + 1]
        return f'{ADDED}  "{found[1]}"\n{body}' if found[1] else body
    if _R_MATRIX.match(text):
        text = _R_COLUMN.sub(r"V\1", _R_ROW.sub(r"\1", text))
    unbroken = beside(text)
    return unbroken if unbroken != text else readings_in(first_table(text))


def _behind(text: str, found: re.Match[str]) -> str:
    """What stands behind what a program printed above a table, in the lines where it stands."""
    return blanks(found[0]) + text[found.end() :]


def blanks(cut: str) -> str:
    """Returns blank lines in place of some text, so that the rows below it keep their numbers."""
    return "\n" * cut.count("\n")


# --- R
def _of_vector(text: str, _found: re.Match[str]) -> str:
    return "".join(f"{cell}\n" for cell in _R_PLACE.sub(" ", text).split())


def beside(text: str) -> str:
    """Returns the blocks of columns that R prints below each other, where a frame is wider than its line,
    beside each other, and any other text as it is.
    """
    if not _R_FRAME.match(text):
        return text
    lines = [line.rstrip() for line in text.expandtabs().splitlines() if line.strip()]
    heads = [place for place, line in enumerate(lines) if line[:1] == " "]
    count = heads[1] if len(heads) > 1 else 0
    if count < 2 or len(lines) % count or heads != list(range(0, len(lines), count)):
        return text
    blocks = [lines[place : place + count] for place in heads]
    width = _width_of_labels(blocks)
    if not width:
        return text
    rows = [blocks[0][row].ljust(_width(blocks[0])) for row in range(count)]
    for block in blocks[1:]:
        rest = _width(block)
        rows = [f"{row} {line[width:].ljust(rest - width)}" for row, line in zip(rows, block, strict=True)]
    above = text[: len(text) - len(text.lstrip())]
    return blanks(above) + "".join(f"{row.rstrip()}\n" for row in rows)


def _width(block: Sequence[str]) -> int:
    return max(map(len, block))


def _width_of_labels(blocks: Sequence[Sequence[str]]) -> int:
    """How wide the names of the rows are, with the blank behind them, that all blocks repeat; 0 where they do
    not.
    """
    most = min(len(block[0]) - len(block[0].lstrip()) for block in blocks)
    rows = list(zip(*(block[1:] for block in blocks), strict=True))
    most = min(most, *(len(commonprefix(row)) for row in rows))  # noqa: RUF071 # letters are meant
    return next((w for w in range(most, 0, -1) if all(row[0][w - 1] == " " for row in rows)), 0)


# --- Julia, Stata, SAS and MATLAB
def _of_julia(text: str, _found: re.Match[str]) -> str:
    """A frame without its size, its lines, the types, and the name above the numbers of the rows."""
    lines = _numbered(text, _JULIA_RULE)[1:]
    is_cut = bool(lines) and _OMITTED.search(lines[-1][1]) is not None
    lines, footer = (lines[:-1], lines[-1][1]) if is_cut else (lines, "")
    if "column" in footer:
        raise DocumentError("This printout of Julia leaves columns out; save the frame with CSV.write.")
    is_typed = len(lines) > 1 and lines[1][1].lstrip()[:1] == "│"
    kept = [(number, line.replace(" Row ", "     ", 1)) for number, line in lines[:1]]
    kept += lines[2 if is_typed else 1 :]
    return _parted_by_tabs([(number, line.replace("│", "  ")) for number, line in kept])


def _numbered(text: str, rule: re.Pattern[str]) -> list[tuple[int, str]]:
    """The lines that are neither blank nor such a rule, each behind its number."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, line) for number, line in lines if line.strip() and not rule.fullmatch(line)]


def _parted_by_tabs(lines: Sequence[tuple[int, str]]) -> str:
    """Names, and rows below them, whose cells stand two blanks apart, with tabs between the cells. Each row
    stays in the line of its number; the names stand right above the first.
    """
    rows: list[str] = []
    for place, (number, line) in enumerate(lines):
        at = lines[1][0] - 1 if place == 0 and len(lines) > 1 else number
        rows += ["" if place == 0 else _RULE_KEPT] * (at - len(rows) - 1)
        rows.append(re.sub(r" {2,}", "\t", line.strip()))
    return "".join(f"{row}\n" for row in rows)


def _of_stata(text: str, _found: re.Match[str]) -> str:
    """A list without its box and the lines in it."""
    rows = [
        (number, _STATA_NUMBER.sub("  ", line.replace("|", " "), count=1))
        for number, line in _numbered(text, _STATA_RULE)
    ]
    return _parted_by_tabs([(number, _THOUSANDS.sub(_without_commas, line)) for number, line in rows])


def _without_commas(number: re.Match[str]) -> str:
    """A number without the commas between its thousands, as wide as with them."""
    return number[0].replace(",", "").rjust(len(number[0]))


def _of_sas(text: str, found: re.Match[str]) -> str:
    return _SAS_OBS.sub(r"\1   ", _behind(text, found))


def _of_matlab(text: str, found: re.Match[str]) -> str:
    rule = _MATLAB_RULE.search(text, found.end())
    above = found[0] + (rule[0] if rule else "")
    table = _MATLAB_RULE.sub("", text[found.end() :], count=1)
    return blanks(above) + _MATLAB_TEXT.sub(r'"\1"  \2', table)


def _of_grace(text: str, _found: re.Match[str]) -> str:
    """Columns below the settings of a plot, which name its axes and its lines."""
    lines = [LEFT_OUT if line.startswith("@") else line for line in text.splitlines()]
    named = [found for line in text.splitlines() if (found := _GRACE_NAME.match(line))]
    axes = {found["axis"]: found["name"] for found in named if found["axis"]}
    legends = [found["name"] for found in named if not found["axis"]] or [axes.get("y", "y")]
    first = next((place for place, line in enumerate(lines) if _is_of_data(line)), len(lines))
    width = len(lines[first].split()) if first < len(lines) else 0
    if width == len(legends) + 1:
        names = [axes.get("x", "x"), *legends]
        lines.insert(first, ADDED + " ".join(f'"{name}"' for name in names))
    return "".join(f"{line}\n" for line in lines)


def _is_of_data(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", LEFT_OUT))


_OF_R_ALONE = (
    (_R_SOURCE, "This is a program in R, not a table; save the table in R with write.csv."),
    (_R_STRUCTURE, "R printed the structure of a table, not its rows; save it with write.csv."),
    (_R_SUMMARY, "R printed a summary of a table, not its rows; save the table with write.csv."),
)
_PRINTED: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], str]], ...] = (
    (_R_VECTOR, _of_vector),
    (_GRACE, _of_grace),
    (_MATLAB_NAME, _behind),
    (_SAS, _of_sas),
    (_CAMPBELL, _behind),
    (_JULIA, _of_julia),
    (_STATA, _of_stata),
    (_MATLAB, _of_matlab),
)
"""How each begins, and what makes a table of it; the first that fits is it."""
