"""Choose every command in every state of the window, where the tests try each in two:

python3 scripts/sweeps/every_command.py [pytest options]
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from setup_environment import ROOT, at_the_border, environment_with_checkout

JOURNEY = "tests/journeys/test_every_command.py"


def main(arguments: list[str]) -> int:
    """Run the journey with every pair of a command and a state, and return its status."""
    surroundings = environment_with_checkout(os.environ | {"NODEGRAPH_EVERY_COMMAND": "in every state"})
    surroundings["QT_QPA_PLATFORM"] = "offscreen"
    words = [sys.executable, "-P", "-m", "pytest", JOURNEY, *arguments]
    return subprocess.call(words, cwd=ROOT, env=surroundings)


if __name__ == "__main__":
    sys.exit(at_the_border(main, sys.argv[1:]))
