"""What `nodegraph.show` starts: `python -m nodegraph.cli.beside FILE` hands a file to the editor that is
open, or is the editor itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nodegraph.cli import environment, output
from nodegraph.cli.arguments import UsageError


def main(words: list[str]) -> int:
    """Open the file, which goes once it was read; returns the exit status."""
    try:
        environment.demand_window()
    except UsageError as error:
        return output.complain(str(error))
    from nodegraph.app import open_beside

    status: int = open_beside(Path(words[0]))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
