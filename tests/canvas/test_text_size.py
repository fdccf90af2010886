"""Larger type on the canvas: cards, chips, groups and notes grow round it, places and the zoom stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt

from nodegraph.canvas.fields.text_field import Field
from nodegraph.canvas.gestures.scrub import Scrub
from nodegraph.canvas.picture import PictureOptions, render
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.layout.placement import place
from tests.canvas.conftest import Hand


def ends(hand: Hand, key: tuple[str, int]) -> tuple[QPointF, QPointF]:
    """Where an edge begins and ends."""
    rows = hand.scene.edge_layer.rows
    x1, y1, x2, y2 = rows.values[rows.number[key]]
    return QPointF(x1, y1), QPointF(x2, y2)


def spread(hand: Hand, scale: float = 1.5) -> None:
    """Larger type, laid out so that there is room for it."""
    hand.scene.set_text_scale(scale)
    hand.apply(place(hand.scene.graph, None, hand.scene.card_size))
    hand.view.fit()


@pytest.mark.parametrize("scale", [0.85, 1.5, 2.0])
def test_cards_grow_round_larger_type_and_stay_where_they_are(hand: Hand, scale: float) -> None:
    before = {node_id: item.card for node_id, item in hand.scene.items_by_id.items()}
    zoom = hand.view.zoom
    hand.scene.set_text_scale(scale)
    for node_id, item in hand.scene.items_by_id.items():
        assert item.card.topLeft() == before[node_id].topLeft()
        assert item.card.size() == before[node_id].size() * scale
        assert item.sceneBoundingRect().contains(item.card)
    assert hand.view.zoom == zoom


def test_edges_follow_the_ports_and_back_again(hand: Hand) -> None:
    before = ends(hand, ("e", 1))
    hand.scene.set_text_scale(1.5)
    item = hand.scene.items_by_id["e"]
    assert ends(hand, ("e", 1))[1] == item.input_port(1) == item.pos() + item.shape_of_card.inputs[1] * 1.5
    hand.scene.set_text_scale(1.0)
    assert ends(hand, ("e", 1)) == before


def test_nodes_that_come_later_are_as_large(hand: Hand) -> None:
    hand.scene.set_text_scale(1.5)
    hand.apply(edits.add_node(hand.scene.graph, "add", 700.0, 500.0))
    added = list(hand.scene.items_by_id.values())[-1]
    assert added.card.width() == added.shape_of_card.width * 1.5


def test_chips_are_as_much_larger_and_lie_on_their_edges(hand: Hand) -> None:
    hand.scene.set_frame(run(hand.scene.graph).last_frame)
    text = hand.scene.showing.chip(("L", 1))[0]
    before = hand.scene.showing.chip_rect(("L", 1), text)
    spread(hand)
    after = hand.scene.showing.chip_rect(("L", 1), text)
    assert after.size() == before.size() * 1.5
    assert hand.scene.showing.chip_at(after.center()) == ("L", 1)


def test_larger_type_paints_larger_letters(hand: Hand) -> None:
    def inked() -> int:
        box = hand.view.mapFromScene(hand.scene.items_by_id["a"].card).boundingRect()
        picture = hand.view.viewport().grab(box).toImage()
        return sum(
            picture.pixelColor(x, y).lightnessF() < 0.5
            for x in range(picture.width())
            for y in range(picture.height() // 3)
        )

    hand.view.look_at(hand.scene.items_by_id["a"].card.center(), 1.0)
    before = inked()
    hand.scene.set_text_scale(2.0)
    assert inked() > 2 * before


def test_the_layout_leaves_room_for_cards_and_chips(hand: Hand) -> None:
    spread(hand, 2.0)
    cards = [item.card.adjusted(-4, -4, 4, 4) for item in hand.scene.items_by_id.values()]
    assert not any(one.intersects(other) for place, one in enumerate(cards) for other in cards[place + 1 :])
    hand.scene.set_frame(run(hand.scene.graph).last_frame)
    for key in hand.scene.edge_layer.rows.keys:
        chip = hand.scene.showing.chip_rect(key, hand.scene.showing.chip(key)[0])
        assert not any(chip.intersects(card.adjusted(8, 8, -8, -8)) for card in cards)


def test_a_hand_finds_numbers_ports_and_headers_where_they_are_seen(hand: Hand) -> None:
    spread(hand)
    item = hand.scene.items_by_id["a"]
    number = item.card.topLeft() + QPointF(item.card.width() - 70, 1.5 * 43)
    hand.press(number)
    assert isinstance(hand.view.gesture, Scrub)
    hand.release(number)
    hand.double_click(item.card.topLeft() + QPointF(60, 1.5 * 14))
    assert isinstance(hand.view.field, Field)
    assert hand.view.field.accessibleName() == "Name of a"
    hand.key(Qt.Key.Key_Escape)
    hand.drag(hand.output("c"), hand.port("L", 1))
    assert hand.wanted[-1] == ("connect", "c", "L", 1)


def test_a_collapsed_group_is_as_large_and_its_edges_end_at_its_ports(hand: Hand) -> None:
    hand.apply(grouping.group(hand.scene.graph, ["e", "d"], "Sum"))
    hand.apply(grouping.set_collapsed(hand.scene.graph, ["group1"], True))
    item = hand.scene.surroundings.groups["group1"]
    before = QSizeF(item.rect.size())
    hand.scene.set_text_scale(1.5)
    assert item.rect.size() == before * 1.5
    assert ends(hand, ("L", 0))[0] == item.rect.topLeft() + item.outputs["d"] * 1.5
    assert item.rect.contains(item.chevron)


def test_a_note_is_resized_in_its_own_measure(hand: Hand) -> None:
    hand.apply(notes.add_note(hand.scene.graph, "Text", 40.0, 420.0))
    (note,) = hand.scene.surroundings.notes.values()
    hand.scene.set_text_scale(2.0)
    assert note.rect.size() == note.size * 2.0
    width = note.size.width()
    hand.view.snaps = False
    hand.view.look_at(note.rect.center(), 0.8)
    corner = note.corner.center()
    hand.drag(corner, corner + QPointF(100, 0))
    (kind, _, wide, _) = hand.wanted[-1]
    assert kind == "size"
    assert wide == pytest.approx(width + 50, abs=2)


def test_a_picture_has_the_usual_type(hand: Hand) -> None:
    frame = run(hand.scene.graph).last_frame
    before = render(hand.scene.graph, frame, PictureOptions())
    hand.scene.set_text_scale(2.0)
    assert render(hand.scene.graph, frame, PictureOptions()) == before
    assert render(hand.scene.graph, frame, PictureOptions(text_scale=2.0)).width() > before.width()


def test_a_node_that_is_added_lies_in_the_middle_of_the_view(hand: Hand) -> None:
    hand.view.look_at(QPointF(900, 900), 0.8)
    hand.scene.set_text_scale(2.0)
    corner = hand.view.free_place()
    hand.apply(edits.add_node(hand.scene.graph, "add", corner.x(), corner.y()))
    added = list(hand.scene.items_by_id.values())[-1]
    assert (added.card.center() - hand.view.center()).manhattanLength() < 20
