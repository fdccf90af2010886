"""How the scripts speak: short lines while they work, and one clear sentence when they stop."""

import errno
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SUCCESS = 0
FAILED = 1
SYSTEM_PACKAGES_MISSING = 3
INTERRUPTED = 130
SECONDS_BETWEEN_SIGNS_OF_LIFE = 20

NO_BUILD = "A package has no build for this Python and this kind of machine."

# The first pattern that a tool's output matches gives the sentence. The order matters: without a network pip
# also says that it found no matching distribution.
FAILURES = [
    (
        r"No space left on device|not enough free space|Disk quota exceeded",
        "The disk is full: free some space.",
    ),
    (
        r"resolv(e|ing) |getaddrinfo|Name or service not known|NewConnectionError|Network is unreachable|"
        r"Connection refused|[Cc]ould not connect|Connect(ion)? ?[Tt]ime(d )?out|Read timed out|ProxyError|"
        r"Cannot connect to proxy|Connection broken|Curl error",
        "The network could not be reached: check the connection (or the proxy settings).",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|certificate verif",
        "A secure connection was refused: the certificate of the other side is not trusted on this machine.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package is not the one on record, so it was not installed.",
    ),
    (
        r"No matching distribution found for ([\w.-]+)|not a supported wheel",
        NO_BUILD,
    ),
    (
        r"[Cc]ould not get lock|is another process using it|lock is held",
        "Another package manager is running.",
    ),
    (r"dpkg was interrupted", "An earlier installation was interrupted: run  dpkg --configure -a  first."),
    (r"not in the sudoers|incorrect password|a password is required|not allowed to execute", "sudo refused."),
]


class Stopped(Exception):
    """The work cannot go on; carries the sentence for the person and the exit status."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def say(line: str) -> None:
    """Print a line of progress to stderr, so that results on stdout stay clean."""
    print(line, file=sys.stderr, flush=True)


def reason(output: str) -> str:
    """Why a tool failed, in one sentence made from what it printed."""
    for pattern, sentence in FAILURES:
        if re.search(pattern, output):
            return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(?i)(E|error|fatal)\b", line)]
    last = (errors or lines or ["it said nothing"])[-1]
    return f"The last words were: {last}"


def run_quietly(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    while_waiting: str = "",
) -> tuple[bool, str]:
    """Run a tool without showing its output; return whether it succeeded, and all it printed.

    A long silence looks like a hang, so `while_waiting` is said now and then.
    """
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        return False, f"error: {command[0]}: {error.strerror}"
    with process:
        return process_result(process, while_waiting)


def process_result(process: subprocess.Popen[str], while_waiting: str) -> tuple[bool, str]:
    """Wait for a started tool; when a person interrupts, it ends with us."""
    waited_s = 0
    while True:
        try:
            output, _ = process.communicate(timeout=SECONDS_BETWEEN_SIGNS_OF_LIFE)
            return process.returncode == 0, output
        except subprocess.TimeoutExpired:
            waited_s += SECONDS_BETWEEN_SIGNS_OF_LIFE
            if while_waiting:
                say(f"  {while_waiting} ({waited_s} s)")
        except BaseException:
            process.terminate()
            raise


def at_the_border(main: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a script's `main`; whatever stops it becomes one sentence and an exit status, never a traceback."""
    try:
        return main(arguments)
    except Stopped as stopped:
        say(stopped.sentence)
        return stopped.status
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return INTERRUPTED
    except OSError as error:
        say(sentence_about(error))
        return FAILED


def sentence_about(error: OSError) -> str:
    """What the operating system refused, in one sentence."""
    if error.errno == errno.ENOSPC:
        return "The disk is full: free some space, then run this again."
    place = f" ({error.filename})" if error.filename else ""
    return f"The system refused: {error.strerror or error}{place}."
