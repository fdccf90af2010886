"""Change: a patch of records, each as it was before and as it is after.

Plain data, so it can be undone, merged, written to a journal and replayed. Knows nothing of what may be
changed (`edits` does) or of how (`Graph.apply` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter, is_
from typing import Any, Literal

from nodegraph.core.graph.records import Edge, Group, Node, Note, records_of

_apart_from_place = attrgetter(*(f.name for f in fields(Node) if f.name not in ("x", "y")))
"""Returns what a node holds apart from its place."""

_apart = attrgetter(*(f.name for f in fields(Node) if f.name not in ("x", "y", "value")))
"""Returns what a node holds apart from its place and its value."""

_more_than_looks = attrgetter(*(f.name for f in fields(Node) if f.name not in ("x", "y", "colour", "extra")))
"""Returns what a node holds apart from where and how it is drawn."""

Kind = Literal["node", "edge", "property", "group", "note"]
Record = Node | Edge | Group | Note


@dataclass(frozen=True, slots=True)
class Patch:
    """One touched record: `key` is an id, an edge key or a property's name; None means absent."""

    kind: Kind
    key: Any
    before: Any
    after: Any

    @property
    def is_structural(self) -> bool:
        """Whether a compiled plan becomes stale: an edge with other ends, or a node made, deleted, muted or
        of another kind.

        A leaf that gets its first value, or loses it, counts as well: without one it cannot run.
        """
        if self.kind == "edge" and self.before is not None and self.after is not None:
            return bool((self.before.source, self.before.key) != (self.after.source, self.after.key))
        if self.kind == "node" and self.before is not None and self.after is not None:
            before, after = self.before, self.after
            return bool(
                before.op != after.op
                or before.muted != after.muted
                or (before.value is None) != (after.value is None)
            )
        return self.kind in ("node", "edge")

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of the nodes that run otherwise afterwards, or get other edges."""
        before, after = self.before, self.after
        if self.kind == "edge":
            return (self.key[0],) if before is None or after is None else (before.target, after.target)
        if self.kind != "node" or before is None or after is None:
            return (self.key,) if self.kind == "node" else ()
        same = before.value == after.value and before.op == after.op and before.muted == after.muted
        return () if same and before.rank == after.rank else (self.key,)

    @property
    def is_place(self) -> bool:
        """Whether it gives a node another place, and changes nothing else."""
        before, after = self.before, self.after
        if self.kind != "node" or before is None or after is None:
            return False
        return bool(_apart_from_place(before) == _apart_from_place(after))

    @property
    def is_place_or_value(self) -> bool:
        """Whether it gives a node another place or another value, and changes nothing else."""
        before, after = self.before, self.after
        if self.kind != "node" or before is None or after is None or _apart(before) != _apart(after):
            return False
        return (before.value is None) == (after.value is None)

    @property
    def is_more_than_looks(self) -> bool:
        """Whether it changes more of a node than its place, its colour, and keys that are not known here."""
        before, after = self.before, self.after
        if self.kind != "node" or before is None or after is None:
            return self.kind == "node"
        return bool(_more_than_looks(before) != _more_than_looks(after))

    @property
    def keeps_members(self) -> bool:
        """Whether a group holds the same nodes as before."""
        before, after = self.before, self.after
        return before is not None and after is not None and before.nodes == after.nodes

    @property
    def keeps_formulas(self) -> bool:
        """Whether a formula of the graph stays as it is: a node moved, or an input has another value."""
        if not self.is_place_or_value:
            return self.kind in ("group", "note")
        if self.before.named != self.after.named:
            return False
        return bool(self.before.op == "input" or self.before.value == self.after.value)


@dataclass(frozen=True)
class Change:
    """What one edit does, with a name for the person ("Connect a to e"); false when it does nothing."""

    name: str
    patches: tuple[Patch, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.patches)

    @property
    def places(self) -> tuple[Patch, ...]:
        """The patches that give a node another place, and do no more."""
        return self._parted[0]

    @property
    def beyond_places(self) -> tuple[Patch, ...]:
        """The patches that do more than give a node another place: of thousands of nodes that are moved
        nobody need ask, one by one, what else becomes of them.
        """
        return self._parted[1]

    def of(self, kind: Kind) -> Sequence[Patch]:
        """Those of `beyond_places` that are of one kind."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[Kind, Sequence[Patch]]:
        found: dict[Kind, list[Patch]] = {}
        for patch in self.beyond_places:
            found.setdefault(patch.kind, []).append(patch)
        return found

    @cached_property
    def _parted(self) -> tuple[tuple[Patch, ...], tuple[Patch, ...]]:
        parts: tuple[list[Patch], list[Patch]] = [], []
        for patch in self.patches:
            parts[not patch.is_place].append(patch)
        return tuple(parts[0]), tuple(parts[1])

    @property
    def moved(self) -> Mapping[str, Node]:
        """The nodes that are given another place and no more, as they are afterwards, by their ids."""
        return self._moved[1]

    def moves_on_from(self, nodes: Mapping[str, Node]) -> bool:
        """Whether those that are moved are all of them the very records that it expects, which is found in
        one go for thousands. Where it is False, they may still be equal to them.
        """
        were = self._moved[0]
        return len(were) == len(self.places) and all(map(is_, map(nodes.get, were), were.values()))

    @cached_property
    def _moved(self) -> tuple[dict[str, Node], dict[str, Node]]:
        return {p.key: p.before for p in self.places}, {p.key: p.after for p in self.places}

    @cached_property
    def is_structural(self) -> bool:
        """Whether a compiled plan becomes stale."""
        return any(patch.is_structural for patch in self.beyond_places)

    @cached_property
    def is_more_than_looks(self) -> bool:
        """Whether it changes more of nodes and edges than where and how they are drawn."""
        return any(patch.kind == "edge" or patch.is_more_than_looks for patch in self.beyond_places)

    @cached_property
    def takes_away(self) -> bool:
        """Whether it takes any record away."""
        return any(patch.after is None for patch in self.beyond_places)

    @cached_property
    def _inverse(self) -> Change:
        columns = zip(*((p.kind, p.key, p.after, p.before) for p in self.patches), strict=True)
        return Change(self.name, tuple(records_of(Patch, *map(list, columns))) if self.patches else ())

    def inverse(self) -> Change:
        """The change that takes this one back, the same each time."""
        return self._inverse

    def then(self, later: Change, name: str | None = None) -> Change:
        """Both changes as one: the first before and the last after of every record they touch."""
        merged: dict[tuple[str, Any], Patch] = {(p.kind, p.key): p for p in self.patches}
        for patch in later.patches:
            first = merged.get((patch.kind, patch.key))
            before = patch.before if first is None else first.before
            merged[patch.kind, patch.key] = Patch(patch.kind, patch.key, before, patch.after)
        kept = tuple(patch for patch in merged.values() if patch.before != patch.after)
        return Change(name or self.name, kept)

    def touches_more_than(self, most: int) -> bool:
        """Whether it touches more than so many records and nodes that groups take in, give up or hide."""
        count = len(self.patches)
        return count > most or count + sum(_members(p) for p in self.patches if p.kind == "group") > most

    def node_ids(self) -> set[str]:
        """The ids of the node records it touches."""
        return {*self.moved, *(patch.key for patch in self.of("node"))}

    def touches(self, node_id: str | None) -> bool:
        """Whether it touches the record of this node."""
        return node_id in self.moved or any(patch.key == node_id for patch in self.of("node"))

    def made(self, kind: Kind = "node") -> list[str]:
        """The ids of the records of this kind that it makes, in order."""
        return [patch.key for patch in self.of(kind) if patch.before is None]


def _members(patch: Patch) -> int:
    """How many nodes a change of a group concerns."""
    before, after = patch.before, patch.after
    if before is None or after is None or before.collapsed != after.collapsed:
        return max(len(group.nodes) for group in (before, after) if group is not None)
    return abs(len(before.nodes) - len(after.nodes))


_KINDS: Mapping[type, Kind] = {Node: "node", Edge: "edge", Group: "group", Note: "note"}


def patch_of(before: Record | None, after: Record | None) -> Patch:
    """Returns the patch of one record; None means that it is absent. Its kind is the record's own."""
    record = before if after is None else after
    assert record is not None
    key = record.key if isinstance(record, Edge) else record.id
    return Patch(_KINDS[type(record)], key, before, after)


def patches_of(before: Sequence[Node], after: Sequence[Node]) -> list[Patch]:
    """Returns the patches that put the second of each two records of a node in the place of the first."""
    return records_of(Patch, ["node"] * len(before), [node.id for node in before], before, after)


def change_of(name: str, pairs: Iterable[tuple[Record, Record]]) -> Change:
    """Returns the change that puts the second record of each pair in the place of the first."""
    return Change(name, tuple(patch_of(before, after) for before, after in pairs if before != after))
