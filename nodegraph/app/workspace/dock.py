"""The dock: panels beside the canvas, and the workbench below it with pages that look closer at the same
graph. Keeps those in step that are to be seen, and no other. Knows no panel by name.
"""

from __future__ import annotations

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings, style
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.workspace.dock_panel import WorkbenchPanel
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.side_panels import SidePanels
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.engine.trace import Frame

NONE, UNSET = "", "unset"
COMING = "This page is coming: what draws its plot is being loaded…"
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


class Dock(QObject):
    """The panels at the sides and the pages below the canvas, and which of these is in front."""

    page_changed = Signal()
    """Another page is in front, or a panel at the side is shown or hidden."""

    def __init__(self, player: Player, canvas: CanvasView, remembered: Settings) -> None:
        super().__init__(canvas)
        self.player = player
        self.canvas = canvas
        self.scene = canvas.graph_scene
        self.settings = remembered
        self.panel = WorkbenchPanel()
        self.specs: dict[str, PanelSpec] = {}
        """All panels by id, in the order in which they were added."""
        self.sides = SidePanels(remembered, self)
        """The panels at the sides."""
        self.refusal = ""
        """Why no panel may be shown now, such as a presentation; else empty."""
        self._ids: list[str] = []
        """The pages below the canvas, from left to right."""
        self._parts: dict[str, QWidget] = {}
        self._unmade: set[str] = set()
        """The pages that nobody has looked at yet."""
        self._unloaded: set[str] = set()
        self._loading: set[str] = set()
        self._theme: Theme | None = None
        self.panel.tab_chosen.connect(self._choose)
        self.panel.close_wanted.connect(self.close)
        self.sides.settled.connect(self._follow_sides)
        player.frame_changed.connect(self.follow)  # the player sends one with every new trace
        self.scene.selection_changed.connect(self.follow)

    @property
    def current_page(self) -> str | None:
        """The id of the page in front; None while the workbench is closed."""
        return None if self.panel.isHidden() else self._ids[self.panel.pages.currentIndex()]

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages there are, from left to right."""
        return tuple(self._ids)

    def add(self, spec: PanelSpec) -> None:
        """Take one more panel. A page below the canvas is made when it is first shown; until its `load` is
        through, its place says that it is coming.
        """
        self.specs[spec.id] = spec
        if spec.area == "bottom":
            self._ids.append(spec.id)
            self._unmade.add(spec.id)
            if spec.load is not None:
                self._unloaded.add(spec.id)
            self.panel.add(spec.tab, QWidget() if spec.load is None else _coming())
        else:
            self.sides.add(spec)

    def name_part(self, **parts: QWidget) -> None:
        """Let lessons point at these, too, by these names."""
        self._parts |= parts

    @property
    def names(self) -> frozenset[str]:
        """Returns what lessons can name: panels and other parts."""
        return frozenset((*self.specs, *self._parts))

    def named(self, name: str) -> QWidget | None:
        """Returns a panel or another part by the name that lessons use; None where it is not there."""
        side = self.sides.widgets.get(name)
        if name in self._parts or side is not None:
            return self._parts.get(name, side)
        return self.page(name) if name in self._ids else None

    def page(self, page_id: str) -> QWidget:
        """The widget of a page, built now if it was not."""
        place = self._ids.index(page_id)
        if page_id in self._unmade:
            self._unmade.discard(page_id)
            is_awaited = page_id == self.current_page
            self.panel.replace(place, self.specs[page_id].make())
            self._give_theme(self.panel.pages.widget(place))
            if is_awaited:
                self.panel.show_page(place)
                self.follow()
        return self.panel.pages.widget(place)

    def _prepare(self, page_id: str) -> None:
        """Build a page that is about to be shown, unless something has to be loaded for it."""
        load = self.specs[page_id].load
        if load is not None and page_id in self._unloaded:
            self._unloaded.discard(page_id)
            self._loading.add(page_id)
            load(self, partial(self._take_loaded, page_id))
        elif page_id not in self._loading:
            self.page(page_id)

    def _take_loaded(self, page_id: str) -> None:
        self._loading.discard(page_id)
        self.page(page_id)

    # --- commands
    def commands(self) -> list[Command]:
        """Returns a command for each panel that has a title; it shows and hides the panel."""
        return [
            Command(
                f"view.{spec.id}", spec.title, partial(self.show_panel, spec.id), spec.keys, spec.tooltip,
                self.why_not, partial(self.is_shown, spec.id), icon=spec.icon,
            )
            for spec in self.specs.values()
            if spec.title
        ]  # fmt: skip

    def why_not(self) -> str:
        """Returns why no panel can be shown or hidden now, or ""."""
        return self.refusal

    def is_shown(self, panel_id: str) -> bool:
        """Whether a panel is shown, or a page is in front."""
        if panel_id in self.sides.specs:
            return self.sides.standing(panel_id) != "away"
        return panel_id == self.current_page

    def show_panel(self, panel_id: str, shown: bool = True) -> None:
        """Show a panel, or hide it."""
        if panel_id in self.sides.specs:
            self.sides.show(panel_id, shown)
        else:
            self.show_page(panel_id, shown)

    # --- showing
    def show_page(self, page_id: str, shown: bool = True) -> None:
        """Bring a page to the front, or close the workbench if that page is in front."""
        if shown and page_id != self.current_page:
            self._prepare(page_id)
            self.panel.show_page(self._ids.index(page_id))
            self._tell_change()
        elif not shown and page_id == self.current_page:
            self.close()

    def close(self) -> None:
        """Hide the panel; the canvas takes the focus where it was here."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.panel.isAncestorOf(focused)
        self.panel.hide()
        if had_focus:
            self.canvas.setFocus()
        self._tell_change()

    def restore(self) -> None:
        """What was open last; at the first start, what assistive technology needs."""
        self.sides.restore()
        wish = self.settings.value(settings.WORKBENCH_PAGE)
        if wish == UNSET:
            wish = FOR_ASSISTIVE_TECHNOLOGY if QAccessible.isActive() else NONE
        if wish in self._ids:
            self.show_page(wish)

    def set_theme(self, theme: Theme) -> None:
        """Show all panels in these colours."""
        self._theme = theme
        for panel in (*self.sides.widgets.values(), *map(self.panel.pages.widget, range(len(self._ids)))):
            self._give_theme(panel)
        self.follow()

    # --- following
    def _follow_sides(self) -> None:
        self.follow()
        self.page_changed.emit()

    def _choose(self, place: int) -> None:
        if not self.panel.isHidden():
            self._prepare(self._ids[place])
            self.panel.show_page(place)
            self._tell_change()

    def _tell_change(self) -> None:
        self.settings.set(settings.WORKBENCH_PAGE, self.current_page or NONE)
        self.follow()
        self.page_changed.emit()

    def follow(self, *_news: object) -> None:
        """Bring the panels that are to be seen in step; of the pages, that is the one in front."""
        self.canvas.follow_ups.ask(self._follow_now)

    def _follow_now(self) -> None:
        shown = [panel for panel in self.sides.widgets.values() if not panel.isHidden()]
        if self.current_page is not None:
            shown.append(self.panel.pages.currentWidget())
        for panel in shown:
            if isinstance(panel, Follows):
                panel.follow(self.player.frame, self.scene.selected_nodes())

    def _give_theme(self, panel: QWidget) -> None:
        if self._theme is not None and isinstance(panel, Themed):
            panel.set_theme(self._theme)


def _coming() -> QWidget:
    """Holds the place of a page for which something has to be loaded first."""
    place = QLabel(COMING)
    style.set_role(place, "dim")
    place.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    place.setContentsMargins(style.px(18), style.px(14), style.px(12), style.px(8))
    return place
