"""The panel below the canvas: a row of tabs and the page in front. Arranges pages; knows nothing of what is
on them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMargins, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton

LEAST_PX, LEAST_SHARE = 140, 0.25
"""How high the panel is at least, and of a low window no more than this share; a page may need more."""


@runtime_checkable
class Barred(Protocol):
    """A page with a bar of buttons above it, which lies in the row of tabs where that has room."""

    def bar_width(self) -> int:
        """Returns how wide the bar is at least."""

    def set_inset(self, inset: QMargins | None) -> None:
        """Let the bar lie at the upper edge, so far from left and right and so high (top); None: in a row of
        its own.
        """


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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        for over in (self.tabs, self.close_button):  # a bar of the page finds room between them
            over.setParent(self)
            over.raise_()
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
        with QSignalBlocker(self.tabs):  # before they are measured: the one in front is bold, and wider
            self.tabs.setCurrentIndex(place)
        self.measure()
        self.show()

    def measure(self) -> None:
        """Take the least height that the page in front needs in this window."""
        page = self.pages.currentWidget()
        if page is None:
            return
        if isinstance(page, Yielding):
            page.set_room(self.window().height())
        self._place_head(page)
        needed = self._head_height() + page.minimumHeight()
        least = min(style.px(LEAST_PX), round(LEAST_SHARE * self.window().height()))
        self.setMinimumHeight(max(least, needed))

    def _head_height(self) -> int:
        return max(self.tabs.sizeHint().height(), self.close_button.sizeHint().height())

    def _place_head(self, page: QWidget) -> None:
        """Tabs at the left, the cross at the right; between them the bar of the page, where it has room."""
        height, cross = self._head_height(), self.close_button.sizeHint()
        right = self.width() - cross.width() - style.px(6)
        width = min(self.tabs.sizeHint().width(), max(0, right - style.px(8)))
        self.tabs.setGeometry(style.px(8), 0, width, height)
        self.close_button.setGeometry(right, (height - cross.height()) // 2, cross.width(), cross.height())
        left, free = self.tabs.geometry().right() + style.px(14), self.width() - right + style.px(8)
        inset = None
        if isinstance(page, Barred):
            has_room = self.width() - left - free >= page.bar_width()
            inset = QMargins(left, height, free, 0) if has_room else None
            page.set_inset(inset)
        self.pages.setContentsMargins(0, height if inset is None else 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar follows the width."""
        super().resizeEvent(event)
        page = self.pages.currentWidget()
        if page is not None:
            self._place_head(page)

    def event(self, event: QEvent) -> bool:
        """Tabs take another width once text of another size has reached them."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.pages.currentWidget() is not None:
            self._place_head(self.pages.currentWidget())
        return handled

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
