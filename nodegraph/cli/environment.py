"""Whether Qt can start here, asked before it is imported: Qt names one missing library at a time, and aborts
where it finds no display. All commands but the editor and `export` work without it."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys

from nodegraph.cli.arguments import UsageError

_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
_WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""What Qt loads on Linux, and the Debian and Ubuntu package that brings it."""


def demand_painting() -> None:
    """Make ready to paint without a display; UsageError says what this system lacks."""
    _demand_qt({})
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def demand_window() -> None:
    """UsageError unless a window can be opened here."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform == "linux" and not chosen:
        if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            raise UsageError(
                "there is no display to open a window on; the commands in --help work without one"
            )
        if not os.environ.get("WAYLAND_DISPLAY"):
            chosen = "xcb"
    _demand_qt(_WINDOW_LIBRARIES if chosen == "xcb" else {})
    if chosen == "xcb" and not _x_server_answers():
        display = os.environ.get("DISPLAY", "")
        raise UsageError(f"the display {display} does not answer; the commands in --help work without one")


def demand_package(name: str, distribution: str) -> None:
    """UsageError unless this package can be imported; it says what to install."""
    if importlib.util.find_spec(name) is None:
        raise UsageError(f"{name} is not installed; install it with: pip install {distribution}")


def _demand_qt(further: dict[str, str]) -> None:
    demand_package("PySide6", "PySide6-Essentials")
    if sys.platform != "linux":
        return
    missing = {name: package for name, package in (_LIBRARIES | further).items() if not _loads(name)}
    if missing:
        raise UsageError(
            f"Qt cannot start, because this system lacks {', '.join(missing)};"
            f" on Debian and Ubuntu: apt-get install {' '.join(missing.values())}"
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    """Connect to the display and hang up again, as Qt would abort where nobody serves it."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answered = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return bool(answered)
