"""Readings as instruments and microcontrollers log them, as the text of a table: each number behind its name,
times before each line, greetings above, and messages amid them. What is no reading becomes a line that
`table_rows` passes over, so that each row keeps its number. Knows text only.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells.table_cells import is_measured, is_number, is_unit
from nodegraph.formats.cells.table_gaps import is_gap
from nodegraph.formats.cells.table_heads import tells_more_apart
from nodegraph.formats.cells.table_logs import logged_in
from nodegraph.formats.cells.table_rows import ADDED, LEFT_OUT, MARKS, cells_in, words_in
from nodegraph.formats.cells.table_separators import are_one_number_each

_READING = r"[-+]?(?:[\d.]+(?:[eE][-+]?\d+)?(?: ?[°µ]?[A-Za-zΩ%/]{1,5})?|nan|inf|ovf)"
"""A number, maybe with its unit, or what Arduino prints where a sensor did not answer."""
_LABELLED = re.compile(rf"\s*([A-Za-z_][\w .%°/()]{{0,40}}?)\s*[:=]\s*({_READING}|)\s*")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+,\d+|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*[\w/]|:\d)")
_LOOSE_DIGIT = re.compile(r"(?<!\w)\d")
_WORDS_BEFORE = re.compile(r"([^\W\d_][\w%°]*(?: [^\W\d_][\w%°]*)*) ?(?:[:=] ?| )\Z")
_TIMED = re.compile(r"(\d{2}:\d{2}:\d{2}\.\d{3}) -> (.*)")
"""A line of Arduino's serial monitor."""
_LABELLED_NAMES = re.compile(
    r"^[ \t]*(?P<label>[A-Z][^\W\d_]{1,20}:)(?P<names>[ \t]+[^\s:][^\n:,;]{0,2000})\n"
    r"(?P<numbers>[ \t]*[-+.\d][^\n]{0,2000})$",
    re.MULTILINE,
)
LONGEST_LABELLED = 100_000
_SIGNS = (",", ";", "\t", " ")
LINES_LOOKED_AT, LONGEST_START = 60, 10_000
"""The first lines, which show how all are written, and their characters."""
_LEAST_ROWS = 3
MOST_ABOVE, LONGEST_WORDS = 400, 80
_ENDS_OF_SENTENCES = ".!?…:<>="
LEAST_WORDS = 3
"""Of a sentence, beside its numbers and their names."""
_NO_UNITS = ("%", "#", "-", "")
"""What stands in a row of units above shares, numbers of rows, and numbers that have none."""
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_WIDE_GAP = re.compile(r"[ \t]{2,}|[ \t]*[,;|\t][ \t]*")
_A_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_A_LINE_OF_WORDS = re.compile(r"\n[^\w\n]{0,20}[^\W\d_]")


def readings_in(text: str) -> str:
    r"""Returns what an instrument logged as the text of a table, and any other text as it is. DocumentError
    for a row whose numbers have other names.

    >>> readings_in("temp:23.5,hum:40\ntemp:23.6,hum:41\n").splitlines()[1:]
    ['23.5,40', '23.6,41']
    """
    text = _without_label(text)
    start = _first_lines(text)
    timed = [_TIMED.fullmatch(line) for line in start]
    return _with_times(text) if start and all(timed) else _without_times(text, start)


def _without_times(text: str, start: Sequence[str]) -> str:
    """The same of lines before which no time stands, or stands no more."""
    found = _names_and_sign(start)
    if found is not None:
        lines: list[str] | None = _labelled(text.splitlines(), *found)
    elif (lines := _alone(text, start)) is None and not _has_rows(start):
        lines = logged_in(text.splitlines(), start)
    return text if lines is None else "".join(f"{line}\n" for line in lines)


def _without_label(text: str) -> str:
    """The text without the word before the names of columns, as in `Data:  y  x` above rows of numbers."""
    for found in _LABELLED_NAMES.finditer(text[:LONGEST_LABELLED]):
        names, numbers = found["names"].split(), found["numbers"].split()
        are_names = len(names) == len(numbers) > 1 and not any(map(is_measured, names))
        if are_names and all(map(is_measured, numbers)):
            start, end = found.span("label")
            return text[:start] + " " * (end - start) + text[end:]
    return text


def _first_lines(text: str) -> list[str]:
    """The first lines that hold something, as many as show how the others are written."""
    start = itertools.islice(io.StringIO(text[:LONGEST_START]), LINES_LOOKED_AT)
    return [line.rstrip() for line in start if line.strip()]


def _with_times(text: str) -> str:
    """Lines of Arduino's serial monitor, with the time before each as its first cell."""
    found = [_TIMED.fullmatch(line.rstrip()) for line in text.splitlines()]
    if any(one is None and line.strip() for one, line in zip(found, text.splitlines(), strict=True)):
        return text
    untimed = "".join(f"{one[2] if one else ''}\n" for one in found)
    lines = _without_times(untimed, _first_lines(untimed)).splitlines()
    held = [line.removeprefix(ADDED) for line in lines if line.strip()]
    sign = next((sign for sign in _SIGNS if held and sign in held[-1].strip()), ",")
    is_named = bool(held) and not any(map(is_measured, _parted(held[0], sign)))
    times = iter(found)
    made: list[str] = []
    for line in lines:
        is_added = line.startswith(ADDED) and line.strip() != ""
        one = None if is_added else next(times)
        time = "time" if is_added or (is_named and one and line == held[0]) else one[1] if one else ""
        is_named = is_named and time != "time"
        made.append(f"{ADDED * is_added}{time}{sign}{line.removeprefix(ADDED)}" if line.strip() else line)
    return "".join(f"{line}\n" for line in made)


# --- each number behind its name
def _labelled(lines: Sequence[str], names: list[str], sign: str) -> list[str]:
    """Cells such as `temp:23.5`, each behind its name as Arduino's plotter takes them, below their names."""
    begins = re.compile(rf"(?:{'|'.join(map(re.escape, names))})\s*[:=]")
    has_commas = sign == " " and any(
        "," in number for line in lines for number in _labels_in(line, sign).values()
    )
    between = ";" if has_commas else ","
    made: list[str] = []
    first = -1
    for place, line in enumerate(lines):
        there = _labels_in(line, sign)
        if list(there) == names:
            first = place if first < 0 else first
            made.append(between.join(there.values()))
        elif not line.strip():
            made.append("")
        elif first >= 0 and (there or begins.search(line)) and not _is_sentence(line, there):
            wanted = ", ".join(f"{name}:…" for name in names)
            raise DocumentError(
                f"expected {wanted} as in the first row; write each number behind its name",
                f"row {place + 1}",
            )
        else:
            made.append(LEFT_OUT)
    made.insert(first, ADDED + between.join(f'"{name}"' for name in names))
    return made


def _is_sentence(line: str, there: Mapping[str, str]) -> bool:
    """Whether a line has many more words than numbers behind names."""
    return len(_WORD.findall(line)) > LEAST_WORDS + 2 * len(there)


def _names_and_sign(start: Sequence[str]) -> tuple[list[str], str] | None:
    """The names that most of the first lines have, and what parts their cells; None where few have any."""
    for sign in ("", *_SIGNS):
        found = [tuple(there) for line in start if (there := _labels_in(line, sign))]
        if not found:
            continue
        names, count = Counter(found).most_common(1)[0]
        names, count = (found[0], len(found)) if len(found) == len(start) else (names, count)
        first = next(place for place, line in enumerate(start) if tuple(_labels_in(line, sign)) == names)
        if any(_numbers_in(line, other) for line in start[first:] for other in _SIGNS):
            continue  # settings above a table
        is_usual = 2 * count > len(start) - first and (count > 1 or len(start) == 1)
        if is_usual and len(start) > 1 and (first == 0 or count >= _LEAST_ROWS):
            return list(names), sign
    return None


def _labels_in(line: str, sign: str) -> dict[str, str]:
    """The names in a line whose cells are all a name and a number, or nothing, and those; none for another
    line. A sign that ends the line is passed over.
    """
    cells = _parted(line, sign)
    cells = cells[:-1] if sign and len(cells) > 1 and not cells[-1].strip() else cells
    found = [_LABELLED.fullmatch(cell) for cell in cells]
    names = {one[1]: one[2] for one in found if one}
    is_whole = len(names) == len(cells) and any(names.values())
    return names if is_whole else _spoken_in(line) if sign == " " else {}


def _spoken_in(line: str) -> dict[str, str]:
    """The numbers in a line behind the words before them, as in `Step 10: loss=0.5`; none where one has no
    words, or the cells of a table stand beside them.

    >>> _spoken_in("Temp: 23.5 °C Humidity: 40 %"), _spoken_in("setosa 5.1")
    ({'Temp': '23.5', 'Humidity': '40'}, {})
    """
    spoken: dict[str, str] = {}
    end = 0
    for found in _NUMBER.finditer(line):
        before, end = line[end : found.start()], found.end()
        words = _WORDS_BEFORE.search(before[-LONGEST_WORDS:])
        name = words[1] if words else ""
        if spoken and " " in name and is_unit(name.split()[0]):
            name = name.split(None, 1)[1]
        if not name or name in spoken:
            return {}
        spoken[name] = found[0]
    is_whole = _LOOSE_DIGIT.search(_NUMBER.sub(" ", line)) is None
    is_spoken = re.search("[:=|]|, ", line) or (len(spoken) > 1 and len(line.split()) == 2 * len(spoken))
    return spoken if is_whole and is_spoken and "\t" not in line else {}


def _names_in(line: str, sign: str) -> list[str]:
    """The cells of a line of words, in which the sign may stand in quotes, without empty ones at its end.

    >>> _names_in(',"speed, km/h",U,,', ","), _names_in("x;dose;;", ";")
    (['', 'speed, km/h', 'U'], ['x', 'dose'])
    """
    cells = cells_in(line, sign.strip(" ") or None) if sign else [line.strip()]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _parted(line: str, sign: str) -> list[str]:
    return [line] if not sign else line.split() if sign == " " else line.split(sign)


# --- numbers alone
def _alone(text: str, start: Sequence[str]) -> list[str] | None:
    """The lines of a table of numbers without messages amid them, or greetings above them where no names
    stand; None where there are none, or others that are neither.
    """
    if text[:LONGEST_START].lstrip()[:4].lower() == "sep=":
        return None
    found = _sign_and_width(start)
    if found is None:
        return None
    sign, width = found
    if sign == "," and are_one_number_each(line for line in start if is_number(line)):
        return None  # a column of decimals below its name
    is_usual = abs(len(_parted(start[0], sign)) - width) < 2
    if is_usual and _A_LINE_OF_WORDS.search(text) is None:
        return None  # it has names, or none, and numbers below, as nearly all tables do
    if sign == " " and _are_parted_otherwise(start):
        return None
    lines = text.splitlines()
    plain = _plain_row(sign, width).fullmatch
    rows = [plain(line) is not None or _is_row(line, sign, width) for line in lines]
    first = rows.index(True)
    names = _place_of_names(lines[:first], sign, width)
    above = [place for place in range(first) if lines[place].strip()]
    amid = [
        place
        for place in range(first if names < 0 else names + 1, len(lines))
        if not rows[place] and lines[place].strip() and _is_message(lines[place], sign, width)
    ]
    settings = _settings_above(lines[: max(names, 0)], lines[names], sign, width)
    parted = len(_parted(lines[first], sign))
    is_greeted = names < 0 and _are_greetings([lines[place] for place in above], sign, width, parted)
    left_out = {*amid, *settings, *(above if is_greeted else ())}
    if not left_out or (above and not is_greeted and not amid and not settings):
        return None
    return [LEFT_OUT if place in left_out else line for place, line in enumerate(lines)]


def _are_parted_otherwise(start: Sequence[str]) -> bool:
    """Whether the cells of words and those below have the same sign between them: blanks stand in numbers."""
    counts = ({line.count(sign) for line in start} for sign in _SIGNS[:3])
    is_parted = any(len(count) == 1 and 0 not in count for count in counts)
    return is_parted and _A_LETTER.search(start[0]) is not None


def _place_of_names(above: Sequence[str], sign: str, width: int) -> int:
    """Where among the lines above some numbers the last one stands that names all columns, and right above
    them maybe one for remarks more; -1 without one.
    """
    for place in range(len(above) - 1, -1, -1):
        cells = _names_in(above[place].strip(), sign)
        widths = (width, width + 1) if place == len(above) - 1 else (width,)
        names = sign != " " and width > 1 and len(cells) in widths
        if names and all(cells) and not any(map(is_measured, cells)):
            return place
        if sign != " " and len(cells) > 1 and not is_measured(cells[0]) and any(map(is_measured, cells)):
            return -1  # a setting, above which there are others
    return -1


def _settings_above(above: Sequence[str], names: str, sign: str, width: int) -> list[int]:
    """The places of the lines above the names of columns, where a setting is among them: a word beside a
    number. Names above a row of units are none.
    """
    rows = [[cell.strip() for cell in _parted(line.strip(), sign)] for line in above]
    words = [cell.strip(' ()[]"') for cell in _parted(names.strip(), sign)]
    are_units = 2 * sum(is_unit(word) or word in _NO_UNITS for word in words) >= len(words)
    are_names = bool(rows) and len(rows[-1]) == width and not any(map(is_measured, rows[-1]))
    end = len(rows) - (are_names and (are_units or tells_more_apart(rows[-1], words)))
    is_set = any(
        1 < len(row) <= width and not is_measured(row[0]) and any(map(is_measured, row)) for row in rows[:end]
    )
    places = [place for place in range(end) if above[place].strip()]
    return places if is_set and len(places) > 1 else []


def _sign_and_width(start: Sequence[str]) -> tuple[str, int] | None:
    """What parts the cells of the first lines, and how many of them most have, if most hold numbers alone."""
    for sign in (*_SIGNS, ""):
        widths = Counter(len(cells) for line in start if (cells := _numbers_in(line, sign)))
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        first = next(place for place, line in enumerate(start) if _is_row(line, sign, width))
        if (width > 1 or not sign) and count >= _LEAST_ROWS and 2 * count > len(start) - first:
            return sign, width
    return None


def _has_rows(start: Sequence[str]) -> bool:
    """Whether one of the first lines holds numbers alone."""
    return any(_numbers_in(line, sign) for line in start for sign in (*_SIGNS, ""))


def _is_row(line: str, sign: str, width: int) -> bool:
    return len(_numbers_in(line, sign)) == width


def _plain_row(sign: str, width: int) -> re.Pattern[str]:
    """Matches a row whose cells are all plain numbers, as most are, without a look at each cell."""
    number, between = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?", r"[ \t]+" if sign == " " else re.escape(sign)
    return re.compile(rf"{number}(?:{between}{number}){{{width - 1}}}\r?")


def _numbers_in(line: str, sign: str) -> list[str]:
    """The cells of a line that holds numbers alone, and maybe gaps; none of another one."""
    cells = [cell.strip() for cell in _parted(line.strip(), sign)]
    while cells and not cells[-1]:
        cells.pop()
    is_whole = all(is_measured(cell) or is_gap(cell, True) for cell in cells)
    return cells if is_whole and any(map(is_measured, cells)) else []


def _is_message(line: str, sign: str, width: int) -> bool:
    """Whether a line says something in words, and is no row with a slip."""
    if line.lstrip().startswith(MARKS) or '"' in line or len(_WORD.findall(line)) < 1:
        return False
    cells = [cell.strip() for cell in _parted(line.rstrip(" \r"), sign)]
    words = line.split()
    is_sentence = len(words) > 1 or line.rstrip()[-1] in _ENDS_OF_SENTENCES
    if sign != " ":
        return is_sentence and not any(map(is_measured, cells)) and (not sign or len(cells) != width)
    return len(words) != width and sum(map(is_measured, words)) <= len(words) / 2 and is_sentence


def _are_greetings(above: Sequence[str], sign: str, width: int, parted: int) -> bool:
    """Whether none of some lines above numbers names their columns, or may be a title that is known. A row of
    numbers has so many cells with the empty ones at its end.
    """
    if (
        not above
        or width == 1
        or any(line.lstrip().startswith((*MARKS, '"', "|", "[", "{")) for line in above)
    ):
        return False
    cells = [_names_in(line.rstrip(), sign) for line in above]
    if sign != " " and any(any(map(is_measured, row)) for row in cells):
        return False
    last = above[-1].strip()
    if sign in _SIGNS[:3] and width < parted and width < len(cells[-1]) <= parted + 1:
        return False  # names, of which the last ones stand above nothing
    worded = next((line.strip() for line in reversed(above) if _A_LETTER.search(line)), last)
    if width > 1 and width in (len(_WIDE_GAP.split(worded)), len(_BLANKS.split(worded))):
        return False  # names, parted otherwise
    if last[-1] not in _ENDS_OF_SENTENCES:
        beside = (width - 1, width, width + 1) if sign == " " or len(above) == 1 else (width, width + 1)
        words = len(above) == 1 and width in (len(last.split()), len(words_in(last)))
        if len(cells[-1]) in beside or words:
            return False  # it may name the columns, or all but that of the rows' names
    elif len(cells[-1]) in (width, width + 1):
        return False
    return all(_A_LETTER.search(line) for line in above if line.strip(" -=+*_#>")) and len(above) < MOST_ABOVE
