"""The stamp of `.venv`: when a set-up is done, and when it must be done again."""

import os
import subprocess
import sys

import pytest

from setup_environment import ROOT, packages
from setup_environment.packages import Environment, Stamp, digest, package_names, ready_python, this_python
from setup_environment.reporting import Stopped

LOCK = "requirements.lock"


@pytest.fixture
def root(tmp_path):
    """A checkout with nothing but a lock."""
    (tmp_path / LOCK).write_text("numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n")
    return tmp_path


@pytest.fixture
def environment(root):
    """A `.venv` with an interpreter and nothing else."""
    environment = Environment(root)
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    return environment


@pytest.fixture
def set_ups(monkeypatch):
    """Replace the two slow steps; the list tells which of them ran."""
    steps = []

    def create(environment):
        steps.append("create")
        environment.python.parent.mkdir(parents=True, exist_ok=True)
        environment.python.touch()

    monkeypatch.setattr(packages, "create", create)
    monkeypatch.setattr(packages, "install", lambda *_: (steps.append("install"), (True, ""))[1])
    return steps


def finished(root):
    return Stamp(this_python(), {LOCK: digest(root / LOCK)})


def test_a_finished_set_up_is_ready(environment, root):
    environment.write_stamp(finished(root))
    assert environment.is_ready(LOCK)


def test_a_changed_lock_is_not_ready_but_can_be_installed_on_top(environment, root):
    environment.write_stamp(finished(root))
    (root / LOCK).write_text("numpy==2.5.0 \\\n    --hash=sha256:11\n")
    assert not environment.is_ready(LOCK)
    assert environment.is_sound()


def test_line_ends_do_not_change_the_digest_of_a_lock(root):
    before = digest(root / LOCK)
    (root / LOCK).write_bytes((root / LOCK).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert digest(root / LOCK) == before


def test_another_python_makes_the_set_up_void(environment, root):
    environment.write_stamp(Stamp("cpython-399 plan9 abacus", {LOCK: digest(root / LOCK)}))
    assert not environment.is_ready(LOCK)
    assert not environment.is_sound()


def test_a_vanished_interpreter_makes_the_set_up_void(environment, root):
    environment.write_stamp(finished(root))
    environment.python.unlink()
    assert not environment.is_ready(LOCK)
    assert not environment.is_sound()


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "null", '{"python": 1}', '{"python": "x", "locks": 3}'])
def test_a_stamp_of_nonsense_counts_as_none(environment, nonsense):
    environment.stamp_file.write_text(nonsense)
    assert environment.stamp() is None


def test_an_interrupted_set_up_is_made_anew(environment, root, set_ups):
    environment.write_stamp(Stamp(this_python()))
    ready_python(root, LOCK)
    assert set_ups == ["create", "install"]
    assert environment.is_ready(LOCK)


def test_a_second_start_does_nothing(root, set_ups):
    Environment(root).folder.mkdir()
    ready_python(root, LOCK)
    del set_ups[:]
    ready_python(root, LOCK)
    assert set_ups == []


def test_a_lock_that_covers_another_counts_for_both(root, set_ups):
    (root / "requirements-dev.lock").write_text("pytest==9.2.0 \\\n    --hash=sha256:00\n")
    ready_python(root, "requirements-dev.lock", covers=(LOCK,))
    assert Environment(root).is_ready(LOCK)


def test_a_failed_installation_leaves_the_earlier_one_in_use(environment, root, monkeypatch):
    environment.write_stamp(finished(root))
    (root / "requirements-dev.lock").write_text("pytest==9.2.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(packages, "install", lambda *_: (False, "NewConnectionError"))
    with pytest.raises(Stopped, match="network could not be reached"):
        ready_python(root, "requirements-dev.lock")
    assert environment.is_ready(LOCK)


def test_a_folder_that_somebody_else_made_is_left_alone(environment, root, set_ups):
    with pytest.raises(Stopped, match="move it away"):
        ready_python(root, LOCK)
    assert set_ups == []
    assert environment.python.exists()


def test_a_second_set_up_waits_for_the_first(root):
    program = (
        "import sys; from pathlib import Path; from setup_environment.packages import one_at_a_time\n"
        "with one_at_a_time(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(root / ".venv.lock")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as first:
        assert first.stdout.readline() == "held\n"
        with subprocess.Popen(command, env=environment, **pipes) as second:
            assert "waiting" in second.stderr.readline()
            first.stdin.close()
            assert second.stdout.readline() == "held\n"
            second.stdin.close()


def test_the_names_of_the_packages_stand_once_each(root):
    (root / LOCK).write_text(
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n"
        "numpy==2.5.5 ; python_full_version >= '3.12' \\\n    --hash=sha256:00\nnetworkx==3.7 \\\n"
    )
    assert package_names(root / LOCK) == ["numpy", "networkx"]
