"""Run every sweep of `scripts/sweeps`, which take too long for tests: `python3 scripts/nightly.py [NAME …]`.

A sweep is a module there with a `main(arguments)` that returns 0 where all is well. Without names all run,
one after another, also after one has failed; what failed is said at the end, and by the exit status.
"""

import subprocess
import sys
import time
from pathlib import Path

from setup_environment import DEVELOPMENT_LOCK, ROOT, RUN_LOCK, SUCCESS, at_the_border, say
from setup_environment.packages import ready_python

SWEEPS = Path(__file__).resolve().parent / "sweeps"
USAGE = "usage: python3 scripts/nightly.py [NAME …]"


def main(arguments: list[str]) -> int:
    """Run the sweeps that are named, or all, and say at the end which failed."""
    known = sweeps()
    if unknown := [name for name in arguments if name not in known]:
        asked_for_help = unknown[0] in ("-h", "--help")
        print(f"{USAGE}\nsweeps: {', '.join(known)}", file=sys.stdout if asked_for_help else sys.stderr)
        return SUCCESS if asked_for_help else 2
    python = ready_python(ROOT, DEVELOPMENT_LOCK, covers=(RUN_LOCK,))
    failed = [name for name in arguments or known if not passes(str(python), name)]
    say(f"Failed: {', '.join(failed)}." if failed else "All sweeps passed.")
    return 1 if failed else SUCCESS


def sweeps() -> list[str]:
    """The names of the sweeps there are."""
    files = sorted(SWEEPS.glob("*.py"))
    return [file.stem for file in files if "\ndef main(" in file.read_text(encoding="utf-8")]


def passes(python: str, name: str) -> bool:
    """Run one sweep in a process of its own; whether it found nothing wrong."""
    say(f"{name}:")
    began = time.monotonic()
    done = subprocess.run([python, str(SWEEPS / f"{name}.py")], cwd=ROOT, check=False)
    say(f"{name} {'passed' if done.returncode == 0 else 'failed'} in {time.monotonic() - began:.0f} s.")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
