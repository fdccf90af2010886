"""Make a checkout ready to run: what Qt needs from the system, and a `.venv` with the pinned packages.

Shared by the commands in `scripts/`. Standard library only, because it runs before anything is installed;
must not import `nodegraph`. The rooms: `system` (libraries, package managers), `packages` (the `.venv`),
`place` (where it lies), `pip_command` (a pip to fill it with, also where Python has none), `screen` (is there
one), `reporting` (how we speak and stop).
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "nodegraph needs Python 3.11 or newer: run the same command with a newer python3 "
        f"(this one is {sys.version_info[0]}.{sys.version_info[1]})."
    )

import os
from collections.abc import Mapping
from pathlib import Path

from setup_environment.reporting import SUCCESS, Stopped, at_the_border, say

ROOT = Path(__file__).resolve().parents[2]
RUN_LOCK = "requirements.lock"
FAST_LOCK = "requirements-fast.lock"
"""The first, and what compiles passes over large graphs."""
DEVELOPMENT_LOCK = "requirements-dev.lock"

__all__ = [
    "DEVELOPMENT_LOCK",
    "FAST_LOCK",
    "ROOT",
    "RUN_LOCK",
    "SUCCESS",
    "Stopped",
    "at_the_border",
    "environment_with_checkout",
    "say",
]


def environment_with_checkout(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment in which `import nodegraph` finds this checkout, wherever a person stands."""
    if os.pathsep in str(ROOT):
        return dict(environment)  # no list of paths can hold it: a note in the `.venv` tells of it
    paths = [str(ROOT), *filter(None, [environment.get("PYTHONPATH")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(paths)}
