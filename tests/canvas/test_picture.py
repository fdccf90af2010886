"""Pictures: exact size and colours, the document inside, and a refusal with a scale that would do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from nodegraph.canvas import picture
from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.drawing.theme import LIGHT, THEMES
from nodegraph.canvas.items import chip_layer
from nodegraph.canvas.picture import LONGEST_SIDE, MOST_PIXELS, PictureOptions
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group, set_collapsed
from nodegraph.core.layout import routes
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.layout.shapes import EdgeKind
from nodegraph.formats import native
from nodegraph.formats import png as png_format

pytestmark = pytest.mark.usefixtures("qapp")


def render(graph: Graph, position: int | None = None, **options: object) -> QImage:
    trace = run(graph)
    frame = trace.last_frame if position is None else trace.frame(position)
    return picture.render(graph, frame, PictureOptions(**options))


def colors(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5, 2.0, 8.0])
def test_a_pictures_size_is_its_area_times_the_scale(graph: Graph, scale: float) -> None:
    area = GraphScene(graph, LIGHT).drawn_rect()
    options = PictureOptions(scale=scale, margin=20)
    expected = (round((area.width() + 40) * scale), round((area.height() + 40) * scale))
    image = render(graph, scale=scale, margin=20)
    assert (image.width(), image.height()) == picture.pixel_size(graph, options) == expected


@pytest.mark.parametrize("theme", THEMES)
def test_colours_are_exactly_the_themes(graph: Graph, theme: str) -> None:
    image = render(graph, theme=theme, scale=2.0, highlight=False)
    tokens = THEMES[theme]
    for x, y in (
        (0, 0),
        (image.width() - 1, 0),
        (0, image.height() - 1),
        (image.width() - 1, image.height() - 1),
    ):
        assert image.pixelColor(x, y) == QColor(tokens.background)
    area = GraphScene(graph, tokens).drawn_rect().adjusted(-24, -24, 24, 24)
    place = GraphScene(graph, tokens).items_by_id["a"].card.center() - area.topLeft()
    assert image.pixelColor(round(place.x() * 2), round(place.y() * 2)) == QColor(tokens.card)
    assert {tokens.forward, tokens.positive, tokens.negative, tokens.head} <= colors(image)


def test_a_transparent_picture_has_clear_corners_and_solid_cards(graph: Graph) -> None:
    image = render(graph, transparent=True, scale=1.0)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(image.width() - 1, image.height() - 1).alpha() == 0
    alphas = {image.pixelColor(x, y).alpha() for x in range(image.width()) for y in (70, 71)}
    assert 255 in alphas


def test_a_picture_of_the_selection_shows_only_it(graph: Graph) -> None:
    some = frozenset({"a", "e"})
    whole, part = render(graph, scale=1.0), render(graph, scale=1.0, nodes=some, highlight=False)
    scene = GraphScene(graph, LIGHT, only=some)
    assert set(scene.items_by_id) == some
    assert scene.edge_layer.rows.keys == [("e", 0)]
    assert part.width() < whole.width()
    assert part.height() < whole.height()
    assert LIGHT.negative not in colors(part)


def test_numbers_are_written_with_letters(graph: Graph) -> None:
    image, other = render(graph, scale=2.0), render(graph.with_values({"a": 1234.0}), scale=2.0)
    assert image.size() == other.size()
    assert image != other
    blank = render(graph, 0, scale=2.0)
    assert blank != image
    assert LIGHT.positive not in colors(blank)


def test_the_step_decides_what_is_shown(graph: Graph) -> None:
    forward, backward = (colors(render(graph, step, scale=2.0)) for step in (4, None))
    assert LIGHT.positive not in forward
    assert LIGHT.positive in backward


def test_without_the_highlight_no_card_is_lit(graph: Graph) -> None:
    assert render(graph, 10, scale=1.0) != render(graph, 10, scale=1.0, highlight=False)


def test_drawn_band_by_band_it_is_the_same_picture(graph: Graph) -> None:
    frame = run(graph).last_frame
    *pieces, image = picture.drawing(graph, frame, PictureOptions(), band_pixels=50_000)
    assert len(pieces) > 10
    assert image == picture.render(graph, frame, PictureOptions())


def test_bands_agree_that_there_are_too_many_edges_for_chips(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chip_layer, "MOST_CHIPS", 3)
    frame, options = run(graph).last_frame, PictureOptions(highlight=False)
    *_, image = picture.drawing(graph, frame, options, band_pixels=50_000)
    assert image == picture.render(graph, frame, options)


@pytest.mark.parametrize("transparent", [True, False])
def test_only_a_transparent_picture_pays_for_transparency(graph: Graph, transparent: bool) -> None:
    data = picture.png(graph, run(graph).last_frame, PictureOptions(transparent=transparent))
    assert QImage.fromData(data, "PNG").hasAlphaChannel() == transparent


def test_the_same_picture_is_the_same_bytes(graph: Graph) -> None:
    trace = run(graph)
    one, other = (picture.png(graph, trace.last_frame, PictureOptions()) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("nodes", [None, frozenset({"a"})])
def test_the_picture_carries_the_whole_document_and_opens_again(
    graph: Graph, nodes: frozenset[str] | None
) -> None:
    data = picture.png(graph, run(graph).last_frame, PictureOptions(nodes=nodes))
    assert native.read(png_format.extract(data)) == graph
    assert QImage.fromData(data, "PNG").width() == picture.pixel_size(graph, PictureOptions(nodes=nodes))[0]


def test_a_graph_without_places_is_laid_out_for_its_picture_and_left_alone(qapp: QApplication) -> None:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    image = render(graph, scale=1.0)
    assert image.width() > 600
    assert all(node.x is None for node in graph.nodes())


def test_far_too_large_a_picture_is_refused_with_its_size_and_a_scale_that_then_works(graph: Graph) -> None:
    graph.apply(edits.move(graph, {"L": (20_000.0, 3_000.0)}))
    options = PictureOptions(scale=8.0)
    width, height = picture.pixel_size(graph, options)
    with pytest.raises(Refused, match=f"{width:,} × {height:,} pixels") as refused:
        picture.render(graph, run(graph).last_frame, options)
    assert str(refused.value) == picture.why_not(graph, options)
    found = re.search(r"scale ([\d.]+) would do", str(refused.value))
    assert found is not None
    scale = float(found[1])
    assert picture.why_not(graph, PictureOptions(scale=scale)) is None
    width, height = picture.pixel_size(graph, PictureOptions(scale=scale))
    assert max(width, height) <= LONGEST_SIDE
    assert width * height <= MOST_PIXELS
    assert picture.why_not(graph, PictureOptions(scale=scale * 1.05)) is not None


def test_where_no_scale_would_do_a_selection_is_advised(graph: Graph) -> None:
    graph.apply(edits.move(graph, {"L": (1e9, 0.0)}))
    assert "export a selection" in (picture.why_not(graph, PictureOptions(scale=1.0)) or "")


@pytest.mark.parametrize("nodes", [None, frozenset()])
def test_a_picture_of_nothing_is_refused(graph: Graph, nodes: frozenset[str] | None) -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        render(Graph() if nodes is None else graph, nodes=nodes)


def test_a_long_dashed_edge_is_painted_in_time(graph: Graph) -> None:
    graph = graph.with_values({"f": 0.0})
    graph.apply(edits.move(graph, {"L": (60_000.0, 0.0)}))
    assert not render(graph, scale=0.2).isNull()


def test_a_picture_needs_no_display_and_no_window(graph: Graph) -> None:
    code = (
        "from nodegraph.canvas import picture\n"
        "from nodegraph.core.building.expression import parse\n"
        "from nodegraph.core.engine.passes import run\n"
        "app = picture.ensure_application()\n"
        "graph = parse('y = a*b', a=2, b=3)\n"
        "data = picture.png(graph, run(graph).last_frame, picture.PictureOptions())\n"
        "assert data.startswith(b'\\x89PNG') and app.platformName() == 'offscreen'\n"
    )
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "QT_QPA_PLATFORM")}
    subprocess.run([sys.executable, "-c", code], check=True, env=bare, timeout=60)


def test_graphs_with_long_names_are_laid_out_with_room_for_their_cards(qapp: QApplication) -> None:
    names = {"a_name_as_wide_as_a_card_can_be": 1.0, "b": 2.0}
    graph = parse("out = tanh(a_name_as_wide_as_a_card_can_be * b) + b", **names)
    graph.apply(place_missing(graph, node_size))
    cards = [item.card for item in GraphScene(graph, LIGHT).items_by_id.values()]
    lefts = sorted({card.left() for card in cards})
    rights = [max(card.right() for card in cards if card.left() == left) for left in lefts]
    assert all(left - right >= 120 for right, left in zip(rights, lefts[1:], strict=False))


@pytest.mark.parametrize("kind", ["curved", "straight", "right-angled"])
def test_the_edges_of_a_large_picture_are_led_once_and_as_on_the_canvas(
    kind: EdgeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were led by the usual style first, then by that of the picture."""
    rows = "; ".join(f"h{i} = tanh(w{i}*x + b{i})" for i in range(20))
    graph = parse(f"{rows}; L = {' + '.join(f'h{i}' for i in range(20))}")
    graph.apply(place_missing(graph, node_size))
    options = PictureOptions(edges=EdgeStyle(kind, arrowheads=True))
    canvas = GraphScene(graph, LIGHT)
    canvas.placement.set_style(options.edges)
    times, finding = [], routes.finding_ways
    monkeypatch.setattr(routes, "finding_ways", lambda *given: times.append(1) or finding(*given))
    drawn = picture.scene_of(graph, options)
    assert len(times) == 1
    assert not drawn.placement.waits
    for key in canvas.edge_layer.rows.keys:
        assert np.array_equal(drawn.edge_layer.pieces(key), canvas.edge_layer.pieces(key))


def test_a_picture_without_edges_reaches_no_further_than_its_cards(graph: Graph) -> None:
    alone = PictureOptions(nodes=frozenset({"a"}))
    size = picture.pixel_size(graph, alone)
    graph.apply(edits.move(graph, {node.id: (node.x + 4000, node.y - 3000) for node in graph.nodes()}))
    assert picture.pixel_size(graph, alone) == size
    graph.apply(group(graph, [node.id for node in graph.nodes()], "all"))
    graph.apply(set_collapsed(graph, [graph.groups()[0].id], True))
    assert max(picture.pixel_size(graph, PictureOptions())) < 1000, "it reaches to the origin"


def test_cards_in_large_type_have_room_in_another_direction_too(graph: Graph) -> None:
    """They were laid out for usual type, and lay over each other."""
    options = PictureOptions(direction=Direction.DOWN, text_scale=1.7)
    scene = picture.scene_to_draw(graph, run(graph).last_frame, options)
    cards = [item.card for item in scene.items_by_id.values()]
    assert not any(one.intersects(other) for one, other in combinations(cards, 2))
