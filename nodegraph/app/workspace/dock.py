"""The workbench: pages below the canvas that look closer at the same graph. Decides which is in front and
keeps that one, and no other, in step. Knows no page by name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.workspace.dock_panel import WorkbenchPanel
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items.node_item import LABEL_SCALE
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.engine.trace import Frame

NONE, UNSET = "", "unset"
FOR_ASSISTIVE_TECHNOLOGY = "outline"
"""The page that is open at the first start where assistive technology listens."""


@runtime_checkable
class Follows(Protocol):
    """A page that shows something of the frame and of the selected nodes."""

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Show this frame, while the page is in front."""


@runtime_checkable
class Themed(Protocol):
    """A page that paints in colours of the theme itself."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""


Loader: TypeAlias = Callable[[QObject, Callable[[], None]], None]
"""Loads something for an object, and then calls back, at once where it was there already."""


class Workbench(QObject):
    """The pages, their actions `view.<page_id>`, and the one that is in front."""

    page_changed = Signal()

    def __init__(self, player: Player, canvas: CanvasView, remembered: Settings) -> None:
        super().__init__(canvas)
        self.player = player
        self.canvas = canvas
        self.scene = canvas.graph_scene
        self.settings = remembered
        self.panel = WorkbenchPanel()
        self._ids: list[str] = []
        self._factories: dict[str, Callable[[], QWidget]] = {}
        """How to build the pages that nobody has looked at yet."""
        self._loaders: dict[str, Loader] = {}
        """How to load what these need first."""
        self._loading: set[str] = set()
        self._theme: Theme | None = None
        self.panel.tab_chosen.connect(self._choose)
        self.panel.close_wanted.connect(self.close)
        player.frame_changed.connect(self._follow)  # the player sends one with every new trace
        self.scene.selection_changed.connect(self._follow)

    @property
    def current_page(self) -> str | None:
        """The id of the page in front; None while the workbench is closed."""
        return None if self.panel.isHidden() else self._ids[self.panel.pages.currentIndex()]

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages there are, from left to right."""
        return tuple(self._ids)

    def add(
        self,
        page_id: str,
        title: str,
        page: QWidget | Callable[[], QWidget],
        load: Loader | None = None,
    ) -> None:
        """One more page. A page that costs time comes as a function, which is called when it is first
        shown; its place stays empty while `load` is about it.
        """
        self._ids.append(page_id)
        if isinstance(page, QWidget):
            self.panel.add(title, page)
        else:
            self._factories[page_id] = page
            self._loaders |= {page_id: load} if load is not None else {}
            self.panel.add(title, QWidget())

    def page(self, page_id: str) -> QWidget:
        """The widget of a page, built now if it was not."""
        place = self._ids.index(page_id)
        if page_id in self._factories:
            is_awaited = page_id == self.current_page
            self.panel.replace(place, self._factories.pop(page_id)())
            self._give_theme(place)
            if is_awaited:
                self.panel.show_page(place)
                self._follow()
        return self.panel.pages.widget(place)

    def _prepare(self, page_id: str) -> None:
        """Build a page that is about to be shown, unless something has to be loaded for it."""
        if page_id in self._loaders:
            self._loading.add(page_id)
            self._loaders.pop(page_id)(self, partial(self._take_loaded, page_id))
        elif page_id not in self._loading:
            self.page(page_id)

    def _take_loaded(self, page_id: str) -> None:
        self._loading.discard(page_id)
        self.page(page_id)

    # --- showing
    def show_page(self, page_id: str, shown: bool = True) -> None:
        """Bring a page to the front, or close the workbench if that page is in front."""
        if shown and page_id != self.current_page:
            opens = self.current_page is None
            was_whole = self.canvas.seen().contains(self.scene.drawn_rect())
            self._prepare(page_id)
            self.panel.show_page(self._ids.index(page_id))
            if opens and was_whole:
                QTimer.singleShot(0, self.canvas, self._keep_whole)
            self._tell_change()
        elif not shown and page_id == self.current_page:
            self.close()

    def _keep_whole(self) -> None:
        """What was in view whole stays so, beside a panel that has just opened; but rather in part than
        without its numbers.
        """
        if not self.canvas.seen().contains(self.scene.drawn_rect()):
            place, zoom = self.canvas.center(), self.canvas.zoom
            self.canvas.fit()
            if self.canvas.zoom < min(zoom, LABEL_SCALE):
                self.canvas.look_at(place, zoom)

    def switch(self, shown: bool) -> None:
        """What the action `view.<page_id>` does."""
        self.show_page(self.sender().objectName().removeprefix("view."), shown)

    def close(self) -> None:
        """Hide the panel; the canvas takes the focus where it was here."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.panel.isAncestorOf(focused)
        self.panel.hide()
        if had_focus:
            self.canvas.setFocus()
        self._tell_change()

    def restore(self) -> None:
        """The page that was open last; at the first start, what assistive technology needs."""
        wish = self.settings.value(settings.WORKBENCH_PAGE)
        if wish == UNSET:
            wish = FOR_ASSISTIVE_TECHNOLOGY if QAccessible.isActive() else NONE
        if wish in self._ids:
            self.show_page(wish)

    def set_theme(self, theme: Theme) -> None:
        """Show all pages in these colours."""
        self._theme = theme
        for place in range(len(self._ids)):
            self._give_theme(place)

    # --- following
    def _choose(self, place: int) -> None:
        if not self.panel.isHidden():
            self._prepare(self._ids[place])
            self.panel.show_page(place)
            self._tell_change()

    def _tell_change(self) -> None:
        self.settings.set(settings.WORKBENCH_PAGE, self.current_page or NONE)
        self._follow()
        self.page_changed.emit()

    def _follow(self, *_news: object) -> None:
        page = self.panel.pages.currentWidget()
        if self.current_page is not None and isinstance(page, Follows):
            page.follow(self.player.frame, self.scene.selected_nodes())

    def _give_theme(self, place: int) -> None:
        page = self.panel.pages.widget(place)
        if self._theme is not None and isinstance(page, Themed):
            page.set_theme(self._theme)
