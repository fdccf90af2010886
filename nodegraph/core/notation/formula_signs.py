"""Signs of formulas as people write them: what they are in Python's, and what no formula can say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nodegraph.core.notation.not_arithmetic import GRADIENT, INTEGERS, ROUND, TRANSPOSE
from nodegraph.core.numbers import MINUS

DERIVATIVE = "a derivative cannot stand in a graph; it is what the backward pass computes"
DOTS = "write out what the dots stand for"

SIGMAS = "σ𝛔𝜎𝝈𝞂𝞼"
"""The letter of the sigmoid, as it is typed and as mathematics is printed."""
SIGNS: Mapping[str, str] = {
    **dict.fromkeys("×·⋅∙∗•✕✖⨯⨉✱⋆⊙‧・\u2062", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("←≔≝≜≙", "="),
    **dict.fromkeys((MINUS, "–", "\u2010", "\u2011", "﹣", "➖"), "-"),
    "\u2064": "+",
    **dict(zip("＋－＊／＝（），；", "+-*/=(),;", strict=True)),
    "^": "**",
    "‖": "|",
    "′": "'",
}

_ROOTS = {"∛": "x**(1/3)", "∜": "x**(1/4)"}
PLUS_MINUS = "{} may be ±, which means two formulas; write one of them, or the signs apart: + -x"
NO_UNIT = "write the number alone, without a unit"
NO_MEANING = "this character has no meaning in a formula; leave it out"
REFUSED: Mapping[str, str] = {
    **dict.fromkeys("∂″‴", DERIVATIVE),
    "∇": GRADIENT,
    "∫": "an integral cannot stand in a graph",
    "∑": r"write the terms of the sum out: {0}, or \sum_{{i=1}}^{{3}} x_i",
    "∏": "write the factors of the product out: {0}",
    "∞": "infinity is no number that a graph can hold",
    "…": DOTS,
    "±": "± means two formulas; write one of them",
    "∘": "∘ may be a product or a function of a function; write *, or f(g(x))",
    **dict.fromkeys(
        "⊗⊕⊖∧∨¬",
        "this operator is of vectors or of truth values; write + - * / between numbers, one for each",
    ),
    **dict.fromkeys("≈≃≅∼∝≡", "write = between a name and its formula, and leave out what that comes to"),
    **dict.fromkeys("→⇒↦", "an arrow cannot stand in a formula; write each formula on a line of its own"),
    **dict.fromkeys("≤≥≠≪≫≦≧", "a comparison cannot stand in a graph; leave it out"),
    **dict.fromkeys("⊤⊺", f"{TRANSPOSE}: w1*x1 + w2*x2"),
    **dict.fromkeys("∀∃∈∉", "leave out for which values this holds; a graph has one value of each name"),
    **dict.fromkeys("℃℉€£¥₹", NO_UNIT),
    **dict.fromkeys("—―‒", "write - for a minus sign, and # before a remark"),
    **dict.fromkeys("⌊⌋⌈⌉", INTEGERS),
    **dict.fromkeys("⟨⟩〈〉", ROUND),
    "∥": "there is no operator ∥; write what it computes, such as 1/(1/R1 + 1/R2)",
    "‰": "write a decimal for a number of thousandths, such as 0.005 for 5‰",
    "↑": "a power is written with **, as in x**2",
    "。": "leave out the full stop behind the formula",
    "ˆ": "write ^ for a power, and a name such as y_hat for a letter with a hat",
    "°": "angles are in radians; write x*pi/180 for x in degrees, and E0 for a name such as E°",
    **{root: f"there is no such root; write {power}" for root, power in _ROOTS.items()},
}
"""Signs of what no formula can say."""
_UNIT = re.compile(r"°[ \t]*[CF]\b|\$[ \t]*\d|(?<=\d)\$|(?<=\d[ \t])\$")
_SERIES = {**dict.fromkeys("∑Σ", " + "), **dict.fromkeys("∏Π", "*")}
"""The signs of sums and products, and what stands between the terms of each."""
_SMALL = "ᵢⱼₖₗₘₙ"
_NAME = rf"(?:(?![{_SMALL}])[^\W\d_]){{1,20}}[\u0300-\u036f]?"
_INDEXED = re.compile(rf"(?P<name>{_NAME})(?:[{_SMALL}]|_[i-n](?![^\W_]))")
_FIRST = re.compile(rf"{_NAME}(?![^\W\d_({_SMALL}\u0300-\u036f])")
"""The first name that is no function."""
_BESIDE = re.compile(rf"{_INDEXED.pattern}(?=[^\W\d_])")
"""A factor right before another one."""
_OVER = re.compile(rf"(?:[ \t{_SMALL}₀-₉₌⁰¹²³⁴-⁹ⁿ]|[_^](?:\{{[^{{}}\n]{{0,20}}\}}|\w(?!\w)))*+")
"""What a sum runs over, behind its sign."""
_FACTOR = (
    rf"(?:{_NAME}(?:[{_SMALL}]|_[i-n](?![^\W_]))?(?:\([^()\n]{{0,60}}\))?|\([^()\n]{{0,60}}\))(?:[²³]|\^\d)?"
)
_TERM = re.compile(rf"{_FACTOR}(?:[ \t]?[·*×]?[ \t]?{_FACTOR}){{0,4}}")
_LONGEST_OF_THREE = 4
_AROUND_FORMULA = "leave out the marks ` around the formula"
_PLACE = re.compile(r"\$?[A-Za-z]{1,3}\$\d+|\$[A-Za-z]{1,3}\d+")
"""A cell of a spreadsheet."""


_CAME_TO = re.compile(r"(?<==)[^\n\r;=≈≃≅]*?(?P<rest>\(?[ \t]*[≈≃≅][^\n\r;#]{0,40})")
"""What a formula comes to, behind it."""


def why_refused(text: str, place: int) -> str:
    """Returns what to say of the sign at a place of a text, which is one of those refused.

    >>> why_refused("T = 20 °C", 7)
    'write the number alone, without a unit'
    >>> why_refused("=$A$1*B1", 1)
    'leave out the $: A1'
    >>> why_refused("y = x*2 ≈ 0.67", 8)
    'leave out ≈ 0.67, which is what the formula comes to'
    """
    if found := _PLACE.search(text) if text[place] == "$" else None:
        return f"leave out the $: {found[0].replace('$', '')}"
    if text[place] in _SERIES:
        return REFUSED[text[place]].format(written_out(text, place))
    line = max(text.rfind(end, 0, place) for end in "\n\r;") + 1
    if text[place] in "≈≃≅" and (found := _CAME_TO.search(text, line)) and found.start() <= place:
        return f"leave out {found['rest'].strip()}, which is what the formula comes to"
    return NO_UNIT if _UNIT.match(text, place) else REFUSED.get(text[place], NO_MEANING)


def written_out(text: str, place: int) -> str:
    """Returns the first terms of the sum whose sign stands at a place, or the first factors of the product.

    >>> written_out("L = ∑ᵢ (yᵢ − ŷᵢ)² / n", 4), written_out("Πxᵢ", 0), written_out("Σ_i w_i*x_i + b", 0)
    ('(y1 − ŷ1)² + (y2 − ŷ2)²', 'x1*x2*x3', 'w1*x1 + w2*x2')
    >>> written_out("ΣX/n", 0), written_out("Σxy", 0), written_out("∑ᵢ yᵢ·log(ŷᵢ)", 0), written_out("∑", 0)
    ('X1 + X2 + X3', 'x1*y1 + x2*y2', 'y1·log(ŷ1) + y2·log(ŷ2)', 'a + b + c')
    """
    sign = _SERIES[text[place]]
    over = _OVER.match(text, place + 1)
    found = _TERM.match(text, over.end()) if over else None
    if found is None:
        return sign.join("abc")
    term = _BESIDE.sub(r"\g<0>*", found[0])
    if not _INDEXED.search(term):
        is_pair = len(term) == 2 and term.isalpha()
        term = f"{term[0]}ᵢ*{term[1]}ᵢ" if is_pair else _FIRST.sub(r"\g<0>ᵢ", term, count=1)
    count = 2 if len(term) > _LONGEST_OF_THREE else 3
    return sign.join(_INDEXED.sub(rf"\g<name>{number}", term) for number in range(1, count + 1))


def why_no_name(text: str, place: int) -> str:
    """Returns why what stands between marks, from this place on, is no name, and what to write.

    >>> why_no_name("y = `CO2-Wert`*3", 4)
    '“CO2-Wert” cannot stand in a formula; name it in letters and digits, such as CO2_Wert'
    >>> why_no_name("`y = a*b`", 0), why_no_name("y = `2`*x", 4)
    ('leave out the marks ` around the formula', 'leave out the marks ` around the formula')
    """
    found = re.compile(r"`([^`\n\r]{1,80})`").match(text, place)
    if not found or "=" in found[1] or re.fullmatch(r"[\s\d.,+-]*", found[1]):
        return _AROUND_FORMULA
    name = re.sub(r"\W+", "_", found[1]).strip("_")
    said = f"in letters and digits{f', such as {name}' if name.isidentifier() else ''}"
    before, behind = (re.split(r"[\n\r;]", part) for part in (text[:place], text[found.end() :]))
    is_whole = before[-1].rstrip()[-1:] in ("", "=") and behind[0].strip() in ("", ".", ",")
    if is_whole:
        return f"{_AROUND_FORMULA}; if “{found[1]}” is one name, write it {said}"
    return f"“{found[1]}” cannot stand in a formula; name it {said}"
