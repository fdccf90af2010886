"""What the program does to the Python that it runs in."""

from __future__ import annotations

import subprocess
import sys

import pytest

STARTS = """
import builtins
{before}
plain = builtins.__import__
from nodegraph import app
app._run(lambda windows: None)
print(builtins.__import__ is plain, plain.__name__)
"""


@pytest.mark.parametrize(
    ("before", "name"), [("", "__import__"), ("import PySide6.QtCore", "__feature_import__")]
)
def test_imports_go_as_they_went_before_a_window_opened(before: str, name: str) -> None:
    program = STARTS.format(before=before)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == f"True {name}"
