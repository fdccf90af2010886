"""The inspector's page of an edge, and of several: as far as the passes have got, and what would be if."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.features.inspector.edge_page import GUARDED, NOT_COME, EdgePage
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import DARK
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits


@pytest.fixture
def page(window: MainWindow) -> EdgePage:
    """The page of the edge from a to e, after both passes."""
    window.player.to_end()
    window.scene.select(edges=[("e", 0)])
    return window.features.inspector.panel.edge_page


def test_an_edge_shows_upstream_rule_reason_product_and_plot(window: MainWindow, page: EdgePage) -> None:
    text = window.features.inspector.panel.text()
    assert text.splitlines()[:2] == ["a → e", "Input 1 of e, which is Multiply"]
    for line in ("∂L/∂e = 5", "∂e/∂a = b = 3", "∂L/∂e × ∂e/∂a = 5 × 3 = 15"):
        assert line in text
    assert "Product rule by one factor: the other factor remains." in text
    assert page.plot.isVisibleTo(page)
    assert page.plot.curve is not None
    assert page.plot.accessibleName() == "Plot of e = a × b along a"
    assert "changes by b = 3" in page.plot.accessibleDescription()


def test_before_the_backward_pass_it_says_what_to_do(window: MainWindow, page: EdgePage) -> None:
    window.player.seek(window.player.trace.forward_steps)
    assert page.nothing.plain == NOT_COME
    assert page.product.plain == "∂L/∂e × ∂e/∂a = …"
    assert page.upstream.plain == "∂L/∂e = …"
    assert page.rule.plain == "∂e/∂a = b = 3"
    assert not page.what_if.isEnabled()
    assert page.why_no_what_if.plain == NOT_COME
    window.player.seek(0)
    assert page.rule.plain == "∂e/∂a = b"
    assert not page.plot_part.isVisibleTo(page)


def test_what_if_shows_what_changes_and_leaves_the_document_alone(
    window: MainWindow, page: EdgePage, qtbot: QtBot
) -> None:
    before, index = window.document.graph.nodes(), window.document.stack.index()
    page.what_if.click()
    assert page.changes.plain == "∂L/∂a: +15 → 0"
    assert window.scene.showing.gradient("a") == 0.0
    assert window.player.trace.gradients["a"] == 15.0
    assert window.document.graph.nodes() == before
    assert window.document.stack.index() == index
    page.what_if.click()
    qtbot.waitUntil(lambda: window.scene.showing.gradient("a") == 15.0)
    assert page.changes.plain == ""


@pytest.mark.parametrize("way", ["selection", "step", "value", "hidden", "guarded"])
def test_what_if_ends_with_whatever_comes_next(
    window: MainWindow, page: EdgePage, qtbot: QtBot, way: str
) -> None:
    page.what_if.click()
    if way == "selection":
        window.scene.select(["b"])
    elif way == "step":
        window.player.step_back()
    elif way == "value":
        window.document.apply(edits.set_value(window.document.graph, "b", 4.0))
    elif way == "hidden":
        window.commands.run("view.inspector", False)
    else:
        window.player.set_guarded(True)
    assert not page.what_if.isChecked()
    qtbot.waitUntil(
        lambda: window.scene.frame is not None and window.scene.frame.trace is window.player.trace
    )


def test_while_somebody_predicts_the_page_tells_nothing_that_is_asked(
    window: MainWindow, page: EdgePage
) -> None:
    window.player.set_guarded(True)
    window.player.seek(window.player.trace.forward_steps + 1)
    text = window.features.inspector.panel.text()
    assert "= 3" not in text
    assert "15" not in text
    assert "= 5" not in text
    assert not page.plot_part.isVisibleTo(page)
    assert page.why_no_what_if.plain == GUARDED
    assert not page.what_if.isEnabled()


def test_a_kink_a_pole_and_no_number_are_shown_as_what_they_are(window: MainWindow) -> None:
    page = window.features.inspector.panel.edge_page
    window.document.replace(parse("y = relu(x)", x=0))
    window.player.to_end()
    window.scene.select(edges=[("y", 0)])
    assert "kink" in page.moves.plain
    window.document.replace(parse("y = log(x)", x=-1))
    window.player.to_end()
    window.scene.select(edges=[("y", 0)])
    assert "not a number" in page.problem.plain
    assert page.plot.curve is not None
    assert page.plot.curve.outside
    window.document.replace(parse("t = exp(x); y = t*z", x=1000, z=2))
    window.player.to_end()
    window.scene.select(edges=[("y", 0)])
    assert page.plot.curve is None
    assert not page.plot.isVisibleTo(page)
    assert page.moves.plain.startswith("There is no curve to draw")


def test_an_edge_that_carries_nothing_says_why_in_place_of_numbers(window: MainWindow) -> None:
    window.document.apply(edits.disconnect(window.document.graph, [("e", 1)]))
    window.scene.select(edges=[("L", 0)])
    page = window.features.inspector.panel.edge_page
    assert page.nothing.plain == "L waits for e, so nothing was computed here."
    assert not page.what_if_part.isVisibleTo(page)
    assert not page.product_part.isVisibleTo(page)


def test_the_plot_is_painted_in_the_theme_with_curve_and_tangent(window: MainWindow, page: EdgePage) -> None:
    window.document.replace(parse("y = x**2", x=1))
    window.player.to_end()
    window.scene.select(edges=[("y", 0)])
    for theme in (window.workspace.appearance.theme, DARK):
        page.theme = theme
        page.show_edge(window.document.graph, ("y", 0), window.player.frame)
        page.plot.resize(220, 148)
        image = page.plot.grab().toImage()
        shown = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert {theme.forward.lower(), theme.positive.lower(), theme.background.lower()} <= shown


def test_several_edges_are_a_table(window: MainWindow) -> None:
    window.player.to_end()
    window.scene.select(edges=[("e", 0), ("L", 1)])
    panel = window.features.inspector.panel
    assert panel.text().splitlines()[0] == "2 edges"
    assert panel.edges_page.table.lines() == ["a → e, 1, 3, +15", "f → L, 2, −4, −4"]
    window.player.to_start()
    assert panel.edges_page.table.lines() == ["a → e, 1, …, …", "f → L, 2, …, …"]


def test_the_ends_of_several_edges_have_the_room_that_their_numbers_leave(window: MainWindow) -> None:
    window.document.replace(parse("total = first*second", first=2, second=-12.345))
    window.player.to_end()
    window.scene.select(edges=[("total", 0), ("total", 1)])
    table = window.features.inspector.panel.edges_page.table
    table.resize(260, 200)
    QApplication.processEvents()
    table._fit()
    head = table.horizontalHeader()
    fitting = [max(head.sectionSizeHint(column), head.sectionSize(column)) for column in (1, 2, 3)]
    assert [head.sectionSize(column) for column in (1, 2, 3)] == fitting
    assert head.sectionSize(1) < head.sectionSize(0)
    assert head.sectionSize(2) < table.fontMetrics().horizontalAdvance("Local derivative")
    edge = table.rows.index(0, 0)
    assert edge.data(Qt.ItemDataRole.ToolTipRole) == edge.data() == "first → total"


def test_nodes_come_before_edges_that_are_selected_with_them(window: MainWindow) -> None:
    window.scene.select(["a"], edges=[("e", 0)])
    assert window.features.inspector.panel.text().splitlines()[0] == "a"
