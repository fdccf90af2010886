"""The inspector: where each number comes from, as far as the passes have got, and edits that may be
refused.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.features.inspector.node_page import NodePage
from nodegraph.app.features.inspector.node_sentences import verdict_of
from nodegraph.app.features.inspector.output_choice import MANY
from nodegraph.app.features.inspector.panel import Inspector
from nodegraph.app.platform import style
from nodegraph.app.widgets.text import MAY_BREAK, Text
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.core.building.expression import parse
from nodegraph.core.checks.gradient_check import Check
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph


@pytest.fixture
def page(window: MainWindow) -> NodePage:
    """The page of the node a, after both passes."""
    window.player.to_end()
    window.scene.select(["a"])
    return window.features.inspector.panel.node_page


def test_the_chain_rule_of_the_seed_stands_there_in_symbols_and_numbers(
    window: MainWindow, page: NodePage
) -> None:
    text = window.features.inspector.panel.text()
    assert "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15" in text
    assert "Since e = a × b, ∂e/∂a = b = 3." in text
    assert "a → e → d → L: 3 × 1 × 5 = +15" in text
    assert "Nudge a by 0.01: L moves by about 0.15." in text


def test_a_name_that_reads_as_a_formula_stands_between_quotation_marks(
    window: MainWindow, page: NodePage
) -> None:
    window.workspace.editor.attempt(lambda: edits.rename(window.document.graph, "e", "a + c"))
    window.player.to_end()
    text = window.features.inspector.panel.text()
    assert "a → “a + c” → d → L: 3 × 1 × 5 = +15" in text
    window.workspace.editor.attempt(lambda: edits.rename(window.document.graph, "a", "x²"))
    window.player.to_end()
    assert "Nudge “x²” by 0.01: L moves by about 0.15." in window.features.inspector.panel.text()


def test_what_is_copied_by_a_label_s_menu_has_no_marks_for_breaks(qtbot: QtBot) -> None:
    label = Text()
    qtbot.addWidget(label)
    label.say("Temperatur_aussen_am_Abend", "Temperatur_aussen_am_Abend")
    assert MAY_BREAK in label.text()
    label.setSelection(0, len(label.text()))
    assert MAY_BREAK in label.selectedText()
    menu = label.own_menu()
    qtbot.addWidget(menu)
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "Temperatur_aussen_am_Abend"


def test_a_computed_node_tells_its_rule_and_its_local_derivatives(window: MainWindow) -> None:
    window.player.to_end()
    window.scene.select(["e"])
    text = window.features.inspector.panel.text()
    assert "Multiply ×" in text
    assert "e = a × b = 2 × 3 = 6" in text
    assert "∂e/∂a = b = 3; ∂e/∂b = a = 2" in text


def test_a_gradient_that_is_not_reached_is_not_told(window: MainWindow, page: NodePage) -> None:
    window.player.seek(window.player.trace.forward_steps)
    text = window.features.inspector.panel.text()
    assert page.gradient_text.plain == "…"
    assert "Not reached yet" in page.gradient_note.plain
    assert "15" not in text
    assert "∂L/∂a = ∂L/∂e × ∂e/∂a" in text


def test_a_value_that_is_not_reached_is_not_told(window: MainWindow) -> None:
    window.scene.select(["e"])
    assert window.features.inspector.panel.node_page.value_text.plain == "…"
    assert "6" not in window.features.inspector.panel.text()


def test_a_sum_at_a_fork_grows_and_says_how_much_is_missing(window: MainWindow) -> None:
    window.document.replace(parse("y = x*x + 3*x", x=2))
    window.player.to_end()
    window.scene.select([window.document.graph.named("x").id])
    page = window.features.inspector.panel.node_page
    assert page.gradient_text.plain == "+7"
    window.player.step_back()
    assert "2 of 3" in page.gradient_note.plain
    assert "…" in page.chain.plain
    assert "All 3 paths together: <b>7</b>" not in page.paths.text()
    window.player.to_end()
    assert "All 3 paths together: <b>7</b>" in page.paths.text()


def test_the_output_and_a_node_without_influence_are_told_as_such(window: MainWindow) -> None:
    change = edits.add_node(window.document.graph, "input", 0.0, 400.0, name="idle")
    window.document.apply(change)
    window.player.to_end()
    window.scene.select(["L"])
    assert "is the output" in window.features.inspector.panel.text()
    window.scene.select(["idle"])
    assert "does not depend on idle" in window.features.inspector.panel.text()


def test_a_node_that_cannot_be_computed_yet_is_shown(window: MainWindow) -> None:
    window.workspace.editor.add_at("multiply", QPointF(0, 900))  # an error in a slot fails the test
    node = window.document.graph.nodes()[-1]
    assert window.scene.selected_nodes() == [node.id]
    assert window.features.inspector.panel.node_page.gradient_text.plain == "none"


def test_typing_a_value_runs_everything_again(window: MainWindow, page: NodePage) -> None:
    page.value.setFocus()
    page.value.selectAll()
    QTest.keyClicks(page.value, "-1e-1")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    assert window.document.graph.node("a").value == -0.1
    assert window.player.trace.values["e"] == pytest.approx(-0.3)


def test_a_value_that_is_no_number_is_refused_beside_the_field_and_the_text_stays(
    window: MainWindow, page: NodePage
) -> None:
    page.value.setFocus()
    page.value.selectAll()
    QTest.keyClicks(page.value, "two")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    assert page.value.text() == "two"
    assert page.value.refusal.isVisible()
    assert "is not a number" in page.value.refusal.plain
    assert window.document.graph.node("a").value == 2.0
    QTest.keyClick(page.value, Qt.Key.Key_Escape)
    assert page.value.text() == "2"
    assert not page.value.refusal.isVisible()


def test_a_number_being_typed_survives_a_step_of_the_player(window: MainWindow, page: NodePage) -> None:
    page.value.setFocus()
    page.value.selectAll()
    QTest.keyClicks(page.value, "12")
    window.player.step_back()
    assert page.value.text() == "12"


def test_up_and_down_step_the_value_and_are_one_undo_step(window: MainWindow, page: NodePage) -> None:
    page.value.setFocus()
    for _ in range(3):
        QTest.keyClick(page.value, Qt.Key.Key_Up)
    assert window.document.graph.node("a").value == 5.0
    assert page.value.text() == "5"
    window.workspace.editor.undo()
    assert window.document.graph.node("a").value == 2.0


def test_a_name_in_use_is_refused_beside_the_field(window: MainWindow, page: NodePage) -> None:
    page.name.setFocus()
    page.name.selectAll()
    QTest.keyClicks(page.name, "b")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert "called b already" in page.name.refusal.plain
    assert window.document.graph.named("a") is not None


def test_a_new_name_is_one_undo_step(window: MainWindow, page: NodePage) -> None:
    page.name.setFocus()
    page.name.selectAll()
    QTest.keyClicks(page.name, "weight")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert window.document.graph.node("a").name == "weight"
    assert window.document.stack.count() == 1
    assert "∂L/∂weight" in window.features.inspector.panel.text()


def test_another_node_can_be_made_the_output(window: MainWindow) -> None:
    window.scene.select(["d"])
    QTest.mouseClick(window.features.inspector.panel.node_page.make_output, Qt.MouseButton.LeftButton)
    assert window.document.graph.output == "d"
    assert not window.features.inspector.panel.node_page.make_output.isVisible()


def test_an_input_can_be_marked_as_data(window: MainWindow, page: NodePage) -> None:
    page.trainable.click()
    assert window.document.graph.node("a").trainable is False
    assert "data" in page.kind.plain


def test_nothing_selected_shows_the_document_with_what_its_source_prints(window: MainWindow) -> None:
    window.player.to_end()
    window.scene.select([])
    text = window.features.inspector.panel.text()
    assert "The seed example" in text
    assert "L = (a × b + c) × f" in text
    assert "7 nodes, 4 inputs, 6 edges" in text
    assert "gradient of a: printed 15, here 15 ✓" in text


def test_a_gradient_that_rests_is_checked_numerically(
    window: MainWindow, page: NodePage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.gradient_note.plain == "✓ checked numerically")
    window.workspace.editor.set_value("a", 4.0)
    assert page.gradient_note.plain == ""
    qtbot.waitUntil(lambda: page.gradient_note.plain == "✓ checked numerically")


def test_a_changed_example_says_that_its_numbers_may_differ(window: MainWindow) -> None:
    window.player.to_end()
    window.document.apply(edits.set_value(window.document.graph, "a", 3.0))
    assert "changed here" in window.features.inspector.panel.text()


def test_printed_numbers_are_compared_only_once_ours_are_reached(window: MainWindow) -> None:
    assert "e: printed 6, here …" in window.features.inspector.panel.text()
    window.player.seek(2)
    assert "e: printed 6, here 6 ✓" in window.features.inspector.panel.text()
    assert "gradient of a: printed 15, here …" in window.features.inspector.panel.text()


def test_the_title_can_be_changed(window: MainWindow) -> None:
    title = window.features.inspector.panel.document_page.title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "My lesson")
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert window.document.graph.title == "My lesson"
    assert window.windowTitle() == "My lesson[*] — nodegraph"


def test_the_output_can_be_chosen_from_all_nodes(window: MainWindow) -> None:
    chooser = window.features.inspector.panel.document_page.output
    chooser.setCurrentIndex(chooser.findText("e"))
    chooser.activated.emit(chooser.currentIndex())
    assert window.document.graph.output == "e"


def test_a_problem_is_told_in_words_and_leads_to_its_node(window: MainWindow) -> None:
    window.document.apply(edits.disconnect(window.document.graph, [("e", 0)]))
    page = window.features.inspector.panel.document_page
    (node_id, sentence) = page._shown_problems[0]
    assert node_id == "e"
    assert sentence.startswith("e: ")
    page.node_requested.emit(node_id)
    assert window.scene.selected_nodes() == ["e"]
    assert window.features.inspector.panel.node_page.problem.plain


def test_several_nodes_are_a_table(window: MainWindow) -> None:
    window.player.to_end()
    window.scene.select(["a", "L"])
    table = window.features.inspector.panel.several_page.table
    assert table.lines() == ["a, Input, 2, +15", "L, Multiply, −20, +1"]


def test_a_name_with_markup_in_it_is_shown_as_it_is(window: MainWindow) -> None:
    window.document.apply(edits.rename(window.document.graph, "a", "<b>a & co</b>"))
    window.player.to_end()
    window.scene.select(["e"])
    assert "&lt;b&gt;a &amp; co&lt;/b&gt;" in window.features.inspector.panel.node_page.computed.text()


def test_a_muted_node_says_what_it_passes_through(window: MainWindow) -> None:
    window.document.apply(edits.set_muted(window.document.graph, ["e"]))
    window.scene.select(["e"])
    assert "muted" in window.features.inspector.panel.node_page.kind.text()


def test_while_somebody_predicts_the_page_gives_no_local_derivative_away(window: MainWindow) -> None:
    window.player.seek(5)
    window.scene.select(["e"])
    assert "∂e/∂a = b = 3" in window.features.inspector.panel.text()
    window.player.set_guarded(True)
    assert "∂e/∂a" not in window.features.inspector.panel.text()
    window.scene.select(["a"])
    assert "∂e/∂a = b" not in window.features.inspector.panel.text()
    window.player.seek(10)
    assert "∂e/∂a = b = 3" in window.features.inspector.panel.text()


def test_while_somebody_predicts_the_output_is_not_said_to_depend_on_nothing(window: MainWindow) -> None:
    window.player.seek(1)
    window.scene.select(["L"])
    window.player.set_guarded(True)
    assert "does not depend" not in window.features.inspector.panel.text()


def test_while_somebody_predicts_the_document_page_hides_what_the_source_prints(window: MainWindow) -> None:
    window.start_page.open_example(window.document.example)
    assert "printed" in window.features.inspector.panel.text()
    window.player.set_guarded(True)
    assert "printed" not in window.features.inspector.panel.text()


def test_what_is_unhealthy_is_told_in_a_sentence_but_not_to_who_predicts_it(window: MainWindow) -> None:
    window.document.replace(parse("y = relu(x)*w", x=-2, w=3))
    window.player.to_end()
    relu = next(node for node in window.document.graph.nodes() if node.op == "relu")
    window.scene.select([relu.id])
    assert f"{relu.name} is off: at −2 the relu is 0 and flat" in window.features.inspector.panel.text()
    window.player.set_guarded(True)
    assert "is off" not in window.features.inspector.panel.text()


def test_a_long_list_of_outputs_is_filled_once_somebody_looks_into_it(window: MainWindow) -> None:
    parsed = parse("; ".join(f"n{number} = x*{number + 2}" for number in range(MANY)))
    graph = Graph.of(parsed.nodes(), parsed.edges())  # without an output of its own
    window.document.replace(graph)
    chooser = window.features.inspector.panel.document_page.output
    last = graph.node(graph.output).name
    assert [chooser.itemText(place) for place in range(chooser.count())] == [f"Automatic: {last}"]
    window.workspace.editor.make_output(graph.named("n7").id)
    assert [chooser.itemText(place) for place in range(chooser.count())] == ["Automatic", "n7"]
    assert chooser.currentText() == "n7"
    chooser.setFocus()
    assert chooser.count() == 1 + sum(node.op != "constant" for node in graph.nodes())
    assert chooser.currentText() == "n7"
    chooser.setCurrentIndex(chooser.findText("n9"))
    chooser.activated.emit(chooser.currentIndex())
    assert graph.node(graph.output).name == "n9"
    window.workspace.editor.add("tanh")  # the whole list follows while somebody is in it
    assert chooser.findText(graph.nodes()[-1].name) > 0


def test_columns_of_numbers_are_as_wide_as_their_widest_text(window: MainWindow) -> None:
    window.document.apply(edits.set_value(window.document.graph, "a", -1.2345e-17))
    window.player.to_end()
    window.scene.select([node.id for node in window.document.graph.nodes()])
    table = window.features.inspector.panel.several_page.table
    for column in table.numbers:
        asked = [
            table.sizeHintForIndex(table.rows.index(row, column)).width()
            for row in range(len(table.rows.rows))
        ]
        assert table.columnWidth(column) >= max(asked)


LONG = (
    "Gesamtkosten_pro_Jahr = (Temperatur_innen - Temperatur_aussen)*heat_transfer_coefficient_outer_wall"
    " + Waermedurchgangskoeffizientderaussenwand"
)


@pytest.mark.parametrize("width", [220, 330])
@pytest.mark.parametrize("chosen", ["", "Temperatur_aussen", "Gesamtkosten_pro_Jahr"])
def test_names_longer_than_a_line_go_on_in_the_next(qtbot: QtBot, chosen: str, width: int) -> None:
    graph = parse(LONG)
    page = Inspector(lambda: graph, list)
    qtbot.addWidget(page)
    page.setStyleSheet(style.sheet(LIGHT))
    page.setFixedWidth(width)
    nodes = [node.id for node in graph.nodes() if node.name == chosen]
    page.show_selection(graph, nodes, run(graph).last_frame)
    page.show()
    told = [text for text in page.findChildren(Text) if text.isVisible()]
    assert any("Gesamtkosten_pro_Jahr" in text.plain for text in told)
    assert {text.plain: by for text in told if (by := _too_wide(text)) > 0} == {}


def _too_wide(text: Text) -> float:
    """By how much the longest line of a text is cut."""
    laid_out = QTextDocument()
    laid_out.setDefaultTextOption(QTextOption(wrapMode=QTextOption.WrapMode.WordWrap))  # as in a label
    laid_out.setDefaultFont(text.font())
    laid_out.setDocumentMargin(0)
    laid_out.setHtml(text.text())
    laid_out.setTextWidth(text.width())
    return laid_out.idealWidth() - text.width()


# --- pages that are made when they are first shown
def test_tab_reaches_a_page_where_the_panel_stands_and_what_is_typed_there_counts(window: MainWindow) -> None:
    window.scene.select(["a"])
    page = window.features.inspector.panel.node_page
    order: list[QWidget] = [window.canvas]
    while (after := order[-1].nextInFocusChain()) is not window.canvas:
        order.append(after)
    buttons = window.features.passes.transport.buttons
    places = list(map(order.index, (page.name, page.value, page.make_output, *buttons.values())))
    assert places == sorted(places)
    page.name.setFocus()
    QTest.keyClicks(page.name, "long")
    assert window.workspace.files.unsaved.pending()


def test_a_low_window_does_not_grow_with_what_is_selected(window: MainWindow) -> None:
    least = window.minimumSizeHint()
    for chosen in (["a"], ["a", "b"], ["a", "b", "c", "f", "e", "d", "L"], []):
        window.scene.select(chosen)
        QApplication.processEvents()
        assert window.minimumSizeHint() == least, chosen


def test_a_gradient_at_a_kink_is_warned_of_and_not_ticked() -> None:
    found = Check("x", "x", 0.0, 0.5, 1.0, True, "A kink: …", "kink")
    assert verdict_of(found, stale=False) == "⚠ A kink: …"


def test_what_is_said_of_a_document_is_no_wider_than_the_panel_whatever_its_nodes_are_called(
    window: MainWindow,
) -> None:
    graph = window.document.graph
    name = "a_very_long_name_of_sixty_letters_that_nobody_would_ever_write"
    window.document.apply(edits.rename(graph, graph.named("a").id, name))
    window.scene.select([])
    inspector = window.features.inspector.panel
    page = inspector.document_page
    sides = window.workspace.dock.sides
    sides.crowd("a lesson")
    sides.show("inspector")
    sides.pin("inspector")  # which moves it in the window: all sizes are reckoned anew
    assert page.minimumSizeHint().width() <= style.px(220)
