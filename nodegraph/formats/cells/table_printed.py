"""What programs print, as the text of a table: arrays such as [[1. 2.] [3. 4.]], of numpy, torch and JSON,
tables in boxes, of polars and DuckDB, and wide ones in blocks, of MATLAB, pandas and R. Knows text only.
"""

from __future__ import annotations

import re

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells.table_cells import is_number
from nodegraph.formats.cells.table_frames import as_lines, beside, blanks
from nodegraph.formats.cells.table_rows import ADDED

_BEGINNING = re.compile(r"\s*+(?:[\w.]++\s*+=\s*+)?(?:[\w.]++\()?\s*+[\[(]\s*+(?=[\[(]\s*+[^\s\[(])")
_ROW = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BETWEEN = re.compile(r"[\s,;]*(?P<dots>\.\.\.)?[\s,;]*")
_END = re.compile(r"[\s,;]*+[\])][\s,]*+(?:\w++=[^\[\]\n]*+)?\)?[\s;]*+")

_LOOKED_AT = 300
_WIDE_SIGNS = {"；": ";", "，": ","}
_APART = ";；\t|"
_LONGEST_NAMES, _LINES_LOOKED_AT = 10_000, 30
"""Characters and lines that are looked at for such signs."""
_WORD_WITHOUT_END = re.compile(r"[^\s,;|，；]{131073}")
"""Longer than any cell may be."""
_BOX_SIDES = dict.fromkeys(map(ord, "│┃║┆┊"), "|")
_RULE_IN_BOX = re.compile(r"\|([ \t]*-{3,}[ \t]*\|)+")
_FACTOR = re.compile(r"\s*+(?:\w++ =\s++)?(?:Columns? \d[^\n]*\n\s*)?(\d\.\d+e[+-]\d+)\s+\*[ \t]*\r?\n")
_WRAPPED = re.compile(r"(?:[^\S\n]*+\n)*+[ \t]++\S[^\n]*\\[ \t]*+\r?\n")
"""The first line of a table that pandas broke."""
_BREAK = re.compile(r"(?<![ \t])[ \t]*+\\[ \t]*+$", re.MULTILINE)
_QUOTED = re.compile(
    r"\A(?:[^>\n]*:[ \t]*\r?\n)?(?=[>\s]*+[^\W\d])(?:[ \t]*+\r?\n|>(?:[ \t\r>][^\n]*+)?(?:\n|\Z))++\Z"
)
"""A table in a mail that another one quotes, maybe below who wrote it; "> 5" alone is a bound."""
_QUOTES = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_ASCIIDOC = re.compile(r"^\|={3,}[ \t]*\r?$", re.MULTILINE)
"""The line above and below a table."""
_JIRA = re.compile(r"\s*+\|\|[^\n|]+(?:\|\|[^\n|]+)+\|\|[ \t]*\r?\n")
"""Names as Jira and Confluence take them."""
_SIZE = re.compile(r"\A\s*+(?:\d+×\d+ [^\n]*|\d+-element [^\n]*):[ \t]*\r?\n")
"""What Julia prints above a matrix or a vector."""
_IN_BRACES = re.compile(r"\s*+(?:(?:\w++[ \t]++)+\w++(?:\[\w*+\])++\s*+=\s*+)?(?=\{\s*+\{\s*+[-+.\d])")
"""As Mathematica writes a matrix, and C behind its name."""
_BRACES = str.maketrans("{}", "[]")
_IN_QUOTES = re.compile(r'"(?:[^"]|"")*+"')
_PAIR = re.compile(
    r"[ \t]*+(?:[^\W\d_]\w{0,3}[ \t]*+(?:[=:][ \t]*+)?)?([(\[{])"
    r"([^()\[\]{}\n,;|\s]*+[,;|\s][^()\[\]{}\n]*+)[)\]}][,;]?[ \t]*\r?"
)
"""A line such as (1, 2), [1, 2], A(1|2) or P = (1; 2)."""
_THOUSANDS = re.compile(r"\(-?\d{1,3}(,\d{3})+(\.\d*)?\)")
"""A number below 0, as people who keep books write it."""
_COLUMNS = re.compile(
    r"(?:\A\s*+\w++ =\s+)?^[ \t]*+Columns? \d+(?: (?:through|and) \d+)?:?[ \t]*\r?$", re.MULTILINE
)
"""Above a block of columns."""


def as_table(text: str) -> str:
    """Returns what a program printed as the text of a table, and any other text as it is. DocumentError where
    a factor stands above the numbers, as MATLAB prints it.
    """
    text = text.replace(ADDED, " ")  # from here on, lines that begin with it were put in or taken out
    if _WORD_WITHOUT_END.match(text):
        return text  # nobody prints it, and each of these patterns would go through all of it
    if found := _FACTOR.match(text):
        raise DocumentError(
            f"MATLAB printed these numbers without the factor {found[1]} that stands above them; save them"
            " with writematrix, or print them in format longG."
        )
    if _WRAPPED.match(text):
        unbroken = _BREAK.sub("", text)
        if (frame := beside(unbroken)) != unbroken:
            return frame
        raise DocumentError(
            "The columns of this printout go on below the others; save the table with to_csv, or print it"
            " with to_string()."
        )
    if _QUOTED.match(text):
        text = _QUOTES.sub("", text)
    text = _without_quotes(_with_narrow_signs(text))
    if _JIRA.match(text):
        text = text.replace("||", "|")
    elif "|===" in text and (found := _ASCIIDOC.search(text)):
        above, table = text[: found.start()], text[found.end() :]
        within = _ASCIIDOC.split(table, maxsplit=1)[0]
        text = blanks(above) + re.sub(r"(?<=\S)[ \t]*\r?$", " |", within, flags=re.MULTILINE)
    text = _SIZE.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    if found := _IN_BRACES.match(text):
        text = text[found.end() :].translate(_BRACES)
    if _COLUMNS.match(text):
        return _without_blocks(text)
    if text.lstrip()[:1] in "┌┏╔╭" or "\n┌" in text[:_LOOKED_AT]:
        return _without_box(text)
    return without_brackets(as_lines(_without_pairs(text)))


def _without_pairs(text: str) -> str:
    """The text without the brackets around each of its lines, as people write points.

    >>> _without_pairs("(1, 2)\\n(3, 5)\\n"), _without_pairs("A(1|2)\\nB(3|5)"), _without_pairs("(1,234)\\n")
    ('1, 2\\n3, 5\\n', '1;2\\n3;5', '(1,234)\\n')
    """
    first = text[:_LONGEST_NAMES].lstrip().partition("\n")[0]
    if _PAIR.fullmatch(first) is None:
        return text
    lines = text.split("\n")
    found = [_PAIR.fullmatch(line) if line.strip() else None for line in lines]
    if any(one is None and line.strip() for one, line in zip(found, lines, strict=True)):
        return text
    pairs = [one for one in found if one]
    if all(_THOUSANDS.fullmatch(one[0].strip()) for one in pairs) or len({one[1] for one in pairs}) > 1:
        return text
    return "\n".join("" if one is None else one[2].strip().replace("|", ";") for one in found)


def _with_narrow_signs(text: str) -> str:
    """The text with the signs between its cells as they are read, where they are as wide as Chinese letters.

    >>> _with_narrow_signs("时间，值\\n1,2\\n3，4\\n"), _with_narrow_signs("时间，值\\n1\\n2\\n")
    ('时间,值\\n1,2\\n3,4\\n', '时间，值\\n1\\n2\\n')
    """
    first = text[:_LONGEST_NAMES].lstrip().partition("\n")[0]
    for wide, narrow in _WIDE_SIGNS.items():
        if wide in first:
            lines = list(filter(str.strip, text[:_LONGEST_NAMES].splitlines()[:_LINES_LOOKED_AT]))
            counts = {line.count(wide) + line.count(narrow) for line in lines}
            others = [sign for sign in _APART if sign in first and sign not in (wide, narrow)]
            if len(lines) > 1 and len(counts) == 1 and not others:
                return text.replace(wide, narrow)
    return text


def _without_quotes(text: str) -> str:
    """The text without the quotation marks around each whole line, as Excel writes a table whose rows stand
    in a single column.

    >>> _without_quotes('"x,y"\\n"1,2"\\n'), _without_quotes('"x"\\n"1,2"\\n')
    ('x,y\\n1,2\\n', '"x"\\n"1,2"\\n')
    """
    first = text[:_LONGEST_NAMES].lstrip().partition("\n")[0].rstrip()
    if _IN_QUOTES.fullmatch(first) is None:
        return text
    lines = [line.strip() for line in text.splitlines()]
    if not all(_IN_QUOTES.fullmatch(line) for line in lines if line):
        return text
    lines = [line[1:-1].replace('""', '"') for line in lines]
    signs = "\t;" if all(map(is_number, filter(None, lines))) else "\t;,"  # 1,5 alone is one number
    for sign in signs:
        counts = {line.count(sign) for line in lines if line}
        is_sentence = f"{sign} " in lines[0] and not any(f"{sign} " in line for line in lines[1:])
        if len(counts) == 1 and counts != {0} and not is_sentence:
            return "".join(f"{line}\n" for line in lines)
    return text


def _without_blocks(text: str) -> str:
    """The columns that MATLAB and Octave print below each other, beside each other. DocumentError where a
    block has other rows than the first.
    """
    blocks = [[line for line in block.splitlines() if line.strip()] for block in _COLUMNS.split(text)[1:]]
    if len(set(map(len, blocks))) > 1:
        raise DocumentError(
            "The blocks of columns that MATLAB printed have different numbers of rows; save the matrix with"
            " writematrix."
        )
    first = _COLUMNS.sub("", text, count=1).lstrip()
    rows = "".join(" ".join(lines) + "\n" for lines in zip(*blocks, strict=True))
    return blanks(text[: len(text) - len(first)]) + rows


def _without_box(text: str) -> str:
    """The table in a box with bars between its cells, and blank lines for those that are drawn or outside."""
    lines = map(str.strip, text.translate(_BOX_SIDES).splitlines())
    return "".join("\n" if line[:1] != "|" or _RULE_IN_BOX.fullmatch(line) else f"{line}\n" for line in lines)


def without_brackets(text: str) -> str:
    """Returns the rows of a printed array of two dimensions as lines, and any other text as it is.

    >>> without_brackets("array([[1, 2],\\n       [3, 4]])"), without_brackets("[[1 2]\\n ...\\n [8 9]]")
    ('1, 2\\n3, 4\\n', '1 2\\n...\\n8 9\\n')
    """
    found = _BEGINNING.match(text)
    if found is None:
        return text
    lines: list[str] = []
    place = found.end()
    while row := _ROW.match(text, place):
        lines.append(" ".join(row[1].split()).rstrip(", "))
        if _END.fullmatch(text, row.end()):
            return "".join(f"{line}\n" for line in lines)
        between = _BETWEEN.match(text, row.end())
        assert between is not None  # it may be empty
        lines += ["..."] * (between["dots"] is not None)
        place = between.end()
    return text
