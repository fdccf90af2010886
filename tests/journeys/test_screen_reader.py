"""What a screen reader finds, asked through AT-SPI of the program in a real window."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph import resources
from setup_environment import system
from tests.journeys.screen import ROOT, missing

READER = Path(__file__).with_name("read_aloud.py")
SESSION = """
{bus} --launch-immediately & bus=$!
openbox & manager=$!
{python} -m nodegraph {document} & program=$!
{system} {reader}; status=$?
kill $program $manager $bus
exit $status
"""


def what_is_missing() -> list[str]:
    """What this test needs and is not there."""
    screen = [name for name in missing() if name in ("Xvfb", "openbox")]
    return screen + [need.name for need in system.SCREEN_READER_TEST_PROGRAMS if not system.is_met(need)]


pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(what_is_missing()), reason=f"AT-SPI needs {', '.join(what_is_missing())}"),
]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, bool]]:
    """(role, name, description, whether it is showing) of everything in the window."""
    import os

    home = tmp_path_factory.mktemp("home")
    document = home / "seed.nodegraph"
    shutil.copy(resources.path("examples", "seed", "seed-L.nodegraph"), document)
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("QT_", "XDG_", "DBUS_", "NO_AT"))
    }
    env = kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NODEGRAPH_SETTINGS": str(home / "settings.ini"),
        "NODEGRAPH_STATE": str(home / "state"),
        "PYTHONPATH": str(ROOT),
    }
    words = {
        "bus": system.found_program("at-spi-bus-launcher"),
        "python": sys.executable,
        "document": document,
        "system": system.SYSTEM_PYTHON,
        "reader": READER,
    }
    session = SESSION.format_map({name: shlex.quote(str(word)) for name, word in words.items()})
    command = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", "sh", "-c", session]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(one) for one in json.loads(done.stdout[done.stdout.index("[[") :])]


def names(heard: list[tuple[str, str, str, bool]], *roles: str) -> list[str]:
    """The names of everything in these roles."""
    return [name for role, name, _, _ in heard if role in roles]


def test_the_outline_tells_every_node_in_execution_order(heard: list[tuple[str, str, str, bool]]) -> None:
    rows = [name for name in names(heard, "table cell") if ", gradient" in name]
    assert [row.split(",")[0] for row in rows] == ["a", "b", "c", "f", "e", "d", "L"]
    assert rows[0] == "a, Input, value 2, gradient not reached yet"
    assert ("tree", "Nodes in execution order") in [(role, name) for role, name, _, _ in heard]


def test_the_canvas_tells_its_nodes_and_edges(heard: list[tuple[str, str, str, bool]]) -> None:
    items = names(heard, "list item")
    assert {"a, Input", "e, Multiply", "d, Add", "L, Multiply"} <= set(items)
    assert {"Edge from a to e, input 1", "Edge from f to L, input 2"} <= set(items)
    (told,) = [description for _, name, description, _ in heard if name == "a, Input"]
    assert told == "value 2"


def test_every_control_that_shows_has_a_name(heard: list[tuple[str, str, str, bool]]) -> None:
    controls = {
        "push button", "toggle button", "check box", "radio button", "combo box", "slider", "spin button",
        "text", "entry", "list", "table", "tree", "menu item", "check menu item",
    }  # fmt: skip
    nameless = [one for one in heard if one[0] in controls and one[3] and not one[1].strip()]
    assert not nameless


def test_the_main_controls_are_found_by_role_and_name(heard: list[tuple[str, str, str, bool]]) -> None:
    known = {(role, name) for role, name, _, _ in heard}
    assert {
        ("push button", "Play"),
        ("push button", "Step Forward"),
        ("push button", "Undo"),
        ("slider", "Timeline"),
        ("text", "Search operations"),
        ("list", "Operations"),
        ("list", "Canvas"),
    } <= known


def test_the_step_is_told(heard: list[tuple[str, str, str, bool]]) -> None:
    assert any(name.startswith("Start. Press play") for name in names(heard, "label"))
