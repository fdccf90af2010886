"""Answers: which numbers are read, how exact one must be, and what is said without telling the answer."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.explain.answers import Mistake, Question, judge
from nodegraph.core.explain.questions import questions
from nodegraph.core.explain.typed_numbers import read_answer
from nodegraph.core.graph.records import LEAVES
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import Call, Number, evaluate
from nodegraph.core.operations.formula_writer import write


def asked(answer: float, *mistakes: Mistake, noise: float = 0.0) -> Question:
    return Question("value", 1, "y", None, "What is y?", answer, "y = …", (), "Look again.", mistakes, noise)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        (" −1e-3 ", -0.001),
        ("+.5", 0.5),
        ("1/3", 1 / 3),
        ("5*3", 15.0),
        ("5 × (−3)", -15.0),
        ("2**-1", 0.5),
        ("= 6", 6.0),
        ("exp(0)", 1.0),
        ("∞", math.inf),
        ("-inf", -math.inf),
        ("1/0", math.inf),
        ("3 + ∞", math.inf),
        ("2 × (−∞)", -math.inf),
        ("σ(∞)", 1.0),
        ("|−∞|²", math.inf),
        ("1/inf", 0.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_answer(text).value == value


@pytest.mark.parametrize("answer", [math.nan, math.inf, -math.inf, 4999999999999980.0, 5000000000000005.0])
def test_what_a_right_verdict_prints_is_right_when_typed(answer: float) -> None:
    question = replace(asked(answer), solution=f"y = {format_number(answer)}")
    assert judge(question, format_number(answer)).is_right
    assert judge(question, question.solution).is_right


def test_a_result_may_stand_before_its_name_and_end_a_sentence() -> None:
    assert judge(asked(0.75), "0.75 = y").is_right
    assert judge(asked(0.75), "0.75.").is_right
    two = replace(asked(2.0), prompt="y receives 2 contributions. What is ∂L/∂y?", solution="∂L/∂y = 2")
    assert judge(two, two.solution).is_right
    assert judge(two, "y.grad ← 1 + 1 = 2").is_right
    assert judge(two, "y.grad ← 2").is_right
    with pytest.raises(Refused):
        judge(asked(0.75), "0.75 = q")


def test_three_digits_are_enough_at_the_ends_of_the_range() -> None:
    assert judge(asked(1.0142320547350045e304), "1.01e304").is_right
    assert judge(asked(1.0142320547350045e-305), "1.01e-305").is_right


def test_nan_is_a_number_that_can_be_answered() -> None:
    assert math.isnan(read_answer("NaN").value)
    assert judge(asked(math.nan), "nan").is_right
    assert not judge(asked(1.0), "nan").is_right
    assert not judge(asked(math.nan), "1").is_right


@pytest.mark.parametrize("text", ["", "dozens", "a*b", "1;2", "3 4", "1 if 1 else 2", "(" * 150, "9" * 500])
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"[Tt]ype one|Type a number|Type digits|too long"):
        read_answer(text)


def test_functions_of_spreadsheets_are_read() -> None:
    typed = {"sum(1,2,3)": 6.0, "Sum(2, 5)": 7.0, "prod(2,3)": 6.0, "pow(2,3)": 8.0, "avg(2,4)": 3.0}
    assert {text: read_answer(text).value for text in typed} == typed


def test_a_decimal_comma_is_refused_with_the_point_that_would_do() -> None:
    with pytest.raises(Refused, match="with a point"):
        read_answer("0,5")


@pytest.mark.parametrize("text", ["0.70710678", "0.7071", "0.707", "0.7078"])
def test_a_thousandth_or_three_digits_are_enough(text: str) -> None:
    assert judge(asked(0.70710678), text).is_right


@pytest.mark.parametrize(("text", "more"), [("0.71", True), ("0.7", True), ("0.73", False)])
def test_fewer_digits_and_small_slips_are_close_but_not_right(text: str, more: bool) -> None:
    verdict = judge(asked(0.70710678), text)
    assert not verdict.is_right
    assert verdict.is_close
    assert ("one more digit" in verdict.sentence) == more


def test_a_small_number_is_not_0_and_0_is_not_a_small_number() -> None:
    assert "not 0" in judge(asked(4e-18), "0").sentence
    assert not judge(asked(0.0), "1e-9").is_right
    assert judge(asked(0.0), "0.000").is_right


def test_what_rounding_leaves_of_a_sum_counts_as_0() -> None:
    assert judge(asked(5.551115123125783e-17, noise=1e-12), "0").is_right


def test_a_known_mistake_is_named_before_anything_else() -> None:
    question = asked(15.0, Mistake(8.0, "You added."))
    assert judge(question, "8").sentence == "You added."


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        (15.0, "100", "Too large."),
        (15.0, "2", "Too small."),
        (-15.0, "-100", "Too large in size."),
        (15.0, "-7", "The sign is wrong, and so is the size."),
        (0.841471, "-0.84", "The sign is wrong."),
        (15.0, "inf", "It is an ordinary, finite number."),
        (math.inf, "7", "It is no ordinary number"),
        (0.0, "-7", "Too large in size."),
    ],
)
def test_any_other_number_is_told_where_the_answer_lies(answer: float, text: str, said: str) -> None:
    assert judge(asked(answer), text).sentence.startswith(said)


@given(st.floats())
def test_a_number_is_always_right_for_itself_however_it_is_written(value: float) -> None:
    assert judge(asked(value), value).is_right
    assert judge(asked(value), repr(value)).is_right


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ln(2)", math.log(2)),
        ("2³", 8.0),
        ("10⁻³", 0.001),
        ("√2", math.sqrt(2)),
        ("√(1 + 3)", 2.0),
        ("√√16", 2.0),
        ("3√2", 3 * math.sqrt(2)),
        ("|−2|", 2.0),
        ("||−2| − 5|", 3.0),
        ("2|−3|", 6.0),
        ("σ(1)", 1 / (1 + math.exp(-1))),
        ("leaky(−2)", -0.02),
        ("max(1, 2)", 2.0),
        ("mean(1, 2, 6)", 3.0),
        ("½", 0.5),
        ("−1½", -1.5),
        ("⅓", 1 / 3),
        ("50%", 0.5),
        ("12.5 %", 0.125),
        ("½ + 50%", 1.0),
        ("–4", -4.0),
        ("— 4", -4.0),
        ("2 · 3", 6.0),
        ("2 ⋅ 3 × 4", 24.0),
        ("6 ÷ 4", 1.5),
        ("2^3", 8.0),
        ("e⁻²", math.exp(-2)),
        ("2π", 2 * math.pi),
        ("2(3 + 1)", 8.0),
        ("4.25 × 10⁻¹⁸", 4.25e-18),
        ("4.25·10^{-18}", 4.25e-18),
        ("5 × 3 = 15", 15.0),
        ("∂L/∂a = −15", -15.0),
        ("≈ 0.667", 0.667),
        ("１５", 15.0),
    ],
)
def test_the_notation_of_the_program_and_of_books_is_read(text: str, value: float) -> None:
    assert read_answer(text).value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("operation", [name for name in NOTATIONS if name not in LEAVES])
def test_what_the_program_writes_of_an_operation_is_read_back(operation: str) -> None:
    count = max(ARITIES[operation][0], 1)
    tree = Call(operation, tuple(Number(number) for number in (1.5, 2.0)[:count]))
    expected = evaluate(tree, {}, VALUE_FUNCTIONS)
    assert read_answer(write(tree, NOTATIONS, "unicode")).value == pytest.approx(float(expected), rel=1e-15)


def test_a_percentage_counts_the_digits_that_were_typed() -> None:
    assert judge(asked(1 / 3), "33.3%").is_right
    for text in ("33%", "33 %", "33.0%"):
        verdict = judge(asked(1 / 3), text)
        assert not verdict.is_right
        assert ("one more digit" in verdict.sentence) == (text != "33.0%")


def test_a_power_of_ten_counts_the_digits_that_were_typed() -> None:
    assert judge(asked(4.248354255291589e-18), "4.25 × 10⁻¹⁸").is_right
    assert "one more digit" in judge(asked(4.248354255291589e-18), "4.2 × 10⁻¹⁸").sentence


@pytest.mark.parametrize(
    ("text", "right"), [("50%", True), ("0.66667", True), ("67%", False), ("66.7 %", True)]
)
def test_a_percentage_has_the_digits_that_were_typed(text: str, right: bool) -> None:
    assert judge(asked(0.5 if text == "50%" else 2 / 3), text).is_right == right


def test_a_constant_is_no_answer_where_its_name_is_a_node() -> None:
    with pytest.raises(Refused, match="Type a number, not a name: the value of e"):
        judge(replace(asked(2.718281828459045), prompt="What is ∂L/∂e?"), "e")
    assert judge(asked(math.e), "e").is_right


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12e", "may be a product with e"),
        ("5 e-3", "may be a product with e"),
        ("1.5×10-3", "a power of ten or a difference"),
        ("2/3%", "Set brackets"),
        ("sin⁻¹(1)", "the inverse function"),
        ("5!", "a factorial"),
    ],
)
def test_what_may_mean_two_things_is_refused_with_what_to_type(text: str, said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        read_answer(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 e", 2 * math.e), ("2e²", 2 * math.e**2), ("1.5×10 - 3", 12.0), ("(2/3)%", 2 / 300), ("5e-3", 0.005)],
)
def test_what_is_near_to_that_is_read(text: str, value: float) -> None:
    assert read_answer(text).value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["√", "|3", "%", "²", "2⁻", "0x10", "True", "log3(5)", "(1, 2)", "√" * 150, "|" * 150]
)
def test_broken_notation_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_answer(text)


@pytest.mark.parametrize(
    ("answer", "wrong", "right"),
    [
        (1000.0, "1001", "1000"),
        (15.0, "14.99", "15.00"),
        (15.0, "15.01", "15"),
        (-20.0, "-19.99", "-20"),
        (0.25, "0.2501", "0.25"),
        (0.0625, "0.06251", "0.0625"),
        (123457.0, "123456", "1.23457e5"),
        (0.1 + 0.2, "0.3001", "0.3"),
        (1000.4, "1001", "1000"),
    ],
)
def test_a_result_that_is_printed_with_few_digits_must_be_met(answer: float, wrong: str, right: str) -> None:
    verdict = judge(asked(answer), wrong)
    assert (verdict.is_right, verdict.is_close) == (False, True)
    assert judge(asked(answer), right).is_right


def test_0_is_not_too_small_for_a_negative_result() -> None:
    assert judge(asked(-4.0), "0").sentence == "It is not 0. Look again."
    assert judge(asked(4.0), "0").sentence == "It is not 0. Look again."


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5 x 3", 15),
        ("-5x-3", 15),
        ("0 x 3", 0),
        ("3 X (2+3)", 15),
        ("ln 2", math.log(2)),
        ("ln 4 - LN 2", math.log(2)),
        ("σ 1 + 2", 2 + 1 / (1 + math.exp(-1))),
        ("0.666…", 0.666),
        ("-0.3333...", -0.3333),
    ],
)
def test_a_letter_for_times_a_function_without_brackets_and_dots_are_read(text: str, number: float) -> None:
    assert read_answer(text).value == pytest.approx(number)


@pytest.mark.parametrize("text", ["5 x", "x 3", "x", "sin 2 / 3", "sin 2 3", "ln", "...", "3...", "0x10"])
def test_what_may_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_answer(text)


@pytest.mark.parametrize(("answer", "typed"), [(2, "-2"), (2 / 3, "-0.667"), (-17, "17"), (math.inf, "-inf")])
def test_a_wrong_sign_alone_is_told_where_no_mistakes_are_known(answer: float, typed: str) -> None:
    assert judge(asked(answer), typed).sentence == "The size is right, but the sign is not."


def test_a_number_rounded_to_its_first_digit_is_close_and_a_coarser_one_is_not() -> None:
    assert judge(asked(0.513), "0.5").sentence == "Close: give one more digit."
    assert not judge(asked(0.513), "1").is_close
    assert judge(asked(0.9933), "1").sentence == "Close: give one more digit."


def test_a_short_number_is_a_mistake_only_if_it_is_all_of_it() -> None:
    tanh = Mistake(math.tanh(5), "That is tanh.")
    assert judge(asked(0.993307, tanh), "1").sentence == "Close: give one more digit."
    assert judge(asked(0.993307, tanh), "0.9999").sentence == "That is tanh."
    assert judge(asked(0.993307, Mistake(1.0, "That is one.")), "1").sentence == "That is one."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2a", "the value of a."),
        ("-a/b²", "the values of a and b."),
        ("a·b − L", "the values of L, a and b."),
    ],
)
def test_a_formula_of_names_is_refused_with_what_to_put_in(text: str, said: str) -> None:
    with pytest.raises(Refused, match="Type a number, not a formula: put in ") as refused:
        read_answer(text, {"a", "b", "L"})
    assert str(refused.value).endswith(said)
    with pytest.raises(Refused, match="cannot be read"):
        read_answer("2q", {"a", "b"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0.0), ("Five", 5.0),
        ("minus 4", -4.0), ("negative four", -4.0), ("plus 3", 3.0), ("a half", 0.5),
        ("infty", math.inf),
        ("oo", math.inf), ("- inf", -math.inf), ("-oo", -math.inf), (r"\infty", math.inf),
        ("minus infinity", -math.inf), ("positive infinity", math.inf),
        ("1 000", 1000.0),
        ("1\u2009000", 1000.0), ("1\u202f000.5", 1000.5), ("1_000", 1000.0), ("1'000", 1000.0),
        ("10,000,000", 1e7), ("-1,000.5", -1000.5), ("2 1/3", 7 / 3), ("-1 1/2", -1.5), ("6 =", 6.0),
        ("arctan(1)", math.pi / 4),
        ("2•3", 6.0), ("2 ✖ 3", 6.0), ("¹/₃", 1 / 3), ("¹⁰⁄₄", 2.5), ("5 ‰", 0.005),
        (r"\frac{1}{3}", 1 / 3), (r"$-\frac{1}{\sqrt{2}}$", -(2**-0.5)), (r"2 \cdot 10^{-3}", 2e-3),
        ("twelve", 12.0), ("minus forty-two", -42.0), ("two thirds", 2 / 3), ("three-quarters", 0.75),
        ("5 times 3", 15.0), ("5 plus 3", 8.0), ("6 divided by 3", 2.0), ("50 percent", 0.5),
        ("3 thousand", 3000.0), ("2.5 million", 2.5e6), ("about 3", 3.0), ("approx. -3", -3.0),
        ("it is 3", 3.0), ("The answer is 1/3", 1 / 3), ("answer: 3", 3.0), ("5*3 => 15", 15.0),
        (r"$\boxed{3}$", 3.0), (r"\frac13", 1 / 3), (r"50\%", 0.5), (r"\sqrt[3]{8}", 2.0),
        (r"\ln(2)", math.log(2)), (r"\pi", math.pi), ("log₂(8)", 3.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_answer(text).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/0", math.inf), ("log(0)", -math.inf), ("1/(1 + e^800)", 0.0), ("softplus(1000)", 1e3)],
)
def test_what_is_infinite_or_finite_all_the_same_is_no_overflow(text: str, value: float) -> None:
    assert read_answer(text).value == value


@pytest.mark.parametrize("text", ["undefined", "not a number", "no number", "NaN"])
def test_what_is_undefined_is_nan(text: str) -> None:
    assert math.isnan(read_answer(text).value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,000", "“1,000” may mean 1000 or 1.000. Type one of them, without a comma."),
        ("0,500", "“0,500” has a comma. Write decimals with a point: 0.500"),
        ("1e400", "“1e400” is larger than any number here. Type inf or -inf for what is infinite."),
        ("9**9**9", "“9**9**9” is larger than any number here. Type inf or -inf for what is infinite."),
        ("-e^1000", "“-e^1000” is larger than any number here. Type inf or -inf for what is infinite."),
        ("2₁", "“2₁” cannot be read: a number has no index."),
        ("0,5", "“0,5” has a comma. Write decimals with a point: 0.5"),
        (
            "hypot(3,4)",
            "“hypot(3,4)” has hypot, which is no function here. Type the number that it comes to.",
        ),
        (
            "log(8,2)",
            "“log(8,2)” gives log several numbers, or a comma for a decimal point.",
        ),
        ("1,2,3", "“1,2,3” holds several numbers, or decimals with a comma. Type one number."),
        ("[1,2]", "“[1,2]” holds several numbers, or decimals with a comma. Type one number."),
        (
            "many",
            "“many” cannot be read as a number. Type digits, with a point before decimals.",
        ),
        ("3 kg", "“3 kg” has more than its number. Type that alone: 3."),
        ("-2.5 m/s", "“-2.5 m/s” has more than its number. Type that alone: -2.5."),
        ("3 to 5", "“3 to 5” holds several numbers. Type one number."),
        ("-3 or 3", "“-3 or 3” holds several numbers. Type one number."),
        ("±3", "“±3” may be any of several numbers. Type one number."),
        ("<= 3", "“<= 3” may be any of several numbers. Type one number."),
        ("!= 3", "“!= 3” may be any of several numbers. Type one number."),
        (
            "3k",
            "“3k” cannot be read as a number. Type digits, with a point before decimals.",
        ),
        ("3 (4)", "“3 (4)” holds several numbers. Type one number."),
        ("30°", "“30°” has an angle in degrees. Angles are in radians: type the degrees times pi/180."),
    ],
)
def test_what_is_not_read_is_refused_with_a_true_sentence(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_answer(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "1,5-1",
        "a,b",
        "1,2,3",
        "log(8,2)",
        "3 to 5",
        "±3",
        "3k",
        "4" * 300,
        "1e-400",
        "2e",
        "45°",
        "5!",
    ],
)
def test_what_is_said_of_an_unread_answer_holds_no_example_that_could_be_the_answer(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_answer(text)
    own_words = (
        str(refused.value).replace(f"“{text}”", "").replace("from 0. Type 0", "").replace("pi/180", "")
    )
    assert not any(letter.isdigit() for letter in own_words), refused.value


@pytest.mark.parametrize("name", ["sum", "max", "exp", "log", "e", "pi", "sqrt", "mean", "prod"])
def test_a_node_may_be_called_as_a_function_or_a_constant_is(name: str) -> None:
    formula = f"Type a number, not a formula: put in the value of {name}."
    alone = f"Type a number, not a name: the value of {name}."
    for text, said in {
        f"{name} - 1": formula,
        f"2*{name}": formula,
        f"-{name}": formula,
        name: alone,
    }.items():
        with pytest.raises(Refused) as refused:
            read_answer(text, {name, "a"})
        assert str(refused.value) == said
    assert read_answer(f"{name} = 6", {name}).value == read_answer(f"6 = {name}", {name}).value == 6


@pytest.mark.parametrize("text", ["1/e^2", "3*e²"])
def test_a_power_of_a_node_e_is_told_how_one_of_eulers_number_is_written(text: str) -> None:
    assert 0 < read_answer(text).value < 30
    with pytest.raises(
        Refused, match=r"put in the value of e; a power of Euler's number is written exp\(…\)"
    ):
        read_answer(text, {"e"})


@pytest.mark.parametrize("text", ["1/(1 + e^(-1))", "1/(1+e^-1)", "1/(1 + e**-1)"])
def test_e_to_a_power_is_eulers_number_though_a_node_is_called_e(text: str) -> None:
    assert read_answer(text, {"e", "w"}).value == pytest.approx(1 / (1 + math.exp(-1)))
    with pytest.raises(Refused, match="put in the value of e"):
        read_answer("e^2 + 1", {"e", "w"})


def test_a_function_with_its_numbers_is_one_though_a_node_is_called_so() -> None:
    assert read_answer("max(1, 2)", {"max"}).value == 2
    assert read_answer("exp 0", {"exp"}).value == 1


def test_a_name_that_is_a_word_for_a_number_is_no_number() -> None:
    with pytest.raises(Refused, match="not a name: the value of ten"):
        read_answer("ten", {"ten"})


def test_nan_and_infinity_are_told_apart() -> None:
    asked = Question("value", 1, "L", None, "What is L?", -math.inf, "L = −∞", (), "It is L = ln(x).")
    assert judge(asked, "nan").sentence == ("It is not NaN, but infinite: type inf or -inf. It is L = ln(x).")
    other = replace(asked, answer=math.nan, solution="L = NaN")
    assert judge(other, "inf").sentence == (
        "It is not infinite: it is no number at all, NaN. It is L = ln(x)."
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sigma(1)", 1 / (1 + math.exp(-1))),
        ("logistic(1)", 1 / (1 + math.exp(-1))),
        ("∛512", 8),
        ("∛-8", -2),
        ("2∛8", 4),
        ("∜16", 2),
        ("cbrt(27)", 3),
        ("log2(8)", 3),
        ("lg 1000", 3),
        ("log₁₀(100)", 2),
        ("ln2", math.log(2)),
        ("sqrt2", math.sqrt(2)),
        ("exp −1", math.exp(-1)),
        ("sin -1", math.sin(-1)),
        ("sin²(1)", math.sin(1) ** 2),
        ("2.5 (5/2)", 2.5),
        ("ln(2) (0.693)", math.log(2)),
        ("½ (0.5)", 0.5),
        ("20 (= 4*5)", 20.0),
        ("5 * (3)", 15.0),
        ("ln (2)", math.log(2)),
        ("1/3 (0.333)", 1 / 3),
        ("3(4)", 12.0),
        ("1:4", 0.25),
        ("log(8, 2)", 3.0),
        ("1 − tanh²(0.5)", 1 - math.tanh(0.5) ** 2),
        ("sech²(1)", 1 / math.cosh(1) ** 2),
        ("-√4", -2),
    ],
)
def test_roots_of_other_degrees_and_functions_of_calculators_are_read(text: str, number: float) -> None:
    assert read_answer(text).value == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize("text", ["√-1", "√−4", "√(-1)", "ln -1", "√-√4"])
def test_what_is_no_number_of_a_negative_one_is_nan(text: str) -> None:
    assert math.isnan(read_answer(text).value)


@pytest.mark.parametrize("text", ["sin⁻¹(1)", "∛", "log2", "sin²", "sigma"])
def test_what_is_cut_off_or_may_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_answer(text)


@pytest.mark.parametrize("text", ["tan(x)", "sin(x)", "tan(x*x)", "sin(x) * 3", "exp(cos(x))"])
@pytest.mark.parametrize("x", [1e150, 3e20, 1.7e16])
def test_far_out_on_a_wave_the_number_itself_is_asked_for(text: str, x: float) -> None:
    found = [q for q in questions(run(parse(f"y = {text}", x=x))) if abs(q.answer) < 1e19]
    assert len(found) > 2
    for question in found:
        assert judge(question, question.answer).is_right
        assert not judge(question, question.answer * 1.01).is_right
        assert not judge(question, question.answer * 2).is_right
        assert question.answer == 0 or not judge(question, 0.0).is_right


@pytest.mark.parametrize(("text", "value"), [("－２", -2.0), ("١٫٥", 1.5), ("２／４", 0.5), ("= ３", 3.0)])
def test_digits_of_every_script_are_digits(text: str, value: float) -> None:
    assert read_answer(text).value == value


def test_a_wrong_answer_with_eulers_number_beside_a_node_e_says_whose_e_it_was() -> None:
    question = replace(asked(0.5), prompt="What is y = sigmoid(e)?")
    said = judge(question, "1/(1 + e^(-1))").sentence
    assert said.endswith("The e of e^… is read as Euler's number, not as the node e.")
    assert "Euler" not in judge(asked(0.5), "1/(1 + e^(-1))").sentence
    assert "Euler" not in judge(question, "0.7").sentence


def test_a_temperature_is_no_angle() -> None:
    with pytest.raises(Refused, match="has more than its number"):
        read_answer("5 °C")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0 (dead)", 0.0),
        ("0 (ReLU is off)", 0.0),
        ("3 (exact)", 3.0),
        ("5,", 5.0),
        ("'5'", 5.0),
        ("-2?", -2.0),
    ],
)
def test_a_remark_beside_an_answer_is_left_out(text: str, value: float) -> None:
    assert read_answer(text).value == value


@pytest.mark.parametrize("text", ["x=3: 6", "6 at x=3", "6 when x = 3", "6 for x = 3"])
def test_an_answer_that_says_for_which_value_it_holds_is_not_read_as_that_value(text: str) -> None:
    with pytest.raises(Refused, match="holds several numbers"):
        read_answer(text)


def test_a_remark_that_says_something_of_the_number_is_refused() -> None:
    with pytest.raises(Refused, match="negative"):
        read_answer("20 (negative)")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 squared", 25.0),
        ("2 cubed", 8.0),
        ("3 halves", 1.5),
        ("-7 tenths", -0.7),
        ("maybe -10", -10.0),
        ("I think -10", -10.0),
        ("-10 (I think)", -10.0),
    ],
)
def test_a_number_in_a_few_words_is_read_and_not_cut_short(text: str, value: float) -> None:
    assert read_answer(text).value == value


def test_the_square_of_a_number_with_a_sign_is_asked_about() -> None:
    with pytest.raises(Refused, match="may mean two things"):
        read_answer("-3 squared")


@pytest.mark.parametrize("text", ["4 (= 2²)", "4 (2²)", "4 (2**(2))", "4 (ln(e^4))", "4 (=(1+1)·2)"])
def test_a_number_that_is_said_twice_with_brackets_in_brackets_is_no_product(text: str) -> None:
    assert read_answer(text).value == 4


def test_two_numbers_of_which_one_has_brackets_in_brackets_are_refused() -> None:
    with pytest.raises(Refused, match="holds several numbers"):
        read_answer("4 (3²)")


@pytest.mark.parametrize("text", ["sin(pi)", "0.1 + 0.2 - 0.3", "cos(pi/2)"])
def test_what_arithmetic_leaves_of_a_0_is_0_where_0_is_right(text: str) -> None:
    assert judge(asked(0.0), text).is_right
    assert not judge(asked(1e-20), text).is_right
    assert not judge(asked(0.0), "1e-20").is_right


@pytest.mark.parametrize("text", ["2^1/2", "8**1/3", "4 ^ -1/2"])
def test_a_power_that_may_be_a_root_is_asked_about(text: str) -> None:
    with pytest.raises(Refused, match="may be a root or a quotient"):
        read_answer(text)
    assert read_answer("2^(1/2)").value == math.sqrt(2)
    assert read_answer("3^2/2").value == 4.5


@pytest.mark.parametrize("text", ["1e-99999999999999999999", "-2e-400"])
def test_a_number_too_small_to_be_told_from_0_is_told_as_that(text: str) -> None:
    with pytest.raises(Refused, match="is too small to be told from 0"):
        read_answer(text)


@pytest.mark.parametrize(
    ("answer", "typed", "is_right"),
    [
        (162754.79, "163000", True),
        (162754.79, "162750", True),
        (162754.79, "160000", False),
        (162754.79, "164000", False),
        (4073.85, "4070", True),
        (-12382.6, "-12400", True),
        (123456.0, "123000", True),
        (1004.0, "1000", False),
        (2048.0, "2050", False),
        (20.04, "20", False),
        (20.04, "40/2", False),
        (9.996, "10", False),
        (15003.2, "1.5e4", False),
        (1.6275479e300, "1.63e300", True),
    ],
)
def test_a_long_result_may_be_rounded_with_zeros_for_the_other_digits(
    answer: float, typed: str, is_right: bool
) -> None:
    assert judge(asked(answer), typed).is_right == is_right


@pytest.mark.parametrize("name", ["pi", "π"])
@pytest.mark.parametrize("typed", ["pi/4", "π/4", "0.25π", "pi*0.25", "0.785398"])
def test_pi_is_a_number_however_the_question_writes_it(name: str, typed: str) -> None:
    asked = Question("value", 2, "u", None, f"What is the value of u = {name} × e?", math.pi / 4, "", (), "")
    assert judge(asked, typed).is_right
