"""The panel below the canvas: a row of tabs and the page in front. Arranges pages; knows nothing of what is
on them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton

LEAST_PX, LEAST_SHARE = 140, 0.25
"""How high the panel is at least, and of a low window no more than this share; a page may need more."""


@runtime_checkable
class Barred(Protocol):
    """A page with a bar of buttons above it, which moves into the row of tabs where that has room."""

    bar: QWidget

    def hold_bar(self) -> None:
        """Take the bar back, above the page."""


@runtime_checkable
class Yielding(Protocol):
    """A page that needs less height in a low window, where the canvas needs it more."""

    def set_room(self, window_height: int) -> None:
        """Take a least height that suits a window of this height."""


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
        self._head = head = QHBoxLayout()
        head.setContentsMargins(style.px(8), 0, style.px(6), 0)
        head.setSpacing(style.px(14))
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.close_button)
        self._barred: Barred | None = None
        """The page whose bar is in the row of tabs."""
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
        self._place_bar()
        self.measure()
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(place)
        self.show()

    def measure(self) -> None:
        """Take the least height that the page in front needs in this window."""
        page = self.pages.currentWidget()
        if page is None:
            return
        if isinstance(page, Yielding):
            page.set_room(self.window().height())
        needed = self.tabs.sizeHint().height() + page.minimumHeight()
        least = min(style.px(LEAST_PX), round(LEAST_SHARE * self.window().height()))
        self.setMinimumHeight(max(least, needed))

    def _place_bar(self) -> None:
        """Put the bar of the page in front into the row of tabs, where there is room for both."""
        page = self.pages.currentWidget()
        wanted = page if isinstance(page, Barred) and self._has_room(page.bar) else None
        if wanted is self._barred:
            return
        if self._barred is not None:
            self._barred.hold_bar()
        if wanted is not None:
            self._head.insertWidget(1, wanted.bar, 100)
        self._barred = wanted

    def _has_room(self, bar: QWidget) -> bool:
        taken = self.tabs.sizeHint().width() + self.close_button.sizeHint().width() + style.px(30)
        return self.width() >= taken + bar.minimumSizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar follows the width."""
        super().resizeEvent(event)
        self._place_bar()

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
