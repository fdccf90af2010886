"""The colours and shapes of the stage: of answers over a map, and of classes, which differ by shape too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.stage.boundary import Field

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

SHAPES = ("o", "s", "t1", "d", "p", "h", "star", "+", "x", "t", "t2", "t3")
"""pyqtgraph's names of the shapes of classes, in order."""
DEPTH = 0.62
"""How much of an end's colour the map has there, so that points stand out."""
FAINT = 0.18
NO_NUMBER = 0.25
"""How much of the border's colour the ground has where there is no number."""


def class_inks(theme: Theme) -> tuple[str, ...]:
    """Returns the colours of classes, in order; blue and orange are told apart with any eyes."""
    return theme.forward, theme.positive, theme.negative, theme.pointer, theme.stale, theme.dim


def ink_of(theme: Theme, place: int) -> str:
    """Returns the colour of a class."""
    inks = class_inks(theme)
    return inks[place % len(inks)]


def _rgb(colour: str) -> Array:
    made = QColor(colour)
    return np.array([made.red(), made.green(), made.blue()], dtype=np.float64)


def shades(theme: Theme, shares: Array) -> Array:
    """Returns colours, of shape (…, 3), for shares from 0 (blue) by ½ (the ground) to 1 (orange)."""
    low, middle, high = _rgb(theme.forward), _rgb(theme.background), _rgb(theme.positive)
    side = np.clip(2 * shares - 1, -1.0, 1.0)[..., None]
    mixed: Array = middle + np.abs(side) * (np.where(side < 0, low, high) - middle)
    return mixed


def number_inks(theme: Theme, shares: Array) -> list[QColor]:
    """Returns the colours of points, for shares from 0 to 1."""
    return [QColor(*colour) for colour in np.rint(shades(theme, shares)).astype(int).tolist()]


def shares_of(values: Array, limits: tuple[float, float]) -> Array:
    """Returns where numbers lie between two, as shares from 0 to 1; beyond them it is the end."""
    low, high = limits
    with np.errstate(invalid="ignore", over="ignore"):
        return np.clip((values - low) / (high - low), 0.0, 1.0)


def map_of(theme: Theme, values: Array, limits: tuple[float, float]) -> Pixels:
    """Returns the picture of answers over a grid, of shape (across, up, 3)."""
    shares = 0.5 + DEPTH * (shares_of(values, limits) - 0.5)
    return _pixels(theme, shades(theme, shares), np.isnan(values))


def classes_map_of(theme: Theme, field: Field) -> Pixels:
    """Returns the picture of which class wins, paler the less it leads, of shape (across, up, 3)."""
    leads = field.leads().max(axis=0)
    finite = leads[np.isfinite(leads)]
    usual = float(np.quantile(finite, 0.9)) if len(finite) else 1.0
    strength = FAINT + (DEPTH - FAINT) * shares_of(np.nan_to_num(leads), (0.0, usual or 1.0))
    ground = _rgb(theme.background)
    inks = np.array([_rgb(ink_of(theme, place)) for place in range(len(field.values))])
    mixed = ground + strength[..., None] * (inks[field.winners] - ground)
    return _pixels(theme, mixed, np.isnan(leads))


def _pixels(theme: Theme, colours: Array, missing: NDArray[np.bool_]) -> Pixels:
    ground, ink = _rgb(theme.panel), _rgb(theme.text)
    colours[missing] = ground + NO_NUMBER * (ink - ground)
    found: Pixels = np.rint(np.nan_to_num(colours)).clip(0, 255).astype(np.uint8)
    return found
