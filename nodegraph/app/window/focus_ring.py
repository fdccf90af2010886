"""The parts of the window, and going from one to the next by a key: Tab belongs to the canvas."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nodegraph.app.workspace.panel_spec import Area
from nodegraph.app.workspace.workspace import Workspace

Part: TypeAlias = tuple[QWidget, QWidget]
"""A part of the window, and what takes its focus at first."""


class FocusRing(QObject):
    """Panels at the left, canvas or welcome page, minimap, cards over the canvas, workbench, panels at the
    right, transport: each takes the focus where it was left.
    """

    def __init__(self, workspace: Workspace, welcome: Part, transport: Part) -> None:
        super().__init__(workspace.parent)
        self.dock, self.stage, self.canvas = workspace.dock, workspace.stage, workspace.canvas
        self.welcome, self.transport = welcome, transport
        self._left: dict[QWidget, QWidget] = {}
        """What had the focus in each part last."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember)

    def next(self) -> None:
        """On to the next part."""
        self._go(1)

    def previous(self) -> None:
        """Back to the part before."""
        self._go(-1)

    def shown(self) -> list[Part]:
        """Returns each part that is to be seen, or comes when the focus goes to it."""
        minimap, bench = self.canvas.minimap, self.dock.panel
        parts = [
            *self._sides("margin"), *self._sides("left"),
            (self.canvas, self.canvas) if self.stage.shows_canvas else self.welcome,
            (minimap, minimap), *self.stage.cards, (bench, bench.entry()),
            *self._sides("right"), self.transport,
        ]  # fmt: skip
        return [(part, first) for part, first in parts if part.isVisible() or self._reached(part)]

    def _sides(self, area: Area) -> list[Part]:
        found = []
        for spec in self.dock.specs.values():
            if spec.area == area:
                panel = self.dock.sides.widgets[spec.id]
                found.append((panel, spec.first() if spec.first is not None else panel))
        return found

    def _reached(self, part: QWidget) -> str:
        """Returns the id of a panel that comes over the canvas when the focus goes to it, or ""."""
        sides = self.dock.sides
        found = [panel_id for panel_id, panel in sides.widgets.items() if panel is part]
        comes = found and not self.dock.refusal and sides.gives_way(found[0]) and sides.is_reached(found[0])
        return found[0] if comes else ""

    def _go(self, by: int) -> None:
        parts = self.shown()
        here = _innermost(parts, QApplication.focusWidget())
        if here is None:
            here = 1 if by < 0 else 0
        part, first = parts[(here + by) % len(parts)]
        self.dock.sides.give_way()
        if self._reached(part):
            self.dock.show_panel(self._reached(part))
        taker = self._left.get(part, first)
        if not (isValid(taker) and taker.isVisible() and taker.isEnabled()):
            taker = first
        if taker.focusPolicy() == Qt.FocusPolicy.NoFocus:
            taker = next((child for child in part.findChildren(QWidget) if _takes_focus(child)), taker)
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remember(self, _old: QWidget | None, new: QWidget | None) -> None:
        parts = self.shown()
        place = _innermost(parts, new)
        if place is not None and new is not None:
            self._left[parts[place][0]] = new


def _innermost(parts: list[Part], widget: QWidget | None) -> int | None:
    """The place of the part that holds a widget; a part that lies in another stands after it."""
    if widget is None:
        return None
    held = [place for place, (part, _) in enumerate(parts) if part is widget or part.isAncestorOf(widget)]
    return held[-1] if held else None


def _takes_focus(widget: QWidget) -> bool:
    tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabs and widget.isVisible() and widget.isEnabled()
