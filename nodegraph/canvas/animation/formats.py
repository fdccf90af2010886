"""The files that an animation can be written as: one record a format. Imports no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.core.errors import Refused
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.canvas.animation.encoders import Encoder, Order
    from nodegraph.core.graph.graph import Graph


_MEANS_NOTHING = frozenset({"step", "after", "show highlight", "hide highlight", "dpi of pixels"})
"""Options that tell of one moment, or of inches, which an animation does not have."""


@dataclass(frozen=True)
class AnimationFormat:
    """One format: who writes it, and what it can hold."""

    suffix: str
    title: str
    encoder: Callable[[Order], Encoder]
    ticks: int | None
    """Of a second, in which it counts times; None: it shows so many pictures a second, all equally long."""

    most_fps: int = 60
    """Pictures a second that programs show as fast as they are asked to."""

    is_transparent: bool = True
    has_palette: bool = False
    loops: bool = True
    """Whether it says how often it is played."""

    is_even: bool = False
    """Whether its sides are even."""

    ignores: frozenset[str] = _MEANS_NOTHING
    """The options that mean nothing in it."""

    def left_out(self, graph: Graph) -> str:
        """Returns what is to be said of what this format leaves out, as a picture's does: nothing, since an
        animation shows all that the canvas does.
        """
        return ""

    def why_not(self, fps: int, *, transparent: bool) -> str | None:
        """Returns why an animation cannot be written so, and what would do; None where it can."""
        if fps > self.most_fps:
            return f"{self.title} shows at most {self.most_fps} pictures a second; {fps} are too many."
        if transparent and not self.is_transparent:
            return f"{self.title} has no soft edges on a transparent ground; APNG and WebP have."
        return None


def _gif(order: Order) -> Encoder:
    from nodegraph.canvas.animation.encoders import GifEncoder

    return GifEncoder(order)


def _webp(order: Order) -> Encoder:
    from nodegraph.canvas.animation.encoders import WebpEncoder

    return WebpEncoder(order)


def _apng(order: Order) -> Encoder:
    from nodegraph.canvas.animation.encoders import ApngEncoder

    return ApngEncoder(order)


def _mp4(order: Order) -> Encoder:
    from nodegraph.canvas.animation.video import Mp4Encoder

    return Mp4Encoder(order)


ANIMATIONS: dict[str, AnimationFormat] = {
    one.suffix: one
    for one in (
        AnimationFormat(".gif", "GIF", _gif, 100, most_fps=50, is_transparent=False, has_palette=True),
        AnimationFormat(".webp", "WebP", _webp, 1000),
        AnimationFormat(".apng", "APNG", _apng, 1000),
        AnimationFormat(
            ".mp4",
            "MP4",
            _mp4,
            None,
            is_transparent=False,
            loops=False,
            is_even=True,
            ignores=_MEANS_NOTHING | {"loop"},
        ),
    )
}
"""All formats by the ending of their files; the first one is proposed."""


def animation_of(name: str) -> AnimationFormat | None:
    """Returns the format of an animation that a file name asks for by its ending; None for any other name."""
    return next((one for suffix, one in ANIMATIONS.items() if name.lower().endswith(suffix)), None)


def format_of(name: str) -> Exporter | AnimationFormat:
    """Find the format, of a picture or of an animation, that a file name asks for by its ending. Raises
    Refused where there is none.
    """
    every: dict[str, Exporter | AnimationFormat] = {**EXPORTERS, **ANIMATIONS}
    found = next((one for suffix, one in every.items() if name.lower().endswith(suffix)), None)
    if found is None:
        also = "; nodegraph.to_program writes a program" if name.lower().endswith(".py") else ""
        raise Refused(f"The name of a picture ends in {endings()}{also}.")
    return found


@dataclass(frozen=True)
class Moving:
    """What a program or a person asks of an animation in words: see `Pace`. `hold` are the seconds that its
    first and last picture stand; one that `is_sized` is as large as its options say, others as usual.
    """

    fps: int = 25
    speed: float = 1.0
    loop: int = 0
    hold: tuple[float, float] = (0.5, 2.0)
    training: bool = False
    is_sized: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.hold, (tuple, list)) or len(self.hold) != 2:
            raise Refused(
                f"hold is two numbers of seconds, such as (0.5, 2), not {quoted(repr(self.hold)[:40])}."
            )


def endings() -> str:
    """Returns the endings there are, of pictures and of animations, as words of a sentence."""
    *others, last = [*EXPORTERS, *ANIMATIONS]
    return f"{', '.join(others)} or {last}"


def demand(kind: AnimationFormat, fps: int, *, transparent: bool) -> None:
    """Raise Refused where an animation cannot be written so, with what would do."""
    refusal = kind.why_not(fps, transparent=transparent)
    if refusal:
        raise Refused(refusal)
