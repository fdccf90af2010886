"""Other ways in which people write a number: in words, with its thousands apart, mixed with a fraction, in
LaTeX. Rewrites text; calculates nothing.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import said_of_comma

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PARTS = ("halves", "thirds", "quarters", "fifths", "sixths", "sevenths", "eighths", "ninths", "tenths")
_NOT_A_NUMBER = (
    *("nan", "undefined", "not defined", "no number", "not a number", "indeterminate"),
    *("does not exist", "dne"),
)
_INFINITE = ("inf", "infinity", "infinite", "infty", "oo", "∞")
_IN_WORDS = {
    **{word: float(number) for number, word in enumerate(_COUNTED)},
    **{ten: 10.0 * number for number, ten in enumerate(_TENS, 2)},
    **{
        f"{ten} {_COUNTED[one]}": 10.0 * number + one
        for number, ten in enumerate(_TENS, 2)
        for one in range(1, 10)
    },
    **{
        f"{_COUNTED[many]} {part}": many / parts
        for parts, part in enumerate(_PARTS, 2)
        for many in range(2, 10)
    },
    **dict.fromkeys(("half", "a half", "one half", "one-half"), 0.5),
    **dict.fromkeys(("third", "a third", "one third", "one-third"), 1 / 3),
    **dict.fromkeys(("quarter", "a quarter", "one quarter", "one-quarter"), 0.25),
    **dict.fromkeys(_NOT_A_NUMBER, math.nan),
    **dict.fromkeys(_INFINITE, math.inf),
}
_SIGN_IN_WORDS = re.compile(r"(minus|negative|plus|positive) (?=\S)", re.IGNORECASE)
_SIGNS_IN_WORDS = {
    **dict.fromkeys(("times", "multiplied by"), "*"),
    **dict.fromkeys(("over", "divided by"), "/"),
    **dict.fromkeys(("percent", "per cent"), "%"),
    "plus": "+",
    "minus": "-",
    "to the power of": "**",
    "squared": "**2",
    "cubed": "**3",
    "halves": "/2",
    "thirds": "/3",
    **dict.fromkeys(("quarters", "fourths"), "/4"),
    "fifths": "/5",
    "tenths": "/10",
}
_SIZES = {"hundred": "*100", "thousand": "*1000", "million": "*1000000", "billion": "*1000000000"}
_SIZE_BEHIND_NUMBER = re.compile(rf"(?<=\d) ?({'|'.join(_SIZES)})$", re.IGNORECASE)
ONE_NUMBER = "Type one number."
"""An example in here or in any other refusal of an answer could be the very answer: they hold none."""
_WITH_UNIT = re.compile(
    r"([-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?: (?![kKMGT]$|dozen)[^\W\d_]| ?[°€£¥\"'(])[^\d]*"
)
_NUMBERS = re.compile(r"\d+\.?\d*")
_SIGN_BEHIND_NUMBER = re.compile(
    rf"(?<=[\d)%]) ?({'|'.join(_SIGNS_IN_WORDS)})(?= ?[-\d(.√]|$)", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"(?:(?:(?:the|my) )?(?:answer|result|value|number|gradient|derivative)(?: of \w+)?(?: is| equals|:)"
    r"|(?:it|that|this) (?:is|equals)|(?:it|that)['’]s|equals|is|exactly|nearly|almost"
    r"|maybe|perhaps|probably|i (?:think|guess|get|got)(?: it is)?"
    r"|about|approximately|approx\.?|circa|ca\.?|c\.|roughly|around) ?(?=[\d\W])",
    re.IGNORECASE,
)
"""Words before a number without which it means the same."""
_GROUPED = re.compile(r"([-+]?\d{1,3}(?:([ ,_'’])\d{3})(?:\2\d{3})*)(\.\d*)?")
_MIXED = re.compile(r"([-+]?) ?(\d+) (\d+) ?/ ?(\d+)")
_SMALL_FRACTION = re.compile("([⁰¹²³⁴-⁹]+)[/⁄]([₀-₉]+)")
_SUBSCRIPT_OF_NUMBER = re.compile("[0-9)][₀-₉]")
_LATEX_FRACTION = re.compile(r"\\[dt]?frac *\{([^{}]*)\} *\{([^{}]*)\}")
_LATEX_SPACES = re.compile(r"\\left|\\right|\\[,;:! ]|\$")
_LATEX_SIGNS = {r"\cdot": "*", r"\times": "*", r"\div": "/", r"\infty": "inf"}
_TWO_MEANINGS = (
    (
        re.compile(r"(?<![\w.])[\d.]+[eE](?![\w(]|[-+]\d| ?\*\*)|\d [eE] ?[-+]?\d"),
        "may be a product with e or a number with an exponent. Write the product with a *.",
    ),
    (
        re.compile(r"[*xX] ?10-\d"),
        "may be a power of ten or a difference. Write ^ for a power, spaces round the sign of a difference.",
    ),
    (
        re.compile(r"\*\* ?-?1 ?/ ?\d"),
        "may be a root or a quotient. Set brackets round the exponent or round the power.",
    ),
    (re.compile(r"(/|\*\*) ?[\d.]+ ?%"), "may mean two things. Set brackets round what is so many percent."),
    (
        re.compile(r"[a-z]\w*\*\*\(-\d+\) ?\("),
        "may mean the inverse function or one over the function. Type the number.",
    ),
    (
        re.compile(r"^-[\d.]+ (?i:squared|cubed)$"),
        "may mean two things. Set brackets round what is raised.",
    ),
    (re.compile(r"[\w)] ?!(?!=)"), "has a factorial, which is not read. Type the number that it comes to."),
)
"""What is not read, as it may mean two things, and what to type instead."""
_RATIO = re.compile(r"(?<=\d) ?: ?(?=\d)")
_QUOTED = re.compile(r"(['\"`])([^'\"`]*)\1")
_REMARK = re.compile(r"(.*\d) ?\(((?:I )?[^\W\d_]{2}[^\d()]*)\)")
_SAYS_MORE = re.compile(
    r"\b(?:pi|π|e|neg\w*|minus|plus|pos\w*|percent|hundred|thousand|million|billion)\b|[√=*/^]"
)
"""Words of a remark that say something of the number before them."""
_SAID_TWICE = re.compile(r"(.+) \( ?((?:[^()]|\([^()]*\))*\w(?:[^()]|\([^()]*\))*)\)")
_DEEPEST = 10
"""Fractions within fractions that are read."""


def why_two_meanings(text: str) -> str:
    """Returns what to say of a text that may mean two numbers; "" of any other.

    >>> why_two_meanings("2/3%"), why_two_meanings("50%")
    ('may mean two things. Set brackets round what is so many percent.', '')
    """
    return next((why for pattern, why in _TWO_MEANINGS if pattern.search(text)), "")


def without_remark(text: str) -> str:
    """Returns an answer without quotation marks around it, a comma or a question mark at its end, and a
    remark in brackets that holds no number.

    >>> [without_remark(text) for text in ("'5'", "5,", "0 (dead)", "0.5 (half)", "20 (negative)", "3 (pi)")]
    ['5', '5', '0', '0.5 (half)', '20 (negative)', '3 (pi)']
    """
    text = _QUOTED.sub(r"\2", text.strip())
    text = re.sub(r"(?<=[\d)]) ?[,:?]$", "", text)
    found = _REMARK.fullmatch(text)
    if found is None or value_in_words(found[2]) is not None or _SAYS_MORE.search(found[2].lower()):
        return text
    return found[1]


def said_twice(text: str) -> tuple[str, str] | None:
    """Returns what stands before a space and brackets at the end, and what in them, where both may say the
    same; else None.

    >>> said_twice("2.5 (5/2)"), said_twice("3(4)"), said_twice("5 * (3)")
    (('2.5', '5/2'), None, None)
    """
    found = _SAID_TWICE.fullmatch(text)
    return (found[1], found[2]) if found is not None and found[1][-1] not in "+-*/^" else None


def value_in_words(text: str) -> float | None:
    """Returns the number that these words are, maybe with a sign; None for anything else.

    >>> [value_in_words(text) for text in ("Zero", "minus four", "-oo", "a half", "undefined", "many")]
    [0.0, -4.0, -inf, 0.5, nan, None]
    """
    found = re.fullmatch(r"([-+]?) ?(.*)", with_plain_sign(text).lower())
    words = found[2] if found is not None else ""
    value = _IN_WORDS.get(words, _IN_WORDS.get(words.replace("-", " ").replace("fourths", "quarters")))
    if found is None or value is None:
        return None
    return -value if found[1] == "-" else value


def with_plain_sign(text: str) -> str:
    """Returns the text with a sign for a word that stands in front: -4 for minus 4."""
    found = _SIGN_IN_WORDS.match(text)
    if found is None:
        return text
    sign = "-" if found[1].lower() in ("minus", "negative") else "+"
    return sign + text[found.end() :]


def with_signs_for_words(text: str) -> str:
    """Returns the text without words that introduce a number, and with a sign for a word between two.

    >>> [with_signs_for_words(text) for text in ("it is about -3", "5 times 3", "50 percent", "sum = 3")]
    ['-3', '5* 3', '50%', 'sum = 3']
    """
    for _ in range(3):
        found = _INTRODUCED.match(text)
        text = text[found.end() :].lstrip() if found is not None else text
    text = _RATIO.sub("/", text)
    text = _SIZE_BEHIND_NUMBER.sub(lambda match: _SIZES[match[1].lower()], text)
    if re.fullmatch(r"-[\d.]+ (?:squared|cubed)", text, re.IGNORECASE):
        return text  # which may be of the number with its sign or without
    signs = _SIGNS_IN_WORDS
    return _SIGN_BEHIND_NUMBER.sub(lambda match: signs[match[1].lower()], text)


def said_of_more(text: str) -> str:
    """Returns what to say of a text that holds a number and something else, or several; "" for anything else.

    >>> said_of_more("3 kg"), said_of_more("3 to 5")[:31], said_of_more("three")
    ('“3 kg” has more than its number. Type that alone: 3.', '“3 to 5” holds several numbers.', '')
    """
    if re.search(r"\d ?°(?! ?[CFK])", text):
        return f"“{text}” has an angle in degrees. Angles are in radians: type the degrees times pi/180."
    if (found := _WITH_UNIT.fullmatch(text)) is not None:
        return f"“{text}” has more than its number. Type that alone: {found[1]}."
    is_several = len(_NUMBERS.findall(text)) > 1 and re.search(r"[^\W\d_]{2}|\.\.", text)
    return f"“{text}” holds several numbers. {ONE_NUMBER}" if is_several else ""


def without_groups(text: str) -> str:
    """Returns the text without what keeps thousands apart. Refused for a single comma, which may be a decimal
    one.

    >>> [without_groups(text) for text in ("1 000", "-12,345.5", "1_000_000", "3 4")]
    ['1000', '-12345.5', '1000000', '3 4']
    """
    found = _GROUPED.fullmatch(text)
    if found is None:
        return text
    if found[2] == "," and found[1].count(",") == 1 and not found[3]:
        raise Refused(f"“{text}” {said_of_comma(text)}")
    return found[1].replace(found[2], "") + (found[3] or "")


def mixed_number(text: str) -> float | None:
    """Returns the number that is a whole one and a fraction below 1, as 2 1/3; None for anything else.

    >>> mixed_number("-1 1/2"), mixed_number("2 5/3")
    (-1.5, None)
    """
    found = _MIXED.fullmatch(text)
    if found is None or int(found[3]) >= int(found[4]):
        return None
    value = float(int(found[2]) + Fraction(int(found[3]), int(found[4])))
    return -value if found[1] == "-" else value


def repeating_decimal(text: str) -> float | None:
    """Returns the number that a decimal is whose last digits, in brackets, repeat without end; None for
    anything else.

    >>> repeating_decimal("0.(3)") == 1 / 3, repeating_decimal("-1.1(6)") == -7 / 6, repeating_decimal("1.5")
    (True, True, None)
    """
    found = re.fullmatch(r"([-+]?)(\d*)\.(\d*)\((\d+)\)", text)
    if found is None:
        return None
    sign, whole, fixed, again = found.groups()
    value = Fraction(int((whole + fixed) or "0"), 10 ** len(fixed))
    value += Fraction(int(again), 10 ** len(fixed) * (10 ** len(again) - 1))
    return float(-value if sign == "-" else value)


def with_plain_fractions(text: str) -> str:
    """Returns the text with (1/3) for ¹/₃. Refused where a number has an index, as 2₁."""
    plain = _SMALL_FRACTION.sub(lambda match: f"({_digits(match[1])}/{_digits(match[2])})", text)
    if _SUBSCRIPT_OF_NUMBER.search(plain):
        raise Refused(f"“{text}” cannot be read: a number has no index.")
    return plain


def _digits(text: str) -> str:
    """Raised or lowered digits as those of a line."""
    return "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(c) if c in "⁰¹²³⁴⁵⁶⁷⁸⁹" else "₀₁₂₃₄₅₆₇₈₉".find(c)) for c in text)


def without_latex(text: str) -> str:
    """Returns the text in the signs of a keyboard where it is written in LaTeX.

    >>> without_latex(r"$\\frac{1}{\\sqrt{2}}$"), without_latex(r"2 \\cdot 10^{-3}"), without_latex("5*3")
    ('((1)/(sqrt(2)))', '2 * 10^{-3}', '5*3')
    """
    if "\\" not in text and "$" not in text:
        return text
    plain = _LATEX_SPACES.sub("", text)
    plain = re.sub(r"\\[dt]?frac *([0-9]) *([0-9])", r"((\1)/(\2))", plain).replace(r"\%", "%")
    plain = re.sub(r"\\(?:boxed|text|mathrm|num) *\{([^{}]*)\}", r"\1", plain)
    plain = re.sub(r"\\sqrt *\[3\] *\{([^{}]*)\}", r"cbrt(\1)", plain)
    plain = re.sub(r"\\sqrt *\{([^{}]*)\}", r"sqrt(\1)", plain)
    for _ in range(_DEEPEST):
        plain, count = _LATEX_FRACTION.subn(r"((\1)/(\2))", plain)
        if not count:
            break
    for name, sign in _LATEX_SIGNS.items():
        plain = re.sub(re.escape(name) + r"(?![a-zA-Z])", sign, plain)
    return re.sub(r"\\(?=[a-zA-Z])", "", plain).strip()
