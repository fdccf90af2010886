"""A small reader of printed equations, on its own: it shares no code with what prints them.

It finds the equations in a line of text, evaluates each side in decimals of sixty digits, and says which
signs between them are not true: `=` is exact where both sides are numbers, `≈` agrees in the first digits,
and `→` leads from what no floating-point number can hold to infinity.
"""

from __future__ import annotations

import decimal
import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

CONTEXT = decimal.Context(prec=60, Emax=999_999, Emin=-999_999, traps=[])
SUMS = decimal.Context(prec=700, Emax=999_999, Emin=-999_999, traps=[])
"""Where no 1 is lost beside 1e300: whether an exponent is odd decides a sign."""
EXACT, SAME, NEAR = Decimal("1e-45"), Decimal("1e-10"), Decimal("2e-5")
"""How far sides may be apart, as a part: two sides of numbers, names beside numbers, and after ≈."""
NOISE = Decimal("1e-10")
"""What rounding may leave of a sum, as a part of its largest term."""
ANGLE = Decimal("1e5")
"""Beyond this, rounding in a computed angle may change every digit of its sine."""
HUGE, TINY = Decimal("1.7976931348623157e308"), Decimal("1e-307")
NORMAL = Decimal("2.2250738585072014e-308")
NAN, INFINITY = Decimal("NaN"), Decimal("Infinity")
SIGNS = "=≈→←"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:e[−-]?\d+)?")
_KINDS = (
    ("number", _NUMBER),
    ("power", re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")),
    ("word", re.compile(r"[^\W\d]\w*")),
)
_FUNCTION = re.compile(r"(?:softplus|exp|ln|sin|cos|tanh|tan|σ|relu|leaky|max|min|mean)(?=\()")


@dataclass(frozen=True)
class Token:
    """A piece of text and what it is: number, name, power, function, or itself."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True)
class Side:
    """What a side comes to, its largest term, whether it holds no names, whether it holds the sine, the
    cosine or the tangent of so large a computed angle that the exact one has another, and what it comes to
    where the result of each sign and function is rounded to a floating-point number.
    """

    text: str
    value: Decimal
    largest: Decimal
    is_numeric: bool
    sign: str
    is_undecidable: bool = False
    rounded: Decimal = NAN
    is_tiny: bool = False
    """Whether it holds a number so near 0 that no floating-point number has all digits that are written."""


class Unreadable(Exception):
    """The text is no expression."""


class Reader:
    """Reads text with these values for its names; a name may hold any characters."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = {name: _decimal(value) for name, value in values.items()}
        longest = sorted(values, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, longest))) if longest else None

    # --- tokens
    def tokens(self, text: str) -> list[Token]:
        """The pieces of a text; what cannot stand in an expression is a word of its own."""
        found, place = [], 0
        while place < len(text):
            kind, piece = self._piece(text, place)
            if piece == "→" and not self._is_sign(found, text, place):
                kind = "word"
            if kind != "space":
                found.append(Token(kind, piece, place))
            place += len(piece)
        return found

    def _piece(self, text: str, place: int) -> tuple[str, str]:
        if text[place].isspace():
            return "space", text[place]
        if text.startswith("NaN", place):
            return "number", "NaN"
        if match := _FUNCTION.match(text, place):
            return "function", match[0]
        name = self._names.match(text, place) if self._names else None
        if name and not self._goes_on(text, name):
            return "name", name[0]
        for kind, pattern in _KINDS:
            if match := pattern.match(text, place):
                return kind, match[0]
        return ("number" if text[place] == "∞" else text[place]), text[place]

    @staticmethod
    def _is_sign(before: Sequence[Token], text: str, place: int) -> bool:
        """Whether an arrow is a sign of an equation, not the arrow of a path from node to node."""
        return text[place + 1 :].lstrip(" −")[:1] == "∞" or (
            bool(before) and before[-1].kind not in ("name", "word")
        )

    @staticmethod
    def _goes_on(text: str, name: re.Match[str]) -> bool:
        """Whether a name is but the beginning of a longer word."""
        follows = text[name.end() : name.end() + 1]
        is_word = name[0][-1:].isalnum()
        return is_word and (follows.isalpha() or follows in set("0123456789_"))

    # --- equations
    def equations(self, text: str) -> Iterator[list[Side]]:
        """Every equation in a text: sides that stand between signs, as far as they can be read."""
        tokens = self.tokens(text)
        place = 0
        while (sign := _next_sign(tokens, place)) is not None:
            first = self._before(tokens, place, sign)
            if first is None:
                place = sign + 1
                continue
            sides = [first]
            while sign < len(tokens) and tokens[sign].kind in SIGNS:
                parser = Parser(self, tokens, sign + 1)
                try:
                    side = parser.side(tokens[sign].kind)
                except Unreadable:
                    break
                sign = parser.place
                if sign < len(tokens) and (tokens[sign].kind == "+" or tokens[sign].text == "if"):
                    break  # something is left out, or this holds in one case only
                sides.append(side)
            place = sign + (sign < len(tokens) and tokens[sign].kind in SIGNS)
            if len(sides) > 1:
                yield sides

    def _before(self, tokens: Sequence[Token], low: int, sign: int) -> Side | None:
        """The longest expression that ends at a sign."""
        for start in range(low, sign):
            parser = Parser(self, tokens[:sign], start)
            try:
                side = parser.side("")
            except Unreadable:
                continue
            if parser.place == sign:
                is_condition = start > 0 and tokens[start - 1].text == "if"
                return None if is_condition else side
        return None


def _next_sign(tokens: Sequence[Token], low: int) -> int | None:
    return next((place for place in range(low, len(tokens)) if tokens[place].kind in SIGNS), None)


class Parser:
    """Reads one expression from a list of tokens, as far as it goes: sums of products of powers."""

    def __init__(self, reader: Reader, tokens: Sequence[Token], place: int, *, rounds: bool = False) -> None:
        self.reader, self.tokens, self.place, self.rounds = reader, tokens, place, rounds
        self.largest = Decimal(0)
        self.is_numeric = True
        self.is_undecidable = False
        self.is_tiny = False

    def side(self, sign: str) -> Side:
        """One side of an equation."""
        start = self.place
        with decimal.localcontext(CONTEXT):
            value = self.sum()
            rounded = Parser(self.reader, self.tokens, start, rounds=True).sum()
        pieces = " ".join(token.text for token in self.tokens[start : self.place])
        return Side(
            pieces, value, self.largest, self.is_numeric, sign, self.is_undecidable, rounded, self.is_tiny
        )

    def _kept(self, value: Decimal) -> Decimal:
        """A result, rounded to a floating-point number where that is wanted."""
        if not self.rounds or not value.is_finite():
            return value
        return Decimal(float(value)) if abs(value) <= HUGE else INFINITY.copy_sign(value)

    def _peek(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def _take(self, kind: str = "") -> Token:
        if self.place >= len(self.tokens) or (kind and self._peek() != kind):
            raise Unreadable
        self.place += 1
        return self.tokens[self.place - 1]

    def sum(self) -> Decimal:
        value = self.product()
        terms = [value]
        while self._peek() in ("+", "−"):
            kept = self.place
            sign = self._take().kind
            try:
                term = self.product()
            except Unreadable:
                self.place = kept
                break
            terms.append(term)
            value = self._kept(SUMS.add(value, term) if sign == "+" else SUMS.subtract(value, term))
        if len(terms) > 1:
            self._remember(terms)
        return value

    def _remember(self, terms: list[Decimal]) -> None:
        """What is added up here, of which rounding may leave a part."""
        self.largest = max([self.largest, *(abs(term) for term in terms if term.is_finite())])

    def product(self) -> Decimal:
        value = self.signed()
        while self._peek() in ("×", "/"):
            sign = self._take().kind
            factor = self.signed()
            value = self._kept(value * factor if sign == "×" else _divided(value, factor))
        return value

    def signed(self) -> Decimal:
        if self._peek() == "−":
            self._take()
            return self.signed().copy_negate()
        return self.power()

    def power(self) -> Decimal:
        first = self.tokens[self.place].text if self.place < len(self.tokens) else ""
        base = self.atom()
        if self._peek() in ("power", "^") and "e" in first and first[:1].isdigit():
            base = NAN  # 1e−6² may mean anything
        if self._peek() == "power":
            return self._kept(_power(base, Decimal(self._take().text.translate(_SUPERSCRIPTS))))
        if self._peek() == "^":
            self._take()
            return self._kept(_power(base, self.atom()))
        return base

    def atom(self) -> Decimal:
        token = self._take()
        if token.kind == "number":
            number = _number(token.text)
            self.is_tiny |= number.is_finite() and 0 < number < NORMAL
            return Decimal(float(number)) if self.rounds and number.is_finite() else number
        if token.kind == "name":
            self.is_numeric = False
            value = self.reader.values[token.text]
            return value if self.rounds else value + 0  # −0 is 0, but for floating-point numbers
        if token.kind == "function":
            self._take("(")
            start = self.place
            operands = [self.sum()]
            is_computed = self.place > start + 1
            if token.text in ("sin", "cos", "tan") and is_computed and abs(operands[0]) > ANGLE:
                self.is_undecidable = True
            while self._peek() == ",":
                self._take()
                operands.append(self.sum())
            self._take(")")
            if token.text == "mean":
                self._remember(operands)
            return self._kept(FUNCTIONS[token.text](operands))
        if token.kind == "(":
            value = self.sum()
            self._take(")")
            return value
        if token.kind == "|":
            value = self.sum()
            self._take("|")
            return abs(value)
        if token.kind == "√":
            return self.atom().sqrt()
        raise Unreadable


# --- arithmetic
def _decimal(value: float) -> Decimal:
    return Decimal(value)


def _number(text: str) -> Decimal:
    """The number that is written; one with thirteen digits or more names the floating-point number."""
    written = {"NaN": NAN, "∞": INFINITY}.get(text) or Decimal(text.replace("−", "-"))
    if len(re.sub(r"e.*|\D", "", text).lstrip("0")) > 12:
        return Decimal(float(written))
    return written


def _divided(above: Decimal, below: Decimal) -> Decimal:
    if below == 0 and not above.is_nan():
        size = INFINITY.copy_sign(above)
        return NAN if above == 0 else size.copy_negate() if below.is_signed() else size
    return above / below


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if exponent.is_infinite() and base < 0:  # as IEEE 754 has it; Decimal has NaN
        base = -base
    if exponent == 0 or base == 1:  # of NaN too, as IEEE 754 has it
        return Decimal(1)
    if base == 0 and exponent < 0:
        return INFINITY.copy_sign(base) if exponent % 2 == -1 else INFINITY
    if base == -INFINITY:  # as IEEE 754 has it: of odd exponents alone is the power negative
        is_odd = exponent == exponent.to_integral_value() and exponent % 2 != 0
        size = INFINITY if exponent > 0 else Decimal(0)
        return -size if is_odd else size
    return base**exponent


def _mean(x: list[Decimal]) -> Decimal:
    return sum(x, Decimal(0)) / len(x)


def _sigmoid(x: Decimal) -> Decimal:
    return 1 / (1 + (-x).exp())


def _tanh(x: Decimal) -> Decimal:
    if abs(x) > 1000:
        return Decimal(1).copy_sign(x)
    if abs(x) < Decimal("1e-20"):
        return x
    up, down = x.exp(), (-x).exp()
    return (up - down) / (up + down)


def _softplus(x: Decimal) -> Decimal:
    return x if x > 2000 else (1 + x.exp()).ln()


def _through_float(function: Callable[[float], float]) -> Callable[[list[Decimal]], Decimal]:
    def applied(x: list[Decimal]) -> Decimal:
        return Decimal(function(float(x[0]))) if x[0].is_finite() and abs(x[0]) < HUGE else NAN

    return applied


def _chosen(choose: Callable[..., Decimal]) -> Callable[[list[Decimal]], Decimal]:
    return lambda x: NAN if any(one.is_nan() for one in x) else choose(x)


FUNCTIONS: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "softplus": _chosen(lambda x: _softplus(x[0])),
    "exp": lambda x: x[0].exp(),
    "ln": lambda x: x[0].ln(),
    "sin": _through_float(math.sin),
    "cos": _through_float(math.cos),
    "tanh": _chosen(lambda x: _tanh(x[0])),
    "tan": _through_float(math.tan),
    "σ": _chosen(lambda x: _sigmoid(x[0])),
    "relu": _chosen(lambda x: max(x[0], Decimal(0))),
    "leaky": _chosen(lambda x: x[0] if x[0] > 0 else x[0] * Decimal("0.01")),
    "max": _chosen(max),
    "min": _chosen(min),
    "mean": _mean,
}


# --- judging
def why_false(sides: Sequence[Side]) -> str:
    """Which neighbours are not what the sign between them says; "" where all is true."""
    for one, other in itertools.pairwise(sides):
        if not _holds(one, other):
            return f"{one.text} {other.sign} {other.text}: {one.value:.12g} and {other.value:.12g}"
    return ""


def _holds(one: Side, other: Side) -> bool:
    if one.is_undecidable or other.is_undecidable:
        return True
    is_new = other.is_numeric and other.value.is_infinite() and one.value.is_finite()
    if other.sign == "→" or is_new:
        return other.sign == "→" and _overflows(one, other)
    with decimal.localcontext(CONTEXT):
        if other.sign == "=" and one.is_numeric and other.is_numeric:
            both_nan = one.value.is_nan() and other.value.is_nan()
            is_same = both_nan or one.value == other.value
            is_same |= (one.is_tiny or other.is_tiny) and one.rounded == other.rounded
            return is_same or _are_near(one.value, other.value, EXACT)
        # Behind ← names are added to a number that may be rounded.
        is_rounded = any(side.sign == "←" and not side.is_numeric for side in (one, other))
        noise = (NEAR if is_rounded else NOISE) * max(one.largest, other.largest)
        part = SAME if other.sign == "=" else NEAR
        pairs = ((one.value, other.value), (one.rounded, other.rounded))
        return any(_agree(a, b, noise, part) for a, b in pairs)


def _overflows(one: Side, other: Side) -> bool:
    """Whether one side is beyond every floating-point number, or becomes so on the way, as the other is."""
    beyond = one.rounded if one.rounded.is_infinite() else one.value
    if beyond.is_nan():
        return False
    is_beyond = beyond.is_infinite() or abs(beyond) > HUGE / 2
    return is_beyond and other.value.is_infinite() and beyond.is_signed() == other.value.is_signed()


def _agree(one: Decimal, other: Decimal, noise: Decimal, part: Decimal) -> bool:
    if one.is_nan() or other.is_nan():
        return one.is_nan() and other.is_nan()
    if one == other or _is_out_of_range(one, other):
        return True
    if not (one.is_finite() and other.is_finite()):
        return False
    return abs(one - other) <= noise or _are_near(one, other, part)


def _are_near(one: Decimal, other: Decimal, part: Decimal) -> bool:
    if not (one.is_finite() and other.is_finite()):
        return False
    return abs(one - other) <= part * max(abs(one), abs(other))


def _is_out_of_range(one: Decimal, other: Decimal) -> bool:
    """Whether the two differ by what no floating-point number can hold."""
    if one * other < 0:
        return False
    least, most = sorted((abs(one), abs(other)))
    return most <= TINY or (least >= HUGE / 2 and most > HUGE)
