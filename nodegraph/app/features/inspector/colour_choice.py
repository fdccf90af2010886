"""The colour of one node or of several, to choose; and the labels beside such fields. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from nodegraph.app.platform import icons, style
from nodegraph.app.widgets.choice import Choice
from nodegraph.core.graph.annotations import COLOURS, shade

NONE, MIXED = "None", "Mixed"


class ColourChoice(Choice):
    """None, the named colours, and any other that a file has given the nodes."""

    chosen = Signal(str)
    """The colour that a person chose; "" for none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Colour")
        self.setToolTip("Tint the card, to set it apart from others")
        self.setPlaceholderText(MIXED)
        self.addItem(NONE, "")
        for colour in COLOURS:
            self.addItem(icons.swatch(shade(colour)), colour.capitalize(), colour)
        self.activated.connect(self._choose)

    def show_colours(self, colours: Collection[str]) -> None:
        """Show the colour that all have, or that they are mixed."""
        colour = next(iter(colours)) if len(colours) == 1 else None
        if colour is not None and self.findData(colour) < 0:
            self.addItem(icons.swatch(colour), colour, colour)
        self.setCurrentIndex(-1 if colour is None else self.findData(colour))

    def _choose(self, place: int) -> None:
        self.chosen.emit(str(self.itemData(place)))


def label_of(text: str) -> QLabel:
    """Returns the quiet word at the left of a field."""
    label = QLabel(text)
    style.set_role(label, "dim")
    label.setMinimumWidth(style.px(64))
    return label
