"""How large cards are: one place for the layout, which needs no Qt, and for the canvas, which paints them.

A card is as wide as its header and the line of its gradient need, up to a limit. Where edges lead to the
right, it is taller by a row for every port beyond the second; where they lead down, it is as wide as its
ports need. From MOST_APART ports on, these move closer together instead.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import port_count
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group_faces, muted_members
from nodegraph.core.graph.naming import shown_name
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.quoting import quoted
from nodegraph.core.type_widths import Weight, line_width
from nodegraph.core.typeset import Line, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REMEMBERED = 1_000
CARD_WIDTH, CARD_HEIGHT = 144.0, 84.0
CONSTANT_HEIGHT = 60.0
"""A constant has no gradient, and so no line for one."""
WIDEST_CARD = 264.0
HEADER = 28.0
PADDING = 12.0
FIRST_PORT, PORT_PITCH = 34.0, 24.0
MOST_APART = 24
"""So many ports or rows make a card taller, or wider; more of them share the same room."""
OUTPUT_PORT = 42.0
BESIDE_PORTS = 24.0
"""What a card has at least beside its outermost ports, where these lie side by side."""
NUMBER_ROOM = 72.0
"""The room a number on a card has at least."""
NUMBER_GAP = 12.0
"""Between a number and the word beside it."""
CHEVRON = 26.0
"""What opens a collapsed group, at the left of its title."""
GROUP_ROW = 24.0
UNTITLED = "Group"

Type = tuple[float, Weight]
"""Size in scene units, and weight."""
NAME: Type = (14.0, "bold")
SYMBOL: Type = (17.0, "bold")
LONG_SYMBOL: Type = (12.0, "semibold")
LABEL: Type = (11.0, "regular")
VALUE_WIDTH = line_width("value", *LABEL)
OUTPUT_WIDTH = line_width("output", *LABEL) + 6
"""What the mark of the output takes more in a header."""

Width = TypeVar("Width", float, "NDArray[np.float64]")


def node_size(graph: Graph, node_id: str) -> tuple[float, float]:
    """Returns width and height of a node's card, as it is where nobody has chosen otherwise."""
    node, output = graph.node(node_id), graph.output_name or "L"
    name = shown_name(graph, node.name)
    width = card_width(
        name, header_symbol(node), joined("∂", shown_name(graph, output), "/∂", name),
        is_output=node_id == graph.evident_output,
    )  # fmt: skip
    return card_sides(width, port_count(graph, node_id), graph.direction, is_constant=node.op == "constant")


def card_width(
    name: Line, symbol: str, derivative: Line, *, is_output: bool, number_room: float = NUMBER_ROOM
) -> float:
    """Returns how wide a card with this header and this word beside its gradient is."""
    header = header_width(line_width(name, *NAME), line_width(symbol, *symbol_type(symbol)))
    if is_output:
        header += OUTPUT_WIDTH
    numbers = numbers_width(max(line_width(derivative, *LABEL), VALUE_WIDTH), number_room)
    return fitted_width(max(header, numbers))


def header_width(name: Width, symbol: Width) -> Width:
    """Returns how wide a header is with a name and a symbol this wide; of one card, or an array of many."""
    return name + symbol + 3 * PADDING


def numbers_width(word: Width, number_room: float) -> Width:
    """Returns the same of the lines of numbers, with words beside them this wide at most."""
    return word + NUMBER_GAP + number_room + 2 * PADDING


def fitted_width(needed: float) -> float:
    """Returns how wide a card is of which the lines need this width."""
    return min(WIDEST_CARD, max(CARD_WIDTH, 4 * round(needed / 4 + 0.5)))


def card_sides(
    width: float, ports: int, direction: Direction, *, is_constant: bool = False
) -> tuple[float, float]:
    """Returns width and height of a card whose words need this width, with so many input ports; that of a
    constant has a line less.
    """
    height = CONSTANT_HEIGHT if is_constant else CARD_HEIGHT
    if direction is Direction.DOWN:
        return max(width, _side_by_side(ports)), height
    return width, max(height, _port_y(ports - 1, ports) + 18)


@lru_cache(maxsize=REMEMBERED)
def input_places(ports: int, width: float, direction: Direction) -> tuple[tuple[float, float], ...]:
    """Returns where the input ports of a card this wide are, from its top left: along the side that edges
    come from.
    """
    if direction is Direction.DOWN:
        pitch = port_pitch(ports, direction)
        return tuple((width / 2 + (port - (ports - 1) / 2) * pitch, 0.0) for port in range(ports))
    return tuple((0.0, _port_y(port, ports)) for port in range(ports))


def output_place(width: float, height: float, direction: Direction) -> tuple[float, float]:
    """Returns where the output port of a card of this size is, from its top left."""
    return (width / 2, height) if direction is Direction.DOWN else (width, OUTPUT_PORT)


def port_pitch(ports: int, direction: Direction) -> float:
    """Returns how far apart the input ports of a card are; side by side, the chips before them need room."""
    if direction is Direction.DOWN:
        return {2: 48.0, 3: 36.0}.get(ports, _pitch(28.0, ports))
    return _pitch(PORT_PITCH, ports)


def _pitch(usual: float, count: int) -> float:
    """How far apart so many ports or rows are, which are usually this far apart."""
    return usual * (MOST_APART - 1) / max(MOST_APART - 1, count - 1)


def _side_by_side(ports: int) -> float:
    """How wide so many ports side by side need a card to be."""
    return (ports - 1) * port_pitch(ports, Direction.DOWN) + 2 * BESIDE_PORTS


def _port_y(port: int, ports: int) -> float:
    """How far below the card's top an input port at its left is."""
    if ports == 1:
        return OUTPUT_PORT
    return FIRST_PORT + port * (32.0 if ports <= 2 else port_pitch(ports, Direction.RIGHT))


def header_symbol(node: Node) -> str:
    """What the right end of a card's header says."""
    if node.op == "input":
        return "input" if node.trainable else "data"
    if node.op == "constant":
        return "constant"
    operation = OPERATIONS.get(node.op)
    return operation.symbol if operation else f"? {quoted(node.op)}"


def symbol_type(symbol: str) -> Type:
    """The type in which a header shows an operation."""
    return SYMBOL if len(symbol) <= 2 else LONG_SYMBOL


# --- collapsed groups
def group_size(graph: Graph, group_id: str) -> tuple[float, float]:
    """Returns width and height of a collapsed group's card."""
    group, faces = graph.group(group_id), group_faces(graph, group_id)
    words = quoted(group.title) or UNTITLED, counted(len(group.nodes), muted_members(graph, group_id))
    return group_sides(*words, len(faces.incoming), len(faces.outgoing), graph.direction)


def group_sides(
    title: str, count: str, incoming: int, outgoing: int, direction: Direction
) -> tuple[float, float]:
    """Returns width and height of the card of a collapsed group with this title, so many edges in and nodes
    that lead out.
    """
    needed = CHEVRON + line_width(title, *NAME) + line_width(count, *LABEL) + 2 * PADDING
    width = min(WIDEST_CARD, max(CARD_WIDTH + 24, needed))
    if direction is Direction.DOWN:
        width = max(width, _side_by_side(incoming), _side_by_side(outgoing))
    return width, group_height(incoming, outgoing, direction)


def group_height(incoming: int, outgoing: int, direction: Direction) -> float:
    """Returns the height of a collapsed group's card: by its outputs' lines, and by its ports at the side."""
    is_down = direction is Direction.DOWN
    rows = [_row_y(outgoing - 1, outgoing)] if outgoing and not (is_down and outgoing > MOST_APART) else []
    if incoming and not is_down:
        rows.append(_port_y(incoming - 1, incoming))
    return max(CARD_HEIGHT, max(rows, default=0.0) + 18)


def group_rows(rows: int) -> list[float]:
    """Returns how far below the top of a collapsed group's card the line of each of its outputs is."""
    return [_row_y(row, rows) for row in range(rows)]


def group_outputs(rows: int, width: float, height: float, direction: Direction) -> list[tuple[float, float]]:
    """Returns where the output ports of a collapsed group's card are, from its top left."""
    if direction is Direction.DOWN:
        return [(x, height) for x, _ in input_places(rows, width, direction)]
    return [(width, y) for y in group_rows(rows)]


def _row_y(row: int, rows: int) -> float:
    return OUTPUT_PORT if rows == 1 else HEADER + 16 + _pitch(GROUP_ROW, rows) * row


def counted(nodes: int, muted: int = 0) -> str:
    """Returns how many nodes a group holds, in words, and how many of them are muted."""
    said = "1 node" if nodes == 1 else f"{nodes} nodes"
    return f"{said}, {muted} muted" if muted else said
