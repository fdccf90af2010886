"""The question that comes up where a document's file is no longer what was read or written here."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from nodegraph.core.quoting import quoted
from nodegraph.formats.disk.seen import Found

KEEP_MINE, LOAD_THEIRS, SAVE_AS = "mine", "theirs", "elsewhere"
ANSWER = "answer"
"""The property of a button that holds one of these."""


def conflict_box(path: Path, found: Found, kept: Path | None, window: QWidget) -> QMessageBox:
    """Returns the question box; `kept` is the path of the copy of the other program's version."""
    box = QMessageBox(window)
    box.setObjectName("conflict")
    box.setIcon(QMessageBox.Icon.NoIcon)
    name, folder = escape(quoted(path.name)), escape(quoted(str(path.absolute().parent)))
    if found is Found.GONE:
        box.setWindowTitle("The file is gone")
        box.setText(f"<b>“{name}” was deleted or moved.</b>")
        if path.absolute().parent.is_dir():
            box.setInformativeText(f"It was in {folder}, and is not there any more.")
            _add(box, "&Write It Again", KEEP_MINE)
        else:  # nothing can be written there
            box.setInformativeText(f"The folder {folder}, which it was in, is not there any more either.")
    else:
        box.setWindowTitle("The file has changed")
        box.setText(f"<b>Another program has changed “{name}”{_time(path)}.</b>")
        box.setInformativeText(
            f"Keep Mine replaces that version. {_whereabouts(kept)} Load Theirs gives up yours."
        )
        _add(box, "&Keep Mine", KEEP_MINE)
        _add(box, "&Load Theirs", LOAD_THEIRS)
    _add(box, "Save &As…", SAVE_AS)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    return box


def _add(box: QMessageBox, text: str, answer: str) -> None:
    button = box.addButton(text, QMessageBox.ButtonRole.ActionRole)
    button.setProperty(ANSWER, answer)
    button.setObjectName(f"conflict.{answer}")


def _time(path: Path) -> str:
    """When the file was changed, as the end of a sentence; today's time needs no date."""
    try:
        when = datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError, OverflowError):
        return ""
    is_today = when.date() == datetime.now().date()
    return f" at {when:%H:%M}" if is_today else f" on {when:%Y-%m-%d at %H:%M}"


def _whereabouts(kept: Path | None) -> str:
    if kept is None:
        return "It could not be copied elsewhere, so it would be lost."
    return f"A copy of it is kept as {kept}."
