"""The keyboard alone: build, connect, edit, step and export the seed example from an empty canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.platform import announcer
from nodegraph.formats import files
from tests.journeys.hand import Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
VALUES = {"a": 2.0, "b": 3.0, "c": -10.0, "f": 5.0, "e": 6.0, "d": -4.0, "L": -20.0}
GRADIENTS = {"a": 15.0, "b": 10.0, "c": 5.0, "f": -4.0, "e": 5.0, "d": 5.0, "L": 1.0}


class Keys:
    """Ten fingers: every key goes to what has the focus."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget(), key, modifiers)
            self.pressed += 1

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)
        self.pressed += len(text)

    def add(self, what: str) -> None:
        self.press(Qt.Key.Key_Tab)
        self.write(what)
        self.press(Qt.Key.Key_Return)

    def set_value(self, text: str) -> None:
        self.press(Qt.Key.Key_Return)
        self.write(text)
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def keys(hand: Hand) -> Keys:
    hand.canvas.setFocus()
    return Keys(hand)


def edges(hand: Hand) -> set[tuple[str, str, int]]:
    """(source, target, port) of every edge, by name."""
    names = {node.id: node.name for node in hand.graph.nodes()}
    return {(names[edge.source], names[edge.target], edge.port) for edge in hand.graph.edges()}


def build_seed(keys: Keys) -> None:
    """From an empty canvas to L = (a×b + c)×f."""
    keys.press(Qt.Key.Key_N, CTRL)
    for value in ("2", "3"):
        keys.add("input")
        keys.set_value(value)
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Down, SHIFT)  # a, then b: operands come in the order of selecting
    keys.add("*")
    keys.add("+")
    keys.add("input")  # what d waits for
    keys.set_value("-10")
    keys.press(Qt.Key.Key_Right)
    keys.add("*")
    keys.press(Qt.Key.Key_F2)
    keys.write("L")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Escape)
    keys.add("input")  # alone
    keys.set_value("5")
    keys.press(Qt.Key.Key_C)  # an edge from it: the first port that waits is L's
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_L)
    keys.press(Qt.Key.Key_F)


def test_the_seed_example_is_built_stepped_and_exported_by_keys(
    keys: Keys, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_seed(keys)
    assert edges(hand) == {
        ("a", "e", 0), ("b", "e", 1), ("e", "d", 0), ("c", "d", 1), ("d", "L", 0), ("f", "L", 1),
    }  # fmt: skip
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Period, times=11)
    assert hand.window.player.trace.values == VALUES
    assert hand.window.player.trace.gradients == GRADIENTS
    assert hand.window.player.cursor == 11
    home = tmp_path / "home.png"
    monkeypatch.setattr(hand.window.workspace.files, "ask_save", lambda *_: home)
    keys.press(Qt.Key.Key_E, CTRL)
    assert QApplication.activeModalWidget() is hand.window.features.export.dialog
    QTest.keyClick(hand.window.features.export.dialog, Qt.Key.Key_Return)
    assert files.load(home) == hand.graph


def test_the_seed_example_takes_three_actions_as_a_formula(keys: Keys, hand: Hand) -> None:
    hand.do("file.new")
    keys.press(Qt.Key.Key_Tab)
    keys.write("L = (a*b + c)*f")
    keys.press(Qt.Key.Key_Return)
    assert [node.name for node in hand.graph.nodes()].count("L") == 1
    assert len(hand.graph) == 7
    assert hand.window.document.stack.count() == 1
    assert hand.canvas.hasFocus()


def test_every_step_of_building_is_undone_one_by_one(keys: Keys, hand: Hand) -> None:
    build_seed(keys)
    stack = hand.window.document.stack
    while stack.canUndo():
        keys.press(Qt.Key.Key_Z, CTRL)
    assert len(hand.graph) == 0


def test_tab_takes_a_number_and_goes_to_the_next_one(keys: Keys, hand: Hand) -> None:
    def numbers() -> list[float | None]:
        return [hand.graph.named(name).value for name in "abcf"]

    hand.scene.select(["a"])
    keys.press(Qt.Key.Key_Return)
    for text in ("7", "8", "1,5"):
        keys.write(text)
        keys.press(Qt.Key.Key_Tab)
    assert numbers() == [7.0, 8.0, VALUES["c"], VALUES["f"]]
    assert (hand.canvas.field.text(), hand.canvas.field.accessibleName()) == ("1,5", "Value of c")
    keys.press(Qt.Key.Key_A, CTRL)
    keys.write("1.5")
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert (hand.canvas.field.selectedText(), hand.chosen()) == ("8", ["b"])
    keys.press(Qt.Key.Key_Tab, times=3)
    assert numbers() == [7.0, 8.0, 1.5, VALUES["f"]]
    assert hand.canvas.field is None
    assert hand.canvas.hasFocus()
    assert hand.window.document.stack.count() == 3


def test_escape_after_tab_stays_at_the_number_that_was_reached(keys: Keys, hand: Hand) -> None:
    hand.scene.select(["a"])
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    keys.write("9")
    keys.press(Qt.Key.Key_Escape)
    assert hand.chosen() == ["b"]
    assert hand.graph.named("b").value == VALUES["b"]
    assert hand.canvas.hasFocus()


def test_tab_takes_a_name_and_the_canvas_has_the_focus(keys: Keys, hand: Hand) -> None:
    hand.scene.select(["a"])
    keys.press(Qt.Key.Key_F2)
    keys.write("alpha")
    keys.press(Qt.Key.Key_Tab)
    assert hand.graph.named("alpha") is not None
    assert hand.canvas.field is None
    assert hand.canvas.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_f2_and_enter_open_the_field_of_a_note_and_of_a_group_and_tab_takes_it(
    keys: Keys, hand: Hand, key: Qt.Key
) -> None:
    hand.do("graph.note")
    keys.write("first")
    keys.press(Qt.Key.Key_Tab)
    assert [note.text for note in hand.graph.notes()] == ["first"]
    assert hand.canvas.hasFocus()
    keys.press(key)
    keys.write(" and last")
    keys.press(Qt.Key.Key_Tab)
    assert [note.text for note in hand.graph.notes()] == ["first and last"]
    assert hand.canvas.hasFocus()
    hand.choose("e", "d")
    hand.do("graph.group")
    keys.press(Qt.Key.Key_Escape)
    (item,) = hand.scene.surroundings.groups.values()
    hand.click(item.handle.center())
    keys.press(key)
    keys.write("Sum")
    keys.press(Qt.Key.Key_Tab)
    assert item.group.title == "Sum"


def test_numbers_that_a_collapsed_group_hides_are_passed_over(keys: Keys, hand: Hand) -> None:
    hand.choose("b", "c")
    hand.do("graph.group")
    keys.press(Qt.Key.Key_Return)
    hand.do("graph.collapse")
    hand.scene.select(["a"])
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    assert hand.canvas.field.accessibleName() == "Value of f"


def test_backspace_deletes_too(keys: Keys, hand: Hand) -> None:
    hand.scene.select(["f"])
    keys.press(Qt.Key.Key_Backspace)
    assert hand.graph.named("f") is None


def test_c_says_where_the_edge_would_go_and_escape_leaves_all_as_it_was(keys: Keys, hand: Hand) -> None:
    before = hand.graph.copy()
    hand.scene.select(["a"])
    keys.press(Qt.Key.Key_C)
    assert announcer.spoken[-1] == "Connect a to e, input 3"
    assert hand.scene.draft.isVisible()
    keys.press(Qt.Key.Key_Up)
    assert announcer.spoken[-1] == "Connect a to e, input 2, in place of b"
    keys.press(Qt.Key.Key_Right)
    assert announcer.spoken[-1].startswith("Connect a to d")
    keys.press(Qt.Key.Key_Escape)
    assert not hand.scene.draft.isVisible()
    assert hand.graph == before
    assert hand.scene.selected_nodes() == ["a"]


def test_shift_c_looks_for_a_source(keys: Keys, hand: Hand) -> None:
    hand.scene.select(["e"])
    keys.press(Qt.Key.Key_C, SHIFT)
    assert "to e, input 3" in announcer.spoken[-1]
    keys.press(Qt.Key.Key_Return)
    assert len(hand.graph.edges_into("e")) == 3
    keys.press(Qt.Key.Key_Z, CTRL)
    assert len(hand.graph.edges_into("e")) == 2


def test_c_without_a_node_says_what_to_do(keys: Keys, hand: Hand) -> None:
    hand.scene.select()
    keys.press(Qt.Key.Key_C)
    assert hand.window.stage.hint.text() == "Select one node first."
    hand.scene.select(["L"])
    keys.press(Qt.Key.Key_C)
    assert hand.window.stage.banner.text.text() == "There is nowhere an edge of L could go."


def test_tab_never_traps_the_keyboard(keys: Keys, hand: Hand) -> None:
    seen = set()
    for _ in range(8):
        keys.press(Qt.Key.Key_F6)
        seen.add(QApplication.focusWidget())
    assert len(seen) >= 4
    hand.canvas.setFocus()
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert not hand.canvas.hasFocus()
