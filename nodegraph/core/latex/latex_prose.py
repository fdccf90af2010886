r"""What stands around the formulas of a paper: words, Set $z = w x$, and \\[ a = \\tanh(z) \\], and boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nodegraph.core.latex.latex_signs import Token

_BLOCKS = r"equation\*?|align\*?|gather\*?|multline\*?|eqnarray\*?|displaymath|math"
_MATH = re.compile(
    rf"\$\$.*?\$\$|\$[^$]+\$|(?<!\\)\\\[(?:(?!\\\[).)*?\\\]|(?<!\\)\\\((?:(?!\\\().)*?\\\)"
    rf"|\\begin\{{({_BLOCKS})\}}(?:(?!\\begin\{{\1\}}).)*?\\end\{{\1\}}",
    re.DOTALL,
)
"""None holds another of its kind: of many that never end, each is looked through up to the next alone."""
_REMARK = re.compile(r"(?<!\\)%[^\n]*|\\(?:label|tag|begin|end|cite|ref|eqref)\*?\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2}|(?:^|(?<=\s))\(?(?:\d{1,2}|[a-zA-Z])[.)](?=\s)")
"""A word, or what items are counted with: (a), b), 1."""
_SAYS = re.compile(r"=|\\(?:coloneqq|equiv|leftarrow|gets|triangleq|doteq)(?![a-zA-Z])")
_RANGE = re.compile(r"\W*[a-zA-Z]\s*=\s*\d+\s*,.*\\[lc]?dots", re.DOTALL)
"""What an index runs over: i = 1, \\dots, n."""
_SIGMOID = re.compile(
    r"\W*\\sigma\s*\(\s*([a-z])\s*\)\s*:?=\s*\\[dt]?frac\s*\{?\s*1\s*\}?\s*"
    r"\{\s*1\s*\+\s*(?:e\^\{\s*-\s*\1\s*\}|\\exp\s*\(\s*-\s*\1\s*\))\s*\}\W*\Z"
)
"""What σ is known to be."""


def without_prose(text: str) -> str:
    r"""Returns a text of the same length in which blanks stand for the words around its formulas, and for
    what stands in a formula's signs but says nothing of a value, as in: where $w$ is the weight.

    >>> without_prose("Set $z = w x$, with $w$ near 0.")
    '    $z = w x$                  '
    """
    formulas = list(_MATH.finditer(text))
    outside = _REMARK.sub("", _MATH.sub(" ", text))
    if not formulas or not _WORD.search(outside) or "=" in outside:
        return text
    passed = (_RANGE, _SIGMOID)
    telling = [
        one for one in formulas if _SAYS.search(one[0]) and not any(kind.match(one[0]) for kind in passed)
    ]
    made, done = "", 0
    for formula in telling or formulas:
        made += blank(text[done : formula.start()]) + formula[0]
        done = formula.end()
    return made + blank(text[done:])


def without_boxes(tokens: Sequence[Token]) -> list[Token]:
    r"""Returns the tokens with blanks for the box around a whole statement: \boxed{L = (y - t)^2}, and for
    its braces, as in what Wikipedia gives to copy: {\displaystyle L=(y-t)^{2}}.
    """
    made = [*tokens]
    opened: list[tuple[int, bool]] = []
    for place, token in enumerate(tokens):
        if token.kind == "sign" and token.text == "{":
            opened.append((place, False))
        elif token.text == "=" and opened:
            opened[-1] = opened[-1][0], True
        elif token.kind == "sign" and token.text == "}" and opened:
            start, is_said = opened.pop()
            before = next((at for at in range(start - 1, -1, -1) if tokens[at].kind != "blank"), -1)
            is_boxed = before >= 0 and tokens[before].kind == "command" and tokens[before].text == "boxed"
            if is_said and (is_boxed or _begins(tokens[before] if before >= 0 else None)):
                for one in (start, place, *([before] if is_boxed else [])):
                    made[one] = Token(" ", "blank", tokens[one].place)
                opened[-1:] = [(at, True) for at, _ in opened[-1:]]
    return made


def _begins(before: Token | None) -> bool:
    """Whether a statement begins behind a token."""
    if before is None or before.kind == "end":
        return True
    texts = ("$", "\\\\", "[", "(") if before.kind == "command" else ("$", "{")
    return before.text in texts


def blank(text: str) -> str:
    """Returns blanks of the same length, in the same lines."""
    return re.sub(r"[^\n]", " ", text)
