"""What the pieces of a formula that was LaTeX mean together: letters left of = are one name, f(x) = … says
what f is, and a comma may part two statements.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from nodegraph.core.latex.latex_functions import end_of_call, without_arguments
from nodegraph.core.latex.latex_signs import CROSSED, NO_GRAPH, Piece, Token
from nodegraph.core.latex.latex_spellings import ARROWS
from nodegraph.core.notation.formula_tokens import NotationError

_LONG_NAME = re.compile(r"[A-Za-z]{2,}(?:\d+|_\w+)?")
_LONGEST = 64
"""Letters of a name that is looked for where its letters stand side by side, at most."""
_VECTOR = re.compile(r"\\(?:vec|mathbf|boldsymbol|bm|overrightarrow)(?![a-zA-Z])")
"""How vectors are set."""

_OPENING, _CLOSING = frozenset(("(", "[", "{", "lbrace")), frozenset((")", "]", "}", "rbrace"))
_SAYS = re.compile(
    r"(?=[^\W\d_]|\\[a-zA-Z])(?:\\[a-zA-Z]++|[^\W\d]|[\d^&',() \t]|\{(?:[^{}=\n]|\{[^{}=\n]*+\})*+\})++"
    r"(?::?=|\\(?:coloneqq|equiv|triangleq|doteq|leftarrow|gets)(?![a-zA-Z]))"
)
"""A name, or a function of names, and = in the same line."""
_STATED = re.compile(r"([a-zA-Z])(?:\\left)?\([^()\n]{1,100}\)\s*+=")
"""What functions of one letter are stated by, as in f(x) = x^2."""
_SHOWN = re.compile(r"([a-zA-Z])(?:\\left)?\([-\d., ]{1,100}(?:\\right)?\)[ \t]*+(?=$|\n)")
"""A line that shows such a function at numbers, f(2)."""
_TWO = r"a statement has one =; leave out what says the same again, or end the first with \\ or an empty line"
_QUAD = re.compile(r"\\(?:q?quad|hfill|hspace)(?![a-zA-Z])")
_BLANKS = re.compile(r"\s*+")
_LONGEST_LEFT = 300
"""Characters in which = is looked for behind a name, at most."""
BARS = frozenset(("|", "‖", "lvert", "vert", "lVert", "Vert"))
_BRACKETS = frozenset(("(", "[", "{", ".", "lbrace", "lbrack", *BARS))
"""What may stand behind \\left."""
_CONTINUING = frozenset((" + ", " - ", "*", "/"))
"""Signs that go on with a formula where a line behind \\\\ begins with them."""


def with_ends(tokens: Sequence[Token], text: str) -> list[Token]:
    """Returns the tokens with the end of a statement for the end of its line, for \\quad and for &, where
    what stands behind says what another name is: y = w x above L = y^2.
    """
    made: list[Token] = []
    depth, is_said, stated = 0, False, frozenset(_STATED.findall(text))
    for token, behind in pairwise(tokens):
        is_formula = token.kind == "command" and token.text in ("[", "]", "(", ")")
        depth += 0 if is_formula else (token.text in _OPENING) - (token.text in _CLOSING)
        if token.kind == "end" or is_formula or token.text in ("\\", "$", ";", "begin", "end"):
            is_said = False
        is_said = is_said or (token.text == "=" and not depth)
        between = text[token.place : behind.place].replace("\r", "\n")
        is_parting = token.text == "&" or (token.kind == "command" and token.text in ARROWS)
        is_parting = is_parting or (
            token.kind == "blank" and ("\n" in between or _QUAD.search(between) is not None)
        )
        if is_parting and is_said and not depth and _says(text, behind.place, stated):
            token, is_said = Token("\n", "end", token.place), False
        made.append(token)
    return [*made, *tokens[-1:]]


def _says(text: str, place: int, stated: Container[str]) -> bool:
    """Whether a name and = stand behind a place, or a stated function at numbers in a line of its own."""
    start = _BLANKS.match(text, place)
    place = start.end() if start else place
    if _SAYS.match(text, place, place + _LONGEST_LEFT):
        return True
    shown = _SHOWN.match(text, place)
    return shown is not None and shown[1] in stated


def name_left_of_equals(made: list[Piece], sign: Token) -> None:
    """Let what stands before an equals sign be the name of a statement of its own. Refuses a second sign."""
    _part_at_comma(made)
    if _is_second(made, len(made)):
        raise NotationError(_TWO, sign.place)
    _as_one_name(made)


def refuse_going_on(made: Sequence[Piece], sign: Token) -> None:
    """Refuse a line that says in other words what the line before said: &= b + c."""
    if made and made[-1].text == "\n":
        raise NotationError(
            "a line begins with a name; leave out what says the same again behind =", sign.place
        )


def ended_by(signs: set[str], found: Sequence[Piece], token: Token) -> set[str]:
    """Returns the signs that ended the line before what comes next, with what was just found from a token."""
    if not found:
        return signs
    return {*signs, token.text} if found[0].text == "\n" else set()


def go_on(made: list[Piece], found: Sequence[Piece], ends: set[str]) -> None:
    r"""Take the end of a line away, one by \\ alone, where the next begins with a sign: it is one formula."""
    if not found or found[0].text not in _CONTINUING or ends != {"\\"}:
        return
    last = len(made)
    while last and made[last - 1].text == "\n":
        last -= 1
    if last and made[last - 1].ends:
        del made[last:]


def refuse_half_a_bracket(opening: Token, closing: Token, token: Token) -> None:
    r"""Refuse \left( a \right. \\ \left. + b \right), of which each half would be a formula."""
    if (opening.text == ".") != (closing.text == "."):
        said = r"write what stands in this bracket on one line, between \left( and \right)"
        raise NotationError(said, token.place)
    if opening.text not in _BRACKETS:
        said = NO_GRAPH.get(opening.text, "this is no bracket of a formula; write ( and )")
        raise NotationError(said, opening.place)


def with_names(pieces: list[Piece]) -> list[Piece]:
    """Returns the pieces of a whole text with the names that it gives."""
    return without_arguments(_with_long_names(pieces))


def _as_one_name(made: list[Piece]) -> None:
    r"""Let letters that stand alone left of = be one name, as in loss = …, net_{h1} = … and FL(p) = …; they
    would be no product there.
    """
    end = _start_of_arguments(made)
    arguments = made[end:]
    start = len(made)
    while start and made[start - 1].text != "\n":
        start -= 1
        if made[start].text == " = ":
            return
    *letters, last = made[start:end] or [Piece("", 0)]
    if any(one.text == "*" and one.place != after.place for one, after in pairwise([*letters, last])):
        return  # a sign stands there, as in m \cdot v
    if letters and all(one.text == "*" or _is_letter(one) for one in letters) and last.text.isidentifier():
        name = "".join(one.text for one in letters if one.text != "*") + last.text
        if _is_letter(last) or _is_joined(letters, last):
            made[start:] = [Piece(name, letters[0].place, True, True), *arguments]


def _start_of_arguments(made: Sequence[Piece]) -> int:
    """Returns where the bracket of a function of two letters and more begins, with the sign before it, that
    the pieces end with; else their end.
    """
    depth = 0
    for place in range(len(made) - 1, 1, -1):
        depth += made[place].text.count(")") - made[place].text.count("(")
        if depth <= 0:
            is_called = made[place].text == "(" and made[place - 1].text == "*" and place < len(made) - 1
            return place - 1 if is_called and made[place - 1].place == made[place].place else len(made)
    return len(made)


def _is_letter(piece: Piece) -> bool:
    return len(piece.text) == 1 and piece.text.isalpha()


def _is_joined(letters: Sequence[Piece], last: Piece) -> bool:
    """Whether letters stand side by side, without blanks, before one with an index."""
    return last.place - letters[0].place == (len(letters) + 1) // 2


def _with_long_names(pieces: list[Piece]) -> list[Piece]:
    r"""Returns the pieces with a name of several letters, which stands left of =, as that name elsewhere."""
    long = [
        place
        for place, piece in enumerate(pieces)
        if 1 < len(piece.text) <= _LONGEST and _LONG_NAME.fullmatch(piece.text)
    ]
    behind = {place: end_of_call(pieces, place) or place + 1 for place in long}
    names = {pieces[place].text for place, end in behind.items() if _texts(pieces[end : end + 1]) == [" = "]}
    longest = max(map(len, names), default=0)
    made: list[Piece] = []
    place = 0
    while place < len(pieces):
        found, end = _name_from(pieces, place, names, longest)
        made.append(Piece(found, pieces[place].place, True, True) if found else pieces[place])
        place = end
    return made


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


def _name_from(pieces: list[Piece], place: int, names: Container[str], longest: int) -> tuple[str, int]:
    """Returns the longest of these names whose letters stand side by side from a place on, and its end; ""
    for none.
    """
    letters = found = ""
    end = place + 1
    for here in range(place, min(place + 2 * longest, len(pieces)), 2):
        text = pieces[here].text
        if (len(text) != 1 and not letters) or (letters and not _is_implied(pieces, here - 1)):
            break
        letters += text
        if letters in names:
            found, end = letters, here + 1
        if len(text) != 1:
            break
    return found, end


def _is_implied(pieces: list[Piece], place: int) -> bool:
    """Whether a sign of a product is not written: it has the place of what follows it."""
    return pieces[place].text == "*" and pieces[place].place == pieces[place + 1].place


def refuse_side_by_side(made: Sequence[Piece], then: Piece) -> None:
    """Refuse what may be two things without a sign between: v0, which may be a name, and t/RC at its C, which
    may be t/(RC) or (t/R)C; 1/2 x is a half of x.
    """
    before = made[-1]
    if before.text.isalpha() and _is_number(then) and then.place == before.place + len(before.text):
        name, factor = before.text, then.text
        instead = f"{name}_{{{factor}}}"
        if name == "e" and len(made) > 2 and _is_number(made[-3]):  # 2e5
            instead = f"{made[-3].text} \\cdot 10^{{{factor}}}"
        said = f"{name}{factor} may be a name or a product; write {instead} or {name} \\cdot {factor}"
        raise NotationError(said, before.place)
    depth = 0
    for place in range(len(made) - 1, -1, -1):
        text = made[place].text
        depth += text.count(")") - text.count("(")
        if depth < 0 or (not depth and text in (" + ", " - ", "*", " = ", ", ", "\n")):
            return
        if not depth and text == "/":
            numbers = [*made[place - 1 : place], *made[place + 1 :]]
            if not all(_is_number(piece) for piece in numbers):
                said = "this may be divided by one factor or by all; set brackets, as in a/(b c)"
                raise NotationError(said, then.place)
            return


def refuse_crossed(pieces: Sequence[Piece], text: str) -> None:
    r"""Refuse \vec{v} \times \vec{B}, which is no product of two numbers."""
    for before, sign, behind in zip(pieces, pieces[1:], pieces[2:], strict=False):
        is_times = sign.text == "*" and text.startswith("\\times", sign.place)
        if is_times and all(_VECTOR.match(text, one.place) for one in (before, behind)):
            raise NotationError(CROSSED, sign.place)


def _is_number(piece: Piece) -> bool:
    return piece.text.replace(".", "", 1).isdigit()


def _part_at_comma(made: list[Piece]) -> None:
    """Let the comma before a name and = part two statements, as in a = 1, b = 2."""
    depth = 0
    for place in range(len(made) - 1, -1, -1):
        piece = made[place]
        depth += piece.text.count(")") - piece.text.count("(")
        if piece.text in ("\n", " = ") or depth < 0:
            return
        if piece.text == ", " and not depth:
            if _is_second(made, place) and _is_name(made[place + 1 :]):
                made[place] = Piece("\n", piece.place)
            return


def _is_second(made: list[Piece], place: int) -> bool:
    """Whether a statement has its = before a place."""
    while place and made[place - 1].text != "\n":
        place -= 1
        if made[place].text == " = ":
            return True
    return False


def _is_name(pieces: list[Piece]) -> bool:
    """Whether this is a name, or a function of names: f(x)."""
    signs = ("*", "(", ")", ", ")
    is_of_names = all(piece.text in signs or piece.text.isidentifier() for piece in pieces)
    return is_of_names and bool(pieces) and pieces[0].text.isidentifier()
