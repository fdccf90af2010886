"""A panel of the window, as the feature describes it that has one: its name, its place and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform.settings import Setting

Area: TypeAlias = Literal["margin", "left", "right", "bottom"]
"""Where a panel is: beside everything at the left, beside the canvas, or a page below it."""
Loader: TypeAlias = Callable[[QObject, Callable[[], None]], None]
"""Loads something for an object, and then calls back, at once where it was there already."""


@dataclass(frozen=True)
class PanelSpec:
    """A panel. Its id makes the command `view.<id>` that shows and hides it; one without a title has none,
    and comes and goes by itself.

    A page below the canvas is made when it is first shown, once `load` has loaded what it needs; a panel at
    the side is there from the beginning, and `remember` keeps whether it is shown; with an `icon` it has a
    button in the top bar, too. `first` returns what takes the focus at first, and `stops` where Tab stops, in
    order; else that is the panel.
    """

    id: str
    title: str
    make: Callable[[], QWidget]
    area: Area = "bottom"
    keys: tuple[str, ...] = ()
    tooltip: str = ""
    load: Loader | None = None
    remember: Setting | None = None
    icon: str = ""
    first: Callable[[], QWidget] | None = None
    stops: Callable[[], list[QWidget]] | None = None
    width_px: int = 0
    """How wide a panel at the side is at first; 0: as those of its side are."""
    stays: bool = False
    """Whether it stays beside the canvas where there is little room, too, as long as there is any."""

    @property
    def tab(self) -> str:
        """What its tab says."""
        return self.title.replace("&", "")
