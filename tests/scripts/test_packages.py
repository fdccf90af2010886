"""The stamp of `.venv`: when a set-up is done, and when it must be done again."""

import os
import subprocess
import sys

import pytest

from setup_environment import ROOT, packages, place
from setup_environment.packages import (
    Environment,
    Stamp,
    add_extra,
    digest,
    package_names,
    ready_python,
    this_python,
)
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
    monkeypatch.setattr(packages, "pip_for", lambda *_: ["pip"])
    monkeypatch.setattr(packages, "install", lambda *_: (steps.append("install"), (True, ""))[1])
    return steps


@pytest.fixture
def no_pip(monkeypatch):
    """pip itself is there, without a look at the network."""
    monkeypatch.setattr(packages, "pip_for", lambda *_: ["pip"])


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


@pytest.fixture
def fast(root):
    """A lock of what is not needed, beyond that of what is."""
    lock = root / "requirements-fast.lock"
    lock.write_text((root / LOCK).read_text() + "numba==0.68.1 \\\n    --hash=sha256:00\n")
    return lock


@pytest.mark.parametrize(
    ("output", "tries_again"),
    [("No matching distribution found for numba", False), ("NewConnectionError", True)],
)
def test_an_extra_that_cannot_be_installed_is_told_and_done_without(
    environment, root, fast, monkeypatch, no_pip, capsys, output, tries_again
):
    environment.write_stamp(finished(root))
    monkeypatch.setattr(packages, "install", lambda *_: (False, output))
    add_extra(root, fast.name, covers=(LOCK,), without="Going on without numba.")
    assert "Going on without numba. The Python packages could not be installed." in capsys.readouterr().err
    assert environment.is_ready(LOCK)
    assert environment.is_ready(fast.name) is not tries_again


def test_an_extra_is_installed_beside_what_is_needed(environment, root, fast, monkeypatch, no_pip):
    environment.write_stamp(finished(root))
    wanted = []
    monkeypatch.setattr(packages, "install", lambda _, lock: (wanted.append(lock.read_text()), (True, ""))[1])
    for _ in range(2):
        add_extra(root, fast.name, covers=(LOCK,), without="Going on without numba.")
    assert wanted == ["numba==0.68.1 \\\n    --hash=sha256:00\n"]
    assert environment.is_ready(LOCK)


def test_a_failed_installation_leaves_the_earlier_one_in_use(environment, root, monkeypatch, no_pip):
    environment.write_stamp(finished(root))
    (root / "requirements-dev.lock").write_text("pytest==9.2.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(packages, "install", lambda *_: (False, "NewConnectionError"))
    with pytest.raises(Stopped, match="network could not be reached"):
        ready_python(root, "requirements-dev.lock")
    assert environment.is_ready(LOCK)


@pytest.fixture
def development(root):
    """A development lock that pins what the other lock pins, and more."""
    lock = root / "requirements-dev.lock"
    lock.write_text((root / LOCK).read_text() + "pytest==9.2.0 \\\n    --hash=sha256:00\n")
    return lock


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError, Stopped("no pip")])
@pytest.mark.parametrize("step", ["pip_for", "install"])
def test_a_set_up_for_tests_that_ends_early_leaves_the_program_in_use(
    environment, root, development, monkeypatch, no_pip, failure, step
):
    def fail(*_):
        raise failure

    environment.write_stamp(finished(root))
    monkeypatch.setattr(packages, step, fail)
    with pytest.raises((KeyboardInterrupt, OSError, Stopped)):
        ready_python(root, development.name, covers=(LOCK,))
    assert environment.is_ready(LOCK)
    assert not environment.is_ready(development.name)


def test_a_set_up_for_tests_that_is_killed_leaves_the_program_in_use(
    environment, root, development, monkeypatch, no_pip
):
    environment.write_stamp(finished(root))
    seen = []

    def install(pip, lock):
        seen.append((environment.is_ready(LOCK), pip, lock.read_text()))
        return True, ""

    monkeypatch.setattr(packages, "install", install)
    ready_python(root, development.name, covers=(LOCK,))
    ((ready, _, wanted),) = seen
    assert ready
    assert wanted == "pytest==9.2.0 \\\n    --hash=sha256:00\n"
    assert environment.is_ready(development.name)


def test_what_an_interrupted_pip_left_is_written_over(environment, root, development, monkeypatch, no_pip):
    stamp = finished(root)
    environment.write_stamp(Stamp(stamp.python, stamp.locks, interrupted=True))
    words = []
    monkeypatch.setattr(packages, "install", lambda pip, _: (words.extend(pip), (True, ""))[1])
    ready_python(root, development.name, covers=(LOCK,))
    assert "--ignore-installed" in words
    assert environment.is_ready(LOCK)
    assert not environment.stamp().interrupted


def test_another_pythons_set_up_comes_back_when_the_new_one_fails(environment, root, monkeypatch, no_pip):
    old = Stamp("cpython-399 plan9 abacus", {LOCK: digest(root / LOCK)})
    environment.write_stamp(old)
    monkeypatch.setattr(packages, "install", lambda *_: (False, "NewConnectionError"))
    with pytest.raises(Stopped):
        ready_python(root, LOCK)
    assert environment.stamp() == old
    assert not environment.aside.exists()


def test_another_pythons_set_up_comes_back_after_a_kill(environment, root):
    old = Stamp("cpython-399 plan9 abacus", {LOCK: digest(root / LOCK)})
    environment.write_stamp(old)
    environment.put_aside()
    environment.folder.mkdir()
    environment.write_stamp(Stamp(this_python()))
    Environment(root).settle()
    assert environment.stamp() == old


def test_another_pythons_set_up_goes_when_the_new_one_is_whole(environment, root, monkeypatch, no_pip):
    environment.write_stamp(Stamp("cpython-399 plan9 abacus", {LOCK: digest(root / LOCK)}))
    monkeypatch.setattr(packages, "install", lambda *_: (True, ""))
    ready_python(root, LOCK)
    assert environment.is_ready(LOCK)
    assert not environment.aside.exists()


# --- where it lies
@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A person's own cache folder."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(place, "cache_folder", lambda: folder)
    return folder


def test_who_may_not_write_into_the_checkout_gets_packages_in_the_cache_folder(
    root, cache, set_ups, monkeypatch
):
    monkeypatch.setattr(place, "may_write", lambda folder: folder != root)
    python = ready_python(root, LOCK)
    assert python.is_relative_to(cache)
    assert not list(root.glob(".venv*"))
    del set_ups[:]
    assert ready_python(root, LOCK) == python
    assert set_ups == []


def test_another_persons_finished_set_up_is_used_as_it_is(environment, root, cache, set_ups, monkeypatch):
    environment.write_stamp(finished(root))
    monkeypatch.setattr(place, "may_write", lambda folder: False)
    assert ready_python(root, LOCK) == environment.python
    assert set_ups == []


def test_who_may_write_nowhere_is_told_what_to_do(root, cache, monkeypatch):
    monkeypatch.setattr(place, "may_write", lambda folder: False)
    monkeypatch.setattr(packages, "may_write", lambda folder: False)
    with pytest.raises(Stopped, match="Copy the checkout into a folder of your own"):
        ready_python(root, LOCK)


def test_two_checkouts_have_two_folders_in_the_cache(tmp_path, cache, monkeypatch):
    monkeypatch.setattr(place, "may_write", lambda folder: False)
    one, other = (place.environment_folder(tmp_path / name) for name in ("one", "other"))
    assert one != other
    assert one == place.environment_folder(tmp_path / "one")


@pytest.mark.skipif(os.name == "nt", reason="there no folder can be called so")
def test_a_checkout_whose_path_would_part_a_list_of_paths_is_found_all_the_same(
    root, cache, monkeypatch, no_pip
):
    checkout = root / "a:b"
    checkout.mkdir()
    (checkout / "found_here.py").write_text("print('found')")
    (root / LOCK).rename(checkout / LOCK)
    monkeypatch.setattr(packages, "install", lambda *_: (True, ""))
    python = ready_python(checkout, LOCK)
    assert python.is_relative_to(cache)
    done = subprocess.run([python, "-P", "-m", "found_here"], capture_output=True, text=True, check=True)
    assert done.stdout == "found\n"


def test_the_cache_folder_is_where_each_system_keeps_it(monkeypatch):
    monkeypatch.setattr(place.Path, "home", lambda: place.Path("home"))
    absolute = str(ROOT / "x")
    assert place.cache_folder({"XDG_CACHE_HOME": absolute}, "linux") == ROOT / "x" / "nodegraph"
    assert place.cache_folder({"LOCALAPPDATA": absolute}, "win32") == ROOT / "x" / "nodegraph"
    assert place.cache_folder({}, "darwin").parts[-3:] == ("Library", "Caches", "nodegraph")
    assert place.cache_folder({"XDG_CACHE_HOME": "relative"}, "linux").parts[-2:] == (".cache", "nodegraph")


def test_a_folder_that_somebody_else_made_is_left_alone(environment, root, set_ups):
    with pytest.raises(Stopped, match="move it away"):
        ready_python(root, LOCK)
    assert set_ups == []
    assert environment.python.exists()


def test_a_second_set_up_waits_for_the_first(root):
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from setup_environment.packages import one_at_a_time\n"
        "with one_at_a_time(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(root / ".venv.lock"), str(ROOT / "scripts")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as first:
        assert first.stdout.readline() == "held\n"
        with subprocess.Popen(command, **pipes) as second:
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
