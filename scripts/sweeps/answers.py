"""Answer every question about random graphs rightly and wrongly: each right answer must be taken however it
is written, no wrong one may be, and what is said of a wrong one must be true.

    python3 scripts/sweeps/answers.py [--graphs 2000] [--seed 0]

The answers, and the numbers that classic mistakes lead to, are computed once more (`asked_questions`,
`asked_claims`). Every graph is made from the seed and its own number. Refusals are counted; a right answer
may be refused only where it may mean two numbers. Ends with status 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "scripts"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from asked_claims import Asked, claimed, classic_numbers  # noqa: E402
from asked_questions import Made, random_graph, truth  # noqa: E402

from nodegraph.core.engine.trace import Trace  # noqa: E402
from nodegraph.core.errors import Refused  # noqa: E402
from nodegraph.core.explain.answers import OF_EULER, Question, Verdict, judge  # noqa: E402
from nodegraph.core.explain.questions import questions  # noqa: E402
from nodegraph.lessons.answers import question_of  # noqa: E402
from nodegraph.lessons.records import Ask, NodeName  # noqa: E402

FAILURES_SHOWN = 30
WITH_COMMA = ("15,0", "1,234")
"""Ways of writing a number that may mean another one."""
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_ARABIC = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")


def spellings(number: float, pick: random.Random) -> Iterator[tuple[str, str]]:
    """Yields ways in which people write a number with all its digits, each with a name."""
    exact = repr(number) if abs(number) < 1e15 else f"{number!r}"
    plain = f"{Decimal(repr(number)):f}"
    mantissa, _, power = f"{number:.16e}".partition("e")
    mantissa, power = f"{float(mantissa)!r}", str(int(power))
    size, sign = abs(number), "-" if number < 0 else ""
    yield "15.0", exact
    yield "15", plain.removesuffix(".0")
    yield "+15", exact if number < 0 else f"+{exact}"
    yield "unicode minus", exact.replace("-", pick.choice("−–－"))
    yield "spaces", f"  {exact} "
    yield "sign apart", f"{sign} {size!r}" if sign else exact
    yield "in brackets", f"({exact})"
    yield "= 15", f"= {exact}"
    yield "x = 15", f"{pick.choice(('x', 'L', 'answer'))} = {exact}"
    yield "≈ 15", f"≈ {exact}"
    yield "zeros behind", f"{plain}{'0' * pick.randint(1, 3)}" if "." in plain else exact
    yield "1.5e1", f"{mantissa}e{power}"
    yield "1.5E+1", f"{mantissa}E{int(power):+03d}"
    yield "1.5·10¹", f"{mantissa}·10{power.translate(_RAISED)}"
    yield "1.5 × 10^1", f"{mantissa} × 10^{power if int(power) >= 0 else f'({power})'}"
    yield "1.5*10**1", f"{mantissa}*10**{power}"
    yield "LaTeX power", rf"{mantissa} \cdot 10^{{{power}}}"
    yield "in dollars", f"${exact}$"
    yield "5·3", f"{2.0!r}{pick.choice('·×*∙')}{number / 2!r}"
    yield "30/2", f"{number * 2!r}/2" if abs(number) < 1e300 else exact
    yield "30 ÷ 2", f"{number * 4!r} ÷ 4" if abs(number) < 1e300 else exact
    yield "--15", f"-({-number!r})"
    yield "percent", f"{Decimal(repr(number)) * 100:f}%"
    yield "Arabic digits", exact.translate(_ARABIC) if "e" not in exact else exact
    yield "wide digits", "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in exact)
    yield "stop behind", f"{exact}." if "." in exact and "e" not in exact else exact
    yield "it is 15", f"it is {exact}"
    yield "minus in words", f"minus {size!r}" if sign else exact
    yield "15 or so", f"about {exact}"
    yield "twice", f"{exact} ({exact})"
    yield "π", f"{number / math.pi!r}π" if "e" not in repr(number / math.pi) else exact
    yield "1/(1/15)", f"1/({1 / number!r})" if size > 1e-300 else exact
    yield "|15|", f"{sign}|{exact}|"
    if 0 < size < 1e100:
        yield "√225", f"{sign}√{number * number!r}" if "e" not in repr(number * number) else exact
        yield "sqrt(225)", f"{sign}sqrt({number * number!r})"
        yield "LaTeX root", rf"{sign}\sqrt{{{number * number!r}}}"
    if 1e-4 < size < 1e3:
        yield "ln", f"ln({math.exp(number)!r})" if number > -20 and number < 20 else exact
    if "e" not in exact:
        yield "15,0", exact.replace(".", ",")
        yield "1,234", f"{number:,}"
        yield "1 234", f"{number:,}".replace(",", " ")
        yield "1_234", f"{number:,}".replace(",", "_")
    yield from _as_fractions(number, sign)


def _as_fractions(number: float, sign: str) -> Iterator[tuple[str, str]]:
    part = Fraction(number).limit_denominator(64)
    if part.denominator == 1 or abs(part - Fraction(number)) > 1e-12 * abs(Fraction(number)):
        return
    above, below = abs(part.numerator), part.denominator
    yield "a/b", f"{sign}{above}/{below}"
    yield "a / b", f"{sign}{above} / {below}"
    yield "a⁄b", f"{sign}{above}⁄{below}"
    yield "(a)/(b)", f"({sign}{above})/({below})"
    yield "LaTeX fraction", rf"{sign}\frac{{{above}}}{{{below}}}"
    yield "a/b = 0.5", f"{sign}{above}/{below} = {number!r}"
    if above > below:
        yield "mixed", f"{sign}{above // below} {above % below}/{below}"


def wrong_numbers(asked: Asked) -> Iterator[float]:
    """Yields numbers that people come to by mistake; some may be right here by chance."""
    made, right = asked.made, asked.answer
    yield from (0.0, 1.0, -1.0, math.inf, -math.inf, math.nan)
    if math.isfinite(right):
        yield from (-right, right * 2, right / 2, right + 1, right - 1, right * 10, right / 10, right * 100)
        yield from (right * right, right * 1.02, right * 0.93, *([1 / right] if right else []))
    yield from made.worth.values()
    yield from made.gradients.values()
    yield from (-number for number in made.gradients.values())
    classic = classic_numbers(asked)
    yield from classic
    if asked.node:
        slopes = [made.local(asked.node, port) for port in range(len(asked.x))]
        yield from (*slopes, sum(slopes), asked.upstream, asked.upstream * asked.local)
        yield from (asked.upstream + asked.local, asked.upstream - asked.local)
        yield from (asked.upstream * number for number in (*classic, *slopes, *asked.x, sum(slopes)))
        yield from (asked.local * number for number in (*made.worth.values(), *made.gradients.values()))
        yield from (asked.local * number for number in made.parts(asked.giver))
        if asked.local:
            yield asked.upstream / asked.local
    if asked.kind == "gradient":
        parts, total = made.parts(asked.name), sum(made.parts(asked.name))
        yield from (*parts, *(total - part for part in parts), sum(map(abs, parts)), math.prod(parts), total)
        yield from ([total / len(parts), 2 * parts[0] - total] if parts else [])
    if asked.kind == "value" and asked.op:
        yield from (sum(asked.x), math.prod(asked.x), *(sum(asked.x) - number for number in asked.x))


# --- judging
def all_questions(made: Made, trace: Trace) -> Iterator[tuple[Question, Asked]]:
    """Yields the questions of the passes, and those of a lesson that are asked otherwise there."""
    for question in questions(trace):
        asked = asked_of(made, trace, question)
        yield question, asked
        receiver = trace.nodes[question.node].name
        if question.kind == "contribution" and len(made.edges_to(receiver)) == 1:
            in_lesson = question_of(Ask(1, "gradient", NodeName(receiver)), trace, made.graph)
            if in_lesson is not None and made.left.get(receiver):
                yield in_lesson, Asked(made, "gradient", receiver, answer=made.gradients[receiver])
            elif in_lesson is not None:
                yield in_lesson, replace(asked, is_of_edge=False)


def asked_of(made: Made, trace: Trace, question: Question) -> Asked:
    """A question with its place in the graph that was made, and its answer as computed here."""
    name = trace.nodes[question.node].name
    if question.edge is None or question.kind in ("value", "gradient"):
        return Asked(made, question.kind, name, answer=truth(made, trace, question))
    node = trace.nodes[question.edge[0]].name
    return Asked(made, question.kind, name, node, question.edge[1], truth(made, trace, question))


def is_wrong(typed: float, right: float, noise: float) -> bool:
    """Whether a number with six digits is certainly not this one, which may be told with three."""
    if not (math.isfinite(typed) and math.isfinite(right)):
        return typed != right and not (math.isnan(typed) and math.isnan(right))
    is_rounded = any(typed == float(f"{right:.{digits}g}") for digits in range(3, 18))
    is_short = right == float(f"{right:.4g}")
    return not is_rounded and abs(typed - right) > max(
        (1e-5 if is_short else 1.01e-3) * abs(right), 2 * noise
    )


def is_true(asked: Asked, typed: float, unit: float, verdict: Verdict) -> bool:
    """Whether what is said of a wrong number is so."""
    sentence, right = verdict.sentence.removesuffix(OF_EULER).strip(), asked.answer
    numbers = claimed(asked, sentence)
    if numbers is not None:
        room = max(1.1e-3 * abs(typed), unit / 2 * 1.001, 1e-300)
        return any(one == typed or abs(one - typed) <= max(room, 1.1e-3 * abs(one)) for one in numbers)
    near = abs(typed - right) <= 0.0501 * abs(right) if math.isfinite(typed) else False
    plain: tuple[tuple[str, bool], ...] = (
        (r"Close: give one more digit\.", abs(typed - right) <= unit / 2 * 1.0001),
        (r"Close, but not quite: calculate it again\.", near),
        (r"Small, but not 0: .*", 0 < abs(right) < 1e-3 and typed == 0),
        (r"It is not infinite: it is no number at all, NaN\..*", math.isnan(right) and math.isinf(typed)),
        (r"It is not NaN, but infinite: .*", math.isinf(right) and math.isnan(typed)),
        (r"It is no ordinary number: .*", (not math.isfinite(right) and math.isfinite(typed)) or (
            math.isinf(right) and math.isinf(typed))),
        (r"It is an ordinary, finite number\..*", math.isfinite(right) and not math.isfinite(typed)),
        (r"It is not 0\..*", right != 0 and typed == 0),
        (r"The sign is wrong, and so is the size\..*", typed * right < 0),
        (r"The sign is wrong\..*", typed * right < 0 and abs(typed + right) <= 0.0501 * abs(right)),
        (r"Too large\..*", typed > right and abs(typed) > abs(right) and typed > 0),
        (r"Too large in size\..*", typed < 0 and abs(typed) > abs(right)),
        (r"Too small\..*", 0 < typed < right),
        (r"Too small in size\..*", right < typed < 0),
    )  # fmt: skip
    return any(re.fullmatch(pattern, sentence) and so for pattern, so in plain)


def faults_of(asked: Asked, question: Question, pick: random.Random, counts: Counter[str]) -> Iterator[str]:
    """Yields what is wrong about a question and the verdicts on it."""
    right = asked.answer
    if not math.isnan(right) and not math.isclose(question.answer, right, rel_tol=1e-9, abs_tol=1e-12):
        yield f"the answer is {right!r}, not {question.answer!r}"
    right = question.answer  # which rounding may have made another one, where that is of no matter
    asked = replace(asked, answer=right)
    if question.answer and question.noise < abs(question.answer) and math.isfinite(right):
        for name, text in spellings(question.answer, pick):
            yield from _judged_right(question, name, text, counts)
    for text in (question.solution, *_numbers_in_hints(question)):
        yield from _judged_right(question, "as the program writes it", text, counts)
    for number in dict.fromkeys(wrong_numbers(asked)):
        digits = pick.choice((3, 6, 6, 17))
        text = f"{number:.{digits}g}" if digits < 17 else repr(number)
        yield from _judged_wrong(asked, question, text, counts)
    if right and math.isfinite(right):
        for digits in (1, 2):
            yield from _judged_wrong(asked, question, f"{right:.{digits}g}", counts)


def _numbers_in_hints(question: Question) -> list[str]:
    """The hint that is but arithmetic, which comes to the answer."""
    return [hint for hint in question.hints[2:] if not re.search(r"[^\W\d_]{2}|∂|…|\w[.]", hint)]


def _judged_right(question: Question, name: str, text: str, counts: Counter[str]) -> Iterator[str]:
    try:
        verdict = judge(question, text)
    except Refused as refusal:
        counts[f"refused: {name}"] += 1
        if name not in WITH_COMMA:
            yield f"{name}: {text!r} is refused: {refusal}"
        return
    counts["right"] += 1
    if not verdict.is_right:
        yield f"{name}: {text!r} is right, but: {verdict.sentence}"


def _judged_wrong(asked: Asked, question: Question, text: str, counts: Counter[str]) -> Iterator[str]:
    typed, known = float(text), asked.answer
    unit = 10.0**exponent if isinstance(exponent := Decimal(text).as_tuple().exponent, int) else 0.0
    try:
        verdict = judge(question, text)
    except Refused as refusal:
        counts["refused: wrong"] += 1
        yield f"{text!r} is refused: {refusal}"
        return
    if verdict.is_right:
        counts["right after all"] += 1
        if is_wrong(typed, known, question.noise):
            yield f"{text!r} is taken for {known!r}"
        return
    counts["wrong"] += 1
    if not is_true(asked, typed, unit, verdict):
        yield f"of {text!r} for {known!r} is said: {verdict.sentence}"


def sweep(graphs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Asks about so many graphs; returns how often what came, and what was wrong."""
    counts: Counter[str] = Counter()
    faults = []
    for number in range(graphs):
        pick = random.Random(f"{seed} {number}")
        if (found := random_graph(pick)) is None:
            continue
        made, trace = found
        counts["graphs"] += 1
        for question, asked in all_questions(made, trace):
            counts["questions"] += 1
            faults += [
                f"{number}: {question.prompt} {fault}" for fault in faults_of(asked, question, pick, counts)
            ]
    return counts, faults


def main(arguments: list[str] | None = None) -> int:
    """Ask about as many graphs as wanted; 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--graphs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    counts, faults = sweep(asked.graphs, asked.seed)
    print("\n".join(faults[:FAILURES_SHOWN]))
    print(", ".join(f"{count:,} {what}" for what, count in counts.most_common()) + f"; {len(faults)} wrong")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
