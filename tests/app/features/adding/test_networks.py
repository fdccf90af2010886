"""Graph ▸ Insert: the dialog says what it would make, and makes it as one undo step, fed by the selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nodegraph.app.features.adding.network_dialog import NetworkDialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.building.network_draft import CROSS_ENTROPY, NO_LOSS
from nodegraph.core.graph import edits
from nodegraph.core.graph.grouping import group_faces
from tests.opening import names


def ask(window: MainWindow, kind: str) -> NetworkDialog:
    window.commands.actions[f"graph.insert_{kind}"].trigger()
    assert window.features.adding.networks.dialog is not None
    return window.features.adding.networks.dialog


@pytest.fixture
def empty(window: MainWindow) -> MainWindow:
    """The window with nothing in it."""
    window.workspace.files.new()
    return window


def test_the_submenu_of_the_graph_menu_has_all_three(window: MainWindow) -> None:
    texts = [action.text() for action in window.menus.submenus["graph.network"].actions()]
    assert texts == ["&Neuron…", "&Layer…", "Net&work (MLP)…"]


def test_an_mlp_is_typed_and_inserted_with_enter_as_one_undo_step(empty: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(empty, "mlp")
    QTest.keyClicks(dialog.sizes, "2-3-1")  # what was there is selected
    assert dialog.sentence.plain == (
        "2 inputs, 3 tanh neurons, 1 sigmoid output: 13 weights and biases, 35 nodes."
    )
    QTest.keyClick(dialog.sizes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(empty.document.graph) == 35)
    graph = empty.document.graph
    assert graph.node(graph.output or "").name == "L"
    assert len(graph.groups()) == 4
    assert empty.document.stack.count() == 1
    assert empty.document.stack.undoText() == "Insert MLP 2-3-1"
    empty.commands.actions["edit.undo"].trigger()
    qtbot.waitUntil(lambda: not len(empty.document.graph))
    assert empty.document.graph.groups() == []


def test_what_was_inserted_is_selected_and_in_view(empty: MainWindow, qtbot: QtBot) -> None:
    ask(empty, "mlp").insert_button.click()
    qtbot.waitUntil(lambda: len(empty.scene.selected_nodes()) == 44)
    canvas = empty.canvas
    seen = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert seen.contains(empty.scene.graph_rect())
    assert canvas.hasFocus()


def test_sizes_that_cannot_be_made_are_refused_in_place(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    for typed, said in (
        ("", "Write the sizes as 2-4-1"),
        ("2-four", "Write the sizes as 2-4-1"),
        ("2-0-1", "Each layer needs at least one neuron"),
        ("100-100-100", "That would be 41,001 nodes"),
        ("9-9999999", "That is too large"),
    ):
        dialog.sizes.setText(typed)
        assert dialog.sentence.plain.startswith(said), typed
        assert dialog.sentence.property("role") == "refusal", typed
        assert not dialog.insert_button.isEnabled(), typed
        QTest.keyClick(dialog.sizes, Qt.Key.Key_Return)
        assert dialog.isVisible(), typed
        assert names(empty) == [], typed
        dialog.sizes.setText("1-1")
        assert dialog.insert_button.isEnabled(), typed
        assert dialog.sentence.property("role") == "plain", typed


def test_cross_entropy_asks_for_sigmoid_outputs(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    dialog.loss.setCurrentIndex(dialog.loss.findData(CROSS_ENTROPY))
    assert dialog.insert_button.isEnabled()
    dialog.output.setCurrentIndex(dialog.output.findData("relu"))
    assert dialog.sentence.plain.startswith("Cross-entropy needs outputs between 0 and 1")
    assert not dialog.insert_button.isEnabled()


def test_a_penalty_that_is_no_number_is_refused_and_one_is_inserted(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    dialog.penalty.setText("much")
    assert "is not a number" in dialog.sentence.plain
    assert not dialog.insert_button.isEnabled()
    dialog.penalty.setText("1e-4")
    dialog.start.setCurrentIndex(dialog.start.findData("normal"))
    dialog.insert()
    graph = empty.document.graph
    alpha = graph.named("alpha")
    assert alpha is not None
    assert (alpha.op, alpha.value) == ("constant", 1e-4)


def test_escape_inserts_nothing(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert names(empty) == []


def test_a_neuron_takes_what_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    window.scene.select(["a", "b"])
    dialog = ask(window, "neuron")
    assert not dialog.inputs.isVisible()
    assert dialog.sentence.plain == "1 tanh neuron that takes a and b: 3 weights and biases, 7 nodes."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "h" in names(window))
    graph = window.document.graph
    faces = group_faces(graph, graph.groups()[0].id)
    assert [graph.node(face.source).name for face in faces.incoming] == ["a", "b"]


def test_a_layer_after_a_layer_takes_its_neurons(empty: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(empty, "layer")
    assert dialog.sentence.plain == "4 tanh neurons that take 2 new inputs: 12 weights and biases, 30 nodes."
    dialog.inputs.setValue(1)
    dialog.neurons.setValue(2)
    dialog.insert_button.click()
    qtbot.waitUntil(lambda: "h2" in names(empty))
    graph = empty.document.graph
    dialog = ask(empty, "layer")
    assert "take h1 and h2" in dialog.sentence.plain
    dialog.neurons.setValue(1)
    dialog.insert_button.click()
    qtbot.waitUntil(lambda: "h" in names(empty))
    faces = group_faces(graph, graph.groups()[-1].id)
    assert [face.source for face in faces.incoming] == ["h1", "h2"]


def test_two_neurons_in_a_row_do_not_get_the_same_weights(empty: MainWindow, qtbot: QtBot) -> None:
    ask(empty, "neuron").insert_button.click()
    qtbot.waitUntil(lambda: "h" in names(empty))
    empty.scene.select(["x1", "x2"])
    ask(empty, "neuron").insert_button.click()
    qtbot.waitUntil(lambda: "h2" in names(empty))
    graph = empty.document.graph
    assert graph.node("h_w1").value != graph.node("h2_w1").value


def test_the_seed_decides_the_weights(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    first = dialog.change()
    dialog.seed.setValue(dialog.seed.value() + 1)
    assert dialog.change() != first
    dialog.seed.setValue(dialog.seed.value() - 1)
    assert dialog.change() == first


def test_a_large_network_comes_whole_and_goes_with_one_undo(empty: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(empty, "mlp")
    dialog.sizes.setText("8-20-4")
    dialog.loss.setCurrentIndex(dialog.loss.findData(NO_LOSS))
    made = dialog.count().nodes
    dialog.insert_button.click()
    qtbot.waitUntil(lambda: len(empty.scene.selected_nodes()) == made)
    assert empty.document.stack.count() == 1


@pytest.mark.parametrize("kind", ["neuron", "layer", "mlp"])
def test_every_control_has_a_name_and_a_key(window: MainWindow, kind: str) -> None:
    dialog = ask(window, kind)
    for row in dialog._rows():
        text, field = row
        assert "&" in text
        assert field.accessibleName()
        assert field.objectName().startswith("network.")
    assert isinstance(QWidget.focusWidget(dialog), QWidget)


def test_the_dialog_goes_with_the_document_it_was_opened_for(window: MainWindow, qtbot: QtBot) -> None:
    """What it would insert was reckoned for a graph that is not open any more."""
    dialog = ask(window, "mlp")
    window.document.replace(parse("y = x*x", x=3))
    assert not dialog.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)


def test_the_dialog_inserts_into_the_graph_as_it_is_by_then(window: MainWindow, qtbot: QtBot) -> None:
    """The graph changes beneath the open dialog: a lesson, a script or undo may do that."""
    window.scene.select([window.document.graph.named("a").id])
    dialog = ask(window, "layer")
    window.document.apply(edits.remove(window.document.graph, [window.document.graph.named("a").id]))
    dialog.insert_button.click()
    QApplication.processEvents()
    assert window.document.graph.named("a") is None


def test_a_chosen_loss_brings_the_outputs_that_it_can_take(empty: MainWindow) -> None:
    dialog = ask(empty, "mlp")
    for loss, output in (("hinge", "linear"), ("cross_entropy", "sigmoid"), ("softmax", "linear")):
        dialog.loss.setCurrentIndex(dialog.loss.findData(loss))
        dialog.loss.activated.emit(dialog.loss.currentIndex())
        assert dialog.output.currentData() == output
    dialog.output.setCurrentIndex(dialog.output.findData("tanh"))
    dialog.loss.activated.emit(dialog.loss.currentIndex())
    assert dialog.output.currentData() == "tanh"


@pytest.mark.parametrize(
    ("typed", "title"),
    [("network", "Insert an MLP"), ("Layer", "Insert a Layer"), ("neur", "Insert a Neuron")],
)
def test_the_search_at_the_cursor_finds_them_and_enter_asks(
    empty: MainWindow, typed: str, title: str
) -> None:
    adding = empty.features.adding
    adding.open()
    QTest.keyClicks(adding.popup.field, typed)
    assert adding.popup.foot.text() == "Enter asks how large it is to be."
    QTest.keyClick(adding.popup.field, Qt.Key.Key_Return)
    assert adding.networks.dialog.isVisible()
    assert adding.networks.dialog.windowTitle() == title
    adding.networks.dialog.reject()


def test_a_short_word_is_still_a_new_input_and_an_edge_asks_for_no_network(empty: MainWindow) -> None:
    adding = empty.features.adding
    adding.open()
    QTest.keyClicks(adding.popup.field, "net")
    assert adding.popup.found()[:2] == ["leaf", "mlp"]
    QTest.keyClick(adding.popup.field, Qt.Key.Key_Return)
    assert names(empty) == ["net"]
    source = empty.document.graph.named("net").id
    adding.open_for_edge(QPointF(), source=source)
    QTest.keyClicks(adding.popup.field, "network")
    assert adding.popup.found() == []
