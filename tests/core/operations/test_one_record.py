"""An operation is one record: a copy of the package whose catalogue has one more knows it everywhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nodegraph

PACKAGE = Path(nodegraph.__file__).parent
LAST = "    )\n}\n\nPASS_THROUGH"
RECORD = """        Operation(
            "cube",
            "Cube",
            "x³",
            FUNCTIONS,
            "The input to the third power.",
            1,
            1,
            lambda inputs: inputs[0] ** 3,
            lambda port, count: "3*square(x0)",
            notation=Notation("cube({0})", "{0}³", "{0}^{{3}}", POWER, (ATOM,)),
            samples=((2.0,),),
            reasons=("Power rule with the exponent 3",),
        ),
"""
PROGRAM = """
import nodegraph as ng
from nodegraph.core.building.search import search
from nodegraph.core.checks.gradient_check import check_trace
from nodegraph.core.explain.derivation import derive_node
from nodegraph.formats import native

graph = ng.parse("y = cube(x)", x=2)
trace = ng.run(graph)
assert (trace.values["y"], trace.gradients["x"]) == (8.0, 12.0)
assert ng.to_text(graph) == "y = cube(x)"
assert native.read(native.write(graph)) == graph
assert not any(found.differs for found in check_trace(trace))
lines = [line.unicode for line in derive_node(trace.last_frame, graph.named("y").id).lines]
assert "∂y/∂x = 3 × x² = 3 × 2² = 12" in lines, lines
assert r"x^{3}" in derive_node(trace.last_frame, graph.named("y").id).lines[0].latex
assert search("cub")[0].name == "cube"
"""


def test_an_operation_is_one_record(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "nodegraph", ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = tmp_path / "nodegraph" / "core" / "operations" / "catalogue.py"
    text = catalogue.read_text(encoding="utf-8")
    assert LAST in text
    catalogue.write_text(text.replace(LAST, RECORD + LAST), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
