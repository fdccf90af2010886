"""Matching: which columns of a table nobody uses, which inputs take none, and which pairs obviously belong
together.

Only reports and proposes; `bindings` makes the edits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node

TARGETS = frozenset(
    [
        *("t", "y", "target", "targets", "label", "labels", "truth", "true", "ytrue", "actual", "answer"),
        *("class", "category", "output", "outcome", "response", "expected", "desired", "goal"),
    ]
)
"""Names that a column or an input has which holds what is to be learnt."""
MOST_NAMED = 6


class UnusedData(UserWarning):
    """Warns that some of a table is not used by a training, or that an input of data takes no column."""


@dataclass(frozen=True)
class Unused:
    """What of a table is not used: its columns that no input takes, and inputs of data that take none.

    `matches` are the pairs that obviously belong together: the column's name by the input's id. `classes` is
    a column whose classes, one-hot, obviously are the inputs of `class_inputs`; "" where there is none.
    `output` is the output where a column is called as that is, and so obviously is to be learnt, else "".
    """

    columns: tuple[str, ...]
    inputs: tuple[Node, ...]
    matches: Mapping[str, str]
    classes: str = ""
    class_inputs: tuple[str, ...] = ()
    output: str = ""

    @property
    def sentence(self) -> str:
        """What is not used, for a person; "" where all is."""
        columns, names = listed(_told(self.columns)), listed(_told([node.name for node in self.inputs]))
        parts = []
        if self.columns:
            one = len(self.columns) == 1
            parts.append(
                f"The column{'' if one else 's'} {columns} {'is' if one else 'are'} used by no input."
            )
        if self.inputs:
            one = len(self.inputs) == 1
            parts.append(
                f"The input{'' if one else 's'} {names} {'takes' if one else 'take'} no column and "
                f"{'keeps its' if one else 'keep their'} own value{'' if one else 's'}."
            )
        if self.classes:
            parts.append(f"One-hot, the classes of {self.classes} would be {listed(self.class_inputs)}.")
        if self.output:
            parts.append(
                f"The output is called {self.output}, too: for it to learn that column, make its distance "
                f"from a target the output, as loss = ({self.output} - t)**2, and let t take the column."
            )
        return " ".join(parts)

    @property
    def brief(self) -> str:
        """The same in a few words: "Unused: y. Without a column: t."; "" where all is used."""
        columns, names = listed(_told(self.columns)), listed(_told([node.name for node in self.inputs]))
        parts = [f"Unused: {columns}."] if columns else []
        return " ".join([*parts, f"Without a column: {names}."] if names else parts)

    def advice(self, bindings: Mapping[str, str]) -> str:
        """The sentence, and the bindings that would use what is left too, where they are obvious."""
        if not self.matches:
            return self.sentence
        return f"{self.sentence} Bind them by name with bindings={dict(bindings) | dict(self.matches)}."

    def proposal(self, graph: Graph) -> str:
        """The obvious pairs, as an offer: "Let t take y"; "" where there is none."""
        pairs = [f"{graph.node(node_id).name} take {column}" for node_id, column in self.matches.items()]
        return f"Let {listed(pairs)}" if pairs else ""


def _told(names: Sequence[str]) -> list[str]:
    """Names in a sentence about columns and inputs, in which one that is called so would be a word of it."""
    return [f"“{name}”" if re.match("(?i)(column|input)s?\\b", name) else name for name in names]


def unused(graph: Graph, columns: Sequence[str], bindings: Mapping[str, str]) -> Unused:
    """Look what a training on these columns leaves unused; `bindings` are columns by the ids of inputs."""
    if not columns:
        return Unused((), (), {})
    taken = set(bindings.values())
    left = tuple(name for name in columns if name not in taken)
    reaching = _reaching(graph)
    free = [n for n in graph.nodes() if n.op == "input" and n.id not in bindings and n.id in reaching]
    data = tuple(node for node in free if not node.trainable)
    matches = _matches(left, free)
    rest = [name for name in left if name not in matches.values()]
    classes = _classes(rest, [node for node in data if node.id not in matches])
    return Unused(left, data, matches, *classes, output=_named_output(graph, rest))


def by_name(graph: Graph, columns: Collection[str]) -> dict[str, str]:
    """Return the column of the same name for each input that has one, by its id."""
    return {node.id: node.name for node in graph.nodes() if node.op == "input" and node.name in columns}


def taken_over(graph: Graph, columns: Collection[str]) -> str:
    """Returns which inputs that are meant to be trained become data by columns of their names, for a person;
    "" where none does.

    Meant to be trained are the trainable ones of a graph in which others are not, and those called as weights
    and biases are.
    """
    inputs = [node for node in graph.nodes() if node.op == "input"]
    tells = not all(node.trainable for node in inputs)
    names = [
        node.name
        for node in inputs
        if node.trainable and node.column is None and node.name in columns
        if tells or _PARAMETER.fullmatch(node.name)
    ]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} takes the column of its name, and so is data and not trained"
    return f"{listed(names)} take the columns of their names, and so are data and not trained"


_PARAMETER = re.compile(r"(?i)(w|b|weights?|bias(es)?|slope|intercept|theta|θ)(_?\d+)*")
"""What people call a number that is learnt, be it numbered or not."""


def is_target_name(name: str) -> bool:
    """Whether a column or an input of this name obviously holds what is to be learnt."""
    return bool(_kind(name))


def listed(names: Sequence[str]) -> str:
    """Some names in a sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], f"{more} more"] if more > 1 else list(names)
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _matches(columns: Sequence[str], inputs: Sequence[Node]) -> dict[str, str]:
    """The pairs of left columns and free inputs that leave no choice."""
    if not columns:
        return {}  # at once: the names of a network's inputs are many
    found: dict[str, str] = {}
    for key in (_plain, _words, _kind):
        by_key: dict[str, tuple[list[str], list[Node]]] = {}
        for column in columns:
            if column not in found.values() and key(column):
                by_key.setdefault(key(column), ([], []))[0].append(column)
        for node in inputs:
            if node.id not in found and key(node.name):
                by_key.setdefault(key(node.name), ([], []))[1].append(node)
        found |= {nodes[0].id: names[0] for names, nodes in by_key.values() if len(names) == len(nodes) == 1}
    ids = {node.name: node.id for node in inputs if node.id not in found and not node.trainable}
    found |= _numbered_targets([name for name in columns if name not in found.values()], ids)
    rest = [name for name in columns if name not in found.values()]
    data = [node for node in inputs if node.id not in found and not node.trainable]
    if len(rest) == len(data):
        found |= {node.id: name for node, name in zip(data, rest, strict=True)}
    order = {node.id: place for place, node in enumerate(inputs)}
    return dict(sorted(found.items(), key=lambda pair: order[pair[0]]))


def _classes(columns: Sequence[str], inputs: Sequence[Node]) -> tuple[str, tuple[str, ...]]:
    """The column whose classes one-hot obviously are inputs called t1, t2, …, and those inputs; a softmax has
    such targets, and people have their classes in one column.
    """
    whole = _counted([node.name for node in inputs if columns])
    for stem, held in whole.items():
        for key in (_plain, _kind):
            named = [column for column in columns if key(stem) and key(column) == key(stem)]
            if len(named) == 1:
                return named[0], tuple(held[number] for number in sorted(held))
    targets = [held for stem, held in whole.items() if _kind(stem)]
    if len(columns) == len(targets) == 1:
        return columns[0], tuple(targets[0][number] for number in sorted(targets[0]))
    return "", ()


def _numbered_targets(columns: Sequence[str], inputs: Mapping[str, str]) -> dict[str, str]:
    """The columns of classes that were made one-hot, such as kind1 and kind2, for inputs called t1 and t2,
    by their ids; none where several could be meant.
    """
    targets = [held for stem, held in _counted(list(inputs)).items() if _kind(stem)]
    classes = [held for held in _counted(columns).values() if targets and len(held) == len(targets[0])]
    if len(targets) != 1 or len(classes) != 1:
        return {}
    return {inputs[name]: classes[0][number] for number, name in sorted(targets[0].items())}


def _counted(names: Sequence[str]) -> dict[str, dict[int, str]]:
    """Names that are numbered from 1 on without a gap, at least two, by what stands before their number.

    >>> _counted(["t1", "t2", "x1", "y", "z1", "z3"])
    {'t': {1: 't1', 2: 't2'}}
    """
    groups: dict[str, dict[int, str]] = {}
    for name in names:
        stem, number = _NUMBERED.fullmatch(name).groups()  # type: ignore[union-attr]
        if number:
            groups.setdefault(stem, {})[int(number)] = name
    return {stem: held for stem, held in groups.items() if len(held) > 1 and max(held) == len(held)}


def _named_output(graph: Graph, columns: Sequence[str]) -> str:
    """The name of the output, where a column is called so but for its unit and the like; "" else."""
    if graph.output is None or not columns:
        return ""
    name = graph.node(graph.output).name
    return name if any(_words(column) == _words(name) for column in columns) else ""


_NUMBERED = re.compile(r"(.*?)([1-9]\d*)?", re.DOTALL)


def _plain(name: str) -> str:
    """A name without what people write differently: case, spaces, dashes and underscores."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _words(name: str) -> str:
    """The same without its unit in brackets."""
    return _plain(re.sub(r"[(\[].*?[)\]]", "", name))


def _kind(name: str) -> str:
    """Whether a name is one of a target, with its number; "" for any other.

    >>> _kind("y"), _kind("Target 2"), _kind("y_true"), _kind("x1")
    ('target', 'target2', 'target', '')
    """
    stem, number = re.fullmatch(r"(.*?)(\d*)", _plain(name), re.DOTALL).groups()  # type: ignore[union-attr]
    return f"target{number}" if stem in TARGETS else ""


def _reaching(graph: Graph) -> set[str]:
    """The ids of the nodes on which the output depends."""
    plan = plan_of(graph)
    if graph.output is None or graph.output not in plan.number:
        return {node.id for node in graph.nodes()}
    reaching = plan.reaching(plan.number[graph.output])
    return {node_id for node_id, reaches in zip(plan.ids, reaching, strict=True) if reaches}
