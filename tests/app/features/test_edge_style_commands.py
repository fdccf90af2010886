"""View ▸ Edges: chosen for all windows, remembered, and taken over by the export dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from nodegraph.app.platform import settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.edge_kinds import EdgeStyle


def test_edges_are_drawn_as_is_chosen_and_that_is_remembered(window: MainWindow) -> None:
    commands, layer = window.workspace.commands, window.workspace.scene.edge_layer
    assert layer.style == EdgeStyle()
    assert commands.action("view.edges_curved").isChecked()
    commands.action("view.edges_right_angled").trigger()
    commands.action("view.arrowheads").trigger()
    assert layer.style == EdgeStyle("right-angled", True)
    assert commands.action("view.edges_right_angled").isChecked()
    assert not commands.action("view.edges_curved").isChecked()
    assert window.workspace.settings.value(settings.EDGE_KIND) == "right-angled"
    assert window.workspace.settings.value(settings.ARROWHEADS) is True
    commands.action("view.edges_right_angled").trigger()
    assert layer.style.kind == "right-angled"  # what is chosen again stays chosen


def test_the_export_dialog_takes_the_kind_over_and_remembers_its_arrowheads(window: MainWindow) -> None:
    commands, export = window.workspace.commands, window.features.export
    commands.action("view.edges_straight").trigger()
    export.show_export()
    assert export.dialog is not None
    assert export.dialog.options.edges == EdgeStyle("straight", True)
    export.dialog.form.arrowheads.setChecked(False)
    assert export.dialog.options.edges == EdgeStyle("straight", False)
    export.dialog.reject()
    export.show_export()
    assert export.dialog.options.edges == EdgeStyle("straight", False)
    export.dialog.reject()


def test_no_word_of_the_export_dialog_is_cut_off(window: MainWindow) -> None:
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    labels = [label for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    assert "Edge la&bels" in [label.text() for label in labels]
    assert all(label.width() >= label.sizeHint().width() for label in labels)
    dialog.reject()
