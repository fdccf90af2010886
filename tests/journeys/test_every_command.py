"""Every command that can be chosen is chosen in every state of the window, its dialogs answered by a fake:
none fails with anything but a sentence, and undo brings back the document that an edit has changed.

Here a command meets the state that the seed opens in and another; `scripts/sweeps/every_command.py` lets
each meet all.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.document.files import Files
from nodegraph.app.platform import style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from nodegraph.formats import examples, files
from nodegraph.lessons import reader
from tests.journeys.hand import Hand

GOING = ("edit.undo", "edit.redo")
"""They edit by going through the edits that there are."""


class Strays(QObject):
    """Notes every widget that was shown as a window of its own and is none: it flashes on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_meant = isinstance(watched, (QMainWindow, QDialog, QMenu)) or watched.windowType() in POPUPS
            if not is_meant:
                self.seen.add(f"{type(watched).__name__} {watched.objectName()} {watched.accessibleName()!r}")
        return False


POPUPS = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[Strays]:
    found = Strays()
    yield found
    qapp.removeEventFilter(found)


class Chooser:
    """Brings a window into a state and chooses commands in it."""

    def __init__(self, hand: Hand, tmp_path: Path) -> None:
        self.hand, self.window, self.folder = hand, hand.window, tmp_path
        self.seed = files.load(examples.seed().path)
        self.replaced = False
        self.window.document.replaced.connect(self._note)

    def _note(self) -> None:
        self.replaced = True

    def start(self) -> None:
        """Leave every mode, and show the seed example with nothing selected, at the start."""
        window = self.window
        window.features.presentation.leave()
        window.features.prediction.leave() if window.features.prediction.is_on else None
        window.features.training.trainer.stop()
        window.features.lessons.lessons.close()
        window.player.pause()
        window.canvas.cancel_gesture()
        window.canvas.close_field()
        window.features.adding.popup.hide()
        if self.replaced or window.document.graph != self.seed:
            window.document.replace(self.seed.copy())
            self.replaced = False
        window.player.seek(0)
        window.stage.show_canvas()
        window.stage.find.hide()
        window.scene.select()

    def answer(self) -> None:
        """Take what every dialog proposes, and close menus and other windows."""
        for _ in range(3):
            QApplication.processEvents()
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QMenu):
                    widget.close()
                elif isinstance(widget, QDialog) and widget.isVisible():
                    widget.accept()
                    widget.close()
                elif widget is not self.window and widget.isVisible():
                    widget.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def choose(self, name: str) -> None:
        """Choose a command, and take back what it has changed in the document."""
        window, document = self.window, self.window.document
        action = window.commands.action(name)
        if not action.isEnabled():
            assert window.commands.why_not(name), name
            return
        before, steps, self.replaced = document.graph.copy(), document.stack.index(), False
        action.trigger()
        self.answer()
        if self.replaced or name in GOING:
            return
        most = document.stack.index() - steps + 1  # one more where a training is taken back first
        for _ in range(most):
            if document.stack.index() > steps:
                window.workspace.editor.undo()
        assert document.graph == before, f"undo did not take {name} back"


@pytest.fixture
def chooser(
    strays: Strays, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Chooser]:
    """A window of which every dialog has an answer, and that stays open."""
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")

    def ask_open(_files: Files, _title: str = "", kinds: str = "") -> Path:
        lesson = reader.shelf()[0].path
        return lesson if "*.md" in kinds else table if "*.csv" in kinds else examples.seed().path

    monkeypatch.setattr(Files, "ask_open", ask_open)
    monkeypatch.setattr(
        Files, "ask_save", lambda _f, name, _t, _k, suffix: (tmp_path / "out").with_suffix(suffix)
    )
    monkeypatch.setattr(Files, "ask_unsaved", lambda _files: QMessageBox.StandardButton.Discard)
    monkeypatch.setattr(Files, "ask_conflict", lambda *_: "")
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(MainWindow, "closeEvent", lambda _window, event: event.ignore())
    yield Chooser(hand, tmp_path)
    style.set_text_size(1.0)


def nothing(_chooser: Chooser) -> None:
    """The seed example as it opens."""


def empty(chooser: Chooser) -> None:
    chooser.window.document.replace(Graph())


def one_node(chooser: Chooser) -> None:
    chooser.window.scene.select(["e"])


def several_nodes(chooser: Chooser) -> None:
    chooser.window.scene.select(["a", "e", "d"])


def an_edge(chooser: Chooser) -> None:
    chooser.window.scene.select(edges=[("d", 1)])


def a_collapsed_group(chooser: Chooser) -> None:
    chooser.window.scene.select(["e", "d"])
    chooser.window.commands.run("graph.group")
    chooser.answer()
    chooser.window.commands.run("graph.collapse")
    (item,) = chooser.window.scene.surroundings.collapsed()
    chooser.window.scene.select(item.members, groups=[item.group.id])


def in_the_middle_of_play(chooser: Chooser) -> None:
    chooser.window.player.seek(6)
    chooser.window.player.play()


def a_lesson(chooser: Chooser) -> None:
    chooser.window.features.lessons.open_path(reader.shelf()[0].path)


def predicting(chooser: Chooser) -> None:
    chooser.window.features.prediction.set_on(True)
    assert chooser.window.features.prediction.is_on


def training(chooser: Chooser) -> None:
    graph = parse("L = (w*x - t)**2", w=1.0, x=2.0, t=3.0)
    graph.apply(place_missing(graph))
    chooser.window.document.replace(graph)
    chooser.window.features.training.trainer.run()
    assert chooser.window.features.training.trainer.is_running


def presenting(chooser: Chooser) -> None:
    chooser.window.features.presentation.set_on(True)


STATES: tuple[Callable[[Chooser], None], ...] = (
    nothing, empty, one_node, several_nodes, an_edge, a_collapsed_group, in_the_middle_of_play, a_lesson,
    predicting, training, presenting,
)  # fmt: skip


def meets(command: str, state: Callable[[Chooser], None]) -> bool:
    """Whether a command is tried in a state: in the first, in another that its name gives, or in all."""
    at = STATES.index(state) - 1
    first = zlib.crc32(command.encode()) % (len(STATES) - 1)
    in_turn = at in (-1, first)
    return in_turn or os.environ.get("NODEGRAPH_EVERY_COMMAND") == "in every state"


@pytest.mark.parametrize("state", STATES, ids=[state.__name__ for state in STATES])
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_command_can_be_chosen_in_every_state(
    chooser: Chooser, state: Callable[[Chooser], Any], strays: Strays
) -> None:
    tried = [name for name in chooser.window.commands.ids if meets(name, state)]
    for name in tried:
        chooser.start()
        state(chooser)
        chooser.choose(name)
    assert len(tried) > (150 if state is nothing else 10)
    assert not strays.seen


def test_each_command_meets_two_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODEGRAPH_EVERY_COMMAND", raising=False)
    for name in ("file.open", "edit.undo", "graph.group", "view.fit"):
        assert sum(meets(name, state) for state in STATES) == 2
