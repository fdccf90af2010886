"""Moments of both passes by the words that people use for them."""

from __future__ import annotations

from typing import Literal

from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused

Moment = Literal["none", "forward", "backward"]


TOLD_STEPS = 20_000
"""Steps of both passes that are told unasked: telling one takes a ten-thousandth of a second."""


def told_steps(trace: Trace, most: int | None = None) -> tuple[range, range]:
    """Returns the positions of the steps to tell, forward and backward: all, or `most` of them, the first of
    each pass.
    """
    forward, every = trace.forward_steps, len(trace.steps)
    left = min(every, TOLD_STEPS if most is None else most)
    backward = min(every - forward, max(left // 2, left - forward))
    return range(1, 1 + min(forward, left - backward)), range(forward + 1, forward + 1 + backward)


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
