"""Printing that cannot fail in a person's face: a pipe that closes, a full disk, a terminal of few
characters.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from nodegraph.cli.arguments import UsageError
from nodegraph.core.quoting import quoted

WRONG_USAGE = 2
AT_ONCE = 1000
"""Lines that are printed together."""

_SIGNS = "∂×−→✓✗⚠…²“”"
_PLAIN = str.maketrans(
    {"∂": "d", "×": "*", "·": "*", "−": "-", "–": "-", "′": "'", "“": '"', "”": '"', "…": "...", "→": "->"}
    | {"✓": "ok", "✗": "wrong", "⚠": "kink", "∞": "inf", "√": "sqrt ", "±": "+-", "≈": "~", "½": "1/2"}
    | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
)
"""What stands for the signs of mathematics where a terminal has plain letters only."""
_SIGMOID = re.compile(r"(?<!\w)σ(?=\()")
"""The function, where a σ alone is a name."""
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")


def prepare() -> None:
    """From here on, a character the terminal does not have is written as an escape.

    Where a stream was closed before the start, what is printed goes nowhere: the argument parser of some
    Python versions takes it for granted that there is one.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, stays open to the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def takes_signs() -> bool:
    """Whether standard output can show the signs of mathematics."""
    try:
        _SIGNS.encode(_encoding())
    except UnicodeEncodeError:
        return False
    return True


def say(text: str = "") -> bool:
    """Print to standard output, in plain letters where it takes no others. Returns whether anybody reads."""
    with _output_may_be_gone():
        text = quoted(text, keep="\n")
        print(text if takes_signs() else in_plain_letters(text))
        return True
    return False


def in_plain_letters(text: str) -> str:
    """Returns the text with the signs of mathematics and Greek letters spelled, and as an escape what
    standard output does not have even so; an exponent keeps its digits together.

    >>> in_plain_letters("∂y/∂x = −2·x⁻³ ≈ 0.5, x¹², σ(x/σ)")
    'dy/dx = -2*x^(-3) ~ 0.5, x^12, sigmoid(x/sigma)'
    """
    raised = _RAISED.sub(lambda run: f"^({run[0]})" if run[0].startswith("⁻") else f"^{run[0]}", text)
    spelled = _SIGMOID.sub("sigmoid", raised).translate(_PLAIN).translate(_greek())
    encoding = _encoding()
    return spelled.encode(encoding, "backslashreplace").decode(encoding)


@cache
def _greek() -> dict[int, str]:
    """Returns what stands for Greek letters; loaded only where it is needed, as the help needs none of it."""
    from nodegraph.core.typeset import GREEK

    return str.maketrans(dict(GREEK))


def _encoding() -> str:
    """The character encoding of standard output, ASCII where it names none that Python knows."""
    named = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        return codecs.lookup(named).name
    except LookupError:
        return "ascii"


def say_all(lines: Iterable[str]) -> None:
    """Print many lines, as they are made: what a large graph has to tell need not be held as a whole.

    Once the reader, such as `head`, has seen enough, no more are made.
    """
    rest = iter(lines)
    while (some := list(islice(rest, AT_ONCE))) and say("\n".join(some)):
        pass


def pour(data: bytes) -> None:
    """Write bytes to standard output, after what was printed before."""
    with _output_may_be_gone():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def finish() -> None:
    """Make sure that all that was printed has arrived."""
    with _output_may_be_gone():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextlib.contextmanager
def _output_may_be_gone() -> Iterator[None]:
    """Go on quietly where the reader, such as `head`, has seen enough; UsageError where the disk is full."""
    try:
        yield
    except BrokenPipeError:
        _drop_the_rest()
    except OSError as error:
        _drop_the_rest()
        raise UsageError(f"the output could not be written: {error.strerror}") from None


def complain(message: str, below: str = "") -> int:
    """Print one line about what is wrong to standard error, and lines below it; return the exit status."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(f"nodegraph: error: {quoted(message)}", file=sys.stderr)
            if below:
                print(quoted(below, keep="\n"), file=sys.stderr)
            sys.stderr.flush()
    return WRONG_USAGE


def note(message: str) -> None:
    """Print one line that a person should know to standard error; nothing for an empty one."""
    if message and sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(f"nodegraph: note: {quoted(message)}", file=sys.stderr, flush=True)


def _drop_the_rest() -> None:
    """Let the rest go nowhere, so that Python does not complain once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
