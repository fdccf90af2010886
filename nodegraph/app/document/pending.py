"""What counts as unsaved: the document's changes, and whatever else a person would miss if the window went.
Each part of the window that holds such work answers for it here; filing, recovery and the title ask nobody
else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Protocol, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from nodegraph.app.document.document import Document
from nodegraph.app.widgets.text import Field
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import listed

Pending: TypeAlias = Change | HalfTyped | None
"""What a part would change in the document as it stands, or a text that cannot be taken yet."""


class HoldsWork(Protocol):
    """A part of the window with work that is not in the document yet."""

    def pending_work(self) -> str:
        """Returns what would be missed, as the object of a sentence; "" where there is nothing."""

    def pending_change(self) -> Pending:
        """Returns what is to be kept of it against a crash."""

    def put_in(self) -> bool:
        """Put it into the document; returns False where that cannot be done, and it stays where it is."""


class Provisional(Protocol):
    """What is shown and is not in the document yet, such as what a training has learnt."""

    name: str
    """What undoing it is called."""

    @property
    def is_live(self) -> bool:
        """Whether there is anything."""

    def restore(self) -> None:
        """Give it up: the document is as it was before."""


class Unsaved(QObject):
    """The unsaved work of one window."""

    changed = Signal()
    """A part has other pending work than before."""
    settled = Signal()
    """A part has begun to hold work, or holds none any more."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.parts: dict[HoldsWork, Callable[[], bool]] = {}
        """What may hold work, and whether that can be saved as it stands."""

    def add(self, part: HoldsWork, can_be_saved: Callable[[], bool] = lambda: True) -> None:
        """Ask this part, too; what it holds may be known to be in no state to be saved."""
        self.parts[part] = can_be_saved

    def pending(self) -> list[str]:
        """Returns what is not in the document yet, in words, each once."""
        return list(dict.fromkeys(words for part in self.parts if (words := part.pending_work())))

    def unfinished(self) -> list[str]:
        """Returns what of it is known to be in no state to be saved, in words, each once."""
        unfinished = (part.pending_work() for part, can_be_saved in self.parts.items() if not can_be_saved())
        return list(dict.fromkeys(filter(None, unfinished)))

    def is_any(self) -> bool:
        """Whether something would be missed if the document were closed now."""
        return self.document.is_modified or bool(self.pending())

    def changes(self) -> list[Change | HalfTyped]:
        """Returns what is to be kept of the parts against a crash."""
        return [change for part in self.parts if part.pending_work() and (change := part.pending_change())]

    def half_typed(self) -> str:
        """Returns in words what of it is kept in notes, as it cannot be taken as it stands; or ""."""
        parts = (part for part in self.parts if part.pending_work())
        words = [part.pending_work() for part in parts if isinstance(part.pending_change(), HalfTyped)]
        return listed(list(dict.fromkeys(words)))

    def put_in(self) -> list[str]:
        """Put all that can be put into the document there; returns what remains, in words."""
        for part in (
            *self.parts,
        ):  # what is put in may show a panel for the first time, which is a part, too
            if part.pending_work():
                part.put_in()
        return self.pending()


class OpenField:
    """The field that is open on the canvas, as unsaved work."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas = canvas

    def pending_work(self) -> str:
        """Returns what stands in it and is not taken yet."""
        return self.canvas.field.pending_work() if self.canvas.field is not None else ""

    def pending_change(self) -> Pending:
        """Returns what taking it would change, or the text where it is refused."""
        field = self.canvas.field
        if field is None:
            return None
        change = field.pending_change()  # there may be nothing in it, as in 2.0 for 2
        return _half_typed(field.typed(), field.accessibleName()) if change is None else change

    def put_in(self) -> bool:
        """Take it."""
        return self.canvas.field is None or self.canvas.field.put_in()


class LineField:
    """A line of a panel that is offered when it is left, as unsaved work. `change_of` makes the change of a
    text, or raises Refused; without it only the field's owner knows it.
    """

    def __init__(
        self, field: Field, document: Document, change_of: Callable[[str], Change] | None = None
    ) -> None:
        self.field, self.document, self.change_of = field, document, change_of

    def pending_work(self) -> str:
        """Returns what stands in it and is not offered yet, or was refused."""
        is_typed = self.field.isModified() and self.field.isVisible()
        return f"what is typed into “{self.field.accessibleName()}”" if is_typed else ""

    def pending_change(self) -> Pending:
        """Returns what offering it would change, or the text where that would be refused."""
        text = self.field.text()
        if self.change_of is not None:
            with contextlib.suppress(Refused):
                return self.change_of(text)
        return _half_typed(text, self.field.accessibleName())

    def put_in(self) -> bool:
        """Offer it."""
        self.field.editingFinished.emit()
        return not self.field.isModified()


class TypedFormula:
    """A formula of which only its writer can say when it is finished."""

    def __init__(self, is_typed: Callable[[], bool]) -> None:
        self.is_typed = is_typed

    def pending_work(self) -> str:
        """Returns the formula, in words."""
        return "a formula that is being typed" if self.is_typed() else ""

    def pending_change(self) -> Pending:
        """Returns None: until it is finished it is no part of a graph."""
        return None

    def put_in(self) -> bool:
        """Returns False: only its writer can finish it."""
        return False


def _half_typed(text: str, field: str) -> HalfTyped | None:
    return HalfTyped(text, field) if text.strip() else None


def with_changes(graph: Graph, changes: Iterable[Change | HalfTyped]) -> Graph:
    """Returns the graph as it would be after these changes, with a note for each text that cannot be taken
    yet; changes that do not fit are left out. Each was made for the graph as it is, so one of a record that
    another has changed before is made in what that left.
    """
    after = graph.copy()
    for change in changes:
        for part in change.parts() if isinstance(change, HalfTyped) else [change]:
            with contextlib.suppress(ValueError):
                after.apply(part.note(after) if isinstance(part, HalfTyped) else _on(after, part))
    return after


def _on(graph: Graph, change: Change) -> Change:
    """The same change of a graph in which others have changed the same nodes."""
    return Change(change.name, tuple(_patch_on(graph, patch) for patch in change.patches))


def _patch_on(graph: Graph, patch: Patch) -> Patch:
    before, after = patch.before, patch.after
    if patch.kind != "node" or before is None or after is None or patch.key not in graph:
        return patch
    changed = {
        one.name: getattr(after, one.name)
        for one in fields(after)
        if getattr(before, one.name) != getattr(after, one.name)
    }
    now = graph.node(patch.key)
    return Patch("node", patch.key, now, replace(now, **changed))


def end_cell_editing() -> None:
    """Let a table take what is being typed into one of its cells, as when the focus goes elsewhere."""
    focused = QApplication.focusWidget()
    above: QWidget | None = focused
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    if focused is not None and above is not None and focused is not above:
        above.setFocus()
