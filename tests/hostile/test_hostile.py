"""Every hostile file, at its small size, is refused in one sentence; and the limits hold for the whole of a
file, before anything is built from it. `scripts/sweeps/hostile.py` reads them at full size, with a clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import NodegraphError
from nodegraph.core.operations import typed_text
from nodegraph.formats import files, png, strict_json
from nodegraph.formats.cells import table_printed
from nodegraph.formats.foreign.formula_files import is_to_be_read_as_text
from nodegraph.formats.foreign.networks import read_network
from nodegraph.formats.foreign.reading import network_in
from nodegraph.formats.limits import MAX_PACKED_TEXT
from nodegraph.formats.pictures import packing
from nodegraph.formats.tables import csv_table, table_reading
from nodegraph.lessons import reader
from tests.hostile import generator
from tests.hostile.generator import SHELVES, Case


def read_formula(path: Path) -> None:
    parse(path.read_text())


def read_network_of(path: Path) -> None:
    data = path.read_bytes()
    assert not is_to_be_read_as_text(path.name, data)
    read_network(network_in(data))


READERS: dict[str, Callable[[Path], object]] = {
    "document": files.load,
    "picture": files.load,
    "table": csv_table.read,
    "lesson": reader.load,
    "formula": read_formula,
    "network": read_network_of,
}


@pytest.mark.parametrize(
    ("kind", "case"),
    [pytest.param(kind, case, id=name) for kind, cases in SHELVES.items() for name, case in cases.items()],
)
def test_it_is_refused_in_one_sentence(kind: str, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(case.make(case.small))
    with pytest.raises(NodegraphError) as caught:
        READERS[kind](path)
    said = str(caught.value)
    assert said.isprintable()
    assert 10 < len(said) < 400


@pytest.mark.parametrize(
    "name",
    ["many_nodes_at_once", "many_keys_in_one_object", "many_numbers", "many_empty_lists", "deep_lists"],
)
def test_what_holds_too_much_is_refused_before_it_is_parsed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "many_nodes_at_once":
        data = generator.many_nodes(710_000)
    else:
        case = generator.DOCUMENTS[name]
        data = case.make(case.small)
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("this was parsed"))
    with pytest.raises(NodegraphError, match=r"This (holds more|is nested)"):
        strict_json.parse(data)


@pytest.mark.parametrize("name", ["a_formula_of_megabytes", "remarks_without_end", "prompts_without_end"])
def test_a_text_that_is_too_long_is_refused_before_anything_goes_through_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_text, "without_prompts", lambda _text: pytest.fail("this was read"))
    with pytest.raises(NodegraphError, match="the text is longer than"):
        parse(generator.FORMULAS[name].make(1_100_000).decode())


def test_a_word_longer_than_any_cell_is_looked_through_for_no_printout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_printed, "as_lines", lambda _text: pytest.fail("this was read"))
    text = generator.TABLES["one_long_header"].make(200_000).decode()
    assert table_printed.as_table(text) == text


def test_the_first_lines_alone_tell_how_a_table_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    first_rows_of, lines = table_reading.first_rows_of, list[int]()

    def counted(start: str, *more: Any) -> Any:
        lines.append(start.count("\n"))
        return first_rows_of(start, *more)

    monkeypatch.setattr(table_reading, "first_rows_of", counted)
    table_reading.assume(generator.TABLES["rows_of_a_blank"].make(90_000).decode())
    assert 0 < max(lines) <= table_reading.LONGEST_START_LINES


def test_the_texts_of_a_picture_are_unpacked_within_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = []
    inflate = packing.inflated

    def counted(packed: bytes, room: int, limit: int, kind: str) -> bytes:
        content = inflate(packed, room, limit, kind)
        unpacked.append(len(content))
        return content

    monkeypatch.setattr(packing, "inflated", counted)
    with pytest.raises(NodegraphError, match="larger than"):
        png.extract(generator.many_packed_texts(MAX_PACKED_TEXT // 3))
    assert 0 < sum(unpacked) <= MAX_PACKED_TEXT


def test_brackets_and_quotes_inside_strings_are_counted_nowhere() -> None:
    text = r'[{"\\' * 50_000 + '"' * 3
    value = {"a": [text] * 4, "b": {"\\": '"[' * 200_000}}
    assert strict_json.parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize("shift", range(8))
def test_an_escape_across_two_pieces_is_read_as_one(shift: int) -> None:
    value = ["x" * shift, '\\"[' * 200_000, [1] * 100]
    assert strict_json.parse(json.dumps(value).encode()) == value


def test_a_table_of_blank_lines_between_its_rows_is_no_hostile_one() -> None:
    assert csv_table.read(b"x\n1\n\n2\n\n").columns == (("x", (1.0, 2.0)),)
