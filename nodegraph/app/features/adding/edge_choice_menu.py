"""Asks which of several edges is meant, in a small menu where the hand is. Makes none itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph.edits import operation_of

Aim = tuple[str, str, int]
"""Source, target and port of an edge there might be."""


class EdgeChoiceMenu(QObject):
    """Answers a drop on a collapsed group in which several nodes could take the edge, or give it."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.menu: QMenu | None = None
        canvas.intents.choice_offered.connect(self.ask)

    def ask(self, aims: Sequence[Aim], take: Callable[[str, str, int], None], place: QPoint) -> None:
        """Offer these edges, the first as the proposal; `take` makes the chosen one."""
        menu = self.menu = QMenu(self.canvas)
        menu.setObjectName("choice")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        into = len({source for source, _, _ in aims}) == 1
        menu.setAccessibleName("Which input?" if into else "Which output?")
        for aim in aims:
            menu.addAction(self._label(aim, into=into)).triggered.connect(_Taking(take, aim))
        menu.aboutToHide.connect(self._forget)
        menu.popup(place)
        menu.setActiveAction(menu.actions()[0])

    def _forget(self) -> None:
        self.menu = None

    def _label(self, aim: Aim, *, into: bool) -> str:
        """The node at the open end, with its operation: names alone say little."""
        source, target, port = aim
        graph = self.canvas.graph_scene.graph
        node = graph.node(target if into else source)
        operation = operation_of(graph, node.id)
        what = f"{node.name} · {operation.title}" if operation is not None else node.name
        return f"{what}, input {port + 1}".replace("&", "&&") if into else what.replace("&", "&&")


class _Taking:
    """Takes one edge when its row is chosen."""

    def __init__(self, take: Callable[[str, str, int], None], aim: Aim) -> None:
        self.take = take
        self.aim = aim

    def __call__(self, _checked: bool = False) -> None:
        self.take(*self.aim)
