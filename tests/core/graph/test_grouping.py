"""Groups and notes: boxes that carry nodes, never two at once, and what a collapsed one shows."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.graph.annotations import COLOURS
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Group, Node
from tests.core.applying import applied, refusal


@pytest.fixture
def seed() -> Graph:
    """The seed example."""
    return parse("e = a*b; d = e + c; L = d*f")


@pytest.fixture
def grouped(seed: Graph) -> Graph:
    """The seed example with e and d in a group."""
    seed.apply(grouping.group(seed, ["e", "d"], "Inner"))
    return seed


def members(graph: Graph) -> list[tuple[str, ...]]:
    return [group.nodes for group in graph.groups()]


def test_a_group_carries_nodes_under_a_title(seed: Graph) -> None:
    change = grouping.group(seed, ["e", "d", "e"], "  The inner\n part ")
    (made,) = change.made("group")
    group = applied(seed, change).group(made)
    assert (group.title, group.nodes, group.collapsed) == ("The inner part", ("e", "d"), False)
    assert seed.group_of("e") == group
    assert seed.group_of("a") is None
    assert change.name == "Group 2 nodes"


def test_new_groups_get_colours_that_are_not_in_use(seed: Graph) -> None:
    for node_id in ("a", "b", "c"):
        seed.apply(grouping.group(seed, [node_id]))
    assert [group.colour for group in seed.groups()] == list(COLOURS)[:3]


def test_a_node_leaves_its_group_for_another_and_an_empty_group_vanishes(grouped: Graph) -> None:
    applied(grouped, grouping.group(grouped, ["d", "L"]))
    assert members(grouped) == [("e",), ("d", "L")]
    applied(grouped, grouping.group(grouped, ["e"]))
    assert members(grouped) == [("d", "L"), ("e",)]


def test_nodes_go_into_a_group_and_out_of_it(grouped: Graph) -> None:
    (group,) = grouped.groups()
    applied(grouped, grouping.add_to_group(grouped, group.id, ["L", "e"]))
    assert members(grouped) == [("e", "d", "L")]
    applied(grouped, grouping.remove_from_group(grouped, ["e", "a"]))
    assert members(grouped) == [("d", "L")]
    applied(grouped, grouping.remove_from_group(grouped, ["d", "L"]))
    assert members(grouped) == []


def test_deleting_nodes_takes_them_out_and_deleting_all_takes_the_group(grouped: Graph) -> None:
    applied(grouped, edits.remove(grouped, ["e"]))
    assert members(grouped) == [("d",)]
    applied(grouped, edits.remove(grouped, ["d"]))
    assert members(grouped) == []


def test_ungrouping_leaves_the_nodes(grouped: Graph) -> None:
    (group,) = grouped.groups()
    change = grouping.ungroup(grouped, [group.id])
    assert change.name == "Ungroup"
    assert "e" in applied(grouped, change)
    assert grouped.groups() == []


def test_title_colour_and_collapsing_change_and_nothing_is_computed_otherwise(grouped: Graph) -> None:
    (group,) = grouped.groups()
    before = run(grouped).values
    applied(grouped, grouping.rename_group(grouped, group.id, "Core"))
    applied(grouped, grouping.recolour_group(grouped, group.id, "#00ff80"))
    applied(grouped, grouping.set_collapsed(grouped, [group.id], True))
    assert grouped.group(group.id) == Group(group.id, "Core", "#00ff80", ("e", "d"), True)
    assert run(grouped).values == before
    assert not grouping.set_collapsed(grouped, [group.id], True)


def test_wrong_titles_colours_and_ids_are_refused(grouped: Graph) -> None:
    (group,) = grouped.groups()
    assert "no colour here" in refusal(lambda: grouping.recolour_group(grouped, group.id, "pink"))
    assert "at most 200" in refusal(lambda: grouping.rename_group(grouped, group.id, "x" * 201))
    assert "control" in refusal(lambda: grouping.rename_group(grouped, group.id, "a\0"))
    assert "no longer there" in refusal(lambda: grouping.rename_group(grouped, "gone", "a"))
    assert "no longer there" in refusal(lambda: grouping.group(grouped, ["gone"]))
    assert "Select the nodes" in refusal(lambda: grouping.group(grouped, []))
    assert "no longer there" in refusal(lambda: edits.remove(grouped, (), group_ids=["gone"]))


def test_a_border_shows_what_crosses_it_by_source() -> None:
    graph = parse("e = x*x; d = e + c; L = d*f + d + e")
    graph.apply(grouping.group(graph, ["e", "d"]))
    (group,) = graph.groups()
    faces = grouping.group_faces(graph, group.id)
    assert [(face.source, [edge.key for edge in face.edges]) for face in faces.incoming] == [
        ("x", [("e", 0), ("e", 1)]),
        ("c", [("d", 1)]),
    ]
    assert [(face.source, len(face.edges)) for face in faces.outgoing] == [("e", 1), ("d", 2)]


def test_a_collapsed_group_hides_its_nodes(grouped: Graph) -> None:
    (group,) = grouped.groups()
    assert grouping.hidden_nodes(grouped) == {}
    grouped.apply(grouping.set_collapsed(grouped, [group.id], True))
    assert grouping.hidden_nodes(grouped) == {"e": group.id, "d": group.id}


def test_a_group_lies_where_its_first_nodes_lie(grouped: Graph) -> None:
    (group,) = grouped.groups()
    grouped.apply(edits.move(grouped, {"e": (10, 50), "d": (30, 20)}))
    assert grouping.corner(grouped, group.id) == (10, 20)


@pytest.mark.parametrize(
    ("members", "said"),
    [(("a", "gone"), "not there"), (("a", "a"), "two groups"), (("e",), "two groups")],
)
def test_the_graph_itself_takes_no_broken_group(grouped: Graph, members: tuple[str, ...], said: str) -> None:
    before = grouped.copy()
    with pytest.raises(ValueError, match=said):
        grouped.apply(Change("Break", (patch_of(None, Group("other", nodes=members)),)))
    assert grouped == before


def test_the_graph_itself_lets_no_node_go_and_stay_in_its_group(grouped: Graph) -> None:
    change = edits.remove(grouped, ["e"])
    without = Change("Break", tuple(patch for patch in change.patches if patch.kind != "group"))
    with pytest.raises(ValueError, match="stay in its group"):
        grouped.apply(without)


# --- notes
def test_a_note_is_written_edited_moved_sized_and_deleted(seed: Graph) -> None:
    change = notes.add_note(seed, "# Why", 10, 20)
    (note_id,) = change.made("note")
    applied(seed, change)
    applied(seed, notes.edit_note(seed, note_id, "two\r\nlines"))
    applied(seed, notes.move_notes(seed, {note_id: (-5, 6)}))
    applied(seed, notes.resize_note(seed, note_id, 300, 1))
    note = seed.note(note_id)
    assert (note.text, note.x, note.y, note.width, note.height) == (
        "two\nlines",
        -5,
        6,
        300,
        notes.LEAST_SIDE,
    )
    change = edits.remove(seed, (), note_ids=[note_id])
    assert change.name == "Delete a note"
    assert applied(seed, change).notes() == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda graph: notes.add_note(graph, "bell\x07", 0, 0), "control"),
        (lambda graph: notes.add_note(graph, "x" * 20_001, 0, 0), "at most 20,000"),
        (lambda graph: notes.add_note(graph, "", float("nan"), 0), "far out"),
        (lambda graph: notes.add_note(graph, "", 0, 0, 1e9), "that large"),
        (lambda graph: notes.edit_note(graph, "gone", ""), "no longer there"),
    ],
)
def test_a_note_that_cannot_be_is_refused(seed: Graph, edit: object, said: str) -> None:
    with pytest.raises(Refused, match=said):
        edit(seed)  # type: ignore[operator]


def test_ids_of_groups_and_notes_keep_clear_of_nodes_and_of_each_other(seed: Graph) -> None:
    seed.apply(edits.add_node(seed, "input", name="note1"))
    seed.apply(notes.add_note(seed, "", 0, 0))
    seed.apply(notes.add_note(seed, "", 0, 0))
    assert [note.id for note in seed.notes()] == ["note2", "note3"]


def test_free_inputs_stand_in_execution_order_however_the_nodes_were_made() -> None:
    graph = parse("d = x + y; e = a * b")
    graph.apply(edits.connect(graph, "e", "d", 0))
    graph.apply(grouping.group(graph, ["d", "e"]))
    assert grouping.free_inputs(graph, "group1") == [("e", 2), ("d", 2)]


def test_a_full_node_has_no_free_input() -> None:
    graph = parse("s = sin(a)")
    graph.apply(grouping.group(graph, ["s"]))
    assert grouping.free_inputs(graph, "group1") == []
    graph.apply(edits.disconnect(graph, [("s", 0)]))
    assert grouping.free_inputs(graph, "group1") == [("s", 0)]


def test_results_of_a_group_are_what_leaves_it_or_ends_in_it(grouped: Graph) -> None:
    assert grouping.results(grouped, "group1") == ["d"]
    grouped.apply(edits.disconnect(grouped, [("L", 0)]))
    assert grouping.results(grouped, "group1") == ["d"]
    grouped.apply(edits.connect(grouped, "e", "L", 0))
    assert grouping.results(grouped, "group1") == ["e", "d"]


def test_a_group_gives_the_output_and_what_nothing_takes_yet() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(grouping.group(graph, [graph.named(name).id for name in "edL"]))
    names = [
        graph.node(face.source).name for face in grouping.group_faces(graph, graph.groups()[0].id).outgoing
    ]
    assert names == ["L"]
    graph.apply(edits.set_output(graph, graph.named("d").id))
    names = [
        graph.node(face.source).name for face in grouping.group_faces(graph, graph.groups()[0].id).outgoing
    ]
    assert names == ["d", "L"]


def test_an_unused_input_in_a_group_asks_for_no_row() -> None:
    graph = parse("y = a*b", a=2, b=3)
    graph.apply(edits.add_node(graph, "input", 0.0, 0.0, name="idle"))
    graph.apply(grouping.group(graph, [graph.named(name).id for name in ("a", "b", "idle")]))
    faces = grouping.group_faces(graph, graph.groups()[0].id)
    assert [graph.node(face.source).name for face in faces.outgoing] == ["a", "b"]


class Counted(str):
    """An id that counts how often one is compared with another."""

    comparisons = 0

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.comparisons += 1
        return str.__eq__(self, other)


@pytest.mark.parametrize("kind", ["group", "add", "take out", "ungroup"])
def test_nodes_leave_a_group_of_very_many_without_a_look_at_all_for_each(kind: str) -> None:
    ids = [Counted(f"n{number}") for number in range(400)]
    graph = Graph.of([Node(node_id, "input", node_id, 1.0, rank=rank) for rank, node_id in enumerate(ids)])
    graph.apply(grouping.group(graph, ids[:300], "many"))
    graph.apply(grouping.group(graph, ids[300:], "others"))
    many, others = graph.groups()
    asked = [Counted(node_id) for node_id in ids[:290]]  # equal, and not the very same
    Counted.comparisons = 0
    change = {
        "group": lambda: grouping.group(graph, asked, "new"),
        "add": lambda: grouping.add_to_group(graph, others.id, asked),
        "take out": lambda: grouping.remove_from_group(graph, asked),
        "ungroup": lambda: grouping.ungroup(graph, [many.id]),
    }[kind]()
    graph.apply(change)
    assert Counted.comparisons < 20 * len(ids)
    assert change.touches_more_than(289)
    assert not change.touches_more_than(1000)


def test_what_becomes_of_a_group_touches_its_nodes_where_they_come_go_or_are_hidden() -> None:
    graph = Graph.of([Node(f"n{rank}", "input", f"n{rank}", 1.0, rank=rank) for rank in range(50)])
    graph.apply(grouping.group(graph, [f"n{rank}" for rank in range(40)], "many"))
    (many,) = graph.groups()
    for touches, change in (
        (1, grouping.recolour_group(graph, many.id, "green")),
        (1, grouping.rename_group(graph, many.id, "more")),
        (2, grouping.add_to_group(graph, many.id, ["n49"])),
        (2, grouping.remove_from_group(graph, ["n0"])),
        (41, grouping.set_collapsed(graph, [many.id], True)),
        (41, grouping.ungroup(graph, [many.id])),
    ):
        assert change.touches_more_than(touches - 1)
        assert not change.touches_more_than(touches)
