"""The order of the menus: ids of commands, nothing else. What a command is called and does stands with its
feature; where it is found, and beside which others, stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE, OTHERS = "", "*"
"""A line between entries; and where those commands of a menu come that are not named here."""


@dataclass(frozen=True)
class Menu:
    """A menu or a submenu: its commands by id, submenus, and `LINE`. One without entries is filled while the
    program runs.
    """

    id: str
    title: str
    entries: tuple[str | Menu, ...] = ()

    @property
    def plain_title(self) -> str:
        """Its title without the mark of the menu key."""
        return self.title.replace("&", "")


MENUS = (
    Menu("file", "&File", (
        "file.new", "file.from_text", "file.new_window", "file.open",
        Menu("file.open_recent", "Open &Recent"), Menu("file.examples", "E&xamples"), LINE,
        "file.save", "file.save_as", LINE,
        "file.export", "file.export_again", "file.export_animation", "file.export_derivation",
        "file.export_program", LINE,
        "file.copy_picture", "file.copy_svg", "file.copy_markdown", OTHERS, LINE,
        "file.welcome", LINE,
        "file.close", "file.quit",
    )),
    Menu("edit", "&Edit", (
        "edit.undo", "edit.redo", LINE,
        "edit.cut", "edit.copy",
        Menu("edit.copy_as_code", "Cop&y as Code", (
            "edit.copy_python", "edit.copy_numpy", "edit.copy_torch", "edit.copy_jax", "edit.copy_micrograd",
            LINE, "edit.copy_numpy_vectorised", "edit.copy_torch_vectorised", "edit.copy_jax_vectorised",
        )),
        "edit.paste", "edit.duplicate", "edit.duplicate_connected", "edit.delete", "edit.delete_heal", LINE,
        "edit.rename", "edit.set_output", OTHERS, LINE,
        "edit.select_all", "edit.select_upstream", "edit.select_downstream",
        Menu("edit.along_edges", "Along Ed&ges", (
            "edit.next_edge", "edit.previous_edge", "edit.go_to_source", "edit.go_to_target",
        )),
        LINE,
        "edit.find", "edit.find_next", "edit.find_previous",
    )),
    Menu("view", "&View", (
        "view.fit",
        Menu("view.zoom", "&Zoom and View History", (
            "view.fit_selection", LINE, "view.zoom_in", "view.zoom_out", "view.zoom_100", LINE,
            "view.back", "view.forward",
        )),
        LINE,
        Menu("view.edges", "Ed&ges", (
            "view.edges_curved", "view.edges_straight", "view.edges_right_angled", LINE, "view.arrowheads",
            LINE, "view.derive_edge",
        )),
        Menu("view.labels", "Edge &Labels", (
            "view.labels_automatic", "view.labels_full", "view.labels_contribution", "view.labels_step",
            "view.labels_none",
        )),
        Menu("view.names_and_digits", "&Names and Digits", (
            "view.typeset_names", LINE, "view.digits_usual", LINE, "view.digits_2", "view.digits_3",
            "view.digits_4", "view.digits_5", "view.digits_6", "view.digits_7", "view.digits_8",
        )),
        LINE, OTHERS, LINE,
        Menu("view.parts", "Pa&rts of the Window", ("view.next_part", "view.previous_part")),
        Menu("view.on_canvas", "On the &Canvas", (
            "view.hints", "view.snap", "view.minimap", "view.legend", "view.marks", "view.check", LINE,
            "view.spotlight",
        )),
        Menu("view.appearance", "Te&xt, Colours, Motion", (
            "view.text_larger", "view.text_smaller", "view.text_normal", LINE,
            "view.theme", "view.theme_system", "view.high_contrast", "view.reduced_motion",
        )),
        "view.presentation",
    )),
    Menu("graph", "&Graph", (
        "graph.add", "graph.connect", "graph.connect_input", "graph.insert", "graph.reroute_from",
        "graph.reroute_to",
        Menu("graph.bends", "Edge &Bends", ("graph.add_bend", "graph.remove_bend", "graph.straighten")),
        Menu("graph.network", "In&sert", ("graph.insert_neuron", "graph.insert_layer", "graph.insert_mlp")),
        OTHERS, LINE,
        "graph.mute", "graph.exchange_leaves", "graph.group", "graph.ungroup", "graph.collapse", LINE,
        "graph.layout", "graph.top_to_bottom", LINE,
        Menu("graph.colour", "Group Colou&r", (
            "graph.colour_blue", "graph.colour_orange", "graph.colour_green", "graph.colour_purple",
            "graph.colour_sky", "graph.colour_vermilion", "graph.colour_yellow", "graph.colour_grey",
        )),
        "graph.note", LINE,
        Menu("graph.align", "A&lign and Distribute", (
            "graph.align_left", "graph.align_centre", "graph.align_right", "graph.align_top",
            "graph.align_middle", "graph.align_bottom", LINE,
            "graph.distribute_horizontally", "graph.distribute_vertically",
        )),
    )),
    Menu("pass", "&Pass", (
        "pass.play", "pass.step", "pass.step_back", LINE,
        "pass.to_start", "pass.to_end", "pass.to_edge", LINE,
        "pass.forward_mode", "pass.reverse_mode", "pass.backward_again", "pass.zero_gradients",
        "pass.keep_on_inputs", OTHERS, LINE,
        "pass.predict", "pass.hint", "pass.show_answer", "pass.skip_phase", LINE,
        "pass.faster", "pass.slower",
    )),
    Menu("train", "&Train", (
        "train.step", "train.run", "train.stop", LINE,
        "train.keep", "train.restore", LINE,
        "train.earlier_step", "train.later_step", "train.newest_step", "train.take_step", "train.go_on", LINE,
        "train.load_table", "train.generate_data", LINE,
        "train.standardise", "train.one_hot", "train.leave_gaps_out", "train.shuffle_rows", LINE,
        "train.save_data", "train.save_run", OTHERS,
    )),
    Menu("help", "&Help", (
        Menu("help.lessons", "&Lessons", (
            "help.open_lesson", LINE,
            "help.lesson_next", "help.lesson_back", "help.lesson_again", "help.lesson_close",
        )),
        "help.commands", "help.guide", "help.here", "help.shortcuts", OTHERS, "help.about",
    )),
)  # fmt: skip
"""The menu bar. `OTHERS` in View is where the panels come, in the order of the window's features."""


@dataclass(frozen=True)
class Place:
    """Where a command is found: its menu, and the submenu in it if there is one."""

    id: str
    menu: Menu
    submenu: Menu | None = None

    @property
    def path(self) -> str:
        """Returns the way to it, as people read it."""
        menus = (self.menu, self.submenu) if self.submenu is not None else (self.menu,)
        return " ▸ ".join(menu.plain_title for menu in menus)


def completed(menu: Menu, command_ids: Iterable[str]) -> tuple[str | Menu, ...]:
    """Returns the entries of a menu of the bar, with those of these commands that it does not name in their
    place.
    """
    named = {place.id for place in _places(menu, menu.entries, None)}
    others = tuple(i for i in command_ids if i.partition(".")[0] == menu.id and i not in named)
    entries: list[str | Menu] = []
    for entry in menu.entries:
        entries += others if entry == OTHERS else (entry,)
    return tuple(entries)


def places(command_ids: Iterable[str]) -> list[Place]:
    """Returns the place of each of these commands, in the order of the menus."""
    known = list(command_ids)
    found = [place for menu in MENUS for place in _places(menu, completed(menu, known), None)]
    return [place for place in found if place.id in known]


def _places(menu: Menu, entries: tuple[str | Menu, ...], submenu: Menu | None) -> Iterator[Place]:
    for entry in entries:
        if isinstance(entry, Menu):
            yield from _places(menu, entry.entries, entry)
        elif entry not in (LINE, OTHERS):
            yield Place(entry, menu, submenu)
