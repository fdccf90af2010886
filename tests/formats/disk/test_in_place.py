"""A file that is written over is whole again at the next reading, wherever its writing was cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph.formats import files
from nodegraph.formats.disk import in_place

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9 and no such modes")
OLD, NEW = b"o" * 9000 + b"ld", b"n" * 7000 + b"ew"
LONGER = b"l" * 20_000
DIES_HALF_WAY = """
import io, os, signal, sys
from nodegraph.formats import files
from nodegraph.formats.disk import in_place
from pathlib import Path
target, part, after = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if sys.argv[4:]:
    in_place.keep_elsewhere(Path(sys.argv[4]))
put, times = in_place._put, []
class Dies(io.FileIO):
    def write(self, data):
        super().write(memoryview(data)[:after])
        os.kill(os.getpid(), signal.SIGKILL)
def put_until(file, data):
    times.append(data)
    with Dies(os.dup(file.fileno()), "r+b" if part == "file" else "wb") as dying:
        put(dying if len(times) == (2 if part == "file" else 1) else file, data)
in_place._put = put_until
files.write_whole(target, open(str(target) + ".new", "rb").read())
"""


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A file with a second name, so that it is written over when it is saved."""
    folder = tmp_path / "linked"
    folder.mkdir()
    (folder / "one").write_bytes(OLD)
    os.link(folder / "one", folder / "other")
    return folder / "one"


def save_and_die(target: Path, new: bytes, after: int, part: str = "file", elsewhere: str = "") -> None:
    """Save in a process that dies after so many bytes of the file, or of the copy beside it."""
    beside = target.with_name(f"{target.name}.new")
    beside.write_bytes(new)
    command = [sys.executable, "-c", DIES_HALF_WAY, str(target), part, str(after), *filter(None, [elsewhere])]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    beside.unlink()


@posix_only
@pytest.mark.parametrize("new", [NEW, LONGER], ids=["shorter", "longer"])
@pytest.mark.parametrize("after", [1, 4096, 5000])
def test_a_save_that_was_cut_off_is_done_at_the_next_reading(linked: Path, new: bytes, after: int) -> None:
    save_and_die(linked, new, after)
    assert linked.read_bytes() not in (OLD, new)
    other = linked.with_name("other")
    assert files.read_bytes(other) == new
    assert linked.read_bytes() == new
    assert sorted(os.listdir(linked.parent)) == ["one", "other"]


@posix_only
def test_a_save_that_was_cut_off_before_the_file_was_touched_leaves_it_as_it_was(linked: Path) -> None:
    save_and_die(linked, NEW, 3000, part="copy")
    assert files.read_bytes(linked) == OLD
    assert sorted(os.listdir(linked.parent)) == ["one", "other"]


@posix_only
def test_what_another_program_wrote_since_is_not_touched(linked: Path) -> None:
    save_and_die(linked, NEW, 4096)
    linked.write_bytes(b"theirs")
    assert files.read_bytes(linked) == b"theirs"


@posix_only
def test_another_file_of_the_folder_is_not_touched(linked: Path) -> None:
    save_and_die(linked, NEW, 4096)
    third = linked.with_name("third")
    third.write_bytes(OLD)
    assert files.read_bytes(third) == OLD
    assert files.read_bytes(linked) == NEW


@posix_only
def test_a_copy_lies_elsewhere_where_none_can_lie_beside(
    linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    made = os.open
    monkeypatch.setattr(in_place, "_elsewhere", [spare])

    def refused_beside(path: str | os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        if Path(path).parent == linked.parent and flags & os.O_EXCL:
            raise PermissionError(13, "Permission denied")
        return made(path, flags, mode)

    seen: list[list[str]] = []
    put = in_place._put
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refused_beside)
        patch.setattr(in_place, "_put", lambda file, data: (put(file, data), seen.append(os.listdir(spare))))
        in_place.write_over(linked, NEW)
    assert [len(names) for names in seen] == [1, 1]
    assert os.listdir(spare) == []
    assert linked.read_bytes() == NEW


@posix_only
def test_the_old_bytes_that_cannot_be_put_back_are_kept_for_the_next_reading(
    linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, times = in_place._put, []

    def fails(file: object, data: bytes) -> None:
        times.append(data)
        if len(times) > 1:
            if len(times) == 2:
                os.pwrite(file.fileno(), data[:500], 0)  # type: ignore[attr-defined]
            raise OSError(5, "Input/output error")
        put(file, data)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(in_place, "_put", fails)
        with pytest.raises(OSError, match="Input/output"):
            in_place.write_over(linked, NEW)
    assert files.read_bytes(linked) == NEW
