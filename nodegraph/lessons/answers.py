"""The questions of a lesson: its own wording over the questions that every trace raises, and the verdict on
an answer. Knows the trace, no widget.
"""

from __future__ import annotations

from dataclasses import replace

from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.answers import Kind, Question, Verdict, judge
from nodegraph.core.explain.mistakes import OF_THE_EDGE
from nodegraph.core.explain.questions import questions
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.lessons.reader import answer_in
from nodegraph.lessons.records import Ask, EdgeName

NOT_THERE = "The graph no longer has what is asked for. Go back one step and on again to bring it back."
OTHER_NUMBERS = (
    "The lesson speaks of other numbers; *Set the Step Up Again*, in the Help menu, brings them back."
)


def question_of(ask: Ask, trace: Trace, graph: Graph) -> Question | None:
    """What is asked, with its hints and likely mistakes; None for a choice, and where it is not there."""
    answer = answer_in(trace, graph, ask)
    if answer is None:
        return None
    found = _raised(ask, trace, graph)
    if found is None:
        number = format_number(answer)
        found = Question("value", 0, "", None, ask.prompt, answer, number, (), "Read the step once more.")
    return replace(found, prompt=ask.prompt or found.prompt, hints=ask.hints or found.hints)


def _raised(ask: Ask, trace: Trace, graph: Graph) -> Question | None:
    """The question of the trace itself that a lesson asks."""
    if ask.kind == "number" or ask.kind == "choice" or ask.target is None:
        return None
    kinds: tuple[Kind, ...] = (ask.kind,)
    if isinstance(ask.target, EdgeName):
        keys = ask.target.keys(graph)
        return next((one for one in questions(trace, kinds) if one.edge in keys), None)
    node = graph.named(ask.target.name)
    if node is None:
        return None
    found = next((one for one in questions(trace, kinds) if one.node == node.id), None)
    edges = trace.edges_back_to(node.id)
    if found is None or ask.kind != "gradient" or len(edges) != 1 or trace.left.get(node.id):
        return found
    # One contribution is the whole gradient: what helps with it helps here, but for what an edge alone adds.
    contributions: tuple[Kind, ...] = ("contribution",)
    sent = next(one for one in questions(trace, contributions) if one.edge == edges[0])
    likely = [one for one in sent.mistakes if not one.sentence.endswith(OF_THE_EDGE)]
    return replace(found, hints=sent.hints, mistakes=(*likely, *found.mistakes), check=sent.check)


def with_own_words(ask: Ask, *, as_written: bool) -> Ask:
    """Returns the question without what its author says about the answer, where the graph has other numbers
    than those it was written for.
    """
    if as_written or ask.kind in ("number", "choice"):
        return ask
    return replace(ask, hints=(), why=OTHER_NUMBERS)


def judged(ask: Ask, text: str, trace: Trace, graph: Graph) -> Verdict:
    """What to say to an answer: a number as it was typed, or the text of the option that was chosen. Refused
    for what is no answer at all.
    """
    if ask.kind == "choice":
        option = next(option for option in ask.options if option.text == text)
        said = option.reason or (ask.why if option.is_right else "")
        return Verdict(option.is_right, said or ("Right." if option.is_right else "No. Try another one."))
    question = question_of(ask, trace, graph)
    if question is None:
        return Verdict(False, NOT_THERE)
    verdict = judge(question, text, graph.named)
    return Verdict(True, f"{verdict.sentence} {ask.why}".strip()) if verdict.is_right else verdict


def solution(ask: Ask, trace: Trace, graph: Graph) -> str:
    """The answer, in a sentence, and why it is right."""
    if ask.kind == "choice":
        right = next(option for option in ask.options if option.is_right)
        told, why = right.text, right.reason or ask.why
    else:
        question = question_of(ask, trace, graph)
        told, why = question.solution if question is not None else "gone, with what was asked about", ask.why
    stop = "" if told.endswith((".", "!", "?", "…")) else "."
    return f"The answer: {told}{stop} {why}".strip()
