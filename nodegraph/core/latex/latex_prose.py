r"""The words around the formulas of a paper: Set $z = w x$, and \\[ a = \\tanh(z) \\]. Knows text only."""

from __future__ import annotations

import re
from collections import Counter

from nodegraph.core.latex.latex_signs import GREEK_WORDS
from nodegraph.core.notation.formula_notation import NotationError

_BLOCKS = r"equation\*?|align\*?|gather\*?|multline\*?|eqnarray\*?|displaymath|math"
_MATH = re.compile(
    rf"\$\$.*?\$\$|\$[^$]+\$|(?<!\\)\\\[(?:(?!\\\[).)*?\\\]|(?<!\\)\\\((?:(?!\\\().)*?\\\)"
    rf"|\\begin\{{({_BLOCKS})\}}(?:(?!\\begin\{{\1\}}).)*?\\end\{{\1\}}",
    re.DOTALL,
)
"""None holds another of its kind: of many that never end, each is looked through up to the next alone."""
_REMARK = re.compile(r"(?<!\\)%[^\n]*|\\(?:label|tag|begin|end|cite|ref|eqref)\*?\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2}")
_SAYS = re.compile(r"=|\\(?:coloneqq|equiv|leftarrow|gets|triangleq|doteq)(?![a-zA-Z])")
_RANGE = re.compile(r"\W*[a-zA-Z]\s*=\s*\d+\s*,.*\\[lc]?dots", re.DOTALL)
"""What an index runs over: i = 1, \\dots, n."""
_NUMBER = re.compile(
    r"(?:\\(?:q?quad|hfill|tag\*?|;)\s*+\(\d+(?:\.\d+)*[a-z]?\)"
    r"|\\text(?:rm|it)?\{\s*+\([^{}()$\n]*+\)\s*+\})(?=\s*+(?:$|\$|\\\\|\\end|\\\]|\n))"
)
"""The number of an equation, as it stands at its right margin, or \\text{(forward)} there."""
_WORDS = r"\\(?:text(?:rm|it|bf|sf|tt|sl|sc|normal|up)?|math(?:rm|it|bf|sf)|mbox|emph)\s*+\{[^{}\\$\n]*+\}"
_LABEL = re.compile(
    r"(?:[,.;]\s*+)?+(?P<space>(?:(?:\\(?:q?quad|hfill)(?![a-zA-Z])|\\[;:>, ]|~|&&)\s*+){0,4}+)"
    rf"(?:\\left\s*+)?+[(\[]\s*+(?P<words>(?:{_WORDS}(?:\s|~|\\[;:>, ])*+)++)(?:\\right\s*+)?+[)\]]"
    r"(?=\s*+[.,;]?+\s*+(?:$|\$|\\\\|\\end|\\[\])]|\n))"
)
"""Words in brackets that stand apart at the end of a formula: \\quad (\\text{squared error})."""
_OPERAND = re.compile(r"(?:(?<!\\)[^\W_]|[)\]}'])\Z")
_LETTERS = frozenset(GREEK_WORDS) - {"sigma"}
_ALL_OF_WORD = re.compile(r"\w+")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\Z")
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
        made += _blank(text[done : formula.start()]) + formula[0]
        done = formula.end()
    return made + _blank(text[done:])


def without_numbers(text: str) -> str:
    r"""Returns a text of the same length in which blanks stand for the numbers of its equations
    and for the words in brackets behind them.

    >>> without_numbers(r"y = a b \qquad (3.2)").rstrip()
    'y = a b'
    >>> without_numbers(r"y = a b \; (\text{squared error})").rstrip()
    'y = a b'
    """
    text = _NUMBER.sub(lambda found: _blank(found[0]), text)
    said = [word for found in _LABEL.finditer(text) for word in _ALL_OF_WORD.findall(found["words"])]
    if not said:
        return text
    named = Counter(_ALL_OF_WORD.findall(text)) - Counter(said)
    return _LABEL.sub(lambda found: _without_label(found, named), text)


def _without_label(found: re.Match[str], named: Counter[str]) -> str:
    """Returns blanks for words about a formula, but the words where they are an operand."""
    before = found.string[max(0, found.start() - 80) : found.start()].rstrip()
    command = _COMMAND.search(before)
    if not _OPERAND.search(before) or (command and command[1] not in _LETTERS):
        return found[0]
    if re.search(r"quad|hfill|&", found["space"]):
        return _blank(found[0])
    words = _ALL_OF_WORD.findall(" ".join(re.findall(r"\{([^{}]*)\}", found["words"])))
    if all(len(word) == 1 or word in named for word in words):
        return found[0]
    if not found["space"] and (before[-1:].isalpha() or len(words) == 1):
        return found[0]  # f(\text{price}), 2(\text{price})
    if re.fullmatch(r"(?:\\,\s*+)*+", found["space"]):
        raise NotationError(
            f"({' '.join(words)}) may be a factor or words about the formula; "
            r"write \cdot before a factor, \quad before words",
            found.start("words"),
        )
    return _blank(found[0])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
