"""A real main window, shown, with settings and recovery files of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.core.building.expression import parse
from tests.journeys.hand import Hand
from tests.journeys.trainee import CASES, Trainee

collect_ignore = ["read_aloud.py"]
"""Run by the system's Python, which has what it imports."""


@pytest.fixture
def hand(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """A hand on a window that shows the seed example, at its usual size."""
    monkeypatch.setenv("NODEGRAPH_SETTINGS", str(tmp_path / "settings.ini"))
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NODEGRAPH_NATIVE_DIALOGS", "0")
    from nodegraph.app import create_window

    window = create_window()
    qtbot.addWidget(window, before_close_func=_forget_changes)
    window.resize(1600, 900)
    with qtbot.waitExposed(window):
        window.show()
    return Hand(window)


@pytest.fixture
def trainee(hand: Hand, qtbot: QtBot) -> Trainee:
    """A hand that trains."""
    return Trainee(hand, qtbot)


@pytest.fixture
def neuron(trainee: Trainee) -> Trainee:
    """A published neuron is open, its data ticked off."""
    case = CASES["backpropbuilder-neuron"]
    trainee.open(parse("; ".join(case["program"]), **case["inputs"]))
    trainee.tick_off("x", "t")
    return trainee


def _forget_changes(window: Any) -> None:
    """So that closing it asks nothing."""
    window.workspace.files.unsaved.parts.clear()
    window.document.stack.setClean()
