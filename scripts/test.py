"""Run all tests: `python3 scripts/test.py [--xvfb] [pytest options]`.

The first call sets everything up. Needs no screen. All tests together are spread over the machine's cores;
some, named by their files, run in one process, where a debugger works. With `--xvfb` (or CI=true) it also
installs, on Linux, what the tests in a real window and in a browser need; without those programs they are
skipped and say why.
"""

import os
import subprocess
import sys
from collections.abc import Callable

from setup_environment import (
    DEVELOPMENT_LOCK,
    ROOT,
    RUN_LOCK,
    Stopped,
    at_the_border,
    environment_with_checkout,
    say,
)
from setup_environment.packages import ready_python
from setup_environment.place import may_write
from setup_environment.system import (
    install_for_qt,
    install_for_tests_in_a_browser,
    install_for_tests_in_a_real_window,
)


def main(arguments: list[str]) -> int:
    """Set up where needed, then let pytest run with the remaining arguments; its exit status is ours."""
    asked_for = "--xvfb" in arguments
    if asked_for or os.environ.get("CI") == "true":
        prepare(install_for_tests_in_a_real_window, "in a real window", required=asked_for)
        prepare(install_for_tests_in_a_browser, "in a browser", required=False)
    install_for_qt(window=False)
    python = ready_python(ROOT, DEVELOPMENT_LOCK, covers=(RUN_LOCK,))
    environment = {**environment_with_checkout(), "QT_QPA_PLATFORM": "offscreen"}
    options = [argument for argument in arguments if argument != "--xvfb"]
    if not may_write(ROOT):
        options += ["-p", "no:cacheprovider"]  # it would warn that it cannot keep what failed
    options += over_the_cores(options)
    return subprocess.call([str(python), "-P", "-m", "pytest", *options], cwd=ROOT, env=environment)


def over_the_cores(options: list[str]) -> list[str]:
    """Return what spreads the whole suite over the cores; nothing where files are named or a person says how.

    At most four processes: each holds a Qt application and its windows, and a machine may show more cores
    than it lends.
    """
    says_how = any(option.startswith(("-n", "--numprocesses", "--dist", "--pdb", "-s")) for option in options)
    names_files = any((ROOT / option.split("::")[0]).exists() for option in options)
    return [] if says_how or names_files else ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def prepare(install: Callable[[], None], tests: str, *, required: bool) -> None:
    """Install what these tests need; unless it is required, the others go on without them."""
    try:
        install()
    except Stopped as stopped:
        if required:
            raise
        say(f"{stopped.sentence}\nGoing on without the tests {tests}.")


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
