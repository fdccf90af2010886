"""The transport: the timeline scrubs, the sentence follows, the speed is remembered."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.platform import announcer, settings, style
from nodegraph.app.playback import player
from nodegraph.app.playback.timeline import HANDLE_REACH, LEAST_DOT_GAP_PX, Timeline
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import DARK, LIGHT, Theme
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits


class Asked(QObject):
    """Which widgets are asked to find their layout again."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.widgets.append(watched)
        return False


@pytest.fixture
def timeline(window: MainWindow) -> Timeline:
    return window.features.passes.transport.timeline


def test_the_timeline_has_a_place_for_every_step(timeline: Timeline) -> None:
    assert (timeline.minimum(), timeline.maximum(), timeline.forward) == (0, 11, 4)


def test_a_click_goes_to_the_step_below_it(window: MainWindow, timeline: Timeline) -> None:
    for position in (7, 0, 11, 3):
        place = QPoint(round(timeline.x_of(position)), timeline.height() // 2)
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
        assert window.player.cursor == position


def test_arrow_keys_step_while_the_timeline_has_the_focus(window: MainWindow, timeline: Timeline) -> None:
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert window.player.cursor == 1
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert window.player.cursor == 11
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert window.player.cursor == 0


def test_taking_hold_of_the_timeline_pauses(window: MainWindow, timeline: Timeline) -> None:
    window.player.play()
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.x_of(5)), 20))
    assert not window.player.is_playing
    assert window.player.cursor == 5


def test_the_sentence_tells_the_step(window: MainWindow, timeline: Timeline) -> None:
    window.player.seek(10)
    text = window.features.passes.transport.sentence.text()
    assert "Backward, step 10 of 11." in text
    assert "e sends 5 × 3 = 15 back to a" in text
    assert "e sends 5 × 3 = 15 back to a" in timeline.accessibleDescription()


def test_the_timeline_follows_the_graph(window: MainWindow, timeline: Timeline) -> None:
    window.document.apply(edits.remove(window.document.graph, ["f"]))
    assert timeline.maximum() == window.player.end < 11
    window.workspace.files.document.new()
    assert timeline.maximum() == 0
    assert not timeline.isEnabled()


def test_a_removed_end_moves_the_handle_without_moving_the_player_twice(
    window: MainWindow, timeline: Timeline
) -> None:
    window.player.to_end()
    window.document.apply(edits.disconnect(window.document.graph, [("e", 1)]))
    assert timeline.value() == window.player.cursor == window.player.end


def test_speed_is_shown_changed_by_keys_and_remembered(window: MainWindow) -> None:
    window.commands.actions["pass.faster"].trigger()
    assert window.features.passes.transport.speed.currentText() == "2×"
    assert window.player.speed == 2.0
    assert window.settings.value(settings.SPEED) == 2.0
    for _ in range(9):
        window.commands.actions["pass.slower"].trigger()
    assert window.player.speed == 0.25


def test_the_play_button_says_what_it_does_next(window: MainWindow) -> None:
    button = window.features.passes.transport.buttons["pass.play"]
    assert button.accessibleName() == "Play"
    button.click()
    assert button.accessibleName() == "Pause"
    button.click()
    assert button.accessibleName() == "Play"


def test_a_longer_sentence_asks_for_no_other_room(window: MainWindow) -> None:
    transport = window.features.passes.transport
    sentence = transport.sentence
    QTest.qWait(1)
    before, asked = sentence.geometry(), Asked()
    QApplication.instance().installEventFilter(asked)
    sentence.setText("<b>Backward</b> " + "the chain rule multiplies what arrives " * 30)
    QTest.qWait(1)
    QApplication.instance().removeEventFilter(asked)
    assert transport not in asked.widgets
    assert sentence.geometry() == before
    window.resize(window.width() - 90, window.height())
    QTest.qWait(1)
    assert sentence.width() == before.width() - 90
    assert sentence.height() == before.height() > 0


def test_the_sentence_of_a_step_is_made_once_for_all_who_tell_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    sentence = player.step_sentence
    monkeypatch.setattr(player, "step_sentence", lambda frame: made.append(frame.position) or sentence(frame))
    announcer.spoken.clear()
    window.player.seek(10)
    assert made == [10]
    assert announcer.spoken[-1] == window.features.passes.transport.timeline.accessibleDescription()


@pytest.mark.parametrize("change", ["theme", "steps", "size"])
def test_a_timeline_that_was_painted_before_looks_like_a_new_one(qapp: QApplication, change: str) -> None:
    def made(theme: Theme, steps: int, width: int) -> Timeline:
        found = Timeline()
        show(found, theme, steps, width)
        return found

    def show(found: Timeline, theme: Theme, steps: int, width: int) -> None:
        found.set_theme(theme)
        found.set_steps(4, steps)
        found.setValue(6)
        found.resize(width, 48)

    after = (DARK if change == "theme" else LIGHT, 30 if change == "steps" else 11, 500)
    earlier = made(LIGHT, 11, 400 if change == "size" else 500)
    before = earlier.grab().toImage()
    show(earlier, *after)
    assert earlier.grab().toImage() == made(*after).grab().toImage() != before


@pytest.fixture
def shown(window: MainWindow, timeline: Timeline) -> Timeline:
    window.show()
    QTest.qWait(1)
    return timeline


def on_screen(timeline: Timeline) -> QImage:
    """What the screen shows of it."""
    QApplication.processEvents()
    window = timeline.window()
    whole = window.screen().grabWindow(window.winId()).toImage()
    return whole.copy(QRect(timeline.mapTo(window, QPoint(0, 0)), timeline.size()))


def test_nothing_behind_the_timeline_is_painted_for_it(window: MainWindow, shown: Timeline) -> None:
    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                behind.append(event.region().intersected(shown.geometry()))
            return False

    behind: list[QRegion] = []
    painted, transport = Painted(), window.features.passes.transport
    transport.installEventFilter(painted)
    for _theme in range(2):
        window.workspace.appearance.switch_theme()
        QTest.qWait(1)
        behind.clear()
        shown.update()
        image = on_screen(shown)
        assert all(region.isEmpty() for region in behind)
        assert image.pixelColor(0, 0) == transport.grab().toImage().pixelColor(5, 5)


@pytest.mark.parametrize("focused", [True, False])
def test_another_value_leaves_nothing_of_the_handle_where_it_was(
    window: MainWindow, shown: Timeline, focused: bool
) -> None:
    (shown if focused else window.canvas).setFocus()
    for position in (0, 1, 11, 4, 5, 3, 10, 0):
        window.player.seek(position)
        of_parts = on_screen(shown)
        shown.update()
        assert of_parts == on_screen(shown)


def test_of_dots_close_to_each_other_too_none_is_missing_beside_the_handle(
    window: MainWindow, shown: Timeline
) -> None:
    links = "".join(f"e{number} = tanh(e{number - 1}); " for number in range(1, 30))
    window.document.replace(parse(f"e0 = a*b; {links}L = e29*a"))
    on_screen(shown)
    assert LEAST_DOT_GAP_PX <= shown.x_of(1) - shown.x_of(0) < 2 * HANDLE_REACH
    for position in (0, 1, 2, 20, 19, 40, 41, 30):
        window.player.seek(position)
        of_parts = on_screen(shown)
        shown.update()
        assert of_parts == on_screen(shown)


def test_a_dot_is_in_the_ink_of_its_pass_once_it_is_passed(window: MainWindow, timeline: Timeline) -> None:
    theme = timeline.theme
    inks = {ink: QColor(ink) for ink in (theme.forward, theme.positive, theme.edge)}

    def ink_of(position: int) -> str:
        top = QPoint(round(timeline.x_of(position)), round(timeline._line_y) - style.px(3))
        seen = timeline.grab().toImage().pixelColor(top)
        off = {ink: sum(map(abs, np.subtract(seen.getRgb(), one.getRgb()))) for ink, one in inks.items()}
        return min(off, key=off.__getitem__)

    for at, wanted in ((6, (theme.forward, theme.positive, theme.edge)), (1, (theme.edge,) * 3)):
        window.player.seek(at)
        assert tuple(map(ink_of, (2, 5, 9))) == wanted
