"""Copy and paste: cut, copy, paste and duplicate, within a document, across windows and to other programs.

What is copied lies on the clipboard as text (a document of its own), at once, and soon as a picture that
carries its document. A large part is a long task, with progress and a way to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, QRectF
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from nodegraph.app.document.editor import Editor
from nodegraph.app.document.picture_clipboard import copy_picture
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Task
from nodegraph.app.widgets.text import without_breaks
from nodegraph.canvas.drawing.geometry import CARD_HEIGHT, CARD_WIDTH, snapped
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items.group_item import SIDE, TITLE
from nodegraph.canvas.scene import hit_test
from nodegraph.core.building.fragments import incoming, insert_part, part_of
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.formats import files
from nodegraph.formats import fragment as part_format
from nodegraph.formats.foreign import copied_files
from nodegraph.formats.fragment import Part

STEP = 40.0
"""How far a copy lies from its original, in scene units; each further paste goes as far again."""
MOST_PICTURED = 200
"""Nodes up to which a copy lies on the clipboard as a picture too."""
PICTURES = ("image/png", "image/svg+xml")
"""The kinds of pictures on the clipboard that may carry a graph."""
LAST_MADE = "Where several nodes end a graph, the last one made is it, until you make another the output."
LONG_TEXT = 8_000
"""Characters up to which what is pasted is read in one go."""

WayOf = Callable[[Graph], tuple[float, float]]
"""Returns how far a part is moved that is inserted."""


class CopyPaste(QObject):
    """The clipboard of one window. What cannot be pasted is refused with a sentence and changes nothing."""

    def __init__(self, editing: Editor, frame: Callable[[], Frame], parent: QObject) -> None:
        super().__init__(parent)
        self.editing = editing
        self.document = editing.document
        self.scene = editing.scene
        self.canvas = editing.canvas
        self.tasks = editing.tasks
        self._frame = frame
        self.canvas.handed_over.connect(self.hand_over)
        self.canvas.intents.drop_requested.connect(self.drop)
        self._times = 0
        self._pasted_at: QPoint | None = None

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.document.graph

    # --- out
    def copy(self) -> None:
        """Put the selected nodes on the clipboard; where text is selected in a label, that text."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLabel) and focused.hasSelectedText():
            QGuiApplication.clipboard().setText(without_breaks(focused.selectedText()))
            return
        nodes, notes = self._chosen()
        if len(nodes) > MOST_AT_ONCE:
            if not self.tasks.is_running:
                self.tasks.begin("Copy", self._copying(nodes, notes))
        elif nodes or notes:
            text = part_format.to_text(part_of(self.graph, nodes, notes))
            QGuiApplication.clipboard().setText(text)
            if 0 < len(nodes) <= MOST_PICTURED:
                self._picture(nodes, text)
            self._times, self._pasted_at = 0, None

    def _copying(self, nodes: list[str], notes: list[str]) -> Task:
        yield 0.0
        text = yield Aside(partial(_text_of, self.graph, nodes, notes))
        QGuiApplication.clipboard().setText(text)
        self._times, self._pasted_at = 0, None

    def cut(self) -> None:
        """Copy the selected nodes and delete them."""
        nodes, notes = self._chosen()
        if len(nodes) > MOST_AT_ONCE:
            if not self.tasks.is_running:
                self.tasks.begin("Cut", self._cutting(nodes, notes))
        elif nodes or notes:
            self.copy()
            change = self.editing.attempt(lambda: edits.remove(self.graph, nodes, note_ids=notes))
            self._times = -1 if change else 0  # what was cut comes back to its place

    def _cutting(self, nodes: list[str], notes: list[str]) -> Task:
        yield from self._copying(nodes, notes)
        self._times = -1
        yield from self.editing.attempting(partial(edits.remove, self.graph, nodes, note_ids=notes))

    def _chosen(self) -> tuple[list[str], list[str]]:
        """The selected nodes and notes; a group comes along where all its nodes are selected."""
        return self.scene.selected_nodes(), self.scene.selected_notes()

    def _picture(self, nodes: list[str], text: str) -> None:
        edges = replace(self.scene.edge_layer.style, arrowheads=True)
        options = PictureOptions(
            theme=self.scene.theme.name, nodes=frozenset(nodes), highlight=False, edges=edges
        )
        with suppress(Refused):  # what lies too far apart for a picture is still copied as text
            copy_picture(self.graph, self._frame(), options, text)

    # --- in
    def paste(self) -> None:
        """Insert what is on the clipboard at the cursor, or beside its original, and select it."""
        held = QGuiApplication.clipboard().mimeData() or QMimeData()  # there may be none at all
        self._insert_held(held, "Paste", self._way)

    def drop(self, held: QMimeData, place: QPointF) -> None:
        """Insert the text or the picture that was dropped at this place of the scene."""
        self._insert_held(held, "Drop", partial(self._there, place))

    def _insert_held(self, held: QMimeData, name: str, way_of: WayOf) -> None:
        try:
            read, length = _reader_of(held, self.graph)
            if length > LONG_TEXT and not self.tasks.is_running:
                self.tasks.begin(name, self._inserting_held(read, name, way_of))
                return
            part = read()
        except Refused as refusal:
            self.editing.refused.emit(str(refusal))
            return
        self._insert(part.graph, way_of(part.graph), name, part.arriving, self._pasted)
        self._note_formula(part)

    def _inserting_held(self, read: Callable[[], Part], name: str, way_of: WayOf) -> Task:
        yield 0.0
        try:
            part = yield Aside(read)
        except Refused as refusal:
            self.editing.refused.emit(str(refusal))
            return
        yield 0.1
        way = way_of(part.graph)
        yield from self._inserting(part.graph, way, name, part.arriving, self._pasted)
        self._note_formula(part)

    def _note_formula(self, part: Part) -> None:
        """Say what a person should know of how a formula was read; of a whole graph more than of a part."""
        if not part.formula:
            return
        if len(part.graph) == len(self.graph):
            self.editing.note_text(self.graph)
        else:
            self.editing.note_inserted(part.formula, part.graph.nodes(), part.graph)

    def duplicate(self) -> None:
        """Copy the selected nodes beside themselves, leaving the clipboard alone."""
        self._duplicate(*self._chosen(), is_fed=False)

    def duplicate_connected(self) -> None:
        """The same, and the copies are fed by what feeds the originals."""
        self._duplicate(*self._chosen(), is_fed=True)

    def _duplicate(self, nodes: list[str], notes: list[str], *, is_fed: bool) -> None:
        if len(nodes) > MOST_AT_ONCE:
            if not self.tasks.is_running:
                self.tasks.begin("Duplicate", self._duplicating(nodes, notes, is_fed))
        elif nodes or (notes and not is_fed):
            part = part_of(self.graph, nodes, notes)
            fed_by = incoming(self.graph, nodes) if is_fed else []
            self._insert(part, self._beside(part, STEP), "Duplicate", fed_by)

    def _duplicating(self, nodes: list[str], notes: list[str], is_fed: bool) -> Task:
        yield 0.0
        part = yield Aside(partial(part_of, self.graph, nodes, notes))
        fed_by = (yield Aside(partial(incoming, self.graph, nodes))) if is_fed else []
        yield from self._inserting(part, self._beside(part, STEP), "Duplicate", fed_by)

    def _insert(
        self,
        part: Graph,
        by: tuple[float, float],
        name: str,
        fed_by: Sequence[Edge] = (),
        then: Callable[[Change], None] | None = None,
    ) -> None:
        if self.tasks.is_running:
            return
        if len(part) > MOST_AT_ONCE:
            self.tasks.begin(name, self._inserting(part, by, name, fed_by, then))
            return
        change = insert_part(self.graph, part, by, name, incoming=fed_by)
        self.editing.make(change, partial(then or self._arrived, change))

    def _inserting(
        self,
        part: Graph,
        by: tuple[float, float],
        name: str,
        fed_by: Sequence[Edge] = (),
        then: Callable[[Change], None] | None = None,
    ) -> Task:
        change = yield Aside(partial(insert_part, self.graph, part, by, name, fed_by))
        yield 0.2
        self.editing.change_coming.emit(change)
        enact = partial(self.document.apply, change)
        yield from self.editing.making(change, enact, partial(then or self._arrived, change))

    def _arrived(self, change: Change) -> None:
        self.editing.done.emit()
        made, output = change.made(), self.graph.output
        self.scene.select(made, notes=change.made("note"))
        self._show_some(made)
        if output in made and len(made) < len(self.graph):
            self.editing.said.emit(f"“{self.graph.output_name}” is the output now. {LAST_MADE}")

    def _show_some(self, made: Sequence[str]) -> None:
        """Move the view to what was made where no card of it is seen whole, as below all that is shown."""
        looked_at, seen = made[:MOST_PICTURED], self.canvas.seen()
        if looked_at and not any(seen.contains(self.scene.card_of(node_id)) for node_id in looked_at):
            self.canvas.reveal(*looked_at)

    def _pasted(self, change: Change) -> None:
        """On a canvas that was empty all of it is shown; what was dropped stays where it was dropped."""
        self._arrived(change)
        if len(change.made()) == len(self.graph):
            self.canvas.fit()

    def hand_over(self, other: QWidget, place: QPointF) -> None:
        """Copy the selected nodes into another window, where they were dropped."""
        nodes, there = self.scene.selected_nodes(), other.window().findChild(CopyPaste)
        if nodes and there is not None:
            there.take(part_of(self.graph, nodes, self.scene.selected_notes()), place)
            other.window().activateWindow()

    def take(self, part: Graph, place: QPointF) -> None:
        """Insert what was dragged here from another window."""
        self._insert(part, self._there(place, part), "Drop")

    # --- where to
    def _there(self, place: QPointF, part: Graph) -> tuple[float, float]:
        """How far a part moves whose middle is to lie here."""
        bounds = _bounds(part)
        way = place - bounds.center()
        return self._clear(part, bounds, QPointF(snapped(way.x()), snapped(way.y())))

    def _way(self, part: Graph) -> tuple[float, float]:
        """How far a pasted part moves: under the cursor; again there, or without one, a step beside."""
        view = self.canvas.viewport()
        if not view.underMouse():
            self._times += 1
            return self._beside(part, self._times * STEP)
        cursor = view.mapFromGlobal(QCursor.pos())
        self._times = self._times + 1 if cursor == self._pasted_at else 0
        self._pasted_at = cursor
        place = self.canvas.mapToScene(cursor) + QPointF(self._times, self._times) * STEP
        return self._there(place, part)

    def _beside(self, part: Graph, step: float) -> tuple[float, float]:
        """One step to the right and down, or to the middle of the view where that is out of sight."""
        seen = self.canvas.seen()
        bounds = _bounds(part)
        if seen.contains(bounds.topLeft() + QPointF(step, step)):
            return self._clear(part, bounds, QPointF(step, step))
        way = seen.center() - bounds.center()
        return self._clear(part, bounds, QPointF(snapped(way.x()), snapped(way.y())))

    def _clear(self, part: Graph, bounds: QRectF, way: QPointF) -> tuple[float, float]:
        """Returns the shift, from this one on downwards, at which the part overlaps no card and no note."""
        room = QRectF(bounds.topLeft(), bounds.size() * self.scene.text_scale)
        is_group = bool(part.groups())
        way = hit_test.below_others(self.scene, room.translated(way), is_group=is_group) - room.topLeft()
        return way.x(), way.y()


def _reader_of(held: QMimeData, around: Graph) -> tuple[Callable[[], Part], int]:
    """Returns what reads the part of a graph on the clipboard, which a file, a text or a picture may hold, in
    any thread, or raises Refused; and how long that is.
    """
    paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    if len(paths) > 1:
        raise Refused("Several files are on the clipboard; copy one of them.")
    if paths:
        (path,) = paths
        try:
            data = files.read_bytes(path)
        except DocumentError as error:
            raise Refused(f"{path.name}: {error}") from None
        return partial(copied_files.part_in, path.name, data, around), len(data)
    kind = next((kind for kind in PICTURES if held.hasFormat(kind)), None)
    picture = held.data(kind).data() if kind is not None else b""
    return partial(_part_in, held.text(), picture, around), len(held.text())


def _text_of(graph: Graph, nodes: Sequence[str], notes: Sequence[str]) -> str:
    """What is copied of a graph: plain data alone, since another thread lets go of it."""
    return part_format.to_text(part_of(graph, nodes, notes))


def _part_in(text: str, picture: bytes, around: Graph) -> Part:
    """The part in a text, else in a picture that carries one."""
    try:
        return part_format.from_text(text, around)
    except Refused:
        if not picture:
            raise
        return part_format.from_picture(picture)


def _bounds(part: Graph) -> QRectF:
    """The rectangle round a part: its cards, at their usual size, the boxes of its groups, and its notes."""
    groups = [_round_cards(map(part.node, group.nodes)) for group in part.groups()]
    boxes = [members.adjusted(-SIDE, -SIDE - TITLE, SIDE, SIDE) for members in groups]
    notes = [QRectF(note.x, note.y, note.width, note.height) for note in part.notes()]
    cards = [_round_cards(part.nodes())] if len(part) else []
    return reduce(QRectF.united, [*cards, *boxes, *notes])


def _round_cards(nodes: Iterable[Node]) -> QRectF:
    """The rectangle round the cards of these nodes; quick, as a part may have very many."""
    lefts, tops = zip(*(node.place for node in nodes), strict=True)
    end = QPointF(max(lefts) + CARD_WIDTH, max(tops) + CARD_HEIGHT)
    return QRectF(QPointF(min(lefts), min(tops)), end)
