"""The loss as a class sees it: its number in large letters and its curve, for beside the graph. Shows a
training; starts none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nodegraph.app.features.training.curves import Curves, Other
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import lazy_plotting, style
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.numbers import format_number
from nodegraph.core.stage.trail import Trail
from nodegraph.core.training.evaluation import HELD_OUT_LOSS, title_of

if TYPE_CHECKING:
    from nodegraph.app.features.training.plots import LossPlot

LETTERS = 0.028
"""The size of the number, as a share of the screen's height."""
NO_RUN = "Shift+T runs the training, T takes one step."


class PresentedLoss(QFrame):
    """Follows the trainer while it is to be seen."""

    def __init__(
        self,
        trainer: Trainer,
        other_run: Callable[[], Other | None] = lambda: None,
        past: Callable[[], tuple[Trail, int] | None] = lambda: None,
    ) -> None:
        super().__init__()
        self.setObjectName("presented_loss")
        self.setAccessibleName("Loss by step")
        self.trainer, self.other_run = trainer, other_run
        self.past = past
        """Returns the run and the place in it of the step that is shown, where that is not the newest."""
        self.number = QLabel()
        self.number.setWordWrap(True)
        self.number.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.plot: LossPlot | None = None
        self._theme: Theme | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(18), style.px(18), style.px(18), style.px(12))
        column.addWidget(self.number)
        column.addWidget(QWidget(), 1)
        self.column = column
        trainer.changed.connect(self.follow)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        if self.plot is not None:
            self.plot.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """The letters suit the screen; the curve is drawn by a library that is loaded for it."""
        super().showEvent(event)
        letters = round(self.screen().geometry().height() * LETTERS * style.scale())
        self.number.setStyleSheet(f"font-size: {letters}px; font-weight: 600")
        lazy_plotting.when_ready(self, self._make_plot)
        self.follow()

    def _make_plot(self) -> None:
        from nodegraph.app.features.training.plots import LossPlot

        if self.plot is not None:
            return
        self.plot = LossPlot()
        if self._theme is not None:
            self.plot.set_theme(self._theme)
        place = self.column.count() - 1
        self.column.insertWidget(place, self.plot, 3)
        self.follow()

    def follow(self) -> None:
        """Show the loss and its course as they are now."""
        trainer = self.trainer
        if not self.isVisible():
            return
        if trainer.training is None or trainer.loss is None:
            self.number.setText(NO_RUN)
            return
        past = self.past()
        if past is None:
            loss, curves, done = format_number(trainer.loss, 4), trainer.curves(), trainer.steps_done
        else:
            curves, done = Curves.at(*past), int(past[0].steps[-1])
            loss = curves.told("loss")
        kept = "" if curves.kept_step in (None, done) else f"{curves.kept_step:,} of "
        steps = f"{kept}{done:,} {'step' if done == 1 else 'steps'}"
        held_out = curves.told(HELD_OUT_LOSS)
        beside = f", held out {held_out}," if held_out else ""
        title, other = self.other_run() or ("", None)
        compared = f"; {title} in dashes and dots" if title else ""
        title_now = title_of("loss", curves.measured)
        self.number.setText(f"{title_now} {loss}{beside} after {steps}{compared}")
        if self.plot is not None:
            self.plot.name_vertical(title_now)
            self.plot.show_losses(*curves.loss, curves.found.get(HELD_OUT_LOSS), curves.kept_step, other)
