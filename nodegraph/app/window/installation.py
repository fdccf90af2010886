"""Puts what the features contribute into a window: commands, panels, menus, and kinds of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QMenu

from nodegraph.app.workspace.contribution import Contribution, Feature
from nodegraph.app.workspace.workspace import Workspace


class Installation:
    """The contributions of all features of a window."""

    def __init__(self, workspace: Workspace, features: Iterable[Feature]) -> None:
        self.workspace = workspace
        self.contributions: list[Contribution] = [feature.contribution() for feature in features]
        commands, dock = workspace.commands, workspace.dock
        for contribution in self.contributions:
            commands.add(*contribution.commands)
            commands.refresh_on(*contribution.refresh_on)
            for panel in contribution.panels:
                dock.add(panel)
        commands.add(*dock.commands())
        commands.refresh_on(dock.page_changed)
        commands.shortcuts.take_remembered()
        workspace.files.opener_of = self._opener

    def start(self, submenus: Mapping[str, QMenu]) -> None:
        """Fill menus, let everybody know that all is there, and take up what was remembered."""
        for contribution in self.contributions:
            for menu_id, fill in contribution.menus.items():
                fill(submenus[menu_id])
            if contribution.started is not None:
                contribution.started()
        self.workspace.commands.start()

    def _opener(self, path: Path) -> Callable[[Path], object] | None:
        """Returns the function of a feature that opens a file of this kind, or None."""
        for contribution in self.contributions:
            for kind in contribution.files:
                if path.suffix.lower() in kind.suffixes:
                    return kind.open
        return None

    def prepare_close(self) -> None:
        """Let every feature end what it is about, before a person is asked about unsaved work."""
        for contribution in self.contributions:
            if contribution.closing is not None:
                contribution.closing()

    def close(self) -> None:
        """Let every feature go."""
        for contribution in self.contributions:
            if contribution.closed is not None:
                contribution.closed()
