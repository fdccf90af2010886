"""How large all cards of a graph are, measured at once: as `card_size` says of each, but many times sooner.

Names of letters with a number behind, as those of large graphs are, are measured together; others one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.edits import port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import shown_name
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.card_size import (
    LABEL,
    NAME,
    NUMBER_ROOM,
    OUTPUT_WIDTH,
    VALUE_WIDTH,
    Type,
    card_sides,
    fitted_width,
    header_symbol,
    header_width,
    numbers_width,
    symbol_type,
)
from nodegraph.core.type_widths import ADVANCES, THOUSAND, line_thousandths, line_width, low_size
from nodegraph.core.typeset import LETTERS, LONGEST_INDEX, Line, joined

Floats = NDArray[np.float64]
Sides: TypeAlias = tuple[float, float]
"""Width and height."""
_SIMPLE = re.compile(rf"([A-Za-z]+)[0-9]{{0,{LONGEST_INDEX}}}")
"""Drawn as it is typed, with the number lowered, unless the letters are called as a Greek one is."""


def card_sizes(
    graph: Graph,
    ports: Sequence[int],
    *,
    is_typeset: bool = True,
    number_room: float = NUMBER_ROOM,
    is_low: bool = False,
) -> Floats:
    """Returns the width and the height of each card, in the order of nodes, with so many input ports each,
    shape (n, 2). `is_low`, all cards have a line less, as a constant's has.
    """
    nodes = graph.nodes()
    if not nodes:
        return np.empty((0, 2))
    label = _label(graph, is_typeset)
    names, words = _name_thousandths([node.name for node in nodes], label, is_typeset)
    headers = header_width(names / THOUSAND, _symbol_widths(nodes))
    output = graph.evident_output
    headers[[node.id == output for node in nodes]] += OUTPUT_WIDTH
    before = line_thousandths(joined("∂", label(graph.output_name or "L"), "/∂"), *LABEL)
    numbers = numbers_width(np.maximum((before + words) / THOUSAND, VALUE_WIDTH), number_room)
    widths = _each(fitted_width, np.maximum(headers, numbers))
    kinds = [
        (width, count, is_low or node.op == "constant")
        for width, count, node in zip(widths.tolist(), ports, nodes, strict=True)
    ]
    sides = {kind: card_sides(*kind[:2], graph.direction, is_constant=kind[2]) for kind in set(kinds)}
    return np.array([sides[kind] for kind in kinds])


def sizes_of(graph: Graph) -> dict[str, Sides]:
    """Returns the width and the height of each card, by id; may be done in another thread."""
    counts = port_counts(graph)
    widths, heights = card_sizes(graph, list(counts.values())).T.tolist()
    return dict(zip(counts, zip(widths, heights, strict=True), strict=True))


def scaled(sizes: Mapping[str, Sides], scale: float) -> Callable[[Graph, str], Sides]:
    """Returns what a layout asks for the size of a card, from `sizes_of`, in type so many times as large."""

    def size(_graph: Graph, node_id: str) -> Sides:
        width, height = sizes[node_id]
        return width * scale, height * scale

    return size


def _label(graph: Graph, is_typeset: bool) -> Callable[[str], Line]:
    return (lambda name: shown_name(graph, name)) if is_typeset else str


def _symbol_widths(nodes: Sequence[Node]) -> Floats:
    kinds = [(node.op, node.trainable) for node in nodes]
    symbols = {kind: header_symbol(node) for kind, node in zip(kinds, nodes, strict=True)}
    widths = {kind: line_width(symbol, *symbol_type(symbol)) for kind, symbol in symbols.items()}
    return np.array([widths[kind] for kind in kinds])


def _each(function: Callable[[float], float], values: Floats) -> Floats:
    """The function of each value, asked once of those that are alike."""
    different, number = np.unique(values, return_inverse=True)
    return np.array([function(value) for value in different.tolist()])[number]


# --- names
def _name_thousandths(
    names: Sequence[str], label: Callable[[str], Line], is_typeset: bool
) -> tuple[Floats, Floats]:
    """How wide names are in the header of a card and in the word beside its gradient, in thousandths."""
    is_simple = _simple(names, is_typeset)
    found = np.empty((2, len(names)))
    together = [name for name, simple in zip(names, is_simple, strict=True) if simple]
    places = np.flatnonzero(is_simple)
    if together:
        for row, type_ in zip(found, (NAME, LABEL), strict=True):
            row[places] = _thousandths_of_simple(together, type_, is_typeset)
    for place in np.flatnonzero(~np.array(is_simple, dtype=bool)).tolist():
        line = label(names[place])
        found[:, place] = line_thousandths(line, *NAME), line_thousandths(line, *LABEL)
    return found[0], found[1]


def _simple(names: Sequence[str], is_typeset: bool) -> list[bool]:
    """Which names are letters and a number that no other name looks like."""
    found = [_SIMPLE.fullmatch(name) for name in names]
    letters = {match[1] for match in found if match is not None} if is_typeset else set()
    greek = {letter for letter in letters if letter in LETTERS}
    twins = {name.replace("_", "") for name in names if "_" in name} if is_typeset else set()
    return [match is not None and match[1] not in greek and match[0] not in twins for match in found]


def _thousandths_of_simple(names: Sequence[str], type_: Type, is_typeset: bool) -> Floats:
    size, weight = type_
    codes = np.frombuffer("".join(names).encode("ascii"), np.uint8)
    digit = low_size(size) if is_typeset else size
    table = np.array(
        [ADVANCES[weight][letter] * (digit if letter.isdigit() else size) for letter in map(chr, range(128))]
    )
    lengths = np.fromiter(map(len, names), np.intp, len(names))
    sums: Floats = np.add.reduceat(table[codes], np.cumsum(lengths) - lengths)
    return sums
