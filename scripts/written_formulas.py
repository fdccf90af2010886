"""Random trees of arithmetic, and how people and programs write them: for the sweep that reads them again."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

SUM, PRODUCT, JOINED, POWER, ATOM = range(5)
"""How tightly what stands outermost binds; JOINED are factors side by side."""
POINTS = (
    (1.37, 0.61, 2.43, 0.89, 0.3, 1.9, 0.7, 1.1, 2.3, 0.8),
    (0.43, 1.79, 0.71, 2.11, 1.2, 0.4, 2.2, 0.6, 0.9, 1.7),
)
"""What the names are worth where a formula is read: four of its own, and the elements of two series."""
SERIES: Mapping[str, Callable[[float, float], float]] = {
    r"\sum_{i=1}^{3} w_i x_i": lambda w, x: w * x,
    r"\sum_{i=1}^3 (w_i - x_i)^2": lambda w, x: (w - x) ** 2,
    r"\sum\limits_{i=1}^{3} \frac{w_{i}}{x_{i}}": lambda w, x: w / x,
    r"\sum_{i = 1}^{3} w_i e^{-x_i}": lambda w, x: w * math.exp(-x),
}
LETTERS_OF_SERIES = ("w1", "w2", "w3", "x1", "x2", "x3")
NUMBERS = (1, 2, 3, 4, 5, 7, 10, 100, 0.5, 1.5, 2.25, 12.75, 0.1, 0.001)


# --- trees
@dataclass(frozen=True)
class Tree:
    """A number, the place of a name, a series or an operation on other trees."""

    op: str
    parts: tuple[Tree, ...] = ()
    number: float = 0.0

    def value(self, values: Sequence[float]) -> float:
        """Returns what it is worth where the names have these values."""
        if self.op == "number":
            return self.number
        if self.op == "name":
            return values[int(self.number)]
        if self.op == "series":
            term = list(SERIES.values())[int(self.number)]
            return sum(map(term, values[4:7], values[7:10]))
        return (OPERATIONS | RICH)[self.op](*(part.value(values) for part in self.parts))


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
}
OPERATIONS: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "minus": lambda a: -a,
    "power": math.pow,
    "max": max,
    "min": min,
    **FUNCTIONS,
}
RICH: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "relu": lambda a: max(a, 0.0),
    "cbrt": lambda a: math.pow(a, 1 / 3),
    "log2": math.log2,
    "log10": math.log10,
}
"""Functions that LaTeX has signs for."""
WEIGHTS = {
    "add": 5,
    "subtract": 4,
    "multiply": 7,
    "divide": 4,
    "power": 3,
    "minus": 1.5,
    "exp": 1,
    "sin": 1,
    "cos": 0.5,
    "tanh": 0.7,
    "log": 0.7,
    "sqrt": 0.8,
    "abs": 0.5,
    "max": 0.3,
    "min": 0.2,
}


def random_tree(pick: random.Random, size: int, names: int, *, rich: bool) -> Tree:
    """Returns a tree of about so many operations over so many names."""
    if size <= 0:
        if pick.random() < 0.3:
            return Tree("number", number=pick.choice(NUMBERS))
        if rich and pick.random() < 0.1:
            return Tree("series", number=pick.randrange(len(SERIES)))
        return Tree("name", number=pick.randrange(names))

    def part(of: int) -> Tree:
        return random_tree(pick, of, names, rich=rich)

    weights = WEIGHTS | dict.fromkeys(RICH, 0.3) if rich else WEIGHTS
    op = pick.choices(list(weights), list(weights.values()))[0]
    if op == "power":
        is_number = pick.random() < 0.7
        exponent = Tree("number", number=pick.choice((2, 3, 2, 0.5, 4)))
        return Tree(op, (part(size - 1), exponent if is_number else part(min(size - 1, 2))))
    if op == "minus" or op in FUNCTIONS or op in RICH:
        return Tree(op, (part(size - 1),))
    left = pick.randint(0, size - 1)
    return Tree(op, (part(left), part(size - 1 - left)))


# --- how people write
Written = tuple[str, int]
"""A text, and how tightly what stands outermost in it binds."""


@dataclass(frozen=True)
class Style:
    """How a person or a program writes formulas; where there are several ways, one is picked each time.

    In a pattern @ stands for the first operand and # for the second.
    """

    names: Mapping[str, str]
    """How names are written, and what their nodes are called."""
    calls: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """How functions are applied; others as in name(…)."""
    modules: Sequence[str] = ("",)
    times: Sequence[str] = ("*", " * ")
    over: Sequence[str] = ("/", " / ")
    powers: Sequence[str] = ("@**#", "@ ** #")
    minus: Sequence[str] = ("-",)
    brackets: Sequence[str] = ("(@)",)
    wholes: Sequence[str] = ("y = @",)
    """How a text of one statement is written."""
    pairs: Sequence[str] = ("h = #\ny = @",)
    """How a text of two is, the second of which may come first."""
    joints: Sequence[str] = ()
    """What stands between factors that need no sign."""
    bare: Sequence[str] = ()
    """Functions that may stand before one name without brackets, as they are written there."""
    is_latex: bool = False


class Writer:
    """Writes trees in a style, with choices of its own."""

    def __init__(self, style: Style, pick: random.Random) -> None:
        self.style, self.pick = style, pick
        self.minus, self.times, self.over = map(pick.choice, (style.minus, style.times, style.over))
        self.module = pick.choice(style.modules)
        written = {called: name for name, called in pick.sample([*style.names.items()], len(style.names))}
        self.names = [*written.values()][:4]

    def statements(self, tree: Tree) -> str:
        """Returns a whole text, of two statements where the tree has a part to be named."""
        named = _first_of(tree, self.pick.randint(2, 4)) if self.pick.random() < 0.3 else None
        if named is None:
            return self.pick.choice(self.style.wholes).replace("@", self.text(tree))
        whole = self.text(_with_name(tree, named))
        return self._filled(self.pick.choice(self.style.pairs), whole, self.text(named))

    def text(self, tree: Tree, least: int = SUM) -> str:
        """Returns a tree, in brackets where it binds less tightly than `least`."""
        return self._within(self.written(tree), least)

    def _within(self, written: Written, least: int) -> str:
        text, binds = written
        return text if binds >= least else self.pick.choice(self.style.brackets).replace("@", text)

    def _filled(self, pattern: str, first: str, second: str) -> str:
        return "".join({"@": first, "#": second}.get(sign, sign) for sign in pattern)

    def written(self, tree: Tree) -> Written:
        match tree.op:
            case "number":
                return f"{tree.number:g}", ATOM
            case "name":
                return [*self.names, *LETTERS_OF_SERIES, "h"][int(tree.number)], ATOM
            case "series":
                return list(SERIES)[int(tree.number)], SUM
            case "add" | "subtract":
                sign = "+" if tree.op == "add" else self.minus
                return f"{self.text(tree.parts[0])} {sign} {self.text(tree.parts[1], PRODUCT)}", SUM
            case "minus":
                return f"{self.minus}{self.text(tree.parts[0], PRODUCT)}", SUM
            case "multiply":
                return self._product(*tree.parts)
            case "divide":
                return self._quotient(*tree.parts)
            case "power":
                return self._power(*tree.parts)
            case "max" | "min":
                return self._several(tree.op, *map(self.text, tree.parts)), ATOM
        return self._applied(tree.op, tree.parts[0])

    def _product(self, left: Tree, right: Tree) -> Written:
        first, second = self.written(left), self.written(right)
        if self.style.joints and self.pick.random() < 0.7 and min(first[1], second[1]) >= JOINED:
            joint = self.pick.choice(self.style.joints)
            if _may_stand_together(first[0], second[0], self.style):
                return f"{first[0]}{joint}{second[0]}", JOINED
        return f"{self._within(first, PRODUCT)}{self.times}{self._within(second, JOINED)}", PRODUCT

    def _quotient(self, left: Tree, right: Tree) -> Written:
        if self.style.is_latex and self.pick.random() < 0.8:
            command = self.pick.choice((r"\frac", r"\frac", r"\dfrac", r"\tfrac"))
            return f"{command}{{{self.text(left)}}}{{{self.text(right)}}}", ATOM
        return f"{self.text(left, PRODUCT)}{self.over}{self.text(right, POWER)}", PRODUCT

    def _power(self, base: Tree, exponent: Tree) -> Written:
        if self.style.is_latex:
            return self._power_in_latex(base, exponent)
        under, above = self.text(base, ATOM), self.text(exponent, ATOM)
        pattern = self.pick.choice(self.style.powers)
        if pattern == "@²":
            raised = above.translate(RAISED) if above in ("2", "3") else f"^{above}"
            return under + raised, POWER
        return self._filled(pattern, under, above), ATOM if pattern[0].isalpha() else POWER

    def _power_in_latex(self, base: Tree, exponent: Tree) -> Written:
        above = self.text(exponent)
        if len(above) > 1 or self.pick.random() < 0.5:
            above = f"{{{above}}}"
        if base.op in ("sin", "cos", "tanh") and above in ("2", "{2}") and self.pick.random() < 0.7:
            inner = base.parts[0]
            if inner.op == "name":
                return f"\\{base.op}^{above} {self.text(inner)}", PRODUCT
            return f"\\{base.op}^{above}\\left({self.text(inner)}\\right)", POWER
        return f"{self.text(base, ATOM)}^{above}", POWER

    def _several(self, function: str, first: str, second: str) -> str:
        if self.style.is_latex:
            return f"\\{function}\\left({first}, {second}\\right)"
        if self.module == "np.":
            return f"np.{function}imum({first}, {second})"
        return f"{'Math.' if self.module == 'Math.' else ''}{function}({first}, {second})"

    def _applied(self, function: str, operand: Tree) -> Written:
        called = {"log": "ln"}.get(function, function)
        bare = next((one for one in self.style.bare if one.strip("\\ ") == called), None)
        if bare is not None and operand.op == "name" and self.pick.random() < 0.4:
            return f"{bare}{self.text(operand)}", PRODUCT
        pattern = self.pick.choice(self.style.calls.get(function, (f"{function}(@)",)))
        return f"{self.module}{pattern}".replace("@", self.text(operand)), POWER if "^" in pattern else ATOM


RAISED = str.maketrans("23", "²³")


def _first_of(tree: Tree, size: int) -> Tree | None:
    """Returns a part with operations below it, but not the whole."""
    for part in tree.parts:
        if part.parts and len(part.parts) < size:
            return part
        if found := _first_of(part, size):
            return found
    return None


def _with_name(tree: Tree, named: Tree) -> Tree:
    """Returns the tree with the name h where a part stands."""
    if tree is named:
        return Tree("name", number=len(POINTS[0]))
    return replace(tree, parts=tuple(_with_name(part, named) for part in tree.parts))


def _may_stand_together(left: str, right: str, style: Style) -> bool:
    """Whether two factors side by side are a product and nothing else."""
    if right[0].isdigit() or right[0] in ".|-−√" or (right.startswith(r"\left|") and not style.is_latex):
        return False
    ends_a_bracket = left.endswith((")", "]"))
    ends_a_number = left.replace(".", "").isdigit()
    if right[0] in "([" or right.startswith((r"\left", r"\big")):
        return ends_a_bracket or ends_a_number
    return style.is_latex or ends_a_bracket or ends_a_number


# --- styles
def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


LETTERS = _same("x", "a", "b", "w", "t", "u", "z", "k", "m", "v")
WORDS = _same("x", "w5", "b", "x_in", "rate", "k2", "alpha", "y0", "m", "theta")
LATEX = Style(
    {
        **_same("x", "a", "b", "w", "t", "u", "z", "k", "m"),
        r"u_1": "u1",
        r"z_{2}": "z2",
        r"\alpha": "α",
        r"\beta": "β",
        r"w_{\text{out}}": "wout",
        r"\mathbf{w}": "w",
        r"x_{in}": "xin",
        r"\theta_0": "θ0",
        r"\hat{z}": "zhat",
        r"\bar{x}": "xbar",
        r"v_{\mathrm{max}}": "vmax",
        r"\sigma_x": "σx",
        r"\lambda": "λ",
        r"\tilde{u}": "utilde",
    },
    {
        "sin": (r"\sin(@)", r"\sin\left(@\right)", r"\sin{(@)}", r"\sin \left( @ \right)"),
        "cos": (r"\cos(@)", r"\cos\left(@\right)", r"\cos\bigl(@\bigr)", r"\cos\left[@\right]"),
        "tanh": (r"\tanh(@)", r"\tanh\left(@\right)", r"\operatorname{tanh}\left(@\right)"),
        "exp": (r"e^{@}", r"\exp(@)", r"\exp\left(@\right)", r"\mathrm{e}^{@}", r"\exp\!\left(@\right)"),
        "log": (r"\ln(@)", r"\log(@)", r"\ln\left(@\right)", r"\log\left(@\right)"),
        "sqrt": (r"\sqrt{@}", r"\sqrt{@}", r"\left(@\right)^{1/2}", r"(@)^{\frac{1}{2}}"),
        "abs": (r"|@|", r"\left|@\right|", r"\lvert @ \rvert", r"\left\lvert @ \right\rvert"),
        "sigmoid": (
            r"\sigma(@)",
            r"\sigma\left(@\right)",
            r"\operatorname{sigmoid}(@)",
            r"\frac{1}{1 + e^{-(@)}}",
        ),
        "relu": (r"\max(0, @)", r"\operatorname{ReLU}\left(@\right)", r"\mathrm{ReLU}(@)", r"\max\{0, @\}"),
        "cbrt": (r"\sqrt[3]{@}", r"\left(@\right)^{1/3}"),
        "log2": (r"\log_2(@)", r"\log_{2}\left(@\right)", r"\frac{\ln(@)}{\ln 2}"),
        "log10": (r"\log_{10}(@)", r"\log_{10}\left(@\right)"),
    },
    times=(r" \cdot ", r" \times ", r" \cdot "),
    brackets=("(@)", r"\left(@\right)", r"\left[@\right]", r"\bigl(@\bigr)", r"\left( @ \right)"),
    wholes=(
        *("y = @", "$y = @$", "$$y = @$$", r"\[ y = @ \]", r"\begin{equation} y = @ \end{equation}", "$@$"),
        *(r"\begin{align*} y &= @ \end{align*}", r"\begin{equation}\label{eq:1} y = @, \end{equation}"),
        *(
            r"f(x) = @",
            r"\hat{y} = @",
            r"\begin{aligned}y &= @\end{aligned}",
            r"$y = @$.",
            r"\displaystyle y = @",
        ),
        *(r"\begin{equation} y = @ \tag{1} \end{equation}", r"\boxed{y = @}", r"y = @ \quad (3.2)"),
        *(
            r"y = \underbrace{@}_{\text{loss}}",
            r"y = {@} \nonumber",
            r"\begin{multline} y = @ \end{multline}",
        ),
    ),
    pairs=(
        *(r"\begin{align} h &= # \\ y &= @ \end{align}", r"$y = @$, where $h = #$.", r"y = @ \\ h = #"),
        *(r"y = @, \quad h = #", "$h = #$ and $y = @$"),
    ),
    joints=(" ", r"\,", " ", r"\; "),
    bare=("\\sin ", "\\cos ", "\\tanh ", "\\ln "),
    is_latex=True,
)
SYMPY = Style(
    LETTERS | {"u_{1}": "u1", r"\alpha": "α", r"\theta_{0}": "θ0"},
    {
        **{name: (rf"\{name}{{\left(@ \right)}}",) for name in ("sin", "cos", "tanh", "log")},
        "exp": ("e^{@}",),
        "sqrt": (r"\sqrt{@}",),
        "abs": (r"\left|{@}\right|",),
    },
    times=(r" \cdot ",),
    brackets=(r"\left(@\right)",),
    wholes=("$y = @$", "$$@$$"),
    pairs=("$h = #$\n\n$y = @$",),
    joints=(" ",),
    is_latex=True,
)
TYPED = Style(
    LETTERS | {"x₅": "x5", "α": "α", "θ": "θ", "u1": "u1", "w_0": "w0"},
    {
        "log": ("ln(@)", "log(@)"),
        "sqrt": ("√(@)", "sqrt(@)"),
        "abs": ("|@|", "abs(@)"),
        "exp": ("e^(@)", "exp(@)"),
    },
    times=("*", " * ", "·", " · ", " × ", "×", " ∙ ", " ⋅ "),
    over=("/", " / ", " ÷ "),
    powers=("@^#", "@**#", "@²", "@ ^ #"),
    minus=("-", "−", "–", "- "),
    brackets=("(@)", "( @ )"),
    wholes=("y = @", "y=@", "@", "f(x) = @", "y = @;", "y =@"),
    pairs=("h = #; y = @", "y = @, where h = #", "h = #, y = @"),
    joints=("",),
)
PYTHON = Style(
    WORDS,
    modules=("math.", "np.", "torch.", ""),
    calls={"abs": ("abs(@)",)},
    powers=("@**#", "@ ** #", "pow(@, #)"),
    wholes=("y = @", "y = (@)", "y: float = @", "y = \\\n    @", "f = lambda x: @"),
    pairs=("h = #\ny = @", "h = #; y = @", "h = (#)\ny = (\n    @\n)"),
)
C = Style(WORDS, {"abs": ("fabs(@)",)}, powers=("pow(@, #)",), wholes=("y = @;",), pairs=("h = #;\ny = @;",))
CARET = Style(WORDS, powers=("@^#", "@ ^ #"), wholes=("y = @", "y = @;"), pairs=("h = #;\ny = @;",))
JAVASCRIPT = replace(C, modules=("Math.",), calls={}, powers=("(@)**#", "Math.pow(@, #)"))
STYLES = {
    "latex": LATEX,
    "sympy": SYMPY,
    "typed": TYPED,
    "python": PYTHON,
    "c": C,
    "caret": CARET,
    "javascript": JAVASCRIPT,
}
