"""A drawer: a panel that lies over the canvas for as long as it is needed, with a head that names it. Holds a
panel; knows nothing of what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.text import section


class Drawer(QFrame):
    """A frame over the canvas, at its left or right edge."""

    pin_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, panel_id: str, title: str, side: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"drawer.{panel_id}")
        self.setAccessibleName(title)
        style.set_role(self, f"drawer {side}")
        self.setAutoFillBackground(True)
        self.side = side
        self.pin_button = QToolButton(text="Pin")
        self.pin_button.setObjectName(f"drawer.{panel_id}.pin")
        self.pin_button.setAccessibleName(f"Keep the {title.lower()} beside the canvas")
        self.pin_button.setToolTip("Keep it beside the canvas, until it is hidden there")
        self.pin_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button = CloseButton(f"Close the {title.lower()}", "Close (Esc)")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setContentsMargins(style.px(14), style.px(6), style.px(6), 0)
        head.addWidget(section(title.upper()), 1)
        head.addWidget(self.pin_button)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self.pin_button.clicked.connect(self.pin_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        self.hide()

    def hold(self, panel: QWidget) -> None:
        """Take a panel in."""
        self._column.addWidget(panel, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it, where what is in it has no use for the key."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)
