"""Is there a screen to open a window on?"""

import ctypes
import os
import sys
from collections.abc import Mapping

PLATFORMS_WITHOUT_SCREEN = {"offscreen", "minimal", "minimalegl"}


def screen_is_announced(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether the surroundings promise a screen; it can be asked before any library is installed."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen:
        return chosen not in PLATFORMS_WITHOUT_SCREEN
    if platform != "linux":
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def screen_answers(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can open. Qt aborts on a DISPLAY that nobody serves, so we try it first."""
    if not screen_is_announced(environment, platform):
        return False
    only_x11 = environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY")
    if platform != "linux" or environment.get("QT_QPA_PLATFORM") or not only_x11:
        return True
    return x_server_answers()


def x_server_answers() -> bool:
    """Connect to the X server that DISPLAY names and hang up again."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # nothing to ask with: leave the verdict to Qt
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answered = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answered
