"""The sheet of all keys and mouse gestures, made from the commands; here keys are changed, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.commands.menus import MENUS, places
from nodegraph.app.commands.shortcuts import Shortcuts
from nodegraph.app.platform import announcer, style
from nodegraph.app.widgets.dialog import Dialog, buttons_of
from nodegraph.app.widgets.named_headings import name_headings
from nodegraph.app.widgets.rows import Cell, Rows

GESTURES = (
    ("Add an operation or a formula", "Double-click the empty canvas"),
    ("Connect", "Drag from a port to a port"),
    ("Connect to a new operation", "Drop the edge on the empty canvas"),
    ("Move an edge, or take it off", "Drag its end; drop it on the empty canvas"),
    ("Move all edges of an output", "Ctrl and drag from the output"),
    ("Bend an edge, or straighten it", "Double-click it, or a bend of it"),
    ("Move a bend", "Drag it; Alt or Ctrl off the grid"),
    ("Cut edges", "Ctrl and drag with the right button"),
    ("Put a node into an edge", "Drop it on the edge; Alt or Ctrl only moves it"),
    ("Move off the grid", "Hold Alt, or Ctrl once the drag has begun"),
    ("Move a group", "Drag its title; double-click it to rename"),
    ("Collapse or expand a group", "Click the arrow before its title"),
    ("Connect to a node in a collapsed group", "Drop the edge on the group's card"),
    (
        "Put a node into a group, or take it out",
        "Drop it in or out of the box; Alt or Ctrl only moves it",
    ),
    ("Write a note, resize it", "Double-click it; drag its corner"),
    ("Change a number", "Drag on it, or double-click it; Enter"),
    ("Rename", "Double-click the name; F2"),
    ("Select", "Click; drag a box; Shift adds"),
    ("Pan", "Middle button; Space and drag"),
    ("Zoom", "Wheel, at the pointer; pinch"),
    ("Cancel a gesture", "Esc, or the right button"),
)
ON_THE_CANVAS = (
    ("To the next node", "Arrow keys"),
    ("Extend the selection", "Shift and arrow keys"),
    ("Move the selection", "Ctrl and arrow keys"),
    ("Resize a note", "Ctrl, Shift and arrow keys"),
    ("To another bend of the edge", "Left and right"),
    ("Edit the selected node", "Enter"),
    ("Type the next number, or the one before", "Tab, Shift and Tab in the field of a number"),
    ("Add an operation or a formula", "Tab"),
    ("Leave the canvas", "F6; Shift and Tab"),
)
PRESENTING = (
    ("Step on", "PgDn; Right; Space; a clicker"),
    ("Step back", "PgUp; Left"),
    ("First and last", "Home; End"),
    ("Darken the screen", "B; any key brings it back"),
    ("Back to work", "Esc; F5"),
)
ID_ROLE = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
HOW = "Double-click a row, or press Enter on it, to choose other keys."
_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
)  # fmt: skip


class Recorder(QLineEdit):
    """Takes the next key with its modifiers; Esc leaves it."""

    recorded = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(placeholderText="Press the new keys")
        self.setObjectName("shortcuts.recorder")
        self.setAccessibleName("Press the new keys; Esc leaves them as they are")
        self.setReadOnly(True)

    def event(self, event: QEvent) -> bool:
        """Every key is meant for this field, Tab and shortcuts included."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is no modifier ends it."""
        if event.key() in _MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return
        text = stroke(event)
        self.setText(QKeySequence(text).toString(QKeySequence.SequenceFormat.NativeText))
        self.recorded.emit(text)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def stroke(event: QKeyEvent) -> str:
    """The key in Qt's portable words; a sign that takes Shift to type, such as ?, stands for itself."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = event.text()
    if sign.isprintable() and len(sign) == 1 and not sign.isalnum() and sign != " ":
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    keys = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


class KeyTable(QTreeView):
    """The table of keys, with a heading above the keys of each menu; Enter asks to change the current row."""

    change_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        name_headings(self)
        self.setObjectName("shortcuts.rows")
        self.setAccessibleName("Keys and gestures")
        self.held = Rows(self, ("What", "Keys"))
        self.setModel(self.held)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)

    def show_sections(self, sections: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
        """Show these rows below their headings."""
        head: dict[int, object] = {Qt.ItemDataRole.FontRole: _bold(self.font())}
        rows: list[Sequence[Cell]] = []
        spans = []
        for title, below in sections.items():
            spans.append(len(rows))
            rows += [(Cell(title, head, HEADING), Cell("", {}, HEADING)), *below]
        self.held.show(rows)
        for row in spans:
            self.setFirstColumnSpanned(row, QModelIndex(), True)

    def places(self) -> Iterator[tuple[int, range]]:
        """Each heading's row, with the rows below it."""
        count = len(self.held.rows)
        heads = [row for row in range(count) if self.held.rows[row][0].flags == HEADING]
        for head, end in zip(heads, [*heads[1:], count], strict=True):
            yield head, range(head + 1, end)

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.held.index(row, 0))

    def is_hidden(self, row: int) -> bool:
        """Whether a search has left out a row."""
        return self.isRowHidden(row, QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the row, not for the dialog's button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.change_wanted.emit()
        else:
            super().keyPressEvent(event)


class ShortcutsDialog(Dialog):
    """All keys at a glance."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle("Keyboard and mouse")
        self.shortcuts = shortcuts
        self._wanted = ""
        self.search = QLineEdit(placeholderText="Search what it does, or a key", clearButtonEnabled=True)
        self.search.setAccessibleName("Search keys")
        self.rows = KeyTable()
        self.told = QLabel(HOW, wordWrap=True)
        self.told.setObjectName("shortcuts.told")
        style.set_role(self.told, "dim")
        self.recorder = Recorder()
        self.recorder.setFixedWidth(style.px(180))
        self.take = QPushButton("&Use It Here Instead")
        self.remove = QPushButton("&No Keys")
        self.reset = QPushButton("&Reset")
        self.reset_all = QPushButton("Reset &All")
        self.close_button = QPushButton("&Close", default=True)
        self._lay_out()
        self._fill()
        self._stop_recording()
        self.search.textChanged.connect(self._filter)
        self.rows.doubleClicked.connect(self.record)
        self.rows.change_wanted.connect(self.record)
        self.rows.selectionModel().currentRowChanged.connect(self._follow_row)
        self.recorder.recorded.connect(self._offer)
        self.recorder.left.connect(self._stop_recording)
        self.take.clicked.connect(self._take_over)
        self.remove.clicked.connect(self._remove)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)
        self.close_button.clicked.connect(self.accept)
        self.shortcuts.changed.connect(self._show_keys)
        self.rows.choose(1)
        self._follow_row()
        self.rows.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(18), style.px(16), style.px(18), style.px(16))
        layout.setSpacing(style.px(10))
        layout.addWidget(self.search)
        layout.addWidget(self.rows, 1)
        line = QHBoxLayout()
        line.addWidget(self.told, 1)
        line.addWidget(self.recorder)
        line.addWidget(self.take)
        layout.addLayout(line)
        layout.addLayout(buttons_of(self.close_button, left=(self.remove, self.reset, self.reset_all)))
        self.resize(style.px(620), style.px(640))

    # --- rows
    def _fill(self) -> None:
        known = self.shortcuts.commands
        sections: dict[str, list[tuple[Cell, Cell]]] = {menu.plain_title: [] for menu in MENUS}
        for place in places(known):
            sections[place.menu.plain_title].append(self._row(place.id))
        fixed = (
            ("Keys on the canvas", ON_THE_CANVAS), ("While presenting", PRESENTING),
            ("With the mouse", GESTURES),
        )  # fmt: skip
        for title, rows in fixed:
            sections[title] = [(Cell(what), Cell(keys)) for what, keys in rows]
        self.rows.show_sections(sections)

    def _row(self, name: str) -> tuple[Cell, Cell]:
        """The row of a command with its keys; those that somebody has changed stand in bold."""
        command = self.shortcuts.commands[name]
        roles = Qt.ItemDataRole
        changed: dict[int, object] = {
            roles.FontRole: _bold(self.rows.font()),
            roles.ToolTipRole: "Changed by you",
        }
        return (
            Cell(command.name, {ID_ROLE: name, roles.ToolTipRole: command.tooltip}),
            Cell("   ".join(self.shortcuts.shown(name)), changed if self.shortcuts.is_changed(name) else {}),
        )

    def row_of(self, name: str) -> int:
        """The row of a command."""
        return self.rows.held.column_of(ID_ROLE).index(name)

    def choose(self, name: str) -> None:
        """Make the row of a command the current one."""
        self.rows.choose(self.row_of(name))

    def keys_of(self, name: str) -> str:
        """The keys of a command as its row shows them."""
        return self.rows.held.rows[self.row_of(name)][1].text

    def _show_keys(self) -> None:
        for row, name in enumerate(self.rows.held.column_of(ID_ROLE)):
            if name:
                self.rows.held.put(row, self._row(name))
        self._follow_row()

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        shown = []
        for head, below in self.rows.places():
            found = [row for row in below if wanted in self._words(row)]
            for row in (head, *below):
                self.rows.setRowHidden(row, QModelIndex(), row not in found and not (row == head and found))
            shown += found
        if shown and self.rows.currentIndex().row() not in shown:
            self.rows.choose(shown[0])

    def _words(self, row: int) -> str:
        return " ".join(cell.text for cell in self.rows.held.rows[row]).casefold()

    def current(self) -> str:
        """The action of the current row; "" where the row is no action."""
        return self.rows.currentIndex().siblingAtColumn(0).data(ID_ROLE) or ""

    def _follow_row(self, _item: object = None, _before: object = None) -> None:
        name = self.current()
        self.remove.setEnabled(bool(name) and bool(self.shortcuts.of(name)))
        self.reset.setEnabled(bool(name) and self.shortcuts.is_changed(name))
        self.reset_all.setEnabled(self.shortcuts.any_changed)
        if not self.recorder.isHidden():
            self._stop_recording()

    # --- changing
    def record(self) -> None:
        """Wait for the new keys of the current row."""
        name = self.current()
        if not name:
            self._tell("This one cannot be changed.")
            return
        self._tell(f"New keys for “{self.shortcuts.commands[name].name}”:")
        self.recorder.clear()
        self.recorder.show()
        self.take.hide()
        self.recorder.setFocus()

    def _stop_recording(self) -> None:
        had_focus = self.recorder.hasFocus() or self.take.hasFocus()
        self.recorder.hide()
        self.take.hide()
        self._tell(HOW)
        if had_focus:
            self.rows.setFocus()

    def _offer(self, key: str) -> None:
        name = self.current()
        refusal = self.shortcuts.why_not(name, key)
        if refusal is None:
            self.shortcuts.set(name, [key])
            self._stop_recording()
            return
        self._wanted = key
        self.take.setVisible(self.shortcuts.holder(name, key) is not None)
        self._tell(refusal, refused=True)

    def _take_over(self) -> None:
        self.shortcuts.take_over(self.current(), self._wanted)
        self._stop_recording()

    def _remove(self) -> None:
        self.shortcuts.set(self.current(), [])

    def _reset(self) -> None:
        self.shortcuts.reset(self.current())

    def _reset_all(self) -> None:
        self.shortcuts.reset_all()

    def _tell(self, sentence: str, *, refused: bool = False) -> None:
        style.set_role(self.told, "refusal" if refused else "dim")
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        if refused:
            announcer.announce(self.told, sentence, urgent=True)
