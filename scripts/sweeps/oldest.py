"""Run the tests on the oldest packages that pyproject.toml allows:

    python3 scripts/sweeps/oldest.py [pytest options]

A floor that nobody tries is soon untrue. This installs exactly the floors, those of the test tools too, into
an environment of its own that goes afterwards, and runs the whole suite there.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from setup_environment import ROOT, Stopped, at_the_border, environment_with_checkout, say
from setup_environment.packages import Environment, create, pip_for
from setup_environment.reporting import reason, run_quietly
from setup_environment.system import install_for_qt

INSTALL = [
    "install",
    "--only-binary=:all:",
    "--no-input",
    "--no-user",
    "--disable-pip-version-check",
    "--quiet",
]


def main(arguments: list[str]) -> int:
    """Install the floors into an environment of their own, run the tests there, and return their status."""
    install_for_qt(window=False)
    with tempfile.TemporaryDirectory(prefix="nodegraph-oldest-") as place:
        environment = Environment(ROOT, Path(place) / "venv")
        create(environment)
        wanted = floors((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        say(f"Installing the oldest allowed packages: {', '.join(wanted)} …")
        command = [*pip_for(environment, Path(place)), *INSTALL, *wanted]
        installed, output = run_quietly(command, while_waiting="still installing")
        if not installed:
            raise Stopped(f"The oldest allowed packages could not be installed. {reason(output)}")
        surroundings = {**environment_with_checkout(), "QT_QPA_PLATFORM": "offscreen"}
        words = [str(environment.python), "-P", "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        return subprocess.call(words, cwd=ROOT, env=surroundings)


def floors(project: str) -> list[str]:
    """Returns the requirements of a pyproject.toml and its test group, each held to its lowest version."""
    record = tomllib.loads(project)
    return list(pinned([*record["project"]["dependencies"], *record["dependency-groups"]["test"]]))


def pinned(requirements: Iterable[str]) -> Iterable[str]:
    """Yields each requirement with `==` its floor in place of its range; a marker stays as it is."""
    for requirement in requirements:
        what, semicolon, marker = requirement.partition(";")
        found = re.fullmatch(r"\s*([\w.-]+)\s*>=\s*([\d.]+)\s*(?:,\s*<\s*[\d.]+\s*)?", what)
        if found is None:
            raise Stopped(f"pyproject.toml names no lowest version here: {requirement}")
        yield f"{found[1]}=={found[2]}{semicolon}{marker}"


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
