"""Files are read by what they hold and written whole or not at all, whatever fails on the way."""

from __future__ import annotations

import builtins
import errno
import io
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.quoting import quoted
from nodegraph.formats import files, native, png
from nodegraph.formats.disk import in_place
from nodegraph.formats.limits import MAX_DOCUMENT_BYTES
from tests.formats.test_png import PICTURE

GRAPH = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, modes or links of this kind"
)
not_as_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read and write everything"
)


def refusal(action: Callable[..., Any], *arguments: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        action(*arguments)
    said = str(caught.value)
    if action is not files.load:
        return said
    named = f"{quoted(str(arguments[0]))}: "
    assert said.startswith(named)
    return said.removeprefix(named)


# --- reading
def test_a_saved_graph_is_loaded_the_same(tmp_path: Path) -> None:
    files.save(GRAPH, tmp_path / "seed.nodegraph")
    assert files.load(tmp_path / "seed.nodegraph") == GRAPH
    assert files.load(str(tmp_path / "seed.nodegraph")) == GRAPH


def test_a_file_is_read_by_what_it_holds_not_by_its_name(tmp_path: Path) -> None:
    picture, document = tmp_path / "picture.nodegraph", tmp_path / "document.png"
    picture.write_bytes(png.embed(PICTURE, native.write(GRAPH)))
    document.write_bytes(native.write(GRAPH))
    assert files.load(picture) == files.load(document) == GRAPH


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(files.load, tmp_path / "none") == "There is no such file."
    (tmp_path / "file").touch()
    assert refusal(files.load, tmp_path / "file" / "below").startswith(
        "There is no such file; part of its path"
    )


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert refusal(files.load, tmp_path) == "This is a folder, not a file."


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert refusal(files.load, tmp_path / "empty") == "The file is empty."


@posix_only
def test_a_pipe_nobody_writes_to_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(files.load, tmp_path / "pipe") == "This is a device or a pipe, not a file."


@posix_only
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    assert refusal(files.load, device) == "This is a device or a pipe, not a file."


@posix_only
@not_as_root
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0)
    assert refusal(files.load, tmp_path / "secret") == "You have no permission to read this file."


def test_a_permission_refused_by_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").touch()
    monkeypatch.setattr(builtins, "open", failing(errno.EACCES))
    assert refusal(files.load, tmp_path / "secret") == "You have no permission to read this file."


@posix_only
def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    assert refusal(files.load, tmp_path / "link") == "This link leads back to itself."


def test_a_hundred_megabytes_of_nonsense_are_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(tmp_path / "large", "wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(native, "read", lambda data: pytest.fail("it was read"))
    assert (
        refusal(files.load, tmp_path / "large")
        == "This file is too large (100 MB); a document has at most 48 MB."
    )


def test_a_picture_may_be_larger_than_a_document(tmp_path: Path) -> None:
    with open(tmp_path / "large.png", "wb") as file:
        file.write(png.SIGNATURE)
        file.truncate(MAX_DOCUMENT_BYTES + 100)
    assert refusal(files.load, tmp_path / "large.png").startswith("This PNG is damaged")


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_no_file_can_have_is_told(name: str, tmp_path: Path) -> None:
    for action in (files.load, lambda path: files.write_whole(path, b"")):
        assert "name" in refusal(action, str(tmp_path / name))


def test_an_empty_name_is_told() -> None:
    assert refusal(lambda path: files.save(parse("L = a*b"), path), "").startswith(
        "The name of the file is empty"
    )


# --- writing
def test_nothing_but_the_file_is_left_in_the_folder(tmp_path: Path) -> None:
    files.save(GRAPH, tmp_path / "one.nodegraph")
    files.save(GRAPH, tmp_path / "one.nodegraph")
    assert os.listdir(tmp_path) == ["one.nodegraph"]


@posix_only
def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    kept, new, plain = tmp_path / "kept", tmp_path / "new", tmp_path / "plain"
    kept.touch()
    kept.chmod(0o640)
    plain.touch()
    files.write_whole(kept, b"1")
    files.write_whole(new, b"2")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@posix_only
def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "link").symlink_to("below/real")
    files.write_whole(tmp_path / "link", b"data")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "below" / "real").read_bytes() == b"data"
    assert os.listdir(tmp_path / "below") == ["real"]


def test_a_folder_a_pipe_and_a_missing_folder_are_not_written_to(tmp_path: Path) -> None:
    assert refusal(files.write_whole, tmp_path, b"") == "This is a folder, not a file."
    said = refusal(files.write_whole, tmp_path / "none" / "file", b"")
    assert said == "The folder for this file does not exist. Nothing was written."
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        assert refusal(files.write_whole, tmp_path / "pipe", b"").startswith("This is a device or a pipe")


@pytest.mark.skipif(not hasattr(os, "statvfs"), reason="Windows tells nothing of the kind")
def test_a_read_only_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "there.nodegraph"
    path.write_bytes(b"there")
    status = os.statvfs(path)
    fields = [*status]
    fields[8] = os.ST_RDONLY
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    monkeypatch.setattr(os, "statvfs", lambda _path: os.statvfs_result(fields))
    with pytest.raises(DocumentError, match=r"The disk is read-only. Nothing was written."):
        files.write_whole(path, b"new")


@posix_only
@not_as_root
def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file").chmod(0o444)
    assert (
        refusal(files.write_whole, tmp_path / "file", b"new")
        == "This file is read-only. Nothing was written."
    )
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_document_is_not_saved_over_a_picture(tmp_path: Path) -> None:
    assert "export a picture instead" in refusal(files.save, GRAPH, tmp_path / "picture.PNG")
    assert os.listdir(tmp_path) == []


def test_a_graph_that_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    cyclic = Graph.of(
        [Node("a", "negate", "a"), Node("b", "exp", "b", rank=1)], [Edge("a", "b", 0), Edge("b", "a", 0)]
    )
    assert "cycle" in refusal(files.save, cyclic, tmp_path / "cyclic.nodegraph")
    assert os.listdir(tmp_path) == []


# --- a disk that fails at every step
def failing(number: int) -> Callable[..., Any]:
    def fail(*arguments: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


class FullDisk(io.FileIO):
    """Takes half of what it is given, as a disk does that fills up."""

    def write(self, data: Any) -> int:
        super().write(memoryview(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")


class NeverFlushed(io.FileIO):
    def flush(self) -> None:
        raise OSError(errno.EIO, "Input/output error")


def opening(kind: type[io.FileIO]) -> Callable[..., Any]:
    return lambda file, mode="r", **options: kind(file, mode)


STEPS: dict[str, tuple[object, str, Callable[..., Any], str]] = {
    "make": (os, "open", failing(errno.EACCES), "You have no permission to write here."),
    "write": (builtins, "open", opening(FullDisk), "The disk is full."),
    "flush": (builtins, "open", opening(NeverFlushed), "The disk reports an error."),
    "fsync": (os, "fsync", failing(errno.EDQUOT), "Your share of the disk is full."),
    "replace": (os, "replace", failing(errno.EROFS), "The disk is read-only."),
    "unheard of": (os, "replace", failing(errno.EPIPE), "The system reports: Broken pipe."),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fails_at_any_step_leaves_the_old_file_whole_and_nothing_new(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    module, name, broken, sentence = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken)
        said = refusal(files.write_whole, path, b"new data")
    assert said == f"{sentence} Nothing was written."
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fails_leaves_no_new_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step][:3])
        refusal(files.save, GRAPH, tmp_path / "file")
    assert os.listdir(tmp_path) == []


def test_a_file_whose_permissions_could_not_be_kept_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"older and longer")
    before = path.stat()
    with monkeypatch.context() as patch:
        patch.setattr(os, "chmod", failing(errno.EPERM))
        files.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert (path.stat().st_ino, path.stat().st_mode) == (before.st_ino, before.st_mode)
    assert os.listdir(tmp_path) == ["file"]


@posix_only
def test_all_names_of_a_file_show_what_was_saved(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    os.link(tmp_path / "one", tmp_path / "other")
    files.write_whole(tmp_path / "one", b"new")
    assert (tmp_path / "other").read_bytes() == b"new"
    assert sorted(os.listdir(tmp_path)) == ["one", "other"]


@posix_only
def test_a_disk_that_fills_up_while_a_file_is_written_over_leaves_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").write_bytes(b"old bytes")
    os.link(tmp_path / "one", tmp_path / "other")
    put, times = in_place._put, []

    def put_half(file: Any, data: bytes) -> None:
        times.append(data)
        put(file, data[:3] if len(times) == 2 else data)  # the first one is the copy
        if len(times) == 2:
            raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patch:
        patch.setattr(in_place, "_put", put_half)
        assert (
            refusal(files.write_whole, tmp_path / "one", b"new") == "The disk is full. Nothing was written."
        )
    assert (tmp_path / "other").read_bytes() == b"old bytes"
    assert sorted(os.listdir(tmp_path)) == ["one", "other"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux has these calls")
def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.comment", b"mine")
    except OSError:
        pytest.skip("this disk has no extended attributes")
    files.write_whole(path, b"new")
    assert os.getxattr(path, "user.comment") == b"mine"
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux has these calls")
def test_a_file_whose_attributes_could_not_be_kept_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    inode = path.stat().st_ino
    with monkeypatch.context() as patch:
        patch.setattr(
            os, "listxattr", lambda of: ["security.label"] if Path(of) == path else [], raising=False
        )
        patch.setattr(os, "getxattr", lambda of, name: b"x")
        patch.setattr(os, "setxattr", failing(errno.EPERM))
        files.write_whole(path, b"new")
    assert path.stat().st_ino == inode
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 12345, 23456)
    files.write_whole(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@posix_only
def test_a_file_of_another_owner_is_written_over_where_it_cannot_be_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    inode, of = path.stat().st_ino, os.stat_result((0o100644, 1, 1, 1, 999_999, 999_999, 3, 0, 0, 0))
    with monkeypatch.context() as patch:
        patch.setattr(files, "_status_to_keep", lambda target: of)
        patch.setattr(os, "chown", failing(errno.EPERM))
        files.write_whole(path, b"new")
    assert path.stat().st_ino == inode
    assert path.read_bytes() == b"new"


def test_a_disk_without_folder_syncing_still_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse = failing(errno.EINVAL)
        patch.setattr(os, "fsync", lambda fd: None if stat.S_ISREG(os.fstat(fd).st_mode) else refuse())
        files.write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            files.write_whole(tmp_path / "file", b"new")
    assert os.listdir(tmp_path) == []


def test_every_sentence_about_files_is_a_sentence() -> None:
    for number in errno.errorcode:
        for writing in (True, False):
            said = files.sentence_for(OSError(number, os.strerror(number)), writing=writing)
            assert said[0].isupper()
            assert said.endswith(".")
            assert "Errno" not in said


def test_what_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^no such\.nodegraph: There is no such file\.$"):
        files.load("no such.nodegraph")
    broken = tmp_path / "broken.nodegraph"
    broken.write_text('{"graph": ')
    with pytest.raises(DocumentError, match=re.escape(f"{broken}: ")):
        files.load(broken)
