r"""Powers, roots and logarithms of LaTeX: x^2, \sqrt[3]{x}, \log_2 x."""

from __future__ import annotations

from abc import ABC, abstractmethod

from nodegraph.core.latex.latex_brackets import end_of, is_in_brackets, length_of_bracket
from nodegraph.core.latex.latex_names import refuse_index_above, refuse_sign_above, refuse_transpose
from nodegraph.core.latex.latex_operands import OperandReader
from nodegraph.core.latex.latex_signs import Piece, Token


class PowerReader(OperandReader, ABC):
    """Reads what is raised behind an operand, and roots and logarithms, which are powers and quotients."""

    @abstractmethod
    def argument(self, of: Token) -> list[Piece]:
        """Returns the argument of a command: what stands in braces, or one token."""

    @abstractmethod
    def until(self, end: str, opened: Token) -> list[Piece]:
        """Returns what stands up to a closing sign, which is passed."""

    @abstractmethod
    def function(self, name: str, token: Token) -> list[Piece]:
        """A function on what stands in brackets, or on the one factor behind it."""

    def logarithm(self, token: Token, power: list[Piece]) -> list[Piece]:
        """\\log_2 x as log(x)/log(2)."""
        self.take()
        base = self.argument(token)
        above = [*power, *self.exponent()] if self.now.text == "^" else power
        made = self.function("log", token)
        end = length_of_bracket(made)  # of log(x)**(2), the power is of the whole
        below = [Piece("/log(", token.place), *base, Piece(")))", token.place, True)]
        return [Piece("((", token.place, False, True), *made[:end], *below, *made[end:], *above]

    def raised(self, made: list[Piece]) -> list[Piece]:
        """The pieces with the power that stands behind them; (x)_+ and [x]^+ are the positive part."""
        if self.now.text in ("_", "^") and is_in_brackets(made) and (by := self._tokens_of_plus()):
            self.here += by
            relu = Piece("relu(", made[0].place, False, True)
            return self.raised([relu, *made[1:]])
        if self.now.text != "^" or self.now.kind == "command":
            return made
        return [*made, *self.exponent(is_named=made[0].text.isidentifier() and made[0].text != "e")]

    def _tokens_of_plus(self) -> int:
        """Returns how many tokens _+ or ^{+} is here; 0 for something else."""
        texts = [token.text for token in self.tokens[self.here + 1 : self.here + 4]]
        return 2 if texts[:1] == ["+"] else 4 * (texts == ["{", "+", "}"])

    def exponent(self, is_named: bool = True) -> list[Piece]:
        """Returns what stands behind ^ as a power; that of a name may be an index."""
        sign = self.take()
        after = self.now
        refuse_transpose(after.kind == "command" and after.text in ("top", "intercal"), sign)
        refuse_sign_above(after)
        inner = self.argument(Token("^", "sign", sign.place))
        if is_named:
            refuse_index_above([piece.text for piece in inner], after, sign)
        if is_in_brackets(inner):
            return [Piece("**", sign.place), *inner[:-1], end_of(sign)]
        return [Piece("**(", sign.place), *inner, end_of(sign)]

    def root(self, token: Token) -> list[Piece]:
        """\\sqrt{x}, and \\sqrt[3]{x} as a power."""
        if self.now.text != "[":
            return [Piece("sqrt(", token.place, False, True), *self.argument(token), end_of(token)]
        degree = self.until("]", self.take())
        inner = self.argument(token)
        return [
            Piece("((", token.place, False, True), *inner, Piece(")**(1/(", token.place), *degree,
            Piece(")))", token.place, True),
        ]  # fmt: skip
