r"""What a function without brackets is of: the p of \log p, the 2 \pi f t of \sin 2 \pi f t."""

from __future__ import annotations

from abc import ABC
from itertools import islice

from nodegraph.core.latex.latex_functions import calls_last, last_name, names_function
from nodegraph.core.latex.latex_series import SeriesReader
from nodegraph.core.latex.latex_signs import BRACES, FRACTIONS, FUNCTIONS, OPENING, SIGNS, Piece, Token
from nodegraph.core.notation.formula_tokens import NotationError

_NORMS = frozenset(("infty", "∞", "p", "q", "F"))
_NO_NORM = r"of one number, only the norms _1, _2, _p, _F and _\infty are |x|; write what this one comes to"


class OperandReader(SeriesReader, ABC):
    """Reads the one operand behind a function, and what belongs to it."""

    def operand(self) -> list[Piece]:
        """Returns the next piece that is one; sizes such as \\big are passed over."""
        found = self.piece()
        while not found and self.now.kind not in ("stop", "end"):
            found = self.piece()
        return found

    def up_to(self, command: str, opened: Token) -> list[Piece]:
        """Returns what stands up to a command, which is passed."""
        self.go_deeper(opened)
        is_bar = opened.text == command
        self.bars += [(opened.kind, opened.text)] if is_bar else []
        made: list[Piece] = []
        while not (self.now.kind == "command" and self.now.text == command):
            self.refuse_open(opened)
            self.join(made, self.piece())
        self.take()
        self.depth -= 1
        del self.bars[len(self.bars) - is_bar :]
        return made

    def calls(self) -> bool:
        r"""Whether a bracket opens here, perhaps in braces: \sigma{\left(x\right)}."""
        first, second, *_ = (*islice(self.ahead(), 2), self.tokens[-1])
        is_held = first.text == "{" and first.kind == "sign"
        opening = second if is_held else first
        return opening.text in ("[", *OPENING) or (opening.kind == "command" and opening.text in BRACES)

    def take_lone(self) -> Token | None:
        r"""Returns the letter alone in braces that are open, of {\sigma}(x), {\sigma}^2(x), and goes on."""
        start, lone = self.here, self.now
        if not (self.is_letter() or (lone.kind == "command" and lone.text in FUNCTIONS)):
            return None
        self.here += 1
        if self.now.text == "}":
            self.here += 1
            if self.is_applied():
                return lone
        self.here = start
        return None

    def is_applied(self) -> bool:
        """Whether a bracket opens here, perhaps behind a power, as behind the tanh of tanh^2(x)."""
        if self.now.text != "^" or self.now.kind == "command":
            return self.opens()
        start = self.here
        self.take()
        self.plain()  # not read: powers of powers would be read twice at each
        found = self.opens()
        self.here = start
        return found

    def stands_alone(self) -> bool:
        """Whether a name in braces is one without them: it is applied, gets an index, or is stated."""
        is_said = self.now.text in ("_", "=", ":", "&", "'", "′") or SIGNS.get(self.now.text) == " = "
        return is_said or self.is_applied()

    def take_coefficient(self, inner: list[Piece], name: str, token: Token) -> None:
        """The sine of 2 \\pi f t is that of all of it; that of \\omega t may be of one factor."""
        last = inner[-1].text if inner else ""
        while self.is_letter():
            if last != "pi" and not last.replace(".", "", 1).isdigit():
                raise NotationError(f"this may be {name} of one factor or of all; set brackets", token.place)
            self.join(inner, self.piece())

    def take_call(self, inner: list[Piece]) -> None:
        r"""Let \log p(x) be of p(x), which is said or refused where all names are known; \log x (a + b) is a
        product.
        """
        place = last_name(inner)
        name = inner[place].text if place >= 0 else ""
        if not name.isidentifier() or not self.opens() or not (names_function(name) or self._is_flat()):
            return
        start = self.here
        both = [*inner]
        self.join(both, self.operand())
        if calls_last(both, place):
            inner[:] = both
        else:
            self.here = start

    def part_digits(self, number: Token, of: Token) -> None:
        r"""Let \frac12 have a digit each. Refuses 10 without braces behind x^ and other commands, of which
        LaTeX would take the 1 alone.
        """
        place = self.here - 1
        before = next(
            one for one in map(self.tokens.__getitem__, range(place - 1, -1, -1)) if one.kind != "blank"
        )
        text = number.text
        is_fraction = of.text in FRACTIONS
        if not (is_fraction and before is of and len(text) == 2 and text.isdigit()):
            lead = {"^": "^", "log": r"\log_"}.get(of.text, "" if is_fraction else f"\\{of.text}")
            said = f"LaTeX takes only the first digit of {text} here; write {lead}{{{text}}}"
            raise NotationError(said, number.place)
        digits = [Token(one, "number", number.place + by) for by, one in enumerate(text)]
        self.tokens[place : self.here] = digits

    def _is_flat(self) -> bool:
        """Whether the bracket that opens here holds no other, so that reading it twice takes no longer."""
        depth = 0
        for token in self.ahead():
            depth += token.text in ("(", "[", "lbrace", "lbrack")
            if depth > 1 or token.kind in ("stop", "end"):
                return False
            if token.text in (")", "]", "}", "rbrace", "rbrack") and depth:
                return True
        return False


def refuse_norm(index: str, sign: Token) -> None:
    """Refuse the index of a norm that is not |x| of one number, such as _0 and _{L^2}, at its sign.

    >>> refuse_norm("2", Token("_", "sign", 3)), refuse_norm("infty", Token("_", "sign", 3))
    (None, None)
    """
    if not (index in _NORMS or (index.isdigit() and int(index))):
        raise NotationError(_NO_NORM, sign.place)
