"""What people write behind a formula, such as what it comes to, and before it, as in a spreadsheet: each is
told at its place, with what to write or to leave out.
"""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("z = w·x + b = 2·3 + 1 = 7", 1, 13, "a statement has one =; leave out = 2·3 + 1 = 7"),
        ("t = 0\ny = x + 1 = 3  # so", 2, 11, "a statement has one =; leave out = 3"),
        ("f(x) = x^2 = 4; M = 2", 1, 12, "a statement has one =; leave out = 4"),
        ("y = (a*b) = 6", 1, 11, "a statement has one =; leave out = 6"),
        ("y = 2*x (= 6)", 1, 9, "leave out (= 6), which is what the formula comes to"),
        ("a = σ(z) ≈ 0.999", 1, 10, "leave out ≈ 0.999, which is what the formula comes to"),
        ("t = 0\na = x*2 (≈ 0.67)\n", 2, 10, "leave out (≈ 0.67), which is what the formula comes to"),
        (
            "a ≈ 0.9\nb = c ≈ 1",
            1,
            3,
            "write = between a name and its formula, and leave out what that comes to",
        ),
        ("=", 1, 1, "a name stands before =; write one"),
        ("= =", 1, 1, "a name stands before =; write one"),
        ("=A1+B1", 1, 1, "a name stands before =; write one, as in y = …, or leave the = out"),
        ("=-A1^2+B1", 1, 1, "what a spreadsheet takes -A1^2 for is written (-A1)^2 here"),
        ("y = w*x\n(3)", 2, 2, "leave out a number that stands by itself"),
        ("a = 2\na*3\n6.5", 3, 1, "it computes nothing; for a constant, write k = 6.5"),
        ("=2*-A1²", 1, 1, "what a spreadsheet takes -A1² for is written (-A1)² here"),
    ],
)
def test_what_is_to_be_left_out_is_said_at_its_place(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert said in told.value.message
    assert (told.value.line, told.value.column) == (line, column)


def test_names_that_share_a_value_are_no_value_that_is_told_twice() -> None:
    for text in ("a = b = 2", "f(x) = g(x) = x^2", "if x > 0 then y = x else y = 0"):
        with pytest.raises(TextError) as told:
            parse(text)
        assert "leave out" not in told.value.message


def test_an_index_behind_the_end_of_a_sum_is_told_where_it_stands_and_how_far_the_sum_goes() -> None:
    text = r"\ell = \sum_{i=1}^{2} y_i \log h_i + (1-y_i)\log(1-h_i)"
    with pytest.raises(TextError, match=r"a sum ends before a [+] or a -, unless its terms") as told:
        parse(text)
    assert told.value.column == text.rindex("h_i") + 1
    with pytest.raises(TextError, match="x_i may be x1, x2") as told:
        parse("y = x1 + x2 + x_i")
    assert told.value.column == 15
    assert "a sum ends" not in told.value.message


def test_a_number_alone_is_a_constant() -> None:
    graph = parse("3")
    assert [graph.node(node_id).value for node_id in graph.node_ids] == [3.0]
