"""The player: where the cursor goes, when the trace is computed again, and that a paused clock rests."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from nodegraph.app.document.document import Document
from nodegraph.app.playback.player import LONGEST_MS, MOST_SINGLE_STEPS, SPEEDS, Player
from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.steps_between import level_ends
from nodegraph.core.engine.trace import Frame, Step
from nodegraph.core.graph import edits
from nodegraph.core.training.bindings import bind, set_table
from nodegraph.core.training.tables import Table


class Seen:
    """What a player told."""

    def __init__(self, player: Player) -> None:
        self.frames: list[tuple[int, int]] = []
        self.playing: list[bool] = []
        self.traces = 0
        player.frame_changed.connect(self._frame)
        player.playing_changed.connect(self.playing.append)
        player.trace_changed.connect(self._trace)

    def _frame(self, frame: Frame, duration_ms: int) -> None:
        self.frames.append((frame.position, duration_ms))

    def _trace(self, _trace: object) -> None:
        self.traces += 1


def tick(player: Player) -> None:
    """One beat of the clock, without waiting for it."""
    player._clock.timeout.emit()


def test_a_document_opens_at_the_start(player: Player) -> None:
    assert player.cursor == 0
    assert player.end == 11


def test_a_step_moves_by_one_and_takes_its_time(player: Player) -> None:
    seen = Seen(player)
    player.step()
    player.step()
    player.step_back()
    assert [position for position, _ in seen.frames] == [1, 2, 1]
    assert all(0 < duration <= 900 for _, duration in seen.frames)


def test_seeking_is_at_once_and_stays_within_the_ends(player: Player) -> None:
    seen = Seen(player)
    player.seek(99)
    player.seek(-5)
    assert seen.frames == [(11, 0), (0, 0)]


def test_steps_beyond_the_ends_do_nothing(player: Player) -> None:
    seen = Seen(player)
    player.step_back()
    player.to_end()
    player.step()
    assert seen.frames == [(11, 0)]


def test_play_runs_through_and_stops_at_the_end(player: Player) -> None:
    seen = Seen(player)
    player.play()
    for _ in range(11):
        tick(player)
    assert [position for position, _ in seen.frames] == list(range(1, 12))
    assert seen.playing == [True, False]
    assert not player.is_playing


def test_a_wide_graph_is_played_level_by_level(qapp: object) -> None:
    document = Document()
    player = Player(document)
    names = [f"x{number}" for number in range(150)]
    text = f"L = {' + '.join(f'{name}*{name}' for name in names)}"
    document.replace(parse(text))
    assert player.end > MOST_SINGLE_STEPS
    seen = Seen(player)
    player.play()
    while player.is_playing:
        tick(player)
    kinds = [player.trace.steps[place - 1].kind for place, _ in seen.frames]
    assert kinds == ["inputs", "evaluate", "evaluate", "seed", "contribution", "contribution"]
    assert player.trace.steps[seen.frames[1][0] - 1].node != player.trace.seed


@pytest.mark.parametrize("nodes", [200, 400])
def test_a_vast_graph_is_played_in_half_a_minute(qapp: object, nodes: int) -> None:
    document = Document()
    player = Player(document)
    document.replace(graph_of(random_shape(nodes, seed=1), placed=True))
    assert player.end > MOST_SINGLE_STEPS
    seen = Seen(player)
    player.play()
    while player.is_playing:
        tick(player)
    assert len(seen.frames) * player.step_ms <= LONGEST_MS
    assert seen.frames[-1][0] == player.end
    assert [position for position, _ in seen.frames] == sorted({position for position, _ in seen.frames})
    ends = set(level_ends(player.trace).tolist())
    assert all(position in ends for position, _ in seen.frames)
    player.step_back()
    assert player.cursor == player.end - 1  # one at a time by hand


def test_play_at_the_end_starts_again_from_the_beginning(player: Player) -> None:
    player.to_end()
    seen = Seen(player)
    player.play()
    assert [position for position, _ in seen.frames] == [0, 1]


def test_play_in_an_empty_document_does_nothing(qapp: object) -> None:
    player = Player(Document())
    seen = Seen(player)
    player.play()
    assert not player.is_playing
    assert seen.playing == []


def test_stepping_pauses_a_running_play(player: Player) -> None:
    player.play()
    player.step()
    assert not player.is_playing
    assert player.cursor == 2


def test_toggle_plays_and_pauses(player: Player) -> None:
    player.toggle()
    assert player.is_playing
    player.toggle()
    assert not player.is_playing


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_step_lasts_900_ms_divided_by_the_speed(player: Player, speed: float) -> None:
    player.set_speed(speed)
    assert player.step_ms == round(900 / speed)


def test_a_new_speed_counts_while_playing(player: Player) -> None:
    player.play()
    player.set_speed(4)
    assert player._clock.interval() == 225


def test_no_clock_runs_while_paused(player: Player) -> None:
    player.play()
    player.pause()
    assert not any(timer.isActive() for timer in player.findChildren(QTimer))


def test_of_steps_that_are_scrubbed_through_no_more_are_told_than_are_read(
    qtbot: QtBot, player: Player
) -> None:
    told: list[int] = []
    player.frame_told.connect(lambda frame, _duration_ms: told.append(frame.position))
    for position in range(1, 11):
        player.seek(position)
    assert told == [1]  # the rest once the event loop has its turn
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == [1, 10]


def test_what_is_to_be_predicted_and_what_an_edit_changes_is_told_at_once(
    document: Document, player: Player
) -> None:
    told: list[tuple[int, bool]] = []
    player.frame_told.connect(lambda frame, _duration_ms: told.append((frame.position, frame.guarded)))
    player.seek(3)
    player.seek(5)
    player.set_guarded(True)
    document.apply(edits.set_value(document.graph, "b", 4.0))
    player.step()
    assert told == [(3, False), (5, True), (5, True), (6, True)]


def test_a_new_value_keeps_the_step_and_changes_the_numbers(document: Document, player: Player) -> None:
    player.seek(10)
    step = player.frame.step
    document.apply(edits.set_value(document.graph, "b", 4.0))
    assert player.frame.step == step
    assert player.trace.gradients["a"] == 20.0


def test_a_pure_move_does_not_compute_anything_again(document: Document, player: Player) -> None:
    seen = Seen(player)
    document.apply(edits.move(document.graph, {"a": (5.0, 5.0)}))
    document.apply(edits.set_title(document.graph, "Other"))
    assert seen.traces == 0


def test_another_output_computes_anew(document: Document, player: Player) -> None:
    document.apply(edits.set_output(document.graph, "d"))
    assert player.trace.output == "d"


def test_other_data_make_another_trace_as_marks_are_judged_over_the_rows(
    document: Document, player: Player
) -> None:
    seen = Seen(player)
    document.apply(set_table(document.graph, Table("rows", (("a", (1.0, 2.0)), ("b", (3.0, 4.0))))))
    assert seen.traces == 1
    document.apply(bind(document.graph, "a", "b"))
    assert seen.traces == 2
    document.stack.undo()
    assert seen.traces == 3


def test_a_rename_reaches_the_trace(document: Document, player: Player) -> None:
    document.apply(edits.rename(document.graph, "L", "loss"))
    assert player.trace.values["loss"] == -20.0


def test_a_step_that_is_gone_gives_way_to_the_nearest_before_it(document: Document, player: Player) -> None:
    position = player.trace.position_of(Step("contribution", edge=("e", 0)))
    assert position is not None
    player.seek(position)
    document.apply(edits.disconnect(document.graph, [("e", 0)]))
    assert player.frame.step == Step("inputs")


def test_a_node_made_earlier_in_the_order_keeps_the_same_step_under_the_cursor(
    document: Document, player: Player
) -> None:
    player.seek(player.trace.position_of(Step("evaluate", node="d")) or 0)
    change = edits.add_node(document.graph, "negate", 0.0, 0.0)
    document.apply(change)
    document.apply(edits.connect(document.graph, "a", change.patches[0].key, 0))
    assert player.frame.step == Step("evaluate", node="d")


def test_the_end_stays_the_end_when_the_graph_grows(document: Document, player: Player) -> None:
    player.to_end()
    document.apply(edits.add_node(document.graph, "input", 0.0, 0.0))
    change = edits.add_node(document.graph, "exp", 0.0, 0.0)
    document.apply(change)
    document.apply(edits.connect(document.graph, "L", change.patches[0].key, 0))
    assert player.cursor == player.end > 11


def test_building_from_nothing_shows_values_at_once(qapp: object) -> None:
    document = Document()
    player = Player(document)
    document.apply(edits.add_node(document.graph, "input", 0.0, 0.0, value=3.0))
    assert player.frame.value("a") == 3.0


def test_opening_another_document_goes_to_the_start_and_pauses(document: Document, player: Player) -> None:
    player.play()
    document.replace(document.graph.copy())
    assert player.cursor == 0
    assert not player.is_playing


def test_undo_brings_the_numbers_back(document: Document, player: Player) -> None:
    document.apply(edits.set_value(document.graph, "a", 100.0))
    document.stack.undo()
    assert player.trace.values["L"] == -20.0


def delete_everything(document: Document) -> None:
    document.apply(edits.remove(document.graph, [node.id for node in document.graph.nodes()]))


@pytest.mark.parametrize("position", range(12))
def test_the_place_survives_a_moment_without_a_graph(
    document: Document, player: Player, position: int
) -> None:
    player.seek(position)
    delete_everything(document)
    assert (player.cursor, player.end) == (0, 0)
    player.to_start()
    player.step()
    player.to_end()
    document.stack.undo()
    assert player.cursor == position
    document.stack.redo()
    document.stack.undo()
    assert player.cursor == position


@pytest.mark.parametrize("node_id", list("abcfedL"))
@pytest.mark.parametrize("position", range(12))
def test_the_place_survives_a_moment_without_a_node(
    document: Document, player: Player, position: int, node_id: str
) -> None:
    player.seek(position)
    document.apply(edits.remove(document.graph, [node_id]))
    assert player.cursor <= position
    document.stack.undo()
    assert player.cursor == position


def test_a_step_taken_meanwhile_is_the_new_place(document: Document, player: Player) -> None:
    player.seek(6)
    document.apply(edits.remove(document.graph, ["L"]))
    player.seek(2)
    document.stack.undo()
    assert player.frame.step == Step("evaluate", node="e")


def test_forward_mode_comes_back_with_its_input(document: Document, player: Player) -> None:
    player.set_mode("forward", "a")
    player.seek(7)
    delete_everything(document)
    document.stack.undo()
    assert (player.mode, player.source, player.trace.mode, player.cursor) == ("forward", "a", "forward", 7)


def test_gradients_that_are_left_come_back_with_their_nodes_and_stay_with_them(
    document: Document, player: Player
) -> None:
    player.backward_again()
    left = dict(player.left)
    document.apply(edits.move(document.graph, {"a": (40.0, 80.0)}))
    delete_everything(document)
    assert player.left == {}
    document.stack.undo()
    assert player.left == left
    document.apply(edits.remove(document.graph, ["a"]))
    document.apply(edits.add_node(document.graph, "input", 0.0, 0.0, name="a"))
    assert document.graph.named("a").id == "a"
    assert player.left == {name: value for name, value in left.items() if name != "a"}


# --- forward mode
def test_forward_mode_stays_at_its_place_and_carries_from_the_chosen_input(player: Player) -> None:
    player.seek(3)
    player.set_mode("forward", "a")
    assert (player.trace.mode, player.cursor) == ("forward", 3)
    player.to_end()
    assert player.frame.gradient("L") == 15.0
    player.set_mode("reverse")
    assert (player.frame.gradient("a"), player.cursor) == (15.0, 11)


def test_forward_mode_ends_when_its_input_is_deleted(player: Player) -> None:
    player.set_mode("forward", "a")
    player.document.apply(edits.remove(player.document.graph, ["a"]))
    assert (player.mode, player.source, player.trace.mode) == ("reverse", None, "reverse")


def test_forward_mode_ends_when_another_document_is_opened(player: Player) -> None:
    player.set_mode("forward", "a")
    player.document.replace(parse("y = x*x", x=3))
    assert player.trace.mode == "reverse"


# --- gradients that are left
def test_another_backward_pass_begins_with_what_the_last_one_left(player: Player) -> None:
    player.document.replace(parse("c = a + b; f = c*d", a=2, b=3, d=1))
    player.to_end()
    player.backward_again()
    assert (player.cursor, player.passes) == (player.trace.forward_steps, 2)
    assert player.frame.gradient("a") == 1.0
    assert player.frame.is_stale("a")
    player.to_end()
    assert [player.frame.gradient(name) for name in "abcd"] == [3.0, 3.0, 2.0, 10.0]


def test_gradients_kept_on_inputs_only_add_up_as_those_of_leaves_in_pytorch(player: Player) -> None:
    player.document.replace(parse("c = a + b; f = c*d", a=2, b=3, d=1))
    player.set_keeps_on_inputs_only(True)
    player.backward_again()
    player.to_end()
    assert [player.frame.gradient(name) for name in "abcd"] == [2.0, 2.0, 1.0, 10.0]


def test_gradients_left_elsewhere_are_forgotten_when_only_inputs_keep_them(player: Player) -> None:
    player.backward_again()
    assert set(player.left) == set("abcfedL")
    player.set_keeps_on_inputs_only(True)
    assert set(player.left) == set("abcf")


def test_zeroed_gradients_are_gone_and_the_values_stay(player: Player) -> None:
    player.backward_again()
    player.to_end()
    player.zero_gradients()
    assert player.cursor == player.trace.forward_steps
    assert (player.frame.value("L"), player.frame.gradient("a")) == (-20.0, None)
    player.to_end()
    assert (player.frame.gradient("a"), player.passes) == (15.0, 1)


def test_what_is_left_survives_a_change_of_value_but_not_of_document(player: Player) -> None:
    player.backward_again()
    player.document.apply(edits.set_value(player.document.graph, "b", 4.0))
    player.to_end()
    # d: 5 left and 5 more; e: 5 left and these 10; a: 15 left and 15 × 4 more.
    assert player.frame.gradient("a") == 75.0
    player.document.replace(parse("y = x*x", x=3))
    assert (player.left, player.passes) == ({}, 1)


# --- other values
def test_values_can_stand_in_for_the_documents_own(player: Player) -> None:
    player.to_end()
    player.set_values({"a": 3.0})
    assert (player.frame.value("L"), player.cursor) == (-5.0, 11)
    assert player.document.graph.node("a").value == 2.0
    player.set_values(None)
    assert player.frame.value("L") == -20.0


def test_values_of_inputs_that_were_deleted_are_put_by(player: Player) -> None:
    player.set_values({"a": 3.0, "b": 1.0})
    graph = player.document.graph
    player.document.apply(edits.remove(graph, ["a"]))
    player.document.stack.undo()
    player.to_end()
    assert player.frame.value("e") == 3.0


def test_a_guarded_player_shows_guarded_frames_and_tells_of_it_at_once(player: Player) -> None:
    frames: list[Frame] = []
    player.frame_changed.connect(lambda frame, _ms: frames.append(frame))
    player.set_guarded(True)
    player.step()
    player.set_guarded(False)
    assert [(frame.position, frame.guarded) for frame in frames] == [(0, True), (1, True), (1, False)]


def test_a_player_is_guarded_until_everybody_who_asked_for_it_has_lifted_it(player: Player) -> None:
    player.set_guarded(True, "lesson")
    player.set_guarded(True)
    player.set_guarded(False, "lesson")
    assert player.guarded
    player.set_guarded(False)
    assert not player.guarded
