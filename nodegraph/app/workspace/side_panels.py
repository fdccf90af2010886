"""The panels at the sides: which of them are wanted beside the canvas, and which lie over it where there is
no room beside it. Keeps what is wanted; where that is on the screen, the layout of the window decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.app.workspace.panel_spec import PanelSpec

Standing: TypeAlias = Literal["beside", "over", "away"]
"""Where a panel is: beside the canvas, over it, or not to be seen."""


TIGHT = "tight"
"""The reason of a window so narrow, or with text so large, that even panels that stay give way."""


class SidePanels(QObject):
    """Panels by id. Where something crowds the window (it is narrow, a lesson is open), they give way: they
    come over the canvas when they are asked for, unless they were pinned.
    """

    changed = Signal()
    """A panel stands elsewhere."""
    settled = Signal()
    """It is on the screen where it stands now."""

    def __init__(self, remembered: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = remembered
        self.widgets: dict[str, QWidget] = {}
        self.specs: dict[str, PanelSpec] = {}
        self._crowding: set[str] = set()
        """What takes the room beside the canvas, by name."""
        self._wanted: set[str] = set()
        """The panels that are shown where there is room."""
        self._over: set[str] = set()
        self._pinned: list[str] = []
        """The panels that stay beside the canvas where there is little room, too, in the order of pinning."""
        self._squeezed: set[str] = set()
        """Those of them that give way all the same, as the window cannot hold them."""

    def add(self, spec: PanelSpec) -> QWidget:
        """Take one more panel. Returns its widget."""
        self.specs[spec.id] = spec
        self.widgets[spec.id] = spec.make()
        return self.widgets[spec.id]

    def restore(self) -> None:
        """Show the panels that were shown last; one that is not remembered stays hidden."""
        remembered = (spec for spec in self.specs.values() if spec.remember is not None)
        self._wanted |= {spec.id for spec in remembered if self.settings.value(spec.remember)}
        self._pinned = [one for one in self.settings.value(settings.PINNED) if one in self.specs]
        self._tell()

    # --- where they stand
    @property
    def is_crowded(self) -> bool:
        """Whether panels give way to the canvas."""
        return bool(self._crowding)

    def crowd(self, reason: str, crowded: bool = True) -> None:
        """Let panels give way for a reason, or no longer for it; what lay over the canvas then goes."""
        before = set(self._crowding)
        (self._crowding.add if crowded else self._crowding.discard)(reason)
        if before != self._crowding:
            stay = {panel_id for panel_id, spec in self.specs.items() if spec.stays}
            self._over -= stay if reason == TIGHT else set(self._over)
            self._tell()

    def squeeze(self, is_held: Callable[[list[str]], bool]) -> None:
        """Let pinned panels give way, those first that were pinned first, until the window holds the rest:
        `is_held` says that of some.
        """
        wanted = [one for one in self._pinned if one in self._wanted] if self.is_crowded else []
        rest = list(wanted)
        while rest and not is_held(rest):
            rest.pop(0)
        if self._squeezed != (squeezed := set(wanted) - set(rest)):
            self._squeezed = squeezed
            self._tell()

    def is_pinned(self, panel_id: str) -> bool:
        """Whether a panel is to stay beside the canvas where there is little room."""
        return self.is_crowded and panel_id in self._pinned

    @property
    def pinned_with_room(self) -> list[str]:
        """The pinned panels that the window can hold."""
        return [panel_id for panel_id in self._pinned if panel_id not in self._squeezed]

    def gives_way(self, panel_id: str) -> bool:
        """Whether a panel has no room beside the canvas now."""
        spec = self.specs[panel_id]
        gives = spec.area != "margin" and not (spec.stays and TIGHT not in self._crowding)
        return self.is_crowded and gives and panel_id not in self.pinned_with_room

    def standing(self, panel_id: str) -> Standing:
        """Returns where a panel is now."""
        if self.gives_way(panel_id):
            return "over" if panel_id in self._over else "away"
        return "beside" if panel_id in self._wanted else "away"

    def is_reached(self, panel_id: str) -> bool:
        """Whether a panel is to be seen, or comes when the focus goes to it: it only gives way."""
        return self.standing(panel_id) != "away" or (self.gives_way(panel_id) and panel_id in self._wanted)

    def over(self) -> list[str]:
        """Returns the panels that lie over the canvas."""
        return [panel_id for panel_id in self.specs if self.standing(panel_id) == "over"]

    # --- showing
    def show(self, panel_id: str, shown: bool = True) -> None:
        """Show a panel beside the canvas, or over it where there is no room; or hide it. What is chosen where
        there is room is remembered.
        """
        if self.gives_way(panel_id):
            (self._over.add if shown else self._over.discard)(panel_id)
        elif self.is_crowded and not shown and panel_id in self._pinned:
            self._pin(panel_id, False)
        else:
            (self._wanted.add if shown else self._wanted.discard)(panel_id)
            remember = self.specs[panel_id].remember
            if remember is not None:
                self.settings.set(remember, shown)
        self._tell()

    def pin(self, panel_id: str) -> None:
        """Keep a panel beside the canvas, also where there is little room, until it is hidden there."""
        self._wanted.add(panel_id)
        self._over.discard(panel_id)
        self._pin(panel_id, True)
        self._tell()

    def unpin(self, panel_id: str) -> None:
        """Let a panel give way again; where there is little room it stays for now, over the canvas."""
        self._pin(panel_id, False)
        if self.gives_way(panel_id):
            self._over.add(panel_id)
        self._tell()

    def _pin(self, panel_id: str, pinned: bool) -> None:
        self._pinned = [*(one for one in self._pinned if one != panel_id), *([panel_id] if pinned else [])]
        self.settings.set(settings.PINNED, self._pinned)

    def give_way(self) -> list[str]:
        """Hide the panels over the canvas. Returns them."""
        gone = self.over()
        if gone:
            self._over.clear()
            self._tell()
        return gone

    def _tell(self) -> None:
        self.changed.emit()
        self.settled.emit()
