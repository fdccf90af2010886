"""Moments of both passes by the words that people use for them."""

from __future__ import annotations

from typing import Literal

from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused

Moment = Literal["none", "forward", "backward"]


def frame_at(trace: Trace, after: Moment = "backward", step: int | None = None) -> Frame:
    """Return what is visible after a pass, or after one step of both, counted from 0. Refused where there
    is no such step or pass.
    """
    places = {"none": 0, "forward": trace.forward_steps, "backward": len(trace.steps)}
    if after not in places:
        raise Refused(f"There is no moment after “{after}”; there are none, forward and backward.")
    position = places[after] if step is None else step
    if not 0 <= position <= len(trace.steps):
        raise Refused(f"There is no step {position}; the two passes have the steps 0 to {len(trace.steps)}.")
    return trace.frame(position)
