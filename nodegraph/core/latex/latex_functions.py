"""Functions that LaTeX states and calls: f(x) = … says what f is, and f(x), h(x, y) and softmax(…) are no
products. Knows the pieces of a formula only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import takewhile

from nodegraph.core.latex.latex_signs import Piece
from nodegraph.core.notation.formula_tokens import NotationError
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.notation.stated_functions import NO_NAME

_NAMES = re.compile(r"\*\([^\W\d]\w*(?:, [^\W\d]\w*)*\)")
"""The arguments of a function as pieces have them: *(x, y)."""
_FUNCTIONS = frozenset("fghΦφψΓ")
"""Letters that stand for functions rather than for factors of a bracket."""
_OFTEN_NUMBERS = frozenset("fghΦΓ")
"""Those that with an index are numbers as well: h_t, the flux Φ_1."""
_PRIME = "_prime"
_ACCENTS = frozenset(("hat", "bar", "tilde"))
"""By which σ is told to be a number: an estimate of how far others spread."""


def without_arguments(pieces: list[Piece]) -> list[Piece]:
    r"""Returns the pieces with f alone for f(x), where f(x) = … stands in the text; where the text has f of
    something else too, with f as the function of Python's signs that it is there. Refuses any other f(x),
    which is no product.
    """
    said, applied = _stated_functions(pieces)
    apart = _names_apart(pieces)
    made: list[Piece] = []
    place = 0
    while place < len(pieces):
        made.append(pieces[place])
        end = end_of_call(pieces, place)
        place += 1
        if end and made[-1].text in applied:
            place += 1  # the sign of a product
        elif end and said.get(made[-1].text) == _text(pieces[place:end]):
            place = end
        elif end:
            _refuse_function(made[-1], pieces[place:end], apart)
        else:
            _refuse_power_of_function(pieces, place - 1, said)
    return made


def _stated_functions(pieces: list[Piece]) -> tuple[dict[str, str], set[str]]:
    """Returns of what the functions are that a text states, by name, and which of them are also of something
    else there; what those are made of is, too: f of g(x) = f(x) + 1 beside g(2).
    """
    said: dict[str, str] = {}
    calls: dict[str, set[str]] = {}
    made_of: dict[str, set[str]] = {}
    stating = ""
    for place, piece in enumerate(pieces):
        stating = "" if piece.text == "\n" else stating
        end = end_of_call(pieces, place)
        if not end:
            continue
        name, arguments = piece.text, pieces[place + 1 : end]
        calls.setdefault(name, set()).add(_text(arguments))
        made_of.setdefault(stating, set()).add(name)
        is_first = not place or pieces[place - 1].text == "\n"
        is_stated = is_first and [one.text for one in pieces[end : end + 1]] == [" = "]
        names = {one.text for one in arguments if one.text.isidentifier()}
        if is_stated and names:
            said[name] = _text(arguments)
            stating = name
            right = takewhile(lambda one: one.text != "\n", pieces[end + 1 :])
            if known_elsewhere(name) and names.isdisjoint(one.text for one in right):
                raise NotationError(f"{name} is a known function; {NO_NAME}", piece.place)
    applied = {name for name, of in said.items() if calls[name] != {of} and _NAMES.fullmatch(of)}
    waiting = [*applied]
    while waiting:
        needed = made_of.get(waiting.pop(), set()) & said.keys() - applied
        applied |= needed
        waiting += needed
    return said, applied


def _refuse_power_of_function(pieces: list[Piece], place: int, stated: Container[str]) -> None:
    """Refuse f^2(x), which is the square of f(x) where f(x) is a function."""
    behind = _end_of_power(pieces, place)
    end = end_of_call(pieces, place, behind) if behind else 0
    name, arguments = pieces[place], pieces[behind:end]
    if end and name.text != "e" and (name.text in stated or _is_function(name, arguments)):
        power = _text(pieces[place + 1 : behind]).removeprefix("**(").removesuffix(")")
        said = f"{name.text}^{power}(…) may be a power of a function or a product"
        instead = rf"({name.text}(…))^{power}" if name.text in stated else f"a letter for {name.text}(…)"
        raise NotationError(rf"{said}; write {instead}, or {name.text}^{power} \cdot (…)", name.place)


def _end_of_power(pieces: list[Piece], place: int) -> int:
    """Returns where the power behind the name at a place ends; 0 where there is none."""
    is_power = [piece.text for piece in pieces[place + 1 : place + 2]] == ["**("]
    return _end_of_bracket(pieces, place + 1) if is_power else 0


def end_of_call(pieces: Sequence[Piece], place: int, behind: int = 0) -> int:
    """Returns where the bracket behind the name at a place, or behind its power, ends, if no sign stands
    between; else 0.
    """
    behind = behind or place + 1
    return _end_of_bracket(pieces, behind + 1) if _begins_call(pieces, place, behind) else 0


def _begins_call(pieces: Sequence[Piece], place: int, behind: int) -> bool:
    """Whether the name at a place, or its power, has a bracket behind it and no sign between."""
    if not pieces[place].text.isidentifier() or not pieces[place].ends or behind + 1 >= len(pieces):
        return False
    times, opening = pieces[behind : behind + 2]
    return (times.text, opening.text) == ("*", "(") and times.place == opening.place


def _names_apart(pieces: Sequence[Piece]) -> frozenset[str]:
    """The names with an index that stand by themselves or in a power somewhere."""
    return frozenset(
        one.text
        for place, one in enumerate(pieces)
        if "_" in one.text and not _begins_call(pieces, place, place + 1)
    )


def _end_of_bracket(pieces: Sequence[Piece], place: int) -> int:
    """Returns where the bracket that opens at a place ends; 0 where nothing closes it."""
    depth = 0
    for end in range(place, len(pieces)):
        depth += pieces[end].text.count("(") - pieces[end].text.count(")")
        if not depth:
            return end + 1
    return 0


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def names_function(name: str) -> bool:
    """Whether a name before any bracket at all is a function, as f and softmax are."""
    is_long = "_" not in name and len(name.rstrip("0123456789")) > 1
    return name in _FUNCTIONS or (is_long and name != "pi")


def last_name(pieces: Sequence[Piece]) -> int:
    """Returns the place of the name that the pieces end with, perhaps in a power: p of 2 p^2; -1 for none."""
    depth = 0
    for place in range(len(pieces) - 1, -1, -1):
        text = pieces[place].text
        depth += text.count(")") - text.count("(")
        if not depth and text != "**(":
            return place if text.isidentifier() else -1
    return -1


def calls_last(pieces: list[Piece], place: int) -> bool:
    """Whether the bracket behind the name at a place, or its power, makes it a function: p(x), p^2(x), not
    x (a + b).
    """
    behind = _end_of_power(pieces, place) or place + 1
    end = end_of_call(pieces, place, behind)
    return bool(end) and _is_function(pieces[place], pieces[behind:end])


def _is_function(name: Piece, arguments: list[Piece]) -> bool:
    """Whether a name before a bracket is a function rather than a factor: f(x), h(x, y) and softmax(…)."""
    inner = arguments[2:-1]
    are_names = all(piece.text.isidentifier() or piece.text == ", " for piece in inner)
    if name.text.endswith(_PRIME):
        return True
    return names_function(name.text) or (are_names and name.text != "pi")


def _is_indexed_function(name: str, apart: Container[str]) -> bool:
    """Whether a name with an index is a function: σ_g, φ_h and act_g where the text has them before brackets
    alone. What stands `apart`, too, is a number, as are an estimate of σ, f_t and h_t.
    """
    letter, *indices = name.split("_")
    base = letter.rstrip("0123456789")
    if base == name or not _ACCENTS.isdisjoint(indices):
        return False
    is_named_so = base == "σ" or (names_function(base) and base not in _OFTEN_NUMBERS)
    return is_named_so and name not in apart


def _refuse_function(name: Piece, arguments: list[Piece], apart: Container[str]) -> None:
    """Refuse f(x), h(x, y) and softmax(…), which are no products."""
    if name.text.endswith(_PRIME):
        called = name.text.removesuffix(_PRIME)
        said = f"{called}'(…) may be a derivative, which the backward pass computes, or a product"
        raise NotationError(rf"{said}; write {called}' \cdot (…)", name.place)
    is_indexed = _is_indexed_function(name.text, apart)
    if is_indexed or _is_function(name, arguments):
        said = f"{name.text}(…) is read as a function, and there is none of this name; a product is written"
        sigmoid = r", and the sigmoid \sigma(…)" if is_indexed and name.text.startswith("σ") else ""
        raise NotationError(rf"{said} {name.text} \cdot (…){sigmoid}", name.place)


def is_derivative(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    r"""Whether a fraction is dy/dx, or d/dx before what is derived, and no quotient of two products."""
    texts = [[piece.text for piece in side if piece.text not in "*()"] for side in (above, below)]
    return all(side[:1] == ["d"] for side in texts) and len(texts[0]) <= 2 and len(texts[1]) == 2
