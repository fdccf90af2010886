"""Data generated in the window: seen before they are taken, told, and one undo step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.data.generate_dialog import MOST_SHOWN, GenerateDialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import LIGHT, THEMES, Theme
from nodegraph.core.building.expression import parse
from nodegraph.core.data.generators import generate
from nodegraph.core.training.bindings import bound_inputs, table_of


@pytest.fixture
def dialog(qtbot: QtBot) -> Callable[[Theme], GenerateDialog]:
    def make(theme: Theme = LIGHT) -> GenerateDialog:
        made = GenerateDialog(theme)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def choose(dialog: GenerateDialog, kind: str) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def test_what_was_chosen_is_handed_over(dialog: Callable[..., GenerateDialog], qtbot: QtBot) -> None:
    shown = dialog()
    choose(shown, "circles")
    shown.rows.setValue(40)
    shown.noise.setText("1/4")
    shown.seed.setValue(9)
    shown.classes.setCurrentIndex(1)
    with qtbot.waitSignal(shown.made) as made:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert made.args == [generate("circles", 40, 0.25, 9, signed=True)]
    assert not shown.isVisible()


@pytest.mark.parametrize("noise", ["much", "", "-1", "1e9", "nan"])
def test_a_noise_that_is_none_is_told_and_generates_nothing(
    noise: str, dialog: Callable[..., GenerateDialog]
) -> None:
    shown = dialog()
    shown.noise.setText(noise)
    assert not shown.generate_button.isEnabled()
    assert shown.sentence.property("role") == "refusal"
    assert shown.sentence.plain
    shown.noise.setText("0.2")
    assert shown.generate_button.isEnabled()


def test_a_line_has_no_classes(dialog: Callable[..., GenerateDialog]) -> None:
    shown = dialog()
    assert shown.sentence.plain.endswith("Inputs x1, x2, target t.")
    choose(shown, "line")
    assert not shown.classes.isEnabled()
    assert shown.sentence.plain.endswith("Inputs x, target t.")


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_points_are_seen_in_two_colours_and_lie_inside(
    name: str, dialog: Callable[..., GenerateDialog]
) -> None:
    theme = THEMES[name]
    shown = dialog(theme)
    shown.rows.setValue(100_000)
    places = shown.points.places()
    assert len(places) == MOST_SHOWN
    assert places.min() > 0
    assert (places < [shown.points.width(), shown.points.height()]).all()
    image: QImage = shown.points.grab().toImage()
    found = {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }
    assert {theme.forward.upper(), theme.field.upper()} <= found
    ring = shown.points.classes == 0
    assert len(set(map(tuple, places[ring].tolist()))) > 1


def test_the_data_are_taken_with_the_columns_of_their_names_and_one_undo_takes_them_back(
    window: MainWindow,
) -> None:
    window.document.replace(parse("L = (w*x1 + v*x2 + b - t)**2"))
    window.commands.run("train.generate_data")
    shown = window.features.data.dialog
    assert shown is not None
    shown.generate()
    graph = window.document.graph
    table = table_of(graph)
    assert table is not None
    assert (table.title, table.rows) == ("Moons", 100)
    assert set(bound_inputs(graph).values()) == {"x1", "x2", "t"}
    assert window.document.stack.undoText() == "Generate data"
    window.commands.run("edit.undo")
    assert table_of(window.document.graph) is None
    assert not bound_inputs(window.document.graph)


def test_the_page_of_the_training_offers_it_where_there_are_no_data(window: MainWindow) -> None:
    window.commands.run("view.training")
    page = window.workspace.dock.page("training")
    assert page.data.generate_button.isVisible()
    page.data.generate_button.click()
    shown = window.features.data.dialog
    assert shown is not None
    shown.generate()
    assert not page.data.generate_button.isVisible()
    assert page.data.load_button.isVisible()


def test_another_document_leaves_nothing_to_generate_for(window: MainWindow) -> None:
    window.commands.run("train.generate_data")
    shown = window.features.data.dialog
    assert shown is not None
    assert shown.isVisible()
    closed: list[int] = []
    shown.finished.connect(closed.append)
    window.document.replace(parse("L = a*b"))
    assert closed == [0]


SIGNED = {
    "y = w*x1 + v*x2; L = relu(1 - t*y)": True,
    "y = tanh(w*x1 + v*x2); L = (y - t)**2": True,
    "s = w*x1 + v*x2; L = max(0, 1 - t*s) + 0.1*w**2": True,
    "p = tanh(w*x1 + v*x2); L = (t - p)**2": True,
    "h = tanh(w*x1); p = v*h; L = (t - p)**2": False,
    "y = sigmoid(w*x1 + v*x2); L = (y - t)**2": False,
    "L = a*b": False,
}
"""Losses, and whether they take classes of −1 and 1."""


def test_the_classes_are_at_first_those_that_the_loss_takes(window: MainWindow) -> None:
    for text, signed in SIGNED.items():
        window.document.replace(parse(text))
        window.commands.run("train.generate_data")
        shown = window.features.data.dialog
        assert shown is not None
        assert bool(shown.classes.currentData()) == signed, text
        shown.reject()
