"""Do it for me: the program does each kind of task, so that the next text is true; and it can be undone."""

from __future__ import annotations

from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph import resources
from nodegraph.app.features.lessons.doing import NO_WAY
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.features.lessons.task_rows import QuestionRow
from nodegraph.app.window.main_window import MainWindow
from nodegraph.lessons import reader
from nodegraph.lessons.conditions import CONDITIONS, Condition
from nodegraph.lessons.records import Wait

DOABLE = {
    "play": ["wait: play"],
    "step": ["wait: step", "wait: step 3", "frame: end\nwait: step 2"],
    "end": ["wait: end"],
    "frame": ["wait: frame after d -> L", "wait: frame forward", "wait: frame after e"],
    "select": ["wait: select e", "wait: select a -> e"],
    "value": [
        "wait: value a", "wait: value a = 2.5", "wait: value a < -1", "wait: value a > 3",
        "wait: value a <= 0", "wait: value a >= 7", "wait: value L > 5", "wait: value L = 12.5",
    ],
    "gradient": ["wait: gradient a = 15", "wait: gradient a > 100", "wait: gradient b = 7.5"],
    "loss": ["wait: loss < -100", "wait: loss > 100"],
    "connect": ["wait: connect b -> L", "wait: connect a -> e port 2"],
    "disconnect": ["wait: disconnect a -> e"],
    "add": ["wait: add relu", "wait: add input"],
    "output": ["wait: output e"],
    "undo": ["wait: value a = 4\nwait: undo"],
    "redo": ["wait: value a = 4\nwait: undo\nwait: redo"],
    "action": [
        "wait: action graph.layout", "select: e\nwait: action graph.mute", "wait: action view.outline",
    ],
}  # fmt: skip
"""Lines of a step on the seed example, by the kind of task that is tried."""


def opened(window: MainWindow, lines: str, name: str = "t") -> Lessons:
    """A lesson of one step with these lines, and one more."""
    text = f"# T\n\n## S\n\n```nodegraph\nopen: seed-L\n{lines}\n```\n\n## Next\n\nText.\n"
    lessons = window.features.lessons.lessons
    lessons.open(reader.parse(text, name, window.features.lessons.words))
    return lessons


def test_every_condition_is_tried_here() -> None:
    assert set(DOABLE) == set(CONDITIONS)


def test_each_kind_of_task_is_done_for_the_person(window: MainWindow, qtbot: QtBot) -> None:
    window.player.set_speed(8)
    lessons, button = window.features.lessons.lessons, window.features.lessons.page.next
    for place, lines in enumerate(chain.from_iterable(DOABLE.values())):
        opened(window, lines, f"t{place}")  # each begins at its first step
        assert button.text() == "Do it for me", lines
        button.click()
        qtbot.waitUntil(lambda: lessons.tasks.are_done)
        qtbot.waitUntil(lambda: button.text() == "Next")
        assert lessons.number == 0, lines
        button.click()
        assert lessons.number == 1, lines
        window.document.stack.setClean()  # the next lesson asks about no unsaved work


def test_what_was_done_to_the_graph_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    lessons = opened(window, "wait: value a = 4\nwait: disconnect a -> e\nwait: add relu\nwait: output e")
    before = window.document.graph.copy()
    window.features.lessons.page.next.click()
    qtbot.waitUntil(lambda: lessons.tasks.are_done)
    for _ in range(4):
        window.document.stack.undo()
    assert window.document.graph == before


def test_questions_are_answered_after_what_stands_before_them(window: MainWindow, qtbot: QtBot) -> None:
    lessons = opened(
        window, "wait: value a = 3\nask: value L\nask: gradient a\nchoose: Which?\nright: a\nwrong: b"
    )
    window.features.lessons.page.next.click()
    qtbot.waitUntil(lambda: lessons.tasks.are_done)
    assert "-5" in lessons.tasks[1].said.replace("\u2212", "-")
    assert "15" in lessons.tasks[2].said
    assert not window.player.guarded


def test_where_there_is_no_way_that_is_said_and_the_button_is_not_offered(window: MainWindow) -> None:
    without = (
        "wait: undo",
        "wait: connect L -> a",
        "wait: gradient a = 1e300",
        "wait: action file.open",
        "wait: action graph.insert_mlp",
        "wait: step\nwait: connect L -> a",
    )
    for place, lines in enumerate(without):
        lessons, page = opened(window, lines, f"t{place}"), window.features.lessons.page
        if lines.startswith("wait: step"):
            window.player.step()
        assert page.next.text() == "Skip", lines
        assert page.task_area.rows[-1].said.plain == NO_WAY, lines
        page.next.click()
        assert lessons.number == 1, lines


def test_a_condition_of_an_author_without_a_way_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Condition("dance", lambda line, _rest: Wait(line.number, "dance"), lambda _wait, _say: "Dance.")
    monkeypatch.setitem(CONDITIONS, "dance", made)
    opened(window, "wait: step\nwait: dance")
    assert window.features.lessons.page.next.text() == "Skip"
    assert window.features.lessons.page.task_area.rows[1].said.plain == NO_WAY
    assert window.features.lessons.page.task_area.rows[0].said.plain == ""


def test_nothing_is_done_to_another_graph(window: MainWindow) -> None:
    lessons = opened(window, "wait: value a = 3")
    window.document.new()
    assert window.features.lessons.page.next.text() == "Skip"
    lessons.doing.begin()
    assert not lessons.doing.is_on


@pytest.mark.parametrize("entry", reader.shelf(), ids=lambda entry: entry.name)
def test_each_shipped_lesson_can_be_left_to_the_program(
    window: MainWindow, qtbot: QtBot, entry: reader.Entry
) -> None:
    window.player.set_speed(8)
    window.features.lessons.open_path(entry.path)
    lessons, page = window.features.lessons.lessons, window.features.lessons.page
    while not lessons.is_finished:
        number = lessons.number
        if not lessons.tasks.are_done:
            assert page.next.text() == "Do it for me"
            page.next.click()
            qtbot.waitUntil(lambda: lessons.tasks.are_done)
            qtbot.waitUntil(page.next.isEnabled)
        page.next.click()
        assert lessons.is_finished or lessons.number == number + 1


# --- the page
def test_the_answer_field_has_the_focus_when_a_step_asks(window: MainWindow) -> None:
    window.canvas.setFocus()
    opened(window, "ask: value e")
    row = window.features.lessons.page.task_area.rows[0]
    assert isinstance(row, QuestionRow)
    assert row.field.hasFocus()


def test_the_answer_field_takes_the_focus_once_what_is_before_it_is_done(window: MainWindow) -> None:
    window.canvas.setFocus()
    opened(window, "wait: select e\nask: value e")
    assert window.canvas.hasFocus()
    window.scene.select(["e"])
    row = window.features.lessons.page.task_area.rows[1]
    assert isinstance(row, QuestionRow)
    assert row.field.hasFocus()
    QTest.keyClicks(row.field, "6")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert window.features.lessons.lessons.tasks.are_done


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_task_is_in_sight_however_long_the_text_is(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    text = "\n\n".join(["A paragraph that takes its room on the page of a lesson."] * 40)
    lines = "wait: select e\nwait: value a = 3\nask: value L\nchoose: Which of them?\n" + "".join(
        f"{word}: {name * 20} | Because.\n"
        for word, name in zip(("right", *["wrong"] * 5), "abcdef", strict=True)
    )
    lesson = f"# T\n\n## S\n\n{text}\n\n```nodegraph\nopen: seed-L\n{lines}```\n"
    lessons = window.features.lessons.lessons
    lessons.open(reader.parse(lesson, "t", window.features.lessons.words))
    page = window.features.lessons.page
    for place, task in enumerate(lessons.tasks):
        QApplication.processEvents()
        QTest.qWait(1)
        row = page.task_area.rows[place]
        shown = row.visibleRegion().boundingRect()
        assert shown.height() >= min(row.height(), page.task_area.height()) - 1
        assert page.area.height() >= 0.25 * page.height()
        if place < 2:
            window.scene.select(["e"])
            node = window.document.graph.named("a")
            if place:
                window.workspace.editor.set_value(node.id, 3.0)
        else:
            lessons.tasks.show_answer(task)


def test_few_tasks_never_scroll_whatever_stood_there_before(window: MainWindow, qtbot: QtBot) -> None:
    """A bar that a longer step has needed would make lines shorter, tasks higher, and so keep itself."""
    window.resize(1366, 768)
    lessons = window.features.lessons.lessons
    lessons.open_file(resources.path("lessons", "1-the-seed.md"), window.features.lessons.words)
    area, page = window.features.lessons.page.task_area, window.features.lessons.page
    for _step in range(6):
        qtbot.waitUntil(lambda: not area.fitting_soon.isActive())
        QApplication.processEvents()
        if area.column.totalHeightForWidth(page.width() - 1) <= area.height():
            assert area.verticalScrollBar().maximum() == 0, lessons.number
        lessons.next()
