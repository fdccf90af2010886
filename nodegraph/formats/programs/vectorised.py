"""Writes a graph as a program on whole arrays that trains it, where this machine is too small."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Template

import numpy as np

from nodegraph.core.data.steps import standardised_with
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.core.training import measures
from nodegraph.core.training.bindings import setup_of, table_of
from nodegraph.core.training.columns import Columns
from nodegraph.core.training.matching import UnusedData, listed
from nodegraph.core.training.readiness import checked_bindings, columns_of, trained_inputs
from nodegraph.core.training.setup import Setup
from nodegraph.formats.programs.array_passes import Passes, Places
from nodegraph.formats.programs.array_targets import ARRAY_TARGETS, HELPERS, ArrayTarget
from nodegraph.formats.programs.blocks import DATA, FIXED, PARAMETERS, blocks_of
from nodegraph.formats.programs.descent_lines import rate_lines, update_lines
from nodegraph.formats.programs.helper_functions import called, packed
from nodegraph.formats.programs.loops import LOAD, LOOPS, Loop
from nodegraph.formats.programs.main_lines import Main
from nodegraph.formats.programs.measure_lines import Measures
from nodegraph.formats.programs.names import Names

MOST_NUMBERS = 20_000
"""Numbers of data that are written into a program; with more it reads them from a file."""
_OWN = (
    "parameters", "data", "fixed", "rows", "sent", "loss", "gradients", "update", "rate", "load", "main",
    "sys", "csv", "compute", "loss_and_gradients", "STEPS", "NAMES", "COLUMNS", "OUTPUT", "START", "DATA",
    "answers", "show_measures", "EDGES",
)  # fmt: skip
"""Names that these programs use themselves."""


def to_vectorised(graph: Graph, to: str = "numpy") -> str:
    """Returns the source of a program for one of `ARRAY_TARGETS` that trains the graph as its document says.

    It prints the loss and its gradient by each parameter, trains with one array operation for each run of the
    plan and a column for each row of data, and prints what was learnt. Raises Refused where there is nothing
    to train, and for any other target.
    """
    if to not in ARRAY_TARGETS:
        raise Refused(f"A vectorised program is for {listed(tuple(ARRAY_TARGETS))}, not for “{quoted(to)}”.")
    setup, columns = setup_of(graph), columns_of(graph, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusedData)
        bindings = checked_bindings(graph, setup, columns, None)
    plan = plan_of(graph)
    trained = trained_inputs(graph, plan, bindings)
    bound = [node_id for node_id in bindings if node_id in plan.number]
    return _Writer(graph, setup, columns, ARRAY_TARGETS[to], trained, bound, bindings).source()


@dataclass(frozen=True)
class _Writer:
    """One graph on its way to a program."""

    graph: Graph
    setup: Setup
    columns: Columns
    target: ArrayTarget
    trained: Sequence[str]
    bound: Sequence[str]
    bindings: Mapping[str, str]

    @cached_property
    def _pool(self) -> Names:
        helpers = HELPERS if self.target.slopes else ()
        return Names((*self.target.names, *_OWN, *helpers))

    @cached_property
    def passes(self) -> Passes:
        """Both passes."""
        plan = plan_of(self.graph)
        blocks = blocks_of(self.graph, plan, self.trained, self.bound, self._name_of, self._pairs)
        return Passes(self.graph, blocks, self.target, Places())

    @cached_property
    def _pairs(self) -> Sequence[tuple[str, str]]:
        """Predictions and targets, by id, where measures are asked for."""
        asked = self.setup.measures and self.bindings
        return measures.pairs(self.graph, self.bound) if asked else ()

    @cached_property
    def _measures(self) -> Measures | None:
        if not self._pairs:
            return None
        targets = np.array([self.columns[self.bindings[target]] for _, target in self._pairs])
        is_single = measures.need_classes(self.setup.measures) and len(targets) == 1
        edges = (
            measures.edges_between(self.graph, self.bound, self._pairs[0], targets[0])
            if is_single
            else np.zeros(0)
        )
        return Measures(self.setup.measures, len(targets), edges.tolist(), self.loop.plain, self.loop.says)

    def _name_of(self, op: str, ids: Collection[str]) -> str:
        """What an array is called: as its node, or as the names of its nodes begin, or as its operation."""
        names = [self.graph.node(node_id).name for node_id in ids]
        if len(names) == 1:
            return self._pool.take(names[0])
        shortest = min(names, key=len)
        same = next((i for i, c in enumerate(shortest) if any(name[i] != c for name in names)), len(shortest))
        stem = re.sub(r"[\W\d_]+$", "", shortest[:same])
        return self._pool.take(stem or op)

    # --- the whole
    def source(self) -> str:
        """Returns the program."""
        set_up = [self.loop.set_up, "", *self._constants()]
        parts = [*self._functions, self._main.source()]
        helpers = [helper.strip() for helper in called("\n".join(parts), HELPERS)]
        text = "\n\n\n".join(["\n".join(set_up), *helpers, *parts])
        standard = [f"import {name}\n" for name in ("csv", "os", "sys") if f"{name}." in text]
        standard += ["from functools import lru_cache\n"] if "lru_cache" in text else []
        others = {*self.loop.imports, *(["import numpy as np"] if "np." in text else [])}
        return "\n".join([self._said(), "".join(standard), *sorted(others), "", text]) + "\n"

    def _said(self) -> str:
        over = ", on average over the rows of data" if self._columns else ""
        name = quoted(self.graph.node(self._output_id).name)
        count = "1 parameter" if len(self.trained) == 1 else f"{len(self.trained)} parameters"
        return f"# Trains {count} to {self.setup.aim} {name}{over}. Written by nodegraph."

    @property
    def loop(self) -> Loop:
        """What the library needs around the passes."""
        return LOOPS[self.target.target.name]

    @property
    def _output_id(self) -> str:
        assert self.graph.output is not None
        return self.graph.output

    @cached_property
    def _columns(self) -> list[str]:
        """The columns of data that the program takes, in the order of the rows of its array."""
        return [self.bindings[node_id] for node_id in self.passes.blocks.leaves[DATA].ids]

    @property
    def _read_columns(self) -> list[str]:
        """These, and behind them the one by which rows are held out."""
        return [*self._columns, *([self.setup.held_by] if self._main.holds_by_column else [])]

    # --- its parts
    def _constants(self) -> Iterator[str]:
        functions, fixed = self._functions, self.passes.blocks.leaves[FIXED]
        yield f"OUTPUT = {self.graph.node(self._output_id).name!r}"
        yield from packed("NAMES = [", [repr(self.graph.node(i).name) for i in self.trained], "]")
        yield from self._column("START", self.trained)
        if len(fixed):
            names = ", ".join(quoted(self.graph.node(i).name) for i in fixed.ids[:8])
            yield f"# {names}{', …' if len(fixed) > 8 else ''}"
            yield from self._column(FIXED, fixed.ids)
        yield from self._main.constants()
        yield from self._measures.constants() if self._measures else ()
        if self._columns:
            yield from self._standardised()
            yield from packed("COLUMNS = [", map(repr, self._read_columns), "]")
            yield from self._data()
        assert functions  # every list of places is known once they are made
        yield from self.passes.places.lines(self.loop.places)

    def _standardised(self) -> Iterator[str]:
        """What other data need as well, which would else be taken for standardised, too."""
        table = table_of(self.graph)
        scaled = standardised_with(table) if table is not None else {}
        for name in self._columns:
            if name in scaled:
                mean, deviation = scaled[name]
                used = f"{mean!r} was subtracted, then divided by {deviation!r}"
                yield f"# {quoted(name)} is standardised: {used}"

    def _column(self, name: str, ids: Iterable[str]) -> Iterator[str]:
        """An array of what leaves hold, below each other."""
        values = (self.graph.node(node_id).value for node_id in ids)
        before, after = self.loop.column.split("{0}")
        yield from packed(
            f"{name} = {before}[", [repr(float(value)) for value in values if value is not None], f"]{after}"
        )

    @cached_property
    def _writes_data(self) -> bool:
        names = {*self._columns, self.setup.held_by} & set(self.columns)
        return sum(len(self.columns[name]) for name in names) <= MOST_NUMBERS

    def _data(self) -> Iterator[str]:
        if not self._writes_data:
            yield "# the data are too many to stand here; run it as: python model.py DATA.csv"
            return
        yield "DATA = np.array(["
        for name in self._read_columns:
            yield from packed("    [", map(repr, self.columns[name].tolist()), "],")
        yield "])"

    @property
    def _arguments(self) -> str:
        return f"{PARAMETERS}, {DATA}" if self._columns else PARAMETERS

    @cached_property
    def _functions(self) -> list[str]:
        """The functions of the program, each as text."""
        passes, loop = self.passes, self.loop
        values = list(passes.forward())
        gradients = list(passes.backward()) if self.target.slopes else []
        values = self._with_rows(values, gradients)
        text = _filled(
            loop.with_data if self._columns else loop.without,
            arguments=self._arguments,
            output=passes.output,
            what="the mean of the output over the rows" if self._columns else "the output",
            each="the output of each row" if self._columns else "the output",
        )
        lines: list[str] = []
        for line in text.splitlines():
            inner = {"VALUES": values, "GRADIENTS": gradients}.get(line.strip())
            lines += [line] if inner is None else [f"    {one}" for one in inner]
        update = update_lines(self.setup, self.target.notations, loop)
        functions = ["\n".join(lines), "\n".join(rate_lines(self.setup)), "\n".join(update)]
        reads = [LOAD.strip(), *self._main.functions()] if self._columns else []
        return [*reads, *functions, *self._shown()]

    def _with_rows(self, values: list[str], others: Sequence[str] = ()) -> list[str]:
        """The lines, with the number of rows before them where they need it."""
        is_needed = self._columns and any("rows" in line for line in (*values, *others))
        return [f"rows = {DATA}.shape[1]", *values] if is_needed else values

    def _shown(self) -> Iterator[str]:
        """The functions that find measures and print them."""
        answers = self.passes.blocks.answers
        if self._measures is None or answers is None:
            return
        predictions, targets = map(self.passes.stacked, answers)
        values = self._with_rows(list(self.passes.forward(*answers)), [predictions, targets])
        yield self._measures.answers(self._arguments, values, predictions, targets)
        yield self._measures.shown(self._arguments)

    @property
    def _main(self) -> Main:
        has_measures = self._measures is not None
        return Main(self.setup, self.loop, bool(self._columns), self._writes_data, has_measures)


def _filled(text: str, **words: str) -> str:
    """The text with its places filled."""
    return Template(text.strip("\n")).substitute(words)
