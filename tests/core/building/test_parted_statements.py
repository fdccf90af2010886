"""Several statements in one line, as people give values behind a formula."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import text_of
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x = 2, y = 3", "x = 2; y = 3"),
        ("x = 2, y = 3, L = x*y", "x = 2; y = 3; L = x*y"),
        ("L = x*y, x = 2, y = 3", "x = 2; y = 3; L = x*y"),
        ("L = x*y where x = 2, y = 3", "x = 2; y = 3; L = x*y"),
        ("L = x*y, where x = 2 and y = 3", "x = 2; y = 3; L = x*y"),
        ("L = max(x, y) for x = 1, y = 2  # or x = 2, y = 3", "x = 1; y = 2; L = max(x, y)"),
        ("L = y^2, with y = w*x", "y = w*x; L = y^2"),
        ("L = x*y at x = 2, y = 3", "x = 2; y = 3; L = x*y"),
        ("L = x*y (x = 2, y = 3)", "x = 2; y = 3; L = x*y"),
        ("L = (x + 1)*y  [x = 2; y = 1e-3]  # as in the book", "x = 2; y = 1e-3; L = (x + 1)*y"),
        ("v = u + a*t (with u=3, a=9.81 and t=2)", "u = 3; a = 9.81; t = 2; v = u + a*t"),
        ("a = x*3 (x = 2)\nL = a*w (w = -4)", "a = x*3; x = 2\nL = a*w; w = -4"),
        ("L = x*y (x = 2, y = 3) \r\n", "x = 2; y = 3; L = x*y"),
        ("L = max(x,\n y), x = 2, y = 3", "x = 2; y = 3; L = max(x, y)"),
        ("x₁ = ½, x₂ = 3²\nL = x₁·x₂", "x1 = 0.5; x2 = 3**2; L = x1*x2"),
        ("f(x, y) = x²·y, x = 2, y = 3", "x = 2; y = 3; f = x²*y"),
        ("w, b = 0.5, 1, x = 2\nw*x + b", "w = 0.5; b = 1; x = 2; w*x + b"),
        ("a = Value(2.0, label='a, b = 3'), b = 4\na*b", "a = input(2); b = 4; a*b"),
        ("f = lambda x, y=2: x*y\nf(3)", "y = input(2); x = input(3); f = x*y"),
    ],
)
def test_a_comma_or_a_word_before_a_name_and_its_sign_parts_two_statements(text: str, same: str) -> None:
    assert text_of(parse(text)) == text_of(parse(same))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("x = 2,5, y = 3", 6, "a decimal has a point"),
        ("x = 1, y == 2", 6, "a comma parts the operands"),
        ("x = 1, y = 2 z = 3", 14, "a new statement begins on a line of its own or behind a semicolon"),
        ("x = 2, y = 3, z = x*y.", 22, "leave out the full stop"),
        ("L = sin (x = 2)", 5, "takes its operands by place"),
        ("x = 2, y = w", 8, "the name y would only be another name for w"),
    ],
)
def test_what_else_stands_in_such_a_line_is_told_at_its_place(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError, match=said) as told:
        parse(text)
    assert told.value.column == column
