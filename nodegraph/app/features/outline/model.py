"""The rows of the outline: every node in execution order with what is visible of it, in words where they help
those who listen. Reads a trace and a frame; knows no widget and edits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from nodegraph.core.aloud import aloud
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.numbers import format_exact, format_signed, format_value
from nodegraph.core.operations.catalogue import title_of

HEADINGS = ("Name", "Operation", "Value", "Gradient", "Now")
NAME, OPERATION, VALUE, GRADIENT, NOW = range(5)
DIGITS = 6
NOT_REACHED = "…"
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FIXED | Qt.ItemFlag.ItemIsEditable
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class OutlineModel(QAbstractTableModel):
    """A row per node: inputs and constants first, then in the order of computing, then what cannot run."""

    value_offered = Signal(str, str)
    """(node id, text): the person typed this as a node's value."""
    name_offered = Signal(str, str)

    def __init__(self, trace: Trace, parent: Any = None) -> None:
        super().__init__(parent)
        self.ids: list[str] = []
        self.row_of: dict[str, int] = {}
        self.frame: Frame = trace.frame(0)
        self.is_watched: Callable[[], bool] = lambda: True
        """Whether anybody would see or hear that a row says something else."""
        self.is_refused: Callable[[str, str, bool], bool] = lambda _node_id, _text, _as_value: False
        """Whether a node cannot have this text as its value, or its name."""
        self._active: frozenset[str] = frozenset()
        self._is_late = False
        """Whether the rows are those of an earlier trace, as nobody was there to read them."""
        self._show(trace, is_another=True)

    # --- following
    def set_trace(self, trace: Trace) -> None:
        """Show another trace, at its start; its rows once somebody may read them."""
        is_another = trace.plan is not self.frame.trace.plan or self._is_late
        self._is_late = is_another and not self.is_watched()
        self._show(trace, is_another=is_another and not self._is_late)

    def catch_up(self) -> None:
        """Show the rows of the trace that is there now: somebody may read them."""
        if self._is_late:
            self._is_late = False
            self._show(self.frame.trace, is_another=True)

    def _show(self, trace: Trace, *, is_another: bool) -> None:
        ids = _rows_of(trace) if is_another else self.ids
        same = ids == self.ids
        if not same:
            self.beginResetModel()
            self.ids = ids
            self.row_of = dict(zip(ids, range(len(ids)), strict=True))
        self.frame = trace.frame(min(self.frame.position, len(trace.steps)))
        self._active = frozenset(self.frame.active_nodes)
        if same:
            self._tell(range(len(self.ids)), NAME)
        else:
            self.endResetModel()

    def set_frame(self, frame: Frame) -> None:
        """Show what is visible in this frame."""
        before = self._active
        near = frame.trace is self.frame.trace and abs(frame.position - self.frame.position) == 1
        all_change = "inputs" in {step.kind for step in (frame.step, self.frame.step) if step}
        self.frame = frame
        self._active = frozenset(frame.active_nodes)
        last = frame.position == len(frame.trace.steps)  # then gradients of 0 show as well
        if self._is_late and self.is_watched():
            self.catch_up()
        elif self._is_late:
            return
        elif near and not all_change and not last:
            self._tell([self.row_of[node_id] for node_id in before | self._active], VALUE)
        else:
            self._tell(range(len(self.ids)), VALUE)

    def _tell(self, rows: Sequence[int], first: int) -> None:
        if not rows or not self.is_watched():
            return
        if isinstance(rows, range):
            self.dataChanged.emit(self.index(0, first), self.index(len(rows) - 1, NOW))
            return
        for row in rows:
            self.dataChanged.emit(self.index(row, first), self.index(row, NOW))

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """One per node."""
        if self._is_late and self.is_watched():
            QTimer.singleShot(0, self, self.catch_up)  # as somebody has begun to listen
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are headings."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == _ROLE.DisplayRole:
                return HEADINGS[section]
            if role == _ROLE.TextAlignmentRole and section in (VALUE, GRADIENT):
                return _RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited, and the values of inputs and constants."""
        column = index.column()
        if column == NAME:
            return _EDITABLE
        node = self.frame.trace.nodes.get(self.ids[index.row()])
        return _EDITABLE if column == VALUE and node is not None and node.is_leaf else _FIXED

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What one cell shows or says."""
        if not index.isValid() or self.ids[index.row()] not in self.frame.trace.nodes:
            return None  # a row that nobody reads may be that of a node that is gone
        node_id, column = self.ids[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            return self._text(node_id, column)
        if role == _ROLE.EditRole:
            node = self.frame.trace.nodes[node_id]
            return format_exact(node.value or 0.0) if column == VALUE else node.name
        if role == _ROLE.AccessibleTextRole:
            return aloud(self.sentence(node_id) if column == NAME else self._said(node_id, column))
        if role == _ROLE.ToolTipRole:
            return self.frame.problem(node_id) or None
        if role == _ROLE.TextAlignmentRole and column in (VALUE, GRADIENT):
            return _RIGHT
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Emit what was typed; the listener makes the edit, and the new trace shows the result."""
        if role != _ROLE.EditRole or str(value) == self.data(index, _ROLE.EditRole):
            return False
        offered = self.value_offered if index.column() == VALUE else self.name_offered
        offered.emit(self.ids[index.row()], str(value))
        return True

    def refuses(self, index: Index, text: str) -> bool:
        """Whether this cell cannot take this text."""
        return self.is_refused(self.ids[index.row()], text, index.column() == VALUE)

    # --- the words
    def longest_names(self, most: int = 5) -> list[QModelIndex]:
        """Returns the cells with the longest names: one of them is the widest, or nearly so."""
        nodes = self.frame.trace.nodes
        lengths = [len(nodes[node_id].name) if node_id in nodes else 0 for node_id in self.ids]
        return [self.index(row, NAME) for row in nlargest(most, range(len(lengths)), key=lengths.__getitem__)]

    def sentence(self, node_id: str) -> str:
        """The whole row as one says it: e, Multiply, value 6, gradient +5, receives now."""
        name, operation, now = (self._text(node_id, column) for column in (NAME, OPERATION, NOW))
        value, gradient = (self._said(node_id, column) for column in (VALUE, GRADIENT))
        parts = [name, operation, f"value {value}", f"gradient {gradient}"]
        if self.frame.trace.nodes[node_id].op == "constant":
            parts.pop()
        return ", ".join([*parts, now] if now else parts)

    def _text(self, node_id: str, column: int) -> str:
        node = self.frame.trace.nodes[node_id]
        if column == NAME:
            return node.name
        if column == OPERATION:
            return title_of(node.op)
        if column == VALUE:
            value = self.frame.value(node_id)
            value = node.value if value is None else value
            return NOT_REACHED if value is None else format_value(value, DIGITS)
        if column == GRADIENT:
            gradient = self.frame.gradient(node_id)
            unreached = "" if node.op == "constant" else NOT_REACHED
            return unreached if gradient is None else format_signed(gradient, DIGITS)
        return self._now(node_id)

    def _said(self, node_id: str, column: int) -> str:
        text = self._text(node_id, column)
        return "not reached yet" if text == NOT_REACHED else text or "nothing"

    def _now(self, node_id: str) -> str:
        """What the current step does to this node, else what keeps it from running."""
        step = self.frame.step
        if step is not None and node_id in self._active:
            if step.kind == "seed":
                return "starts with 1"
            if step.edge is None:
                return "is computed"
            return "sends back" if node_id == step.edge[0] else "receives"
        if step is not None and step.kind == "inputs" and self.frame.trace.nodes[node_id].is_leaf:
            return "appears"
        return self.frame.problem(node_id)


def _rows_of(trace: Trace) -> list[str]:
    """Returns the nodes in execution order, and then those that cannot run."""
    running = list(trace.plan.ids)
    waiting = trace.nodes.keys() - set(running) if len(running) < len(trace.nodes) else ()
    return [*running, *sorted(waiting, key=lambda node_id: trace.nodes[node_id].rank)]
