"""Text to Change: the smallest one that makes a graph what its text says now. Names, places, groups and bends
of what stays are kept, and a node that was given another name in the text is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from nodegraph.core.building.expression import Draft, drafted
from nodegraph.core.building.graph_text import lines_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.edits import without_members
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import name_candidates, numbered
from nodegraph.core.graph.records import Edge, EdgeKey, Node
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import Size, place_missing

EDIT = "Edit the text"
Sign = tuple[object, ...]
"""What a node does, whatever it is called: its operation and what it takes."""


def change_to(
    graph: Graph, text: str, stated: Collection[str] | None = None, size: Size = node_size
) -> Change:
    """Returns the smallest change that makes a graph what a text says. Raises TextError where the text cannot
    be read.

    `stated` are the names that had a statement of their own in the text so far; by default those that
    `lines_of` writes. New nodes are placed beside the others.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("e = a*b; L = e + c", a=2, b=3)
    >>> [(patch.key, patch.after.name) for patch in change_to(graph, "s = a*b; L = s + c").patches]
    [('e', 's')]
    """
    return change_of(graph, drafted(text), stated, size)


def change_of(
    graph: Graph, draft: Draft, stated: Collection[str] | None = None, size: Size = node_size
) -> Change:
    """Returns what `change_to` returns, for a text that was read already."""
    match = _Match(graph, draft, _stated(graph) if stated is None else frozenset(stated))
    match.find()
    change = _Patches(match).change()
    if any(patch.kind == "property" or patch.is_structural for patch in change.patches):
        after = graph.copy()
        after.apply(change)
        change = _with_output(change, after, match.old_of(draft.graph.output or ""))
        if change.made():
            change = change.then(place_missing(after, size))
    return replace(change, name=_title(change))


def _stated(graph: Graph) -> frozenset[str]:
    try:
        return frozenset(
            graph.node(line.node_id).name for line in lines_of(graph) if line.node_id is not None
        )
    except Refused:
        return frozenset(node.name for node in graph.nodes())


def _with_output(change: Change, after: Graph, output: str) -> Change:
    """The change with the output that the text says, where it would be another one."""
    if not output or after.output == output:
        return change
    chosen = Patch("property", "output", after.properties.get("output"), output)
    return change.then(Change("", (chosen,)))


def _title(change: Change) -> str:
    """What undoing it is called."""
    nodes = [patch for patch in change.patches if patch.kind == "node"]
    if len(nodes) == 1:
        before, after = nodes[0].before, nodes[0].after
        if before is None:
            return f"Add {after.name}"
        if after is None:
            return f"Delete {before.name}"
        if before.name != after.name:
            return f"Rename {before.name} to {after.name}"
        if replace(before, value=after.value) == after and len(change.patches) == 1:
            return f"Set {after.name}"
    return EDIT


# --- which node is which
@dataclass
class _Match:
    """Which node of the graph each node of the text is."""

    graph: Graph
    draft: Draft
    stated: Collection[str]
    ids: dict[str, str] = field(default_factory=dict)
    """The ids in the graph by those in the text."""
    taken: set[str] = field(default_factory=set)

    def old_of(self, new: str) -> str:
        """Returns the id in the graph that a node of the text has, or will have; "" for none."""
        return self.ids.get(new, "")

    def find(self) -> None:
        """Match all that can be matched."""
        new = self.draft.graph
        renamed = self._renamed_in_part()
        for name in self.draft.named:
            old, node = self.graph.named(name), new.named(name)
            if old is not None and node is not None and old.id not in renamed.values():
                self._take(node.id, old.id)
        for node_id, old_id in renamed.items():
            self._take(node_id, old_id)
        while self._go_up() or self._by_what_they_do():
            pass

    def _take(self, new: str, old: str) -> None:
        self.ids[new] = old
        self.taken.add(old)

    def _may_be_renamed(self, old: Node) -> bool:
        return old.id not in self.taken and old.name not in self.draft.named

    def _renamed_in_part(self) -> dict[str, str]:
        """Nodes whose statement has another name already, while others still use the old name: the only new
        statement that does the same as one that has gone.
        """
        new = self.draft.graph
        left = [
            old
            for name in self.draft.named - self.draft.stated
            if name in self.stated and (old := self.graph.named(name)) is not None
        ]
        if not left:
            return {}
        fresh = [
            node for name in self.draft.stated if (node := new.named(name)) and not self.graph.named(name)
        ]
        made = _unique((self._sign(new, node), node.id) for node in fresh)
        gone = _unique((self._sign(self.graph, node), node.id) for node in left)
        return {made[sign]: gone[sign] for sign in made.keys() & gone.keys()}

    def _sign(self, graph: Graph, node: Node) -> Sign:
        """What a node does, by the names of what it takes."""
        if node.is_leaf:
            return (node.op, node.value)
        sources = [graph.node(edge.source) for edge in graph.edges_into(node.id)]
        return (node.op, *((s.value if s.op == "constant" else s.name) for s in sources))

    def _go_up(self) -> bool:
        """Match what feeds the same port of nodes that are matched, where neither has a name in the text that
        says otherwise. Returns whether any was.
        """
        new, found = self.draft.graph, False
        waiting = list(self.ids)
        while waiting:
            target = waiting.pop()
            olds = [self.graph.node(edge.source) for edge in self.graph.edges_into(self.ids[target])]
            for edge in new.edges_into(target):
                node = new.node(edge.source)
                if node.id in self.ids:
                    continue
                near = [*olds[edge.port : edge.port + 1], *olds]
                like = (old for old in near if old.op == node.op and self._may_be_renamed(old))
                alike = next(like, None)
                if alike is not None and (node.name not in self.draft.named or self._is_only(node, alike)):
                    self._take(node.id, alike.id)
                    waiting.append(node.id)
                    found = True
        return found

    def _is_only(self, node: Node, old: Node) -> bool:
        """Whether a named node feeds just what another one fed."""
        fed = {(self.ids.get(e.target), e.port) for e in self.draft.graph.edges_from(node.id)}
        return fed == {edge.key for edge in self.graph.edges_from(old.id)}

    def _by_what_they_do(self) -> bool:
        """Match operations that do the same with the same nodes, where there is one on each side. Returns
        whether any was.
        """
        new = self.draft.graph
        made = [node for node in new.nodes() if node.id not in self.ids]
        gone = [node for node in self.graph.nodes() if self._may_be_renamed(node)]
        if not made or not gone:
            return False
        here = _unique((sign, node.id) for node in made if (sign := self._new_sign(node)))
        there = _unique((sign, node.id) for node in gone if (sign := self._old_sign(node)))
        both = here.keys() & there.keys()
        for sign in both:
            self._take(here[sign], there[sign])
        return bool(both)

    def _new_sign(self, node: Node) -> Sign:
        """What an operation of the text does, by the nodes of the graph that it takes; () where it takes new
        ones.
        """
        new = self.draft.graph
        sources = [new.node(edge.source) for edge in new.edges_into(node.id)]
        if not sources or any(s.id not in self.ids and s.op != "constant" for s in sources):
            return ()
        return (node.op, *(self.ids.get(s.id, s.value) for s in sources))

    def _old_sign(self, node: Node) -> Sign:
        sources = [self.graph.node(edge.source) for edge in self.graph.edges_into(node.id)]
        kept = ((s.value if s.op == "constant" and s.id not in self.taken else s.id) for s in sources)
        return (node.op, *kept) if sources else ()


def _unique(signs: Iterable[tuple[Sign, str]]) -> dict[Sign, str]:
    """The ids by their signs, of which nothing else has the same."""
    pairs = list(signs)
    counts = Counter(sign for sign, _ in pairs)
    return {sign: node_id for sign, node_id in pairs if counts[sign] == 1}


# --- what changes
class _Patches:
    """The patches of a match."""

    def __init__(self, match: _Match) -> None:
        self.match, self.graph, self.draft = match, match.graph, match.draft

    def change(self) -> Change:
        """Returns the change, with new nodes that have no place yet."""
        gone = [node for node in self.graph.nodes() if node.id not in self.match.taken]
        nodes = list(self._nodes())
        return Change(
            EDIT,
            (
                *self._edges(),
                *(patch_of(node, None) for node in gone),
                *nodes,
                *without_members(self.graph, {node.id for node in gone}),
                *self._lost_output({node.id for node in gone}),
            ),
        )

    def _lost_output(self, gone: Collection[str]) -> Iterator[Patch]:
        chosen = self.graph.properties.get("output")
        if chosen in gone:
            yield Patch("property", "output", chosen, None)

    def _nodes(self) -> Iterator[Patch]:
        """The patches of nodes that are made or are something else now; new ones get their ids."""
        names, rank = self._names(), self.graph.next_rank
        given: set[str] = set()
        for node in self.draft.graph.nodes():
            name = names[node.id]
            if node.id in self.match.ids:
                before = self.graph.node(self.match.ids[node.id])
                after = self._kept(before, node, name)
                if after != before or after.named != before.named:
                    yield patch_of(before, after)
                continue
            made = next(
                one for one in chain([name], numbered(name)) if one not in self.graph and one not in given
            )
            given.add(made)
            self.match.ids[node.id] = made
            yield patch_of(None, replace(node, id=made, name=name, rank=rank))
            rank += 1

    def _kept(self, before: Node, node: Node, name: str) -> Node:
        """A node of the graph as the text has it."""
        if not node.is_leaf:
            return replace(before, op=node.op, name=name, value=None, column=None, muted=node.muted)
        is_said = node.name in self.draft.valued or not before.is_leaf
        value = node.value if is_said else before.value
        is_stated = node.op == "input" and is_said
        trainable = node.trainable if is_stated else before.trainable
        column = before.column if node.op == "input" else None
        is_named = node.named if node.name not in self.match.stated else before.named
        after = replace(before, op=node.op, name=name, value=value, trainable=trainable, column=column)
        return replace(after, named=is_named)

    def _names(self) -> dict[str, str]:
        """What each node of the text is called: as it stands there, else as it was, else a free name."""
        named = self.draft.named
        taken = set(named)
        found: dict[str, str] = {}
        later = []
        for node in self.draft.graph.nodes():
            if node.name in named:
                found[node.id] = node.name
                continue
            old = self.match.ids.get(node.id)
            kept = self.graph.node(old).name if old is not None else ""
            if kept and kept not in taken:
                found[node.id] = kept
                taken.add(kept)
            else:
                later.append(node)
        for node in later:
            free = next(name for name in name_candidates(node.op) if name not in taken)
            found[node.id] = free
            taken.add(free)
        return found

    def _edges(self) -> Iterator[Patch]:
        """The patches of edges; ids of new nodes are known by then."""
        new = {}
        for edge in self.draft.graph.edges():
            source, target = self.match.ids[edge.source], self.match.ids[edge.target]
            new[target, edge.port] = source
        old: dict[EdgeKey, Edge] = {edge.key: edge for edge in self.graph.edges()}
        for key, edge in old.items():
            if key not in new:
                yield patch_of(edge, None)
        for (target, port), source in new.items():
            before = old.get((target, port))
            if before is None or before.source != source:
                yield patch_of(before, Edge(source, target, port))
