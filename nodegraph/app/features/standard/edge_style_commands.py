"""View ▸ Edges: the kind of all edges, and their arrowheads. What is chosen holds in all windows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.edge_kinds import KINDS, EdgeStyle

if TYPE_CHECKING:
    from nodegraph.core.layout.shapes import EdgeKind

TITLES: dict[EdgeKind, str] = {
    "curved": "&Curved", "straight": "&Straight", "right-angled": "&Right-angled",
}  # fmt: skip
TOOLTIPS: dict[EdgeKind, str] = {
    "curved": "Lead edges in smooth curves",
    "straight": "Lead edges in straight lines",
    "right-angled": "Lead edges in lines that are level or plumb",
}


class EdgeStyleCommands:
    """How edges are drawn on the canvas; pictures have arrowheads unless one says otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        self.settings, self.scene = workspace.settings, workspace.scene

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(*self._kinds(), self._arrowheads()),
            refresh_on=(self.settings.noticed,),
            started=self._start,
        )

    def _kinds(self) -> tuple[Command, ...]:
        assert list(TITLES) == list(KINDS)
        return tuple(
            Command(
                f"view.edges_{kind.replace('-', '_')}", title, partial(self._choose, kind),
                tooltip=TOOLTIPS[kind], is_on=partial(self._is_chosen, kind),
            )
            for kind, title in TITLES.items()
        )  # fmt: skip

    def _arrowheads(self) -> Command:
        return Command(
            "view.arrowheads", "&Arrowheads", partial(self.settings.set, settings.ARROWHEADS),
            tooltip="Point at the inputs that edges lead to",
            is_on=lambda: bool(self.settings.value(settings.ARROWHEADS)),
        )  # fmt: skip

    def _choose(self, kind: EdgeKind, _on: bool = True) -> None:
        """One of several: what is chosen again stays chosen."""
        self.settings.set(settings.EDGE_KIND, kind)

    def _is_chosen(self, kind: EdgeKind) -> bool:
        return bool(self.settings.value(settings.EDGE_KIND) == kind)

    def _start(self) -> None:
        self.settings.noticed.connect(self._follow_setting)
        self._show()

    def _follow_setting(self, setting: Setting) -> None:
        if setting in (settings.EDGE_KIND, settings.ARROWHEADS):
            self._show()

    def _show(self) -> None:
        """Draw the edges as is set."""
        kind, heads = self.settings.value(settings.EDGE_KIND), self.settings.value(settings.ARROWHEADS)
        self.scene.placement.set_style(EdgeStyle(kind, heads))
