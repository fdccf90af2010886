"""Cards of TikZ pictures say what the canvas says, in its inks: what is wrong, what has no digit, and whose
colour they have.
"""

from __future__ import annotations

import re

import pytest

from nodegraph.canvas import tikz_shapes as tz
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.picture import PictureOptions
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.together import set_colour

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(graph: Graph, position: int | None = None, **options: object) -> str:
    """The picture without its preamble."""
    trace = run(graph)
    frame = trace.last_frame if position is None else trace.frame(position)
    text = exporter_of("x.tex").write(graph, frame, PictureOptions(**options)).decode()
    return text.partition(r"\useasboundingbox")[2]


def inks(text: str, said: str) -> list[str]:
    """The colours in which these words are written."""
    return re.findall(rf"text=(\{{.*?\}})\] at \S+ \{{{re.escape(said)}\}};", text)


def test_a_number_that_is_not_finite_is_in_the_colour_of_trouble_and_its_card_is_dashed() -> None:
    text = drawn(parse("e = log(x); L = e + b", x=-1, b=2))
    danger = tz.ink(LIGHT.danger)
    assert inks(text, "NaN") == [danger, danger]
    rims = [line for line in text.splitlines() if line.startswith(r"\draw[card") and "dash" in line]
    assert len(rims) == 1
    assert danger in rims[0]


def test_what_is_not_reached_yet_is_quiet() -> None:
    graph = parse("L = a*b", a=2, b=3)
    assert inks(drawn(graph, 0), "2") == [tz.ink(LIGHT.dim)]
    assert inks(drawn(graph), "2") == [tz.ink(LIGHT.forward)]
    assert len(inks(drawn(graph, 0), r"\ldots{}")) == 4


def test_a_node_keeps_its_own_colour() -> None:
    graph = parse("L = a*b", a=2, b=3)
    plain = drawn(graph)
    node = graph.named("a")
    assert node is not None
    graph.apply(set_colour(graph, [node.id], "#123456"))
    changed = set(drawn(graph).splitlines()) - set(plain.splitlines())
    assert sum(line.startswith(r"\begin{scope}\clip[card]") for line in changed) == 1


def test_the_output_is_called_so() -> None:
    assert len(re.findall(r"\\mdseries.*?\{?output\}", drawn(parse("L = a*b", a=2, b=3)))) == 1


def test_badges_stand_below_cards_unless_they_are_hidden() -> None:
    graph = parse("L = a*a + a", a=2)
    trace = run(graph)
    position = next(
        k for k in range(trace.forward_steps, trace.step_count) if trace.frame(k).arrived("a")[0] == 1
    )
    assert inks(drawn(graph, position), "1 of 3 arrived") == [tz.ink(LIGHT.text)]
    assert not inks(drawn(graph, position, badges=False), "1 of 3 arrived")


def test_numbers_have_two_digits_at_least() -> None:
    """A value of −2.7e−123 stood as −3e−123 on its card, where the label beside it said −2.7e−123."""
    text = drawn(parse("d = a*b; L = d + x", a=-2.68e-123, b=1, x=1))
    assert len(inks(text, r"$-$2.7e$-$123")) > 1
    assert not inks(text, r"$-$3e$-$123")


def test_the_title_of_an_open_group_stands_at_its_left_and_stays_in_its_box() -> None:
    graph = parse("e = a*b; L = e + c", a=2, b=3, c=4)
    title = "A product with a title that is much longer than its box is wide"
    node = graph.named("e")
    assert node is not None
    graph.apply(grouping.group(graph, [node.id], title))
    text = drawn(graph)
    assert title not in text
    assert re.search(r"inner sep=2bp, anchor=west.*\{A prod[^}]*\\ldots", text)


def test_the_title_of_a_collapsed_group_is_whole_where_there_is_room_beside_the_count() -> None:
    graph = parse("e = a*b; d = e + c; L = d*f", a=2, b=-3, c=10, f=-2)
    graph.apply(grouping.group(graph, [graph.named(n).id for n in ("e", "d")], "Neurons of h"))  # type: ignore[union-attr]
    graph.apply(grouping.set_collapsed(graph, [group.id for group in graph.groups()], True))
    assert "{Neurons of h};" in drawn(graph)


def test_labels_grow_where_the_type_of_latex_is_the_wider_one() -> None:
    """−1.7 × 1 = −1.7 reached over both ends of its label."""
    chips = [
        line for line in drawn(parse("L = a*b", a=-1.7, b=1)).splitlines() if r"\node[card, chip" in line
    ]
    assert len(chips) == 2
    assert all("minimum width=" in line and "inner xsep=" in line for line in chips)


@pytest.mark.parametrize(("suffix", "said"), [(".tex", r"$\approx$ 0"), (".dot", "≈ 0"), (".mmd", "≈ 0")])
def test_what_is_0_but_for_rounding_is_said_to_be_so_in_every_format(suffix: str, said: str) -> None:
    graph = parse("L = 0.1*x + 0.2*x - 0.3*x + y", x=2.0, y=1.0)
    frame = run(graph).last_frame
    text = exporter_of("x" + suffix).write(graph, frame, PictureOptions()).decode()
    assert said in text
    assert "e−17" not in text


@pytest.mark.parametrize("suffix", [".dot", ".mmd"])
def test_a_collapsed_group_says_what_leads_out_of_it(suffix: str) -> None:
    graph = parse("e = a*b; d = e + c; L = d*f", a=2, b=-3, c=10, f=-2)
    graph.apply(grouping.group(graph, [graph.named(n).id for n in ("e", "d")], "Both"))  # type: ignore[union-attr]
    graph.apply(grouping.set_collapsed(graph, [group.id for group in graph.groups()], True))
    text = exporter_of("x" + suffix).write(graph, run(graph).last_frame, PictureOptions()).decode()
    assert "d = 4" in text
    assert "∂L/∂d = −2" in text
