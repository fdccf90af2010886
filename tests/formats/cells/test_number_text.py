"""Numbers read many at a time are those of `float`, to the last bit, and nothing else is taken for one."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.formats.cells import number_text
from nodegraph.formats.cells.number_text import read_numbers


@pytest.fixture(autouse=True)
def reader() -> None:
    """No reader of tables is asked here."""


def read(cells: Sequence[str]) -> list[str] | None:
    """The numbers of a column, as text of all their bits; None where it is refused."""
    found = read_numbers("".join(f"{cell}\n" for cell in cells).encode(), ",", 1)
    return None if found is None else [number.hex() for number in found[:, 0].tolist()]


def written(rng: random.Random) -> str:
    """A number as programs and people write them, long or short, with or without a power of ten."""
    digits = "".join(rng.choice("0123456789") for _ in range(rng.randint(1, 21)))
    place = rng.randint(0, len(digits))
    text = rng.choice(["", "", "-", "+"]) + digits[:place] + rng.choice([".", ".", ""]) + digits[place:]
    return text + rng.choice(["", "", f"e{rng.randint(-25, 25)}", f"E+{rng.randint(0, 30):02}"])


@pytest.mark.parametrize("seed", range(20))
def test_numbers_are_those_of_float(seed: int) -> None:
    rng = random.Random(seed)
    plain = [repr(rng.gauss(0, 1)) for _ in range(3000)]  # with which the others are no more than a few
    cells = [*plain, *(written(rng) for _ in range(300))]
    assert read(cells) == [float(cell).hex() for cell in cells]


def test_numbers_half_way_between_two_are_rounded_as_float_rounds_them() -> None:
    rng, cells = random.Random(1), []
    for _ in range(2000):
        low = rng.randrange(2**53, 2**54, 2)
        cells += [str(low + 1), f"{low // 10**9}.{low % 10**9:09}", str(low * 8 + 8), str(low * 8 + 7)]
    cells += [f"{place / 8 + 2.0**-60:.19f}" for place in range(2000)]
    cells += [str(10**19 - 1), "9007199254740993", "18014398509481990", "0.5", "0.25"] * 20
    apart = [read([*["1"] * 20, cell]) for cell in cells]
    assert apart == [[*[(1.0).hex()] * 20, float(cell).hex()] for cell in cells]


def test_most_are_told_without_float(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_text, "float", lambda _text: pytest.fail("asked"), raising=False)
    drawn = np.random.default_rng(1).normal(size=(500, 4))
    for form in ("%.17g", "%.3f", "%d", "%.18e"):
        cells = [[form % number for number in row] for row in drawn[(np.abs(drawn) > 1e-3).all(axis=1)]]
        found = read_numbers("".join(",".join(row) + "\n" for row in cells).encode(), ",", 4)
        assert found is not None
        assert found.tolist() == [[eval(cell) for cell in row] for row in cells]


WRONG = [
    "", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e-", "1ee5", "1e5.3", "1.2.3", "1..2", "--1", "1-", "1-2",
    "1_000", "nan", "inf", "-inf", "0x10", "1d3", "1 2", "1,2", "a", "1a", "½", "٣", "1\x00", '"1"', "e",
    "1e5e", "1.e", "+-1", "1e1-", ":1", "1:", "/1", "1/",
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("others", [["1.5"] * 20, ["2e5"] * 20, ["-3e-7"] * 20])
def test_what_is_no_number_is_refused(wrong: str, others: list[str]) -> None:
    for cells in ([wrong, *others], [*others, wrong], [*others, wrong, *others]):
        assert read(cells) is None


@pytest.mark.parametrize(
    "text", ["", "\n", "1\n2,3\n", "1,2\n3\n", "1,2,3\n4\n", "1,2\n\n3,4\n", ",\n", "1,2\n3,4,\n", "1\n2\n"]
)
def test_lines_of_another_width_are_refused(text: str) -> None:
    assert read_numbers(text.encode(), ",", 2) is None


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=30), st.booleans())
def test_what_python_writes_it_reads(numbers: list[float], exponents: bool) -> None:
    cells = [f"{number:.17e}" if exponents else repr(number) for number in numbers] + ["1.5"] * 300
    assert read(cells) == [float(cell).hex() for cell in cells]


@given(st.text(alphabet="0123456789.-+eE, \r\n", max_size=30))
def test_whatever_stands_there_is_read_as_by_float_or_refused(text: str) -> None:
    lines = f"{'1,2' + chr(10)}" * 20 + text + "\n"
    found = read_numbers(lines.encode(), ",", 2)
    if found is not None:
        rows = [line.split(",") for line in lines.replace("\r\n", "\n").split("\n")[:-1]]
        assert found.tolist() == [[float(cell) for cell in row] for row in rows]
