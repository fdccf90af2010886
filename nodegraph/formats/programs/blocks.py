"""A graph as few arrays: the leaves by what they are for, and the nodes of each run of the plan.

Each block is one array of a program, with a row for each of its nodes. Where they depend on data, each row of
the data is a column, and there is one column elsewhere. Only what the output depends on is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, Run
from nodegraph.core.graph.graph import Graph
from nodegraph.formats.programs.targets import ARITHMETIC

PARAMETERS, DATA, FIXED = "parameters", "data", "fixed"
"""The blocks of leaves: what is trained, what takes a column of data, and all others."""
NameOf = Callable[[str, tuple[str, ...]], str]
"""Returns what the array of a run is called, by its operation and the ids of its nodes."""
MOST_PIECES = 4
"""Pieces that are joined in the order in which they are taken; of more, those of one block come together."""


@dataclass(frozen=True)
class Piece:
    """Rows of one block: `places` there, and where each of them stands among all that is taken, `at`."""

    block: Block
    places: tuple[int, ...]
    at: tuple[int, ...]


@dataclass(frozen=True)
class Take:
    """What a port takes for all nodes of a block: pieces that are joined, and put into the order of `at`."""

    pieces: tuple[Piece, ...]

    @property
    def is_wide(self) -> bool:
        """Whether there is a column for each row of data."""
        return any(piece.block.is_wide for piece in self.pieces)

    @property
    def is_in_order(self) -> bool:
        """Whether the joined pieces stand as they are taken."""
        at = [place for piece in self.pieces for place in piece.at]
        return at == list(range(len(at)))

    @property
    def only(self) -> Piece | None:
        """The single piece, or None where there are several."""
        return self.pieces[0] if len(self.pieces) == 1 else None


@dataclass(frozen=True, eq=False)
class Block:
    """One array. `ports` holds what each port takes: a number that is the same for all nodes, or rows.

    Of an operation on more than two inputs there is one `Take` instead, of all inputs of the first port, then
    of the second, and so on; `count` says how many ports there are. It `carries` where it depends on a
    parameter.
    """

    name: str
    op: str
    ids: tuple[str, ...]
    ports: tuple[float | Take, ...] = ()
    count: int = 0
    is_wide: bool = False
    carries: bool = False

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Blocks:
    """The leaves and the runs as blocks, and where the output is; `answers` are predictions, if they are
    asked for, and their targets.
    """

    leaves: dict[str, Block]
    runs: tuple[Block, ...]
    output: Piece
    answers: tuple[Take, Take] | None = None


class _Builder:
    """A plan on its way to blocks."""

    def __init__(
        self,
        graph: Graph,
        plan: Plan,
        trained: Sequence[str],
        bound: Sequence[str],
        pairs: Sequence[tuple[str, str]],
    ) -> None:
        assert graph.output is not None
        self._graph, self._plan = graph, plan
        self._pairs = [[plan.number[one] for one in side] for side in zip(*pairs, strict=True)]
        ends = [plan.number[graph.output], *(number for side in self._pairs for number in side)]
        self._reaching = np.any([plan.reaching(number) for number in ends], axis=0)
        self._blocks: list[Block] = []
        self._block = np.full(len(plan.ids), -1)
        self._place = np.zeros(len(plan.ids), dtype=np.intp)
        self._constants = self._constant_values()
        self._add(Block(PARAMETERS, "", tuple(trained), carries=True))
        self._add(Block(DATA, "", tuple(i for i in bound if self._reaching[plan.number[i]]), is_wide=True))

    def _constant_values(self) -> NDArray[np.float64]:
        """The value of each constant that can stand as a number, and NaN for all else."""
        values = np.full(len(self._plan.ids), np.nan)
        for number, node_id in enumerate(self._plan.ids[: self._plan.leaves]):
            node = self._graph.node(node_id)
            if (
                node.op == "constant" and str(node.value) != "-0.0"
            ):  # that is written as an array, for its sign
                values[number] = node.value
        return values

    def _add(self, block: Block) -> None:
        numbers = [self._plan.number[i] for i in block.ids]
        self._block[numbers] = len(self._blocks)
        self._place[numbers] = np.arange(len(numbers))
        self._blocks.append(block)

    def built(self, name_of: NameOf) -> Blocks:
        """Returns the blocks, those of runs called as `name_of` says."""
        runs = [(run, kept) for run in self._plan.runs for kept in self._parts(run)]
        self._add(Block(FIXED, "", self._fixed(runs)))
        for run, kept in runs:
            self._add(self._run(run, kept, name_of))
        assert self._graph.output is not None
        output = self._taken(np.array([self._plan.number[self._graph.output]])).pieces[0]
        leaves = {block.name: block for block in self._blocks[:3]}
        sides = [self._taken(np.array(side)) for side in self._pairs]
        answers = (sides[0], sides[1]) if sides else None
        return Blocks(leaves, tuple(self._blocks[3:]), output, answers)

    def _parts(self, run: Run) -> Iterator[NDArray[np.intp]]:
        """The nodes of a run that the output depends on, as places in it; powers by their exponents, for what
        libraries do at 0 depends on them.
        """
        kept = np.flatnonzero(self._reaching[run.start : run.stop])
        if run.op != "power" or not len(kept):
            yield from [kept] if len(kept) else []
            return
        exponents, which = np.unique(self._constants[run.sources[1, kept]], return_inverse=True)
        for each in range(len(exponents)):  # those that are no constants are NaN, which is one of them
            yield kept[which == each]

    def _fixed(self, runs: Iterable[tuple[Run, NDArray[np.intp]]]) -> tuple[str, ...]:
        """The ids of leaves that no parameter and no column of data sets, but for mere numbers."""
        used = np.zeros(len(self._plan.ids), dtype=bool)
        assert self._graph.output is not None
        used[self._plan.number[self._graph.output]] = True
        used[[number for side in self._pairs for number in side]] = True
        for run, kept in runs:
            sources = run.sources[:, kept]
            arrays = [port for port, literal in enumerate(self._literals(run.op, sources)) if literal is None]
            used[sources[arrays].ravel()] = True
        used[self._plan.leaves :] = False
        used[self._block >= 0] = False
        return tuple(self._plan.ids[number] for number in np.flatnonzero(used).tolist())

    def _literals(self, op: str, sources: NDArray[np.int32]) -> list[float | None]:
        """The number that each port takes everywhere, or None; never a number for all of them."""
        if op not in ARITHMETIC or len(sources) != 2:
            return [None] * len(sources)
        values = self._constants[sources]
        same = (values == values[:, :1]).all(axis=1)
        return [
            float(row[0]) if one and not same.all() else None for row, one in zip(values, same, strict=True)
        ]

    def _run(self, run: Run, kept: NDArray[np.intp], name_of: NameOf) -> Block:
        ids = tuple(self._plan.ids[run.start + place] for place in kept.tolist())
        sources = run.sources[:, kept]
        literals = self._literals(run.op, sources)
        rows = [sources.ravel()] if len(sources) > 2 else list(sources)
        ports = tuple(
            self._taken(row) if literal is None else literal
            for row, literal in zip(rows, literals[: len(rows)], strict=True)
        )
        pieces = [piece for port in ports if isinstance(port, Take) for piece in port.pieces]
        return Block(
            name_of(run.op, ids),
            run.op,
            ids,
            ports,
            len(sources),
            any(piece.block.is_wide for piece in pieces),
            any(piece.block.carries for piece in pieces),
        )

    def _taken(self, numbers: NDArray[np.int32]) -> Take:
        """The rows that hold these nodes, as few pieces."""
        blocks, places = self._block[numbers], self._place[numbers]
        order = np.arange(len(numbers))
        if np.count_nonzero(np.diff(blocks)) >= MOST_PIECES:
            order = np.argsort(blocks, kind="stable")
        pieces = []
        for block, at in groupby(order.tolist(), key=lambda place: blocks[place]):
            where = tuple(at)
            pieces.append(Piece(self._blocks[block], tuple(places[list(where)].tolist()), where))
        return Take(tuple(pieces))


def blocks_of(
    graph: Graph,
    plan: Plan,
    trained: Sequence[str],
    bound: Sequence[str],
    name_of: NameOf,
    pairs: Sequence[tuple[str, str]] = (),
) -> Blocks:
    """Returns the blocks of a graph: ids `trained` are its parameters, ids `bound` take columns of data, and
    `pairs` are the ids of predictions and targets that are asked for beside the output.
    """
    return _Builder(graph, plan, trained, bound, pairs).built(name_of)
