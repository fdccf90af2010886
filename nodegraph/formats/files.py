"""Documents in files: read by what they hold, written whole or not at all.

Everything that can go wrong with a file ends as a DocumentError with one sentence; the caller knows the
file's name and says it. Opens no dialog.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.demand import demand_graph
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.formats import native
from nodegraph.formats.limits import MAX_DOCUMENT_BYTES, MAX_PICTURE_BYTES, in_megabytes

SUFFIX = ".nodegraph"
_PIECE = 1 << 20
_ALWAYS = contextlib.nullcontext()
_VERSIONS = b"<<<<<<<"
"""What stands in a file of which Git keeps two versions."""
_LOOKED_AT = 4096
"""Bytes from which it is seen whether a file is a picture that may carry a document."""

StrPath = str | os.PathLike[str]
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://|https?:/", re.IGNORECASE)
"""How an address begins; a `Path` of one has a single slash."""

_SENTENCES = {
    errno.ENOENT: "There is no such file.",
    errno.EEXIST: "Something else is in its place.",
    errno.ENOTDIR: "There is no such file; part of its path is not a folder.",
    errno.EISDIR: "This is a folder, not a file.",
    errno.EACCES: "You have no permission for this file.",
    errno.EPERM: "You have no permission for this file.",
    errno.EROFS: "The disk is read-only.",
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "Your share of the disk is full.",
    errno.EFBIG: "The file would be too large for this disk.",
    errno.EIO: "The disk reports an error.",
    errno.ELOOP: "This link leads back to itself.",
    errno.ENAMETOOLONG: "The name of the file is too long.",
    errno.EINVAL: "This cannot be the name of a file here.",
    errno.EBUSY: "Another program holds this file.",
    errno.ETXTBSY: "Another program holds this file.",
    errno.EMFILE: "Too many files are open.",
    errno.ENFILE: "Too many files are open.",
}


# --- reading
def load(path: StrPath) -> Graph:
    """The graph in a file, a document or a picture that carries one, as its content says. DocumentError names
    the file.
    """
    try:
        return graph_of(read_bytes(path))
    except DocumentError as error:
        raise DocumentError(f"{quoted(str(path))}: {error}") from None


def graph_of(data: bytes) -> Graph:
    """The graph in the bytes of a document, or of a picture that carries one."""
    return native.read(document_in(data))


def document_in(data: bytes) -> bytes:
    """The bytes of the document, or of the one that a picture carries.

    What other files look like is loaded only for a file that does not begin as ours do.
    """
    if native.begins_as_written(data) and _VERSIONS not in data:
        return data

    from nodegraph.formats import carriers, kinds

    carrier = carriers.carrier_of(data)
    if carrier is not None:
        return carrier.extract(data)
    kinds.refuse_foreign(data)
    return data


def read_bytes(path: StrPath, look: Callable[[bytes], None] | None = None) -> bytes:
    """All bytes of a file that may be a document; what is too large or no plain file is not even read.

    `look` is shown the file piece by piece first, and may refuse it before it is in memory as a whole. A file
    whose last saving was cut off by a crash is mended before.
    """
    check_readable(path)

    from nodegraph.formats.disk import in_place

    in_place.mend(Path(os.path.realpath(path)))
    try:
        # Should the file have become a pipe since, opening it must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            if look is not None:
                for piece in iter(partial(file.read, _PIECE), b""):
                    look(piece)
                file.seek(0)
            data = file.read(MAX_PICTURE_BYTES + 1)
    except OSError as error:
        raise DocumentError(sentence_for(error)) from None
    _check_size(len(data), data[:_LOOKED_AT])
    return data


def own_bytes(path: StrPath) -> bytes:
    """All bytes of a file that the program itself has written. DocumentError where something else is in its
    place that has no end, such as a pipe; OSError where it cannot be read.
    """
    _check_plain(os.stat(path))
    return Path(path).read_bytes()


def check_readable(path: StrPath, *, any_size: bool = False) -> None:
    """Raise DocumentError unless this is a file that can be opened, and of a size that is read; for whoever
    reads a part of it, of `any_size`.
    """
    _check_name(path)
    if _ADDRESS.match(os.fspath(path)) and not os.path.exists(path):
        raise DocumentError("This is an address and no file; save what is there, and name that file.")
    try:
        status = os.stat(path)
        _check_plain(status)
        with open(path, "rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        raise DocumentError(sentence_for(error)) from None
    if not any_size:
        _check_size(status.st_size, start)


def _check_name(path: StrPath) -> None:
    if "\0" in os.fspath(path):
        raise DocumentError("This cannot be the name of a file.")


def _check_names_file(path: StrPath) -> None:
    """DocumentError for a name that can only be a folder's: `Path` would drop its last slash."""
    _check_name(path)
    if os.fspath(path).endswith(("/", os.sep)):
        raise DocumentError("This names a folder; add the name of a file to write. Nothing was written.")


def _check_plain(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise DocumentError(_SENTENCES[errno.EISDIR])
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError("This is a device or a pipe, not a file.")


def _check_size(size: int, start: bytes) -> None:
    if size <= MAX_DOCUMENT_BYTES:
        return

    from nodegraph.formats import carriers

    carrier = carriers.carrier_of(start)
    limit = carrier.most_bytes if carrier is not None else MAX_DOCUMENT_BYTES
    if size > limit:
        kind = "a picture" if carrier is not None else "a document"
        shown = in_megabytes(size, limit)
        raise DocumentError(f"This file is too large ({shown}); {kind} has at most {in_megabytes(limit)}.")


# --- writing
def save(graph: Graph, path: StrPath) -> bytes:
    """Write the graph as a document, once it is certain that it can be read again; returns its bytes."""
    demand_graph(graph, "save")
    demand_document_name(path)
    data = native.write(graph)
    native.check(data)
    write_whole(path, data)
    return data


_OTHERS = frozenset(
    (
        ".csv",
        ".tsv",
        ".parquet",
        ".xlsx",
        ".xls",
        ".ods",
        ".py",
        ".ipynb",
        ".dot",
        ".mmd",
        ".graphml",
        ".gexf",
    )
)
"""Endings of tables, programs and graphs of other programs."""


def demand_document_name(path: StrPath) -> None:
    """Raise DocumentError where a name is empty or says that it is something else."""
    from nodegraph.formats import carriers

    if not os.fspath(path):
        raise DocumentError(f"The name of the file is empty; give it one that ends in {SUFFIX}.")
    suffix = Path(path).suffix.lower()
    if any(suffix == carrier.suffix for carrier in carriers.CARRIERS):
        raise DocumentError(
            f"A document does not end in {suffix}; save it as {SUFFIX}, or export a picture instead."
        )
    if suffix in _OTHERS:
        raise DocumentError(f"A document does not end in {suffix}; save it as {SUFFIX}.")


def demand_place(path: StrPath) -> None:
    """Raise DocumentError where no file of this name could be written: a folder, or one in a folder that is
    not there, or one that is read-only. What takes long asks before it begins.
    """
    _check_names_file(path)
    target = Path(os.path.realpath(path))
    try:
        if _status_to_keep(target) is None:
            target.parent.stat()
            if not os.access(target.parent, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "")
    except OSError as error:
        raise DocumentError(f"{sentence_for(error, writing=True)} Nothing was written.") from None


def write_whole(path: StrPath, data: bytes, permit: AbstractContextManager[object] = _ALWAYS) -> None:
    """Put these bytes in place of the file, whole or not at all; the file changes under the `permit`, which
    may raise what then is raised here, and nothing was written.

    A link is followed; permissions, owner, extended attributes and hard links are kept. Where a new file
    could not have them, the old one is written over instead, with a copy beside it until that is done. On any
    failure the old file is as it was, nothing new is beside it, and DocumentError says why.
    """
    from nodegraph.formats.disk import in_place, leftovers

    _check_names_file(path)
    target = Path(os.path.realpath(path))
    try:
        status = _status_to_keep(target)
        leftovers.sweep_parts(target.parent)
        if status is None:
            _write_beside(target, data, lambda beside: True, permit)
        elif not _swap_in(target, data, status, permit):
            with permit:
                in_place.write_over(target, data)
    except OSError as error:
        said = sentence_for(error, writing=True)
        if error.errno == errno.ENOENT and target.parent.is_dir():
            said = "The system lets no file be made in this folder."
        raise DocumentError(f"{said} Nothing was written.") from None


def is_same_file(one: StrPath, other: StrPath) -> bool:
    """Whether two paths lead to one file, by whatever name: through links, folders above, or hard links."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def may_write(path: StrPath) -> bool:
    """Whether a file that is there can be saved, as far as the system says beforehand."""
    return os.access(os.path.realpath(path), os.W_OK)


def _status_to_keep(target: Path) -> os.stat_result | None:
    """What is known of the file that will be replaced, or None where there is none."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    _check_plain(status)
    if not os.access(target, os.W_OK):
        what = _SENTENCES[errno.EROFS] if _is_on_read_only_disk(target) else "This file is read-only."
        raise DocumentError(f"{what} Nothing was written.")
    return status


def _is_on_read_only_disk(target: Path) -> bool:
    read_only = getattr(os, "ST_RDONLY", 0)  # Windows tells nothing of the kind
    return bool(read_only) and bool(os.statvfs(target).f_flag & read_only)


def _swap_in(
    target: Path, data: bytes, status: os.stat_result, permit: AbstractContextManager[object]
) -> bool:
    """Put a new file in place of the old one unless that would lose something. Returns whether it was put."""
    if status.st_nlink > 1 or not os.access(target.parent, os.W_OK):
        return False

    from nodegraph.formats.disk import attributes

    return _write_beside(target, data, lambda beside: attributes.take_over(target, beside, status), permit)


def _write_beside(
    target: Path, data: bytes, is_ready: Callable[[Path], bool], permit: AbstractContextManager[object]
) -> bool:
    """Write a file beside the target and rename it to that, if then it is ready. Returns whether it was."""
    from nodegraph.formats.disk import leftovers, locks

    beside = target.with_name(leftovers.part_name())
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(beside, flags, 0o666)
    try:
        with open(descriptor, "wb") as file:
            locks.lock(file.fileno())  # so that nobody takes it for one that a crash has left
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        ready = is_ready(beside)
        if ready:
            with permit:
                os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    if ready:
        _keep_folder_entry(target.parent)
    else:
        os.unlink(beside)
    return ready


def _keep_folder_entry(folder: Path) -> None:
    """Ask the system to write down the new name too; the file is whole either way, so this may fail."""
    with contextlib.suppress(OSError):  # Windows opens no folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sentence_for(error: OSError, *, writing: bool = False) -> str:
    """What went wrong with a file, for a person.

    >>> sentence_for(OSError(errno.ENOSPC, ""), writing=True)
    'The disk is full.'
    """
    if writing and error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "The folder for this file does not exist."
    if writing and error.errno in (errno.EACCES, errno.EPERM):
        return "You have no permission to write here."
    if not writing and error.errno in (errno.EACCES, errno.EPERM):
        return "You have no permission to read this file."
    known = _SENTENCES.get(error.errno or 0)
    return known or f"The system reports: {error.strerror or 'an error without a name'}."
