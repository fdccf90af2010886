"""Why a text is no formula, told where it goes wrong: two statements in a line, a word of Python for a name,
two operands side by side. Knows tokens only, no tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Sequence
from itertools import pairwise, takewhile
from keyword import iskeyword

from nodegraph.core.notation.formula_signs import DERIVATIVE, NO_UNIT, REFUSED
from nodegraph.core.notation.formula_tokens import FUNCTIONS, InPython, Token
from nodegraph.core.notation.functions_elsewhere import (
    FUNCTIONS_IN_OTHERS,
    called,
    known_elsewhere,
    no_function,
)
from nodegraph.core.notation.not_arithmetic import ROUND

_BETWEEN = frozenset((",", ".", ":", "&", "and"))
"""What people put between two statements of a line."""
_SERIES = frozenset("ΣΠ")
_IN_OTHER_SIGNS = frozenset("=<>!:+-*/")
_PRINTING = frozenset(("print", "println", "echo", "puts", "disp", "display", "say", "write", "writeln"))
TYPES_OF_C = (
    "auto float double int long short byte bool boolean word char size_t unsigned signed volatile static "
    "const constexpr int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t"
)
_DECLARING = frozenset(
    ("let", "var", "val", "real", "set", "where", "with", "function", "local", "my", *TYPES_OF_C.split())
)
"""Words before a name and =, by which other languages say that it is new."""
_UNIT = re.compile(
    "(?:da|[fpnuµμmcdhkMGT])?(?:m|s|g|N|J|W|V|A|K|Hz|Pa|bar|mol|L|l|eV|T|F|C|H|Wb|Ω|[oO]hm|Wh|Ah|VA|Bq|Gy|Sv|cal)"
    "|min|h|rad|sr|u|atm|mmHg|Torr|psi|rpm|ppm|dB|lm|lx|cd"
)
"""Units that stand behind a number, with the prefixes of powers of ten."""
_POWERS = {"k": 3, "M": 6, "G": 9, "u": -6, "µ": -6, "μ": -6, "n": -9, "p": -12}
"""Letters behind a number by which engineers mean a power of ten: 10k."""
_OF_C = re.compile("[fF]|[uU][lL]{0,2}|[lL]{1,2}")
"""Letters behind a number by which C says of what type it is."""
LONGEST_REST = 40
"""Characters of what is to be left out that are said."""
CHOICE = "a choice cannot stand in a graph; write relu(x), max(a, b) or min(a, b), or the case that you mean"
OPENED = "a bracket is opened here and never closed"


def second_statement(typed: Sequence[Token]) -> tuple[str, int] | None:
    """Returns what to say, and the place between the two, where both stand in one line, as in
    y = a*b, z = c; or where a statement goes on with what it comes to, y = a*b = 6.
    """
    tokens = [token for token in typed if token.kind not in ("blank", "remark", "lowered")]
    depth = signs = opened = 0
    begins = False
    for place, token in enumerate(tokens):
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth == 1 and token.text == "(":
            opened = place
        if depth <= 0 and token.text in (";", "\n", "\r"):
            signs = 0
        if depth or token.text != "=" or not _is_alone(tokens, place):
            continue
        signs += 1
        name = (opened if place and tokens[place - 1].text == ")" else place) - 1  # f is that of f(x) =
        if signs == 1:
            begins = name <= 0 or tokens[name - 1].text in _ENDS  # no word stands before the name
        before = tokens[name - 1] if signs > 1 and name > 0 else None
        if before and tokens[name].kind == "word" and (before.ends or before.text in _BETWEEN):
            at = before if before.text in _BETWEEN else tokens[name]
            return "a new statement begins on a line of its own or behind a semicolon", at.place
        if before and begins and before.text != "=":
            return f"a statement has one =; leave out {rest_of_line(typed, token.place)}", token.place
    return None


def rest_of_line(typed: Sequence[Token], place: int) -> str:
    """Returns what stands at a place and behind it in a line, cut where that is long."""
    behind = (token for token in typed if token.place >= place and token.kind != "remark")
    rest = "".join(token.typed for token in takewhile(lambda token: token.text not in _ENDS, behind)).strip()
    return rest if len(rest) <= LONGEST_REST else f"{rest[:LONGEST_REST].rstrip()} …"


def _is_alone(tokens: Sequence[Token], place: int) -> bool:
    """Whether a = is no part of another sign, such as ==."""
    around = [tokens[place - 1]] if place else []
    around += tokens[place + 1 : place + 2]
    touching = [token for token in around if abs(token.place - tokens[place].place) == 1]
    return not any(token.text in _IN_OTHER_SIGNS for token in touching)


_JOINING = ("and", "or", "not", "if", "else", "is", "in")
"""Words of Python that stand between operands, or before one."""


_ALONE = frozenset(
    ("pass", "break", "continue", "return", "try", "else", "finally", "except", "raise", "yield")
)
"""Words of Python that may be a whole statement, or all before its colon."""
_BEGINNING = frozenset((
    "import", "from", "def", "class", "async", "for", "while", "if", "elif", "with", "except", "return",
    "raise", "yield", "await", "assert", "del", "global", "nonlocal",
))  # fmt: skip
"""Words of Python before the rest of a statement."""
_NO_STATEMENT = frozenset("=*/+,)]") | {"**", "//"}
"""What stands behind a name, and never behind such a word."""
_ENDS = frozenset("\n\r;")
_VALUES = ("None", "True", "False")


def _has_its_place(tokens: Sequence[Token], place: int, first: Token) -> bool:
    """Whether a word of Python stands where a program has it, in a statement that begins with this token."""
    word = tokens[place].text
    behind = tokens[place + 1].text if place + 1 < len(tokens) else "\n"
    if word in _VALUES:
        return True
    if tokens[place] is first:
        is_alone = behind in _ENDS or behind == ":"
        return word in _ALONE if is_alone else word in _BEGINNING and behind not in _NO_STATEMENT
    if word == "lambda":
        rest = (token.text for token in tokens[place + 1 :])
        return ":" in takewhile(lambda text: text not in _ENDS, rest)
    if word == "for":  # of a comprehension
        return tokens[place - 1].ends and place + 1 < len(tokens) and tokens[place + 1].begins
    return word in ("as", "import", "in", "from") and first.text in _BEGINNING


def _out_of_place(tokens: Sequence[Token]) -> Token | None:
    """The first word of Python that stands for a name, as in lambda*x."""
    first, depth = None, 0
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place else "\n"
        is_behind = before in _ENDS or before == ":"
        if first is None or before == "async" or (is_behind and (depth <= 0 or token.text in _BEGINNING)):
            first = token
        depth += (token.text in "([{") - (token.text in ")]}")
        if not iskeyword(token.text) or _has_its_place(tokens, place, first):
            continue
        if token.text not in _JOINING or _is_operand(tokens, place):
            return token
    return None


def _is_operand(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word stands where only an operand could, as in in*x."""
    is_first = place == 0 or not (tokens[place - 1].ends or tokens[place - 1].text in _JOINING)
    is_last = place + 1 == len(tokens) or not tokens[place + 1].begins
    return is_first and is_last


def too_long(text: InPython) -> int:
    """Returns the place of a number with more digits than Python reads."""
    found = re.search(r"\d{1000,}", text.text)
    return text.places[found.start() if found else 0]


def misplaced(typed: Sequence[Token], functions: Collection[str]) -> tuple[str, int] | None:
    """Returns why a text that is no formula is none, where a word of Python stands for a name or two operands
    stand side by side, and the place.
    """
    tokens = [token for token in typed if token.kind not in ("blank", "remark")]
    if word := _out_of_place(tokens):
        said = f"“{word.typed}” is a word of Python; as a name it stands between backticks: `{word.typed}`"
        return said, word.place
    if tokens and tokens[0].text == "=":
        return _of_a_spreadsheet(tokens), tokens[0].place
    depth = 0
    for place, (before, token) in enumerate(pairwise(tokens)):
        depth += (before.text in "([{") - (before.text in ")]}")
        if before.text in ("//", "%") and (place == 0 or tokens[place - 1].text in _ENDS):
            return "a remark begins with #", before.place
        if before.text == "(" and token.text == "=":
            return (
                f"leave out {rest_of_line(typed, before.place)}, which is what the formula comes to",
                before.place,
            )
        if "".join(one.text for one in tokens[place : place + 3]) in ("+/-", "-/+"):
            return REFUSED["±"], before.place
        if two := _two_signs(before.text, token.text):
            return two, before.place
        if token.text == ";" and depth > 0:
            return _at_semicolon(tokens, place + 1)
        if before.ends and (said := _behind_operand(tokens, place + 1)):
            return said, token.place
        if (
            token.kind == "word"
            and before.text.lower() in _DECLARING
            and any(behind.text == "=" for behind in tokens[place + 2 : place + 3])
        ):
            return f"leave out {before.typed}: {token.typed} = …", before.place
        if not (before.ends and token.begins) or (before.kind == "word" and token.text == "("):
            continue
        return _two_operands(tokens, place, functions)
    return None


def _of_a_spreadsheet(tokens: Sequence[Token]) -> str:
    """Returns what to say of =A1*2, and of =-A1^2, which is (-A1)^2 there."""
    for place, (sign, operand, power) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        is_first = place == 0 or not tokens[place - 1].ends
        if sign.text == "-" and is_first and operand.ends and (power.text == "**" or power.kind == "raised"):
            index = power.typed + ("2" if power.text == "**" else "")
            taken = (
                f"what a spreadsheet takes -{operand.typed}{index} for is written (-{operand.typed}){index}"
            )
            return f"a name stands before =; and {taken} here"
    return "a name stands before =; write one, as in y = …, or leave the = out"


def _at_semicolon(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    """Returns what to say of a semicolon inside a bracket, and where: it parts operands, or it ends a
    statement whose bracket is still open.
    """
    opened: list[Token] = []
    for token in tokens[:place]:
        if token.text in "([{":
            opened.append(token)
        elif token.text in ")]}" and opened:
            opened.pop()
    depth = 1
    for token in tokens[place:]:
        depth += (token.text in "([{") - (token.text in ")]}")
        if not depth:
            return "operands stand between commas: max(0, x)", tokens[place].place
    return OPENED, opened[-1].place


def _two_operands(tokens: Sequence[Token], place: int, functions: Collection[str]) -> tuple[str, int]:
    """Returns what to say of the operands at a place and behind it, which have no sign between, and where."""
    before, token = tokens[place : place + 2]
    if before.text == "syms" and token.kind == "word":
        return "leave out syms: a name needs no line of its own", before.place
    if before.kind == "number" and token.typed.lower() in ("deg", "degree", "degrees", "º"):
        return f"{REFUSED['°'].partition(',')[0]}: {before.typed}*pi/180", token.place
    if before.kind == "number" and is_unit(token.text) and _is_whole(tokens, place):
        return f"{NO_UNIT}, or * between two factors", token.place
    if before.kind == "number" and token.typed[:1] in "eE" and token.kind == "word":
        said = "an exponent stands right behind its number, as in 5e-3, and a product has a *"
        return said, token.place
    if before.kind == "number" and token.kind == "number":
        return _two_numbers(token), token.place
    is_plain = before.kind == "number" and before.typed.replace(".", "").isdecimal()
    if is_plain and token.typed in _POWERS and _is_whole(tokens, place):
        said = f"write {before.typed}e{_POWERS[token.typed]} for {before.typed}{token.typed} as a number"
        return f"{said}, or * between two factors", token.place
    if token.text.lower() in ("then", "otherwise"):
        return CHOICE, token.place
    if name := _function_before(tokens, place, functions):
        return f"a function has its operand in brackets: {called(name)}", token.place
    if before.text[:1] in _SERIES and before.text[1:2] in ("", "_"):
        return f"{before.typed} is a name here; write {FUNCTIONS_IN_OTHERS[before.text[0]]}", before.place
    if before.kind == "word" and known_elsewhere(before.typed):
        return no_function(before.typed, before.typed, functions), before.place
    if (
        before.kind == "number"
        and _OF_C.fullmatch(token.typed)
        and before.place + len(before.typed) == token.place
    ):
        return f"write * between two factors, or leave out the {token.typed} behind the number", token.place
    return "write * between two factors", token.place


def _is_whole(tokens: Sequence[Token], place: int) -> bool:
    """Whether what stands at a place and behind it is all that a name stands for: x = 3 m, v = 3 m/s."""
    rest = takewhile(lambda token: token.text not in _ENDS, tokens[place + 1 :])
    passed = (*_POWERS, "/", "**")
    are_units = all(
        one.text in passed or one.kind in ("number", "raised") or is_unit(one.text) for one in rest
    )
    return place > 0 and tokens[place - 1].text == "=" and are_units


def is_unit(word: str) -> bool:
    """Whether a word is a unit that stands behind a number.

    >>> is_unit("hPa"), is_unit("kΩ"), is_unit("x"), is_unit("")
    (True, True, False, False)
    """
    return bool(_UNIT.fullmatch(word))


def _two_numbers(second: Token) -> str:
    """Returns what to say of the second of two numbers side by side: the 000 of 1 000, the .3 of 1.2.3."""
    if second.typed[:1] == ".":
        return "a number has one decimal point"
    return "a number has no spaces, as in 1000, and * stands between two factors"


def _two_signs(first: str, second: str) -> str:
    """Returns what to say of two signs that other languages have between a name and its formula, or ""."""
    if first + second in ("=>", "->"):
        return "an arrow cannot stand in a formula; write = between a name and its formula"
    return "write = alone between a name and its formula" if first + second == ":=" else ""


def _behind_operand(tokens: Sequence[Token], place: int) -> str:
    """Returns what to say of a sign behind an operand that no formula has there: a full stop, the colon of a
    ratio, the mark of a name such as w'; "" of any other.
    """
    before, token = tokens[place - 1 : place + 1]
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    if (
        before.typed.lower() in _PRINTING
        and token.text != "("
        and (token.begins or token.typed[:1] in ("'", '"'))
    ):
        return "leave this line out: it computes nothing"
    if token.text == "." and (behind is None or behind.text in _ENDS):
        return "leave out the full stop behind the formula"
    if behind and token.text == "." and behind.text in ("**", "*", "/"):
        return f"leave out the point before {behind.typed}: a node is one number"
    if behind and token.text.lower() in ("mod", "div") and behind.begins:
        return f"there is no operator {token.typed}; the operators are + - * / **"
    if (
        token.text == ":"
        and behind
        and behind.begins
        and not any(iskeyword(one.text) for one in tokens[:place])
    ):
        return "a ratio is written with /, and what a name stands for with ="
    if token.typed[:1] == "'" and before.kind == "number":
        return "a number has no marks between thousands, as in 1000"
    if token.text == "{":
        return ROUND
    if token.text in ("″", "‴"):
        return DERIVATIVE
    if token.typed[:1] in "'′" and before.kind == "word":
        if behind and behind.text == "(":
            return DERIVATIVE
        return f"a name with {token.typed[:1]} stands between backticks: `{before.typed}'`"
    return ""


def _function_before(tokens: Sequence[Token], place: int, functions: Container[str]) -> str:
    """Returns the function that ends at a place, with the power at its name: sin, cos^2, tan^-1; else ""."""
    start = place
    if tokens[place].kind == "raised":
        start -= 1
    elif tokens[place].kind == "number":
        start -= 1 + (tokens[place - 1].text == "-")
        start = start - 1 if tokens[start].text == "**" else place
    word = tokens[start]
    is_function = word.kind == "word" and (word.text in functions or word.text in FUNCTIONS)
    return "".join(token.typed for token in tokens[start : place + 1]) if is_function and start >= 0 else ""
