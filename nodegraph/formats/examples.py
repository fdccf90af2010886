"""The shipped examples: which there are, in groups, and what their sources print for them.

Reads the index only; the documents themselves are files like any other and are opened by `files`. The welcome
page, the File menu and the tests read the same records.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from nodegraph import resources
from nodegraph.core.numbers import MINUS

INDEX = ("examples", "index.json")
ROUNDING = 4
"""Last places of a double that two correct computations may differ by."""


@dataclass(frozen=True)
class PrintedNumber:
    """A number the source of an example prints: the value or the gradient of a node, as it stands there."""

    node: str
    kind: Literal["value", "gradient"]
    text: str


@dataclass(frozen=True)
class Example:
    """One example. `program` and `inputs` are what its document is made from, `positions` where that is by
    hand.

    A network has no program: `network` says its sizes and the like, its data and how it is trained. `fixed`
    are inputs that training leaves alone; `training` is how the source trains.
    """

    name: str
    title: str
    path: Path
    source: str
    teaches: str
    program: tuple[str, ...]
    inputs: Mapping[str, float]
    printed: tuple[PrintedNumber, ...]
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    network: Mapping[str, Any] | None = None
    fixed: tuple[str, ...] = ()
    training: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ExampleGroup:
    """Examples of one origin, in the order in which they teach."""

    name: str
    title: str
    examples: tuple[Example, ...]


@cache
def groups() -> tuple[ExampleGroup, ...]:
    """Every example, by group."""
    index = json.loads(resources.path(*INDEX).read_text(encoding="utf-8"))
    return tuple(
        ExampleGroup(group["name"], group["title"], tuple(map(_example, group["examples"])))
        for group in index["groups"]
    )


def seed() -> Example:
    """The example to begin with."""
    return groups()[0].examples[0]


def example_at(path: Path | str) -> Example | None:
    """The example whose document this file is, or None."""
    wanted = Path(path).resolve()
    found = (e for group in groups() for e in group.examples if e.path.name == wanted.name)
    return next((example for example in found if example.path.resolve() == wanted), None)


def printed_digits(example: Example) -> tuple[PrintedNumber, ...]:
    """What the source prints, values first; empty where it prints no numbers."""
    return example.printed


def matches_print(text: str, value: float | None) -> bool:
    """Whether a printed number is this value: to one unit of its last digit, since sources round or cut off.

    A whole number is taken to be rounded. In a number of sixteen digits, what two computations may differ by
    counts.

    >>> matches_print("0.8825", 0.88255018), matches_print("-0.53", -0.5345), matches_print("6", 6.9)
    (True, True, False)
    >>> matches_print("−20", -20.0), matches_print("0.31", 0.2895), matches_print("3", None)
    (True, False, False)
    """
    if value is None or not math.isfinite(value):
        return False
    printed = Decimal(text.replace(MINUS, "-"))
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)  # no source prints NaN
    unit = Decimal(1).scaleb(exponent) * (1 if exponent < 0 else Decimal("0.5"))
    rounding = ROUNDING * Decimal(math.ulp(value))
    return abs(printed - Decimal(value)) <= unit + rounding


def _example(record: Mapping[str, Any]) -> Example:
    printed = record["printed"]
    kinds: tuple[Literal["value", "gradient"], ...] = ("value", "gradient")
    return Example(
        name=record["name"],
        title=record["title"],
        path=resources.path("examples", *record["file"].split("/")),
        source=record["source"],
        teaches=record["teaches"],
        program=tuple(record.get("program", ())),
        inputs=record["inputs"],
        printed=tuple(
            PrintedNumber(node, kind, text) for kind in kinds for node, text in printed.get(kind, {}).items()
        ),
        positions={name: (x, y) for name, (x, y) in record.get("positions", {}).items()},
        network=record.get("network"),
        fixed=tuple(record.get("fixed", ())),
        training=record.get("training"),
    )
