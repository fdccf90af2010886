"""The catalogue: one record per operation; adding an operation is adding one record here.

The palette, help, explanations, expression text, the file reader and the derivative tests all read them.

Arrays: an operation with k inputs evaluated at n places takes float64 of shape (k, n) and returns values of
shape (n,) and local derivatives of shape (k, n), one row per input port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.operations import formula
from nodegraph.core.operations.careful_values import (
    mean_of,
    power_derivatives,
    product_of,
    products_of_others,
    share_among_ties,
    sigmoid,
    sigmoid_slope,
    sum_of,
    tanh_slope,
)
from nodegraph.core.operations.elements import Element, Fold
from nodegraph.core.operations.formula import ATOM, POWER, PRODUCT, SIGN, SUM, Call, Name, Notation, Tree
from nodegraph.core.quoting import quoted

Array = NDArray[np.float64]

VALUES, ARITHMETIC, FUNCTIONS, ACTIVATION, REDUCTION = (
    "Values",
    "Arithmetic",
    "Functions",
    "Activation",
    "Several",
)
LEAKY_SLOPE = 0.01


@dataclass(frozen=True)
class Operation:
    """One operation.

    `rule(port, count)` is the local derivative by that port as text, in terms of the inputs x0, x1… and the
    result y; numbers come from it too unless `derivatives` gives them in a numerically safer way. `samples`
    are places at which the rules are tested; `kinks` says in words where it is not differentiable. `reasons`
    say why the rules hold, by port (the last for all further ones), with {others} and {count} filled in.
    `element` is the same operation on its least number of inputs, and `fold` on more, for compiled passes;
    without them those ask `value` and `local_derivatives` too. `searched` is what else people look for it by,
    which a foreign file does not mean by it.
    """

    name: str
    title: str
    symbol: str
    group: str
    doc: str
    least: int = 0
    most: int | None = 0
    value: Callable[[Array], Array] = field(default=lambda inputs: inputs[0], repr=False)
    rule: Callable[[int, int], str] = field(default=lambda port, count: "1", repr=False)
    derivatives: Callable[[Array, Array], Array] | None = field(default=None, repr=False)
    notation: Notation | None = None
    definition: str = ""
    domain: str = ""
    kinks: str = ""
    samples: tuple[tuple[float, ...], ...] = ()
    synonyms: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    source: str = "elementary calculus"
    reasons: tuple[str, ...] = ()
    element: Element | None = None
    fold: Fold | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it takes no edges."""
        return self.most == 0

    @property
    def is_variadic(self) -> bool:
        """Whether it takes any number of inputs from `least` on."""
        return self.most is None

    def why(self, port: int, count: int) -> str:
        """Which rule of calculus gives the local derivative by a port, and why; no full stop.

        >>> OPERATIONS["multiply"].why(0, 2)
        'Product rule by one factor: the other factor remains'
        """
        if not self.reasons:
            return ""
        others = "other factor remains" if count == 2 else f"other {count - 1} factors remain"
        return self.reasons[min(port, len(self.reasons) - 1)].format(others=others, count=count)

    def local_derivatives(self, inputs: Array, result: Array) -> Array:
        """∂result/∂input for every port and place, as the rule says, be the value a number or not: the slope
        of a sum is 1 where the sum is NaN. Only a rule with cases has none where it would compare NaN.
        """
        if self.derivatives is not None:
            rows = self.derivatives(inputs, result)
        else:
            names: dict[str, Any] = {f"x{port}": row for port, row in enumerate(inputs)} | {"y": result}
            rows = np.empty_like(inputs)
            for port in range(len(inputs)):
                rows[port] = formula.evaluate(rule_tree(self.name, port, len(inputs)), names, VALUE_FUNCTIONS)
        return np.where(np.isnan(result), np.nan, rows) if self.kinks else rows


def _function(text: str, latex: str = "") -> Notation:
    upright = rf"\operatorname{{{{{text}}}}}"
    return Notation(f"{text}({{0}})", f"{text}({{0}})", (latex or upright) + r"\left({0}\right)", POWER)


def _several(text: str, latex: str) -> Notation:
    inside = "({0}, {1})"
    return Notation(text + inside, text + inside, latex + r"\left({0}, {1}\right)", POWER)


OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation(
            "input",
            "Input",
            "x",
            VALUES,
            "A leaf you set; its gradient says how the output reacts to it.",
            synonyms=("variable", "leaf", "parameter", "weight"),
            searched=("placeholder",),
        ),
        Operation(
            "constant",
            "Constant",
            "2",
            VALUES,
            "A fixed number; no gradient is asked for.",
            synonyms=("number", "literal"),
            searched=("fixed",),
        ),
        Operation(
            "add",
            "Add",
            "+",
            ARITHMETIC,
            "The sum of two or more inputs.",
            2,
            None,
            sum_of,
            notation=Notation("{0} + {1}", "{0} + {1}", "{0} + {1}", SUM, (SUM, PRODUCT)),
            samples=((6.0, -10.0), (1.5, 1.5), (0.0, 2.0, -7.25)),
            synonyms=("plus", "sum"),
            searched=("addition", "adding", "and"),
            reasons=("Sum rule: each term passes its change on, one for one",),
            element=Element("x0 + x1"),
            fold=Fold("y + x", "1", holds="isfinite(y)"),
        ),
        Operation(
            "subtract",
            "Subtract",
            "−",
            ARITHMETIC,
            "The first input less the second.",
            2,
            2,
            lambda inputs: inputs[0] - inputs[1],
            lambda port, count: ("1", "-1")[port],
            notation=Notation("{0} - {1}", "{0} − {1}", "{0} - {1}", SUM, (SUM, PRODUCT)),
            samples=((3.0, 5.0), (-2.0, -2.0)),
            synonyms=("minus", "difference", "sub"),
            searched=("subtraction", "subtracting", "less", "take away"),
            reasons=(
                "Difference rule: the first term passes its change on, one for one",
                "Difference rule: what is subtracted moves the result the other way",
            ),
            element=Element("x0 - x1"),
        ),
        Operation(
            "multiply",
            "Multiply",
            "×",
            ARITHMETIC,
            "The product of two or more inputs.",
            2,
            None,
            product_of,
            lambda port, count: "*".join(f"x{other}" for other in range(count) if other != port),
            lambda inputs, result: products_of_others(inputs),
            notation=Notation("{0} * {1}", "{0} × {1}", r"{0} \times {1}", PRODUCT, (PRODUCT, SIGN)),
            samples=((2.0, 3.0), (-4.0, 5.0), (0.0, 2.5), (2.0, -3.0, 0.5)),
            synonyms=("times", "product", "mul"),
            searched=("multiplication", "multiplied by", "multiplying", "dot"),
            reasons=("Product rule by one factor: the {others}",),
            element=Element("x0 * x1"),
        ),
        Operation(
            "divide",
            "Divide",
            "÷",
            ARITHMETIC,
            "The first input over the second.",
            2,
            2,
            lambda inputs: inputs[0] / inputs[1],
            lambda port, count: ("1/x1", "-x0/x1**2")[port],
            lambda inputs, result: np.stack([1 / inputs[1], -result / inputs[1]]),
            notation=Notation("{0} / {1}", "{0} / {1}", r"\frac{{{0}}}{{{1}}}", PRODUCT, (PRODUCT, SIGN)),
            domain="the divisor is not 0",
            samples=((1.0, 4.0), (-3.0, 2.0), (2.5, -0.5)),
            synonyms=("over", "quotient", "ratio", "div"),
            searched=("division", "divided by", "dividing"),
            reasons=(
                "Quotient rule by the numerator: the denominator stays below",
                "Quotient rule by the denominator: the slope of 1/u is −1/u², and the numerator stays",
            ),
            element=Element("x0 / x1", ("1 / x1", "-y / x1")),
        ),
        Operation(
            "negate",
            "Negate",
            "−x",
            ARITHMETIC,
            "The input with its sign turned.",
            1,
            1,
            lambda inputs: -inputs[0],
            lambda port, count: "-1",
            notation=Notation("-{0}", "−{0}", "-{0}", SIGN, (POWER,)),
            samples=((2.0,), (-0.5,)),
            synonyms=("minus", "opposite", "neg"),
            searched=("negative", "negation", "unary minus", "change sign", "flip sign"),
            reasons=("The sign turns: the result falls as the input rises",),
            element=Element("-x0"),
        ),
        Operation(
            "power",
            "Power",
            "xⁿ",
            ARITHMETIC,
            "The first input raised to the second.",
            2,
            2,
            lambda inputs: np.power(inputs[0], inputs[1]),
            lambda port, count: ("x1*x0**(x1 - 1)", "y*log(x0)")[port],
            power_derivatives,
            notation=Notation("{0} ** {1}", "{0}^{1}", "{0}^{{{1}}}", POWER, (ATOM, ATOM)),
            domain="a negative base has a whole exponent; 0 has no negative one",
            samples=((2.0, 3.0), (1.5, -2.0), (0.3, 0.5)),
            synonyms=("exponent", "pow", "raise"),
            searched=("to the power of", "exponentiation", "raised to", "cube", "cubed", "nth power"),
            reasons=(
                "Power rule: the exponent comes down as a factor and drops by one",
                "Exponential rule: the power itself times the logarithm of its base",
            ),
            element=Element(
                "x0**x1", holds="x0 > 0 and is_normal(y) and x1 - 1 + 1 == x1 and is_normal(x0 ** (x1 - 1))"
            ),
        ),
        Operation(
            "reciprocal",
            "Reciprocal",
            "1/x",
            ARITHMETIC,
            "One over the input.",
            1,
            1,
            lambda inputs: 1 / inputs[0],
            lambda port, count: "-1/x0**2",
            lambda inputs, result: -(result * result)[None],
            notation=Notation("reciprocal({0})", "1 / {0}", r"\frac{{1}}{{{0}}}", PRODUCT, (SIGN,)),
            domain="the input is not 0",
            samples=((4.0,), (-0.5,)),
            synonyms=("inverse", "one over"),
            searched=("invert", "1 over x", "multiplicative inverse"),
            reasons=("Power rule with the exponent −1: minus one over the square",),
            element=Element("1 / x0", ("-(y * y)",)),
        ),
        Operation(
            "square",
            "Square",
            "x²",
            ARITHMETIC,
            "The input times itself.",
            1,
            1,
            lambda inputs: inputs[0] * inputs[0],
            lambda port, count: "2*x0",
            notation=Notation("square({0})", "{0}²", "{0}^{{2}}", POWER, (ATOM,)),
            samples=((3.0,), (-1.5,)),
            synonyms=("squared",),
            searched=("squaring", "power of two", "x squared", "squared error"),
            reasons=("Power rule with the exponent 2: twice the input",),
            element=Element("x0 * x0"),
        ),
        Operation(
            "sqrt",
            "Square root",
            "√",
            FUNCTIONS,
            "The root that is not negative.",
            1,
            1,
            lambda inputs: np.sqrt(inputs[0]) + 0.0,  # the root of −0 is no −0: it is not negative
            lambda port, count: "1/(2*y)",
            notation=Notation("sqrt({0})", "√{0}", r"\sqrt{{{0}}}", POWER, (ATOM,)),
            domain="the input is 0 or more; at 0 the slope is infinite",
            samples=((4.0,), (0.3,)),
            synonyms=("root",),
            searched=("radical", "square root", "rooting"),
            reasons=("Power rule with the exponent ½: one over twice the root",),
            element=Element("sqrt(x0) + 0.0"),
        ),
        Operation(
            "exp",
            "Exp",
            "eˣ",
            FUNCTIONS,
            "The number 2.71828… (Euler's) raised to the input.",
            1,
            1,
            lambda inputs: np.exp(inputs[0]),
            lambda port, count: "y",
            notation=_function("exp", r"\exp"),
            domain="above about 709.78 the result overflows to ∞",
            samples=((0.0,), (1.5,), (-3.0,)),
            synonyms=("exponential",),
            searched=("exponentiate", "e to the x", "euler", "antilog"),
            reasons=("The exponential is its own derivative",),
            element=Element("exp(x0)"),
        ),
        Operation(
            "log",
            "Log",
            "ln",
            FUNCTIONS,
            "The natural logarithm.",
            1,
            1,
            lambda inputs: np.log(inputs[0]),
            lambda port, count: "1/x0",
            lambda inputs, result: 1 / (inputs + 0.0),  # −0 is the edge of the domain, which lies above it
            notation=Notation("log({0})", "ln({0})", r"\ln\left({0}\right)", POWER),
            domain="the input is above 0",
            samples=((2.0,), (0.1,)),
            synonyms=("ln", "logarithm", "natural"),
            searched=("natural log", "log base e", "logarithmic", "cross entropy"),
            reasons=("The natural logarithm rises by one over its input",),
            element=Element("log(x0)", ("1 / (x0 + 0.0)",)),
        ),
        Operation(
            "sin",
            "Sin",
            "sin",
            FUNCTIONS,
            "The sine; the input is an angle in radians.",
            1,
            1,
            lambda inputs: np.sin(inputs[0]),
            lambda port, count: "cos(x0)",
            notation=_function("sin", r"\sin"),
            samples=((0.5,), (5.0,)),
            synonyms=("sine",),
            searched=("sinus", "trigonometric"),
            reasons=("The slope of the sine is the cosine",),
            element=Element("sin(x0)"),
        ),
        Operation(
            "cos",
            "Cos",
            "cos",
            FUNCTIONS,
            "The cosine; the input is an angle in radians.",
            1,
            1,
            lambda inputs: np.cos(inputs[0]),
            lambda port, count: "-sin(x0)",
            notation=_function("cos", r"\cos"),
            samples=((0.5,), (4.0,)),
            synonyms=("cosine",),
            searched=("cosinus", "trigonometric"),
            reasons=("The slope of the cosine is minus the sine",),
            element=Element("cos(x0)"),
        ),
        Operation(
            "tan",
            "Tan",
            "tan",
            FUNCTIONS,
            "The tangent; the input is an angle in radians.",
            1,
            1,
            lambda inputs: np.tan(inputs[0]),
            lambda port, count: "1 + y**2",
            notation=_function("tan", r"\tan"),
            domain="the input is no odd multiple of π/2",
            samples=((0.5,), (-1.2,)),
            synonyms=("tangent",),
            searched=("trigonometric",),
            reasons=("Quotient rule on sin/cos: one plus the square of the tangent",),
            element=Element("tan(x0)"),
        ),
        Operation(
            "abs",
            "Absolute",
            "|x|",
            FUNCTIONS,
            "The size without the sign; the slope at 0 is taken as 0.",
            1,
            1,
            lambda inputs: np.abs(inputs[0]),
            lambda port, count: "1 if x0 > 0 else (0 if x0 == 0 else -1)",
            notation=Notation("abs({0})", "|{0}|", r"\left|{0}\right|"),
            kinks="at 0",
            samples=((2.0,), (-3.0,)),
            synonyms=("absolute", "magnitude"),
            searched=("absolute value", "modulus", "fabs"),
            source="convention abs′(0) = 0",
            reasons=("The size rises to the right of 0 and falls to its left; at 0 the slope is taken as 0",),
            element=Element("abs(x0)"),
        ),
        Operation(
            "sigmoid",
            "Sigmoid",
            "σ",
            ACTIVATION,
            "One over 1 plus exp of minus the input: squeezes any input into 0…1.",
            1,
            1,
            lambda inputs: sigmoid(inputs[0]),
            lambda port, count: "y*(1 - y)",
            lambda inputs, result: sigmoid_slope(inputs),
            notation=Notation("sigmoid({0})", "σ({0})", r"\sigma\left({0}\right)", POWER),
            definition="1 / (1 + exp(-x0))",
            samples=((0.0,), (2.0,), (-5.0,)),
            synonyms=("logistic", "squash"),
            searched=("sigma", "expit", "s curve", "activation"),
            source="σ′ = e⁻ˣ/(1 + e⁻ˣ)², which does not cancel for large x",
            reasons=(
                "The sigmoid's slope comes from its own value σ, as σ(1 − σ): at most ¼, near 0 at both ends",
            ),
            element=Element("sigmoid(x0)", ("sigmoid_slope(x0)",)),
        ),
        Operation(
            "tanh",
            "Tanh",
            "tanh",
            ACTIVATION,
            "The hyperbolic tangent: squeezes any input into −1…1.",
            1,
            1,
            lambda inputs: np.tanh(inputs[0]),
            lambda port, count: "1 - y**2",
            lambda inputs, result: tanh_slope(inputs),
            notation=_function("tanh", r"\tanh"),
            samples=((0.0,), (0.881373587019543,), (-2.0,)),
            synonyms=("hyperbolic",),
            searched=("hyperbolic tangent", "activation", "nonlinearity"),
            source="tanh′ = 4e⁻²ˣ/(1 + e⁻²ˣ)², which does not cancel for large x",
            reasons=(
                "The slope of tanh comes from its own value, as 1 − tanh²: 1 at 0, near 0 at both ends",
            ),
            element=Element("tanh(x0)", ("tanh_slope(x0, y)",)),
        ),
        Operation(
            "relu",
            "ReLU",
            "relu",
            ACTIVATION,
            "The input where it is positive, else 0; the slope at 0 is 0.",
            1,
            1,
            lambda inputs: np.where(np.isnan(inputs[0]), np.nan, np.maximum(inputs[0], 0.0)),
            lambda port, count: "1 if x0 > 0 else 0",
            notation=_function("relu"),
            kinks="at 0",
            samples=((1.5,), (-2.0,)),
            synonyms=("rectifier", "ramp"),
            searched=("rectified linear unit", "rectify", "positive part", "activation", "nonlinearity"),
            source="convention relu′(0) = 0",
            reasons=("A positive input passes through, one for one; any other is cut off and has no effect",),
            element=Element("0.0 if x0 <= 0 else x0"),
        ),
        Operation(
            "leaky_relu",
            "Leaky ReLU",
            "leaky",
            ACTIVATION,
            "As ReLU, but negative inputs keep a slope of 0.01.",
            1,
            1,
            lambda inputs: np.where(inputs[0] > 0, inputs[0], LEAKY_SLOPE * inputs[0]),
            lambda port, count: f"1 if x0 > 0 else {LEAKY_SLOPE}",
            notation=Notation(
                "leaky_relu({0})", "leaky({0})", r"\operatorname{{leaky}}\left({0}\right)", POWER
            ),
            kinks="at 0",
            samples=((1.5,), (-2.0,)),
            synonyms=("lrelu",),
            searched=("leaky rectifier", "activation"),
            source="slope 0.01 below 0",
            reasons=("A positive input passes through, one for one; any other only by a hundredth",),
            element=Element(f"x0 if x0 > 0 else {LEAKY_SLOPE} * x0"),
        ),
        Operation(
            "softplus",
            "Softplus",
            "ln(1+eˣ)",
            ACTIVATION,
            "The logarithm of 1 plus exp of the input: a smooth ReLU.",
            1,
            1,
            lambda inputs: np.logaddexp(inputs[0], 0.0),
            lambda port, count: "sigmoid(x0)",
            notation=_function("softplus"),
            definition="log(1 + exp(x0))",
            samples=((0.0,), (3.0,), (-4.0,)),
            searched=("smooth relu", "soft plus", "activation"),
            reasons=("The slope of softplus is the sigmoid of its input",),
            element=Element("softplus(x0)"),
        ),
        Operation(
            "max",
            "Max",
            "max",
            REDUCTION,
            "The largest input; tied inputs share the gradient evenly.",
            2,
            None,
            lambda inputs: np.max(inputs, axis=0),
            lambda port, count: f"1 if x{port} == y else 0",
            share_among_ties,
            notation=_several("max", r"\max"),
            kinks="where inputs tie",
            samples=((2.0, -1.0), (1.0, 3.0, 2.0)),
            synonyms=("maximum", "largest"),
            searched=("biggest", "greatest", "larger", "highest", "maximize"),
            source="ties shared evenly, as JAX and PyTorch's maximum do",
            reasons=("Only the largest input decides; the others have no effect",),
            element=Element(
                "x0 if x0 >= x1 or x0 != x0 else x1",
                ("0.5 * (x0 == y) + 0.5 * (x0 > x1)", "0.5 * (x1 == y) + 0.5 * (x1 > x0)"),
            ),
        ),
        Operation(
            "min",
            "Min",
            "min",
            REDUCTION,
            "The smallest input; tied inputs share the gradient evenly.",
            2,
            None,
            lambda inputs: np.min(inputs, axis=0),
            lambda port, count: f"1 if x{port} == y else 0",
            share_among_ties,
            notation=_several("min", r"\min"),
            kinks="where inputs tie",
            samples=((2.0, -1.0), (1.0, 3.0, 2.0)),
            synonyms=("minimum", "smallest"),
            searched=("least", "smaller", "lowest", "minimize"),
            source="ties shared evenly, as JAX and PyTorch's minimum do",
            reasons=("Only the smallest input decides; the others have no effect",),
            element=Element(
                "x0 if x0 <= x1 or x0 != x0 else x1",
                ("0.5 * (x0 == y) + 0.5 * (x0 < x1)", "0.5 * (x1 == y) + 0.5 * (x1 < x0)"),
            ),
        ),
        Operation(
            "mean",
            "Mean",
            "mean",
            REDUCTION,
            "The average of two or more inputs.",
            2,
            None,
            mean_of,
            lambda port, count: f"1/{count}",
            notation=_several("mean", r"\operatorname{{mean}}"),
            samples=((1.0, 4.0), (2.0, -3.0, 0.5)),
            synonyms=("average",),
            searched=("arithmetic mean",),
            reasons=("Each of the {count} inputs makes up one part in {count}",),
            element=Element("(x0 + x1) / 2", holds="isfinite(y)"),
            fold=Fold("y + x", "1 / count", "y / count", holds="isfinite(y)"),
        ),
    )
}

PASS_THROUGH = Operation(
    "pass_through",
    "Passes through",
    "→",
    VALUES,
    "What a muted operation does: it hands on its first input.",
    1,
    1,
    lambda inputs: inputs[0].copy(),
    derivatives=lambda inputs, result: np.ones_like(inputs),
    element=Element("x0", ("1",)),
)
"""No operation of the catalogue: nobody adds it, and no file names it."""

ARITIES: Mapping[str, tuple[int, int | None]] = {
    name: (operation.least, operation.most) for name, operation in OPERATIONS.items() if not operation.is_leaf
}
NOTATIONS: Mapping[str, Notation] = {name: op.notation for name, op in OPERATIONS.items() if op.notation}
VALUE_FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {name: op.value for name, op in OPERATIONS.items()}


def title_of(op: str) -> str:
    """Returns what people call an operation; of one that is not known the file's own word.

    >>> title_of("leaky_relu"), title_of("conv\\u202e")
    ('Leaky ReLU', 'conv\\\\u202e')
    """
    return OPERATIONS[op].title if op in OPERATIONS else quoted(op)


def operation_of_run(name: str) -> Operation:
    """What a run of a plan computes: an operation of the catalogue, or the pass-through of muted nodes."""
    return PASS_THROUGH if name == PASS_THROUGH.name else OPERATIONS[name]


def groups() -> dict[str, list[Operation]]:
    """The catalogue by group, in the order of the palette."""
    found: dict[str, list[Operation]] = {}
    for operation in OPERATIONS.values():
        found.setdefault(operation.group, []).append(operation)
    return found


@cache
def rule_tree(name: str, port: int, count: int) -> Tree:
    """The local derivative of an operation with `count` inputs by `port`, over the names x0, x1… and y."""
    text = OPERATIONS[name].rule(port, count)
    if text.isdecimal():
        return formula.Number(float(text))  # as of a sum: the reader takes long to load
    from nodegraph.core.operations import formula_reader

    return formula_reader.Reader(text, ARITIES, cases=True).statements()[0].tree


def application(name: str, count: int) -> Tree:
    """The operation applied to the names x0, x1…"""
    return Call(name, tuple(Name(f"x{port}") for port in range(count)))


def similar(name: str) -> str:
    """The catalogue's name nearest to a mistyped one, or an empty string."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(OPERATIONS), 1, 0.6)), "")
