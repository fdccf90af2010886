"""Every action is in step with what can be done: soon, and at once for whoever asks."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.viewport import follow_ups


def is_enabled(action: QAction) -> bool:
    """Whether it is shown so: asked in Python, the action would bring itself in step first."""
    return QAction.isEnabled(action)


@pytest.mark.parametrize("many", [0, 500])
def test_actions_are_brought_in_step_soon_and_at_once_for_whoever_asks(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(follow_ups, "MANY", many)
    shown = window.commands.action("edit.delete")
    assert not is_enabled(shown)
    window.scene.select(["a"])
    assert not is_enabled(shown)
    assert is_enabled(window.commands.action("edit.delete"))
    window.scene.select()
    assert is_enabled(shown)
    qtbot.waitUntil(lambda: not is_enabled(shown))


def test_in_a_large_graph_actions_have_a_turn_of_their_own(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.commands, "apart", asked.append)
    shown = window.commands.action("edit.delete")
    window.scene.select(["a"])
    qtbot.waitUntil(lambda: bool(asked))
    assert not is_enabled(shown)
    window.commands.flush()
    assert is_enabled(shown)
