"""Which numbers all rows share, and which each row has of its own: the runs of a plan cut in two.

Shared ones are numbered in their order, and so are those of a row; there come first those that are given to
it: data, and shared numbers that it reads one by one. A matrix is a run of its own, without edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.kernels.runs import Runs
from nodegraph.core.rows import products
from nodegraph.core.rows.matrices import Block
from nodegraph.core.rows.products import Flags, Numbers, Sums

ADD = "add"


@dataclass(frozen=True, eq=False)
class Cut:
    """`shared` and `row` say where each node of the plan is among those that all rows share, and among those
    of a row, or −1; `shared_numbers` and `row_numbers` which node is there. `held` are places of a row that
    hold shared numbers. `blocks` are the matrices among `row_runs`, by place.
    """

    shared: Numbers
    row: Numbers
    shared_numbers: Numbers
    row_numbers: Numbers
    held: Numbers
    shared_runs: Runs
    row_runs: Runs
    blocks: Mapping[int, Block]


def cut(runs: Runs, kept: Flags, varies: Flags, follows: Flags) -> Cut:
    """Returns the nodes that are `kept`, cut in two. `varies` says which differ from row to row, `follows`
    through which the gradient is wanted; all of shape (nodes,).
    """
    sums, absorbed = products.find(runs, kept, varies)
    shared_numbers = np.flatnonzero(kept & ~varies)
    shared = _places(shared_numbers, len(kept))
    pieces = list(_pieces(runs, kept & varies & ~absorbed, sums))
    data = kept & varies & (np.arange(len(kept)) < runs.count_leaves(len(kept)))
    given = _given(pieces, data, varies)
    row_numbers = np.concatenate([given, *(piece.targets for piece in pieces)])
    row = _places(row_numbers, len(kept))
    table, sources, blocks = [], [np.zeros(0, dtype=np.int32)], {}
    start, first = len(given), 0
    for place, piece in enumerate(pieces):
        stop = start + len(piece.targets)
        if isinstance(piece, Sums):
            blocks[place] = Block.of(piece, start, shared, row, bool(follows[piece.inputs].any()))
            table.append((runs.ops.index(ADD), 0, start, stop, first))
        else:
            table.append((piece.op, len(piece.sources), start, stop, first))
            sources.append(row[piece.sources].ravel().astype(np.int32))
            first += piece.sources.size
        start = stop
    row_runs = Runs(
        runs.ops,
        np.array(table, dtype=np.int32).reshape(-1, 5),
        np.concatenate(sources),
        tuple(blocks),
    )
    held = np.flatnonzero(~varies[given])
    shared_runs = runs.pruned(kept & ~varies)
    return Cut(shared, row, shared_numbers, row_numbers, held, shared_runs, row_runs, blocks)


@dataclass(frozen=True, eq=False)
class _Plain:
    """Nodes of one operation that are computed one by one; `sources` of shape (inputs, nodes)."""

    op: int
    targets: Numbers
    sources: Indices


def _pieces(runs: Runs, computed: Flags, sums: Mapping[int, Sequence[Sums]]) -> Iterator[_Plain | Sums]:
    """Yields what is computed for each row, in order."""
    alone = computed.copy()
    for several in sums.values():
        for one in several:
            alone[one.targets] = False
    for place, (op, start, stop, sources) in enumerate(runs):
        here = np.flatnonzero(alone[start:stop])
        if len(here):
            yield _Plain(runs.ops.index(op), start + here, sources[:, here])
        yield from sums.get(place, ())


def _given(pieces: Sequence[_Plain | Sums], data: Flags, varies: Flags) -> Numbers:
    """Returns what a row does not compute: its data, and what it reads of the shared numbers one by one."""
    needed = np.zeros(len(data), dtype=bool)
    for piece in pieces:
        if isinstance(piece, _Plain):
            needed[piece.sources] = True
    return np.flatnonzero((needed & ~varies) | data)


def _places(numbers: Numbers, nodes: int) -> Numbers:
    """Returns where each node is among these, or −1."""
    found = np.full(nodes, -1, dtype=np.intp)
    found[numbers] = np.arange(len(numbers))
    return found
