"""The export dialog's fields, format by format: what is shown is used, and what is not used is not shown."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import PictureOptions, Width
from nodegraph.core.graph import edits
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import files


@pytest.fixture
def dialog(window: MainWindow) -> ExportDialog:
    window.player.seek(7)
    window.features.export.show_export()
    assert window.features.export.dialog is not None
    return window.features.export.dialog


def choose(box, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def fields_of(dialog: ExportDialog) -> dict[str, QWidget]:
    form = dialog.form
    switches = {f"show {part}": switch for part, switch in form.switches.items()}
    rows = {"scale": form.scale, "width": form.size_choice, "theme": form.look, "margin": form.margin}
    return {**rows, "notation": form.notation, "transparent": form.transparent, **switches}


@pytest.mark.parametrize("size", ["natural", "single"])
def test_tab_goes_down_the_fields_then_to_the_preview_and_last_to_the_buttons(
    dialog: ExportDialog, size: str
) -> None:
    choose(dialog.form.size_choice, size)
    passed, widget = [dialog.format], dialog.format.nextInFocusChain()
    while widget is not dialog.format:
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes_tab and widget.isVisible() and widget.isEnabled() and widget.window() is dialog:
            passed.append(widget)
        widget = widget.nextInFocusChain()
    buttons = [dialog.cancel_button, dialog.copy_button, dialog.export_button]
    after = [dialog.preview, dialog.actual_size, *buttons]
    assert passed[-len(after) :] == after
    fields = passed[: -len(after)]
    assert {dialog.form.look, dialog.form.margin, dialog.form.transparent} < set(fields)
    places = [QRect(field.mapTo(dialog, QPoint()), field.size()) for field in fields]
    for one, other in pairwise(places):
        in_one_row = one.bottom() > other.top() and other.bottom() > one.top()
        assert other.left() > one.right() if in_one_row else other.top() > one.bottom()


def test_what_a_format_ignores_is_not_offered_and_all_else_is(dialog: ExportDialog) -> None:
    for suffix, exporter in EXPORTERS.items():
        choose(dialog.format, suffix)
        for option, field in fields_of(dialog).items():
            is_offered = not field.isHidden() and field.isEnabled()
            assert is_offered == (option not in exporter.ignores), (suffix, option)


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_what_a_format_leaves_out_is_as_usual(suffix: str) -> None:
    exporter = EXPORTERS[suffix]
    unusual = PictureOptions(
        8.0, "dark", True, 99.0, width=Width(5, "cm"), dpi=77, notation="compact",
        highlight=False, badges=False, legend=True, title=True, grid=True,
    )  # fmt: skip
    usual, counted = PictureOptions(), exporter.counted(unusual)
    for name in ("scale", "theme", "transparent", "margin", "width", "dpi", "notation"):
        kept = usual if name in exporter.ignores else unusual
        assert getattr(counted, name) == getattr(kept, name), name
    for part in ("highlight", "badges", "legend", "title", "grid"):
        kept = usual if f"show {part}" in exporter.ignores else unusual
        assert counted.shows(part) == kept.shows(part), part


def test_the_preview_of_a_page_is_not_made_of_what_only_other_formats_take(dialog: ExportDialog) -> None:
    choose(dialog.form.notation, "compact")
    choose(dialog.form.look, "dark")
    choose(dialog.format, ".html")
    assert (dialog.options.notation, dialog.options.theme) == ("cards", "light")
    choose(dialog.format, ".png")
    assert (dialog.options.notation, dialog.options.theme) == ("compact", "dark")


def test_the_size_of_type_is_told_only_where_the_file_decides_it(dialog: ExportDialog) -> None:
    choose(dialog.form.size_choice, "single")
    usual = dialog.format.currentData()
    for suffix, told in ((".html", "Its size"), (".dot", "<b>8.5</b> cm wide"), (".mmd", "Its size")):
        choose(dialog.format, usual)
        dialog.refresh()
        assert "pt" in dialog.type_label.text()
        choose(dialog.format, suffix)
        dialog.refresh()
        assert dialog.type_label.text() == "", suffix
        assert dialog.actual_size.isHidden(), suffix
        assert dialog.size_label.text().startswith(told), suffix


def test_the_size_that_is_told_of_a_page_is_its_own(dialog: ExportDialog) -> None:
    usual = dialog.format.currentData()
    dialog.form.scale.setValue(7)
    dialog.form.width_field.setText("700px")
    for chosen in ("natural", "single", "slide", "own"):
        choose(dialog.format, usual)
        choose(dialog.form.size_choice, chosen)
        choose(dialog.format, ".pdf")
        dialog.refresh()
        box = re.search(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", dialog.written(EXPORTERS[".pdf"]))
        assert box is not None
        told = [float(side) for side in re.findall(r"[0-9.]+", dialog.size_label.text())]
        sides = [float(side) / 72 * 2.54 for side in box.groups()]
        assert told == pytest.approx(sides, abs=0.09), chosen  # a page has whole points


def test_a_scale_that_is_not_seen_makes_no_picture(window: MainWindow, dialog: ExportDialog) -> None:
    usual = QImage.fromData(dialog.written(EXPORTERS[".png"])).size()
    dialog.form.scale.setValue(8)
    choose(dialog.format, ".svg")
    dragged = window.features.export.dragged_data(dialog).data("image/png")
    assert QImage.fromData(dragged).size() == usual
    assert dialog.image().size() == usual, "as another ending that was typed in the dialog of files makes it"


def test_a_file_that_is_text_is_copied_as_text(dialog: ExportDialog) -> None:
    for suffix in (".svg", ".tex", ".dot", ".mmd"):
        choose(dialog.format, suffix)
        dialog.copy_button.click()
        held = QGuiApplication.clipboard().mimeData()
        assert held.text().encode() == dialog.written(EXPORTERS[suffix]), suffix
        assert held.hasFormat("image/svg+xml") == (suffix == ".svg")
        assert dialog.note.text().startswith(f"Copied as {EXPORTERS[suffix].title}.")
        if suffix in (".svg", ".tex"):
            assert files.graph_of(held.text().encode()) == dialog.graph, suffix


def test_the_current_step_is_marked_only_where_it_is_shown(dialog: ExportDialog) -> None:
    switch = dialog.form.switches["highlight"]
    assert switch.isEnabled()
    choose(dialog.step, "backward")
    assert not switch.isEnabled()
    assert switch.toolTip() == "Only the step that is shown is marked"
    choose(dialog.format, ".dot")
    choose(dialog.step, "shown")
    assert switch.toolTip() == "Means nothing for Graphviz DOT"


def test_what_has_no_pixels_may_be_larger_than_any_picture(window: MainWindow) -> None:
    window.document.apply(edits.move(window.document.graph, {"L": (80_000.0, 9_000.0)}))
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    usual = dialog.format.currentData()
    for suffix in (".svg", ".dot", ".mmd"):
        choose(dialog.format, usual)
        dialog.refresh()
        assert not dialog.export_button.isEnabled()
        choose(dialog.format, suffix)
        dialog.refresh()
        assert dialog.export_button.isEnabled(), suffix
        assert dialog.written(EXPORTERS[suffix])


def test_a_format_that_leaves_the_notes_on_the_canvas_out_says_so(window: MainWindow) -> None:
    window.document.apply(add_note(window.document.graph, "Homework 3", 0, 400))
    window.scene.select(["a", "e"])
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    for suffix, exporter in EXPORTERS.items():
        choose(dialog.format, suffix)
        assert ("leaves out the note on the canvas" in dialog.note.text()) != exporter.holds_notes, suffix
    choose(dialog.format, ".dot")
    choose(dialog.part, "selection")
    assert "leaves out" not in dialog.note.text()
