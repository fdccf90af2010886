"""The field that opens on a card to type a number or a name; a wrong text is refused right beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from nodegraph.canvas.fields.inline_field import InPlace
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.canvas.fields.redo_key import redo_by_ctrl_y
from nodegraph.canvas.viewport.cursor_hint import CursorHint
from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.graph import edits, grouping, naming
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_exact

if TYPE_CHECKING:
    from nodegraph.canvas.fields.host import FieldHost

LEAST_PX = 26.0
"""How high a field is at least, at whatever zoom."""


class Field(InPlace, QLineEdit):
    """Enter takes the text, Esc leaves things as they were, and so does leaving with a wrong text."""

    def __init__(
        self,
        view: FieldHost,
        corner: Callable[[], QPointF | None],
        text: str,
        name: str,
        line: QRectF,
        take: Callable[[str], None],
        change_of: Callable[[str], Change],
    ) -> None:
        super().__init__(text, view.viewport())
        self.view = view
        self.corner = corner
        self.before = text
        self.line = line
        self.take, self.change_of = take, change_of
        self.number_of = ""
        """The node whose number is typed; "" where a name or a title is."""
        self.setAccessibleName(name)
        self.setObjectName("canvas_field")
        self.speech = CursorHint(view.viewport())
        self._just_opened = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self.textEdited.connect(self._forgive)
        redo_by_ctrl_y(self)

    @classmethod
    def for_value(cls, view: FieldHost, node_id: str) -> Field:
        """A field for the number of an input or constant."""
        item = view.graph_scene.items_by_id[node_id]
        node = item.node

        def take(text: str) -> None:
            view.intents.value_requested.emit(node_id, read_value(text), 0)

        def change_of(text: str) -> Change:
            return edits.set_value(_graph(view), node_id, read_value(text))

        text = format_exact(node.value) if node.value is not None else ""
        line = item.outline.value_line.adjusted(46 * item.outline.scale, 0, -4, 0)
        field = cls(view, _corner_of(view, node_id), text, f"Value of {node.name}", line, take, change_of)
        field.number_of = node_id
        point_by_keypad(field)
        return field

    @classmethod
    def for_name(cls, view: FieldHost, node_id: str) -> Field:
        """A field for the name of a node."""
        item = view.graph_scene.items_by_id[node_id]
        name = item.node.name

        def take(text: str) -> None:
            called = text.strip()
            refusal = naming.why_not_name(_graph(view), called, node_id)
            if refusal:
                raise Refused(refusal)
            view.intents.rename_requested.emit(node_id, called)

        def change_of(text: str) -> Change:
            return edits.rename(_graph(view), node_id, text.strip())

        scale = item.outline.scale
        line = QRectF(4, 2, item.outline.width - 40 * scale, 24 * scale)
        return cls(view, _corner_of(view, node_id), name, f"Name of {name}", line, take, change_of)

    @classmethod
    def for_title(cls, view: FieldHost, group_id: str) -> Field:
        """A field for the title of a group."""
        around = view.graph_scene.surroundings
        item = around.groups[group_id]

        def take(text: str) -> None:
            grouping.rename_group(_graph(view), group_id, text)  # refused beside the field, if at all
            view.intents.group_rename_requested.emit(group_id, text)

        def change_of(text: str) -> Change:
            return grouping.rename_group(_graph(view), group_id, text)

        def corner() -> QPointF | None:
            there = around.groups.get(group_id)
            if there is None or there.group.collapsed:
                return None if there is None else there.rect.topLeft()
            height = max(LEAST_PX, line.height() * view.zoom) / view.zoom
            # over the title, which reaches out of the box where it is written larger, from far away
            top = there.title_place(view.zoom).center().y() - height / 2
            return QPointF(there.rect.left(), top - line.top())

        scale = view.graph_scene.text_scale
        line = QRectF(24 * scale, 3, min(item.rect.width() - 32, 320), 26 * scale)
        return cls(view, corner, item.group.title, "Title of the group", line, take, change_of)

    def pending_change(self) -> Change | None:
        """Returns the change that taking the text would make; None where it cannot be taken as it stands."""
        with contextlib.suppress(Refused):
            return self.change_of(self.typed())
        return None

    def open(self) -> None:
        """Show it, with all its text selected."""
        self.show_in("QLineEdit", self.view.graph_scene.theme.card, "border-radius: 5px; padding: 0 4px;")
        self.selectAll()
        self._just_opened.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The third of three clicks chooses all, as in any field: the first two have opened it."""
        if self._just_opened.isActive():
            self.selectAll()
        else:
            super().mousePressEvent(event)

    def place(self) -> None:
        """Lie over its line of the card, at the view's zoom but never too small to read."""
        there = self.corner()
        if there is None:
            return
        zoom = self.view.zoom
        corner = self.view.mapFromScene(there + self.line.topLeft())
        self.write_at(max(12.0, 14 * zoom * self.view.graph_scene.text_scale))
        width, height = max(90.0, self.line.width() * zoom), max(LEAST_PX, self.line.height() * zoom)
        self.setGeometry(corner.x(), corner.y(), round(width), round(height))

    def typed(self) -> str:
        return self.text()

    def refuse(self, sentence: str) -> None:
        super().refuse(sentence)
        self.speech.say(sentence, self.geometry().bottomLeft(), self.view.graph_scene.theme, refused=True)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the text and, of a number, opens the field for the next one, as in a table."""
        onward = None if self.closing else self._next_number(forward=forward)
        done = super().focusNextPrevChild(forward)
        if onward and self.closing:
            self.view.graph_scene.select([onward])
            self.view.edit_value(onward)
        return done

    def _next_number(self, *, forward: bool) -> str | None:
        """Returns the input or constant whose number is typed after this one, or before it."""
        scene = self.view.graph_scene
        shown = [n.id for n in scene.graph.nodes() if n.is_leaf and scene.surroundings.hides(n.id) is None]
        if self.number_of not in shown:
            return None
        onward = shown.index(self.number_of) + (1 if forward else -1)
        return shown[onward] if 0 <= onward < len(shown) else None

    def close_quietly(self) -> None:
        self.speech.deleteLater()
        super().close_quietly()

    def _forgive(self) -> None:
        self.speech.hide()
        self.view.hint.emit("")


def _corner_of(view: FieldHost, node_id: str) -> Callable[[], QPointF | None]:
    def corner() -> QPointF | None:
        item = view.graph_scene.items_by_id.get(node_id)
        return None if item is None else item.pos()

    return corner


def _graph(view: FieldHost) -> Graph:
    return view.graph_scene.graph
