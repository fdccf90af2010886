"""Standard input and output, pipes and devices in the place of files, and one JSON object for programs."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nodegraph.formats import files, png
from tests.cli.conftest import ROOT, Outcome

Call = Callable[..., Outcome]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes that have names are of POSIX systems")


def call(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "nodegraph", *words],
        input=given,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )


def test_a_document_goes_through_pipes(seed: Path) -> None:
    made = call("new", "-", "-o", "-", given=b"L = (a*b + c)*f\n")
    assert made.returncode == 0
    assert len(files.graph_of(made.stdout)) == 7
    ran = call("run", "-", "--set", "a=3", "--json", given=made.stdout)
    assert json.loads(ran.stdout)["values"]["L"] == 4.0


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_every_command_that_writes_writes_to_a_pipe(seed: Path, out: str) -> None:
    assert files.graph_of(call("new", "L = a*b", "-o", out).stdout)
    assert call("explain", "seed.nodegraph", "--format", "latex", "-o", out).stdout.endswith(
        b"\\end{document}\n"
    )
    assert call("explain", "seed.nodegraph", "-o", out).stdout.startswith(b"The seed")
    picture = call("export", "seed.nodegraph", "-o", out, "--scale", "1").stdout
    assert png.is_png(picture)
    assert files.graph_of(picture) == files.load(seed)
    assert sorted(os.listdir()) == ["seed.nodegraph"]


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_a_reader_that_has_seen_enough_is_no_error(seed: Path, out: str) -> None:
    words = [sys.executable, "-m", "nodegraph", "export", str(seed), "-o", out, "--format", "svg"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings, pipesize=4096
    ) as writing:
        assert writing.stdout is not None
        assert writing.stderr is not None
        writing.stdout.close()
        assert writing.stderr.read() == b""
        assert writing.wait(120) == 0


def test_a_pipe_that_has_a_name_is_read(seed: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, seed.read_bytes())
    os.close(write_end)
    done = subprocess.run(
        [sys.executable, "-m", "nodegraph", "run", f"/dev/fd/{read_end}"],
        pass_fds=[read_end],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )
    os.close(read_end)
    assert done.returncode == 0


def test_what_arrives_on_standard_input_is_refused_as_a_file_is(seed: Path) -> None:
    refused = call("run", "-", given=b"{")
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"nodegraph: error: standard input: line 1")
    assert b"the editor opens files" in call("-").stderr


def test_a_check_as_json_holds_every_gradient_and_its_verdict(nodegraph: Call) -> None:
    told = json.loads(nodegraph("check", "seed.nodegraph", "--json").out)
    assert told["output"] == "L"
    assert [one["node"] for one in told["checks"]] == ["a", "b", "c", "f", "e", "d", "L"]
    assert all(one["agrees"] and not one["differs"] for one in told["checks"])
    assert told["problems"] == []


def test_a_gradient_that_numbers_cannot_tell_agrees_with_none_as_json(nodegraph: Call) -> None:
    nodegraph("new", "L = (w*2 - 6)**2 + 1e8", "--set", "w=3.0000001", "-o", "flat.nodegraph")
    told = json.loads(nodegraph("check", "flat.nodegraph", "--json").out)["checks"]
    agreeing = [one["node"] for one in told if one["agrees"]]
    assert f"{len(agreeing)} of {len(told)} gradients agree" in nodegraph("check", "flat.nodegraph").out
    assert "w" not in agreeing
    assert not any(one["differs"] for one in told)


def test_an_explanation_as_json_holds_steps_or_all_about_one_node(nodegraph: Call) -> None:
    whole = json.loads(nodegraph("explain", "seed.nodegraph", "--json").out)
    assert len(whole["steps"]) == 11
    node = json.loads(nodegraph("explain", "seed.nodegraph", "a", "--json").out)
    assert (node["value"], node["gradient"]) == (2.0, 15.0)
    assert [path["product"] for path in node["paths"]] == [15.0]
    assert nodegraph("explain", "seed.nodegraph", "--json", "-o", "x.txt").status == 2


def test_what_is_wrong_with_a_stream_is_told_of_the_stream(seed: Path) -> None:
    assert call("run", "-").stderr == b"nodegraph: error: standard input: The file is empty.\n"
    assert call("new", "-", "-o", "x.nodegraph", given=b"\xff").stderr.startswith(
        b"nodegraph: error: standard input: This is no text in UTF-8;"
    )


def test_a_standard_input_that_is_closed_is_told(
    seed: Path, nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec <&-; "$0" -m nodegraph run -', sys.executable],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    said = "nodegraph: error: standard input: This is closed; there is nothing to read.\n"
    assert (done.returncode, done.stderr.decode()) == (2, said)
    monkeypatch.setattr(sys, "stdin", None)  # as Python starts without one
    for words in ("run -", "explain -", "check -", "export - -o x.png", "new - -o x.nodegraph"):
        told = nodegraph(*words.split())
        assert (told.status, told.err) == (2, said), words


NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": ["x = 2.0\\n", "y = x**2"]}], "nbformat": 4}'


@pytest.mark.parametrize("name", ["-", "prog", "prog.py.bak"])
@pytest.mark.parametrize(
    ("held", "op"),
    [
        (b"import math\nx = 2.0\ny = math.sin(x)**2\n", "square"),
        (b"# a small net\n\nx = 2.0\ny = x**2\n", "square"),
        (b"y = x*w", "multiply"),
        (b"$y = x w$\n", "multiply"),
        (b"\\begin{equation}\n  y = x w\n\\end{equation}\n", "multiply"),
        (b"\\[ y = x w \\]", "multiply"),
        (NOTEBOOK, "square"),
        (b'digraph { x -> y; w -> y; y [label="*"] }', "multiply"),
    ],
)
def test_what_has_no_telling_name_is_read_as_what_it_holds(
    name: str, held: bytes, op: str, nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "-":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(held)))
    else:
        Path(name).write_bytes(held)
    made = nodegraph("new", "--from", name, "-o", "made.nodegraph")
    assert made.status == 0
    graph = files.load("made.nodegraph")
    assert graph.node("y").op == op


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"The loss is good.", "a text, and so .*; if it holds formulas, save it in a file .* .txt"),
        (b"x,y\n1,2\n", "a table, and so "),
        (b'import React from "react"\nconst a = 1;\n', "a JavaScript program"),
        (b"# A lesson\n\nSome text = here\n", "a Markdown page"),
    ],
)  # fmt: skip
def test_what_is_no_formula_on_standard_input_is_told_as_what_it_is(
    held: bytes, said: str, nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(held)))
    assert re.search(said, nodegraph("new", "--from", "-", "-o", "made.nodegraph").complaint)
    assert not Path("made.nodegraph").exists()
