"""What a picture of a graph says, box by box and line by line, for formats that lay it out or letter it
themselves. Places and paint are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from nodegraph.canvas import picture
from nodegraph.canvas.drawing.theme import PICTURE_THEMES, Theme, own_color
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.edge_words import Form, is_carried_rounding, text_of
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import muted_members
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.layout.card_size import counted, header_symbol
from nodegraph.core.numbers import format_signed, format_value

MUTED = "muted"
"""What stands beside the name of an operation that passes its first input on as it is."""


@dataclass(frozen=True)
class Box:
    """One card: a node, or a collapsed group, which has a title and the `count` of its nodes alone.

    `key` is unique: a node's is its name. `derivative` names its gradient (∂L/∂a); `value` and `gradient` are
    None where they are not reached.
    """

    key: str
    name: str
    symbol: str = ""
    derivative: str = ""
    value: float | None = None
    gradient: float | None = None
    is_leaf: bool = False
    is_output: bool = False
    is_group: bool = False
    is_muted: bool = False
    is_rounding: bool = False
    """Whether the gradient is 0 but for rounding."""
    count: str = ""
    leading_out: tuple[str, ...] = ()
    """What a collapsed group says of the numbers that lead out of it."""


@dataclass(frozen=True)
class Line:
    """One edge between two boxes, by their keys: its label or "", and the contribution it has carried;
    0 where that is rounding alone.
    """

    source: str
    target: str
    edge: EdgeKey
    text: str
    sent: float | None


@dataclass(frozen=True)
class OpenGroup:
    """A titled box around others; `colour` is `#rrggbb`."""

    title: str
    colour: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Words:
    """All that a picture says. Each box is in one group, or among the free ones; numbers have at most so
    many `digits`.
    """

    title: str
    free: tuple[Box, ...]
    groups: tuple[OpenGroup, ...]
    lines: tuple[Line, ...]
    digits: int


def in_words(
    graph: Graph,
    frame: Frame,
    options: PictureOptions,
    lines: Callable[[Words, Theme, PictureOptions, Direction], Iterable[str]],
) -> bytes:
    """Returns a file, in UTF-8, of the lines in which a format says what a picture says. Raises Refused where
    there is nothing to draw.
    """
    scene = picture.scene_to_draw(graph, frame, options)
    said = lines(words_of(scene, frame), PICTURE_THEMES[options.theme], options, scene.graph.direction)
    return "".join(f"{line}\n" for line in said).encode()


def words_of(scene: GraphScene, frame: Frame) -> Words:
    """Returns what the picture of a scene says at a frame."""
    graph, shown = scene.graph, scene.items_by_id.keys()
    boxes = {node.id: _box(scene, frame, node) for node in graph.nodes() if node.id in shown}
    stands_for = {node_id: box.key for node_id, box in boxes.items()}
    groups: list[OpenGroup] = []
    free = dict(boxes)
    for group in graph.groups():
        members = [node_id for node_id in group.nodes if node_id in boxes]
        for node_id in members:
            del free[node_id]
        if group.collapsed and members:
            muted = muted_members(graph, group.id)
            count = counted(len(group.nodes), muted)
            key = _unused(graph, group.title)
            ways = tuple(_leading_out(scene.surroundings.groups[group.id], boxes, scene.showing.wording))
            card = Box(key, group.title, is_group=True, is_muted=muted > 0, count=count, leading_out=ways)
            free[card.key] = card
            stands_for |= dict.fromkeys(members, card.key)
        elif members:
            inside = tuple(boxes[node_id] for node_id in members)
            groups.append(OpenGroup(group.title, own_color(scene.theme, shade(group.colour)), inside))
    wording = scene.showing.wording
    lines = tuple(_lines(graph, frame, stands_for, wording))
    return Words(graph.title, tuple(free.values()), tuple(groups), lines, wording.card_digits)


def texts_of(box: Box, digits: int) -> list[str]:
    """Returns the lines of a card: its name and operation, its value, its gradient; those there are."""
    if box.is_group:
        return list(filter(None, (box.name, box.count, *box.leading_out)))
    said = [box.name, MUTED * box.is_muted, "" if box.is_leaf else box.symbol]
    texts = ["  ".join(filter(None, said))]
    if box.value is not None:
        texts.append(format_value(box.value, digits))
    return texts + _gradient_of(box, digits)


def _gradient_of(box: Box, digits: int) -> list[str]:
    """The line of the gradient, if there is one."""
    if box.gradient is None or not box.derivative:
        return []
    said = ABOUT_ZERO if box.is_rounding else f"= {format_signed(box.gradient, digits)}"
    return [f"{box.derivative} {said}"]


def _leading_out(group: GroupItem, boxes: Mapping[str, Box], wording: Wording) -> Iterator[str]:
    """Yields what the card of a collapsed group says of the numbers that lead out of it."""
    if group.crowd:
        yield group.crowd
        return
    for member in group.outputs:
        box = boxes[member]
        if box.value is not None:
            yield f"{box.name} = {format_value(box.value, wording.card_digits)}"
        if len(group.outputs) == 1:
            yield from _gradient_of(box, wording.card_digits)


def _unused(graph: Graph, title: str) -> str:
    """A key for a collapsed group that is no node's name."""
    key = f"group {title}"
    while graph.named(key) is not None:
        key += "\u2032"
    return key


def _box(scene: GraphScene, frame: Frame, node: Node) -> Box:
    value, said = frame.value(node.id), scene.showing.wording
    value = node.value if value is None and node.is_leaf else value
    has_gradient = said.gradients and node.op != "constant"
    return Box(
        node.name,
        node.name,
        header_symbol(node),
        scene.showing.derivative_symbol(node.name) if has_gradient else "",
        value if said.values else None,
        frame.gradient(node.id) if has_gradient else None,
        is_leaf=node.is_leaf,
        is_output=node.id == scene.graph.output,
        is_muted=node.muted,
        is_rounding=scene.showing.is_rounding(node.id),
    )


def _lines(graph: Graph, frame: Frame, stands_for: dict[str, str], wording: Wording) -> Iterator[Line]:
    for edge in graph.edges():
        source, target = stands_for.get(edge.source), stands_for.get(edge.target)
        if source is None or target is None or source == target:
            continue
        carried = frame.contribution(edge.key)
        sent = None if carried is None else 0.0 if is_carried_rounding(frame, edge.key) else carried[2]
        yield Line(source, target, edge.key, _label(frame, edge.key, wording), sent)


def _label(frame: Frame, key: EdgeKey, wording: Wording) -> str:
    """What an edge says; the room it takes is the other program's affair, so nothing is shortened."""
    if wording.labels == "none" or (wording.labels == "step" and key not in _active(frame)):
        return ""
    return text_of(frame, key, Form(wording.labels == "contribution", wording.digits)) or ""


def _active(frame: Frame) -> Collection[EdgeKey]:
    return frame.active_edges
