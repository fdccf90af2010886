"""Open nodegraph from this checkout: `python3 scripts/run.py [FILE ...]`.

The first call sets everything up. Where there is no screen, the seed example (or the FILE) is run in the
terminal instead, and its picture is written, so that the main job can be seen anywhere.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from setup_environment import (
    FAST_LOCK,
    ROOT,
    RUN_LOCK,
    SUCCESS,
    at_the_border,
    environment_with_checkout,
    say,
)
from setup_environment.packages import add_extra, ready_python
from setup_environment.place import may_write
from setup_environment.screen import screen_answers, screen_is_announced
from setup_environment.system import install_for_qt

SEED_EXAMPLE = ROOT / "resources" / "examples" / "seed" / "seed-L.nodegraph"
WITHOUT_FAST = "Going on without numba, which only makes large graphs quicker."
USAGE = """\
usage: python3 scripts/run.py [FILE ...]

Opens the editor; the first call sets everything up in .venv (in your cache folder, where you may not write
here). Where there is no screen, it prints both passes of the FILE (or of the seed example) and writes its
picture into the current folder."""


def main(arguments: list[str]) -> int:
    """Set up where needed, then open the editor, or do without where there is no screen."""
    if {"-h", "--help"} & set(arguments):
        print(USAGE)
        return SUCCESS
    install_for_qt(window=screen_is_announced())
    python = ready_python(ROOT, RUN_LOCK)
    add_extra(ROOT, FAST_LOCK, covers=(RUN_LOCK,), without=WITHOUT_FAST)
    if screen_answers():
        return become([str(python), *NODEGRAPH, *arguments])
    return run_without_screen(python, [Path(name) for name in arguments])


# -P: a folder called nodegraph where the person stands must not be taken for the program
NODEGRAPH = ("-P", "-m", "nodegraph")


def become(command: list[str]) -> int:
    """Let the editor take this process's place, so that signals and exit status are its own."""
    if os.name != "nt":  # where exec would give the terminal back before the editor ends
        os.execve(command[0], command, environment_with_checkout())
    return subprocess.call(command, env=environment_with_checkout())


def run_without_screen(python: Path, files: Sequence[Path]) -> int:
    """Print both passes of each document as a table and write its picture into the current folder."""
    say("There is no screen here, so no window can open; the passes and the picture come without one.")
    environment = {"QT_QPA_PLATFORM": "offscreen", **environment_with_checkout()}
    for document in files or [SEED_EXAMPLE]:
        picture = picture_of(document)
        say(f"\n{document.name}")
        for words in (["run", str(document)], ["export", str(document), "-o", str(picture)]):
            status = subprocess.call([str(python), *NODEGRAPH, *words], env=environment)
            if status != SUCCESS:
                return status
        say(f"The picture is in {picture.resolve()}")
    return SUCCESS


def picture_of(document: Path) -> Path:
    """Where a document's picture goes: the current folder, under a name that cannot be the document's own.

    Where we may not write there, it goes into the system's folder for files that need not last.
    """
    stem = "seed" if document == SEED_EXAMPLE else document.stem
    name = f"nodegraph-{stem}.png"
    return Path(name) if may_write(Path.cwd()) else Path(tempfile.mkdtemp(prefix="nodegraph-"), name)


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
