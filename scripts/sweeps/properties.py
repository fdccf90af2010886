"""Try what holds for any graph, file or text on 1,000 examples each, where the tests try 40:

python3 scripts/sweeps/properties.py [pytest options]
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from setup_environment import ROOT, at_the_border, environment_with_checkout

PROFILE = "thorough"
"""Of those in `tests/conftest.py`, the one with so many examples."""


def main(arguments: list[str]) -> int:
    """Run the tests that hypothesis gives examples to, over the cores, and return their status."""
    surroundings = environment_with_checkout(os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    chosen = ["-m", "hypothesis", "--hypothesis-profile", PROFILE, "-n", "auto", "--maxprocesses", "4"]
    words = [sys.executable, "-P", "-m", "pytest", *chosen, *arguments]
    return subprocess.call(words, cwd=ROOT, env=surroundings)


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
