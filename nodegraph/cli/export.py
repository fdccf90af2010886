"""`nodegraph export`: pictures and programs of one file or of several, in one format or in several.

Several files are drawn by several processes, for the painter of one uses one core.
"""

from __future__ import annotations

import contextlib
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nodegraph.canvas.animation.formats import AnimationFormat, Moving, format_of
from nodegraph.canvas.drawing.edge_kinds import style_of
from nodegraph.canvas.drawing.wording import wording_of
from nodegraph.canvas.exporters import Exporter
from nodegraph.canvas.figure import READABLE_POINTS, PictureOptions, figure
from nodegraph.cli import animations, asked, environment, meaning, output, pages, streams
from nodegraph.cli.arguments import UsageError
from nodegraph.cli.reading import about, called, graph_of
from nodegraph.core.errors import NodegraphError
from nodegraph.core.graph.naming import listed
from nodegraph.formats import files
from nodegraph.formats.carriers import CARRIERS, carrier_of
from nodegraph.formats.disk import watching
from nodegraph.formats.programs.titles import TITLES, VECTORISED

if TYPE_CHECKING:
    from nodegraph.core.engine.moments import Moment
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.graph import Graph

DONE = 0
NAME = "{name}"
"""What stands for the name of each of several files, without its ending."""


@dataclass(frozen=True)
class Job:
    """One file, and the pictures that are made of it."""

    file: str
    outs: tuple[str, ...]
    settings: tuple[str, ...]
    options: PictureOptions
    after: Moment
    step: int | None
    streamed: str
    """The format of what goes to a stream."""
    to: str
    """What programs are written for."""

    vectorised: bool
    moving: Moving
    is_of_steps: bool
    """Whether there is a picture of each step."""


def export(arguments: Namespace) -> int:
    """Write the pictures; several files at the same time."""
    jobs = list(_jobs(arguments))
    for note in meaning.notes(arguments, jobs[0].outs):
        output.note(note)
    status = _do_all(jobs)
    if arguments.watch:
        _watch(jobs)
    return status


def _do_all(jobs: Sequence[Job]) -> int:
    failed = 0
    for notes, complaint in _done(jobs):
        for note in notes:
            output.note(note)
        if complaint:
            failed = output.complain(complaint)
    return failed or DONE


def _watch(jobs: Sequence[Job]) -> None:
    """Write the pictures of each file again when it changes. Ends with Ctrl+C, as it is meant to."""
    output.note(f"watching {listed([job.file for job in jobs])}; Ctrl+C ends it")
    with contextlib.suppress(KeyboardInterrupt):
        for changed in watching.changes([job.file for job in jobs], tell=output.note):
            again = [job for job in jobs if job.file in changed]
            if _do_all(again) == DONE:
                output.note(f"exported again: {listed([out for job in again for out in job.outs])}")


def _jobs(arguments: Namespace) -> Iterator[Job]:
    """What there is to do. UsageError where names do not tell it."""
    given, outs = arguments.files, arguments.outs
    if len(given) > 1 and (wrong := [out for out in outs if NAME not in out]):
        raise UsageError(
            f"{called(wrong[0], 'standard output')}: of several files, let OUT hold {NAME}, as in {NAME}.svg"
        )
    if arguments.watch and (streamed := [file for file in given if streams.is_stream(file)]):
        raise UsageError(f"{called(streamed[0])}: --watch waits for a file to change, and this is none")
    options = _options(arguments)
    seen: set[str] = set()
    for file in given:
        names = tuple(out.replace(NAME, Path(file).stem) for out in outs)
        for name in names:
            told = called(name, "standard output")
            if os.path.abspath(name) in seen:
                raise UsageError(f"{told}: two pictures would be written there; name each differently")
            with about(told):
                if any(_would_be_lost(read, name, is_watched=arguments.watch) for read in given):
                    raise UsageError(
                        f"{told}: this would replace the graph that is read; name it differently"
                    )
            seen.add(os.path.abspath(name))
            with about(told):
                _demand_format(name, arguments)
        yield Job(
            file, names, tuple(arguments.settings), options, arguments.after, arguments.step,
            arguments.format, arguments.to or next(iter(VECTORISED if arguments.vectorised else TITLES)),
            arguments.vectorised,
            animations.moving_of(arguments),
            arguments.pages is not None,
        )  # fmt: skip


def _demand_format(out: str, arguments: Namespace) -> None:
    """Refuse a name that says no format, or not what was asked for."""
    if arguments.pages:
        pages.format_of_steps(out, arguments.format)
    elif pages.is_folder(out):
        raise UsageError(
            f"{out}: this is a folder; name the file in it, or write a picture of each step there with"
            " --pages steps"
        )
    elif not meaning.is_program(out, arguments.format):
        meaning.refuse_unknown_program(out, arguments)
        _exporter(out, arguments.format)


def _would_be_lost(file: str, out: str, *, is_watched: bool) -> bool:
    """Whether OUT is a file that is read, and not a picture that carries its graph before and after. One that
    is watched would be written again for ever.
    """
    if streams.is_stream(file) or not files.is_same_file(file, out):
        return False
    carries = Path(out).suffix.lower() in {carrier.suffix for carrier in CARRIERS}
    return is_watched or not carries or carrier_of(files.read_bytes(file)) is None


def _options(arguments: Namespace) -> PictureOptions:
    meaning.refuse_contradictions(arguments)
    return figure(
        scale=2.0 if arguments.scale is None else arguments.scale,
        theme=arguments.theme,
        transparent=arguments.transparent,
        margin=24.0 if arguments.margin is None else arguments.margin,
        highlight=arguments.step is not None or arguments.pages is not None,
        wording=wording_of(arguments.labels, arguments.digits, arguments.plain_names),
        edges=style_of(arguments.edges, arguments.arrowheads),
        width=arguments.width,
        dpi=arguments.dpi,
        notation=arguments.notation or "cards",
        show=meaning.flat(arguments.show),
        hide=meaning.flat(arguments.hide),
        direction=arguments.direction,
    )


def _exporter(out: str, streamed: str) -> Exporter | AnimationFormat:
    """The format of a picture, by its name or, where it has none, as was said."""
    return format_of(f".{streamed}" if streams.is_stream(out) else out)


def _done(jobs: Sequence[Job]) -> Iterator[tuple[list[str], str]]:
    """Do all of it; yields of each file what there is to note, and what failed or ""."""
    if len(jobs) == 1:
        yield _do(jobs[0])
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(len(jobs), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_do, jobs)


def _do(job: Job) -> tuple[list[str], str]:
    """Make the pictures of one file. Returns what there is to note, and what failed or ""."""
    try:
        graph = graph_of(job.file, job.settings)
        if job.is_of_steps:
            environment.demand_painting()
            return _write_steps(job, graph), ""
        pictures = [out for out in job.outs if not meaning.is_program(out, job.streamed)]
        for out in job.outs:
            if out not in pictures:
                _write_program(job, graph, out)
        trains = job.vectorised or job.moving.training
        notes = [asked.unknown_settings_in(graph, job.file)] if trains else []
        if not pictures:
            return notes, ""
        environment.demand_painting()
        return [*notes, *_drawn(job, graph, pictures)], ""
    except NodegraphError as error:
        return [], str(error)
    except UsageError as error:
        return [], str(error)


def _write_steps(job: Job, graph: Graph) -> list[str]:
    """Write a picture of each step. Returns what there is to note."""
    from nodegraph.canvas.picture import ensure_application
    from nodegraph.core.engine.passes import run

    application, trace, notes = ensure_application(), run(graph), []
    for out in job.outs:
        with about(called(out, "standard output")):
            kind = pages.format_of_steps(out, job.streamed)
            others = pages.write_steps(graph, trace, out, Path(job.file).stem, kind, job.options)
            if left_out := kind.left_out(graph):
                notes.append(f"{called(out)}: {left_out}")
            if others:
                notes.append(f"{called(out)}: {pages.about_others(others)}")
    del application  # fonts and painting needed it until here
    return notes


def _write_program(job: Job, graph: Graph, out: str) -> None:
    from nodegraph.formats.programs.program import to_program

    with about(called(out, "standard output")):
        streams.write(out, to_program(graph, job.to, vectorised=job.vectorised).encode())


def _drawn(job: Job, graph: Graph, outs: Sequence[str]) -> Iterator[str]:
    """Write the pictures; yields what there is to note."""
    from nodegraph.canvas.animation.writing import animation_bytes
    from nodegraph.canvas.picture import ensure_application
    from nodegraph.core.engine.moments import frame_at
    from nodegraph.core.engine.passes import run

    application = ensure_application()
    with about(called(job.file)):
        frame = frame_at(run(graph), job.after, job.step)
    for out in outs:
        with about(called(out, "standard output")):
            exporter = _exporter(out, job.streamed)
            if isinstance(exporter, AnimationFormat):
                streams.write(out, animation_bytes(graph, exporter, job.options, job.moving))
                yield from _evened(called(out, "standard output"), exporter, job.options)
                continue
            streams.write(out, exporter.write(graph, frame, job.options))
            if left_out := exporter.left_out(graph):
                yield f"{called(out, 'standard output')}: {left_out}"
    if job.options.width is not None and isinstance(exporter, Exporter) and "width" not in exporter.ignores:
        yield from _small_type(called(job.file), graph, frame, job.options)
    del application  # fonts and painting needed it until here


def _evened(out: str, kind: AnimationFormat, options: PictureOptions) -> Iterator[str]:
    """What is to be said of a width in pixels that the format cannot have."""
    width = options.width
    if kind.is_even and width is not None and width.unit == "px" and round(width.amount) % 2:
        pixels = round(width.amount)
        yield f"{out}: {kind.title} has even sides, so {pixels} px become {pixels + 1}"


def _small_type(file: str, graph: Graph, frame: Frame, options: PictureOptions) -> Iterator[str]:
    """What is to be said of type that is hard to read."""
    from nodegraph.canvas import picture

    points, wider = picture.small_type(graph, frame, options)
    if wider is not None:
        yield (
            f"{file}: the smallest type is {points:.2g} pt high, which is hard to read; it is "
            f"{READABLE_POINTS:g} pt at a width of {wider}"
        )
