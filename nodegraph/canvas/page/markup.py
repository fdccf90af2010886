"""Pieces of SVG: elements with their attributes, and lines of text as the canvas writes them.

Every text of a graph goes through here, and comes out so that a browser reads it as text and nothing else.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing import geometry, lettering
from nodegraph.canvas.drawing.lettering import Style, text_width
from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import Line, Typeset

TYPES: dict[str, Style] = {
    "name": geometry.NAME,
    "symbol": geometry.SYMBOL,
    "long": geometry.LONG_SYMBOL,
    "label": geometry.LABEL,
    "number": geometry.VALUE,
    "chip": geometry.CHIP,
}
"""The kinds of type, by the class that text of each has in the page."""


def number(value: float) -> str:
    """Returns a measure as short as it may be."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0") if abs(value) < 0.005 else f"{value:.6g}"


def element(name: str, *inside: str, **attributes: object) -> str:
    """Returns an element; what it holds is markup already. `class_` is class, `data_node` is data-node."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return escape(quoted(str(value)))


def rectangle(box: QRectF, radius: float, **attributes: object) -> str:
    """Returns a rectangle with round corners."""
    return element(
        "rect", x=box.x(), y=box.y(), width=box.width(), height=box.height(), rx=radius or None, **attributes
    )


def line(box: QRectF, said: Line, kind: str, anchor: str = "start", **attributes: object) -> str:
    """Returns a line of text at an end of its box, or in its middle, its capitals centred upright."""
    style = TYPES[kind]
    places = {"start": box.left(), "middle": box.center().x(), "end": box.right()}
    given = attributes.pop("class_", "")
    baseline = box.center().y() + lettering.cap_height(style) / 2
    return element(
        "text",
        text(said, style) or " ",
        class_=f"{kind} {given}".strip(),
        x=places[anchor],
        y=baseline,
        text_anchor=None if anchor == "start" else anchor,
        **attributes,
    )


def text(said: Line, style: Style) -> str:
    """Returns text with its indices, fit to stand in an element."""
    if not isinstance(said, Typeset):
        return plain_text(said)
    pieces, was_low = [], False
    for part, is_low in said.parts:
        drop = (0.16 if is_low else -0.16) * style[0] if is_low != was_low else 0.0
        size = lettering.low(style)[0] if is_low else None
        pieces.append(
            element("tspan", plain_text(part), dy=drop or None, font_size=size)
            if is_low or drop
            else plain_text(part)
        )
        was_low = is_low
    return "".join(pieces)


def plain_text(said: str) -> str:
    """Returns text without indices, fit to stand in an element."""
    return escape(quoted(said), quote=False)


def width(said: Line, kind: str) -> float:
    """Returns how wide a line is in a kind of type."""
    return text_width(said, TYPES[kind])
