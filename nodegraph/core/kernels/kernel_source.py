"""The source of the compiled passes, written from the operations' records.

Each kernel goes over the runs of a plan's table and has a loop for each way in which an operation is
computed; a run that none can do, or only with doubt, ends it, and it returns that run's place. Text only:
`kernels` compiles it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
KEEP_SENT = """
    below, sent = uint64(len(g)), g.dtype.type(0)"""
"""Before the runs, on the way back: the gradient of the node below a run of one is kept in the same way."""
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


def _is_light(way: Way) -> bool:
    """Whether it is one sign between two numbers, which takes less time than a jump to where it stands."""
    return way.count is not None and re.fullmatch(r"x0 [-+*] x1", way.element.value) is not None


WAYS: tuple[Way, ...] = tuple(
    sorted(
        (
            Way(operation, count)
            for operation in (*OPERATIONS.values(), PASS_THROUGH)
            for count, record in ((operation.least, operation.element), (None, operation.fold))
            if record is not None
        ),
        key=lambda way: not _is_light(way),
    )
)
"""By code: what a kernel finds in its table, a row for each run: the code, the first node, the first edge;
then one row more, with no code, that says where the last run ends. The light ones come first.
"""
LIGHT = tuple(filter(_is_light, WAYS))


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
        ("gradients", "table, sources, v, g, first_run", backward, "-1", _gradient, (KEEP_SENT, "")),
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
    """Yields what is done for a run of each code. A light run of one node has no case of its own: along a
    chain the processor would guess wrongly where to jump, which takes longer than all that such runs do.
    """
    if body in ALONE:
        yield indent(f"if many == 1 and 0 <= code < {len(LIGHT)}:", " " * 8)
        yield indent(f"j = 0\n{ALONE[body]()}", " " * 12)
    for code, way in enumerate(WAYS):
        yield indent(f"{'elif' if code or body in ALONE else 'if'} code == {code}:", " " * 8)
        yield indent(body(way), " " * 12)


def _by_code(texts: Iterable[str]) -> str:
    """Returns the text of the light way at hand, where all of them stand."""
    first, *rest = texts
    return f"({first})" + "".join(f" if code == {code} else ({text})" for code, text in enumerate(rest))


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
WRITE = "v[uint64(start + j)] = y\nnewest = v[uint64(start + j)]"  # y may have more digits


# --- one row: v[node], g[node], local[edge]
def _value(way: Way) -> str:
    each = _one_value(way)
    if way.count is None or way in LIGHT:
        return _within(FORWARD, each)
    return _alone_or_each(each, FORWARD, each)


def _light_value() -> str:
    return _value_by(2, _by_code(way.element.value for way in LIGHT))


def _alone_or_each(alone: str, order: str, each: str) -> str:
    """Returns what is done for each node of a run, and for one alone without a loop: along a chain, beginning
    one for each node would take longer than the arithmetic in it.
    """
    begun = _within("if many == 1:", f"j = 0\n{alone}")
    return f"{begun}\n{_within('else:', _within(order, each))}"


def _one_value(way: Way) -> str:
    if way.count is not None:
        return _value_by(way.count, way.element.value, way.element.holds)
    fold = way.fold
    step = _within("for port in range(1, count):", f"x = v[{_source('port')}]\ny = {fold.step}")
    end = f"y = {fold.end or 'y'}{_unless(fold.holds)}"
    return f"{COUNT}\ny = v[{_source(0)}]\n{step}\n{end}\n{WRITE}"


def _value_by(count: int, value: str, holds: str = "") -> str:
    inputs = _lines("s{p} = {source}\nx{p} = last if s{p} == before else v[s{p}]", count)
    return f"{inputs}\ny = {value}{_unless(holds)}\n{WRITE}"


def _gradient(way: Way) -> str:
    given = f"{NODE}\nd = g[node]\ny = v[node]\n"
    if way.count is None:
        each = f"s = {_source('port')}\nx = v[s]\ng[s] += d * ({_slopes_of(way)[0]})"
        return _within(BACKWARD, f"{given}{COUNT}\n{_within('for port in range(count):', each)}")
    slopes = _slopes_of(way)
    each = given + _lines("s{p} = {source}\nx{p} = v[s{p}]", way.count)
    each += "".join(f"\ng[s{port}] += d * ({slope})" for port, slope in enumerate(slopes))
    doubt = _look_first(way, "v[{source}]", "y = v[node]", _unless(way.element.holds))
    if way in LIGHT:
        return doubt + _within(BACKWARD, each)
    return doubt + _alone_or_each(_gradient_alone(slopes), BACKWARD, each)


def _light_gradient() -> str:
    return _gradient_alone(list(map(_by_code, zip(*map(_slopes_of, LIGHT), strict=True))))


def _gradient_alone(slopes: Sequence[str]) -> str:
    inputs = _lines("s{p} = {source}\nx{p} = v[s{p}]", len(slopes))
    text = f"{NODE}\nd = sent if node == below else g[node]\ny = v[node]\n{inputs}"
    text += "\nbelow = node - uint64(1)\nsent = g[below]"
    for port, slope in enumerate(slopes):
        text += f"\ng[s{port}] += d * ({slope})\nif s{port} == below:\n    sent = g[s{port}]"
    return text


def _slope(way: Way) -> str:
    """Values and local derivatives at once."""
    text = _one_value(way)
    if way.count is not None:
        for port, slope in enumerate(_slopes_of(way)):
            text += f"\nlocal[{_edge(port)}] = {slope}"
        return _within(FORWARD, text)
    each = f"x = v[{_source('port')}]\nlocal[{_edge('port')}] = {_slopes_of(way)[0]}"
    return _within(FORWARD, f"{text}\n{_within('for port in range(count):', each)}")


ALONE: Mapping[Callable[[Way], str], Callable[[], str]] = {_value: _light_value, _gradient: _light_gradient}
"""What is done for a light run of one node, in the passes that have something of their own for it."""


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
