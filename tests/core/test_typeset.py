"""Names are typeset by one rule, and never so that two nodes look the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.passes import run
from nodegraph.core.explain.derivation import derive_node
from nodegraph.core.explain.derivation_sheet import write_sheet
from nodegraph.core.graph import edits
from nodegraph.core.graph.naming import shown_name
from nodegraph.core.operations.formula_writer import write_name
from nodegraph.core.typeset import WORD, Typeset, as_html, flat, namesakes, typeset


def with_index(stem: str, index: str) -> Typeset:
    return Typeset(((stem, False), (index, True)))


@pytest.mark.parametrize(
    ("name", "stem", "index"),
    [
        ("w11", "w", "11"), ("x_1", "x", "1"), ("w_ij", "w", "ij"), ("alpha_2", "α", "2"),
        ("sigma2", "σ", "2"), ("θ2", "θ", "2"), ("w_1_2", "w", "1,2"), ("w1_2", "w", "1,2"),
        ("x_max", "x", "max"), ("h_t", "h", "t"), ("sigma_x", "σ", "x"), ("loss2", "loss", "2"),
        ("layer_10", "layer", "10"), ("x_mu", "x", "μ"), ("Delta_t", "Δ", "t"), ("d1", "d", "1"),
        ("Жук7", "Жук", "7"), ("x₁₂", "x", "12"), ("w₁_2", "w", "1,2"), ("sigma₂", "σ", "2"),
    ],
)  # fmt: skip
def test_an_index_is_lowered(name: str, stem: str, index: str) -> None:
    assert typeset(name) == with_index(stem, index)
    assert as_html(typeset(name)) == f"{stem}<sub>{index}</sub>"


@pytest.mark.parametrize(
    "name",
    [
        "a", "learning_rate", "h4_p1", "x_", "_x", "_", "x__1", "2x", "1", "weight 1", "x-1", "x_₁", "x1₂",
        "log_prob", "p_hidden_layer", "x_averyveryverylongword", "x1y", "dL", "a<b>1", "קלט1", "x'",
    ],
)  # fmt: skip
def test_what_has_no_index_stays_as_it_is(name: str) -> None:
    assert typeset(name) == name


@pytest.mark.parametrize(("name", "letter"), [("sigma", "σ"), ("Sigma", "Σ"), ("pi", "π"), ("lambda", "λ")])
def test_a_letter_that_is_named_stands_as_itself(name: str, letter: str) -> None:
    assert typeset(name) == letter


NAMESAKES = [("x1", "x_1"), ("x1", "x₁"), ("sigma", "σ"), ("alpha2", "α_2"), ("w_1_2", "w1_2")]


@pytest.mark.parametrize("names", NAMESAKES)
def test_names_that_would_look_the_same_stay_plain(names: tuple[str, str]) -> None:
    one, other = names
    graph = parse("L = a*b + c", a=1, b=2, c=3)
    graph.apply(edits.rename(graph, "a", one))
    assert shown_name(graph, one) == typeset(one)
    graph.apply(edits.rename(graph, "b", other))
    assert (shown_name(graph, one), shown_name(graph, other)) == names


@pytest.mark.parametrize("names", NAMESAKES)
def test_names_that_would_look_the_same_are_two_symbols_in_latex(names: tuple[str, str]) -> None:
    one, other = (write_name(name, "latex", plain=True) for name in names)
    assert one != other
    graph = parse("k = a*b; L = a*k + sin(b)", a=2, b=3)
    for old, new in zip("ab", names, strict=True):
        graph.apply(edits.rename(graph, old, new))
    frame = run(graph).last_frame
    lines = {line.latex for node_id in "akbL" for line in derive_node(frame, node_id).lines}
    assert rf"k = {one} \times {other} = 2 \times 3 = 6" in lines
    assert rf"\frac{{\partial k}}{{\partial {other}}} = {one} = 2" in lines
    assert any(line.startswith(rf"{one} \to k \to ") for line in lines)
    sheet = write_sheet(graph, frame.trace, "latex")
    assert formula_of(graph, "latex") == rf"L = {one} \times k + \sin({other})"
    assert rf"section*{{$\frac{{\partial L}}{{\partial {other}}}$}}" in sheet
    again = run(graph, left={"a": 1.0})
    assert rf"{one}.\mathrm{{grad}} &\leftarrow" in write_sheet(graph, again, "latex")


def test_a_name_is_typeset_in_latex_once_its_namesake_is_gone() -> None:
    graph = parse("L = x1*x2 + x_1", x1=2, x2=3, x_1=4)
    assert formula_of(graph, "latex") == r"L = \mathrm{x1} \times x_{2} + \mathrm{x\_1}"
    graph.apply(edits.rename(graph, "x_1", "y"))
    assert formula_of(graph, "latex") == r"L = x_{1} \times x_{2} + y"


@given(st.from_regex(r"[a-zA-Zσα]{1,5}([₀-₉]{1,2}|_?[0-9a-z]{0,3})(_[0-9a-z]{1,2})?", fullmatch=True))
def test_namesakes_look_the_same_and_know_each_other(name: str) -> None:
    for other in namesakes(name):
        assert other != name
        assert typeset(other) == typeset(name)
        assert name in namesakes(other)


@given(st.text(max_size=20))
def test_any_name_is_typeset_to_something_that_can_be_seen(name: str) -> None:
    assert bool(flat(typeset(name))) == bool(name)


def test_a_power_is_no_part_of_the_word_before_it() -> None:
    assert re.findall(WORD, "L = e2² − x_1⁻¹, σ₁") == ["L", "e2", "x_1", "σ₁"]
