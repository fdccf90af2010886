"""Export as an animation: what is chosen is what is written, piece by piece, and stopping leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from nodegraph.app.features.animation.dialog import MEASURING, AnimationDialog
from nodegraph.app.features.animation.feature import GUARDED, _drawn
from nodegraph.app.platform.background_tasks import Aside, time_left
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.animation.film import PassesFilm
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused
from nodegraph.formats import files


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[AnimationDialog]:
    window.commands.actions["file.export_animation"].trigger()
    (shown,) = window.findChildren(AnimationDialog)
    form = shown.form
    form.across.setValue(240)
    form.speed.setValue(20)
    form.fps.setValue(10)
    form.hold_start.setValue(0)
    form.hold_end.setValue(0.5)
    yield shown
    window.workspace.editor.tasks.stop()


@pytest.fixture
def chosen(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses."""
    path = tmp_path / "film.gif"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_asked: path)
    return path


def choose(box, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def test_the_file_is_as_was_chosen_and_opens_again(
    window: MainWindow, dialog: AnimationDialog, chosen: Path, qtbot: QtBot
) -> None:
    choose(dialog.form.look, "dark")
    dialog.form.loop.setValue(2)
    dialog.refresh()
    with qtbot.waitSignal(window.workspace.editor.tasks.ended):
        dialog.export_button.click()
    assert files.load(chosen) == window.document.graph
    with Image.open(chosen) as film:
        assert f"{film.size[0]} × {film.size[1]}</b> pixels, 1 seconds" in dialog.told.text()
        assert film.info["loop"] == 1
        assert film.convert("RGB").getpixel((0, 0)) == (0x14, 0x17, 0x1C)


def test_the_size_that_is_told_of_an_mp4_has_even_sides_as_its_pictures_have(
    window: MainWindow, dialog: AnimationDialog
) -> None:
    dialog.form.across.setValue(333)
    dialog.refresh()
    assert dialog.told.text().startswith("<b>333 × ")
    choose(dialog.form.format, ".mp4")
    dialog.refresh()
    options = dialog.chosen.figure
    film = PassesFilm(window.document.graph, window.workspace.player.trace, options, dialog.form.pace)
    film.make_even()
    assert film.size[0] == 334
    assert dialog.told.text().startswith(f"<b>334 × {film.size[1]}</b> pixels")


def test_stopping_leaves_what_was_there(
    window: MainWindow, dialog: AnimationDialog, chosen: Path, qtbot: QtBot
) -> None:
    chosen.write_bytes(b"before")
    dialog.form.speed.setValue(1)
    dialog.export_button.click()
    tasks = window.workspace.editor.tasks
    qtbot.waitUntil(lambda: tasks.dialog is not None and tasks.dialog.value() > 0)
    tasks.stop()
    assert chosen.read_bytes() == b"before"
    assert {path.name for path in chosen.parent.iterdir() if "film" in path.name} == {"film.gif"}
    assert window.features  # the window goes on
    assert dialog.isVisible()


def test_what_cannot_be_written_is_said_in_the_dialog(
    window: MainWindow, dialog: AnimationDialog, chosen: Path, qtbot: QtBot
) -> None:
    chosen.mkdir()
    with qtbot.waitSignal(window.workspace.editor.tasks.ended):
        dialog.export_button.click()
    assert dialog.note.text() == "film.gif: This is a folder, not a file."
    assert dialog.isVisible()


def test_each_format_offers_what_it_can_hold(dialog: AnimationDialog) -> None:
    form = dialog.form
    assert form.fps.maximum() == 50
    assert not form.transparent.isEnabled()
    choose(form.format, ".webp")
    form.transparent.setChecked(True)
    assert form.fps.maximum() == 60
    assert dialog.chosen.figure.transparent
    choose(form.format, ".mp4")
    assert not form.loop.isEnabled()
    assert not dialog.chosen.figure.transparent


def test_a_training_that_this_version_cannot_do_is_not_offered(window: MainWindow) -> None:
    graph = parse("L = (w*2 - 6)**2")
    graph.properties["training"] = {"steps": "many"}  # as a file may hold it
    window.document.replace(graph)
    window.commands.actions["file.export_animation"].trigger()
    (shown,) = window.findChildren(AnimationDialog)
    assert not shown.form.content.model().item(1).isEnabled()


def test_what_cannot_be_drawn_is_told_before(
    dialog: AnimationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_asked: object) -> str:
        raise Refused("It is far too large.")

    monkeypatch.setattr("nodegraph.canvas.picture.refusal_of", refuse)
    dialog.refresh()
    assert dialog.told.text() == "It is far too large."
    assert not dialog.export_button.isEnabled()


def test_the_training_is_offered_where_there_is_one(
    window: MainWindow, dialog: AnimationDialog, chosen: Path, qtbot: QtBot
) -> None:
    choose(dialog.form.content, "training")
    dialog.refresh()
    assert "at most " in dialog.told.text()
    with qtbot.waitSignal(window.workspace.editor.tasks.ended):
        dialog.export_button.click()
    assert files.load(chosen) == window.document.graph
    with Image.open(chosen) as film:  # its loss below the graph, too
        assert dialog.told.text().startswith(f"<b>{film.size[0]} × {film.size[1]}</b> pixels")


def test_what_was_chosen_is_remembered(window: MainWindow, dialog: AnimationDialog) -> None:
    choose(dialog.form.format, ".apng")
    dialog.reject()
    window.commands.actions["file.export_animation"].trigger()
    again = next(one for one in window.findChildren(AnimationDialog) if one.isVisible())
    assert again.form.format.currentData() == ".apng"
    assert again.form.across.value() == 240


def test_while_one_predicts_it_tells_why_not(window: MainWindow) -> None:
    window.player.set_guarded(True)
    command = window.commands.command("file.export_animation")
    assert command.why_not() == GUARDED


def test_time_left_is_told_in_words() -> None:
    assert time_left(5, 0.5) == "  about 5 s left"
    assert time_left(300, 0.5) == "  about 5 min left"
    assert time_left(0.5, 0.5) == ""


def test_a_large_graph_is_measured_and_drawn_in_turns(window: MainWindow, qtbot: QtBot) -> None:
    terms = [f"tanh(w{place}*x + b{place})" for place in range(40)]
    window.document.replace(parse("L = " + " + ".join(terms)))
    window.commands.actions["file.export_animation"].trigger()
    (dialog,) = window.findChildren(AnimationDialog)
    assert dialog.told.text() == MEASURING, "it was measured before the window had a turn"
    qtbot.waitUntil(lambda: "pixels" in dialog.told.text())
    task = _drawn(window.document.graph, window.workspace.player.trace, dialog.chosen)
    assert isinstance(next(task), Aside)
    led = [task.send(None) for _ in range(20)]
    task.close()
    assert led == [0.0] * 20, "the edges of its pictures were led in one turn"
