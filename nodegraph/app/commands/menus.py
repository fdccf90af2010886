"""Every action of the program in one table, which feeds the menus, the top bar, the shortcut sheet and the
tests. Knows which slot an action calls (as a path below the window), not what happens there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nodegraph.app.platform import icons
from nodegraph.core.graph.annotations import COLOURS


@dataclass(frozen=True)
class Spec:
    """One action. `shown_keys` is a key that what has the focus handles (a tap on Space; a held Space pans).

    `section` parts a menu with lines; `is_menu` marks a submenu, which the window fills unless actions name
    it as their `submenu`. `needs` is a word of `needs.NEEDS`: what must be there for it to do anything.
    `swatch` is a group's colour, shown beside the text.
    """

    id: str
    text: str
    slot: str
    shortcuts: tuple[str, ...] = ()
    tooltip: str = ""
    icon: str = ""
    section: int = 0
    checkable: bool = False
    shown_keys: str = ""
    is_menu: bool = False
    short: str = ""
    needs: str = ""
    submenu: str = ""
    swatch: str = ""

    @property
    def menu(self) -> str:
        """The menu it is found in."""
        return MENUS[self.id.partition(".")[0]]

    @property
    def plain_text(self) -> str:
        """Its text without the mark of the menu key."""
        return self.text.replace("&", "")

    @property
    def keys(self) -> list[str]:
        """All keys that do it, as people read them."""
        native = QKeySequence.SequenceFormat.NativeText
        keys = [QKeySequence(shortcut).toString(native) for shortcut in self.shortcuts]
        return [self.shown_keys, *keys] if self.shown_keys else keys


MENUS = {
    "file": "&File",
    "edit": "&Edit",
    "view": "&View",
    "graph": "&Graph",
    "pass": "&Pass",
    "train": "&Train",
    "help": "&Help",
}
"""The menus, by the first part of an action's id."""

ACTIONS: tuple[Spec, ...] = (
    Spec("file.new", "&New", "filing.new", ("Ctrl+N",), "Start an empty graph"),
    Spec("file.from_text", "New from &Formula…", "show_from_text", ("Ctrl+Shift+N",),
         "Type a formula such as L = (a*b + c)*f and get its graph"),
    Spec("file.new_window", "New &Window", "open_window", ("Ctrl+Alt+N",),
         "Open one more window with an empty graph"),
    Spec("file.open", "&Open…", "filing.open", ("Ctrl+O",),
         "Open a document, or a picture that carries one"),
    Spec("file.open_recent", "Open &Recent", "", is_menu=True),
    Spec("file.examples", "E&xamples", "", is_menu=True),
    Spec("file.save", "&Save", "filing.save", ("Ctrl+S",), "Write the document to its file", section=1),
    Spec("file.save_as", "Save &As…", "filing.save_as", ("Ctrl+Shift+S",),
         "Write the document to another file",
         section=1),
    Spec("file.export", "&Export PNG…", "picturing.show_export", ("Ctrl+E",),
         "Save the graph as a picture that opens again as a graph", "export", 2),
    Spec("file.export_derivation", "Export &Derivation…", "deriving.export", (),
         "Write the derivation of the whole graph as Markdown, LaTeX, a web page or text", section=2),
    Spec("file.copy_picture", "&Copy as Picture", "picturing.copy", ("Ctrl+Shift+C",),
         "Put a picture of the graph on the clipboard", section=2),
    Spec("file.welcome", "&Welcome Page", "show_welcome", (),
         "Examples, recent files, and ways to start", section=3),
    Spec("file.close", "C&lose Window", "close", ("Ctrl+W",), "Close this window", section=4),
    Spec("file.quit", "&Quit", "quit", ("Ctrl+Q",), "Close all windows; they come back at the next start",
         section=4),
    Spec("edit.undo", "&Undo", "undo", ("Ctrl+Z",), "Take the last change back", "undo",
         needs="undo"),
    Spec("edit.redo", "&Redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Make the change again", "redo",
         needs="redo"),
    Spec("edit.cut", "Cu&t", "copying.cut", ("Ctrl+X",), "Copy the selected nodes and delete them",
         section=1, needs="parts"),
    Spec("edit.copy", "&Copy", "copying.copy", ("Ctrl+C",), "Copy the selected nodes", section=1,
         needs="parts"),
    Spec("edit.paste", "&Paste", "copying.paste", ("Ctrl+V",),
         "Insert copied nodes, or a copied formula", section=1),
    Spec("edit.duplicate", "D&uplicate", "copying.duplicate", ("Ctrl+D",),
         "Copy the selected nodes beside themselves",
         section=1, needs="parts"),
    Spec("edit.duplicate_connected", "Duplicate With &Incoming Edges", "copying.duplicate_connected",
         ("Ctrl+Shift+D",), "Copy the selected nodes; the copies are fed by what feeds the originals",
         section=1, needs="nodes"),
    Spec("edit.delete", "&Delete", "editing.delete", ("Del",), "Delete what is selected",
         section=1, needs="something"),
    Spec("edit.delete_heal", "Delete and Reco&nnect", "shaping.delete_and_heal", ("Ctrl+Del",),
         "Delete the selected nodes, and connect what they were between", section=1, needs="nodes"),
    Spec("edit.rename", "Re&name", "editing.rename", ("F2",), "Give the selected node another name",
         section=2, needs="node"),
    Spec("edit.set_output", "Make It the &Output", "editing.set_output", ("Ctrl+L",),
         "Start the backward pass from the selected node", section=2, needs="node"),
    Spec("edit.select_all", "Select &All", "editing.select_all", ("Ctrl+A",), "Select every node", section=3),
    Spec("edit.select_upstream", "Select Up&stream", "shaping.select_upstream", ("Shift+U",),
         "Select all that the selected nodes are computed from", section=3, needs="nodes"),
    Spec("edit.select_downstream", "Select Do&wnstream", "shaping.select_downstream", ("Shift+D",),
         "Select all that is computed from the selected nodes", section=3, needs="nodes"),
    Spec("edit.find", "&Find…", "finding.open", ("Ctrl+F",), "Find nodes by name or operation", section=4),
    Spec("edit.find_next", "Find Ne&xt", "finding.next", ("F3",), "Show the next of what was found",
         section=4, needs="found"),
    Spec("edit.find_previous", "Find Pre&vious", "finding.previous", ("Shift+F3",),
         "Show the one found before", section=4, needs="found"),
    Spec("view.fit", "&Fit All", "canvas.fit", ("F", "Ctrl+1"), "Show the whole graph", "fit", short="Fit"),
    Spec("view.fit_selection", "Fit &Selection", "canvas.fit_selection", ("Shift+F",),
         "Show what is selected", needs="nodes"),
    Spec("view.back", "&Back", "view_history.back", ("Alt+Left",), "Look where you looked before",
         needs="back"),
    Spec("view.forward", "For&ward", "view_history.forward", ("Alt+Right",),
         "Look again where you went back from", needs="forward"),
    Spec("view.zoom_in", "Zoom &In", "canvas.zoom_in", ("Ctrl++", "Ctrl+="), "Come nearer", "zoom_in", 1),
    Spec("view.zoom_out", "Zoom &Out", "canvas.zoom_out", ("Ctrl+-",), "Step back", "zoom_out", 1),
    Spec("view.zoom_100", "&Actual Size", "canvas.zoom_100", ("Ctrl+0",),
         "Show nodes at their real size", section=1),
    Spec("view.text_size", "Te&xt Size", "", section=1, is_menu=True),
    Spec("view.text_larger", "&Larger", "appearance.enlarge_text", ("Alt++", "Alt+="),
         "Larger text on cards and in panels; the zoom stays", submenu="view.text_size"),
    Spec("view.text_smaller", "&Smaller", "appearance.reduce_text", ("Alt+-",),
         "Smaller text on cards and in panels; the zoom stays", submenu="view.text_size"),
    Spec("view.text_normal", "&Normal", "appearance.normalise_text", ("Alt+0",),
         "Text in its usual size", submenu="view.text_size"),
    Spec("view.palette", "&Palette", "view_options.show_palette", ("F9",), "Show or hide the operations",
         section=2, checkable=True, needs="panels"),
    Spec("view.inspector", "&Inspector", "view_options.show_inspector", ("F10",),
         "Show or hide the explanations", section=2, checkable=True, needs="panels"),
    Spec("view.outline", "&Outline", "workbench.switch", ("F11",),
         "Show or hide the table of nodes in execution order", section=2, checkable=True, needs="panels"),
    Spec("view.derivation", "&Derivation", "workbench.switch", ("Shift+F11",),
         "Write out the mathematics of the step, or of the selected node", section=2, checkable=True,
         needs="panels"),
    Spec("view.cost", "Wh&y Backward?", "workbench.switch", ("Ctrl+F11",),
         "What this graph's gradients cost by each way to find them, and forward mode", section=2,
         checkable=True, needs="panels"),
    Spec("view.sensitivity", "Sensiti&vity", "workbench.switch", ("Ctrl+Shift+F11",),
         "Move an input by hand, and see the output beside the line its gradient predicts", section=2,
         checkable=True, needs="panels"),
    Spec("view.training", "Trainin&g", "workbench.switch", ("Alt+F11",),
         "Gradient descent: its setup, its curves and its data", section=2, checkable=True, needs="panels"),
    Spec("view.next_part", "&Next Part of the Window", "parts.next", ("F6", "Ctrl+Tab"),
         "Go from palette to canvas, workbench, inspector, transport and on", section=3),
    Spec("view.previous_part", "Previous Pa&rt", "parts.previous", ("Shift+F6", "Ctrl+Shift+Tab"),
         "Go the other way round", section=3),
    Spec("view.on_canvas", "On the &Canvas", "", section=4, is_menu=True),
    Spec("view.hints", "&Hints", "hinting.set_shown", (), "Say below the canvas what mouse and keys would do",
         checkable=True, submenu="view.on_canvas"),
    Spec("view.snap", "Snap to &Grid", "view_options.snap", ("Shift+S",),
         "Let dragged nodes come to lie on the grid (Alt, or Ctrl while dragging, does the other)",
         checkable=True, submenu="view.on_canvas"),
    Spec("view.minimap", "&Minimap", "view_options.show_minimap", (),
         "Show the whole graph in a corner while part of it is out of view", checkable=True,
         submenu="view.on_canvas"),
    Spec("view.legend", "&Legend", "view_options.show_legend", (),
         "Say which colour stands for which contribution, while gradients are shown", checkable=True,
         submenu="view.on_canvas"),
    Spec("view.marks", "Mark &Trouble", "view_options.show_marks", (),
         "Mark what is saturated, dead, vanishing or exploding", checkable=True, submenu="view.on_canvas"),
    Spec("view.check", "Gradient Chec&k", "checking.show", ("Shift+K",),
         "Compare every gradient with a numerical derivative, and say so on its node", checkable=True,
         submenu="view.on_canvas"),
    Spec("view.colours", "Colours and &Motion", "", section=4, is_menu=True),
    Spec("view.theme", "Switch &Theme", "appearance.switch_theme", ("Ctrl+Shift+T",),
         "Change between light and dark", "theme", submenu="view.colours"),
    Spec("view.theme_system", "Follow the S&ystem's Theme", "appearance.follow_system_theme", (),
         "Light or dark, as the system is", checkable=True, submenu="view.colours"),
    Spec("view.high_contrast", "High &Contrast", "appearance.raise_contrast", (),
         "Black ground, bright lines and text", checkable=True, submenu="view.colours"),
    Spec("view.reduced_motion", "&Reduced Motion", "appearance.reduce_motion", (),
         "Show each step without moving pulses", checkable=True, submenu="view.colours"),
    Spec("view.spotlight", "Spotlig&ht", "presenting.light", ("Shift+H",),
         "While stepping, dim all but the step's nodes and edges", section=5, checkable=True),
    Spec("view.presentation", "Pr&esentation", "presenting.set_on", ("F5",),
         "Fill the screen with the graph: a clicker or PgDn and PgUp step, B darkens, Esc leaves", section=5,
         checkable=True),
    Spec("graph.add", "&Add…", "adding.open", ("Shift+A",),
         "Search an operation, or type a formula, and add it", "add", shown_keys="Tab", short="Add"),
    Spec("graph.connect", "&Connect From It", "adding.keys.start_connecting", ("C",),
         "Draw an edge from the selected node by keys: arrows choose, Enter connects"),
    Spec("graph.connect_input", "Connect &To It", "adding.keys.start_connecting_input", ("Shift+C",),
         "Draw an edge to the selected node by keys: arrows choose, Enter connects"),
    Spec("graph.insert", "&Insert on the Edge…", "adding.open_on_edge", ("I",),
         "Put an operation in the middle of the selected edge", needs="edge"),
    Spec("graph.network", "In&sert", "", is_menu=True),
    Spec("graph.insert_neuron", "&Neuron…", "adding.networks.ask_neuron", (),
         "Insert a neuron that takes the selected nodes, or new inputs", submenu="graph.network"),
    Spec("graph.insert_layer", "&Layer…", "adding.networks.ask_layer", (),
         "Insert a layer of neurons that take the selected nodes, or new inputs", submenu="graph.network"),
    Spec("graph.insert_mlp", "&MLP…", "adding.networks.ask_mlp", (),
         "Insert a multi-layer perceptron, with its loss and random weights", submenu="graph.network"),
    Spec("graph.mute", "&Mute", "shaping.mute", ("M",),
         "Let the selected operations pass their first input through, or work again", section=1,
         needs="operations"),
    Spec("graph.group", "&Group", "shaping.group", ("Ctrl+G",), "Put the selected nodes into a titled box",
         section=1, needs="nodes"),
    Spec("graph.ungroup", "&Ungroup", "shaping.ungroup", ("Ctrl+Shift+G",),
         "Take the box away; its nodes stay", section=1, needs="group"),
    Spec("graph.collapse", "C&ollapse or Expand the Group", "shaping.collapse", ("Shift+G",),
         "Show a group as one node, or its nodes again", section=1, needs="group"),
    Spec("graph.layout", "Arrange &Layout", "editing.arrange", ("L",),
         "Lay the graph out from left to right, or only the selected nodes",
         "arrange", 2, short="Arrange", needs="graph"),
    Spec("graph.colour", "Group Colou&r", "", section=1, is_menu=True, needs="group"),
    Spec("graph.colour_blue", "&Blue", "shaping.colours.blue", (), "Paint the group blue",
         submenu="graph.colour", needs="group", swatch="blue"),
    Spec("graph.colour_orange", "&Orange", "shaping.colours.orange", (), "Paint the group orange",
         submenu="graph.colour", needs="group", swatch="orange"),
    Spec("graph.colour_green", "&Green", "shaping.colours.green", (), "Paint the group green",
         submenu="graph.colour", needs="group", swatch="green"),
    Spec("graph.colour_purple", "&Purple", "shaping.colours.purple", (), "Paint the group purple",
         submenu="graph.colour", needs="group", swatch="purple"),
    Spec("graph.colour_sky", "&Sky", "shaping.colours.sky", (), "Paint the group sky",
         submenu="graph.colour", needs="group", swatch="sky"),
    Spec("graph.colour_vermilion", "&Vermilion", "shaping.colours.vermilion", (), "Paint the group vermilion",
         submenu="graph.colour", needs="group", swatch="vermilion"),
    Spec("graph.colour_yellow", "&Yellow", "shaping.colours.yellow", (), "Paint the group yellow",
         submenu="graph.colour", needs="group", swatch="yellow"),
    Spec("graph.colour_grey", "Gre&y", "shaping.colours.grey", (), "Paint the group grey",
         submenu="graph.colour", needs="group", swatch="grey"),
    Spec("graph.note", "Add a &Note", "handling.add_note", ("Shift+N",),
         "Write a note on the canvas", section=1),
    Spec("graph.align", "A&lign and Distribute", "", section=2, is_menu=True, needs="two"),
    Spec("graph.align_left", "&Left", "shaping.align_left", ("Alt+A, L",), "Left sides in line",
         needs="two", submenu="graph.align"),
    Spec("graph.align_centre", "&Centre", "shaping.align_centre", ("Alt+A, C",), "Centres in line",
         needs="two", submenu="graph.align"),
    Spec("graph.align_right", "&Right", "shaping.align_right", ("Alt+A, R",), "Right sides in line",
         needs="two", submenu="graph.align"),
    Spec("graph.align_top", "&Top", "shaping.align_top", ("Alt+A, T",), "Upper sides in line",
         needs="two", submenu="graph.align"),
    Spec("graph.align_middle", "&Middle", "shaping.align_middle", ("Alt+A, M",), "Middles in line",
         needs="two", submenu="graph.align"),
    Spec("graph.align_bottom", "&Bottom", "shaping.align_bottom", ("Alt+A, B",), "Lower sides in line",
         needs="two", submenu="graph.align"),
    Spec("graph.distribute_horizontally", "Distribute &Horizontally", "shaping.distribute_horizontally",
         ("Alt+A, H",), "Even gaps from left to right", section=1, needs="three", submenu="graph.align"),
    Spec("graph.distribute_vertically", "Distribute &Vertically", "shaping.distribute_vertically",
         ("Alt+A, V",), "Even gaps from top to bottom", section=1, needs="three", submenu="graph.align"),
    Spec("pass.play", "&Play", "player.toggle", (), "Play both passes, or pause", "play", shown_keys="Space",
         needs="steps"),
    Spec("pass.step", "Step &Forward", "player.step", (".",), "Take one step", "step", needs="steps"),
    Spec("pass.step_back", "Step &Back", "player.step_back", (",",), "Go one step back", "step_back",
         needs="steps"),
    Spec("pass.to_start", "To &Start", "player.to_start", ("Home",), "Go to before the first step",
         "to_start", 1, needs="steps"),
    Spec("pass.to_end", "To &End", "player.to_end", ("End",), "Show both passes complete", "to_end", 1,
         needs="steps"),
    Spec("pass.forward_mode", "Forward &Mode From It", "modes.forward", ("Shift+W",),
         "Let derivatives by the selected input run forward, to every node that depends on it", section=2,
         needs="input"),
    Spec("pass.reverse_mode", "&Reverse Mode", "modes.reverse", ("Shift+R",),
         "Let derivatives run back from the output again", section=2, needs="forward_mode"),
    Spec("pass.backward_again", "Backward A&gain", "player.backward_again", ("Shift+B",),
         "Run the backward pass once more without setting the gradients to zero: they add up", "again", 2,
         needs="gradients"),
    Spec("pass.zero_gradients", "&Zero Gradients", "player.zero_gradients", ("Shift+Z",),
         "Set every gradient to zero, as one does before each backward pass", "zero", 2, needs="gradients"),
    Spec("pass.keep_on_inputs", "Keep Gradients on &Inputs Only", "player.set_keeps_on_inputs_only", (),
         "Only inputs keep gradients from pass to pass, as in PyTorch; else every node, as in micrograd",
         section=2, checkable=True),
    Spec("pass.predict", "&Predict", "predicting.set_on", ("Shift+P",),
         "Type each number before it is shown, and be told which factor was wrong", section=3,
         checkable=True, needs="steps"),
    Spec("pass.hint", "&Hint", "predicting.hint", ("Ctrl+H",), "Show the next hint for the question",
         section=3, needs="question"),
    Spec("pass.show_answer", "Show Ans&wer", "predicting.show_answer", ("Ctrl+Shift+H",),
         "Show the answer and go on to the next question", section=3, needs="question"),
    Spec("pass.skip_phase", "S&kip to the Next Phase", "predicting.skip_phase", (),
         "Ask no more about this pass, and go on with what comes after it", section=3, needs="question"),
    Spec("pass.faster", "Fas&ter", "transport.faster", ("]",), "Play at the next higher speed", section=4),
    Spec("pass.slower", "S&lower", "transport.slower", ("[",), "Play at the next lower speed", section=4),
    Spec("train.step", "&One Step", "trainer.step", ("T",), "Take one step of gradient descent",
         needs="training"),
    Spec("train.run", "&Run", "trainer.run", ("Shift+T",),
         "Take as many steps as are set up, and show them on the canvas; once more: stop",
         needs="training or running"),
    Spec("train.stop", "S&top", "trainer.stop", (), "Stop where it is; then keep or restore",
         shown_keys="Esc", needs="running"),
    Spec("train.keep", "&Keep", "trainer.keep", ("Ctrl+T",),
         "Put what was learnt into the document, as one undo step", section=1, needs="learnt"),
    Spec("train.restore", "R&estore", "trainer.restore", ("Ctrl+Shift+R",),
         "Give up what was learnt: the values are those from before", section=1, needs="learnt"),
    Spec("train.load_table", "&Load Data Table…", "data_table.load", (),
         "Read a CSV file whose columns inputs can take", section=2, short="Load…"),
    Spec("train.save_run", "&Save Run as CSV…", "data_table.save_run", (),
         "Write the loss and every parameter, step by step, to a file", section=2, needs="run"),
    Spec("help.lessons", "&Lessons", "", is_menu=True),
    Spec("help.open_lesson", "&Open Lesson File…", "teaching.ask_open", (),
         "Walk through a lesson that somebody wrote", submenu="help.lessons"),
    Spec("help.lesson_next", "&Next Step of the Lesson", "teaching.lessons.next", ("Alt+PgDown",),
         "Go on in the lesson", section=1, needs="lesson", submenu="help.lessons"),
    Spec("help.lesson_back", "&Previous Step of the Lesson", "teaching.lessons.back", ("Alt+PgUp",),
         "Go back in the lesson, with its graph as it was there", section=1, needs="lesson",
         submenu="help.lessons"),
    Spec("help.lesson_again", "&Set the Step Up Again", "teaching.lessons.set_up_again", (),
         "Open the step's graph once more, as it was", section=1, needs="lesson", submenu="help.lessons"),
    Spec("help.lesson_close", "&Close the Lesson", "teaching.lessons.close", (),
         "Leave the lesson; its place is remembered", section=1, needs="lesson", submenu="help.lessons"),
    Spec("help.commands", "All &Commands…", "commanding.open", ("Ctrl+Shift+P",),
         "Search everything the program can do, and do it"),
    Spec("help.guide", "&Guide", "guide.open", (), "Read and search what the program can do"),
    Spec("help.here", "Help on &This", "guide.open_here", ("F1",),
         "Open the guide at the page about what has the focus"),
    Spec("help.shortcuts", "&Keyboard and Mouse", "show_shortcuts", ("?",), "All keys and gestures"),
    Spec("help.about", "&About nodegraph", "show_about", (), "Version and licences"),
)  # fmt: skip

SPECS = {spec.id: spec for spec in ACTIONS}


def make_actions(window: QWidget) -> dict[str, QAction]:
    """All actions as children of the window, each connected to its slot, by id."""
    return {spec.id: _make(spec, window) for spec in ACTIONS if not spec.is_menu}


def _make(spec: Spec, window: QWidget) -> QAction:
    # A key that is no shortcut of Qt's stands behind a tab: the menu shows it at the right all the same.
    action = QAction(f"{spec.text}\t{spec.shown_keys}" if spec.shown_keys else spec.text, window)
    action.setObjectName(spec.id)
    action.setIconText(spec.short or spec.plain_text.rstrip("…"))
    action.setShortcuts([QKeySequence(shortcut) for shortcut in spec.shortcuts])
    action.setToolTip(tooltip(spec))
    action.setStatusTip("")
    action.setCheckable(spec.checkable)
    action.setIconVisibleInMenu(bool(spec.swatch))
    if spec.swatch:
        action.setIcon(icons.swatch(COLOURS[spec.swatch]))
    slot = attrgetter(spec.slot)(window)
    (action.toggled if spec.checkable else action.triggered).connect(slot if spec.checkable else _Plain(slot))
    window.addAction(action)
    return action


class _Plain:
    """Calls a slot without the `checked` that `triggered` hands over."""

    def __init__(self, slot: object) -> None:
        self.slot = slot

    def __call__(self, _checked: bool = False) -> None:
        self.slot()  # type: ignore[operator]


def tooltip(spec: Spec) -> str:
    """What a control for this action says when the pointer rests on it."""
    return f"{spec.tooltip} ({spec.keys[0]})" if spec.keys else spec.tooltip


def fill_menu_bar(bar: QMenuBar, actions: dict[str, QAction]) -> dict[str, QMenu]:
    """The menus of the table, with lines between sections; returns the submenus for the window to fill, by
    id.
    """
    submenus: dict[str, QMenu] = {}
    for prefix, title in MENUS.items():
        menu = bar.addMenu(title)
        menu.setObjectName(f"menu.{prefix}")
        menu.setToolTipsVisible(True)
        for spec, is_first in _of_menu(prefix):
            parent = submenus.get(spec.submenu, menu)
            if is_first:
                parent.addSeparator()
            if spec.is_menu:
                submenus[spec.id] = parent.addMenu(spec.text)
                submenus[spec.id].setObjectName(spec.id)
                submenus[spec.id].setToolTipsVisible(True)
            else:
                parent.addAction(actions[spec.id])
    return submenus


def _of_menu(prefix: str) -> Iterator[tuple[Spec, bool]]:
    """The actions of a menu and its submenus, and whether a line comes before each."""
    sections: dict[str, int] = {}
    for spec in ACTIONS:
        if spec.id.startswith(f"{prefix}."):
            yield spec, spec.section != sections.get(spec.submenu, 0)
            sections[spec.submenu] = spec.section
