"""Formulas in a note are shown as they were typed; Markdown beside them stays Markdown."""

from __future__ import annotations

import pytest

from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.core.graph import notes
from nodegraph.core.graph.records import Note
from tests.canvas.conftest import Hand


def shown(note: str) -> str:
    """What a reader sees of this text."""
    return NoteItem(Note("note1", note, 0, 0))._text.toPlainText()


@pytest.mark.parametrize(
    "formula",
    [
        "L = a*b + c*f",
        "w**2 + b**2",
        "L = (a + b)*(c + d)*(e + f)",
        "∂L/∂a = 5*2 + 1*−4",
        "x_1*w_1 + x_2*w_2",
        "2 * 3 * 4",
        "σ(x)*σ(y)*2",
        "a[1]*b + c[2]*(d)",
        "`a*b + c*f` and a*b",
    ],
)
@pytest.mark.usefixtures("hand")
def test_a_formula_in_a_note_is_shown_with_all_its_asterisks(formula: str) -> None:
    assert shown(formula) == formula.replace("`", "")


@pytest.mark.parametrize(
    ("note", "plain"),
    [
        ("*this* and **that**", "this and that"),
        ("**loss**(L) is *small*", "loss(L) is small"),
        ("**e = a*b** holds", "e = a*b holds"),
        ("*open\n\na*b + c*d", "*open\na*b + c*d"),
        (r"a\*b + c\*d", "a*b + c*d"),
        ("* one\n* a*b", "one\na*b"),
        ("    a*b + c*d", "a*b + c*d"),
        ("    a*b\n\nc*d + e*f", "a*b\nc*d + e*f"),
        ("```\na*b + c*d\n```", "a*b + c*d"),
    ],
)
@pytest.mark.usefixtures("hand")
def test_emphasis_lists_and_code_stay_what_they_are(note: str, plain: str) -> None:
    assert shown(note).strip() == plain


def test_the_note_on_the_canvas_shows_the_formula(hand: Hand) -> None:
    hand.apply(notes.add_note(hand.scene.graph, "L = a*b + c*f", 0, 0))
    assert hand.scene.surroundings.notes["note1"]._text.toPlainText() == "L = a*b + c*f"


def test_what_is_not_seen_is_written_out_and_lines_stay() -> None:
    assert shown("one\n\ntwo \u202egnp") == "one\ntwo \\u202egnp"
