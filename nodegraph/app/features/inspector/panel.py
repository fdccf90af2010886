"""The inspector: explains what is selected, or the document. Chooses the page; the pages do the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from nodegraph.app.features.inspector.document_page import DocumentPage
from nodegraph.app.features.inspector.edge_page import EdgePage
from nodegraph.app.features.inspector.edges_page import EdgesPage
from nodegraph.app.features.inspector.node_page import NodePage
from nodegraph.app.features.inspector.several_page import SeveralPage
from nodegraph.app.platform import style
from nodegraph.app.widgets.scrolling import ScrollArea
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


class Inspector(QFrame):
    """The panel at the right. It shows what it is told to; `graph` returns the open one, and `edges` the
    edges that are selected.
    """

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
        self.setMinimumWidth(style.px(220))
        self.node_page = NodePage()
        self.document_page = DocumentPage()
        self.several_page = SeveralPage()
        self.edge_page = EdgePage()
        self.edges_page = EdgesPage()
        self.edge_page.supposed.connect(self.supposed)
        self.printed: Callable[[], tuple[str, str]] = lambda: ("", "")
        """What the example's source prints, plain and as HTML; asked when the document is shown."""
        self.pages = QStackedWidget()
        self._areas: dict[QWidget, QWidget] = {}
        for page in (self.document_page, self.node_page, self.edge_page):
            self._areas[page] = ScrollArea(_padded(page))
        for page in (self.several_page, self.edges_page):
            self._areas[page] = _padded(page)
        for area in self._areas.values():
            self.pages.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def set_theme(self, theme: Theme) -> None:
        """Write numbers in the text in these colours."""
        self.node_page.theme = theme
        self.document_page.theme = theme
        self.edge_page.theme = theme
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
            self.edge_page.end_what_if()
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
        self.edge_page.end_what_if()
        super().hideEvent(event)

    def text(self) -> str:
        """All that is said now, as plain text."""
        pages = (self.document_page, self.node_page, self.several_page, self.edge_page, self.edges_page)
        area = self.pages.currentWidget()
        return next(page.text() for page in pages if self._areas[page] is area)


def _padded(page: QWidget) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(14))
    layout.addWidget(page)
    return around
