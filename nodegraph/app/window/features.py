"""The list of features: what a window is made of beyond its rooms. A feature that needs another is handed the
one value it needs, so that the order in which they are made stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from nodegraph.app.document.canvas_edits import CanvasEdits
from nodegraph.app.document.selection_edits import SelectionEdits
from nodegraph.app.features.adding.feature import AddingFeature
from nodegraph.app.features.analysis.derivative_mode import DerivativeMode
from nodegraph.app.features.analysis.gradient_check import CheckFeature
from nodegraph.app.features.analysis.sensitivity import Sensitivity
from nodegraph.app.features.animation.feature import AnimationFeature
from nodegraph.app.features.data.feature import DataFeature
from nodegraph.app.features.derivation.feature import DerivationFeature
from nodegraph.app.features.edges.feature import EdgesFeature
from nodegraph.app.features.export.feature import ExportFeature
from nodegraph.app.features.find.feature import FindFeature
from nodegraph.app.features.foreign.feature import ForeignFeature
from nodegraph.app.features.guide.feature import GuideFeature
from nodegraph.app.features.hints.feature import HintsFeature
from nodegraph.app.features.inspector.feature import InspectorFeature
from nodegraph.app.features.lessons.feature import LessonsFeature
from nodegraph.app.features.outline.feature import OutlineFeature
from nodegraph.app.features.prediction.feature import PredictionFeature
from nodegraph.app.features.presentation.feature import PresentationFeature
from nodegraph.app.features.program.feature import ProgramFeature
from nodegraph.app.features.standard.bend_commands import BendCommands
from nodegraph.app.features.standard.edge_style_commands import EdgeStyleCommands
from nodegraph.app.features.standard.edit_commands import EditCommands
from nodegraph.app.features.standard.file_commands import FileCommands
from nodegraph.app.features.standard.graph_commands import GraphCommands
from nodegraph.app.features.standard.pass_commands import PassCommands
from nodegraph.app.features.standard.view_commands import ViewCommands
from nodegraph.app.features.standard.wording_commands import WordingCommands
from nodegraph.app.features.text.feature import TextFeature
from nodegraph.app.features.training.feature import TrainingFeature
from nodegraph.app.features.training_stage.feature import TrainingStageFeature
from nodegraph.app.workspace.contribution import Feature
from nodegraph.app.workspace.workspace import Workspace


@dataclass(frozen=True)
class Features:
    """All features of a window; those that somebody asks for have a name."""

    in_order: tuple[Feature, ...]
    """Every one, in the order of the View menu and of the tabs below the canvas."""
    edit: EditCommands
    view: ViewCommands
    graph: GraphCommands
    passes: PassCommands
    adding: AddingFeature
    inspector: InspectorFeature
    find: FindFeature
    outline: OutlineFeature
    derivation: DerivationFeature
    modes: DerivativeMode
    checking: CheckFeature
    training: TrainingFeature
    data: DataFeature
    stage: TrainingStageFeature
    prediction: PredictionFeature
    lessons: LessonsFeature
    presentation: PresentationFeature
    export: ExportFeature
    guide: GuideFeature
    hints: HintsFeature


def make_features(workspace: Workspace) -> Features:
    """Returns every feature of a window, made in an order in which each finds what it needs."""
    handling = CanvasEdits(workspace.editor)
    shaping = SelectionEdits(workspace.editor, handling, workspace.scene)
    edit, view = EditCommands(workspace, shaping), ViewCommands(workspace)
    graph, passes = GraphCommands(workspace, shaping, handling), PassCommands(workspace)
    adding, inspector, find = AddingFeature(workspace), InspectorFeature(workspace), FindFeature(workspace)
    outline, derivation = OutlineFeature(workspace), DerivationFeature(workspace)
    modes, sensitivity, checking = DerivativeMode(workspace), Sensitivity(workspace), CheckFeature(workspace)
    prediction = PredictionFeature(workspace)
    training = TrainingFeature(workspace, lambda: prediction.is_on, prediction.changed)
    data = DataFeature(workspace, training.table.take)
    stage = TrainingStageFeature(workspace, training.trainer, training.presented)
    training.other_run, training.past = stage.other_run, stage.past
    lessons = LessonsFeature(workspace, training.loss, training.trainer.changed)
    presentation = PresentationFeature(workspace, stage.presented)
    animation = AnimationFeature(workspace, lambda: export.options())
    export = ExportFeature(workspace, animation.show)
    animation.figure_wanted.connect(export.show_figure)
    animation.exported.connect(export.take)
    guide, hints = GuideFeature(workspace), HintsFeature(workspace, lambda: adding.keys.pointer)
    in_order = (
        FileCommands(workspace), edit, view, WordingCommands(workspace), EdgeStyleCommands(workspace), graph,
        BendCommands(workspace), passes, adding, EdgesFeature(workspace), inspector, find, outline,
        TextFeature(workspace), derivation, modes, sensitivity, checking, training, data, stage, prediction,
        lessons, presentation, export, animation, ProgramFeature(workspace),
        ForeignFeature(workspace), guide, hints,
    )  # fmt: skip
    return Features(
        in_order, edit, view, graph, passes, adding, inspector, find, outline, derivation, modes, checking,
        training, data, stage, prediction, lessons, presentation, export, guide, hints,
    )  # fmt: skip
