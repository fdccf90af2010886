"""What other languages have where a formula has something else is named, with what to write."""

from __future__ import annotations

import math

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.errors import TextError
from nodegraph.core.notation.formula_mistakes import CHOICE
from nodegraph.core.notation.formula_signs import DERIVATIVE
from nodegraph.core.notation.labels import BEHIND
from nodegraph.core.notation.not_arithmetic import INTEGERS

IDLE = "leave this line out: it computes nothing"
EXPONENT = "an exponent is written with e, as in 1.5e-3"
COMPLEX = "a graph has no complex numbers, and a product has a *"
REMARK = "a remark begins with #"
LIST = "a list is written [1, 2, 3], and its elements are x[0], x[1], …"


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("f = @(x, y) x.^2 + y.^2;\nf(1, 2)", 1, 1, "write f(x, y) = … for a function"),
        ("s <- function(z) 1/(1 + exp(-z))\ny <- s(w*x)", 1, 1, "write s(z) = … for a function"),
        ("a = 2\nf = (x, y) => x*y", 2, 1, "write f(x, y) = … for a function"),
        ("f = x -> x^2", 1, 1, "write f(x) = … for a function"),
        ("x = c(1, 2, 3)\ny = sum(x)", 1, 5, LIST),
        ("y = x %*% w", 1, 7, "write * between two factors: a node is one number"),
        ("y = @. tanh(w * x)", 1, 5, "leave out @.: a node is one number"),
        ("using Zygote\ny = x^2", 1, 1, IDLE),
        ("library(nnet)\ny = x^2", 1, 1, IDLE),
        ("clear all; close all\ny = x^2", 1, 1, IDLE),
        ("y = x^2\nDebug.Print y", 2, 13, IDLE),
        ("y = x^2\necho y", 2, 6, IDLE),
        ("local x = 2\ny = x^2", 1, 1, "leave out local: x = …"),
        (
            "$x = 2;\n$y = $x ** 2 + 3*sin($x);",
            1,
            1,
            "this character has no meaning in a formula; leave it out",
        ),
        ("y = A*x**2.0D0", 1, 10, EXPONENT),
        ("a = 2.0f; L = a*a", 1, 5, "leave out the letter behind the number"),
        ("a = 1,000; L = a*2", 1, 5, "a number has no commas, as in 1000"),
        ("L = A1<>B1", 1, 7, "a comparison cannot stand in a graph"),
        ("L = WURZEL(A1)", 1, 5, "there is no function WURZEL; write sqrt(x)"),
        ("y = ‖x‖₂", 1, 8, "this character has no meaning in a formula; leave it out"),
        (
            "y = max(1,500, x)",
            1,
            9,
            "1,500 may be 1500 or several numbers; write 1500, or blanks between them",
        ),
        ("y = max(x, 0,5)", 1, 12, "0,5 may be 0.5 or several numbers; write 0.5, or blanks between them"),
        ("w = [1,000, 2,000]; y = w[0]", 1, 6, "1,000 may be 1000 or several numbers"),
        ("y = 2*statistics.mean([a, b])", 1, 23, "this would be lost; write mean(a, b)"),
        ("y = 2*st.sum([1.0, 2.5])", 1, 14, "this would be lost; write a + b"),
        ("**z = w*x + b**", 1, 1, "leave out the marks around the formula"),
        ("L = (w*x - t)**2\ndL/dw = 2*(w*x - t)*x", 2, 1, DERIVATIVE),
        ("d/dx x^2", 1, 1, DERIVATIVE),
        ("y = x^2\ng = d/dx (x^2)", 2, 5, DERIVATIVE),
        ("grad = d(sin(x)^2)/dx", 1, 8, DERIVATIVE),
        ("d^2y/dx^2 = -k*y", 1, 1, DERIVATIVE),
        ("a = d²y/dt²", 1, 5, DERIVATIVE),
        ("dN/dt = r*N*(1 - N/K)", 1, 1, DERIVATIVE),
        ("z = 3 + 4i", 1, 9, f"{COMPLEX}: 4*i"),
        ("z = (1 - 2.5j)*x", 1, 10, f"{COMPLEX}: 2.5*j"),
        ("y = 1e-3*x\n  % step response of a first-order plant", 2, 3, REMARK),
        ("%% Parameters of the plant\nK = 2; y = K*x;", 1, 1, REMARK),
        ("// the sum that is squared\ny = (a + b)^2", 1, 1, REMARK),
        (
            "<math><mi>y</mi><mo>=</mo><mi>x</mi></math>",
            1,
            1,
            "this is MathML; write the formula in plain text",
        ),
        ("graph main (\n  %x[FLOAT, 1]\n) {\n  %y = Tanh(%x)\n}", 1, 1, "this is a graph that ONNX or"),
        ("y = x > 0 ? x : 0", 1, 11, CHOICE),
        ("u = k*e;\nif (u > 1) u = 1;\nelse if (u < -1) u = -1;", 2, 1, CHOICE),
        ("y = (float)x * 2", 1, 5, "leave out (float): each node is a decimal number"),
        ("n = ( int ) (x*2)", 1, 5, INTEGERS),
        ("y = fmaxf(0.0f, x)", 1, 11, "leave out the letter behind the number"),
        ("y = 1e3f*x", 1, 5, "leave out the letter behind the number"),
        ("y = 2f*x", 1, 6, "write * between two factors, or leave out the f behind the number"),
        ("v = adc*3.3/4095u", 1, 17, "write * between two factors, or leave out the u behind the number"),
        ("float f(float x) { return x*x + 1; }", 1, 1, "write f(x) = … for a function"),
        ("static double s(const double *x, double w) {\n  return w * *x;\n}", 1, 1, "write s(x, w) = … for"),
        ("const unsigned int n = 2;\ny = n*x", 1, 1, "leave out const unsigned int: n = …"),
        ("y = a*b /* product */ + c", 1, 9, REMARK),
        ("y = std::max(0.0, x)", 1, 5, "leave out std::"),
        ("z = w*x + b   (1)\na = tanh(z)   (2)", 1, 15, BEHIND),
        ("y = f′(x)", 1, 6, DERIVATIVE),
        ("y = w′*x", 1, 6, "a name with ′ stands between backticks"),
    ],
)
def test_what_another_language_has_is_named(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(TextError) as refused:
        parse(text)
    assert (refused.value.line, refused.value.column) == (line, column)
    assert refused.value.message.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "graph = a*b",
        "hold = 3*a; y = hold*x",
        "y = 5% * x",
        "d = 2*a; y = d/x",
        "y = d/dx*x + 2*i",
        "a = d^2*y/dx^2; z = d/dxy",
    ],
)
def test_names_that_another_language_has_otherwise_are_names(text: str) -> None:
    assert parse(text).output


@pytest.mark.parametrize("text", ["graph(x) = x*(2", "graph = (a + b"])
def test_a_mistake_in_a_formula_of_such_a_name_is_told_as_that(text: str) -> None:
    with pytest.raises(TextError, match="never closed"):
        parse(text)


def test_a_choice_set_as_an_array_behind_a_brace_is_called_a_choice() -> None:
    with pytest.raises(TextError, match="a choice cannot stand in a graph"):
        parse(r"y = \left\{\begin{array}{ll} x & x>0 \\ 0 & x \le 0 \end{array}\right.")


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("y = max(1, 500, x)", "y = max(1, 500, x)"),
        ("y = max(1,500,x)", "y = max(1, 500, x)"),
        ("y = max(x,0,5)", "y = max(x, 0, 5)"),
        ("print('1,000, x')\ny = 2*x  # 1,000, 2", "y = 2 * x"),
    ],
)
def test_commas_between_operands_part_them(text: str, formula: str) -> None:
    assert to_text(parse(text)) == formula


@pytest.mark.parametrize("remark", ["", "// Drawn by hand\n", "// Drawn by hand\n\n"])
def test_dot_is_known_as_dot_below_a_remark_too(remark: str) -> None:
    with pytest.raises(TextError, match="this is DOT, which is read from a file"):
        parse(f"{remark}digraph {{\n  a -> b;\n}}\n")


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("y = fmax(0, x)*fminf(x, 2)", "y = max(0, x) * min(x, 2)"),
        ("y = expf(-x) + powf(x, w) + fabsf(x)", "y = exp(-x) + x**w + abs(x)"),
        ('y = tanhf(x);\nprintf("%f", y);', "y = tanh(x)"),
        ("A = Math.PI*r", "A = pi * r"),
        ("fmaxf(x) = x + 1; y = fmaxf(x)*2", "fmaxf = x + 1\ny = fmaxf * 2"),
        ("M_PI = 3*r; y = M_PI*x", "M_PI = 3 * r\ny = M_PI * x"),
        ("#define VREF 3.3 // volts\nV = adc*VREF/4095", "VREF = 3.3\nV = adc * VREF / 4095"),
        ("#define GAIN (R2/R1) /* of the amplifier */\nV = GAIN*x", "GAIN = R2 / R1\nV = GAIN * x"),
        ("  # define SQUARED(x) ((x)*(x))\n  y = 2*SQUARED(a + b)", "x = a + b\ny = 2 * (x * x)"),
        ("# define the loss\n#define loss of a row\ny = 2*x", "y = 2 * x"),
        ("# define loss (MSE)\n# define w 2 times\n#define y (the answer)\ny = 2*x", "y = 2 * x"),
    ],
)
def test_functions_and_definitions_of_c_are_read(text: str, formula: str) -> None:
    assert to_text(parse(text)) == to_text(parse(formula))


def test_pi_of_c_is_the_constant_and_told() -> None:
    graph = parse("A = M_PI * r * r")
    assert graph.node("M_PI").value == math.pi
    assert whole_text_note(graph).startswith("M_PI is the constant 3.14159 here; for an input of that name")


def test_a_mistake_in_what_c_defines_is_told_where_it_stands() -> None:
    with pytest.raises(TextError) as refused:
        parse("#define N 4095u\nV = adc/N")
    assert (refused.value.line, refused.value.column) == (1, 15)


@pytest.mark.parametrize(
    "line",
    [
        "console.log(y)",
        "console.log(y); console.error(y)",
        "logger.log(10, y)",
        "wandb.log(y)",
        "writer.add(y)",
        "alert(y)",
        "System.out.println(y)",
        "fmt.Println(y)",
        "Console.WriteLine(y)",
        "log.info(y)",
    ],
)
def test_calls_that_show_or_keep_a_value_are_no_formulas(line: str) -> None:
    assert to_text(parse(f"y = x**2\n{line}")) == "y = x ** 2"


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("x = input(2)\ny = x**2\nx.add(y)", "y = x ** 2\ne = x + y"),
        ("x = input(2)\ny = x**2\nb.mul(y)", "y = x ** 2\ne = b * y"),
        ("x = input(2)\nx.exp()", "e = exp(x)"),
        ("w.add(x)", "e = w + x"),
    ],
)
def test_methods_of_numbers_alone_on_a_line_are_formulas(text: str, formula: str) -> None:
    assert to_text(parse(text)) == formula


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("y = \u0430*a", "the a of one is a Cyrillic letter, and that of the other a Latin one"),
        ("y = \u0391*A", "the A of one is a Greek letter, and that of the other a Latin one"),
        ("y = а*b", ""),
        ("y = a*α", ""),
    ],
)
def test_names_that_look_the_same_are_told(text: str, letters: str) -> None:
    told = whole_text_note(parse(text))
    assert letters in told if letters else told == ""
