"""Everything Python's own JSON reader lets through, or gives up on, is refused with its place."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats import strict_json
from nodegraph.formats.limits import (
    MAX_CONTAINERS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_DOCUMENT_BYTES,
    MAX_KEYS,
    MAX_VALUES,
)

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TOO_DEEP = f"This is nested more than {MAX_DEPTH} levels deep; that is no document."


def refusal(data: bytes | str) -> str:
    with pytest.raises(DocumentError) as caught:
        strict_json.parse(data.encode() if isinstance(data, str) else data)
    return str(caught.value)


words = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
plain_json = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=25,
)


@untimed
@given(plain_json, st.booleans())
def test_what_python_writes_is_read_as_it_was(value: object, ascii_only: bool) -> None:
    assert strict_json.parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@untimed
@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_document_error(data: bytes) -> None:
    with contextlib.suppress(DocumentError):
        strict_json.parse(data)


@untimed
@given(st.text(alphabet='[]{}",:\\ a1eE.-+tn', max_size=80))
def test_any_json_like_text_gives_what_python_gives_or_a_document_error(text: str) -> None:
    try:
        value = strict_json.parse(text.encode())
    except DocumentError:
        return
    assert value == json.loads(text)


def test_a_byte_order_mark_is_tolerated() -> None:
    assert strict_json.parse(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize("data", ["", " \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(data: bytes | str) -> None:
    assert refusal(data) == "The file is empty."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    assert refusal("\ufeff{}".encode(encoding)) == "The text is UTF-16; save it as UTF-8."


def test_what_is_not_utf_8_names_the_byte() -> None:
    said = refusal('{"a": "é"}'.encode("latin-1"))
    assert said.startswith(
        "This is no text in UTF-8 (the byte 0xe9 at offset 7), nor a file of a kind that is"
    )
    assert "if it is text, save it as UTF-8, else open a .nodegraph document" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "line 1, column 1: this is not JSON (expecting value)"),
        ('{\n "a" 1}', "line 2, column 6: this is not JSON (expecting ':' delimiter)"),
        (
            "{'a': 1}",
            "line 1, column 2: this is not JSON (expecting property name enclosed in double quotes)",
        ),
        ("[1] [2]", "line 1, column 5: this is not JSON (extra data)"),
        ('["a\tb"]', "line 1, column 4: this is not JSON (invalid control character)"),
        ('{"a": [1, 2', "line 1, column 12: the file ends too early; part of it is missing"),
        ('{"a": "bc', "line 1, column 7: the text that begins here is never closed"),
    ],
)
def test_what_is_not_json_names_line_and_column(text: str, said: str) -> None:
    assert refusal(text) == said


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_are_not_finite_name_their_place(constant: str) -> None:
    said = refusal(f'{{"nodes": [{{}}, {{"value": {constant}}}]}}')
    assert said == f"nodes[1].value: expected a finite number, found {constant}"


def test_a_whole_number_of_5000_digits_names_its_place() -> None:
    said = refusal('{"graph": {"x y": ' + "9" * 5_000 + "}}")
    assert said == 'graph["x y"]: expected a finite number, found a whole number of 5,000 digits'


def test_a_whole_number_within_the_limit_is_read() -> None:
    assert strict_json.parse(b"9" * MAX_DIGITS) == int("9" * MAX_DIGITS)


def test_a_key_that_stands_twice_names_its_place() -> None:
    assert (
        refusal('{"nodes": [{"id": "a", "op": "input", "id": "b"}]}')
        == 'nodes[0]: the key "id" stands here twice'
    )


def test_the_first_of_several_flaws_is_named() -> None:
    assert refusal('{"a": {"b": 1, "b": 2}, "c": NaN}').startswith("a: ")


def test_half_a_character_pair_names_its_place() -> None:
    assert refusal(r'{"graph": {"title": "\ud800"}}').startswith("graph.title: the text holds half")
    assert refusal(r'{"graph": {"\udfff": 1}}').startswith("graph: a key holds half")


def test_a_whole_character_pair_is_read() -> None:
    assert strict_json.parse(rb'"\ud83d\ude00"') == "😀"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        '{"graph": ' + "[{}," * 10_000,
        "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    ],
)
def test_nesting_beyond_the_limit_is_refused_without_recursion(text: str) -> None:
    assert refusal(text) == TOO_DEEP


def test_nesting_up_to_the_limit_is_read() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert strict_json.parse(text.encode()) == json.loads(text)


def test_brackets_inside_text_are_no_nesting() -> None:
    inside = '\\"[{\\\\' * 1_000
    assert strict_json.parse(f'{{"a": "{inside}"}}'.encode()) == {"a": '"[{\\' * 1_000}


def test_many_brackets_side_by_side_are_no_nesting() -> None:
    assert strict_json.parse(b"[" + b"[{}]," * 1_000 + b"1]")[-1] == 1


def test_more_values_than_any_document_has_are_refused_before_they_are_built() -> None:
    assert refusal(b"[" + b"1," * (MAX_VALUES + 1) + b"1]").startswith(
        f"This holds more than {MAX_VALUES:,} values"
    )


def test_more_objects_than_any_document_has_are_refused_before_they_are_built() -> None:
    said = refusal(b"[" + b"{}," * MAX_CONTAINERS + b"1]")
    assert said.startswith(f"This holds more than {MAX_CONTAINERS:,} lists and objects")


def test_more_bytes_than_any_document_has_are_refused() -> None:
    assert refusal(b" " * (MAX_DOCUMENT_BYTES + 1)).startswith("This is too large (48,000,001 bytes)")


def test_a_place_is_written_as_one_would_look_it_up() -> None:
    assert strict_json.inside("nodes[3]", "value") == "nodes[3].value"
    assert strict_json.inside("", "graph") == "graph"
    assert strict_json.inside("graph", "my key\n") == 'graph["my key\\n"]'


def test_what_was_found_is_shown_short() -> None:
    assert strict_json.shown("x" * 1_000) == '"' + "x" * 40 + '…"'
    assert strict_json.shown(10**60).endswith("…")


@pytest.mark.parametrize(
    "flaw",
    [
        '{"a": 1, "a": 2}',
        '{"deep": [[{"a": [1], "b": 1, "a": 2}]]}',
        '{"a": [1], "a": 2}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": -1E+999}',
        '{"a": %s.5e99}' % ("1" * 250),
        '{"a": %s}' % ("9" * (MAX_DIGITS + 1)),
        '{"a": %s}' % ("9" * 5_000),
        '{"a": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"a": 1,}',
    ],
)
def test_a_flaw_is_found_among_very_many_objects_as_among_few(flaw: str) -> None:
    many = ",".join(f'{{"id": "n{i}", "value": {i}.5}}' for i in range(2_000))
    few = refusal(f'{{"all": [{{"id": "n"}}, {flaw}]}}')
    assert (
        refusal(f'{{"all": [{{"id": "n"}}, {flaw}, {many}]}}').rpartition(": ")[2] == few.rpartition(": ")[2]
    )
    assert refusal(f'{{"all": [{many}, {flaw}]}}').rpartition(": ")[2] == few.rpartition(": ")[2]


def test_very_many_objects_are_read_as_python_reads_them() -> None:
    text = json.dumps(
        [{"id": f'a:"{i}"', "value": i * 1.5e99, "x": {"y": [i, {}]}, "1e1000": None} for i in range(2_000)]
    )
    assert strict_json.parse(text.encode()) == json.loads(text)


def test_more_different_keys_than_any_document_has_are_refused() -> None:
    objects = ",".join(f'{{"a{i}": 1, "b{i}": 2}}' for i in range(MAX_KEYS // 2 + 1))
    assert refusal(f"[{objects}]").startswith(f"This holds more than {MAX_KEYS:,} different keys")


@pytest.mark.parametrize("behind", ["[]", "[1, [2]]", '{"a": []}', "{}"])
@pytest.mark.parametrize("around", ["%s", '{"data": {"columns": %s}}', '{"nodes": [{"id": "a"}, [%s]]}'])
def test_more_keys_in_one_object_than_any_has_are_refused_before_it_is_built(
    around: str, behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_json.json, "loads", lambda *_, **__: pytest.fail("it was built"))
    keys = ",".join(f'"c{i}": {behind}' for i in range(MAX_KEYS + 1))
    assert refusal(around % f"{{{keys}}}").startswith(f"This holds more than {MAX_KEYS:,} keys in one object")


def test_as_many_lists_with_keys_are_read_where_no_object_has_too_many() -> None:
    text = json.dumps([{f"k{i}": [i] for i in range(MAX_KEYS // 2)} for _ in range(3)])
    assert strict_json.parse(text.encode()) == json.loads(text)


LARGE = (
    '{"nodes": ['
    + ", ".join(f'{{"v": {n}.5e-{n % 400}, "e{n}": "9e+99 3e12"}}' for n in range(600))
    + "NEXT]}"
)


@pytest.mark.parametrize(
    ("number", "reads"),
    [
        *(("1e99", True), ("-2.5E+300", True), ("1e-999", True), ("9" * 180, True), ("1e308", True)),
        *(("1e309", False), ("1.5E400", False), ("-1e+999", False), ("9" * 401, False)),
        *((f"1{'0' * 215}e95", False), ("1e0000000400", False)),
    ],
)
def test_a_number_in_a_large_text_is_refused_where_it_is_not_finite(number: str, reads: bool) -> None:
    for spaces in range(20):
        data = LARGE.replace("NEXT", f",{' ' * spaces}{number}").encode()
        if reads:
            assert strict_json.parse(data)["nodes"][-1] == json.loads(number)
        else:
            assert refusal(data).startswith("nodes[600]: expected a finite number")


def test_a_large_text_of_usual_numbers_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = LARGE.replace("NEXT", ', 1e99, "300e "').encode()
    monkeypatch.setattr(strict_json, "_Reader", None)
    assert strict_json.parse(data)["nodes"][-2:] == [1e99, "300e "]
