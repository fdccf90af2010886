"""A graph as plain dicts, edited in the plainest way: what random sequences of edits are compared with.

Written from what each edit promises, with nothing shared with the program but the catalogue's arities.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import OPERATIONS

Key = tuple[str, int]


def seen(graph: Graph) -> dict[str, Any]:
    """Everything a graph holds, as plain values; the order of making is the order of the dicts."""
    return {
        "nodes": [
            (
                n.id,
                {"op": n.op, "name": n.name, "value": n.value, "muted": n.muted, "at": (n.x, n.y)}
                | ({"column": n.column} if n.column is not None else {}),
            )
            for n in graph.nodes()
        ],
        "edges": {edge.key: edge.source for edge in graph.edges()},
        "groups": [(g.id, (g.title, g.colour, set(g.nodes), g.collapsed)) for g in graph.groups()],
        "notes": [(n.id, (n.text, n.x, n.y, n.width, n.height)) for n in graph.notes()],
        "output": graph.properties.get("output"),
        "title": graph.properties.get("title"),
        "data": graph.properties.get("data"),
    }


class PlainModel:
    """Nodes, edges by the port they fill, groups, notes, output and title."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: dict[Key, str] = {}
        self.groups: dict[str, tuple[str, str, set[str], bool]] = {}
        self.notes: dict[str, tuple[Any, ...]] = {}
        self.output: str | None = None
        self.title: str | None = None
        self.data: Any = None

    def copy(self) -> PlainModel:
        return copy.deepcopy(self)

    def seen(self) -> dict[str, Any]:
        """As `seen` of a graph."""
        return {
            "nodes": list(self.nodes.items()),
            "edges": self.edges,
            "groups": list(self.groups.items()),
            "notes": list(self.notes.items()),
            "output": self.output,
            "title": self.title,
            "data": self.data,
        }

    # --- asking
    def reaches(self, start: str, end: str) -> bool:
        """Whether `end` is `start` or is computed from it."""
        waiting, met = [start], {start}
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            further = {target for (target, _), source in self.edges.items() if source == here} - met
            met |= further
            waiting += further
        return False

    def ports(self, node_id: str) -> list[int]:
        return sorted(port for target, port in self.edges if target == node_id)

    def many(self, node_id: str) -> bool:
        return OPERATIONS[self.nodes[node_id]["op"]].most is None

    def least(self, node_id: str) -> int:
        return OPERATIONS[self.nodes[node_id]["op"]].least

    def may_connect(self, source: str, target: str, port: int) -> bool:
        if self.reaches(target, source) or self.least(target) == 0:
            return False
        last = max([self.least(target) - 1, *(p for p in self.ports(target))])
        room = last + 1 if self.many(target) else self.least(target) - 1
        return port <= room and self.edges.get((target, port)) != source

    def free_port(self, node_id: str) -> int | None:
        filled = self.ports(node_id)
        count = max([self.least(node_id), *(port + 1 for port in filled)])
        for port in range(count):
            if port not in filled:
                return port
        return count if self.many(node_id) else None

    # --- changing
    def put(self, node_id: str, op: str, name: str, at: tuple[float | None, float | None]) -> None:
        value = 1.0 if OPERATIONS[op].is_leaf else None
        self.nodes[node_id] = {"op": op, "name": name, "value": value, "muted": False, "at": at}

    def rewire(self, gone: Iterable[Key], new: dict[Key, str] | None = None) -> None:
        """Take edges away and draw others; where a port of many stays empty, later ones move up."""
        before = dict(self.edges)
        for key in gone:
            self.edges.pop(key, None)
        self.edges |= new or {}
        for target in {key[0] for key in before.keys() - self.edges.keys()}:
            held = [port for node_id, port in before if node_id == target]
            if target in self.nodes and self.many(target) and len(held) > self.least(target):
                kept = [self.edges.pop((target, port)) for port in self.ports(target)]
                self.edges |= {(target, port): source for port, source in enumerate(kept)}

    def leave_groups(self, node_ids: Iterable[str], but: str = "") -> None:
        leaving = set(node_ids)
        for group_id, (title, colour, members, collapsed) in list(self.groups.items()):
            if group_id != but and members & leaving:
                self.groups[group_id] = (title, colour, members - leaving, collapsed)
                if members <= leaving:
                    del self.groups[group_id]

    def remove(self, node_ids: Iterable[str], edge_keys: Iterable[Key] = (), heal: bool = False) -> None:
        gone = dict.fromkeys(node_ids)
        healed = {
            key: heir
            for key, source in self.edges.items()
            if heal and source in gone and key[0] not in gone
            if (heir := self._heir(source, gone)) is not None
        }
        output = self.output
        if output in gone:
            self.output = self._heir(output, gone) if heal and output is not None else None
        touched = {key for key, source in self.edges.items() if source in gone or key[0] in gone}
        for node_id in gone:
            del self.nodes[node_id]
        self.rewire(touched | set(edge_keys), healed)
        self.leave_groups(gone)

    def _heir(self, node_id: str, gone: dict[str, None]) -> str | None:
        heir: str | None = node_id
        while heir is not None and heir in gone:
            filled = self.ports(heir)
            heir = self.edges[heir, filled[0]] if filled else None
        return heir
