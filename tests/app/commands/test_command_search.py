"""Commands are found by the words that people have for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nodegraph.app.commands.command_search import Offer, found_by
from nodegraph.app.window.main_window import MainWindow
from nodegraph.formats.examples import groups
from nodegraph.lessons.reader import shelf

ASKED = {
    "make bigger": "view.text_larger",
    "increase font": "view.text_larger",
    "change colour": "view.theme",
    "group color": "graph.colour_blue",
    "ctrl z": "edit.undo",
    "go back": "view.back",
    "how do I train?": "train.run",
    "stop training": "train.stop",
    "batch size": "view.training",
    "momentum": "view.training",
    "early stopping": "view.training",
    "regularization": "view.training",
    "accuracy": "view.training",
    "save picture": "file.export",
    "download": "file.export",
    "copy to clipboard": "file.copy_picture",
    "record video": "file.export_animation",
    "export data": "train.save_data",
    "import from excel": "train.load_table",
    "normalize data": "train.standardise",
    "dummy variables": "train.one_hot",
    "dark": "view.theme",
    "remove connection": "edit.delete",
    "clear canvas": "file.new",
    "start over": "file.new",
    "show everything": "view.fit",
    "fit to window": "view.fit",
    "where am I": "view.fit",
    "show numbers": "view.labels_automatic",
    "hide labels": "view.labels_none",
    "rounding": "view.digits_usual",
    "add variable": "graph.add",
    "tanh": "graph.add",
    "hidden layer": "graph.insert_layer",
    "neural network": "graph.insert_mlp",
    "draw line": "graph.connect",
    "show arrows": "view.arrowheads",
    "curved lines": "view.edges_curved",
    "getting started": "file.welcome",
    "previous step": "pass.step_back",
    "last step": "pass.to_end",
    "calculate": "pass.play",
    "compute gradients": "pass.play",
    "loss.backward()": "pass.play",
    "optimizer.zero_grad()": "pass.zero_gradients",
    "requires_grad": "graph.exchange_leaves",
    "freeze weight": "graph.exchange_leaves",
    "undo training": "train.restore",
    "keep weights": "train.keep",
    "solution": "pass.show_answer",
    "give me a hint": "pass.hint",
    "align nodes": "graph.align_left",
    "space evenly": "graph.distribute_horizontally",
    "turn off grid": "view.snap",
    "hide the minimap": "view.minimap",
    "show formula": "view.derivation",
    "generate code": "file.export_program",
    "color blind": "view.high_contrast",
    "ancestors": "edit.select_upstream",
    "move nodes": "graph.layout",
    "merge": "graph.group",
    "what is this?": "help.here",
    "language": "help.shortcuts",
    "report a bug": "help.about",
}


def test_what_people_ask_for_is_among_the_first_three(window: MainWindow) -> None:
    offers = window.own_commands.commanding.commands()
    found = {asked: [offer.id for offer in found_by(offers, asked)[:3]] for asked in ASKED}
    assert {asked: ids for asked, ids in found.items() if ASKED[asked] not in ids} == {}


def offer(name: str, text: str, other_words: str = "", missing: str = "") -> Offer:
    return Offer(name, text, "Edit", "", "", missing, other_words)


COPY, COPY_PICTURE = offer("copy", "Copy"), offer("picture", "Copy as Picture", "image")
CENTRE, ZOOM = offer("centre", "Centre"), offer("zoom", "Zoom Out", "smaller view")


def ids(query: str) -> list[str]:
    return [found.id for found in found_by([COPY_PICTURE, COPY, CENTRE, ZOOM], query)]


def test_a_command_that_is_called_so_stands_before_those_that_only_begin_so() -> None:
    missing = offer("copy", "Copy", missing="Select a node first.")
    assert [found.id for found in found_by([COPY_PICTURE, missing], "copy")] == ["copy", "picture"]


def test_american_spelling_endings_and_words_that_fill_a_question_are_understood() -> None:
    assert ids("center") == ["centre"]
    assert ids("zooming out") == ids("How do I zoom out?") == ["zoom"]


def test_where_nothing_fits_all_words_all_but_one_may() -> None:
    assert ids("copy banana") == ["copy", "picture"]
    assert ids("banana split") == []


def titles(window: MainWindow, query: str) -> list[str]:
    return [offer.text for offer in found_by(window.own_commands.commanding.commands(), query)]


def test_lessons_and_examples_are_found_by_their_titles_and_by_what_they_are(window: MainWindow) -> None:
    lessons, examples = shelf(), [example for group in groups() for example in group.examples]
    assert {lesson.title for lesson in lessons} <= set(titles(window, "lesson"))
    assert {example.title for example in examples} <= set(titles(window, "example"))
    for title in [*(lesson.title for lesson in lessons), *(example.title for example in examples)]:
        assert title in titles(window, title)[:2]


def test_what_a_row_of_the_search_does_is_told_whole(window: MainWindow) -> None:
    commanding = window.own_commands.commanding
    commanding.open()
    foot = commanding.popup.foot
    told = {offer.missing or offer.tooltip for offer in commanding.commands()}
    cut = []
    for sentence in told:
        foot.setText(sentence)
        if foot.heightForWidth(foot.width()) > foot.height():
            cut.append(sentence)
    assert cut == []


def test_a_lesson_chosen_in_the_search_is_opened(window: MainWindow) -> None:
    lesson = shelf()[3]
    commanding = window.own_commands.commanding
    commanding.open()
    commanding.popup.field.setText(lesson.title)
    QTest.keyClick(commanding.popup.field, Qt.Key.Key_Return)
    opened = window.features.lessons.lessons.lesson
    assert opened is not None
    assert opened.title == lesson.title
    commanding.open()
    assert commanding.popup.found()[0].startswith(f"Help ▸ Lessons ▸ {lesson.title}")  # what was used last


def test_recent_files_of_one_name_are_found_each(window: MainWindow, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "net.nodegraph").touch()
        window.settings.add_recent_file(tmp_path / folder / "net.nodegraph")
    assert titles(window, "net.nodegraph") == ["net.nodegraph"] * 2
