"""The commands about how the canvas is worded: what labels edges carry, how many digits numbers have, and
whether names are typeset.
What is chosen holds in all windows.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, LABELS, MOST_DIGITS, Labels

TITLES: dict[Labels, str] = {
    "automatic": "&Automatic",
    "full": "&Full (Upstream × Local = Contribution)",
    "contribution": "&Contribution",
    "step": "Current &Step Only",
    "none": "&None",
}
TOOLTIPS: dict[Labels, str] = {
    "automatic": "On each edge what there is room for: the whole product, or the contribution alone",
    "full": "On each edge the whole product, where there is room for it",
    "contribution": "On each edge what it carries back, without its factors",
    "step": "Only on the edges of the current step",
    "none": "On no edge but the one you point at or select",
}


class WordingCommands:
    """View ▸ Edge Labels and View ▸ Names and Digits."""

    def __init__(self, workspace: Workspace) -> None:
        self.settings, self.scene, self.player = workspace.settings, workspace.scene, workspace.player

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(*self._labels(), *self._digits(), self._names()),
            refresh_on=(self.settings.noticed,),
            started=self._start,
        )

    def _labels(self) -> tuple[Command, ...]:
        assert list(TITLES) == list(LABELS)
        return tuple(
            self._choice(f"view.labels_{kind}", title, settings.EDGE_LABELS, kind, TOOLTIPS[kind])
            for kind, title in TITLES.items()
        )

    def _digits(self) -> tuple[Command, ...]:
        usual = self._choice(
            "view.digits_usual", "As &Usual", settings.DIGITS, 0,
            "Numbers on cards in up to six digits, on edges in up to four",
        )  # fmt: skip
        some = (
            self._choice(
                f"view.digits_{count}", f"&{count} Digits", settings.DIGITS, count,
                f"Numbers on cards and edges in up to {count} significant digits; values stay exact",
            )
            for count in range(FEWEST_DIGITS, MOST_DIGITS + 1)
        )  # fmt: skip
        return usual, *some

    def _names(self) -> Command:
        return Command(
            "view.typeset_names", "Typeset Names", self._typeset,
            tooltip="Show w11 as w with an index and sigma as σ; the names themselves stay as they are",
            is_on=lambda: self.scene.showing.wording.typeset, remember=settings.TYPESET_NAMES,
        )  # fmt: skip

    def _typeset(self, wanted: bool) -> None:
        if wanted != self.scene.showing.wording.typeset:
            self.scene.set_wording(replace(self.scene.showing.wording, typeset=wanted))
            self.player.frame_changed.emit(self.player.frame, 0)  # panels say names too

    def _choice(self, name: str, title: str, setting: Setting, value: str | int, tooltip: str) -> Command:
        return Command(
            name, title, partial(self._choose, setting, value), tooltip=tooltip,
            is_on=lambda: bool(self.settings.value(setting) == value),
        )  # fmt: skip

    def _choose(self, setting: Setting, value: str | int, _on: bool = True) -> None:
        """One of several: what is chosen again stays chosen."""
        self.settings.set(setting, value)

    def _start(self) -> None:
        self.settings.noticed.connect(self._follow_setting)
        self._show()

    def _follow_setting(self, setting: Setting) -> None:
        if setting in (settings.EDGE_LABELS, settings.DIGITS):
            self._show()

    def _show(self) -> None:
        """Word the canvas as is set."""
        labels, digits = self.settings.value(settings.EDGE_LABELS), self.settings.value(settings.DIGITS)
        wording = replace(self.scene.showing.wording, labels=labels, digits=digits or None)
        self.scene.set_wording(wording)
