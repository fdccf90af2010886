"""The folded part of the setup: rows, measures, decay and clipping, and how the page shows what is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training.curves import Curves
from nodegraph.app.features.training.loss_page import LossPage
from nodegraph.app.features.training.plots import LossPlot
from nodegraph.app.features.training.presented_loss import PresentedLoss
from nodegraph.app.features.training.result_tabs import ResultTabs
from nodegraph.app.features.training.rows_form import ENTRIES
from nodegraph.app.features.training.setup_form import SetupForm
from nodegraph.app.widgets.text import Field
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import DARK, LIGHT
from nodegraph.core.building.expression import parse
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import bind_by_name, set_table
from nodegraph.core.training.rows import why_not
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from tests.app.features.training.test_trainer import Bench

POINTS = Table(
    "points",
    (
        ("x", tuple(float(x) for x in range(12))),
        ("t", tuple(2.0 * x + (-1) ** x for x in range(12))),
    ),
)


@pytest.fixture
def form(qtbot: QtBot) -> SetupForm:
    made = SetupForm(Typesetter())
    qtbot.addWidget(made)
    made.wanted = []  # type: ignore[attr-defined]
    made.setup_wanted.connect(made.wanted.append)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """y = w·x + b over twelve rows."""
    graph = parse("y = w*x + b; L = (y - t)**2", w=0.5, b=0)
    graph.apply(set_table(graph, POINTS))
    graph.apply(bind_by_name(graph))
    return Bench(graph, qtbot)


def offer(form: SetupForm, name: str, text: str) -> Field:
    field = form.rows.fields[name]
    field.setModified(True)
    field.offered.emit(text)
    return field


def test_it_is_folded_away_until_it_is_asked_for_or_something_is_set(form: SetupForm) -> None:
    assert form.rows.inside.isHidden()
    form.rows.button.click()
    assert not form.rows.inside.isHidden()
    form.rows.button.click()
    form.show_setup(Setup(optimizer="adamw"))
    assert form.rows.inside.isHidden()
    form.show_setup(Setup(batch=4))
    assert not form.rows.inside.isHidden()
    assert form.rows.fields["batch"].text() == "4"


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("batch", "16", Setup(batch=16)),
        ("seed", "7", Setup(seed=7)),
        ("held_out", "20%", Setup(held_out=0.2)),
        ("held_out", "split", Setup(held_by="split")),
        ("held_out", "_fold", Setup(held_by="_fold")),
        ("held_out", "2024_test", Setup(held_by="2024_test")),
        ("patience", "5", Setup(patience=5)),
        ("decay", "0.01", Setup(settings={"decay": 0.01})),
        ("clip", "1", Setup(settings={"clip": 1.0})),
    ],
)
def test_each_number_is_taken_and_shown(form: SetupForm, name: str, text: str, wanted: Setup) -> None:
    offer(form, name, text)
    assert form.wanted == [wanted]  # type: ignore[attr-defined]
    form.show_setup(wanted)
    assert form.rows.fields[name].text() not in ("", "0")


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.empty])
def test_an_empty_field_switches_off(form: SetupForm, name: str) -> None:
    on = Setup(settings={"decay": 0.5, "clip": 2.0}, batch=2, patience=3, held_out=0.5)
    for text in ("", ENTRIES[name].empty):
        form.show_setup(on)
        offer(form, name, text)
        off = form.wanted[-1]  # type: ignore[attr-defined]
        assert {**on.plain(), name: 0} == {**off.plain(), name: 0}
        assert off.plain().get(name, 0) == 0
    form.show_setup(off)
    assert form.rows.fields[name].text() == ""
    assert form.rows.fields[name].placeholderText() == ENTRIES[name].empty


def test_a_share_takes_the_place_of_a_column_and_an_empty_field_of_both(form: SetupForm) -> None:
    form.show_setup(Setup(held_by="split"))
    assert form.rows.button.isChecked()
    offer(form, "held_out", "0.2")
    offer(form, "held_out", "")
    assert form.wanted == [Setup(held_out=0.2), Setup()]  # type: ignore[attr-defined]


def test_what_cannot_be_is_refused_beside_its_field(form: SetupForm) -> None:
    form.why_not_rows = lambda setup: why_not(setup, 12)
    said = {
        ("batch", "2.5"): "A batch is a whole number of rows; 0 is all of them.",
        ("batch", "100"): "A batch of 100 rows is more than the 12 rows of the data; take at most 12.",
        (
            "held_out",
            "0.01",
        ): "A held-out share of 0.01 of 12 rows is no row; take a larger share or more rows.",
        ("held_out", "0,2"): "“0,2” has a comma. Write decimals with a point: 0.2",
        ("held_out", "2"): "The held-out share of the rows is from 0 to 0.9. Try 0.2.",
        ("seed", "many"): "“many” is not a number. Type one such as 3, -0.5 or 1e-3.",
        ("clip", "-1"): "The clip is from 0 to 1e9, not −1. Try 0.",
    }
    for (name, text), sentence in said.items():
        assert offer(form, name, text).refusal.plain == sentence
    assert form.wanted == []  # type: ignore[attr-defined]


def test_measures_are_ticked_and_the_rule_shows_what_is_set(form: SetupForm) -> None:
    form.rows.measures["r2"].click()
    assert form.wanted == [Setup(measures=("r2",))]  # type: ignore[attr-defined]
    form.show_setup(Setup(settings={"clip": 1.0, "decay": 0.1}, measures=("r2",)))
    assert form.rows.measures["r2"].isChecked()
    assert not form.rows.measures["mae"].isChecked()
    assert form.rule.plain.count("←") == 3


def test_everything_has_a_tooltip_and_a_name(form: SetupForm) -> None:
    for widget in form.rows.chain():
        assert widget.toolTip()
        assert widget.objectName().startswith("training.")
    for name, field in form.rows.fields.items():
        assert field.accessibleName() == ENTRIES[name].title


# --- the page
def test_the_setup_is_an_undo_step_and_a_run_shows_its_curves(bench: Bench, tmp_path: Path) -> None:
    from nodegraph.formats.tables import course

    trainer = bench.trainer
    setup = Setup(settings={"rate": 0.005}, steps=30, batch=3, held_out=0.25, measures=("mae",), seed=2)
    trainer.set_up(setup)
    assert trainer.setup == setup
    bench.document.stack.undo()
    assert trainer.setup == Setup()
    bench.document.stack.redo()
    trainer.run()
    bench.qtbot.waitUntil(lambda: not trainer.is_running)
    found = trainer.curves().found
    assert list(found) == ["held_out_loss", "mae", "held_out_mae"]
    assert trainer.training is not None
    assert found["mae"][0].tolist() == [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30]
    assert found["mae"][1][-1] == trainer.training.found()[1]
    assert not trainer.is_batch_loss
    assert trainer.loss == trainer.training.loss()
    assert course.write(trainer.training).startswith(b"step,loss,held_out_loss,mae,held_out_mae,w,b\n")

    page = LossPage()
    bench.qtbot.addWidget(page)
    for theme in (LIGHT, DARK):
        page.set_theme(theme)
        page.show_curves(trainer.curves())
    said = [text.plain for _, text in page.entries.values()]
    assert [words.rsplit(" ", 1)[0] for words in said] == ["Loss", "Held-out loss", "MAE", "Held-out MAE"]
    assert set(page.measures.lines) == {"mae", "held_out_mae"}
    assert "held_out" in page.loss.lines
    page.show_curves(Curves(trainer.curves().loss))
    assert page.measures.isHidden()
    assert page.legend.isHidden()
    assert "held_out" not in page.loss.lines


def test_what_is_to_become_large_is_called_output_beside_its_curve(bench: Bench) -> None:
    trainer = bench.trainer
    trainer.set_up(Setup("maximise", settings={"rate": 1e-5}, steps=4, held_out=0.25))
    trainer.run()
    bench.qtbot.waitUntil(lambda: not trainer.is_running)
    page, beside = LossPage(), PresentedLoss(trainer)
    for part in (page, beside):
        bench.qtbot.addWidget(part)
    page.show_curves(trainer.curves())
    beside.show()
    assert page.loss.plotItem.getAxis("left").labelText == "Output"
    assert page.loss.accessibleName() == "Output by step"
    said = [text.plain.rsplit(" ", 1)[0] for _, text in page.entries.values()]
    assert said == ["Output", "Held-out output"]
    assert beside.number.text().startswith("Output ")


def test_an_early_stop_keeps_the_best_values_as_one_undo_step(bench: Bench) -> None:
    trainer = bench.trainer
    trainer.set_up(Setup(settings={"rate": 0.005}, steps=5000, batch=3, patience=2, seed=2))
    trainer.run()
    bench.qtbot.waitUntil(lambda: not trainer.is_running)
    training = trainer.training
    assert training is not None
    assert training.kept_step is not None
    assert bench.told[-1].startswith("Stopped early after ")
    assert bench.value("w") == training.values()[bench.id("w")]
    curves = trainer.curves()
    steps, losses = curves.loss
    assert steps[-1] == training.steps_done
    assert len(steps) == len(losses) == len(training.history)
    assert curves.kept_step == training.kept_step
    assert curves.told("loss") == format_number(training.loss(), 4)
    beside = PresentedLoss(trainer)
    bench.qtbot.addWidget(beside)
    beside.show()
    said = (
        f"Loss {format_number(training.loss(), 4)} after {training.kept_step} of {training.steps_done} steps"
    )
    assert beside.number.text() == said
    plot = LossPlot()
    bench.qtbot.addWidget(plot)
    plot.show_losses(steps, losses, None, curves.kept_step)
    x, y = plot.lines["now"].getData()
    assert (x.tolist(), y.tolist()) == ([training.kept_step], [losses[training.kept_step]])
    bench.document.stack.undo()
    assert bench.value("w") == 0.5


def test_what_does_not_suit_the_data_is_told_before_a_run(bench: Bench) -> None:
    bench.trainer.set_up(Setup(batch=100))
    said = "A batch of 100 rows is more than the 12 rows of the data; take at most 12."
    assert bench.trainer.why_not == said
    bench.trainer.run()
    assert bench.told[-1] == said
    assert not bench.trainer.is_running


def test_the_last_step_names_the_rows_of_its_batch(bench: Bench) -> None:
    bench.trainer.set_up(Setup(settings={"rate": 0.005, "clip": 1.0, "decay": 0.1}, batch=2, seed=2))
    results = ResultTabs(bench.trainer)
    bench.qtbot.addWidget(results)
    bench.trainer.step()
    results.list_parameters()
    results.tabs.setCurrentIndex(2)
    results.show_tab()
    last = bench.trainer.training.last  # type: ignore[union-attr]
    assert last is not None
    assert last.rows is not None
    first, second = last.rows.tolist()
    lines = results.numbers.plain.splitlines()
    assert lines[0].startswith(f"Step 1 over rows {first + 1}, {second + 1}: loss ")
    assert [line.split(" ")[0] for line in lines[1:]] == ["g", "g", "w"]
    assert "min(1, 1 / (" in lines[1]


def test_in_a_narrow_form_nothing_is_wider_than_its_column(form: SetupForm, qtbot: QtBot) -> None:
    form.show_setup(Setup(optimizer="adam", settings={"clip": 1.0}, measures=("r2",)))
    form.stack(True)
    form.show()
    qtbot.waitUntil(lambda: form.rows.minimumSizeHint().width() <= 178)
    assert form.minimumSizeHint().width() <= 196
    assert form.rule.minimumSizeHint().width() == 0  # a long line is drawn smaller


def test_the_legend_takes_two_rows_where_it_is_narrow(bench: Bench) -> None:
    curve = np.array([0.0, 1.0]), np.array([0.5, 0.25])
    names = ("held_out_loss", "mae", "held_out_mae")
    page = LossPage()
    bench.qtbot.addWidget(page)
    for width, rows in ((700, 1), (330, 2)):
        page.resize(width, 200)
        page.show()
        page.show_curves(Curves(curve, dict.fromkeys(names, curve)))
        tops = {text.y() for _, text in page.entries.values()} if page.legend.layout().activate() else set()
        assert len(tops) == rows
