"""A drawer: a panel that lies over the canvas for as long as it is needed, with a head that names it. A panel
that was pinned beside the canvas has the same head. Holds a panel; knows nothing of what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.text import section


class PanelHead(QWidget):
    """The title of a panel, with buttons that pin it beside the canvas, or let it give way, and close it."""

    def __init__(self, name: str, title: str, *, is_pinned: bool) -> None:
        super().__init__()
        self.pin_button = QToolButton(text="Unpin" if is_pinned else "Pin")
        self.pin_button.setObjectName(f"{name}.{'unpin' if is_pinned else 'pin'}")
        keeps = "Let the {} give way to the canvas" if is_pinned else "Keep the {} beside the canvas"
        self.pin_button.setAccessibleName(keeps.format(title.lower()))
        self.pin_button.setToolTip(
            "Let it come over the canvas when it is asked for, and go again"
            if is_pinned
            else "Keep it beside the canvas, also in a narrow window"
        )
        self.pin_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button = CloseButton(f"Close the {title.lower()}", "Close" if is_pinned else "Close (Esc)")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(14), style.px(6), style.px(6), 0)
        row.addWidget(section(title.upper()), 1)
        row.addWidget(self.pin_button)
        row.addWidget(self.close_button)


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
        head = PanelHead(self.objectName(), title, is_pinned=False)
        self.pin_button, self.close_button = head.pin_button, head.close_button
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
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
