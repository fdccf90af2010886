"""The list of presets in the export dialog, with what saves, renames and deletes them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QMessageBox, QToolButton, QWidget

from nodegraph.app.features.export.presets import Presets
from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.errors import Refused
from nodegraph.core.quoting import quoted

OWN = "Own"
"""What stands there while the fields are no preset's."""


class PresetBar(QWidget):
    """Chooses a preset by name."""

    chosen = Signal(str)
    save_requested = Signal()
    refused = Signal(str)

    def __init__(self, presets: Presets) -> None:
        super().__init__()
        self.presets = presets
        self.box = Choice.of("export.preset", "Preset", {})
        self.button = QToolButton(text="⋯", objectName="export.preset_menu", accessibleName="Presets")
        self.button.setToolTip("Save, rename or delete a preset")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        menu.addAction("&Save as Preset…", self.save_requested.emit)
        self.rename_action = menu.addAction("&Rename…", self._rename)
        self.delete_action = menu.addAction("&Delete", self._delete)
        menu.aboutToShow.connect(self._follow)
        self.button.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        layout.addWidget(self.box, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.box)
        self._fill(OWN)
        self.box.activated.connect(self._choose)

    def _fill(self, name: str) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            for one in (OWN, *self.presets.names()):
                self.box.addItem(one, one)
            self.box.setCurrentIndex(max(0, self.box.findData(name)))

    @property
    def name(self) -> str:
        """The preset that is chosen, or `OWN`."""
        return str(self.box.currentData())

    def show_own(self) -> None:
        """The fields are no preset's any more."""
        self.show_name(OWN)

    def show_name(self, name: str) -> None:
        """The fields are this preset's."""
        self.box.setCurrentIndex(max(0, self.box.findData(name)))

    def save(self, options: PictureOptions) -> None:
        """Ask for a name, and save options by it."""
        own = self.name if self.presets.is_own(self.name) else ""
        name = self.ask_name("Save as Preset", own)
        if name is not None and (name == own or self.may_replace(name)):
            self._attempt(lambda: self.presets.save(name, options))

    def may_replace(self, name: str) -> bool:
        """Whether no preset has this name, or the person gives the one that has it up."""
        if not self.presets.is_own(" ".join(name.split())):
            return True
        asked = f"There is a preset “{quoted(name)}” already. Replace it?"
        return QMessageBox.question(self, "Save as Preset", asked) == QMessageBox.StandardButton.Yes

    def ask_name(self, title: str, name: str) -> str | None:
        """Returns the name that a person types, or None."""
        typed, is_given = QInputDialog.getText(self, title, "Name of the preset", text=name)
        return typed if is_given else None

    def _choose(self) -> None:
        if self.name != OWN:
            self.chosen.emit(self.name)

    def _follow(self) -> None:
        for action in (self.rename_action, self.delete_action):
            action.setEnabled(self.presets.is_own(self.name))

    def _rename(self) -> None:
        name = self.ask_name("Rename Preset", self.name)
        if name is not None:
            self._attempt(lambda: self.presets.rename(self.name, name))

    def _delete(self) -> None:
        def delete() -> str:
            self.presets.delete(self.name)
            return OWN

        self._attempt(delete)

    def _attempt(self, act) -> None:
        try:
            self._fill(act())
        except Refused as refusal:
            self._fill(self.name)
            self.refused.emit(str(refusal))
