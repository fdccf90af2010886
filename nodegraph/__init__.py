"""nodegraph: computational graphs in which backpropagation can be watched.

    import nodegraph as ng
    graph = ng.parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    trace = ng.run(graph)
    trace.values["L"], trace.gradients["a"]

This is the whole public interface. Each name is fetched from its module when it is first used, so that
importing the package costs nothing: neither numpy nor networkx nor Qt is loaded before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from nodegraph import qt_folder

if TYPE_CHECKING:
    from nodegraph.app.beside import show
    from nodegraph.core.building.expression import parse
    from nodegraph.core.building.graph_text import to_text
    from nodegraph.core.checks.gradient_check import Check, check
    from nodegraph.core.engine.passes import run, run_forward_mode
    from nodegraph.core.engine.trace import Frame, Step, Trace
    from nodegraph.core.errors import DocumentError, NodegraphError, Refused, TextError
    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.graph.records import Edge, Node
    from nodegraph.core.recording.trace import trace
    from nodegraph.core.training.descent import Training
    from nodegraph.core.training.matching import UnusedData
    from nodegraph.core.training.setup import Setup
    from nodegraph.core.values.value import Value
    from nodegraph.formats.foreign.networks import from_networkx
    from nodegraph.formats.programs.program import to_program
    from nodegraph.named_files import load, save

__version__ = "0.1.0"

qt_folder.keep_path_whole()  # it must be said before Qt is loaded, whoever loads it

_HOMES = {
    "parse": "core.building.expression",
    "to_text": "core.building.graph_text",
    "from_networkx": "formats.foreign.networks",
    "to_program": "formats.programs.program",
    "run": "core.engine.passes",
    "run_forward_mode": "core.engine.passes",
    "Setup": "core.training.setup",
    "Training": "core.training.descent",
    "UnusedData": "core.training.matching",
    "check": "core.checks.gradient_check",
    "trace": "core.recording.trace",
    "show": "app.beside",
    "Value": "core.values.value",
    "load": "named_files",
    "save": "named_files",
    "Graph": "core.graph.graph",
    "Node": "core.graph.records",
    "Edge": "core.graph.records",
    "Trace": "core.engine.trace",
    "Step": "core.engine.trace",
    "Frame": "core.engine.trace",
    "Check": "core.checks.gradient_check",
    "NodegraphError": "core.errors",
    "Refused": "core.errors",
    "TextError": "core.errors",
    "DocumentError": "core.errors",
}

__all__ = [
    "Check",
    "DocumentError",
    "Edge",
    "Frame",
    "Graph",
    "Node",
    "NodegraphError",
    "Refused",
    "Setup",
    "Step",
    "TextError",
    "Trace",
    "Training",
    "UnusedData",
    "Value",
    "__version__",
    "check",
    "export",
    "from_networkx",
    "load",
    "parse",
    "run",
    "run_forward_mode",
    "save",
    "show",
    "to_program",
    "to_text",
    "trace",
]


def export(
    graph: Graph, path: str | PathLike[str], scale: float | None = None, *,
    theme: Literal["light", "dark", "contrast", "print"] = "light",
    transparent: bool = False, margin: float = 24,
    after: Literal["none", "forward", "backward"] = "backward",
    step: int | None = None,
    labels: Literal["automatic", "full", "contribution", "step", "none"] = "automatic",
    digits: int | None = None,
    edges: Literal["curved", "straight", "right-angled"] = "curved",
    arrowheads: bool = True, plain_names: bool = False, width: str | None = None, dpi: int | None = None,
    notation: Literal["cards", "compact"] = "cards",
    show: list[str] | tuple[str, ...] = (), hide: list[str] | tuple[str, ...] = (),
    fps: int = 25, speed: float = 1, loop: int = 0, hold: tuple[float, float] = (0.5, 2),
    training: bool = False, direction: Literal["left-to-right", "top-to-bottom"] | None = None,
) -> None:  # fmt: skip
    """Write a picture of the graph, as the name ends: after a pass, at one step of both, or both animated.

    `margin` is in scene units, `step` counts from 0, `digits` are 2 to 8; with `plain_names` x1 is no x with
    an index. `width` is such as "8.5cm", "960px" or "single"; `show` and `hide` name values, gradients,
    labels, badges, highlight, legend, title and grid. An animation stands still for the seconds of `hold`,
    plays `loop` times (0: for ever), and may show the `training`. Another `direction` is laid out anew. Needs
    no display. Raises Refused for what cannot be drawn, DocumentError where no file can be written.
    """
    asked = dict(locals())  # before anything else has a name here
    from nodegraph.canvas.animation.file_bytes import file_bytes
    from nodegraph.canvas.animation.formats import Moving, format_of
    from nodegraph.canvas.asked import demand_arguments
    from nodegraph.canvas.figure import figure, style_of, wording_of
    from nodegraph.named_files import write

    demand_arguments(asked)
    kind, said = format_of(str(path)), wording_of(labels, digits, plain_names)
    options = figure(
        scale=2 if scale is None else scale, theme=theme, transparent=transparent, margin=margin,
        highlight=step is not None, wording=said, edges=style_of(edges, arrowheads), width=width, dpi=dpi,
        notation=notation, show=show, hide=hide, direction=direction,
    )  # fmt: skip
    moving = Moving(fps, speed, loop, hold, training=training, is_sized=bool(scale or width))
    _warn_of(kind.left_out(graph))
    write(path, file_bytes(graph, kind, options, after, step, moving))


def _warn_of(left_out: str) -> None:
    """Warn whoever called `export` of what a picture leaves out, if anything."""
    if left_out:
        import warnings

        warnings.warn(f"{left_out}.", stacklevel=3)


def _offer_to_notebooks() -> None:
    """Let graphs and traces show themselves where a notebook asks; nothing is loaded before it does."""
    from nodegraph.core import shown

    def draw(asked: object, wanted: Callable[[str], bool]) -> dict[str, Any]:
        from nodegraph.canvas import notebook

        return notebook.bundle(asked, wanted)

    shown.offer(draw)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("Training", "Value"):
        from nodegraph.formats.disk import compiled

        compiled.offer()
    _offer_to_notebooks()
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
