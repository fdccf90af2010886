"""A list of all formats that a graph leaves in: as it stands, then as an animation."""

from __future__ import annotations

from nodegraph.app.widgets.choice import Choice
from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.exporters import EXPORTERS


def format_choice(name: str, chosen: str) -> Choice:
    """Returns the list, with the format of this ending chosen and a line before the animations."""
    entries = {suffix: f"{one.title} ({suffix})" for suffix, one in EXPORTERS.items()}
    entries |= {suffix: f"Animation: {one.title} ({suffix})" for suffix, one in ANIMATIONS.items()}
    choice = Choice.of(name, "Format", entries, chosen)
    choice.insertSeparator(len(EXPORTERS))
    return choice
