"""The pictures of a lesson: small PNG, JPEG or GIF files in the lesson's own folder, and never anything else.

Whatever a lesson names is checked before it is opened. Knows no Markdown and no window.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from nodegraph.core.errors import DocumentError
from nodegraph.formats import files

MAX_PICTURE = 4_000_000
MAX_PICTURES = 20_000_000
"""Bytes of one picture, and of all pictures of one lesson."""
MAGIC: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
}
"""How the files begin, by the kind of picture."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def picture_path(source: str, folder: Path | None) -> Path:
    """Returns the file that a lesson in this folder means. DocumentError where it is not a picture in it.

    A link is followed before the folder of the file is checked.
    """
    told = unquote(source)
    if folder is None:
        raise DocumentError(f"the picture “{told}” has no folder to lie in; save the lesson as a file")
    if _SCHEME.match(told) or told.startswith(("//", "\\\\")):
        raise DocumentError(f"the picture “{told}” is elsewhere; copy it into the lesson's folder")
    if "\\" in told and ".." not in told:
        raise DocumentError(f"the picture “{told}” has a backslash; part folders with /")
    if told.startswith(("/", "~")) or "\\" in told or ".." in told.split("/") or "\0" in told:
        raise DocumentError(f"the picture “{told}” is not in the lesson's folder; copy it there")
    try:
        path = (folder / told).resolve()
        is_inside = path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        raise DocumentError(f"the picture “{told}” cannot be found") from None
    if not is_inside:
        raise DocumentError(f"the picture “{told}” is not in the lesson's folder; copy it there")
    return path


def read_picture(path: Path) -> tuple[str, bytes]:
    """Returns the kind and the bytes of a picture; DocumentError where it is none, or too large."""
    try:
        files.check_readable(path)
        data = files.read_bytes(path) if path.stat().st_size <= MAX_PICTURE else None
    except (DocumentError, OSError) as error:
        raise DocumentError(f"the picture “{path.name}” cannot be read: {error}") from None
    if data is None:
        raise DocumentError(f"the picture “{path.name}” is too large; one has at most {MAX_PICTURE:,} bytes")
    kind = next((kind for kind, starts in MAGIC.items() if data.startswith(starts)), None)
    if kind is None:
        raise DocumentError(f"“{path.name}” is no PNG, JPEG or GIF picture")
    return kind, data
