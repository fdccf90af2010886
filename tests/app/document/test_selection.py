"""The counts of what is selected are those of a walk over all of it."""

from __future__ import annotations

import random

from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import edits


def test_what_is_selected_is_counted_after_every_edit(window: MainWindow) -> None:
    scene, document, chance = window.scene, window.document, random.Random(5)
    selection = window.workspace.editor.selection
    for _ in range(60):
        graph = document.graph
        ids = [node.id for node in graph.nodes()]
        kind = chance.randrange(5)
        if kind == 0 or len(ids) < 3:
            document.apply(edits.add_node(graph, chance.choice(("input", "add", "constant")), x=0.0, y=0.0))
        elif kind == 1:
            document.apply(edits.remove(graph, [chance.choice(ids)]))
        elif kind == 2:
            document.stack.undo()
        elif kind == 3:
            window.workspace.editor.select_all()
        else:
            scene.select(chance.sample(ids, chance.randrange(len(ids))))
        ops = [document.graph.node(node_id).op for node_id in scene.selected_nodes()]
        inputs, constants = ops.count("input"), ops.count("constant")
        now = selection.now
        assert (now.nodes, now.inputs) == (len(ops), inputs)
        assert now.operations == len(ops) - inputs - constants
        assert now.edges == len(scene.selected_edges())
        assert set(scene.selected_nodes()) == scene.chosen_nodes <= document.graph.node_ids
