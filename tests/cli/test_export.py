"""`nodegraph export`: several files and formats at once, figures of a width, and errors of one line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from nodegraph.formats import files
from tests.cli.conftest import Outcome

Call = Callable[..., Outcome]


def test_several_files_are_written_in_several_formats(nodegraph: Call, seed: Path) -> None:
    shutil.copy(seed, "other.nodegraph")
    done = nodegraph("export", "seed.nodegraph", "other.nodegraph", "-o", "{name}.png", "-o", "{name}.svg")
    assert (done.status, done.err) == (0, "")
    for name in ("seed.png", "seed.svg", "other.png", "other.svg"):
        assert files.load(name) == files.load(seed)


def test_of_several_files_the_others_are_written_where_one_is_wrong(nodegraph: Call, seed: Path) -> None:
    Path("bad.nodegraph").write_text("{", encoding="utf-8")
    done = nodegraph("export", "bad.nodegraph", "seed.nodegraph", "-o", "{name}.svg")
    assert done.complaint.startswith("bad.nodegraph: line 1")
    assert files.load("seed.svg") == files.load(seed)
    assert not Path("bad.svg").exists()


@pytest.mark.parametrize("format_", ["png", "svg", "pdf", "tex", "dot", "mmd"])
def test_every_format_goes_to_standard_output(shell: Call, format_: str, seed: Path) -> None:
    import os
    import subprocess
    import sys

    from tests.cli.conftest import ROOT

    words = ["export", "seed.nodegraph", "-o", "-", "--format", format_]
    done = subprocess.run(
        [sys.executable, "-m", "nodegraph", *words],
        capture_output=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    starts = {
        "png": b"\x89PNG",
        "svg": b"<?xml",
        "pdf": b"%PDF",
        "tex": b"% Made",
        "dot": b"digraph",
        "mmd": b"%%",
    }
    assert done.stdout.startswith(starts[format_])


def test_a_width_makes_a_figure_and_small_type_is_noted_once(nodegraph: Call) -> None:
    done = nodegraph(
        "export", "seed.nodegraph", "-o", "s.png", "-o", "s.pdf", "--width", "8.5cm", "--dpi", "200"
    )
    assert done.status == 0
    assert QImage("s.png").width() == round(8.5 / 2.54 * 200)
    first, second, rest = done.err.split("\n")
    assert first == "nodegraph: note: --dpi means nothing for PDF"
    assert second.startswith("nodegraph: note: seed.nodegraph: the smallest type is ")
    assert rest == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--width", "0cm"], "argument --width: A width is more than 0, not 0cm."),
        (["--width", "wide"], "argument --width: A width is such as 8.5cm"),
        (["--width", "1cm"], "x.png: A page 1cm wide is too small for its type"),
        (["--dpi", "0"], "argument --dpi: expected a whole number from 10"),
        (["--dpi", "three"], "argument --dpi: expected a whole number from 10"),
        (["--theme", "pink"], "argument --theme: invalid choice: 'pink'"),
        (["--notation", "runes"], "argument --notation: invalid choice: 'runes'"),
        (["--show", "colours"], "argument --show: there is no “colours”; there are values"),
        (["--show", "title", "--hide", "title,grid"], "A figure cannot both show and hide title."),
        (["--scale", "2", "--width", "8cm"], "say either --scale or --width"),
        (["--scale", "2", "--dpi", "300"], "say either --scale or --dpi"),
        (["-o", "x.png"], "x.png: two pictures would be written there"),
        (["-o", "x.jpg"], "x.jpg: The name of a picture ends in"),
        (["seed.nodegraph"], "x.png: of several files, let OUT hold {name}"),
    ],
)
def test_what_is_wrong_is_one_line_and_writes_nothing(nodegraph: Call, words: list[str], told: str) -> None:
    done = nodegraph("export", "seed.nodegraph", *words[:1] * (words[0][0] != "-"), "-o", "x.png",
                     *words[words[0][0] != "-" :])  # fmt: skip
    assert done.complaint.startswith(told)
    assert not Path("x.png").exists()
