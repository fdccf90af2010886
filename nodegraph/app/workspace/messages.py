"""What the window says over the canvas: refusals, failures, questions, and what was done. A message leaves
with its cause: a refusal as soon as a person has gone on, a failure once that has succeeded. Knows the stage,
and who speaks only by its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from nodegraph.app.widgets.dialog import Dialog
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
        self._cause: object = None
        """What the failure that is shown came from."""
        self._is_passing = False
        """Whether what is shown leaves as soon as a person goes on."""
        self._passes_soon = QTimer(self, singleShot=True, interval=0)
        """What a person did when the message came is no going on."""
        self._passes_soon.timeout.connect(self._let_pass)

    @property
    def is_telling(self) -> bool:
        """Whether a message is shown that asks nothing."""
        return not self.stage.banner.isHidden() and not self.is_asking

    def tell_refusal(self, sentence: str) -> None:
        """Say why something was not done."""
        self._tell(sentence)
        self._passes_soon.start()

    def tell_note(self, sentence: str) -> None:
        """Say what a person should know of something that was done."""
        self._tell(sentence)
        self._passes_soon.start()

    def tell_failure(self, sentence: str, cause: object = None) -> None:
        """Say that something went wrong; `forget` of the same cause takes that away."""
        self._tell(sentence, is_error=True)
        self._cause = cause

    def report(self, failed: SignalInstance, done: SignalInstance) -> None:
        """Show the failures of a part, each until its next success, and its successes for a while."""
        cause = object()
        failed.connect(partial(self._tell_failure_of, cause))
        done.connect(partial(self._tell_success_of, cause))

    def _tell_failure_of(self, cause: object, sentence: str) -> None:
        self.tell_failure(sentence, cause)

    def _tell_success_of(self, cause: object, sentence: str) -> None:
        self.forget(cause)
        self.say_for_a_while(sentence)

    def forget(self, cause: object) -> None:
        """What went wrong of this cause goes well now."""
        if cause is not None and cause is self._cause:
            self.clear()

    def go_on(self, *_what: object) -> None:
        """Remove a refusal once the person has done something else."""
        if self._is_passing:
            self.clear()

    def _let_pass(self) -> None:
        self._is_passing = not self.is_asking

    def _tell(self, sentence: str, *, is_error: bool = False, buttons: Sequence[QPushButton] = ()) -> None:
        self.is_asking, self._is_passing, self._cause = False, False, None
        self._passes_soon.stop()
        self.stage.tell(sentence, is_error=is_error, buttons=buttons)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Dialog) and dialog.parentWidget() is self.stage.window():
            dialog.show_message(sentence, is_error=is_error)

    def ask(self, sentence: str, buttons: Sequence[QPushButton]) -> None:
        """Ask, and stay until one of the buttons answers."""
        self._tell(sentence, buttons=buttons)
        self.is_asking = True

    def settle(self) -> None:
        """The question has its answer."""
        self.is_asking = False
        self.stage.banner.put_away()

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
        """Say below the canvas what was done."""
        self.stage.say_hint(sentence)
        self._timer.start()

    def say(self, sentence: str) -> None:
        """Say something below the canvas until there is something else to say."""
        self._timer.stop()
        self.stage.say_hint(sentence)

    def tell_escaped(self, summary: str, details: str) -> None:
        """Say that there is a fault in the program, and what can be done now."""
        save, copy = QPushButton("&Save As…"), QPushButton("&Copy details")
        save.clicked.connect(self.save_wanted)
        copy.clicked.connect(partial(self._copy_details, details))
        sentence = f"Something went wrong, and your work is still here. ({summary})"
        self._tell(sentence, is_error=True, buttons=(save, copy))

    def _copy_details(self, details: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(details)

    def _forget(self) -> None:
        self.stage.say_hint("")

    def _follow_dismissal(self) -> None:
        (self.put_off if self.is_asking else self.dismissed).emit()
