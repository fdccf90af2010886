"""Export as an animation: the dialog, and the writing, which goes on in pieces with progress and can be
stopped.

Draws nothing itself (`canvas.animation` does) and chooses no file (`files` asks).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt

from nodegraph.app.commands.command import Command
from nodegraph.app.features.animation.dialog import AnimationDialog
from nodegraph.app.platform import settings
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.animation.formats import ANIMATIONS, AnimationFormat, animation_of, demand
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.training import readiness
from nodegraph.core.training.bindings import bound_inputs
from nodegraph.formats import files

GUARDED = "Leave Predict first; an animation would tell the answers."
WRITING = "nodegraph.canvas.animation.writing"
EMPTY = "There is nothing to play yet; add nodes first."


class AnimationFeature(QObject):
    """Animations of the open graph. `figure_options` returns those of the last figure, in the colours of the
    window.
    """

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

    def show_dialog(self) -> None:
        """Choose what an animation is like and write it."""
        work = self.workspace
        work.files.saving.emit()  # it carries the graph that it shows
        work.player.pause()
        graph = work.document.graph
        can_train = readiness.why_not(graph, None, bound_inputs(graph)) is None
        dialog = AnimationDialog(
            graph, work.player.trace, self.figure_options(), can_train=can_train, parent=work.files.window
        )
        form, stored = dialog.form, work.settings
        form.format.setCurrentIndex(max(0, form.format.findData(stored.value(settings.ANIMATION_FORMAT))))
        form.across.setValue(stored.value(settings.ANIMATION_WIDTH))
        form.fps.setValue(stored.value(settings.ANIMATION_FPS))
        dialog.export_requested.connect(self._export)
        dialog.finished.connect(self._remember)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        work.document.replaced.connect(dialog.reject)  # it shows a graph that is no longer open
        self.dialog = dialog
        dialog.open()

    def _remember(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            form, stored = dialog.form, self.workspace.settings
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
        work.editor.tasks.begin(f"Writing {path.name}", self._written(dialog, kind, path))

    def _written(self, dialog: AnimationDialog, kind: AnimationFormat, path: Path) -> Task:
        """Write the animation, piece by piece; the file is put in its place as a whole at the end."""
        try:
            data = yield from _drawn(dialog, kind)
            files.write_whole(path, data)
        except (DocumentError, Refused) as error:
            dialog.refuse(f"{path.name}: {error}")
            return
        dialog.accept()
        self.workspace.messages.say_for_a_while(f"Exported as {path.name}.")


def _drawn(dialog: AnimationDialog, kind: AnimationFormat) -> Generator[float | Aside, Any, bytes]:
    """Draw the pictures here, and let another thread pack them. Returns the bytes of the file."""
    writing = yield Aside(partial(import_module, WRITING))  # which takes a moment the first time
    from nodegraph.canvas.animation import film, training_film

    graph, options, pace = dialog.graph.copy(), dialog.options, dialog.form.pace
    demand(kind, pace.fps, transparent=options.transparent)
    shown: film.Film
    if dialog.form.shows_training:
        course = yield from training_film.training_course(graph)
        shown = training_film.TrainingFilm(graph, course, options, pace)
    else:
        shown = film.PassesFilm(graph, dialog.trace, options, pace)
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
