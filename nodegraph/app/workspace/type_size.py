"""How far cards grow with the size of text that a person chose."""

from __future__ import annotations

from nodegraph.app.platform import settings
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.view.canvas_view import CanvasView

GAP = 4.0
"""Half the gap that cards have at least, in scene units at usual type."""


def grow_cards(canvas: CanvasView, chosen: float, gap: float = GAP) -> None:
    """Show type in the size that was chosen. Cards grow as far as the graph was arranged for it, so that none
    comes to lie on another; what else is wished grows within its card, and chips on their edges, where there
    is room.
    """
    scene = canvas.graph_scene
    sizes = [size for size in (*settings.TEXT_SIZES, chosen) if 1.0 <= size <= chosen] or [chosen]
    before = hit_test.overlaps(scene, 1.0, gap)
    size = next(
        (size for size in sorted(sizes, reverse=True) if hit_test.overlaps(scene, size, gap) <= before),
        chosen,
    )
    canvas.set_text_scale(size, chosen / size)
