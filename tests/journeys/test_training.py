"""Training as a person does it: marks, steps, runs, stops, data, and what goes wrong, with real events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMessageBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training.table_dialog import TableDialog
from nodegraph.app.platform import settings
from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.training.bindings import bound_inputs, table_of
from tests.journeys.hand import Hand

PUBLISHED = Path(__file__).parent.parent / "cases" / "published.json"
CASES = {case["name"]: case for case in json.loads(PUBLISHED.read_text(encoding="utf-8"))}
XOR = "x1,x2,t\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"


class Trainee(Hand):
    """A hand that trains."""

    def __init__(self, hand: Hand, qtbot: QtBot) -> None:
        super().__init__(hand.window)
        self.qtbot = qtbot
        self.trainer = self.window.features.training.trainer

    def open(self, graph: Graph) -> None:
        graph.apply(place_missing(graph))
        self.window.document.replace(graph)

    def come_to_the_front(self) -> None:
        """Only the window in front has shortcuts; one that goes away takes that from this one."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.come_to_the_front()
        super().key(key, modifiers)

    def page(self) -> Any:
        """The page, opened by its key."""
        if self.window.workspace.dock.current_page != "training":
            self.key(Qt.Key.Key_F11, Qt.KeyboardModifier.AltModifier)
        page = self.window.findChild(QWidget, "training")
        assert page.isVisible()
        return page

    def press_button(self, action_id: str) -> None:
        """Click a button of the page."""
        button = self.page().findChild(QToolButton, f"{action_id}.button")
        assert button.isEnabled(), f"{action_id} is switched off"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_into(self, name: str, text: str) -> QLineEdit:
        """Type into a field of the page and press Enter."""
        field = self.page().findChild(QLineEdit, f"training.{name}")
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return field

    def tick_off(self, *names: str) -> None:
        """Click the inspector's Trainable for these inputs."""
        for name in names:
            self.scene.select([self.graph.named(name).id])
            box = self.window.features.inspector.panel.node_page.trainable
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))

    def run(self) -> None:
        """Press Run and wait for its end."""
        self.press_button("train.run")
        self.qtbot.waitUntil(lambda: not self.trainer.is_running, timeout=20_000)

    def value(self, name: str) -> float:
        return float(self.graph.named(name).value)

    def said(self) -> str:
        return str(self.page().sentence.plain)


@pytest.fixture
def trainee(hand: Hand, qtbot: QtBot) -> Trainee:
    return Trainee(hand, qtbot)


@pytest.fixture
def neuron(trainee: Trainee) -> Trainee:
    case = CASES["backpropbuilder-neuron"]
    trainee.open(parse("; ".join(case["program"]), **case["inputs"]))
    trainee.tick_off("x", "t")
    return trainee


def test_one_step_of_the_published_neuron_and_one_undo(neuron: Trainee) -> None:
    neuron.type_into("rate", "0.05")
    neuron.press_button("train.step")
    shown = neuron.shown()
    assert (shown["w"][0], shown["b"][0]) == (3.4, 1.2)
    assert shown["w"][1] is not None, "gradients stand on the canvas"
    assert neuron.page().loss_now.plain == "Loss 1"
    neuron.do("edit.undo")
    shown = neuron.shown()
    assert (shown["w"][0], shown["b"][0]) == (3.0, 1.0)


def test_the_rule_is_shown_and_the_last_step_in_numbers(neuron: Trainee) -> None:
    neuron.type_into("rate", "0.05")
    page = neuron.page()
    assert page.form.rule.plain == "θ ← θ − η × g"
    neuron.press_button("train.step")
    page.course.tabs.setCurrentIndex(2)
    assert "w = 3 − 0.05 × (−8) = 3.4" in page.course.numbers.plain
    neuron.scene.select([neuron.graph.named("b").id])
    assert "b = 1 − 0.05 × (−4) = 1.2" in page.course.numbers.plain


def test_one_step_of_mazurs_network(trainee: Trainee) -> None:
    case = CASES["mazur-2-2-2"]
    trainee.open(parse("; ".join(case["program"]), **case["inputs"]))
    for name in ("i1", "i2", "t1", "t2", "b1", "b2"):
        trainee.window.workspace.editor.set_trainable(trainee.graph.named(name).id, False)
    trainee.type_into("rate", "0.5")
    trainee.press_button("train.step")
    assert f"{trainee.value('w1'):.9f}" == "0.149780716"
    assert f"{trainee.value('w5'):.8f}" == "0.35891648"
    assert f"{trainee.value('w8'):.9f}" == "0.561370121"
    assert trainee.page().loss_now.plain == "Loss 0.291"


def test_xor_is_loaded_from_csv_and_learnt_by_a_network(trainee: Trainee, tmp_path: Path) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid", "squared", seed=0))
    trainee.open(graph)
    path = tmp_path / "xor.csv"
    path.write_text(XOR)
    choose_file(trainee, path)
    trainee.press_button("train.load_table")
    assert set(bound_inputs(trainee.graph).values()) == {"x1", "x2", "t"}
    page = trainee.page()
    assert "4 rows × 3 columns" in page.data.title.plain
    trainee.type_into("rate", "1")
    trainee.type_into("steps", "300")
    shown: set[float] = set()
    trainee.window.player.trace_changed.connect(lambda trace: shown.add(trace.value("L")))
    trainee.run()
    assert trainee.trainer.loss < 0.01
    assert len(shown) > 5, "values move on the canvas while it runs"
    assert trainee.window.document.stack.undoText() == "Train 300 steps"
    row = page.data.row
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Up)
    QTest.keyClick(row, Qt.Key.Key_Up)
    assert trainee.shown()["x2"][0] == 1.0
    assert trainee.shown()["y"][0] > 0.85
    trainee.do("edit.undo")
    assert trainee.shown()["y"][0] < 0.85


def choose_file(trainee: Trainee, path: Path) -> None:
    """Type this name into the file dialog that comes up next."""
    from PySide6.QtCore import QTimer

    def choose() -> None:
        dialog = trainee.window.findChild(QFileDialog)
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(10, choose)
            return
        field = dialog.findChild(QLineEdit)
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x,t\n1,2\n3\n", "bad.csv: row 3, column “t”: this cell is missing"),
        ("x,t\n1,2\n2,two\n", "bad.csv: row 3, column “t”: expected a number, found “two”"),
        ("x,t\n1,2\n1,2,3\n", "bad.csv: row 3: expected 2 cells, found 3"),
        ("x,t\n1,inf\n", "bad.csv: row 2, column “t”: expected a finite number, found “inf”"),
    ],
)
def test_a_bad_table_is_told_over_the_canvas(neuron: Trainee, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    choose_file(neuron, path)
    neuron.press_button("train.load_table")
    assert told in neuron.text_of("banner")
    assert table_of(neuron.graph) is None


def shown_table(neuron: Trainee) -> TableDialog:
    dialog = neuron.window.features.training.table.dialog
    assert dialog is not None
    neuron.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_table_is_seen_and_read_otherwise_before_it_is_taken(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "european.csv"
    path.write_text("x;t;kind\n0,5;1,25;red\n2,5;3;blue\n3,5;4;red\n", "utf-8")
    choose_file(neuron, path)
    neuron.press_button("train.load_table")
    dialog = shown_table(neuron)
    assert dialog.sentence.plain == "Read so: decimals have a comma; in column “kind” red = 0, blue = 1."
    assert dialog.rows.item(1, 0).text() == "0.5"
    assert dialog.focusWidget() is dialog.separator
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert dialog.focusWidget() is dialog.decimal
    QTest.keyClick(dialog.decimal, Qt.Key.Key_Up)
    assert "Row 2, column “x”: expected a number, found “0,5”" in dialog.sentence.plain
    assert not dialog.take_button.isEnabled()
    QTest.keyClick(dialog.decimal, Qt.Key.Key_Down)
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Right)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Right)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert "column “kind” is not taken" in dialog.sentence.plain
    assert table_of(neuron.graph) is None
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    neuron.qtbot.waitUntil(lambda: table_of(neuron.graph) is not None)
    assert table_of(neuron.graph).columns == (("x", (0.5, 2.5, 3.5)), ("t", (1.25, 3.0, 4.0)))
    assert set(bound_inputs(neuron.graph).values()) == {"x", "t"}


def test_a_table_that_is_cancelled_leaves_all_as_it_was(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("1 2\n3 4\n", "utf-8")
    done = neuron.window.document.stack.count()
    neuron.window.features.training.table.load_path(path)
    dialog = shown_table(neuron)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    neuron.qtbot.waitUntil(lambda: not neuron.window.findChildren(TableDialog))
    assert table_of(neuron.graph) is None
    assert neuron.window.document.stack.count() == done


def test_an_input_takes_a_column_by_keys(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("time,goal\n2,9\n1,4\n")
    neuron.window.features.training.table.load_path(path)
    table = neuron.page().data.table
    neuron.come_to_the_front()
    table.setFocus()
    table.selectRow([row.name for row in table.inputs.rows].index("x"))
    QTest.keyClick(table, Qt.Key.Key_Return)
    choice = table.findChild(QComboBox, "training.column")
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert not bound_inputs(neuron.graph)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(choice, Qt.Key.Key_Return)
    neuron.qtbot.waitUntil(lambda: list(bound_inputs(neuron.graph).values()) == ["goal"])


def test_a_tick_makes_an_input_data(neuron: Trainee) -> None:
    table = neuron.page().data.table
    place = table.model().index([row.name for row in table.inputs.rows].index("b"), 1)
    table.setFocus()
    table.setCurrentIndex(place)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not neuron.graph.named("b").trainable
    neuron.press_button("train.step")
    assert neuron.value("b") == 1.0
    assert neuron.value("w") != 3.0


def test_divergence_is_told_in_words(neuron: Trainee) -> None:
    neuron.type_into("rate", "1e6")
    assert "far more than usual" in neuron.page().form.warning.plain
    neuron.run()
    assert "Try a learning rate below" in neuron.said()
    assert neuron.trainer.stopped is not None
    neuron.press_button("train.restore")
    assert neuron.shown()["w"][0] == 3.0


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("rate", "0", "A learning rate of 0 would change nothing."),
        ("rate", "2e9", "The learning rate is above 0 and at most 1e9"),
        ("rate", "fast", "“fast” is not a number."),
        ("steps", "2.5", "The number of steps is a whole number"),
    ],
)
def test_what_cannot_be_set_up_is_refused_beside_its_field(
    neuron: Trainee, name: str, text: str, sentence: str
) -> None:
    field = neuron.type_into(name, text)
    assert sentence in field.refusal.plain
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.refusal.plain == ""


@pytest.mark.parametrize(("button", "kept"), [("train.keep", True), ("train.restore", False)])
def test_esc_stops_in_the_middle_and_asks(neuron: Trainee, button: str, kept: bool) -> None:
    neuron.type_into("rate", "0.0001")
    neuron.type_into("steps", "1000000")
    neuron.press_button("train.run")
    assert neuron.window.commands.actions["train.run"].text() == "&Stop"
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    neuron.key(Qt.Key.Key_Escape)
    assert not neuron.trainer.is_running
    assert "Keep what was learnt" in neuron.said()
    learnt = neuron.shown()["w"][0]
    assert learnt is not None
    assert learnt > 3.0 == neuron.value("w")
    neuron.press_button(button)
    assert neuron.value("w") == (learnt if kept else 3.0)
    assert neuron.shown()["w"][0] == neuron.value("w")
    assert neuron.said() == (
        "Kept as one undo step." if kept else "Restored: the values are those from before."
    )


def test_chips_step_back_while_a_run_goes_and_come_again(neuron: Trainee) -> None:
    neuron.type_into("rate", "0.001")
    neuron.type_into("steps", "1000000")
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 5)
    edge = neuron.window.player.trace.plan.keys[0]
    assert neuron.scene.showing.chip(edge) is None
    neuron.key(Qt.Key.Key_Escape)
    neuron.qtbot.waitUntil(lambda: not neuron.trainer.is_running)
    assert neuron.scene.showing.chip(edge) is not None


def test_undo_takes_back_what_waits(neuron: Trainee) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    assert neuron.window.commands.actions["edit.undo"].text() == "&Undo the Training"
    neuron.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert neuron.shown()["w"][0] == 3.0
    assert neuron.trainer.setup.setting("rate") == 0.0001


def test_a_picture_carries_what_it_shows(neuron: Trainee) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    neuron.do("file.copy_picture")
    assert neuron.trainer.pending == 0
    assert neuron.value("w") == neuron.shown()["w"][0] != 3.0


def test_a_stop_without_the_page_brings_it_up(neuron: Trainee) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.window.workspace.dock.close()
    neuron.key(Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    neuron.key(Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert neuron.window.workspace.dock.current_page == "training"


def test_without_trainable_inputs_the_buttons_say_what_to_do(neuron: Trainee) -> None:
    neuron.tick_off("w", "b")
    sentence = "All inputs are data; mark at least one as trainable."
    assert neuron.said() == sentence
    action = neuron.window.commands.actions["train.run"]
    assert not action.isEnabled()
    assert action.toolTip() == sentence


def test_closing_the_window_stops_the_run_and_asks_about_what_it_has_learnt(
    neuron: Trainee, monkeypatch: pytest.MonkeyPatch
) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 0)
    neuron.window.document.stack.setClean()
    said: list[str] = []

    def discard(box: QMessageBox) -> QMessageBox.StandardButton:
        said.append(box.informativeText())
        return QMessageBox.StandardButton.Discard

    monkeypatch.setattr(QMessageBox, "exec", discard)
    assert neuron.window.close()
    assert "what the training has learnt is lost" in said[0]
    assert not neuron.trainer.is_running


def test_the_curves_are_drawn_in_every_theme(neuron: Trainee) -> None:
    neuron.type_into("rate", "0.01")
    page = neuron.page()
    neuron.qtbot.waitUntil(lambda: page.course.loss_plot is not None)
    neuron.run()
    pictures = set()
    for tab in (0, 1):
        page.course.tabs.setCurrentIndex(tab)
        for theme in ("light", "dark", "contrast"):
            neuron.window.settings.set(settings.THEME, theme)
            shown = page.course.pages.currentWidget().grab().toImage()
            pictures.add(bytes(shown.constBits()))
    assert len(pictures) == 6
    page.course.tabs.setCurrentIndex(0)
    before = page.course.loss_plot.grab().toImage()
    QTest.mouseClick(
        page.course.log, Qt.MouseButton.LeftButton, pos=QPoint(10, page.course.log.height() // 2)
    )
    assert page.course.loss_plot.grab().toImage() != before


def test_in_a_narrow_window_the_data_stand_behind_a_tab(neuron: Trainee) -> None:
    neuron.window.resize(1024, 740)
    page = neuron.page()
    neuron.qtbot.waitUntil(lambda: page.course.tabs.count() == 4)
    page.course.tabs.setCurrentIndex(3)
    assert page.data.isVisible()
    neuron.window.resize(1600, 900)
    neuron.qtbot.waitUntil(lambda: page.course.tabs.count() == 3)
    assert page.data.isVisible()


def test_tab_goes_through_the_page_as_one_reads(neuron: Trainee) -> None:
    from PySide6.QtWidgets import QApplication

    page = neuron.page()
    neuron.come_to_the_front()
    page.buttons["train.step"].setFocus(Qt.FocusReason.TabFocusReason)
    seen = ["train.step.button"]
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if not page.isAncestorOf(focused):
            break
        seen.append(focused.objectName())
    assert seen == [
        "train.step.button", "train.run.button", "training.aim", "training.optimizer", "training.rate",
        "training.steps", "training.tabs", "training.log", "train.load_table.button", "training.inputs",
    ]  # fmt: skip
