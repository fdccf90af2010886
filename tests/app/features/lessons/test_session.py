"""Lessons in a window: the question about unsaved work, the way back, answers and hints, what is remembered,
what is pointed at, and what is kept secret until it is answered.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from nodegraph import resources
from nodegraph.app.features.lessons import markdown
from nodegraph.app.features.lessons.page import LessonPage
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.features.lessons.task_rows import QuestionRow
from nodegraph.app.platform import announcer, settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.notes import add_note
from nodegraph.lessons import reader as lesson_files
from nodegraph.lessons.conditions import CONDITIONS, Condition, task
from nodegraph.lessons.lines import Line, number_in
from nodegraph.lessons.records import ActionName, EdgeName, NodeName, PanelName, Wait
from nodegraph.lessons.wording import PANELS, all_named

Button = QMessageBox.StandardButton

TEXT = """# Sums

What a sum does.

## Open

Text.

```nodegraph
open: seed-L
frame: forward
point: e
point: a -> e
point: action pass.play
point: panel timeline
ask: gradient a
hint: First hint.
```

## Set

```nodegraph
set: a = 4
wait: value b > 5
```

## Draw

```nodegraph
graph: y = a + b; z = y * c
wait: connect c -> y
wait: add relu
wait: output y
wait: disconnect a -> y
wait: gradient c > 0
wait: loss > 100
```

## Choose

```nodegraph
choose: Which?
right: This one. | Because.
wrong: That one. | Not so.
```
"""


@pytest.fixture
def lessons(window: MainWindow) -> Lessons:
    """The lessons of a window, with one of their own open."""
    window.features.lessons.lessons.open(lesson_files.parse(TEXT, "sums", window.features.lessons.words))
    return window.features.lessons.lessons


def page(window: MainWindow) -> LessonPage:
    return window.features.lessons.page


def row(window: MainWindow, place: int = 0) -> QuestionRow:
    made = page(window).task_area.rows[place]
    assert isinstance(made, QuestionRow)
    return made


def change(window: MainWindow) -> None:
    window.document.apply(edits.set_value(window.document.graph, "a", 7.0))


# --- opening
@pytest.mark.parametrize(("answer", "opens"), [(Button.Cancel, False), (Button.Discard, True)])
def test_a_lesson_asks_before_unsaved_work_would_go(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: Button, opens: bool
) -> None:
    asked = []
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: asked.append(1) or answer)
    change(window)
    window.features.lessons.open_path(lesson_files.shelf()[0].path)
    assert asked == [1]
    assert (window.features.lessons.lessons.lesson is not None) == opens
    assert window.document.graph.node("a").value == (2.0 if opens else 7.0)


def test_the_lessons_own_graph_goes_without_a_question(
    window: MainWindow, lessons: Lessons, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: pytest.fail("asked without need"))
    change(window)
    lessons.next()
    lessons.next()
    assert window.document.graph.named("z") is not None
    lessons.back()
    assert window.document.graph.node("a").value == 4.0


def test_a_lesson_graph_that_was_saved_is_the_persons_own(
    window: MainWindow, lessons: Lessons, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.document.save_as(tmp_path / "mine.nodegraph")
    change(window)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: Button.Cancel)
    lessons.next()
    assert lessons.number == 1
    lessons.next()
    assert lessons.number == 1
    assert window.document.path is not None


def test_the_documents_of_a_lesson_have_no_file_and_tell_no_printed_numbers(
    window: MainWindow, lessons: Lessons
) -> None:
    assert window.document.path is None
    assert window.document.example is None
    assert not window.document.is_modified


def test_a_lesson_file_dropped_on_the_window_opens(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "sums.md"
    path.write_text(TEXT, encoding="utf-8")
    window.canvas.files_dropped.emit([str(path)])
    qtbot.waitUntil(lambda: page(window).isVisible())
    assert page(window).lesson_title.text() == "Sums"


# --- going
def test_back_brings_graph_values_and_moment_back(window: MainWindow, lessons: Lessons) -> None:
    lessons.next()
    assert window.document.graph.node("a").value == 4.0
    assert window.player.cursor == 4
    window.document.apply(edits.remove(window.document.graph, ["f"]))
    lessons.set_up_again()
    assert window.document.graph.named("f") is not None
    assert window.document.graph.node("a").value == 4.0
    lessons.back()
    assert window.document.graph.node("a").value == 2.0


def test_a_lesson_is_taken_up_where_it_was_left(window: MainWindow, lessons: Lessons) -> None:
    lesson = lessons.lesson
    assert lesson is not None
    lessons.next()
    lessons.close()
    lessons.open(lesson)
    assert lessons.number == 1
    assert window.document.graph.node("a").value == 4.0
    assert page(window).notice.plain == "This is where you stopped last time."
    page(window).again.click()
    assert lessons.number == 0
    assert window.document.graph.node("a").value == 2.0
    assert not page(window).again.isVisible()


STALE = """# Left over

## Open

```nodegraph
graph: c = a + b; e = c * d; a = 3; b = 2; d = 1
frame: end
wait: action pass.backward_again
```

## Play

```nodegraph
wait: gradient a = 3
```

## Look

```nodegraph
frame: end
```
"""


def test_gradients_left_over_are_there_again_when_a_lesson_is_taken_up_or_goes_back(
    window: MainWindow,
) -> None:
    lessons = window.features.lessons.lessons
    window.settings.set(settings.LESSON_PLACES, ["left=2"])
    lessons.open(lesson_files.parse(STALE, "left", window.features.lessons.words))
    a = window.document.graph.named("a")
    assert a is not None
    assert lessons.number == 2
    assert window.player.frame.gradient(a.id) == 3.0
    lessons.back()
    assert not lessons.tasks.are_done
    window.player.to_end()
    assert lessons.tasks.are_done


TRAINED = STALE.replace("action pass.backward_again", "action train.step").replace("wait: gradient a = 3", "")


def test_a_lesson_is_taken_up_where_its_graph_was_opened_if_it_was_trained_since(
    window: MainWindow,
) -> None:
    lessons = window.features.lessons.lessons
    window.settings.set(settings.LESSON_PLACES, ["left=2"])
    lessons.open(lesson_files.parse(TRAINED.replace("## Play", "## Play\n\nOn."), "left"))
    assert lessons.number == 0
    change_input(window, "b", 7.0)
    lessons.next()
    lessons.next()
    lessons.back()
    assert lessons.number == 1
    assert window.document.graph.named("b").value == 7.0


def change_input(window: MainWindow, name: str, value: float) -> None:
    node = window.document.graph.named(name)
    assert node is not None
    window.document.apply(edits.set_value(window.document.graph, node.id, value))


def test_a_remembered_place_that_is_no_more_is_forgotten(window: MainWindow) -> None:
    window.settings.set(settings.LESSON_PLACES, ["sums=99", "nonsense"])
    window.features.lessons.lessons.open(lesson_files.parse(TEXT, "sums"))
    assert window.features.lessons.lessons.number == 0


def test_a_finished_lesson_has_a_tick_in_every_list_and_the_next_one_is_offered(window: MainWindow) -> None:
    teaching, first, second = window.features.lessons, *lesson_files.shelf()[:2]
    teaching.open_path(first.path)
    while not teaching.lessons.is_last:
        teaching.lessons.next()
    teaching.lessons.next()
    assert page(window).progress_text.accessibleName() == "Finished"
    assert window.menus.submenus["help.lessons"].actions()[0].isChecked()
    assert not window.menus.submenus["help.lessons"].actions()[1].isChecked()
    window.start_page.show()
    assert window.start_page.page.first_lesson is not None
    assert window.start_page.page.first_lesson.accessibleName() == f"{first.title}, finished"
    page(window).next.click()
    assert page(window).lesson_title.text() == second.title


def test_another_document_leaves_the_lesson_open_and_it_can_bring_its_graph_back(
    window: MainWindow, lessons: Lessons
) -> None:
    window.document.replace(parse("q = r*r"))
    assert page(window).notice.plain == "Another graph is open now."
    assert not window.features.lessons.pointer.shapes()
    page(window).again.click()
    assert window.document.graph.named("L") is not None
    assert window.features.lessons.pointer.shapes()


# --- doing
def test_each_thing_waited_for_is_noticed_when_it_is_done(window: MainWindow, lessons: Lessons) -> None:
    lessons.number = 1
    lessons.next()
    document = window.document

    def undone() -> list[str]:
        return [t.wanted.kind for t in lessons.tasks if not t.is_done]

    assert undone() == ["connect", "add", "output", "disconnect", "gradient", "loss"]
    document.apply(edits.connect(document.graph, "c", "y", 2))
    assert "connect" not in undone()
    window.workspace.editor.add("relu")
    assert "add" not in undone()
    window.player.to_end()
    assert "gradient" not in undone()
    document.apply(edits.set_value(document.graph, "c", 60.0))
    assert "loss" not in undone()
    document.apply(edits.set_output(document.graph, "y"))
    assert "output" not in undone()
    (key,) = EdgeName("a", "y").keys(document.graph)
    document.apply(edits.disconnect(document.graph, [key]))
    assert undone() == []
    document.stack.undo()
    assert undone() == []


def test_a_condition_is_one_record_that_is_read_worded_and_noticed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(line: Line, rest: str) -> Wait:
        return Wait(line.number, "edges", count=int(number_in(line, rest)))

    edge_count = Condition(
        "edges", read, lambda wait, _say: f"Leave {wait.count} edges.",
        stands=lambda wait, now: len(list(now.graph.edges())) == wait.count,
    )  # fmt: skip
    monkeypatch.setitem(CONDITIONS, "edges", edge_count)
    made = opened(window, "wait: edges 5")
    assert page(window).task_area.rows[0].text == "Leave 5 edges."
    assert not made.tasks.are_done
    graph = window.document.graph
    window.document.apply(edits.disconnect(graph, [next(graph.edges()).key]))
    assert made.tasks.are_done


def test_the_way_on_offers_to_do_it_until_all_is_done(window: MainWindow, lessons: Lessons) -> None:
    lessons.next()
    assert page(window).next.text() == "Do it for me"
    window.document.apply(edits.set_value(window.document.graph, "b", 6.0))
    assert page(window).next.text() == "Next"
    assert page(window).next.property("role") == "primary"


# --- answering
def test_a_question_behind_a_task_waits_until_that_is_done(window: MainWindow) -> None:
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nframe: end\nwait: value a = 3\nask: value L\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    asked = row(window, 1)
    assert not asked.field.isEnabled()
    assert not asked.check.isEnabled()
    change_input(window, "a", 3.0)
    assert asked.field.isEnabled()
    QTest.keyClicks(asked.field, "-5")
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    assert window.features.lessons.lessons.tasks.are_done


def test_the_focus_goes_from_a_right_answer_to_what_is_next(window: MainWindow) -> None:
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nask: value e\nask: value d\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    first, second = row(window, 0), row(window, 1)
    first.field.setFocus()
    for asked, wrong, right in ((first, "5", "6"), (second, "4", "-4")):
        assert asked.field.hasFocus()
        for number in (wrong, right):
            asked.field.setText(number)
            QTest.keyClick(asked.field, Qt.Key.Key_Return)
    assert page(window).next.hasFocus()


def test_a_wrong_answer_is_told_which_factor_is_wrong_and_counts(
    window: MainWindow, lessons: Lessons
) -> None:
    asked = row(window)
    for wrong, said in (("3", "local derivative"), ("-15", "sign")):
        asked.field.setText(wrong)
        QTest.keyClick(asked.field, Qt.Key.Key_Return)
        assert said in asked.said.plain
    assert not lessons.tasks.are_done
    assert asked.reveal.isVisible()


def test_what_is_no_number_is_no_wrong_answer(window: MainWindow, lessons: Lessons) -> None:
    asked = row(window)
    asked.field.setText("plenty")
    asked.check.click()
    assert "plenty" in asked.said.plain
    assert lessons.tasks[0].attempts == 0
    assert not asked.reveal.isVisible()


def test_words_written_for_other_numbers_are_not_said(window: MainWindow) -> None:
    window.features.lessons.open_path(resources.path("lessons", "1-the-seed.md"))
    lessons = window.features.lessons.lessons
    lessons.number = 2
    lessons.set_up_again()
    change_input(window, "a", 7.0)
    asked = row(window)
    asked.help.click()
    assert "a is 2" not in asked.said.plain
    lessons.tasks.answer(lessons.tasks[0], "21")
    assert asked.said.plain.startswith("Right: e = 21. The lesson speaks of other numbers")
    assert "2 × 3" not in asked.said.plain
    lessons.set_up_again()
    asked = row(window)
    asked.help.click()
    assert asked.said.plain == announcer.spoken[-1] == "e = a × b, and a is 2 and b is 3."
    lessons.tasks.answer(lessons.tasks[0], "6")
    assert asked.said.plain == "Right: e = 6. 2 × 3 = 6."


def test_a_long_answer_is_taken_whole(window: MainWindow, lessons: Lessons) -> None:
    text = "5*3 + 0.000 * (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9) + 1"
    asked = row(window)
    asked.field.setText(text)
    assert asked.field.text() == text


def test_hints_come_one_by_one_and_the_answer_after_two_tries(window: MainWindow, lessons: Lessons) -> None:
    asked = row(window)
    asked.help.click()
    assert asked.said.plain == "First hint."
    assert not asked.help.isVisible()
    for _ in range(2):
        lessons.tasks.answer(lessons.tasks[0], "99")
    asked.reveal.click()
    assert "15" in asked.said.plain
    assert lessons.tasks.are_done
    assert asked.field.isReadOnly()


def test_a_choice_says_why_and_marks_right_and_wrong_by_more_than_colour(
    window: MainWindow, lessons: Lessons
) -> None:
    lessons.number = 2
    lessons.next()
    right, wrong = row(window).choices
    wrong.click()
    assert row(window).said.plain == "Not so."
    assert wrong.label.text() == "✗  That one."
    assert wrong.accessibleName() == "That one., not right"
    assert not lessons.tasks.are_done
    right.click()
    assert right.label.text() == "✓  This one."
    assert lessons.tasks.are_done


def test_nothing_in_the_window_tells_what_is_asked_until_it_is_answered(
    window: MainWindow, lessons: Lessons
) -> None:
    assert window.player.guarded
    lessons.tasks.answer(lessons.tasks[0], "15")
    assert not window.player.guarded
    lessons.start_over()
    assert window.player.guarded
    lessons.close()
    assert not window.player.guarded


def test_another_document_is_told_in_full_until_the_lesson_brings_its_graph_back(
    window: MainWindow, lessons: Lessons
) -> None:
    window.document.replace(parse("q = r*r"))
    assert not window.player.guarded
    lessons.set_up_again()
    assert window.player.guarded


# --- showing
def test_each_thing_pointed_at_has_a_ring_and_is_named(window: MainWindow, lessons: Lessons) -> None:
    assert len(window.features.lessons.pointer.shapes()) == 4
    for shape in window.features.lessons.pointer.shapes():
        assert window.rect().contains(shape.boundingRect().toAlignedRect())
    said = page(window).pointed.plain
    assert said.startswith("Look at the node e, the edge a → e, Play and the timeline")
    lessons.next()
    assert window.features.lessons.pointer.isHidden()
    assert page(window).pointed.isHidden()


def test_a_ring_follows_its_card(window: MainWindow, lessons: Lessons) -> None:
    before = window.features.lessons.pointer.shapes()[0].boundingRect()
    window.canvas.set_zoom(window.canvas.zoom * 1.5)
    after = window.features.lessons.pointer.shapes()[0].boundingRect()
    assert after.width() > before.width()


def test_an_action_without_a_button_is_shown_in_its_menu(window: MainWindow) -> None:
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\npoint: action graph.mute\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    (shape,) = window.features.lessons.pointer.shapes()
    assert shape.boundingRect().bottom() < window.menuBar().height() + 10


def test_rings_stand_still_where_less_motion_is_wanted(window: MainWindow) -> None:
    window.settings.set(settings.MOTION, "reduced")
    window.features.lessons.lessons.open(lesson_files.parse(TEXT))
    assert window.features.lessons.pointer.is_still
    assert not window.features.lessons.pointer.is_pulsing


def test_a_step_is_read_aloud_with_its_place_and_its_tasks(window: MainWindow, lessons: Lessons) -> None:
    assert announcer.spoken[-1].startswith("Step 1 of 4. Open. Text. What is ∂L/∂a")


def test_every_panel_a_lesson_may_name_has_words_and_known_ones_are_found(window: MainWindow) -> None:
    assert window.features.lessons.words.panels == set(PANELS)
    for name in PANELS:
        assert window.workspace.dock.named(name) is not None
    with_a_title = {spec.id for spec in window.workspace.dock.specs.values() if spec.title}
    assert with_a_title <= PANELS.keys()


def test_only_an_open_lesson_listens_to_what_happens(window: MainWindow) -> None:
    def listening() -> list[int]:
        player = window.player
        return [
            window.document.receivers(SIGNAL("changed(PyObject)")),
            player.receivers(SIGNAL("frame_changed(PyObject,int)")),
            player.receivers(SIGNAL("trace_changed(PyObject)")),
            window.features.training.trainer.receivers(SIGNAL("changed()")),
            window.commands.receivers(SIGNAL("ran(QString)")),
        ]

    before = listening()
    lessons = window.features.lessons.lessons
    lessons.open(lesson_files.parse(TEXT, "sums", window.features.lessons.words))
    assert listening() == [count + 1 for count in before]
    lessons.close()
    assert listening() == before


def test_a_lesson_needs_neither_palette_nor_inspector_beside_it(window: MainWindow) -> None:
    panels = window.features.adding.palette, window.features.inspector.panel
    assert all(panel.isVisible() for panel in panels)
    window.features.lessons.open_path(lesson_files.shelf()[0].path)
    assert all(panel.isHidden() for panel in panels)
    assert window.settings.value(settings.INSPECTOR_SHOWN)
    window.features.lessons.lessons.close()
    assert all(panel.isVisible() for panel in panels)


def test_a_panel_that_a_step_speaks_of_lies_over_the_canvas_until_the_next_step(window: MainWindow) -> None:
    text = "# T\n\n## A\n\n```nodegraph\nopen: seed-L\nshow: inspector\n```\n\n## B\n\nText.\n"
    lessons = window.features.lessons.lessons
    lessons.open(lesson_files.parse(text, "t", window.features.lessons.words))
    assert window.workspace.dock.sides.over() == ["inspector"]
    lessons.next()
    assert window.workspace.dock.sides.over() == []
    lessons.back()
    assert window.features.inspector.panel.isVisible()


def test_a_step_about_the_canvas_closes_what_lies_below_it(window: MainWindow) -> None:
    window.workspace.dock.show_page("outline")
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nshow: canvas\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    assert window.workspace.dock.panel.isHidden()


def test_a_band_along_an_edge_spares_the_number_on_it(window: MainWindow) -> None:
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nframe: end\npoint: d -> L\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    pointer, showing = window.features.lessons.pointer, window.scene.showing
    (key,) = EdgeName("d", "L").keys(window.document.graph)
    rect = showing.chip_rect(key, showing.chip(key)[0])
    middle = pointer.pixel(rect.center())
    assert not pointer.beside_chips().contains(middle)
    assert pointer.beside_chips().contains(
        pointer.pixel(rect.bottomRight() + rect.bottomRight() - rect.center())
    )


# --- words
def test_a_derivative_stays_on_one_line() -> None:
    assert "∂L/\u2060∂a" in markdown.inline("What is ∂L/∂a?", LIGHT)
    assert "dy/\u2060dx" in markdown.inline("`dy/dx`", LIGHT)
    assert "https://x.org/a" in markdown.inline("[l](https://x.org/a)", LIGHT)


def test_a_task_names_the_key_that_does_it(window: MainWindow) -> None:
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nwait: step\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    assert page(window).task_area.rows[0].text == "Take a step: press Step Forward (the key .)."


def test_tasks_are_worded_where_the_author_did_not() -> None:
    def words(wait: Wait) -> str:
        return task(wait, lambda action_id: f"<{action_id}>")

    assert words(Wait(1, "step", count=3)) == "Take 3 steps: press <pass.step>."
    assert words(Wait(1, "value", NodeName("a"))) == "Give a another value."
    assert words(Wait(1, "value", NodeName("a"), relation=">", number=2)) == "Make a more than 2."
    assert words(Wait(1, "gradient", NodeName("a"), relation="=", number=0)) == (
        "Make the gradient of a equal to 0."
    )
    assert words(Wait(1, "loss", relation="<", number=0.01)) == "Make the output less than 0.01."
    assert words(Wait(1, "connect", EdgeName("a", "e", 1))) == "Draw an edge: a → e port 2."
    assert words(Wait(1, "action", word="graph.mute")) == "Choose <graph.mute>."
    named = [NodeName("a"), NodeName("b"), EdgeName("a", "e"), ActionName("x"), PanelName("timeline")]
    assert all_named(named, str.upper) == (
        "the nodes a and b, the edge a → e, X and the timeline below the canvas"
    )


def test_markdown_becomes_rich_text_in_which_html_stays_text() -> None:
    text = (
        "A **b** *c* `d × e` <img src=x>\nand on\n\n```\ne = a\n```\n1. one\n2. two\n\n- [l](https://x.org)"
    )
    made = markdown.html(text, LIGHT)
    assert "<b>b</b> <i>c</i>" in made
    assert "&lt;img src=x&gt; and on" in made
    assert "e = a" in made
    assert "2.&nbsp; two" in made
    assert '<a href="https://x.org"' in made
    assert "<a" not in markdown.html("[l](javascript:x)", LIGHT)
    assert markdown.plain(text).startswith("A b c d × e <img src=x> and on e = a one two l")


def test_lists_in_lists_tables_and_quotes_are_shown_and_products_stay_products() -> None:
    text = "3. a*b + c*d\n   - *inner*\n\n> quoted\n\n| x | y |\n|---|---|\n| 1 | `2` |\n\nSo <https://x.org>.\\\nEnd\n\n---"
    made = markdown.html(text, LIGHT)
    assert "3.&nbsp; a*b + c*d" in made
    assert "•&nbsp; <i>inner</i>" in made
    assert "<tr><th>x</th><th>y</th></tr>" in made
    assert '<a href="https://x.org"' in made
    assert "<br>End" in made
    assert "<hr>" in made
    assert markdown.plain(text) == "a*b + c*d inner quoted x, y 1, 2 So https://x.org. End"


def test_comments_are_not_shown_and_columns_keep_their_side() -> None:
    text = "A<!-- b -->c ~~d~~ `<!-- e -->`\n<!-- f\n## g -->\n\n| h |\n|--:|\n| 1 |"
    made = markdown.html(text, LIGHT)
    assert "Ac <s>d</s> <span" in made
    assert '<td align="right">1</td>' in made
    assert markdown.plain(text) == "Ac d <!-- e --> h 1"


def test_marks_in_titles_are_shown_as_marks_and_not_in_the_name_of_the_document(window: MainWindow) -> None:
    text = "# The *sum* a*b + c*d\n\n## Run `backward()`\n\nText.\n\n```nodegraph\ngraph: y = a + b\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text))
    page = window.features.lessons.page
    assert page.lesson_title.plain == "The sum a*b + c*d"
    assert "<i>sum</i>" in page.lesson_title.text()
    assert page.title.plain == "Run backward()"
    assert window.document.graph.title == "The sum a*b + c*d"


def test_a_picture_is_shown_within_the_text_and_never_looked_for_elsewhere(
    window: MainWindow, tmp_path: Path
) -> None:
    picture = QImage(1000, 500, QImage.Format.Format_RGB32)
    picture.fill(QColor(200, 0, 40))
    assert picture.save(str(tmp_path / "plot.png"))
    path = tmp_path / "own.md"
    path.write_text("# Own\n\n## One\n\nBefore\n\n![a red plot](plot.png)\n", encoding="utf-8")
    window.features.lessons.open_path(path)
    label = page(window).text
    shown = label.text()
    assert "data:image/png;base64," in shown
    assert str(tmp_path) not in shown
    assert label.plain == "Before a red plot"
    colours = label.grab().toImage()
    middle = colours.pixelColor(colours.width() // 2, colours.height() * 2 // 3)
    assert (middle.red(), middle.green(), middle.blue()) == (200, 0, 40)


def test_a_picture_that_cannot_be_unpacked_is_told_by_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"broken")
    made = markdown.html("![the *words*](a.png)", LIGHT, {"a.png": path}, 200)
    assert ">the words<" in made
    assert "<img" not in made
    assert "<img" not in markdown.html("![a](https://x.org/a.png) ![b](/etc/b.png)", LIGHT)


def test_a_lesson_file_is_chosen_in_a_dialog(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sums.md"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(window.workspace.files, "ask_open", lambda *_: path)
    window.commands.actions["help.open_lesson"].trigger()
    assert page(window).lesson_title.text() == "Sums"


# --- an answer is shown at once
def opened(window: MainWindow, directives: str) -> Lessons:
    """A lesson of one step on the seed, its forward pass through."""
    text = f"# One\n\nOne.\n\n## Ask\n\nText.\n\n```nodegraph\nopen: seed-L\n{directives}\n```\n"
    window.features.lessons.lessons.open(lesson_files.parse(text, "one", window.features.lessons.words))
    return window.features.lessons.lessons


def test_a_right_answer_stands_on_its_card_at_once(window: MainWindow) -> None:
    made = opened(window, "frame: inputs\nask: value e")
    assert window.player.frame.value(window.document.graph.named("e").id) is None
    assert not made.tasks.answer(made.tasks[0], "5")
    assert window.player.frame.value(window.document.graph.named("e").id) is None
    assert made.tasks.answer(made.tasks[0], "6")
    assert window.player.frame.value(window.document.graph.named("e").id) == 6.0


def test_an_answer_that_was_shown_stands_on_its_card_at_once(window: MainWindow) -> None:
    made = opened(window, "frame: forward\nask: gradient a")
    made.tasks.show_answer(made.tasks[0])
    assert window.player.frame.gradient(window.document.graph.named("a").id) == 15.0


@pytest.mark.parametrize("way", ["reveal", "do it for me"])
@pytest.mark.parametrize(
    ("ask", "told"), [("gradient d", "5"), ("gradient c", "5"), ("number 1/3 How much is it?", "0.333333")]
)
def test_the_field_holds_the_answer_that_the_tick_stands_beside(
    window: MainWindow, ask: str, told: str, way: str
) -> None:
    opened(window, f"frame: forward\nask: {ask}")
    for wrong in ("7", "6"):
        row(window).field.setText(wrong)
        row(window).check.click()
        assert row(window).field.text() == wrong
    (row(window).reveal if way == "reveal" else page(window).next).click()
    QTest.qWait(1)
    assert row(window).tick.text() == "✓"
    assert row(window).field.text() == told
    assert row(window).field.isReadOnly()


def test_what_was_typed_stays_beside_its_tick(window: MainWindow) -> None:
    opened(window, "frame: forward\nask: gradient d")
    row(window).field.setText("10/2")
    row(window).check.click()
    assert (row(window).tick.text(), row(window).field.text()) == ("✓", "10/2")


def test_showing_an_answer_tells_no_other_one(window: MainWindow) -> None:
    made = opened(window, "frame: forward\nask: gradient a\nask: gradient d")
    before = window.player.cursor
    made.tasks.answer(made.tasks[0], "15")
    assert window.player.cursor == before
    made.tasks.answer(made.tasks[1], "5")
    assert window.player.frame.gradient(window.document.graph.named("a").id) == 15.0


@pytest.mark.parametrize("wait", ["wait: step", "wait: step 2", "wait: play", "wait: end", "wait: frame 8"])
def test_showing_an_answer_does_nothing_that_the_lesson_waits_for(window: MainWindow, wait: str) -> None:
    made = opened(window, f"frame: forward\nask: gradient d\n{wait}")
    asked, awaited = made.tasks
    assert made.tasks.answer(asked, "5")
    assert not awaited.is_done
    while (
        not made.tasks.are_done and not window.player.is_playing and window.player.cursor < window.player.end
    ):
        window.commands.actions["pass.play" if wait == "wait: play" else "pass.step"].trigger()
    assert made.tasks.are_done


def test_the_last_step_is_left_for_a_lesson_that_waits_for_it(window: MainWindow) -> None:
    made = opened(window, "frame: forward\nask: gradient b\nwait: step")
    assert made.tasks.answer(made.tasks[0], "10")
    assert window.player.cursor < window.player.end
    window.commands.actions["pass.step"].trigger()
    assert made.tasks.are_done


def test_a_note_written_into_the_graph_of_a_lesson_is_asked_about(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or Button.Cancel)
    first, second = lesson_files.shelf()[:2]
    window.features.lessons.open_path(first.path)
    graph = window.document.graph
    window.document.apply(add_note(graph, "my thoughts", 300, 300))
    window.features.lessons.open_path(second.path)
    assert len(asked) == 1
    assert window.document.graph is graph
    window.workspace.editor.undo()
    window.features.lessons.open_path(second.path)
    assert len(asked) == 1
    assert window.document.graph is not graph
