"""Notation: no symbol has two values, what is stored is told as such, and equations are true as printed."""

from __future__ import annotations

import math
import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.cost import cost_of
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import TextError
from nodegraph.core.explain.derivation import derive_node, derive_step
from nodegraph.core.explain.explanation import change_sentence, explain_node, step_sentence
from nodegraph.core.explain.questions import questions
from nodegraph.core.graph import edits
from nodegraph.core.operations.equations import is_told_whole, product
from nodegraph.core.operations.formula_writer import write_name
from nodegraph.core.training.optimizers import OPTIMIZERS


def lines(trace: Trace, name: str) -> list[str]:
    return [line.unicode for line in derive_node(trace.last_frame, name).lines]


def sentences(trace: Trace) -> list[str]:
    return [step_sentence(trace.frame(position)) for position in range(1, len(trace.steps) + 1)]


# --- one symbol, one value
def test_a_local_derivative_is_told_apart_from_a_gradient_with_other_ways_in_it() -> None:
    trace = run(parse("e = x*x; y = e*x", x=2))
    told = lines(trace, "y") + lines(trace, "x")
    assert "∂y/∂x[2] = e = 4" in told
    assert any(t.startswith("∂y/∂x = ") for t in told)
    assert not any(t.startswith("∂y/∂x = ") and t.endswith("= 4") for t in told)
    prompts = [asked.prompt for asked in questions(trace)]
    assert len(prompts) == len(set(prompts))


def test_in_forward_mode_too_the_local_derivative_has_a_symbol_of_its_own() -> None:
    trace = run_forward_mode(parse("e = x*3; y = e*x", x=2), "x")
    told = [line.unicode for position in range(len(trace.steps)) for line in
            derive_step(trace.frame(position + 1)).lines]  # fmt: skip
    assert "∂y/∂x[2] = e = 6" in told
    assert "∂y/∂x = 6" not in told


def test_the_seed_keeps_plain_symbols(seed_trace: Trace) -> None:
    assert not any("[" in line for name in seed_trace.order for line in lines(seed_trace, name))


def test_the_derivation_says_what_the_number_of_an_input_means() -> None:
    parts = derive_node(run(parse("e = x*x; y = e*x", x=2)).last_frame, "y").parts
    assert "by input 2 of y alone" in " ".join(part.note for part in parts)


# --- what is stored
def test_after_a_second_backward_pass_storing_is_told_as_storing() -> None:
    graph = parse("e = a + b; L = e*2", a=1, b=1)
    trace = run(graph, left={"a": 1.0})
    told = explain_node(trace, "a").gradient
    assert told is not None
    assert told.unicode == "a.grad ← 1 + e.grad × ∂e/∂a = 1 + 2 × 1 = 3"
    assert lines(trace, "a")[-4:] == ["a.grad ← 1 + e.grad × ∂e/∂a", "= 1 + 2 × 1", "= 1 + 2", "= 3"]
    asked = [one for one in questions(trace) if one.kind == "gradient" and one.node == "a"]
    assert [one.solution for one in asked] == ["a.grad ← 1 + 2 × 1 = 3"]
    assert "∂L/∂" not in " ".join(one.prompt for one in asked)
    assert "a.grad ← 3" in " ".join(sentences(trace))
    assert r"a.\mathrm{grad} \leftarrow" in told.latex


def test_what_stays_of_an_earlier_pass_is_no_derivative() -> None:
    graph = parse("y = a*2; z = b*3", a=1, b=1)
    graph.apply(edits.set_output(graph, "y"))
    line = derive_node(run(graph, left={"b": 5.0}).last_frame, "b").parts[-1].lines[0]
    assert line.unicode == "b.grad = 5"
    assert "stays" in line.why


# --- brackets
@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("1e-6**x", "(1e−6)^x", r"(1 \times 10^{-6})^{x}"),
        ("square(1e-6)", "(1e−6)²", r"(1 \times 10^{-6})^{2}"),
        ("square(sqrt(a))", "(√a)²", r"(\sqrt{a})^{2}"),
        ("sqrt(square(a))", "√(a²)", r"\sqrt{a^{2}}"),
        ("sqrt(sqrt(a))", "√(√a)", r"\sqrt{\sqrt{a}}"),
        ("a - -b", "a − (−b)", r"a - (-b)"),
        ("a * -b", "a × (−b)", r"a \times (-b)"),
        ("a + -b*c", "a + (−b × c)", r"a + (-b \times c)"),
        ("-(-b)", "−(−b)", r"-(-b)"),
        ("reciprocal(-b)", "1 / (−b)", r"\frac{1}{-b}"),
        ("square(-2)", "(−2)²", r"(-2)^{2}"),
        ("sin(x)**2", "(sin(x))²", r"(\sin(x))^{2}"),
        ("abs(x)**2", "|x|²", r"\left|x\right|^{2}"),
        ("2**-a", "2^(−a)", r"2^{-a}"),
        ("max(-a, -2)", "max(−a, −2)", r"\max(-a, -2)"),
        ("x*1e-6", "x × 1e−6", r"x \times (1 \times 10^{-6})"),
        ("square(a/b)", "(a / b)²", r"\left(\frac{a}{b}\right)^{2}"),
        ("max(a, 1/b)*(a + b)", "max(a, 1 / b) × (a + b)", r"\max\left(a, \frac{1}{b}\right) \times (a + b)"),
    ],
)
def test_operands_have_the_brackets_they_need(text: str, unicode: str, latex: str) -> None:
    graph = parse(f"y = {text}")
    assert formula_of(graph) == f"y = {unicode}"
    assert formula_of(graph, "latex") == f"y = {latex}"


def test_calls_in_python_have_no_second_brackets() -> None:
    assert formula_of(parse("y = square(square(a)) + sqrt(a)**2"), "python") == (
        "y = square(square(a)) + square(sqrt(a))"
    )


def test_names_in_latex_are_what_a_book_prints() -> None:
    found = [write_name(name, "latex") for name in ("sigma", "σ", "w12", "h4_p1", "loss2", "_")]
    assert found == [r"\sigma", r"\sigma", "w_{12}", r"\mathrm{h4\_p1}", r"\mathrm{loss}_{2}", r"\mathrm{\_}"]


# --- signs
@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("y = x*x", {"x": 1001}, "y = x × x = 1001 × 1001 = 1002001"),
        ("y = a/b", {"a": 2, "b": 3}, "y = a / b = 2 / 3 ≈ 0.666667"),
        ("y = a + b", {"a": 0.1, "b": 0.2}, "y = a + b = 0.1 + 0.2 = 0.3"),
        ("y = square(x)", {"x": 1e-6}, "y = x² = (1e−6)² = 1e−12"),
        ("y = a - b", {"a": 1.0000001, "b": 1}, "y = a − b = 1.0000001 − 1 = 1e−7"),
        ("y = square(x)", {"x": 1e200}, "y = x² = (1e200)² → ∞"),
        ("y = 1/x", {"x": 0}, "y = 1 / x = 1 / 0 = ∞"),
        ("y = a + b", {"a": 1e200, "b": 1}, "y = a + b = 1e200 + 1 ≈ 1e200"),
        ("y = sqrt(x)", {"x": 2.25}, "y = √x = √2.25 = 1.5"),
        ("y = exp(x)", {"x": 0}, "y = exp(x) = exp(0) = 1"),
        ("y = sigmoid(x)", {"x": 40}, "y = σ(x) = σ(40) ≈ 1"),
        ("y = sin(x)", {"x": math.pi}, "y = sin(x) = sin(3.141592653589793) ≈ 1.22465e−16"),
        ("y = x*0.12345678", {"x": 1}, "y = x × 0.12345678 ≈ 1 × 0.123457 = 0.123457"),
    ],
)
def test_what_is_equal_has_an_equals_sign_and_what_is_rounded_has_not(
    text: str, values: dict[str, float], said: str
) -> None:
    told = explain_node(run(parse(text, **values)), "y").value
    assert told is not None
    assert told.unicode == said


def test_a_rest_of_rounding_does_not_make_a_number_a_rounded_one() -> None:
    assert is_told_whole(0.1 + 0.2)
    assert not is_told_whole(1 / 3)
    assert product((1 / 3, -3.0), -1.0) == "0.333333 × (−3) ≈ −1"


# --- the case at hand
@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("h = relu(z)", {"z": 2}, "h = relu(z) changes by 1 for each unit of z while z > 0"),
        ("h = relu(z)", {"z": -2}, "h = relu(z) does not change with z while z < 0"),
        ("h = relu(z)", {"z": 0}, "h = relu(z) has its kink at z = 0, where the slope is taken as 0"),
        ("h = leaky_relu(z)", {"z": -2}, "h = leaky(z) changes by 0.01 for each unit of z while z < 0"),
        ("h = abs(z)", {"z": -2}, "h = |z| changes by −1 for each unit of z while z < 0"),
        ("h = max(z, 3)", {"z": 1}, "h = max(z, 3) does not change with z while z is not the largest input"),
        (
            "h = min(z, 3)",
            {"z": 1},
            "h = min(z, 3) changes by 1 for each unit of z while z is the smallest input",
        ),
        ("h = square(z)", {"z": 3}, "h = z² moves 2 × z = 6 times as fast as z here"),
        ("h = softplus(z)", {"z": 50}, "h = softplus(z) moves σ(z) ≈ 1 times as fast as z here"),
        ("h = softplus(z)", {"z": 0}, "h = softplus(z) moves σ(z) = 0.5 times as fast as z here"),
        ("h = sin(z)", {"z": 1e-9}, "h = sin(z) moves cos(z) ≈ 1 times as fast as z here"),
        ("h = sin(z)", {"z": 0}, "h = sin(z) moves cos(z) = 1 times as fast as z here"),
        ("h = tanh(z)", {"z": 100}, "h = tanh(z) moves 1 − h² ≈ 5.53559e−87 times as fast as z here"),
        ("h = tanh(z)", {"z": 0}, "h = tanh(z) moves 1 − h² = 1 times as fast as z here"),
        ("h = exp(z)", {"z": 0}, "h = exp(z) moves h = 1 times as fast as z here"),
        ("h = z*f", {"z": 3}, "h = z × f changes by f = 1 for each unit of z"),
        ("h = z*z", {"z": 3}, "h = z × z changes by z = 3 for each unit of z as input 1 alone"),
        (
            "h = 0**z",
            {"z": 2},
            "h = 0^z does not change with z while the base is 0 and the exponent positive",
        ),
    ],
)
def test_a_reason_tells_the_case_that_holds(text: str, values: dict[str, float], said: str) -> None:
    trace = run(parse(text, **values))
    key = next(key for key in trace.edges_back_to("z"))
    assert change_sentence(trace, key) == said


def test_a_rule_with_cases_is_told_before_the_value_is_known_and_the_case_after() -> None:
    trace = run(parse("h = relu(z)", z=2))
    before, after = derive_node(trace.frame(1), "h").parts[1], derive_node(trace.last_frame, "h").parts[1]
    assert before.lines[0].unicode == "∂h/∂z = 1 if z > 0, else 0"
    assert (after.lines[0].unicode, after.lines[0].why) == (
        "∂h/∂z = 1",
        "z > 0, so h moves with it, one for one.",
    )


def test_the_first_step_tells_inputs_from_constants_and_one_from_several() -> None:
    assert sentences(run(parse("y = a*2", a=1)))[0] == "The input appears: a = 1. The constant appears: 2."
    assert sentences(run(parse("y = 2*3")))[0] == "The constants appear: 2, 3."


def test_one_of_two_has_arrived() -> None:
    said = " ".join(sentences(run(parse("p = x*2; q = x*3; y = p*q", x=5))))
    assert "1 of 2 has arrived, so far the sum is 30." in said
    assert "Both have arrived: ∂y/∂x = 60." in said


def test_no_two_hints_are_the_same() -> None:
    for text in ("y = mean(a, b)", "y = a*b", "y = relu(a)", "y = a + a", "y = 1/a", "y = 2*3"):
        for asked in questions(run(parse(text, **({"a": 2} if "a" in text[4:] else {})))):
            assert len(set(asked.hints)) == len(asked.hints), asked


def test_constants_are_called_by_their_numbers() -> None:
    trace = run(parse("y = x*2", x=5))
    hidden = next(node.name for node in trace.nodes.values() if node.op == "constant")
    for asked in questions(trace):
        said = " ".join([asked.prompt, *asked.hints, *(mistake.sentence for mistake in asked.mistakes)])
        assert f" {hidden} " not in said
        assert f"∂y/∂{hidden}" not in said
    assert derive_step(trace.frame(2)).title == "y is computed from x and 2"


# --- why a number is not finite
@pytest.mark.parametrize(
    ("text", "values", "said", "unsaid"),
    [
        ("y = square(x)", {"x": 1e200}, "too large for a floating-point number", "asks"),
        ("y = x**2", {"x": 1e200}, "too large for a floating-point number", "asks"),
        ("y = exp(x)", {"x": 1000}, "too large for a floating-point number", "asks"),
        ("y = 1/x", {"x": 1e-320}, "too large for a floating-point number", "asks"),
        ("y = reciprocal(x)", {"x": 1e-200}, "A local derivative of 1 / 1e−200 is too large", "asks"),
        ("y = 1/x", {"x": 0}, "asks that the divisor is not 0", "too large"),
        ("y = log(x)", {"x": 0}, "asks that the input is above 0", "too large"),
        ("y = sqrt(x)", {"x": -1}, "asks that the input is 0 or more.", "infinite"),
        ("y = sqrt(x)", {"x": 0}, "at 0 the square root rises infinitely fast", "asks"),
        ("y = x**0.5", {"x": -1}, "asks that a negative base has a whole exponent.", "negative one"),
        ("y = x**(-1)", {"x": 0}, "asks that a base of 0 has no negative exponent.", "whole"),
        ("y = x**0.5", {"x": 0}, "an exponent between 0 and 1 rises infinitely fast at 0", "asks"),
        ("y = (-2)**x", {"x": 2}, "by its exponent, a power of a negative base has no derivative", "asks"),
        ("y = a + b", {"a": 1.7e308, "b": 1.7e308}, "so it becomes ∞.", "asks"),
    ],
)
def test_each_way_out_of_the_numbers_has_its_own_sentence(
    text: str, values: dict[str, float], said: str, unsaid: str
) -> None:
    messages = " ".join(message for _, message in run(parse(text, **values)).problems)
    assert said in messages
    assert unsaid not in messages


# --- small words
def test_the_costs_of_one_input_and_one_path_are_told_in_the_singular() -> None:
    for way in cost_of(run(parse("y = sin(x)", x=1))).ways:
        assert "each of 1" not in way.how
        assert " 1 inputs" not in way.how
        assert "all inputs" not in way.how


def test_a_name_that_is_used_too_early_is_marked_itself() -> None:
    with pytest.raises(TextError) as caught:
        parse("ä = 2*b; y = a*z; z = c + 3")
    assert caught.value.message.startswith("the name z is used here")
    assert caught.value.marked.splitlines()[0][caught.value.column - 1] == "z"


def test_a_step_of_training_is_calculated_with_brackets_and_true_signs() -> None:
    optimizer = OPTIMIZERS["adam"]
    lines = optimizer.in_numbers("w", optimizer.start(1), 0, 1 / 3, 1e-6)
    assert "(1e−6)²" in lines[1]
    assert lines[4].startswith("w ← 0.333333 − ")
    latex = optimizer.in_numbers("w", optimizer.start(1), 0, 1 / 3, 1e-6, dialect="latex")
    assert r"(1 \times 10^{-6})^{2}" in latex[1]


@pytest.mark.parametrize("text", ["y = 1/x", "y = reciprocal(x)", "y = x**-1"])
def test_what_is_told_of_a_divisor_of_0_is_not_told_of_minus_0(text: str) -> None:
    for x, said in ((0.0, "∞"), (-0.0, "−∞"), (0.0, "∞")):
        (told,) = [message for _, message in run(parse(text, x=x)).problems]
        assert f" is {said}. " in told
        assert ("(−0)" in told) == (said == "−∞")


@pytest.mark.parametrize("op", ["exp", "sigmoid", "softplus", "log"])
def test_no_sentence_about_an_operation_names_what_may_be_a_node(op: str) -> None:
    graph = parse(f"e = {op}(z); x = e*e", z=0.5)
    trace = run(graph)
    said = [line.why for part in derive_node(trace.last_frame, "e").parts for line in part.lines]
    asked = [question for question in questions(trace) if question.node == "e"]
    said += [mistake.sentence for question in asked for mistake in question.mistakes]
    told = " ".join(said)
    assert not re.search(r"e⁻ˣ|eˣ|exp\(−?x\)|\be raised|base e\b|exponent of e\b", told)
