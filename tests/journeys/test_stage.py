"""The stage beside the graph as a person uses it: what is drawn of a training, and the way back in time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QWidget

from nodegraph.app.features.animation.dialog import AnimationDialog
from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.features.training import page
from nodegraph.app.features.training_stage.feed import FRAME_MS
from nodegraph.app.features.training_stage.panel import NO_LOSS, NO_SPREADS, OUTDATED
from nodegraph.app.features.training_stage.travel import NO_RUN, NOT_BACK, RUNNING
from nodegraph.app.features.training_stage.words import NO_COLUMN, NO_DATA, NO_FEATURE, NO_OUTPUT
from nodegraph.app.platform import announcer, lazy_plotting, style
from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import bind_by_name, set_table, set_training
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from tests.journeys.trainee import Trainee

XOR = Table("XOR", (("x1", (0.0, 0, 1, 1)), ("x2", (0.0, 1, 0, 1)), ("t", (0.0, 1, 1, 0))))
LINE = Table("Line", (("x", (0.0, 1, 2, 3)), ("t", (1.0, 3, 5, 7))))


def net(outputs: int = 1, table: Table = XOR) -> Graph:
    """A network with its table bound, to be trained by 20 steps."""
    graph = Graph()
    if outputs == 1:
        graph.apply(mlp(graph, [2, 2, 1], "tanh", "sigmoid", "cross_entropy", seed=1))
    else:
        graph.apply(mlp(graph, [2, 2, outputs], "tanh", "linear", "softmax", seed=1))
    return bound(graph, table)


def net_without_data() -> Graph:
    """The same network as it is inserted."""
    graph = Graph()
    graph.apply(mlp(graph, [2, 2, 1], "tanh", "sigmoid", "cross_entropy", seed=1))
    return graph


def bound(graph: Graph, table: Table) -> Graph:
    graph.apply(set_table(graph, table))
    graph.apply(bind_by_name(graph))
    graph.apply(set_training(graph, Setup(optimizer="adam", settings={"rate": 0.1}, steps=20)))
    return graph


class Visitor(Trainee):
    """A hand that trains, and looks at the stage."""

    def come(self, graph: Graph) -> None:
        """Open a graph and the stage, and wait for its picture."""
        self.trainer.steps.least_s = 0.0
        self.open(graph)
        self.do("view.stage")
        self.stage = self.window.features.stage
        self.panel = self.stage.place.panel
        self.qtbot.waitUntil(lambda: self.panel.isVisible() and self.panel.picture is not None)
        self.settle()

    def settle(self) -> None:
        """Wait until the picture is that of now."""
        feed = self.stage.feed
        feed.refresh()
        self.qtbot.waitUntil(lambda: not (feed._is_busy or feed._is_due or feed._clock.isActive()))

    def train(self) -> None:
        """Run, by the key."""
        self.canvas.setFocus()
        self.key(Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
        self.qtbot.waitUntil(lambda: not self.trainer.is_running)
        self.settle()

    @property
    def slider(self) -> QSlider:
        found = self.window.findChild(QSlider, "stage.step")
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:  # type: ignore[override]
        """Press a key on the slider."""
        self.slider.setFocus()
        QTest.keyClick(self.slider, key)
        self.settle()

    def values(self) -> dict[str, float]:
        """The parameters as the document has them."""
        return {node.name: float(node.value) for node in self.graph.nodes() if node.learns}

    def on_canvas(self) -> dict[str, Any]:
        """The parameters as they stand on the canvas."""
        shown = self.shown()
        return {node.name: shown[node.name][0] for node in self.graph.nodes() if node.learns}

    def says(self, name: str) -> str:
        return str(self.window.findChild(QWidget, name).plain)


@pytest.fixture
def visitor(trainee: Trainee) -> Visitor:
    trainee.window.resize(1366, 768)
    return Visitor(trainee, trainee.qtbot)


# --- the picture
def test_the_output_is_drawn_over_its_two_inputs_before_and_after_a_run(visitor: Visitor) -> None:
    visitor.come(net())
    panel = visitor.panel
    assert panel.picture.isVisible()
    assert (
        panel.picture.accessibleName() == "Map of y over x1 and x2, with 4 points, boundary where it is 0.5"
    )
    assert [entry.text for entry in panel.legend.entries] == ["t = 0", "t = 1", "y = 0.5"]
    assert panel.legend.ends == ("0", "y", "1")
    before = panel.picture.portrait.field.values.copy()
    visitor.train()
    after = panel.picture.portrait
    assert not np.allclose(after.field.values, before)
    learnt = visitor.stage.feed.portrait.sketch.grid.field(visitor.values()).values
    assert np.allclose(after.field.values, learnt)
    assert len(panel.picture.points) == 2, "each class has its own shape"
    assert visitor.says("stage.loss").startswith("Loss ")


def test_the_boundary_is_where_the_answer_is_at_its_level(visitor: Visitor) -> None:
    graph = parse("z = w*x1 + v*x2 + b\ny = sigmoid(z)\nL = (y - t)**2", w=2, v=4, b=-3)
    visitor.come(bound(graph, XOR))
    boundary = visitor.panel.picture.portrait.boundary
    assert len(boundary) > 20
    assert np.allclose(2 * boundary[:, 0] + 4 * boundary[:, 1] - 3, 0.0, atol=1e-3)


def test_other_inputs_are_chosen_and_one_alone_is_drawn_as_a_curve(visitor: Visitor) -> None:
    visitor.come(net())
    panel, feed = visitor.panel, visitor.stage.feed
    panel.across.setCurrentIndex(1)
    panel.across.activated.emit(1)
    visitor.settle()
    assert panel.picture.titles == {"bottom": "x2", "left": "x1"}
    panel.up.setCurrentIndex(panel.up.findData(""))
    panel.up.activated.emit(panel.up.currentIndex())
    visitor.settle()
    assert feed.portrait.field.values.shape == (1, 100)
    assert panel.picture.titles == {"bottom": "x2", "left": "y"}
    assert not panel.picture.image.isVisible()
    assert [(entry.kind, entry.text) for entry in panel.legend.entries[2:]] == [
        ("line", "y"), ("dashes", "y = 0.5")
    ]  # fmt: skip


def test_a_regression_with_one_input_is_a_curve_through_its_points(visitor: Visitor) -> None:
    visitor.come(bound(parse("y = w*x + b\nL = (y - t)**2", w=0, b=0), LINE))
    panel = visitor.panel
    assert not panel.across.isVisible(), "there is nothing to choose"
    x, y = panel.picture.lines["answer 0"].getData()
    assert (len(x), set(y)) == (100, {0.0})
    visitor.train()
    x, y = panel.picture.lines["answer 0"].getData()
    weights = visitor.values()
    assert np.allclose(y, weights["w"] * x + weights["b"])
    assert [entry.text for entry in panel.legend.entries] == ["y", "data: t"]


def test_classes_with_a_target_each_have_a_colour_and_a_shape_each(visitor: Visitor) -> None:
    hot = [("t1", (1.0, 0, 0, 1)), ("t2", (0.0, 1, 0, 0)), ("t3", (0.0, 0, 1, 0))]
    visitor.come(net(3, Table("three", (*XOR.columns[:2], *hot))))
    panel = visitor.panel
    assert [entry.text for entry in panel.legend.entries] == ["t1", "t2", "t3", "boundary"]
    shapes = {item.opts["symbol"] for item in panel.picture.points}
    assert len(shapes) == 3


@pytest.mark.parametrize(
    ("graph", "sentence"),
    [
        (Graph(), NO_OUTPUT),
        (parse("L = (w*2 + b - 9)**2", w=3, b=1), NO_DATA),
        (net_without_data(), NO_DATA),
        (bound(parse("z = 2*x\nL = (w - 3)**2", w=1), LINE), NO_FEATURE),
    ],
)
def test_an_empty_stage_says_what_to_do(visitor: Visitor, graph: Graph, sentence: str) -> None:
    visitor.come(graph)
    assert visitor.says("stage.empty") == sentence
    assert visitor.window.findChild(QWidget, "stage.empty").isVisible()
    assert not visitor.panel.across.isVisible(), "there is nothing to choose"
    told = visitor.says("stage.loss")
    assert bool(told) is not bool(visitor.trainer.why_not), "no run is offered that cannot be"


def test_an_empty_stage_names_what_keeps_the_graph_from_being_computed(visitor: Visitor) -> None:
    graph = bound(parse("L = (w*x - t)**2", w=1), LINE)
    graph.apply(edits.disconnect(graph, [(graph.output or "", 0)]))
    visitor.come(graph)
    assert visitor.trainer.why_not
    assert visitor.says("stage.empty") == visitor.trainer.why_not


def test_weights_and_gradients_are_shown_layer_by_layer(visitor: Visitor) -> None:
    visitor.come(net())
    panel = visitor.panel
    panel.tabs.setCurrentIndex(1)
    visitor.settle()
    assert panel.weights.isVisible()
    assert {title: int(it.counts.sum()) for title, it in panel.weights.spreads.items()} == {
        "Layer 1": 6, "Layer 2": 3
    }  # fmt: skip
    panel.tabs.setCurrentIndex(2)
    visitor.settle()
    assert panel.gradients.isVisible()
    assert "Layer 2: 3 numbers from" in panel.gradients.accessibleDescription()


def test_an_edit_is_drawn_and_one_that_takes_the_output_away_leaves_a_sentence(visitor: Visitor) -> None:
    visitor.come(net())
    before = visitor.panel.picture.portrait.field.values.copy()
    visitor.window.workspace.editor.set_value(visitor.graph.named("y_b").id, 3.0, 0)
    visitor.settle()
    assert not np.allclose(visitor.panel.picture.portrait.field.values, before)
    visitor.do("edit.select_all")
    visitor.do("edit.delete")
    visitor.settle()
    assert visitor.says("stage.empty") == NO_OUTPUT


def test_no_portrait_is_begun_before_the_library_that_draws_is_there(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Any] = []
    monkeypatch.setattr(lazy_plotting, "is_ready", lambda: False)
    monkeypatch.setattr(lazy_plotting, "when_ready", lambda _parent, then: waiting.append(then))
    visitor.open(net())
    visitor.do("view.stage")
    feed = visitor.window.features.stage.feed
    visitor.qtbot.waitUntil(lambda: feed.refresh in waiting)
    visitor.qtbot.wait(3 * FRAME_MS)
    assert feed.portrait is None
    assert waiting.count(feed.refresh) == 1


# --- time travel
def test_a_step_long_past_is_shown_and_the_document_stays_as_it_is(visitor: Visitor) -> None:
    visitor.come(net())
    start = visitor.values()
    visitor.train()
    learnt, undos = visitor.values(), visitor.window.document.stack.index()
    assert visitor.slider.maximum() == 20
    visitor.press(Qt.Key.Key_Home)
    assert visitor.on_canvas() == start
    assert visitor.values() == learnt
    assert visitor.window.document.stack.index() == undos
    assert visitor.says("stage.sentence") == "Step 0 of 20; the document keeps its values."
    field = visitor.panel.picture.portrait.field.values
    assert np.allclose(field, visitor.stage.feed.portrait.sketch.grid.field(start).values)
    visitor.press(Qt.Key.Key_Right)
    assert visitor.stage.travel.step == 1
    visitor.press(Qt.Key.Key_End)
    assert visitor.on_canvas() == learnt
    assert visitor.stage.travel.step is None


def test_after_an_undo_the_slider_and_the_loss_are_those_of_the_values_in_the_document(
    visitor: Visitor,
) -> None:
    visitor.come(net())
    visitor.train()
    trail = visitor.stage.travel.trail
    visitor.do("edit.undo")
    visitor.settle()
    assert visitor.slider.value() == 0
    assert visitor.says("stage.sentence") == "Step 0 of 20, as in the document."
    assert visitor.says("stage.loss") == f"Loss {format_number(float(trail.losses[0]), 4)} after 0 steps"
    visitor.do("edit.redo")
    assert visitor.slider.value() == 20
    assert visitor.says("stage.loss") == f"Loss {format_number(float(trail.losses[20]), 4)} after 20 steps"
    learnt = next(node.id for node in visitor.graph.nodes() if node.learns)
    visitor.window.document.apply(edits.set_value(visitor.graph, learnt, 9.0))
    assert visitor.says("stage.sentence") == "The document's values are those of no kept step of Run 1."
    assert visitor.says("stage.loss") == NO_LOSS
    visitor.press(Qt.Key.Key_End)
    assert visitor.says("stage.loss") == f"Loss {format_number(float(trail.losses[20]), 4)} after 20 steps"


def test_losses_from_before_other_data_are_told_to_be_those_of_then(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    outdated = visitor.window.findChild(QWidget, "stage.outdated")
    assert not outdated.isVisible()
    visitor.page()
    other = Table("Other", tuple((name, tuple(1.0 - x for x in column)) for name, column in XOR.columns))
    visitor.window.document.apply(set_table(visitor.graph, other))
    visitor.settle()
    assert outdated.isVisible()
    assert visitor.says("stage.outdated") == OUTDATED.format(run="Run 1")
    assert visitor.says("training.sentence") == page.OUTDATED.format("loss")
    visitor.press(Qt.Key.Key_Home)
    assert outdated.isVisible()
    visitor.train()
    assert not outdated.isVisible()
    assert visitor.says("training.sentence") == "Trained 20 steps."
    visitor.stage.travel.choose(1)
    assert visitor.says("stage.outdated") == OUTDATED.format(run="Run 1")


def test_without_a_column_that_is_taken_the_stage_says_what_to_do(visitor: Visitor) -> None:
    graph = net_without_data()
    table = Table("Heights", tuple((f"{name}_cm", column) for name, column in XOR.columns))
    graph.apply(set_table(graph, table))
    visitor.come(graph)
    assert visitor.says("stage.empty") == NO_COLUMN
    visitor.page().data.match_button.click()
    visitor.settle()
    panel = visitor.panel
    assert panel.across.currentText() == "x1 = x1_cm"
    assert panel.picture.titles == {"bottom": "x1 = x1_cm", "left": "x2 = x2_cm"}
    assert "over x1 = x1_cm and x2 = x2_cm" in panel.picture.accessibleName()


def test_alt_comma_and_alt_period_go_by_one_step_from_anywhere(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    visitor.canvas.setFocus()
    for _ in range(3):
        visitor.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.AltModifier)
    visitor.key(Qt.Key.Key_Period, Qt.KeyboardModifier.AltModifier)
    assert visitor.stage.travel.step == 18


def test_taking_the_values_of_a_step_is_one_undo_step(visitor: Visitor) -> None:
    visitor.come(net())
    start = visitor.values()
    visitor.train()
    learnt = visitor.values()
    visitor.press(Qt.Key.Key_Home)
    visitor.do("train.take_step")
    assert visitor.values() == start
    assert visitor.window.document.stack.undoText() == "Take the values of step 0"
    assert announcer.spoken[-1] == "The values of step 0 are in the document; undo takes them back."
    visitor.do("edit.undo")
    assert visitor.values() == visitor.on_canvas() == learnt
    visitor.do("edit.undo")
    assert visitor.values() == start


def test_going_on_from_a_step_with_other_settings_is_a_run_of_its_own(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    trail = visitor.stage.travel.trail
    visitor.press(Qt.Key.Key_PageDown)
    step = visitor.stage.travel.step
    assert step == 18
    visitor.trainer.set_up(Setup(settings={"rate": 0.5}, steps=5))
    assert visitor.stage.travel.step == step, "other settings change no number"
    visitor.do("train.go_on")
    visitor.qtbot.waitUntil(lambda: not visitor.trainer.is_running)
    visitor.settle()
    runs = visitor.stage.travel.runs.kept
    assert [run.title for run in runs] == ["Run 1", "Run 2"]
    assert (runs[1].trail.begun_at, len(runs[1].trail)) == (18, 6)
    assert runs[1].trail.values(0) == trail.values(18)
    assert runs[1].trail.losses[0] == pytest.approx(trail.losses[18])
    others = visitor.panel.runs.others
    others.setCurrentIndex(others.findText("and Run 1"))
    others.activated.emit(others.currentIndex())
    course, tabs = visitor.panel.course, visitor.panel.tabs
    assert tabs.tabRect(2).right() < tabs.width(), "no tab is cut off by the choice of runs"
    assert visitor.stage.place.area.verticalScrollBar().maximum() == 0
    assert [label.text for _sample, label in course.legend.items] == ["Run 2", "Run 1"]
    tip = visitor.panel.runs.runs.itemData(1, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Gradient descent, rate 0.5, 5 steps from step 18"
    assert course.lines["run"].getData()[0].tolist() == [18, 19, 20, 21, 22, 23]
    assert course.lines["other"].getData()[0].tolist() == list(range(21))


def other_values(visitor: Visitor, values: dict[str, float]) -> np.ndarray:
    """What the network answers over the grid of the picture with these values."""
    return np.asarray(visitor.stage.feed.portrait.sketch.grid.field(values).values)


def test_the_boundary_of_the_other_run_is_dashed_at_the_step_that_is_shown(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    first = visitor.stage.travel.trail
    visitor.window.workspace.editor.set_value(visitor.graph.named("y_b").id, 3.0, 0)
    visitor.train()
    picture, legend = visitor.panel.picture, visitor.panel.legend
    assert picture.portrait.compared is None
    assert picture.other.xData is None
    visitor.stage.travel.compare(1)
    visitor.settle()
    shown = picture.portrait
    assert shown.compared.title == "Run 1 after 20 steps"
    assert np.array_equal(shown.compared.field.values, other_values(visitor, first.values(20)))
    assert legend.entries[-1].text == "Run 1 after 20 steps"
    drawn = picture.other.getData()
    assert np.array_equal(np.column_stack(drawn), shown.compared.lines, equal_nan=True)
    assert len(drawn[0])
    visitor.press(Qt.Key.Key_PageDown)
    assert picture.portrait.compared.title == "Run 1 after 18 steps"
    visitor.press(Qt.Key.Key_Home)
    assert picture.portrait.compared.title == "Run 1 after 0 steps"
    assert np.array_equal(picture.portrait.compared.field.values, other_values(visitor, first.values(0)))
    visitor.stage.travel.compare(None)
    visitor.settle()
    assert picture.other.xData is None
    assert "Run 1" not in legend.accessibleDescription()


def test_over_one_input_the_other_run_is_a_dashed_curve(visitor: Visitor) -> None:
    graph = parse("L = (w*x + b - t)**2", w=0.5, b=0, x=1, t=1)
    visitor.come(bound(graph, LINE))
    visitor.train()
    visitor.window.workspace.editor.set_value(visitor.graph.named("w").id, -3.0, 0)
    visitor.train()
    visitor.stage.travel.compare(1)
    visitor.settle()
    lines = visitor.panel.picture.lines
    heights = visitor.panel.picture.portrait.compared.field.values[0]
    assert np.array_equal(lines["other 0"].getData()[1], heights)
    visitor.stage.travel.compare(None)
    visitor.settle()
    assert "other 0" not in visitor.panel.picture.lines


def test_an_earlier_run_is_gone_through_too(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    first = visitor.stage.travel.trail
    visitor.window.workspace.editor.set_value(visitor.graph.named("y_b").id, 3.0, 0)
    visitor.train()
    runs = visitor.panel.runs.runs
    runs.setCurrentIndex(0)
    runs.activated.emit(0)
    assert visitor.on_canvas() == {visitor.graph.node(i).name: x for i, x in first.values(20).items()}
    visitor.press(Qt.Key.Key_Home)
    assert visitor.on_canvas() == {visitor.graph.node(i).name: x for i, x in first.values(0).items()}


def test_after_undoing_two_runs_the_stage_is_at_the_end_of_the_first(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    first = visitor.stage.travel.trail
    visitor.trainer.set_up(Setup(settings={"rate": 0.5}, steps=20))
    visitor.press(Qt.Key.Key_Home)
    visitor.do("train.go_on")
    visitor.qtbot.waitUntil(lambda: not visitor.trainer.is_running)
    visitor.settle()
    assert visitor.stage.travel.run.title == "Run 2"
    visitor.do("edit.undo")
    assert visitor.says("stage.sentence") == "Step 0 of 20, as in the document."
    visitor.do("edit.undo")
    assert visitor.stage.travel.run.title == "Run 1"
    assert visitor.slider.value() == 20
    assert visitor.says("stage.loss") == f"Loss {format_number(float(first.losses[20]), 4)} after 20 steps"
    visitor.do("edit.redo")
    visitor.do("edit.redo")
    assert visitor.stage.travel.run.title == "Run 2"


def test_where_nothing_learns_any_more_there_are_no_histograms(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.panel.tabs.setCurrentIndex(1)
    visitor.settle()
    assert visitor.panel.weights.spreads
    visitor.window.document.apply(edits.remove(visitor.graph, [node.id for node in visitor.graph.nodes()]))
    visitor.settle()
    assert not visitor.panel.weights.spreads
    assert visitor.says("stage.no_course") == NO_SPREADS


def test_the_page_says_that_the_stage_looks_back(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.page()
    visitor.train()
    visitor.press(Qt.Key.Key_Home)
    assert visitor.says("training.sentence") == page.ELSEWHERE.format("loss")
    visitor.press(Qt.Key.Key_End)
    assert visitor.says("training.sentence") == "Trained 20 steps."
    loss = visitor.says("training.loss_now")
    visitor.do("edit.undo")
    assert visitor.says("training.loss_now") == f"Last {loss[0].lower()}{loss[1:]}"


@pytest.mark.parametrize("how", ["edit", "save", "step", "undo", "restore"])
def test_whatever_else_is_done_ends_the_look_back(visitor: Visitor, how: str) -> None:
    visitor.come(net())
    visitor.train()
    visitor.press(Qt.Key.Key_Home)
    assert visitor.stage.travel.step == 0
    if how == "edit":
        visitor.window.workspace.editor.set_value(visitor.graph.named("y_b").id, 3.0, 0)
    elif how == "save":
        visitor.window.workspace.files.saving.emit()
    elif how == "step":
        visitor.trainer.step()
        visitor.qtbot.waitUntil(lambda: not visitor.trainer.is_running)
    elif how == "undo":
        visitor.do("edit.undo")
    else:
        visitor.do("train.newest_step")
    assert visitor.stage.travel.step is None
    assert visitor.on_canvas() == visitor.values()


def test_what_was_learnt_and_waits_survives_a_look_back(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.trainer.set_up(Setup(settings={"rate": 0.05}, steps=1_000))
    visitor.trainer.steps.least_s = 10.0
    start = visitor.values()
    visitor.trainer.run()
    visitor.qtbot.waitUntil(lambda: visitor.trainer.steps_done >= 5)
    assert visitor.stage.travel.why_not == RUNNING
    assert not visitor.slider.isEnabled()
    visitor.trainer.stop()
    learnt = visitor.on_canvas()
    visitor.press(Qt.Key.Key_Home)
    assert visitor.trainer.pending >= 5
    assert visitor.on_canvas() == start
    visitor.press(Qt.Key.Key_End)
    assert visitor.on_canvas() == learnt
    visitor.press(Qt.Key.Key_Home)
    visitor.do("train.keep")
    assert visitor.values() == learnt


def test_what_cannot_be_done_says_why(visitor: Visitor) -> None:
    visitor.come(net())
    travel = visitor.stage.travel
    assert (travel.why_not, visitor.says("stage.sentence")) == (NO_RUN, NO_RUN)
    visitor.train()
    assert (travel.why_not, travel.why_not_take()) == ("", NOT_BACK)
    assert not visitor.window.commands.actions["train.take_step"].isEnabled()


def test_another_document_has_no_runs(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    visitor.press(Qt.Key.Key_Home)
    visitor.open(net())
    assert len(visitor.stage.travel.runs) == 0
    assert visitor.stage.travel.step is None
    assert visitor.window.workspace.player.values == {}


def test_measures_and_the_held_out_loss_stand_beside_the_loss_at_any_step(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.trainer.set_up(Setup(settings={"rate": 0.1}, steps=8, held_out=0.25, measures=("accuracy",)))
    visitor.train()
    course, travel = visitor.panel.course, visitor.stage.travel
    assert [label.text for _sample, label in course.legend.items] == ["Run 1", "held out"]
    assert "Held-out loss " in visitor.says("stage.measures")
    assert visitor.stage.place.area.verticalScrollBar().maximum() == 0
    assert "Accuracy " in visitor.says("stage.measures")
    visitor.press(Qt.Key.Key_Home)
    held = travel.trail.found_at(0)["held_out_loss"]
    assert f"Held-out loss {format_number(held, 4)}" in visitor.says("stage.measures")


def test_what_is_to_become_large_is_called_output_on_the_stage(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.trainer.set_up(Setup("maximise", settings={"rate": 0.1}, steps=8))
    visitor.train()
    assert visitor.says("stage.loss").startswith("Output ")
    assert visitor.panel.course.plotItem.getAxis("left").labelText == "Output"


# --- the window
def test_the_stage_stays_beside_the_canvas_in_a_narrow_window(visitor: Visitor) -> None:
    visitor.come(net())
    assert visitor.window.width() == 1366
    assert visitor.window.workspace.dock.sides.standing("stage") == "beside"
    assert visitor.window.height() == 768, "it fits a laptop's screen"
    assert visitor.stage.place.area.verticalScrollBar().maximum() == 0
    visitor.key(Qt.Key.Key_F10, Qt.KeyboardModifier.AltModifier)
    assert not visitor.stage.place.isVisible()


def test_with_large_text_it_is_scrolled_and_the_window_stays_as_high_as_it_is(visitor: Visitor) -> None:
    try:
        visitor.window.workspace.appearance.set_text_size(1.7)
        visitor.come(net())
        assert visitor.window.height() == 768
        assert visitor.stage.place.area.verticalScrollBar().maximum() > 0
    finally:
        style.set_text_size(1.0)


def test_with_large_text_the_window_is_no_wider_than_the_screen_and_the_stage_lies_over_the_canvas(
    visitor: Visitor,
) -> None:
    visitor.come(net())
    visitor.page()
    window, sides = visitor.window, visitor.window.workspace.dock.sides
    assert sides.standing("stage") == "beside"
    try:
        for size in (1.4, 1.7, 2.0):
            window.workspace.appearance.set_text_size(size)
            QApplication.processEvents()
            if not visitor.stage.place.isVisible():
                visitor.do("view.stage")
            visitor.settle()
            assert window.width() == 1366
            assert window.minimumSizeHint().width() <= 1366
            assert sides.standing("stage") == ("beside" if size < 1.5 else "over")
            assert visitor.panel.minimumSizeHint().width() <= visitor.panel.width()
    finally:
        window.workspace.appearance.set_text_size(1.0)
    QApplication.processEvents()
    assert sides.standing("stage") == "beside"


def test_the_keys_come_to_every_part_of_it_as_one_reads(visitor: Visitor) -> None:
    visitor.come(net())
    place = visitor.stage.place
    visitor.canvas.setFocus()
    visitor.key(Qt.Key.Key_F6)
    while not place.isAncestorOf(QApplication.focusWidget()):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is visitor.panel.across, "the slider waits for a run"
    visitor.train()
    visitor.press(Qt.Key.Key_Home)
    visitor.panel.across.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    while place.isAncestorOf(QApplication.focusWidget()) and len(seen) < 12:
        seen.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert [name for name in seen if name] == [
        "stage.across", "stage.up", "stage.tabs", "stage.step", "train.take_step.button",
        "train.go_on.button",
    ]  # fmt: skip


def test_a_class_sees_the_picture_with_the_loss_below(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    visitor.do("view.presentation")
    beside = visitor.window.findChild(QWidget, "presented_stage")
    visitor.qtbot.waitUntil(lambda: beside.picture is not None and beside.picture.portrait is not None)
    assert beside.isVisible()
    assert beside.picture.isVisible()
    assert beside.findChild(QWidget, "presented_loss").isVisible()
    visitor.do("view.presentation")
    assert not beside.isVisible()
    assert visitor.panel.isVisible()


def test_a_class_sees_the_losses_of_both_runs_that_are_compared(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    first = visitor.stage.travel.trail.losses.copy()
    visitor.window.workspace.editor.set_value(visitor.graph.named("y_b").id, 3.0, 0)
    visitor.train()
    visitor.stage.travel.compare(1)
    visitor.do("view.presentation")
    beside = visitor.window.findChild(QWidget, "presented_loss")
    visitor.qtbot.waitUntil(lambda: beside.plot is not None and "other" in beside.plot.lines)
    steps, losses = beside.plot.lines["other"].getData()
    assert np.array_equal(losses, first)
    assert steps.tolist() == list(range(21))
    assert beside.number.text().endswith("; Run 1 in dashes and dots")
    visitor.do("view.presentation")
    visitor.stage.travel.compare(None)
    visitor.do("view.presentation")
    visitor.qtbot.waitUntil(lambda: "other" not in beside.plot.lines)
    assert "Run 1" not in beside.number.text()


def test_a_presentation_tells_the_loss_of_the_step_that_is_shown(visitor: Visitor) -> None:
    visitor.come(net())
    visitor.train()
    visitor.do("train.earlier_step")
    visitor.do("train.earlier_step")
    travel = visitor.stage.travel
    assert travel.step == 18
    visitor.do("view.presentation")
    beside = visitor.window.findChild(QWidget, "presented_loss")
    visitor.qtbot.waitUntil(lambda: beside.isVisible() and beside.plot is not None)
    loss = format_number(float(travel.trail.losses[travel.place]), 4)
    assert beside.number.text() == f"Loss {loss} after 18 of 20 steps"
    assert beside.plot.lines["now"].getData()[0].tolist() == [18.0]
    visitor.do("train.newest_step")
    assert beside.number.text() == f"Loss {format_number(visitor.trainer.loss, 4)} after 20 steps"


@pytest.mark.parametrize("command", ["file.export_animation", "file.export", "file.copy_picture"])
def test_a_picture_is_of_the_step_that_is_shown_and_leaves_it_there(visitor: Visitor, command: str) -> None:
    visitor.come(net())
    visitor.train()
    visitor.press(Qt.Key.Key_Home)
    shown, learnt = visitor.on_canvas(), visitor.values()
    assert shown != learnt
    visitor.do(command)
    graphs = [visitor.window.workspace.files.shown()]
    for dialog in visitor.window.findChildren(AnimationDialog) + visitor.window.findChildren(ExportDialog):
        graphs.append(dialog.graph)
        dialog.reject()
    assert len(graphs) == (1 if command == "file.copy_picture" else 2)
    for graph in graphs:
        assert {node.name: node.value for node in graph.nodes() if node.learns} == shown
    assert visitor.stage.travel.step == 0
    assert visitor.on_canvas() == shown
    assert visitor.values() == learnt
