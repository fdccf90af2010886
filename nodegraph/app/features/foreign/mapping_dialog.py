"""The dialog before a graph of another program is taken: which operation each of its words means, changeable.
Hands over what was chosen; takes nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.dialog import Dialog, buttons_of
from nodegraph.app.widgets.text import Text
from nodegraph.core.graph.records import LEAVES
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.quoting import quoted
from nodegraph.formats.foreign.networks import Mapped

MOST_ROWS = 60
"""Words that are shown; those that nobody knows stand first."""
LONGEST_WORD = 40
WIDTH_PX, HEIGHT_PX = 620, 460
ROOM_PX = 10
"""Room around a list in its row."""
HEAD = ("Says", "Nodes", "Taken for")
UNKNOWN = {"": "Choose an operation…"}


class MappingDialog(Dialog):
    """Shows each word with the operation that it is taken for; then Open, or Insert into what is open."""

    changed = Signal()
    """A word means something else now."""
    taken = Signal(bool)
    """The graph is to be taken as it is now: inserted, or opened."""

    def __init__(
        self, name: str, mapped: Sequence[Mapped], parent: QWidget | None = None, *, may_insert: bool
    ) -> None:
        super().__init__(parent)
        self.setObjectName("foreign")
        self.setWindowTitle(f"Open {quoted(name)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.mapped = sorted(mapped, key=lambda one: (bool(one.op), -one.count))
        self.choices: dict[str, Choice] = {}
        """The lists by which words can be changed."""
        self.table = self._table()
        self.sentence = Text()
        self.sentence.setObjectName("foreign.sentence")
        self.keep_lines(self.sentence)
        self.reset_button = _button("reset", "&As Read", "Take every word for what it was taken for at first")
        self.insert_button = _button("insert", "&Insert", "Add it to the open graph, as one step of undo")
        self.insert_button.setVisible(may_insert)
        self.cancel_button = _button("cancel", "&Cancel", "Leave what is open as it is")
        self.open_button = _button("open", "&Open", "Open it as a graph of its own")
        self.open_button.setDefault(True)
        self._lay_out()
        self.reset_button.clicked.connect(self.reset)
        self.insert_button.clicked.connect(partial(self._take, True))
        self.open_button.clicked.connect(partial(self._take, False))
        self.cancel_button.clicked.connect(self.reject)

    def _table(self) -> QTableWidget:
        shown = self.mapped[:MOST_ROWS]
        table = QTableWidget(len(shown), len(HEAD))
        table.setObjectName("foreign.words")
        table.setAccessibleName("What each word is taken for")
        table.setHorizontalHeaderLabels(HEAD)
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from list to list
        table.setTabKeyNavigation(False)
        for row, one in enumerate(shown):
            word = quoted(one.word)
            short = word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"
            table.setItem(row, 0, QTableWidgetItem(short))
            table.setItem(row, 1, QTableWidgetItem(f"{one.count:,}"))
            if one.op in LEAVES:
                table.setItem(row, 2, QTableWidgetItem(OPERATIONS[one.op].title))
                continue
            choice = self._choice(one, short)
            self.choices[one.word] = choice
            table.setCellWidget(row, 2, _within(choice))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        high = max((choice.sizeHint().height() for choice in self.choices.values()), default=0)
        rows = table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(high, style.px(28)) + style.px(ROOM_PX))
        return table

    def _choice(self, one: Mapped, word: str) -> Choice:
        titles = {name: op.title for name, op in OPERATIONS.items() if not op.is_leaf}
        entries = titles if one.op else UNKNOWN | titles
        choice = Choice.of(f"foreign.{one.word}", f"{word} is taken for", entries, one.op)
        choice.currentIndexChanged.connect(self.changed)
        return choice

    def _lay_out(self) -> None:
        buttons = self.cancel_button, self.insert_button, self.open_button
        layout = self.column()
        layout.addWidget(self.table, 1)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons_of(*buttons, left=[self.reset_button]))
        self.resize(style.px(WIDTH_PX), style.px(HEIGHT_PX))

    # --- what was chosen
    def given(self) -> Mapping[str, str]:
        """Returns the operation of each word that means another one than it was read as."""
        read = {one.word: one.op for one in self.mapped}
        chosen = {word: str(choice.currentData()) for word, choice in self.choices.items()}
        return {word: op for word, op in chosen.items() if op and op != read[word]}

    def unknown(self) -> list[str]:
        """Returns the words that mean nothing yet."""
        given = self.given()
        return [one.word for one in self.mapped if not one.op and one.word not in given]

    def reset(self) -> None:
        """Take every word for what it was taken for at first."""
        for one in self.mapped:
            if one.word in self.choices:
                choice = self.choices[one.word]
                choice.setCurrentIndex(choice.findData(one.op))

    def _take(self, inserts: bool, _checked: bool = False) -> None:
        self.taken.emit(inserts)

    # --- telling
    def say(self, sentence: str) -> None:
        """Say what would be taken, which can be."""
        self._tell(sentence, "plain")

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be taken so."""
        self._tell(sentence, "refusal")

    def _tell(self, sentence: str, role: str) -> None:
        style.set_role(self.sentence, role)
        self.sentence.say(sentence)
        for button in (self.open_button, self.insert_button):
            button.setEnabled(role == "plain")
        self.reset_button.setEnabled(bool(self.given()))


def _within(choice: Choice) -> QWidget:
    """A list with room around it."""
    cell = QWidget()
    layout = QVBoxLayout(cell)
    layout.setContentsMargins(style.px(6), 0, style.px(6), 0)
    layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
    return cell


def _button(name: str, title: str, tip: str) -> QPushButton:
    button = QPushButton(title, autoDefault=False)
    button.setObjectName(f"foreign.{name}")
    button.setToolTip(tip)
    return button
