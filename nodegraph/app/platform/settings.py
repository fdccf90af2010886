"""What the program remembers between starts: each setting declared once, with its default. Also where it
keeps its own files. Knows no widget.

`NODEGRAPH_SETTINGS` (a file) and `NODEGRAPH_STATE` (a folder) put both elsewhere, for tests and portable use.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Signal

from nodegraph.canvas.drawing.edge_kinds import KINDS
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, LABELS, MOST_DIGITS

MAX_RECENT_FILES = 10


@dataclass(frozen=True)
class Setting:
    """One thing to remember: its key in the file, its default (which gives its type) and what it may be.

    A switch that `is_shared` is thrown in all windows at once; others each window has as one likes.
    """

    key: str
    default: Any
    choices: tuple[Any, ...] = ()
    is_shared: bool = False


THEME = Setting("look/theme", "system", ("system", "light", "dark", "contrast"))
TEXT_SIZES = (0.85, 1.0, 1.2, 1.4, 1.7, 2.0)
TEXT_SIZE = Setting("look/text_size", 1.0, TEXT_SIZES)
MOTION = Setting("look/motion", "system", ("system", "full", "reduced"))
SPEED = Setting("player/speed", 1.0)
RECENT_FILES = Setting("files/recent", [])
SESSION = Setting("files/session", [])
"""The windows that were open last, as `windows.Place` writes them."""
FOLDER = Setting("files/folder", "")
GEOMETRY = Setting("window/geometry", QByteArray())
SPLITTER = Setting("window/splitter", QByteArray())
PALETTE_SHOWN = Setting("window/palette", True)
INSPECTOR_SHOWN = Setting("window/inspector", True)
TEXT_BESIDE = Setting("window/text_beside", False)
STAGE_SHOWN = Setting("window/stage", False)
PINNED = Setting("window/pinned", [])
"""The panels that stay beside the canvas in a narrow window, too."""
WORKBENCH_PAGE = Setting("window/workbench", "unset")
"""The page in front below the canvas; empty where there is none."""
SPOTLIGHT = Setting("canvas/spotlight", False)
PRESENTED_SPOTLIGHT = Setting("presentation/spotlight", True)
HINTS_SHOWN = Setting("window/hints", True, is_shared=True)
SNAPS = Setting("canvas/snap", True, is_shared=True)
MINIMAP = Setting("canvas/minimap", True, is_shared=True)
LEGEND = Setting("canvas/legend", True, is_shared=True)
MARKS = Setting("canvas/marks", True, is_shared=True)
CHECKS = Setting("canvas/checks", False, is_shared=True)
EDGE_KIND = Setting("canvas/edge_kind", "curved", tuple(KINDS))
ARROWHEADS = Setting("canvas/arrowheads", False)
EDGE_LABELS = Setting("canvas/edge_labels", "automatic", tuple(LABELS))
DIGITS = Setting("canvas/digits", 0, (0, *range(FEWEST_DIGITS, MOST_DIGITS + 1)))
"""The most significant digits of a number on the canvas; 0 for as many as usual."""
TYPESET_NAMES = Setting("canvas/typeset_names", True, is_shared=True)
TABLE_SHOWN = Setting("data/table_shown", False)
"""Whether each table is shown before it is taken, also one in which all is plain."""
SHORTCUTS = Setting("keys/changed", [])
RECENT_ACTIONS = Setting("keys/recent", [])
COLUMN = Setting("window/column", QByteArray())
LESSON_PLACES = Setting("lessons/places", [])
"""Where each lesson was left, as name=step, steps from 0."""
LESSONS_DONE = Setting("lessons/done", [])
PREDICTED = Setting("predict/about", "all", ("all", "value", "local", "contribution", "gradient"))
"""What predict mode asks about."""
EXPORT_FIGURE = Setting("export/figure", "")
"""The options of the figure that was exported last, as `canvas.figure_record` writes them."""
EXPORT_PRESETS = Setting("export/presets", [])
"""Options that were saved by name, as name=options."""
EXPORT_FORMAT = Setting("export/format", ".png")

ANIMATION_FORMAT = Setting("animation/format", ".gif", (".gif", ".webp", ".apng", ".mp4"))
ANIMATION_WIDTH = Setting("animation/width", 0)
"""Pixels; 0 for a usual size."""
ANIMATION_FPS = Setting("animation/fps", 25)

PROGRAM_TARGET = Setting("program/target", "python")


class Settings(QObject):
    """The settings file. A value that makes no sense (edited by hand, or of another version) counts as the
    default.
    """

    changed = Signal(object)
    """The Setting that has got a new value here."""
    noticed = Signal(object)
    """The Setting that has a new value, set here or in another window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        chosen = os.environ.get("NODEGRAPH_SETTINGS")
        ini = QSettings.Format.IniFormat
        if chosen:
            self._store = QSettings(chosen, ini)
        else:
            self._store = QSettings(ini, QSettings.Scope.UserScope, "nodegraph", "nodegraph")

    def value(self, setting: Setting) -> Any:
        """What is remembered, or the default."""
        return _understood(setting, self._store.value(setting.key))

    def set(self, setting: Setting, value: Any) -> None:
        """Remember a value."""
        if value != self.value(setting):
            self._store.setValue(setting.key, value)
            self.changed.emit(setting)
            self.noticed.emit(setting)

    def update(self, setting: Setting, change: Callable[[Any], Any]) -> None:
        """Remember what a value becomes by a change of what is on the disk now: another running program may
        have added to it.
        """
        self.sync()
        self.set(setting, change(self.value(setting)))
        self.sync()

    @property
    def is_kept(self) -> bool:
        """Whether what was remembered last is on the disk."""
        return self._store.status() == QSettings.Status.NoError

    @property
    def file(self) -> str:
        """The path of the settings file."""
        return self._store.fileName()

    def notice(self, setting: Setting) -> None:
        """Let everybody here hear of a value that another window has set."""
        self.noticed.emit(setting)

    def sync(self) -> None:
        """Write it to the disk now."""
        self._store.sync()

    # --- recent files
    def recent_files(self) -> list[Path]:
        """The files opened or saved last, newest first."""
        return [Path(text) for text in self.value(RECENT_FILES)]

    def add_recent_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        text = str(path.absolute())
        self.update(RECENT_FILES, lambda known: [text, *_without(known, text)][:MAX_RECENT_FILES])

    def forget_recent_file(self, path: Path) -> None:
        """Drop a file that cannot be opened any more."""
        self.update(RECENT_FILES, lambda known: _without(known, str(path)))


def _without(texts: list[str], text: str) -> list[str]:
    return [other for other in texts if other != text]


def _understood(setting: Setting, stored: Any) -> Any:
    default = setting.default
    if stored is None:
        return default
    if isinstance(default, list):  # QSettings gives one entry back as a string
        entries = [stored] if isinstance(stored, str) else stored
        return [str(entry) for entry in entries if entry] if isinstance(entries, list | tuple) else default
    if isinstance(default, QByteArray):
        return stored if isinstance(stored, QByteArray) else default
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(str(stored).lower(), default)
    try:
        value = type(default)(stored)
    except (TypeError, ValueError):
        return default
    return value if not setting.choices or value in setting.choices else default


def state_path() -> Path:
    """Returns the folder of logs, recovery files and earlier versions, which need not exist yet."""
    chosen = os.environ.get("NODEGRAPH_STATE")
    if chosen:
        return Path(chosen)
    location = QStandardPaths.StandardLocation.GenericStateLocation
    return Path(QStandardPaths.writableLocation(location)) / "nodegraph"


def state_folder(name: str = "") -> Path:
    """Returns the folder of `state_path`, or one in it, made where missing. OSError where it cannot be."""
    folder = state_path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if name:
        folder /= name
        folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def native_dialogs() -> bool:
    """Whether files are chosen in the system's own dialog (`NODEGRAPH_NATIVE_DIALOGS=0`: in Qt's)."""
    return os.environ.get("NODEGRAPH_NATIVE_DIALOGS", "1") != "0"
