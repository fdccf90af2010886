"""What a training was asked for by the options that were typed; and which of them is to blame where that
cannot be done: the one without which it could.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

from nodegraph.cli import output
from nodegraph.cli.arguments import UsageError
from nodegraph.cli.reading import about, called, named, refuse_several

if TYPE_CHECKING:
    from nodegraph.core.data.steps import Step
    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.training.setup import Setup
    from nodegraph.core.training.tables import Table

NUMBERS = ("steps", "batch", "seed", "patience")
SETTINGS = ("rate", "clip", "decay")
"""Options that are numbers of the setup, and of its optimiser."""
OPTIONS: Mapping[str, str] = {
    "bind": "--bind",
    "batch": "--batch",
    "held_out": "--held-out",
    "measures": "--measure",
    "patience": "--patience",
    "seed": "--seed",
    "steps": "--steps",
    "schedule": "--schedule",
    "more": "--setting",
    "rate": "--rate",
    "clip": "--clip",
    "decay": "--decay",
    "aim": "--aim",
    "optimizer": "--optimizer",
}
"""What a training may be refused for, by the name of the argument."""


def setup_for(arguments: Namespace, setup: Setup) -> Setup:
    """Returns the document's setup with what was typed in its place; UsageError says what is wrong."""
    asked = _with_typed(arguments, setup)
    if refusal := asked.why_not():  # a document may hold what this version cannot do
        about_what = _blamed(arguments, lambda other: _with_typed(other, setup).why_not() is not None)
        if not about_what and setup.why_not():
            about_what = called(arguments.file)
        raise UsageError(f"{about_what}: {refusal}" if about_what else refusal)
    if arguments.seed is not None and not (asked.batch or asked.held_out):
        output.note("--seed draws nothing, since there is no batch and no share of the rows is held out.")
    return asked


def unknown_settings_in(graph: Graph, file: str) -> str:
    """Returns what the document says of its training that stays unused, perhaps for being misspelt, or ""."""
    from nodegraph.core.training.bindings import unknown_settings
    from nodegraph.core.training.matching import listed
    from nodegraph.core.training.setup import KEYS

    names = [f"“{name}”" for name in unknown_settings(graph)]
    if not names:
        return ""
    means, known = "means" if len(names) == 1 else "mean", ", ".join(sorted(KEYS))
    return f"{called(file)}: {listed(names)} in graph.training {means} nothing here; known are {known}."


def with_marked_rows(arguments: Namespace, setup: Setup, table: Table | None) -> Setup:
    """Returns a setup that holds out the rows that a table marks for testing, unless another one was asked
    for; what is held out so is noted.
    """
    if table is None or not _is_marked(arguments, setup, table):
        return setup
    if setup.held_out:
        option = f"--held-out {quote(table.held_by)}"
        output.note(f"A share of the rows is held out, as in the document; {option} takes those for testing.")
        return setup
    output.note("The rows for testing are held out; --held-out 0 trains on all of them.")
    return replace(setup, held_by=table.held_by)


def demand_share(arguments: Namespace, setup: Setup, table: Table | None) -> None:
    """Refuse a column that holds rows out, typed, of the document or of the table: a cluster knows none."""
    from nodegraph.formats.cluster.spread import BY_SHARE

    if setup.held_by:
        typed = arguments.held_out
        raise UsageError(f"{called(arguments.file) if typed is None else f'--held-out {typed}'}: {BY_SHARE}")
    if table is not None and not setup.held_out and _is_marked(arguments, setup, table):
        raise UsageError(f"{called(arguments.data)}: {BY_SHARE}")


def _is_marked(arguments: Namespace, setup: Setup, table: Table) -> bool:
    """Whether a table marks rows for testing, and nothing else was said of which are held out."""
    is_there = table.held_by in table.names and table.held_by not in arguments.one_hot
    return is_there and arguments.held_out is None and not setup.held_by


def made_ready(arguments: Namespace, table: Table | None, setup: Setup, *, is_whole: bool) -> Table | None:
    """Returns a table as it was asked for: one-hot, standardised by the rows that this setup trains on; what
    was done is noted of every column.
    """
    from nodegraph.core.data import steps
    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.training.bindings import table_of, take_table

    typed = [f"--one-hot {name}" for name in arguments.one_hot]
    typed += [f"--standardise {name}" for name in arguments.standardise]
    if not typed:
        return table
    if table is None or not is_whole:
        why = (
            "that is for --data" if table is None else "that needs all rows, and this table is read in parts"
        )
        raise UsageError(f"{typed[0]}: {why}")
    for text in typed:
        option, _, name = text.partition(" ")
        if name not in table.names and {*map(str.strip, name.split(","))} <= {*table.names}:
            refuse_several(option, name, name.split(","))
    graph = Graph()
    graph.apply(take_table(graph, table))
    for name in arguments.one_hot:
        with about(f"--one-hot {name}"):
            _take_step(graph, steps.one_hot(graph, name))
    if arguments.standardise:
        names = arguments.standardise
        with about(f"--standardise {' '.join(names)}"):
            held = table_of(graph)
            assert held is not None
            names = steps.varied(held) if names == ["all"] else names
            _take_step(graph, steps.standardise(graph, names, setup))
    return table_of(graph)


def _take_step(graph: Graph, step: Step) -> None:
    graph.apply(step.change)
    output.note(step.whole or step.told)


def _with_typed(arguments: Namespace, setup: Setup) -> Setup:
    """Returns the document's setup with what was typed in its place, be that right or wrong."""
    from nodegraph.cli.reading import settings_of
    from nodegraph.core.training.optimizers import OPTIMIZERS
    from nodegraph.core.training.setup import whole

    name = arguments.optimizer or setup.optimizer
    known = OPTIMIZERS[name].defaults() if name in OPTIMIZERS else {}
    settings = {key: value for key, value in setup.settings.items() if key in known}
    more = settings_of(arguments.more, "--setting")
    typed = {key: getattr(arguments, key) for key in (*NUMBERS, *SETTINGS)}
    for key in SETTINGS:
        if key in more and typed[key] is not None:
            raise UsageError(f"--setting {key}: --{key} is given too; leave one of them out")
    settings |= more
    settings |= {key: typed[key] for key in SETTINGS if typed[key] is not None}
    if arguments.held_out is not None:
        setup = setup.holding_out(arguments.held_out)
    return replace(
        setup,
        aim=arguments.aim or setup.aim,
        optimizer=name,
        settings=settings,
        schedule=setup.schedule if arguments.schedule is None else arguments.schedule.strip(),
        measures=_measures(arguments.measures) if arguments.measures else setup.measures,
        **{key: whole(typed[key]) for key in NUMBERS if typed[key] is not None},
    )


def _measures(typed: Sequence[str]) -> tuple[str, ...]:
    """Returns the measures of `--measure`, each of which may hold several names; none of them of "none"."""
    from nodegraph.core.training.setup import read_measures

    return () if list(typed) == ["none"] else read_measures(" ".join(typed))


def demand_ready(arguments: Namespace, graph: Graph, setup: Setup, table: Table | None) -> None:
    """Refuse what cannot be trained: the option that was typed, the table, or else the document."""
    from nodegraph.core.training.bindings import setup_of
    from nodegraph.core.training.readiness import bindings_of, columns_of, why_not

    def refusal_of(other: Namespace) -> str | None:
        bindings = dict(bindings_of(graph, columns, None)) | all_bound(graph, other.bind)
        return why_not(graph, columns, bindings, _with_typed(other, setup_of(graph)))

    columns = columns_of(graph, table)
    refusal = refusal_of(arguments)
    if refusal is None:
        return
    about_what = _blamed(arguments, lambda other: refusal_of(other) is not None)
    if not about_what and arguments.data is not None and why_not(graph, {}, {}, setup) is None:
        about_what = called(arguments.data)
    if about_what:
        raise UsageError(f"{about_what}: {refusal}")


def all_bound(graph: Graph, typed: Sequence[str]) -> dict[str, str]:
    """Returns the column of each input that `--bind` names, by id."""
    found: dict[str, str] = {}
    for text in typed:
        if text.count("=") > 1 and all("=" in part for part in text.split(",")):
            refuse_several("--bind", text, text.split(","))
        node_id, column = _bound(graph, text)
        if found.setdefault(node_id, column) != column:
            raise UsageError(
                f"--bind {text}: {graph.node(node_id).name} takes the column {found[node_id]} already"
            )
    return found


def columns_asked_for(arguments: Namespace, graph: Graph) -> set[str]:
    """Returns the names of the columns that inputs take or an option names."""
    from nodegraph.core.training.bindings import columns_wanted

    named = {text.partition("=")[2] for text in arguments.bind} | {*arguments.one_hot, *arguments.standardise}
    held_by = {arguments.held_out} if isinstance(arguments.held_out, str) else set()
    return columns_wanted(graph) | named | held_by


def _bound(graph: Graph, text: str) -> tuple[str, str]:
    """Returns an input's id and the column of `--bind INPUT=COLUMN`."""
    name, equals, column = text.partition("=")
    if not name or not equals or not column:
        raise UsageError(f"--bind {text}: write an input and a column, such as x=length")
    with about(f"--bind {text}"):
        return named(graph, name), column


def demand_rows(arguments: Namespace, graph: Graph, rows: int) -> None:
    """Refuse, by the option that was typed, what cannot be done with so many rows, which lie elsewhere."""
    from nodegraph.core.training.bindings import setup_of
    from nodegraph.core.training.rows import why_not

    def refusal_of(other: Namespace) -> str | None:
        return why_not(_with_typed(other, setup_of(graph)), rows)

    refusal = refusal_of(arguments)
    if refusal is not None and (told := _blamed(arguments, lambda other: refusal_of(other) is not None)):
        raise UsageError(f"{told}: {refusal}")


# --- which is to blame
def _blamed(arguments: Namespace, is_refused: Callable[[Namespace], bool]) -> str:
    """Returns the option with its value, as `--batch 7`, without which the arguments are not refused, or ""
    where there is none such.
    """
    return next((told for told, without in _without_each(arguments) if not is_refused(without)), "")


def _without_each(arguments: Namespace) -> Iterator[tuple[str, Namespace]]:
    """Yields each typed option with its value, and the arguments without it."""
    for name, option in OPTIONS.items():
        typed = getattr(arguments, name)
        for place, value in enumerate(typed if isinstance(typed, list) else [typed]):
            if value is None:
                continue
            rest = typed[:place] + typed[place + 1 :] if isinstance(typed, list) else None
            number = isinstance(value, float) and value == int(value) and abs(value) < 1e15
            yield f"{option} {int(value) if number else value}", Namespace(**{**vars(arguments), name: rest})
