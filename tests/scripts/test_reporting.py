"""One clear sentence for each way a set-up fails, and never a traceback."""

import errno
import sys

import pytest

from setup_environment.reporting import FAILED, INTERRUPTED, Stopped, at_the_border, reason, run_quietly


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            "WARNING: Retrying … NewConnectionError('… Temporary failure in name resolution')\n"
            "ERROR: No matching distribution found for numpy==2.4.6",
            "network could not be reached",
        ),
        ("E: Failed to fetch …  Temporary failure resolving 'a.example'", "network could not be reached"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("E: You don't have enough free space in …\nE: not enough free space", "disk is full"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no build for this Python"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one on record",
        ),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend.", "Another package manager"),
        ("E: dpkg was interrupted, you must manually run …", "dpkg --configure -a"),
        ("sudo: a password is required", "sudo refused"),
        ("all well\nE: something new\nbye", "E: something new"),
        ("", "it said nothing"),
    ],
)
def test_the_reason_for_a_failure_is_a_sentence(output, words):
    assert words in reason(output)


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        (Stopped("No network.", 3), 3, "No network."),
        (KeyboardInterrupt(), INTERRUPTED, "goes on from here"),
        (OSError(errno.ENOSPC, "No space left on device"), FAILED, "disk is full"),
        (
            PermissionError(errno.EACCES, "Permission denied", "/x/.venv"),
            FAILED,
            "Permission denied (/x/.venv)",
        ),
    ],
    ids=["stopped", "interrupted", "disk full", "not allowed"],
)
def test_whatever_stops_a_script_is_told_without_a_traceback(trouble, status, words, capsys):
    def main(arguments):
        raise trouble

    assert at_the_border(main, []) == status
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_a_tool_is_run_without_showing_its_output(capfd):
    assert run_quietly([sys.executable, "-c", "print('hello'); raise SystemExit(1)"]) == (False, "hello\n")
    assert capfd.readouterr().out == ""


def test_a_tool_that_is_not_there_has_failed():
    succeeded, output = run_quietly(["no-such-program"])
    assert not succeeded
    assert "no-such-program" in output
