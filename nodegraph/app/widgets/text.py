"""Small pieces the panels are made of: selectable text, headings, lines, and a field that can refuse. They
show what they are given and know nothing of graphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.canvas.fields.redo_key import redo_by_ctrl_y
from nodegraph.core.aloud import aloud
from nodegraph.core.operations.equations import LATEX_SIGNS
from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import WORD, Line, as_html

JOINER = "\u2060"
"""Keeps a derivative such as ∂L/∂a on one line."""
MAY_BREAK = "\u200b"
"""Where a word that is longer than a line may go on in the next."""
LONGEST_WHOLE, LONGEST_PART = 18, 24
"""Characters of a word, and of a part of a longer one, up to which it is kept whole: a narrow panel has lines
of about so many, and no number is longer than such a part.
"""

Names: TypeAlias = Callable[[str], Line | None]
"""Returns how a word is drawn that is the name of a node, None for any other word."""
_WORD = re.compile(rf"<[^>]*>|&#?\w+;|{WORD}")
_LONG = re.compile(rf"<[^>]*>|&#?\w+;|[^\s<&]{{{LONGEST_WHOLE + 1},}}")
_PART = re.compile(r"[^_/]*[_/]*")
_LETTER = re.compile(r".[\u0300-\u036f]*")
"""A letter with its accents."""


def no_names(_word: str) -> Line | None:
    """Know no names."""
    return None


def with_names(html: str, names: Names) -> str:
    """Returns HTML with the names in its text typeset."""
    return _WORD.sub(lambda found: _typeset_word(found[0], names), html)


def _typeset_word(word: str, names: Names) -> str:
    line = None if word[0] in "<&" else names(word)
    return word if line is None else as_html(line)


def with_breaks(html: str) -> str:
    """Returns HTML whose long words may go on in the next line: behind _ and /, and in a part between these
    that is long itself anywhere.
    """
    return _LONG.sub(lambda found: found[0] if found[0][0] in "<&" else _with_breaks(found[0]), html)


def _with_breaks(word: str) -> str:
    parts = filter(None, _PART.findall(word.replace(JOINER, "")))
    return MAY_BREAK.join(
        part if len(part) <= LONGEST_PART else MAY_BREAK.join(_LETTER.findall(part)) for part in parts
    )


def without_breaks(text: str) -> str:
    """Returns text that was selected in a label as it is to be copied."""
    return text.replace(JOINER, "").replace(MAY_BREAK, "")


class Text(QLabel):
    """Rich text that wraps and can be selected; read aloud as `plain`."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.plain = ""
        self.names: Names = no_names
        """What words of it are names to be typeset."""
        if role:
            style.set_role(self, role)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show a menu as that of any label."""
        menu = self.own_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def own_menu(self) -> QMenu:
        """Returns the menu, which copies no marks at which lines may break, as Qt's own would."""
        menu = QMenu(self)
        menu.addAction("&Copy", self.copy_selected).setEnabled(self.hasSelectedText())
        menu.addAction("Select &All", lambda: self.setSelection(0, len(self.text())))
        return menu

    def copy_selected(self) -> None:
        """Copy what is selected, as it reads."""
        QGuiApplication.clipboard().setText(without_breaks(self.selectedText()))

    def say(self, plain: str, html: str = "") -> None:
        """Show this text, and hide where there is none."""
        self.plain = plain = quoted(plain, keep="\n")
        html = quoted(html, keep="\n" + JOINER) or escape(plain)
        self.setText(with_breaks(with_names(html, self.names)))
        self.setAccessibleName(aloud(plain))
        if plain and self.parent() is None:
            # Shown now it would be a window of its own for a moment; who lays it out shows it, unless hidden.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.setVisible(bool(plain))


def tip(text: str) -> str:
    """Returns a tooltip that shows this text as it stands, whatever signs it holds."""
    shown = quoted(text, keep="\n")
    return f"<span>{escape(shown)}</span>" if "<" in shown else shown


def menu_text(text: str) -> str:
    """Returns what a menu or a button shows for this text: in it an & alone would mark a key."""
    return quoted(text).replace("&", "&&")


def section(text: str) -> QLabel:
    """A small heading above a part of a panel."""
    label = QLabel(text.upper())
    label.setAccessibleName(text)
    style.set_role(label, "section")
    return label


def line() -> QFrame:
    """A thin line between parts."""
    made = QFrame()
    style.set_role(made, "line")
    return made


_SIGN = re.compile(f" ([{''.join(LATEX_SIGNS)}]) ")


def formula_html(text: str, ink: str = "") -> str:
    """A chain of equations with each further = on a line of its own, the last result in bold."""
    text = text.replace("/∂", f"/{JOINER}∂")
    first_side, *rest = _SIGN.split(text)
    sides = list(zip(rest[::2], rest[1::2], strict=True))
    lines = [escape(first_side)]
    for place, (sign, side) in enumerate(sides):
        is_result = bool(ink) and place == len(sides) - 1
        told = f'<b style="color:{ink}">{escape(side)}</b>' if is_result else escape(side)
        if place == 0:
            lines[0] += f" {sign} {told}"
        else:
            lines.append(f"{sign} {told}")
    hang = "margin-left:16px; text-indent:-16px; margin-top:0px; margin-bottom:3px"
    first = f'<p style="{hang}">{lines[0]}</p>'
    rest = "".join(
        f'<p style="margin-left:32px; text-indent:-16px; margin-top:0px; margin-bottom:3px">{one}</p>'
        for one in lines[1:]
    )
    return first + rest


def column(parent: QWidget, widgets: Sequence[QWidget], spacing: int = 6) -> QVBoxLayout:
    """A layout that stacks widgets, without margins."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.px(spacing))
    for widget in widgets:
        layout.addWidget(widget)
    return layout


class Field(QLineEdit):
    """A line of text that is offered on Enter or on leaving, and stays as typed where it is refused.

    Esc brings back what counts now. `refusal` is the label beside it.
    """

    offered = Signal(str)
    stepped = Signal(int)
    """Up or Down: by how many units."""

    def __init__(self, role: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.refusal = Text("refusal")
        self.refusal.hide()
        self._role = role
        self._counts = ""
        style.set_role(self, role)
        redo_by_ctrl_y(self)
        if role != "name":
            point_by_keypad(self)
        if role == "name":  # it lies flush with the text below it
            self.setTextMargins(-2, 0, 0, 0)
        self.editingFinished.connect(self._offer)
        self.textEdited.connect(self._accept)

    def show_value(self, text: str, *, forced: bool = False) -> None:
        """Show what counts now, unless somebody is typing."""
        self._counts = text
        if forced or not self.isModified():
            self._accept()
            if self.text() != text:
                self.setText(text)
                self.setCursorPosition(0)
            self.setModified(False)

    def refuse(self, sentence: str) -> None:
        """Leave the text and say why it cannot be taken."""
        self.refusal.say(sentence)
        style.set_role(self, "refused")
        QTimer.singleShot(0, self.refusal, self._reveal)  # when it has been laid out

    def _reveal(self) -> None:
        """Scroll to what is said of the text, which may stand some fields below."""
        area = self.refusal.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.refusal.isVisible():
            area.ensureWidgetVisible(self.refusal, 0, style.px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed; Up and Down step."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_value(self._counts, forced=True)
            self.selectAll()
            self.textEdited.emit(self._counts)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        self.refusal.say("")
        style.set_role(self, self._role)

    def _offer(self) -> None:
        if not self.isModified():
            return
        if self.text() == self._counts:
            self.show_value(self._counts, forced=True)
        else:
            self.offered.emit(self.text())
