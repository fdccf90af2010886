"""Names in panels are typeset, while what is typed, read aloud and searched keeps the plain name."""

from __future__ import annotations

import re

import pytest

from nodegraph.app.platform import settings
from nodegraph.app.widgets.text import with_names
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.core.building.expression import parse
from nodegraph.core.typeset import flat, joined, typeset


@pytest.fixture
def neuron(window: MainWindow) -> MainWindow:
    """A window on a graph whose names have indices, after both passes, with w11 selected."""
    window.document.replace(parse("z_1 = w11*x_1; L = sigma*z_1", w11=2, x_1=3, sigma=4))
    window.player.seek(len(window.player.trace.steps))
    graph = window.document.graph
    node = graph.named("w11")
    assert node is not None
    window.scene.select([node.id])
    return window


def test_formulas_and_sentences_lower_indices(neuron: MainWindow) -> None:
    page = neuron.features.inspector.panel.node_page
    assert "w<sub>11</sub>" in page.chain.text()
    assert "x<sub>1</sub>" in page.because.text()
    assert "w11" in page.chain.plain
    assert "<sub>" not in page.chain.accessibleName()
    said = neuron.features.passes.transport.sentence
    assert "<sub>" in said.text()
    assert "<sub>" not in said.accessibleName()
    told = neuron.features.passes.transport.timeline.describe(2)
    assert "z<sub>1</sub>" in told


def test_the_field_to_rename_and_the_search_keep_the_plain_name(neuron: MainWindow) -> None:
    assert neuron.features.inspector.panel.node_page.name.text() == "w11"
    graph = neuron.document.graph
    assert {node.name for node in graph.nodes()} >= {"w11", "x_1", "sigma"}


def test_names_stay_plain_everywhere_where_that_was_chosen(neuron: MainWindow) -> None:
    neuron.commands.actions["view.typeset_names"].trigger()
    assert neuron.settings.value(settings.TYPESET_NAMES) is False
    page = neuron.features.inspector.panel.node_page
    assert "w11" in page.chain.text()
    assert "<sub>" not in page.chain.text() + neuron.features.passes.transport.sentence.text()
    assert neuron.scene.items_by_id[neuron.document.graph.named("w11").id].face.name == "w11"  # type: ignore[union-attr]
    neuron.commands.actions["view.typeset_names"].trigger()
    assert "w<sub>11</sub>" in page.chain.text()


def test_the_formula_of_the_top_bar_and_the_sentence_of_a_presentation_are_typeset_too(
    neuron: MainWindow,
) -> None:
    neuron.resize(1600, 900)
    formula, caption = neuron.top_bar.formula, neuron.features.presentation.caption
    assert formula.text() == "·  L = sigma × z_1"
    assert formula.line() == joined("·  L = σ × ", typeset("z_1"))
    neuron.features.presentation.set_on(True)
    neuron.player.seek(1)
    assert "w<sub>11</sub>" in with_names(caption.sentence, caption.names)
    low = caption._written(caption.sentence, 20.0, 900.0).toHtml()
    assert "vertical-align:sub" in low
    neuron.features.presentation.set_on(False)
    neuron.commands.actions["view.typeset_names"].trigger()
    assert formula.line() == formula.text()
    assert "vertical-align:sub" not in caption._written(caption.sentence, 20.0, 900.0).toHtml()


def test_a_formula_too_long_for_the_top_bar_ends_in_three_dots(neuron: MainWindow) -> None:
    formula = neuron.top_bar.formula
    formula.resize(60, formula.height())
    style = formula.fontInfo().pixelSize(), formula.font().weight()
    assert flat(formula.line()).endswith("…")
    assert text_width(formula.line(), style) <= 60


def test_a_shorter_formula_is_shown_where_there_is_no_room_for_the_whole(neuron: MainWindow) -> None:
    neuron.resize(1366, 768)
    neuron.document.replace(parse(
        "measured_temperature; L = (weight_of_today*temperature_yesterday + bias - measured_temperature)**2"
    ))  # fmt: skip
    formula = neuron.top_bar.formula
    whole = "L = (weight_of_today × temperature_yesterday + bias − measured_temperature)²"
    assert formula.toolTip() == whole
    style = formula.fontInfo().pixelSize(), formula.font().weight()
    for width in range(1200, 60, -20):
        formula.resize(width, formula.height())
        assert not flat(formula.line()).endswith("…")
        assert text_width(formula.line(), style) <= width
    assert flat(formula.line()) == "·  L = g²"


def test_only_names_in_the_text_of_html_are_typeset() -> None:
    def names(word: str) -> object:
        return typeset(word) if word in ("b1", "pi", "amp") else None

    assert with_names("L = b1²", names) == "L = b<sub>1</sub>²"  # type: ignore[arg-type]
    html = '<b1 class="b1">b1 &amp; pi, not b12 or sub_b1 &#960;</b1>'
    found = with_names(html, names)  # type: ignore[arg-type]
    assert found == '<b1 class="b1">b<sub>1</sub> &amp; π, not b12 or sub_b1 &#960;</b1>'
    assert re.sub("<[^>]*>", "", found).startswith("b1 &amp;")
