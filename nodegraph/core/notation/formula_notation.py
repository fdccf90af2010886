"""Formulas as the program prints them, and as people write them, in the signs of Python: √x, x², |x|, σ(x),
ln(x), 2^x, ½, 50%. Each character of what is made knows where it came from. Knows signs only, no tree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from keyword import iskeyword

from nodegraph.core.notation.formula_signs import NO_MEANING, REFUSED, SIGMAS, SIGNS, written_out
from nodegraph.core.notation.formula_tokens import (
    FUNCTIONS,
    LOWERED,
    PARTS,
    RAISED,
    SPACES,
    InPython,
    NotationError,
    Token,
    pieces_of,
    tokens_of,
)
from nodegraph.core.notation.not_arithmetic import TRANSPOSE
from nodegraph.core.numbers import MINUS

FACTORIAL = "there is no factorial; write the number that it comes to"

_EMPTY = re.compile(r"^[ \t]*;[ \t;]*|(?<=;)[ \t;]*;[ \t]*", re.MULTILINE)
_SIGNED = re.escape("".join((*SIGNS, *REFUSED, SIGMAS)))
_ODD = re.compile(rf"\\(?!\r?\n)|[$`{_SIGNED}{SPACES}√|!%{RAISED}{LOWERED}{PARTS}]|\b(ln|leaky)\b")
"""What plain Python does not have, or reads otherwise."""
_NO_ROOT = "there is no root {0}√; write x**(1/{1})"
_MAY_BE_A_ROOT = "{0} may be a power or belong to the root: write * before √, or x**(1/{1})"
LONGEST_STATEMENT = 150_000
"""Characters of a piece of text that is taken apart sign by sign, at most: more take seconds."""
_BEFORE_BARS = frozenset(("ln", "log", "exp", "sqrt", "sin", "cos", "tan", "tanh"))
"""Functions that stand before |x| without a bracket."""
DEEPEST = 200
"""How deeply brackets may lie in one another; so Python's own parser has it."""
TOO_DEEP = "this is nested too deeply; name the parts"


def in_python(text: str) -> InPython:
    """Returns a text in Python's signs. Raises NotationError for what may mean two things or nothing.

    >>> in_python("(√x)² × |a − b|").text, in_python("2^x + 50% + e⁻ˣ + ln(x)").text
    ('(sqrt(x))**2 * abs(a - b)', '2**x + 50e-2 + e**(-x) + log(x)')
    """
    if not _ODD.search(text):
        return _without_empty_statements(InPython(text, range(len(text) + 1)))
    read, places, start = [], [], 0
    for piece in pieces_of(text):
        try:
            made = _piece_in_python(piece)
        except NotationError as error:
            raise NotationError(error.message, start + error.place) from None
        read.append(made.text)
        places += [start + place for place in made.places[:-1]]
        start += len(piece)
    return _without_empty_statements(InPython("".join(read), [*places, len(text)]))


def _piece_in_python(text: str) -> InPython:
    """A piece of a text, as `in_python` returns it, with empty statements."""
    if not _ODD.search(text):
        return InPython(text, range(len(text) + 1))
    if len(text) > LONGEST_STATEMENT:
        said = f"more than {LONGEST_STATEMENT:,} characters with signs such as √ or ² are not read at once"
        raise NotationError(f"{said}; name the parts on lines of their own", 0)
    tokens = tokens_of(text)
    if "^" in text:
        _refuse_transpose(tokens)
        _refuse_root(tokens)
    if "|" in text or "‖" in text:
        tokens = _with_bars(tokens)
    tokens = _with_roots(_with_raised(_with_shares(tokens)))
    places = [token.place for token in tokens for _ in token.text]
    return InPython("".join(token.text for token in tokens), [*places, len(text)])


def _without_empty_statements(read: InPython) -> InPython:
    """The text without semicolons that part nothing: a;; b, which Python refuses."""
    text, kept, end = read.text, [], 0
    for found in _EMPTY.finditer(text):
        kept.append((end, found.start()))
        end = found.end()
    if not kept:
        return read
    kept.append((end, len(text)))
    places = [place for start, end in kept for place in read.places[start:end]]
    return InPython("".join(text[start:end] for start, end in kept), [*places, read.places[-1]])


def _before(tokens: Sequence[Token], place: int) -> Token | None:
    """The token before a place, but for blanks."""
    while place and tokens[place - 1].kind == "blank":
        place -= 1
    return tokens[place - 1] if place else None


def _behind(tokens: Sequence[Token], place: int) -> Token | None:
    """The token behind a place, but for blanks."""
    place += 1
    while place < len(tokens) and tokens[place].kind == "blank":
        place += 1
    return tokens[place] if place < len(tokens) else None


def _with_bars(tokens: list[Token]) -> list[Token]:
    """The tokens with |x| as abs(x), and ln|x| as log(abs(x))."""
    made: list[Token] = []
    closing: list[str] = []
    left = sum(token.text == "|" for token in tokens)
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        left -= token.text == "|"
        before = _before(made, len(made))
        ends = before is not None and before.ends
        if token.text == "|" and ends and not closing and behind and behind.text == "|":
            raise NotationError("there is no operator ||; write what it computes", token.place)
        is_function = before is not None and before.text in _BEFORE_BARS
        if token.text == "|" and (is_function or not ends):
            while is_function and made[-1].kind == "blank":
                made.pop()
            if is_function:
                made[-1] = made[-1]._replace(text=FUNCTIONS.get(made[-1].text, made[-1].text))
            closing.append("))" if is_function else ")")
            token = Token("(abs(" if is_function else "abs(", "begin", token.place, "|")
        elif token.text == "|" and left and not closing:
            raise NotationError("write * between two factors", token.place)
        elif token.text == "|" and closing:
            token = Token(closing.pop(), "end", token.place, "|")
        made.append(token)
    return made


def _with_shares(tokens: list[Token]) -> list[Token]:
    """The tokens with 50% as a number, ½ as 0.5, and x₁ as x1. Refuses 5! and 1.5×10-3."""
    made: list[Token] = []
    for place, token in enumerate(tokens):
        if token.text in ("!", "%"):
            before, behind = _before(tokens, place), _behind(tokens, place)
            ends = before is not None and before.ends
            if token.text == "!" and ends and (behind is None or behind.text != "="):
                raise NotationError(FACTORIAL, token.place)
            if token.text == "%" and ends and (behind is None or not behind.begins):
                _as_share(made, token)
            else:
                made.append(token)
        elif token.kind == "part":
            made.append(_as_decimal(made, token))
        elif token.kind == "lowered":
            if not made or made[-1].kind != "word":
                raise NotationError(NO_MEANING, token.place)
            _refuse_name_behind(made[-1], token, tokens[place + 1 : place + 3])
            index = unicodedata.normalize("NFKC", token.text)  # pᵢ is p_i, as pi is another name
            made.append(Token("_" * (not index.isdigit()) + index, "lowered", token.place, token.typed))
        else:
            if token.text == "-":
                _refuse_power_of_ten(tokens, place)
            made.append(token)
    return made


def _refuse_name_behind(word: Token, lowered: Token, behind: Sequence[Token]) -> None:
    """Refuse w₁x₁ and w₁x, which may be a product or one name."""
    if not behind or behind[0].kind not in ("word", "number") or iskeyword(behind[0].text):
        return
    digits = behind[1].typed if len(behind) > 1 and behind[1].kind == "lowered" else ""
    first, second = f"{word.typed}{lowered.typed}", f"{behind[0].typed}{digits}"
    name = unicodedata.normalize("NFKC", first + second)
    if word.text[0] in "ΣΠ":
        said = f"{first}{second} may be one name; as a series, write it out: {written_out(first + second, 0)}"
        raise NotationError(said, word.place)
    said = f"this may be the product {first}·{second} or one name, {name}; write one of these"
    raise NotationError(said, behind[0].place)


def _as_share(made: list[Token], percent: Token) -> None:
    """Make the number before a percent sign a hundredth."""
    number = _before(made, len(made))
    if number is None or number.kind != "number" or not number.text.replace(".", "", 1).isdigit():
        raise NotationError("% stands behind a number, as in 50%", percent.place)
    while made.pop() is not number:
        pass
    sign = _before(made, len(made))
    if sign is not None and sign.text in ("/", "**"):
        said = f"{number.typed}% may be a part of what stands before it, or not; set brackets"
        raise NotationError(said, number.place)
    made.append(Token(f"{number.text}e-2", "number", number.place, number.typed))


def _as_decimal(made: Sequence[Token], token: Token) -> Token:
    part = Fraction(unicodedata.numeric(token.typed)).limit_denominator(10)
    if made and made[-1].kind == "number":
        raise NotationError(f"write {made[-1].typed} + {part} for {made[-1].typed}{token.typed}", token.place)
    if made and made[-1].kind == "word":
        name = made[-1].typed
        raise NotationError(f"write {part}*{name}, or a name such as {name}_half", token.place)
    decimal = 8 % part.denominator == 0 or 10 % part.denominator == 0
    text = str(float(part)) if decimal else f"({part})"
    return Token(text, "part", token.place, token.typed)


def _refuse_power_of_ten(tokens: Sequence[Token], place: int) -> None:
    """Refuse 1.5×10-3, at its -, where somebody lost the raising of the exponent, or means 12."""
    kept = [token for token in tokens[max(place - 6, 0) : place - 1] if token.kind != "blank"][-2:]
    if len(kept) < 2 or tokens[place - 1].text != "10" or place + 1 >= len(tokens):
        return
    (five, times), three = kept, tokens[place + 1].text
    if five.kind == "number" and times.typed in "×·⋅" and three.isdigit():
        said = f"this may be {five.text}e-{three} or {five.text}*10 - {three}; write one of these"
        raise NotationError(said, tokens[place].place)


# --- powers and roots
def _refuse_transpose(tokens: Sequence[Token]) -> None:
    """Refuse w^T*x, the product of two vectors, in a text that has no other T."""
    kept = [token for token in tokens if token.kind != "blank"]
    if any(token.typed == "T" and before.typed != "^" for before, token in pairwise(kept)):
        return
    for word, sign, name, behind in zip(kept, kept[1:], kept[2:], kept[3:], strict=False):
        is_raised = word.kind == "word" and (sign.typed, name.typed) == ("^", "T")
        if is_raised and (behind.begins or behind.text in ("*", "@")):
            raise NotationError(f"{TRANSPOSE}: w1*x1 + w2*x2; a power is {word.typed}**T", sign.place)


def _refuse_root(tokens: Sequence[Token]) -> None:
    """Refuse x^1/2 and x^-1/3, which are x/2 and 1/(3x) by the rules, and roots to whoever types them."""
    for place, token in enumerate(kept := [token for token in tokens if token.kind != "blank"]):
        behind = "".join(one.text for one in kept[place + 1 : place + 5])
        found = re.match(r"(-?)1/([0-9]+\.?[0-9]*(?:[eE][0-9]+)?)", behind)
        if found and token.typed == "^":
            said = f"the power may be {found[0]} or {found[1]}1; write ^({found[0]})"
            said += f" or (…^{found[1]}1)/{found[2]}"
            raise NotationError(said, token.place)


def _with_raised(tokens: list[Token]) -> list[Token]:
    """The tokens with x² as x**2."""
    made = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind != "raised":
            continue
        if "ᵀ" in token.typed:
            raise NotationError(f"{TRANSPOSE}: w1*x1 + w2*x2", token.place)
        is_free = not place or not tokens[place - 1].ends
        if "".join(one.text for one in tokens[place + 1 : place + 2]) == "√":
            said = _NO_ROOT if is_free else _MAY_BE_A_ROOT
            raise NotationError(said.format(token.typed, _exponent(token.typed)), token.place)
        if is_free:
            raise NotationError(NO_MEANING, token.place)
        made[place] = Token(f"**{_exponent(token.typed)}", "raised", token.place, token.typed)
    return made


def _exponent(raised: str) -> str:
    text = unicodedata.normalize("NFKC", raised).replace(MINUS, "-")
    return text if re.fullmatch(r"-?[0-9]+|[a-z]", text) else f"({text})"


def _with_roots(tokens: list[Token]) -> list[Token]:
    """The tokens with √x as sqrt(x)."""
    roots = [place for place, token in enumerate(tokens) if token.text == "√"]
    if not roots:
        return tokens
    ends = _ends_of_brackets(tokens)  # and of the operands of roots
    made: list[Token | None] = list(tokens)
    behind: dict[int, list[Token]] = {}
    depths: dict[int, int] = {}
    for place in reversed(roots):
        root, start = tokens[place], place + 1
        while start < len(tokens) and (tokens[start].kind == "blank" or tokens[start].text in "+-"):
            start += 1
        depths[place] = depths.get(start, 0) + 1
        if depths[place] > DEEPEST:
            raise NotationError(TOO_DEEP, root.place)
        ends[place] = end = _end_of_operand(tokens, start, root, ends)
        if end < len(tokens) and tokens[end].text.startswith("**"):
            said = "the power may be below the root or not: write √(x²) or (√x)²"
            raise NotationError(said, tokens[end].place)
        last = tokens[end - 1].place + len(tokens[end - 1].typed) - 1
        behind.setdefault(end, []).append(Token(")", "end", last, ""))
        made[place] = Token("sqrt(", "begin", root.place, "√")
    return _with_more(made, behind)


def _with_more(tokens: Sequence[Token | None], before: Mapping[int, Sequence[Token]]) -> list[Token]:
    """The tokens that are left, with more of them before certain places."""
    made: list[Token] = []
    for place, token in enumerate(tokens):
        made += before.get(place, ())
        if token is not None:
            made.append(token)
    return [*made, *before.get(len(tokens), ())]


def _end_of_operand(tokens: Sequence[Token], start: int, root: Token, ends: Mapping[int, int]) -> int:
    """Where the number, name, bracket, call or further root behind a root has ended."""
    if start >= len(tokens) or not tokens[start].begins:
        raise NotationError("a number, a name or a bracket stands behind √", root.place)
    if start in ends:
        return ends[start]
    end = start + 1
    while end < len(tokens) and (tokens[end].kind == "lowered" or _is_in_a_module(tokens, end)):
        end += 1
    is_call = tokens[start].kind == "word" and end in ends and tokens[end].text == "("
    return ends[end] if is_call else end


def _is_in_a_module(tokens: Sequence[Token], place: int) -> bool:
    """Whether the point, or the word behind it, of a name such as np.tanh stands at a place."""
    point = place if tokens[place].text == "." else place - 1
    kinds = [token.kind for token in tokens[point - 1 : point + 2]]
    return kinds == ["word", "sign", "word"] and tokens[point].text == "."


def _ends_of_brackets(tokens: Sequence[Token]) -> dict[int, int]:
    """Where the bracket that opens at a place is closed; the end of the text where it is not."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == "begin":
            opened.append(place)
            if len(opened) > DEEPEST:
                raise NotationError(TOO_DEEP, tokens[opened[0]].place)
        elif token.kind == "end" and opened:
            ends[opened.pop()] = place + 1
    return ends | dict.fromkeys(opened, len(tokens))
