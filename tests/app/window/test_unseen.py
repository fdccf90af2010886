"""Nothing is computed for what nobody sees: hidden panels, closed pages, a formula that stays the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.app.features.derivation import panel as derivation_panel
from nodegraph.app.features.derivation.panel import AHEAD_MS
from nodegraph.app.features.inspector.panel import Inspector
from nodegraph.app.features.outline.model import OutlineModel
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building import formulas

Edit = Callable[[MainWindow], None]


def type_a_value(window: MainWindow) -> None:
    value = window.document.graph.node("a").value or 0.0
    window.workspace.editor.set_value("a", value + 0.5)
    QApplication.processEvents()


def take_a_step(window: MainWindow) -> None:
    window.player.step()
    QApplication.processEvents()


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the calls of what panels are filled by."""
    counted: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        whole = getattr(owner, name)

        def counting(*arguments: object, **named: object) -> object:
            counted[name] += 1
            return whole(*arguments, **named)

        monkeypatch.setattr(owner, name, counting)

    count(OutlineModel, "data")
    count(OutlineModel, "sentence")
    count(Inspector, "show_selection")
    count(derivation_panel, "derive_step")
    count(formulas, "_formulas")
    return counted


@pytest.mark.parametrize("act", [type_a_value, take_a_step])
def test_a_hidden_panel_computes_nothing(window: MainWindow, counts: Counter[str], act: Edit) -> None:
    for panel in ("outline", "derivation", "inspector"):
        window.workspace.dock.show_panel(panel)
        window.workspace.dock.show_panel(panel, False)
    assert counts["show_selection"] > 0
    assert counts["derive_step"] > 0
    act(window)
    counts.clear()
    act(window)
    act(window)
    QTest.qWait(AHEAD_MS + 50)  # nor does a panel draw ahead what it would show next
    unseen = ("data", "sentence", "show_selection", "derive_step")
    assert {name: counts[name] for name in unseen} == dict.fromkeys(unseen, 0)


def test_what_was_hidden_is_right_once_it_is_shown(window: MainWindow) -> None:
    dock, model = window.workspace.dock, window.features.outline.model
    for panel in ("outline", "inspector"):
        dock.show_panel(panel)
        dock.show_panel(panel, False)
    window.player.to_end()
    window.workspace.editor.set_value("a", 77.0)
    window.scene.select(["a"])
    dock.show_panel("inspector")
    dock.show_panel("outline")
    assert model.data(model.index(model.row_of["a"], 2)) == "77"
    assert window.features.inspector.panel.text().startswith("a\nInput")
    told: list[object] = []
    model.dataChanged.connect(lambda *cells: told.append(cells))
    type_a_value(window)
    assert told, "a table that is to be seen hears of it"


def test_the_formula_is_written_again_only_where_it_reads_otherwise(
    window: MainWindow, counts: Counter[str]
) -> None:
    type_a_value(window)
    counts.clear()
    type_a_value(window)
    assert counts["_formulas"] == 0
    window.workspace.editor.rename_node("a", "weight")
    QApplication.processEvents()
    assert counts["_formulas"] == 1
    assert "weight" in window.top_bar.formula.text()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_the_timeline_is_painted_again_only_where_it_shows_something_else(window: MainWindow) -> None:
    type_a_value(window)
    paints = Paints(window.features.passes.transport.timeline)
    type_a_value(window)
    assert paints.count == 0
    take_a_step(window)
    assert paints.count == 1


def test_a_check_that_is_off_repaints_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    monkeypatch.setattr(window.scene, "update", lambda *_area: painted.append("whole"))
    type_a_value(window)
    assert painted == []
