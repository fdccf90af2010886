"""Quiz: one learner's way through the questions of a trace: which is asked, tries, hints, and the score.

Pure: knows no clock, no cursor and no widget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nodegraph.core.explain.answers import KINDS, Kind, Question, Verdict, judge
from nodegraph.core.explain.questions import Questions

NAMES: dict[Kind, str] = {
    "value": "values",
    "local": "local derivatives",
    "contribution": "contributions",
    "gradient": "gradients",
}
ADVICE: dict[Kind, str] = {
    "value": "computing each node from its inputs",
    "local": "the local derivatives: how much a node changes for each unit of one input",
    "contribution": "the chain rule: what comes back is multiplied by the local derivative",
    "gradient": "gradients: the output's own is 1, and what arrives at any other node is added up",
}


@dataclass
class Result:
    """How one kind of question went: each of `asked` was answered or `shown`."""

    asked: int = 0
    at_first_try: int = 0
    hints: int = 0
    shown: int = 0


@dataclass
class Score:
    """How a learner did, by kind."""

    results: dict[Kind, Result] = field(default_factory=lambda: {kind: Result() for kind in KINDS})

    def count_right(self, kind: Kind, *, tries: int, hints: int) -> None:
        """An answer was right, at this try and after so many hints."""
        result = self.results[kind]
        result.asked += 1
        result.hints += hints
        result.at_first_try += tries == 1 and not hints

    def count_shown(self, kind: Kind, number: int = 1, *, hints: int = 0) -> None:
        """So many answers were shown instead of found."""
        result = self.results[kind]
        result.asked += number
        result.shown += number
        result.hints += hints

    @property
    def total(self) -> Result:
        """All kinds together."""
        parts = self.results.values()
        return Result(
            sum(part.asked for part in parts),
            sum(part.at_first_try for part in parts),
            sum(part.hints for part in parts),
            sum(part.shown for part in parts),
        )

    def kinds(self) -> Iterator[tuple[Kind, Result]]:
        """The kinds that came up."""
        return ((kind, result) for kind, result in self.results.items() if result.asked)

    def sentence(self) -> str:
        """What to practise, or that there is nothing to.

        >>> score = Score()
        >>> score.count_right("value", tries=1, hints=0)
        >>> score.count_right("local", tries=3, hints=1)
        >>> score.sentence()
        'Practise the local derivatives: how much a node changes for each unit of one input.'
        """
        total = self.total
        if not total.asked:
            return "Nothing was asked."
        if total.at_first_try == total.asked:
            return "Everything right at the first try: you know how gradients flow."
        weakest = min(self.kinds(), key=lambda entry: entry[1].at_first_try / entry[1].asked)
        return f"Practise {ADVICE[weakest[0]]}."


# --- the way through
class Quiz:
    """Asks the questions that lie beyond a position of the cursor, one after the other.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> from nodegraph.core.explain.questions import questions
    >>> quiz = Quiz(questions(run(parse("L = a*b", a=2, b=3))), 0)
    >>> quiz.answer("5").sentence, quiz.answer("6").is_right, quiz.question.prompt[-17:]
    ('You added; this node multiplies.', True, 'which they start?')
    """

    def __init__(self, asked: Questions, position: int, score: Score | None = None) -> None:
        self.asked = asked
        self.score = score or Score()
        self.place = asked.first_after(position)
        """The index of the question that is asked."""
        self.tries = self.hints = 0
        self._made: tuple[int, Question] | None = None

    @property
    def question(self) -> Question | None:
        """What is asked now; None when all is answered."""
        if self.place >= len(self.asked):
            return None
        if self._made is None or self._made[0] != self.place:
            self._made = self.place, self.asked[self.place]
        return self._made[1]

    def answer(self, text: str) -> Verdict:
        """Judge an answer; after a right one the next question is asked. Refused for what is no number."""
        question = self._present()
        verdict = judge(question, text, lambda name: name in self.asked.trace.values)
        self.tries += 1
        if verdict.is_right:
            self.score.count_right(question.kind, tries=self.tries, hints=self.hints)
            self._go_to(self.place + 1)
        return verdict

    def take_hint(self) -> bool:
        """Take the next hint. Returns whether there was one."""
        has_more = self.hints < len(self._present().hints)
        self.hints += has_more
        return has_more

    def show(self) -> Question:
        """Go on to the next question. Returns the present one, to show its answer."""
        question = self._present()
        self.score.count_shown(question.kind, hints=self.hints)
        self._go_to(self.place + 1)
        return question

    def show_up_to(self, position: int) -> bool:
        """Count everything up to a position as shown. Returns whether there was anything."""
        passed = self.asked.first_after(position)
        if passed <= self.place:
            return False
        for kind, number in self.asked.kinds_between(self.place, passed).items():
            self.score.count_shown(kind, number)
        self._go_to(passed)
        return True

    def skip_to(self, position: int) -> None:
        """Ask nothing about what comes up to a position, and do not count it."""
        self._go_to(self.asked.first_after(position))

    def _present(self) -> Question:
        question = self.question
        assert question is not None
        return question

    def _go_to(self, place: int) -> None:
        self.place, self.tries, self.hints = place, 0, 0
