"""The transport: what happens in this step, in one sentence, and the controls of a media player below it.
Moves the player's cursor and shows where it is; computes nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.playback.player import SPEEDS, Player
from nodegraph.app.playback.timeline import Timeline
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.text import Names, no_names, with_names
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.aloud import aloud
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain.explanation import step_sentence, step_title
from nodegraph.core.quoting import quoted

BUTTONS_AFTER = ("pass.backward_again", "pass.zero_gradients")
SENTENCE_PX = 40
LOST_AT_ENDS, SHARES = 1.06, (1.0, 0.92, 0.85, 0.77, 0.7, 0.62, 0.55)
"""By how much a text is longer where lines end at words, and how small its letters become."""
WIDE_PX = 1150
"""From this width on the buttons after the timeline carry their text."""
BUTTONS = ("pass.to_start", "pass.step_back", "pass.play", "pass.step", "pass.to_end")


class Place(QWidget):
    """A place of a fixed height, as wide as there is room, for a text that fills it: in smaller letters where
    it has more lines than the place.

    Nobody asks the text how much room it wants: another text in a layout has all of a window's layouts found
    again, and is itself laid out several times for it, at a third of what a step costs.
    """

    def __init__(self, content: QLabel, height: int) -> None:
        super().__init__()
        self.content = content
        content.setParent(self)
        self.setFixedHeight(height)
        self._said = ("", "")
        self._fitted: tuple[str, int, int] | None = None
        """What was fitted last, the width, and the height of its lines."""
        self._size = SHARES[0]

    def say(self, plain: str, html: str) -> None:
        """Show this text."""
        self._said = plain, html
        share = self._share(plain)
        if share < 1:
            size = max(1, round(share * self.content.fontInfo().pixelSize()))
            html = f'<span style="font-size:{size}px">{html}</span>'
        self.content.setText(html)

    def _share(self, plain: str) -> float:
        """Returns how large the letters are for the text to fit, as a share of their usual size: they take
        less of the width and less of the height.
        """
        metrics = self.content.fontMetrics()
        fitted = plain, self.width(), metrics.lineSpacing()
        if fitted == self._fitted:
            return self._size
        needed = metrics.horizontalAdvance(plain) * LOST_AT_ENDS / max(1, self.width())

        def fits(share: float) -> bool:
            return math.ceil(needed * share) * math.ceil(metrics.lineSpacing() * share) <= self.height()

        self._fitted, self._size = fitted, next(filter(fits, SHARES), SHARES[-1])
        return self._size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all of it to its content."""
        super().resizeEvent(event)
        self.content.setGeometry(self.rect())
        self.say(*self._said)


class Transport(QFrame):
    """The bar at the bottom of the window."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setAccessibleName("Transport")
        self.player = player
        self.buttons: dict[str, QToolButton] = {}
        self.names: Names = no_names
        """What words of the sentence are names to be typeset."""
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setObjectName("sentence")
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.timeline = Timeline()
        self.timeline.describe = self._describe
        self.speed = Choice()
        self._fill_speed()
        self._lay_out()
        self.timeline.valueChanged.connect(self._seek)
        self.timeline.pressed_at.connect(player.pause)
        player.frame_changed.connect(self._show_frame)
        player.frame_told.connect(self._say_frame)
        player.trace_changed.connect(self._show_trace)
        player.speed_changed.connect(self._show_speed)
        self._show_trace(player.trace)
        self._show_frame(player.frame)
        self._say_frame(player.frame)
        self._show_speed(player.speed)

    def _fill_speed(self) -> None:
        self.speed.setObjectName("speed")
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("How fast to play ([ slower, ] faster)")
        style.set_role(self.speed, "quiet")
        self.speed.setFixedWidth(style.px(72))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.activated.connect(self._choose_speed)

    def _lay_out(self) -> None:
        layout = self._column = QVBoxLayout(self)
        layout.setSpacing(0)
        self.stand_low(False)
        self.place = Place(self.sentence, style.px(SENTENCE_PX))
        layout.addWidget(self.place)
        row = QHBoxLayout()
        row.setSpacing(style.px(2))
        for name in BUTTONS:
            button = QToolButton()
            button.setIconSize(
                QSize(style.px(24), style.px(24))
                if name == "pass.play"
                else QSize(style.px(20), style.px(20))
            )
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self.buttons[name] = button
            row.addWidget(button)
        row.addSpacing(style.px(14))
        row.addWidget(self.timeline, 1)
        row.addSpacing(style.px(8))
        for name in BUTTONS_AFTER:
            button = QToolButton()
            button.setIconSize(QSize(style.px(18), style.px(18)))
            self.buttons[name] = button
            row.addWidget(button)
        row.addWidget(self.speed)
        layout.addLayout(row)

    def stand_low(self, low: bool) -> None:
        """Leave little room above and below, or the usual."""
        above, below = (2, 1) if low else (8, 6)
        self._column.setContentsMargins(style.px(22), style.px(above), style.px(16), style.px(below))

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the buttons their actions."""
        for name, button in self.buttons.items():
            button.setDefaultAction(actions[name])
            button.setObjectName(f"{name}.button")
            actions[name].changed.connect(partial(self._name_button, button))
            self._name_button(button)

    def _name_button(self, button: QToolButton) -> None:
        """Call a button what its action is called now: one button plays and pauses."""
        button.setAccessibleName(button.defaultAction().iconText())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With room for it, buttons say what they do."""
        super().resizeEvent(event)
        self.show_texts()

    def show_texts(self) -> None:
        """See whether there is room for it: larger text needs more."""
        styles = Qt.ToolButtonStyle
        wide = self.width() >= style.px(WIDE_PX)
        shown = styles.ToolButtonTextBesideIcon if wide else styles.ToolButtonIconOnly
        for name in BUTTONS_AFTER:
            self.buttons[name].setToolButtonStyle(shown)

    def set_theme(self, theme: Theme) -> None:
        """Paint the timeline in this theme."""
        self.timeline.set_theme(theme)

    # --- speed
    def faster(self) -> None:
        """The next higher speed."""
        self.player.set_speed(next((speed for speed in SPEEDS if speed > self.player.speed), SPEEDS[-1]))

    def slower(self) -> None:
        """The next lower speed."""
        self.player.set_speed(
            next((speed for speed in reversed(SPEEDS) if speed < self.player.speed), SPEEDS[0])
        )

    def _choose_speed(self, place: int) -> None:
        self.player.set_speed(self.speed.itemData(place))

    def _show_speed(self, speed: float) -> None:
        self.speed.setCurrentIndex(min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - speed)))

    # --- following the player
    def _seek(self, position: int) -> None:
        if position != self.player.cursor:
            self.player.pause()
            self.player.seek(position)

    def _show_trace(self, trace: Trace) -> None:
        blocked = self.timeline.blockSignals(True)
        self.timeline.set_steps(trace.forward_steps, len(trace.steps), self._second_pass(trace))
        self.timeline.setEnabled(bool(trace.steps))
        self.timeline.blockSignals(blocked)

    def _second_pass(self, trace: Trace) -> str:
        """What the timeline calls the derivatives' part."""
        if trace.mode == "forward" and trace.seed in trace.nodes:
            return f"derivatives by {trace.nodes[trace.seed].name}"
        return "backward" if self.player.passes == 1 else f"backward, pass {self.player.passes}: not zeroed"

    def _show_frame(self, frame: Frame, _duration_ms: int = 0) -> None:
        blocked = self.timeline.blockSignals(True)
        self.timeline.setValue(frame.position)
        self.timeline.blockSignals(blocked)

    def _say_frame(self, frame: Frame, _duration_ms: int = 0) -> None:
        title, sentence = self.player.told(frame)
        sentence = quoted(sentence)
        said = f"<b>{escape(title)}</b>&nbsp; {escape(sentence)}"
        self.place.say(f"{title} {sentence}", with_names(said, self.names))
        spoken = aloud(f"{title} {sentence}")
        self.sentence.setAccessibleName(spoken)
        self.timeline.setAccessibleDescription(spoken)

    def _describe(self, position: int) -> str:
        if self.player.guarded and position > self.player.cursor:
            return "Predict what comes next."
        frame = self.player.trace.frame(position)
        said = f"<b>{escape(step_title(frame))}</b><br>{escape(quoted(step_sentence(frame)))}"
        return with_names(said, self.names)
