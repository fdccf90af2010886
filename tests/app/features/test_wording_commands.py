"""View ▸ Edge Labels and View ▸ Names and Digits: one of several is chosen, at once, and kept."""

from __future__ import annotations

from nodegraph.app.platform import settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.wording import LABELS, Wording


def ticked(window: MainWindow, group: str) -> list[str]:
    """The commands of a group that are on."""
    actions = window.commands.actions
    return [name for name, action in actions.items() if name.startswith(group) and action.isChecked()]


def test_labels_are_chosen_and_kept(window: MainWindow) -> None:
    for kind in LABELS:
        window.commands.actions[f"view.labels_{kind}"].trigger()
        assert ticked(window, "view.labels_") == [f"view.labels_{kind}"]
        assert window.scene.showing.wording.labels == kind
        assert window.settings.value(settings.EDGE_LABELS) == kind
        window.commands.actions[f"view.labels_{kind}"].trigger()  # what is chosen again stays chosen
        assert ticked(window, "view.labels_") == [f"view.labels_{kind}"]


def test_digits_are_chosen_and_the_document_stays_as_it_is(window: MainWindow) -> None:
    before = window.document.graph.node("a")
    window.commands.actions["view.digits_3"].trigger()
    assert ticked(window, "view.digits_") == ["view.digits_3"]
    assert window.scene.showing.wording == Wording("automatic", 3)
    assert window.document.graph.node("a") == before
    assert not window.document.is_modified
    window.commands.actions["view.digits_usual"].trigger()
    assert window.scene.showing.wording.digits is None


def test_the_export_dialog_begins_with_what_the_canvas_shows(window: MainWindow) -> None:
    window.commands.actions["view.labels_contribution"].trigger()
    window.commands.actions["view.digits_3"].trigger()
    window.features.export.show_export()
    dialog = window.features.export.dialog
    assert dialog is not None
    assert dialog.options.wording == Wording("contribution", 3)
    dialog.form.labels.setCurrentIndex(dialog.form.labels.findData("none"))
    dialog.form.digits.setCurrentIndex(0)
    assert dialog.options.wording == Wording("none")
    dialog.reject()


def test_words_that_make_no_sense_in_the_settings_count_as_the_usual(window: MainWindow) -> None:
    for setting in (settings.EDGE_LABELS, settings.DIGITS):
        window.settings._store.setValue(setting.key, "99")
        assert window.settings.value(setting) == setting.default
