"""Where the parts of the window lie: the order on the screen, the order of Tab, and the sizes, which are
remembered. Knows nothing of what the parts do.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from nodegraph.app.platform import settings, style

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow

PALETTE_PX, INSPECTOR_PX, WORKBENCH_PX = 176, 312, 220
SMALL_WINDOW_PX = 1150
MOST_AT_SIDES = 0.5
"""The share of the width that larger text may give to the panels at the sides."""


class Arrangement(QObject):
    """Top bar; lesson, palette, canvas over workbench, inspector; transport."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.settings = window.settings
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.column = QSplitter(Qt.Orientation.Vertical)
        self._usual = (0.0, 0.0)
        """How wide the panels at the sides are with text of usual size; `_given`: as it was set last."""
        self._given: list[int] = []
        window.stage.add_welcome(window.welcome)
        self.column.addWidget(window.stage)
        self.column.addWidget(window.workbench.panel)
        self.column.setStretchFactor(0, 1)
        for place, panel in enumerate((window.palette_panel, self.column, window.inspector)):
            self.splitter.addWidget(panel)
            self.splitter.setStretchFactor(place, int(panel is self.column))
        for splitter in (self.splitter, self.column):
            splitter.setHandleWidth(1)  # Qt widens what can be grabbed
            splitter.setChildrenCollapsible(False)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(window.top_bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(window.teaching.page)
        row.addWidget(self.splitter, 1)
        layout.addLayout(row, 1)
        layout.addWidget(window.presenting.caption)
        layout.addWidget(window.transport)
        window.setCentralWidget(middle)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes as one reads: top bar, lesson, palette, canvas, workbench, inspector, transport."""
        window = self.window
        stops: list[QWidget] = [
            *window.top_bar.buttons,
            *window.teaching.page.stops,
            window.palette_panel.search,
            window.palette_panel.list,
            window.canvas,
            window.workbench.panel.tabs,
            window.workbench.panel.close_button,
            window.outlining.panel.rows,
            window.inspector,
            *window.transport.buttons.values(),
            window.transport.timeline,
            window.transport.speed,
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def restore(self) -> None:
        """The window as large as it was left, and its parts."""
        window = self.window
        room = window.screen().availableGeometry()
        window.resize(min(1360, room.width() - 40), min(860, room.height() - 60))
        window.restoreGeometry(self.settings.value(settings.GEOMETRY))
        if not self.splitter.restoreState(self.settings.value(settings.SPLITTER)):
            small = window.width() < style.px(SMALL_WINDOW_PX)
            left, right = (PALETTE_PX - 16, INSPECTOR_PX - 48) if small else (PALETTE_PX, INSPECTOR_PX)
            self.splitter.setSizes([style.px(left), window.width(), style.px(right)])
        if not self.column.restoreState(self.settings.value(settings.COLUMN)):
            self.column.setSizes([window.height(), style.px(WORKBENCH_PX)])

    def follow_text_size(self, before: float, now: float) -> None:
        """Give the panels at the sides the room that larger text needs, as far as there is any."""
        sizes = self.splitter.sizes()
        if sizes != self._given:  # as a person has drawn them
            self._usual = sizes[0] / before, sizes[2] / before
        wanted = max(1.0, sum(self._usual) * now)
        share = min(1.0, MOST_AT_SIDES * sum(sizes) / wanted) if now > 1 else 1.0
        left, right = (round(width * now * share) for width in self._usual)
        self.splitter.setSizes([left, max(1, sum(sizes) - left - right), right])
        self._given = self.splitter.sizes()

    def remember(self) -> None:
        """Keep the sizes for the next start."""
        self.settings.set(settings.GEOMETRY, self.window.saveGeometry())
        self.settings.set(settings.SPLITTER, self.splitter.saveState())
        self.settings.set(settings.COLUMN, self.column.saveState())
