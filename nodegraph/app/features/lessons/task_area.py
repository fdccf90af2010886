"""The place of a step's tasks on the page of a lesson: below the text, and always in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nodegraph.app.features.lessons.task_rows import TaskRow
from nodegraph.app.platform import style
from nodegraph.app.widgets.scrolling import ScrollArea

MOST_OF_PAGE = 0.5
"""The share of the page's height that tasks take at most; more of them scroll."""


class TaskArea(ScrollArea):
    """As high as the rows in it need, but for those that scroll; what is next is in sight."""

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(inner)
        self.rows: list[TaskRow] = []
        style.set_role(inner, "panel")
        self.column = QVBoxLayout(inner)
        self.column.setSpacing(style.px(8))
        self.column.setContentsMargins(style.px(16), 0, style.px(14), 0)
        inner.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.fitting_soon = QTimer(self, singleShot=True, interval=0)
        """Once the rows have the size that their texts need."""
        self.fitting_soon.timeout.connect(self.fit)

    def add(self, row: TaskRow) -> None:
        """Show one more row."""
        self.rows.append(row)
        self.column.addWidget(row)

    def clear(self) -> None:
        """Show no row any more."""
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def next_row(self) -> TaskRow | None:
        """Returns the first row that is yet to be done."""
        return next((row for row in self.rows if not row.task.is_done), None)

    def fit(self) -> None:
        """Take the height that the rows need, but leave the text above some."""
        page = self.parentWidget()
        most, width = round(page.height() * MOST_OF_PAGE), page.width() - 1
        needed = self.column.totalHeightForWidth(width)
        scrolls = needed > most
        with_bar, without = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(with_bar if scrolls else without)  # else one keeps itself
        if scrolls:
            needed = self.column.totalHeightForWidth(width - self.verticalScrollBar().sizeHint().width())
        # Said outright: texts that wrap ask for the height that they would have at their narrowest.
        self.widget().setMinimumSize(1, max(1, needed))
        self.setFixedHeight(max(1, min(needed, most)))
        self.setVisible(bool(self.rows))
        row = self.next_row()
        if row is not None:
            self.ensureWidgetVisible(row, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A row has another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fitting_soon.start()
        return super().eventFilter(watched, event)
