"""The stage as a class sees it: the picture over the data, and below it what else is shown of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from nodegraph.app.features.training_stage.feed import Feed
from nodegraph.app.features.training_stage.legend import Legend
from nodegraph.app.features.training_stage.portrait import Portrait
from nodegraph.app.features.training_stage.words import axes_titles, described, title_of_other
from nodegraph.app.platform import lazy_plotting, style
from nodegraph.canvas.drawing.theme import LIGHT, Theme

SHARE = 0.5
"""Of the height, for the picture."""
MARGIN_PX = 18
LETTERS = 1.4
"""How much larger than usual the legend's letters are."""

if TYPE_CHECKING:
    from nodegraph.app.features.training_stage.plots import StagePlot


class PresentedStage(QFrame):
    """Follows the feed while it is to be seen."""

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self.setObjectName("presented_stage")
        self.setAccessibleName("Stage")
        self.feed = feed
        self.below: QWidget | None = None
        self.theme: Theme = LIGHT
        self.picture: StagePlot | None = None
        self.legend = Legend(LETTERS)
        self.legend.setParent(self)
        feed.shown.connect(self._show)
        lazy_plotting.when_ready(self, self._make_picture)
        self.hide()

    def hold(self, below: QWidget) -> None:
        """Show this below the picture."""
        self.below = below
        below.setParent(self)
        below.show()

    def _make_picture(self) -> None:
        from nodegraph.app.features.training_stage.plots import StagePlot

        self.picture = StagePlot("presented_stage.picture")
        self.picture.setParent(self)
        self.picture.show()
        self._place()
        self.set_theme(self.theme)
        self._show_newest()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.legend.set_theme(theme)
        if self.picture is not None:
            self.picture.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Portraits are made as long as somebody looks."""
        super().showEvent(event)
        self.feed.look(self, True)
        self._show_newest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.feed.look(self, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture has its share of the height, whatever is below would like best."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put picture, legend and what is below one below the other."""
        margin, gap = style.px(MARGIN_PX), style.px(6)
        width, height = self.width() - 2 * margin, round(self.height() * SHARE)
        if self.picture is not None:
            self.picture.setGeometry(margin, margin, width, height)
        high = self.legend.heightForWidth(width)
        self.legend.setGeometry(margin, margin + height + gap, width, high)
        top = margin + height + gap + high
        if self.below is not None:
            self.below.setGeometry(0, top, self.width(), max(0, self.height() - top))

    def _show_newest(self) -> None:
        if self.feed.portrait is not None:
            self._show(self.feed.portrait)

    def _show(self, portrait: Portrait) -> None:
        sketch, graph = portrait.sketch, self.feed.document.graph
        if not self.isVisible() or sketch is None or self.picture is None:
            return
        if all(i in graph for i in (*sketch.axes, *(it.node for it in sketch.answers))):
            self.legend.show_sketch(sketch, graph, title_of_other(portrait))
            self._place()
            self.picture.show_portrait(portrait, axes_titles(sketch, graph))
            self.picture.setAccessibleName(described(sketch, graph))
