"""Keys that belong to what has the focus, though the window has a shortcut on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.features.outline.model import OutlineModel
from nodegraph.app.features.outline.panel import NodeTree
from nodegraph.app.features.training.inputs_table import InputsTable
from nodegraph.app.features.training_stage.time_bar import StepSlider
from nodegraph.app.playback.timeline import Timeline
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run


def node_tree() -> NodeTree:
    return NodeTree(OutlineModel(run(parse("L = a*b"))))


@pytest.mark.parametrize("make", [node_tree, InputsTable])
@pytest.mark.parametrize(
    ("key", "is_kept"), [(Qt.Key.Key_F2, True), (Qt.Key.Key_A, True), (Qt.Key.Key_F6, False)]
)
def test_rows_keep_f2_and_letters_and_leave_other_function_keys_to_the_window(
    make: Callable[[], QWidget], key: Qt.Key, is_kept: bool, qtbot: QtBot
) -> None:
    rows = make()
    qtbot.addWidget(rows)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    rows.event(asked)
    assert asked.isAccepted() == is_kept


@pytest.mark.parametrize("kind", [Timeline, StepSlider])
@pytest.mark.parametrize(
    ("key", "is_kept"), [(Qt.Key.Key_Left, True), (Qt.Key.Key_End, True), (Qt.Key.Key_K, False)]
)
def test_sliders_keep_the_keys_that_move_them_and_leave_letters_to_the_window(
    kind: type[QWidget], key: Qt.Key, is_kept: bool, qtbot: QtBot
) -> None:
    slider = kind()
    qtbot.addWidget(slider)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ShiftModifier)
    asked.ignore()
    slider.event(asked)
    assert asked.isAccepted() == is_kept
