"""Notes on the canvas: drawn, moved, resized and written in, with real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMargins, QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.fields.note_field import NoteField
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.canvas.items.note_markdown import escaped_products
from nodegraph.canvas.picture import PictureOptions, area_of, render, scene_of
from nodegraph.canvas.pictures.text_lines import text_lines
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits, notes
from tests.canvas.conftest import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = "# Loss\n\nSee *this* and **that**:\n\n- one\n- two [link](http://example.org) ![picture](/etc/passwd)"


@pytest.fixture
def note(hand: Hand) -> NoteItem:
    """A note in a free corner."""
    hand.apply(notes.add_note(hand.scene.graph, TEXT, 248, 360, 200, 120))
    return hand.scene.surroundings.notes["note1"]


def test_a_note_moves_by_a_drag(hand: Hand, note: NoteItem) -> None:
    start = note.rect.center()
    hand.begin_drag(start, start + QPointF(30, 20))
    assert note.pos() == QPointF(280, 384)
    hand.release(start + QPointF(30, 20))
    assert hand.wanted == [("arrange", {}, {"note1": (280.0, 384.0)})]
    assert hand.scene.selected_notes() == ["note1"]


def test_notes_and_nodes_move_together(hand: Hand, note: NoteItem) -> None:
    hand.scene.select(["a"], notes=["note1"])
    hand.drag(hand.header("a"), hand.header("a") + QPointF(16, 8))
    assert hand.wanted == [("arrange", {"a": (16.0, 8.0)}, {"note1": (264.0, 368.0)})]


def test_the_field_of_a_note_is_brought_to_where_all_of_it_is_seen(hand: Hand, note: NoteItem) -> None:
    view = hand.view
    view.set_center(
        note.rect.topLeft() - QPointF(view.width(), view.height()) / 2 / view.zoom + QPointF(40, 30)
    )
    assert not view.viewport().rect().contains(view.mapFromScene(note.rect).boundingRect())
    view.reserve("a card", QMargins(0, 0, 0, 90))
    view.edit_note("note1")
    assert view.room().contains(view.field.geometry())
    center = view.center()
    view.close_field()
    view.edit_note("note1")
    assert view.center() == center  # all of it is seen: nothing moves


def test_escape_brings_a_moved_note_back(hand: Hand, note: NoteItem) -> None:
    start = note.rect.center()
    hand.begin_drag(start, start + QPointF(30, 20))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start)
    assert note.pos() == QPointF(248, 360)
    assert hand.wanted == []


def test_the_corner_resizes_a_note(hand: Hand, note: NoteItem) -> None:
    corner = note.corner.center()
    hand.begin_drag(corner, corner + QPointF(41, 30))
    assert (note.size.width(), note.size.height()) == (240, 152)
    hand.release(corner + QPointF(41, 30))
    assert hand.wanted == [("size", "note1", 240.0, 152.0)]


def test_a_note_given_up_while_it_is_resized_keeps_its_size(hand: Hand, note: NoteItem) -> None:
    corner = note.corner.center()
    hand.begin_drag(corner, corner + QPointF(-400, -300))
    assert note.size.width() >= 24
    hand.key(Qt.Key.Key_Escape)
    hand.release(corner)
    assert note.size.width() == 200
    assert hand.wanted == []


def field_of(hand: Hand) -> NoteField:
    assert isinstance(hand.view.field, NoteField)
    return hand.view.field


def test_a_double_click_writes_and_ctrl_enter_takes_it(hand: Hand, note: NoteItem) -> None:
    hand.double_click(note.rect.center())
    field = field_of(hand)
    field.selectAll()
    QTest.keyClicks(field, "Two")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "lines")
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert hand.wanted == [("text", "note1", "Two\nlines")]
    assert hand.view.field is None


def test_escape_takes_what_was_written_and_asks_for_nothing_where_nothing_was(
    hand: Hand, note: NoteItem
) -> None:
    for typed in ("Long thoughts", ""):
        hand.wanted.clear()
        hand.scene.select(notes=["note1"])
        hand.key(Qt.Key.Key_Return)
        field = field_of(hand)
        if typed:
            field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert hand.wanted == ([("text", "note1", typed)] if typed else [])
        assert hand.view.field is None


def test_a_click_beside_it_takes_what_was_written(hand: Hand, note: NoteItem) -> None:
    hand.view.edit_note("note1")
    field_of(hand).setPlainText("Taken")
    hand.click(QPointF(600, 460))
    assert hand.wanted == [("text", "note1", "Taken")]


def test_a_note_too_long_is_refused_and_stays_open(hand: Hand, note: NoteItem) -> None:
    hand.view.edit_note("note1")
    field_of(hand).setPlainText("x" * (notes.MAX_NOTE + 1))
    QTest.keyClick(field_of(hand), Qt.Key.Key_Return, CTRL)
    assert hand.wanted == []
    assert hand.view.field is not None
    assert "note" in hand.hints[-1]


def test_a_note_deleted_while_one_writes_takes_its_field_along(hand: Hand, note: NoteItem) -> None:
    hand.view.edit_note("note1")
    hand.apply(edits.remove(hand.scene.graph, [], note_ids=["note1"]))
    assert hand.view.field is None
    assert hand.scene.surroundings.notes == {}
    assert hand.wanted == []


def test_a_box_selects_the_notes_it_touches(hand: Hand, note: NoteItem) -> None:
    hand.drag(QPointF(600, 470), QPointF(430, 400))
    assert hand.scene.selected_notes() == ["note1"]
    hand.click(QPointF(600, 470))
    assert hand.scene.selected_notes() == []


def test_notes_lie_behind_edges_and_cards(hand: Hand, note: NoteItem) -> None:
    hand.apply(notes.move_notes(hand.scene.graph, {"note1": (-20, -20)}))
    hand.click(hand.header("a"))
    assert hand.chosen == ["a"]
    assert hand.scene.selected_notes() == []


def test_pictures_show_notes_and_nothing_is_fetched_for_them(hand: Hand, note: NoteItem) -> None:
    graph = hand.scene.graph
    frame = run(graph).last_frame
    image = render(graph, frame, PictureOptions(scale=1.0))
    graph.apply(edits.remove(graph, [], note_ids=["note1"]))
    assert image != render(graph, frame, PictureOptions(scale=1.0))


def test_a_note_far_out_counts_for_fit(hand: Hand, note: NoteItem) -> None:
    hand.apply(notes.move_notes(hand.scene.graph, {"note1": (3000, 0)}))
    hand.view.fit()
    assert hand.view.seen().contains(note.rect)


def test_backticks_are_code_only_between_as_many() -> None:
    assert escaped_products("so ```a*b*c``") == r"so ```a\*b\*c``"
    assert escaped_products("so ``a*b*c`` and a*b*c") == r"so ``a*b*c`` and a\*b\*c"


@pytest.mark.parametrize("lines", [1, 9, 21, 300])
def test_a_half_typed_text_is_seen_to_its_last_line(hand: Hand, lines: int) -> None:
    hand.apply(HalfTyped("\n".join(["a = 2"] * (lines - 1) + ["M = L * ("])).note(hand.scene.graph))
    item = hand.scene.surroundings.notes["note1"]
    drawn = item.words("#000000").size().height()
    assert item.text_corner.y() + drawn < item.rect.height()
    assert item.rect.height() - drawn < 100  # no empty paper below


@pytest.mark.parametrize("line", ["L = " + "a + " * 60 + "(", "L = " + "w" * 2_000])
def test_a_half_typed_line_is_seen_to_its_end(hand: Hand, line: str) -> None:
    hand.apply(HalfTyped(f"a = 2\n{line}").note(hand.scene.graph))
    item = hand.scene.surroundings.notes["note1"]
    assert item.text_corner.x() + item.words("#000000").idealWidth() < item.rect.width()


@pytest.mark.parametrize("fence", ["```", "`````", "  ````"])
def test_backticks_in_a_half_typed_text_do_not_end_it(hand: Hand, fence: str) -> None:
    text = f"a = 2\n{fence}\n# b = (\n{fence}\nc = *d*"
    hand.apply(HalfTyped(text).note(hand.scene.graph))
    assert hand.scene.surroundings.notes["note1"].words("#000000").toPlainText().endswith(text)


def test_a_half_typed_text_of_more_lines_than_a_note_is_high_is_kept_all_the_same(hand: Hand) -> None:
    hand.apply(HalfTyped("a\n" * 9_000 + "b = (").note(hand.scene.graph))
    assert "b = (" in hand.scene.graph.notes()[-1].text


LINES = "\n".join(f"- line {number}" for number in range(12))


def test_a_note_asks_for_the_height_that_holds_what_was_typed(hand: Hand, note: NoteItem) -> None:
    hand.view.intents.note_text_requested.connect(
        lambda *wish: hand.apply(notes.edit_note(hand.scene.graph, *wish))
    )
    hand.view.edit_note("note1")
    field = field_of(hand)
    low = field.height()
    field.setPlainText(LINES)
    assert field.height() > low
    assert field.verticalScrollBar().maximum() == 0
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert note.cut("#000000") is None
    high = note.note.height
    assert high == note.height_for(LINES)
    hand.view.edit_note("note1")
    field_of(hand).setPlainText("short")
    QTest.keyClick(field_of(hand), Qt.Key.Key_Return, CTRL)
    assert note.note.height == high


def test_where_a_text_is_cut_a_sign_stands_below_its_last_whole_line(hand: Hand) -> None:
    hand.apply(notes.add_note(hand.scene.graph, LINES, 248, 360, 200, 120))
    item = hand.scene.surroundings.notes["note1"]
    cut = item.cut("#000000")
    assert cut is not None
    whole = [line.bottom for line in text_lines(item.words("#000000")) if line.bottom <= cut]
    assert max(whole) == cut
    assert item.cut_sign(cut).y() < item.size.height() - 2
    graph, sign = hand.scene.graph, ">…</text>"
    frame = run(graph).last_frame
    drawn, page, tikz = (
        exporter_of(name).write(graph, frame, PictureOptions()).decode()
        for name in ("x.svg", "x.html", "x.tex")
    )
    assert sign in drawn
    for lines in (page.count(">line "), tikz.count("{line ")):
        assert lines == len(whole)
    hand.apply(notes.resize_note(graph, "note1", 200, item.height_for(LINES)))
    assert item.cut("#000000") is None
    assert sign not in exporter_of("x.svg").write(graph, frame, PictureOptions()).decode()


@pytest.mark.parametrize("lines", [8, 30, 90])
def test_a_long_text_that_is_pasted_into_a_note_is_seen_with_the_cursor_at_once(
    hand: Hand, lines: int
) -> None:
    hand.apply(notes.add_note(hand.scene.graph, "", 248, 360, 200, 120))
    hand.view.edit_note("note1")
    field, room = hand.view.field, hand.view.room()
    field.insertPlainText("\n".join(f"line {n} of a long text that goes on and on" for n in range(lines)))
    cursor = field.cursorRect().translated(field.viewport().mapTo(hand.view.viewport(), QPoint()))
    assert field.viewport().rect().contains(field.cursorRect())
    assert room.contains(cursor)
    assert room.contains(field.geometry()) or field.height() == room.height()
    is_whole = not field.verticalScrollBar().maximum()
    assert is_whole or field.height() == room.height()


def test_an_empty_note_asks_for_text_on_the_canvas_alone_and_is_empty_paper_in_pictures(hand: Hand) -> None:
    graph = hand.scene.graph
    hand.apply(notes.add_note(graph, "", 248, 900, 200, 120))
    asking = hand.scene.surroundings.notes["note1"]
    assert "Double-click" in asking.words("#000000").toPlainText()
    frame = run(graph).last_frame
    for options in (PictureOptions(), PictureOptions(notation="compact")):
        for name in ("x.svg", "x.html", "x.tex"):
            assert b"Double-click" not in exporter_of(name).write(graph, frame, options), name
        for item in scene_of(graph, options).surroundings.notes.values():
            assert item.words("#000000").isEmpty()
    corner = scene_of(graph, PictureOptions()).surroundings.notes["note1"].rect.adjusted(4, 4, -4, -4)
    area = area_of(scene_of(graph, PictureOptions()), PictureOptions())
    paper = render(graph, frame, PictureOptions(scale=1.0)).copy(corner.translated(-area.topLeft()).toRect())
    assert len({paper.pixel(x, y) for x in range(paper.width()) for y in range(paper.height())}) == 1


def test_ctrl_and_arrows_move_a_note_with_the_selection_and_with_shift_resize_it(
    hand: Hand, note: NoteItem
) -> None:
    hand.scene.select(notes=["note1"])
    hand.key(Qt.Key.Key_Right, CTRL)
    assert hand.wanted == [("arrange", {}, {"note1": (256, 360)})]
    hand.wanted.clear()
    hand.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert hand.wanted == [("size", "note1", 200, 128)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("first\nsecond\n- a\n- b\n\n# Head\nthird\nfourth", "first,second,a,b,Head,third,fourth"),
        ("first\n|a - b| is off\n|---|", "first,|a - b| is off,|---|"),
        ("#1 here\n#2 there", "#1 here,#2 there"),
        ("```x``` is code\nfirst\nsecond", "x is code,first,second"),
        (">= 3 is much\n> 4 is more", ">= 3 is much,4 is more"),
    ],
)
def test_lines_that_are_typed_one_below_another_are_shown_so(hand: Hand, text: str, lines: str) -> None:
    hand.apply(notes.add_note(hand.scene.graph, text, 0, 0))
    (item,) = hand.scene.surroundings.notes.values()
    shown = ["".join(run.text for run in line.runs) for line in text_lines(item.words("#000000"))]
    assert shown == lines.split(",")
