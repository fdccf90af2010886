"""When a window may open, and when the work is done without one."""

import ctypes
import sys

import pytest

from setup_environment.screen import screen_answers, screen_is_announced


@pytest.mark.parametrize(
    "environment", [{}, {"DISPLAY": ""}, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}]
)
def test_linux_without_a_display_has_no_screen(environment):
    assert not screen_is_announced(environment, "linux")


@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "vnc:size=800x600"}],
)
def test_linux_with_a_display_or_a_chosen_platform_has_a_screen(environment):
    assert screen_is_announced(environment, "linux")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_a_screen(platform):
    assert screen_answers({}, platform)


def test_a_screen_that_is_not_announced_is_not_asked():
    assert not screen_answers({}, "linux")


@pytest.mark.skipif(sys.platform != "linux", reason="X servers are asked on Linux")
def test_a_display_that_nobody_serves_is_no_screen(monkeypatch):
    try:
        ctypes.CDLL("libxcb.so.1")
    except OSError:
        pytest.skip("libxcb is not installed, so there is nothing to ask with")
    monkeypatch.setenv("DISPLAY", ":65000")
    assert not screen_answers({"DISPLAY": ":65000"}, "linux")
