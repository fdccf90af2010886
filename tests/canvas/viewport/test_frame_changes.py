"""What a frame changes on the screen: no more is painted again than looks different, and nothing less."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.canvas.drawing.theme import DARK
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.viewport import frame_changes
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import placement
from tests.canvas.conftest import Hand
from tests.canvas.pictures import test_kept_pictures as kept

MakeHand = Callable[[Graph], Hand]

FORK = "e = a*b; d = e + e*c; L = tanh(d*f) + e"
PROBLEMS = "u = log(a); v = 1/b; L = u*v + sqrt(c)"
TRACES: dict[str, Callable[[Graph], Trace]] = {
    "reverse": run,
    "forward": lambda graph: run_forward_mode(graph, "a"),
    "not zeroed": lambda graph: run(graph, left={"a": 2.5, "c": -1.0}),
}


def screen_of(hand: Hand) -> NDArray[np.int16]:
    """What stands on the screen, without painting anything for it."""
    QApplication.processEvents()
    return kept.pixels_of(hand.view.screen().grabWindow(hand.view.winId()).toImage())


def differing(hand: Hand) -> int:
    """How many pixels look different once all is painted again."""
    before = screen_of(hand)
    hand.view.viewport().repaint()
    # Qt's smooth lines differ by one or two shades of 255 where they are cut off.
    return kept.differing(screen_of(hand), before, shades=4)


def placed(text: str, **values: float) -> Graph:
    graph = parse(text, **values)
    graph.apply(placement.place(graph))
    return graph


@pytest.mark.parametrize("zoom", [1.0, 0.45])
@pytest.mark.parametrize("mode", TRACES)
@pytest.mark.parametrize(("text", "dashes"), [(FORK, 0), (PROBLEMS, 60)])
def test_after_any_frame_the_screen_is_as_if_painted_whole(
    make_hand: MakeHand, text: str, dashes: int, mode: str, zoom: float
) -> None:
    """But for the `dashes` round a node that cannot run, which begin elsewhere where they are cut off."""
    hand, chance = make_hand(placed(text, a=0.5, b=-1.5, c=2.0)), random.Random(f"{text} {mode} {zoom}")
    hand.view.set_zoom(zoom)
    hand.view.minimap.set_wanted(False)  # it comes a moment later
    hand.scene.showing.show_marks(True)
    trace, position = TRACES[mode](hand.scene.graph), 0
    for _ in range(15):
        if chance.random() < 0.3:
            value = chance.choice([0.0, 3.0, -2.0, 40.0, 0.01])
            hand.apply(edits.set_value(hand.scene.graph, chance.choice("abc"), value))
            trace = TRACES[mode](hand.scene.graph)
        position = chance.choice([0, position + 1, position - 1, trace.forward_steps, len(trace.steps)])
        position = max(0, min(position, len(trace.steps)))
        guarded = chance.random() < 0.2
        hand.view.show_frame(trace.frame(position, guarded=guarded), chance.choice([0, 800]))
        if hand.view.is_moving:
            hand.view.travel.pause()
        for share in (0.0, 0.4, 0.9, 1.0):
            hand.view.travel.setCurrentTime(round(share * hand.view.travel.duration()))
            if chance.random() < 0.4:
                assert differing(hand) <= dashes, (position, share)


def test_a_collapsed_group_is_painted_with_its_members(make_hand: MakeHand) -> None:
    hand = make_hand(placed(FORK, a=0.5, b=-1.5, c=2.0))
    hand.apply(grouping.group(hand.scene.graph, ["e", "d"]))
    (group,) = hand.scene.graph.groups()
    hand.apply(grouping.set_collapsed(hand.scene.graph, [group.id], True))
    hand.view.minimap.set_wanted(False)
    trace = run(hand.scene.graph)
    for position in range(len(trace.steps) + 1):
        hand.view.show_frame(trace.frame(position))
        assert differing(hand) == 0


class Painted(QObject):
    """Collects what of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region |= event.region()
        return super().eventFilter(watched, event)


def test_a_value_before_the_first_step_paints_its_card_again_and_no_other(hand: Hand) -> None:
    hand.apply(edits.set_value(hand.scene.graph, "a", 6.5))  # the first change settles where chips lie
    hand.view.show_frame(run(hand.scene.graph).frame(0))
    screen_of(hand)
    painted = Painted(hand.view.viewport())
    hand.apply(edits.set_value(hand.scene.graph, "a", 7.25))
    hand.view.show_frame(run(hand.scene.graph).frame(0))
    screen_of(hand)
    card = hand.view.mapFromScene(hand.scene.items_by_id["a"].sceneBoundingRect()).boundingRect()
    assert not painted.region.isEmpty()
    assert painted.region.subtracted(QRegion(card.adjusted(-4, -4, 4, 4))).isEmpty()


@pytest.mark.parametrize("duration_ms", [0, 100_000])
def test_a_step_paints_no_card_again_that_it_does_not_touch(make_hand: MakeHand, duration_ms: int) -> None:
    hand = make_hand(placed(FORK, a=0.5, b=-1.5, c=2.0))
    hand.view.fit()
    hand.view.minimap.set_wanted(False)
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(len(trace.steps) - 3))
    screen_of(hand)
    painted = Painted(hand.view.viewport())
    frame = trace.frame(len(trace.steps) - 2)
    hand.view.show_frame(frame, duration_ms)
    screen_of(hand)
    still = trace.nodes.keys() - {*frame.active_nodes, *trace.frame(frame.position - 1).active_nodes}
    middles = [hand.view.mapFromScene(hand.scene.items_by_id[i].card.center()) for i in still]
    assert middles
    assert not painted.region.isEmpty()
    assert not any(painted.region.contains(place) for place in middles)


def test_the_same_frame_once_more_paints_nothing(hand: Hand) -> None:
    hand.show_step()
    before = frame_changes.contents(hand.view)
    hand.show_step()
    assert frame_changes.changed(hand.view, before, frame_changes.contents(hand.view)).isEmpty()


def test_where_too_much_is_in_view_all_of_it_is_painted(make_hand: MakeHand) -> None:
    terms = " + ".join(f"x{number}*y{number}" for number in range(frame_changes.MOST // 3))
    hand = make_hand(placed(f"L = {terms}"))
    hand.view.fit()
    hand.view.set_zoom(0.3)
    hand.show_step(0)
    assert frame_changes.contents(hand.view) is None
    whole = QRegion(hand.view.viewport().rect())
    assert frame_changes.changed(hand.view, None, None) == whole


@pytest.mark.parametrize("zoom", [0.59, 0.45])
def test_chips_that_come_back_after_training_are_all_painted_though_the_last_frame_is_painted_first(
    make_hand: MakeHand, zoom: float
) -> None:
    hand = make_hand(placed("L = (w*x + b - t)**2", w=0.5, x=3.0, b=-1.0, t=4.0))
    hand.view.set_zoom(zoom)
    hand.view.minimap.set_wanted(False)
    hand.view.show_frame(run(hand.scene.graph).frame(0))
    hand.scene.showing.show_chips(False)
    for value in (0.7, 1.9):  # as a run hands them over, at the last step of its pass
        hand.apply(edits.set_value(hand.scene.graph, "w", value))
        screen_of(hand)
        hand.view.show_frame(run(hand.scene.graph).last_frame)
    hand.scene.showing.show_chips(True)
    hand.view.viewport().repaint(0, 0, 40, 40)  # Qt's queue may hold the painting of a part, to come first
    assert differing(hand) == 0


LOOKS: dict[str, Callable[[GraphScene], None]] = {
    "a theme": lambda scene: scene.set_theme(DARK),
    "labels": lambda scene: scene.showing.show_chips(False),
    "marks": lambda scene: scene.showing.show_marks(False),
    "digits": lambda scene: scene.set_wording(Wording(digits=2)),
    "larger text": lambda scene: scene.set_text_scale(1.25),
    "what is lit": lambda scene: scene.light(frozenset(("a", "e"))),
    "all selected": lambda scene: scene.select_all(),
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_looks_otherwise_everywhere_is_all_painted_though_a_part_is_painted_first(
    make_hand: MakeHand, name: str
) -> None:
    hand = make_hand(placed(PROBLEMS, a=0.0, b=2.0, c=3.0))
    for over in (hand.view.minimap, hand.view.legend):  # they come a moment later
        over.set_wanted(False)
    hand.scene.set_frame(run(hand.scene.graph).last_frame)
    screen_of(hand)
    LOOKS[name](hand.scene)
    hand.view.viewport().repaint(0, 0, 40, 40)
    assert differing(hand) == 0
