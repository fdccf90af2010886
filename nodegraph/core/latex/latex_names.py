"""Indices of LaTeX and other marks at a letter, as part of a name: x_{1}, h_{t-1}, w', x^*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from nodegraph.core.latex.latex_signs import (
    AT_A_VALUE,
    FUNCTIONS,
    GREEK_WORDS,
    NO_GRAPH,
    WRAPPERS,
    Piece,
    Token,
    TokenReader,
    index_part,
    not_here,
)
from nodegraph.core.notation.formula_signs import NO_UNIT
from nodegraph.core.notation.formula_tokens import NotationError
from nodegraph.core.notation.not_arithmetic import TRANSPOSE

_TRANSPOSE = rf"{TRANSPOSE}: \sum_{{i=1}}^{{3}} w_i x_i, or leave it out between two numbers"

_CHARGES = {"+": "_plus", "-": "_minus", "−": "_minus"}
_MARKS = {"*": "_star", "ast": "_star", "star": "_star", "prime": "_prime", "circ": "_circ"}
_MARKS |= dict.fromkeys(("ominus", "standardstate", "plimsoll"), "_circ")
"""What stands behind ^ and is no power; chemists have several signs for the standard state."""
_LONGEST_INDEX = 40
_JOINED = re.compile("(sin|cos|tan|tanh|exp|ln|log)([xyzuvθφαωA-Z])")
"""A function that is spelled without its backslash, right before a letter."""
_SAID = re.compile(r"\{([^\W\d_]+)\}\s*(?:left\s*)?\([^()=]*\)\s*&?\s*:?=")
_UNKNOWN = "\\{} is not known here; leave it out, or write what it says in other signs"
_AROUND_UNITS = ("{", "}", "mathrm", "text", "rm", ",")
_UNITS_IN_BRACES = ("SI", "qty", "si", "unit")
r"""Commands that set a unit, \SI{30}{\degree}."""
_COMPOSED = r"\circ may be a product or a function of a function; write \cdot, or f(g(x))"


class IndexReader(TokenReader):
    """Reads what stands at a letter and belongs to its name."""

    def greek(self, word: str) -> str:
        """Returns a Greek letter by its word; of a Δ with the letter behind it, as ΔG is one name."""
        letter = self.letter(word)
        if letter != "Δ" or not self.is_letter():
            return letter
        behind = self.take()
        return letter + (self.letter(behind.text) if behind.kind == "command" else behind.text)

    def letter(self, word: str) -> str:
        r"""Returns a Greek letter by its word, and another word as it is; beside \phi, \varphi is one."""
        is_apart = word.startswith("var") and word[3:] in self._commands
        return word if is_apart else GREEK_WORDS.get(word, word)

    @cached_property
    def _commands(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens if token.kind == "command")

    def take_with_p(self) -> None:
        r"""Pass a brace, in which the letters are to stand that chemists set behind an upright p: that of
        \mathrm{p}K_a.
        """
        self.take()
        texts = [token.text for token in self.tokens[self.here : self.here + 4]]
        if texts[:2] == ["p", "}"] and texts[2:3] in (["K"], ["H"], ["O"]):
            count = 1 + (texts[2:4] == ["O", "H"])
            self.tokens.insert(self.here + 1 + count, self.tokens.pop(self.here + 1))

    def marks(self) -> str:
        """Returns the marks of a name in letters, and passes them: _prime for w', _star for x^*."""
        found = ""
        while True:
            if self.now.text == "'":
                self.take()
                found += "_prime"
            elif self.now.text == "^" and (mark := self._raised_mark()):
                self.here += mark[0]
                found += mark[1]
            else:
                return found

    def _raised_mark(self) -> tuple[int, str] | None:
        """Returns how many tokens ^* or ^{*} is here, and what it is in letters; None for something else. A
        - is the charge of an ion where nothing stands behind it that it could be the sign of.
        """
        texts = [token.text for token in self.tokens[self.here : self.here + 5]]
        if "circ" in texts[:4] and self.tokens[self.here - 1].text.islower():
            return None  # x in degrees; E^\circ is a name
        marks = texts[2 : texts.index("}")] if texts[1:2] == ["{"] and "}" in texts else texts[1:2]
        is_bare = marks == texts[1:2]
        if len(marks) == 2 and marks[0].isdigit() and marks[1] in _CHARGES:
            return 5, f"_{marks[0]}{_CHARGES[marks[1]].lstrip('_')}"
        if marks == ["0"] and self.tokens[self.here].place in self._standard_states:
            return (2 if is_bare else 4), "_circ"
        if len(marks) != 1 or marks[0] not in (_MARKS | _CHARGES):
            return None
        if is_bare and marks[0] in "-−" and texts[2:3] not in (["]"], [")"], ["}"]):
            return None
        return (2 if is_bare else 4), (_MARKS | _CHARGES)[marks[0]]

    @cached_property
    def _standard_states(self) -> set[int]:
        """The places of the ^ of each E^0 that is a name, and no power, which would always be 1: nothing is
        computed of E elsewhere.
        """
        raised: dict[str, list[int]] = {}
        computed = {"e", "pi"}
        place = 0
        while place < len(self.tokens):
            name, end = self._name_at(place)
            behind = [one.text for one in self.tokens[end : end + 4] if one.kind != "blank"]
            if name and (behind[:2] == ["^", "0"] or behind == ["^", "{", "0", "}"]):
                raised.setdefault(name, []).append(self.tokens[end].place)
            elif name and behind[:1] not in (["="], ["&"], ["_"]):
                computed.add(name)
            place = end
        return {one for name, places in raised.items() if name not in computed for one in places}

    def _name_at(self, place: int) -> tuple[str, int]:
        """Returns the letter at a place with its index, "" for another token, and where it ends."""
        first = self.tokens[place]
        if not first.text.isalpha() or first.kind == "number":
            return "", place + 1
        if place + 1 >= len(self.tokens) or self.tokens[place + 1].text != "_":
            return first.text, place + 1
        index = [one.text for one in self.tokens[place + 2 : place + _LONGEST_INDEX]]
        end = index.index("}") if index[:1] == ["{"] and "}" in index else 0
        while index[end + 1 : end + 2] == ["}"]:
            end += 1
        said = (text for text in index[: end + 1] if text not in ("{", "}") and text not in WRAPPERS)
        return "".join((first.text, "_", *said)), place + end + 3

    def index(self, token: Token) -> str:
        """Returns an index as part of a name: 1, max, 1_2 for 1,2, t_minus_1; what a sum runs over as its
        number.
        """
        if self.now.kind == "command" and self.now.text in WRAPPERS:
            self.take()  # E_\mathrm{kin}
        if self.now.text != "{":
            one = self.take()
            self._refuse_longer(one)
            return self.index_word(one, token)
        self.take()
        parts: list[list[str]] = [[]]
        depth = 1
        while depth:
            one = self.take()
            if one.kind == "stop":
                raise NotationError("the braces of an index are never closed", token.place)
            depth += (one.text == "{") - (one.text == "}")
            if one.text == ",":
                parts.append([])
            elif one.text == "^" and one.kind == "sign":
                parts[-1].append(self._charge(one))
            elif one.text == "_" and one.kind == "sign" and parts[-1]:
                continue  # SO_4 as an index
            elif one.text not in ("{", "}") and not (one.kind == "command" and one.text in WRAPPERS):
                parts[-1].append(self.index_word(one, token))
        words = [index_part(part) for part in parts]
        return ("_" if any(not word.isalpha() or len(word) > 1 for word in words) else "").join(words)

    def _charge(self, sign: Token) -> str:
        r"""Returns in letters the charge of an ion, or another mark, behind the ^ in an index, and passes it:
        that of c_{\mathrm{OH}^-}.
        """
        self.here -= 1
        mark = self._raised_mark()
        if mark is None:
            raise NotationError("an index is a word or a number, as in x_1 or x_{in}", sign.place)
        self.here += mark[0]
        return mark[1]

    def late_index(self, primes: str, token: Token) -> str:
        """Returns the index behind the marks of a name or behind a power of one sign, and passes it: f'_n and
        x^2_1; "" for none.
        """
        by = 4 if [one.text for one in self.tokens[self.here : self.here + 4]][1::2] == ["{", "}"] else 2
        by = 0 if primes and self.now.text == "_" else by
        sign = self.tokens[min(self.here + by, len(self.tokens) - 1)]
        if sign.text != "_" or (by and self.now.text != "^"):
            return ""
        power = self.tokens[self.here : self.here + by]
        self.here += by + 1
        index = self.index(token)
        self.here -= by
        self.tokens[self.here : self.here + by] = power
        return index

    def _refuse_longer(self, one: Token) -> None:
        """Refuse w_ij, w_max and x_-1, of which LaTeX takes one sign as the index; a_ib_i is a product."""
        if one.kind == "letter" and one.text not in self.bound:
            end = self.here
            while self.tokens[end].kind == "letter":
                end += 1
            behind = "".join(token.text for token in self.tokens[self.here : end])
            is_product = len(behind) == 1 and self.tokens[end].text in ("_", "^", "'")
            if behind and not is_product:
                said = f"LaTeX takes the {one.text} alone as the index here; write _{{{one.text}{behind}}}"
                raise NotationError(f"{said}, or a blank behind the {one.text}", one.place)
        if one.text in ("-", "−"):
            raise NotationError(
                f"LaTeX takes the {one.text} alone here; set braces, as in _{{-1}}", one.place
            )

    def index_word(self, one: Token, token: Token) -> str:
        word = self.letter(one.text) if one.kind == "command" else one.text
        if word in self.bound:
            return str(self.bound[word])
        if one.kind == "command" and word in ("max", "min"):
            return word
        if one.kind in ("letter", "number") or word in "+-/" or one.text in GREEK_WORDS:
            return word
        raise NotationError(
            "an index is a word or a number, as in x_1 or x_{in}",
            one.place if one.kind != "stop" else token.place,
        )

    def is_closed(self, end: str, inner: Sequence[Piece]) -> bool:
        """Whether an open bracket is closed here; a bar behind a sign opens another one: |x - |y||."""
        is_inner_bar = end == "|" and not (inner and inner[-1].ends)
        return self.now.text == end and self.now.kind != "command" and not is_inner_bar

    @cached_property
    def _said(self) -> frozenset[str]:
        """The words of which the text says what they are as functions: ReLU of \\text{ReLU}(x) = …."""
        return frozenset(_SAID.findall("".join(token.text for token in self.tokens)))

    def states(self, word: str) -> bool:
        """Whether the text says what a function is that is an operation but for its capitals: ReLU(x) = …."""
        return word != word.lower() and word in self._said

    # --- what may be two things
    def refuse_open(self, opened: Token) -> None:
        """Refuse what is never closed: at the end, and at the bracket of P(A|B)."""
        is_bar = opened.text in ("|", "lvert", "vert", "lVert", "Vert")
        if opened.text == "|" and self.now.text == "_" and self.tokens[self.here - 1] is opened:
            raise NotationError(AT_A_VALUE, opened.place)
        if self.now.kind in ("stop", "end"):
            raise NotationError("a bracket is opened here and never closed", opened.place)
        if is_bar and self.now.kind == "sign" and self.now.text in ")]}":
            raise NotationError("this bar has no second one; left of = a name alone is read", opened.place)

    def why_unknown(self, token: Token) -> str:
        r"""Returns what to say of a command that cannot be read: of a \circ that is no degree, which of two
        things it may be.
        """
        before = [one.text for one in self.tokens[: self.here - 1] if one.kind != "blank"][-2:]
        if token.text == "circ" and before[-1:] != ["^"] and before != ["^", "{"]:
            return _COMPOSED
        behind = (one.text for one in self.tokens[self.here :] if one.kind != "blank")
        if token.text == "circ" and next((one for one in behind if one not in _AROUND_UNITS), "") in (
            "C",
            "F",
        ):
            return NO_UNIT
        if token.text in _UNITS_IN_BRACES and "degree" in [one.text for one in islice(self.ahead(), 12)]:
            return NO_GRAPH["degree"]
        return NO_GRAPH.get(token.text) or not_here(token.text) or _UNKNOWN.format(token.text)

    def refuse_share(self, name: str, token: Token) -> None:
        r"""Refuse \tanh x/2, but not \ln x/\ln 2."""
        if self.now.text != "/":
            return
        behind = next(self.ahead(1))
        if behind.kind != "command" or behind.text not in FUNCTIONS:
            raise NotationError(f"this may be {name} of one factor or of all; set brackets", token.place)


def refuse_joined(word: str, token: Token) -> None:
    """Refuse sinx, which is no product of four letters; cost may be one."""
    if found := _JOINED.fullmatch(word):
        said = rf"{word} may be {found[1]}({found[2]}) or a product of letters; write \{found[1]} {found[2]}"
        raise NotationError(said, token.place)


def refuse_transpose(is_one: bool, sign: Token) -> None:
    r"""Refuse w^\top x, which is a product of vectors."""
    if is_one:
        raise NotationError(_TRANSPOSE, sign.place)


def refuse_sign_above(after: Token) -> None:
    """Refuse x^-1, of which LaTeX raises the sign alone."""
    if after.text in ("-", "−"):
        raise NotationError("LaTeX raises the - alone here; set braces, as in ^{-1}", after.place)


def refuse_index_above(texts: Sequence[str], after: Token, sign: Token) -> None:
    """Refuse ^T, and ^{(1)} or ^{[1]}, which may be an index, where this is raised and begins so."""
    refuse_transpose(texts == ["T"], sign)
    if after.text == "{" and len(texts) == 3 and (texts[0], texts[2]) == ("(", ")"):
        said = f"this may be an index or a power; write _{{{texts[1]}}} or ^{{{texts[1]}}}"
        raise NotationError(said, sign.place)
