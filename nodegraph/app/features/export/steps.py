"""The steps at which a picture can be made."""

from __future__ import annotations

from nodegraph.core.engine.trace import Frame


def frame_of(step: str, shown: Frame) -> Frame:
    """Returns the frame for a word of the list of steps, where this one is shown."""
    trace = shown.trace
    return {
        "shown": shown,
        "start": trace.frame(0),
        "forward": trace.frame(trace.forward_steps),
        "backward": trace.last_frame,
    }[step]


def steps_to_show(frame: Frame) -> dict[str, str]:
    """Returns the words of that list and what they say, where this frame is shown."""
    return {
        "shown": f"As shown (step {frame.position} of {len(frame.trace.steps)})",
        "start": "Start, without numbers",
        "forward": "After the forward pass",
        "backward": "After the backward pass",
    }
