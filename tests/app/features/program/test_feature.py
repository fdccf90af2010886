"""The open graph as a program: on the clipboard, in a file, and the sentence where there is none."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from nodegraph.app.features.program.feature import AT_ONCE, EMPTY
from nodegraph.app.platform import settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.formats.programs.program import to_program
from nodegraph.formats.programs.titles import PROGRAMS

COMMANDS = ["file.export_program", *(f"edit.copy_{kind}" for kind in PROGRAMS)]
CHAIN = "\n".join(f"x{i + 1} = x{i} * x{i}" for i in range(AT_ONCE))


def choose_in_dialog(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str) -> list[list[str]]:
    """A person chooses this kind and this file; returns the kinds that they are offered each time."""
    offered: list[list[str]] = []

    def answer(dialog: QFileDialog) -> bool:
        offered.append(dialog.nameFilters())
        dialog.selectNameFilter(kind)
        dialog.selectFile(str(path))
        return True

    monkeypatch.setattr(QFileDialog, "exec", answer)
    return offered


def test_the_program_is_put_on_the_clipboard_and_told(window: MainWindow) -> None:
    for name, kind in PROGRAMS.items():
        window.commands.action(f"edit.copy_{name}").trigger()
        source = to_program(window.document.graph, kind.to, vectorised=kind.vectorised)
        assert QGuiApplication.clipboard().text() == source
        assert window.stage.hint.text() == f"Copied as a program for {kind.title}."


def test_a_vectorised_program_of_what_cannot_be_trained_is_refused(window: MainWindow) -> None:
    window.document.replace(parse("y = 2 + 3"))
    window.commands.action("edit.copy_numpy_vectorised").trigger()
    assert window.stage.banner.text.text().startswith("There is no input to train")


def test_a_copied_program_prints_the_output_that_is_shown(window: MainWindow) -> None:
    window.commands.run("edit.copy_python")
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(QGuiApplication.clipboard().text(), "program", "exec"), {})
    trace = run(window.document.graph)
    assert trace.output is not None
    assert printed.getvalue().split()[2] == repr(trace.value(trace.output))


def test_what_a_target_cannot_do_is_told_and_leaves_the_clipboard(window: MainWindow) -> None:
    window.document.replace(parse("y = exp(a)", a=1))
    QGuiApplication.clipboard().setText("before")
    with pytest.raises(Refused) as refused:
        to_program(window.document.graph, "micrograd")
    window.commands.action("edit.copy_micrograd").trigger()
    assert window.stage.banner.text.text() == str(refused.value)
    assert QGuiApplication.clipboard().text() == "before"


def test_an_empty_graph_has_no_program_and_the_commands_say_so(window: MainWindow) -> None:
    window.document.replace(Graph())
    for name in COMMANDS:
        assert not window.commands.action(name).isEnabled()
        assert window.commands.command(name).why_not() == EMPTY
    window.document.replace(parse("y = a * b", a=1, b=2))
    assert all(window.commands.action(name).isEnabled() for name in COMMANDS)


def test_the_chosen_kind_is_the_target_and_is_offered_first_the_next_time(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.py"
    offered = choose_in_dialog(monkeypatch, path, "JAX (*.py)")
    window.commands.action("file.export_program").trigger()
    assert path.read_text() == to_program(window.document.graph, "jax")
    assert window.stage.hint.text() == "Exported as model.py."
    assert window.workspace.settings.value(settings.PROGRAM_TARGET) == "jax"
    window.commands.action("file.export_program").trigger()
    kinds = [f"{title} (*.py)" for title in (kind.title for kind in PROGRAMS.values())]
    assert offered == [kinds, ["JAX (*.py)", *(kind for kind in kinds if kind != "JAX (*.py)")]]


def test_a_refused_export_leaves_the_file_as_it_was(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.replace(parse("y = exp(a)", a=1))
    path = tmp_path / "model.py"
    path.write_text("before")
    choose_in_dialog(monkeypatch, path, "micrograd (*.py)")
    window.commands.action("file.export_program").trigger()
    assert path.read_text() == "before"
    assert window.stage.banner.text.text().startswith("micrograd has no ")


def test_a_file_that_cannot_be_written_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: tmp_path / "nowhere" / "model.py")
    window.commands.action("file.export_program").trigger()
    assert window.stage.banner.text.text().startswith("model.py: ")


def test_a_large_program_is_written_by_another_thread(window: MainWindow, qtbot: QtBot) -> None:
    window.document.replace(parse(CHAIN, x0=1))
    QGuiApplication.clipboard().setText("before")
    tasks = window.workspace.editor.tasks
    with qtbot.waitSignal(tasks.ended):
        window.commands.action("edit.copy_jax").trigger()
        assert tasks.is_running
        assert QGuiApplication.clipboard().text() == "before"
    assert QGuiApplication.clipboard().text() == to_program(window.document.graph, "jax")


def test_the_refusal_of_a_large_program_is_told_too(window: MainWindow, qtbot: QtBot) -> None:
    window.document.replace(parse(f"{CHAIN}\ny = exp(x{AT_ONCE})", x0=1))
    with qtbot.waitSignal(window.workspace.editor.tasks.ended):
        window.commands.action("edit.copy_micrograd").trigger()
    assert window.stage.banner.text.text().startswith("micrograd has no ")
