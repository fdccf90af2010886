"""What commands need to be selected before they can do anything, and the sentence for where it is not."""

from __future__ import annotations

from nodegraph.app.document.selection import Selected, Selection


class SelectionNeeds:
    """A `why_not` for each need that several commands share."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    @property
    def _now(self) -> Selected:
        return self.selection.now

    def nodes(self) -> str:
        """Any node."""
        return "" if self._now.nodes else "Select a node first."

    def parts(self) -> str:
        """A node or a note."""
        return "" if self._now.nodes or self._now.notes else "Select a node or a note first."

    def node(self) -> str:
        """One node, and no more."""
        return "" if self._now.nodes == 1 else "Select one node first."

    def named(self) -> str:
        """One node, one group as a whole, or one note and no node."""
        now = self._now
        is_one = now.nodes == 1 or now.group or (now.notes == 1 and not now.nodes)
        return "" if is_one else "Select one node, group or note first."

    def input(self) -> str:
        """An input."""
        return "" if self._now.inputs else "Select an input first."

    def leaves(self) -> str:
        """An input or a constant."""
        is_any = self._now.nodes > self._now.operations
        return "" if is_any else "Select an input or a constant first."

    def two(self) -> str:
        """Two nodes."""
        return "" if self._now.nodes > 1 else "Select two nodes or more first."

    def three(self) -> str:
        """Three nodes."""
        return "" if self._now.nodes > 2 else "Select three nodes or more first."

    def operations(self) -> str:
        """A node that computes something."""
        return "" if self._now.operations else "Select an operation first; inputs cannot be muted."

    def something(self) -> str:
        """Anything at all."""
        now = self._now
        is_any = now.nodes or now.edges or now.groups or now.notes
        return "" if is_any else "Select a node or an edge first."

    def edge(self) -> str:
        """One edge, and nothing else."""
        return "" if self._now.edges == 1 and not self._now.nodes else "Select one edge first."

    def group(self) -> str:
        """A group, or something in one."""
        return "" if self._now.groups else "Select a node of a group first."

    def graph(self) -> str:
        """A graph that is not empty."""
        return "" if len(self.selection.document.graph) else "There is no node yet."
