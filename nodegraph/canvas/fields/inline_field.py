"""What all fields that open on the canvas do alike: take the text once, or leave things as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change

if TYPE_CHECKING:
    from nodegraph.canvas.fields.host import FieldHost


COMES_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Why the focus goes and comes back by itself: while a menu is open, or another window is in front."""


class InPlace:
    """One half of a field; the other is the Qt widget it is typed into, which comes after it as a base."""

    view: FieldHost
    before: str
    closing = False
    _kind = _look = ""
    _size_px = 0

    # --- what each kind of field says
    def corner(self) -> QPointF | None:
        """Where the thing that it edits is now; None once that is gone."""
        raise NotImplementedError

    def typed(self) -> str:
        """What stands in it."""
        raise NotImplementedError

    def take(self, text: str) -> None:
        """Ask for what was typed, or raise Refused."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Say why the text cannot be taken."""
        self.view.hint.emit(sentence)

    def is_taken_by(self, event: QKeyEvent) -> bool:
        """Whether this press of Enter takes the text."""
        return True

    # --- what all do
    def show_in(self, kind: str, ground: str, further: str) -> None:
        """Show it in the theme's colours, with the focus."""
        theme = self.view.graph_scene.theme
        self._look = (
            f"color: {theme.text}; background: {ground}; border: 2px solid {theme.accent};"
            f" selection-background-color: {theme.accent}; selection-color: {theme.card}; {further}"
        )
        self._kind = kind
        self._restyle()
        self.show()
        self.setFocus()

    def write_at(self, size_px: float) -> None:
        """Let letters have this size. A style sheet has the last word on it: `setFont` would do nothing."""
        if round(size_px) != self._size_px:
            self._size_px = round(size_px)
            self._restyle()

    def _restyle(self) -> None:
        if self._kind:
            self.setStyleSheet(f"{self._kind} {{ {self._look} font-size: {self._size_px}px; }}")

    def commit(self) -> bool:
        """Take the text, or say why not. Returns whether it was taken."""
        if self.closing or self.view.field is not self:
            return True
        text = self.typed()
        try:
            if text != self.before:
                self.take(text)
        except Refused as refusal:
            self.refuse(str(refusal))
            return False
        self.view.close_field()
        return True

    def leave(self) -> None:
        """Take the text if it is right, else leave things as they were."""
        if not self.commit():
            self.view.close_field()

    def escape(self) -> None:
        """Leave things as they were, whatever was typed."""
        self.view.close_field()

    # --- unsaved work
    def pending_work(self) -> str:
        """Returns what was typed and is not taken yet, in words."""
        return f"what is typed into “{self.accessibleName()}”" if self.typed() != self.before else ""

    def pending_change(self) -> Change | None:
        """Returns the change that taking it would make; None where it cannot be taken as it stands."""
        raise NotImplementedError

    def put_in(self) -> bool:
        """Take the text, or say why not."""
        return self.commit()

    def close_quietly(self) -> None:
        """Go away for good."""
        self.closing = True
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif entered and self.is_taken_by(event):
            self.commit()  # and the key goes no further: the canvas would open the field again
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the text, and the canvas has the focus."""
        if self.closing:  # hidden, Qt looks for another widget that takes the focus
            return bool(super().focusNextPrevChild(forward))  # type: ignore[misc]
        self.commit()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.closing and event.reason() not in COMES_BACK and self.isVisible():
            self.leave()
