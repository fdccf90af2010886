"""Functions that programs define for themselves where they use them, as source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

WIDTH = 110
"""Characters of a line that holds a list, at most."""
SLOPES = ("sigmoid_slope", "tanh_slope", "share", "power_slope_by_base", "power_slope_by_exponent")
"""Local derivatives that are functions of their own."""

PYTHON: Mapping[str, str] = {
    "sigmoid": """
def sigmoid(x):
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)
""",
    "sigmoid_slope": """
def sigmoid_slope(x):
    small = math.exp(-abs(x))  # keeps its digits where y * (1 - y) does not
    return small / (1.0 + small) ** 2
""",
    "tanh_slope": """
def tanh_slope(x):
    small = math.exp(-2.0 * abs(x))  # keeps its digits where 1 - y ** 2 does not
    return 4.0 * small / (1.0 + small) ** 2
""",
    "softplus": """
def softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))
""",
    "share": '''
def share(x, y, *inputs):
    """Returns the part of the gradient that x receives: all inputs that equal y share it evenly."""
    return (x == y) / max(sum(one == y for one in inputs), 1)
''',
    "divide": '''
def divide(x, y):
    """Returns x / y, with infinity or NaN where Python raises an error."""
    if y != 0:
        return x / y
    return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x) * math.copysign(1.0, y)
''',
    "power": '''
def power(x, n):
    """Returns x ** n, with infinity or NaN where Python raises an error or leaves the real numbers."""
    try:
        return math.pow(x, n)
    except OverflowError:
        return -math.inf if x < 0 and n % 2 == 1 else math.inf
    except ValueError:
        return math.nan if x != 0 else math.copysign(math.inf, x) if n % 2 == 1 else math.inf
''',
    "sqrt": """
def sqrt(x):
    return math.nan if x < 0 else math.sqrt(x)
""",
    "exp": """
def exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf
""",
    "log": """
def log(x):
    return -math.inf if x == 0 else math.nan if x < 0 else math.log(x)
""",
    "sin": """
def sin(x):
    return math.nan if math.isinf(x) else math.sin(x)
""",
    "cos": """
def cos(x):
    return math.nan if math.isinf(x) else math.cos(x)
""",
    "tan": """
def tan(x):
    return math.nan if math.isinf(x) else math.tan(x)
""",
    "power_slope_by_base": """
def power_slope_by_base(x, n):
    return 0.0 if n == 0 else n * power(x, n - 1)
""",
    "power_slope_by_exponent": """
def power_slope_by_exponent(x, n):
    return 0.0 if x == 0 and n > 0 else power(x, n) * log(x)
""",
}

NUMPY: Mapping[str, str] = {
    name: PYTHON[name].replace("math.exp", "np.exp") for name in ("sigmoid", "sigmoid_slope", "tanh_slope")
} | {
    "share": PYTHON["share"],
    "power_slope_by_base": """
def power_slope_by_base(x, n):
    return 0.0 if n == 0 else n * np.power(x, n - 1.0)
""",
    "power_slope_by_exponent": """
def power_slope_by_exponent(x, n):
    return 0.0 if x == 0 and n > 0 else np.power(x, n) * np.log(x)
""",
}


def called(text: str, helpers: Mapping[str, str]) -> list[str]:
    """Returns the sources of the functions that a text calls, and of those that they call."""
    used: list[str] = []
    while True:
        seen = "\n".join((text, *(helpers[name] for name in used)))
        more = [
            name
            for name in helpers
            if name not in used and re.search(rf"(?<![\w.]){name}\(", seen.replace(f"def {name}(", ""))
        ]
        if not more:
            return ["\n" + helpers[name].rstrip() for name in helpers if name in used]
        used += more


def packed(before: str, items: Iterable[str], after: str) -> Iterator[str]:
    """A list in lines that are not too long.

    >>> list(packed("names = [", ["'a b'", "'c'"], "]"))
    ["names = ['a b', 'c']"]
    """
    line = before
    margin = " " * (len(before) - len(before.lstrip()) + 4)
    for place, item in enumerate(items):
        if place and len(line) + len(item) + 2 > WIDTH:
            yield f"{line},"
            line = margin + item
        else:
            line += f", {item}" if place else item
    yield line + after
