"""Puts the panels at the sides where they stand: beside the canvas, or in a drawer over it. Sees when there
is little room, and when a drawer has to give way again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.window.drawer import Drawer, PanelHead
from nodegraph.app.workspace.side_panels import TIGHT
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.view.listeners import Listeners

CROWDED_PX = 1500
"""The width of a window below which panels give way to the canvas."""
TIGHT_PX = 932
"""The width below which no panel has room beside the canvas and a page below it."""
LEAST_PX = 180
"""How high a canvas is at least that alone has drawers over it."""
LEAST_WIDTH_PX = 300
"""How wide a canvas is at least, with text of usual size."""
MOST_OF_WIDTH = 0.45
"""The share of the canvas that a drawer takes at most."""


class MiddleSplitter(QSplitter):
    """The canvas over the page below it, never so narrow that the canvas is a strip."""

    def minimumSizeHint(self) -> QSize:
        """As much as the page needs."""
        return super().minimumSizeHint().expandedTo(QSize(style.px(LEAST_WIDTH_PX), 0))


class SideSplitter(QSplitter):
    """The canvas and the panels beside it. A pinned panel that has no room gives way, so it has no say in how
    wide the window is at least: else it would make the window wider before that is seen.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.yielding: Callable[[], list[QWidget]] = list
        """Returns the panels that give way."""

    def minimumSizeHint(self) -> QSize:
        """As much as all need but those."""
        least = super().minimumSizeHint()
        shown = (panel for panel in self.yielding() if not panel.isHidden())
        given = sum(_least_width(panel) + self.handleWidth() for panel in shown)
        return QSize(max(0, least.width() - given), least.height())


def _least_width(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())


class SidePlaces(QObject):
    """A slot in the splitter and a drawer over it for each panel beside the canvas."""

    def __init__(
        self, window: QWidget, workspace: Workspace, splitter: SideSplitter, width_px: Callable[[str], int]
    ) -> None:
        super().__init__(window)
        self.window, self.splitter, self.width_px = window, splitter, width_px
        self.dock, self.sides, self.canvas = workspace.dock, workspace.dock.sides, workspace.canvas
        self.stage = workspace.stage
        self.slots: dict[str, QWidget] = {}
        self.drawers: dict[str, Drawer] = {}
        """The drawers by id of their panel, each made when it is first opened."""
        self.heads: dict[str, PanelHead] = {}
        """The heads of panels that are pinned where there is little room."""
        self.sides.changed.connect(self.follow)
        splitter.yielding = self._yielding
        workspace.appearance.text_size_changed.connect(self.measure)
        Listeners.of(window).tell([QEvent.Type.Resize], lambda _event: self.measure())
        for watched in (splitter, self.stage, self.canvas):
            watched.installEventFilter(self)
        self.canvas.listeners.tell([QEvent.Type.MouseButtonPress], self._give_way)

    def slot(self, panel_id: str) -> QWidget:
        """Returns the place of a panel beside the canvas, with the panel in it."""
        slot = self.slots[panel_id] = QWidget()
        style.set_role(slot, "panel")
        head = self.heads[panel_id] = PanelHead(
            f"pinned.{panel_id}", self.sides.specs[panel_id].tab, is_pinned=True
        )
        head.pin_button.clicked.connect(partial(self._unpin, panel_id))
        head.pin_button.setVisible(not self.sides.specs[panel_id].stays)
        head.close_button.clicked.connect(partial(self._close, panel_id))
        layout = QVBoxLayout(slot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.sides.widgets[panel_id])
        slot.hide()
        return slot

    def measure(self, *_sizes: float) -> None:
        """See how much room there is for panels."""
        self.sides.crowd("width", self.window.width() < style.px(CROWDED_PX))
        self.sides.crowd(TIGHT, self.window.width() < style.px(TIGHT_PX))
        self._squeeze()
        self.dock.panel.measure()
        self._place_drawers()

    def _squeeze(self) -> None:
        """See which pinned panels the window holds, which would be wider than the screen else."""
        self.sides.squeeze(lambda panel_ids: self._least_px(panel_ids) <= self._room_px())

    def _room_px(self) -> int:
        """Returns how wide the splitter may be: what is in it can make even a maximised window wider than the
        screen.
        """
        if not self.window.isMaximized():
            return self.splitter.width()
        beyond = self.window.width() - self.window.screen().availableGeometry().width()
        return self.splitter.width() - max(0, beyond)

    def _least_px(self, panel_ids: list[str]) -> int:
        """Returns how wide the canvas with the page below it is at least, and these panels beside it."""
        self.window.minimumSizeHint()  # has all measured anew that waits for it, as type that is larger now
        sides = (_least_width(self.sides.widgets[panel_id]) for panel_id in panel_ids)
        column = _least_width(self.stage.parentWidget())
        return column + sum(sides) + len(panel_ids) * self.splitter.handleWidth()

    def _yielding(self) -> list[QWidget]:
        return [slot for panel_id, slot in self.slots.items() if self.sides.is_pinned(panel_id)]

    # --- where panels are
    def follow(self) -> None:
        """Put each panel where it stands now."""
        if self.dock.refusal:
            return  # a presentation shows none, and leaves all where they were
        self._squeeze()
        for panel_id, slot in self.slots.items():
            panel, standing = self.sides.widgets[panel_id], self.sides.standing(panel_id)
            held = panel.isAncestorOf(QApplication.focusWidget() or self.window)
            drawer = self.drawers.get(panel_id)
            if standing == "over":
                drawer = drawer or self._make_drawer(panel_id)
                if panel.parentWidget() is not drawer:
                    drawer.hold(panel)
            elif standing == "beside" and panel.parentWidget() is not slot:
                slot.layout().addWidget(panel)
            panel.setVisible(standing != "away")
            slot.setVisible(standing == "beside")
            self.heads[panel_id].setVisible(self.sides.is_crowded)
            if drawer is not None:
                drawer.setVisible(standing == "over")
            if held and standing == "away":
                self.canvas.setFocus()
        self._place_drawers()

    def _make_drawer(self, panel_id: str) -> Drawer:
        spec = self.sides.specs[panel_id]
        drawer = self.drawers[panel_id] = Drawer(panel_id, spec.tab, spec.area, self.splitter.parentWidget())
        drawer.pin_wanted.connect(partial(self.sides.pin, panel_id))
        drawer.close_wanted.connect(partial(self._close, panel_id))
        return drawer

    def _unpin(self, panel_id: str, _checked: bool = False) -> None:
        self.sides.unpin(panel_id)

    def _close(self, panel_id: str, _checked: bool = False) -> None:
        self.sides.show(panel_id, False)
        self.canvas.setFocus()

    def _place_drawers(self) -> None:
        """Place the drawers at the edges of the canvas, and not over the page below it unless that leaves too
        little to read them; a graph that is fitted keeps clear of them.
        """
        corner = self.stage.mapTo(self.splitter.parentWidget(), QPoint(0, 0))
        width, height = self.stage.width(), self.stage.height()
        height = height if height >= style.px(LEAST_PX) else self.splitter.height()
        over = QMargins()
        for panel_id in self.slots:
            drawer = self.drawers.get(panel_id)
            if drawer is None or drawer.isHidden():
                self.canvas.reserve(panel_id)
                continue
            taken = min(self.width_px(panel_id), round(width * MOST_OF_WIDTH))
            is_left = drawer.side == "left"
            left = corner.x() if is_left else corner.x() + width - taken
            drawer.setGeometry(left, corner.y(), taken, height)
            drawer.raise_()
            margins = QMargins(taken if is_left else 0, 0, 0 if is_left else taken, 0)
            self.canvas.reserve(panel_id, margins)
            over += margins
        self.stage.keep_clear(over)

    # --- when they give way
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drawers lie where their panels would; Esc on the canvas closes them."""
        kind = event.type()
        if kind == QEvent.Type.Resize:
            if watched is self.splitter:
                self._squeeze()
            if watched in (self.splitter, self.stage):
                self._place_drawers()
        elif kind == QEvent.Type.LayoutRequest and watched is self.splitter:
            self._squeeze()  # a wider page, or larger type
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_free = watched is self.canvas and self.canvas.gesture is None
            if is_free and event.key() == Qt.Key.Key_Escape and self.sides.give_way():
                return True
        return False

    def _give_way(self, event: QEvent) -> None:
        """A press on an empty place of the canvas closes drawers."""
        if isinstance(event, QMouseEvent) and self.sides.over():
            is_empty = self.canvas.is_empty_at(self.canvas.place_of(event))
            if is_empty and event.button() == Qt.MouseButton.LeftButton:
                self.sides.give_way()
