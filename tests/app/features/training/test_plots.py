"""Curves of a training: what of the numbers can be drawn, and lines that are told apart without colour."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training.plots import MOST_POINTS, MOST_TRAILS, LossPlot, Trail, Trails, drawable
from nodegraph.app.platform import lazy_plotting
from nodegraph.canvas.drawing.theme import THEMES


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_what_is_not_finite_is_left_out() -> None:
    x, y = drawable(numbers(0, 1, 2, 3), numbers(4, np.nan, np.inf, 1))
    assert x.tolist() == [0, 3]
    assert y.tolist() == [4, 1]


def test_on_a_log_scale_what_is_not_above_zero_is_left_out() -> None:
    x, y = drawable(numbers(0, 1, 2), numbers(100, 0, -1), log=True)
    assert (x.tolist(), y.tolist()) == ([0], [2])


def test_a_long_curve_is_thinned_and_keeps_both_ends() -> None:
    x, _ = drawable(np.arange(1e5), np.ones(100_000))
    assert len(x) <= MOST_POINTS
    assert (x[0], x[-1]) == (0, 99_999)


@pytest.mark.parametrize("losses", [(1e308, 1e-308, 4.0), (np.nan, np.nan), (), (0.0, 0.0)])
@pytest.mark.parametrize("log", [False, True])
def test_no_loss_is_too_strange_to_draw(qtbot: QtBot, losses: tuple[float, ...], log: bool) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.set_theme(THEMES["light"])
    plot.set_log(log)
    plot.show_losses(np.arange(float(len(losses))), numbers(*losses))
    assert not plot.grab().isNull()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_trails_are_told_apart_without_colour(qtbot: QtBot, theme: object) -> None:
    trails = Trails()
    qtbot.addWidget(trails)
    trails.set_theme(theme)
    looks = {(sample.pen.style(), sample.pen.widthF()) for sample in trails.samples}
    assert len(looks) == MOST_TRAILS


def test_the_legend_names_each_trail_with_its_value_and_counts_the_rest(qtbot: QtBot) -> None:
    trails = Trails()
    qtbot.addWidget(trails)
    trails.set_theme(THEMES["dark"])
    steps = numbers(0, 1)
    trails.show_trails([Trail("w", steps, numbers(3, 3.4), "3.4")], 9)
    assert trails.labels[0].text() == "w = 3.4"
    assert trails.labels[1].isHidden()
    assert trails.more.text() == "and 9 more; select nodes to see theirs"


def test_whoever_waits_for_the_library_is_called_once_it_is_there(qtbot: QtBot, qapp: QObject) -> None:
    called: list[bool] = []
    lazy_plotting.when_ready(qapp, lambda: called.append(True))
    assert called == [True], "it is there: the curves were imported above"
    lazy_plotting.Loading(qapp, lambda: called.append(True))
    qtbot.waitUntil(lambda: len(called) == 2)


LOADED_APART = """
from PySide6.QtWidgets import QApplication
from nodegraph.app.platform import lazy_plotting

application = QApplication([])
missing = []
load = lazy_plotting._load


def watched():
    missing.extend(name for module, name in lazy_plotting.names_of_types() if name not in vars(module))
    return load()


lazy_plotting._load = watched
assert any(name not in vars(module) for module, name in lazy_plotting.names_of_types())
lazy_plotting.when_ready(application, application.quit)
application.exec()
assert lazy_plotting.is_ready()
print(missing)
"""


def test_no_type_of_qt_is_made_in_the_thread_that_loads_the_library() -> None:
    words = [sys.executable, "-P", "-c", LOADED_APART]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=surroundings)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_points_that_are_not_drawn_are_counted(qtbot: QtBot) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.set_theme(THEMES["light"])
    losses = numbers(4, 0.5, -3, -4.9)
    plot.show_losses(np.arange(4.0), losses)
    assert plot.note.text() == ""
    plot.set_log(True)
    assert plot.note.text() == "2 of 4 points are at 0 or below, where a log scale ends"
    assert not plot.note.isHidden()
    plot.set_log(False)
    assert plot.note.isHidden()
    plot.show_losses(np.arange(2.0), numbers(1, np.nan))
    assert plot.note.text() == "1 of 2 points is not finite"


@pytest.mark.parametrize("last", [-3.0, 0.0, np.nan])
def test_no_dot_says_now_where_the_loss_is_not_drawn(qtbot: QtBot, last: float) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.set_theme(THEMES["light"])
    plot.set_log(True)
    plot.show_losses(np.arange(3.0), numbers(4, 2, last))
    assert "now" not in plot.lines
    plot.show_losses(np.arange(4.0), numbers(4, 2, last, 1))
    assert plot.lines["now"].getData()[0].tolist() == [3]


def test_a_single_point_that_can_be_drawn_is_a_dot(qtbot: QtBot) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.set_theme(THEMES["light"])
    plot.set_log(True)
    plot.show_losses(np.arange(3.0), numbers(4, -1, -5))
    assert [numbers.tolist() for numbers in plot.lines["alone"].getData()] == [[0], [np.log10(4)]]
    assert plot.note.text() == "2 of 3 points are at 0 or below, where a log scale ends"
    plot.show_losses(np.arange(3.0), numbers(4, 1, -5))
    assert "alone" not in plot.lines


@pytest.mark.parametrize(
    "losses", [(1, 0, -1, -4, -60, -200, np.nan), (200, 60, 4, 3, 2, 1, np.nan), (5, np.nan, 5)]
)
def test_no_line_runs_through_the_note_of_points_that_are_not_drawn(
    qtbot: QtBot, losses: tuple[float, ...]
) -> None:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.set_theme(THEMES["light"])
    plot.resize(400, 110)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.show_losses(np.arange(float(len(losses))), numbers(*losses))
    plot.plotItem.vb.updateAutoRange()
    assert plot.note.isVisible()
    x, y = plot.lines["loss"].getData()
    steps = np.linspace(x[0], x[-1], 500)
    shown = [
        plot.mapFromScene(plot.plotItem.vb.mapViewToScene(QPointF(*place)))
        for place in zip(steps, np.interp(steps, x, y), strict=True)
    ]
    assert not any(plot.note.geometry().contains(place) for place in shown)
