"""Expression text: the grammar, the place of every mistake, and the way back."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given

from nodegraph.core.building.expression import (
    drafted,
    parse,
    parse_with,
    part_in_text,
)
from nodegraph.core.building.formulas import formula_of, formulas_of
from nodegraph.core.building.fragments import insert_text
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.building.text_notes import constants_note, inserted_note, whole_text_note
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from tests.strategies import graphs


def value(text: str, **values: float) -> float:
    graph = parse(text, **values)
    found = run(graph).value(graph.output or "")
    assert found is not None
    return found


def shape(graph: Graph) -> object:
    """What a graph says, whatever its constants are called and in whatever order its nodes were made."""

    def described(node_id: str) -> object:
        node = graph.node(node_id)
        return ("constant", node.value) if node.op == "constant" else node.name

    return (
        sorted((node.name, node.op, node.value or 0.0) for node in graph.nodes() if node.op != "constant"),
        sorted(node.value or 0.0 for node in graph.nodes() if node.op == "constant"),
        sorted((graph.node(e.target).name, e.port, str(described(e.source))) for e in graph.edges()),
        described(graph.output) if graph.output else None,
    )


# --- what is read
@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("2 + 3*4", 14),
        ("(2 + 3)*4", 20),
        ("2 - 3 - 4", -5),
        ("2 - (3 - 4)", 3),
        ("24/4/2", 3),
        ("2**3**2", 512),
        ("-2**2", -4),
        ("(-2)**2", 4),
        ("2**-1", 0.5),
        ("--3", 3),
        ("+3", 3),
        (".5 + 1e1", 10.5),
        ("max(1, 2, 3) + min(1, 2)", 4),
        ("mean(1, 2, 6)", 3),
        ("add(1, 2, 3)*multiply(2, 3)", 36),
        ("sqrt(square(3) + 4**2)", 5),
        ("2 × 3 − 8 ÷ 4 · 2", 2),
        ("abs(-3) + relu(-1)", 3),
    ],
)
def test_text_means_what_it_means_in_python(text: str, result: float) -> None:
    assert value(text) == result


@pytest.mark.parametrize(
    ("program", "formula"),
    [
        ("y = np.tanh(w*x)", "y = tanh(w*x)"),
        ("math.exp(x) + numpy.log(x)", "exp(x) + log(x)"),
        ("torch.relu(x)*F.relu(x)", "relu(x)*relu(x)"),
        ("torch.nn.functional.softplus(x)", "softplus(x)"),
        ("torch.pow(x, 2) - jnp.negative(x)", "x**2 - (-x)"),
        ("scipy.special.expit(x)", "sigmoid(x)"),
        ("F.leaky_relu(x)", "leaky_relu(x)"),
        ("np.maximum(x, 0) + torch.max(a, b)", "max(x, 0) + max(a, b)"),
        ("np.max([a, b, c]) + np.sum((a, b))", "max(a, b, c) + (a + b)"),
        ("√np.tanh(x) + np.tanh(x)²", "sqrt(tanh(x)) + tanh(x)**2"),
        ("np.sin(2*np.pi*x) + math.e", "sin(2*pi*x) + e"),
        ("pi = 3*a; y = math.pi*pi", "pi = 3*a; y = 3.141592653589793*pi"),
    ],
)
def test_functions_of_known_modules_are_read(program: str, formula: str) -> None:
    assert shape(parse(program)) == shape(parse(formula))


def test_statements_part_at_semicolons_and_line_ends() -> None:
    assert value("e = a*b; d = e + c\nL = d*f", a=2, b=3, c=-10, f=5) == -20


def test_a_number_becomes_a_constant_and_a_free_name_an_input_at_one() -> None:
    graph = parse("y = 3*x")
    assert [(node.name, node.op, node.value) for node in graph.nodes()] == [
        ("k", "constant", 3),
        ("x", "input", 1),
        ("y", "multiply", None),
    ]


def test_names_of_parts_keep_clear_of_names_in_the_text() -> None:
    graph = parse("y = (k*3 + f)*(d + 2)")
    names = [node.name for node in graph.nodes()]
    assert len(set(names)) == len(names)
    assert {node.name for node in graph.nodes() if node.op == "input"} == {"k", "f", "d"}


def test_a_name_alone_makes_the_output() -> None:
    graph = parse("e = a*b; d = e + 1; e")
    assert graph.output == "e"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("y = a3; y = y*x + a2; y = y*x + a1", "y1 = a3*x + a2; y = y1*x + a1"),
        ("x0 = 2; x = x0; x = x - f/x; x = x - f/x", "x0 = 2; x1 = x0 - f/x0; x = x1 - f/x1"),
        ("h = x; h = tanh(w*h); h = tanh(v*h)", "h1 = tanh(w*x); h = tanh(v*h1)"),
        ("x = 3*a; old = x; x = x*2; y = old + x", "old = 3*a; x = old*2; y = old + x"),
        ("def f(p):\n  s = p*2\n  return s\nL = f(a)", "L = a*2"),
        ("h = a*b; out = h", "out = a*b"),
        ("p = a; q = p; L = p*q", "L = a*a"),
    ],
)
def test_another_name_for_a_value_makes_no_node(text: str, meant: str) -> None:
    assert to_text(parse(text)) == to_text(parse(meant))


def test_a_name_in_what_is_being_typed_renames_nothing() -> None:
    for text in ("L = a*b\nM = L", "e = a*b\nM = e\nL = M*2"):
        with pytest.raises(Refused, match="the name M would only be another name for"):
            drafted(text)
    assert "h" in drafted("h = x\nh = h*w").stated
    assert "M" in drafted("L = a*b\nM = L*2").stated
    assert drafted("def f(p):\n  s = p*2\n  return s\nL = f(a)").graph.named("L") is not None


def test_another_name_of_which_nothing_comes_is_refused_as_it_was_written() -> None:
    said = "line 1, column 10: the name y would only be another name for h; leave it out and write h"
    with pytest.raises(Refused, match=said):
        parse("h = a*b; y = h; z = h")


def test_text_is_read_and_never_run() -> None:
    with pytest.raises(TextError):
        parse("__import__('os').system('true')")


# --- what is refused, and where
@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("", 1, 1, "write a formula"),
        ("a +", 1, 4, "expected a number"),
        ("a b", 1, 3, "write * between two factors"),
        ("a * * b", 1, 5, "expected a number"),
        ("L = (a*b", 1, 5, "never closed"),
        ("L = a*b)", 1, 8, "closes nothing"),
        ("x = 1*a\ny = a % b", 2, 7, "operators are"),
        ("y = (a) // 2", 1, 9, "no operator //"),
        ("y = √x % 2", 1, 8, "no operator %"),
        ("y = |x|*größe & b", 1, 15, "no operator &"),
        ("y = x² << 2", 1, 8, "no operator <<"),
        ("y = x | z", 1, 7, "no operator |"),
        ("y = 2x", 1, 6, "write * between two factors"),
        ("y = (a)(b)", 1, 8, "write * between two factors"),
        ("y = 12e", 1, 7, "an exponent stands right behind its number"),
        ("y = 5 e-3*x", 1, 7, "an exponent stands right behind its number"),
        ("y = 3.5.2", 1, 8, "one decimal point"),
        ("y = sin x", 1, 9, "its operand in brackets: sin(x)"),
        ("y = 1,5*x", 1, 6, "a decimal has a point"),
        ("y = 1.5×10-3", 1, 11, "1.5e-3 or 1.5*10 - 3"),
        ("y = 2/3%", 1, 7, "set brackets"),
        ("y = x%", 1, 6, "behind a number"),
        ("y = 5!", 1, 6, "no factorial"),
        ("y = 1*a\nz = sin⁻¹(y)", 2, 5, "the inverse function"),
        (
            "y = 1*a\nz = tan^-1(y)",
            2,
            5,
            "tan^-1 may mean the inverse function, which is no operation here, or 1/tan",
        ),
        ("z = cos^2 x", 1, 11, "a function has its operand in brackets: cos^2(x)"),
        ("z = sin(y)^2 + sin^2(x)^3", 1, 16, "two powers stand at sin(x)"),
        ("z = x²(a + b)", 1, 7, "write * between two factors"),
        ("z = log(2,5)", 1, 5, "the function log takes 1 operand"),
        ("F = kq1q2/r²", 1, 5, "kq1q2 may be the product k*q1*q2 or one name"),
        ("y = e^(iπ)", 1, 8, "iπ may be the product i*π or one name"),
        ("y = 5 × 10−3", 1, 11, "this may be 5e-3 or 5*10 - 3"),
        ("y = x1 + ... + x5", 1, 10, "write out what the dots stand for"),
        ("y = x1 + … + x5", 1, 10, "write out what the dots stand for"),
        ("y = x··2", 1, 7, "two signs of a product stand side by side"),
        ("y = 2*sinx + cost", 1, 7, "sinx may be sin(x) or one name"),
        ("y = x ± 1", 1, 7, "± means two formulas"),
        ("x = -p/2 +- sqrt(q)", 1, 10, "+- may be ±, which means two formulas; write one of them"),
        ("x = -p/2-+2*sqrt(q)", 1, 9, "-+ may be ±, which means two formulas"),
        ("y = x +−1", 1, 7, "+- may be ±"),
        (r"x = \frac{p}{2} +- \sqrt{q}", 1, 17, "+- may be ±"),
        ("y = x +/- 1", 1, 7, "± means two formulas; write one of them"),
        ("y ≈ x", 1, 3, "write = between a name and its formula"),
        ("y = sin(30°)", 1, 11, "angles are in radians"),
        ("y = x mod 2", 1, 7, "there is no operator mod"),
        ("=A1*B1", 1, 1, "a name stands before ="),
        ("y = x.^2", 1, 6, "leave out the point before ^"),
        ("% remark\ny = x*2", 1, 1, "a remark begins with #"),
        ("z = R1 || R2", 1, 8, "there is no operator ||"),
        ("z = a : b", 1, 7, "a ratio is written with /"),
        ("z = (a×b + c)×f.", 1, 16, "leave out the full stop behind the formula"),
        ("z = a'*b", 1, 6, "a name with ' stands between backticks: `a'`"),
        ("z = f'(x)", 1, 6, "a derivative cannot stand in a graph"),
        ("z = x(x - 1)", 1, 5, "there is no function x; write x*(x) for a product"),
        ("A = πr²", 1, 5, "πr may be the product π*r or one name"),
        ("z = w1x1 + w2x2", 1, 5, "w1x1 may be the product w1*x1 or one name"),
        ("y = √x²", 1, 7, "below the root or not"),
        ("y = √", 1, 5, "behind √"),
        ("y = ∛x", 1, 5, "x**(1/3)"),
        ("y = |x", 1, 5, "never closed"),
        ("y = ²x", 1, 5, "no meaning"),
        ("y = 1½*x", 1, 6, "write 1 + 1/2"),
        ("y = log2(x)", 1, 5, "write log(x)/log(2)"),
        ("y = inf*x", 1, 5, "no finite number"),
        ("y = x*NaN", 1, 7, "no finite number"),
        ("y = ∞*x", 1, 5, "infinity is no number"),
        ("y = 2*foo(x)", 1, 7, "no function foo"),
        ("y = größe*foo(x)", 1, 11, "no function foo"),
        ("y = ÷2", 1, 5, "expected"),
        ("y = a × foo(x)", 1, 9, "no function foo"),
        ("y = sin(x, z)", 1, 5, "takes 1 operand, here are 2"),
        ("y = max(x)", 1, 5, "2 or more operands"),
        ("y = sin", 1, 5, "write sin(x)"),
        ("sin = 3", 1, 1, "choose another name"),
        ("y = sin(x=3)", 1, 5, "without names"),
        ("y = y + 1", 1, 5, "before its own statement"),
        ("y = z*2; z = 3*x", 1, 5, "before its own statement"),
        ("y = 2*x; y = 3*x", 1, 10, "has a meaning already"),
        ("y = x", 1, 1, "another name for x"),
        ("a, b = c", 1, 1, "one name"),
        ("a, b = 1, 2, 3", 1, 1, "not as many names"),
        ("a, b = b, a", 1, 4, "a statement of its own"),
        ("a = b = c*2", 1, 5, "statement of its own"),
        ("y = 1e999", 1, 5, "too large"),
        ("z = a*b\ny = 2*" + "1" * 5000, 2, 7, "too large"),
        ("y = 'two'", 1, 5, "plain numbers"),
        ("y = True", 1, 5, "plain numbers"),
        ("y = 1j", 1, 5, "no complex numbers"),
        ("y = a < b", 1, 7, "a comparison cannot stand in a graph"),
        ("y = a and b", 1, 7, "can stand in a formula"),
        ("w = 2*a; y = max(a, w). z = c", 1, 23, "on a line of its own or behind a semicolon"),
        ("a = 1 b = 2", 1, 7, "on a line of its own or behind a semicolon"),
        ("a = 1, b = 2 c = 3", 1, 14, "on a line of its own or behind a semicolon"),
        ("y = a*b,\nz = c", 1, 8, "leave it out here"),
        ("y = a*b, z == c", 1, 8, "a comma parts the operands"),
        ("e = a × b = 6", 1, 11, "a statement has one =; leave out = 6"),
        ("`y = x^2`", 1, 1, "leave out the marks `"),
        ("y = w₁x₁ + b", 1, 7, "the product w₁·x₁ or one name, w1x1"),
        ("y = h₁₂x", 1, 8, "the product h₁₂·x or one name, h12x"),
        ("y = x₁2", 1, 7, "the product x₁·2 or one name, x12"),
        ("y = a.real", 1, 6, "can stand in a formula"),
        ("y = a.foo(x)", 1, 6, "no function foo"),
        ("y = np.foo(x)", 1, 5, "no function np.foo"),
        ("y = 2*np.sinh(x)", 1, 7, "no function np.sinh; write (exp(x) - exp(-x))/2"),
        ("y = np.max(a, b)", 1, 5, "as one list here: np.max([a, b])"),
        ("y = tf.nn.leaky_relu(x)", 1, 5, "no function tf.nn.leaky_relu"),
        ("y = F.leaky_relu(x, 2)", 1, 5, "takes 1 operand, here are 2"),
        ("y = np.inf*x", 1, 5, "np.inf is no number that can be computed with"),
        ("y = [a]", 1, 5, "a list, a vector or a matrix"),
        ("y = a if b else c", 1, 7, "a choice cannot stand in a graph"),
        ("y = not a", 1, 5, "signs are"),
        ("import os", 1, 1, "write a formula"),
        ("y += 2", 1, 1, "y has no value yet"),
        ("def f(): pass", 1, 1, "f returns nothing"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_column(text: str, line: int, column: int, part: str) -> None:
    with pytest.raises(TextError, match=re.escape(part)) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    shown, caret = caught.value.marked.split("\n")
    assert shown == (text.splitlines() or [""])[line - 1]
    assert caret.index("^") == column - 1


@pytest.mark.parametrize("text", ["a\0b", "a\u202eb", "²x", "a \u00a4 b", "\ud800", "\x1b[31m"])
def test_characters_without_a_meaning_are_refused(text: str) -> None:
    with pytest.raises(TextError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "place"), [("L = x\0", (1, 6)), ("L = x\x07 + 1", (1, 6)), ("a = 1\nL = \0x", (2, 5))]
)
def test_a_character_without_a_meaning_is_told_where_it_stands(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(TextError, match="has no meaning") as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["x"] * 10_000),
        "(" * 10_000 + "x" + ")" * 10_000,
        "-" * 10_000 + "x",
        "sin(" * 2_000 + "x" + ")" * 2_000,
        "x" + "**x" * 3_000,
        "9" * 5_000,
        "a+" * 150_000 + "a",
        "n" * 150 + " + 1",
    ],
    ids=["sum", "brackets", "signs", "calls", "powers", "digits", "length", "name"],
)
def test_text_beyond_all_measure_is_refused_with_a_place(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert caught.value.line == 1
    assert len(str(caught.value)) < 200


def test_a_long_program_and_a_sum_of_many_operands_are_read() -> None:
    assert value("add(" + ",".join(["x"] * 2_000) + ")", x=2) == 4_000
    lines = ["n0 = x + 1"] + [f"n{i} = n{i - 1} + 1" for i in range(1, 2_000)]
    assert value("\n".join(lines), x=0) == 2_000


def test_a_value_for_no_input_or_no_number_is_refused() -> None:
    with pytest.raises(Refused, match="no input z; the only input is x"):
        parse("y = 2*x", z=3)
    with pytest.raises(Refused, match="no input y"):
        parse("y = 2*x", y=3)
    with pytest.raises(Refused, match="finite"):
        parse("y = 2*x", x=float("nan"))


# --- the way back
@pytest.mark.parametrize(
    "text",
    [
        "L = (a*b + c)*f",
        "y = -x**2 + (-x)**2 - (-(2))",
        "y = a - (b - c) - d/(e/f)/g",
        "y = a**b**c + (a**b)**c",
        "y = max(a, min(b, c, 2), mean(a, b)) + add(a, b, c) * multiply(a, b, 3)",
        "y = reciprocal(x) + square(x) + 1/x + x**2 + x**-1",
        "x",
        "2",
        "k = 2; y = k*x; z = k + y",
        "e = a*b; d = e + 1; e",
        "y = a*b; z; a",
        "y = -k; k2 = 3; z = y*k2*k2",
        "y = (0 - 2)*x + 1e-30*x + 12345678901234567890*x",
    ],
)
def test_a_graph_written_as_text_reads_back_the_same(text: str) -> None:
    graph = parse(text)
    written = to_text(graph)
    again = parse(written)
    assert shape(again) == shape(graph)
    assert to_text(again) == written


@given(graphs())
def test_any_graph_that_runs_goes_to_text_and_back(graph: Graph) -> None:
    inputs = {n.name: n.value or 0.0 for n in graph.nodes() if n.op == "input"}
    again = parse(to_text(graph), **inputs)
    assert shape(again) == shape(graph)
    first, second = run(graph), run(again)
    for node in again.nodes():
        if node.op != "constant":
            assert second.values[node.name] == pytest.approx(first.values[node.name], rel=1e-12)
            expected = pytest.approx(first.gradients[node.name], rel=1e-9, abs=1e-12)
            assert second.gradients[node.name] == expected


def test_a_graph_that_cannot_run_is_not_written() -> None:
    with pytest.raises(Refused, match="can be run"):
        to_text(Graph.of([Node("s", "add", "s")]))


@pytest.mark.parametrize("name", ["x²", "ﬁ", "a-b", "…", "w = 1", "`", "f(x)", "2.5"])
def test_a_name_that_would_not_read_back_is_refused(name: str) -> None:
    graph = parse("y = 2*x")
    graph.apply(edits.rename(graph, "x", name))
    with pytest.raises(Refused, match="rename it first"):
        to_text(graph)


@pytest.mark.parametrize("name", ["w 1", "lambda", "None", "sin", "1a", "the bias's 2nd", "größe 2"])
def test_a_name_that_is_no_identifier_stands_between_marks_and_is_read_back(name: str) -> None:
    graph = parse("e = x*x; y = 2*x + e*x")
    graph.apply(edits.rename(graph, "x", name))
    graph.apply(edits.rename(graph, "e", f"{name} squared"))
    text = to_text(graph)
    assert text.startswith(f"`{name} squared` = `{name}` * `{name}`\n")
    again = parse(text, **{name: 3.0})
    assert {node.name for node in again.nodes()} == {node.name for node in graph.nodes()} | {"k"}
    assert run(again).values["y"] == 6 + 27


@pytest.mark.parametrize("text", ["`y = a*b`", "`a*b`", "y = `2` * x"])
def test_marks_around_a_formula_are_refused_as_before(text: str) -> None:
    with pytest.raises(TextError, match="leave out the marks ` around the formula"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "name", "instead"),
    [
        ("y = `CO2-Wert`*3", "CO2-Wert", "CO2_Wert"),
        ("x = 2\ny = 3 + `a/b`", "a/b", "a_b"),
        ("`R&D` = 2; y = `R&D`*3", "R&D", "R_D"),
        ("y = max(`share (%)`, 2)", "share (%)", "share"),
    ],
)
def test_a_name_between_marks_that_cannot_stand_in_a_formula_is_told_with_one_that_can(
    text: str, name: str, instead: str
) -> None:
    with pytest.raises(TextError) as refused:
        parse(text)
    said = f"“{name}” cannot stand in a formula; name it in letters and digits, such as {instead}"
    assert refused.value.message == said
    parse(text.replace(f"`{name}`", instead))


def test_of_marks_around_all_that_a_statement_computes_both_meanings_are_told() -> None:
    with pytest.raises(TextError) as refused:
        parse("x = 1\ny = `CO2-Wert`\nz = 2*y")
    said = (
        "leave out the marks ` around the formula; if “CO2-Wert” is one name, write it in letters and digits"
    )
    assert refused.value.message == f"{said}, such as CO2_Wert"


def test_a_mistake_beside_a_name_between_marks_is_told_where_it_stands() -> None:
    with pytest.raises(TextError) as refused:
        parse("y = `weight 1` * (x +")
    assert refused.value.column == 18


@pytest.mark.parametrize(
    "text",
    ["L = a*b;;", ";L = a*b", "a; ;b; L = a*b ;; # done", ";;\n ; L = a*b;\n;;", "L = a*√(b²) ；；"],
)
def test_semicolons_that_part_nothing_are_passed_over(text: str) -> None:
    assert value(text, a=2, b=3) == 6


def test_a_mistake_behind_empty_statements_is_found_where_it_stands() -> None:
    with pytest.raises(TextError) as caught:
        parse("a = 2;;\n;; L = a*;")
    assert (caught.value.line, caught.value.column) == (2, 10)


def test_an_empty_graph_is_an_empty_text_and_has_no_formula() -> None:
    assert (to_text(Graph()), formula_of(Graph())) == ("", "")


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("e = a*b; d = e + c; L = d*f", "L = (a × b + c) × f", r"L = (a \times b + c) \times f"),
        ("y = x**2/3", "y = x² / 3", r"y = \frac{x^{2}}{3}"),
        ("y = sqrt(a + b)", "y = √(a + b)", r"y = \sqrt{a + b}"),
        ("y = sigmoid(w1*x)", "y = σ(w1 × x)", r"y = \sigma(w_{1} \times x)"),
        ("y = a - (b - 2)", "y = a − (b − 2)", r"y = a - (b - 2)"),
        ("y = a*-2", "y = a × (−2)", r"y = a \times (-2)"),
        ("y = abs(x - t)**-2", "y = |x − t|⁻²", r"y = \left|x - t\right|^{-2}"),
        ("x", "x", "x"),
    ],
)
def test_the_formula_is_written_as_a_book_would(text: str, unicode: str, latex: str) -> None:
    graph = parse(text)
    assert formula_of(graph) == unicode
    assert formula_of(graph, "latex") == latex


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("pred = w*x + b; L = (pred - t)**2", ["L = (pred − t)²", "L = d²"]),
        ("s = a + b; L = s*s", ["L = s × s"]),  # used twice
        ("m = max(z1, z2); e1 = exp(z1 - m); e2 = exp(z2 - m); L = e1 + e2", ["L = e1 + e2"]),
        ("p = sigmoid(z); loss = -(t*log(p) + (1-t)*log(1-p))",
         ["loss = −(t × ln(p) + (1 − t) × ln(1 − p))", "loss = −(t × ln(p) + (1 − t) × ln(h))"]),
    ],
)  # fmt: skip
def test_results_that_have_a_name_stay_names_and_shorter_formulas_are_there(
    text: str, formulas: list[str]
) -> None:
    assert list(formulas_of(parse(text)))[: len(formulas)] == formulas


def test_a_long_formula_names_its_parts_instead() -> None:
    lines = ["n0 = tanh(x)"] + [f"n{i} = tanh(n{i - 1})" for i in range(1, 40)]
    assert formula_of(parse("\n".join(lines))) == "n39 = tanh(n38)"


def test_inputs_that_are_not_connected_yet_stand_as_an_ellipsis() -> None:
    nodes = [Node("a", "input", "a", 1.0), Node("m", "subtract", "m", rank=1)]
    assert formula_of(Graph.of(nodes, [Edge("a", "m", 1)])) == "m = … − a"


def test_a_cycle_has_a_formula_of_one_level() -> None:
    nodes = [Node("p", "negate", "p"), Node("q", "negate", "q", rank=1)]
    graph = Graph.of(nodes, [Edge("p", "q", 0), Edge("q", "p", 0)], {"output": "q"})
    assert formula_of(graph) == "q = −p"


def test_text_that_stands_indented_reads_as_if_it_did_not() -> None:
    graph = parse("""
        e = a*b
        L = e + c
    """)
    assert [node.name for node in graph.nodes()] == ["a", "b", "e", "c", "L"]


def test_a_mistake_in_indented_text_is_placed_where_it_was_typed() -> None:
    with pytest.raises(TextError, match="line 2, column 7"):
        parse("  e = a*b\n  L = $")


def test_statements_at_different_margins_are_refused() -> None:
    with pytest.raises(TextError, match=r"line 2.*same margin"):
        parse("  e = a*b\nL = e + c")


# --- well-known constants
@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("y = sin(pi*x)", "pi", math.pi),
        ("y = 2*π*x", "π", math.pi),
        ("y = 1/(1 + e**(-x))", "e", math.e),
        ("y = x - e", "e", math.e),
        ("pi", "pi", math.pi),
        ("e = 3; pi*e", "pi", math.pi),
    ],
)
def test_a_well_known_name_without_a_meaning_of_its_own_is_the_constant(
    text: str, name: str, number: float
) -> None:
    graph = parse(text)
    node = graph.node(name)
    assert (node.op, node.value) == ("constant", number)
    assert constants_note(graph.nodes()).startswith(f"{name} is the constant {number:.6g} here")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "w = 0.5; x = 2; L = w*x",
            "w and x are constants, which get no gradient; “w = input(0.5)” makes w an input.",
        ),
        ("a = -3; L = a**2", "a is a constant, which gets no gradient; “a = input(-3)” makes a an input."),
        ("w = 0.5; L = w*x", ""),
        ("w = input(0.5); c = 2; L = w*c", ""),
        ("L = 2*3", ""),
    ],
)
def test_a_text_without_inputs_says_that_its_names_get_no_gradient(text: str, note: str) -> None:
    assert whole_text_note(parse(text)) == note


def test_a_text_whose_names_get_no_gradient_names_the_command_that_a_canvas_has() -> None:
    note = whole_text_note(parse("w = 0.5; L = w**2"), "Graph ▸ Make It")
    assert note == (
        "w is a constant, which gets no gradient; in the text “w = input(0.5)” makes w an input, "
        "on the canvas Graph ▸ Make It."
    )


def test_sigmoid_written_with_e_is_sigmoid() -> None:
    trace = run(parse("y = 1/(1 + e**(-x))", x=1))
    assert trace.values["y"] == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-15)
    assert trace.gradients["x"] == pytest.approx(0.19661193324148185, rel=1e-14)


@pytest.mark.parametrize("text", ["e = a*b; L = e + c", "e; L = e*x", "pi = 3; y = pi*x"])
def test_a_name_that_the_text_gives_a_meaning_keeps_it(text: str) -> None:
    graph = parse(text)
    assert constants_note(graph.nodes()) == ""
    assert math.e not in {node.value for node in graph.nodes()}


def test_a_name_that_is_set_stays_an_input() -> None:
    graph = parse("y = e*x", e=4)
    assert (graph.node("e").op, graph.node("e").value) == ("input", 4.0)
    assert constants_note(graph.nodes()) == ""


def test_a_name_of_the_graph_that_is_added_to_stays_that_node() -> None:
    part, edges = part_in_text("y = e*pi", parse("e = a*b"))
    assert [(node.name, node.op) for node in part.nodes()] == [("pi", "constant"), ("y", "multiply")]
    assert [edge.source for edge in edges] == ["e"]


@pytest.mark.parametrize("text", ["y = pi*x + pi", "e; y = e*x", "e; pi; a", "e; e"])
def test_constants_and_inputs_of_their_names_go_to_text_and_back(text: str) -> None:
    graph = parse(text)
    again = parse(to_text(graph))
    assert {(n.name, n.op, n.value) for n in again.nodes()} == {
        (n.name, n.op, n.value) for n in graph.nodes()
    }
    assert again.output == graph.output


def test_the_formula_of_a_graph_names_its_constants() -> None:
    assert formula_of(parse("y = 2*pi*x")) == "y = 2 × pi × x"


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("y = √x", "y = sqrt(x)"),
        ("y = √(x² + 1)", "y = sqrt(x**2 + 1)"),
        ("y = (√x)²", "y = sqrt(x)**2"),
        ("y = √−x + √|x|", "y = sqrt(-x) + sqrt(abs(x))"),
        ("y = |a − |b||", "y = abs(a - abs(b))"),
        ("y = σ(x) × ln(z) + leaky(w)", "y = sigmoid(x)*log(z) + leaky_relu(w)"),
        ("𝑦 = 𝜎(x)", "y = sigmoid(x)"),
        ("$y = 𝝈(x)$", "y = sigmoid(x)"),
        ("y = 2^x + x^2", "y = 2**x + x**2"),
        ("y = e⁻ˣ + x⁻¹ + 10⁻³", "y = e**(-x) + x**-1 + 10**-3"),
        ("y = sin²(x + 1)*z", "y = sin(x + 1)**2*z"),
        ("y = sin^2(x + 1)*z", "y = sin(x + 1)**2*z"),
        ("y = ln**n(x) - np.tanh^(-2)(x)", "y = log(x)**n - tanh(x)**(-2)"),
        ("y = log(x, 2) + math.log(x, 10)", "y = log(x)/log(2) + log(x)/log(10)"),
        ("y = sin\u2061(x) + te\u200bmp*2\u2062\ufeffx", "y = sin(x) + temp*2*x"),
        ("\u200ey = x\u200f*2", "y = x*2"),
        ("x = Value(2.0, label=‘x’); y = x*Δx", "x = input(2); y = x*Δx"),
        ("w1x1; y = w1x1*w2", "w1x1; y = w1x1 * w2"),
        ("y = x₁·w₁₂", "y = x1*w12"),
        ("L = −y·log(pᵢ) + xₙ₁*aⱼ", "L = -y*log(p_i) + x_n1*a_j"),
        ("y = ½*x + 50%*z", "y = 0.5*x + 0.5*z"),
        ("y = 2×x − 1.5e−3", "y = 2*x - 1.5e-3"),
    ],
)
def test_what_the_program_prints_is_read(text: str, python: str) -> None:
    assert to_text(parse(text)) == to_text(parse(python))


def test_a_name_that_is_no_finite_number_may_be_an_input_that_is_named_first() -> None:
    graph = parse("inf; y = inf*x", inf=2)
    assert graph.node("inf").value == 2
    assert to_text(parse(to_text(graph))) == to_text(graph)


def test_the_sign_of_a_zero_survives_in_text() -> None:
    graph = parse("y = reciprocal(-(0)) + x", x=1)
    again = parse(to_text(graph), x=1)
    assert run(graph).values["y"] == run(again).values["y"] == -math.inf
    assert "1 / (−0)" in formula_of(graph)


# --- chains and squares
@pytest.mark.parametrize(
    ("text", "ops"),
    [
        ("L = a + b + c", ["add"]),
        ("L = a*b*c*d", ["multiply"]),
        ("L = a + b*c*d + e1", ["multiply", "add"]),
        ("L = a + (b + c)", ["add", "add"]),
        ("L = a - b + c + d", ["subtract", "add"]),
        ("s = a + b; L = s + c", ["add", "add"]),
        ("L = (a - b)**2", ["subtract", "square"]),
        ("L = a**2.0 + a**3", ["square", "power", "add"]),
        ("L = max(a, b, c) + add(a, b) + c", ["max", "add", "add"]),
    ],
)
def test_a_chain_is_one_node_and_a_second_power_a_square(text: str, ops: list[str]) -> None:
    graph = parse(text)
    assert [node.op for node in graph.nodes() if not node.is_leaf] == ops


def test_the_terms_of_a_chain_keep_their_order() -> None:
    graph = parse("L = c*c + b + a + 2")
    assert [edge.source for edge in graph.edges_into("L")][1:3] == ["b", "a"]
    assert graph.node(graph.edges_into("L")[3].source).value == 2


@pytest.mark.parametrize(
    "text", ["L = a + b + c*d*a - 3", "L = (a - b)**2 + a**2*b*c", "L = a*b*a*c + b*b*b"]
)
def test_two_at_a_time_gives_the_same_numbers(text: str) -> None:
    values = {"a": 1.25, "b": -0.75, "c": 3.5} | ({"d": 0.1} if "d" in text else {})
    one, two = run(parse(text, **values)), run(parse_with(text, values, binary=True))
    assert len(two.order) > len(one.order)
    for name in values:
        assert one.gradients[name] == pytest.approx(two.gradients[name], rel=1e-14)
    assert one.values["L"] == pytest.approx(two.values["L"], rel=1e-14)


def test_a_power_of_two_that_was_built_stays_a_power_in_text() -> None:
    graph = parse_with("L = x**2 + b + c", {}, binary=True)
    again = parse(to_text(graph))
    assert [node.op for node in again.nodes()].count("power") == 1
    assert to_text(again) == to_text(graph)


def test_a_long_sum_is_one_node() -> None:
    graph = parse(" + ".join(["x"] * 300))
    assert [node.op for node in graph.nodes()] == ["input", "add"]


def test_the_formula_of_a_graph_that_is_one_input_is_its_name_as_each_dialect_has_it() -> None:
    graph = parse("μ; y = μ*1")
    graph.apply(edits.set_output(graph, graph.named("μ").id))
    assert [formula_of(graph, dialect) for dialect in ("unicode", "python", "latex")] == ["μ", "μ", r"\mu"]


def test_digits_and_signs_of_other_scripts_are_read() -> None:
    graph = parse("Ｌ＝（x٣＋１．５）＊２／٤", x٣=2.5)
    assert run(graph).values == {"x٣": 2.5, "k": 1.5, "e": 4.0, "k2": 2.0, "d": 8.0, "k3": 4.0, "L": 2.0}
    with pytest.raises(TextError, match="line 1, column 4: write \\* between two factors"):
        parse("L＝٢x")


@pytest.mark.parametrize("value", ["x", None, [1], 1j, 10**400])
def test_a_value_that_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(Refused, match=r"The value of a must be a finite number\."):
        parse("L = a + 1", a=value)  # type: ignore[arg-type]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Refused, match=r"parse reads text, not an int\."):
        parse(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["s = 1/(1 + e^(-x))", "s = 1/(1 + e**(-x))", "s = 1/(1 + e⁻ˣ)", r"$s = \frac{1}{1 + e^{-x}}$"],
)
def test_e_to_a_power_is_eulers_number_beside_a_node_e_that_nobody_named(text: str) -> None:
    graph = parse("L = a*b + c", a=2.0, b=-3.0)
    assert graph.node("e").op == "multiply"
    change = insert_text(graph, text, 0.0, 0.0)
    graph.apply(change)
    trace = run(graph)
    assert trace.values[graph.named("s").id] == pytest.approx(1 / (1 + math.exp(-1)))
    said = inserted_note(text, graph, graph.nodes_as(change.made()))
    assert "The e of e^… is Euler's number here, not the node e" in said


def test_an_output_that_another_formula_builds_on_is_told_to_stay_the_output() -> None:
    graph = parse("L = (w*x - t)**2")
    change = insert_text(graph, "J = L + 0.1*w**2", 0.0, 0.0)
    graph.apply(change)
    said = inserted_note("J = L + 0.1*w**2", graph, graph.nodes_as(change.made()))
    assert said == "L stays the output; for J, select it and choose Edit ▸ Make It the Output."
    other = insert_text(graph, "s = w + 1", 0.0, 0.0)
    graph.apply(other)
    assert inserted_note("s = w + 1", graph, graph.nodes_as(other.made())) == ""


@pytest.mark.parametrize(("text", "value"), [("s = e*x", -6.0), ("s = e^2", 36.0), ("e = 3*x; s = e^x", 3.0)])
def test_a_node_e_is_meant_by_its_name_elsewhere(text: str, value: float) -> None:
    graph = parse("L = a*b + c", a=2.0, b=-3.0)
    change = insert_text(graph, text, 0.0, 0.0)
    graph.apply(change)
    assert run(graph).values[graph.named("s").id] == value
    assert inserted_note(text, graph, graph.nodes_as(change.made())) == ""


@pytest.mark.parametrize(
    "text",
    ["L = (a*b + c)*f\na = 2\nb = 3\nc = -10\nf = 5", "a = 2; L = (a*b + c)*f; f = 5; c = -10; b = input(3)"],
)
def test_numbers_may_stand_below_the_names_they_are_for(text: str) -> None:
    graph = parse(text)
    assert graph.output == "L"
    assert run(graph).value(graph.output) == -20


@pytest.mark.parametrize("text", ["y = a*b; a = 2; a = 3", "y = a*b; a = c + 1", "y = y + 1"])
def test_other_values_below_a_name_are_not_moved_above_it(text: str) -> None:
    with pytest.raises(TextError, match="before its own statement"):
        parse(text)


def test_a_number_below_a_name_of_the_graph_around_is_another_one() -> None:
    part, edges = part_in_text("M = a*2; a = 3; N = M*a", parse("L = a*b"))
    assert [edge.source for edge in edges] == ["a"]
    assert part.node("a2").value == 3


@pytest.mark.parametrize("call", ["np.sum([a*b])", "sum([a*b])", "np.max([a*b])", "np.sum((a*b,))"])
def test_a_list_of_one_stands_for_what_is_in_it(call: str) -> None:
    assert value(f"L = {call} + c", a=2, b=3, c=4) == 10


def test_one_operand_without_a_list_is_still_too_few() -> None:
    with pytest.raises(TextError, match="takes 2 or more operands"):
        parse("L = max(a*b)")
