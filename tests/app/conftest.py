"""What every test of the application needs: settings and state of its own, and no dialog of the system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.document.document import Document
from nodegraph.app.playback.player import Player
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse

SEED = "e = a*b\nd = e + c\nL = d*f"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and recovery files of this test alone."""
    monkeypatch.setenv("NODEGRAPH_SETTINGS", str(tmp_path / "settings.ini"))
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NODEGRAPH_NATIVE_DIALOGS", "0")
    return tmp_path


@pytest.fixture
def document(qapp: object) -> Document:
    """A document that holds the seed example, as it is opened."""
    made = Document()
    made.replace(parse(SEED, a=2, b=3, c=-10, f=5))
    return made


@pytest.fixture
def player(document: Document) -> Player:
    """A player of the seed example, at the start."""
    return Player(document)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window with the seed example, shown; it closes without a question."""
    from nodegraph.app import create_window

    made = create_window()
    qtbot.addWidget(made, before_close_func=give_up_changes)
    made.resize(1600, 900)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    give_up_changes(made)
    made.close()


def give_up_changes(window: MainWindow) -> None:
    """Let a window close without asking about unsaved work."""
    window.workspace.files.unsaved.parts.clear()
    window.document.stack.setClean()
