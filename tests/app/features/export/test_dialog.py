"""The export dialog: what is chosen is what is made, and what cannot be made is refused."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

import nodegraph
from nodegraph.app.features.animation.dialog import AnimationDialog
from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.features.export.presets import BUILT_IN, Presets
from nodegraph.app.platform import settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas import picture
from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.canvas.picture import PictureOptions
from nodegraph.cli import main
from nodegraph.core.bits import Bits
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph import edits
from nodegraph.core.graph.direction import Direction
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
    dialog.form.scale.setValue(1)
    dialog.refresh()
    image = QImage.fromData(dialog.written(EXPORTERS[".png"]))
    assert f"{image.width():,} × {image.height():,}" in dialog.size_label.text()
    dialog.form.scale.setValue(3)
    assert QImage.fromData(dialog.written(EXPORTERS[".png"])).width() == pytest.approx(
        3 * image.width(), abs=3
    )


def test_what_means_nothing_in_a_format_rests_and_the_size_is_that_of_the_file(dialog: ExportDialog) -> None:
    dialog.form.scale.setValue(8)
    choose(dialog.format, ".svg")
    dialog.refresh()
    assert dialog.form.scale.isHidden()
    assert not dialog.form.notation.isHidden()
    width, height = re.findall(rb'(?:width|height)="([0-9.]+)"', dialog.written(EXPORTERS[".svg"]))[:2]
    told = " × ".join(f"{float(side) / 96 * 2.54:.1f}" for side in (width, height))
    assert dialog.size_label.text() == f"<b>{told}</b> cm"
    choose(dialog.format, ".mmd")
    dialog.refresh()
    assert dialog.form.notation.isHidden()
    assert dialog.form.size_choice.isHidden()
    assert not dialog.form.transparent.isEnabled()
    assert dialog.form.transparent.toolTip() == "Means nothing for Mermaid"
    assert "pixels" not in dialog.size_label.text()
    choose(dialog.format, ".png")
    dialog.refresh()
    assert not dialog.form.scale.isHidden()
    assert not dialog.form.notation.isHidden()
    assert dialog.form.transparent.isEnabled()
    assert dialog.form.transparent.toolTip() == "Leave out the background"
    assert dialog.size_label.text().endswith("pixels")


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
    dialog.form.transparent.setChecked(True)
    assert dialog.image().pixelColor(0, 0).alpha() == 0


def test_the_preview_follows_and_is_not_larger_than_its_room(dialog: ExportDialog) -> None:
    dialog.form.scale.setValue(8)
    dialog.refresh()
    assert 0 < dialog.preview.image.width() <= dialog.preview.width() * dialog.devicePixelRatioF() + 1


def test_a_far_too_large_picture_is_refused_with_a_scale_that_would_do(
    window: MainWindow, dialog: ExportDialog
) -> None:
    dialog.close()
    window.document.apply(edits.move(window.document.graph, {"L": (20_000.0, 9_000.0)}))
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    window.features.export.dialog.form.scale.setValue(8)
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
    qtbot.waitUntil(lambda: dialog.note.text().startswith("Copied as a picture."))
    data = QGuiApplication.clipboard().mimeData().data("image/png").data()
    assert files.graph_of(data) == window.document.graph


def test_what_was_chosen_is_there_again_next_time(window: MainWindow, dialog: ExportDialog) -> None:
    dialog.form.scale.setValue(5)
    dialog.form.transparent.setChecked(True)
    dialog.close()
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    assert window.features.export.dialog.form.scale.value() == 5
    assert window.features.export.dialog.form.transparent.isChecked()


def test_the_dialog_goes_with_the_document_it_shows(window: MainWindow, dialog: ExportDialog) -> None:
    window.document.new()
    assert not dialog.isVisible()
    assert window.features.export.dialog is None


def test_the_preview_is_the_picture_pixel_for_pixel(dialog: ExportDialog) -> None:
    dialog.form.scale.setValue(2)
    dialog.actual_size.setChecked(True)
    dialog.refresh()
    assert dialog.preview.image == dialog.image()
    assert dialog.preview.paper.size() * dialog.devicePixelRatioF() == dialog.image().size()


def test_a_width_makes_a_figure_and_tells_its_smallest_type(dialog: ExportDialog) -> None:
    choose(dialog.form.size_choice, "single")
    dialog.refresh()
    assert dialog.image().width() == 1004
    assert "1,004 ×" in dialog.size_label.text()
    assert dialog.type_label.text().startswith("⚠ Smallest type")
    assert "needs a width of" in dialog.type_label.text()
    dialog.form.width_field.setText("40cm")
    dialog.form.width_field.textEdited.emit("40cm")
    dialog.refresh()
    assert dialog.form.size_choice.currentData() == "own"
    assert dialog.type_label.text().startswith("Smallest type")


def test_a_width_that_is_none_is_refused_in_its_sentence(dialog: ExportDialog) -> None:
    choose(dialog.form.size_choice, "own")
    for width in ("0cm", "wide", "", "1cm"):
        for typed, is_one in (("12cm", True), (width, False)):
            dialog.form.width_field.setText(typed)
            dialog.form.width_field.textEdited.emit(typed)
            dialog.refresh()
            assert dialog.export_button.isEnabled() == is_one, typed
        assert dialog.size_label.text().endswith((".", "would do.")), width
    dialog.reject()


def test_each_switch_is_in_the_options(dialog: ExportDialog) -> None:
    for part, switch in dialog.form.switches.items():
        for on in (True, False):
            switch.setChecked(on)
            assert dialog.form.options().shows(part) is on


def test_a_picture_may_lead_another_way_than_the_canvas(dialog: ExportDialog) -> None:
    choose(dialog.form.direction, "top-to-bottom")
    dialog.refresh()
    turned, there = dialog.image(), dialog.graph.direction
    choose(dialog.form.direction, "")
    assert turned.height() > dialog.image().height()
    assert dialog.graph.direction is there
    dialog.form.show_options(replace(dialog.form.options(), direction=Direction.DOWN))
    assert dialog.form.direction.currentData() == "top-to-bottom"


def test_a_preset_sets_every_field_and_is_left_when_one_changes(dialog: ExportDialog) -> None:
    box = dialog.presets.box
    choose(box, "Paper, one column")
    box.activated.emit(box.currentIndex())
    chosen = dialog.form.options()
    assert (chosen.theme, chosen.notation, str(chosen.width)) == ("print", "compact", "8.5cm")
    assert dialog.presets.name == "Paper, one column"
    choose(dialog.form.look, "dark")
    assert dialog.presets.name == "Own"


def test_presets_are_saved_renamed_and_deleted(
    window: MainWindow, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = dialog.presets
    names = iter(["Mine", "Slide", "Ours", ""])
    monkeypatch.setattr(bar, "ask_name", lambda *_: next(names))
    choose(dialog.form.look, "dark")
    bar.save_requested.emit()
    assert bar.name == "Mine"
    bar.save_requested.emit()
    assert "always there" in dialog.note.text()
    bar.rename_action.trigger()
    assert bar.name == "Ours"
    bar.save_requested.emit()
    assert dialog.note.text() == "A preset needs a name."
    dialog.close()
    window.features.export.show_export()
    again = window.features.export.dialog
    assert again is not None
    choose(again.form.look, "light")
    choose(again.presets.box, "Ours")
    again.presets.box.activated.emit(again.presets.box.currentIndex())
    assert again.form.options().theme == "dark"
    again.presets.delete_action.trigger()
    assert again.presets.box.findData("Ours") == -1
    assert "Ours" not in Presets(window.workspace.settings).names()


def test_another_preset_is_replaced_only_with_a_persons_word(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, asked = dialog.presets, []
    for name in ("One", "Two"):
        bar.presets.save(name, BUILT_IN["Slide"])
    answer = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *said: asked.append(said[-1]) or answer)
    monkeypatch.setattr(bar, "ask_name", lambda _title, _name: "Two")
    bar.save(BUILT_IN["Web page"])
    assert asked == ["There is a preset “Two” already. Replace it?"]
    assert bar.presets.options("Two") == BUILT_IN["Slide"]
    answer = QMessageBox.StandardButton.Yes
    bar.save(BUILT_IN["Web page"])
    assert bar.presets.options("Two") == BUILT_IN["Web page"]
    asked.clear()
    bar.save(BUILT_IN["Slide"])
    assert not asked, "it is the one that is shown"


def test_a_preset_that_was_edited_by_hand_into_nonsense_is_left_out(window: MainWindow) -> None:
    broken = ["A={", "B", "=x", "C=" + '{"scale": 1e999}', "D=" + "[" * 5000]
    window.workspace.settings.set(settings.EXPORT_PRESETS, broken)
    assert Presets(window.workspace.settings).names() == list(BUILT_IN)


def test_exporting_again_writes_the_graph_as_it_is_now(
    window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, again = window.features.export, window.commands.actions["file.export_again"]
    path = tmp_path / "seed.svg"
    assert not again.isEnabled()
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: path)
    dialog.export_button.click()
    window.commands.refresh()
    assert again.isEnabled()
    window.document.apply(edits.set_value(window.document.graph, "a", 7.0))
    again.trigger()
    assert files.load(path).node("a").value == 7.0
    assert "Exported again as seed.svg" in window.stage.hint.text()
    asked: list[str] = []
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *words: asked.extend(words))
    export.show_export()
    assert export.dialog is not None
    export.dialog.export_button.click()
    assert asked[0].endswith(".svg")
    assert asked[2].startswith("SVG")
    window.document.new()
    assert export.why_not_again() != ""


def test_the_dialog_says_of_each_format_whether_it_opens_again(dialog: ExportDialog) -> None:
    for suffix in EXPORTERS:
        choose(dialog.format, suffix)
        carries = suffix not in (".dot", ".mmd")
        assert ("it is the graph again" in dialog.note.text()) == carries
        assert ("does not open again" in dialog.note.text()) != carries


def animation_shown(window: MainWindow) -> AnimationDialog:
    (shown,) = (one for one in window.findChildren(AnimationDialog) if one.isVisible())
    return shown


def test_each_dialog_goes_over_to_the_other_by_its_list_of_formats(
    window: MainWindow, dialog: ExportDialog
) -> None:
    choose(dialog.form.look, "print")
    choose(dialog.format, ".webp")
    assert not dialog.isVisible()
    moving = animation_shown(window)
    assert moving.form.format.currentData() == ".webp"
    assert moving.focusWidget() is moving.form.format
    assert moving.chosen.figure.theme == "print"
    choose(moving.form.format, ".pdf")
    assert not moving.isVisible()
    assert window.features.export.dialog is not None
    assert window.features.export.dialog.format.currentData() == ".pdf"
    assert window.features.export.dialog.focusWidget() is window.features.export.dialog.format
    assert window.features.export.dialog.options.theme == "print"


def test_an_animation_is_the_last_format_and_is_exported_again(
    window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "seed.gif"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: path)
    choose(dialog.format, ".gif")
    moving = animation_shown(window)
    moving.form.across.setValue(200)
    moving.form.speed.setValue(20)
    moving.form.fps.setValue(5)
    tasks = window.workspace.editor.tasks
    with qtbot.waitSignal(tasks.ended):
        moving.export_button.click()
    window.document.apply(edits.set_value(window.document.graph, "a", 7.0))
    with qtbot.waitSignal(tasks.ended):
        window.commands.run("file.export_again")
    assert files.load(path).node("a").value == 7.0
    assert "Exported again as seed.gif" in window.stage.hint.text()
    window.commands.run("file.export")
    assert animation_shown(window).form.format.currentData() == ".gif"
    animation_shown(window).reject()
    window.document.new()
    window.commands.run("file.export")
    assert window.features.export.dialog is not None
    assert window.features.export.dialog.format.currentData() == ".png"


def test_a_graph_is_copied_as_svg_and_as_markdown(window: MainWindow) -> None:
    window.commands.run("file.copy_svg")
    held = QGuiApplication.clipboard().mimeData()
    assert files.graph_of(held.data("image/svg+xml").data()) == window.document.graph
    assert held.text().startswith("<?xml")
    window.commands.run("file.copy_markdown")
    text = QGuiApplication.clipboard().text()
    found = re.fullmatch(r"!\[The seed example\]\(data:image/png;base64,([A-Za-z0-9+/=]+)\)", text)
    assert found is not None
    assert files.graph_of(base64.b64decode(found[1])) == window.document.graph


def test_the_picture_can_be_dragged_into_another_program(window: MainWindow, dialog: ExportDialog) -> None:
    held = window.features.export.dragged_data(dialog)
    (url,) = held.urls()
    assert files.load(Path(url.toLocalFile())) == window.document.graph
    assert files.graph_of(held.data("image/png").data()) == window.document.graph


def test_every_control_of_the_dialog_has_a_name_and_takes_the_keyboard(dialog: ExportDialog) -> None:
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit):
        for widget in dialog.findChildren(kind):
            if widget.isVisibleTo(dialog) and not widget.objectName().startswith("qt_"):
                assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_dialog_fits_a_low_screen(dialog: ExportDialog) -> None:
    for size in ("natural", "single", "own"):
        choose(dialog.form.size_choice, size)
        least = dialog.minimumSizeHint()
        assert least.width() <= 1366
        assert least.height() <= 700


def test_the_dialog_of_a_large_graph_is_shown_before_its_preview_is_drawn(
    window: MainWindow, qtbot: QtBot
) -> None:
    """It held the window for seconds."""
    rows = "; ".join(f"h{i} = tanh(w{i}*x + b{i})" for i in range(24))
    window.document.replace(parse(f"{rows}; L = {' + '.join(f'h{i}' for i in range(24))}"))
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    assert dialog.preview.image.isNull()
    assert dialog.size_label.text() == "Drawing the preview …"
    qtbot.waitUntil(lambda: not dialog.preview.image.isNull(), timeout=20_000)
    image = QImage.fromData(dialog.written(EXPORTERS[".png"]))
    assert f"{image.width():,} × {image.height():,}" in dialog.size_label.text()
    drawn = dialog.preview.image
    dialog.form.scale.setValue(3)
    dialog.refresh()
    assert dialog.preview.image is not drawn
    assert f"{image.width():,}" not in dialog.size_label.text()


def test_a_preview_that_ends_while_a_wrong_width_is_typed_is_shown_and_then_refused(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asked for the width again, and a timer went round and round with nothing to draw."""
    drawn, is_begun, may_end, proofing = dialog.preview.image, list[bool](), list[bool](), picture.proofing

    def wait(*asked: Any, **more: Any) -> Bits[picture.Proof]:
        is_begun.append(True)
        while not may_end:
            yield
        return (yield from proofing(*asked, **more))

    monkeypatch.setattr(picture, "proofing", wait)
    dialog.form.scale.setValue(3)
    qtbot.waitUntil(lambda: bool(is_begun))
    choose(dialog.form.size_choice, "own")
    dialog.form.width_field.setText("wide")
    dialog.form.width_field.textEdited.emit("wide")
    may_end.append(True)
    qtbot.waitUntil(lambda: not dialog.export_button.isEnabled())
    assert dialog.preview.image is not drawn
    qtbot.waitUntil(lambda: not drawing_timers(dialog))


def drawing_timers(dialog: ExportDialog) -> list[QTimer]:
    return [timer for timer in dialog.findChildren(QTimer) if timer.isActive() and not timer.interval()]


def test_a_preview_that_fails_leaves_nothing_running(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object, **_more: object) -> Iterator[None]:
        yield
        raise ValueError("this is meant to fail")

    # When it is shown it draws a preview for the room that it then has, which may take a moment.
    qtbot.waitUntil(lambda: not dialog._delay.isActive() and not drawing_timers(dialog))
    monkeypatch.setattr(picture, "proofing", fail)
    with qtbot.captureExceptions() as failed:
        dialog.form.scale.setValue(3)
        qtbot.waitUntil(lambda: bool(failed))
        qtbot.waitUntil(lambda: not drawing_timers(dialog))
    assert len(failed) == 1
