"""Every ink can be read on its ground, and what colour tells can be told without full colour vision."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from nodegraph import resources
from nodegraph.canvas import picture
from nodegraph.canvas.drawing import theme
from nodegraph.canvas.drawing.card_head import header_path
from nodegraph.canvas.drawing.theme import (
    DARK,
    LIGHT,
    THEMES,
    Theme,
    font,
    gradient_colors,
    load_fonts,
    missing_fonts,
)
from nodegraph.core.graph.graph import Graph

INKS_ON_GROUNDS = [
    *itertools.product(
        ("text", "dim", "forward", "accent"), ("background", "panel", "field", "card", "head")
    ),
    *itertools.product(("positive", "negative", "danger"), ("background", "panel", "card")),
    ("forward", "forward_back"),
    ("positive", "positive_back"),
    ("negative", "negative_back"),
    ("danger", "danger_back"),
    ("stale", "stale_back"),
    ("text", "forward_back"),
    ("card", "forward"),
    ("card", "positive"),
    ("card", "negative"),
    ("card", "danger"),
]

# Linear RGB as a person without one kind of cone sees it (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(name: str) -> list[float]:
    parts = QColor(name).getRgbF()[:3]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb: list[float]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def lab(name: str, sight: str) -> tuple[float, float, float]:
    seen = [
        min(1.0, max(0.0, sum(w * c for w, c in zip(row, linear(name), strict=True))))
        for row in SIGHTS[sight]
    ]
    r, g, b = seen
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = luminance(seen)
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground"), INKS_ON_GROUNDS)
def test_text_can_be_read_on_its_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("pair", [*itertools.combinations(("forward", "positive", "negative"), 2)])
def test_forward_positive_and_negative_differ_for_every_sight(
    theme: Theme, sight: str, pair: tuple[str, str]
) -> None:
    one, other = (lab(getattr(theme, name), sight) for name in pair)
    assert math.dist(one, other) >= 18


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_port_and_an_edge_stand_out_from_the_canvas(theme: Theme) -> None:
    assert contrast(theme.edge, theme.background) >= 2.5
    assert contrast(theme.edge, theme.card) >= 2.5


def test_the_themes_name_the_same_colours() -> None:
    assert vars(LIGHT).keys() == vars(DARK).keys()
    assert all(
        QColor(value).isValid() for theme in THEMES.values() for value in list(vars(theme).values())[1:]
    )


def test_the_shipped_typeface_is_the_one_that_is_used(qapp: QApplication) -> None:
    assert QFontInfo(font(14)).family() == load_fonts() == "Inter"


@pytest.mark.parametrize("state", ["gone", "damaged"])
def test_a_picture_is_refused_where_the_shipped_typeface_is_missing(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed_graph: Graph, state: str
) -> None:
    for style in ("Regular", "SemiBold"):
        copyfile(resources.path("fonts", f"Inter-{style}.otf"), tmp_path / f"Inter-{style}.otf")
    if state == "damaged":
        (tmp_path / "Inter-Bold.otf").write_bytes(b"OTTO" + bytes(40))
    monkeypatch.setattr(theme.resources, "path", lambda *parts: tmp_path / parts[-1])
    missing_fonts.cache_clear()
    try:
        refusal = picture.why_not(seed_graph, picture.PictureOptions())
    finally:
        missing_fonts.cache_clear()
    assert refusal
    assert "Inter-Bold.otf" in refusal
    assert "Regular" not in refusal


def test_of_the_widths_and_colours_of_a_long_session_few_are_kept() -> None:
    for number in range(2 * theme.MOST_KEPT):
        theme.pen(f"#{number:06x}", number / 7)
        header_path(float(number), 0.5)
    for kept in (theme.pen, theme.color, header_path):
        assert kept.cache_info().currsize <= theme.MOST_KEPT


def test_a_gradient_is_coloured_by_its_sign() -> None:
    assert gradient_colors(LIGHT, 15)[0] == LIGHT.positive
    assert gradient_colors(LIGHT, -4)[0] == LIGHT.negative
    assert gradient_colors(LIGHT, 0)[0] == LIGHT.dim
    assert gradient_colors(LIGHT, math.nan)[0] == gradient_colors(LIGHT, -math.inf)[0] == LIGHT.danger
