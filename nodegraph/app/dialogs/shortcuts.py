"""The sheet of all keys and mouse gestures, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app import style
from nodegraph.app.actions import ACTIONS, MENUS
from nodegraph.app.panels.text import section

GESTURES = (
    ("Add an operation or a formula", "Double-click the empty canvas"),
    ("Connect", "Drag from a port to a port"),
    ("Move an edge", "Drag its end from the input port"),
    ("Change a number", "Drag on it, or double-click it; Enter"),
    ("Rename", "Double-click the name; F2"),
    ("Select", "Click; drag a box; Shift adds"),
    ("Pan", "Middle button; Space and drag"),
    ("Zoom", "Wheel, at the pointer; pinch"),
    ("Cancel a gesture", "Esc, or the right button"),
)
ON_THE_CANVAS = (
    ("To the next node", "Arrow keys"),
    ("Extend the selection", "Shift and arrow keys"),
    ("Move the selection", "Ctrl and arrow keys"),
    ("Edit the selected node", "Enter"),
    ("Add an operation or a formula", "Tab"),
    ("Leave the canvas", "F6; Shift and Tab"),
)


class ShortcutsDialog(QDialog):
    """All keys at a glance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle("Keyboard and mouse")
        columns = QHBoxLayout()
        columns.setSpacing(style.px(36))
        blocks = [
            (title.replace("&", ""), _keys_of(prefix)) for prefix, title in MENUS.items() if _keys_of(prefix)
        ]
        blocks += [("Keys on the canvas", list(ON_THE_CANVAS)), ("With the mouse", list(GESTURES))]
        for part in (blocks[:2], blocks[2:5], blocks[5:]):
            column = QVBoxLayout()
            column.setSpacing(style.px(8))
            for title, rows in part:
                column.addWidget(section(title))
                column.addLayout(_table(rows))
                column.addSpacing(style.px(8))
            column.addStretch(1)
            columns.addLayout(column, 1)
        page = QWidget()
        page.setLayout(columns)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        close = QPushButton("Close", default=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(22), style.px(18), style.px(22), style.px(16))
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        self.resize(style.px(980), style.px(570))
        close.setFocus()


def _keys_of(prefix: str) -> list[tuple[str, str]]:
    return [
        (spec.plain_text.rstrip("…"), "   ".join(spec.keys))
        for spec in ACTIONS
        if spec.id.startswith(f"{prefix}.") and spec.keys
    ]


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.px(14))
    grid.setVerticalSpacing(style.px(5))
    grid.setColumnStretch(0, 1)
    for row, (what, keys) in enumerate(rows):
        label, key = QLabel(what), QLabel(keys)
        style.set_role(key, "keys")
        label.setAccessibleName(f"{what}: {keys}")
        grid.addWidget(label, row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignRight)
    return grid
