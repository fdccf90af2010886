"""A hand that trains in a real window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from tests.journeys.hand import Hand

PUBLISHED = Path(__file__).parent.parent / "cases" / "published.json"
CASES = {case["name"]: case for case in json.loads(PUBLISHED.read_text(encoding="utf-8"))}


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
        self.qtbot.waitUntil(lambda: not self.trainer.is_running)

    def value(self, name: str) -> float:
        return float(self.graph.named(name).value)

    def said(self) -> str:
        return str(self.page().sentence.plain)
