"""The export dialog: what is chosen is what is made, and what cannot be made is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

import nodegraph
from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.canvas.picture import PictureOptions
from nodegraph.cli import main
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files


@pytest.fixture
def dialog(window: MainWindow) -> ExportDialog:
    window.player.seek(7)
    window.scene.select(["a", "e"])
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    return window.features.export.dialog


def choose(box, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def test_the_picture_has_the_size_the_dialog_tells(dialog: ExportDialog) -> None:
    dialog.scale.setValue(1)
    dialog.refresh()
    image = QImage.fromData(dialog.written(EXPORTERS[".png"]))
    assert f"{image.width():,} × {image.height():,}" in dialog.size_label.text()
    dialog.scale.setValue(3)
    assert QImage.fromData(dialog.written(EXPORTERS[".png"])).width() == pytest.approx(
        3 * image.width(), abs=3
    )


def test_a_selection_makes_a_smaller_picture(dialog: ExportDialog) -> None:
    whole = dialog.image().width()
    choose(dialog.part, "selection")
    assert dialog.options.nodes == frozenset({"a", "e"})
    assert dialog.image().width() < whole


def test_a_picture_begins_with_the_colours_of_the_window(window: MainWindow) -> None:
    window.commands.actions["view.high_contrast"].trigger()
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    assert dialog.options.theme == window.scene.theme.name == "contrast"
    assert not dialog.image().isNull()


@pytest.mark.parametrize(("step", "position"), [("shown", 7), ("start", 0), ("forward", 4), ("backward", 11)])
def test_the_step_can_be_chosen(dialog: ExportDialog, step: str, position: int) -> None:
    choose(dialog.step, step)
    assert dialog.frame.position == position


def test_a_transparent_picture_is_transparent_at_its_corner(dialog: ExportDialog) -> None:
    assert dialog.image().pixelColor(0, 0).alpha() == 255
    dialog.transparent.setChecked(True)
    assert dialog.image().pixelColor(0, 0).alpha() == 0


def test_the_preview_follows_and_is_not_larger_than_its_room(dialog: ExportDialog) -> None:
    dialog.scale.setValue(8)
    dialog.refresh()
    assert 0 < dialog.preview.image.width() <= dialog.preview.width() * dialog.devicePixelRatioF() + 1


def test_a_far_too_large_picture_is_refused_with_a_scale_that_would_do(
    window: MainWindow, dialog: ExportDialog
) -> None:
    dialog.close()
    window.document.apply(edits.move(window.document.graph, {"L": (20_000.0, 9_000.0)}))
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    window.features.export.dialog.scale.setValue(8)
    window.features.export.dialog.refresh()
    assert "would do" in window.features.export.dialog.size_label.text()
    assert not window.features.export.dialog.export_button.isEnabled()
    assert not window.features.export.dialog.copy_button.isEnabled()


def test_an_empty_graph_has_nothing_to_export(window: MainWindow) -> None:
    window.document.new()
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    assert "add a node" in window.features.export.dialog.size_label.text()


def test_exporting_writes_a_picture_that_opens_again(
    window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "seed.png"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: path)
    dialog.export_button.click()
    assert files.load(path) == window.document.graph
    assert window.features.export.dialog is None
    assert "Exported as seed.png" in window.stage.hint.text()


def test_a_format_is_one_record_that_dialog_command_line_and_api_read(
    window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(graph: Graph, frame: Frame, _options: PictureOptions) -> bytes:
        return f"{graph.title} at {frame.position}".encode()

    monkeypatch.setitem(EXPORTERS, ".toy", Exporter(".toy", "Toy", write))
    offered: list[str] = []
    chosen = tmp_path / "chosen.toy"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *words: offered.extend(words) or chosen)
    dialog.export_button.click()
    assert "Toy (*.toy)" in offered[2]
    assert chosen.read_bytes() == b"The seed example at 7"
    nodegraph.export(window.document.graph, tmp_path / "api.toy", step=3)
    assert (tmp_path / "api.toy").read_bytes() == b"The seed example at 3"
    files.save(window.document.graph, tmp_path / "seed.nodegraph")
    out = tmp_path / "typed.toy"
    assert main(["export", str(tmp_path / "seed.nodegraph"), "-o", str(out), "--step", "2"]) == 0
    assert out.read_bytes() == b"The seed example at 2"


def test_a_failed_export_is_told_in_the_dialog_and_leaves_no_file(
    window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "no such folder" / "seed.png"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: path)
    dialog.export_button.click()
    assert "folder" in dialog.note.text()
    assert dialog.isVisible()
    assert not path.exists()


def test_the_copied_picture_carries_its_document(
    window: MainWindow, dialog: ExportDialog, qtbot: QtBot
) -> None:
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: dialog.note.text().startswith("Copied."))
    data = QGuiApplication.clipboard().mimeData().data("image/png").data()
    assert files.graph_of(data) == window.document.graph


def test_what_was_chosen_is_there_again_next_time(window: MainWindow, dialog: ExportDialog) -> None:
    dialog.scale.setValue(5)
    dialog.transparent.setChecked(True)
    dialog.close()
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    assert window.features.export.dialog.scale.value() == 5
    assert window.features.export.dialog.transparent.isChecked()


def test_the_dialog_goes_with_the_document_it_shows(window: MainWindow, dialog: ExportDialog) -> None:
    window.document.new()
    assert not dialog.isVisible()
    assert window.features.export.dialog is None
