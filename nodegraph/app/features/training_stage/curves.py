"""Which curves the stage draws of the runs: of the one that is shown, and of the one it is compared with."""

from __future__ import annotations

import numpy as np

from nodegraph.app.features.training_stage.plots import Curve
from nodegraph.app.features.training_stage.travel import TimeTravel
from nodegraph.core.stage.trail import Run


def curves_of(travel: TimeTravel) -> tuple[list[Curve], float | None]:
    """Returns the curves, the run that is shown first, and the step that is shown, or None for the newest.
    A run that went on from a step of another begins there.
    """
    run, compared = travel.run, travel.compared
    if run is None:
        return [], None
    is_newest = run is travel.runs.kept[-1]
    first = _live(run, travel) if is_newest and travel.course.is_running else _curve(run)
    curves = [first, *([_curve(compared)] if compared is not None else [])]
    at = travel.step
    return curves, None if at is None else float(at + run.trail.begun_at)


def _curve(run: Run) -> Curve:
    trail = run.trail
    return Curve(run.title, (trail.steps + trail.begun_at).astype(np.float64), trail.losses)


def _live(run: Run, travel: TimeTravel) -> Curve:
    steps, losses = travel.course.course()
    return Curve(run.title, steps + run.trail.begun_at, losses)
