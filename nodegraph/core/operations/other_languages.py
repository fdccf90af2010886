"""What other languages have where a formula has something else: R's c(1, 2), MATLAB's @(x), C's a ? b : c.

Asked only of a text that cannot be read. Knows text only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nodegraph.core.notation.formula_mistakes import CHOICE, TYPES_OF_C
from nodegraph.core.notation.formula_signs import DERIVATIVE, REFUSED
from nodegraph.core.notation.formula_tokens import QUOTED
from nodegraph.core.notation.not_arithmetic import INTEGERS

_STATEMENT = r"(?:^|(?<=;))[ \t]*+"
_NAME = r"(?P<name>[^\W\d]\w*+)[ \t]*+"
_OF = r"(?P<of>[^\W\d]\w*+(?:[ \t]*+,[ \t]*+[^\W\d]\w*+)*+)[ \t]*+"
_TO = r"(?:(?:\^|\*\*)\{?\d\}?|[²³])"
_FUNCTION = "write {name}({of}) = … for a function"
_OF_C = rf"(?:(?:inline|{TYPES_OF_C.replace(' ', '|')})[ \t]++)"
COMPARED = REFUSED["≤"]
_ALIKE: Sequence[tuple[str, str]] = (
    (r"\A\s*+<(?:\?xml|(?:\w+:)?math)\b", "this is MathML; write the formula in plain text or in LaTeX"),
    (
        r"\A\s*+graph\b[^\n{;=(]*\(\s*+%",
        "this is a graph that ONNX or TorchScript printed; write what it computes as formulas",
    ),
    # f = @(x) x^2, f <- function(x) x^2 and f = x => x^2
    (rf"{_STATEMENT}{_NAME}(?:<-|=)[ \t]*+(?:@|function|\\)[ \t]*+\([ \t]*+{_OF}\)", _FUNCTION),
    (rf"{_STATEMENT}{_NAME}=[ \t]*+\(?[ \t]*+{_OF}\)?[ \t]*+(?:=>|->)", _FUNCTION),
    (
        r"^[ \t]*+(?:%++|//)[ \t]++\S(?![^\n]*\n\s*+(?:strict\s++)?(?:di)?graph\b)",  # but above DOT
        "a remark begins with #",
    ),
    (r"%\S{0,3}%", "write * between two factors: a node is one number"),
    (r"@\.(?=\s)", "leave out @.: a node is one number"),
    (
        r"\b(?P<called>c)\([ \t]*[-+.\d][^()\n]*,",
        "a list is written [1, 2, 3], and its elements are x[0], x[1], …",
    ),
    (
        rf"{_STATEMENT}(?:using|library|require|clear|close|clc|format|hold)\b"
        r"(?:[ \t]*(?=$|;)|[ \t]+\w[\w.,: \t]*(?=$|;)|\([\w.\"' ]+\)(?=[ \t]*(?:$|;)))",
        "leave this line out: it computes nothing",
    ),
    (
        r"(?:^|(?<=[-+*/=]))[ \t]*\d{1,3}(?:,\d{3})++(?![\d,.])",
        "a number has no commas, as in 1000, and a decimal has a point: 1.5",
    ),
    (
        r"(?<![\w.])(?:\d++\.\d*+(?:e[-+]?\d++)?|\d++e[-+]?\d++)[fFlL]\b",
        "leave out the letter behind the number",
    ),
    (
        rf"{_STATEMENT}(?:void|int)[ \t]++(?:setup|loop|main)[ \t]*+\([^()\n]*+\)",
        "paste the lines that compute something, without their types: v = 5*raw/1023",
    ),
    (rf"{_STATEMENT}{_OF_C}++{_NAME}\([ \t]*+(?P<of>[\w*&, \t]++)\)\s*+\{{", _FUNCTION),
    (rf"{_STATEMENT}(?P<type>{_OF_C}{{2,}})(?P<name>[^\W\d]\w*+)[ \t]*+=", "leave out {type}: {name} = …"),
    (
        r"\([ \t]*+(?P<type>float|double)[ \t]*+\)(?=[ \t]*+[\w(])",
        "leave out ({type}): each node is a decimal number",
    ),
    (r"\([ \t]*+(?:unsigned[ \t]++)?(?:int|long)[ \t]*+\)(?=[ \t]*+[\w(])", INTEGERS),
    (r"\b(?P<name>[^\W\d]\w*+)::(?=[a-z_]\w*\()", "leave out {name}::"),
    (r"/\*", "a remark begins with #"),
    (rf"{_STATEMENT}(?:\}}?[ \t]*+else[ \t]++)?if[ \t]*+\([^\n:]*+$", CHOICE),
    (r"\?(?=[^\n?:;]*+:)", CHOICE),
    (
        r"(?P<all>\[[ \t]*+(?P<name>[^\W\d⁺⁻][^\W⁺⁻]*+)(?:\^?+\d?[-+]|[²³]?[⁺⁻])[ \t]*+\])",
        "write a name in letters, such as {name}_ion, for {all}",
    ),
    (
        r"(?P<all>\[[ \t]*+(?P<name>[^\W\d]\w*+)[ \t]*+\])(?=[²³⁰-⁹])",
        "write a name, such as {name}, for {all}",
    ),
    (r"<>", COMPARED),
    (r"(?<![\w.])\d++\.?+\d*+[dD][-+]?\d++\b", "an exponent is written with e, as in 1.5e-3"),
    (
        rf"{_STATEMENT}(?:\*\*|__)(?=[^\s*_])[^\n;=]*+=[^\n;]*(?:\*\*|__)[ \t]*+$",
        "leave out the marks around the formula",
    ),
    (rf"{_STATEMENT}d\w*[ \t]*/[ \t]*d\w+[ \t]*=(?!=)", DERIVATIVE),
    (r"(?<![\w.])d[ \t]*+/[ \t]*+d[^\W\d_]\w*+[ \t]*+[(\w]", DERIVATIVE),  # d/dx x^2
    (r"(?<![\w.])d[ \t]*+\((?:[^()]|\([^()]*\))*+\)[ \t]*+/[ \t]*+d[^\W\d_]", DERIVATIVE),  # d(x^2)/dx
    (rf"(?<![\w.])d{_TO}[ \t]*+\w*+[ \t]*+/[ \t]*+d[^\W²³]++{_TO}", DERIVATIVE),  # d²y/dx²
    (
        r"(?<![\w.])(?P<number>(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?)(?P<unit>[ij])\b",
        "a graph has no complex numbers, and a product has a *: {number}*{unit}",
    ),
)
_SAID = [(re.compile(pattern, re.MULTILINE), said) for pattern, said in _ALIKE]
_PASSED = re.compile(rf"{QUOTED}|#[^\n\r]*", re.DOTALL)
LONGEST = 20_000
"""Characters of a text that are looked at."""


def why_other_language(text: str) -> tuple[str, int] | None:
    """Returns what to write in place of what another language has, and where that stands; None without any.

    >>> why_other_language("f = @(x, y) x.^2 + y")
    ('write f(x, y) = … for a function', 0)
    >>> why_other_language("x = c(1, 2)")[1], why_other_language("y = c*(1 + x)")
    (4, None)
    >>> why_other_language("c(x, y) = x*y\\nz = c(2, 3) + foo(x)")
    """
    plain = _PASSED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text[:LONGEST])
    for pattern, said in _SAID:
        found = pattern.search(plain)
        if found and not _is_stated(found.groupdict().get("called"), plain):
            place = found.start() + len(found[0]) - len(found[0].lstrip())
            words = {name: (word or "").strip() for name, word in found.groupdict().items()}
            if "of" in words:  # C has types there: float x, float w
                words["of"] = ", ".join(re.findall(r"(\w+)\s*(?:,|$)", words["of"]))
            return said.format(**words), place
    return None


def _is_stated(function: str | None, text: str) -> bool:
    """Whether a text states a function of this name itself."""
    of = r"\([^()\n]*\)[ \t]*+:?="
    stated = rf"{_STATEMENT}(?:def[ \t]++{function}\(|{function}[ \t]*+(?:=[ \t]*+lambda\b|{of}))"
    return bool(function) and re.search(stated, text, re.MULTILINE) is not None
