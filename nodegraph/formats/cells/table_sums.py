"""Sums and means that people write below a table: which of its last rows only say what those above come to.

A row that is called a total may also be one of a class, so its numbers decide. Knows cells as text only.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise, takewhile

from nodegraph.formats.cells.table_cells import is_number, measure_of, number_of

Statistic = Callable[[Sequence[float]], float]
_SUBTOTALS = (
    *("subtotal", "sub-total", "zwischensumme", "teilergebnis", "sous-total", "subtotale", "subtotaal"),
    *("小计", "小計"),
)
_OF_ALL = ("all", "result", "ergebnis")
"""As pandas and LibreOffice name totals, and Excel in German."""
_TOTALS = (
    *(
        "total",
        "totals",
        "grand total",
        "total result",
        "sum",
        "итого",
        "всего",
        "合计",
        "合計",
        "总计",
        "總計",
    ),
    *(
        "summe",
        "gesamt",
        "gesamtsumme",
        "endsumme",
        "gesamtergebnis",
        "totaal",
        "eindtotaal",
        "totalt",
        "summa",
    ),
    *(
        "somme",
        "total général",
        "total general",
        "total geral",
        "totale",
        "totale complessivo",
        "suma",
        "razem",
    ),
    *(*_SUBTOTALS, *_OF_ALL),
)
_MEANS = (
    *("mean", "means", "average", "avg", "mittelwert", "mittel", "mw", "durchschnitt", "ø", "moyenne"),
    *("media", "média", "promedio", "среднее", "mean value", "average value", "arithmetic mean"),
    *("arithm mittel", "arithmetisches mittel", "durchschnittswert", "x̄", "moyenne arithmétique"),
    *("macro avg", "micro avg", "weighted avg", "samples avg"),  # as scikit-learn reports
)
_DEVIATIONS = (
    *("s", "σ", "std", "sd", "stdev", "stddev", "std dev", "st dev", "std deviation", "standard deviation"),
    *("stdabw", "std abw", "stabw", "standardabweichung", "écart-type", "écart type", "ecart-type"),
    *("desviación estándar", "desviación típica", "deviazione standard", "desvio padrão"),
)
_ERRORS = (
    *("se", "sem", "std error", "std err", "standard error", "standard error of the mean", "standardfehler"),
)
_VARIANCES = ("variance", "var", "varianz")
_VARIATIONS = ("cv", "cv%", "cv %", "cv (%)", "cv [%]", "rsd", "rsd%", "rsd %", "rsd (%)", "rsd [%]")


def _deviation(numbers: Sequence[float]) -> float:
    return statistics.stdev(numbers) if len(numbers) > 1 else 0.0


def _error(numbers: Sequence[float]) -> float:
    return _deviation(numbers) / math.sqrt(len(numbers))


def _variation(numbers: Sequence[float]) -> float:
    return _deviation(numbers) / statistics.fmean(numbers)


_WORDS: Mapping[str, tuple[Statistic, ...]] = {
    **dict.fromkeys(_TOTALS, (math.fsum, statistics.fmean)),
    **dict.fromkeys(_MEANS, (statistics.fmean,)),
    **dict.fromkeys(_DEVIATIONS, (_deviation, statistics.pstdev)),
    **dict.fromkeys(_ERRORS, (_error,)),
    **dict.fromkeys(_VARIATIONS, (_variation, lambda numbers: 100 * _variation(numbers))),
    **dict.fromkeys(_VARIANCES, (statistics.pvariance, lambda numbers: _deviation(numbers) ** 2)),
    **dict.fromkeys(("median", "médiane", "mediana"), (statistics.median,)),
    **dict.fromkeys(("min", "minimum"), (min,)),
    **dict.fromkeys(("max", "maximum"), (max,)),
    **dict.fromkeys(("count", "n", "anzahl"), (len,)),
}
"""What spreadsheets write before what they compute of the columns above, in small letters, and what it is."""
_NAMES = frozenset(("max", "n", "s", "σ", "se", "sd", "mw", "media", "var", "cv", "mittel", *_OF_ALL))
"""Of those, what people, parties and classes are called too: all numbers of their rows have to agree."""
_EXTREMES = ("min", "minimum", "max", "maximum")
_COUNTED = ("count", "anzahl")
_PARTS = frozenset((*_TOTALS, *_MEANS, *_DEVIATIONS, *_ERRORS, *_EXTREMES, *_COUNTED))
"""Of those, what stands before or behind the name of a group, too."""
_FIRST_WORDS = frozenset(words.replace("-", " ").split()[0] for words in _WORDS)
_ANY_WORD = re.compile(r"[^\W\d_][\w%]*")
_PARTS_OF_WORDS = re.compile(r"[^\W_][\w-]*")
_MOST_OTHERS = 200
"""Rows that are called so and are no sums, after which the word is the name of something else."""
_MOST_FOLLOWING = 3
"""So many rows below one of sums are compared with the same rows above."""
_LEAST_ADDED, _MOST_ADDED = 3, 2_000
"""Of so many rows it is looked whether one without a name adds them up."""
_NEAR = 0.005
"""Of a number; sums of numbers that were rounded are off by some."""


def is_sum_word(cell: str) -> bool:
    """Whether a cell names what a row computes of those above, as in “Total:”."""
    return _word(cell) in _WORDS


def is_summary(cells: Sequence[str]) -> bool:
    """Whether the first cells of all rows name what describes other data, as `describe` of pandas does."""
    named = {_word(cell) for cell in cells}
    return {"mean", "std", "min", "max"} <= named <= {*_WORDS, "25%", "50%", "75%", "unique", "top", "freq"}


def sums_below(rows: Sequence[Sequence[str]], numbers: Sequence[int], decimal: str) -> tuple[int, int]:
    """Returns how many of the last rows only hold sums or means of those above, by their numbers or since a
    line stands between; where none does, how many are called so.

    The first of them whose numbers agree ends the data, whatever those below it hold.

    >>> sums_below([["a", "1"], ["b", "3"], ["Mean", "2"], ["SD", "1.41"]], [2, 3, 4, 5], ".")
    (2, 0)
    >>> sums_below([["a", "1"], ["b", "3"], ["Total", "9"]], [2, 3, 4], ".")
    (0, 1)
    """
    start = len(rows)
    while start and sum_word(rows[start - 1]):
        start -= 1
    called = [_word(sum_word(row)) for row in rows[start:]]
    words = dict.fromkeys(called)
    if not start or not called or any(_word(sum_word(row)) in words for row in rows[:start]):
        return 0, 0
    gaps = [below - above for above, below in pairwise(numbers[: start + 1])]
    if gaps[-1] > max(gaps[:-1], default=1):
        return len(called), 0
    for word in words:
        place = start + called.index(word)
        columns = [_numbers(column, decimal) for column in zip(*(_padded(rows, place)), strict=True)]
        if _agrees(rows[place], columns, decimal, word):
            return len(rows) - place, 0
    return 0, len(called)


def is_nameless_total(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the last row, in which no word stands, holds the sum of each column, as a spreadsheet adds it.

    >>> is_nameless_total([["1.5", "a"], ["2", "b"], ["4", "c"], ["7.5", ""]], ".")
    True
    """
    *above, last = rows
    if not _LEAST_ADDED <= len(above) <= _MOST_ADDED or sum(map(bool, above[0])) < 2:
        return False
    for place, cell in enumerate(last):
        if not cell:
            continue
        column = _numbers([row[place] for row in above if place < len(row)], decimal)
        number = _number(cell, decimal)
        try:
            total = math.fsum(column)
        except (OverflowError, ValueError):  # beyond all numbers, or ∞ − ∞
            return False
        if number is None or len(column) < _LEAST_ADDED or not total:
            return False
        if abs(number - total) > max(1e-9 * abs(total), _half(cell, decimal)):
            return False
    return any(last)


def sums_between(rows: Sequence[Sequence[str]], decimal: str) -> dict[int, str]:
    """Returns the words of rows that are called sums, by their places, where one among the others is called a
    sum of some, or comes to what those above it do, since the last such row, as after each group of rows.

    A row whose word is only a part of its cell, as in “North Total”, is one where its numbers agree.

    >>> sums_between([["a", "1"], ["b", "3"], ["Mean", "2"], ["c", "5"]], ".")
    {2: 'Mean'}
    """
    called = {place: _first_words(row) for place, row in enumerate(rows) if _may_be_sum(row)}
    found = {place: cell for place, cell in called.items() if is_sum_word(cell)}
    is_between = any(_word(cell) in _SUBTOTALS for cell in found.values())
    above: Sequence[Sequence[str]] = ()
    start, following, others = 0, 0, 0
    end = len(rows) - sum(1 for _ in takewhile(found.__contains__, reversed(range(len(rows)))))
    for place, cell in called.items():
        words = [_word(cell)] if place in found else _outer_words(cell)
        if place >= end or others > _MOST_OTHERS:
            break
        if not words:
            continue
        row = rows[place]
        above, following = (rows[start:place], 0) if place > start else (above, following + 1)
        start = place + 1
        if not above or following > _MOST_FOLLOWING:
            continue
        columns = [_numbers(cells, decimal) for cells in zip(*_padded(above, len(above)), strict=True)]
        if any(_agrees(row, columns, decimal, word) for word in words):
            found[place] = cell
            is_between |= len(above) > 1
        else:
            others += 1
    return dict(sorted(found.items())) if is_between else {}


def _may_be_sum(row: Sequence[str]) -> bool:
    """Whether a word that names sums begins with one of those in a row: of most rows none does."""
    text = " ".join(row).lower()
    if not _FIRST_WORDS.isdisjoint(_ANY_WORD.findall(text)):
        return True
    return "." in text and not _FIRST_WORDS.isdisjoint(_ANY_WORD.findall(text.replace(".", "")))


def sum_word(row: Sequence[str]) -> str:
    """Returns the word before sums in a row, which is its first one; "" without.

    >>> sum_word(["", "Total:", "6"]), sum_word(["a", "Total", "6"])
    ('Total:', '')
    """
    first = _first_words(row)
    return first if is_sum_word(first) else ""


def _first_words(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell and not is_number(cell)), "")


def _outer_words(cell: str) -> list[str]:
    """The words before sums that a cell begins or ends with."""
    words = _PARTS_OF_WORDS.findall(cell.lower())
    return [word for word in (words[0], words[-1]) if word in _PARTS] if len(words) > 1 else []


def _word(cell: str) -> str:
    return " ".join(cell.lower().replace(".", "").rstrip(" :").split())


def _padded(rows: Sequence[Sequence[str]], count: int) -> Iterable[Sequence[str]]:
    width = max(map(len, rows))
    return ([*row, *[""] * (width - len(row))] for row in rows[:count])


def _numbers(cells: Sequence[str], decimal: str) -> list[float]:
    """The numbers of a column; none where most of its cells hold something else."""
    held = [cell for cell in cells if cell]
    found = [number for cell in held if (number := _number(cell, decimal)) is not None]
    return found if 2 * len(found) > len(held) else []


def _number(cell: str, decimal: str) -> float | None:
    number = number_of(cell, decimal)
    measure = measure_of(cell, decimal) if number is None else None
    return measure[0] if measure else number


def _agrees(row: Sequence[str], columns: Sequence[Sequence[float]], decimal: str, word: str) -> bool:
    """Whether at least half of the numbers in a row, and one, are what the word says of the columns; all of
    them where the word may be a name, or is a part of one.
    """
    may_be_name = word in _NAMES or not sum_word(row)
    agree = compared = 0
    for cell, column in zip(row, columns, strict=False):
        number = _number(cell, decimal)
        if number is None or not column:
            continue
        compared += 1
        meant = _come_to(column, word)
        agree += any(abs(number - one) <= max(_NEAR * abs(one), _half(cell, decimal)) for one in meant)
    return 0 < compared <= (agree if may_be_name else 2 * agree)


def _come_to(column: Sequence[float], word: str) -> list[float]:
    """What the numbers of a column come to by a word; nothing where there is no such number."""
    try:
        return [one(column) for one in _WORDS[word]]
    except (OverflowError, ZeroDivisionError):
        return []


def _half(cell: str, decimal: str) -> float:
    """Half a unit in the last place of a number with decimals, which may have been rounded to them."""
    digits = cell.partition(decimal)[2]
    return 0.5 * 10.0 ** -len(digits) if digits.isdecimal() and len(digits) < 20 else 0.0
