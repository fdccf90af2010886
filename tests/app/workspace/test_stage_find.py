"""The find bar over the canvas."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import grouping


@pytest.mark.parametrize("title", ["Scores", "A title that is much longer than there is room for beside it"])
def test_where_a_found_node_is_stands_whole_beside_the_field(
    window: MainWindow, qtbot: QtBot, title: str
) -> None:
    graph = window.document.graph
    window.document.apply(grouping.group(graph, ["e", "d"], title))
    window.document.apply(grouping.set_collapsed(graph, [group.id for group in graph.groups()], True))
    window.stage.open_find()
    window.stage.find.field.setText("e")
    count = window.stage.find.count
    qtbot.waitUntil(lambda: ", in " in count.text())
    qtbot.wait(1)
    assert count.sizeHint().width() <= count.width()
    assert window.stage.rect().contains(window.stage.find.geometry())
