"""The export dialog: what figure of the graph, and what it will look like. Makes the picture through the
canvas's own painter; where it goes (a file, the clipboard, another program) the caller decides.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.export.figure_form import FigureForm
from nodegraph.app.features.export.preset_bar import PresetBar
from nodegraph.app.features.export.presets import Presets
from nodegraph.app.features.export.preview import Preview
from nodegraph.app.features.export.steps import frame_of, steps_to_show
from nodegraph.app.platform import style
from nodegraph.app.platform.bit_by_bit import FEW_EDGES, BitByBit
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.dialog import Dialog, buttons_of
from nodegraph.app.widgets.format_choice import format_choice
from nodegraph.canvas import picture
from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.canvas.figure import READABLE_POINTS, SCREEN_DPI, PictureOptions
from nodegraph.canvas.picture import Proof
from nodegraph.core.bits import Bits
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.formats.carriers import CARRIERS

PREVIEW_DELAY_MS = 120
DRAWING = "Drawing the preview …"
MOST_PREVIEWED = 4_000
"""Pixels of a side of the preview in its actual size."""
CARRIES = (
    "A PNG, SVG, PDF, HTML or TikZ file carries its graph: opened or dropped here, it is the graph again."
)

NOT_SHOWN = "Only the step that is shown is marked"
CARRIES_NOTHING = "A DOT or Mermaid file does not open again as the graph; keep the document beside it."


class ExportDialog(Dialog):
    """Choose the part, the step and what the figure is like; then Export… or Copy."""

    animation_wanted = Signal(str)
    """Another dialog is wanted: that of an animation in the format of this ending."""
    export_requested = Signal()
    copy_requested = Signal()
    drag_requested = Signal()

    def __init__(
        self,
        graph: Graph,
        frame: Frame,
        selection: list[str],
        options: PictureOptions,
        presets: Presets,
        suffix: str = ".png",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setWindowTitle("Export as a picture")
        self.graph, self.shown_frame, self.selection = graph, frame, frozenset(selection)
        self.preview, self.form = Preview(), FigureForm(options)
        self.presets = PresetBar(presets)
        self.format = format_choice("export.format", suffix)
        self.part = Choice.of(
            "export.part", "Part", {"whole": "Whole graph", "selection": f"Selection ({len(selection)})"}
        )
        self.part.model().item(1).setEnabled(bool(selection))  # type: ignore[attr-defined]
        self.step = Choice.of("export.step", "Step", steps_to_show(frame))
        self.actual_size = QCheckBox("&Actual size", objectName="export.actual_size")
        self.actual_size.setToolTip("Show the picture pixel for pixel, and scroll it where it is larger")
        self.size_label = QLabel(wordWrap=True, objectName="export.size")
        self.type_label = QLabel(wordWrap=True, objectName="export.type")
        self.note = QLabel(self._carries, wordWrap=True)
        style.set_role(self.note, "dim")
        self.export_button = QPushButton("E&xport…", default=True)
        self.copy_button, self.cancel_button = _plain_button("Cop&y to Clipboard"), _plain_button("Clo&se")
        self._delay = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._drawing = BitByBit(self, self._show, self._show_refusal)
        self._lay_out()
        self._connect()
        self._let_fields_rest()
        self._order_tabs()
        self._draw_first()

    def _lay_out(self) -> None:
        rows = (
            ("&Format", self.format), ("&Preset", self.presets), ("Part", self.part), ("S&tep", self.step)
        )  # fmt: skip
        for place, (text, field) in enumerate(rows):
            self.form.form.insertRow(place, text, field)
        side = QVBoxLayout()
        side.setSpacing(style.px(6))
        side.addWidget(self.form)
        side.addStretch(1)
        left = QWidget()
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        left.setFixedWidth(max(style.px(310), self.form.minimumSizeHint().width()))
        right = QVBoxLayout()
        right.setSpacing(style.px(6))
        right.addWidget(self.preview, 1)
        under = QHBoxLayout()
        under.addWidget(self.size_label, 1)
        under.addWidget(self.actual_size)
        right.addLayout(under)
        right.addWidget(self.type_label)
        right.addWidget(self.note)
        top = QHBoxLayout()
        top.setSpacing(style.px(20))
        top.addWidget(left)
        top.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(12))
        layout.setSpacing(style.px(12))
        layout.addLayout(top, 1)
        layout.addLayout(buttons_of(self.cancel_button, self.copy_button, self.export_button))
        self.resize(self.sizeHint())

    def _order_tabs(self) -> None:
        """Let the keyboard go down the fields as they stand, then to the preview, last to the buttons."""
        fields = (
            self.format,
            self.presets.box,
            self.presets.button,
            self.part,
            self.step,
            *self.form.fields,
            self.preview,
            self.actual_size,
            self.cancel_button,
            self.copy_button,
            self.export_button,
        )
        for one, other in pairwise(fields):
            self.setTabOrder(one, other)
        self.format.setFocus()

    def _connect(self) -> None:
        self.part.currentIndexChanged.connect(self._tell_what_it_carries)
        for box in (self.part, self.step):
            box.currentIndexChanged.connect(self._soon)
        self.step.currentIndexChanged.connect(self._let_fields_rest)
        self.format.currentIndexChanged.connect(self._take_format)
        self._delay.timeout.connect(self._begin)
        self.finished.connect(self._delay.stop)
        self.finished.connect(self._drawing.stop)
        self.form.changed.connect(self._soon)
        self.form.changed.connect(self.presets.show_own)
        self.actual_size.toggled.connect(self._soon)
        self.presets.chosen.connect(self._take_preset)
        self.presets.save_requested.connect(self._save_preset)
        self.presets.refused.connect(self.refuse)
        self.preview.drag_requested.connect(self.drag_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.copy_button.clicked.connect(self.copy_requested)
        self.cancel_button.clicked.connect(self.reject)

    def _take_format(self) -> None:
        if self.format.currentData() in ANIMATIONS:
            self.animation_wanted.emit(self.format.currentData())
            return
        self._tell_what_it_carries()
        self._let_fields_rest()
        self._soon()

    def _tell_what_it_carries(self) -> None:
        style.set_role(self.note, "dim")
        self.note.setText(self._carries)

    def _let_fields_rest(self) -> None:
        exporter = self.exporter
        self.actual_size.setVisible(exporter.is_sized)
        nothing = f"Means nothing for {exporter.called or exporter.title}"
        ignored = {} if self.step.currentData() == "shown" else {"show highlight": NOT_SHOWN}
        self.form.set_ignored(ignored | dict.fromkeys(exporter.ignores, nothing))

    def _take_preset(self, name: str) -> None:
        options = self.presets.presets.options(name)
        if options is not None:
            self.form.show_options(options)
            self.presets.show_name(name)

    def _save_preset(self) -> None:
        if self.form.why_not():
            self.refuse(self.form.why_not())
            return
        self.presets.save(self.form.options())

    # --- what was chosen
    @property
    def exporter(self) -> Exporter:
        """The format that is chosen."""
        return EXPORTERS.get(self.format.currentData(), next(iter(EXPORTERS.values())))

    @property
    def options(self) -> PictureOptions:
        """The picture's options as they are seen to stand; those that the format leaves out are as usual, in
        whatever format it is then written. Refused where what was typed is no width.
        """
        options = self.exporter.counted(self.form.options())
        return replace(
            options,
            nodes=self.nodes,
            highlight=options.highlight and self.step.currentData() == "shown",
        )

    @property
    def nodes(self) -> frozenset[str] | None:
        """The nodes that are drawn; None for the whole graph."""
        return self.selection if self.part.currentData() == "selection" else None

    @property
    def frame(self) -> Frame:
        """The frame of the step that was chosen."""
        return frame_of(self.step.currentData(), self.shown_frame)

    def written(self, exporter: Exporter) -> bytes:
        """The picture as a file of a format. Raises Refused where it cannot be made."""
        return exporter.write(self.graph, self.frame, self.options)

    def image(self) -> QImage:
        """The picture. Raises Refused where it cannot be made."""
        return picture.render(self.graph, self.frame, self.options)

    # --- what came of it
    def refuse(self, sentence: str) -> None:
        """Say why the picture was not made or written."""
        style.set_role(self.note, "refusal")
        self.note.setText(sentence)

    def tell(self, sentence: str) -> None:
        """Say what was done."""
        style.set_role(self.note, "dim")
        self.note.setText(f"{sentence} {self._carries}")

    @property
    def _carries(self) -> str:
        """Whether a file of the format that is chosen opens again as the graph, and what it leaves out."""
        does = any(self.format.currentData() == carrier.suffix for carrier in CARRIERS)
        left_out = self.exporter.left_out(self.graph, self.nodes)
        return (f"{left_out}. " if left_out else "") + (CARRIES if does else CARRIES_NOTHING)

    # --- the preview
    def _soon(self) -> None:
        self._delay.start()

    def refresh(self) -> None:
        """Draw the preview and tell the size, or why the picture cannot be made."""
        self._begin()
        self._drawing.finish()

    def _draw_first(self) -> None:
        """Draw the preview of a small graph at once, that of another once the dialog is seen."""
        self.size_label.setText(DRAWING)
        if self.graph.edge_count <= FEW_EDGES:
            self.refresh()

    def _begin(self) -> None:
        """Begin to draw the preview anew."""
        if self.preview.image.isNull():
            style.set_role(self.size_label, "plain")
            self.size_label.setText(DRAWING)
        self._drawing.begin(self._drawn())

    def _drawn(self) -> Bits[tuple[PictureOptions, Proof]]:
        """Draw the preview. Returns the options as they were for it; Refused where it cannot be made."""
        options, in_pixels = self.options, "scale" not in self.exporter.ignores
        previewed = options if in_pixels else replace(options, scale=1.0, dpi=SCREEN_DPI)
        if not self.exporter.is_sized:
            previewed = replace(previewed, width=None)
        drawn = self.graph, self.frame, previewed, self._room()
        proof = yield from picture.proofing(*drawn, in_pixels=in_pixels)
        return options, proof

    def _show(self, drawn: tuple[PictureOptions, Proof]) -> None:
        options, proof = drawn
        for button in (self.export_button, self.copy_button):
            button.setEnabled(True)
        style.set_role(self.size_label, "plain")
        self.size_label.setText(self._size_in_words(options, *proof.size))
        self._tell_type(proof)
        self.preview.show_image(proof.image)

    def _size_in_words(self, options: PictureOptions, width: int, height: int) -> str:
        exporter = self.exporter
        if not exporter.is_sized:
            if "margin" in exporter.ignores and options.width is None:
                return "Its size, and where nodes lie, is up to what shows it"
            if options.width is None:
                return "Its size is up to what shows it"
            return f"<b>{options.width.inches(None) * 2.54:.1f}</b> cm wide; what shows it places the nodes"
        if "scale" in exporter.ignores:
            across, down = (side / SCREEN_DPI * 2.54 for side in (width, height))
            return f"<b>{across:.1f} × {down:.1f}</b> cm"
        return f"<b>{width:,} × {height:,}</b> pixels"

    def _room(self) -> tuple[int, int]:
        room = self.preview.room()
        is_actual = self.actual_size.isChecked() and self.exporter.is_sized
        self.preview.let_scroll(is_actual)
        if is_actual:
            return MOST_PREVIEWED, MOST_PREVIEWED
        return max(1, room.width()), max(1, room.height())

    def _show_refusal(self, sentence: str) -> None:
        for button in (self.export_button, self.copy_button):
            button.setEnabled(False)
        style.set_role(self.size_label, "refusal")
        self.size_label.setText(sentence)
        self.type_label.setText("")
        self.preview.show_image(QImage())

    def _tell_type(self, proof: Proof) -> None:
        if proof.wider is None:
            style.set_role(self.type_label, "dim")
            is_known = proof.points > 0 and self.exporter.is_sized
            self.type_label.setText(f"Smallest type {proof.points:.1f} pt" if is_known else "")
            return
        style.set_role(self.type_label, "refusal")
        self.type_label.setText(
            f"⚠ Smallest type {proof.points:.1f} pt, hard to read in print: {READABLE_POINTS:g} pt needs a "
            f"width of {proof.wider}"
        )

    def sizeHint(self) -> QSize:
        """Roomy, and within a low screen."""
        return QSize(style.px(980), style.px(620))

    def resizeEvent(self, event) -> None:
        """Draw the preview for its new room."""
        super().resizeEvent(event)
        self._soon()

    def showEvent(self, event) -> None:
        """Draw the preview for the room that it has."""
        super().showEvent(event)
        self._soon()


def _plain_button(text: str) -> QPushButton:
    return QPushButton(text, autoDefault=False, cursor=Qt.CursorShape.ArrowCursor)
