"""Options that mean nothing for what is written are told, and those that contradict each other refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome

Call = Callable[..., Outcome]
GRAPH = "h = tanh(w11*x1 + 0.123456789*b); L = (h - y)**2"
OPTIONS = (
    *("--width 960px", "--dpi 150", "--scale 3", "--margin 50", "--theme dark", "--transparent"),
    *("--notation compact", "--labels none", "--digits 2", "--direction top-to-bottom"),
    *("--edges straight", "--no-arrowheads", "--after forward", "--step 3", "--set b=3"),
    *("--fps 10", "--speed 2", "--hold-start 1", "--hold-end 1", "--loop 2", "--training"),
    *("--show legend", "--show grid", "--hide values", "--hide gradients", "--hide labels"),
)


@pytest.mark.parametrize("suffix", [".html", ".tex", ".dot", ".mmd", ".py"])
def test_an_option_changes_what_is_written_or_is_told_to_mean_nothing(nodegraph: Call, suffix: str) -> None:
    nodegraph("new", GRAPH, "-o", "g.nodegraph")
    nodegraph("export", "g.nodegraph", "-o", "a" + suffix)
    usual = Path("a" + suffix).read_bytes()
    for option in OPTIONS:
        done = nodegraph("export", "g.nodegraph", "-o", "a" + suffix, *option.split())
        assert done.status == 0
        is_told = "means nothing" in done.err
        assert is_told == (Path("a" + suffix).read_bytes() == usual), option


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "a.py", "--theme", "light"], ["--theme means nothing for a program"]),
        (["-o", "a.py", "--digits", "3", "--no-arrowheads"], ["--digits", "--no-arrowheads"]),
        (["-o", "a.py", "--hide", "values,labels"], ["--hide values", "--hide labels"]),
        (["-o", "a.html", "--theme", "dark"], ["--theme means nothing for a web page"]),
        (["-o", "a.gif", "--after", "forward", "--fps", "2"], ["--after means nothing for GIF"]),
        (["-o", "a.svg", "--notation", "compact", "--labels", "full"], ["--labels full means nothing with"]),
        (["-o", "steps.pdf", "--pages", "steps", "--fps", "5", "--dpi", "90"], ["--dpi", "--fps"]),
        (["-o", "a.tex", "-o", "b.tex", "--dpi", "90"], ["--dpi means nothing for TikZ"]),
        (["-o", "a.dot", "-o", "a.py", "--to", "jax", "--theme", "dark"], []),
        (["-o", "a.dot", "--format", "dot"], []),
        (["-o", "a.dot", "-o", "-", "--format", "mmd"], []),
    ],
)
def test_each_of_them_is_told_once(nodegraph: Call, words: list[str], told: list[str]) -> None:
    done = nodegraph("export", "seed.nodegraph", *words)
    assert done.status == 0
    notes = [line for line in done.err.splitlines() if "means nothing" in line]
    assert len(notes) == len(told)
    assert all(any(f"note: {one}" in note for note in notes) for one in told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "a.svg", "--format", "png"], "a.svg: its name says svg, --format says png"),
        (["-o", "a.py", "--format", "svg"], "a.py: its name says py, --format says svg"),
        (["-o", "a.nodegraph", "--to", "python"], "a.nodegraph: The name of a program ends in .py."),
        (["-o", "a.txt"], "a.txt: The name of a picture ends in"),
        (["-o", "s.pdf", "--pages", "steps", "--format", "svg"], "s.pdf: its name says pdf"),
        (["-o", "s.pdf", "--pages", "steps", "--step", "2"], "say either --pages steps or --step"),
        (["-o", "s.pdf", "--pages", "steps", "--after", "none"], "say either --pages steps or --after"),
        (
            ["-o", "a.svg", "--labels", "full", "--hide", "labels"],
            "say either --labels full or --hide labels",
        ),
        (
            ["-o", "a.svg", "--labels", "none", "--show", "labels"],
            "say either --labels none or --show labels",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(nodegraph: Call, words: list[str], told: str) -> None:
    assert nodegraph("export", "seed.nodegraph", *words).complaint.startswith(told)


def test_explain_tells_what_most_means_nothing_for(nodegraph: Call) -> None:
    assert nodegraph("explain", "seed.nodegraph", "--most", "3").err == ""
    for words, told in (
        (["L"], "--most means nothing for one node"),
        (["L", "--json"], "--most means nothing for one node"),
        (["--format", "latex"], "--most means nothing for latex"),
        (["-o", "a.md"], "--most means nothing for markdown"),
    ):
        assert told in nodegraph("explain", "seed.nodegraph", *words, "--most", "3").err


def test_explain_refuses_a_format_other_than_its_file_has(nodegraph: Call) -> None:
    done = nodegraph("explain", "seed.nodegraph", "-o", "a.md", "--format", "latex")
    assert done.complaint == "a.md: its name says markdown, --format says latex; leave out --format"
    assert nodegraph("explain", "seed.nodegraph", "-o", "a.out", "--format", "latex").status == 0


def test_fractions_and_percentages_are_values(nodegraph: Call) -> None:
    for typed, value in (("1/4", 0.25), ("½", 0.5), ("-2½", -2.5), ("50%", 0.5)):
        done = nodegraph("run", "seed.nodegraph", "--set", f"a={typed}", "--json")
        assert json.loads(done.out)["values"]["a"] == value
    for typed in ("1/2/3", "½½", "--½", "%", "1_0/3"):
        assert nodegraph("run", "seed.nodegraph", "--set", f"a={typed}").complaint.startswith(
            f"--set a={typed}: "
        )


@pytest.mark.skipif(
    sys.version_info >= (3, 13) and not sys.prefix.isascii(),
    reason="newer Pythons load no compiled module from a folder whose name they cannot decode",
)
def test_a_name_in_utf_8_is_told_as_such_in_any_language_of_the_system(shell: Call, seed: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = shell("run", "größe.nodegraph", **plain).err
    assert told.startswith(r"nodegraph: error: gr\xf6\xdfe.nodegraph: ")
