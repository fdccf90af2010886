"""The commands of the player, and the bar below the canvas that has them at hand."""

from __future__ import annotations

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.playback.transport import Transport
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace

NO_STEPS = "There is nothing to play yet: add nodes and connect them."
AT_START = "Nothing has been played yet: this is before the first step."
AT_END = "Both passes are complete: this is the last step."
NO_BACKWARD = "There is no backward pass yet: add nodes and connect them."


class PassCommands:
    """Playing, stepping, and the gradients that passes leave."""

    def __init__(self, workspace: Workspace) -> None:
        self.player, self.commands, self.settings = workspace.player, workspace.commands, workspace.settings
        self.transport = Transport(workspace.player)
        self.transport.names = workspace.scene.showing.name_in_text
        workspace.appearance.theme_changed.connect(self.transport.set_theme)
        workspace.canvas.play_toggled.connect(self.player.toggle)
        workspace.dock.name_part(
            timeline=self.transport.timeline, speed=self.transport.speed, transport=self.transport,
            sentence=self.transport.sentence,
        )  # fmt: skip

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        player = self.player
        return Contribution(
            commands=(*self._playing(), *self._gradients(), *self._speed()),
            refresh_on=(player.trace_changed, player.playing_changed, player.end_changed),
            started=self._start,
        )

    def _start(self) -> None:
        self.transport.set_actions(self.commands.actions)
        self.player.set_speed(self.settings.value(settings.SPEED))
        self.player.speed_changed.connect(self._remember_speed)

    def _playing(self) -> tuple[Command, ...]:
        player, why_not = self.player, self.why_no_steps
        return (
            Command("pass.play", "&Play", player.toggle, (), "Play both passes, or pause", why_not,
                    title_now=lambda: "&Pause" if player.is_playing else "&Play", icon="play",
                    icon_now=lambda: "pause" if player.is_playing else "play", shown_keys="Space"),
            Command("pass.step", "Step &Forward", player.step, (".",), "Take one step", self.why_no_more,
                    icon="step"),
            Command("pass.step_back", "Step &Back", player.step_back, (",",), "Go one step back",
                    self.why_nothing_before, icon="step_back"),
            Command("pass.to_start", "To &Start", player.to_start, ("Home",), "Go to before the first step",
                    self.why_nothing_before, icon="to_start"),
            Command("pass.to_end", "To &End", player.to_end, ("End",), "Show both passes complete",
                    self.why_no_more, icon="to_end"),
        )  # fmt: skip

    def _gradients(self) -> tuple[Command, ...]:
        player = self.player
        return (
            Command("pass.backward_again", "Backward A&gain", player.backward_again, ("Shift+B",),
                    "Run the backward pass once more without setting the gradients to zero: they add up",
                    self._why_no_gradients, icon="again"),
            Command("pass.zero_gradients", "&Zero Gradients", player.zero_gradients, ("Shift+Z",),
                    "Set every gradient to zero, as one does before each backward pass",
                    self._why_no_gradients, icon="zero"),
            Command("pass.keep_on_inputs", "Keep Gradients on &Inputs Only", player.set_keeps_on_inputs_only,
                    tooltip="Only inputs keep gradients from pass to pass, as in PyTorch; else every node, "
                    "as in micrograd", is_on=lambda: player.keeps_on_inputs_only),
        )  # fmt: skip

    def _speed(self) -> tuple[Command, ...]:
        transport = self.transport
        return (
            Command("pass.faster", "Fas&ter", transport.faster, ("]",), "Play at the next higher speed"),
            Command("pass.slower", "S&lower", transport.slower, ("[",), "Play at the next lower speed"),
        )

    def why_no_steps(self) -> str:
        """Returns why nothing can be played, or ""."""
        return "" if self.player.trace.steps else NO_STEPS

    def why_nothing_before(self) -> str:
        """Returns why there is no step to go back to, or ""."""
        return self.why_no_steps() or ("" if self.player.cursor else AT_START)

    def why_no_more(self) -> str:
        """Returns why there is no further step, or ""."""
        is_moving = self.player.is_playing or self.player.cursor < self.player.end
        return self.why_no_steps() or ("" if is_moving else AT_END)

    def _why_no_gradients(self) -> str:
        trace = self.player.trace
        return "" if trace.has_derivatives and self.player.mode == "reverse" else NO_BACKWARD

    def _remember_speed(self, speed: float) -> None:
        self.settings.set(settings.SPEED, speed)
