"""What the options that were typed mean for what is written: those that mean nothing are told in notes, those
that contradict each other refused. What a format ignores stands in its own record.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nodegraph.canvas.animation.formats import ANIMATIONS, AnimationFormat, format_of
from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.canvas.figure import width_of
from nodegraph.cli import animations, pages, streams
from nodegraph.cli.arguments import UsageError
from nodegraph.core.errors import Refused
from nodegraph.core.graph.naming import listed
from nodegraph.formats.programs.titles import SUFFIX, VECTORISED

_OF_ANIMATIONS = frozenset({*animations.OPTIONS, "training"})
_OF_PROGRAMS = frozenset({"files", "to", "settings", "format", "out", "outs", "watch", "pages", "vectorised"})
_UNUSUAL_NAMES = {"settings": "--set", "out": "-o", "outs": "-o"}


@dataclass(frozen=True)
class Kind:
    """A kind of output: how a sentence calls it, and the options that mean nothing for it."""

    called: str
    ignores: frozenset[str]


def typed_options(arguments: Namespace) -> Mapping[str, str]:
    """Returns the options that were typed, as they were, by the names that kinds of output know them by. Each
    part that is shown or hidden counts as an option.
    """
    options = {name: _spelled(name, arguments) for name in arguments.typed if name not in ("show", "hide")}
    if "dpi" in options and arguments.width and width_of(arguments.width).unit == "px":
        options["dpi of pixels"] = options.pop("dpi")
    for option in ("show", "hide"):
        options |= {f"{option} {part}": f"--{option} {part}" for part in flat(getattr(arguments, option))}
    return options


def _spelled(name: str, arguments: Namespace) -> str:
    if name == "arrowheads":
        return "--arrowheads" if arguments.arrowheads else "--no-arrowheads"
    return _UNUSUAL_NAMES.get(name, "--" + name.replace("_", "-"))


def flat(typed: Sequence[Sequence[str]]) -> list[str]:
    """Returns all words of options that may be repeated and take several."""
    return [word for words in typed for word in words]


def is_program(out: str, streamed: str) -> bool:
    """Whether a program is written there, not a picture."""
    return streamed == SUFFIX[1:] if streams.is_stream(out) else out.lower().endswith(SUFFIX)


def notes(arguments: Namespace, outs: Sequence[str]) -> Iterator[str]:
    """The sentences about options of `export` that mean nothing for what is written."""
    typed = typed_options(arguments)
    programs = [out for out in outs if is_program(out, arguments.format)]
    if "to" in typed and not programs:
        yield f"--to means nothing for a picture; a program's name ends in {SUFFIX}"
    if "vectorised" in typed and not programs:
        yield f"--vectorised means nothing for a picture; a program's name ends in {SUFFIX}"
    pictures = [out for out in outs if out not in programs]
    kinds = [_kind_of(out, arguments) for out in pictures]
    if not pictures:
        kinds = [Kind("a program", frozenset(typed.keys() - _OF_PROGRAMS))]
    for kind in dict.fromkeys(kinds):
        yield from (
            f"{typed[name]} means nothing for {kind.called}" for name in typed if name in kind.ignores
        )
    is_compact = arguments.notation == "compact" and any("notation" not in kind.ignores for kind in kinds)
    if is_compact and "labels" in typed and arguments.labels not in ("none", "step"):
        yield f"--labels {arguments.labels} means nothing with --notation compact"


def notes_of_telling(arguments: Namespace, format_: str) -> Iterator[str]:
    """The sentences about options of `explain` that mean nothing for what is told, in a format."""
    if "most" in arguments.typed and arguments.node is not None:
        yield "--most means nothing for one node, of which all is told"
    elif "most" in arguments.typed and format_ not in ("text", "json"):
        yield f"--most means nothing for {format_}, which tells of every node"


def _kind_of(out: str, arguments: Namespace) -> Kind:
    """What a picture, or a picture of each step, is."""
    if arguments.pages:
        written: Exporter | AnimationFormat = pages.format_of_steps(out, arguments.format)
    else:
        written = format_of(f".{arguments.format}" if streams.is_stream(out) else out)
    if isinstance(written, Exporter):
        return Kind(written.called or written.title, written.ignores | _OF_ANIMATIONS)
    return Kind(written.title, written.ignores)


def refuse_contradictions(arguments: Namespace) -> None:
    """Refuse options of `export` that cannot all be done. Raises UsageError."""
    typed = typed_options(arguments)
    if arguments.scale is not None and (arguments.width or arguments.dpi):
        other = "--width" if arguments.width else "--dpi"
        raise UsageError(f"say either --scale or {other}: both tell how large the picture is")
    for name in ("step", "after"):
        if arguments.pages and name in typed:
            raise UsageError(
                f"say either --pages steps or {typed[name]}: one is every step, the other one moment"
            )
    if arguments.vectorised and arguments.to not in (None, *VECTORISED):
        raise UsageError(f"--vectorised: such a program is for {listed(VECTORISED)}, not for {arguments.to}")
    if "labels" in arguments.typed:
        opposite = "show" if arguments.labels == "none" else "hide"
        if "labels" in flat(getattr(arguments, opposite)):
            raise UsageError(f"say either --labels {arguments.labels} or --{opposite} labels")
    is_used = any(
        streams.is_stream(out) or (arguments.pages and pages.is_folder(out)) for out in arguments.outs
    )
    if "format" in typed and not is_used:
        for out in arguments.outs:
            refuse_two_formats(out, format_by_name(out), arguments.format)


def refuse_unknown_program(out: str, arguments: Namespace) -> None:
    """Raise Refused where a program is asked for under a name that is neither its nor a picture's."""
    if "to" in arguments.typed and not streams.is_stream(out) and format_by_name(out) is None:
        raise Refused(f"The name of a program ends in {SUFFIX}.")


def format_by_name(out: str) -> str | None:
    """Returns the format that the ending of a name tells, as --format calls it; None for any other name."""
    every = (*EXPORTERS, *ANIMATIONS, SUFFIX)
    return next((suffix[1:] for suffix in every if out.lower().endswith(suffix)), None)


def refuse_two_formats(out: str, by_name: str | None, said: str | None) -> None:
    """Raise UsageError where the ending of a name tells another format than the one that was asked for."""
    if by_name and said and by_name != said:
        raise UsageError(f"{out}: its name says {by_name}, --format says {said}; leave out --format")
