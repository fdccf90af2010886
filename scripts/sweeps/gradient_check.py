"""Try the gradient check on random graphs: it must accuse no right gradient and miss no wrong one.

    python3 scripts/sweeps/gradient_check.py [--graphs 10000] [--spoilt 1000] [--seed 0]

Every graph is made from the seed and its own number, so one that fails can be made again. Ends with status 1
where there is a false alarm, a spoilt gradient that went unnoticed, or a wrong word about a kink.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from nodegraph.core.building import networks  # noqa: E402
from nodegraph.core.building.expression import parse  # noqa: E402
from nodegraph.core.checks.gradient_check import TOLERANCE, Check, check_trace  # noqa: E402
from nodegraph.core.engine.passes import run  # noqa: E402
from nodegraph.core.engine.trace import Trace  # noqa: E402
from nodegraph.core.graph.graph import Graph  # noqa: E402
from nodegraph.core.training.descent import Training  # noqa: E402
from nodegraph.core.training.setup import Setup  # noqa: E402

SMOOTH = ("sin", "cos", "tanh", "sigmoid", "exp", "softplus", "square")
KINKED = ("relu", "abs", "leaky_relu")
FAILURES_SHOWN = 20


# --- graphs
def fitted_line(pick: random.Random) -> Graph:
    """A line through one to four points that lie on it, and the squared error or its mean: at its minimum."""
    w, b = _decimal(pick), _decimal(pick)
    xs = [_decimal(pick) for _ in range(pick.randint(1, 4))]
    lines, values = [], {"w": w, "b": b}
    for place, x in enumerate(xs):
        values |= {f"x{place}": x, f"t{place}": round(w * x + b, 6)}
        lines.append(f"e{place} = (w*x{place} + b - t{place})**2")
    names = [f"e{place}" for place in range(len(xs))]
    total = f"L = mean({', '.join(names)})" if len(names) > 1 else "L = e0 * 1"
    return _parsed("\n".join([*lines, total]), **values)


def trained_line(pick: random.Random) -> Graph:
    """A line trained until hardly anything is left to learn."""
    graph = _parsed(
        "p = w*x + b; L = (p - t)**2",
        w=_decimal(pick), b=_decimal(pick), x=_decimal(pick), t=_decimal(pick),
    )  # fmt: skip
    return _trained(graph, pick, rate=0.4 / (1 + abs(_value(graph, "x")) ** 2))


def trained_network(pick: random.Random) -> Graph:
    """A small network with random weights, trained for some steps on one row."""
    activation = pick.choice(("tanh", "sigmoid", "relu", "softplus", "leaky_relu"))
    sizes = pick.choice(((1, 2, 1), (2, 2, 1), (2, 3, 1), (1, 2, 2, 1)))
    graph = Graph()
    graph.apply(networks.mlp(graph, sizes, activation, "linear", seed=pick.randrange(10**6)))
    return _trained(graph, pick, rate=pick.choice((0.01, 0.1, 0.3)))


def many_scales(pick: random.Random) -> Graph:
    """Sums of products whose factors lie up to sixty powers of ten apart."""
    names = [f"a{place}" for place in range(pick.randint(2, 6))]
    span = pick.choice((2, 8, 30))
    values = {name: pick.choice((-1, 1)) * 10 ** pick.uniform(-span, span) for name in names}
    terms = ["*".join(pick.sample(names, pick.randint(1, len(names)))) for _ in range(pick.randint(1, 3))]
    wrapped = pick.choice(("{} + 0", "1.5*({})", "tanh({})", "({})**2", "1/({})", "sqrt(abs({}))"))
    return _parsed("L = " + wrapped.format(" + ".join(terms)), **values)


def smooth(pick: random.Random) -> Graph:
    """Random smooth functions within each other, with values of ordinary size."""
    return _nested(pick, SMOOTH)


def kinked(pick: random.Random) -> Graph:
    """Random functions of which some have kinks, none of which is hit exactly but by chance."""
    return _nested(pick, (*SMOOTH, *KINKED, "max", "min"))


def near_a_kink(pick: random.Random) -> Graph:
    """A kink so close by that the first step goes across it."""
    off = pick.choice((-1, 1)) * 10 ** pick.uniform(-9, -2)
    text = pick.choice((
        "L = relu(x) + 1", "L = abs(x)*3 - 2", "L = leaky_relu(x)**2 + x", "L = relu(x)*w + abs(x)",
        "L = max(x, y, z)*3 + 1", "L = min(x, y)*2", "L = relu(w*x + 0)*1.5 + sin(x)",
    ))  # fmt: skip
    return _parsed(text, x=off, y=off * 2, z=0.0, w=pick.choice((0.5, 1.0, -2.0)))


def extremum(pick: random.Random) -> Graph:
    """The top or the bottom of a smooth curve, to the last digit or nearly."""
    at = pick.choice((0.0, 1e-12, -1e-9, 1e-6)) * pick.choice((0, 1))
    c = _decimal(pick)
    text = pick.choice((
        "L = (x - c)**2 + c", "L = cos(x - c) * c", "L = exp(-(x - c)**2)", "L = softplus((x - c)**2)",
        "L = (x - c)**4 + 1", "L = square(x - c)*1e6 + 1e6", "L = sqrt(1 + (x - c)**2)",
    ))  # fmt: skip
    return _parsed(text, x=c + at, c=c)


def saturated(pick: random.Random) -> Graph:
    """A unit whose slope is next to nothing."""
    text = pick.choice(("L = sigmoid(w*x)", "L = tanh(w*x) + b", "L = log(sigmoid(w*x))", "L = exp(w*x) + b"))
    return _parsed(
        text, w=pick.choice((-1, 1)) * 10 ** pick.uniform(0, 1.6), x=_decimal(pick), b=_decimal(pick)
    )


def swallowed(pick: random.Random) -> Graph:
    """A sum that swallows what is nudged, in part or whole."""
    a, b = 10 ** pick.uniform(8, 22), _decimal(pick)
    text = pick.choice(
        ("L = a + b", "L = (a + b) - a", "L = a*a + tanh(b)", "L = a + 1e-9*b", "L = (a + b)*0.1")
    )
    return _parsed(text, a=a, b=b)


def recurrence(pick: random.Random) -> Graph:
    """The same step many times, of which some magnify every nudge so that no step is short enough."""
    times = pick.randint(5, 50)
    step, output = pick.choice((
        ("w*h*(1 - h)", "h*1"), ("h**2 + c", "h*1"), ("tanh(v*h + c)", "h**2"), ("v*sin(h)", "h*1"),
        ("v*h + 0.1", "(h - t)**2"),
    ))  # fmt: skip
    lines = [f"h{i + 1} = " + re.sub(r"\bh\b", f"h{i}", step) for i in range(times)]
    values = {
        "w": pick.choice((2.5, 3.7, 4.0)),
        "c": pick.uniform(-2, -1),
        "v": pick.uniform(-4, 4),
        "t": 0.5,
    }
    last = re.sub(r"\bh\b", f"h{times}", output)
    return _parsed("\n".join(["h0 = x*1", *lines, f"L = {last}"]), x=pick.uniform(0.05, 0.95), **values)


FAMILIES: tuple[Callable[[random.Random], Graph], ...] = (
    fitted_line, trained_line, many_scales, smooth, kinked, near_a_kink, extremum, saturated, swallowed,
    trained_network, recurrence,
)  # fmt: skip


def _parsed(text: str, **values: float) -> Graph:
    """Reads text; of the values, those of the names that it has count."""
    named = set(re.findall(r"[a-z]\w*", text))
    return parse(text, **{name: value for name, value in values.items() if name in named})


def _decimal(pick: random.Random) -> float:
    return round(pick.uniform(-10, 10), pick.randint(1, 3)) or 0.5


def _value(graph: Graph, name: str) -> float:
    node = graph.named(name)
    return (node.value if node is not None else None) or 0.0


def _trained(graph: Graph, pick: random.Random, rate: float) -> Graph:
    training = Training(graph, Setup(settings={"rate": rate}))
    for _ in range(pick.choice((5, 50, 200))):
        if training.stopped is not None:
            break
        training.step()
    if training.steps_done:
        graph.apply(training.change())
    return graph


def _nested(pick: random.Random, functions: tuple[str, ...]) -> Graph:
    names = ["a", "b", "c"]
    lines = []
    for place in range(pick.randint(2, 10)):
        function = pick.choice(functions)
        one, other = pick.choice(names), pick.choice(names)
        inner = pick.choice(("{} + {}", "{} * {}", "{} - {}", "0.3*{} + {}", "{} / (1 + {}**2)")).format(
            one, other
        )
        if function in ("max", "min"):
            lines.append(f"v{place} = {function}({one}, {inner}, 0.25)")
        elif function in ("exp", "square"):
            lines.append(f"v{place} = {function}(0.3 * tanh({inner}))")
        else:
            lines.append(f"v{place} = {function}({inner})")
        names.append(f"v{place}")
    lines.append(f"L = {' + '.join(names[3:])}")
    return _parsed("\n".join(lines), a=_decimal(pick), b=_decimal(pick), c=_decimal(pick))


# --- judging
def traces(
    graphs: int, seed: int, families: Sequence[Callable[[random.Random], Graph]] = FAMILIES
) -> Iterator[tuple[str, Trace]]:
    """Returns so many traces, each with the name of its graph."""
    for number in range(graphs):
        family = families[number % len(families)]
        yield f"{family.__name__} {number}", run(family(random.Random(f"{seed}/{number}")))


def sweep_right(
    graphs: int, seed: int, families: Sequence[Callable[[random.Random], Graph]] = FAMILIES
) -> tuple[Counter[str], list[str]]:
    """Checks right gradients; returns how often each finding was made, and what is wrong."""
    counts: Counter[str] = Counter()
    wrong = []
    for name, trace in traces(graphs, seed, families):
        for found in check_trace(trace):
            counts[f"{found.finding}{' ✗' if found.differs else ''}"] += 1
            if found.differs:
                wrong.append(f"false alarm: {name}: {_told(found)}")
            elif found.finding == "kink" and not _stands_at_kink(trace):
                wrong.append(f"no kink here: {name}: {_told(found)}")
    return counts, wrong


def sweep_spoilt(graphs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Spoils one gradient of each graph; returns how often each finding was made, and what was missed."""
    counts: Counter[str] = Counter()
    missed = []
    for name, trace in traces(graphs, seed + 1):
        pick = random.Random(f"spoilt/{seed}/{name}")
        finite = [n for n, i in enumerate(trace.plan.ids) if trace.gradient(i) is not None]
        finite = [n for n in finite if np.isfinite(trace.node_gradients[n])]
        number = pick.choice(finite)
        right = float(trace.node_gradients[number])
        spoilt = _spoilt(right, float(trace.noise.gradients[number]), pick)
        gradients = trace.node_gradients.copy()
        gradients[number] = spoilt
        found = check_trace(replace(trace, node_gradients=gradients), [number])[0]
        counts["found" if found.differs else found.finding] += 1
        if found.finding == "slope" and not found.differs:
            missed.append(f"missed: {name}: {right} made {spoilt}: {_told(found)}")
    return counts, missed


def _spoilt(right: float, noise: float, pick: random.Random) -> float:
    """Another gradient, which differs by more than what rounding may have made of the right one."""
    factor = pick.choice((1 + 10 ** pick.uniform(-5, 0), 1 - 10 ** pick.uniform(-5, 0), -1.0, 0.0, 2.0))
    changed = right * factor
    far = abs(changed - right) > 2 * max(TOLERANCE * abs(right), noise)
    return changed if far else right + pick.choice((-1, 1)) * 10 ** pick.uniform(-3, 0)


def _stands_at_kink(trace: Trace) -> bool:
    for part in trace.plan.runs:
        inputs = trace.node_values[part.sources]
        if part.op in KINKED and (inputs[0] == 0).any():
            return True
        if part.op in ("max", "min"):
            ties = (inputs == trace.node_values[part.start : part.stop]).sum(axis=0) > 1
            if ties.any():
                return True
    return False


def _told(found: Check) -> str:
    return f"{found.name}: gradient {found.analytic!r}, numerical {found.numeric!r}; {found.note}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--graphs", type=int, default=10_000, help="graphs with right gradients")
    parser.add_argument("--spoilt", type=int, default=1_000, help="graphs with one wrong gradient")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    began = time.perf_counter()
    right, wrong = sweep_right(arguments.graphs, arguments.seed)
    spoilt, missed = sweep_spoilt(arguments.spoilt, arguments.seed)
    for title, counts in (("right", right), ("spoilt", spoilt)):
        print(f"{title}: " + ", ".join(f"{count:,} {what}" for what, count in counts.most_common()))
    print("\n".join((wrong + missed)[:FAILURES_SHOWN]))
    print(f"{arguments.graphs:,} graphs, {len(wrong)} wrong verdicts; {arguments.spoilt:,} spoilt gradients, "
          f"{len(missed)} missed; {time.perf_counter() - began:.0f} s")  # fmt: skip
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(main())
