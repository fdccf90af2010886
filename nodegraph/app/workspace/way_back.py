"""The way back: a button over the canvas while nothing of the graph can be seen. Moves nothing itself; it
presses the action that shows the whole graph.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from nodegraph.app.commands.shortcuts import Shortcuts
from nodegraph.app.platform import style
from nodegraph.app.workspace.stage import Stage
from nodegraph.canvas.view.canvas_view import CanvasView

SOON_MS = 80
"""How long the view must rest before the button comes or goes, so that panning does not wait for it."""
ABOVE_PX = 56


class WayBack(QObject):
    """Follows the view and the graph, and shows the button or takes it away."""

    def __init__(self, stage: Stage, canvas: CanvasView, fit: QAction, shortcuts: Shortcuts) -> None:
        super().__init__(stage)
        self.stage = stage
        self.canvas = canvas
        self.fit = fit
        self.shortcuts = shortcuts
        self.button = QPushButton(stage)
        self.button.setObjectName("way_back")
        self.button.hide()
        self.button.clicked.connect(self._go)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.follow)
        canvas.moved.connect(self._soon.start)
        canvas.graph_scene.replaced.connect(self._soon.start)
        canvas.graph_scene.structure_changed.connect(self._soon.start)
        stage.pages.currentChanged.connect(self.follow)
        stage.installEventFilter(self)

    def follow(self, _page: int = 0) -> None:
        """Show the button where there is a graph and none of it is in view."""
        scene = self.canvas.graph_scene
        lost = bool(len(scene.graph)) and not self.canvas.seen().intersects(scene.drawn_rect())
        self.button.setVisible(lost and self.stage.shows_canvas)
        if lost:
            keys = self.shortcuts.shown(self.fit.objectName())
            self.button.setText(f"Back to the graph ({keys[0]})" if keys else "Back to the graph")
            self._place()

    def _go(self) -> None:
        self.fit.trigger()
        self.canvas.setFocus()

    def _place(self) -> None:
        self.button.adjustSize()
        x = (self.stage.width() - self.button.width()) // 2
        self.button.move(x, self.stage.height() - self.button.height() - style.px(ABOVE_PX))
        self.button.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle as the canvas changes its size; take nothing from anybody."""
        if event.type() == QEvent.Type.Resize and not self.button.isHidden():
            self._place()
        return super().eventFilter(watched, event)
