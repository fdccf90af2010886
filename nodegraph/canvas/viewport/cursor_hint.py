"""A word beside the cursor while a gesture runs: what a release would do, or why it would do nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from nodegraph.canvas.drawing.theme import Theme, font
from nodegraph.canvas.pictures.kept_widget import KeptWidget
from nodegraph.core.quoting import quoted


class CursorHint(QLabel):
    """A small label over the canvas that never takes the mouse."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._kept = KeptWidget(self)
        self._look: tuple[Theme, bool, float] | None = None
        self._said: tuple[str, object] | None = None
        self.hide()

    def say(
        self, sentence: str, place: QPoint, theme: Theme, refused: bool = False, scale: float = 1.0
    ) -> None:
        """Show a sentence near a place of the viewport, inside its bounds, in type of this scale; "" hides
        the label.
        """
        if not sentence:
            self.hide()
            return
        self._write(sentence, theme, refused, scale)
        canvas = self.parentWidget().rect()
        left = min(place.x() + 18, canvas.right() - self.width() - 8)
        top = min(place.y() + 20, canvas.bottom() - self.height() - 8)
        self.move(max(8, left), max(8, top))
        if self.isHidden():
            self.show()
            self.raise_()

    def _write(self, sentence: str, theme: Theme, refused: bool, scale: float) -> None:
        """Take over what is said; a style sheet, which takes longest, only where it is another."""
        look = theme, refused, scale
        if look != self._look:
            self._look = look
            ink, ground = (theme.danger, theme.danger_back) if refused else (theme.text, theme.panel)
            rim = theme.danger if refused else theme.line
            self.setStyleSheet(
                f"color: {ink}; background: {ground}; border: 1px solid {rim};"
                " border-radius: 6px; padding: 4px 8px;"
            )
            self.setFont(font(12 * scale))
        if (sentence, look) != self._said:
            self._said = sentence, look
            self.setText(("⊘ " if refused else "") + quoted(sentence))
            self.adjustSize()
            self._kept.forget()
