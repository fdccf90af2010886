"""The rooms of the house: who may import whom, how many modules a room holds, and that no circle grows.

Every import is read with `ast`: lazy ones inside functions, and those for types alone. What is still against
the rules is listed by name; a name may only be struck from these lists.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

import nodegraph
from nodegraph.app.workspace.workspace import Workspace
from tests.source import source_of

PACKAGE = Path(nodegraph.__file__).parent
MOST_MODULES = 20

ORDER = (
    ("core",),
    ("core/notation",),
    ("core/latex",),
    ("core/operations",),
    ("core/kernels",),
    ("core/graph", "core/rows"),
    ("core/layout", "core/engine"),
    ("core/checks",),
    ("core/training",),
    ("core/stage",),
    ("core/data",),
    ("core/building",),
    ("core/values",),
    ("core/recording",),
    ("core/explain",),
    ("core/script",),
    ("formats/disk", "formats/pictures"),
    ("formats",),
    ("formats/cells",),
    ("formats/tables", "formats/programs", "formats/foreign"),
    ("formats/cluster",),
    ("lessons",),
    ("canvas/drawing",),
    ("canvas/pictures",),
    ("canvas/items",),
    ("canvas/scene",),
    ("canvas/page",),
    ("canvas", "canvas/viewport"),
    ("canvas/animation",),
    ("canvas/gestures", "canvas/fields"),
    ("canvas/view",),
    ("app/platform",),
    ("app/widgets",),
    ("app/document",),
    ("app/playback",),
    ("app/commands",),
    ("app/workspace",),
    ("app/features",),
    ("app/window",),
    ("app",),
    ("cli/options",),
    ("cli",),
)
"""Rooms from the ground up: a room may import those in the rows before it. `core` and `canvas` alone are the
modules that stand directly in those folders; `app/features` is each of the features, none of which imports
another.
"""

AGAINST_THE_ORDER: frozenset[tuple[str, str]] = frozenset()
"""(module, module) that import against the order today."""

CIRCLES: tuple[frozenset[str], ...] = ()
"""Modules that import each other in a circle today."""

LONG_FILES: frozenset[str] = frozenset()
"""Files of more than 400 lines today; the catalogue of operations, one record an operation, may be longer."""


LONG_FUNCTIONS: frozenset[tuple[str, str]] = frozenset()
"""Functions of more than 40 lines today."""


@cache
def modules() -> dict[str, Path]:
    """Each module by its name below the package, such as `core.graph.edits`; a package has its folder's."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room_of(module: str) -> str:
    """The folder a module lies in; all of a feature's folder is one room."""
    folder = modules()[module].parent.relative_to(PACKAGE).as_posix()
    return "" if folder == "." else folder


def row_of(room: str) -> int | None:
    """How high a room lies, or None for what stands beside the rooms."""
    name = "app/features" if room.startswith("app/features") else room
    return next((row for row, rooms in enumerate(ORDER) if name in rooms), None)


@cache
def imports() -> dict[str, frozenset[str]]:
    """Which modules of the package each module imports."""
    return {module: frozenset(_imported(path)) - {module, ""} for module, path in modules().items()}


def _imported(path: Path) -> Iterator[str]:
    for node in source_of(path).imports:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            below, _, inside = name.partition(".")
            if below == PACKAGE.name:
                yield inside if inside in modules() else inside.rpartition(".")[0]


def circles() -> list[frozenset[str]]:
    """All sets of modules that can reach each other by imports."""
    ahead = {module: _reachable(module) for module in modules()}
    found: list[frozenset[str]] = []
    for module, reached in ahead.items():
        if module in reached and not any(module in circle for circle in found):
            found.append(frozenset(other for other in reached if module in ahead[other]))
    return found


def _reachable(start: str) -> frozenset[str]:
    seen: set[str] = set()
    ahead = list(imports()[start])
    while ahead:
        module = ahead.pop()
        if module not in seen:
            seen.add(module)
            ahead += imports().get(module, ())
    return frozenset(seen)


@cache
def long_functions() -> set[tuple[str, str]]:
    """Each function of more than 40 lines, with the module it is in."""
    return {
        (module, name)
        for module, path in modules().items()
        for name, lines in source_of(path).functions
        if lines >= 40
    }


def against_the_order() -> set[tuple[str, str]]:
    """Each import from a room to another one that does not lie below it."""
    found = set()
    for module, targets in imports().items():
        for target in targets:
            here, there = room_of(module), room_of(target)
            low, high = row_of(there), row_of(here)
            if here != there and low is not None and high is not None and low >= high:
                found.add((module, target))
    return found


def test_every_module_lies_in_a_room() -> None:
    beside = {module for module in modules() if row_of(room_of(module)) is None}
    assert beside == {"", "__main__", "named_files", "qt_folder", "resources"}


def test_a_room_imports_only_rooms_below_it() -> None:
    arrows = [f"{module} imports {target}" for module, target in against_the_order() - AGAINST_THE_ORDER]
    assert sorted(arrows) == []


def test_no_feature_imports_another() -> None:
    arrows = [
        f"{module} imports {target}"
        for module, targets in imports().items()
        for target in targets
        if room_of(module).startswith("app/features/")
        and room_of(target).startswith("app/features/")
        and room_of(module) != room_of(target)
    ]
    assert arrows == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    grown = [sorted(circle) for circle in circles() if not any(circle <= known for known in CIRCLES)]
    assert grown == []


def test_only_the_manager_and_the_start_name_the_main_window() -> None:
    naming = {module for module, targets in imports().items() if "app.window.main_window" in targets}
    assert naming == {"app", "app.window.window_manager"}


def test_the_workspace_has_at_most_thirteen_fields_and_none_of_a_feature() -> None:
    assert len(fields(Workspace)) <= 13
    above = [row_of("app/features"), row_of("app/window")]
    assert [name for name in imports()["app.workspace.workspace"] if row_of(room_of(name)) in above] == []


def test_nobody_asks_who_sent_a_signal_or_resolves_a_dotted_name() -> None:
    paths = {name: path for name, path in modules().items() if name.startswith("app.")}
    asking = [
        name for name, path in paths.items() if re.search(r"\.sender\(|attrgetter", path.read_text("utf-8"))
    ]
    assert asking == []


def test_no_room_has_more_than_twenty_modules() -> None:
    rooms = [room_of(module) for module in modules()]
    assert [room for room in set(rooms) if rooms.count(room) > MOST_MODULES] == []


def test_the_list_for_people_has_every_room_in_its_place() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (tree,) = re.findall(r"^```\nnodegraph/\n(.*?)^\S", text, re.MULTILINE | re.DOTALL)
    listed, folder = [], ""
    for indent, name in re.findall(r"^( +)(\w+)/ ", tree, re.MULTILINE):
        folder = name if len(indent) == 2 else folder
        listed += [name if len(indent) == 2 else f"{folder}/{name}"]
    rows = {room: number for number, row in enumerate(ORDER) for room in row}
    assert {*listed} == {*rows, "formats", "canvas", "cli", "app", "core"}
    rooms = [rows[room] for room in listed if "/" in room]
    assert rooms == sorted(rooms)


def test_no_file_has_more_than_four_hundred_lines() -> None:
    long = {
        module
        for module, path in modules().items()
        if path.read_text(encoding="utf-8").count("\n") > 400 and module != "core.operations.catalogue"
    }
    assert long - LONG_FILES == set()


def test_no_function_has_more_than_forty_lines() -> None:
    assert sorted(long_functions() - LONG_FUNCTIONS) == []


@pytest.mark.parametrize("known", ["order", "circles", "long files", "long functions"])
def test_what_is_mended_is_struck_from_the_lists(known: str) -> None:
    if known == "order":
        assert AGAINST_THE_ORDER - against_the_order() == set()
    elif known == "circles":
        assert [set(circle) for circle in CIRCLES if circle not in circles()] == []
    elif known == "long functions":
        assert LONG_FUNCTIONS - long_functions() == set()
    else:
        assert {name for name in LONG_FILES if name not in modules()} == set()
