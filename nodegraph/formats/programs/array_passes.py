"""Both passes as lines of a program, one array operation for each block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations import formula_reader
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH
from nodegraph.core.operations.formula import Call, Name, Number, Tree, substitute
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.quoting import quoted
from nodegraph.formats.programs.array_targets import ArrayTarget
from nodegraph.formats.programs.blocks import Block, Blocks, Piece, Take
from nodegraph.formats.programs.helper_functions import packed
from nodegraph.formats.programs.spelling import (
    SLOPE_ARITIES,
    SLOPE_NOTATIONS,
    SPELLED,
    contribution,
    slope_of,
    spelled,
)


@dataclass
class Places:
    """Lists of rows that are taken from arrays, each a constant of the program by its name."""

    names: dict[tuple[int, ...], str] = field(default_factory=dict)

    def name(self, places: tuple[int, ...]) -> str:
        """Returns what these places are called."""
        return self.names.setdefault(places, f"PLACES_{len(self.names) + 1}")

    def lines(self, form: str) -> Iterator[str]:
        """The constants, each made as `form` says."""
        for places, name in self.names.items():
            before, after = form.split("{0}")
            yield from packed(f"{name} = {before}[", map(str, places), f"]{after}")


@dataclass(frozen=True)
class Passes:
    """The passes of blocks for one library."""

    graph: Graph
    blocks: Blocks
    target: ArrayTarget
    places: Places

    # --- forward
    def forward(self, *ends: Take) -> Iterator[str]:
        """The lines that compute the array of each run that these need; without any, the output."""
        needed = self._needed(ends or (Take((self.blocks.output,)),))
        for block in self.blocks.runs:
            if block not in needed:
                continue
            for port, take in enumerate(block.ports):
                if isinstance(take, Take) and (take.only is None or self._is_folded(block)):
                    yield f"{self._gathered(block, port)} = {self._joined(block, take)}"
            yield f"{block.name} = {self._value(block)}{self._remark(block)}"

    def _needed(self, ends: Iterable[Take]) -> set[Block]:
        waiting = [piece.block for take in ends for piece in take.pieces]
        found: set[Block] = set()
        while waiting:
            block = waiting.pop()
            if block not in found:
                found.add(block)
                takes = [port for port in block.ports if isinstance(port, Take)]
                waiting += [piece.block for take in takes for piece in take.pieces]
        return found

    def stacked(self, take: Take) -> str:
        """Returns rows below each other, one column for each row of data, as text."""
        return self._stacked(take, is_wide=True)

    @property
    def output(self) -> str:
        """The output, of one row."""
        return self._rows(self.blocks.output)

    @staticmethod
    def _is_folded(block: Block) -> bool:
        return block.count > 2

    @staticmethod
    def _gathered(block: Block, port: int) -> str:
        """What the array is called that a port takes."""
        return f"{block.name}_inputs" if block.count > 2 else f"{block.name}_x{port}"

    def _joined(self, block: Block, take: Take) -> str:
        text = self._stacked(take, is_wide=take.is_wide)
        columns = "rows" if take.is_wide else "1"
        shape = f"({block.count}, {len(block)}, {columns})"
        return f"{text}.reshape{shape}" if self._is_folded(block) else text

    def _stacked(self, take: Take, *, is_wide: bool) -> str:
        parts = [self._rows(piece) for piece in take.pieces]
        if is_wide:
            parts = [
                part if piece.block.is_wide else self.target.widen.format(part, len(piece.at))
                for part, piece in zip(parts, take.pieces, strict=True)
            ]
        text = parts[0] if len(parts) == 1 else self.target.join.format(", ".join(parts))
        if not take.is_in_order:
            at = [place for piece in take.pieces for place in piece.at]
            inverse = sorted(range(len(at)), key=at.__getitem__)
            text += f"[{self.places.name(tuple(inverse))}]"
        return text

    def _rows(self, piece: Piece) -> str:
        """The rows of a block, as text."""
        block, places = piece.block, piece.places
        first, count = places[0], len(places)
        if places != tuple(range(first, first + count)):
            return f"{block.name}[{self.places.name(places)}]"
        return block.name if count == len(block) else f"{block.name}[{first}:{first + count}]"

    def _operand(self, block: Block, port: int) -> Tree:
        taken = block.ports[port]
        if not isinstance(taken, Take):
            return Number(taken)
        if taken.only is None:
            return Name(self._gathered(block, port))
        if self._is_spread(block, port):
            place = taken.only.places[0]
            return Name(self._rows(Piece(taken.only.block, (place,), (0,))))
        return Name(self._rows(taken.only))

    def _is_spread(self, block: Block, port: int) -> bool:
        """Whether a port takes one row for all nodes, which the other port's rows meet."""

        def is_one_row(taken: float | Take) -> bool:
            return (
                isinstance(taken, Take) and taken.only is not None and len(set(taken.only.places)) == 1
            ) or not isinstance(taken, Take)

        others = [taken for place, taken in enumerate(block.ports) if place != port]
        return len(block) > 1 and is_one_row(block.ports[port]) and any(not is_one_row(one) for one in others)

    def _operands(self, block: Block) -> list[Tree]:
        return [self._operand(block, port) for port in range(len(block.ports))]

    def _value(self, block: Block) -> str:
        if self._is_folded(block):
            return self.target.folds[block.op].format(self._gathered(block, 0))
        operands, notations = self._operands(block), self.target.notations
        if block.op == PASS_THROUGH.name:
            return write(operands[0], notations, "python")
        if block.op in notations or block.op in SPELLED:
            tree: Tree = Call(block.op, tuple(operands))
        else:
            tree = self._defined(block.op, operands)
        return write(spelled(tree), notations, "python")

    @staticmethod
    def _defined(op: str, operands: list[Tree]) -> Tree:
        """The definition of an operation that the library does not have."""
        tree = formula_reader.Reader(OPERATIONS[op].definition, SLOPE_ARITIES).statements()[0].tree
        return substitute(tree, {f"x{port}": operand for port, operand in enumerate(operands)})

    def _remark(self, block: Block) -> str:
        """Which nodes these are, and what the library's own derivative gets wrong, as a comment."""
        said = []
        names = [quoted(self.graph.node(i).name) for i in block.ids]
        if len(names) > 1:
            said.append(f"{names[0]}, {names[1]}" if len(names) == 2 else f"{names[0]} … {names[-1]}")
        if block.op == PASS_THROUGH.name:
            said.append("muted: passes its first input on")
        loss = self.target.target.loses.get(block.op)
        if loss is not None and block.carries and not isinstance(block.ports[-1], float):
            said.append(loss.sentence)
        return f"  # {'; '.join(said)}" if said else ""

    # --- backward
    def backward(self) -> Iterator[str]:
        """The lines that compute the gradient of each array that depends on a parameter."""
        output = self.blocks.output
        begun = {output.block.name}
        yield from self._begun(output)
        for block in reversed(self.blocks.runs):
            if block.name in begun:
                for port, take in enumerate(block.ports):
                    if isinstance(take, Take) and any(piece.block.carries for piece in take.pieces):
                        yield from self._passed_on(block, port, take, begun)

    @staticmethod
    def _begun(output: Piece) -> Iterator[str]:
        name = output.block.name
        share = "1 / rows" if output.block.is_wide else "1.0"
        if len(output.block) == 1:
            yield f"grad_{name} = np.full({name}.shape, {share})"
        else:
            yield f"grad_{name} = np.zeros({name}.shape)"
            yield f"grad_{name}[{output.places[0]}] = {share}"

    def _passed_on(self, block: Block, port: int, take: Take, begun: set[str]) -> Iterator[str]:
        """What one port sends back, added to the gradients of what it takes."""
        sent = self._contribution(block, port)
        if take.only is not None and not self._is_folded(block):
            yield from self._added(block, take.only, sent, begun, is_spread=self._is_spread(block, port))
            return
        yield f"sent = {sent}"
        for piece in take.pieces:
            if piece.block.carries:
                first, count = piece.at[0], len(piece.at)
                in_a_row = piece.at == tuple(range(first, first + count))
                rows = f"{first}:{first + count}" if in_a_row else self.places.name(piece.at)
                text = "sent" if in_a_row and len(take.pieces) == 1 else f"sent[{rows}]"
                yield from self._added(block, piece, text, begun, is_spread=False)

    def _added(
        self, block: Block, piece: Piece, sent: str, begun: set[str], *, is_spread: bool
    ) -> Iterator[str]:
        """Adds what is sent to the gradient of a piece, over the rows of data where that has none."""
        target, places = piece.block, piece.places
        axes = [*([0] if is_spread else []), *([1] if block.is_wide and not target.is_wide else [])]
        if axes:
            sent = f"np.sum({sent}, axis={tuple(axes) if len(axes) > 1 else axes[0]}, keepdims=True)"
        places = places[:1] if is_spread else places
        name, is_new = f"grad_{target.name}", target.name not in begun
        begun.add(target.name)
        is_whole = places == tuple(range(len(target)))
        if is_whole and is_new:
            yield f"{name} = {sent}.copy()" if sent.isidentifier() else f"{name} = {sent}"
            return
        if is_new:
            yield f"{name} = np.zeros({target.name}.shape)"
        if len(set(places)) < len(places):
            yield f"np.add.at({name}, {self.places.name(places)}, {sent})"
        else:
            rows = self._rows(Piece(target, places, piece.at)).removeprefix(target.name)
            yield f"{name}{rows} += {sent}"

    def _contribution(self, block: Block, port: int) -> str:
        """What is sent along a port for each node: the gradient times the local derivative."""
        sent = f"grad_{block.name}"
        if self._is_folded(block):
            return self._folded_contribution(block, sent)
        if block.op == PASS_THROUGH.name:
            return sent
        slopes = self.target.target.slopes
        if block.op == "power" and not (isinstance(block.ports[1], float) and block.ports[1]):
            slopes = {**slopes, **self.target.target.careful_slopes}
        slope = slope_of(block.op, port, block.count, slopes)
        tree = contribution(sent, slope, self._operands(block), block.name)
        return write(_chosen(tree), {**self.target.notations, **SLOPE_NOTATIONS}, "python")

    def _folded_contribution(self, block: Block, sent: str) -> str:
        slope = self.target.slopes.get(block.op)
        if slope is not None:
            text = slope.format(self._gathered(block, 0), block.name)
            return f"({sent} * {text}).reshape({block.count * len(block)}, -1)"
        share = f" / {block.count}" if block.op == "mean" else ""
        return f"np.tile({sent}{share}, ({block.count}, 1))"


def _chosen(tree: Tree) -> Tree:
    """The tree with a choice between cases for each element."""
    if not isinstance(tree, Call):
        return tree
    return Call("choose" if tree.op == "if" else tree.op, tuple(map(_chosen, tree.operands)))
