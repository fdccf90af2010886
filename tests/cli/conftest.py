"""What the tests of the command line share: a folder to stand in, documents in it, and `nodegraph` as people
call it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nodegraph import cli, resources

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Outcome:
    """How a call ended."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on stderr, without what every complaint begins with."""
        assert self.status == 2
        assert self.out == ""
        line, _, rest = self.err.partition("\n")
        assert rest == ""
        assert line.startswith("nodegraph: error: ")
        return line.removeprefix("nodegraph: error: ")


@pytest.fixture
def seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seed example's document in an empty folder, which is where the test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "state"))
    copy = tmp_path / "seed.nodegraph"
    copy.write_bytes(resources.path("examples", "seed", "seed-L.nodegraph").read_bytes())
    return copy


@pytest.fixture
def nodegraph(
    seed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Call the command line in this process."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # put back afterwards, whatever a command sets

    def call(*words: str) -> Outcome:
        status = cli.main(words)
        return Outcome(status, *capsys.readouterr())

    return call


@pytest.fixture
def shell(seed: Path) -> Callable[..., Outcome]:
    """Call the command line as a process of its own."""

    def call(*words: str, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "nodegraph", *words],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call
