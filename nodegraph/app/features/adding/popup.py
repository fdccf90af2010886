"""The quick-add popup: a search at the cursor that adds an operation or inserts a formula. Tells what is
wanted; adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from nodegraph.app.features.adding.operation_palette import (
    NO_OPERATION,
    OPERATION_ROLE,
    SYMBOL_ROLE,
    OperationDelegate,
)
from nodegraph.app.platform import announcer, style
from nodegraph.app.widgets import operation_text
from nodegraph.app.widgets.rows import Cell, Index
from nodegraph.app.widgets.search_popup import SearchPopup
from nodegraph.core.building.fragments import ALL_THERE
from nodegraph.core.building.search import rank
from nodegraph.core.building.typed_leaf import TypedLeaf
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.operations.catalogue import ARITIES, OPERATIONS, Operation

WIDTH_PX, ROWS = 300, 7
FORMULA = "="
"""The kind of the row that inserts a formula, where other rows hold an operation's name."""
FORMULA_SYMBOL = "ƒ"
LEAF, NODE = "leaf", "node"
"""The kinds of the rows that add the typed input or constant, and that connect the node of this name."""
NETWORKS = {
    "neuron": ("Neuron…", ("neuron",)),
    "layer": ("Layer…", ("layer",)),
    "mlp": ("Network (MLP)…", ("network", "mlp", "perceptron")),
}
"""The rows that ask for a network: their titles, and what is typed for them, by kind."""
NETWORK_SYMBOL = "…"
NO_TAKER = "No operation has this name, and only an operation can take this edge."
NO_FEEDER = (
    "No operation has this name. An operation, a number or a name can feed this input; a formula cannot."
)
"""What is said, also of numbers and formulas, where an edge ends loosely or is to have something on it."""
MOST_TOLD = 8
"""Nodes of a formula that are named."""
SURE = 4
"""Letters after which a network is meant rather than a new input, as one that is called *net*."""
CLOSE_MATCH = 3
"""An operation whose rank in the search is no worse stands before a new input of that name."""
_OPERATORS = re.compile(r"[=+\-*/^()×÷−]")
_NAMED = re.compile(r"\w")


@dataclass(frozen=True)
class Wish:
    """Where something is to be added: a place in the scene, and the loose end of an edge, if there is one.

    `source` is a node whose output the new one takes; `target` a port that its output fills; `between` an
    edge on which it is put. Where the keys asked, not the mouse, the place is only a proposal (`is_free`).
    """

    place: QPointF
    source: str | None = None
    target: EdgeKey | None = None
    is_free: bool = False
    between: EdgeKey | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing says yet what it is connected to."""
        return self.source is None and self.target is None and self.between is None


def is_formula(text: str) -> bool:
    """Whether a text reads as a formula rather than as an operation's name or symbol.

    >>> is_formula("x*w + b"), is_formula("*"), is_formula("1/x"), is_formula("mul"), is_formula("1,5")
    (True, False, False, False, True)
    """
    typed = text.strip()
    if any(typed in (operation.symbol, operation.name) for operation in OPERATIONS.values()):
        return False
    return bool(_OPERATORS.search(typed) and _NAMED.search(typed)) or typed[:1].isdigit()


def may_be_formula(text: str) -> bool:
    """Whether a text that no operation is called by is a formula or means to be one: √a, |a|, sin x, inf, a
    name that is there; not words alone, nor what is written of no formula's signs.

    >>> [may_be_formula(text) for text in ("√a", "|a|", "sin x", "x 3", "inf", "foo bar", "?", "")]
    [True, True, True, True, True, False, False, False]
    """
    words = text.split()
    if len(words) > 1 and all(word.isalpha() for word in words):
        return words[0] in ARITIES
    return bool(_NAMED.search(text))


def networks_meant(text: str) -> list[tuple[str, bool]]:
    """Returns the kinds of networks that a text may mean, and whether it can hardly mean anything else.

    >>> networks_meant("Netw"), networks_meant("net"), networks_meant("ne"), networks_meant("mlp")
    ([('mlp', True)], [('mlp', False)], [], [('mlp', True)])
    """
    typed = text.strip().lower()
    if len(typed) < 3:
        return []
    found = {kind: [w for w in words if w.startswith(typed)] for kind, (_title, words) in NETWORKS.items()}
    return [(kind, len(typed) >= SURE or typed in words) for kind, words in found.items() if words]


class QuickDelegate(OperationDelegate):
    """As in the palette, but the current row shows while the field has the focus."""

    def _paint_operation(
        self, painter: QPainter, rect: object, state: QStyle.StateFlag, index: Index
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            state |= QStyle.StateFlag.State_HasFocus
        super()._paint_operation(painter, rect, state & ~QStyle.StateFlag.State_MouseOver, index)  # type: ignore[arg-type]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are alike."""
        return QSize(120, style.px(28))


class QuickAdd(SearchPopup):
    """The popup at the cursor; its last line says what Enter will do."""

    operation_wanted = Signal(str, object)
    """An operation's name, and the Wish."""
    formula_wanted = Signal(str, object)
    """A formula that reads well, and the Wish."""
    leaf_wanted = Signal(object, object)
    """A TypedLeaf, and the Wish."""
    node_wanted = Signal(str, object)
    """The name of a node that is there, and the Wish."""
    network_wanted = Signal(str)
    """A kind of network."""
    draft_changed = Signal(str)
    """The text that is being typed here, or the formula that was left here and is in no graph yet."""

    dropped = ""
    """The formula that stood here when it was closed without effect."""
    wish = Wish(QPointF())

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "quickadd", QuickDelegate())
        self.set_words(
            "Add to the graph",
            "Operation, name, number or formula",
            "Search operations, or type a name, a number or a formula such as x*w + b",
            "What fits",
        )
        self.search: Callable[[str, Wish], Sequence[Operation]] = lambda text, wish: ()
        """The operations that fit a text and a wish, best first."""
        self.leaf: Callable[[str, Wish], TypedLeaf | None] = lambda text, wish: None
        """The input or constant that a text asks for."""
        self.is_there: Callable[[str, Wish], bool] = lambda text, wish: False
        """Whether a text is the name of a node that can feed what the wish is about."""
        self.tell_effect: Callable[[str, Wish], str] = lambda op, wish: ""
        """What adding an operation would do, in a sentence."""
        self.names: Callable[[str], Sequence[str]] = lambda text: ()
        """The names of the nodes that a formula would add; Refused where it cannot be read."""
        self.room: Callable[[], QRect] = lambda: parent.rect()
        """Where it may lie."""
        self._corner = QPoint()
        self.field.textEdited.connect(self._forgive)
        self.field.textChanged.connect(self._tell_draft)

    # --- opening
    def open_at(self, pixel: QPoint, wish: Wish) -> None:
        """Show it with its corner at a pixel of the stage as far as there is room: empty, or with the formula
        that was left here last, selected, so that typing replaces it.
        """
        self.wish, self._corner = wish, pixel
        self._forgive()
        self.show_empty()
        if self.dropped and wish.is_open:
            self.field.setText(self.dropped)
            self.field.selectAll()
            self.dropped = ""

    def close_popup(self, *, by_key: bool = True) -> None:
        """Go away without effect; a formula comes back the next time."""
        if not self.isHidden() and self.wish.is_open and self.holds_formula:
            self.dropped = self.field.text()
        super().close_popup(by_key=by_key)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say what is left of what was typed."""
        super().hideEvent(event)
        self._tell_draft()

    @property
    def holds_formula(self) -> bool:
        """Whether what is typed reads as a formula, or is offered as one."""
        return is_formula(self.field.text()) or self.found() == [FORMULA]

    def give_up(self) -> None:
        """Forget what is being typed; what was left before stays."""
        self.hide()

    def _tell_draft(self, _text: str = "") -> None:
        is_typing = not self.isHidden() and bool(self.field.text().strip())
        self.draft_changed.emit(self.field.text() if is_typing else self.dropped)

    def found(self) -> list[str]:
        """Returns the names of the operations shown, in order; "=" is the row of the formula."""
        return self.model.column_of(OPERATION_ROLE)

    def place(self) -> None:
        self._fit_height()
        room = self.room()
        left = max(room.left(), min(self._corner.x(), room.right() - self.width()))
        top = max(room.top(), min(self._corner.y(), room.bottom() - self.height()))
        self.move(left, top)

    def _fit_height(self) -> None:
        """As high as the rows it holds, up to a handful; its upper edge stays."""
        self.rows.setVisible(bool(self.model.rowCount()))
        self.setFixedWidth(min(style.px(WIDTH_PX), self.room().width()))
        self._fit_rows(min(ROWS, self.model.rowCount()), self.room().height())
        self.resize(self.width(), self.layout().totalHeightForWidth(self.width()))

    # --- rows
    def _fill(self, text: str) -> None:
        leaf = self.leaf(text, self.wish)
        if leaf is None and is_formula(text) and self.wish.is_open:
            self._show_rows([_FORMULA_ROW])
        else:
            rows = self._matching(text, leaf)
            is_one = not rows and self.wish.is_open and may_be_formula(text)
            self._show_rows([_FORMULA_ROW] if is_one else rows)
        if not self.model.rowCount():
            self._say(known_elsewhere(text.strip()) or self._nothing_fits())

    def _nothing_fits(self) -> str:
        """Why nothing can be added, by what the edge that is let go wants."""
        if self.wish.target is not None:
            return NO_FEEDER
        return NO_OPERATION if self.wish.is_open else NO_TAKER

    def _matching(self, text: str, leaf: TypedLeaf | None) -> list[Cell]:
        """The rows of what a text that is no formula may mean, likeliest first."""
        operations = self.search(text, self.wish)
        rows = [_operation_row(operation) for operation in operations]
        if leaf is not None:
            is_meant = operations and (rank(operations[0], text) or 0) <= CLOSE_MATCH
            is_sign = text.strip() in (OPERATIONS["input"].symbol, OPERATIONS["constant"].symbol)
            rows.insert(len(rows) if is_meant and not is_sign else 0, _leaf_row(leaf))
        if self.wish.is_open:
            for kind, is_sure in networks_meant(text):
                rows.insert(0 if is_sure else 1, _network_row(kind))
        if self.is_there(text, self.wish):
            symbol = OPERATIONS["input"].symbol
            rows.insert(0, Cell(f"Connect {text.strip()}", {OPERATION_ROLE: NODE, SYMBOL_ROLE: symbol}))
        return rows

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        kind = index.data(OPERATION_ROLE)
        if kind == FORMULA:
            self._say(self._preview(self.field.text()))
        else:
            effect = self.tell_effect(kind, self.wish)
            self._say(effect)
            announcer.announce(self.field, f"{index.data()}. {effect}")

    def _say(self, sentence: str, *, refused: bool = False) -> None:
        style.set_role(self.foot, "refusal" if refused else "dim")
        super()._say(sentence)
        self._fit_height()

    def refuse(self, refusal: Refused) -> None:
        """Say why not, with the place in the text marked."""
        text = self.field.text()
        if isinstance(refusal, TextError):
            self._say(f"{refusal.message[:1].upper()}{refusal.message[1:]}.", refused=True)
            place = min(refusal.column - 1, max(0, len(text) - 1))
            self.field.setSelection(place, 1)
        else:
            self._say(str(refusal), refused=True)
        style.set_role(self.field, "refused")
        announcer.announce(self.field, self.foot.text(), urgent=True)

    def _forgive(self) -> None:
        style.set_role(self.field, "")

    # --- choosing
    def _take(self, index: QModelIndex) -> None:
        kind = index.data(OPERATION_ROLE)
        text = self.field.text()
        if kind == FORMULA:
            self._take_formula()
        elif kind is not None:
            self.hide()
            if kind == LEAF:
                self.leaf_wanted.emit(self.leaf(text, self.wish), self.wish)
            elif kind in NETWORKS:
                self.network_wanted.emit(kind)
            elif kind == NODE:
                self.node_wanted.emit(text.strip(), self.wish)
            else:
                self.operation_wanted.emit(kind, self.wish)
            self.closed.emit(True)

    def _preview(self, text: str) -> str:
        """What a formula would add, or that it is not finished."""
        try:
            names = self.names(text)
        except Refused as refusal:
            what = refusal.message if isinstance(refusal, TextError) else str(refusal)
            return f"Not a formula yet: {what}"
        if not names:
            return ALL_THERE
        more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD + 1 else ""
        return f"Enter inserts {', '.join(names[:MOST_TOLD] if more else names)}{more}."

    def _take_formula(self) -> None:
        text = self.field.text()
        try:
            self.names(text)
        except Refused as refusal:
            self.refuse(refusal)
            return
        self.hide()
        self.formula_wanted.emit(text, self.wish)
        self.closed.emit(True)


def _operation_row(operation: Operation) -> Cell:
    roles = Qt.ItemDataRole
    data = {OPERATION_ROLE: operation.name, SYMBOL_ROLE: operation.symbol}
    return Cell(operation.title, {**data, roles.ToolTipRole: operation_text.tooltip(operation)})


def _network_row(kind: str) -> Cell:
    return Cell(NETWORKS[kind][0], {OPERATION_ROLE: kind, SYMBOL_ROLE: NETWORK_SYMBOL})


def _leaf_row(leaf: TypedLeaf) -> Cell:
    return Cell(f"Add {leaf.words}", {OPERATION_ROLE: LEAF, SYMBOL_ROLE: OPERATIONS[leaf.op].symbol})


_FORMULA_ROW = Cell("Insert this formula", {OPERATION_ROLE: FORMULA, SYMBOL_ROLE: FORMULA_SYMBOL})
