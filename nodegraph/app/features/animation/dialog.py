"""The dialog of an animation: what it is to be like, and how long and large that is. Writes nothing."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nodegraph.app.features.animation.options import AnimationOptions, Chosen
from nodegraph.app.platform import style
from nodegraph.app.platform.bit_by_bit import FEW_EDGES, BitByBit
from nodegraph.app.widgets.dialog import Dialog, buttons_of
from nodegraph.canvas import picture
from nodegraph.canvas.animation import schedule
from nodegraph.canvas.animation.film import evened
from nodegraph.canvas.animation.training_film import strip_below
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items.figure_parts import FigurePart
from nodegraph.core.bits import Bits
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import setup_of

ASK_DELAY_MS = 120
MEASURING = "Measuring the pictures …"
CARRIES = {
    ".gif": "A GIF has 256 colours, plays nearly everywhere and opens again as the graph.",
    ".webp": "A WebP has every colour and is small. It opens again as the graph, but hardly any program that "
    "writes it again leaves the graph in it.",
    ".apng": "An APNG has every colour and plays in browsers. It opens again as the graph.",
    ".mp4": "An MP4 plays in slides and on sites for videos. It opens again as the graph, where no site has "
    "encoded it anew.",
}


class AnimationDialog(Dialog):
    """Choose what an animation is like, then Export…"""

    export_requested = Signal()

    def __init__(
        self, graph: Graph, trace: Trace, options: PictureOptions, *, can_train: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("animation")
        self.setWindowTitle("Export as an animation")
        self.graph, self.trace, self.picture_options = graph, trace, options
        self.form = AnimationOptions(options.theme, can_train=can_train)
        self.told = QLabel(wordWrap=True, objectName="animation.told")
        self.note = QLabel(wordWrap=True, objectName="animation.note")
        self.export_button = QPushButton("&Export…", default=True)
        self.close_button = QPushButton("Cl&ose", autoDefault=False)
        self._delay = QTimer(self, singleShot=True, interval=ASK_DELAY_MS)
        self._delay.timeout.connect(self._begin)
        self._measuring = BitByBit(self, self._tell_size, self._tell_refusal)
        self.finished.connect(self._delay.stop)
        self.finished.connect(self._measuring.stop)
        self._lay_out()
        self.form.changed.connect(self._delay.start)
        self.export_button.clicked.connect(self.export_requested)
        self.close_button.clicked.connect(self.reject)
        if graph.edge_count <= FEW_EDGES:
            self.refresh()
        else:
            self._begin()

    def _lay_out(self) -> None:
        layout = self.column()
        layout.addWidget(self.form)
        layout.addWidget(self.told)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addLayout(buttons_of(self.close_button, self.export_button))
        self.setMinimumWidth(style.px(430))

    @property
    def chosen(self) -> Chosen:
        """What was chosen."""
        return self.form.chosen(self.picture_options)

    def refresh(self) -> None:
        """Tell how long and how large it will be, or why it cannot be made."""
        self._begin()
        self._measuring.finish()

    def _begin(self) -> None:
        """Begin to measure the pictures anew."""
        style.set_role(self.note, "dim")
        self.note.setText(CARRIES[self.form.kind.suffix])
        if not self.told.text():
            self.told.setText(MEASURING)
        self._measuring.begin(_size(self.graph, self.trace, self.chosen))

    def _tell_size(self, size: tuple[int, int]) -> None:
        style.set_role(self.told, "plain")
        self.told.setText(self._words(*size))
        self.export_button.setEnabled(True)

    def _tell_refusal(self, sentence: str) -> None:
        style.set_role(self.told, "refusal")
        self.told.setText(sentence)
        self.export_button.setEnabled(False)

    def _words(self, width: int, height: int) -> str:
        pace = self.form.pace
        if self.form.shows_training:
            timing = schedule.of_training(setup_of(self.graph).steps, pace)
        else:
            timing = schedule.of_passes(len(self.trace.steps), pace)
        at_most = "at most " if self.form.shows_training else ""
        seconds = format_number(round(float(timing.total), 1))
        return f"<b>{width:,} × {height:,}</b> pixels, {at_most}{seconds} seconds"

    def refuse(self, sentence: str) -> None:
        """Say why the animation was not made or written."""
        style.set_role(self.note, "refusal")
        self.note.setText(sentence)


def _size(graph: Graph, trace: Trace, chosen: Chosen) -> Bits[tuple[int, int]]:
    """Width and height of the pictures. Refused where they cannot be made."""
    scene = yield from picture.making(graph, chosen.figure, None if chosen.shows_training else trace)
    options = chosen.options(scene)
    if chosen.shows_training:
        scene.addItem(FigurePart(scene, strip_below(scene)))
    area = picture.area_of(scene, options)
    refusal = picture.refusal_of(scene, area, options)
    if refusal:
        raise Refused(refusal)
    size = picture.pixels(area, options)
    return evened(size) if chosen.kind.is_even else size
