"""Quick add: search or formula at the cursor, connected to what is selected, one undo step each."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QMargins, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.features.adding.popup import CLOSE_MATCH, is_formula
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.search import rank, search

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window.canvas, key, modifiers)


def open_with_tab(window: MainWindow) -> None:
    """Tab on the canvas."""
    window.canvas.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert window.features.adding.popup.isVisible()
    assert window.features.adding.popup.field.hasFocus()


def write(window: MainWindow, text: str) -> None:
    """Type into the popup's field."""
    QTest.keyClicks(window.features.adding.popup.field, text)


def sources(window: MainWindow, node_id: str) -> list[str]:
    """The nodes that feed a node, by port."""
    return [edge.source for edge in window.document.graph.edges_into(node_id)]


@pytest.mark.parametrize("text", ["x*w + b", "y=", "sin(x)", "a-1", "L = d*f", "-x", "2**3", "(a"])
def test_what_has_operators_and_names_is_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["*", "-", "**", "mul", "1/x", "|x|", "", "  ", "leaky relu", "leaky_relu"])
def test_names_and_symbols_of_operations_are_none(text: str) -> None:
    assert not is_formula(text)


def test_search_goes_by_name_symbol_and_synonym(window: MainWindow) -> None:
    for typed, first in (("*", "multiply"), ("times", "multiply"), ("mul", "multiply"), ("ln", "log")):
        open_with_tab(window)
        write(window, typed)
        assert window.features.adding.popup.found()[0] == first, typed
        press(window, Qt.Key.Key_Escape)


def test_shift_a_and_the_button_open_it_too(window: MainWindow) -> None:
    window.canvas.setFocus()
    press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert window.features.adding.popup.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert window.features.adding.popup.isHidden()
    assert window.canvas.hasFocus()
    button = next(one for one in window.top_bar.buttons if one.objectName() == "graph.add.top")
    QTest.mouseClick(button, LEFT)
    assert window.features.adding.popup.isVisible()


def test_enter_adds_behind_the_selected_node_in_one_step(window: MainWindow) -> None:
    before = window.document.graph.copy()
    window.scene.select(["L"])
    open_with_tab(window)
    write(window, "tanh")
    assert window.features.adding.popup.foot.text() == "Enter adds Tanh of L."
    press(window, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    assert window.document.graph.node(made).op == "tanh"
    assert sources(window, made) == ["L"]
    assert window.canvas.hasFocus()
    window.workspace.editor.undo()
    assert window.document.graph == before


def test_two_selected_nodes_feed_the_new_one(window: MainWindow) -> None:
    window.scene.select(["a", "f"])
    open_with_tab(window)
    write(window, "*")
    assert window.features.adding.popup.foot.text() == "Enter adds Multiply of a and f."
    press(window, Qt.Key.Key_Return)
    assert sources(window, window.scene.selected_nodes()[0]) == ["a", "f"]
    assert window.document.stack.count() == 1


def test_an_input_fills_the_port_that_waits(window: MainWindow) -> None:
    window.workspace.editor.add_connected("multiply", QPointF(900, 600), ["L"])
    (waiting,) = window.scene.selected_nodes()
    open_with_tab(window)
    write(window, "input")
    press(window, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    assert sources(window, waiting) == ["L", made]


def test_without_a_selection_it_is_added_alone(window: MainWindow) -> None:
    window.scene.select()
    open_with_tab(window)
    write(window, "exp")
    assert window.features.adding.popup.foot.text() == "Enter adds Exp."
    press(window, Qt.Key.Key_Return)
    assert sources(window, window.scene.selected_nodes()[0]) == []


def test_more_nodes_than_an_operation_takes_stay_unconnected(window: MainWindow) -> None:
    window.scene.select(["a", "b"])
    open_with_tab(window)
    write(window, "sin")
    press(window, Qt.Key.Key_Return)
    assert sources(window, window.scene.selected_nodes()[0]) == []


def test_the_arrows_choose_and_a_click_does_too(window: MainWindow) -> None:
    open_with_tab(window)
    write(window, "arit")
    popup = window.features.adding.popup
    popup.field.clear()
    shown = popup.found()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Return)
    assert window.document.graph.nodes()[-1].op == shown[1]
    open_with_tab(window)
    third = popup.rows.visualRect(popup.model.index(2, 0)).center()
    QTest.mouseClick(popup.rows.viewport(), LEFT, NONE, third)
    assert window.document.graph.nodes()[-1].op == shown[2]


def test_a_double_click_on_the_empty_canvas_adds_there(window: MainWindow) -> None:
    window.scene.select(["a"])
    spot = QPoint(60, window.canvas.viewport().height() - 60)
    assert window.canvas.is_empty_at(window.canvas.mapToScene(spot))
    QTest.mouseClick(window.canvas.viewport(), LEFT, NONE, spot)
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NONE, spot)
    assert window.features.adding.popup.isVisible()
    write(window, "input")
    press(window, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    card = window.scene.items_by_id[made].card
    assert card.contains(window.canvas.mapToScene(spot))


def test_a_double_click_on_a_node_edits_it_as_before(window: MainWindow) -> None:
    card = window.scene.items_by_id["a"]
    spot = window.canvas.mapFromScene(card.pos() + QPointF(20, 12))
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NONE, spot)
    assert window.features.adding.popup.isHidden()
    assert window.canvas.field is not None
    window.canvas.close_field()


def test_a_click_beside_it_closes_it(window: MainWindow) -> None:
    open_with_tab(window)
    QTest.mouseClick(window.canvas.viewport(), LEFT, NONE, QPoint(5, 5))
    window.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert window.features.adding.popup.isHidden()


def test_a_formula_inserts_its_subgraph_and_takes_nodes_that_are_there(window: MainWindow) -> None:
    window.scene.select(["a"])
    before = window.document.graph.copy()
    open_with_tab(window)
    write(window, "y = tanh(L*w)")
    assert window.features.adding.popup.found() == ["="]
    press(window, Qt.Key.Key_Return)
    graph = window.document.graph
    assert {"y", "w"} <= {node.name for node in graph.nodes()}
    assert window.document.stack.count() == 1
    product = graph.edges_into(graph.named("y").id)[0].source
    assert sources(window, product) == ["L", graph.named("w").id]
    window.workspace.editor.undo()
    assert window.document.graph == before


def test_a_wrong_formula_stays_with_its_place_marked(window: MainWindow) -> None:
    open_with_tab(window)
    write(window, "x*w + )")
    press(window, Qt.Key.Key_Return)
    popup = window.features.adding.popup
    assert popup.isVisible()
    assert popup.field.selectedText() == ")"
    assert popup.field.property("role") == "refused"
    assert popup.foot.text()
    assert window.document.stack.count() == 0
    press(window, Qt.Key.Key_Backspace)
    assert popup.field.property("role") == ""


def test_nothing_known_says_so_and_enter_does_nothing(window: MainWindow) -> None:
    open_with_tab(window)
    write(window, "no such thing")
    assert window.features.adding.popup.foot.text() == "No operation has this name."
    press(window, Qt.Key.Key_Return)
    assert window.features.adding.popup.isVisible()
    assert window.document.stack.count() == 0


def test_a_function_that_is_no_operation_is_told_as_that_beside_the_new_input_of_its_name(
    window: MainWindow,
) -> None:
    open_with_tab(window)
    popup = window.features.adding.popup
    write(window, "softmax")
    assert popup.foot.text() == (
        "Enter adds input softmax = 1. There is no operation softmax; write exp(a)/(exp(a) + exp(b))."
    )
    popup.field.clear()
    write(window, "atan")
    assert popup.foot.text() == "Enter adds input atan = 1. There is no operation atan."
    window.features.adding.open_for_edge(QPointF(900, 400), source="L")
    write(window, "softmax")
    assert popup.foot.text() == "There is no operation softmax; write exp(a)/(exp(a) + exp(b))."
    palette = window.features.adding.palette
    palette.search.setText("gelu")
    assert palette.nothing.text().startswith("There is no operation gelu; write x/2")


def test_an_edge_from_an_output_offers_only_what_takes_it(window: MainWindow) -> None:
    window.features.adding.open_for_edge(QPointF(900, 400), source="L")
    popup = window.features.adding.popup
    assert popup.found()[0] == "multiply"
    assert "input" not in popup.found()
    write(window, "relu")
    press(window, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    assert sources(window, made) == ["L"]
    assert window.scene.items_by_id[made].input_port(0).y() == pytest.approx(400, abs=12)
    assert window.document.stack.count() == 1


def test_an_edge_from_an_input_offers_inputs_first(window: MainWindow) -> None:
    window.features.adding.open_for_edge(QPointF(-200, 500), target=("e", 1))
    assert window.features.adding.popup.found()[:2] == ["input", "constant"]
    assert window.features.adding.popup.foot.text() == "Enter adds Input as input 2 of e."
    press(window, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    assert sources(window, "e") == ["a", made]
    window.workspace.editor.undo()
    assert sources(window, "e") == ["a", "b"]


def test_the_popup_stays_on_the_stage(window: MainWindow) -> None:
    corner = window.canvas.mapToScene(window.canvas.viewport().rect().bottomRight())
    window.features.adding.open_for_edge(corner, source="L")
    assert window.stage.rect().contains(window.features.adding.popup.geometry())


def test_another_document_takes_the_popup_away(window: MainWindow) -> None:
    open_with_tab(window)
    window.workspace.files.new()
    assert window.features.adding.popup.isHidden()


def test_tab_leads_out_of_the_popup(window: MainWindow) -> None:
    open_with_tab(window)
    press(window, Qt.Key.Key_Tab)
    assert window.features.adding.popup.isHidden()
    assert window.canvas.hasFocus()


def test_a_formula_of_long_names_leaves_room_for_chips_between_its_cards(window: MainWindow) -> None:
    window.workspace.files.new()
    window.workspace.editor.insert_text(
        "y = weight_of_the_first_input * temperature_in_the_morning", QPointF(0, 0)
    )
    by_name = {node.name: window.scene.items_by_id[node.id].card for node in window.document.graph.nodes()}
    assert by_name["y"].left() - by_name["weight_of_the_first_input"].right() > 100


def test_a_formula_says_in_the_message_bar_which_names_are_constants(window: MainWindow) -> None:
    window.workspace.files.new()
    window.workspace.editor.insert_text("y = e*pi", QPointF(0, 0))
    assert window.stage.banner.text.text().startswith("e is the constant 2.71828 and pi is the constant")
    window.workspace.editor.insert_text("z = e*3", QPointF(0, 300))
    assert window.stage.banner.isHidden()


def test_a_formula_on_the_welcome_page_or_the_clipboard_says_it_too(window: MainWindow) -> None:
    window.start_page.page.formula.field.setText("area = pi*r*r")
    window.start_page.page.formula.read()
    assert window.stage.banner.text.text().startswith("pi is the constant 3.14159 here")
    window.workspace.messages.dismiss()
    QGuiApplication.clipboard().setText("y = e*x")
    window.features.edit.copying.paste()
    assert window.stage.banner.text.text().startswith("e is the constant 2.71828 here")


def test_a_formula_of_constants_alone_names_the_command_that_makes_inputs(window: MainWindow) -> None:
    window.start_page.page.formula.field.setText("w = 0.5; L = w**2")
    window.start_page.page.formula.read()
    title = window.workspace.commands.action("graph.exchange_leaves").text().replace("&", "")
    assert window.stage.banner.text.text().endswith(f"makes w an input, on the canvas Graph ▸ {title}.")


# --- leaves
@pytest.mark.parametrize("name", ["bias", "gain", "value", "total", "scale", "loss"])
def test_what_people_call_inputs_is_no_close_match_of_an_operation(name: str) -> None:
    assert all((rank(operation, name) or 0) > CLOSE_MATCH for operation in search(name))


LEAVES = [
    ("x1", "input", "x1", 1.0),
    ("3", "constant", None, 3.0),
    ("-0.5", "constant", None, -0.5),
    ("−2e-3", "constant", None, -0.002),
    ("x1 = 0.5", "input", "x1", 0.5),
    ("θ=-2", "input", "θ", -2.0),
    ("x1 = pi", "input", "x1", math.pi),
    ("x1 = -π", "input", "x1", -math.pi),
    ("x1 = 1_000", "input", "x1", 1000.0),
    ("x1 = (0.5)", "input", "x1", 0.5),
    ("x1 = 0x10", "input", "x1", 16.0),
    ("`my x` = 3", "input", "my x", 3.0),
    ("`w'` = -½", "input", "w'", -0.5),
    ("w_{1} = 3", "input", "w1", 3.0),
    ("$h = 3$", "input", "h", 3.0),
    ("3  # = three", "constant", None, 3.0),
]
"""What is typed, and the operation, the name and the value of what that makes."""


def test_a_name_or_a_number_makes_that_leaf(window: MainWindow) -> None:
    before = window.document.graph.copy()
    for typed, op, name, value in LEAVES:
        window.scene.select([])
        open_with_tab(window)
        window.features.adding.popup.field.setText(typed)
        press(window, Qt.Key.Key_Return)
        (made,) = window.scene.selected_nodes()
        node = window.document.graph.node(made)
        assert (node.op, node.value) == (op, value), typed
        assert name is None or node.name == name
        window.document.stack.undo()
        assert window.document.graph == before


def test_an_operation_that_begins_so_stands_before_a_new_input(window: MainWindow) -> None:
    open_with_tab(window)
    write(window, "mul")
    assert window.features.adding.popup.found()[0] == "multiply"
    assert window.features.adding.popup.found()[-1] == "leaf"


def test_what_is_no_new_leaf_is_not_offered_as_one(window: MainWindow) -> None:
    open_with_tab(window)
    popup = window.features.adding.popup
    for typed in ("tanh", "a", "1e999", "x1 = 1e999", "x1 = two", ""):
        popup.field.setText("x1")
        assert "leaf" in popup.found()
        popup.field.setText(typed)
        assert "leaf" not in popup.found(), typed


@pytest.mark.parametrize("typed", ["a*b", "x = 1/2", "2x", "y = d"])
def test_at_a_loose_end_a_formula_is_told_what_can_feed_the_port(window: MainWindow, typed: str) -> None:
    window.features.adding.open_for_edge(QPointF(0, 300), target=("L", 2))
    write(window, typed)
    assert window.features.adding.popup.foot.text() == (
        "No operation has this name. An operation, a number or a name can feed this input; a formula cannot."
    )


def test_at_a_loose_end_a_leaf_feeds_the_port_and_a_name_connects_its_node(window: MainWindow) -> None:
    window.features.adding.open_for_edge(QPointF(0, 300), target=("L", 2))
    write(window, "w = 4")
    assert window.features.adding.popup.foot.text() == "Enter adds input w = 4 as input 3 of L."
    press(window, Qt.Key.Key_Return)
    assert sources(window, "L")[2] == "w"
    window.features.adding.open_for_edge(QPointF(0, 300), target=("L", 2))
    write(window, "a")
    assert window.features.adding.popup.foot.text() == "Enter connects a to input 3 of L."
    press(window, Qt.Key.Key_Return)
    assert sources(window, "L")[2] == "a"


def test_behind_a_node_no_leaf_is_offered(window: MainWindow) -> None:
    window.features.adding.open_for_edge(QPointF(0, 300), source="a")
    write(window, "x1")
    assert "leaf" not in window.features.adding.popup.found()


def test_a_new_name_that_is_nearly_an_operations_is_asked_about(window: MainWindow) -> None:
    window.scene.select([])
    open_with_tab(window)
    write(window, "sigmiod")
    assert window.features.adding.popup.foot.text() == "Enter adds input sigmiod = 1. Did you mean Sigmoid?"


def look_with_the_output_in_the_corner(window: MainWindow) -> None:
    """Move the view so that L lies at its bottom right, and click L: what lies beside it is out of view."""
    canvas, card = window.canvas, window.scene.card_of("L")
    canvas.set_zoom(1.0)
    seen = canvas.seen()
    canvas.set_center(
        card.bottomRight() - QPointF(seen.width() / 2 - 20, seen.height() / 2 - 20)  # 20 units off the corner
    )
    title = canvas.mapFromScene(card.topLeft() + QPointF(40, 12))
    QTest.mouseMove(canvas.viewport(), title)
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, title)
    assert window.scene.selected_nodes() == ["L"]


@pytest.mark.parametrize("typed", ["x1", "3", "x1 = 0.5", "mul", "y = p*q"])
def test_what_is_added_while_the_pointer_is_on_a_card_comes_into_view(window: MainWindow, typed: str) -> None:
    look_with_the_output_in_the_corner(window)
    open_with_tab(window)
    write(window, typed)
    press(window, Qt.Key.Key_Return)
    made = window.scene.selected_nodes()
    assert made
    assert "L" not in made
    assert window.canvas.seen().contains(window.scene.graph_rect(made))


def test_what_a_click_in_the_palette_adds_comes_into_view(window: MainWindow) -> None:
    look_with_the_output_in_the_corner(window)
    window.features.adding.palette.add_requested.emit("multiply")
    (made,) = window.scene.selected_nodes()
    assert window.canvas.seen().contains(window.scene.card_of(made))


def test_the_view_stays_put_when_the_pointer_says_where(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.set_zoom(1.0)
    canvas.set_center(window.scene.card_of("L").center())
    corner = canvas.viewport().rect().bottomRight() - QPoint(6, 6)
    QTest.mouseMove(canvas.viewport(), corner)
    before = canvas.center()
    open_with_tab(window)
    write(window, "x1")
    press(window, Qt.Key.Key_Return)
    assert canvas.center() == before


def test_the_hint_of_a_formula_names_what_is_new(window: MainWindow) -> None:
    open_with_tab(window)
    popup = window.features.adding.popup
    write(window, "a*b + q")
    assert popup.foot.text() == "Enter inserts g, q, h."
    popup.field.clear()
    write(window, "L = a*b")
    assert popup.foot.text() == "Enter inserts L2."
    press(window, Qt.Key.Key_Return)
    assert [window.document.graph.node(i).name for i in window.scene.selected_nodes()] == ["L2"]
    open_with_tab(window)
    write(window, "+".join(f"i{number}" for number in range(10)))
    assert popup.foot.text() == "Enter inserts i0, i1, i2, i3, i4, i5, i6, i7 and 3 more."


def test_the_search_lies_beside_the_panels_over_the_canvas(window: MainWindow) -> None:
    """Beneath the inspector's drawer half of its field could not be seen."""
    taken = QMargins(0, 0, 300, 0)
    window.stage.keep_clear(taken)
    edge = window.canvas.mapToScene(window.canvas.viewport().rect().topRight() - QPoint(320, -60))
    window.features.adding.open_for_edge(edge, source="L")
    popup = window.features.adding.popup
    assert (window.stage.rect() - taken).contains(popup.geometry())


def test_a_number_that_cannot_be_read_says_why(window: MainWindow) -> None:
    open_with_tab(window)
    popup = window.features.adding.popup
    write(window, "1e999")
    assert popup.foot.text() == "Not a formula yet: this number is too large"
    popup.field.clear()
    write(window, "1,5")
    assert popup.foot.text().endswith("a decimal has a point: 1.5")


@pytest.mark.parametrize(
    ("typed", "by_x", "by_y"),
    [
        ("x1", -8, 0), ("3", 0, -10), ("temperature_of_the_outer_wall = 2", -120, 10), ("mul", 90, 10),
        ("y = p*q", -10, 42),
    ],
)  # fmt: skip
def test_what_is_added_lies_on_no_other_card(window: MainWindow, typed: str, by_x: int, by_y: int) -> None:
    canvas, card = window.canvas, window.scene.card_of("a")
    corner = card.bottomRight() if by_x > 0 else card.topLeft()
    spot = canvas.mapFromScene(corner) + QPoint(by_x, by_y)
    QTest.mouseMove(canvas.viewport(), spot)
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, spot)
    there = window.document.graph.copy()
    open_with_tab(window)
    write(window, typed)
    press(window, Qt.Key.Key_Return)
    made = set(window.scene.selected_nodes())
    assert made
    assert made.isdisjoint(node.id for node in there.nodes())
    cards = {node.id: window.scene.card_of(node.id) for node in window.document.graph.nodes()}
    assert not [
        (one, other)
        for one in made
        for other in cards
        if one != other and cards[one].adjusted(-4, -4, 4, 4).intersects(cards[other])
    ]
    assert window.canvas.seen().contains(window.scene.graph_rect(list(made)))
