"""Colours, fonts and the scale on which gradients are coloured. Knows no item and no window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPen

from nodegraph import resources

FAMILY = "Inter"
FILES = {400: "Inter-Regular.otf", 600: "Inter-SemiBold.otf", 700: "Inter-Bold.otf"}
"""The files of the typeface, by weight."""
DECADES = 3.0
"""Gradients this many powers of ten below the largest one are drawn at the thin, pale end."""


@dataclass(frozen=True)
class Theme:
    """One set of colours, as #rrggbb. Forward is blue; backward orange if positive, violet if negative.

    Blue and violet differ in lightness too, for without red-sensitive cones their hues are one.
    """

    name: str
    background: str
    panel: str
    field: str
    line: str
    grid: str
    text: str
    dim: str
    card: str
    head: str
    border: str
    shadow: str
    edge: str
    accent: str
    forward: str
    forward_back: str
    positive: str
    positive_back: str
    negative: str
    negative_back: str
    danger: str
    danger_back: str
    stale: str
    stale_back: str
    pointer: str
    """Draws the eye to something, and is used for nothing else."""

    def __hash__(self) -> int:
        return hash(self.name)  # of all its colours it takes longer than finding a pen that is kept

    @property
    def is_patterned(self) -> bool:
        """Whether lines tell by their pattern what colours tell elsewhere."""
        return self.name == "print"


LIGHT = Theme(
    name="light",
    background="#F7F8FA",
    panel="#FFFFFF",
    field="#F7F8FA",
    line="#E3E6EB",
    grid="#D9DEE6",
    text="#1B1F24",
    dim="#5F6978",
    card="#FFFFFF",
    head="#F1F3F6",
    border="#C3CAD4",
    shadow="#DDE1E7",
    edge="#8D98A8",
    accent="#2564C8",
    forward="#2564C8",
    forward_back="#E8F0FC",
    positive="#B0510A",
    positive_back="#FDF0E3",
    negative="#5E308C",
    negative_back="#F1EAF9",
    danger="#C0262D",
    danger_back="#FDECEC",
    pointer="#0A7F63",
    stale="#6E5600",
    stale_back="#FFEFB3",
)
DARK = Theme(
    name="dark",
    background="#14171C",
    panel="#1B1F26",
    field="#14171C",
    line="#2B313B",
    grid="#2A313C",
    text="#E6E9EE",
    dim="#98A2B2",
    card="#222832",
    head="#2A313D",
    border="#434C5A",
    shadow="#0E1014",
    edge="#667284",
    accent="#78A8FB",
    forward="#78A8FB",
    forward_back="#1B2A44",
    positive="#FFB066",
    positive_back="#3A2814",
    negative="#E3BFFF",
    negative_back="#2E2342",
    danger="#FF8A8A",
    danger_back="#45222A",
    pointer="#3FD3A6",
    stale="#FFDE59",
    stale_back="#3D3400",
)
CONTRAST = Theme(
    name="contrast",
    background="#000000",
    panel="#000000",
    field="#000000",
    line="#9AA3B0",
    grid="#3A3F47",
    text="#FFFFFF",
    dim="#DCE1E8",
    card="#0B0B0B",
    head="#1E2126",
    border="#E6EAF0",
    shadow="#000000",
    edge="#C3CAD4",
    accent="#7AB0FF",
    forward="#7AB0FF",
    forward_back="#0E2242",
    positive="#FFB84D",
    positive_back="#3A2400",
    negative="#FFD9FF",
    negative_back="#38114A",
    danger="#FF9C9C",
    danger_back="#4A1418",
    pointer="#3DFFB8",
    stale="#FFEE70",
    stale_back="#4A4000",
)
PRINT = Theme(
    name="print",
    background="#FFFFFF",
    panel="#FFFFFF",
    field="#FFFFFF",
    line="#BDBDBD",
    grid="#C8C8C8",
    text="#000000",
    dim="#4A4A4A",
    card="#FFFFFF",
    head="#EDEDED",
    border="#6A6A6A",
    shadow="#FFFFFF",
    edge="#8A8A8A",
    accent="#000000",
    forward="#4D4D4D",
    forward_back="#FFFFFF",
    positive="#000000",
    positive_back="#FFFFFF",
    negative="#050505",
    negative_back="#EDEDED",
    danger="#0A0A0A",
    danger_back="#D0D0D0",
    pointer="#000000",
    stale="#141414",
    stale_back="#DCDCDC",
)
"""For paper: black and grey alone, so that a copy loses nothing. Its lines are patterned: what comes back is
black, solid where it is positive and dashed where it is negative, and what went forward is grey.
"""
THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
"""The themes of the window."""
PICTURE_THEMES: dict[str, Theme] = {**THEMES, PRINT.name: PRINT}
"""The themes of pictures."""
MOST_KEPT = 2000
"""Colours, and pens, that are kept: documents have any number of colours, and each zoom its own widths."""
DASHES, DOTS, DASHES_AND_DOTS = (3.0, 1.6), (1.0, 1.4), (3.0, 1.4, 1.0, 1.4)
"""Patterns of lines, in widths of the pen."""


@cache
def load_fonts() -> str:
    """Register the shipped typeface once and give its family; needs a QGuiApplication."""
    missing_fonts()
    return FAMILY


@cache
def missing_fonts() -> tuple[Path, ...]:
    """Register the shipped typeface once; returns those of its files that are not there or are damaged."""
    files = [resources.path("fonts", name) for name in FILES.values()]
    return tuple(file for file in files if QFontDatabase.addApplicationFont(str(file)) < 0)


@cache
def font(size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The shipped typeface at a size in scene units; unhinted, so that it scales smoothly."""
    made = QFont(load_fonts())
    made.setPixelSize(max(1, round(size_px)))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def metrics(size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
    """The measures of `font(size_px, weight)`."""
    return QFontMetricsF(font(size_px, weight))


@lru_cache(maxsize=MOST_KEPT)
def color(name: str, alpha: float = 1.0) -> QColor:
    """A colour of a theme as Qt wants it."""
    made = QColor(name)
    made.setAlphaF(alpha)
    return made


@lru_cache(maxsize=MOST_KEPT)
def pen(name: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: float = 1.0) -> QPen:
    """A pen in a colour of a theme, with flat ends."""
    return QPen(color(name, alpha), width, style, Qt.PenCapStyle.FlatCap)


def gradient_colors(theme: Theme, value: float) -> tuple[str, str]:
    """(ink, background) for a gradient: by its sign; quiet for 0, alarming for what is not finite."""
    if not math.isfinite(value):
        return theme.danger, theme.danger_back
    if value == 0:
        return theme.dim, theme.head
    if value > 0:
        return theme.positive, theme.positive_back
    return theme.negative, theme.negative_back


def patterned(theme: Theme, ink: str, made: QPen) -> QPen:
    """Returns the pen, in a theme without hues with the pattern that tells what its ink stands for."""
    patterns = {theme.negative: DASHES, theme.dim: DOTS, theme.danger: DASHES_AND_DOTS}
    if not theme.is_patterned or ink not in patterns:
        return made
    made = QPen(made)
    made.setDashPattern(patterns[ink])
    return made


def own_color(theme: Theme, shade: str) -> str:
    """Returns the colour that a person gave to a node or a group, as this theme shows it."""
    if not theme.is_patterned:
        return shade
    grey = round(70 + 0.6 * QColor(shade).lightness())
    return f"#{grey:02x}{grey:02x}{grey:02x}"


@cache
def mixed(ink: str, ground: str, share: float) -> QColor:
    """`ink` laid over `ground` with this share of it."""
    a, b = QColor(ink), QColor(ground)
    return QColor.fromRgbF(
        b.redF() + (a.redF() - b.redF()) * share,
        b.greenF() + (a.greenF() - b.greenF()) * share,
        b.blueF() + (a.blueF() - b.blueF()) * share,
    )
