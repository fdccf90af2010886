"""The panel below the canvas: a row of tabs and the page in front. Arranges pages; knows nothing of what is
on them.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton

LEAST_PX = 140
"""How high the panel is at least; a page may need more."""


class WorkbenchPanel(QFrame):
    """Tabs with a close button, over the pages."""

    tab_chosen = Signal(int)
    """The place of the tab that a person went to."""
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workbench")
        self.setAccessibleName("Workbench")
        self.setMinimumHeight(style.px(LEAST_PX))
        self.tabs = QTabBar(drawBase=False, expanding=False, usesScrollButtons=True)
        self.tabs.setObjectName("workbench.tabs")
        self.tabs.setAccessibleName("Pages of the workbench")
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.close_button = CloseButton(
            "Close the workbench", "Close; the tabs' actions in the View menu open it again"
        )
        self.close_button.setObjectName("workbench.close")
        self.pages = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(style.px(8), 0, style.px(6), 0)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self.close_button.clicked.connect(self.close_wanted)
        self.hide()

    def add(self, title: str, page: QWidget) -> None:
        """One more page, behind the others."""
        self.pages.addWidget(page)
        with QSignalBlocker(self.tabs):  # the first tab becomes current by being added
            self.tabs.addTab(title)

    def replace(self, place: int, page: QWidget) -> None:
        """Put a page where an empty one held its place; Tab comes to it after the close button."""
        stops = [self.close_button, *_stops(page)]
        empty = self.pages.widget(place)
        self.pages.insertWidget(place, page)
        self.pages.removeWidget(empty)
        empty.deleteLater()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def show_page(self, place: int) -> None:
        """Bring a page to the front."""
        self.pages.setCurrentIndex(place)
        needed = self.tabs.sizeHint().height() + self.pages.widget(place).minimumHeight()
        self.setMinimumHeight(max(style.px(LEAST_PX), needed))
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(place)
        self.show()

    def entry(self) -> QWidget:
        """What takes the focus when one comes to the panel."""
        page = self.pages.currentWidget()
        return page.focusProxy() or page if page is not None else self.tabs


def _stops(page: QWidget) -> list[QWidget]:
    """Where Tab stops on a page that stands alone as yet, in order."""
    stops, widget = [], page
    while (widget := widget.nextInFocusChain()) is not page:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            stops.append(widget)
    return stops
