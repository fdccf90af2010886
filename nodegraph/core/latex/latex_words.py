r"""Words of LaTeX that would be factors: letters side by side, as in weight x, lr g and \eta dw, and prose,
as in w x \text{ for all } x.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice
from string import ascii_letters

from nodegraph.core.latex.latex_signs import GREEK_WORDS, Piece
from nodegraph.core.notation.formula_tokens import NotationError

_SPOKEN = re.compile(r"(?![aeiou][a-z]*[xyz])[A-Z]?[a-z]*[aeiou][a-z]*")
"""A word, unlike wxt, nRT and axy: it has a vowel, capitals at its beginning alone, and no x behind an a."""
_INDEXED = re.compile(r"[^\W\d_](?:\d+|_\w+)?")
_PROSE = re.compile(
    r"\\(?:text(?:rm|it|bf|normal|up)?|mbox)\s*+\{(?:[^{}]*[^{}\s]\s+[^{}\s][^{}]*"
    r"|\s*(?:if|when|at|is|are|the|on|per|of|or|in|from|by|given|using|unless|otherwise|else|let|all|as)\s*)\}"
)
"""A phrase, or a word that says how other words hang together."""
_PARTED = re.compile(r"\\q?quad(?:\s|~|\\[,;:!> ]|\\left)*\Z")
_SET_AS_VECTOR = re.compile(
    r"\\(?:vec|mathbf|boldsymbol|bm|overrightarrow)(?![a-zA-Z])\s*+(?:\{\s*+(\\[a-zA-Z]++|[a-zA-Z])\s*+\}"
    r"|(\\[a-zA-Z]++|[a-zA-Z]))"
)
_STATED = re.compile(
    r"(?:^|[;,&$\n]|\\\\|\})\s*+(?P<name>[A-Za-z])\s*+(?:\\left\s*+)?\((?P<of>[^()=\n]++)\)\s*+&?\s*+:?="
)
"""What a function of one letter is said to be of: c(\\mathrm{HCl}) = …."""
_SET = re.compile(r"\\(?:math|text|operator)[a-z]*+\s*+|\\right|[{}]")
_BETWEEN_ARGUMENTS = re.compile(r"[,;|]|\\mid(?![a-zA-Z])")
_UPRIGHT_D = re.compile(r"\\(?:mathrm|text|textrm)\s*\{\s*d\s*\}")
_EXPONENT = re.compile(r"(\d+(?:\.\d+)?)[eE]([-+]?\d+)")
MOST_FUNCTIONS = 50
"""Functions whose arguments are looked for, at most."""
_FARTHEST = 40
"""Characters before a factor in which what parts it from another is looked for."""
_GREEK = re.compile(r"\\[a-zA-Z]")


def vectors_in(text: str) -> list[str]:
    r"""Returns the names that are set as vectors, each once.

    >>> vectors_in(r"z = \mathbf{w} \cdot \mathbf x + \vec{\theta} + \mathbf{w}")
    ['w', 'x', 'θ']
    """
    found = (one[1] or one[2] for one in _SET_AS_VECTOR.finditer(text))
    return [*dict.fromkeys(GREEK_WORDS.get(name.removeprefix("\\"), name) for name in found)]


def unused_arguments(text: str) -> dict[str, list[str]]:
    r"""Returns of which functions that a text states an argument stands nowhere else in it, and those.

    >>> unused_arguments(r"c(\mathrm{HCl}) = \frac{n}{V}; f(x) = x^2")
    {'c': ['HCl']}
    >>> unused_arguments(r"p(x; \lambda) = \lambda e^{-\lambda x}")
    {}
    """
    found: dict[str, list[str]] = {}
    for one in islice(_STATED.finditer(text), MOST_FUNCTIONS):
        of = (part.removesuffix("\\right").strip() for part in _BETWEEN_ARGUMENTS.split(one["of"]))
        unused = [_SET.sub("", part) for part in of if part and text.count(part) == 1]
        if unused:
            found[one["name"]] = [GREEK_WORDS.get(part.removeprefix("\\"), part) for part in unused]
    return found


def refuse_prose(pieces: Sequence[Piece], text: str) -> None:
    r"""Refuse a product that nobody writes: across \quad, and with a phrase, as in w x \text{ for all } x."""
    for first, times, second in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if times.text != "*" or times.place != second.place:
            continue
        if _PARTED.search(text, max(second.place - _FARTHEST, 0), second.place):
            said = (
                r"\quad parts what stands around it; write \cdot before a factor, and each formula on its own"
            )
            raise NotationError(f"{said} line, without words about it", second.place)
        if _UPRIGHT_D.match(text, first.place):
            raise NotationError(
                "an upright d is that of a derivative or an integral; leave it out", first.place
            )
        prose = next((one for one in (first, second) if _PROSE.match(text, one.place)), None)
        if prose is not None:
            said = (
                f"{text[prose.place : text.index('}', prose.place) + 1]} may be a factor or words about the"
            )
            raise NotationError(rf"{said} formula; write \cdot around a factor, or leave it out", prose.place)


def refuse_unseen(pieces: Sequence[Piece], text: str) -> None:
    """Refuse {a + b}^2 and {a + b} c, of which the braces are not seen on paper, and 1e-3, which is a product
    with e there.
    """
    opened: list[tuple[int, str]] = []
    for place, piece in enumerate(pieces):
        if piece.text[:1].isdigit() and (found := _EXPONENT.match(text, piece.place)):
            said = (
                rf"{found[0]} may be a number or a product with e; write {found[1]} \cdot 10^{{{found[2]}}}"
            )
            raise NotationError(f"{said}, or blanks around the sign", piece.place)
        if opened and piece.text in (" + ", " - ", "*", "/"):
            start, signs = opened[-1]
            sign = "*" if place == start + 1 else piece.text.strip()
            opened[-1] = start, signs if sign in signs else signs + sign
        opened += [(place, "")] * piece.text.count("(")
        for _ in range(min(piece.text.count(")"), len(opened))):
            start, signs = opened.pop()
            before = pieces[start - 1].text if start else ""
            behind = pieces[place + 1].text if place + 1 < len(pieces) else ""
            is_bare = pieces[start].text == "(" and text.startswith("{", pieces[start].place)
            is_sum = not {*"+-"}.isdisjoint(signs) and (before in ("*", "/") or behind[:1] in ("*", "/"))
            if is_bare and (is_sum or (signs and behind.startswith("**"))):
                raise NotationError("braces are not seen on paper; write ( and )", pieces[start].place)


def refuse_words(pieces: Sequence[Piece], text: str) -> None:
    r"""Refuse letters side by side that are a word rather than a product: four or more, as in weight x, fewer
    with a letter twice, or beside a * as programs have it, as in lr*g. Where not each of the letters stands
    alone elsewhere, refuse three that can be spoken, as in \sigma(net), those that begin with d, as in
    \eta dw, and those apart from another name by a blank or a sign, as in lr g and lr \cdot g.
    """
    runs = list(_runs(pieces))
    joined = {place for start, end in runs for place in range(start, end)}
    alone = {piece.text for place, piece in enumerate(pieces) if place not in joined}
    for start, end in runs:
        letters = [piece.text for piece in pieces[start:end:2]]
        word = "".join(letter[0] for letter in letters)
        signs = [*pieces[max(start - 1, 0) : start], *pieces[end : end + 1]]
        is_typed = any(text.startswith("*", sign.place) for sign in signs if sign.text == "*")
        is_word = len(word) > 3 or (len(word) > 2 and len({*word}) < len(word)) or is_typed
        is_word = (
            is_word or letters[-1].endswith(("_plus", "minus")) or _is_concentration(pieces, start, end, text)
        )
        if not is_word and not alone.issuperset(letters):
            is_spoken = len(word) == 3 and word not in ascii_letters and _SPOKEN.fullmatch(word) is not None
            is_apart = len(letters[-1]) == 1 and _is_apart(pieces, start, end, text, joined)
            is_word = is_spoken or word[0] == "d" or is_apart or word in ("pH", "pOH", "pK")
        if is_word:
            said = rf"{word} may be one name or a product; write \text{{{word}}} or {' '.join(word)}"
            raise NotationError(said, pieces[start].place)


def _is_concentration(pieces: Sequence[Piece], start: int, end: int, text: str) -> bool:
    """Whether letters stand alone in square brackets, as chemists write how much there is of HA: [HA]."""
    is_opened = start > 0 and text.startswith("[", pieces[start - 1].place)
    return (
        is_opened and pieces[end : end + 1] != [] and pieces[end].text == ")" and pieces[start].text.isupper()
    )


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yields where letters begin that stand side by side, and where they end."""
    place = 0
    while place < len(pieces):
        end = place + 1
        while end + 1 < len(pieces) and _is_joined(pieces[end - 1 : end + 2]):
            end += 2
        if end > place + 1:
            yield place, end
        place = end


def _is_apart(pieces: Sequence[Piece], start: int, end: int, text: str, joined: Container[int]) -> bool:
    r"""Whether these letters and a name, which are factors, are not side by side: lr g, \eta \cdot lr; but
    ab \times cd is a product of four.
    """
    for first, times, second in ((start - 2, start - 1, start), (end - 1, end, end + 1)):
        if first < 0 or second >= len(pieces) or pieces[times].text != "*":
            continue
        before, behind = pieces[first], pieces[second]
        other = first if second == start else second
        if not pieces[other].text.isidentifier():
            continue
        if pieces[times].place != behind.place:
            if other not in joined:
                return True
        elif text[before.place + 1 : behind.place].isspace() and not _GREEK.match(text, before.place):
            return True
    return False


def _is_joined(three: Sequence[Piece]) -> bool:
    """Whether two letters stand side by side without a sign or a blank between; the second may be indexed."""
    letter, times, behind = three
    are_letters = (
        len(letter.text) == 1 and letter.text.isalpha() and _INDEXED.fullmatch(behind.text) is not None
    )
    return are_letters and times.text == "*" and times.place == behind.place == letter.place + 1
