"""What only a process of its own shows: what is imported, closed pipes, terminals of few characters, no
display.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nodegraph.cli import environment as surroundings
from nodegraph.cli import output
from tests.cli.conftest import ROOT

Call = Callable[..., Any]
PYTHON = shlex.quote(sys.executable)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="file descriptors are redirected as a shell does"
)

IMPORTS = """
import json, sys
from nodegraph.cli import main
told = {}
for words in json.loads(sys.argv[1]):
    status = main(words.split())
    heavy = {name.partition(".")[0] for name in sys.modules} & {"PySide6", "shiboken6", "numpy", "networkx"}
    told[words] = [status, *sorted(heavy)]
print(json.dumps(told), file=sys.stderr)
"""


def imports_after(*calls: str) -> dict[str, list[Any]]:
    """The status of each of these calls, made one after the other in a process of its own, and what of the
    large libraries had been imported when it was done.
    """
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, json.dumps(calls)],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    told: dict[str, list[Any]] = json.loads(done.stderr.strip().splitlines()[-1])
    return told


def test_help_and_version_import_neither_qt_nor_numpy(seed: Path) -> None:
    calls = ("--help", "--version", "run --help", "export --help", "layout --help", "new --help")
    assert imports_after(*calls) == {words: [0] for words in calls}


def test_run_explain_check_and_new_never_import_qt(seed: Path) -> None:
    calls = (
        "run seed.nodegraph", "run seed.nodegraph --json", "explain seed.nodegraph",
        "explain seed.nodegraph a", "explain seed.nodegraph --format html", "check seed.nodegraph",
        "new L=a*b -o new.nodegraph",
    )  # fmt: skip
    for words, told in imports_after(*calls).items():
        assert told in ([0, "numpy"], [0, "networkx", "numpy"]), words


def test_version_and_help_are_printed(shell: Call, nodegraph: Call) -> None:
    assert shell("--version").out == "nodegraph 0.1.0\n"
    done = shell("--help")
    assert (done.status, done.err) == (0, "")
    for command in ("new", "run", "explain", "check", "export", "layout"):
        assert f"\n  {command} " in done.out
        assert nodegraph(command, "--help").out.startswith(f"usage: nodegraph {command} ")


@posix_only
def test_a_reader_that_leaves_early_is_no_error(seed: Path) -> None:
    for words in ("run seed.nodegraph", "explain seed.nodegraph", "--help"):
        command = f'{PYTHON} -m nodegraph {words} | true; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert (done.stdout, done.stderr) == ("0\n", "")


def test_no_more_lines_are_made_once_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.TextIOWrapper):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    made = []
    monkeypatch.setattr(sys, "stdout", Gone(io.BytesIO(), encoding="utf-8"))
    monkeypatch.setattr(output, "_drop_the_rest", lambda: None)
    output.say_all(str(made.append(number)) for number in range(10 * output.AT_ONCE))
    assert len(made) == output.AT_ONCE


@posix_only
def test_a_full_disk_behind_the_output_is_told(seed: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "nodegraph", "run", "seed.nodegraph"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "nodegraph: error: the output could not be written: No space left on device\n"


@posix_only
def test_it_works_without_any_output(seed: Path) -> None:
    for words, status in (("run seed.nodegraph", 0), ("run none", 2), ("--help", 0)):
        command = f"exec >&- 2>&-; {PYTHON} -m nodegraph {words}"
        done = subprocess.run(["sh", "-c", command], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == status


def test_a_terminal_of_plain_letters_gets_plain_letters(shell: Call) -> None:
    done = shell("run", "seed.nodegraph", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.status == 0
    assert "L = (a * b + c) * f\n" in done.out
    assert "dL/dnode" in done.out
    assert done.out.isascii()
    assert shell("explain", "seed.nodegraph", PYTHONIOENCODING="ascii", PYTHONUTF8="0").out.isascii()
    shell("new", "b = a*2; c = b*3; L = a*c + b", "-o", "ways.nodegraph")
    told = shell("explain", "ways.nodegraph", "a", PYTHONIOENCODING="ascii", PYTHONUTF8="0").out
    ways = told.splitlines()[-3:]
    assert len({way.rstrip().rindex("  ") for way in ways}) == 1, ways


def test_json_stays_json_on_a_terminal_of_plain_letters(shell: Call) -> None:
    shell("new", "y = größe*2", "-o", "new.nodegraph")
    done = shell("run", "new.nodegraph", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "größe" in json.loads(done.out)["values"]


def test_a_name_in_greek_is_spelled_where_a_terminal_has_no_greek(shell: Call) -> None:
    shell("new", "z = (x - μ)/σ; y = sigmoid(z)", "-o", "greek.nodegraph")
    done = shell("run", "greek.nodegraph", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "y = sigmoid((x - mu) / sigma)" in done.out
    assert [line.split()[0] for line in done.out.splitlines() if " input " in line] == ["x", "mu", "sigma"]
    assert len({line.index("input") for line in done.out.splitlines() if " input " in line}) == 1


@posix_only
def test_a_file_name_that_is_no_text_is_told(shell: Call) -> None:
    done = shell("run", os.fsdecode(b"caf\xe9"))
    assert done.complaint == "caf\\udce9: There is no such file."


def test_export_needs_no_display(shell: Call) -> None:
    done = shell("export", "seed.nodegraph", "-o", "seed.png", DISPLAY=":987", QT_QPA_PLATFORM="xcb")
    assert (done.status, done.out, done.err) == (0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen to ask for")
def test_without_a_display_the_editor_says_so(shell: Call) -> None:
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    assert shell("seed.nodegraph", **nowhere).complaint.startswith("there is no display to open a window on")
    assert shell(**nowhere).complaint.startswith("there is no display to open a window on")


# --- the editor
@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the editor was opened on, in place of a window."""
    calls: list[Any] = []
    app = ModuleType("nodegraph.app")
    app.main = lambda path: calls.append(path) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nodegraph.app", app)
    monkeypatch.setattr(surroundings, "demand_window", lambda: None)
    return calls


def test_a_file_opens_the_editor_and_so_does_nothing_at_all(nodegraph: Call, opened: list[Any]) -> None:
    assert nodegraph("seed.nodegraph").status == 0
    assert nodegraph().status == 0
    assert opened == ["seed.nodegraph", None]


def test_a_file_named_like_a_command_is_opened_by_its_path(
    nodegraph: Call, seed: Path, opened: list[Any]
) -> None:
    seed.rename("run")
    assert nodegraph("./run").status == 0
    assert opened == ["./run"]


# --- what the system lacks
def test_missing_libraries_are_named_all_at_once(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(surroundings, "_loads", lambda name: name not in ("libGL.so.1", "libEGL.so.1"))
    complaint = nodegraph("export", "seed.nodegraph", "-o", "x.png").complaint
    assert complaint == (
        "Qt cannot start, because this system lacks libGL.so.1, libEGL.so.1;"
        " on Debian and Ubuntu: apt-get install libgl1 libegl1"
    )


def test_a_missing_pyside_is_told(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings.importlib.util, "find_spec", lambda name: None)
    complaint = nodegraph("export", "seed.nodegraph", "-o", "x.png").complaint
    assert complaint.startswith("PySide6 is not installed; install it with: pip install")


@pytest.mark.skipif(sys.platform != "linux", reason="X is asked on Linux only")
def test_a_display_that_does_not_answer_is_told(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "_loads", lambda name: True)
    monkeypatch.setattr(surroundings, "_x_server_answers", lambda: False)
    for name, value in (("DISPLAY", ":987"), ("WAYLAND_DISPLAY", ""), ("QT_QPA_PLATFORM", "")):
        monkeypatch.setenv(name, value)
    assert nodegraph("seed.nodegraph").complaint.startswith("the display :987 does not answer")
