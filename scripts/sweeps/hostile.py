"""Every file of `tests/hostile` at its full size, each read by a process of its own: refused in one sentence,
in time and within memory. Needs a system that counts what its processes use (Linux, macOS).

    python scripts/sweeps/hostile.py [--only WORD] [--seconds 2] [--megabytes 500]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.hostile.generator import SHELVES, Case  # noqa: E402

READ_BY = {
    "document": "from nodegraph import cli; status = cli.main(['run', PATH])",
    "picture": "from nodegraph import cli; status = cli.main(['run', PATH])",
    "table": "from pathlib import Path; from nodegraph.formats.tables import csv_table; "
    "csv_table.read(Path(PATH))",
    "lesson": "from nodegraph.lessons import reader; reader.load(PATH)",
    "formula": "from nodegraph import cli; status = cli.main(['new', '-', '-o', PATH + '.nodegraph'])",
    "network": "from nodegraph import cli; "
    "status = cli.main(['new', '--from', PATH, '-o', PATH + '.nodegraph'])",
}
CHILD = """
import resource, sys
sys.path.insert(0, {root!r})
PATH = sys.argv[1]
status = 0
try:
    {read_by}
except Exception as error:
    print(error, file=sys.stderr)
    status = 2
used = resource.getrusage(resource.RUSAGE_SELF)
kilobytes = used.ru_maxrss
if sys.platform == "linux":  # there the number above counts what the process was before it became Python
    lines = open("/proc/self/status").read().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime, kilobytes)
sys.exit(status)
"""


@dataclass(frozen=True)
class Outcome:
    """How a process ended, and what it used."""

    status: int
    said: str
    seconds: float
    megabytes: float

    def why_not_right(self, seconds: float, megabytes: float) -> str | None:
        """None where the file was refused as it should be, else what is wrong."""
        lines = [line for line in self.said.splitlines() if not line.startswith("  ")]  # a marked formula
        if self.status != 2 or len(lines) != 1 or "internal error" in self.said:
            return f"exit {self.status}: {self.said[-300:]}"
        if self.seconds > seconds or self.megabytes > megabytes:
            return "too dear"
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every file and print what it cost; 1 where one was not refused as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose kind and name hold this word")
    parser.add_argument("--seconds", type=float, default=2.0, help="of processor time")
    parser.add_argument("--megabytes", type=float, default=500.0, help="of memory")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as bytecode:  # an installed program has its bytecode ready, too
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for kind in READ_BY:
            read_one(kind, Case(lambda size: b"x" * size, 1, 1))
        failed = _read_all(asked)
    print(f"{failed} of these files were not refused as they should be." if failed else "All were refused.")
    return 1 if failed else 0


def _read_all(asked: argparse.Namespace) -> int:
    """How many files were not refused as they should be."""
    failed = 0
    for kind, cases in SHELVES.items():
        for name, case in cases.items():
            if asked.only in f"{kind} {name}":
                outcome = read_one(kind, case)
                wrong = outcome.why_not_right(asked.seconds, asked.megabytes)
                failed += wrong is not None
                cost = f"{outcome.seconds:6.2f} s {outcome.megabytes:6.0f} MB"
                print(f"{kind:9} {name:40} {cost}  {wrong or 'refused'}", flush=True)
    return failed


def read_one(kind: str, case: Case) -> Outcome:
    """Make a file and read it in another process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(case.make(case.full))
        program = CHILD.format(root=str(ROOT), read_by=READ_BY[kind])
        with open(path, "rb") as text:
            done = subprocess.run(
                [sys.executable, "-P", "-c", program, str(path)],
                stdin=text if kind == "formula" else subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=600,
                check=False,
            )
    seconds, kilobytes = (*done.stdout.split()[-2:], "inf", "inf")[:2]
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Outcome(done.returncode, done.stderr, float(seconds), float(kilobytes) / unit)


if __name__ == "__main__":
    sys.exit(main())
