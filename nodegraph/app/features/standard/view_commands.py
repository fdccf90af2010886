"""The commands about how the graph is looked at: zoom and place, size of text, colours, motion, and what the
canvas shows beside the graph.
"""

from __future__ import annotations

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.platform import settings
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.view_history import ViewHistory
from nodegraph.app.workspace.way_back import WayBack
from nodegraph.app.workspace.workspace import Workspace


class ViewCommands:
    """What the View menu can do, but for the panels."""

    def __init__(self, workspace: Workspace) -> None:
        self.settings, self.appearance = workspace.settings, workspace.appearance
        self.canvas, self.scene, self.stage = workspace.canvas, workspace.scene, workspace.stage
        self.commands, self.messages = workspace.commands, workspace.messages
        self.history = ViewHistory(workspace.canvas)
        self.needs = SelectionNeeds(workspace.editor.selection)
        self.way_back: WayBack | None = None
        self.legend_is_wanted = True
        """As a person wishes it; a presentation does without."""
        workspace.canvas.zoom_changed.connect(workspace.stage.zoom.show_zoom)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                *self._looking(), *self._zooming(), *self._text(), *self._colours(), *self._on_canvas(),
            ),
            refresh_on=(
                self.history.changed, self.appearance.theme_changed, self.appearance.motion_changed,
                self.settings.noticed, self.appearance.text_size_changed,
            ),
            started=self._start,
        )  # fmt: skip

    def _start(self) -> None:
        fit = self.commands.action("view.fit")
        self.way_back = WayBack(self.stage, self.canvas, fit, self.commands.shortcuts)
        self.stage.zoom.set_actions(self.commands.actions)
        self.stage.zoom.show_zoom(self.canvas.zoom)

    def _looking(self) -> tuple[Command, ...]:
        canvas, history = self.canvas, self.history
        return (
            Command("view.fit", "&Fit All", canvas.fit, ("F", "Ctrl+1"), "Show the whole graph",
                    self.needs.graph, icon="fit", short="Fit"),
            Command("view.fit_selection", "Fit &Selection", canvas.fit_selection, ("Shift+F",),
                    "Show what is selected", self.needs.parts),
            Command("view.back", "&Back", history.back, ("Alt+Left",), "Look where you looked before",
                    self._why_not_back),
            Command("view.forward", "For&ward", history.forward, ("Alt+Right",),
                    "Look again where you went back from", self._why_not_forward),
        )  # fmt: skip

    def _zooming(self) -> tuple[Command, ...]:
        canvas = self.canvas
        return (
            Command("view.zoom_in", "&Zoom In", canvas.zoom_in, ("Ctrl++", "Ctrl+="), "Come nearer",
                    icon="zoom_in"),
            Command("view.zoom_out", "Zoom &Out", canvas.zoom_out, ("Ctrl+-",), "Step back", icon="zoom_out"),
            Command("view.zoom_100", "&Actual Size", canvas.zoom_100, ("Ctrl+0",),
                    "Show nodes at their real size"),
        )  # fmt: skip

    def _text(self) -> tuple[Command, ...]:
        return (
            Command("view.text_larger", "&Larger", self._enlarge_text, ("Alt++", "Alt+="),
                    "Larger text on cards and in panels"),
            Command("view.text_smaller", "&Smaller", self._reduce_text, ("Alt+-",),
                    "Smaller text on cards and in panels"),
            Command("view.text_normal", "&Normal", self._normalise_text, ("Alt+0",),
                    "Text in its usual size", self._why_not_normal),
        )  # fmt: skip

    def _colours(self) -> tuple[Command, ...]:
        look = self.appearance
        return (
            Command("view.theme", "Switch &Theme", look.switch_theme, ("Ctrl+Shift+T",),
                    "Change between light and dark", icon="theme"),
            Command("view.theme_system", "Follow the S&ystem's Theme", look.follow_system_theme,
                    tooltip="Light or dark, as the system is", is_on=lambda: look.follows_system),
            Command("view.high_contrast", "High &Contrast", look.raise_contrast,
                    tooltip="Black ground, bright lines and text", is_on=lambda: look.is_high_contrast),
            Command("view.reduced_motion", "&Reduced Motion", look.reduce_motion,
                    tooltip="Show each step without moving pulses", is_on=lambda: look.is_motion_reduced),
        )  # fmt: skip

    def _on_canvas(self) -> tuple[Command, ...]:
        canvas, showing = self.canvas, self.scene.showing
        return (
            Command("view.snap", "Snap to &Grid", self._snap, ("Shift+S",),
                    "Let dragged nodes come to lie on the grid (Alt, or Ctrl while dragging, does the other)",
                    is_on=lambda: canvas.snaps, remember=settings.SNAPS),
            Command("view.minimap", "&Minimap", canvas.minimap.set_wanted,
                    tooltip="Show the whole graph in a corner while part of it is out of view",
                    is_on=lambda: canvas.minimap.is_wanted, remember=settings.MINIMAP),
            Command("view.legend", "&Legend", self._show_legend,
                    tooltip="Say which colour stands for which contribution, while gradients are shown",
                    is_on=lambda: self.legend_is_wanted, remember=settings.LEGEND),
            Command("view.marks", "Mark &Trouble", showing.show_marks,
                    tooltip="Mark what is saturated, dead, vanishing or exploding",
                    is_on=lambda: showing.shows_marks, remember=settings.MARKS),
        )  # fmt: skip

    def _show_legend(self, wanted: bool) -> None:
        self.legend_is_wanted = wanted
        self.canvas.legend.set_wanted(wanted)

    def _snap(self, snaps: bool) -> None:
        self.canvas.snaps = snaps

    def _why_not_back(self) -> str:
        return "" if self.history.can_go_back else "There is no earlier view."

    def _why_not_forward(self) -> str:
        return "" if self.history.can_go_forward else "There is no later view."

    # --- the size of text
    def _enlarge_text(self) -> None:
        self._choose_text_size(self.appearance.larger_text())

    def _reduce_text(self) -> None:
        self._choose_text_size(self.appearance.smaller_text())

    def _why_not_normal(self) -> str:
        return "Text has its usual size." if self.appearance.text_size == 1.0 else ""

    def _normalise_text(self) -> None:
        self._choose_text_size(1.0)

    def _choose_text_size(self, size: float | None) -> None:
        if size is None:
            self.messages.say_for_a_while("Text has no further size in this direction.")
            return
        self.appearance.set_text_size(size)
        mended = "; L gives the cards room for it" if self.scene.text_scale < size else ""
        self.messages.say_for_a_while(f"Text at {size:.0%}{mended}")
