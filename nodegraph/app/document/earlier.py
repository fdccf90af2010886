"""One earlier version of each document, kept in the state folder before a file is written over. A
convenience: where it cannot be kept, saving goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from nodegraph.app.platform.settings import state_folder
from nodegraph.core.errors import DocumentError
from nodegraph.formats import files

FOLDER = "earlier"
MOST_KEPT = 200
"""Documents of which an earlier version is kept; beyond that those that were saved longest ago go."""
LONGEST_NAME = 160


def keep(path: Path, data: bytes | None = None, label: str = "") -> Path | None:
    """Keep what is in a file now, or these bytes of it; returns where, or None where that failed."""
    try:
        folder = state_folder(FOLDER)
        kept = folder / name_for(path, label)
        files.write_whole(kept, files.read_bytes(path) if data is None else data)
    except (DocumentError, OSError):
        return None
    _drop_oldest(folder)
    return kept


def name_for(path: Path, label: str = "") -> str:
    """Returns the name of the copy of a file: its own, after some letters for its place."""
    place = hashlib.blake2b(
        str(path.absolute()).encode("utf-8", "surrogateescape"), digest_size=4
    ).hexdigest()
    return f"{place}-{label}{path.name[-LONGEST_NAME:]}"


def _drop_oldest(folder: Path) -> None:
    with contextlib.suppress(OSError):
        kept = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda p: p.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            path.unlink()
