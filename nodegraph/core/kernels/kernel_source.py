"""The source of the compiled passes, written from the operations' records.

Each kernel goes over the runs of a plan's table and has a loop for each way in which an operation is
computed; a run that none can do, or only with doubt, ends it, and it returns that run's place. Text only:
`kernels` compiles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import indent
from types import FunctionType

import numpy as np

from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH, Operation, operation_of_run
from nodegraph.core.operations.elements import FUNCTIONS, Element, Fold

IMPORTS = """from math import inf, nan

from numba import njit, uint64
from numba.extending import register_jitable

from nodegraph.core.operations.elements import FUNCTIONS

{functions}

"""
KERNEL = """
@njit(cache={cache}, error_model="numpy", nogil=True)
def {name}({arguments}):{before}
    for place in {order}:
        here = uint64(place)
        code, start, first = table[here, 0], table[here, 1], table[here, 2]
        many = table[here + uint64(1), 1] - start
{cases}
        else:
            return place{after}
    return {end}
"""
KEEP_LAST = (
    """
    last, before = v.dtype.type(0), uint64(len(v))
    newest = last""",
    """
        last, before = newest, uint64(start + many - 1)""",
)
"""Before the runs and after each: the last value of the run before is kept beside its number. Along a chain
each node takes it, and to read what has just been written takes longer than to compute with it.
"""
NUMPY = -1
"""The code of a run that no kernel does."""


@dataclass(frozen=True)
class Way:
    """How an operation is computed on `count` inputs, or on any number where that is None."""

    operation: Operation
    count: int | None

    @property
    def element(self) -> Element:
        """What it is computed by on so many inputs."""
        assert self.operation.element is not None
        return self.operation.element

    @property
    def fold(self) -> Fold:
        """What it is computed by on any number."""
        assert self.operation.fold is not None
        return self.operation.fold


WAYS: tuple[Way, ...] = tuple(
    Way(operation, count)
    for operation in (*OPERATIONS.values(), PASS_THROUGH)
    for count, record in ((operation.least, operation.element), (None, operation.fold))
    if record is not None
)
"""By code: what a kernel finds in its table, a row for each run: the code, the first node, the first edge;
then one row more, with no code, that says where the last run ends.
"""


def code_of(op: str, count: int) -> int:
    """Returns the code of a run of this operation with so many inputs, or NUMPY."""
    operation = operation_of_run(op)
    for wanted in (count, None):
        if Way(operation, wanted) in WAYS:
            return WAYS.index(Way(operation, wanted))
    return NUMPY


BOTH = """
@njit(cache={cache}, error_model="numpy", nogil=True)
def both(table, sources, v, g, output):
    last = len(table) - 1
    if values(table, sources, v, 0) < last:
        return False
    for place in range(len(g)):
        g[place] = 0.0
    g[uint64(output)] = 1.0
    return gradients(table, sources, v, g, last - 1) < 0
"""
CARRY = """
@njit(cache={cache}, error_model="numpy", nogil=True)
def carry(order, givers, receivers, local, g, contributions):
    for place in range(len(order)):
        edge = uint64(order[place])
        sent = g[uint64(givers[edge])] * local[edge]
        contributions[edge] = sent
        g[uint64(receivers[edge])] += sent
"""


def coded(table: Indices, ops: tuple[str, ...]) -> Indices:
    """Returns a plan's table as kernels read it, see `WAYS`."""
    kinds = table[:, 0].astype(np.int64) * (int(table[:, 1].max(initial=0)) + 1) + table[:, 1]
    _, first, which = np.unique(kinds, return_index=True, return_inverse=True)
    codes = np.array([code_of(ops[op], count) for op, count in table[first, :2].tolist()], dtype=np.int32)
    found = np.empty((len(table) + 1, 3), dtype=np.int32)
    found[:-1] = np.stack([codes[which], table[:, 2], table[:, 4]], axis=1) if len(table) else found[:0]
    last = table[-1] if len(table) else np.zeros(5, dtype=np.int32)
    found[-1] = NUMPY, last[3], last[4] + last[1] * (last[3] - last[2])
    return found


def module_source(*, cache: bool) -> str:
    """Returns the source of a module with all kernels."""
    named = "\n".join(
        f'{name} = register_jitable(error_model="numpy")(FUNCTIONS["{name}"])'
        if isinstance(function, FunctionType)
        else f'{name} = FUNCTIONS["{name}"]'
        for name, function in FUNCTIONS.items()
    )
    forward, backward = "range(first_run, len(table) - 1)", "range(first_run, -1, -1)"
    kernels = (
        ("values", "table, sources, v, first_run", forward, "len(table) - 1", _value, KEEP_LAST),
        ("gradients", "table, sources, v, g, first_run", backward, "-1", _gradient, ("", "")),
        ("slopes", "table, sources, v, local, first_run", forward, "len(table) - 1", _slope, KEEP_LAST),
        ("row_values", "table, sources, v, first_run", forward, "len(table) - 1", _row_value, ("", "")),
        ("row_gradients", "table, sources, v, g, first_run", backward, "-1", _row_gradient, ("", "")),
    )
    pieces = [IMPORTS.format(functions=named)]
    for name, arguments, order, end, body, (before, after) in kernels:
        cases = "\n".join(_cases(body))
        head = {"name": name, "arguments": arguments, "order": order, "end": end, "cache": cache}
        pieces.append(KERNEL.format(**head, cases=cases, before=before, after=after))
    return "".join([*pieces, BOTH.format(cache=cache), CARRY.format(cache=cache)])


def _cases(body: Callable[[Way], str]) -> Iterator[str]:
    for code, way in enumerate(WAYS):
        yield indent(f"{'if' if code == 0 else 'elif'} code == {code}:", " " * 8)
        yield indent(body(way), " " * 12)


def _slopes_of(way: Way) -> tuple[str, ...]:
    """The local derivatives by each port, as text; in x and y for any number of inputs."""
    if way.count is None:
        return (way.fold.slope,)
    rules = way.element.slopes or tuple(way.operation.rule(port, way.count) for port in range(way.count))
    return tuple(f"({rule}) if y == y else nan" for rule in rules) if way.operation.kinks else rules


# Places are unsigned, so that numba does not look at each whether it counts from the end.
def _edge(port: int | str) -> str:
    return f"uint64(first + {port} * many + j)"


def _source(port: int | str) -> str:
    return f"uint64(sources[{_edge(port)}])"


def _lines(text: str, ports: int) -> str:
    """Returns the text once for each port, with {p} and {source} filled in."""
    return "\n".join(text.format(p=port, source=_source(port)) for port in range(ports))


def _within(head: str, body: str) -> str:
    return f"{head}\n{indent(body, '    ')}"


def _unless(holds: str) -> str:
    return f"\nif not ({holds}):\n    return place" if holds else ""


COUNT = "count = (table[here + uint64(1), 2] - first) // many"
FORWARD, BACKWARD = "for j in range(many):", "for j in range(many - 1, -1, -1):"
NODE = "node = uint64(start + j)"


# --- one row: v[node], g[node], local[edge]
def _value(way: Way) -> str:
    return _each(FORWARD, _one_value(way), way)


def _each(order: str, body: str, way: Way) -> str:
    """Returns what is done for each node of a run, and once more without a loop: along a chain, beginning
    one for each node would take longer than the arithmetic in it.
    """
    loop = _within(order, body)
    if way.count is None:
        return loop
    alone = _within("if many == 1:", f"j = 0\n{body}")
    return f"{alone}\n{_within('else:', loop)}"


def _one_value(way: Way) -> str:
    write = "v[uint64(start + j)] = y\nnewest = v[uint64(start + j)]"  # y may have more digits
    if way.count is not None:
        element = way.element
        inputs = _lines("s{p} = {source}\nx{p} = last if s{p} == before else v[s{p}]", way.count)
        return f"{inputs}\ny = {element.value}{_unless(element.holds)}\n{write}"
    fold = way.fold
    step = _within("for port in range(1, count):", f"x = v[{_source('port')}]\ny = {fold.step}")
    end = f"y = {fold.end or 'y'}{_unless(fold.holds)}"
    return f"{COUNT}\ny = v[{_source(0)}]\n{step}\n{end}\n{write}"


def _gradient(way: Way) -> str:
    text = f"{NODE}\nd = g[node]\ny = v[node]\n"
    if way.count is not None:
        text += _lines("s{p} = {source}\nx{p} = v[s{p}]", way.count)
        for port, slope in enumerate(_slopes_of(way)):
            text += f"\ng[s{port}] += d * ({slope})"
        return _look_first(way, "v[{source}]", "y = v[node]", _unless(way.element.holds)) + _each(
            BACKWARD, text, way
        )
    each = f"s = {_source('port')}\nx = v[s]\ng[s] += d * ({_slopes_of(way)[0]})"
    return _within(BACKWARD, f"{text}{COUNT}\n{_within('for port in range(count):', each)}")


def _slope(way: Way) -> str:
    """Values and local derivatives at once."""
    text = _one_value(way)
    if way.count is not None:
        for port, slope in enumerate(_slopes_of(way)):
            text += f"\nlocal[{_edge(port)}] = {slope}"
        return _within(FORWARD, text)
    each = f"x = v[{_source('port')}]\nlocal[{_edge('port')}] = {_slopes_of(way)[0]}"
    return _within(FORWARD, f"{text}\n{_within('for port in range(count):', each)}")


# --- many rows: v[node, row], g[node, row]
ROWS = "for t in range(v.shape[1]):"


def _row_value(way: Way) -> str:
    if way.count is not None:
        element = way.element
        inputs = _lines("x{p} = v[s{p}, t]", way.count)
        loop = _over_rows(f"{inputs}\ny = {element.value}\nv[node, t] = y", element.holds)
        return _within(FORWARD, f"{NODE}\n{_lines('s{p} = {source}', way.count)}\n{loop}")
    fold = way.fold
    step = _within(ROWS, f"x = v[s, t]\ny = v[node, t]\nv[node, t] = {fold.step}")
    each = _within("for port in range(1, count):", f"s = {_source('port')}\n{step}")
    first = f"s = {_source(0)}\n{_within(ROWS, 'v[node, t] = v[s, t]')}"
    end = _over_rows(f"y = v[node, t]\ny = {fold.end or 'y'}\nv[node, t] = y", fold.holds)
    return _within(FORWARD, f"{NODE}\n{COUNT}\n{first}\n{each}\n{end}")


def _over_rows(inside: str, holds: str) -> str:
    """Returns a loop over rows that goes on to its end in any case, for only such loops are vectorised."""
    if not holds:
        return _within(ROWS, inside)
    doubts = f"{inside}\nif not ({holds}):\n    doubts += 1"
    return f"doubts = 0\n{_within(ROWS, doubts)}\nif doubts:\n    return place"


def _row_gradient(way: Way) -> str:
    if way.count is None:
        add = _within(ROWS, f"x = v[s, t]\ny = v[node, t]\ng[s, t] += g[node, t] * ({_slopes_of(way)[0]})")
        each = _within("for port in range(count):", f"s = {_source('port')}\n{add}")
        return _within(BACKWARD, f"{NODE}\n{COUNT}\n{each}")
    inputs = _lines("x{p} = v[s{p}, t]", way.count)
    loops = [
        _within(ROWS, f"{inputs}\ny = v[node, t]\ng[s{port}, t] += g[node, t] * ({slope})")
        for port, slope in enumerate(_slopes_of(way))
    ]
    doubt = _within(ROWS, f"{inputs}\ny = v[node, t]{_unless(way.element.holds)}")
    return _look_first(way, "{source}", "", f"\n{doubt}") + _within(
        BACKWARD, "\n".join([NODE, _lines("s{p} = {source}", way.count), *loops])
    )


def _look_first(way: Way, named: str, value: str, doubt: str) -> str:
    """Returns a loop that leaves the run where its element does not hold, before anything is added up."""
    if way.count is None or not way.element.holds:
        return ""
    name = "x{p}" if value else "s{p}"
    inputs = _lines(f"{name} = {named}", way.count)
    return _within(FORWARD, "\n".join(filter(None, [NODE, inputs, value])) + doubt) + "\n"
