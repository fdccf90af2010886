"""The inspector: explains what is selected, or the document. Chooses the page; the pages do the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.inspector.document_page import DocumentPage
from nodegraph.app.features.inspector.node_page import NodePage
from nodegraph.app.features.inspector.node_sentences import WAITING
from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.text import Text, column
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number, format_signed
from nodegraph.core.operations.catalogue import title_of

MAX_ROWS = 200


@keeps_plain_keys
class Table(QTableWidget):
    """A table that keeps plain keys for itself while it has the focus."""


class SeveralPage(QWidget):
    """Several nodes in a table."""

    HEADINGS = ("Name", "Operation", "Value", "Gradient")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text("name")
        self.table = Table(0, len(self.HEADINGS))
        self.table.setAccessibleName("Selected nodes")
        self.table.setHorizontalHeaderLabels(self.HEADINGS)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        for place in (0, 1):
            self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setHighlightSections(False)
        layout = column(self, [self.title], 10)
        layout.addWidget(self.table, 1)

    def show_nodes(self, graph: Graph, node_ids: list[str], frame: Frame) -> None:
        """Show these nodes as they are visible in this frame."""
        self.title.say(f"{len(node_ids):,} nodes")
        shown = node_ids[:MAX_ROWS]
        self._fit_numbers(False)  # else each text that is put in measures the whole column
        self.table.setRowCount(len(shown))
        for row, node_id in enumerate(shown):
            node = graph.node(node_id)
            value, gradient = frame.value(node_id), frame.gradient(node_id)
            texts = (
                node.name,
                title_of(node.op),
                WAITING if value is None else format_number(value, 4),
                WAITING if gradient is None else format_signed(gradient, 4),
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if place > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, place, item)
        self._fit_numbers(True)

    def _fit_numbers(self, fits: bool) -> None:
        mode = QHeaderView.ResizeMode.ResizeToContents if fits else QHeaderView.ResizeMode.Fixed
        for place in (2, 3):
            self.table.horizontalHeader().setSectionResizeMode(place, mode)


class Inspector(QFrame):
    """The panel at the right. It shows what it is told to; `graph` returns the open one."""

    def __init__(self, graph: Callable[[], Graph], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.graph = graph
        self._shown: tuple[Frame, list[str]] | None = None
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setMinimumWidth(style.px(220))
        self.node_page = NodePage()
        self.document_page = DocumentPage()
        self.several_page = SeveralPage()
        self.printed: Callable[[], tuple[str, str]] = lambda: ("", "")
        """What the example's source prints, plain and as HTML; asked when the document is shown."""
        self.pages = QStackedWidget()
        for page in (self.document_page, self.node_page, self.several_page):
            self.pages.addWidget(_scrolling(page) if page is not self.several_page else _padded(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def set_theme(self, theme: Theme) -> None:
        """Write numbers in the text in these colours."""
        self.node_page.theme = theme
        self.document_page.theme = theme
        if self._shown is not None and not self.isHidden():
            self.follow(*self._shown)

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Explain what is selected, as it is visible in this frame."""
        self._shown = frame, selection
        graph = self.graph()
        self.show_selection(graph, [node_id for node_id in selection if node_id in graph], frame)

    def show_selection(self, graph: Graph, node_ids: list[str], frame: Frame) -> None:
        """Explain these nodes, or the document where there are none."""
        if len(node_ids) == 1:
            self.node_page.show_node(graph, node_ids[0], frame)
            self.pages.setCurrentIndex(1)
        elif node_ids:
            self.several_page.show_nodes(graph, node_ids, frame)
            self.pages.setCurrentIndex(2)
        else:
            self.document_page.show_document(graph, frame, self.printed())
            self.pages.setCurrentIndex(0)

    def text(self) -> str:
        """All that is said now, as plain text."""
        place = self.pages.currentIndex()
        return (self.document_page.text, self.node_page.text, self.several_page.title.text)[place]()


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(_padded(page))
    return area


def _padded(page: QWidget) -> QWidget:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(style.px(16), style.px(14), style.px(16), style.px(14))
    layout.addWidget(page)
    return around
