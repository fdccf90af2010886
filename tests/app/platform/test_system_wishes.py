"""What the person has asked their system for: less motion, and stronger contrast, while it runs, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from nodegraph.app.platform import first_look, settings, system_motion
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import THEMES


def put_program(folder: Path, name: str, says: str) -> None:
    """A program of the desktop that answers so."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


@pytest.mark.skipif(system_motion.sys.platform != "linux", reason="desktops of Linux")
@pytest.mark.parametrize(
    ("desktop", "program", "says", "wants_less"),
    [
        ("ubuntu:GNOME", "gsettings", "false", True),
        ("ubuntu:GNOME", "gsettings", "true", False),
        ("KDE", "kreadconfig6", "0", True),
        ("KDE", "kreadconfig6", "0.5", False),
        ("KDE", "kreadconfig5", "0.0", True),
        ("KDE", "kreadconfig6", "", False),
        ("KDE", "another", "0", False),
        ("XFCE", "gsettings", "false", False),
    ],
)
def test_the_desktop_is_asked_for_less_motion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desktop: str, program: str, says: str, wants_less: bool
) -> None:
    put_program(tmp_path, program, says)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    assert system_motion.system_wants_less() is wants_less


def test_a_wish_for_contrast_is_followed_while_the_program_runs(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance, system = window.workspace.appearance, QGuiApplication.styleHints().accessibility()
    assert appearance.theme is not THEMES["contrast"]
    monkeypatch.setattr(first_look, "_system_wants_contrast", lambda: True)
    system.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert appearance.theme is THEMES["contrast"]
    window.settings.set(settings.THEME, "light")
    system.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert appearance.theme is THEMES["light"]
