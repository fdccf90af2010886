"""The house's one rule of imports: core ← formats ← canvas ← app, with the command line and the API on top.

Every import is read with `ast`, lazy ones inside functions too, so that no arrow can run back unnoticed.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import nodegraph
from tests.source import source_of

PACKAGE = Path(nodegraph.__file__).parent
LAYERS = ("core", "formats", "lessons", "canvas", "app")
ON_TOP = ("__init__", "__main__", "cli")
FREE_OF_QT = ("core", "formats", "lessons", "cli", "__init__", "__main__", "resources")
QT = ("PySide6", "shiboken6", "PyQt5", "PyQt6", "qtpy")

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The layer a module belongs to, or its own name where it stands directly in the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The full dotted name of everything a module imports, wherever in the module."""
    return tuple(_read_imports(path))


def _read_imports(path: Path) -> Iterator[str]:
    inside = (PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in source_of(path).imports:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(inside[: len(inside) - node.level]) if node.level else ""
            module = ".".join(part for part in (start, node.module or "") if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)
        else:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def arrows() -> list[tuple[Path, str, str]]:
    """(module, its room, the room it imports from) for all imports within the package."""
    found = []
    for path in MODULES:
        for name in imports_of(path):
            parts = name.split(".")
            if parts[0] == PACKAGE.name and len(parts) > 1:
                found.append((path, room_of(path), parts[1]))
    return found


def test_the_arrows_are_seen_at_all() -> None:
    rooms = {(room, target) for _, room, target in arrows()}
    assert {("core", "core"), ("formats", "core"), ("cli", "core")} <= rooms
    assert any(name.startswith("PySide6") for path in MODULES for name in imports_of(path))


def test_no_import_runs_back() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports nodegraph.{target}"
        for path, room, target in arrows()
        if room in LAYERS
        and (target in ON_TOP or (target in LAYERS and LAYERS.index(target) > LAYERS.index(room)))
    ]
    assert wrong == []


def test_core_imports_nothing_of_the_package_but_core() -> None:
    wrong = [
        f"{path.name}: {target}" for path, room, target in arrows() if room == "core" and target != "core"
    ]
    assert wrong == []


def test_core_formats_and_the_command_line_never_import_qt_themselves() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in MODULES
        if room_of(path) in FREE_OF_QT
        for name in imports_of(path)
        if name.split(".")[0] in QT
    ]
    assert wrong == []


def test_core_reads_and_writes_no_file() -> None:
    forbidden = {"os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket"}
    wrong = [
        f"{path.name} imports {name}"
        for path in MODULES
        if room_of(path) == "core"
        for name in imports_of(path)
        if name.split(".")[0] in forbidden
    ]
    assert wrong == []


def test_canvas_opens_no_file_and_edits_no_graph() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in MODULES
        if room_of(path) == "canvas"
        for name in imports_of(path)
        if name.startswith("nodegraph.formats.files")
    ]
    assert wrong == []


FREE = (
    "import nodegraph",
    "from nodegraph.core.engine import passes, trace",
    "from nodegraph.core.checks import gradient_check",
    "from nodegraph.core.graph import edits",
    "from nodegraph.core.building import expression",
    "from nodegraph.core.explain import explanation",
    "from nodegraph.core.layout import placement",
    "import nodegraph.formats.native, nodegraph.formats.png, nodegraph.formats.files",
    "import nodegraph.cli",
    "import nodegraph as ng; ng.run(ng.parse('L = (a*b + c)*f')).gradients",
)


def test_without_a_picture_or_a_window_no_qt_is_loaded() -> None:
    asked = f"""
import sys
for code in {FREE!r}:
    exec(code)
    if found := [name for name in sys.modules if name.split('.')[0] in {QT!r}]:
        sys.exit(f"{{code}} loads {{found}}")
"""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", asked],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr.strip()) == (0, "")


@pytest.mark.parametrize(
    "code",
    [
        "import nodegraph as ng; ng.run(ng.parse('L = (a*b + c)*f')).gradients",
        "import nodegraph as ng\n"
        "from nodegraph.formats import examples\n"
        "ng.run(ng.load(examples.seed().path))",
        "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from nodegraph.app import create_window\n"
        "window = create_window(); window.show(); window.application.processEvents(); window.close()",
    ],
)
def test_running_and_opening_a_placed_graph_wait_for_no_networkx(code: str, tmp_path: Path) -> None:
    asked = f"{code}\nimport sys\nprint('networkx' in sys.modules)"
    homes = {key: str(tmp_path) for key in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=os.environ | homes,
    )
    assert ran.stdout.strip() == "False"


def _loaded_by(code: str, tmp_path: Path) -> set[str]:
    """The modules that are there after a program that prints nothing."""
    asked = f"{code}\nimport sys\nsys.__stdout__.write('\\n' + ' '.join(sys.modules))"
    homes = {key: str(tmp_path) for key in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=PACKAGE.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
        env=os.environ | homes | {"PYTHONUTF8": "1"},
    )
    return set(ran.stdout.rpartition("\n")[2].split())


def test_the_help_loads_nothing_of_the_mathematics(tmp_path: Path) -> None:
    loaded = _loaded_by("from nodegraph.cli import main; main(['--help'])", tmp_path)
    loaded -= _loaded_by("import argparse; argparse.ArgumentParser().print_help()", tmp_path)  # Python's own
    assert "nodegraph.cli.arguments" in loaded
    assert {"numpy", "dataclasses", "nodegraph.core.graph.graph", "nodegraph.cli.figures"} & loaded == set()


def test_a_run_loads_what_it_needs_of_our_own_files_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "a.nodegraph"
    made = f"from nodegraph.cli import main; main(['new', 'L = (a*b + c)*f', '-o', {str(file)!r}])"
    assert "nodegraph.formats.native" in _loaded_by(made, tmp_path)
    loaded = _loaded_by(f"from nodegraph.cli import main; main(['run', {str(file)!r}])", tmp_path)
    assert {"nodegraph.core.engine.passes", "nodegraph.cli.tables"} <= loaded
    spared = {
        "networkx", "hashlib", "secrets", "nodegraph.canvas", "nodegraph.cli.records",
        "nodegraph.formats.carriers", "nodegraph.formats.kinds", "nodegraph.core.explain",
        "nodegraph.core.checks.gradient_check", "nodegraph.core.training.optimizers",
        "nodegraph.core.operations.formula_reader",
    }  # fmt: skip
    assert spared & loaded == set()
