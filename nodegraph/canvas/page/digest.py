"""Whether a translation was made of the sources as they are. Loads no Qt: any machine can be asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from nodegraph import resources


def is_of_the_sources(kept: Path) -> bool:
    """Returns whether the program in this file was made of the sources as they are."""
    found = json.loads(kept.read_text(encoding="utf-8"))
    return bool(found["digest"] == digest_of(found["modules"]))


def digest_of(modules: Iterable[str]) -> str:
    """Returns a digest of the sources of these modules and of what translates them."""
    package = Path(str(resources.__file__)).parent
    found = hashlib.sha256()
    script = sorted((package / "core" / "script").glob("*.py"))
    own = [f"nodegraph.core.script.{path.stem}" for path in script]
    for module in (*modules, *own, "nodegraph.canvas.page.program"):
        path = package.parent.joinpath(*module.split(".")).with_suffix(".py")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") if path.exists() else b"")
    return found.hexdigest()
