"""What a person does with collapsed groups in the whole window: open them, and connect to them."""

from __future__ import annotations

from nodegraph.canvas.group_item import GroupItem
from tests.journeys.hand import Hand
from tests.journeys.test_gestures import group_of_seed, undo


def collapsed(hand: Hand) -> GroupItem:
    """e and d of the seed example in a group that is collapsed by its chevron."""
    item = group_of_seed(hand)
    hand.click(item.chevron.center())
    assert item.group.collapsed
    return item


def places(hand: Hand) -> dict[str, tuple[float | None, float | None]]:
    return {node.name: (node.x, node.y) for node in hand.graph.nodes()}


def test_a_group_that_opens_pushes_aside_what_lies_in_its_way_and_one_undo_brings_it_back(hand: Hand) -> None:
    item = collapsed(hand)
    hand.move_to("L", item.rect.right() + 24, item.rect.top() + 40)
    before = places(hand)
    hand.click(item.chevron.center())
    hand.canvas.glide.finish()
    assert not item.group.collapsed
    assert not hand.card("L").card.intersects(item.rect)
    assert hand.card("L").card.left() > item.rect.right()
    assert {name: place for name, place in places(hand).items() if name != "L"} == {
        name: place for name, place in before.items() if name != "L"
    }
    undo(hand)
    assert places(hand) == before
    assert item.group.collapsed
