"""The question that is asked before unsaved work would go, in words that fit where the work came from. Saves
nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from nodegraph.app.document.document import Document
from nodegraph.core.graph.naming import listed

Button = QMessageBox.StandardButton


def question_about(document: Document) -> tuple[str, str]:
    """Returns the question about a document with unsaved changes, and what happens if they are not saved."""
    title = document.title
    if document.path is not None:
        return (
            f"Save the changes to “{title}”?",
            "Without saving, the changes made since it was last saved are lost.",
        )
    if document.example is not None:
        return (
            f"Keep your copy of the example “{document.example.title}”?",
            "You have changed it. Saving makes a file of your own; the example itself stays as it is.",
        )
    return (
        f"Save “{title}” to a file?",
        "It is in no file yet. Without saving, it is lost.",
    )


def _with_pending(
    otherwise: str, document: Document, pending: Sequence[str], unfinished: Sequence[str]
) -> str:
    """What happens otherwise, with what is not in the document yet."""
    said = [otherwise] if document.is_modified or not pending else []
    if whole := [words for words in pending if words not in unfinished]:
        said.append(f"Without saving, {listed(whole)} {'is' if len(whole) == 1 else 'are'} lost.")
    if unfinished:
        words, they_are = listed(list(unfinished)), "it is" if len(unfinished) == 1 else "they are"
        cannot = f"cannot be saved before {they_are} finished: cancel to do so."
        said.append(f"{words[:1].upper()}{words[1:]} {cannot}")
    return " ".join(said)


def ask_to_save(
    document: Document, parent: QWidget, pending: Sequence[str] = (), unfinished: Sequence[str] = ()
) -> QMessageBox.StandardButton:
    """Ask whether to save, to discard, or to stay; returns the button.

    `pending` names what is not in the document yet, `unfinished` what of it cannot be saved as it stands.
    """
    question, otherwise = question_about(document)
    otherwise = _with_pending(otherwise, document, pending, unfinished)
    box = QMessageBox(parent)
    box.setObjectName("unsaved")
    box.setWindowTitle("Unsaved changes")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(f"<b>{escape(question)}</b>")
    box.setInformativeText(otherwise)
    box.setStandardButtons(Button.Save | Button.Discard | Button.Cancel)
    save = "&Save" if document.path is not None else "&Save As…"
    for button, text in ((Button.Save, save), (Button.Discard, "&Discard"), (Button.Cancel, "&Cancel")):
        box.button(button).setText(text)  # Qt's own words have no Alt keys on every system
    box.setDefaultButton(Button.Save)
    box.setEscapeButton(Button.Cancel)
    return Button(box.exec())
