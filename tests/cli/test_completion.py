"""The scripts that make a shell complete what is typed: the shells themselves are asked."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.cli import arguments
from nodegraph.cli import environment as surroundings
from nodegraph.cli.completion import FILES, script
from tests.cli.conftest import ROOT

Call = Callable[..., Any]
COMMANDS = set(arguments.COMMANDS)

# In place of a keyboard: bash hands over the words, broken at = as readline breaks them.
ASK_BASH = """
source ./script
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_nodegraph
printf '%s\\n' "${COMPREPLY[@]}"
"""
ASK_FISH = 'source ./script; complete -C "$argv"'


def shell_or_skip(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the test stands: a folder with files that can be completed to."""
    monkeypatch.chdir(tmp_path)
    for name in ("seed.nodegraph", "my graph.nodegraph", "a=b.png"):
        (tmp_path / name).touch()
    return tmp_path


def asked_of_bash(*words: str) -> set[str]:
    bash = shell_or_skip("bash")
    Path("script").write_text(script("bash"), encoding="utf-8")
    done = subprocess.run(
        [bash, "--norc", "-c", ASK_BASH, "bash", "nodegraph", *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return set(done.stdout.splitlines()) - {"script", ""}


def asked_of_fish(line: str) -> set[str]:
    fish = shell_or_skip("fish")
    Path("script").write_text(script("fish"), encoding="utf-8")
    done = subprocess.run(
        [fish, "--no-config", "-c", ASK_FISH, line], capture_output=True, encoding="utf-8", check=True
    )
    return {line.partition("\t")[0] for line in done.stdout.splitlines()} - {"script"}


EVERY_FILE = {"seed.nodegraph", "my graph.nodegraph", "a=b.png"}
ASKED = [
    (["ex"], {"explain", "export"}),
    (["se"], {"seed.nodegraph"}),
    (["run", ""], EVERY_FILE),
    (["run", "my g"], {"my graph.nodegraph"}),
    (["run", "seed.nodegraph", "--o"], {"--output"}),
    (["check", "seed.nodegraph", "--js"], {"--json"}),
    (["new", "L = a", "-o", ""], EVERY_FILE),
    (["explain", "seed.nodegraph", "-o", "se"], {"seed.nodegraph"}),
    (["explain", "seed.nodegraph", "--format", ""], {"text", "markdown", "latex", "html"}),
    (["export", "seed.nodegraph", "--theme", "d"], {"dark"}),
    (["export", "seed.nodegraph", "--after", ""], {"none", "forward", "backward"}),
    (["completion", ""], {"bash", "zsh", "fish"}),
]
PIECES = [
    (["explain", "--set", "a", "=", "3", "se"], {"seed.nodegraph"}),
    (["explain", "seed.nodegraph", "--format", "=", "la"], {"latex"}),
    (["explain", "seed.nodegraph", "--format", "="], {"text", "markdown", "latex", "html"}),
    (["explain", "seed.nodegraph", "--set", "=", "a", "=", "3", "--format", "la"], {"latex"}),
    (["run", "a", "="], {"b.png"}),
    (["run", "a", "=", "b"], {"b.png"}),
]


@pytest.mark.parametrize(("words", "found"), ASKED + PIECES)
def test_bash_completes(words: list[str], found: set[str], folder: Path) -> None:
    assert asked_of_bash(*words) == found


def test_bash_offers_commands_and_files_first(folder: Path) -> None:
    assert asked_of_bash("") == COMMANDS | EVERY_FILE


@pytest.mark.parametrize(("words", "found"), [asked for asked in ASKED if " " not in "".join(asked[0])])
def test_fish_completes(words: list[str], found: set[str], folder: Path) -> None:
    assert asked_of_fish(" ".join(["nodegraph", *words])) == found


@pytest.mark.parametrize("shell", arguments.SHELLS)
def test_each_shell_takes_its_script(shell: str, nodegraph: Call, tmp_path: Path) -> None:
    done = nodegraph("completion", shell)
    assert (done.status, done.err) == (0, "")
    for command in COMMANDS:
        assert command in done.out
    (tmp_path / "script").write_text(done.out, encoding="utf-8")
    subprocess.run([shell_or_skip(shell), "-n", tmp_path / "script"], check=True)


def test_every_file_that_can_be_named_completes_to_files() -> None:
    words = {
        action.metavar
        for command in arguments.COMMANDS.values()
        for action in _actions(command)
        if action.dest in ("file", "out", "data", "table")
    }
    assert words
    assert words <= set(FILES)


def _actions(command: Callable[[argparse.ArgumentParser], None]) -> list[argparse.Action]:
    parser = argparse.ArgumentParser()
    command(parser)
    return parser._actions


def test_the_help_says_where_a_script_belongs(shell: Call) -> None:
    out = shell("completion", "--help").out
    for name in arguments.SHELLS:
        assert f"\n  {name} " in out


def test_an_unknown_shell_is_told(nodegraph: Call) -> None:
    assert "bash" in nodegraph("completion", "ksh").complaint
    assert "SHELL" in nodegraph("completion").complaint


def test_a_missing_shtab_is_told(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings.importlib.util, "find_spec", lambda name: None)
    complaint = nodegraph("completion", "bash").complaint
    assert complaint == "shtab is not installed; install it with: pip install shtab"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["run", "seed.nodegraph"]])
def test_no_other_command_loads_what_writes_the_scripts(words: list[str], seed: Path) -> None:
    code = "import sys; from nodegraph.cli import main; main(sys.argv[1:]); assert 'shtab' not in sys.modules"
    subprocess.run(
        [sys.executable, "-c", code, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
