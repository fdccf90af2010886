"""The loss of a training, and what is measured beside it: a legend with the numbers as they are now, the
curve of the loss and that of the held-out rows, and the curves of the measures. Draws what it is given and
knows no training. Import it late, as `plots`.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nodegraph.app.features.training.curves import Curve, value_now
from nodegraph.app.features.training.plots import DASHES, LivePlot, LossPlot, Sample, drawable
from nodegraph.app.platform import style
from nodegraph.app.widgets.plot import line_pen
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.training.evaluation import HELD_OUT, HELD_OUT_LOSS, title_of


class MeasurePlot(LivePlot):
    """Measures by step, each with a colour of its own; dashed for the held-out rows."""

    def __init__(self) -> None:
        super().__init__("training.measures", "Measures by step", "Measure")

    def show_measures(self, curves: Mapping[str, Curve], pens: Mapping[str, QPen]) -> None:
        """Draw these, and no others."""
        self.erase([name for name in self.lines if name not in curves])
        for name, curve in curves.items():
            self.draw(name, *drawable(*curve), pens[name])


class LossPage(QWidget):
    """The legend, and below it the two plots side by side, the second one while there are measures."""

    def __init__(self) -> None:
        super().__init__()
        self.loss = LossPlot()
        self.measures = MeasurePlot()
        self.legend = QWidget()
        self.entries: dict[str, tuple[Sample, Text]] = {}
        self.theme: Theme = LIGHT
        self._curves: tuple[Curve, Mapping[str, Curve]] | None = None
        self.entry_row = QHBoxLayout(self.legend)
        self.entry_row.setContentsMargins(style.px(6), 0, 0, 0)
        self.entry_row.setSpacing(style.px(4))
        self.entry_row.addStretch(1)
        plots = QHBoxLayout()
        plots.setSpacing(style.px(8))
        plots.addWidget(self.loss, 1)
        plots.addWidget(self.measures, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(2))
        column.addWidget(self.legend)
        column.addLayout(plots, 1)
        self.legend.hide()
        self.measures.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.loss.set_theme(theme)
        self.measures.set_theme(theme)
        if self._curves is not None:
            self.show_curves(*self._curves)

    def set_log(self, log: bool) -> None:
        """Draw powers of ten of the loss at equal distances, or not."""
        self.loss.set_log(log)

    def show_curves(self, loss: Curve, found: Mapping[str, Curve]) -> None:
        """Draw the loss, and what was found beside it by name; the legend stands where there is any."""
        self._curves = loss, found
        self.loss.show_losses(*loss, held_out=found.get(HELD_OUT_LOSS))
        measured = {name: curve for name, curve in found.items() if name != HELD_OUT_LOSS}
        pens = self._pens(found)
        self.measures.setVisible(bool(measured))
        self.legend.setVisible(bool(found))
        if measured:
            self.measures.show_measures(measured, pens)
        shown = {"loss": loss, **found} if HELD_OUT_LOSS in found else measured
        for name in [name for name in self.entries if name not in shown]:
            for part in self.entries.pop(name):
                self.entry_row.removeWidget(part)
                part.deleteLater()
        for name in shown:
            sample, text = self.entries.get(name) or self._entry(name)
            sample.pen = pens[name]
            sample.update()
            text.say(f"{title_of(name)} {value_now(shown, name)}".rstrip())

    def _entry(self, name: str) -> tuple[Sample, Text]:
        sample, text = Sample(), Text("dim")
        text.setObjectName(f"training.now.{name}")
        text.setWordWrap(False)
        text.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Fixed)
        place = self.entry_row.count() - 1
        self.entry_row.insertWidget(place, sample)
        self.entry_row.insertWidget(place + 1, text)
        self.entries[name] = sample, text
        return sample, text

    def _pens(self, found: Mapping[str, Curve]) -> dict[str, QPen]:
        """Returns the pen of each curve: a measure has its colour, and is dashed on held-out rows."""
        theme, ratio = self.theme, self.devicePixelRatioF()
        inks = (theme.positive, theme.pointer, theme.forward, theme.text)
        pens = {"loss": line_pen(theme.accent, 2, ratio)}
        measures = [name for name in found if not name.startswith(HELD_OUT)]
        for place, name in enumerate(measures):
            pens[name] = line_pen(inks[place % len(inks)], 2, ratio)
            pens[HELD_OUT + name] = line_pen(inks[place % len(inks)], 2, ratio, Qt.PenStyle.DashLine)
        pens[HELD_OUT_LOSS] = line_pen(theme.negative, 2, ratio, DASHES[1])
        return pens
