"""The inspector: explains what is selected, or the document. Chooses the page; the pages do the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from nodegraph.app.features.inspector.document_page import DocumentPage
from nodegraph.app.features.inspector.edge_page import EdgePage
from nodegraph.app.features.inspector.edges_page import EdgesPage
from nodegraph.app.features.inspector.node_page import NodePage
from nodegraph.app.features.inspector.several_page import SeveralPage
from nodegraph.app.platform import style
from nodegraph.app.widgets.scrolling import ScrollArea
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey

LEAST_PX = 120
"""The least height of the panel, whatever page it shows: a low window must grow neither with what is selected
nor, where the panel stays beside the canvas, with larger text.
"""

Page: TypeAlias = DocumentPage | NodePage | EdgePage | SeveralPage | EdgesPage
Kind = TypeVar("Kind", DocumentPage, NodePage, EdgePage, SeveralPage, EdgesPage)


class Inspector(QFrame):
    """The panel at the right. It shows what it is told to; `graph` returns the open one, and `edges` the
    edges that are selected. Each page is made when it is first asked for: a window opens sooner without them.
    """

    page_made = Signal(object)
    """A page, before it is shown for the first time."""
    supposed = Signal(object)
    """The frame to show as if a factor were 0; None: what is so."""

    def __init__(
        self, graph: Callable[[], Graph], edges: Callable[[], list[EdgeKey]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.graph, self.edges = graph, edges
        self._shown: tuple[Frame, list[str]] | None = None
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setMinimumSize(style.px(220), style.px(LEAST_PX))
        self.theme: Theme = LIGHT
        self.printed: Callable[[], tuple[str, str]] = lambda: ("", "")
        """What the example's source prints, plain and as HTML; asked when the document is shown."""
        self.pages = QStackedWidget()
        self._made: dict[type[QWidget], Page] = {}
        self._areas: dict[QWidget, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    # --- pages
    @property
    def document_page(self) -> DocumentPage:
        """What is said of the document."""
        return self._page(DocumentPage)

    @property
    def node_page(self) -> NodePage:
        """What is said of a node."""
        return self._page(NodePage)

    @property
    def edge_page(self) -> EdgePage:
        """What is said of an edge."""
        return self._page(EdgePage)

    @property
    def several_page(self) -> SeveralPage:
        """What is said of several nodes."""
        return self._page(SeveralPage)

    @property
    def edges_page(self) -> EdgesPage:
        """What is said of several edges."""
        return self._page(EdgesPage)

    def _page(self, kind: type[Kind]) -> Kind:
        page = self._made.get(kind)
        if not isinstance(page, kind):
            page = self._made[kind] = kind()
            if isinstance(page, EdgePage):
                page.supposed.connect(self.supposed)
            self._take_theme(page)
            padded = _padded(page)
            area = padded if kind in (SeveralPage, EdgesPage) else ScrollArea(padded)
            self._areas[page] = area
            self.pages.addWidget(area)
            self._order_tabs(page)
            self.page_made.emit(page)
        return page

    def _order_tabs(self, page: Page) -> None:
        """Let Tab reach a page where the panel stands; Qt puts what is made later behind all the window."""
        before = self.previousInFocusChain()
        while before is not self and not _takes_tab(before):
            before = before.previousInFocusChain()
        for after in page.findChildren(QWidget):
            if before is not self and _takes_tab(after) and after.window() is self.window():
                QWidget.setTabOrder(before, after)
                before = after

    def _take_theme(self, page: Page) -> None:
        if isinstance(page, DocumentPage | NodePage | EdgePage):
            page.theme = self.theme

    def _end_what_if(self) -> None:
        if EdgePage in self._made:
            self.edge_page.end_what_if()

    def set_theme(self, theme: Theme) -> None:
        """Write numbers in the text in these colours."""
        self.theme = theme
        for page in self._made.values():
            self._take_theme(page)
        if self._shown is not None and not self.isHidden():
            self.follow(*self._shown)

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Explain what is selected, as it is visible in this frame."""
        self._shown = frame, selection
        graph = self.graph()
        is_all = len(selection) == len(graph) and selection == graph.ids_of(graph.node_ids)
        self.show_selection(graph, selection if is_all else graph.there(selection), frame)

    def show_selection(self, graph: Graph, node_ids: list[str], frame: Frame) -> None:
        """Explain these nodes, or the selected edges, or the document where there are none."""
        edges = [] if node_ids else [key for key in self.edges() if graph.edge(key) is not None]
        if len(edges) != 1:
            self._end_what_if()
        if len(node_ids) == 1:
            self.node_page.show_node(graph, node_ids[0], frame)
            self._bring(self.node_page)
        elif node_ids:
            self.several_page.show_nodes(graph, node_ids, frame)
            self._bring(self.several_page)
        elif len(edges) == 1:
            self.edge_page.show_edge(graph, edges[0], frame)
            self._bring(self.edge_page)
        elif edges:
            self.edges_page.show_edges(graph, edges, frame)
            self._bring(self.edges_page)
        else:
            self.document_page.show_document(graph, frame, self.printed())
            self._bring(self.document_page)

    def _bring(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(self._areas[page])

    def hideEvent(self, event: QHideEvent) -> None:
        """End a supposed change when the panel is hidden."""
        self._end_what_if()
        super().hideEvent(event)

    def text(self) -> str:
        """All that is said now, as plain text."""
        area = self.pages.currentWidget()
        return next(page.text() for page in self._made.values() if self._areas[page] is area)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _padded(page: QWidget) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(14))
    layout.addWidget(page)
    return around
