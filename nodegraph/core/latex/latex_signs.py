"""What LaTeX is made of: its tokens, and what its commands stand for in a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from nodegraph.core.notation.formula_mistakes import is_unit
from nodegraph.core.notation.formula_signs import NO_UNIT, REFUSED
from nodegraph.core.notation.formula_tokens import QUOTED, NotationError
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.notation.not_arithmetic import INTEGERS, TRANSPOSE
from nodegraph.core.typeset import GREEK

_TOKEN = re.compile(
    r"(?P<blank>(?:\s|~|(?<=\\\\)\[[^\]\n]{0,20}(?:pt|em|ex|mm|cm|in)\]|\\[,;:!> ]"
    r"|(?<![\^_}\w])\{\}(?=\s*[-+&=])|\\(?:q?quad|(?:display|text|script)style)(?![a-zA-Z])|%[^\n]*"
    r"|\\(?:[hv]space\*?|[hv]?phantom|(?:text)?color)\{[^{}\n]*\}|\\math(?:open|close)\{\})+)"
    r"|(?P<command>\\[a-zA-Z]+\*?|\\\\|\\[{}|_%()\[\]])|(?P<number>\d+(?:(?:\{[.,]\}|\\,(?=\d{3}(?!\d)))\d+)*(?:\.\d+)?|\.\d+)|(?P<letter>[^\W\d_])|(?P<sign>.)",
    re.DOTALL,
)
NAMED_FUNCTIONS = frozenset((
    "sigmoid", "relu", "leaky_relu", "softplus", "tanh", "exp", "log", "ln", "abs", "sqrt", "square", "mean",
    "max", "min", "sin", "cos", "tan",
))  # fmt: skip
MOST_SIGNS = 100_000
"""Characters of LaTeX that are read at most, not counting the words around formulas: more take seconds."""
LONGEST_FUNCTION = max(map(len, NAMED_FUNCTIONS))
FUNCTIONS: Mapping[str, str] = {
    **{name: name for name in ("sin", "cos", "tan", "tanh", "exp", "log", "max", "min")},
    "ln": "log",
    "sigma": "sigmoid",
}
ACCENTS = frozenset(("hat", "bar", "tilde", "vec", "overline", "widehat", "widetilde", "overrightarrow"))
WRAPPERS = ACCENTS | frozenset((
    "mathrm", "mathbf", "mathit", "mathsf", "mathcal", "mathbb", "boldsymbol", "bm", "text", "textbf",
    "textit", "textrm", "operatorname", "operatorname*",
))  # fmt: skip
"""Commands whose argument is read as if they were not there; accents become part of the name."""
GREEK_WORDS: Mapping[str, str] = {word: letter for letter, word in GREEK.items()} | {
    "ell": "l", "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ", "varkappa": "κ", "pi": "pi",
    "hbar": "hbar",
}  # fmt: skip
SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("cdot", "times", "ast", "star", "odot", "bullet", "cdotp"), "*"),
    **dict.fromkeys(("coloneqq", "equiv", "triangleq", "doteq", "leftarrow", "gets"), " = "),
    "div": "/",
}
BRACES: Mapping[str, str] = {"{": "}", "lbrace": "rbrace", "lbrack": "rbrack"}
"""Commands that open a bracket, and those that close it."""
SIZES = frozenset((
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "middle", "limits", "nolimits",
))  # fmt: skip
OPENING = ("(", "left", *(f"{size}{end}" for size in ("big", "Big", "bigg", "Bigg") for end in ("", "l")))
"""A round bracket, and the sizes of one that opens."""
ENVIRONMENTS = frozenset((
    "equation", "equation*", "align", "align*", "aligned", "gather", "gather*", "displaymath", "math",
    "split", "multline", "multline*", "eqnarray", "eqnarray*", "gathered", "flalign", "flalign*",
    "subequations", "dmath", "dmath*", "alignat", "alignat*", "alignedat",
))  # fmt: skip
MATRICES: Mapping[str, str] = {
    **dict.fromkeys(
        ("matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "Vmatrix", "smallmatrix", "array"),
        "a matrix or a table cannot stand in a graph: a node is one number",
    ),
    "cases": "a choice cannot stand in a graph; write a ReLU as \\max(0, x), or the case that you mean, and "
    "several equations without a brace",
}
"""Blocks that no graph can hold, with what to say."""
NAMED_PARTS: Mapping[str, str] = {"underbrace": "_", "overbrace": "^", "boxed": ""}
"""Commands around a part of a formula, and the sign behind which they name it."""
NO_VALUE = frozenset(("label", "tag", "eqref", "ref", "cite", "notag", "nonumber"))
"""Commands that are there for the reader; but for those that begin with no, they have an argument."""
LINKING_WORDS = frozenset(("where", "with", "and", "for", "so", "then", "hence", "thus", "since", "let"))
"""Words of a \\text between two formulas."""
SERIES: Mapping[str, str] = {"Σ": "sum", "∑": "sum", "Π": "prod", "∏": "prod"}
_REFUSED: Mapping[str, Sequence[str]] = {
    "∂": ("partial", "dot", "ddot"),
    "∇": ("nabla",),
    "∫": ("int", "oint"),
    "∞": ("infty",),
    "⊗": ("otimes", "oplus", "ominus", "wedge", "vee", "land", "lor", "lnot", "neg"),
    "…": ("dots", "ldots", "cdots"),
    "±": ("pm",),
    "≈": ("approx", "simeq", "sim", "propto"),
    "≤": ("le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "ll", "gg"),
    "∈": ("in", "notin", "forall", "exists"),
    "→": ("to", "rightarrow", "Rightarrow", "mapsto", "implies", "iff", "Leftrightarrow"),
}
"""Signs that no formula can say, and commands of which the same is to be said."""
BRACKET = "this is no bracket of a formula; write ( and ), and w_1 x_1 + w_2 x_2 for ⟨w, x⟩"
NO_GRAPH: Mapping[str, str] = {
    **{name: REFUSED[sign] for sign, names in _REFUSED.items() for name in names},
    "E": "an expectation or a probability cannot stand in a graph",
    "mid": "a condition cannot stand in a graph; leave it out",
    "lim": "a limit cannot stand in a graph",
    "begin": "this block of LaTeX cannot be read",
    **dict.fromkeys(("SI", "qty", "si", "unit"), NO_UNIT),
    "num": r"write the number without \num, such as 5 or 6.674 \cdot 10^{-11}",
    **dict.fromkeys(("top", "intercal"), f"{TRANSPOSE}: w_1 x_1 + w_2 x_2"),
    **dict.fromkeys(
        ("circ", "degree", "textdegree", "ang"),
        r"angles are in radians; write x \cdot \pi/180 for x in degrees",
    ),
    "over": r"write \frac{a}{b}",
    **dict.fromkeys(("binom", "dbinom", "tbinom", "choose"), "write the number that this comes to"),
    **dict.fromkeys(("lfloor", "lceil"), INTEGERS),
    "Pr": "an expectation or a probability cannot stand in a graph",
    **dict.fromkeys(("langle", "rangle"), BRACKET),
    "mp": "∓ means two formulas; write one of them",
}
"""What no formula can say."""
AT_A_VALUE = "a formula at one value is not read; give that value on a line of its own, as in x = 3"
COMPARED = REFUSED["≤"]
CROSSED = "a cross product is one of vectors, and a node is one number; write its components out"
MOST_TERMS = 200
"""Terms to which a sum or a product is written out at most."""
MOST_TERMS_IN_ALL = 10_000
"""Those of all sums and products of a text, which may lie in one another."""
DEEPEST = 80
"""How deeply braces and brackets may lie in one another."""
FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_FRACTION = re.compile(r"[dt]?frac(?:\{(\d+)\}\{(\d+)\}|(\d)(\d)(?!\d))")
_UPRIGHT = ("mathrm", "text", "textrm", "mbox", "rm")
_UNIT = re.compile(rf"(?:[dtc]?frac\{{ ?)?(µ?)(?:{'|'.join(_UPRIGHT)})\{{ ?([^\W\d_]+)\}}?(Ω?)")
_OF_UNITS = {"mu": "µ", "upmu": "µ", "Omega": "Ω", "upOmega": "Ω", "Upomega": "Ω"}
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\{,\}\d{3})+(?:\.\d+)?")
_QUOTED = re.compile(rf"{QUOTED}|#[^\n]*|\$[A-Za-z]{{1,3}}\$\d", re.DOTALL)
"""What Python says in words, whose backslashes are no commands, and cells of a spreadsheet: $A$1."""
_IS_LATEX = re.compile(r"\\[a-zA-Z{}()\[\]|,;%]|\\\\(?=\s|\Z)|\d\{[.,]\}\d|\$[^$]+\$|[_^]\{|&[ \t]*=")

_DOLLAR_NAMES = re.compile(r"^\s*\$[A-Za-z_]\w*\s*=[^\n]*(?<!\$);[ \t]*$", re.MULTILINE)


def is_latex(text: str) -> bool:
    r"""Whether a text is LaTeX rather than a formula in the signs of Python.

    >>> is_latex(r"\frac{a}{b}"), is_latex("x_{1}"), is_latex("x_1 + y^2")
    (True, True, False)
    """
    return not _DOLLAR_NAMES.search(text) and _IS_LATEX.search(_QUOTED.sub("", text)) is not None


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of LaTeX, its kind and its place."""

    text: str
    kind: str
    place: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the formula that is made, and the place in LaTeX that it came from."""

    text: str
    place: int
    ends: bool = False
    """Whether an operand ends with it."""
    begins: bool = False
    """Whether an operand begins with it."""


def tokens_of(text: str) -> list[Token]:
    """Returns the tokens of a text; an empty line ends a statement."""
    if len(text) - text.count(" ") > MOST_SIGNS:
        raise NotationError(f"formulas in LaTeX have at most {MOST_SIGNS:,} characters in all", 0)
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "blank" and "\n" in match[0] and "\n\n" in match[0].replace(" ", ""):
            found.append(Token("\n", "end", match.start()))
        elif kind == "blank":
            found.append(Token(" ", kind, match.start()))
        elif kind == "number":
            found.append(Token(_plain_number(match[0], match.start()), kind, match.start()))
        else:
            found.append(
                Token(match[0].removeprefix("\\") if kind == "command" else match[0], kind, match.start())
            )
    found.append(Token("", "stop", len(text)))
    return found


def _plain_number(typed: str, place: int) -> str:
    r"""Returns a number in digits and a point.

    >>> _plain_number("0{,}05", 0), _plain_number(r"10\,000{.}5", 0), _plain_number("1{,}000{,}000", 0)
    ('0.05', '10000.5', '1000000')
    """
    made = typed.replace("\\,", "").replace("{.}", ".")
    thousands, decimal = made.replace("{,}", ""), made.replace("{,}", ".")
    if _THOUSANDS.fullmatch(made) and decimal.count(".") == 1:
        raise NotationError(f"{typed} may be {thousands} or {decimal}; write one of these", place)
    return decimal if decimal.count(".") < 2 else thousands


class TokenReader:
    """Looks at tokens one after the other; `bound` are indices of sums with what they are now."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.here = 0
        self.read_number = -9
        """The place of the last number that was read as an operand."""
        self.bound: dict[str, int] = {}
        self.depth = 0
        self.bars: list[tuple[str, str]] = []
        r"""The bars that are opened here and not closed: | and commands such as \Vert."""
        self.written = 0
        self.stated: set[str] = set()
        """Functions of other libraries that the text says itself: GELU(x) = …."""

    # --- looking
    @property
    def now(self) -> Token:
        """The token that is next, but for blanks."""
        while self.tokens[self.here].kind == "blank":
            self.here += 1
        return self.tokens[self.here]

    def ahead(self, by: int = 0) -> Iterator[Token]:
        """Yields the tokens from here on, or from further on, but for blanks."""
        tokens = (self.tokens[place] for place in range(self.here + by, len(self.tokens)))
        return (token for token in tokens if token.kind != "blank")

    def take(self) -> Token:
        """Returns the next token and goes on."""
        token = self.now
        self.here += token.kind != "stop"
        return token

    def go_deeper(self, opened: Token) -> None:
        """Refuse what is nested too deeply."""
        self.depth += 1
        if self.depth > DEEPEST:
            said = "this is nested too deeply; name the parts on lines of their own"
            raise NotationError(said, opened.place)

    def opens(self) -> bool:
        """Whether a bracket opens here."""
        return self.now.text in ("[", *OPENING, *BRACES)

    def is_at_end(self) -> bool:
        """Whether the statement ends here."""
        return self.now.kind in ("stop", "end") or self.now.text in ("$", "\\", "]", ")", "end", ";", ".")

    def dollar(self, token: Token) -> list[Piece]:
        """$ and $$ stand around a formula, and part it from the next."""
        before = (self.tokens[place] for place in range(self.here - 2, -1, -1))
        last = next((one for one in before if one.kind != "blank"), token)
        return [Piece("\n", token.place)] if last.text != "$" else []

    def environment(self, token: Token) -> list[Piece]:
        """\\begin{equation} and its end part formulas; a matrix is none."""
        opened = self.take()
        word = ""
        while self.now.text != "}" and self.now.kind != "stop":
            word += self.take().text
        self.take()
        if token.text == "end" and word == "array":  # of equations, as another was refused where it began
            return [Piece("\n", token.place)]
        if opened.text != "{" or word in MATRICES or word not in ENVIRONMENTS:
            before = [one.text for one in self.tokens[max(self.here - len(word) - 6, 0) : self.here]]
            word = "cases" if word == "array" and before[: before.index("begin")][-1:] == ["{"] else word
            if word == "array" and self._holds_equations():
                self.plain()  # how its columns are set
                return [Piece("\n", token.place)]
            raise NotationError(MATRICES.get(word, NO_GRAPH["begin"]), token.place)
        return [Piece("\n", token.place)]

    def _holds_equations(self) -> bool:
        """Whether an = stands before the end of the block that begins here."""
        rest = takewhile(lambda one: one.text not in ("begin", "end"), islice(self.tokens, self.here, None))
        return self.now.text == "{" and any(one.text == "=" for one in rest)

    def is_operand(self) -> bool:
        """Whether an operand begins behind a blank here, as the x of sin x."""
        return self.tokens[self.here].kind == "blank" and (
            self.is_letter() or self.now.kind == "number" or self.now.text in ("sqrt", *FRACTIONS)
        )

    def is_letter(self) -> bool:
        """Whether a letter stands here, Latin or Greek."""
        return self.now.kind == "letter" or (self.now.kind == "command" and self.now.text in GREEK_WORDS)

    def refuse_unknown(self, word: str, token: Token) -> None:
        """Refuse \\operatorname{sech} x and \\mathrm{erf} x, which are no products."""
        is_called = self.is_letter() or self.now.kind == "number" or self.opens()
        said = not_here(word) or (token.text == "operatorname" and f"there is no operation {word}")
        if not is_called or not said or word in self.stated:
            return
        if not self._is_stated():
            raise NotationError(said, token.place)
        self.stated.add(word)

    def _is_stated(self) -> bool:
        """Whether a bracket opens here, and = stands behind it, as in GELU(x) = …."""
        depth = 0
        rest = (one for one in self.ahead() if one.text not in SIZES)
        for one in rest:
            depth += (one.text in ("(", "[")) - (one.text in (")", "]"))
            if depth <= 0:
                behind = next(rest, one).text
                return one.text in (")", "]") and (behind in ("=", ":") or SIGNS.get(behind) == " = ")
        return False

    def number(self, token: Token) -> Piece:
        """Returns a number, 50\\% as 0.5. Refuses 2 3, a product or one number with a space."""
        if self.read_number == self.here - 2:
            raise NotationError("a number has one decimal point", token.place)
        if self.read_number == self.here - 3 and self.tokens[self.here - 2].kind == "blank":
            raise NotationError(r"write \cdot between two numbers", token.place)
        self.read_number = self.here - 1
        self._refuse_mixed(token)
        is_share = self.now.kind == "command" and self.now.text == "%"
        self.here += is_share
        return Piece(token.text + "e-2" * is_share, token.place, True, True)

    def refuse_unit(self) -> None:
        r"""Refuse 3\,\mathrm{m/s} and 10\,\mu\mathrm{F}, which are no products of names, behind a number."""
        if self.now.kind != "command" or self.now.text not in (*_UPRIGHT, *FRACTIONS, "mu", "upmu"):
            return
        behind = self.tokens[self.here : self.here + 8]
        found = _UNIT.match("".join(_OF_UNITS.get(token.text, token.text) for token in behind))
        if found and (is_unit(found[2]) or is_unit("".join(found.groups()))):
            raise NotationError(NO_GRAPH["SI"], self.now.place)

    def _refuse_mixed(self, token: Token) -> None:
        r"""Refuse 1\frac{1}{2}, which is 1.5 to some and a product to others."""
        written = "".join(one.text for one in self.tokens[self.here : self.here + 7] if one.kind != "blank")
        found = _FRACTION.match(written) if self.now.kind == "command" and "." not in token.text else None
        if found:
            above, below = found[1] or found[3], found[2] or found[4]
            said = rf"this may be {token.text} + {above}/{below} or a product; write + or \cdot between them"
            raise NotationError(said, token.place)

    def range(self, token: Token) -> tuple[str, int, int]:
        """Returns the index of a sum, and its first and last number."""
        said = f"a {token.text} is read with an index and numbers: \\{token.text}_{{i=1}}^{{3}}"
        index, words, first, last = "", "", None, None
        while self.now.text in ("_", "^", "limits"):
            sign = self.take()
            if sign.text == "limits":
                continue
            words = self.plain()
            if sign.text == "_":
                index, _, number = words.partition("=")
                words, first = "", int(number) if number.isdigit() else None
            else:
                last = int(words) if words.isdigit() else None
        if index.isalpha() and first is not None and last is None and words.isalpha():
            said = f"write the number that {words} is: \\{token.text}_{{{index}={first}}}^{{3}}"
        if not index or first is None or last is None or last < first:
            raise NotationError(said, token.place)
        if last - first >= MOST_TERMS:
            raise NotationError(f"a sum or product is written out to {MOST_TERMS} terms at most", token.place)
        self.written += max(last - first + 1, 0)
        if self.written > MOST_TERMS_IN_ALL:
            said = f"sums and products are written out to {MOST_TERMS_IN_ALL:,} terms in all"
            raise NotationError(said, token.place)
        return index, first, last

    def plain(self) -> str:
        """Returns what stands in braces, or the next token, as it is written."""
        if self.now.text != "{":
            return self.take().text
        self.take()
        words, depth = "", 1
        while self.now.kind not in ("stop", "end"):
            one = self.take()
            depth += (one.text == "{") - (one.text == "}")
            if not depth:
                break
            words += one.text
        return words


def not_here(word: str) -> str:
    """Says within a sentence that a function is no operation; "" of a word that is no function anywhere.

    >>> not_here("arctan"), not_here("tau")
    ('there is no operation arctan', '')
    """
    said = known_elsewhere(word).rstrip(".")
    return said[:1].lower() + said[1:]


def index_part(words: Sequence[str]) -> str:
    """Returns a part of an index: the number that i-1 is in a sum, and t_minus_1, as no name has a sign."""
    shift = re.fullmatch(r"(\d+)([-+])(\d+)", "".join(words))
    if shift:
        base, by = int(shift[1]), int(shift[3])
        words = [*str(base + by if shift[2] == "+" else base - by)]
    in_words = {"-": "_minus_", "+": "_plus_", "/": "_over_"}
    return "".join(in_words.get(word, word) for word in words).strip("_")
