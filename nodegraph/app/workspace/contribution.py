"""What a feature adds to a window: commands, panels, kinds of files, and what is to be done at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QMenu

from nodegraph.app.commands.command import Command
from nodegraph.app.workspace.panel_spec import PanelSpec


@dataclass(frozen=True)
class FileKind:
    """Files that somebody else than the document opens, by the ends of their names."""

    suffixes: tuple[str, ...]
    open: Callable[[Path], object]
    """Called for a file of this kind that was chosen, or dropped on the window."""


@dataclass(frozen=True)
class Contribution:
    """What one feature adds."""

    commands: tuple[Command, ...] = ()
    panels: tuple[PanelSpec, ...] = ()
    files: tuple[FileKind, ...] = ()
    menus: Mapping[str, Callable[[QMenu], object]] = field(default_factory=dict)
    """By the id of a submenu: what fills it, once the menu bar is there."""
    refresh_on: tuple[SignalInstance, ...] = ()
    """What may change whether the commands can be done."""
    started: Callable[[], object] | None = None
    """Called once every command is there, before what was remembered is taken up."""
    closing: Callable[[], object] | None = None
    """Called before a person is asked about unsaved work."""
    closed: Callable[[], object] | None = None
    """Called once the window is to close."""


class Feature(Protocol):
    """One folder of `features`, as a window sees it."""

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
