"""What `nodegraph layout` prints of a picture: one JSON object for programs, or counts for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nodegraph.core.layout.legibility import HIDDEN, MEASURES, Picture, legibility_of


def as_json(picture: Picture) -> str:
    """Where cards, edges and labels lie, in scene units."""
    record: dict[str, Any] = {
        "size": _rounded(picture.size),
        "cards": {name: _rounded(rect) for name, rect in picture.cards.items()},
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "port": edge.port,
                "points": [_rounded(point) for point in edge.points.tolist()],
            }
            for edge in picture.edges
        ],
        "labels": [
            {"edge": list(label.edge), "text": label.text, "rect": _rounded(label.rect)}
            for label in picture.labels
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def as_lines(picture: Picture) -> Iterator[str]:
    """What is counted in the picture."""
    found = legibility_of(picture)
    width, height = picture.size
    cards, edges = _counted(len(picture.cards), "card"), _counted(len(picture.edges), "edge")
    yield f"{cards} and {edges} on {width:.0f} × {height:.0f} units"
    for heading, of in MEASURES.items():
        yield f"{heading + _more(heading):<44}{of(found):>6.0f}"


def _more(heading: str) -> str:
    return f" (more than {HIDDEN:.0%} of their length)" if heading == "edges hidden" else ""


def _rounded(numbers: tuple[float, ...] | list[float]) -> list[float]:
    return [round(number, 3) for number in numbers]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
