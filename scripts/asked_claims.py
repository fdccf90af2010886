"""What each sentence about a wrong answer claims: the numbers that the mistake it names leads to, computed
from those of `asked_questions`. A sentence that stands nowhere here claims what nobody has checked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from asked_questions import Made

Claim = Callable[["Asked", re.Match[str]], Iterable[float]]


@dataclass(frozen=True)
class Asked:
    """A question, and where it stands in the graph that was made."""

    made: Made
    kind: str
    name: str
    """The node whose value or gradient is asked for."""
    node: str = ""
    """The node at the end of the edge that is asked about."""
    port: int = 0
    answer: float = 0.0
    is_of_edge: bool = True
    """Whether what one edge adds is asked for, where that is all that its receiver has."""

    @property
    def op(self) -> str:
        """The operation at the end of the edge, or of the node."""
        at = self.node or self.name
        return "muted" if at == self.made.muted else self.made.ops.get(at, "")

    @property
    def x(self) -> list[float]:
        """The operands of that operation."""
        return self.made.operands(self.node or self.name)

    @property
    def y(self) -> float:
        """Its value."""
        return self.made.worth[self.node or self.name]

    @property
    def local(self) -> float:
        """The local derivative along the edge."""
        return self.made.local(self.node, self.port)

    @property
    def giver(self) -> str:
        """The node that hands on along the edge."""
        return self.made.sources[self.node][self.port] if self.made.is_forward else self.node

    @property
    def receiver(self) -> str:
        """The node that receives along the edge."""
        return self.node if self.made.is_forward else self.made.sources[self.node][self.port]

    @property
    def upstream(self) -> float:
        """What the node that hands on has."""
        return self.made.gradients[self.giver]


# --- what is said of an operation
_OPEN = "The gate is open: a positive input passes unchanged."
_VALUE: dict[tuple[str, str], Callable[[list[float], float], float]] = {
    ("add", "You multiplied; this node adds."): lambda x, y: math.prod(x),
    ("add", "You subtracted; this node adds."): lambda x, y: x[0] - x[1],
    ("subtract", "The order counts: it is the first input less the second."): lambda x, y: x[1] - x[0],
    ("subtract", "You added; this node subtracts."): lambda x, y: sum(x),
    ("multiply", "You added; this node multiplies."): lambda x, y: sum(x),
    ("divide", "Upside down: it is the first input over the second."): lambda x, y: x[1] / x[0],
    ("divide", "You multiplied; this node divides."): lambda x, y: math.prod(x),
    ("power", "You multiplied; the second input is an exponent."): lambda x, y: math.prod(x),
    ("power", "Base and exponent have changed places."): lambda x, y: x[1] ** x[0],
    ("reciprocal", "It is 1 over the input, not its negative."): lambda x, y: -x[0],
    ("square", "You doubled it; a square is a number times itself."): lambda x, y: x[0] + x[0],
    ("sqrt", "You halved it; the root times itself gives the input."): lambda x, y: x[0] / 2,
    ("sqrt", "You squared it; the root undoes a square."): lambda x, y: x[0] * x[0],
    ("exp", "That is Euler's number times the input; here the input is its exponent."):
        lambda x, y: math.e * x[0],
    ("exp", "That is the logarithm, which undoes exp."): lambda x, y: math.log(x[0]),
    ("log", "That is exp, which undoes the logarithm."): lambda x, y: math.exp(x[0]),
    ("log", "That is the logarithm to base 10; this one is the natural one."): lambda x, y: math.log10(x[0]),
    ("sin", "That is the cosine."): lambda x, y: math.cos(x[0]),
    ("cos", "That is the sine."): lambda x, y: math.sin(x[0]),
    **{(name, "That is for an angle in degrees; the input is in radians."): work
       for name, work in (("sin", lambda x, y: math.sin(x[0] * math.pi / 180)),
                          ("cos", lambda x, y: math.cos(x[0] * math.pi / 180)),
                          ("tan", lambda x, y: math.tan(x[0] * math.pi / 180)))},
    ("sigmoid", "The exponent has the wrong sign: it is minus the input."):
        lambda x, y: 1 / (1 + math.exp(x[0])),
    ("sigmoid", "That is tanh; the sigmoid lies between 0 and 1."): lambda x, y: math.tanh(x[0]),
    ("tanh", "That is the sigmoid; tanh lies between −1 and 1."): lambda x, y: 1 / (1 + math.exp(-x[0])),
    ("relu", "The gate is closed: only a positive input passes."):
        lambda x, y: x[0] if x[0] <= 0 else math.nan,
    **{(name, _OPEN): lambda x, y: 0.0 if x[0] > 0 else math.nan for name in ("relu", "leaky_relu")},
    ("leaky_relu", "The gate leaks only a hundredth of a negative input."):
        lambda x, y: x[0] if x[0] < 0 else math.nan,
    ("leaky_relu", "That is plain relu; the leaky one lets a hundredth of a negative input through."):
        lambda x, y: 0.0 if x[0] < 0 else math.nan,
    ("softplus", "That is relu; softplus is smooth, the logarithm of 1 plus exp of the input."):
        lambda x, y: max(x[0], 0.0),
    ("max", "That is the smallest input; max takes the largest."): lambda x, y: min(x),
    ("min", "That is the largest input; min takes the smallest."): lambda x, y: max(x),
    ("mean", "That is the sum; divide it by the number of inputs."): lambda x, y: sum(x),
    ("mean", "That is the median; the mean counts every input."):
        lambda x, y: (sorted(x)[(len(x) - 1) // 2] + sorted(x)[len(x) // 2]) / 2,
}  # fmt: skip
_WINS = "Only the input that is taken moves the result; the others may move without any effect."
_TAKEN = "This input is one that is taken."
_SLOPE: dict[tuple[str, str], Callable[[list[float], float, int], float]] = {
    ("divide", "One factor is missing or too many."):
        lambda x, y, p: (-1 if p else 1) / x[1] ** 2,
    ("divide", "Look at the power of the divisor again."): lambda x, y, p: -x[0] / x[1] if p else x[1],
    ("power", "A factor is missing in front of the power."): lambda x, y, p: y if p else x[0] ** (x[1] - 1),
    ("power", "The exponent goes down by one."): lambda x, y, p: math.nan if p else x[1] * y,
    ("reciprocal", "The input is squared in the derivative of 1/x."): lambda x, y, p: -1 / x[0],
    ("square", "The factor 2 is missing: the exponent comes down in front."): lambda x, y, p: x[0],
    ("square", "The slope of a square is not the same everywhere: the input belongs in it."):
        lambda x, y, p: 2.0,
    ("sqrt", "The factor ½ is missing."): lambda x, y, p: 1 / y,
    ("sqrt", "Below the line stands the root, not the input itself."): lambda x, y, p: 0.5 / x[0],
    ("exp", "That is the rule for powers; exp grows by itself."): lambda x, y, p: x[0] * math.exp(x[0] - 1),
    ("log", "That is the derivative of exp."): lambda x, y, p: math.exp(x[0]),
    ("sin", "The sign turns for the cosine, not for the sine."): lambda x, y, p: -math.cos(x[0]),
    ("cos", "The sign turns when one takes the derivative of a cosine."): lambda x, y, p: math.sin(x[0]),
    ("tan", "A plus belongs between 1 and the square; the minus is tanh's."): lambda x, y, p: 1 - y * y,
    ("sigmoid", "A factor is missing: the value itself."): lambda x, y, p: 1 / (1 + math.exp(x[0])),
    ("sigmoid", "That is the rule of tanh."): lambda x, y, p: 1 - y * y,
    ("tanh", "The value is squared in it."): lambda x, y, p: 1 - y,
    ("tanh", "Square the value, not the input."): lambda x, y, p: 1 - x[0] ** 2,
    ("tanh", "That is the rule of the sigmoid."): lambda x, y, p: y - y * y,
    ("relu", "The gate is closed: only a positive input passes."):
        lambda x, y, p: 1.0 if x[0] <= 0 else math.nan,
    ("relu", _OPEN): lambda x, y, p: 0.0 if x[0] > 0 else math.nan,
    ("leaky_relu", "The input is not positive, so only a hundredth gets through."):
        lambda x, y, p: 1.0 if x[0] <= 0 else math.nan,
    ("leaky_relu", "The gate leaks: it is never quite closed."):
        lambda x, y, p: 0.0 if x[0] <= 0 else math.nan,
    ("leaky_relu", _OPEN): lambda x, y, p: 0.0 if x[0] > 0 else math.nan,
    ("leaky_relu", "A hundredth is for what is not positive; here the gate is open."):
        lambda x, y, p: 0.01 if x[0] > 0 else math.nan,
    ("softplus", "The exponent has the wrong sign."): lambda x, y, p: 1 / (1 + math.exp(x[0])),
    **{(name, _WINS): lambda x, y, p: 1.0 if x[p] != y else math.nan for name in ("max", "min")},
    **{(name, _TAKEN): lambda x, y, p: 0.0 if x[p] == y else math.nan for name in ("max", "min")},
    ("mean", "The mean divides: each input counts only by its share."): lambda x, y, p: 1.0,
    ("mean", "The mean divides by the number of inputs."): lambda x, y, p: float(len(x)),
}  # fmt: skip


def classic_numbers(asked: Asked) -> list[float]:
    """The wrong numbers that the classic mistakes with the operation lead to."""
    if asked.node:
        slips = [work for (op, _), work in _SLOPE.items() if op == asked.op]
        return [_tried(work, asked.x, asked.y, asked.port) for work in slips]
    return [_tried(work, asked.x, asked.y) for (op, _), work in _VALUE.items() if op == asked.op]


def _tried(work: Callable[..., float], *given: Any) -> float:
    try:
        found = work(*given)
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(found, complex) else float(found)


# --- what is said of numbers of the graph
def _named(asked: Asked, name: str) -> float:
    """The value that a sentence says it speaks of."""
    return asked.made.worth.get(name, math.nan)


def _symbol(asked: Asked, symbol: str) -> float:
    """The gradient or the local derivative that is written as ∂L/∂a, ∂e/∂a[1] or a.grad."""
    made = asked.made
    if symbol.endswith(".grad"):
        return made.gradients.get(symbol.removesuffix(".grad"), math.nan) if made.left else math.nan
    of, by, port = re.fullmatch(r"∂(\w+)/∂(\w+)(?:\[(\d+)\])?", symbol).groups()  # type: ignore[union-attr]
    fixed, name = (by, of) if made.is_forward else (of, by)
    if fixed == made.seed and not port and not made.left:
        return made.gradients.get(name, math.nan)
    return math.nan


def _local_symbol(asked: Asked, symbol: str) -> list[float]:
    """The local derivatives that may be written so."""
    of, by, port = re.fullmatch(r"∂(\w+)/∂(\w+)(?:\[(\d+)\])?", symbol).groups()  # type: ignore[union-attr]
    sources = asked.made.sources.get(of, [])
    return [asked.made.local(of, p) for p, source in enumerate(sources)
            if source == by and port in (None, str(p + 1))]  # fmt: skip


def _only_local(asked: Asked, symbol: str) -> bool:
    """Whether a symbol is that of the edge's own local derivative."""
    own = f"∂{asked.node}/∂{asked.made.sources[asked.node][asked.port]}"
    return symbol in (own, f"{own}[{asked.port + 1}]")


def _is_upstream(asked: Asked, symbol: str) -> bool:
    """Whether a symbol is that of what the edge hands on."""
    found = _symbol(asked, symbol)
    return symbol.split("/")[0 if asked.made.is_forward else -1].strip("∂") in (
        asked.giver, f"{asked.giver}.grad") and _same(found, asked.upstream)  # fmt: skip


def _same(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=1e-9) or (math.isnan(one) and math.isnan(other))


def _all_edges(asked: Asked, match: re.Match[str]) -> list[float]:
    """What all edges from one node come to, with the factor of a contribution or without."""
    sources = asked.made.sources[asked.node]
    ports = [port for port, source in enumerate(sources) if source == match["name"]]
    if match["name"] != sources[asked.port] or len(ports) != {"both": 2}.get(match["count"], len(ports)):
        return []
    together = sum(asked.made.local(asked.node, port) for port in ports)
    return [together, together * asked.upstream] if asked.kind == "contribution" else [together]


def _other(asked: Asked, match: re.Match[str]) -> list[float]:
    """A derivative by another input."""
    return _local_symbol(asked, match["symbol"])


def _sums_at(asked: Asked, match: re.Match[str]) -> list[float]:
    """What a node has together with the contribution: whichever of the others have arrived."""
    made, name = asked.made, match["name"]
    sums = [made.left.get(name, 0.0)]
    for part in made.parts(name):
        sums += [one + part for one in sums]
    return sums if name == asked.receiver and asked.is_of_edge else []


def _wrong_factor(asked: Asked, match: re.Match[str]) -> list[float]:
    """The right upstream gradient times what another sentence claims."""
    if not _is_upstream(asked, match["symbol"]):
        return []
    return [asked.upstream * number for number in claimed(asked, match["why"], as_factor=True) or []]


def _wrong_upstream(asked: Asked, match: re.Match[str]) -> list[float]:
    """The right local derivative times what was taken for the gradient."""
    if not _only_local(asked, match["local"]) or not _is_upstream(asked, match["symbol"]):
        return []
    why, further = match["why"], re.fullmatch("you took (.+), which is one node too far[.]", match["why"])
    made, giver = asked.made, asked.giver
    if why == f"you took the value of {giver}.":
        return [asked.local * made.worth[giver]]
    if why == "you took one contribution instead of their sum.":
        return [asked.local * part for part in made.parts(giver)] if len(made.parts(giver)) > 1 else []
    if further is None:
        return []
    nodes = {f"∂{n}/∂{made.seed}" if made.is_forward else f"∂{made.seed}/∂{n}": n for n in made.gradients}
    nodes = {f"{n}.grad": n for n in made.gradients} if made.left else nodes
    name = nodes.get(further[1], "")
    is_next = any(edge[2] == name for edge in made.edges_to(giver))
    return [asked.local * made.gradients[name]] if is_next else []


def _if(holds: bool, *numbers: float) -> list[float]:
    return list(numbers) if holds else []


def _parts(asked: Asked) -> list[float]:
    return asked.made.parts(asked.name)


def _without(numbers: list[float], op: str) -> list[float]:
    """The value of an operation with each of its inputs left out."""
    work = {"add": sum, "multiply": math.prod, "mean": lambda x: sum(x) / len(x)}.get(op)
    less = [numbers[:place] + numbers[place + 1 :] for place in range(len(numbers))]
    return [float(work(rest)) for rest in less] if work is not None and len(numbers) > 2 else []


def _signed(asked: Asked, sign: int) -> list[float]:
    left = asked.made.left.get(asked.name, 0.0)
    return [left + sum(_parts(asked)) - sign * part for part in _parts(asked)]


SYMBOL = r"(?P<symbol>∂\w+/∂\w+(?:\[\d+\])?|\w+[.]grad)"
CLAIMS: tuple[tuple[str, Claim], ...] = (
    (r"That is the value of (?P<name>\w+); \w+ still has to be computed\.",
     lambda a, m: [_named(a, m["name"])]),
    (r"One input is missing\.", lambda a, m: _without(a.x, a.op)),
    (r"That is a derivative; the question is the value\.",
     lambda a, m: [a.made.local(a.name, port) for port in range(len(a.x))]),
    (rf"That is {SYMBOL}; the local derivative is about (?P<name>\w+) and its inputs alone\.",
     lambda a, m: _if(m["name"] == a.node and _is_upstream(a, m["symbol"]), a.upstream)),
    (rf"That is the whole contribution; leave {SYMBOL} out of it\.",
     lambda a, m: _if(_is_upstream(a, m["symbol"]), a.upstream * a.local)),
    (r"(?P<count>\d+) inputs of (?P<name>\w+) are tied and share the gradient evenly\.",
     lambda a, m: _if(a.x.count(a.y) == int(m["count"]) and a.x[a.port] == a.y, 1.0)),
    (r"That is (?P<count>both|all \d+) edges from (?P<name>\w+) together; "
     r"the question is about one of them\.", _all_edges),
    (rf"That is {SYMBOL}, the derivative by (?:the other|another) input\.", _other),
    (rf"That is {SYMBOL}: by (?P<name>\w+), what stays is what (?P=name) is multiplied by\.",
     lambda a, m: _other(a, m) if a.op == "multiply" and a.made.sources[a.node][a.port] == m["name"] else []),
    (r"That is the value of (?P<name>\w+); the question is how fast (?P<of>\w+) changes\.",
     lambda a, m: _if(m["of"] == a.node, _named(a, m["name"]))),
    (r"(?P<of>\w+) does change when (?P<name>\w+) does\.",
     lambda a, m: _if(a.local != 0 and not math.isnan(a.local) and m["of"] == a.node, 0.0)),
    (rf"The (?:upstream )?gradient {SYMBOL} is right, but it stands alone: "
     r"multiply it by the local derivative\.",
     lambda a, m: _if(_is_upstream(a, m["symbol"]), a.upstream)),
    (rf"The local derivative (?P<local>\S+) is right, but it stands alone: multiply by {SYMBOL}\.",
     lambda a, m: _if(_only_local(a, m["local"]) and _is_upstream(a, m["symbol"]), a.local)),
    (r"You added the two factors; the chain rule multiplies them\.", lambda a, m: [a.upstream + a.local]),
    (r"That is the sum at (?P<name>\w+); the question is what this edge alone adds\.", _sums_at),
    (r"That is the whole gradient of (?P<name>\w+); the question is what this edge alone adds\.",
     lambda a, m: _if(m["name"] == a.receiver and a.is_of_edge, a.made.gradients[a.receiver])),
    (r"That is the value of (?P<name>\w+); the question is what this edge alone adds\.",
     lambda a, m: _if(a.is_of_edge, _named(a, m["name"]))),
    (rf"The (?:upstream )?gradient {SYMBOL} is right, the local derivative is not\. (?P<why>.+)",
     _wrong_factor),
    (rf"The local derivative (?P<local>\S+) is right, {SYMBOL} is not: (?P<why>.+)", _wrong_upstream),
    (r"The size is right, but the sign is not\.(?: Look at the signs of both factors\.)?",
     lambda a, m: [-a.answer]),
    (r"You divided; the chain rule multiplies\.", lambda a, m: [a.upstream / a.local]),
    (r"Neither of the two factors is 0\.", lambda a, m: _if(a.upstream != 0 and a.local != 0, 0.0)),
    (r"That is the last contribution alone; gradients add up\.", lambda a, m: _parts(a)),
    (r"(?P<name>\w+) still holds what the earlier pass left: add it\.",
     lambda a, m: _if(bool(a.made.left.get(a.name)), sum(_parts(a)))),
    (r"That is one contribution alone; gradients add up\.", lambda a, m: _parts(a)),
    (r"The last contribution is missing\.", lambda a, m: _signed(a, 1)),
    (r"You multiplied; contributions are added\.", lambda a, m: [math.prod(_parts(a))]),
    (r"That is the average; contributions are added\.", lambda a, m: [sum(_parts(a)) / len(_parts(a))]),
    (r"You subtracted; contributions are added, signs and all\.",
     lambda a, m: [2 * part - sum(_parts(a)) for part in _parts(a)]),
    (r"Contributions are added with their signs\.", lambda a, m: [sum(map(abs, _parts(a)))]),
    (r"That is the value of (?P<name>\w+)\.", lambda a, m: _if(m["name"] == a.name, _named(a, m["name"]))),
    (r"0 would mean that (?P<name>\w+) does not move when (?P=name) moves\.", lambda a, m: [0.0]),
    (r"(?P<name>\w+) moves with itself, not against itself\.", lambda a, m: [-1.0]),
    (r"That is the value of (?P<name>\w+); how fast does it move\?",
     lambda a, m: _if(m["name"] == a.name, _named(a, m["name"]))),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern), claim) for pattern, claim in CLAIMS]


def claimed(asked: Asked, sentence: str, *, as_factor: bool = False) -> list[float] | None:
    """Returns the numbers that lead to a sentence if it is true, none if it cannot be; None where it is not
    known here.
    """
    key = (asked.op, sentence)
    if asked.node and key in _SLOPE:
        return (
            [_tried(_SLOPE[key], asked.x, asked.y, asked.port)] if as_factor or asked.kind == "local" else []
        )
    if not asked.node and key in _VALUE:
        return [_tried(_VALUE[key], asked.x, asked.y)] if asked.kind == "value" else []
    for pattern, claim in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            return list(claim(asked, match))
    return None
