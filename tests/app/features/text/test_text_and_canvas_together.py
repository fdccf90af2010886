"""Anything done in the text and on the canvas, in any order: the text says what the graph is or what is wrong
with it, and undoing all of it brings the graph back as it was.
"""

from __future__ import annotations

import random
import re

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from nodegraph.app.features.text.editor import TextEditor
from nodegraph.app.features.text.session import TextSession
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import written
from nodegraph.core.building.text_change import change_to
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change

IN_TEXT = ("value", "statement", "drop", "cut", "rename", "garbage", "mend")
ON_CANVAS = ("set", "call", "call oddly", "mute", "add", "remove")


def typed(kind: str, lines: list[str], names: list[str], chance: random.Random, step: int) -> list[str]:
    """The lines after somebody has typed something."""
    full = [place for place, line in enumerate(lines) if line.strip()]
    if kind == "statement":
        first, second = (written(chance.choice(names or [usual])) for usual in "ab")
        return [*lines, f"q{step} = {first} * {second} + {chance.randint(0, 3)}"]
    if kind == "garbage":
        return [*lines, "x = ("]
    if kind == "mend":
        return [line for line in lines if line != "x = ("]
    if kind == "rename" and names:
        name = chance.choice([name for name in names if name.isidentifier()] or ["a"])
        return [re.sub(rf"\b{name}\b", f"{name}x", line) for line in lines]
    if not full:
        return lines
    place = chance.choice(full)
    line = lines[place]
    if kind == "value":
        return [
            *lines[:place],
            re.sub(r"\(-?[\d.]+\)", f"({chance.randint(-9, 9)})", line),
            *lines[place + 1 :],
        ]
    if kind == "cut":
        return [*lines[:place], line[: chance.randint(0, len(line))], *lines[place + 1 :]]
    return [*lines[:place], *lines[place + 1 :]]


def drawn(kind: str, window: MainWindow, chance: random.Random, step: int) -> Change:
    """What somebody does on the canvas."""
    graph = window.document.graph
    nodes = graph.nodes()
    inputs = [node for node in nodes if node.op == "input"]
    if kind == "set" and inputs:
        return edits.set_value(graph, chance.choice(inputs).id, chance.randint(-9, 9))
    if kind == "call" and nodes:
        return edits.rename(graph, chance.choice(nodes).id, f"z{step}")
    if kind == "call oddly" and nodes:
        return edits.rename(graph, chance.choice(nodes).id, f"z {step}")
    operations = [node for node in nodes if not node.is_leaf]
    if kind == "mute" and operations:
        return edits.set_muted(graph, [chance.choice(operations).id])
    if kind == "remove" and len(nodes) > 3:
        return edits.remove(graph, [chance.choice(nodes).id])
    return edits.add_node(graph, "input", 500.0, 500.0 + 100 * step)


def test_text_and_graph_say_the_same_and_undo_brings_all_back(window: MainWindow) -> None:
    window.commands.run("view.text")
    for seed in (*range(6), 13):
        try_at_random(window, seed)


def try_at_random(window: MainWindow, seed: int) -> None:
    """Do 25 things, look after each whether text and graph say the same, and undo all."""
    chance, document = random.Random(seed), window.document
    document.replace(parse("e = a*b; d = e + c; L = d*f", a=2, b=-3, c=10, f=-2))
    editor, session = window.findChild(TextEditor), window.findChild(TextSession)
    assert isinstance(editor, TextEditor)
    assert isinstance(session, TextSession)
    start = document.graph.copy()
    for step in range(25):
        kind = chance.choice((*IN_TEXT, *ON_CANVAS, "undo", "redo"))
        if kind in ("undo", "redo"):
            session.undo() if kind == "undo" else session.redo()
        elif kind in ON_CANVAS:
            document.apply(drawn(kind, window, chance, step))
        elif not editor.isReadOnly():
            places = {node.id: (node.x, node.y) for node in document.graph.nodes()}
            names = [node.name for node in document.graph.nodes() if node.op != "constant"]
            cursor = editor.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText("\n".join(typed(kind, editor.toPlainText().split("\n"), names, chance, step)))
            session.take()
            after = {node.id: (node.x, node.y) for node in document.graph.nodes()}
            kept = places.keys() & after.keys()
            assert {i: places[i] for i in kept} == {i: after[i] for i in kept}
        QTest.qWait(3)
        text = editor.toPlainText()
        if session.is_typed:
            assert session.mistake is not None or session.reason
        elif not session.reason and text.strip():
            assert not change_to(document.graph, text, session.stated)
        assert all(node.x is not None for node in document.graph.nodes())
    while document.stack.canUndo():
        document.stack.undo()
    assert document.graph == start
