"""A figure's options as plain data, for settings and presets that are saved by name. Imports no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nodegraph.canvas.drawing.edge_kinds import EdgeStyle, style_of
from nodegraph.canvas.drawing.wording import wording_of
from nodegraph.canvas.figure import PARTS, UNITS, PictureOptions, Width, checked_width, figure, with_parts
from nodegraph.core.errors import Refused

LONGEST = 4000
"""Characters of a record that is read."""


def to_text(options: PictureOptions) -> str:
    """Returns the options as JSON, without the nodes that are shown and the size of type of the window."""
    width = options.width
    record = {
        "scale": options.scale,
        "width": None if width is None else [width.amount, width.unit, width.aspect],
        "dpi": options.dpi,
        "theme": options.theme,
        "notation": options.notation,
        "transparent": options.transparent,
        "margin": options.margin,
        "labels": options.wording.labels,
        "digits": options.wording.digits,
        "edges": options.edges.kind,
        "arrowheads": options.edges.arrowheads,
        "direction": None if options.direction is None else options.direction.value,
        "show": [part for part in PARTS if part != "labels" and options.shows(part)],
    }
    return json.dumps(record, separators=(",", ":"))


def from_text(text: str) -> PictureOptions | None:
    """Returns the options of such a text; None where it is none, as one edited by hand may be.

    >>> from_text(to_text(figure(width="8.5cm", theme="print"))) == figure(width="8.5cm", theme="print")
    True
    >>> from_text(to_text(figure(direction="top-to-bottom"))).direction
    <Direction.DOWN: 'top-to-bottom'>
    >>> from_text("{}"), from_text("[") is None
    (None, True)
    """
    if len(text) > LONGEST:
        return None
    try:
        record = json.loads(text)
        return _options(record) if isinstance(record, dict) else None
    except (ValueError, TypeError, KeyError, RecursionError, Refused):
        return None


def _options(record: Mapping[str, Any]) -> PictureOptions:
    labels, digits, kind = record["labels"], record["digits"], record["edges"]
    options = figure(
        scale=_between(record["scale"], 0.05, 8.0),
        theme=record["theme"],
        notation=record["notation"],
        transparent=record["transparent"] is True,
        margin=_between(record["margin"], 0.0, 1000.0),
        dpi=record["dpi"],
        wording=wording_of(labels, digits),
        edges=EdgeStyle(style_of(kind, True).kind, record["arrowheads"] is True),
        direction=record.get("direction"),
    )
    shown = [part for part in PARTS if part in record["show"]]
    hidden = [part for part in PARTS if part != "labels" and part not in shown]
    options = with_parts(options, shown, hidden)
    return options if record["width"] is None else replace(options, width=_width(*record["width"]))


def _width(amount: float, unit: str, aspect: list[int] | None) -> Width:
    known = next((known for known in UNITS if known == unit), None)
    if known is None:
        raise Refused("There is no such unit.")
    sides = None if aspect is None else (int(aspect[0]), int(aspect[1]))
    if sides is not None and not (min(sides) > 0 and max(sides) < 100):
        raise Refused("A page has sides.")
    return checked_width(Width(float(amount), known, sides))


def _between(number: Any, least: float, most: float) -> float:
    found = float(number)
    if not least <= found <= most:
        raise Refused(f"Expected a number from {least:g} to {most:g}.")
    return found
