"""`nodegraph train`: the training itself, step by step with its progress, and what it came to.

Works without Qt. What was learnt is written whatever ends the run: its last step, a divergence, Ctrl+C or a
system that tells it to end.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
import warnings
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, TypeAlias

from nodegraph.cli import asked, output
from nodegraph.cli.arguments import UsageError
from nodegraph.cli.reading import about, called, graph_of, write_document
from nodegraph.core.errors import DocumentError, NodegraphError
from nodegraph.core.numbers import format_count, format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.training.descent import Training
    from nodegraph.core.training.setup import Setup
    from nodegraph.core.training.tables import Table
    from nodegraph.formats.cluster.spread import Spread, Spreading
    from nodegraph.formats.tables.any_table import Part

    First: TypeAlias = tuple[float, NDArray[np.float64]]
    """The loss before a training, and what its columns name."""

DONE, NOT_FULLY, INTERRUPTED = 0, 1, 130
INTERRUPTED_SAID = "Interrupted; what was learnt until then is kept."
_DECIMALS = {"point": ".", "comma": ","}
TELL_S = 0.2
"""How often progress is told on a terminal."""
WHOLE_BYTES = 16_000_000
"""Of a table that is read whole, as without a cluster; a larger one is read in parts, by the workers, and so
is one of more rows than a table has.
"""


def train(arguments: Namespace) -> int:
    """Train, tell how it went, and write what was learnt; it is told first, so that no full disk hides it."""
    if arguments.file == arguments.data == "-":
        raise UsageError("- --data -: standard input holds one of them; give the other as a file")
    graph = graph_of(arguments.file, arguments.settings)
    _demand_places(arguments)

    from nodegraph.core.training.bindings import setup_of, table_of
    from nodegraph.formats.disk import compiled

    compiled.offer()
    is_spread = arguments.engine == "dask"
    parted = _parts_of(arguments, graph) if is_spread else None
    table = parted[0] if parted is not None else _table(arguments, graph)
    setup = asked.setup_for(arguments, setup_of(graph))
    output.note(asked.unknown_settings_in(graph, arguments.file))
    if is_spread:
        asked.demand_share(arguments, setup, table)
    setup = asked.with_marked_rows(arguments, setup, table)
    table = asked.made_ready(arguments, table, setup, is_whole=parted is None)
    if parted is not None and parted[2]:
        output.note(f"{called(arguments.data)}: {'; '.join(parted[2])}.")
    with contextlib.ExitStack() as stack:
        spread = None
        if is_spread:
            rows = table_of(graph) if table is None else table
            spread = stack.enter_context(_spreading(arguments, graph, rows, parted and parted[1]))
        with about(called(arguments.file)):
            training = _prepared(arguments, graph, setup, table, spread)
        return _through(arguments, graph, training, table)


def _through(arguments: Namespace, graph: Graph, training: Training, table: Table | None) -> int:
    """Take the steps, and tell and write what they came to."""
    from nodegraph.cli import records
    from nodegraph.core.data.steps import standardised_with

    first = training.loss(), training.found()
    interrupted = _take_steps(training)
    if "-" in (arguments.out, arguments.log):
        pass  # standard output is what was asked for
    elif arguments.json:
        stopped = INTERRUPTED_SAID if interrupted else training.stopped
        scaled = {} if table is None else standardised_with(table)
        output.say(records.training(training, first, stopped, scaled))
    else:
        output.say_all(_told(training, first, interrupted))
    _write(arguments, graph, training)
    if interrupted:
        return INTERRUPTED
    return NOT_FULLY if training.stopped and not training.has_arrived else DONE


# --- before
def _demand_places(arguments: Namespace) -> None:
    """Refuse names that nothing could be written to, before anything is learnt."""
    from nodegraph.cli import streams
    from nodegraph.formats import files
    from nodegraph.formats.tables import csv_table

    if arguments.scheduler is not None and arguments.engine != "dask":
        raise UsageError(f"--scheduler {arguments.scheduler}: that is for --engine dask")
    if "-" in (arguments.out, arguments.log):
        _demand_one_output(arguments)
    if arguments.out is not None and not streams.is_stream(arguments.out):
        if arguments.data is not None and files.is_same_file(arguments.out, arguments.data):
            raise UsageError(f"-o {arguments.out}: that is the table; write the document to another file")
        with about(called(arguments.out)):
            files.demand_document_name(arguments.out)
            files.demand_place(arguments.out)
    if arguments.log is None or streams.is_stream(arguments.log):
        return
    others = {"document": arguments.file, "document that is written": arguments.out, "table": arguments.data}
    for what, other in others.items():
        if other is not None and (files.is_same_file(arguments.log, other) or arguments.log == other):
            raise UsageError(f"--log {arguments.log}: that is the {what}; write the run to another file")
    with about(called(arguments.log)):
        csv_table.demand_table_name(arguments.log)
        files.demand_place(arguments.log)


def _demand_one_output(arguments: Namespace) -> None:
    """Refuse two things at once on standard output, of which neither could be read."""
    if arguments.out == arguments.log:
        raise UsageError("-o - --log -: standard output takes one of them; give the other a file")
    if arguments.json:
        option = "-o" if arguments.out == "-" else "--log"
        raise UsageError(f"{option} - --json: standard output takes one of them; give {option} a file")


def _table(arguments: Namespace, graph: Graph) -> Table | None:
    """Returns the table of a file or a stream, noting what was taken for granted in reading it."""
    path, decimal, encoding = arguments.data, arguments.decimal, arguments.encoding
    if path is None:
        for option, given in (("--decimal", decimal), ("--encoding", encoding)):
            if given is not None:
                raise UsageError(f"{option} belongs to --data")
        return None
    from nodegraph.cli import streams
    from nodegraph.formats.limits import MAX_TABLE_BYTES
    from nodegraph.formats.tables import any_table

    with about(called(path)):
        source = streams.read(path) if streams.is_stream(path) else Path(path)
        try:
            table, told = any_table.read_and_tell(
                source,
                decimal=_DECIMALS.get(decimal or ""),
                encoding=encoding,
                needed=asked.columns_asked_for(arguments, graph),
            )
        except DocumentError as error:
            if isinstance(source, bytes) or error.place or any_table.fits(source, MAX_TABLE_BYTES):
                raise  # a wrong cell is wrong in parts, too
            raise DocumentError(f"{error} With --engine dask it is read in parts.") from None
    output.note(f"{called(path)}: {'; '.join(told)}." if told else "")
    return table


def _prepared(
    arguments: Namespace, graph: Graph, setup: Setup, table: Table | None, spread: Spreading | None
) -> Training:
    from nodegraph.core.data.steps import seen_before
    from nodegraph.core.data.suitability import unsuitable
    from nodegraph.core.training.bindings import table_of
    from nodegraph.core.training.descent import Training
    from nodegraph.core.training.matching import UnusedData, listed, taken_over, unused
    from nodegraph.core.training.readiness import bindings_of, columns_of
    from nodegraph.formats.cluster.spread import SpreadTraining

    columns = columns_of(graph, table)
    bindings = dict(bindings_of(graph, columns, None)) | asked.all_bound(graph, arguments.bind)
    left = unused(graph, [name for name in columns if name != setup.held_by], bindings)
    options = [f"--bind {quote(f'{graph.node(i).name}={column}')}" for i, column in left.matches.items()]
    options += [f"--one-hot {quote(left.classes)}"] if left.classes else []
    if set(bindings.values()) <= set(columns):  # else one of them is refused
        names = [*left.matches.values(), *filter(None, [left.classes])]
        those = "it" if len(left.columns) == 1 else "them"
        use = f"Use {those if len(names) == len(left.columns) else listed(names)} with"
        if not bindings and columns and not options:
            options = ["--bind, such as --bind x=COLUMN"]
            use = "No input takes a column, so nothing is learnt of the data; name one with"
        output.note(" ".join([left.sentence, *([use, *options] if options else [])]))
    told = taken_over(graph, set(columns) - set(asked.all_bound(graph, arguments.bind).values()))
    output.note(f"{told}. Rename the column where that is not meant." if told else "")
    if spread is None:  # else the table here is only its first rows
        asked.demand_ready(arguments, graph, setup, table)
    seen = seen_before(table_of(graph) if table is None else table, setup, set(bindings.values()))
    for sentence in (*unsuitable(graph, columns, bindings), seen, *setup.warnings()):
        output.note(sentence)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusedData)  # was told, with what to type
        if spread is None:
            return Training(graph, setup, table, bindings)
        return SpreadTraining(graph, setup, table, bindings, spread)


# --- on a cluster
def _parts_of(arguments: Namespace, graph: Graph) -> tuple[Table, Sequence[Part], list[str]] | None:
    """Returns the first rows of a table and all its parts, where it is too large to be read whole, and what
    was taken for granted.
    """
    from nodegraph.cli import streams
    from nodegraph.formats.tables import any_table

    path = arguments.data
    if path is None or streams.is_stream(path):
        return None
    with about(called(path)):
        if any_table.fits(Path(path), WHOLE_BYTES):
            return None
        for option, given in (("--decimal", arguments.decimal), ("--encoding", arguments.encoding)):
            if given is not None:
                raise UsageError(
                    f"{option}: a table of this size is read in parts, as it is most likely meant"
                )
        told: list[str] = []
        split = any_table.split(Path(path), asked.columns_asked_for(arguments, graph), told)
    return *split, told


@contextlib.contextmanager
def _spreading(
    arguments: Namespace, graph: Graph, table: Table | None, parts: Sequence[Part] | None
) -> Iterator[Spreading]:
    """What spreads these rows over the cluster that was asked for, as long as it is there."""
    from nodegraph.formats.cluster import dask_cluster

    if table is None:
        raise UsageError("--engine dask: there are no rows to spread over workers; give a table with --data")
    with contextlib.ExitStack() as stack:
        with about("--engine dask" if arguments.scheduler is None else f"--scheduler {arguments.scheduler}"):
            most = len(parts) if parts else max(1, table.rows // dask_cluster.LEAST_ROWS)
            workers = min(most, os.cpu_count() or 1)
            client = stack.enter_context(dask_cluster.connected(arguments.scheduler, workers))
        spread = dask_cluster.spreading(client, parts or dask_cluster.parts_of(client, table))

        def about_data(columns: Sequence[str]) -> Spread:
            try:
                there = spread(columns)
            except DocumentError as error:
                raise UsageError(f"{called(arguments.data)}: {error}") from None
            except NodegraphError as error:
                raise UsageError(f"--engine dask: {error}") from None
            asked.demand_rows(arguments, graph, sum(there.sizes))
            return there

        yield about_data


# --- meanwhile
def _take_steps(training: Training) -> bool:
    """Take all steps, telling how far they are; whether Ctrl+C, or whoever told it to end, ended it."""
    from nodegraph.formats.cluster.spread import Lost, SpreadTraining

    progress = _Progress(training)
    try:
        with _told_to_end():
            while not training.is_done:
                training.step()
                progress.tell()
            training.loss(), training.found()  # while the rows can be reached
    except KeyboardInterrupt:
        if isinstance(training, SpreadTraining):
            training.end(None)
        return True
    except Lost as lost:
        if not training.steps_done or not isinstance(training, SpreadTraining):
            raise
        training.end(str(lost))
    finally:
        progress.clear()
    return False


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """Take what a queue of jobs, a closing terminal or a system that shuts down sends for Ctrl+C."""
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)):
            if signal.getsignal(number) is signal.SIG_DFL:  # as under nohup it is not
                before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Progress:
    """A line on a terminal that says how far it is; nothing where nobody looks."""

    def __init__(self, training: Training) -> None:
        self.training = training
        self._shows = sys.stderr is not None and sys.stderr.isatty()
        self._began = self._told = time.monotonic()
        self._width = 0

    def tell(self) -> None:
        """Say how far it is, and how long it will take, if it is time to."""
        now = time.monotonic()
        if not self._shows or now - self._told < TELL_S:
            return
        self._told = now
        done, goal = self.training.steps_done, self.training.goal
        left = (now - self._began) / max(done, 1) * (goal - done)
        loss = self.training.last.loss if self.training.last is not None else float("nan")
        self._print(
            f"step {format_count(done)} of {format_count(goal)}, {left:.0f} s left, "
            f"{self.training.setup.measured} {format_number(loss, 4)}{self._found()}"
        )

    def _found(self) -> str:
        """What was last found beside the loss, in words."""
        history, told = self.training.history, ""
        for name in self.training.columns:
            found = history.column(name)
            found = found[found == found]  # NaN is where nothing was looked for
            told += f", {_title(name)} {format_number(float(found[-1]), 4)}" if len(found) else ""
        return told

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._print("")

    def _print(self, line: str) -> None:
        line = line[: shutil.get_terminal_size().columns - 1]  # a line that wraps could not be taken back
        print(f"\r{line.ljust(self._width)}", end="\r" if not line else "", file=sys.stderr, flush=True)
        self._width = len(line)


def _title(name: str) -> str:
    """Returns what a column of a training is called in a sentence."""
    from nodegraph.core.training.evaluation import HELD_OUT

    return name.replace(HELD_OUT, "held-out ")


# --- afterwards
def _told(training: Training, first: First, interrupted: bool) -> list[str]:
    """Returns what a training came to, as lines."""
    from nodegraph.cli.tables import aligned

    steps = "1 step" if training.steps_done == 1 else f"{format_count(training.steps_done)} steps"
    rows = f" over {format_count(training.rows)} rows" if training.rows > 1 else ""
    epoch = training.division.steps_in_epoch
    batches = f", {format_count(epoch)} steps an epoch" if epoch > 1 else ""
    name = f"{'mean ' if training.rows > 1 else ''}{training.setup.measured}"
    loss = f"{format_number(first[0])} → {format_number(training.loss())}"
    lines = [f"{steps}{rows}{batches}: {name} {loss}"]
    if interrupted:
        lines.append(INTERRUPTED_SAID)
    if training.stopped:
        lines.append(training.stopped)
    found = zip(training.columns, first[1].tolist(), training.found().tolist(), strict=True)
    measured = [(_title(name), format_number(was), format_number(now)) for name, was, now in found]
    if measured:
        lines += ["", *aligned([("measure", "before", "after"), *measured], numbers=(1, 2))]
    before = training.history.trails[0] if len(training.history) else training.parameters
    each = zip(training.names, before.tolist(), training.parameters.tolist(), strict=True)
    cells = [(name, format_number(was), format_number(now)) for name, was, now in each]
    return [*lines, "", *aligned([("input", "before", "after"), *cells], numbers=(1, 2))]


def _write(arguments: Namespace, graph: Graph, training: Training) -> None:
    """Write the document, then the course: where the disk is full, what was learnt comes first."""
    from nodegraph.cli import streams
    from nodegraph.formats.tables import course

    if arguments.out is not None:
        graph.apply(training.change())
        write_document(graph, arguments.out)
    if arguments.log is not None:
        with about(called(arguments.log, "standard output")):
            streams.write(arguments.log, course.write(training))
