"""What a notebook shows of a graph and of a trace."""

from __future__ import annotations

import base64
import html
import re

import pytest

import nodegraph as ng
from nodegraph.canvas.notebook import graph_of
from nodegraph.core.graph.edits import set_output
from nodegraph.formats import pdf, png
from nodegraph.formats.pictures.html import extract

pytestmark = pytest.mark.usefixtures("qapp")
KINDS = {"text/html", "image/svg+xml", "image/png", "application/pdf"}


def test_a_graph_shows_itself_as_a_page_and_as_pictures() -> None:
    graph = ng.parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    shown = graph._repr_mimebundle_()
    assert shown.keys() == KINDS
    frame = r'<iframe sandbox="allow-scripts" .* srcdoc="([^"]*)"></iframe>'
    page = re.fullmatch(frame, shown["text/html"], re.S)
    assert page is not None
    assert b'"format": "nodegraph"' in extract(html.unescape(page[1]).encode())
    assert shown["image/svg+xml"].startswith("<svg ")
    assert png.is_png(base64.b64decode(shown["image/png"]))
    assert pdf.is_pdf(base64.b64decode(shown["application/pdf"]))


def test_only_what_is_wanted_is_drawn() -> None:
    graph = ng.parse("y = x*x", x=2)
    assert graph._repr_mimebundle_(include={"image/png"}).keys() == {"image/png"}
    assert graph._repr_mimebundle_(exclude=KINDS - {"image/svg+xml"}).keys() == {"image/svg+xml"}


def test_a_trace_shows_the_values_it_was_run_with() -> None:
    graph = ng.parse("p = x*x; q = x + 1", x=2)
    graph.apply(set_output(graph, graph.named("p").id))
    trace = ng.run(graph, values={graph.named("x").id: 7.0})
    again = graph_of(trace)
    assert again.output == graph.output
    assert ng.run(again).order == trace.order
    drawn = trace._repr_mimebundle_(include={"image/svg+xml"})["image/svg+xml"]
    assert ">49<" in drawn


def test_nbconvert_finds_all_that_it_makes_html_and_latex_of() -> None:
    nbconvert = pytest.importorskip("nbconvert", reason="nbconvert is not installed")
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    shown = ng.parse("L = a*b", a=2, b=3)._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=shown)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("graph", outputs=[output])])
    page, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    assert re.search(r'<iframe [^>]*sandbox="allow-scripts"', page)
    latex, made = nbconvert.LatexExporter().from_notebook_node(notebook)
    (name,) = (name for name in made["outputs"] if name.endswith(".pdf"))
    assert name in latex
    assert pdf.is_pdf(made["outputs"][name])


def test_an_empty_graph_is_only_told() -> None:
    assert ng.Graph()._repr_mimebundle_() == {}
