"""The loss of a training, and what is measured beside it: a legend with the numbers as they are now, the
curve of the loss and that of the held-out rows, and the curves of the measures. Draws what it is given and
knows no training. Import it late, as `plots`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nodegraph.app.features.training.curves import Curve, Curves
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
        self._curves: Curves | None = None
        self.entry_grid = QGridLayout(self.legend)
        self.entry_grid.setContentsMargins(style.px(6), 0, 0, 0)
        self.entry_grid.setHorizontalSpacing(style.px(6))
        self.entry_grid.setVerticalSpacing(0)
        plots = QHBoxLayout()
        plots.setSpacing(style.px(8))
        plots.addWidget(self.loss, 1)
        plots.addWidget(self.measures, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(2))
        column.addWidget(self.legend)
        column.addLayout(plots, 1)
        # else the page would be as wide as the legend is now, whatever room there is
        self.legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.legend.hide()
        self.measures.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.loss.set_theme(theme)
        self.measures.set_theme(theme)
        if self._curves is not None:
            self.show_curves(self._curves)

    def set_log(self, log: bool) -> None:
        """Draw powers of ten of the loss at equal distances, or not."""
        self.loss.set_log(log)

    def show_curves(self, curves: Curves) -> None:
        """Draw the loss, and what was found beside it; the legend stands where there is any."""
        self._curves, found = curves, curves.found
        self.loss.name_vertical(title_of("loss", curves.measured))
        self.loss.show_losses(*curves.loss, found.get(HELD_OUT_LOSS), curves.kept_step)
        measured = {name: curve for name, curve in found.items() if name != HELD_OUT_LOSS}
        pens = self._pens(found)
        self.measures.setVisible(bool(measured))
        self.legend.setVisible(bool(found))
        if measured:
            self.measures.show_measures(measured, pens)
        shown = ["loss", *found] if HELD_OUT_LOSS in found else list(measured)
        gone = [name for name in self.entries if name not in shown]
        for name in gone:
            for part in self.entries.pop(name):
                part.deleteLater()
        for name in shown:
            sample, text = self.entries.get(name) or self._entry(name)
            sample.pen = pens[name]
            sample.update()
            text.say(f"{title_of(name, curves.measured)} {curves.told(name)}".rstrip())
        self._place_entries(shown)

    def _place_entries(self, names: Sequence[str]) -> None:
        """Put the legend into as many columns as there is room for."""
        if not names:
            return
        columns = len(names)
        while columns > 1 and self._width_in(columns, names) > self.width():
            columns -= 1
        for place, name in enumerate(names):
            row, column = divmod(place, columns)
            for at, part in enumerate(self.entries[name]):
                self.entry_grid.addWidget(part, row, 2 * column + at)
        for column in range(self.entry_grid.columnCount()):
            self.entry_grid.setColumnStretch(column, 0)
        self.entry_grid.setColumnStretch(2 * columns, 1)

    def _width_in(self, columns: int, names: Sequence[str]) -> int:
        """How wide the legend is in so many columns."""
        pairs = (self.entries[name] for name in names)
        widths = [sample.minimumWidth() + text.sizeHint().width() for sample, text in pairs]
        gaps = 2 * columns * self.entry_grid.horizontalSpacing() + self.entry_grid.contentsMargins().left()
        return sum(max(widths[column::columns]) for column in range(columns)) + gaps

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the legend takes two rows."""
        super().resizeEvent(event)
        self._place_entries(list(self.entries))

    def _entry(self, name: str) -> tuple[Sample, Text]:
        sample, text = Sample(), Text("dim")
        text.setObjectName(f"training.now.{name}")
        text.setWordWrap(False)
        text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
