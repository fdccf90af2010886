"""The inspector's place in the program: what it is to explain, and what is typed there as an edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from nodegraph.app.document.pending import LineField
from nodegraph.app.features.inspector import example_output
from nodegraph.app.features.inspector.document_page import DocumentPage
from nodegraph.app.features.inspector.edge_clicks import EdgeClicks
from nodegraph.app.features.inspector.node_page import NodePage
from nodegraph.app.features.inspector.panel import Inspector, Page
from nodegraph.app.features.inspector.several_page import SeveralPage
from nodegraph.app.platform import settings
from nodegraph.app.widgets.text import Field, Text
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.graph import edits, together
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted

SUPPOSED = "Shown as if that factor were 0; the document stays as it is."


class InspectorFeature(QObject):
    """The panel at the right."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace
        self.panel = Inspector(self._graph, workspace.scene.selected_edges)
        self._supposed: Frame | None = None
        """What the canvas shows in place of the player's frame."""
        self.panel.supposed.connect(self._show_supposed)
        self.edge_clicks = EdgeClicks(workspace)
        self.panel.printed = self._printed
        document = workspace.document
        document.changed.connect(self._follow_change)
        document.path_changed.connect(self._show_name)
        document.replaced.connect(self._show_name)
        self.panel.page_made.connect(self._take_up)

    def _take_up(self, page: Page) -> None:
        """Let a page that was made now ask for edits, and name nodes as the canvas does."""
        editor = self.workspace.editor
        if isinstance(page, NodePage):
            page.rename_requested.connect(editor.rename_node)
            page.value_requested.connect(editor.set_value)
            page.trainable_requested.connect(editor.set_trainable)
            page.output_requested.connect(editor.make_output)
            page.colour_requested.connect(self._paint)
        elif isinstance(page, SeveralPage):
            page.value_requested.connect(self._set_values)
            page.trainable_requested.connect(self._set_trainable)
            page.muted_requested.connect(self._set_muted)
            page.colour_requested.connect(self._paint)
        elif isinstance(page, DocumentPage):
            page.title_requested.connect(editor.set_title)
            page.output_requested.connect(editor.make_output)
            page.node_requested.connect(self._show_node)
        for text in page.findChildren(Text):
            text.names = self.workspace.scene.showing.name_in_text
        unsaved = self.workspace.files.unsaved
        for field, change_of in self._lines(page).items():
            unsaved.add(LineField(field, self.workspace.document, change_of))
            field.textEdited.connect(unsaved.changed)

    def _lines(self, page: Page) -> Mapping[Field, Callable[[str], Change]]:
        """Returns what each line of a page that can be typed into changes."""
        graph = self._graph
        if isinstance(page, NodePage):
            return {
                page.name: lambda text: edits.rename(graph(), page.node_id, text.strip()),
                page.value: lambda text: edits.set_value(graph(), page.node_id, read_value(text)),
            }
        if isinstance(page, SeveralPage):
            return {page.value: lambda text: together.set_value(graph(), page.leaf_ids(), read_value(text))}
        if isinstance(page, DocumentPage):
            return {page.title: lambda text: edits.set_title(graph(), text)}
        return {}

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            "inspector", "&Inspector", lambda: self.panel, "right", ("F10",), "Show or hide the explanations",
            remember=settings.INSPECTOR_SHOWN, icon="panel_right",
        )  # fmt: skip
        return Contribution(panels=(panel,))

    def _graph(self) -> Graph:
        return self.workspace.document.graph

    def _printed(self) -> tuple[str, str]:
        """Returns what the source of the open example prints, beside what was computed here."""
        example, frame = self.workspace.document.example, self.workspace.player.frame
        theme = self.workspace.appearance.theme
        return example_output.comparison(example, frame, theme) if example else ("", "")

    def _follow_change(self, change: Change) -> None:
        if change.of("property"):
            self._show_name()
            self.workspace.dock.follow()
        elif not change.is_more_than_looks and any(map(_repaints, change.beyond_places)):
            self.workspace.dock.follow()  # the player tells of no new frame

    def _show_name(self) -> None:
        self.panel.document_page.show_name(quoted(self.workspace.document.title))

    # --- several nodes at once
    def _set_values(self, node_ids: list[str], value: float, gesture: int) -> None:
        compute = partial(together.set_value, self._graph(), node_ids, value)
        self.workspace.editor.attempt_soon("Set values", compute, len(node_ids), gesture)

    def _set_trainable(self, node_ids: list[str], trainable: bool) -> None:
        compute = partial(together.set_trainable, self._graph(), node_ids, trainable)
        self.workspace.editor.attempt_soon("Mark", compute, len(node_ids))

    def _set_muted(self, node_ids: list[str], muted: bool) -> None:
        compute = partial(edits.set_muted, self._graph(), node_ids, muted)
        self.workspace.editor.attempt_soon("Mute" if muted else "Unmute", compute, len(node_ids))

    def _paint(self, node_ids: list[str], colour: str) -> None:
        compute = partial(together.set_colour, self._graph(), node_ids, colour)
        self.workspace.editor.attempt_soon("Paint", compute, len(node_ids))

    # --- what would be
    def _show_supposed(self, frame: Frame | None) -> None:
        """Show supposed numbers on the canvas; None: the real ones, once the event has been handled."""
        if frame is None:
            QTimer.singleShot(0, self, self._show_what_is)
            return
        self._supposed = frame
        self.workspace.canvas.show_frame(frame)
        self.workspace.messages.say_for_a_while(SUPPOSED)

    def _show_what_is(self) -> None:
        """Show the player's frame again, unless another one has been shown since."""
        supposed, self._supposed = self._supposed, None
        if supposed is not None and self.workspace.scene.frame is supposed:
            self.workspace.canvas.show_frame(self.workspace.player.frame)

    def _show_node(self, node_id: str) -> None:
        self.workspace.stage.show_canvas()
        self.workspace.scene.select([node_id])
        self.workspace.canvas.reveal(node_id)


def _repaints(patch: Patch) -> bool:
    """Whether a change recolours a node that existed before and after it."""
    is_kept = patch.kind == "node" and patch.before is not None and patch.after is not None
    return is_kept and patch.before.colour != patch.after.colour
