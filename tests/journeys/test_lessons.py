"""Each shipped lesson, walked to its end in a real window by doing what its steps ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.features.lessons.page import LessonPage
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.features.lessons.task_rows import QuestionRow
from nodegraph.app.features.lessons.tasks import Task
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_exact
from nodegraph.lessons import reader as files
from nodegraph.lessons.records import Ask, EdgeName, Wait
from tests.journeys.hand import Hand

ANSWERS = {
    "1-the-seed": [6, 5, -4, -4, 5, 5, 15, 10, -18.5, 6],
    "2-forks": [6, 2, 3, 6, -1, 1, -6, -3, -8, 12],
    "3-a-neuron": [-6, -6, 0.8814, 0.5, 0.5, 0.5, 1, 0, -1.5, 0.7937],
    "4-saturation": [0.25, 0.9933, 0.015625, 1, 0, 0, 0.01],
    "5-zeroing": [1, 5],
    "6-a-line": [4, -4, -8, 1, 2, 1],
    "7-xor": [17],
}
"""Every number that each lesson asks for, in order, as worked out on paper."""


def page_of(hand: Hand) -> LessonPage:
    page: LessonPage = hand.window.features.lessons.page
    return page


def test_every_shipped_lesson_is_walked_here() -> None:
    assert [entry.name for entry in files.shelf()] == list(ANSWERS)


@pytest.mark.parametrize("entry", files.shelf(), ids=lambda entry: entry.name)
def test_a_lesson_is_walked_to_its_end_by_doing_what_it_asks(
    hand: Hand, qtbot: QtBot, entry: files.Entry
) -> None:
    teaching = hand.window.features.lessons
    lessons: Lessons = teaching.lessons
    hand.window.player.set_speed(8)
    teaching.open_path(entry.path)
    asked: list[float] = []
    for number in range(len(files.load(entry.path).steps)):
        assert lessons.number == number
        assert not any(task.is_done for task in lessons.tasks)
        for task in lessons.tasks:
            if isinstance(task.wanted, Wait):
                if not task.is_done:
                    do(hand, qtbot, task.wanted)
            else:
                asked += answer(hand, task)
            assert task.is_done, f"step {number + 1}: {task.wanted}"
        assert page_of(hand).next.text() == ("Finish" if lessons.is_last else "Next")
        page_of(hand).next.click()
    assert lessons.is_finished
    assert lessons.progress.is_finished(entry.name)
    assert asked == pytest.approx(ANSWERS[entry.name], rel=1e-4)
    assert not hand.window.player.guarded
    if entry.name == "7-xor":
        text = " ".join(files.load(entry.path).steps[4].text.split())
        assert "about 0.04, 0.94, 0.94 and 0.07" in text
        assert xor_answers(hand.graph) == pytest.approx([0.04, 0.94, 0.94, 0.07], abs=0.005)


def xor_answers(graph: Graph) -> list[float]:
    """What the network that is open says to the four rows."""
    x1, x2 = graph.named("x1"), graph.named("x2")
    assert x1 is not None
    assert x2 is not None
    rows = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
    return [run(graph, values={x1.id: first, x2.id: second}).values["y"] for first, second in rows]


def do(hand: Hand, qtbot: QtBot, wait: Wait) -> None:
    """What a person would do about a task."""
    window, name = hand.window, str(wait.target)
    if wait.kind == "play":
        hand.key(Qt.Key.Key_Space)
    elif wait.kind == "step":
        for _ in range(wait.count):
            hand.do("pass.step")
    elif wait.kind in ("frame", "end"):
        assert wait.moment is not None
        goal = wait.moment.position(window.player.trace)
        while window.player.cursor < goal:
            hand.do("pass.step")
    elif wait.kind == "select":
        hand.click(hand.scene.card_of(hand.graph.named(name).id).center())
    elif wait.kind == "value":
        now = hand.graph.named(name).value
        hand.type_value(name, format_exact(wait.number if wait.relation else now + 1))
    elif wait.kind == "action":
        hand.do(wait.word)
    elif wait.kind == "gradient":
        hand.do("pass.to_end")
    elif wait.kind == "loss":
        qtbot.waitUntil(lambda: not window.features.training.trainer.is_running)
    else:
        raise AssertionError(f"nobody here knows how to do {wait}")


def answer(hand: Hand, task: Task) -> list[float]:
    """Type the number, or choose the answer; gives the number."""
    ask = task.wanted
    assert isinstance(ask, Ask)
    row = next(row for row in page_of(hand).task_area.rows if row.task is task)
    assert isinstance(row, QuestionRow)
    if ask.kind == "choice":
        next(choice for choice in row.choices if choice.option.is_right).click()
        return []
    assert hand.window.features.lessons.lessons.tasks.is_as_written(ask), f"other numbers than meant: {ask}"
    window = hand.window
    number = files.answer_in(window.player.trace, hand.graph, ask)
    assert number is not None
    if ask.kind in ("gradient", "contribution", "local") and ask.prompt == "":
        assert_hidden(hand, ask)
    row.field.setFocus()
    QTest.keyClicks(row.field, f"{number:.6g}")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    assert row.said.text().find("Right") >= 0
    return [number]


def assert_hidden(hand: Hand, ask: Ask) -> None:
    """The number that is asked for does not stand on the canvas already."""
    frame = hand.window.player.frame
    if isinstance(ask.target, EdgeName):
        assert all(frame.contribution(key) is None for key in ask.target.keys(hand.graph)), ask
    else:
        assert frame.gradient(hand.graph.named(str(ask.target)).id) is None, ask


# --- a lesson of one's own
OWN = """# My lesson

It asks one thing.

## Turn it

```nodegraph
graph: y = x * x; x = 3
frame: end
point: x
wait: value x
```

## Undo it

Text with a `formula`.

```nodegraph
wait: undo
```
"""


def test_a_lesson_of_ones_own_opens_beside_the_canvas_and_makes_room(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(OWN, encoding="utf-8")
    window = hand.window
    assert window.features.adding.palette.isVisible()
    window.features.lessons.open_path(path)
    assert page_of(hand).isVisible()
    assert not window.features.adding.palette.isVisible()
    assert page_of(hand).title.text() == "Turn it"
    assert window.document.title == "My lesson"
    assert window.features.lessons.pointer.isVisible()
    hand.type_value("x", "5")
    hand.key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert page_of(hand).title.text() == "Undo it"
    hand.do("edit.undo")
    assert window.features.lessons.lessons.tasks.are_done
    page_of(hand).close_button.click()
    assert not page_of(hand).isVisible()
    assert window.features.adding.palette.isVisible()
    assert not window.features.lessons.pointer.isVisible()


def test_a_broken_lesson_is_told_with_its_line_and_changes_nothing(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text(OWN.replace("wait: undo", "wait: action edit.undoo"), encoding="utf-8")
    hand.window.features.lessons.open_path(path)
    assert hand.window.stage.banner.text.text() == (
        "broken.md: line 19: “edit.undoo” is no action; did you mean “edit.undo”?"
    )
    assert not page_of(hand).isVisible()
    assert hand.window.document.title == "The seed example"


def test_space_plays_after_a_click_on_next(hand: Hand, qtbot: QtBot) -> None:
    hand.window.features.lessons.open_path(files.shelf()[0].path)
    hand.canvas.setFocus()
    hand.scene.select([hand.graph.named("L").id])
    QTest.mouseClick(page_of(hand).next, Qt.MouseButton.LeftButton)
    assert hand.window.features.lessons.lessons.number == 1
    QTest.keyClick(hand.window.focusWidget(), Qt.Key.Key_Space)
    assert hand.window.player.is_playing
    hand.window.player.pause()


def test_a_lesson_is_chosen_in_the_help_menu_and_on_the_welcome_page(hand: Hand) -> None:
    menu = hand.window.menus.submenus["help.lessons"]
    titles = [action.text() for action in menu.actions() if isinstance(action.data(), Path)]
    assert titles == [entry.title for entry in files.shelf()]
    menu.actions()[1].trigger()
    assert page_of(hand).title.text() == "One node, two edges"
    hand.window.start_page.show()
    assert hand.window.start_page.page.first_lesson is not None
    hand.window.start_page.page.first_lesson.click()
    assert page_of(hand).title.text() == "A formula, drawn"
    assert hand.window.stage.shows_canvas


def test_a_lesson_is_answered_by_typing_alone(hand: Hand) -> None:
    hand.window.resize(1366, 768)
    text = "# T\n\n## S\n\n```nodegraph\nopen: seed-L\nask: value e\nask: value d\n```\n\n## Last\n\nText.\n"
    lessons = hand.window.features.lessons.lessons
    lessons.open(files.parse(text, "t", hand.window.features.lessons.words))
    for number in ("6", "-4"):
        QTest.keyClicks(QApplication.focusWidget(), number)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert lessons.tasks.are_done
    assert page_of(hand).next.hasFocus()
    QTest.keyClick(page_of(hand).next, Qt.Key.Key_Space)
    assert lessons.number == 1


def test_a_step_that_is_left_to_the_program_can_be_undone(hand: Hand) -> None:
    asked = "open: seed-L\nwait: value a = 4\nask: value e"
    text = f"# T\n\n## S\n\n```nodegraph\n{asked}\n```\n\n## Last\n\nText.\n"
    lessons = hand.window.features.lessons.lessons
    lessons.open(files.parse(text, "t", hand.window.features.lessons.words))
    assert page_of(hand).next.text() == "Do it for me"
    QTest.mouseClick(page_of(hand).next, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert lessons.tasks.are_done
    assert hand.graph.named("a").value == 4.0
    hand.do("edit.undo")
    assert hand.graph.named("a").value == 2.0
    QTest.mouseClick(page_of(hand).next, Qt.MouseButton.LeftButton)
    assert lessons.number == 1
