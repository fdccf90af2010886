"""A small table of the inspector that shows rows of plain values. Knows nothing of what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from PySide6.QtCore import QEvent, QModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent, QStaticText
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.named_headings import name_headings
from nodegraph.app.widgets.rows import Cell, Index, Rows

AT_ONCE = 25
"""Rows that are made together: more than a panel of usual height shows."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LAID_OUT = 2_000
"""Texts of cells that are kept laid out at most."""


class MoreRows(Rows):
    """Rows of which those further down are made when somebody scrolls there, as Qt's models can."""

    def __init__(self, parent: QWidget, headings: Sequence[str]) -> None:
        super().__init__(parent, headings)
        self._coming: Iterator[Sequence[Cell]] = iter(())
        self._has_more = False

    def offer(self, rows: Iterable[Sequence[Cell]]) -> bool:
        """Show these rows in place of the ones before, as far down as those. Returns whether any is other."""
        coming = iter(rows)
        first = tuple(map(tuple, islice(coming, max(AT_ONCE, len(self.rows)))))
        had_more = self._has_more
        self._take(coming)
        if first == self.rows and had_more == self._has_more:
            return False
        self.show(first)
        return True

    def _take(self, coming: Iterator[Sequence[Cell]]) -> None:
        following = next(coming, None)
        self._has_more = following is not None
        self._coming = coming if following is None else chain([following], coming)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are rows further down."""
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: Index) -> None:
        """Make some more."""
        more = tuple(map(tuple, islice(self._coming, AT_ONCE)))
        self._take(self._coming)
        if more and not parent.isValid():
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(more) - 1)
            self.rows += more
            self.endInsertRows()

    def fetch_all(self) -> None:
        """Make all that are left."""
        while self._has_more:
            self.fetchMore(QModelIndex())


@keeps_plain_keys
class RowsTable(QTableView):
    """A table that keeps plain keys for itself while it has the focus; columns of numbers fit them."""

    def __init__(
        self, name: str, headings: Sequence[str], numbers: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        name_headings(self)
        self.rows = MoreRows(self, headings)
        self.rows.rowsInserted.connect(self._fit)
        self.numbers = tuple(numbers)
        self._laid_out: dict[tuple[str, int], QStaticText] = {}
        """The texts of cells that have been painted, by their room, until the type is another."""
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setHighlightSections(False)
        for place in range(len(headings)):
            fits = place in self.numbers
            mode = QHeaderView.ResizeMode.Fixed if fits else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)

    def show_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Show these rows in place of the ones before, each made as it comes near the view; what is the
        same is not touched.
        """
        if self.rows.offer(rows):
            self._fit()

    def _fit(self, *_news: object) -> None:
        """Let columns of numbers be as wide as their widest text: Qt would measure all cells, twice."""
        head, measure = self.horizontalHeader(), self.fontMetrics()
        for column in self.numbers:
            widths = [measure.horizontalAdvance(row[column].text) for row in self.rows.rows]
            widest = widths.index(max(widths)) if widths else 0
            asked = self.sizeHintForIndex(self.rows.index(widest, column)).width() + self.showGrid()
            head.resizeSection(column, max(asked, head.sectionSizeHint(column)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the cells as Qt does, which takes ten times as long for each where there is a style sheet; so
        only while some are chosen, or one has the focus, it is asked to.
        """
        if self.hasFocus() or self.selectionModel().hasSelection():
            super().paintEvent(event)
            return
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        rows = range(max(first, 0), last + 1 if last >= 0 else len(self.rows.rows))
        tops = [(row, self.rowViewportPosition(row), self.rowHeight(row)) for row in rows]
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self) + 1
        with QPainter(self.viewport()) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            for column in range(len(self.rows.headings)):
                left = self.columnViewportPosition(column) + margin
                room, is_right = self.columnWidth(column) - 2 * margin, column in self.numbers
                for row, top, height in tops:
                    text = self._laid(self.rows.rows[row][column].text, room)
                    size = text.size()
                    across = room - size.width() if is_right else 0
                    painter.drawStaticText(QPointF(left + across, top + (height - size.height()) / 2), text)

    def _laid(self, text: str, room: int) -> QStaticText:
        """Returns the text of a cell as it is painted, shortened to the room that there is."""
        found = self._laid_out.get((text, room))
        if found is None:
            if len(self._laid_out) >= _LAID_OUT:
                self._laid_out.clear()
            found = QStaticText(self.fontMetrics().elidedText(text, self.textElideMode(), room))
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(font=self.font())
            self._laid_out[text, room] = found
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to type of another size."""
        self._laid_out.clear()
        super().changeEvent(event)
        if self.isVisible() and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns to the type that the style gives them as they are shown."""
        super().showEvent(event)
        self._fit()

    def lines(self) -> list[str]:
        """The rows as text, their cells parted by commas."""
        self.rows.fetch_all()
        return [", ".join(cell.text for cell in row) for row in self.rows.rows]


def number_cell(text: str) -> Cell:
    """Returns a cell with its text at the right, for a number."""
    return Cell(text, {Qt.ItemDataRole.TextAlignmentRole: _RIGHT})
