"""Training as a person does it: marks, steps, runs, stops, data, and what goes wrong, with real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nodegraph.app.platform import settings
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from tests.journeys.trainee import CASES, Trainee


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
    page.results.tabs.setCurrentIndex(2)
    assert "w ← 3 − 0.05 × (−8) = 3.4" in page.results.numbers.plain
    neuron.scene.select([neuron.graph.named("b").id])
    assert "b ← 1 − 0.05 × (−4) = 1.2" in page.results.numbers.plain


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


def test_names_are_typeset_beside_the_curves_and_in_the_last_step(trainee: Trainee) -> None:
    trainee.open(parse("y = w11*x_1; L = (y - 1)**2", w11=3, x_1=2))
    page = trainee.page()
    trainee.run()
    page.results.tabs.setCurrentIndex(1)
    trainee.qtbot.waitUntil(lambda: page.results.trails is not None)  # when the library has been loaded
    shown = [label for label in page.results.trails.labels if not label.isHidden()]
    assert [label.plain.split(" = ")[0] for label in shown] == ["w11", "x_1"]
    assert [label.text().split(" = ")[0] for label in shown] == ["w<sub>11</sub>", "x<sub>1</sub>"]
    page.results.tabs.setCurrentIndex(2)
    assert "w<sub>11</sub>" in page.results.numbers.text()
    assert "w11" in page.results.numbers.accessibleName()


@pytest.mark.parametrize(("name", "text"), [("rate", "0,05"), ("steps", "-3"), ("steps", "1000.5")])
def test_what_is_said_of_a_wrong_setting_is_seen_whole_where_there_is_little_height(
    neuron: Trainee, name: str, text: str
) -> None:
    form, area = neuron.page().form, neuron.page().setup_area.viewport()
    neuron.page().setup_area.setFixedHeight(115)  # as on a screen of 1366 × 768
    neuron.type_into(name, text)
    refusal = (form.steps if name == "steps" else form.fields[name]).refusal

    def is_seen_whole() -> bool:
        top = refusal.mapTo(area, QPoint()).y()
        needed = refusal.heightForWidth(refusal.width())
        return refusal.height() >= needed and top >= 0 and top + refusal.height() <= area.height()

    neuron.qtbot.waitUntil(is_seen_whole)


def test_a_divergence_is_told_whole_in_few_lines(neuron: Trainee) -> None:
    neuron.window.resize(1366, 768)
    page = neuron.page()
    neuron.type_into("rate", "1e6")
    neuron.run()
    assert "Try a learning rate below" in neuron.said()
    line = page.sentence.fontMetrics().height()
    neuron.qtbot.waitUntil(lambda: page.told.y() > page.bar.y())  # in a row of its own
    neuron.qtbot.waitUntil(lambda: line <= page.told.height() <= 2.2 * line)
    neuron.qtbot.waitUntil(lambda: page.sentence.height() <= page.told.viewport().height())
    assert page.bar.height() < 3 * line  # four lines in the bar would take the height from the curves
    assert page.results.pages.height() >= 5 * line


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("rate", "0", "A learning rate of 0 would change nothing."),
        ("rate", "2e9", "The learning rate is above 0 and at most 1e9"),
        ("rate", "fast", "“fast” is not a number."),
        ("steps", "2.5", "The number of steps is a whole number"),
        ("steps", "1.000", "“1.000” may mean 1 or 1000. Type one of them, without a point."),
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


@pytest.mark.parametrize("undo", ["edit.undo", "train.restore"])
@pytest.mark.parametrize("is_stopped", [True, False])
def test_redo_brings_back_what_a_run_has_learnt_also_one_that_was_stopped(
    neuron: Trainee, undo: str, is_stopped: bool
) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.window.document.stack.setClean()
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    if is_stopped:
        neuron.key(Qt.Key.Key_Escape)
    neuron.do(undo)
    learnt = neuron.trainer.training.values()
    assert neuron.value("w") == neuron.shown()["w"][0] == 3.0
    assert not neuron.window.document.is_modified
    assert "Restored" in neuron.said()
    neuron.do("edit.redo")
    assert "Restored" not in neuron.said()
    assert neuron.value("w") == neuron.shown()["w"][0] == learnt[neuron.graph.named("w").id] != 3.0
    assert neuron.window.document.is_modified, "closing asks, as after any other edit"
    assert not neuron.trainer.is_outdated


def test_an_edit_after_restoring_says_no_longer_that_the_values_are_restored(neuron: Trainee) -> None:
    neuron.type_into("steps", "1000000")
    neuron.type_into("rate", "0.0001")
    neuron.press_button("train.run")
    neuron.qtbot.waitUntil(lambda: neuron.trainer.steps_done > 50)
    neuron.do("train.restore")
    assert "Restored" in neuron.said()
    w = neuron.graph.named("w").id
    neuron.window.document.apply(edits.set_value(neuron.graph, w, 4.0))
    assert "Restored" not in neuron.said()


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
    neuron.qtbot.waitUntil(lambda: page.results.loss_page is not None)
    neuron.run()
    pictures = set()
    for tab in (0, 1):
        page.results.tabs.setCurrentIndex(tab)
        for theme in ("light", "dark", "contrast"):
            neuron.window.settings.set(settings.THEME, theme)
            shown = page.results.pages.currentWidget().grab().toImage()
            pictures.add(bytes(shown.constBits()))
    assert len(pictures) == 6
    page.results.tabs.setCurrentIndex(0)
    before = page.results.loss_page.grab().toImage()
    QTest.mouseClick(
        page.results.log, Qt.MouseButton.LeftButton, pos=QPoint(10, page.results.log.height() // 2)
    )
    assert page.results.loss_page.grab().toImage() != before


def test_in_a_narrow_window_the_data_stand_behind_a_tab(neuron: Trainee) -> None:
    neuron.window.resize(1024, 740)
    page = neuron.page()
    neuron.qtbot.waitUntil(lambda: page.results.tabs.count() == 4)
    page.results.tabs.setCurrentIndex(3)
    assert page.data.isVisible()
    neuron.window.resize(1600, 900)
    neuron.qtbot.waitUntil(lambda: page.results.tabs.count() == 3)
    assert page.data.isVisible()


def test_tab_goes_through_the_page_as_one_reads(neuron: Trainee) -> None:
    from PySide6.QtWidgets import QApplication

    page = neuron.page()
    neuron.come_to_the_front()
    page.buttons["train.step"].setFocus(Qt.FocusReason.TabFocusReason)
    seen = ["train.step.button"]
    for _ in range(14):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if not page.isAncestorOf(focused):
            break
        seen.append(focused.objectName())
    assert seen == [
        "train.step.button", "train.run.button", "view.stage.button", "training.aim", "training.optimizer",
        "training.rate", "training.steps", "training.schedule", "training.more", "training.tabs",
        "training.log", "train.load_table.button", "train.generate_data.button", "training.inputs",
    ]  # fmt: skip


def test_the_bar_has_room_for_what_a_run_says_in_it(neuron: Trainee) -> None:
    """In a window in which the bar with nothing said in it would still fit beside the tabs."""
    neuron.window.resize(970, 700)
    page = neuron.page()
    neuron.qtbot.waitUntil(lambda: neuron.window.width() == 970)
    neuron.qtbot.wait(50)
    neuron.press_button("train.step")
    neuron.qtbot.waitUntil(lambda: not neuron.trainer.is_running)
    neuron.qtbot.wait(50)
    for part in (*page.buttons.values(), page.steps_now, page.loss_now):
        assert part.width() >= min(part.sizeHint().width(), part.maximumWidth()), part.objectName()


def test_in_a_low_window_nothing_of_the_page_is_cut_off(neuron: Trainee) -> None:
    neuron.window.resize(1366, 749)
    neuron.do("view.stage")
    page = neuron.page()
    neuron.run()
    neuron.qtbot.waitUntil(lambda: page.findChild(QWidget, "training.loss") is not None)
    for width in (1366, 800):
        neuron.window.resize(width, 749)
        QApplication.processEvents()
        for part in (page.results, page.setup_area, page.data):
            if part.isVisible():
                assert part.minimumSizeHint().height() <= part.height()
                assert part.geometry().bottom() <= page.rect().bottom()
        assert page.form.width() <= page.setup_area.viewport().width()
