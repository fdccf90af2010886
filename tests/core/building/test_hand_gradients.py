"""Programs that go on, below what they compute, with gradients by hand and with what they change by them."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import text_of
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.errors import TextError

BY_HAND = "seems to be a gradient by hand; leave such lines out, for the backward pass computes them"


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("q = x + y\nf = q*z\ndfdz = q\ndfdq = z\ndfdx = 1.0*dfdq", 3, "dfdz"),
        ("num = x + 1\ninvden = 1/y\nf = num*invden\ndnum = invden\ndinvden = num\ndx = 1*dnum", 4, "dnum"),
        ("z = w*x + b\na = tanh(z)\ndz = a - y\ndw = x*dz\ndb = dz", 5, "db"),
    ],
)
def test_a_gradient_by_hand_that_is_another_name_for_a_value_is_refused_as_that(
    text: str, line: int, name: str
) -> None:
    with pytest.raises(TextError, match=f"{name} {BY_HAND}") as told:
        parse(text)
    assert told.value.line == line


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("h = tanh(w*x)\nL = (h - t)**2\ngrad_h = 2*(h - t)", f"grad_h {BY_HAND}"),
        ("y = w*x\nL = (y - t)**2\ndL_dy = 2*(y - t)\ndL_dw = dL_dy*x", f"dL_dy {BY_HAND}"),
        ("y = w*x\nL = y**2\ny_grad = 2*y", f"y_grad {BY_HAND}"),
    ],
)
def test_gradients_by_hand_at_the_end_are_told_of(text: str, note: str) -> None:
    said = whole_text_note(parse(text))
    assert note in said
    assert re.search(r"The output is \w+; L is no part of it\.", said)


@pytest.mark.parametrize(
    "text",
    [
        "y_hat = w*x\ndy = y_hat - y\nL = dy**2",
        "dx = 0.1\nx1 = x + dx",
        "d = a*b\ne = d + c\nde = d*e",
        "y_hat = w*x\ndy = y_hat - y",
        "t\nx\ndt = 0.1*t\nx*dt",
    ],
)
def test_differences_and_steps_are_no_gradients_by_hand(text: str) -> None:
    assert "by hand" not in whole_text_note(parse(text))


def test_the_text_of_a_graph_with_such_names_is_read_again() -> None:
    text = text_of(parse("y = w*x\nL = y**2\ndy = 2*y"))
    assert text_of(parse(text)) == text


def test_what_a_program_changes_behind_its_loss_is_told_to_be_the_output() -> None:
    graph = parse("w = 0.5\nx = 2\nL = (w*x - t)**2\nw -= 0.1*x")
    assert whole_text_note(graph).startswith("The output is w; L is no part of it.")


def test_a_new_value_of_a_name_that_has_none_before_is_to_have_another_name() -> None:
    said = "the name w is used here before its own statement; give its new value another name, such as w_new"
    with pytest.raises(TextError, match=said):
        parse("y = w*x\nw = w - 0.1*y")
