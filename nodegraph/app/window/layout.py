"""Where the parts of the window lie: the order on the screen, the order of Tab, and the sizes, which are
remembered. Knows nothing of what the parts do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from nodegraph.app.platform import settings, style
from nodegraph.app.platform.first_look import restore_size
from nodegraph.app.playback.transport import Transport
from nodegraph.app.window.side_places import MiddleSplitter, SidePlaces, SideSplitter
from nodegraph.app.window.top_bar import TopBar
from nodegraph.app.workspace.panel_spec import Area, PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.view.listeners import Listeners

PALETTE_PX, INSPECTOR_PX, WORKBENCH_PX = 176, 312, 220
WORKBENCH_SHARE = 0.28
"""Of the height of a low window, the workbench takes no more than this share at first."""
SIDES: tuple[Area, Area] = ("left", "right")
LOW_PX = 450
"""In a lower window, with text of usual size, the bars leave what height they can to canvas and workbench."""
MOST_AT_SIDES = 0.5
"""The share of the width that larger text may give to the panels at the sides."""


@dataclass(frozen=True)
class Around:
    """The parts around the canvas that are no panels."""

    top: TopBar
    welcome: QWidget
    caption: QWidget
    transport: Transport


class WindowLayout(QObject):
    """Top bar; panels at the margin and at the left, canvas over workbench, panels at the right; caption;
    transport.
    """

    def __init__(self, window: QMainWindow, workspace: Workspace, parts: Around) -> None:
        super().__init__(window)
        self.window, self.dock, self.stage = window, workspace.dock, workspace.stage
        self.settings = workspace.settings
        self.splitter = SideSplitter()
        self.column = MiddleSplitter(Qt.Orientation.Vertical)
        self._usual: dict[int, float] = {}
        """How wide each panel at the sides is with text of usual size, by its place; `_given`: as it was set
        last.
        """
        self._given: list[int] = []
        self.stage.add_welcome(parts.welcome)
        self.column.addWidget(self.stage)
        self.column.addWidget(self.dock.panel)
        self.column.setStretchFactor(0, 1)
        self.sides = SidePlaces(window, workspace, self.splitter, self._width_px)
        slots = [[self.sides.slot(spec.id) for spec in self._specs(area)] for area in SIDES]
        for place, panel in enumerate((*slots[0], self.column, *slots[1])):
            self.splitter.addWidget(panel)
            self.splitter.setStretchFactor(place, int(panel is self.column))
        for splitter in (self.splitter, self.column):
            splitter.setHandleWidth(1)  # Qt widens what can be grabbed
            splitter.setChildrenCollapsible(False)
        self.transport = parts.transport
        self._bars = (parts.top, parts.transport)
        self._fill(parts)
        self._order_tabs(parts)
        workspace.appearance.text_size_changed.connect(self._follow_text_size)
        workspace.appearance.text_size_changed.connect(self._follow_height)
        Listeners.of(window).tell([QEvent.Type.Resize], lambda _event: self._follow_height())

    def _specs(self, area: Area) -> list[PanelSpec]:
        return [spec for spec in self.dock.specs.values() if spec.area == area]

    def _width_px(self, panel_id: str) -> int:
        """Returns how wide a panel at the sides is at first."""
        spec = self.dock.specs[panel_id]
        return style.px(spec.width_px or (PALETTE_PX if spec.area == "left" else INSPECTOR_PX))

    def _fill(self, parts: Around) -> None:
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(parts.top)
        row = QHBoxLayout()
        row.setSpacing(0)
        for spec in self._specs("margin"):
            row.addWidget(self.dock.sides.widgets[spec.id])
        row.addWidget(self.splitter, 1)
        layout.addLayout(row, 1)
        layout.addWidget(parts.caption)
        layout.addWidget(parts.transport)
        self.window.setCentralWidget(middle)

    def _order_tabs(self, parts: Around) -> None:
        """Tab goes as one reads: top bar, panels at the left, canvas, workbench, panels at the right,
        transport.
        """
        bench = self.dock.panel
        stops: list[QWidget] = [
            *parts.top.buttons, *self._stops("margin"), *self._stops("left"), self.stage.canvas, bench.tabs,
            bench.close_button, *self._stops("right"), *parts.transport.buttons.values(),
            parts.transport.timeline, parts.transport.speed,
        ]  # fmt: skip
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _stops(self, area: Area) -> list[QWidget]:
        found = []
        for spec in self._specs(area):
            found += spec.stops() if spec.stops is not None else [self.dock.sides.widgets[spec.id]]
        return found

    def restore(self) -> None:
        """The window as large as it was left, and its parts."""
        window = self.window
        if not window.isVisible():
            restore_size(window, self.settings)
        if not self.splitter.restoreState(self.settings.value(settings.SPLITTER)):
            lefts, rights = ([self._width_px(spec.id) for spec in self._specs(area)] for area in SIDES)
            self.splitter.setSizes([*lefts, window.width(), *rights])
        if not self.column.restoreState(self.settings.value(settings.COLUMN)):
            bench = min(style.px(WORKBENCH_PX), round(window.height() * WORKBENCH_SHARE))
            self.column.setSizes([window.height(), bench])
        self.sides.measure()

    def _follow_height(self, *_sizes: float) -> None:
        """Follow the window in its height."""
        for bar in self._bars:
            bar.stand_low(self.window.height() < style.px(LOW_PX))

    def _follow_text_size(self, before: float, now: float) -> None:
        """Give the panels at the sides the room that larger text needs, as far as there is any."""
        sizes, middle = self.splitter.sizes(), self.splitter.indexOf(self.column)
        if before == now:
            return
        self.transport.show_texts()  # before their words, larger now, make the window wider
        if sizes != self._given:  # as a person has drawn them
            self._usual = {place: size / before for place, size in enumerate(sizes) if place != middle}
        wanted = max(1.0, sum(self._usual.values()) * now)
        share = min(1.0, MOST_AT_SIDES * sum(sizes) / wanted) if now > 1 else 1.0
        sides = {place: round(width * now * share) for place, width in self._usual.items()}
        rest = max(1, sum(sizes) - sum(sides.values()))
        self.splitter.setSizes([sides.get(place, rest) for place in range(len(sizes))])
        self._given = self.splitter.sizes()

    def remember(self) -> None:
        """Keep the sizes for the next start."""
        self.settings.set(settings.GEOMETRY, self.window.saveGeometry())
        self.settings.set(settings.SPLITTER, self.splitter.saveState())
        self.settings.set(settings.COLUMN, self.column.saveState())
