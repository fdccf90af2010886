"""Sheets: every format holds every gradient, is well formed, and takes any name as it is."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.derivation import derive_node
from nodegraph.core.explain.derivation_sheet import SUFFIXES, as_latex, as_text, format_of, write_sheet
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from tests.strategies import graphs

AWKWARD = ["my_weight", "a & b", "50%", "{x}", "a\\b", "<b>bold</b>", "$1", "#x", "a^b", "a~b", "日本", "α"]
VOID = {"meta"}


def awkward_graph() -> Graph:
    nodes = [Node(f"n{place}", "input", name, 2.0, rank=place) for place, name in enumerate(AWKWARD)]
    made = [Edge(node.id, "y", port) for port, node in enumerate(nodes)]
    graph = Graph.of([*nodes, Node("y", "add", "y", rank=99)], made)
    graph.apply(edits.set_title(graph, "50% <of> a_b & \\c"))
    return graph


class Tags(HTMLParser):
    """Checks that what is opened is closed, in order, and remembers the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_balanced(latex: str) -> None:
    """Braces, \\left and \\right, \\begin and \\end come in pairs."""
    depth = 0
    for token in re.findall(r"\\.|[{}]", latex):
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"\\left\b", latex)) == len(re.findall(r"\\right\b", latex))
    names = (sorted(re.findall(rf"\\{word}\{{([a-z*]+)\}}", latex)) for word in ("begin", "end"))
    assert next(names) == next(names)
    assert latex.count(r"\begin{") == latex.count(r"\end{")


@pytest.mark.parametrize("kind", SUFFIXES)
def test_every_format_tells_every_gradient(seed_graph: Graph, seed_trace: Trace, kind: str) -> None:
    sheet = write_sheet(seed_graph, seed_trace, kind)
    assert "Product rule by one factor: the other factor remains" in sheet
    for number in (15, 10, 5, 4, 20):
        assert str(number) in sheet
    assert sheet.endswith("\n")


def test_plain_text_reads_as_on_a_blackboard(seed_graph: Graph, seed_trace: Trace) -> None:
    sheet = write_sheet(seed_graph, seed_trace, "text")
    assert "  e = a × b = 2 × 3 = 6\n" in sheet
    assert "  ∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15\n" in sheet


def test_a_sheet_of_one_node_tells_only_of_it(seed_graph: Graph, seed_trace: Trace) -> None:
    sheet = write_sheet(seed_graph, seed_trace, "text", "a")
    assert "∂L/∂a = " in sheet
    assert "∂L/∂b" not in sheet


def test_latex_is_a_whole_document_with_everything_escaped() -> None:
    graph = awkward_graph()
    sheet = write_sheet(graph, run(graph), "latex")
    assert sheet.count(r"\begin{document}") == sheet.count(r"\end{document}") == 1
    assert r"\title{50\% <of> a\_b \& \textbackslash{}c}" in sheet
    assert_balanced(sheet)
    body = sheet.partition(r"\begin{document}")[2]
    assert not re.search(r"(?<!\\)[%#]", body)


def test_html_stands_alone_and_has_no_name_unescaped() -> None:
    graph = awkward_graph()
    tags = Tags()
    sheet = write_sheet(graph, run(graph), "html")
    tags.feed(sheet)
    assert tags.open == []
    assert "b" not in tags.seen
    assert "math" in tags.seen
    assert "<b>bold</b>" in tags.text.replace("\n", "")
    assert "<script" not in sheet


def test_html_without_a_converter_shows_formulas_as_text(
    seed_graph: Graph, seed_trace: Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "latex2mathml.converter", None)
    tags = Tags()
    tags.feed(write_sheet(seed_graph, seed_trace, "html"))
    assert "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15" in tags.text
    assert "math" not in tags.seen


def test_markdown_ends_no_formula_at_a_mark_in_a_name() -> None:
    graph = parse("L = a*b")
    for old, new in (("a", "w`1"), ("b", "50%`"), ("L", "x`")):
        graph.apply(edits.rename(graph, graph.named(old).id, new))
    sheet = write_sheet(graph, run(graph), "markdown")
    formulas = re.findall(r"\$`(.*?)`\$", sheet)
    assert formulas
    left = re.sub(r"\$`.*?`\$|```math\n.*?\n```", "", sheet, flags=re.DOTALL)
    assert re.findall(r"(?<!\\)`", left) == []
    assert all(formula.count("{") == formula.count("}") for formula in formulas)


def test_markdown_keeps_a_name_with_an_escape_out_of_reach_of_markdown() -> None:
    graph = parse("y = my_weight*x", my_weight=2, x=3)
    sheet = write_sheet(graph, run(graph), "markdown")
    blocks = re.findall(r"^(\$\$|```math)\n(.*?)\n(?:\$\$|```)$", sheet, re.MULTILINE | re.DOTALL)
    assert {fence for fence, rows in blocks if r"\_" in rows} == {"```math"}
    assert {fence for fence, rows in blocks} == {"$$", "```math"}


def test_what_cannot_be_computed_is_told_at_the_end() -> None:
    nodes = [Node("a", "input", "a", 1.0), Node("s", "add", "s", rank=1)]
    graph = Graph.of(nodes, [Edge("a", "s", 0)])
    assert "s: Connect input 2." in write_sheet(graph, run(graph), "text")


def test_an_empty_graph_has_a_sheet_too() -> None:
    for kind in SUFFIXES:
        assert write_sheet(Graph(), run(Graph()), kind)


def test_what_is_copied_goes_into_other_documents(seed_trace: Trace) -> None:
    told = derive_node(seed_trace.last_frame, "a")
    latex = as_latex(told)
    assert latex.startswith("\\begin{align*}\na &= 2\n\\end{align*}")
    assert_balanced(latex)
    assert "  ∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15\n" in as_text(told)


def test_the_ending_of_a_name_asks_for_a_format() -> None:
    assert [format_of(f"Sheet{suffix}") for suffix in SUFFIXES.values()] == list(SUFFIXES)
    assert format_of("SHEET.TEX") == "latex"
    assert format_of("sheet.pdf") is None


@given(graphs())
def test_any_graph_has_well_formed_sheets(graph: Graph) -> None:
    trace = run(graph)
    assert_balanced(write_sheet(graph, trace, "latex"))
    assert_balanced(write_sheet(graph, trace, "markdown"))
    tags = Tags()
    tags.feed(write_sheet(graph, trace, "html"))
    assert tags.open == []


def test_brackets_in_a_line_of_text_are_as_large_as_what_they_hold() -> None:
    graph = parse("L = (a/b + c)**2 + abs(d/a)*abs(d)*(b + c)", a=2, b=4, c=1, d=-3)
    formula = r"L = \bigl(\frac{a}{b} + c\bigr)^{2} + \bigl|\frac{d}{a}\bigr| \times |d| \times (b + c)"
    assert f"${formula}$" in write_sheet(graph, run(graph), "latex")


@pytest.mark.parametrize(
    ("kind", "head", "formula"),
    [
        ("markdown", r"### $\frac{\partial L}{\partial \sigma_{1}}$", r"$L = (y_{\mathrm{hat}} - t"),
        (
            "latex",
            r"\subsection*{$\frac{\partial L}{\partial \sigma_{1}}$}",
            r"$L = (y_{\mathrm{hat}} - t)^{2}$",
        ),
        (
            "html",
            '<h3><span role="math" aria-label="∂L/∂sigma1"><math',
            'aria-label="L = (y_hat − t)²"><math',
        ),
        ("text", "\n∂L/∂sigma1\n", "  L = (y_hat − t)²\n"),
    ],
)
def test_a_symbol_has_one_look_in_headings_and_equations(kind: str, head: str, formula: str) -> None:
    graph = parse("sigma1 = w11*x + b; y_hat = tanh(sigma1); L = (y_hat - t)**2", w11=0.5, x=2, b=0.1)
    sheet = write_sheet(graph, run(graph), kind)
    assert head in sheet
    assert formula in sheet


def test_names_in_sentences_look_as_they_do_in_equations() -> None:
    graph = parse("y_1 = log(x_1); L = y_1*a", x_1=-1, a=2)
    graph.apply(edits.set_muted(graph, ["L"], True))
    sheet = write_sheet(graph, run(graph), "latex", "L")
    assert r"\section*{$L$ · Multiply, the output}" in sheet
    assert "y_1" not in sheet.replace(r"$y_{1}$", "")
    assert r"$y_{1}$: " in write_sheet(graph, run(graph), "latex")


def test_what_begins_with_a_name_that_holds_signs_is_escaped_once() -> None:
    graph = awkward_graph()
    assert r"\section*{$\text{“}\mathrm{50\%}\text{”}$ · Input}" in write_sheet(
        graph, run(graph), "latex", "n2"
    )
    assert "## $`\\text{“}\\mathrm{50\\%}\\text{”}`$ · Input" in write_sheet(
        graph, run(graph), "markdown", "n2"
    )
