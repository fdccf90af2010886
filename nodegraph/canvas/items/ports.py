"""A port of a card, as the hand and the keys speak of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PortHit:
    """A port under the cursor: `port` is None for the output."""

    node_id: str
    port: int | None
