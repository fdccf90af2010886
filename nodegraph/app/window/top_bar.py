"""The bar above everything: what is open, its formula, and the actions used most. Shows what it is told;
knows no document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.named_line import NamedLine
from nodegraph.app.widgets.text import tip

BUTTONS = (
    "edit.undo", "edit.redo", "", "graph.add", "graph.layout", "view.fit", "view.theme", "file.export", "",
    "view.inspector",
)  # fmt: skip
"""The actions at the right; "" stands for a gap."""
AT_LEFT = "view.palette"
"""The action before the title: each panel is shown and hidden at the edge where it comes."""
WITH_TEXT = ("graph.add", "graph.layout", "view.fit", "file.export")
WIDE_PX, LEAST_PX = 760, 440
"""From this width on those carry their text; the bar never asks for more than the least."""


class TopBar(QFrame):
    """Title, formula and buttons in one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setMinimumWidth(style.px(LEAST_PX))
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setMaximumWidth(style.px(420))
        self.formula = NamedLine()
        self.formula.setObjectName("formula")
        self._formulas: list[str] = []
        for shown in (self.title, self.formula):
            policy = shown.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            shown.setSizePolicy(policy)
        self.buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self.stand_low(False)
        self._row.setSpacing(style.px(4))
        self._row.addWidget(self.title)
        self._row.addSpacing(style.px(8))
        self._row.addWidget(self.formula, 1)

    def stand_low(self, low: bool) -> None:
        """Leave little room above and below, or the usual."""
        beside, above = style.px(10), style.px(1 if low else 6)
        self._row.setContentsMargins(beside, above, beside, above)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the bar its buttons."""
        self.buttons.append(_button(actions[AT_LEFT]))
        self._row.insertWidget(0, self.buttons[-1])
        self._row.insertSpacing(1, style.px(4))
        for name in BUTTONS:
            if name:
                self.buttons.append(_button(actions[name]))
                self._row.addWidget(self.buttons[-1])
            else:
                self._row.addSpacing(style.px(8))
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With room for it, buttons say what they do."""
        super().resizeEvent(event)
        self._show_texts()

    def _show_texts(self) -> None:
        styles = Qt.ToolButtonStyle
        is_wide = self.width() >= style.px(WIDE_PX)
        for button in self.buttons:
            named = is_wide and button.defaultAction().objectName() in WITH_TEXT
            button.setToolButtonStyle(styles.ToolButtonTextBesideIcon if named else styles.ToolButtonIconOnly)

    def show_title(self, title: str, path: str, *, modified: bool, accent: str) -> None:
        """Name the document; a dot in the accent colour says that it has unsaved changes."""
        shown = self.window().fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, style.px(340))
        mark = f' <span style="color:{accent}">•</span>' if modified else ""
        self.title.setText(f"{escape(shown)}{mark}")
        self.title.setAccessibleName(f"{title}, not saved" if modified else title)
        self.title.setToolTip(tip(f"{path}{'; has unsaved changes' if modified else ''}"))

    def show_document(self, shown: bool) -> None:
        """Show title and formula of what is open, or neither."""
        self.title.setVisible(shown)
        self.formula.setVisible(shown)

    def show_formulas(self, formulas: Sequence[str]) -> None:
        """Show the graph as the first formula that there is room for; without one nothing."""
        if list(formulas) == self._formulas:
            return
        self._formulas = list(formulas)
        self.formula.set_texts([f"·  {formula}" for formula in formulas])
        self.formula.setToolTip(formulas[0] if formulas else "")


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"{action.objectName()}.top")
    button.setAccessibleName(action.iconText())
    button.setIconSize(QSize(style.px(18), style.px(18)))
    return button
