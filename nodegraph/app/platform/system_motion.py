"""Whether the person has asked their system for less motion. Qt does not tell, so each system is asked in
its way; where none answers, motion is fine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def system_wants_less() -> bool:
    """Whether the system says: no animations, please."""
    if sys.platform == "win32":
        return _windows_wants_less()
    if sys.platform == "darwin":
        return _answer("defaults", "read", "com.apple.universalaccess", "reduceMotion") == "1"
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "").upper()
    if "GNOME" in desktop:
        return _answer("gsettings", "get", "org.gnome.desktop.interface", "enable-animations") == "false"
    return "KDE" in desktop and _kde_wants_less()


def _kde_wants_less() -> bool:
    """Whether the speed of animations is “instant”: a factor of 0 on how long they take."""
    asked = "--group", "KDE", "--key", "AnimationDurationFactor"
    factor = _answer("kreadconfig6", *asked) or _answer("kreadconfig5", *asked)
    try:
        return float(factor) == 0
    except ValueError:  # it was never set, or neither program is there
        return False


def _windows_wants_less() -> bool:
    import ctypes

    ask_for_animations, shown = 0x1042, ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(ask_for_animations, 0, ctypes.byref(shown), 0)  # type: ignore[attr-defined]
    return not shown.value


def _answer(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        done = subprocess.run([found, *arguments], capture_output=True, text=True, timeout=1, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
