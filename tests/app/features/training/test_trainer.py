"""Training the open graph: what is shown while it runs, what is kept and given back, and what refuses."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nodegraph.app.document.document import Document
from nodegraph.app.document.editor import Editor
from nodegraph.app.document.files import Files
from nodegraph.app.features.training.data_form import DataForm
from nodegraph.app.features.training.data_table import DataTable
from nodegraph.app.features.training.setup_form import SetupForm
from nodegraph.app.features.training.trainer import GUARDED, LEFT_BEHIND, MADE_WAY, Trainer
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import parse
from nodegraph.core.building.fragments import insert_part, part_of
from nodegraph.core.building.networks import mlp
from nodegraph.core.data.steps import standardise
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.edits import remove, set_trainable, set_value
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.training.bindings import bind, bound_inputs, set_table, set_training, table_of
from nodegraph.core.training.descent import SEARCHING
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table

NEURON = "y = w*x + b\nL = (y - t)**2"


class Bench:
    """A trainer with what it needs, without a window, and what it has told."""

    def __init__(self, graph: Graph, qtbot: QtBot) -> None:
        graph.apply(place_missing(graph))
        self.document = Document()
        self.document.replace(graph)
        self.player = Player(self.document)
        self.scene = GraphScene(graph, LIGHT)
        self.document.changed.connect(self.scene.apply)
        self.canvas = CanvasView(self.scene)
        qtbot.addWidget(self.canvas)
        self.editing = Editor(self.document, self.scene, self.canvas, self.canvas)
        self.trainer = Trainer(self.player, self.editing, self.canvas)
        self.trainer.steps.least_s = 0.0
        self.filing = Files(self.editing, Settings(), self.canvas)
        self.data = DataTable(self.trainer, self.filing)
        self.told: list[str] = []
        for signal in (self.trainer.refused, self.trainer.ended, self.editing.refused,
                       self.data.failed, self.data.done):  # fmt: skip
            signal.connect(self.told.append)
        self.qtbot = qtbot

    def value(self, name: str) -> float:
        """What the document holds."""
        node = self.document.graph.named(name)
        assert node is not None
        assert node.value is not None
        return node.value

    def shown(self, name: str) -> float:
        """What the canvas shows."""
        node = self.document.graph.named(name)
        assert node is not None
        value = self.player.trace.value(node.id)
        assert value is not None
        return value

    def id(self, name: str) -> str:
        node = self.document.graph.named(name)
        assert node is not None
        return node.id

    def set_up(
        self, rate: float = 0.05, steps: int = 20, optimizer: str = "sgd", aim: str = "minimise"
    ) -> None:
        self.trainer.set_up(Setup(aim, optimizer, {"rate": rate}, steps))

    def run(self) -> None:
        """Run to the end."""
        self.trainer.run()
        self.qtbot.waitUntil(lambda: not self.trainer.is_running)

    def run_some(self) -> None:
        """Run for a while and stop in the middle."""
        self.set_up(rate=0.001, steps=1_000_000)
        self.trainer.run()
        self.qtbot.waitUntil(lambda: self.trainer.steps_done > 20)
        self.trainer.stop()


@pytest.fixture
def neuron(qtbot: QtBot) -> Bench:
    """w = 3 and b = 1 are to learn that x = 2 gives 9; x and t are data."""
    bench = Bench(parse(NEURON, w=3, x=2, b=1, t=9), qtbot)
    for name in ("x", "t"):
        bench.editing.set_trainable(bench.id(name), False)
    bench.set_up()
    bench.document.stack.setClean()
    return bench


@pytest.fixture
def line(qtbot: QtBot) -> Bench:
    """y = w*x + b over three rows of y = 2x − 1, which are loaded and bound."""
    bench = Bench(parse("L = (w*x + b - y)**2", w=0, b=0, x=5, y=7), qtbot)
    table = Table("line", (("x", (0.0, 1.0, 2.0)), ("y", (-1.0, 1.0, 3.0))))
    bench.editing.attempt(lambda: set_table(bench.document.graph, table))
    for name in ("x", "y"):
        bench.data.bind(bench.id(name), name)
    bench.set_up(rate=0.2, steps=100)
    return bench


# --- one step, and a run
def test_a_run_that_is_undone_and_done_again_is_not_outdated(neuron: Bench) -> None:
    neuron.run()
    assert not neuron.trainer.is_outdated
    neuron.document.stack.undo()
    assert neuron.trainer.is_outdated
    neuron.document.stack.redo()
    assert not neuron.trainer.is_outdated
    w = neuron.id("w")
    neuron.document.apply(set_value(neuron.document.graph, w, 9.0))
    neuron.document.apply(set_value(neuron.document.graph, w, 8.0))
    assert neuron.trainer.is_outdated
    neuron.document.stack.undo()
    neuron.document.stack.undo()
    assert not neuron.trainer.is_outdated


def test_one_step_goes_into_the_document_as_one_undo_step(neuron: Bench) -> None:
    neuron.trainer.step()
    assert (neuron.value("w"), neuron.value("b")) == (3.4, 1.2)
    assert neuron.document.stack.undoText() == "Train 1 step"
    assert neuron.trainer.loss == pytest.approx(1.0)
    neuron.document.stack.undo()
    assert (neuron.value("w"), neuron.value("b")) == (3.0, 1.0)


def test_a_run_of_one_step_is_told_in_the_singular(neuron: Bench) -> None:
    neuron.set_up(steps=1)
    neuron.run()
    assert neuron.told[-1] == "Trained 1 step."


def test_a_step_shows_the_complete_passes(neuron: Bench) -> None:
    assert neuron.player.cursor == 0
    neuron.trainer.step()
    assert neuron.player.cursor == neuron.player.end


def test_a_run_goes_through_all_steps_and_is_kept_as_one_undo_step(neuron: Bench) -> None:
    before = neuron.document.stack.index()
    neuron.run()
    assert neuron.document.stack.index() == before + 1
    assert neuron.document.stack.undoText() == "Train 20 steps"
    assert neuron.trainer.pending == 0
    assert neuron.told[-1] == "Trained 20 steps."
    assert neuron.shown("y") == pytest.approx(9, abs=1e-4)


def test_a_run_that_comes_to_rest_before_its_end_is_kept_too(neuron: Bench) -> None:
    neuron.set_up(rate=0.1, steps=200)  # lands on the minimum
    neuron.run()
    assert neuron.told[-1] == "At step 2 it has arrived: the loss is 0, the least it can be."
    assert neuron.document.stack.undoText() == "Train 2 steps"
    assert neuron.trainer.pending == 0


def test_a_run_that_overshot_to_flat_ground_is_asked_about(qtbot: QtBot) -> None:
    bench = Bench(parse("L = (sigmoid(w*x + b) - t)**2", w=0.5, x=1, t=0.4, b=0), qtbot)
    for name in ("x", "t"):
        bench.editing.set_trainable(bench.id(name), False)
    bench.set_up(rate=1e5, steps=50)
    bench.run()
    assert "the steps overshot to where it is flat" in bench.told[-1]
    assert bench.trainer.pending == 2


def test_another_run_goes_on_where_the_last_one_ended(neuron: Bench) -> None:
    neuron.run()
    neuron.run()
    assert neuron.trainer.steps_done == 40
    assert neuron.document.stack.undoText() == "Train 20 steps"


def test_momentum_keeps_its_speed_from_one_single_step_to_the_next(neuron: Bench) -> None:
    neuron.trainer.set_up(Setup("minimise", "momentum", {"rate": 0.01, "momentum": 0.9}, 2))
    neuron.trainer.step()
    neuron.trainer.step()
    by_hand = neuron.value("w")
    neuron.document.stack.undo()
    neuron.document.stack.undo()
    neuron.run()
    assert neuron.value("w") == by_hand


def test_maximising_goes_the_other_way(neuron: Bench) -> None:
    neuron.set_up(aim="maximise")
    neuron.trainer.step()
    assert neuron.value("w") < 3


def test_values_move_on_the_canvas_while_it_runs_and_the_document_waits(neuron: Bench) -> None:
    neuron.run_some()
    assert neuron.trainer.pending > 20
    assert neuron.shown("w") > 3
    assert neuron.value("w") == 3.0


def test_a_short_run_is_spread_over_the_least_time(neuron: Bench) -> None:
    neuron.trainer.steps.least_s = 1000.0
    neuron.trainer.run()
    assert neuron.trainer.is_running
    assert neuron.trainer.steps_done <= 1


# --- stopped in the middle
def test_what_was_learnt_can_be_kept(neuron: Bench) -> None:
    neuron.run_some()
    shown, pending = neuron.shown("w"), neuron.trainer.pending
    neuron.trainer.keep()
    assert neuron.value("w") == shown
    assert neuron.document.stack.undoText() == f"Train {pending:,} steps"
    assert neuron.trainer.pending == 0


def test_what_was_learnt_can_be_given_back(neuron: Bench) -> None:
    neuron.run_some()
    neuron.trainer.restore()
    assert neuron.shown("w") == neuron.value("w") == 3.0
    assert neuron.document.stack.undoText() == "Set up training"
    assert neuron.trainer.pending == 0


def test_restoring_what_changed_nothing_takes_back_no_earlier_edit(
    neuron: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    neuron.run_some()
    monkeypatch.setattr(neuron.trainer.training, "change", lambda: Change("Train 20 steps"))
    neuron.trainer.restore()
    assert neuron.trainer.pending == 0
    assert neuron.document.stack.undoText() == "Set up training"
    assert not neuron.document.stack.canRedo()


def test_after_a_stop_it_goes_on_and_all_of_it_still_waits(neuron: Bench) -> None:
    neuron.run_some()
    pending = neuron.trainer.pending
    neuron.trainer.step()
    assert neuron.trainer.pending == pending + 1
    assert neuron.value("w") == 3.0


def test_another_setup_in_the_middle_of_a_run_takes_over_at_once(neuron: Bench) -> None:
    neuron.set_up(rate=0.001, steps=1_000_000)
    neuron.trainer.run()
    neuron.set_up(rate=0.002, steps=1_000_000)
    assert neuron.trainer.is_running
    assert neuron.trainer.training is not None
    assert neuron.trainer.training.setup.setting("rate") == 0.002
    assert neuron.trainer.goal == 1_000_000
    neuron.trainer.stop()


# --- edits while it trains
def test_an_edit_keeps_what_was_learnt_as_a_step_of_its_own_before(neuron: Bench) -> None:
    neuron.run_some()
    learnt = neuron.shown("w")
    neuron.editing.set_value(neuron.id("x"), 4.0)
    assert (neuron.value("w"), neuron.value("x")) == (learnt, 4.0)
    neuron.document.stack.undo()
    assert (neuron.value("w"), neuron.value("x")) == (learnt, 2.0)
    neuron.document.stack.undo()
    assert neuron.value("w") == 3.0


def test_an_edit_of_what_is_being_trained_wins_over_what_was_learnt(neuron: Bench) -> None:
    neuron.run_some()
    neuron.editing.set_value(neuron.id("w"), -5.0)
    assert neuron.shown("w") == neuron.value("w") == -5.0


def test_what_is_inserted_keeps_what_was_learnt_as_well(neuron: Bench) -> None:
    neuron.run_some()
    part = part_of(neuron.document.graph, [neuron.id("w")])
    neuron.editing.make(insert_part(neuron.document.graph, part, (40.0, 40.0), "Paste"))
    assert neuron.told[-1] == MADE_WAY
    assert neuron.value("w") > 3.0
    assert neuron.document.stack.undoText() == "Paste w2"


def test_a_large_edit_keeps_what_was_learnt_as_well(neuron: Bench) -> None:
    neuron.run_some()
    reckon = partial(remove, neuron.document.graph, [neuron.id("w")])
    neuron.editing.attempt_soon("Delete", reckon, MOST_AT_ONCE + 1)
    neuron.qtbot.waitUntil(lambda: not neuron.editing.tasks.is_running)
    assert neuron.told[-1] == MADE_WAY
    neuron.editing.undo()
    assert neuron.value("w") > 3.0


def test_an_edit_stops_a_run(neuron: Bench) -> None:
    neuron.set_up(rate=0.001, steps=1_000_000)
    neuron.trainer.run()
    neuron.editing.set_value(neuron.id("t"), 4.0)
    assert not neuron.trainer.is_running
    assert neuron.trainer.pending == 0


def test_moving_a_card_leaves_a_run_alone(neuron: Bench) -> None:
    neuron.set_up(rate=0.001, steps=1_000_000)
    neuron.trainer.run()
    neuron.editing.move({neuron.id("w"): (40.0, 80.0)})
    assert neuron.trainer.is_running
    neuron.trainer.stop()
    neuron.trainer.keep()
    assert neuron.value("w") > 3


def test_a_refused_edit_leaves_what_was_learnt_waiting(neuron: Bench) -> None:
    neuron.run_some()
    pending = neuron.trainer.pending
    neuron.editing.connect_nodes(neuron.id("L"), neuron.id("y"), 0)
    assert neuron.trainer.pending == pending


def test_a_change_that_is_no_edit_here_ends_it_and_gives_the_values_back(neuron: Bench) -> None:
    neuron.run_some()
    neuron.document.apply(set_value(neuron.document.graph, neuron.id("x"), 4.0))
    assert neuron.trainer.pending == 0
    assert neuron.shown("w") == 3.0
    assert neuron.told[-1] == LEFT_BEHIND


def test_another_document_forgets_the_training(neuron: Bench) -> None:
    neuron.run_some()
    neuron.document.replace(parse("f = a*b", a=1, b=2))
    assert neuron.trainer.training is None
    assert neuron.trainer.loss is None
    assert not neuron.player.values


# --- what cannot be
def test_a_rate_that_overshoots_is_told_in_words(neuron: Bench) -> None:
    neuron.set_up(rate=1e6, steps=50)
    neuron.run()
    assert neuron.trainer.stopped is not None
    assert "Try a learning rate below" in neuron.told[-1]
    assert neuron.trainer.pending > 0, "what was learnt up to there waits"
    neuron.trainer.restore()
    assert neuron.shown("w") == 3.0


def test_without_trainable_inputs_it_says_what_to_do(neuron: Bench) -> None:
    for name in ("w", "b"):
        neuron.editing.set_trainable(neuron.id(name), False)
    assert neuron.trainer.why_not == "All inputs are data; mark at least one as trainable."
    neuron.trainer.run()
    assert neuron.told[-1] == neuron.trainer.why_not
    assert not neuron.trainer.is_running


def test_an_empty_graph_says_what_to_do(qtbot: QtBot) -> None:
    assert "There is no output to train" in Bench(Graph(), qtbot).trainer.why_not


def test_nobody_trains_while_a_learner_predicts(neuron: Bench) -> None:
    neuron.trainer.is_guarded = lambda: True
    neuron.trainer.step()
    assert neuron.told[-1] == GUARDED
    assert neuron.value("w") == 3.0


@pytest.mark.parametrize("rate", [0.0, 2e9])
def test_a_rate_that_cannot_be_is_refused(neuron: Bench, rate: float) -> None:
    neuron.set_up(rate=rate)
    assert "learning rate" in neuron.told[-1]
    assert neuron.trainer.setup.setting("rate") == 0.05


# --- data
def test_the_loss_is_the_mean_over_the_rows(line: Bench) -> None:
    line.run()
    assert line.value("w") == pytest.approx(2, abs=1e-3)
    assert line.value("b") == pytest.approx(-1, abs=1e-3)
    assert line.trainer.loss == pytest.approx(0, abs=1e-6)


def test_a_row_is_shown_on_the_canvas_and_changes_nothing(line: Bench) -> None:
    line.trainer.show_row(2)
    assert (line.shown("x"), line.shown("y")) == (2.0, 3.0)
    assert (line.value("x"), line.value("y")) == (5.0, 7.0)
    line.trainer.show_row(None)
    assert line.shown("x") == 5.0


def test_the_row_stays_on_the_canvas_while_it_trains_and_after(line: Bench) -> None:
    line.trainer.show_row(1)
    line.run()
    assert line.shown("x") == 1.0
    assert line.shown("L") == pytest.approx(0, abs=1e-5)


def test_who_sets_an_input_sees_it_and_not_the_row(line: Bench) -> None:
    line.trainer.show_row(2)
    line.editing.set_value(line.id("x"), -3.0)
    assert line.trainer.row is None
    assert line.shown("x") == -3.0


def test_a_smaller_table_takes_the_row_away(line: Bench) -> None:
    line.trainer.show_row(2)
    small = Table("small", (("x", (4.0,)), ("y", (1.0,))))
    line.editing.attempt(lambda: set_table(line.document.graph, small))
    assert line.trainer.row is None
    assert line.shown("x") == 5.0


def test_a_table_is_loaded_and_bound_by_name_as_one_undo_step(neuron: Bench, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,t\n2,9\n1,4\n")
    neuron.data.load_path(path)
    assert bound_inputs(neuron.document.graph) == {neuron.id("x"): "x", neuron.id("t"): "t"}
    assert neuron.told[-1] == "Loaded 2 rows × 2 columns; x, t take a column each."
    neuron.document.stack.undo()
    assert table_of(neuron.document.graph) is None
    assert not bound_inputs(neuron.document.graph)


def test_a_column_called_as_a_trained_input_is_shown_before_it_makes_that_data(
    neuron: Bench, tmp_path: Path
) -> None:
    path, said = tmp_path / "points.csv", "w takes the column of its name, and so is data and not trained"
    path.write_text("x,w,t\n2,1,9\n1,1,4\n")
    neuron.data.load_path(path)
    dialog = neuron.data.dialog
    assert dialog is not None
    assert said in dialog.sentence.plain
    dialog.preview.column_chosen.emit(1, False)
    assert said not in dialog.sentence.plain
    dialog.preview.column_chosen.emit(1, True)
    assert said in dialog.sentence.plain
    dialog.take()
    assert neuron.told[-1].endswith(f"Read so: {said}.")
    assert neuron.id("w") in bound_inputs(neuron.document.graph)


def test_a_large_table_is_loaded_in_pieces(neuron: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,t\n" + "2.125,9.5\n" * 20_000)
    neuron.data.load_path(path)
    assert neuron.editing.tasks.is_running
    qtbot.waitUntil(lambda: not neuron.editing.tasks.is_running)
    table = table_of(neuron.document.graph)
    assert table is not None
    assert table.rows == 20_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x,t\n1,2\n3\n", "row 3, column “t”"),
        ("x,t\n1,\n,3\n", "row 3, column “x”"),
        ("x,t\n3,4\n1,two\n", "row 3, column “t”"),
        ("x,t\n1,2,3\n", "row 2"),
        ("x,t\ninf,2\n", "row 2, column “x”"),
        ("x,t\nnan,2\n", "row 2, column “x”"),
    ],
)
def test_a_bad_cell_is_named_and_the_document_stays(
    neuron: Bench, tmp_path: Path, text: str, place: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    neuron.data.load_path(path)
    assert place in neuron.told[-1]
    assert neuron.told[-1].startswith("bad.csv: ")
    assert table_of(neuron.document.graph) is None


def test_a_file_that_is_gone_is_told(neuron: Bench, tmp_path: Path) -> None:
    neuron.data.load_path(tmp_path / "gone.csv")
    assert neuron.told[-1] == "gone.csv: There is no such file."


def test_a_column_that_does_not_exist_is_refused(line: Bench) -> None:
    line.data.bind(line.id("x"), "z")
    assert line.told[-1] == "The data has no column “z”; it has x, y."


def test_the_run_is_saved_step_by_step(
    neuron: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.csv"
    monkeypatch.setattr(neuron.filing, "ask_save", lambda *_: path)
    neuron.set_up(steps=2)
    neuron.run()
    neuron.data.save_run()
    lines = path.read_text().splitlines()
    assert lines[0] == "step,loss,w,b"
    assert lines[1] == "0,4,3,1"
    assert [line.split(",")[0] for line in lines[1:]] == ["0", "1", "2"]


def test_a_run_that_diverged_is_saved_too(
    neuron: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.csv"
    monkeypatch.setattr(neuron.filing, "ask_save", lambda *_: path)
    neuron.set_up(rate=1e9, steps=50)
    neuron.run()
    neuron.data.save_run()
    assert len(path.read_text().splitlines()) > 2


def test_without_a_run_there_is_nothing_to_save(neuron: Bench) -> None:
    neuron.data.save_run()
    assert neuron.told[-1] == "Train first; then there is a run to save."


def test_saving_keeps_what_was_learnt_first(neuron: Bench, tmp_path: Path) -> None:
    neuron.filing.saving.connect(neuron.trainer.keep)
    neuron.run_some()
    learnt = neuron.shown("w")
    neuron.document.path = tmp_path / "trained.nodegraph"
    assert neuron.filing.save()
    neuron.document.open(neuron.document.path)
    assert neuron.value("w") == learnt


def test_a_setup_of_a_file_that_cannot_be_is_told(neuron: Bench, qtbot: QtBot) -> None:
    form = SetupForm(Typesetter())
    qtbot.addWidget(form)
    form.show_setup(Setup.of({"rate": "fast", "steps": "many", "optimizer": "sgd"}))
    assert "must be a finite number" in form.warning.plain
    assert form.fields["rate"].text() == "0.1"


def test_a_schedule_is_chosen_written_and_refused_with_its_step(neuron: Bench, qtbot: QtBot) -> None:
    form = SetupForm(Typesetter())
    qtbot.addWidget(form)
    wanted: list[Setup] = []
    form.setup_wanted.connect(wanted.append)
    form.show_setup(Setup(steps=10))
    assert form.schedule_text.isHidden()
    form.schedule.setCurrentIndex(form.schedule.findData("cosine"))
    form.schedule.activated.emit(form.schedule.currentIndex())
    assert wanted[-1].schedule == "cosine"
    form.show_setup(wanted[-1])
    assert form.schedule_text.text() == "(1 + cos(pi*k/n))/2"
    form.schedule_text.setModified(True)
    form.schedule_text.offered.emit("1 - 2*k/n")
    assert wanted[-1].schedule == "cosine"
    assert form.schedule_text.refusal.text().startswith("At step 7 (k = 6, n = 10) the schedule is −0.2")
    form.schedule_text.offered.emit(" 1 - 0.9*k/n ")
    form.show_setup(wanted[-1])
    assert form.schedule.currentText() == "Expression in k and n"
    assert form.schedule_text.text() == "1 - 0.9*k/n"


def test_single_steps_go_through_a_schedule_and_a_run_begins_it_anew(neuron: Bench) -> None:
    neuron.set_up(rate=0.001, steps=4)
    neuron.trainer.set_up(replace(neuron.trainer.setup, schedule="1 - k/n"))

    def rate() -> float:
        assert neuron.trainer.training is not None
        assert neuron.trainer.training.last is not None
        return neuron.trainer.training.last.setup.setting("rate")

    for expected in (0.001, 0.00075, 0.0005):
        neuron.trainer.step()
        assert rate() == pytest.approx(expected)
    neuron.trainer.run()
    neuron.qtbot.waitUntil(lambda: not neuron.trainer.is_running)
    assert rate() == pytest.approx(0.00025)


def test_a_fault_in_a_step_ends_the_run(neuron: Bench) -> None:
    neuron.set_up(rate=0.001, steps=1_000_000)
    neuron.trainer.run()
    assert neuron.trainer.training is not None
    neuron.trainer.training.stepping = lambda: iter(())  # type: ignore[method-assign]
    neuron.trainer.steps._parts = None
    neuron.trainer.steps._show_at = math.inf  # on a slow machine a turn for the canvas may be due
    with pytest.raises(StopIteration):
        neuron.trainer.steps.take_steps()
    assert not neuron.trainer.is_running


def test_a_search_for_a_rate_leaves_the_window_its_turn_and_ends_with_an_edit(neuron: Bench) -> None:
    neuron.set_up(rate=1e6, steps=100)
    trainer = neuron.trainer
    trainer.steps.least_s = 1e9  # no step but the first is due
    trainer.run()
    while trainer.is_running and trainer.steps.share != SEARCHING:
        assert trainer.training is not None
        trainer.steps.take_part()
    assert trainer.is_running  # between two pieces
    neuron.document.apply(set_value(neuron.document.graph, neuron.id("w"), 2.0))
    assert not trainer.is_running
    assert trainer.stopped is None


def test_what_was_taken_for_granted_in_a_table_is_told(neuron: Bench, tmp_path: Path) -> None:
    path = tmp_path / "european.csv"
    path.write_text("x;t\n0,5;1,25\n2,5;3\n")
    neuron.data.load_path(path)
    assert not neuron.told
    assert neuron.data.dialog is not None
    neuron.data.dialog.take_button.click()
    assert neuron.told[-1].endswith(" Read so: decimals have a comma.")
    path.write_text("x,t\n1,2\n")
    neuron.data.load_path(path)
    assert "Read so" not in neuron.told[-1]


def test_columns_that_nobody_uses_are_told_and_an_obvious_match_is_offered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1]))
    bench = Bench(graph, qtbot)
    path = tmp_path / "xor.csv"
    path.write_text("x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n", "utf-8")
    bench.data.load_path(path)
    said = "The column y is used by no input. The input t takes no column and keeps its own value."
    assert bench.told[-1].endswith(said)
    form = DataForm()
    qtbot.addWidget(form)
    form.matches_wanted.connect(bench.data.bind_matches)
    form.show_data(bench.trainer)
    assert form.unused.plain == "Unused: y. Without a column: t."
    assert form.unused.toolTip() == said
    assert form.match_button.text() == "Let t take y"
    form.match_button.click()
    form.show_data(bench.trainer)
    assert bound_inputs(bench.document.graph)["t"] == "y"
    assert form.unused.isHidden()
    assert form.match_button.isHidden()


def test_a_long_offer_leaves_its_words_to_the_pointer(qtbot: QtBot) -> None:
    graph = parse("L = (w*size_of_the_house - t)**2")
    names = ("Size of the house (m²)", "t", "Size of the garden (m²)", "rooms")
    graph.apply(set_table(graph, Table("", tuple((name, (1.0, 2.0)) for name in names))))
    graph.apply(bind(graph, "t", "t"))
    form = DataForm()
    qtbot.addWidget(form)
    form.show_data(Bench(graph, qtbot).trainer)
    offer = "Let size_of_the_house take Size of the house (m²)"
    assert form.match_button.accessibleName() == offer
    assert offer in form.match_button.toolTip()
    assert form.match_button.text() == "Match"


def test_the_classes_of_a_column_are_offered_to_a_softmax(qtbot: QtBot, tmp_path: Path) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 3], output_activation="linear", loss="softmax"))
    bench = Bench(graph, qtbot)
    path = tmp_path / "kinds.csv"
    path.write_text("x1,x2,t\n0,0,0\n0,1,1\n1,0,2\n1,1,1\n", "utf-8")
    bench.data.load_path(path)
    assert bench.told[-1].endswith("One-hot, the classes of t would be t1, t2 and t3.")
    form = DataForm()
    qtbot.addWidget(form)
    form.matches_wanted.connect(bench.data.bind_matches)
    form.show_data(bench.trainer)
    assert form.match_button.text() == "One-Hot t"
    form.match_button.click()
    assert bench.told[-1].startswith("t1 is t = 0")
    assert {"t1": "t1", "t2": "t2", "t3": "t3"}.items() <= bound_inputs(bench.document.graph).items()
    form.show_data(bench.trainer)
    assert form.unused.isHidden()
    assert form.match_button.isHidden()
    bench.document.stack.undo()
    assert table_of(bench.document.graph).names == ("x1", "x2", "t")


def test_a_target_that_the_output_cannot_become_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid"))
    bench, form = Bench(graph, qtbot), DataForm()
    qtbot.addWidget(form)
    path = tmp_path / "prices.csv"
    path.write_text("x1,x2,t\n0,0,5\n0,1,1\n1,0,2.5\n", "utf-8")
    bench.data.load_path(path)
    form.show_data(bench.trainer)
    said = "The sigmoid y lies between 0 and 1, but its target t holds 5; make the output linear"
    assert form.unsuitable.plain.startswith(said)
    path.write_text("x1,x2,t\n0,0,0\n0,1,1\n1,0,1\n", "utf-8")
    bench.data.load_path(path)
    form.show_data(bench.trainer)
    assert form.unsuitable.isHidden()


def test_a_column_that_was_standardised_by_rows_held_out_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    bench, form = Bench(parse("L = (w*x - t)**2", w=1, x=1, t=1), qtbot), DataForm()
    qtbot.addWidget(form)
    path = tmp_path / "line.csv"
    path.write_text("x,t\n0,0\n1,2\n2,3\n5,9\n", "utf-8")
    bench.data.load_path(path)
    graph = bench.document.graph
    graph.apply(standardise(graph, ["x"]).change)
    graph.apply(set_training(graph, Setup(held_out=0.25)))
    form.show_data(bench.trainer)
    assert form.unsuitable.plain.startswith("The column x was standardised by rows that are held out now;")
    graph.apply(standardise(graph, ["x"]).change)
    form.show_data(bench.trainer)
    assert form.unsuitable.isHidden()


def test_several_columns_are_offered_in_a_few_words_and_told_in_the_tip(qtbot: QtBot) -> None:
    graph = parse("L = (w1*x1 + w2*x2 - t)**2", x1=1, x2=1, t=1, w1=1, w2=1)
    for name in ("x1", "x2", "t"):
        graph.apply(set_trainable(graph, graph.named(name).id, False))
    bench = Bench(graph, qtbot)
    bench.data.take(Table("", tuple((name, (1.0, 2.0)) for name in ("height", "weight", "adult"))))
    assert "now choose in Training which input takes which column" in bench.told[-1]
    form = DataForm()
    qtbot.addWidget(form)
    form.show_data(bench.trainer)
    assert form.match_button.text() == "Match All"
    offer = "Let x1 take height, x2 take weight and t take adult"
    assert form.match_button.accessibleName() == offer
    assert offer in form.match_button.toolTip()


def test_loading_data_into_an_empty_graph_says_what_is_to_be_built(qtbot: QtBot) -> None:
    bench = Bench(Graph(), qtbot)
    bench.data.take(Table("", (("x", (1.0, 2.0)),)))
    assert "now insert a network (Graph ▸ Insert)" in bench.told[-1]


def test_a_large_table_that_is_wrong_far_below_is_shown_with_the_place(
    neuron: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "large.csv"
    path.write_text("x;t\n" + "0,5;1\n" * 30_000 + "0,5;one\n")
    neuron.data.load_path(path)
    qtbot.waitUntil(lambda: neuron.data.dialog is not None)
    dialog = neuron.data.dialog
    assert dialog is not None
    assert dialog.sentence.plain.startswith("Row 30002, column “t”: expected a number, found “one”")
    assert not dialog.take_button.isEnabled()
    tick = dialog.preview.index(0, 1)
    dialog.preview.setData(tick, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: table_of(neuron.document.graph) is not None)
    table = table_of(neuron.document.graph)
    assert table is not None
    assert (table.names, table.rows) == (("x",), 30_001)


def test_another_document_closes_the_table_that_is_shown(neuron: Bench, tmp_path: Path) -> None:
    path = tmp_path / "european.csv"
    path.write_text("x;t\n0,5;1,25\n")
    neuron.data.load_path(path)
    dialog = neuron.data.dialog
    assert dialog is not None
    assert dialog.isVisible()
    neuron.document.replace(Graph())
    assert not dialog.isVisible()
    assert table_of(neuron.document.graph) is None


def test_the_rows_of_a_wide_table_are_seen(neuron: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "wide.csv"
    wide = [f"c{place}" for place in range(600)]
    path.write_text(";".join(wide) + "\n" + (";".join(["0," + "3" * 50] * 600) + "\n") * 9)
    neuron.data.load_path(path)
    qtbot.waitUntil(lambda: neuron.data.dialog is not None)
    dialog = neuron.data.dialog
    assert dialog is not None
    dialog.words.setCurrentIndex(1)
    assert not dialog.take_button.isEnabled()
    qtbot.waitUntil(dialog.take_button.isEnabled)
    assert dialog.preview.index(1, 0).data().startswith("0.3333")
