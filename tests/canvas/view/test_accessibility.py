"""What assistive technology was handed of a canvas does not keep that canvas in memory."""

import gc
import weakref

import pytest
import shiboken6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view import accessibility
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import parse


@pytest.mark.usefixtures("qapp")
def test_a_closed_canvas_that_was_read_aloud_is_freed() -> None:
    accessibility.install()
    view = CanvasView(GraphScene(parse("L = a*b"), LIGHT))
    found = QAccessible.queryAccessibleInterface(view)
    node = found.child(0)
    assert node.text(QAccessible.Text.Name) == "a, Input"
    kept = weakref.ref(view)
    shiboken6.delete(view)
    del view, found
    QApplication.processEvents()
    gc.collect()
    assert kept() is None
    assert not node.isValid()
    assert node.parent() is None
