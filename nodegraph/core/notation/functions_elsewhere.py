"""Functions that people know and no operation has: what to write in place of them. Knows names only."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from nodegraph.core.notation.program_words import METHODS

FUNCTIONS_IN_OTHERS: Mapping[str, str] = {
    **dict.fromkeys(("lg", "log10"), "log(x)/log(10)"),
    **dict.fromkeys(("ld", "log2"), "log(x)/log(2)"),
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "cbrt": "x**(1/3)",
    "logistic": "sigmoid(x)",
    "pow": "x**n",
    "sum": "a + b",
    "Σ": "its terms out: a + b + c",
    "Π": "its factors out: a*b*c",
    **dict.fromkeys(("mse_loss", "MSELoss", "mse", "mean_squared_error"), "(y - t)**2"),
    **dict.fromkeys(("l1_loss", "L1Loss"), "abs(y - t)"),
    **dict.fromkeys(("binary_cross_entropy", "BCELoss"), "-(t*log(p) + (1 - t)*log(1 - p))"),
    **dict.fromkeys(("binary_cross_entropy_with_logits", "BCEWithLogitsLoss"), "softplus(z) - t*z"),
    **dict.fromkeys(("silu", "SiLU", "swish"), "x*sigmoid(x)"),
    "LeakyReLU": "max(x, slope*x)",
    "softmax": "exp(a)/(exp(a) + exp(b))",
    **dict.fromkeys(("cross_entropy", "CrossEntropyLoss"), "log(exp(a) + exp(b)) - a for the class of a"),
    **dict.fromkeys(("where", "select"), "the case that you mean, or relu(x)"),
    **dict.fromkeys(
        ("rand", "randn", "random", "uniform", "normal", "gauss", "randint"), "the number it came to"
    ),
    **dict.fromkeys(("default_rng", "RandomState", "PRNGKey"), "the numbers that it drew"),
    **dict.fromkeys(("perf_counter", "now"), "the number it came to"),
    **dict.fromkeys(("ones", "zeros"), "1.0 or 0.0 for each number"),
    "hypot": "sqrt(x**2 + y**2)",
    "Sequential": "its layers out: h = relu(w1*x1 + w2*x2 + b)",
    **dict.fromkeys(("linspace", "arange", "meshgrid"), "the numbers out"),
    **dict.fromkeys(("detach", "stop_gradient"), "the number it came to, which gets no gradient"),
    "logsigmoid": "-softplus(-x)",
    **dict.fromkeys(("matmul", "mm", "inner", "vdot"), "a1*b1 + a2*b2"),
    **dict.fromkeys(("Linear", "linear", "Dense"), "w1*x1 + w2*x2 + b"),
    "dot": "a1*b1 + a2*b2",
    "log1p": "log(1 + x)",
    "expm1": "exp(x) - 1",
    "rsqrt": "1/sqrt(x)",
    **dict.fromkeys(("clamp", "clip"), "min(max(x, low), high)"),
    "relu6": "min(relu(x), 6)",
    "hardtanh": "min(max(x, -1), 1)",
    "elu": "relu(x) + min(exp(x) - 1, 0)",
    "gelu": "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3))), which is close to it",
    "softsign": "x/(1 + abs(x))",
    "tanhshrink": "x - tanh(x)",
    "mish": "x*tanh(softplus(x))",
    "logit": "log(p/(1 - p))",
    "logsumexp": "log(exp(a) + exp(b))",
    **dict.fromkeys(("arsinh", "arcsinh", "asinh"), "log(x + sqrt(x**2 + 1))"),
    **dict.fromkeys(("arcosh", "arccosh", "acosh"), "log(x + sqrt(x**2 - 1))"),
    **dict.fromkeys(("artanh", "arctanh", "atanh"), "log((1 + x)/(1 - x))/2"),
    **dict.fromkeys(("cot", "ctg"), "1/tan(x)"),
    "sec": "1/cos(x)",
    **dict.fromkeys(("csc", "cosec"), "1/sin(x)"),
    "coth": "1/tanh(x)",
    "sech": "2/(exp(x) + exp(-x))",
    "csch": "2/(exp(x) - exp(-x))",
    **dict.fromkeys(("avg", "average"), "mean(a, b)"),
    "maximum": "max(a, b)",
    "minimum": "min(a, b)",
    "expit": "sigmoid(x)",
    "log_2": "log(x)/log(2)",
    "log_10": "log(x)/log(10)",
    "tg": "tan(x)",
    **dict.fromkeys(("wurzel", "racine", "raiz", "raíz"), "sqrt(x)"),
    **dict.fromkeys(("summe", "somme", "suma", "soma"), "a + b"),
    **dict.fromkeys(("mittelwert", "moyenne", "promedio"), "mean(a, b)"),
    "sqr": "x**2",
    "cube": "x**3",
    "exp2": "2**x",
    "norm": "sqrt(x**2 + y**2)",
    **dict.fromkeys(("radians", "deg2rad"), "x*pi/180"),
    **dict.fromkeys(("degrees", "rad2deg"), "x*180/pi"),
    "nll_loss": "-log(p)",
    **{f"{name}d": f"{name}(x*pi/180)" for name in ("sin", "cos", "tan")},
    **{f"{name}pi": f"{name}(pi*x)" for name in ("sin", "cos", "tan")},
    **{f"{name}2": f"{name}(x)**2" for name in ("sin", "cos", "tan", "tanh")},
    "exp10": "10**x",
    "logsig": "sigmoid(x)",
    "tansig": "tanh(x)",
    "poslin": "relu(x)",
    "prelu": "max(x, a*x)",
    "softmin": "exp(-a)/(exp(-a) + exp(-b))",
    **dict.fromkeys(("absolute", "magnitude"), "abs(x)"),
    "sine": "sin(x)",
    "cosine": "cos(x)",
    "tangent": "tan(x)",
}
"""Functions that the operations make together."""
FUNCTIONS_OF_OTHERS = (
    "asin acos atan atan2 arcsin arccos arctan arctan2 erf erfc sgn sign selu ceil floor trunc round mod "
    "fmod argmax argmin median std var factorial dropout heaviside sinc"
)
"""Functions that people know and no operation has: one that is merely spelt alike would be another one."""

_OF_SEVERAL = ("max", "min", "mean")


def known_elsewhere(name: str) -> str:
    """Says that there is no operation of a name that people know as a function, and what to write instead; ""
    of any other name.

    >>> known_elsewhere("atan"), known_elsewhere("relu6"), known_elsewhere("w")
    ('There is no operation atan.', 'There is no operation relu6; write min(relu(x), 6).', '')
    """
    made = FUNCTIONS_IN_OTHERS.get(name) or FUNCTIONS_IN_OTHERS.get(name.lower())
    if not made and name.lower() not in FUNCTIONS_OF_OTHERS.split():
        return ""
    return f"There is no operation {name}{f'; write {made}' if made else ''}."


def called(function: str) -> str:
    """Returns how a function is called, with operands as many as it takes at least."""
    return f"{function}({'a, b' if function in _OF_SEVERAL else 'x'})"


def no_function(whole: str, name: str, functions: Collection[str]) -> str:
    """Says that there is no function of a name, with its module or without, and what to write instead.

    >>> no_function("nn.ReLU", "ReLU", ("relu",)), no_function("sigmod", "sigmod", ("sigmoid",))
    ('there is no function nn.ReLU; write relu(x)', 'there is no function sigmod; write sigmoid(x)')
    """
    if name[-1:] == "_" and (op := METHODS.get(name[:-1])) in functions:
        return f"{whole} changes a value in place; give the new one a name: y = {op}(x)"
    made = FUNCTIONS_IN_OTHERS.get(name) or FUNCTIONS_IN_OTHERS.get(name.lower())
    if made is None and (base := re.fullmatch(r"log(\d+)", name)):
        made = f"log(x)/log({base[1]})"
    is_slip = made is None and name.lower() not in FUNCTIONS_OF_OTHERS.split()
    if is_slip and (meant := get_close_matches(name.lower(), functions, 1, 0.85)):
        made = called(meant[0])
    if made is None and (len(name.rstrip("0123456789")) == 1 or (len(name) == 2 and name.isupper())):
        made = f"{name}*(x) for a product"
    known = f"write {made}" if made else f"the functions are {', '.join(sorted(functions))}"
    return f"there is no function {whole}; {known}"
