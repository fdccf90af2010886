"""The graph as SVG for a page: what the canvas shows at rest, with a mark on each number that a step changes.

Reads a scene. Colours are variables of the page, so that the reader's system chooses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.card_head import RADIUS
from nodegraph.canvas.drawing.geometry import HEADER, PADDING, CardShape, number_room, port_radius
from nodegraph.canvas.drawing.lettering import shortened, shortened_names
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.node_item import RING, Mark, NodeItem
from nodegraph.canvas.page.markup import TYPES, element, line, number, plain_text, rectangle, width
from nodegraph.canvas.page.notes import note
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.layout.card_size import CHEVRON, GROUP_ROW
from nodegraph.core.operations.catalogue import title_of
from nodegraph.core.typeset import Line, joined

BADGE = 17.0


@dataclass(frozen=True)
class Numbering:
    """What the page calls nodes and edges: their places in its lists."""

    nodes: Mapping[str, int]
    edges: Mapping[EdgeKey, int]


def drawing(scene: GraphScene, frame: Frame, numbering: Numbering, area: QRectF, title: str) -> str:
    """Returns the picture as an element of a page, a pixel a scene unit."""
    around = scene.surroundings
    boxes = [group for group in around.groups.values() if not group.group.collapsed]
    cards = [item for node_id, item in scene.items_by_id.items() if around.hides(node_id) is None]
    boxes.sort(key=lambda group: -group.rect.width())
    parts = [
        *map(_box, boxes),
        *(note(item) for item in around.notes.values()),
        element("g", *_edges(scene, numbering), class_="edges"),
        *map(_title, boxes),
        *(_card(scene, item, numbering) for item in cards),
        *(_collapsed(scene, group, numbering) for group in around.collapsed()),
        element("g", *_chips(scene, frame, numbering), class_="chips"),
    ]
    left, top, wide, high = area.getRect()
    return element(
        "svg",
        element("title", plain_text(title)),
        *parts,
        element("g", " ", id="pulses"),
        id="graph",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(number, (left, top, wide, high))),
        width=wide,
        height=high,
        role="group",
        aria_label=f"Graph of {title}",
    )


# --- edges
def _edges(scene: GraphScene, numbering: Numbering) -> Iterator[str]:
    layer = scene.edge_layer
    for key in layer.rows.keys:
        pieces = layer.drawn_pieces(key).tolist()
        start, *_ = pieces[0]
        way = f"M{_place(start)}" + "".join(
            f"C{_place(one)} {_place(other)} {_place(end)}" for _, one, other, end in pieces
        )
        head = (
            "".join(_place((p.x(), p.y())) + " " for p in layer.arrowhead(key))
            if layer.style.arrowheads
            else ""
        )
        arrow = [element("polygon", points=head.strip())] if head else []
        yield element(
            "g",
            element("path", d=way),
            *arrow,
            class_="edge",
            data_edge=numbering.edges.get(key),
        )


def _place(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}".replace(".0", "")


# --- cards
def _card(scene: GraphScene, item: NodeItem, numbering: Numbering) -> str:
    node, shape = item.node, item.shape_of_card
    place = numbering.nodes[node.id]
    rect = shape.rect
    classes = "card" + (" muted" if node.muted else "") + (" output" if item.mark & Mark.OUTPUT else "")
    parts = [
        rectangle(rect.adjusted(-6, -6, 6, 6), RADIUS + 5, class_="halo"),
        rectangle(rect.translated(0, 2), RADIUS, class_="shadow"),
        rectangle(rect, RADIUS, class_="body"),
        _head(rect.width(), node.colour),
        *([rectangle(rect.adjusted(-RING, -RING, RING, RING), RADIUS + RING, class_="ring")]
          if item.mark & Mark.OUTPUT else []),
        *_header(item),
        *_lines(scene, node, shape, "value", numbering),
        *_ports(shape.inputs, shape.output),
        _badge(rect),
    ]  # fmt: skip
    return element(
        "g",
        *parts,
        class_=classes,
        transform=_moved(item.pos(), item.scale()),
        data_nodes=place,
        tabindex=0,
        role="button",
        aria_label=f"{node.name}, {title_of(node.op)}",
    )


def _moved(place: QPointF, scale: float) -> str:
    moved = f"translate({number(place.x())} {number(place.y())})"
    return moved if scale == 1.0 else f"{moved} scale({number(scale)})"


def _head(wide: float, colour: str = "") -> str:
    """The band behind a title, in a colour that a person has chosen or that of all."""
    inside, round_ = 0.5, RADIUS - 0.5
    right = number(wide - inside)
    way = f"M{inside} {HEADER}V{RADIUS}a{round_} {round_} 0 0 1 {round_} -{round_}H{number(wide - RADIUS)}"
    way = f"{way}A{round_} {round_} 0 0 1 {right} {RADIUS}V{HEADER}Z"
    if colour:
        return element("path", d=way, fill=shade(colour), class_="tint")
    return element("path", d=way, class_="head")


def _header(item: NodeItem) -> list[str]:
    node, wide = item.node, item.shape_of_card.width
    word = "muted" if node.muted else "output" if item.mark & Mark.OUTPUT else ""
    tag = width(word, "label") + 6 if word else 0.0
    room = wide - 3 * PADDING - geometry.symbol_width(item.symbol) + 2
    name = shortened(item.face.name, room - tag, TYPES["name"])
    kind = "label" if node.is_leaf else "symbol" if len(item.symbol) <= 2 else "long"
    found = [line(QRectF(PADDING, 0, room, HEADER), name, "name")]
    if word:
        box = QRectF(PADDING + width(name, "name") + 6, 1, tag, HEADER)
        found.append(line(box, word, "label", class_="dim" if node.muted else ""))
    box, ink = QRectF(0, 0, wide - PADDING, HEADER), "dim" if node.is_leaf or node.muted else "forward"
    return [*found, line(box, item.symbol, kind, "end", class_=ink)]


def _lines(
    scene: GraphScene, node: Node, shape: CardShape, word: Line, numbering: Numbering
) -> Iterator[str]:
    """The value of a node and, but for a constant, its gradient."""
    place, wording = numbering.nodes[node.id], scene.showing.wording
    if wording.values:
        yield from _number(scene, shape.value_line, (word,), data_value=place)
    if wording.gradients and node.op != "constant":
        names = scene.showing.derivative_names(node.name)
        yield from _number(scene, shape.gradient_line, names, data_gradient=place)


def _number(scene: GraphScene, box: QRectF, names: tuple[Line, ...], **mark: object) -> Iterator[str]:
    """A word at the left of a line, and room for a number at its right, which the page fills."""
    room = box.width() - 2 * PADDING
    digits = scene.showing.wording.card_digits
    for_number = max(number_room(digits), room - width(joined(*names), "label") - 8)
    word = shortened_names(names, room - 8 - number_room(digits), TYPES["label"])
    yield line(box.adjusted(PADDING, 0, 0, 0), word, "label", class_="dim")
    yield line(
        box.adjusted(0, 0, -PADDING, 0), "…", "number", "end", class_="dim",
        data_room=for_number, data_digits=digits, **mark,
    )  # fmt: skip


def _ports(inputs: tuple[QPointF, ...] | list[QPointF], *outputs: QPointF) -> Iterator[str]:
    for ports in (inputs, outputs):
        radius = port_radius(ports)
        for place in ports:
            yield element("circle", cx=place.x(), cy=place.y(), r=radius, class_="port")


def _badge(rect: QRectF) -> str:
    """Room for a word below a card."""
    box = QRectF(rect.center().x() - 40, rect.bottom() + 4, 80, BADGE)
    return element("g", rectangle(box, BADGE / 2), line(box, "", "label", "middle"), class_="badge")


# --- groups
def _box(group: GroupItem) -> str:
    style = shade(group.group.colour)
    return rectangle(group.rect, RADIUS, fill=style, stroke=style, class_="group")


def _title(group: GroupItem) -> str:
    """The title of a box, above the edges that cross it."""
    title = shortened(group.title, max(0.0, group.rect.width() - CHEVRON - PADDING), TYPES["name"])
    return line(group.handle.adjusted(CHEVRON, 0, 0, 0), title, "name", class_="title")


def _collapsed(scene: GraphScene, group: GroupItem, numbering: Numbering) -> str:
    scale = group.text_scale
    wide, high = group.rect.width() / scale, group.rect.height() / scale
    rect = QRectF(0, 0, wide, high)
    room = wide - CHEVRON - 2 * PADDING - width(group.count, "label") + 4
    parts = [
        rectangle(rect.adjusted(-6, -6, 6, 6), RADIUS + 5, class_="halo"),
        *(rectangle(rect.adjusted(by, 0, -by, by), RADIUS, class_="pile") for by in (6, 3)),
        rectangle(rect, RADIUS, class_="body"),
        _head(wide, group.group.colour),
        line(QRectF(CHEVRON, 0, room, HEADER), shortened(group.title, room, TYPES["name"]), "name"),
        line(QRectF(0, 0, wide - PADDING, HEADER), group.count, "label", "end", class_="dim"),
        element("path", d=f"M12.5 {HEADER / 2 - 4}l5.5 4l-5.5 4Z", class_="chevron"),
        *_rows(scene, group, CardShape(wide, high, (), QPointF()), numbering),
        *_ports(list(group.inputs.values()), *group.outputs.values()),
    ]
    return element(
        "g",
        *parts,
        class_="card collapsed" + (" muted" if group.muted else ""),
        transform=_moved(group.rect.topLeft(), scale),
        data_nodes=" ".join(str(numbering.nodes[member]) for member in sorted(group.members)),
        role="img",
        aria_label=f"{group.title}, {group.count}",
    )


def _rows(scene: GraphScene, group: GroupItem, shape: CardShape, numbering: Numbering) -> Iterator[str]:
    """What a collapsed group shows of the nodes whose values leave it."""
    named = {member: scene.graph.node(member) for member in group.outputs}
    if len(named) == 1:
        (node,) = named.values()
        yield from _lines(scene, node, shape, scene.showing.label(node.name), numbering)
        return
    if group.crowd:
        yield line(QRectF(PADDING, HEADER + 2, shape.width, GROUP_ROW), group.crowd, "label", class_="dim")
        return
    for member, place in group.outputs.items():
        box = QRectF(1, place.y() - GROUP_ROW / 2, shape.width - 2, GROUP_ROW)
        word = scene.showing.label(named[member].name)
        yield from _number(scene, box, (word,), data_value=numbering.nodes[member])


# --- chips
def _looked_at(scene: GraphScene, frame: Frame, key: EdgeKey) -> QRectF:
    """Where what an edge carries is told in full."""
    chips = scene.showing.chips
    return chips.rect(frame, key, chips.text(frame, key, in_full=True) or "", in_full=True)


def _middle(scene: GraphScene, key: EdgeKey) -> QRectF:
    """The middle of an edge, for very many of them: to look for what is free about each takes minutes."""
    points = scene.edge_layer.curve(key)
    x, y = points[len(points) // 2].tolist()
    return QRectF(x, y - geometry.CHIP_HEIGHT / 2, 0.0, geometry.CHIP_HEIGHT)


def _chips(scene: GraphScene, frame: Frame, numbering: Numbering) -> Iterator[str]:
    """A place for what each edge carries: the one where it may stay, and that while it is looked at."""
    chips, labels = scene.showing.chips, scene.showing.wording.labels
    for key in scene.edge_layer.rows.keys if labels != "none" else ():
        if key not in numbering.edges:
            continue
        is_crowded = bool(scene.chip_layer.is_crowded)
        full = _middle(scene, key) if is_crowded else _looked_at(scene, frame, key)
        rest = None if labels == "step" or is_crowded else chips.at_rest(frame, key)
        form, room = rest if rest is not None else (None, full)
        yield element(
            "g",
            element("rect", y=0.0, height=geometry.CHIP_HEIGHT, rx=geometry.CHIP_HEIGHT / 2),
            line(QRectF(0, 0, 0, geometry.CHIP_HEIGHT), "", "chip", "middle"),
            class_="chip",
            data_chip=numbering.edges[key],
            data_at=f"{number(room.center().x())} {number(room.top())}",
            data_full=f"{number(full.center().x())} {number(full.top())}",
            data_form=None if form is None else f"{int(form.is_short)} {form.digits or 0}",
            data_room=None if form is None else room.width(),
        )
