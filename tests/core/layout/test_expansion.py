"""Groups that open make room for themselves: what they would cover is pushed aside in the same step."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import expansion
from nodegraph.core.layout.card_size import group_size, node_size
from tests.core.applying import applied

NOTHING = Change("Arrange the graph")
PLACES = {"a": (0, 0), "b": (0, 120), "c": (0, 600), "f": (0, 700), "e": (280, 56), "d": (560, 144)}


@pytest.fixture
def folded() -> Graph:
    """The seed example, e and d in a collapsed group; L wherever a test puts it."""
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(edits.move(graph, {**PLACES, "L": (2000, 144)}))
    graph.apply(grouping.group(graph, ["e", "d"], "Sum"))
    graph.apply(grouping.set_collapsed(graph, ["group1"], True))
    return graph


def place(graph: Graph, node_id: str) -> tuple[float | None, float | None]:
    node = graph.node(node_id)
    return node.x, node.y


def overlaps(graph: Graph, one: str, other: str) -> bool:
    (ax, ay), (bx, by) = place(graph, one), place(graph, other)
    (aw, ah), (bw, bh) = node_size(graph, one), node_size(graph, other)
    return ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah


def test_where_nothing_is_in_the_way_nothing_moves(folded: Graph) -> None:
    change = expansion.expand(folded, ["group1"])
    assert [patch.kind for patch in change.patches] == ["group"]
    assert not applied(folded, change).group("group1").collapsed


def test_a_node_beside_the_collapsed_card_makes_way_and_one_step_brings_it_back(folded: Graph) -> None:
    folded.apply(edits.move(folded, {"L": (560, 144)}))
    change = expansion.expand(folded, ["group1"])
    assert change.name == "Expand a group"
    applied(folded, change)
    x, y = place(folded, "L")
    assert x >= 560 + node_size(folded, "d")[0] + 24
    assert y == 144
    assert [place(folded, name) for name in "ed"] == [PLACES[name] for name in "ed"]


def test_a_node_below_the_card_makes_way_downwards(folded: Graph) -> None:
    below = 56 + group_size(folded, "group1")[1] + 8
    folded.apply(edits.move(folded, {"L": (280, below)}))
    applied(folded, expansion.expand(folded, ["group1"]))
    x, y = place(folded, "L")
    assert x == 280
    assert y >= 144 + node_size(folded, "d")[1] + 24


def test_what_is_pushed_pushes_on(folded: Graph) -> None:
    folded.apply(edits.move(folded, {"L": (560, 160), "f": (760, 180)}))
    applied(folded, expansion.expand(folded, ["group1"]))
    assert place(folded, "f")[0] >= place(folded, "L")[0] + node_size(folded, "L")[0]
    assert place(folded, "f")[1] == 180


def test_another_group_is_pushed_with_all_its_nodes(folded: Graph) -> None:
    folded.apply(edits.move(folded, {"L": (560, 160), "f": (1200, 400)}))
    folded.apply(grouping.group(folded, ["L", "f"]))
    applied(folded, expansion.expand(folded, ["group1"]))
    by = place(folded, "L")[0] - 560
    assert by > 0
    assert place(folded, "f") == (1200 + by, 400)


def test_two_groups_opened_at_once_do_not_cover_each_other(folded: Graph) -> None:
    folded.apply(edits.move(folded, {"L": (520, 60), "f": (700, 260)}))
    folded.apply(grouping.group(folded, ["L", "f"]))
    folded.apply(grouping.set_collapsed(folded, ["group2"], True))
    change = expansion.expand(folded, ["group1", "group2"])
    assert change.name == "Expand 2 groups"
    applied(folded, change)
    assert not any(overlaps(folded, one, other) for one in "ed" for other in "Lf")


def test_a_group_that_is_open_changes_nothing(folded: Graph) -> None:
    folded.apply(expansion.expand(folded, ["group1"]))
    folded.apply(edits.move(folded, {"L": (560, 160)}))
    assert not expansion.expand(folded, ["group1"])


@given(st.lists(st.tuples(st.integers(-400, 1200), st.integers(-400, 800)), min_size=5, max_size=5))
def test_whatever_lies_around_no_member_is_covered_and_none_moves(spots: list[tuple[int, int]]) -> None:
    graph = parse("e = a*b; d = e + c; L = d*f")
    others = dict(zip("abcfL", spots, strict=True))
    graph.apply(edits.move(graph, {"e": (280, 56), "d": (560, 144), **others}))
    graph.apply(grouping.group(graph, ["e", "d"]))
    graph.apply(grouping.set_collapsed(graph, ["group1"], True))
    applied(graph, expansion.expand(graph, ["group1"]))
    assert [place(graph, name) for name in "ed"] == [(280, 56), (560, 144)]
    assert not any(overlaps(graph, member, other) for member in "ed" for other in others)


def grown(graph: Graph, node_id: str, name: str) -> Graph:
    """The graph with a node of another name, and room made for its card."""
    before = node_size(graph, node_id)
    graph.apply(edits.rename(graph, node_id, name))
    assert node_size(graph, node_id)[0] > before[0] + 60
    graph.apply(expansion.make_room(graph, {node_id: before}))
    return graph


LONG = "a_name_of_thirty_letters_or_so"


def test_a_card_that_has_grown_pushes_aside_what_it_would_cover() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(
        edits.move(graph, {**PLACES, "c": (180, 20), "e": (560, 56), "d": (900, 144), "L": (2000, 144)})
    )
    before = {name: place(graph, name) for name in "abfedL"}
    grown(graph, "a", LONG)
    x, y = place(graph, "c")
    assert 0 <= x - node_size(graph, "a")[0] - expansion.GAP < expansion.GRID
    assert y == 20
    assert {name: place(graph, name) for name in "abfedL"} == before


def test_a_card_that_has_grown_so_that_it_would_touch_another_keeps_away_from_it() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(edits.move(graph, {**PLACES, "c": (264, -20), "e": (560, 56), "d": (900, 144)}))
    grown(graph, "a", LONG)
    assert place(graph, "c")[0] >= node_size(graph, "a")[0] + expansion.NEAR


def test_cards_that_have_all_grown_push_each_other_apart() -> None:
    graph = parse("; ".join(f"h{n + 1} = tanh(h{n})" for n in range(12)))
    graph.apply(edits.move(graph, {node.id: (160 * n, 0) for n, node in enumerate(graph.nodes())}))
    before = {node.id: node_size(graph, node.id) for node in graph.nodes()}
    graph.apply(edits.rename(graph, graph.evident_output, LONG))
    graph.apply(expansion.make_room(graph, before))
    assert not any(overlaps(graph, one.id, other.id) for one, other in combinations(graph.nodes(), 2))


def test_groups_of_which_all_cards_have_grown_push_each_other_apart() -> None:
    """A group that another one had pushed forgot that when its own cards had grown, too."""
    graph = parse("e = a*b; d = e*c; L = d*f")
    pairs = [["a", "e"], ["c", "d"], ["f", "L"]]
    for column, pair in enumerate(pairs):
        graph.apply(edits.move(graph, {member: (240 * column, 120 * row) for row, member in enumerate(pair)}))
        graph.apply(grouping.group(graph, pair))
    graph.apply(edits.move(graph, {"b": (0, -400)}))
    assert not any(cover(one, other) for one, other in combinations(boxes(graph), 2))
    before = {node.id: node_size(graph, node.id) for node in graph.nodes()}
    graph.apply(edits.rename(graph, "L", LONG))
    graph.apply(expansion.make_room(graph, before))
    assert not any(cover(one, other) for one, other in combinations(boxes(graph), 2))


def boxes(graph: Graph) -> list[expansion.Sides]:
    """The boxes of all groups, open: left, top, right, bottom."""
    return [expansion._around(expansion._cards(graph, group.nodes, node_size)) for group in graph.groups()]


def cover(one: expansion.Sides, other: expansion.Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_what_a_card_covered_before_it_grew_stays_where_it_is() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(edits.move(graph, {**PLACES, "c": (100, 20), "L": (2000, 144)}))
    assert overlaps(graph, "a", "c")
    assert place(grown(graph, "a", LONG), "c") == (100, 20)


def test_a_card_in_a_group_pushes_its_neighbours_there_and_the_box_what_is_around_it() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(edits.move(graph, {**PLACES, "e": (180, 20), "c": (360, 20), "f": (170, 50), "L": (2000, 0)}))
    graph.apply(grouping.group(graph, ["a", "e"]))
    between = place(graph, "f")  # in the box, and none of its nodes
    grown(graph, "a", LONG)
    assert not overlaps(graph, "a", "e")
    assert not overlaps(graph, "e", "c")
    assert place(graph, "c")[0] >= place(graph, "e")[0] + node_size(graph, "e")[0]
    assert place(graph, "f") == between


# --- groups that are made, and notes beside a new layout
@pytest.fixture
def seed() -> Graph:
    """The seed example, its inputs below each other."""
    graph = parse("e = a*b; d = e + c; L = d*f")
    places = {"a": (0, 0), "b": (0, 112), "c": (0, 224), "f": (0, 336), "e": (272, 56), "d": (520, 144)}
    graph.apply(edits.move(graph, {**places, "L": (768, 240)}))
    return graph


@pytest.mark.parametrize("members", ["cf", "bc", "ab", "ed", "dL", "e", "cfL"])
def test_the_title_and_the_rim_of_a_new_group_lie_over_no_other_card(seed: Graph, members: str) -> None:
    change = expansion.enclose(seed, list(members), "Data")
    applied(seed, change)
    cards = {node.id: (*node.place, *node_size(seed, node.id)) for node in seed.nodes()}
    left, top = (min(cards[name][side] for name in members) for side in (0, 1))
    right, bottom = (max(cards[name][side] + cards[name][side + 2] for name in members) for side in (0, 1))
    for name, (x, y, width, height) in cards.items():
        is_among = x >= left and y >= top and x + width <= right and y + height <= bottom
        beside = x >= right + 20 or x + width <= left - 20 or y >= bottom + 20 or y + height <= top - 52
        assert is_among or beside, name
    assert not any(overlaps(seed, one, other) for one, other in combinations(cards, 2))


@pytest.mark.parametrize("members", ["cf", "f"])
@pytest.mark.parametrize("scale", [1.0, 1.4])
def test_the_title_and_the_rim_of_a_new_group_lie_over_no_note(
    seed: Graph, members: str, scale: float
) -> None:
    for text, x, y in (("above", -60, 150), ("beside", 150, 350), ("among", 10, 300), ("far", 900, 900)):
        seed.apply(notes.add_note(seed, text, x, y, 100, 60))
    before = [(note.x, note.y) for note in seed.notes()]
    change = expansion.enclose(seed, list(members), "Data", scale=scale)
    applied(seed, change)
    cards = [(*seed.node(name).place, *node_size(seed, name)) for name in members]
    left, top = (min(card[side] for card in cards) for side in (0, 1))
    right, bottom = (max(card[side] + card[side + 2] for card in cards) for side in (0, 1))
    for note in seed.notes():
        x, y = note.x + note.width * scale, note.y + note.height * scale
        is_among = note.x >= left and note.y >= top and x <= right and y <= bottom
        beside = note.x >= right + 20 or x <= left - 20 or note.y >= bottom + 20 or y <= top - 52
        assert is_among or beside, note.text
    assert (seed.notes()[3].x, seed.notes()[3].y) == (900, 900)
    applied(seed, change.inverse())
    assert [(note.x, note.y) for note in seed.notes()] == before


def test_what_lies_among_the_nodes_of_a_new_group_stays_and_one_step_brings_all_back(seed: Graph) -> None:
    before = {node.id: node.place for node in seed.nodes()}
    change = expansion.enclose(seed, ["a", "f"], "Data")
    assert [patch.kind for patch in change.patches] == ["group"]
    change = expansion.enclose(seed, ["c", "f"], "Data")
    assert change.name == "Group 2 nodes"
    applied(seed, change)
    assert seed.node("b").place[1] < before["b"][1]
    applied(seed, change.inverse())
    assert {node.id: node.place for node in seed.nodes()} == before


def test_in_a_large_graph_a_new_group_measures_no_card(seed: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MOST_PUSHED_ASIDE", 6)
    measured: list[str] = []

    def size(graph: Graph, node_id: str) -> tuple[float, float]:
        measured.append(node_id)
        return node_size(graph, node_id)

    assert [patch.kind for patch in expansion.enclose(seed, ["c", "f"], "Data", size).patches] == ["group"]
    assert measured == []


def test_notes_that_a_layout_would_cover_go_beside_the_graph_and_others_stay(seed: Graph) -> None:
    for text, x, y in (("on d", 540, 150), ("under an edge", 700, 180), ("free", 0, 700), ("too", 560, 160)):
        seed.apply(notes.add_note(seed, text, x, y, 120, 60))
    applied(seed, expansion.clear_notes(seed, edits.move(seed, {"L": (768, 232)})))
    rects = [(note.x, note.y, note.x + note.width, note.y + note.height) for note in seed.notes()]
    assert rects[2][:2] == (0, 700)
    for number in (0, 1, 3):
        left, top, right, bottom = rects[number]
        assert bottom < 0 or top > 420 or right < 0 or left > 768 + 144
    for one, other in combinations(rects, 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_a_note_in_larger_type_takes_more_room(seed: Graph) -> None:
    seed.apply(notes.add_note(seed, "left of a", -260, 0, 240, 60))
    assert "note" not in {patch.kind for patch in expansion.clear_notes(seed, NOTHING).patches}
    assert "note" in {patch.kind for patch in expansion.clear_notes(seed, NOTHING, scale=1.4).patches}


def test_a_graph_without_nodes_or_edges_leaves_its_notes() -> None:
    for text in ("", "a = 2"):
        graph = parse(text) if text else Graph()
        graph.apply(edits.move(graph, {node.id: (0, 0) for node in graph.nodes()}))
        graph.apply(notes.add_note(graph, "far", 600, 0))
        assert not expansion.clear_notes(graph, NOTHING)


def test_many_notes_on_each_other_are_put_apart_without_a_look_at_all_for_each_step(
    seed: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, overlap = 0, expansion._overlap

    def counted(*given: Any) -> Any:
        nonlocal looks
        looks += 1
        return overlap(*given)

    for _ in range(40):
        seed.apply(notes.add_note(seed, "on d", 540, 150, 120, 60))
    monkeypatch.setattr(expansion, "_overlap", counted)
    applied(seed, expansion.clear_notes(seed, NOTHING))
    assert len({(note.x, note.y) for note in seed.notes()}) == 40
    assert looks < 4 * 40 * 40


def test_more_notes_than_are_put_beside_a_graph_stay(seed: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MOST_NOTES_MOVED", 2)
    for _ in range(3):
        seed.apply(notes.add_note(seed, "on d", 540, 150, 120, 60))
    applied(seed, expansion.clear_notes(seed, NOTHING))
    assert [(note.x, note.y) == (540, 150) for note in seed.notes()] == [False, False, True]


def test_nodes_to_be_grouped_may_come_one_by_one(seed: Graph) -> None:
    assert expansion.enclose(seed, iter("cf"), "Data") == expansion.enclose(seed, ["c", "f"], "Data")
