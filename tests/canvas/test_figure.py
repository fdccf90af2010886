"""Figures: as wide as was wished in every format, the same at every size, and readable without colours."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from nodegraph import resources
from nodegraph.canvas import picture
from nodegraph.canvas.drawing import edge_styles
from nodegraph.canvas.drawing.edge_styles import edge_pen
from nodegraph.canvas.drawing.theme import PRINT
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import PARTS, PictureOptions, Width, figure, width_of
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def graph(qapp: QApplication) -> Graph:
    return files.load(resources.path("examples", "seed", "seed-L.nodegraph"))


@pytest.fixture
def frame(graph: Graph) -> Frame:
    return run(graph).last_frame


def written(graph: Graph, frame: Frame, suffix: str, **words: object) -> bytes:
    return EXPORTERS[suffix].write(graph, frame, figure(**words))


@pytest.mark.parametrize(
    ("width", "dpi", "pixels"),
    [
        ("8.5cm", 300, 1004),
        ("3in", 600, 1800),
        ("960px", None, 960),
        ("single", None, 1004),
        ("200pt", 100, 278),
    ],
)
def test_a_png_has_the_pixels_of_its_width(
    graph: Graph, frame: Frame, width: str, dpi: int | None, pixels: int
) -> None:
    image = picture.render(graph, frame, figure(width=width, dpi=dpi))
    assert image.width() == pixels
    inches = width_of(width).inches(dpi)
    assert image.width() / (image.dotsPerMeterX() * 0.0254) == pytest.approx(inches, rel=0.01)
    assert picture.pixel_size(graph, figure(width=width, dpi=dpi)) == (image.width(), image.height())


def test_every_format_that_has_a_width_has_the_one_that_was_wished(graph: Graph, frame: Frame) -> None:
    svg = written(graph, frame, ".svg", width="8.5cm").decode()
    assert re.search(r'<svg [^>]*width="8.5cm" height="[\d.]+cm" viewBox="0 0 [\d.]+ [\d.]+"', svg)
    pdf = written(graph, frame, ".pdf", width="8.5cm")
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(8.5 / 2.54 * 72, abs=1)
    tex = written(graph, frame, ".tex", width="8.5cm").decode()
    assert "paperwidth=240.94" in tex
    assert 'size="3.346,200!"' in written(graph, frame, ".dot", width="8.5cm").decode()


def test_a_slide_is_sixteen_by_nine_with_the_graph_in_its_middle(graph: Graph, frame: Frame) -> None:
    image = picture.render(graph, frame, figure(width="slide"))
    assert (image.width(), image.height()) == (1920, 1080)
    dark = np.array([[image.pixelColor(x, y) != image.pixelColor(0, 0) for x in range(0, 1920, 4)]
                     for y in range(0, 1080, 4)])  # fmt: skip
    rows = np.flatnonzero(dark.any(axis=1))
    assert rows[0] == pytest.approx(dark.shape[0] - 1 - rows[-1], abs=3)


def test_a_small_picture_says_what_a_large_one_says(graph: Graph, frame: Frame) -> None:
    large = picture.render(graph, frame, PictureOptions(scale=2.0, highlight=False))
    small = picture.render(graph, frame, PictureOptions(scale=0.3, highlight=False))
    shrunk = large.scaled(small.size()).convertToFormat(QImage.Format.Format_Grayscale8)
    ink = [255 - QColor(i.pixel(x, y)).lightness() for i in (small, shrunk)
           for x in range(i.width()) for y in range(i.height())]  # fmt: skip
    half = len(ink) // 2
    assert sum(ink[:half]) == pytest.approx(sum(ink[half:]), rel=0.12)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_shown_and_hidden(qapp: QApplication, part: str) -> None:
    graph = parse("L = a*b + a", a=2, b=3)
    trace = run(graph)
    frame = next(f for f in map(trace.frame, range(len(trace.steps))) if 0 < f.arrived("a")[0] < 2)
    shown, hidden = (figure(highlight=True).showing(part, on) for on in (True, False))
    assert (shown.shows(part), hidden.shows(part)) == (True, False)
    assert picture.render(graph, frame, shown) != picture.render(graph, frame, hidden)


def test_hidden_numbers_are_in_no_format(graph: Graph, frame: Frame) -> None:
    for suffix in (".svg", ".tex", ".dot", ".mmd"):
        said = written(graph, frame, suffix, hide=["gradients", "labels"]).decode()
        assert "∂" not in re.sub(r"[A-Za-z0-9+/=]{60,}", "", said), suffix
        assert r"\partial" not in said


@pytest.mark.parametrize("suffix", [".svg", ".tex"])
def test_title_and_legend_are_in_formats_of_text(graph: Graph, frame: Frame, suffix: str) -> None:
    said = written(graph, frame, suffix, show=["title", "legend", "grid"]).decode()
    assert said.count("The seed example") >= 1 + (suffix == ".svg")
    assert "contribution, logarithmic" in said
    assert "−15" in said or "$-$15" in said


def test_the_print_theme_has_no_hue(graph: Graph, frame: Frame) -> None:
    image = picture.render(graph, frame, replace(figure(theme="print", show=["legend"]), scale=1.0))
    for x in range(0, image.width(), 2):
        for y in range(0, image.height(), 2):
            red, green, blue, _ = image.pixelColor(x, y).getRgb()
            assert red == green == blue


def test_in_print_lines_differ_by_pattern_or_weight_alone() -> None:
    strong = edge_styles.SHADES
    looks = {
        "positive": edge_styles.POSITIVE + strong, "negative": edge_styles.NEGATIVE + strong,
        "zero": edge_styles.ZERO, "unbounded": edge_styles.UNBOUNDED, "forward": edge_styles.FORWARD,
    }  # fmt: skip
    pens = {name: edge_pen(PRINT, look) for name, look in looks.items()}
    kinds = {(pen.style(), tuple(pen.dashPattern()), pen.widthF() > 3) for pen in pens.values()}
    assert len(kinds) == len(looks)


@pytest.mark.parametrize(
    "width", ["0cm", "-3cm", "wide", "8.5", "cm", "1e9cm", "8.5 furlongs", "99999cm", ""]
)
def test_what_is_no_width_is_refused_in_a_sentence(width: str) -> None:
    with pytest.raises(Refused, match=r"^A width .*\.$"):
        width_of(width)


def test_a_width_without_a_unit_and_a_part_outside_a_list_are_refused_with_what_to_write() -> None:
    with pytest.raises(Refused, match=r'such as "8\.5cm" or "single", not 8\.5\.$'):
        figure(width=8.5)  # type: ignore[arg-type]
    for name in ("show", "hide"):
        with pytest.raises(Refused, match=rf"^What to {name} is a list, as in {name}=\['legend'\]\.$"):
            figure(**{name: "legend"})


def test_a_page_too_small_for_its_type_is_refused_with_one_that_would_do(graph: Graph, frame: Frame) -> None:
    options = figure(width="1cm")
    with pytest.raises(Refused, match="too small for its type") as refused:
        picture.render(graph, frame, options)
    would_do = re.search(r"([\d.]+)cm would do", str(refused.value))
    assert would_do is not None
    wider = replace(options, width=Width(float(would_do[1]), "cm"))
    assert picture.why_not(graph, wider) is None


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".tex"])
def test_a_page_of_shapes_too_small_for_its_type_is_refused_too(
    graph: Graph, frame: Frame, suffix: str
) -> None:
    with pytest.raises(Refused, match=r"A page 0\.05cm wide is too small for its type"):
        EXPORTERS[suffix].write(graph, frame, figure(width="0.05cm"))


def test_small_type_is_told_with_the_width_at_which_it_can_be_read(graph: Graph, frame: Frame) -> None:
    options = figure(width="single")
    points, wider = picture.small_type(graph, frame, options)
    assert 1 < points < 6
    assert wider is not None
    again, none = picture.small_type(graph, frame, replace(options, width=wider))
    assert again >= 6
    assert none is None


def test_a_resolution_too_high_for_memory_is_refused_with_one_that_would_do(graph: Graph) -> None:
    refusal = picture.why_not(graph, figure(width="100in", dpi=2400))
    assert refusal is not None
    dpi = int(re.search(r"(\d+) dpi would do", refusal)[1])
    assert picture.why_not(graph, figure(width="100in", dpi=dpi)) is None


@pytest.mark.parametrize(("width", "dpi"), [("100000px", None), ("100000px", 14), ("200in", 2400)])
def test_a_width_too_large_for_memory_is_refused_with_advice_that_works(
    graph: Graph, width: str, dpi: int | None
) -> None:
    refusal = picture.why_not(graph, figure(width=width, dpi=dpi))
    assert refusal is not None
    fitting = re.search(r"([\d.]+px|\d+ dpi) would do", refusal)[1]
    given = {"width": fitting, "dpi": dpi} if "px" in fitting else {"width": width, "dpi": int(fitting[:-4])}
    assert picture.why_not(graph, figure(**given)) is None
