"""Presentation mode: nothing on the screen but the graph and the step in large type, led by a few keys
or by a clicker. Hides and shows; what a step is, the player knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QMenuBar, QSplitter, QSplitterHandle, QWidget

from nodegraph.app.commands.command import Command
from nodegraph.app.features.presentation.caption import Caption
from nodegraph.app.platform import settings
from nodegraph.app.workspace import type_size
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace

LEAVE_FIRST = "Leave the presentation first, with Esc."
POINTER_MS = 2500
"""How long the pointer may rest before it is hidden."""
BESIDE = 0.3
"""The share of the screen's width that is shown beside the graph."""
GAP = 8.0
"""The same as at work, wider: half the gap that cards have at least, in scene units at usual type."""
LARGEST_CAPTION = 1.4
"""The size of text up to which the line grows; more would leave the graph no room."""
_K = Qt.Key
ON = (_K.Key_PageDown, _K.Key_Right, _K.Key_Space, _K.Key_Period)
BACK = (_K.Key_PageUp, _K.Key_Left, _K.Key_Comma)
OTHER = (_K.Key_Home, _K.Key_End, _K.Key_B, _K.Key_Escape)
_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_MENU_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class Before:
    """The window as it was, to leave it so."""

    state: Qt.WindowState
    geometry: QByteArray
    splitters: tuple[tuple[QSplitter, QByteArray], ...]
    hidden: tuple[QWidget, ...]
    """What was to be seen and was hidden."""
    center: QPointF
    zoom: float
    is_fitted: bool


class PresentationFeature(QObject):
    """Fills the screen with one window's canvas. `beside` returns what is shown beside the graph, if
    anything is: the loss of a training.
    """

    def __init__(self, workspace: Workspace, beside: Callable[[], QWidget | None] = lambda: None) -> None:
        super().__init__(workspace.parent)
        self._ask_beside = beside
        self._beside: QWidget | None = None
        self.workspace, self.window = workspace, workspace.parent
        self.settings, self.player, self.canvas = workspace.settings, workspace.player, workspace.canvas
        self.caption = Caption()
        self.caption.names = workspace.scene.showing.name_in_text
        self.blank = QWidget(self.window)
        self.blank.setObjectName("blank")
        self.blank.setAccessibleName("The screen is dark; press B to go on")
        self.blank.setAutoFillBackground(True)
        self.blank.setPalette(QPalette(QColor("black")))
        self.blank.hide()
        self._before: Before | None = None
        self._pointer = QTimer(self, singleShot=True, interval=POINTER_MS)
        self._pointer.timeout.connect(self._hide_pointer)
        self.player.frame_changed.connect(self._follow)
        workspace.appearance.theme_changed.connect(self.caption.set_theme)
        workspace.appearance.text_size_changed.connect(self.follow_text_size)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("view.spotlight", "S&potlight", self.light, ("Shift+H",),
                        "While stepping, dim all but the step's nodes and edges",
                        is_on=lambda: self.canvas.spotlight.is_on),
                Command("view.presentation", "Pr&esentation", self.set_on, ("F5",),
                        "Fill the screen with the graph: a clicker or PgDn and PgUp step, B darkens, Esc "
                        "leaves",
                        is_on=lambda: self.is_on),
            ),
            started=self.restore,
            closed=self.leave,
        )  # fmt: skip

    @property
    def is_on(self) -> bool:
        """Whether the window presents now."""
        return self._before is not None

    @property
    def geometry(self) -> QByteArray:
        """The window's geometry, as it is outside the presentation."""
        return self._before.geometry if self._before is not None else self.window.saveGeometry()

    # --- on and off
    def set_on(self, on: bool) -> None:
        """Present, or go back to work."""
        if on and self._before is None:
            self._enter()
        elif not on and self._before is not None:
            self._leave(self._before)

    def leave(self) -> None:
        """Go back to work."""
        self.set_on(False)

    def _enter(self) -> None:
        window, canvas, stage = self.window, self.canvas, self.workspace.stage
        self._beside = self._ask_beside()
        self.workspace.dock.sides.give_way()
        shown = tuple(widget for widget in self._surroundings() if not widget.isHidden())
        splitters = tuple(
            (outer, outer.saveState()) for outer in self._outwards() if isinstance(outer, QSplitter)
        )
        self._before = Before(
            window.windowState(), window.saveGeometry(), splitters, shown, canvas.center(), canvas.zoom,
            canvas.is_fitted,
        )  # fmt: skip
        stage.show_canvas()
        for widget in shown:
            widget.hide()
        stage.zoom.hide()
        self.follow_text_size()
        self.caption.show()
        canvas.legend.set_wanted(False)
        canvas.keep_fitting(True)
        for watched in (window, canvas, canvas.viewport()):
            watched.installEventFilter(self)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        self._after_change()
        self._pointer.start()

    def _leave(self, before: Before) -> None:
        window, canvas = self.window, self.canvas
        for watched in (window, canvas, canvas.viewport()):
            watched.removeEventFilter(self)
        self._pointer.stop()
        self._show_pointer()
        self.blank.hide()
        self.caption.hide()
        if self._beside is not None:
            self._beside.hide()
        self._before, self._beside = None, None
        self.follow_text_size()
        canvas.keep_fitting(False)
        window.setWindowState(before.state)
        for widget in before.hidden:
            widget.show()
        for splitter, state in before.splitters:
            splitter.restoreState(state)
        canvas.legend.set_wanted(self.settings.value(settings.LEGEND))
        if before.is_fitted:
            canvas.fit()
        else:
            canvas.look_at(before.center, before.zoom)
        self._after_change()

    def _after_change(self) -> None:
        self.restore()
        dock = self.workspace.dock
        dock.refusal = LEAVE_FIRST if self.is_on else ""
        dock.follow()
        dock.page_changed.emit()
        self.workspace.commands.refresh()
        self._follow()
        self.canvas.setFocus()

    def _surroundings(self) -> list[QWidget]:
        """Returns all widgets around the canvas."""
        stage = self.workspace.stage
        found: list[QWidget] = [*self.window.findChildren(QMenuBar), stage.hint_line, stage.zoom]
        inner: QWidget = stage
        for outer in self._outwards():
            beside = (child for child in outer.children() if isinstance(child, QWidget))
            left_alone = (inner, self.caption)
            found += [w for w in beside if w not in left_alone and not isinstance(w, QSplitterHandle)]
            inner = outer
        return found

    def _outwards(self) -> list[QWidget]:
        """Returns the ancestors of the canvas, innermost first, without the window."""
        found: list[QWidget] = []
        outer = self.workspace.stage.parentWidget()
        while outer is not None and outer is not self.window:
            found.append(outer)
            outer = outer.parentWidget()
        return found

    def follow_text_size(self, _before: float = 1.0, _now: float = 1.0) -> None:
        """Give the line a size that suits the screen and the size of text, and pictures that size."""
        height, appearance = self.window.screen().geometry().height(), self.workspace.appearance
        self.caption.set_screen(height * min(appearance.text_size, LARGEST_CAPTION))
        type_size.grow_cards(self.canvas, appearance.text_size, GAP if self.is_on else type_size.GAP)
        appearance.picture_scale = self.canvas.graph_scene.text_scale if self.is_on else 1.0
        if self._beside is not None:
            width = round(self.window.screen().geometry().width() * BESIDE)
            self.workspace.stage.put_beside(self._beside, width)

    # --- the spotlight
    def light(self, on: bool) -> None:
        """Dim all but the step; remembered for the presentation and for work, each on its own."""
        self.canvas.spotlight.set_on(on)
        self.settings.set(self._lit, on)

    def restore(self) -> None:
        """Restore the spotlight as it was last set."""
        self.canvas.spotlight.set_on(self.settings.value(self._lit))

    @property
    def _lit(self) -> settings.Setting:
        return settings.PRESENTED_SPOTLIGHT if self.is_on else settings.SPOTLIGHT

    # --- following
    def _follow(self, *_news: object) -> None:
        if self.is_on:
            self.caption.show_frame(self.player.frame)

    # --- keys and pointer
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that lead the presentation do nothing else."""
        if isinstance(event, QKeyEvent) and event.type() in _PRESSES:
            if not self._is_mine(event):
                return super().eventFilter(watched, event)
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._press(Qt.Key(event.key()))
            return True
        if event.type() == QEvent.Type.MouseMove and watched is self.canvas.viewport():
            self._show_pointer()
            self._pointer.start()
        elif event.type() == QEvent.Type.Resize and watched is self.window:
            self.blank.setGeometry(self.window.rect())
            self.follow_text_size()
        return super().eventFilter(watched, event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _MENU_KEYS or self.canvas.gesture is not None:
            return False
        return self.blank.isVisible() or event.key() in (*ON, *BACK, *OTHER)

    def _press(self, key: Qt.Key) -> None:
        player = self.player
        if self.blank.isVisible():
            self.blank.hide()
        elif key == Qt.Key.Key_B:
            self.blank.setGeometry(self.window.rect())
            self.blank.show()
            self.blank.raise_()
            player.pause()
        elif key == Qt.Key.Key_Escape:
            self.set_on(False)
        elif key in ON:
            player.step()
        elif key in BACK:
            player.step_back()
        else:
            player.seek(0 if key == Qt.Key.Key_Home else player.end)

    def _hide_pointer(self) -> None:
        for widget in (self.canvas.viewport(), self.caption, self.blank):
            widget.setCursor(Qt.CursorShape.BlankCursor)

    def _show_pointer(self) -> None:
        for widget in (self.canvas.viewport(), self.caption, self.blank):
            widget.unsetCursor()
