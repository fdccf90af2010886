"""Check the code without running it: `python3 scripts/check.py [--fix]`.

ruff (lint and format), mypy (strict on all but canvas and app), whether exported pages compute with the
mathematics as it is now, and a look for what should not stand in a repository: paths of somebody's machine
and hosts of package registries. `--fix` lets ruff mend what it can.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from setup_environment import (
    DEVELOPMENT_LOCK,
    ROOT,
    RUN_LOCK,
    SUCCESS,
    Stopped,
    at_the_border,
    environment_with_checkout,
    say,
)
from setup_environment.packages import ready_python

USAGE = "usage: python3 scripts/check.py [--fix]"

# Put together from pieces, so that this file does not name what it looks for.
PLACES = "|".join(["home", "root", "work", "tmp", "Users"])
REGISTRIES = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("pypi.python", "org"),
    ("npmjs", "org"),
    ("anaconda", "org"),
]
UNWANTED = {
    "names a path of somebody's machine": re.compile(rf"(?<![\w.~)}}\]-])/(?:{PLACES})/[\w.]"),
    "names a package registry's host": re.compile(
        "|".join(rf"\b{name}\.{end}\b" for name, end in REGISTRIES)
    ),
}


def main(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and say at the end which did."""
    unknown = set(arguments) - {"--fix"}
    if unknown:
        asked_for_help = unknown <= {"-h", "--help"}
        print(USAGE, file=sys.stdout if asked_for_help else sys.stderr)
        return SUCCESS if asked_for_help else 2
    python = ready_python(ROOT, DEVELOPMENT_LOCK, covers=(RUN_LOCK,))
    failed = [
        name for name, words in tool_checks(fix="--fix" in arguments) if not passes(python, name, words)
    ]
    if not page_is_in_step(ROOT):
        failed.append("page")
    findings = [finding for path in tracked_files() for finding in unwanted_lines(path, ROOT)]
    if findings:
        failed.append("repository")
        print("\n".join(findings))
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else SUCCESS


def tool_checks(*, fix: bool) -> list[tuple[str, list[str]]]:
    """The tools, by name, with their arguments."""
    return [
        ("ruff check", ["ruff", "check", *(["--fix"] if fix else []), "."]),
        ("ruff format", ["ruff", "format", *([] if fix else ["--check"]), "."]),
        ("mypy", ["mypy"]),
    ]


def passes(python: Path, name: str, words: list[str]) -> bool:
    """Whether a tool finds nothing; what it finds it prints itself."""
    say(f"{name} …")
    return subprocess.call([str(python), "-P", "-m", *words], cwd=ROOT, env=environment_with_checkout()) == 0


def page_is_in_step(root: Path) -> bool:
    """Whether the program of exported pages was made of the sources as they are; says what to run if not."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from nodegraph.canvas.page import digest

    say("page …")
    is_in_step = digest.is_of_the_sources(root / "resources" / "page" / "program.json")
    if not is_in_step:
        print(
            "Exported pages were translated from other sources: run scripts/page.py, then tests/canvas/page."
        )
    return is_in_step


def tracked_files() -> list[Path]:
    """Every file under version control; a copy without git has none to look through."""
    # The folder may belong to another user than the one who checks, as in a container; we only list names.
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    except FileNotFoundError:
        raise Stopped(
            "git was not found, and without it nobody knows which files belong to the project."
        ) from None
    except subprocess.CalledProcessError:
        say("This folder is not a git checkout: the look at the repository's files is left out.")
        return []
    return [Path(name.decode()) for name in done.stdout.split(b"\0") if name]


def unwanted_lines(path: Path, root: Path) -> Iterator[str]:
    """The lines of a text file that should not be there, each with its place and what is wrong."""
    try:
        content = (root / path).read_bytes()
    except OSError:  # deleted but not yet committed, or a link to nowhere
        return
    if b"\0" in content:
        return
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
        for fault, pattern in UNWANTED.items():
            found = pattern.search(line)
            if found:
                yield f"{path.as_posix()}:{number}: {fault}: {found[0]}"


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
