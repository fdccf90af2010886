"""The command line: `main` takes the words a person typed and gives an exit status.

Status 0: done. 1: a check failed, or the graph could not be fully run. 2: wrong usage or an unreadable file,
with one line on stderr. This is the border of the command line: nothing passes it as a traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nodegraph.cli import output
from nodegraph.cli.arguments import UsageError, read_arguments
from nodegraph.core.errors import NodegraphError

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say, by default those of this process, and return the exit status."""
    output.prepare()
    try:
        status = _do(list(sys.argv[1:] if words is None else words))
        output.finish()
    except UsageError as error:
        return output.complain(str(error), error.below)
    except NodegraphError as error:
        return output.complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        from nodegraph.cli import log

        return output.complain(log.sentence_for(error))
    return status


def _do(words: list[str]) -> int:
    try:
        command, arguments = read_arguments(words)
    except SystemExit as asked:  # argparse has printed the help or the version
        return asked.code if isinstance(asked.code, int) else 0
    from nodegraph.cli import commands

    status: int = getattr(commands, command)(arguments)
    return status
