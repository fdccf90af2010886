r"""Other spellings of LaTeX in those that are read: {\rm out} as \mathrm{out}, \stackrel{!}{=} as =, and
commands that only set a formula as blanks.
"""

from __future__ import annotations

from collections.abc import Sequence

from nodegraph.core.latex.latex_signs import Token

_FONTS = {
    **{old: f"math{old}" for old in ("rm", "bf", "it", "sf", "tt", "cal")},
    **dict.fromkeys(("bfseries", "boldmath"), "mathbf"),
    **dict.fromkeys(("itshape", "em"), "mathit"),
    "rmfamily": "mathrm",
}
"""Commands that set all behind them in their braces, and those that have an argument."""
_BLANK = frozenset((
    "small", "large", "Large", "footnotesize", "normalsize", "tiny", "scriptsize", "scriptscriptstyle",
    "strut", "mathstrut", "relax", "allowbreak", "nobreak", "noindent", "centering", "protect", "hfill",
    "mathop", "mathrel", "mathbin", "mathord", "mathinner", "therefore",
))  # fmt: skip
"""Commands that say nothing of a value."""
ARROWS = frozenset((
    "implies", "Rightarrow", "Longrightarrow", "Leftrightarrow", "Longleftrightarrow", "iff", "Longmapsto",
))  # fmt: skip
"""Signs by which one statement follows from another."""
BETWEEN = frozenset(("intertext", "shortintertext"))
"""Commands with words between two lines of a block."""
SIZE_OF = frozenset(("abs", "norm"))
"""Commands that people define for |x| and ‖x‖."""
_STARTS = frozenset(("$", "\\", "[", "("))
_ABOVE = frozenset(("stackrel", "overset"))
_LONGEST_ABOVE = 12
"""Tokens that stand above an = at most."""
_OPTIONS = {"[": [[letter, "]"] for letter in "tbc"], "{": [[count, "}"] for count in "123456789"]}
"""What stands behind the name of a block: [t], and {2} of one that says how many columns it has."""
_CASES = ["{", *"cases", "}"]
_LINES = "split"
"""The block that is read in its place."""
_LONGEST_BLOCK = 20
"""Letters of the name of a block, and what stands around it."""


def with_known_spellings(tokens: Sequence[Token]) -> list[Token]:
    """Returns the tokens with others for spellings that say the same; each keeps its place in the text."""
    made: list[Token] = []
    last: Token | None = None
    """The token before, but for blanks."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        behind = tokens[place + 1] if place + 1 < len(tokens) else token
        by = 1
        if token.kind == "sign" and token.text == "{" and _sets_font(behind):
            made.append(Token(_FONTS[behind.text], "command", token.place))
            token, by = Token("{", "sign", behind.place), 2
        elif token.kind == "command" and token.text in _ABOVE and (end := _end_of_equals(tokens, place)):
            token, by = Token("=", "sign", token.place), end - place
        elif token.kind == "command" and token.text == "colon" and behind.text == "=":
            token = Token(":", "sign", token.place)
        elif token.kind == "command" and (token.text in _BLANK or (token.text in ARROWS and _is_start(last))):
            token = Token(" ", "blank", token.place)
        elif token.text in _OPTIONS and token.kind == "sign" and (end := _end_of_option(tokens, place)):
            token, by = Token(" ", "blank", token.place), end - place
        made.append(token)
        last = token if token.kind != "blank" else last
        place += by
    return _as_equations(made)


def _sets_font(token: Token) -> bool:
    """Whether a command is one that sets all behind it in its braces."""
    return token.kind == "command" and token.text in _FONTS


def _is_start(last: Token | None) -> bool:
    """Whether a statement begins behind a token."""
    return (
        last is None
        or last.kind == "end"
        or (last.text in _STARTS and last.kind == "command")
        or (last.text == "$")
    )


def _end_of_equals(tokens: Sequence[Token], place: int) -> int:
    r"""Returns where \stackrel{\text{def}}{=} at a place ends; 0 where no = stands in it."""
    depth, parts = 0, [""]
    for end in range(place + 1, min(place + _LONGEST_ABOVE, len(tokens))):
        text = tokens[end].text if tokens[end].kind != "blank" else ""
        depth += (text == "{") - (text == "}")
        parts[-1] += text
        if text and not depth:
            if len(parts) == 2:
                return end + 1 if parts[1].strip("{}") == "=" else 0
            parts.append("")
    return 0


def _end_of_option(tokens: Sequence[Token], place: int) -> int:
    r"""Returns where the [t] of \begin{aligned}[t], or the {2} of \begin{alignat}{2}, at a place ends; 0 for
    another bracket.
    """
    opening, *rest = (token.text for token in tokens[place : place + 3])
    if rest not in _OPTIONS.get(opening, ()):
        return 0
    before = [token.text for token in tokens[max(place - _LONGEST_BLOCK, 0) : place]]
    begins = max((at for at in range(len(before)) if before[at : at + 2] == ["begin", "{"]), default=-1)
    if begins < 0 or "}" in before[begins:-1] or before[-1] != "}":
        return 0
    block = "".join(before[begins + 2 : -1])
    return place + 3 if opening == "[" or block.rstrip("*").endswith("at") else 0


def _as_equations(tokens: list[Token]) -> list[Token]:
    r"""Returns the tokens with systems of equations, \begin{cases} and \left\{ \begin{aligned} … \right.,
    without the brace, where a statement begins; those of a choice stand behind an =.
    """
    made = [*tokens]
    solid = [place for place, token in enumerate(tokens) if token.kind != "blank"]
    opened: list[tuple[int, bool]] = []
    last: Token | None = None
    """The token before; none where a block has just begun."""
    name_ends = -1
    for at, place in enumerate(solid):
        token = tokens[place]
        behind = [tokens[one].text for one in solid[at + 1 : at + _LONGEST_BLOCK]]
        if token.kind == "command" and token.text == "begin":
            opened.append((at, _is_start(last) and behind[:7] == _CASES))
            name_ends = at + behind.index("}") + 1 if "}" in behind else -1
        elif token.kind == "command" and token.text == "left":
            opened.append((at, _is_start(last) and behind[:2] in (["{", "begin"], ["lbrace", "begin"])))
        elif token.kind == "command" and token.text in ("end", "right") and opened:
            start, is_system = opened.pop()
            if is_system and behind[:1] == ["."]:
                _replace(made, (*solid[start : start + 2], *solid[at : at + 2]), " " * 4)
            elif is_system and behind[:7] == _CASES:
                _replace(made, (*solid[start + 2 : start + 7], *solid[at + 2 : at + 7]), _LINES * 2)
        last = None if at == name_ends else token
    return made


def _replace(tokens: list[Token], places: Sequence[int], signs: str) -> None:
    for place, sign in zip(places, signs, strict=True):
        tokens[place] = Token(sign, "blank" if sign == " " else "letter", tokens[place].place)
