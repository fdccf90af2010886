"""What a crash leaves beside documents is removed; what is somebody else's, or alive, is not."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph.formats import files
from nodegraph.formats.disk import leftovers, locks

LONG_AGO = 1_000_000_000
DIES_WHILE_IT_SAVES = """
import os, signal, sys
from nodegraph.formats import files
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
files.write_whole(sys.argv[1], b"never whole")
"""
needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


def part(folder: Path, name: str = ".nodegraph-0123456789ab.part") -> Path:
    made = folder / name
    made.write_bytes(b"half")
    os.utime(made, (LONG_AGO, LONG_AGO))
    return made


@needs_kill
def test_what_a_killed_save_leaves_is_gone_after_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.nodegraph"
    command = [sys.executable, "-c", DIES_WHILE_IT_SAVES, str(path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert leftovers._NAME.fullmatch(left.name)
    os.utime(left, (LONG_AGO, LONG_AGO))
    files.write_whole(path, b"whole")
    assert os.listdir(tmp_path) == ["a.nodegraph"]


@pytest.mark.parametrize(
    "name",
    [
        ".nodegraph-0123456789ab.part.txt", "nodegraph-0123456789ab.part", ".nodegraph-0123456789AB.part",
        "film.mp4.part", ".nodegraph-mine.part",
    ],
)  # fmt: skip
def test_files_with_other_names_stay(name: str, tmp_path: Path) -> None:
    other = part(tmp_path, name)
    leftovers.sweep_parts(tmp_path)
    assert other.exists()


def test_a_file_that_is_being_written_stays(tmp_path: Path) -> None:
    written = part(tmp_path)
    with open(written, "r+b") as file:
        assert locks.lock(file.fileno()) is locks.Taken.YES
        leftovers.sweep_parts(tmp_path)
        assert written.exists()
    leftovers.sweep_parts(tmp_path)
    assert not written.exists()


def test_a_file_that_was_only_just_made_stays(tmp_path: Path) -> None:
    young = part(tmp_path)
    os.utime(young)
    leftovers.sweep_parts(tmp_path)
    assert young.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_with_such_a_name_and_what_it_leads_to_stay(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"1")
    os.utime(tmp_path / "precious", (LONG_AGO, LONG_AGO))
    link = tmp_path / ".nodegraph-0123456789ab.part"
    link.symlink_to("precious")
    os.utime(link, (LONG_AGO, LONG_AGO), follow_symlinks=False)
    leftovers.sweep_parts(tmp_path)
    assert link.is_symlink()
    assert (tmp_path / "precious").exists()


def test_a_file_of_another_person_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = part(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 424_242, raising=False)
    leftovers.sweep_parts(tmp_path)
    assert other.exists()


def test_without_locks_only_age_makes_a_file_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_here(handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks, "_lock", none_here)
    old, younger = part(tmp_path), part(tmp_path, ".nodegraph-ba9876543210.part")
    an_hour_ago = younger.stat().st_ctime - 3600
    os.utime(younger, (an_hour_ago, an_hour_ago))
    leftovers.sweep_parts(tmp_path)
    assert (old.exists(), younger.exists()) == (False, True)
