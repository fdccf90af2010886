"""Parts: copied, inserted under names that read well, and formulas inserted among nodes that are there."""

from __future__ import annotations

import pytest

from nodegraph.core.building import fragments
from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import MAX_COORDINATE
from tests.core.applying import applied, refusal, sources


@pytest.fixture
def seed() -> Graph:
    """The seed example, placed."""
    graph = parse("e = a*b; d = e + c; L = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(edits.move(graph, {node.id: (10.0 * node.rank, 5.0) for node in graph.nodes()}))
    return graph


def names(graph: Graph) -> list[str]:
    return [node.name for node in graph.nodes()]


def test_a_part_has_the_edges_between_its_nodes_and_is_inserted_under_names_that_read_well(
    seed: Graph,
) -> None:
    part = fragments.part_of(seed, ["e", "a", "b"])
    assert names(part) == ["a", "b", "e"]
    change = fragments.insert_part(seed, part, (100, 200), "Paste")
    assert change.name == "Paste 3 nodes"
    applied(seed, change)
    assert [seed.node(node_id).name for node_id in change.made()] == ["a2", "b2", "e2"]
    assert sources(seed, "e2") == {0: "a2", 1: "b2"}
    assert (seed.node("a2").x, seed.node("a2").y, seed.node("a2").value) == (100, 205, 2)


def test_a_copy_may_keep_what_feeds_its_original(seed: Graph) -> None:
    part, arriving = fragments.part_of(seed, ["d", "e"]), fragments.incoming(seed, ["d", "e"])
    applied(seed, fragments.insert_part(seed, part, incoming=arriving))
    assert sources(seed, "e2") == {0: "a", 1: "b"}
    assert sources(seed, "d2") == {0: "e2", 1: "c"}


def test_edges_from_nodes_that_are_gone_are_left_out(seed: Graph) -> None:
    part, arriving = fragments.part_of(seed, ["e"]), fragments.incoming(seed, ["e"])
    seed.apply(edits.remove(seed, ["a"]))
    applied(seed, fragments.insert_part(seed, part, incoming=arriving))
    assert sources(seed, "e2") == {1: "b"}


def test_whole_groups_notes_and_muting_come_along(seed: Graph) -> None:
    seed.apply(grouping.group(seed, ["e", "d"], "Inner", "green"))
    seed.apply(grouping.group(seed, ["a", "b"]))
    seed.apply(notes.add_note(seed, "hear", 1, 2))
    seed.apply(edits.set_muted(seed, ["e"]))
    part = fragments.part_of(seed, ["a", "e", "d"], ["note1"])
    applied(seed, fragments.insert_part(seed, part, (10, 10)))
    copy = seed.groups()[-1]
    assert (copy.title, copy.colour, copy.nodes) == ("Inner", "green", ("e2", "d2"))
    assert len(seed.groups()) == 3
    assert (seed.notes()[-1].text, seed.notes()[-1].x) == ("hear", 11)
    assert seed.node("e2").muted


def test_names_with_numbers_count_on_and_never_meet() -> None:
    graph = parse("y = x2*x3")
    for _ in range(3):
        graph.apply(fragments.insert_part(graph, fragments.part_of(graph, ["x2", "x3"])))
    assert len(set(names(graph))) == 9
    assert names(graph)[3:5] == ["x4", "x5"]


def test_a_place_far_out_is_brought_inside(seed: Graph) -> None:
    applied(seed, fragments.insert_part(seed, fragments.part_of(seed, ["a"]), (9e9, -9e9)))
    assert (seed.node("a2").x, seed.node("a2").y) == (MAX_COORDINATE, -MAX_COORDINATE)


# --- text
def test_a_formula_uses_the_nodes_that_are_there_and_makes_the_rest(seed: Graph) -> None:
    change = fragments.insert_text(seed, "tanh(L*w + b)", 400, 300)
    applied(seed, change)
    made = [seed.node(node_id) for node_id in change.made()]
    assert [node.op for node in made] == ["input", "multiply", "add", "tanh"]
    assert made[0].name == "w"
    assert sources(seed, made[1].id) == {0: "L", 1: "w"}
    assert sources(seed, made[2].id) == {0: made[1].id, 1: "b"}
    assert min(node.x or 0 for node in made) == 400
    assert min(node.y or 0 for node in made) == 300


def test_a_name_that_is_taken_gets_a_number_and_means_the_new_node_from_then_on(seed: Graph) -> None:
    applied(seed, fragments.insert_text(seed, "L = L*2; z = L + 1", 0, 0))
    assert sources(seed, "L2")[0] == "L"
    assert sources(seed, "z")[0] == "L2"


def test_a_formula_finds_nodes_by_name_not_by_id() -> None:
    graph = parse("y = a*b")
    graph.apply(edits.rename(graph, "a", "weight"))
    applied(graph, fragments.insert_text(graph, "z = exp(weight); u = a + 1", 0, 0))
    assert sources(graph, "z") == {0: "a"}
    fresh = graph.named("a")
    assert fresh is not None
    assert fresh.id != "a"
    assert sources(graph, "u")[0] == fresh.id


def test_into_an_empty_graph_a_formula_goes_as_it_is() -> None:
    graph = Graph()
    applied(graph, fragments.insert_text(graph, "L = (a*b + c)*f", 0, 0))
    assert formula_of(graph) == "L = (a × b + c) × f"


def test_names_alone_that_are_there_add_nothing(seed: Graph) -> None:
    assert "names of nodes that are there" in refusal(lambda: fragments.insert_text(seed, "a; L", 0, 0))
    applied(seed, fragments.insert_text(seed, "q", 0, 0))
    assert seed.node("q").op == "input"


@pytest.mark.parametrize(
    ("text", "said"),
    [("y = a +", "expected"), ("y = y*2", "before its own"), ("L = 2*a; L = 3*a", "has a meaning already")],
)
def test_text_that_cannot_be_read_is_refused_with_its_place(seed: Graph, text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        fragments.insert_text(seed, text, 0, 0)
