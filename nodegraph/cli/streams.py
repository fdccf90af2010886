"""What a file's name may mean on a command line: `-` is standard input or output, and a pipe or a device is
read and written as it comes. Everything else is a file, for `formats.files`.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import BinaryIO

from nodegraph.cli import output
from nodegraph.core.errors import DocumentError
from nodegraph.formats import files
from nodegraph.formats.limits import MAX_PICTURE_BYTES, NO_UTF8, in_megabytes

STANDARD = "-"


def is_stream(path: str) -> bool:
    """Whether this names a standard stream, a pipe or a device."""
    if path == STANDARD:
        return True
    with contextlib.suppress(OSError, ValueError):
        mode = os.stat(path).st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False


def read(path: str) -> bytes:
    """All bytes of a file or a stream; DocumentError where it cannot be read or holds too much."""
    if not is_stream(path):
        return files.read_bytes(path)
    try:
        if path == STANDARD:
            if sys.stdin is None:
                raise DocumentError("This is closed; there is nothing to read.")
            return _read_all(sys.stdin.buffer)
        with open(path, "rb") as stream:
            return _read_all(stream)
    except OSError as error:
        raise DocumentError(files.sentence_for(error)) from None


def _read_all(stream: BinaryIO) -> bytes:
    data = stream.read(MAX_PICTURE_BYTES + 1)
    if len(data) > MAX_PICTURE_BYTES:
        raise DocumentError(f"This goes on for more than {in_megabytes(MAX_PICTURE_BYTES)}; it was not read.")
    return data


def read_text(path: str) -> str:
    """The text of a file or a stream, in UTF-8."""
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError(NO_UTF8) from None


def write(path: str, data: bytes) -> None:
    """Write a file whole or not at all; a stream takes the bytes as they come."""
    if path == STANDARD:
        output.pour(data)
    elif is_stream(path):
        try:
            with open(path, "wb") as stream:
                stream.write(data)
        except BrokenPipeError:
            pass  # its reader, such as `head`, has seen enough
        except OSError as error:
            raise DocumentError(files.sentence_for(error, writing=True)) from None
    else:
        files.write_whole(path, data)
