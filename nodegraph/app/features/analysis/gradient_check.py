"""The gradient check on the canvas: every gradient beside its numerical derivative, as a badge on its node.

Checks a trace a few nodes at a time, so that the window stays alive, and only while it is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.checks.gradient_check import Check, FindFeature, asked_nodes, check_trace
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.check_summary import summary
from nodegraph.core.numbers import format_number

REST_MS = 120
"""How long the numbers must rest before they are checked: not at every step of a drag."""
MOST_NUMBERS = 40_000
"""Numbers that one part of a check computes, about 10 ms: nodes checked × nodes of the graph."""
MOST_NAMES = 6
"""Names that what is told of a check lists of each kind."""

UNCONFIRMED: Mapping[FindFeature, str] = {
    "kink": "⚠ kink",
    "undecided": "? uneven",
    "nothing": "? not comparable",
}
"""What a badge says where nothing is confirmed, and nothing is wrong."""


class CheckFeature(QObject):
    """Follows the player; `found` are the checks of its trace so far, by node."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.player, self.scene, self.workspace = workspace.player, workspace.scene, workspace
        self.is_wanted = False
        self.is_told = True
        """Whether whoever asked for the check has been told what it came to."""
        self.found: dict[str, Check] = {}
        self._trace: Trace | None = None
        self._waiting: list[int] = []
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        self._work = QTimer(self, interval=0)
        self._work.timeout.connect(self._check_some)
        self.player.trace_changed.connect(self._follow)
        self.scene.badge_sources.append(self.badges)
        self.scene.awaited_badges.append(self.awaited)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        check = Command(
            "view.check", "Gradient Chec&k", self.show, ("Shift+K",),
            "Compare every gradient with a numerical derivative, and say so on its node",
            is_on=lambda: self.is_wanted, remember=settings.CHECKS,
        )  # fmt: skip
        return Contribution(commands=(check,))

    def show(self, wanted: bool) -> None:
        """Check from now on, or no more."""
        self.is_wanted = wanted
        self.is_told = not (wanted and self.workspace.parent.isVisible())
        self._follow()

    def _follow(self, _trace: object = None) -> None:
        """Forget what was found: the numbers are others now."""
        if self.found:
            self.scene.showing.forget_all_chips()
            self.scene.update()
        self.found, self._waiting, self._trace = {}, [], None
        self._work.stop()
        self._rest.stop()
        if self.is_wanted and self.player.trace.mode == "reverse":
            self._rest.start()

    def _begin(self) -> None:
        self._trace = self.player.trace
        self._waiting = asked_nodes(self._trace)
        self._work.start()

    def _check_some(self) -> None:
        assert self._trace is not None
        count = max(1, MOST_NUMBERS // max(1, len(self._trace.plan.ids)))
        part, self._waiting = self._waiting[:count], self._waiting[count:]
        self.found |= {check.node_id: check for check in check_trace(self._trace, part)}
        if not self._waiting:
            self._work.stop()
            self.scene.showing.forget_all_chips()
            self._tell()
        self.scene.update()

    def _tell(self) -> None:
        """Say what all came to: far away there are no badges, nor before the gradients are."""
        if not self.is_told and self.found:
            said = " ".join(summary([*self.found.values()], most=MOST_NAMES))
            self.workspace.messages.tell_note(said)
        self.is_told = True

    # --- badges
    def awaited(self, _scene: GraphScene, node_id: str) -> Iterator[Badge]:
        """The badge that a node has once its gradient stands complete."""
        if node_id in self.found:
            yield badge_of(self.found[node_id])

    def badges(self, scene: GraphScene, node_id: str) -> Iterator[Badge]:
        """What the check says of a node whose gradient stands complete; beside how many contributions have
        arrived its sign alone if it does not differ, for a second row would lie on the card below.
        """
        frame, found = scene.showing.visible, self.found.get(node_id)
        if found is None or frame is None or frame.trace is not self._trace:
            return
        arrived, expected = frame.arrived(node_id)
        if frame.gradient(node_id) is not None and arrived == expected and frame.phase == "backward":
            badge, is_beside_arrivals = badge_of(found), expected > 1 and node_id in scene.active_nodes
            is_short = is_beside_arrivals and not found.differs
            yield replace(badge, text=badge.text.split()[0]) if is_short else badge


def badge_of(found: Check) -> Badge:
    """The verdict with its relative error; a kink is a warning, and so is what numbers cannot tell."""
    if found.differs:
        return Badge(f"✗ check: {format_number(found.numeric, 4)}", "danger", "danger_back")
    if found.finding in UNCONFIRMED:
        return Badge(UNCONFIRMED[found.finding], "stale", "stale_back")
    if found.finding == "rounding":
        return Badge("✓ ≈ 0", "forward", "forward_back")
    error = "exact" if found.error == 0 else f"error {format_number(found.error, 1)}"
    return Badge(f"✓ {error}", "forward", "forward_back")
