"""In front of a class: larger text, the whole screen for the graph, a clicker, and back to work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.hand import Hand

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
K = Qt.Key


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    """Press a key on what has the focus."""
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def written(hand: Hand) -> str:
    """The formula below the canvas, as text."""
    return " ".join(
        piece.unicode for row in hand.window.features.presentation.caption.rows for piece, _ in row.pieces
    )


def test_a_lecture_on_the_seed_example(hand: Hand) -> None:
    window, canvas = hand.window, hand.canvas
    canvas.setFocus()
    places = {node.id: (node.x, node.y) for node in hand.graph.nodes()}
    panels = [
        window.features.adding.palette.isVisible(),
        window.features.inspector.panel.isVisible(),
        window.features.passes.transport.isVisible(),
    ]

    press(K.Key_Plus, ALT, times=3)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == places
    press(K.Key_L)
    canvas.glide.finish()
    cards = [item.card for item in hand.scene.items_by_id.values()]
    assert not any(a.intersects(b) for place, a in enumerate(cards) for b in cards[place + 1 :])

    press(K.Key_F5)
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    assert canvas.seen().contains(hand.scene.drawn_rect())
    assert canvas.spotlight.is_on
    said = []
    for _ in range(11):
        press(K.Key_PageDown)
        said.append(written(hand))
    assert said[1] == "e = a × b = 2 × 3 = 6"
    assert said[9].endswith("= 5 × 3 = 15")
    press(K.Key_PageDown)
    assert window.player.cursor == 11
    assert hand.shown()["a"] == (2.0, 15.0)
    press(K.Key_B)
    assert window.features.presentation.blank.isVisible()
    press(K.Key_PageUp)
    assert not window.features.presentation.blank.isVisible()
    press(K.Key_PageUp)
    assert window.player.cursor == 10

    press(K.Key_Escape)
    assert not window.isFullScreen()
    assert not canvas.spotlight.is_on
    assert [window.features.adding.palette.isVisible(), window.features.inspector.panel.isVisible(),
            window.features.passes.transport.isVisible()] == panels  # fmt: skip
    press(K.Key_0, ALT)
    press(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == places


def test_the_workbench_by_keys_alone(hand: Hand) -> None:
    window = hand.window
    hand.canvas.setFocus()
    press(K.Key_F11)
    assert window.workspace.dock.current_page == "outline"
    press(K.Key_F6)
    while not window.workspace.dock.panel.isAncestorOf(QApplication.focusWidget()):
        press(K.Key_F6)
    window.workspace.dock.panel.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    seen = ["outline"]
    for _ in window.workspace.dock.page_ids[1:]:
        press(K.Key_Right)
        seen.append(window.workspace.dock.current_page)
    assert tuple(seen) == window.workspace.dock.page_ids
    press(K.Key_Escape)
    assert hand.canvas.hasFocus()
    window.commands.actions[f"view.{seen[-1]}"].trigger()
    assert window.workspace.dock.current_page is None
