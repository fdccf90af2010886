"""Random sequences of all edits, undo, redo, save and load, beside a plain model of the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nodegraph.core.building import fragments
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import compile_plan, plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits, grouping, notes, rewiring
from nodegraph.core.graph.annotations import COLOURS
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import alignment, expansion, placement
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training import bindings
from nodegraph.core.training.tables import Table
from nodegraph.formats import native
from nodegraph.formats.fragment import from_text, to_text
from tests.core.engine.test_patched_plans import told
from tests.core.plain_model import Key, PlainModel, seen

OPS = sorted(OPERATIONS)
places = st.integers(-500, 500).map(float)
picks = st.integers(0, 10**6)
"""Which of what there is: taken modulo how many there are."""
many = st.lists(picks, min_size=1, max_size=4)
texts = st.sampled_from(["y = a*b", "tanh(e*w + 1)", "a = a*2; q = a + e", "max(a, b, a)"])


class Editor(RuleBasedStateMachine):
    """A graph with its history, and the model with its own."""

    def __init__(self) -> None:
        super().__init__()
        self.graph = Graph()
        self.model = PlainModel()
        self.done: list[tuple[Change, PlainModel]] = []
        self.undone: list[tuple[Change, PlainModel]] = []

    @initialize(
        text=st.sampled_from(["", "L = (a*b + c)*f", "s = add(a, b, c, a); y = exp(s) / a"]),
        grouped=st.booleans(),
    )
    def start(self, text: str, grouped: bool) -> None:
        if text:
            self.graph = parse(text)
        if text and grouped:
            ids = [node.id for node in self.graph.nodes()]
            self.graph.apply(grouping.group(self.graph, ids[:3], "First"))
            self.graph.apply(grouping.group(self.graph, ids[3:5], "Second"))
            self.graph.apply(grouping.set_collapsed(self.graph, ["group2"], True))
        self.adopt()

    # --- how an edit is made
    def edit(self, make: Callable[[], Change], model: Callable[[Change], None] | None = None) -> bool:
        """Make and apply an edit, and the same on the model; False where it was refused.

        Without a model of its own, the model takes what is there now: the invariants judge it.
        """
        try:
            change = make()
        except Refused:
            return False
        before = self.model.copy()
        self.graph.apply(change)
        if model is not None:
            model(change)
        else:
            self.adopt()
        if change:
            self.done.append((change, before))
            self.undone.clear()
        return True

    def adopt(self) -> None:
        now = seen(self.graph)
        for key, value in now.items():
            setattr(self.model, key, dict(value) if isinstance(value, list) else value)

    def one(self, pick: int) -> str:
        ids = list(self.model.nodes)
        return ids[pick % len(ids)]

    def some(self, chosen: list[int]) -> list[str]:
        return list(dict.fromkeys(self.one(pick) for pick in chosen))

    def an_edge(self, pick: int) -> Key:
        keys = sorted(self.model.edges)
        return keys[pick % len(keys)]

    def a_group(self, pick: int) -> str:
        ids = list(self.model.groups)
        return ids[pick % len(ids)]

    # --- nodes
    @rule(op=st.sampled_from(OPS), x=places, y=places)
    def add(self, op: str, x: float, y: float) -> None:
        self.edit(lambda: edits.add_node(self.graph, op, x, y), lambda change: self._put(change, op, (x, y)))

    def _put(self, change: Change, op: str, at: tuple[Any, Any]) -> str:
        (made,) = change.made()
        assert made not in self.model.nodes
        self.model.put(made, op, self.graph.node(made).name, at)
        return made

    @precondition(lambda self: self.model.nodes)
    @rule(pick=picks, name=st.sampled_from(["a", "x1", "Loss", "größe", "e"]))
    def rename(self, pick: int, name: str) -> None:
        node_id = self.one(pick)
        taken = any(node["name"] == name for i, node in self.model.nodes.items() if i != node_id)
        went = self.edit(
            lambda: edits.rename(self.graph, node_id, name),
            lambda _: self.model.nodes[node_id].update(name=name),
        )
        assert went != taken

    @precondition(lambda self: self.model.nodes)
    @rule(pick=picks, value=st.floats(-1e3, 1e3))
    def set_value(self, pick: int, value: float) -> None:
        node_id = self.one(pick)
        went = self.edit(
            lambda: edits.set_value(self.graph, node_id, value),
            lambda _: self.model.nodes[node_id].update(value=value),
        )
        assert went == (self.model.nodes[node_id]["value"] is not None)

    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many)
    def mute(self, chosen: list[int]) -> None:
        ids = [i for i in self.some(chosen) if self.model.least(i)]
        wanted = not all(self.model.nodes[i]["muted"] for i in ids)

        def model(_: Change) -> None:
            for node_id in ids:
                self.model.nodes[node_id]["muted"] = wanted

        assert self.edit(lambda: edits.set_muted(self.graph, self.some(chosen)), model) == bool(ids)

    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many, x=places, y=places)
    def move(self, chosen: list[int], x: float, y: float) -> None:
        ids = self.some(chosen)

        def model(_: Change) -> None:
            for node_id in ids:
                self.model.nodes[node_id]["at"] = (x, y)

        self.edit(lambda: edits.move(self.graph, dict.fromkeys(ids, (x, y))), model)

    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many, heal=st.booleans())
    def remove(self, chosen: list[int], heal: bool) -> None:
        ids = self.some(chosen)
        make = rewiring.remove_and_heal if heal else edits.remove
        self.edit(lambda: make(self.graph, ids), lambda _: self.model.remove(ids, heal=heal))

    @precondition(lambda self: self.model.nodes)
    @rule(pick=picks, none=st.booleans())
    def set_output(self, pick: int, none: bool) -> None:
        output = None if none else self.one(pick)
        self.edit(
            lambda: edits.set_output(self.graph, output),
            lambda _: setattr(self.model, "output", output),
        )

    @rule(title=st.sampled_from(["", "A title", "  two\nlines "]))
    def set_title(self, title: str) -> None:
        kept = " ".join(title.split()) or None
        self.edit(lambda: edits.set_title(self.graph, title), lambda _: setattr(self.model, "title", kept))

    # --- edges
    @precondition(lambda self: self.model.nodes)
    @rule(source=picks, end=picks, port=st.integers(0, 4))
    def connect(self, source: int, end: int, port: int) -> None:
        start, target = self.one(source), self.one(end)
        legal = self.model.may_connect(start, target, port)
        upstream = edits.ancestors(self.graph, start)
        assert (edits.why_not(self.graph, start, target, port, upstream) is None) == legal
        went = self.edit(
            lambda: edits.connect(self.graph, start, target, port),
            lambda _: self.model.edges.update({(target, port): start}),
        )
        assert went == legal

    @precondition(lambda self: self.model.edges)
    @rule(chosen=many)
    def slice_edges(self, chosen: list[int]) -> None:
        keys = [self.an_edge(pick) for pick in chosen]
        self.edit(lambda: rewiring.slice_edges(self.graph, keys), lambda _: self.model.rewire(set(keys)))

    @precondition(lambda self: self.model.nodes)
    @rule(op=st.sampled_from(OPS), source=picks)
    def add_after(self, op: str, source: int) -> None:
        start = self.one(source)

        def model(change: Change) -> None:
            self.model.edges[self._put(change, op, (None, None)), 0] = start

        went = self.edit(lambda: rewiring.add_after(self.graph, op, start), model)
        assert went != OPERATIONS[op].is_leaf

    @precondition(lambda self: self.model.nodes)
    @rule(op=st.sampled_from(OPS), end=picks, port=st.integers(0, 3))
    def add_before(self, op: str, end: int, port: int) -> None:
        target = self.one(end)

        def model(change: Change) -> None:
            self.model.edges[target, port] = self._put(change, op, (None, None))

        self.edit(lambda: rewiring.add_before(self.graph, op, target, port), model)

    @precondition(lambda self: self.model.edges)
    @rule(op=st.sampled_from(OPS), pick=picks)
    def add_between(self, op: str, pick: int) -> None:
        key = self.an_edge(pick)

        def model(change: Change) -> None:
            made = self._put(change, op, (None, None))
            start = self.model.edges[key]
            self.model.edges |= {(made, 0): start, key: made}
            for _, _, members, _ in self.model.groups.values():
                if {start, key[0]} <= members:
                    members.add(made)

        assert self.edit(lambda: rewiring.add_between(self.graph, op, key), model) != OPERATIONS[op].is_leaf

    @precondition(lambda self: self.model.edges)
    @rule(node=picks, pick=picks, x=places)
    def insert_on_edge(self, node: int, pick: int, x: float) -> None:
        node_id, key = self.one(node), self.an_edge(pick)
        start = self.model.edges[key]
        port = self.model.free_port(node_id) if self.model.least(node_id) else None
        legal = port is not None and node_id not in (start, key[0])
        legal = legal and not self.model.reaches(node_id, start) and not self.model.reaches(key[0], node_id)

        def model(_: Change) -> None:
            assert port is not None
            self.model.edges |= {(node_id, port): start, key: node_id}
            self.model.nodes[node_id]["at"] = (x, 7.0)

        assert self.edit(lambda: rewiring.insert_on_edge(self.graph, node_id, key, (x, 7.0)), model) == legal

    @precondition(lambda self: self.model.edges)
    @rule(pick=picks, source=picks)
    def reroute_start(self, pick: int, source: int) -> None:
        key, start = self.an_edge(pick), self.one(source)
        legal = self.model.may_connect(start, *key) or start == self.model.edges[key]
        went = self.edit(
            lambda: rewiring.reroute(self.graph, key, source=start),
            lambda _: self.model.edges.update({key: start}),
        )
        assert went == legal

    @precondition(lambda self: self.model.edges)
    @rule(pick=picks, end=picks, port=st.integers(0, 3))
    def reroute_end(self, pick: int, end: int, port: int) -> None:
        key, new = self.an_edge(pick), (self.one(end), port)
        source = self.model.edges[key]
        legal = self.model.may_connect(source, *new) or new == key

        def model(_: Change) -> None:
            if new != key:
                self.model.rewire([key], {new: source})

        assert self.edit(lambda: rewiring.reroute(self.graph, key, target=new), model) == legal

    @precondition(lambda self: self.model.nodes)
    @rule(source=picks, to=picks)
    def move_outputs(self, source: int, to: int) -> None:
        start, end = self.one(source), self.one(to)
        movable = [
            key
            for key, feeding in self.model.edges.items()
            if feeding == start and not self.model.reaches(key[0], end)
        ]
        went = self.edit(
            lambda: rewiring.move_outputs(self.graph, start, end),
            lambda _: self.model.edges.update(dict.fromkeys(movable, end)),
        )
        assert went == (bool(movable) and start != end)

    # --- groups and notes
    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many, title=st.sampled_from(["", "Layer 1"]))
    def group(self, chosen: list[int], title: str) -> None:
        ids = self.some(chosen)

        def model(change: Change) -> None:
            (made,) = change.made("group")
            self.model.leave_groups(ids)
            self.model.groups[made] = (title, self.graph.group(made).colour, set(ids), False)

        self.edit(lambda: grouping.group(self.graph, ids, title), model)

    @precondition(lambda self: self.model.groups)
    @rule(pick=picks)
    def ungroup(self, pick: int) -> None:
        group_id = self.a_group(pick)
        self.edit(
            lambda: grouping.ungroup(self.graph, [group_id]),
            lambda _: self.model.groups.pop(group_id) and None,
        )

    @precondition(lambda self: self.model.groups)
    @rule(pick=picks, collapsed=st.booleans(), colour=st.sampled_from([*COLOURS, "#123abc"]))
    def change_group(self, pick: int, collapsed: bool, colour: str) -> None:
        group_id = self.a_group(pick)
        title, _, members, was = self.model.groups[group_id]
        self.edit(
            lambda: grouping.recolour_group(self.graph, group_id, colour),
            lambda _: self.model.groups.update({group_id: (title, colour, members, was)}),
        )
        self.edit(
            lambda: grouping.set_collapsed(self.graph, [group_id], collapsed),
            lambda _: self.model.groups.update({group_id: (title, colour, members, collapsed)}),
        )
        self.edit(
            lambda: grouping.rename_group(self.graph, group_id, colour),
            lambda _: self.model.groups.update({group_id: (colour, colour, members, collapsed)}),
        )

    @precondition(lambda self: self.model.groups)
    @rule(pick=picks)
    def expand_group(self, pick: int) -> None:
        """Opens it; what makes way may be any node but its own, so the model takes the places over."""
        group_id = self.a_group(pick)
        own = {i: (self.graph.node(i).x, self.graph.node(i).y) for i in self.graph.group(group_id).nodes}
        if self.edit(lambda: expansion.expand(self.graph, [group_id])):
            assert not self.graph.group(group_id).collapsed
            assert own == {i: (self.graph.node(i).x, self.graph.node(i).y) for i in own}

    @precondition(lambda self: self.model.groups)
    @rule(pick=picks, chosen=many)
    def add_to_group(self, pick: int, chosen: list[int]) -> None:
        group_id, ids = self.a_group(pick), self.some(chosen)

        def model(_: Change) -> None:
            self.model.leave_groups(ids, but=group_id)
            self.model.groups[group_id][2].update(ids)

        self.edit(lambda: grouping.add_to_group(self.graph, group_id, ids), model)

    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many)
    def remove_from_group(self, chosen: list[int]) -> None:
        ids = self.some(chosen)
        self.edit(lambda: grouping.remove_from_group(self.graph, ids), lambda _: self.model.leave_groups(ids))

    @rule(text=st.sampled_from(["", "# Why\n\nso"]), x=places, y=places)
    def add_note(self, text: str, x: float, y: float) -> None:
        self.edit(
            lambda: notes.add_note(self.graph, text, x, y),
            lambda change: self.model.notes.update({change.made("note")[0]: (text, x, y, 240.0, 120.0)}),
        )

    @precondition(lambda self: self.model.notes)
    @rule(pick=picks, x=places, width=st.floats(30, 500), gone=st.booleans())
    def change_note(self, pick: int, x: float, width: float, gone: bool) -> None:
        ids = list(self.model.notes)
        note_id = ids[pick % len(ids)]
        if gone:
            self.edit(
                lambda: edits.remove(self.graph, (), note_ids=[note_id]),
                lambda _: self.model.notes.pop(note_id) and None,
            )
            return
        y = self.model.notes[note_id][2]
        self.edit(lambda: notes.edit_note(self.graph, note_id, "new"))
        self.edit(lambda: notes.move_notes(self.graph, {note_id: (x, y)}))
        self.edit(
            lambda: notes.resize_note(self.graph, note_id, width, 60),
            lambda _: self.model.notes.update({note_id: ("new", x, y, width, 60.0)}),
        )

    # --- many at once
    @precondition(lambda self: 0 < len(self.model.nodes) < 40)
    @rule(chosen=many, x=places, keep=st.booleans())
    def paste(self, chosen: list[int], x: float, keep: bool) -> None:
        ids = self.some(chosen)
        arriving = fragments.incoming(self.graph, ids) if keep else []
        part = from_text(to_text(fragments.part_of(self.graph, ids))).graph
        size, edges = len(self.graph), self.model.edges
        inner = sum(target in ids and source in ids for (target, _), source in edges.items())
        count = len(edges) + inner + len(arriving)
        assert self.edit(lambda: fragments.insert_part(self.graph, part, (x, x), "Paste", arriving))
        assert len(self.graph) == size + len(ids)
        assert len(self.model.edges) == count

    @precondition(lambda self: len(self.model.nodes) < 40)
    @rule(text=texts, x=places)
    def insert_text(self, text: str, x: float) -> None:
        has_a = any(node["name"] == "a" for node in self.model.nodes.values())
        assert self.edit(lambda: fragments.insert_text(self.graph, text, x, x)) == (
            has_a or "a = a" not in text
        )

    @precondition(lambda self: self.model.nodes)
    @rule(chosen=many, side=st.sampled_from(["left", "middle", "bottom"]), whole=st.booleans())
    def arrange(self, chosen: list[int], side: Any, whole: bool) -> None:
        ids = self.some(chosen)
        edges = dict(self.model.edges)
        self.edit(lambda: alignment.align(self.graph, ids, side))
        self.edit(lambda: alignment.distribute(self.graph, ids, "vertically"))
        self.edit(lambda: placement.place(self.graph, None if whole else ids))
        assert self.model.edges == edges

    # --- data
    @rule(names=st.sets(st.sampled_from(["a", "b", "t"])))
    def set_table(self, names: set[str]) -> None:
        table = Table("", tuple((name, (1.0, 2.0)) for name in sorted(names))) if names else None
        self.edit(lambda: bindings.set_table(self.graph, table))

    @precondition(lambda self: self.model.nodes)
    @rule(pick=picks, column=st.sampled_from(["a", "b", "t", None]))
    def bind(self, pick: int, column: str | None) -> None:
        self.edit(lambda: bindings.bind(self.graph, self.one(pick), column))

    # --- the history and the file
    @precondition(lambda self: self.done)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.done))):
            change, before = self.done.pop()
            self.undone.append((change, self.model))
            self.graph.apply(change.inverse())
            self.model = before

    @precondition(lambda self: self.undone)
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.undone))):
            change, after = self.undone.pop()
            self.done.append((change, self.model))
            self.graph.apply(change)
            self.model = after

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def merge(self) -> None:
        """The last two changes become one, as two of one gesture do."""
        later, _ = self.done.pop()
        first, before = self.done.pop()
        merged = first.then(later)
        if merged:
            self.done.append((merged, before))

    @rule()
    def save_and_load(self) -> None:
        data = native.write(self.graph)
        loaded = native.read(data)
        assert seen(loaded) == seen(self.graph)
        assert native.write(loaded) == data

    # --- what always holds
    @invariant()
    def the_graph_is_as_the_model_says(self) -> None:
        assert seen(self.graph) == self.model.seen()

    @invariant()
    def it_is_a_graph_that_may_be(self) -> None:
        graph = self.graph
        assert nx.is_directed_acyclic_graph(graph.network)
        names = [node.name for node in graph.nodes()]
        assert len(set(names)) == len(names)
        assert all(graph.named(node.name) == node for node in graph.nodes())
        members = [member for group in graph.groups() for member in group.nodes]
        assert len(set(members)) == len(members)
        assert all(group.nodes for group in graph.groups())
        assert all(
            graph.group_of(n.id) == next((g for g in graph.groups() if n.id in g.nodes), None)
            for n in graph.nodes()
        )
        for node in graph.nodes():
            ports = [edge.port for edge in graph.edges_into(node.id)]
            assert len(set(ports)) == len(ports)
            most = OPERATIONS[node.op].most
            assert most is None or all(port < most for port in ports)

    @invariant()
    def inputs_take_columns_that_are_there(self) -> None:
        table = bindings.table_of(self.graph)
        names = table.names if table is not None else ()
        taken = [node for node in self.graph.nodes() if node.column is not None]
        assert all(node.op == "input" and node.column in names for node in taken)

    @invariant()
    def a_kept_plan_is_the_plan(self) -> None:
        kept, fresh = plan_of(self.graph), compile_plan(self.graph)
        assert told(kept) == told(fresh)
        assert len(run(self.graph).values) == len(kept.ids)


Editor.TestCase.settings = settings(
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.filterwarnings("default::hypothesis.errors.HypothesisWarning")
class TestEditSequences(Editor.TestCase):
    """Random sequences of edits keep a graph what it must be, and take back exactly what they did."""
