"""The commands themselves: what they hand on, and how they meet an older Python."""

import ast
import json
import os
import runpy
import sys
import tomllib
from pathlib import Path

import check
import pytest
import run

from setup_environment import DEVELOPMENT_LOCK, FAST_LOCK, ROOT, RUN_LOCK, environment_with_checkout

SCRIPTS = ROOT / "scripts"


@pytest.mark.parametrize("name", ["run.py", "test.py", "check.py", "setup_environment/__init__.py"])
def test_an_old_python_can_read_as_far_as_the_refusal(name):
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"nodegraph needs Python 3\.11 or newer.*3\.9"):
        runpy.run_path(str(SCRIPTS / "setup_environment" / "__init__.py"))


@pytest.mark.parametrize("lock", [RUN_LOCK, FAST_LOCK, DEVELOPMENT_LOCK])
def test_every_package_of_the_project_is_pinned_with_a_hash(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    if lock == DEVELOPMENT_LOCK:
        groups = project["dependency-groups"]
        wanted += groups["test"] + groups["check"]
    pins = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    pinned = {pin.partition("==")[0] for pin in pins}
    assert {requirement.split(">")[0].lower() for requirement in wanted} <= pinned
    assert all("--hash=sha256:" in pin for pin in pins)


def test_both_locks_pin_the_same_versions():
    def pins(lock):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        return {line for line in lines if "==" in line}

    assert pins(RUN_LOCK) <= pins(DEVELOPMENT_LOCK)
    assert pins(RUN_LOCK) <= pins(FAST_LOCK)


@pytest.mark.skipif(os.pathsep in str(ROOT), reason="no list of paths can hold this checkout")
def test_the_checkout_is_found_from_any_folder_and_before_other_paths():
    environment = environment_with_checkout({"PYTHONPATH": "elsewhere", "KEPT": "1"})
    assert environment == {"PYTHONPATH": f"{ROOT}{os.pathsep}elsewhere", "KEPT": "1"}
    assert environment_with_checkout({})["PYTHONPATH"] == str(ROOT)


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """The commands that would have been run, each of which succeeds, from a folder one may write to."""
    monkeypatch.chdir(tmp_path)
    commands = []
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: commands.append(command[4:]) or 0)
    return commands


def test_without_a_screen_the_seed_example_is_run_and_drawn(calls, capsys):
    assert run.run_without_screen(Path("python"), []) == 0
    seed = str(run.SEED_EXAMPLE)
    assert calls == [["run", seed], ["export", seed, "-o", "nodegraph-seed.png"]]
    told = capsys.readouterr().err
    assert "no screen" in told
    assert str(Path("nodegraph-seed.png").resolve()) in told


def test_without_a_screen_a_picture_is_never_written_over_the_document(calls):
    run.run_without_screen(Path("python"), [Path("mine.png")])
    assert calls[1] == ["export", "mine.png", "-o", "nodegraph-mine.png"]


def test_without_a_screen_a_picture_goes_elsewhere_where_one_may_not_write(calls, monkeypatch):
    monkeypatch.setattr(run, "may_write", lambda folder: False)
    run.run_without_screen(Path("python"), [Path("mine.png")])
    written = Path(calls[1][3])
    assert written.parent.is_dir()
    assert written.parent != Path.cwd()
    written.parent.rmdir()


def test_a_document_that_cannot_be_run_gives_its_status(monkeypatch):
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: 2)
    assert run.run_without_screen(Path("python"), [Path("bad.nodegraph")]) == 2


def test_help_is_printed_before_anything_is_set_up(monkeypatch, capsys):
    monkeypatch.setattr(run, "install_for_qt", lambda **_: pytest.fail("set up"))
    assert run.main(["--help"]) == 0
    assert "usage:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "home/ann/x",
        "cd /" + "tmp/x",
        "at /" + "work/main",
        "(/" + "root/x)",
        "via https://py" + "pi.org/x",
    ],
)
def test_a_machines_path_or_a_registrys_host_is_found(tmp_path, line):
    (tmp_path / "notes.md").write_text(f"first\n{line}\n")
    assert [finding.split(": ")[0] for finding in check.unwanted_lines(Path("notes.md"), tmp_path)] == [
        "notes.md:2"
    ]


@pytest.mark.parametrize(
    "line", ["the/home/page", "~/home/x", "$HOME/tmp/x", "tmp_path / 'x'", "at home/ or tmp/", "PyPI"]
)
def test_what_only_looks_like_one_is_left_alone(tmp_path, line):
    (tmp_path / "notes.md").write_text(line)
    assert list(check.unwanted_lines(Path("notes.md"), tmp_path)) == []


def test_pictures_are_not_read_as_text(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\0 /" + b"home/ann/x")
    assert list(check.unwanted_lines(Path("a.png"), tmp_path)) == []


def test_a_page_that_was_translated_from_other_sources_is_told(tmp_path, capsys):
    assert check.page_is_in_step(ROOT)
    kept = tmp_path / "resources" / "page" / "program.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"modules": ["nodegraph.core.numbers"], "digest": "of yesterday"}))
    assert not check.page_is_in_step(tmp_path)
    assert "run scripts/page.py" in capsys.readouterr().out


def over_the_cores(*options):
    return runpy.run_path(str(SCRIPTS / "test.py"))["over_the_cores"](list(options))


@pytest.mark.parametrize("options", [(), ("-q",), ("-k", "relu"), ("--durations", "5")])
def test_the_whole_suite_is_spread_over_at_most_four_processes(options):
    spread = over_the_cores(*options)
    assert spread[:4] == ["-n", "auto", "--maxprocesses", "4"]


@pytest.mark.parametrize(
    "options",
    [("tests/core", "-k", "relu"), ("tests/test_rooms.py::test_x",), ("-n", "0"), ("--pdb",), ("-s",)],
)
def test_some_tests_or_a_debugger_stay_in_one_process(options):
    assert over_the_cores(*options) == []
