"""Where the shipped files lie: examples, icons, fonts. The one place that knows; opens none of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder() -> Path:
    """The folder of all resources: beside the package in a checkout, inside it once installed."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """The path of one resource, such as `path("examples", "index.json")`."""
    return folder().joinpath(*parts)
