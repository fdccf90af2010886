"""What the window says over the canvas: refusals, failures, questions, and what was done. Knows the stage,
and who speaks only by its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from nodegraph.app.workspace.stage import Stage

SAID_FOR_MS = 2500
"""How long the word that something was done stays."""


class Messages(QObject):
    """One message at a time. A question stays until it is answered, or until there is worse to tell."""

    dismissed = Signal()
    """A message was taken away, and no question was open."""
    put_off = Signal()
    """A question was dismissed without an answer."""
    save_wanted = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.is_asking = False
        """Whether what is shown is a question."""
        self._timer = QTimer(self, singleShot=True, interval=SAID_FOR_MS)
        self._timer.timeout.connect(self._forget)
        stage.banner.dismissed.connect(self._follow_dismissal)

    def tell_refusal(self, sentence: str) -> None:
        """Say why something was not done."""
        self.is_asking = False
        self.stage.tell(sentence)

    def tell_note(self, sentence: str) -> None:
        """Say what a person should know of something that was done."""
        self.is_asking = False
        self.stage.tell(sentence)

    def tell_failure(self, sentence: str) -> None:
        """Say that something went wrong."""
        self.is_asking = False
        self.stage.tell(sentence, is_error=True)

    def ask(self, sentence: str, buttons: Sequence[QPushButton]) -> None:
        """Ask, and stay until one of the buttons answers."""
        self.is_asking = True
        self.stage.tell(sentence, buttons=buttons)

    def settle(self) -> None:
        """The question has its answer."""
        self.is_asking = False
        self.stage.banner.hide()

    def clear(self) -> None:
        """Take a message away that is settled; a question stays."""
        if not self.is_asking:
            self.stage.banner.dismiss()

    def dismiss(self) -> bool:
        """Take a message away as the person wishes; False where there is none, or a question."""
        if self.stage.banner.isHidden() or self.is_asking:
            return False
        self.stage.banner.dismiss()
        return True

    def say_for_a_while(self, sentence: str) -> None:
        """Say in the corner what was done."""
        self.stage.say_hint(sentence)
        self._timer.start()

    def tell_escaped(self, summary: str, details: str) -> None:
        """Say that there is a fault in the program, and what can be done now."""
        save, copy = QPushButton("&Save As…"), QPushButton("&Copy details")
        save.clicked.connect(self.save_wanted)
        copy.clicked.connect(partial(self._copy_details, details))
        sentence = f"Something went wrong, and your work is still here. ({summary})"
        self.is_asking = False
        self.stage.tell(sentence, is_error=True, buttons=(save, copy))

    def _copy_details(self, details: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(details)

    def _forget(self) -> None:
        self.stage.say_hint("")

    def _follow_dismissal(self) -> None:
        (self.put_off if self.is_asking else self.dismissed).emit()
