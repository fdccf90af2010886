"""The export dialog: which picture of the graph, and what it will look like. Makes the picture through the
canvas's own painter; where it goes (a file, the clipboard) the caller decides by what is asked.
"""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.canvas import picture
from nodegraph.canvas.drawing.edge_kinds import KINDS, EdgeStyle
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, LABELS, MOST_DIGITS, USUAL, Wording
from nodegraph.canvas.exporters import Exporter
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph

PREVIEW_DELAY_MS = 120
WHOLE_LOOK = 0.65
"""The scale from which a picture shows all that it shows at any larger one."""
MOST_PREVIEWED = 3_000_000
"""Pixels of a preview that is drawn larger than it is shown."""
COLOURS = {"light": "Light", "dark": "Dark", "contrast": "High contrast"}
DIGITS = {"": "As usual"} | {str(count): str(count) for count in range(FEWEST_DIGITS, MOST_DIGITS + 1)}
CARRIES = (
    "A PNG, SVG, PDF or TikZ file carries its graph: opened or dropped here, it becomes the graph again."
)


class Preview(QWidget):
    """The picture, as large as there is room, on a chequered ground where it is transparent."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(style.px(320), style.px(240))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")
        self.image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show this picture; a null one shows nothing."""
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fit the picture into the middle."""
        if self.image.isNull():
            return
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipRect(left, top, size.width(), size.height())
            painter.drawTiledPixmap(left, top, size.width(), size.height(), _chequers())
            painter.drawImage(self.rect().adjusted(left, top, -left, -top), self.image)


def _chequers() -> QPixmap:
    tile = QPixmap(16, 16)
    tile.fill(Qt.GlobalColor.white)
    with QPainter(tile) as painter:
        painter.fillRect(0, 0, 8, 8, Qt.GlobalColor.lightGray)
        painter.fillRect(8, 8, 8, 8, Qt.GlobalColor.lightGray)
    return tile


class ExportDialog(QDialog):
    """Choose the part, the step, the scale and the look; then Export… or Copy."""

    export_requested = Signal()
    copy_requested = Signal()

    def __init__(
        self,
        graph: Graph,
        frame: Frame,
        selection: list[str],
        theme: Theme,
        parent: QWidget | None = None,
        wording: Wording = USUAL,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setWindowTitle("Export as a picture")
        self.graph, self.shown_frame, self.selection = graph, frame, frozenset(selection)
        self.text_scale, self.wording = 1.0, wording
        self.preview = Preview()
        self.part = Choice.of(
            "export.part", "Part", {"whole": "Whole graph", "selection": f"Selection ({len(selection)})"}
        )
        self.part.model().item(1).setEnabled(bool(selection))  # type: ignore[attr-defined]
        self.step = Choice.of("export.step", "Step", _steps_to_show(frame))
        self.scale = QSpinBox(
            minimum=1, maximum=8, value=2, suffix="×", accessibleName="Scale", objectName="export.scale"
        )
        self.look = Choice.of("export.colours", "Colours", COLOURS, theme.name)
        self.labels, self.digits = _wording_choices(wording)
        self.kind, self.arrowheads = _edge_choices()
        self.transparent = QCheckBox("T&ransparent background", objectName="export.transparent")
        self.margin = QSpinBox(minimum=0, maximum=400, value=24, singleStep=8, accessibleName="Margin")
        for spin in (self.scale, self.margin):  # the style sheet's padding does not reach inside
            spin.lineEdit().setTextMargins(style.px(6), 0, 0, 0)
        self.size_label = QLabel(wordWrap=True, objectName="export.size")
        self.note = QLabel(CARRIES, wordWrap=True)
        style.set_role(self.note, "dim")
        self.export_button = QPushButton("&Export…", default=True)
        self.copy_button, self.cancel_button = _plain_button("Cop&y to Clipboard"), _plain_button("C&lose")
        self._delay = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._delay.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(style.px(14))
        form.setVerticalSpacing(style.px(9))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            ("&Part", self.part), ("S&tep", self.step), ("&Scale", self.scale), ("&Colours", self.look),
            ("Ed&ges", self.kind), ("Edge la&bels", self.labels), ("&Digits", self.digits),
        )  # fmt: skip
        for text, field in rows:
            form.addRow(text, field)
        form.addRow("&Margin", self.margin)
        form.addRow("", self.arrowheads)
        form.addRow("", self.transparent)
        side = QVBoxLayout()
        side.setSpacing(style.px(12))
        side.addLayout(form)
        side.addWidget(self.size_label)
        side.addWidget(self.note)
        side.addStretch(1)
        left = QWidget()
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        left.setFixedWidth(max(style.px(290), form.minimumSize().width()))
        top = QHBoxLayout()
        top.setSpacing(style.px(20))
        top.addWidget(left)
        top.addWidget(self.preview, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel_button, self.copy_button, self.export_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(20), style.px(18), style.px(20), style.px(16))
        layout.setSpacing(style.px(16))
        layout.addLayout(top, 1)
        layout.addLayout(buttons)
        self.resize(style.px(900), style.px(520))

    def _connect(self) -> None:
        for box in (self.part, self.step, self.look, self.kind, self.labels, self.digits):
            box.currentIndexChanged.connect(self._soon)
        for spin in (self.scale, self.margin):
            spin.valueChanged.connect(self._soon)
        for box in (self.arrowheads, self.transparent):
            box.toggled.connect(self._soon)
        self.export_button.clicked.connect(self.export_requested)
        self.copy_button.clicked.connect(self.copy_requested)
        self.cancel_button.clicked.connect(self.reject)

    # --- what was chosen
    @property
    def options(self) -> PictureOptions:
        """The picture's options as they stand."""
        return PictureOptions(
            scale=float(self.scale.value()),
            theme=self.look.currentData(),
            transparent=self.transparent.isChecked(),
            margin=float(self.margin.value()),
            nodes=self.selection if self.part.currentData() == "selection" else None,
            highlight=self.step.currentData() == "shown",
            text_scale=self.text_scale,
            wording=replace(
                self.wording,
                labels=self.labels.currentData(),
                digits=int(self.digits.currentData() or 0) or None,
            ),
            edges=EdgeStyle(self.kind.currentData(), self.arrowheads.isChecked()),
        )

    @property
    def frame(self) -> Frame:
        """The frame of the step that was chosen."""
        trace = self.shown_frame.trace
        return {
            "shown": self.shown_frame,
            "start": trace.frame(0),
            "forward": trace.frame(trace.forward_steps),
            "backward": trace.last_frame,
        }[self.step.currentData()]

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
        self.note.setText(f"{sentence} {CARRIES}")

    # --- the preview
    def _soon(self) -> None:
        self._delay.start()

    def refresh(self) -> None:
        """Draw the preview and tell the size, or why the picture cannot be made."""
        refusal = picture.why_not(self.graph, self.options)
        self.export_button.setEnabled(refusal is None)
        self.copy_button.setEnabled(refusal is None)
        style.set_role(self.size_label, "refusal" if refusal else "plain")
        if refusal:
            self.size_label.setText(refusal)
            self.preview.show_image(QImage())
            return
        width, height = picture.pixel_size(self.graph, self.options)
        self.size_label.setText(f"<b>{width:,} × {height:,}</b> pixels")
        try:
            image = picture.render(self.graph, self.frame, self._preview_options(width, height))
            self.preview.show_image(_within(image, self.preview.size() * self.devicePixelRatioF()))
        except Refused as refused:
            self.size_label.setText(str(refused))

    def _preview_options(self, width: int, height: int) -> PictureOptions:
        """The same picture at a scale that just fills the preview, but not so small that cards and chips
        would leave anything out; the preview then shrinks it.
        """
        options = self.options
        room = self.preview.size() * self.devicePixelRatioF()
        share = min(room.width() / width, room.height() / height, 1.0)
        largest = options.scale * math.sqrt(MOST_PREVIEWED / (width * height))
        scale = max(options.scale * share, min(WHOLE_LOOK, options.scale, largest))
        return replace(options, scale=max(scale, 0.01))

    def sizeHint(self) -> QSize:
        """Roomy."""
        return QSize(style.px(900), style.px(520))


def _within(image: QImage, room: QSize) -> QImage:
    """The picture, made smaller where it is larger than the room."""
    if image.width() <= room.width() and image.height() <= room.height():
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)


def _plain_button(text: str) -> QPushButton:
    return QPushButton(text, autoDefault=False)


def _edge_choices() -> tuple[Choice, QCheckBox]:
    kinds = Choice.of("export.edges", "Edges", dict(KINDS))
    return kinds, QCheckBox("Arro&wheads", objectName="export.arrowheads", checked=True)


def _wording_choices(wording: Wording) -> tuple[Choice, Choice]:
    labels = Choice.of("export.labels", "Edge labels", dict(LABELS), wording.labels)
    labels.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    labels.setMinimumContentsLength(1)  # else its longest entry takes the room of the words beside it
    labels.view().setMinimumWidth(labels.view().sizeHintForColumn(0) + style.px(24))
    return labels, Choice.of("export.digits", "Digits", DIGITS, str(wording.digits or ""))


def _steps_to_show(frame: Frame) -> dict[str, str]:
    return {
        "shown": f"As shown ({_where(frame)})",
        "start": "Start, without numbers",
        "forward": "After the forward pass",
        "backward": "After the backward pass",
    }


def _where(frame: Frame) -> str:
    return f"step {frame.position} of {_steps(frame.trace)}"


def _steps(trace: Trace) -> int:
    return len(trace.steps)
