r"""What stands behind a formula of LaTeX and is no part of it: the number of an equation, \quad (3.2), and
words about it, \quad \text{squared error}. Knows text only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from nodegraph.core.latex.latex_prose import blank
from nodegraph.core.latex.latex_signs import GREEK_WORDS, LINKING_WORDS
from nodegraph.core.notation.formula_tokens import NotationError

_NUMBER = re.compile(
    r"(?:\\(?:q?quad|hfill|tag\*?|;)\s*+\(\d+(?:\.\d+)*[a-z]?\)"
    r"|\\(?:q?quad|hfill)\s*+"
    r"\((?:[ivIV]{1,4}|[A-Z]\.?\d+[a-z]?|(?:\*|\\(?:ast|star|d?dagger)(?![a-zA-Z])\s*){1,3})\)"
    r"|\\text(?:rm|it|bf|sf)?\{\s*+\([^{}()$\n]*+\)\s*+\})(?=\s*+(?:$|\$|\\\\|\\end|\\\]|\n))"
)
"""The number of an equation, or its mark, as they stand at its right margin, or \\text{(forward)} there."""
_TEXT = r"\\(?:text(?:rm|it|bf|sf|tt|sl|sc|normal|up)?|mbox|emph)"
_WORDS = rf"(?:{_TEXT}|\\math(?:rm|it|bf|sf))\s*+\{{[^{{}}\\$\n]+\}}"
_BEFORE = re.compile(rf"{_TEXT}\s*+\{{[^{{}}\\$\n]*:\s*\}}")
"""Words before a formula: \\text{Forward:}."""
_SPACE = r"(?P<space>(?:[,.;]\s*+)?+(?:(?:\\(?:q?quad|hfill)(?![a-zA-Z])|\\[;:>, ]|~|&{1,2})\s*+){0,4}+)"
_END = r"(?=\s*+[.,;]?+\s*+(?:$|\$|\\\\|\\end|\\[\])]|\n)|\s*+[.,;]\s*+\\q?quad(?![a-zA-Z]))"
_IN_BRACKETS = re.compile(
    rf"{_SPACE}(?:\\left\s*+)?+[(\[]\s*+(?P<words>(?:{_WORDS}(?:\s|~|\\[;:>, ])*+)++)"
    rf"(?:\\right\s*+)?+[)\]]{_END}"
)
"""Words in brackets that stand apart at the end of a formula: \\quad (\\text{squared error})."""
_BARE = re.compile(rf"{_SPACE}(?P<words>(?:{_WORDS}\s*+){{1,4}}+){_END}")
"""Words without brackets there: \\quad \\text{squared error}."""
_ASIDE = re.compile(
    rf"[(\[]\s*+{_TEXT}\s*+\{{\s*(?:with|where|for|if|when|at|as|since|given|using|and|so)\b[^{{}}$\n]*\}}"
)
"""What a bracket begins with that says something of the formula before it: (\\text{with } t = 3)."""
_APART = re.compile(r"quad|hfill|&|^[,.;]")
"""What stands between a formula and words about it, and never before a factor."""
_OPERAND = re.compile(r"(?:(?<!\\)[^\W_]|[)\]}'])\Z")
_COEFFICIENT = re.compile(r"(?<![\w^.}])[\d.]+\Z")
_LETTERS = frozenset(GREEK_WORDS) - {"sigma"}
_WORD = re.compile(r"\w+")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\Z")


def without_labels(text: str) -> str:
    r"""Returns a text of the same length in which blanks stand for the numbers of its equations
    and for the words behind them. Raises NotationError for words that may be a factor as well.

    >>> without_labels(r"y = a b \qquad (3.2)").rstrip()
    'y = a b'
    >>> without_labels(r"y = a b \quad \text{squared error}").rstrip()
    'y = a b'
    """
    for label in (_NUMBER, _BEFORE):
        text = label.sub(lambda found: blank(found[0]), text)
    kinds = (_IN_BRACKETS, _BARE)
    said = [word for kind in kinds for found in kind.finditer(text) for word in _WORD.findall(found["words"])]
    if said:
        named = Counter(_WORD.findall(text)) - Counter(said)
        for kind in kinds:
            text = kind.sub(lambda found: _without_label(found, named), text)
    for aside in _ASIDE.finditer(text):
        if _is_behind_operand(aside):
            said_so = (
                "what stands in this bracket is no factor; leave it out, or write what it says on a line"
            )
            raise NotationError(f"{said_so} of its own, as in t = 3", aside.start())
    return text


def _is_behind_operand(found: re.Match[str]) -> bool:
    """Whether an operand stands right before something."""
    before = found.string[max(0, found.start() - 80) : found.start()].rstrip()
    before = re.sub(r"(?:\s|~|\\(?:q?quad|[;:>, ]))+\Z", "", before)
    command = _COMMAND.search(before)
    return _OPERAND.search(before) is not None and (command is None or command[1] in _LETTERS)


def _without_label(found: re.Match[str], named: Mapping[str, int]) -> str:
    """Returns blanks for words about a formula, but the words where they are an operand."""
    if not _is_behind_operand(found):
        return found[0]
    words = _WORD.findall(" ".join(re.findall(r"\{([^{}]*)\}", found["words"])))
    is_bare = found.re is _BARE
    if is_bare and words and words[0] in LINKING_WORDS:
        return found[0]
    if _APART.search(found["space"]):
        return blank(found[0])
    is_set_as_name = "^" in found["words"] or (is_bare and re.match(_TEXT, found["words"]) is None)
    if is_set_as_name or all(word in named or (len(word) == 1 and not is_bare) for word in words):
        return found[0]
    before = found.string[max(0, found.start() - 80) : found.start()]
    is_coefficient = len(words) == 1 and not found["space"] and _COEFFICIENT.search(before.rstrip())
    if is_coefficient or (not is_bare and not found["space"] and before[-1:].isalpha()):
        return found[0]  # 2(\text{price}), f(\text{price})
    if is_bare or re.fullmatch(r"(?:\\,\s*+)*+", found["space"]):
        said = f"({' '.join(words)})" if not is_bare else " ".join(words)
        instead = r"write \cdot before a factor, \quad before words"
        raise NotationError(
            f"{said} may be a factor or words about the formula; {instead}", found.start("words")
        )
    return blank(found[0])
