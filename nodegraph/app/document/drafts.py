"""A text that was typed and neither taken nor thrown away, kept in the state folder so that it is there again
after the program has ended, however that came. A convenience: where it cannot be kept, nobody is troubled.
"""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject, QTimer

from nodegraph.app.platform.settings import state_folder, state_path
from nodegraph.core.errors import DocumentError
from nodegraph.formats import files

FOLDER = "drafts"
DELAY_MS = 30
"""How long after a key it is written."""
LONGEST = 100_000
"""Bytes of a draft that are read; no formula is as long."""


class Draft(QObject):
    """One such text. Windows share it: the one that was typed in last has it."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.file = state_path() / FOLDER / f"{name}.txt"
        self._text = self._kept = self.left()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.write_now)

    def left(self) -> str:
        """Returns what was left the last time, or ""."""
        try:
            data = files.read_bytes(self.file)
            return data.decode() if len(data) <= LONGEST else ""
        except (DocumentError, UnicodeDecodeError):
            return ""

    def note(self, text: str) -> None:
        """Keep this text from now on; an empty one is forgotten at once."""
        self._text = text
        if not text:
            self.write_now()
        elif not self._timer.isActive():
            self._timer.start()

    def write_now(self) -> None:
        """Let the file hold the text as it is now."""
        self._timer.stop()
        if self._text == self._kept:
            return
        with contextlib.suppress(DocumentError, OSError):
            if self._text:
                state_folder(FOLDER)
                self.file.write_bytes(self._text.encode())  # at each key: no waiting for the disk
            else:
                self.file.unlink(missing_ok=True)
            self._kept = self._text
