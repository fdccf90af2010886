"""The demo that made micrograd known, by hand: an empty canvas, Insert ▸ Network, Generate Data, the training
page, Run; the losses are those that its notebook prints.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.widgets.text import Field
from nodegraph.core.training.setup import Setup
from tests.journeys.hand import Hand

PRINTED = {0: 0.8958441028683222, 99: 0.010978370135492717}
SEED = "1337"


def typed(field: QWidget, text: str) -> None:
    """Type into a field over what stands there."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    if isinstance(field, Field):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_demo_is_done_by_hand_from_an_empty_canvas(hand: Hand, qtbot: QtBot) -> None:
    window = hand.window
    window.workspace.files.new()
    window.commands.run("graph.insert_mlp")
    network = window.features.adding.networks.dialog
    assert network is not None
    typed(network.sizes, "2-16-16-1")
    QTest.keyClicks(network.activation, "re")
    QTest.keyClicks(network.loss, "h")
    network.loss.activated.emit(network.loss.currentIndex())  # as the list does when it is chosen from
    typed(network.penalty, "0.0001")
    QTest.keyClicks(network.start, "uu")
    typed(network.seed, SEED)
    assert network.sentence.plain.endswith("337 weights and biases, 1,054 nodes.")
    network.insert_button.click()
    qtbot.waitUntil(lambda: len(window.document.graph) == 1054)

    window.commands.run("train.generate_data")
    data = window.features.data.dialog
    assert data is not None
    assert data.classes.currentText() == "−1 and 1, for a hinge loss"
    typed(data.seed, SEED)
    data.generate_button.click()

    window.commands.run("view.training")
    page = window.workspace.dock.page("training")
    form = page.form
    typed(form.fields["rate"], "1")
    typed(form.steps, "100")
    form.schedule.setCurrentIndex(form.schedule.findText("Expression in k and n"))
    form.schedule.activated.emit(form.schedule.currentIndex())
    typed(form.schedule_text, "1 - 0.9*k/n")
    form.rows.button.click()
    form.rows.measures["accuracy"].click()
    trainer = window.features.training.trainer
    wanted = Setup(settings={"rate": 1.0}, steps=100, schedule="1 - 0.9*k/n", measures=("accuracy",))
    assert trainer.setup == wanted

    window.commands.run("train.run")
    qtbot.waitUntil(lambda: not trainer.is_running, timeout=120_000)
    assert trainer.training is not None
    losses = trainer.training.history.losses
    for step, loss in PRINTED.items():
        assert losses[step] == pytest.approx(loss, rel=1e-13)
    assert trainer.training.found().tolist() == [1.0]
    assert window.document.stack.undoText() == "Train 100 steps"
