"""Export as an animation: the dialog, and the writing, which goes on in pieces with progress and can be
stopped.

Draws nothing itself (`canvas.animation` does) and chooses no file (`files` asks).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.animation.formats import ANIMATIONS, animation_of, demand
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.bits import Bits
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import bound_inputs, setup_of
from nodegraph.formats import files

if TYPE_CHECKING:
    from nodegraph.app.features.animation.dialog import AnimationDialog
    from nodegraph.app.features.animation.options import Chosen
    from nodegraph.canvas.scene.scene import GraphScene

GUARDED = "Leave Predict first; an animation would tell the answers."
WRITING = "nodegraph.canvas.animation.writing"
EMPTY = "There is nothing to play yet; add nodes first."


class AnimationFeature(QObject):
    """Animations of the open graph. `figure_options` returns those of the last figure, in the colours of the
    window.
    """

    figure_wanted = Signal(str)
    """Another dialog is wanted: that of a picture in the format of this ending."""
    exported = Signal(str, Path, object)
    """An animation was written: the ending of its format, where it is, and what writes it there again."""

    def __init__(self, workspace: Workspace, figure_options: Callable[[], PictureOptions]) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.figure_options = workspace, figure_options
        self.dialog: AnimationDialog | None = None

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("file.export_animation", "Export An&imation…", self.show_dialog, ("Ctrl+Shift+E",),
                        "Save both passes, or the training, as a GIF, WebP, APNG or MP4 that plays",
                        why_not=self.why_not),
            ),
            refresh_on=(self.workspace.player.trace_changed,),
        )  # fmt: skip

    def why_not(self) -> str:
        """Returns what keeps this graph from being animated, or ""."""
        player = self.workspace.player
        return GUARDED if player.guarded else "" if player.trace.steps else EMPTY

    def show(self, suffix: str) -> bool:
        """Choose what an animation in a format is like and write it. Returns whether there is one."""
        if self.why_not():
            return False
        self.workspace.settings.set(settings.ANIMATION_FORMAT, suffix)
        self.show_dialog()
        if self.dialog is not None:
            self.dialog.form.format.setFocus()  # where a person chose it with the arrows, they go on there
        return True

    def show_dialog(self) -> None:
        """Choose what an animation is like and write it."""
        from nodegraph.app.features.animation.dialog import AnimationDialog
        from nodegraph.core.training import readiness

        work = self.workspace
        work.files.exporting.emit()
        work.player.pause()
        graph = work.files.shown()
        setup = setup_of(graph)  # which may be of a file that holds what this version cannot do
        refusal = setup.why_not() or readiness.why_not(graph, None, bound_inputs(graph), setup)
        dialog = AnimationDialog(
            graph, work.player.trace, self.figure_options(), can_train=not refusal, parent=work.files.window
        )
        form, stored = dialog.form, work.settings
        form.format.setCurrentIndex(max(0, form.format.findData(stored.value(settings.ANIMATION_FORMAT))))
        form.across.setValue(stored.value(settings.ANIMATION_WIDTH))
        form.fps.setValue(stored.value(settings.ANIMATION_FPS))
        dialog.form.figure_wanted.connect(self._show_figure)
        dialog.export_requested.connect(self._export)
        dialog.finished.connect(self._remember)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        work.document.replaced.connect(dialog.reject)  # it shows a graph that is no longer open
        self.dialog = dialog
        dialog.open()

    def _show_figure(self, suffix: str) -> None:
        """Go over to the dialog of a picture that stands."""
        if self.dialog is not None:
            self.dialog.reject()
        self.figure_wanted.emit(suffix)

    def _remember(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            form, stored = dialog.form, self.workspace.settings
            if form.format.currentData() in ANIMATIONS:
                stored.set(settings.ANIMATION_FORMAT, form.format.currentData())
            stored.set(settings.ANIMATION_WIDTH, form.across.value())
            stored.set(settings.ANIMATION_FPS, form.fps.value())

    def _export(self) -> None:
        dialog, work = self.dialog, self.workspace
        if dialog is None:
            return
        suffix = dialog.form.kind.suffix
        first = [dialog.form.kind, *(kind for kind in ANIMATIONS.values() if kind.suffix != suffix)]
        kinds = filters((kind.title, kind.suffix) for kind in first)
        stem = Path(work.document.file_name).stem
        path = work.files.ask_save(stem + suffix, "Export as an Animation", kinds, suffix)
        if path is None:
            return
        kind = animation_of(path.name)
        if kind is None:
            dialog.refuse(f"{path.name}: the name of an animation ends in {', '.join(ANIMATIONS)}.")
            return
        chosen = replace(dialog.chosen, kind=kind)
        work.editor.tasks.begin(f"Writing {path.name}", self._exported(dialog, chosen, path))

    def _exported(self, dialog: AnimationDialog, chosen: Chosen, path: Path) -> Task:
        """Write the animation, piece by piece; the dialog closes when it is written."""
        if (yield from self._written(chosen, path, dialog.refuse)):
            dialog.accept()
            self.workspace.messages.say_for_a_while(f"Exported as {path.name}.")
            self.exported.emit(chosen.kind.suffix, path, partial(self._again, chosen))

    def _again(self, chosen: Chosen, path: Path) -> None:
        """Write an animation of the graph as it is now."""
        refusal = self.why_not()
        if refusal:
            self.workspace.messages.tell_refusal(refusal)
        else:
            self.workspace.editor.tasks.begin(f"Writing {path.name}", self._exported_again(chosen, path))

    def _exported_again(self, chosen: Chosen, path: Path) -> Task:
        messages = self.workspace.messages
        if (yield from self._written(chosen, path, messages.tell_refusal)):
            messages.say_for_a_while(f"Exported again as {path.name}.")

    def _written(
        self, chosen: Chosen, path: Path, refuse: Callable[[str], None]
    ) -> Generator[float | Aside, Any, bool]:
        """Write the animation; the file is put in its place as a whole at the end. Returns whether it was."""
        graph, trace = self.workspace.files.shown().copy(), self.workspace.player.trace
        try:
            files.write_whole(path, (yield from _drawn(graph, trace, chosen)))
        except (DocumentError, Refused) as error:
            refuse(f"{path.name}: {error}")
            return False
        return True


def _in_turns(work: Bits[GraphScene]) -> Generator[float, Any, GraphScene]:
    """Do this as the beginning of a task."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            scene: GraphScene = done.value
            return scene
        yield 0.0


def _drawn(graph: Graph, trace: Trace, chosen: Chosen) -> Generator[float | Aside, Any, bytes]:
    """Draw the pictures here, and let another thread pack them. Returns the bytes of the file."""
    writing = yield Aside(partial(import_module, WRITING))  # which takes a moment the first time
    from nodegraph.canvas import picture
    from nodegraph.canvas.animation import film, training_film

    kind, pace = chosen.kind, chosen.pace
    demand(kind, pace.fps, transparent=chosen.figure.transparent)
    shown_trace = None if chosen.shows_training else trace
    scene = yield from _in_turns(picture.making(graph, chosen.figure, shown_trace))
    options = chosen.options(scene)
    shown: film.Film
    if chosen.shows_training:
        course = yield from training_film.training_course(graph)
        shown = training_film.TrainingFilm(graph, course, options, pace, scene)
    else:
        shown = film.PassesFilm(graph, trace, options, pace, scene)
    task = writing.writing(shown, kind, graph)
    try:
        given = next(task)
        while True:
            if callable(given):
                given = task.send((yield Aside(given)))
            else:
                yield given
                given = next(task)
    except StopIteration as done:
        data: bytes = done.value
        return data
    finally:
        task.close()
