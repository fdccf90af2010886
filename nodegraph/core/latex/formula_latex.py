r"""LaTeX as people paste it, in the signs of a formula: \frac{a b + c}{f}, \sigma(w x + b), x_{1}, and
\sum_{i=1}^{3} w_i x_i written out. Each character of what is made knows where it came from.

A reader of our own: SymPy's, the one that is kept up, simplifies as it reads (x − x is 0, and terms change
their order), so that the graph would not be the formula on the page. It also has no \sigma(x), reads
t \log p + … as the logarithm of all that follows, and names no place.
"""

from __future__ import annotations

from dataclasses import replace

from nodegraph.core.latex import latex_lines
from nodegraph.core.latex.latex_brackets import (
    bracketed,
    end_of,
    opened,
)
from nodegraph.core.latex.latex_functions import is_derivative
from nodegraph.core.latex.latex_labels import without_labels
from nodegraph.core.latex.latex_names import refuse_joined
from nodegraph.core.latex.latex_operands import refuse_norm
from nodegraph.core.latex.latex_powers import PowerReader
from nodegraph.core.latex.latex_prose import without_boxes, without_prose
from nodegraph.core.latex.latex_signs import (
    ACCENTS,
    AT_A_VALUE,
    BRACES,
    COMPARED,
    FRACTIONS,
    FUNCTIONS,
    GREEK_WORDS,
    LINKING_WORDS,
    LONGEST_FUNCTION,
    NAMED_FUNCTIONS,
    NAMED_PARTS,
    NO_GRAPH,
    NO_VALUE,
    SERIES,
    SIGNS,
    SIZES,
    WRAPPERS,
    Piece,
    Token,
    tokens_of,
)
from nodegraph.core.latex.latex_spellings import BETWEEN, SIZE_OF, with_known_spellings
from nodegraph.core.latex.latex_words import refuse_prose, refuse_unseen, refuse_words
from nodegraph.core.notation.formula_notation import FACTORIAL
from nodegraph.core.notation.formula_signs import NO_MEANING, REFUSED, SIGMAS
from nodegraph.core.notation.formula_tokens import InPython, NotationError

_WHY = {**REFUSED, "!": FACTORIAL, "<": COMPARED, ">": COMPARED}
"""What to say of signs that cannot be read."""


def from_latex(text: str) -> InPython:
    r"""Returns LaTeX in Python's signs. Raises NotationError for what cannot be read.

    >>> from_latex(r"$L = \frac{a b + c}{f} \cdot \sigma(x_{1})$").text
    'L = ((a*b + c)/(f))*sigmoid(x1)\n'
    >>> from_latex(r"z = \sum_{i=1}^{3} w_i x_i + b").text
    'z = ((w1*x1) + (w2*x2) + (w3*x3)) + b'
    """
    tokens = without_boxes(with_known_spellings(tokens_of(without_labels(without_prose(text)))))
    tokens = latex_lines.with_ends(tokens, text)
    pieces = latex_lines.with_names(_Reader(tokens).all())
    latex_lines.refuse_crossed(pieces, text)
    refuse_unseen(pieces, text)
    refuse_prose(pieces, text)
    refuse_words(pieces, text)
    places = [piece.place for piece in pieces for _ in piece.text]
    return InPython("".join(piece.text for piece in pieces), [*places, len(text)])


class _Reader(PowerReader):
    """Reads tokens one after the other; `bound` are indices of sums with what they are now."""

    # --- the whole
    def all(self) -> list[Piece]:
        """Returns the formulas of the whole text."""
        made: list[Piece] = []
        ended_by: set[str] = set()
        while self.now.kind != "stop":
            token = self.now
            if token.text == "}" or (token.text in ")]" and token.kind == "sign"):
                raise NotationError("this bracket closes nothing", token.place)
            found = self.piece()
            if found and found[0].text == " = ":
                latex_lines.refuse_going_on(made, token)
                latex_lines.name_left_of_equals(made, token)
            if found and found[0].text == "\n" and made and made[-1].text == ", ":
                made.pop()
            latex_lines.go_on(made, found, ended_by)
            ended_by = latex_lines.ended_by(ended_by, found, token)
            if found and (not made or made[-1].text == "\n"):
                found = [replace(found[0], text=found[0].text.lstrip(" ")), *found[1:]]
            self.join(made, found)
        return made

    def join(self, made: list[Piece], pieces: list[Piece]) -> None:
        """Add pieces, with a * between two operands side by side."""
        if made and pieces and made[-1].ends and pieces[0].begins:
            latex_lines.refuse_side_by_side(made, pieces[0])
            made.append(Piece("*", pieces[0].place))
        elif made and pieces and made[-1].text == pieces[0].text == "*":
            raise NotationError("two signs of a product stand side by side", pieces[0].place)
        made += pieces

    def until(self, end: str, opened: Token) -> list[Piece]:
        """Returns what stands up to a closing sign, which is passed."""
        self.go_deeper(opened)
        self.bars += [("sign", "|")] if end == "|" else []
        made: list[Piece] = []
        while not self.is_closed(end, made):
            self.refuse_open(opened)
            self.join(made, self.piece())
        self.take()
        self.depth -= 1
        del self.bars[len(self.bars) - (end == "|") :]
        return made

    def absolute(self, inner: list[Piece], token: Token) -> list[Piece]:
        """The size of what stands between two bars; most norms of one number, as _1 and _2, are the same."""
        if self.now.text == "_":
            sign = self.take()
            refuse_norm(self.plain(), sign)
        return self.raised([Piece("abs(", token.place, False, True), *inner, end_of(token)])

    def argument(self, of: Token) -> list[Piece]:
        """Returns the argument of a command: what stands in braces, or one token."""
        token = self.now
        if token.kind in ("stop", "end") or token.text in ("}", ")"):
            raise NotationError(f"\\{of.text} lacks what it stands for", of.place)
        if token.text == "{" and token.kind == "sign":
            return self.until("}", self.take())
        if token.kind == "number":
            self.take()
            if len(token.text) > 1:
                self.part_digits(token, of)
            return [Piece(token.text[0], token.place, True, True)]
        return self.piece()

    # --- pieces
    def piece(self) -> list[Piece]:
        """Returns the next operand, sign or end of a statement, with what is raised behind it."""
        token = self.take()
        if token.kind == "command":
            return self.command(token)
        if token.kind == "end" or token.text == ";":
            return [Piece("\n", token.place)]
        if token.text == "$":
            return self.dollar(token)
        if token.kind == "number":
            made = self.raised([self.number(token)])
            self.refuse_unit()
            return made
        if token.text == "√":
            return self.raised(self.root(token))
        if token.text in SERIES and self.now.text == "_":
            return self.series(replace(token, text=SERIES[token.text]))
        if token.kind == "letter":
            return self.word(token)
        if token.text in "({[":
            return self.held(token)
        if token.text == "|":
            return self.absolute(self.until("|", token), token)
        if token.text == "&":
            return []
        if token.text in "+-−–":
            return [Piece(" + " if token.text == "+" else " - ", token.place)]
        if token.text == "," and self.is_at_end():
            return []
        if token.text == ":" and self.now.text == "=":
            return []
        if token.text in "*/=,·×⋅":
            signs = {"=": " = ", ",": ", ", **dict.fromkeys("·×⋅", "*")}
            return [Piece(signs.get(token.text, token.text), token.place)]
        if token.text in "^_":
            raise NotationError(f"no name stands before this {token.text}", token.place)
        if token.text == ".":
            return []
        raise NotationError(_WHY.get(token.text, NO_MEANING), token.place)

    def held(self, token: Token) -> list[Piece]:
        """Returns what stands in a bracket: of {\\sigma}(x) the function, of {\\hat y}_1 a name."""
        if token.text == "{" and (lone := self.take_lone()) is not None:
            return self.command(lone) if lone.kind == "command" else self.word(lone)
        inner = self.until(")}]"["({[".index(token.text)], token)
        word = inner[0].text if token.text == "{" and len(inner) == 1 else ""
        if not word.isidentifier() or not self.stands_alone():
            return self.raised(bracketed(inner, token))
        if word.lower() in NAMED_FUNCTIONS and self.is_applied() and not self.states(word):
            return self.function({"ln": "log"}.get(word.lower(), word.lower()), token)
        return self.name(word, Token(word, "letter", inner[0].place))

    def command(self, token: Token) -> list[Piece]:
        """Returns what a command stands for."""
        name = token.text
        if name in FRACTIONS:
            above, below = self.argument(token), self.argument(token)
            if is_derivative(above, below):
                raise NotationError(NO_GRAPH["partial"], token.place)
            inner = [Piece("((", token.place, False, True), *above, Piece(")/(", token.place)]
            return self.raised([*inner, *below, Piece("))", token.place, True)])
        if name == "sqrt":
            return self.raised(self.root(token))
        if name in ("sum", "prod"):
            return self.series(token)
        if name in FUNCTIONS and (name != "sigma" or self.calls()):
            return self.function(FUNCTIONS[name], token)
        if name in GREEK_WORDS:
            return self.name(self.greek(name), token)
        if name in WRAPPERS:
            return self.wrapped(token)
        if name in SIZES:
            return self.sized(token)
        if name in latex_lines.BARS or name.rstrip("*") in SIZE_OF:
            closing = {"lvert": "rvert", "lVert": "rVert"}.get(name, name)
            is_bar = name in latex_lines.BARS
            return self.absolute(self.up_to(closing, token) if is_bar else self.argument(token), token)
        if name in ("\\", "[", "]", "(", ")"):
            return [Piece("\n", token.place)]
        if name in BRACES:
            return self.raised(bracketed(self.up_to(BRACES[name], token), token))
        if name in BRACES.values():
            raise NotationError("this bracket closes nothing", token.place)
        if name in SIGNS:
            return [Piece(SIGNS[name], token.place)]
        if name in ("begin", "end"):
            return self.environment(token)
        if name in NAMED_PARTS:
            return self.named_part(token)
        return self.remark(token)

    def remark(self, token: Token) -> list[Piece]:
        """What is there for the reader, as \\label{…} and \\intertext{…}, which ends a statement."""
        if token.text.rstrip("*") not in (*NO_VALUE, *BETWEEN):
            raise NotationError(self.why_unknown(token), token.place)
        if not token.text.startswith("no"):
            self.plain()
        return [Piece("\n", token.place)] if token.text in BETWEEN else []

    def named_part(self, token: Token) -> list[Piece]:
        """\\underbrace{x}_{name} and \\boxed{x} are x."""
        inner = self.argument(token)
        if self.now.text == NAMED_PARTS[token.text]:
            self.take()
            self.plain()
        return self.raised(bracketed(inner, token))

    def sized(self, token: Token) -> list[Piece]:
        """\\left( is (, and \\left. nothing."""
        if token.text == "right":
            raise NotationError("\\right has no \\left before it", token.place)
        if token.text != "left":
            return []
        opened = self.take()
        if opened.kind == "stop":
            raise NotationError("\\left lacks its bracket", token.place)
        inner: list[Piece] = []
        self.go_deeper(token)
        while not (self.now.kind == "command" and self.now.text == "right"):
            if self.now.kind in ("stop", "end"):
                raise NotationError("\\left is never closed by a \\right", token.place)
            self.join(inner, self.piece())
        self.take()
        closed = self.take()
        self.depth -= 1
        if opened.text == "." and self.now.text == "_":
            raise NotationError(AT_A_VALUE, self.now.place)
        latex_lines.refuse_half_a_bracket(opened, closed, token)
        if opened.text in latex_lines.BARS:
            return self.absolute(inner, token)
        return self.raised(bracketed(inner, token))

    # --- names
    def wrapped(self, token: Token) -> list[Piece]:
        """Returns the word in a command such as \\mathrm, or what else stands in it."""
        start, word = self.here, ""
        accent = f"_{token.text}" if token.text in ACCENTS else ""
        if self.now.text == "{":
            self.take_with_p()
            while self.now.kind in ("letter", "number") or self.now.text in ("_", "-", *GREEK_WORDS):
                word += self.letter(self.now.text.replace("-", "_"))
                self.take()
            word += self.marks() if word and not accent else ""
            if self.now.text == "}" and word and not word[0].isdigit():
                self.take()
                if word.lower() in LINKING_WORDS and token.text in ("text", "textrm", "mathrm", "mbox"):
                    return [Piece("\n", token.place)]
                if token.text == "mathbb" and word in ("E", "P") and self.opens():
                    raise NotationError(NO_GRAPH["E"], token.place)
                if word in SIGMAS and not accent and self.calls():
                    return self.function(FUNCTIONS["sigma"], token)
                is_logarithm = word == "log" and self.now.text == "_"
                if (
                    word.lower() in NAMED_FUNCTIONS
                    and (is_logarithm or self.is_applied())
                    and not self.states(word)
                ):
                    return self.function({"ln": "log"}.get(word.lower(), word.lower()), token)
                self.refuse_unknown(word, token)
                return self.name(word + accent, token)
        self.here = start
        if accent and self.is_letter():  # \\bar x^2 is the square of \\bar x
            letter = self.take()
            return self.name(
                (letter.text if letter.kind == "letter" else self.greek(letter.text)) + accent, token
            )
        inner = self.argument(token)
        if accent and len(inner) == 1 and inner[0].text.isidentifier():
            return self.name(inner[0].text + accent, token)
        if accent:
            raise NotationError("an accent stands over one name here", token.place)
        return self.raised(bracketed(inner, token) if len(inner) > 1 else inner)

    def word(self, token: Token) -> list[Piece]:
        """A letter as a name, or a function that is spelled without its backslash: sin(x)."""
        if token.text in SIGMAS and self.calls():
            return self.function(FUNCTIONS["sigma"], token)
        start, word = self.here, token.text
        while self.tokens[self.here].kind == "letter" and len(word) <= LONGEST_FUNCTION:
            word += self.tokens[self.here].text
            self.here += 1
        if word in NAMED_FUNCTIONS and (self.is_operand() or self.is_applied()):
            return self.function({"ln": "log"}.get(word, word), token)
        refuse_joined(word, token)
        self.here = start
        return self.name(token.text, token)

    def name(self, name: str, token: Token) -> list[Piece]:
        """A name with its index; the index of a sum stands for its number."""
        index = ""
        if self.now.text == "_":
            self.take()
            index = self.index(token)
        primes = self.marks()
        index = index or self.late_index(primes, token)
        if not index and not primes and name in self.bound:
            return self.raised([Piece(str(self.bound[name]), token.place, True, True)])
        joint = "_" if index and not index.isdigit() else ""
        return self.raised([Piece(f"{name}{joint}{index}{primes}", token.place, True, True)])

    # --- functions, powers, roots
    def function(self, name: str, token: Token) -> list[Piece]:
        """A function on what stands in brackets, or on the one factor behind it: \\log p."""
        above = self.now
        power = self.exponent() if above.text == "^" else []
        if "".join(piece.text for piece in power).replace(" ", "") == "**(-1)":
            said = f"this may be the inverse of {name}, which is not known here, or 1 over it: 1/{name}(x)"
            raise NotationError(said, above.place)
        if self.now.text == "_" and name == "log":
            return self.logarithm(token, power)
        if self.now.text == "_":
            raise NotationError(f"{name} has no index here", self.now.place)
        if self.now.kind in ("stop", "end") or self.now.text in (")", "}", "=", "+"):
            raise NotationError(f"{name} lacks what it is of", token.place)
        is_held = self.opens() or name in ("max", "min")
        inner = opened(self.operand()) if is_held else self.operand()
        if not is_held:
            self.take_coefficient(inner, name, token)
            self.take_call(inner)
            self.refuse_share(name, token)
        made = [Piece(f"{name}(", token.place, False, True), *inner, end_of(token)]
        return [*made, *power] if power else self.raised(made)
