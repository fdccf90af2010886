"""What has been edited since a training: an edit that was undone is none. No widgets."""

from __future__ import annotations

from nodegraph.app.playback.player import affects_trace
from nodegraph.core.graph.changes import Change

MOST_PATCHES = 2000
"""Records that edits are followed in; of more it is not asked whether they were taken back."""


class EditsSince:
    """The edits since the last step of a training, as one change."""

    def __init__(self) -> None:
        self._change = Change("")
        self._is_away = False

    def begin(self) -> None:
        """A step was taken, so nothing was edited since."""
        self._change, self._is_away = Change(""), False

    def leave(self) -> None:
        """The values are others than those of the training for good."""
        self._change, self._is_away = Change(""), True

    def add(self, change: Change) -> None:
        """Follow an edit, or an edit undone or done again."""
        if self._is_away:
            return
        if len(change.patches) > MOST_PATCHES + len(self._change.patches):  # then some will be left
            self.leave()
            return
        self._change = self._change.then(change)
        if len(self._change.patches) > MOST_PATCHES:
            self.leave()

    @property
    def are_any(self) -> bool:
        """Whether the graph, its data or its values are others than the training left them."""
        return self._is_away or affects_trace(self._change)
