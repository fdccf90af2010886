"""What is typed in a window and not taken yet, as unsaved work. Joins the parts that hold such work, the
training among them, to `pending`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nodegraph.app.features.adding.popup import QuickAdd, is_formula
from nodegraph.app.widgets.formula_field import FormulaField
from nodegraph.app.widgets.text import Field
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph.changes import Change

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow


class OpenField:
    """The field that is open on the canvas."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas = canvas

    def pending_work(self) -> str:
        """Returns what stands in it and is not taken yet."""
        return self.canvas.field.pending_work() if self.canvas.field is not None else ""

    def pending_change(self) -> Change | None:
        """Returns what taking it would change."""
        return self.canvas.field.pending_change() if self.canvas.field is not None else None

    def put_in(self) -> bool:
        """Take it."""
        return self.canvas.field is None or self.canvas.field.put_in()


class LineField:
    """A line of the inspector."""

    def __init__(self, field: Field) -> None:
        self.field = field

    def pending_work(self) -> str:
        """Returns what stands in it and is not offered yet, or was refused."""
        is_typed = self.field.isModified() and self.field.isVisible()
        return f"what is typed into “{self.field.accessibleName()}”" if is_typed else ""

    def pending_change(self) -> Change | None:
        """Returns None: it is offered as soon as the line is left."""
        return None

    def put_in(self) -> bool:
        """Offer it."""
        self.field.editingFinished.emit()
        return not self.field.isModified()


class HalfTyped:
    """The formulas of the welcome page and of the search at the cursor."""

    def __init__(self, line: FormulaField, popup: QuickAdd) -> None:
        self.line, self.popup = line, popup

    def pending_work(self) -> str:
        """Returns the formula, in words."""
        is_popup = self.popup.isVisible() and is_formula(self.popup.field.text())
        return "a formula that is being typed" if self.line.is_half_typed or is_popup else ""

    def pending_change(self) -> Change | None:
        """Returns None: until it is finished it is no part of a graph."""
        return None

    def put_in(self) -> bool:
        """Returns False: only its writer can finish it."""
        return False


def watch(window: MainWindow) -> None:
    """Let the window's parts answer for their pending work."""
    unsaved, canvas = window.unsaved, window.canvas
    unsaved.add(OpenField(canvas))
    for field in window.inspector.findChildren(Field):
        unsaved.add(LineField(field))
    unsaved.add(window.trainer)
    unsaved.add(HalfTyped(window.welcome.formula, window.adding.popup))
    canvas.field_edited.connect(unsaved.changed)
    window.trainer.changed.connect(unsaved.changed)
    window.trainer.state_changed.connect(window.show_title)
