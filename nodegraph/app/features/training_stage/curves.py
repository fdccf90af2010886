"""Which curves the stage draws of the runs: the loss of the one that is shown, on held-out rows too, and that
of the one it is compared with.
"""

from __future__ import annotations

import numpy as np

from nodegraph.app.features.training_stage.plots import Curve
from nodegraph.app.features.training_stage.travel import TimeTravel
from nodegraph.core.stage.trail import Run
from nodegraph.core.training.evaluation import HELD_OUT_LOSS

HELD_OUT = "held out"


def curves_of(travel: TimeTravel) -> tuple[dict[str, Curve], float | None]:
    """Returns the curves by their pens, and the step to mark, None for the newest. A run that went on from a
    step of another begins there.
    """
    run, compared = travel.run, travel.compared
    if run is None:
        return {}, None
    if run is travel.runs.kept[-1] and travel.course.is_running:
        curves, at = _live(run, travel), None
    else:
        curves = _kept(run)
        place = travel.standing
        at = float(run.trail.steps[run.trail.now if place is None else place])
        at += run.trail.begun_at
    if compared is not None:
        curves["other"] = _kept(compared)["run"]
    return curves, at


def _kept(run: Run) -> dict[str, Curve]:
    trail = run.trail
    steps = (trail.steps + trail.begun_at).astype(np.float64)
    curves = {"run": Curve(run.title, steps, trail.losses)}
    if HELD_OUT_LOSS in trail.found:
        looked = ~np.isnan(trail.found[HELD_OUT_LOSS])
        curves["held out"] = Curve(HELD_OUT, steps[looked], trail.found[HELD_OUT_LOSS][looked])
    return curves


def _live(run: Run, travel: TimeTravel) -> dict[str, Curve]:
    begun_at = run.trail.begun_at
    steps, losses = travel.course.course()
    curves = {"run": Curve(run.title, steps + begun_at, losses)}
    held = travel.course.found().get(HELD_OUT_LOSS)
    if held is not None:
        curves["held out"] = Curve(HELD_OUT, held[0] + begun_at, held[1])
    return curves
