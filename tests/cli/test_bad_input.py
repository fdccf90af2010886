"""Whatever is wrong with what was typed or with a file: one line, status 2, nothing lost and never a
traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.formats import files, png

Call = Callable[..., Any]


EXPORT = ["export", "seed.nodegraph", "-o", "x.png"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run"], "the following arguments are required: FILE (see nodegraph run --help)"),
        (["run", "seed.nodegraph", "more"], "“more” is a word more than this command takes; a name or a"),
        (["run", "seed.nodegraph", "seed.nodegraph"], "this command takes one file; run it again for"),
        (["run", "seed.nodegraph", "--jsn"], "there is no option --jsn; did you mean --json? (see"),
        (["run", "seed.nodegraph", "--set", "a=3", "b=2"], "each value has an option of its own: --set b=2"),
        (["run", "seed.nodegraph", "--set", "a=3,b=2"], "seed.nodegraph: There is no node a=3,b; each"),
        (["run", "seed.nodegraph", "--set", "a", "3"], "write a name and its value as one word: --set a=3"),
        (["train", "seed.nodegraph", "--rate", "-1e-3"], "--rate -0.001: The learning rate is above 0"),
        (["run", "seed.nodegraph", "--a=3"], "there is no option --a; to set a value write --set a=3"),
        (["new", "L", "=", "a*b", "-o", "y"], "a name or a text with spaces stands between quotation marks"),
        (["new", "L = a*b", "--output", "y.nodegraph"], "there is no option --output; did you mean -o?"),
        (["export", "seed.nodegraph", "out.png"], "the following arguments are required: -o; write -o"),
        (["--run", "seed.nodegraph"], "there is no command and no file “--run”; did you mean run?"),
        (["run", "seed.nodegraph", "--set", "a", "=", "3"], "write a name and its value as one word: --set"),
        (["new", "y=2*x", "z=3*y", "-o", "q"], "statements stand in one text, parted by semicolons: "),
        (["new", "a*b", "-o", "y", "--set", "a=2,b=3"], "--set a=2,b=3: each has an option of its own:"),
        (["run", "seed.nodegraph", "-o", "out.txt"], "what this prints is written to a file by > out.txt"),
        (["layout", "seed.nodegraph", "--output", "l.json"], "what this prints is written to a file by >"),
        (["train", "seed.nodegraph", "line.csv"], "a table stands behind its option: --data line.csv"),
        (
            ["train", "seed.nodegraph", "--set", "a=1", "--measure", "mae", "r2"],
            "each has an option of its own: --measure mae --measure r2",
        ),
        (["train", "seed.nodegraph", "--rate", "0.1", "0.2"], "--rate takes one value, and “0.2” is one"),
        (["run", "seed.nodegraph", "--output", "my", "L"], "--output takes one value, and “L” is"),
        (["explain", "seed.nodegraph", "--node", "a"], "NODE stands without an option: a"),
        (["run", "--file=seed.nodegraph"], "FILE stands without an option: seed.nodegraph"),
        (["train", "seed.nodegraph", "--lr", "0.1"], "there is no option --lr; did you mean --rate?"),
        (["train", "seed.nodegraph", "--batch-size=2"], "there is no option --batch-size; did you mean"),
        (["train", "seed.nodegraph", "--momentum", "0.9"], "there is no option --momentum; write --setting"),
        (["data", "moons", "-n", "9", "-o", "m.csv"], "there is no option -n; did you mean --rows?"),
        (["explain", "a", "seed.nodegraph"], "the file stands first: nodegraph explain seed.nodegraph a"),
        (["open", "seed.nodegraph"], "there is no command “open”; to open a file write: nodegraph seed"),
        (["seed.nodegraph", "run"], "the command stands first: nodegraph run seed.nodegraph"),
        (["run", "seed.nodegraph", "--", "--json"], "what stands behind -- is no option; leave -- out"),
        (["export", "seed.nodegraph", "-o", "x.png", "--step", "end"], "argument --step: expected a whole"),
        (["new", "--from", "neuron.py"], "the following arguments are required: -o; write -o and a name, or"),
        (["version"], "there is no command and no file “version”; did you mean --version?"),
        (["help"], "there is no command and no file “help”; did you mean --help?"),
        (["L = a*b"], 'there is no file “L = a*b”; a text is made a document by: new "L = a*b" -o FILE'),
        (["rnu", "seed.nodegraph"], "there is no command and no file “rnu”; did you mean run?"),
        (["--what"], "there is no option --what (see nodegraph --help)"),
        (["seed.nodegraph", "other"], "“other” is a word more than this command takes; a name"),
        (["new", "a*b"], "the following arguments are required: -o; write -o and a name, or -o -"),
        (["new", "seed.nodegraph", "-o", "y.nodegraph"], "this is a file; to read the text in it, write"),
        (["new", "y = a*b", "-o", "y.nodegraph", "-q"], "there is no option -q (see nodegraph new --help)"),
        (["new", "a*b", "-o", "x", "--set", "a"], "--set a: write a name and a value, such as a=3"),
        (["train", "-", "--data", "-"], "- --data -: standard input holds one of them; give the other as"),
        (["new", "a*b", "-o", "x", "--set", "=3"], "--set =3: write a name and a value, such as a=3"),
        (["new", "a*b", "-o", "x", "--set", "c=3"], "There is no input c; the inputs are a, b."),
        (["new", "a*b", "-o", "x.png"], "x.png: A document does not end in .png; save it as .nodegraph"),
        (["new", "a*b", "-o", "no/x"], "no/x: The folder for this file does not exist. Nothing was written."),
        (["run", "seed.nodegraph", "--set", "a=two"], "--set a=two: “two” is not a number. Type one such as"),
        (["run", "seed.nodegraph", "--set", "a=nan"], "--set a=nan: A value must be a number"),
        (["run", "seed.nodegraph", "--set", "e=2"], "seed.nodegraph: e is computed; only inputs"),
        (["run", "seed.nodegraph", "--set", "q = 2"], "seed.nodegraph: There is no node q; the nodes are a"),
        (["run", "seed.nodegraph", "--set", "q=2"], "seed.nodegraph: There is no node q; the nodes are a, b"),
        (["run", "seed.nodegraph", "--output", "l"], "seed.nodegraph: There is no node l; the nodes are"),
        (["explain", "seed.nodegraph", "aa"], "seed.nodegraph: There is no node aa; did you mean a?"),
        (["run", "seed"], "seed: There is no such file; did you mean seed.nodegraph?"),
        (["explain", "y = a*b"], "there is no file “y = a*b”; a text is made a document by: new"),
        (["run", "none.nodegraph"], "none.nodegraph: There is no such file."),
        (["none.nodegraph"], "none.nodegraph: There is no such file."),
        (["run", "."], ".: This is a folder, not a file."),
        (["."], ".: This is a folder, not a file."),
        (["run", "a\nb\x1b[31m"], "a\\nb\\x1b[31m: There is no such file."),
        (["run", "a\0b"], "a\\x00b: This cannot be the name of a file."),
        (
            ["export", "seed.nodegraph", "-o", "x.jpg"],
            "x.jpg: The name of a picture ends in .png, .svg, .pdf, ",
        ),
        ([*EXPORT, "--scale", "9"], "argument --scale: expected a number from 1"),
        ([*EXPORT, "--scale", "nan"], "argument --scale: expected a number from 1"),
        ([*EXPORT, "--step", "12"], "seed.nodegraph: There is no step 12; the two passes have"),
        ([*EXPORT, "--step", "-1"], "seed.nodegraph: There is no step -1"),
        ([*EXPORT, "--theme", "red"], "argument --theme: invalid choice: 'red'"),
        (["export", "seed.nodegraph", "-o", "no/x.png"], "no/x.png: The folder for this file"),
        ([*EXPORT, "--step", "1", "--after", "none"], "argument --after: not allowed"),
    ],
)  # fmt: skip
def test_wrong_words_give_one_line_and_write_nothing(
    words: list[str], complaint: str, nodegraph: Call
) -> None:
    assert nodegraph(*words).complaint.startswith(complaint)
    assert os.listdir() == ["seed.nodegraph"]


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The file is empty."),
    "nonsense": (b"hello", "This is a text, not a nodegraph document; open a .nodegraph"),
    "no JSON": (b"{hello", "line 1, column 2: this is not JSON"),
    "binary": (bytes(range(128, 256)), "This is no text in UTF-8"),
    "deep": (b"[" * 10_000, "This is nested more than"),
    "other": (b'{"nodes": []}', "This is no nodegraph document"),
    "another's": (
        b'{"nodes": [], "links": []}',
        'This is no nodegraph document: it has no "graph" with "format": "nodegraph". A graph that another',
    ),
    "truncated": (png.SIGNATURE + b"\0\0\0\rIHDR", "This PNG is cut short"),
    "newer": (b'{"graph": {"format": "nodegraph", "version": 9}}', "graph.version: This document was"),
    "nan": (b'{"nodes": [{"value": NaN}]}', "nodes[0].value: expected a finite number, found NaN"),
}  # fmt: skip


def test_how_a_file_with_spaces_or_a_dash_is_named_is_told(nodegraph: Call, seed: Path) -> None:
    Path("my seed.nodegraph").write_bytes(seed.read_bytes())
    Path("-seed.nodegraph").write_bytes(seed.read_bytes())
    told = nodegraph("run", "my", "seed.nodegraph").complaint
    assert told.startswith('a name with spaces stands between quotation marks: "my seed.nodegraph"')
    told = nodegraph("run", "-seed.nodegraph").complaint
    assert told.startswith("the name of a file that begins with - is written ./-seed.nodegraph")


@pytest.mark.parametrize("command", ["run", "explain", "check", "export"])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_by_every_command_with_its_name(
    kind: str, command: str, nodegraph: Call
) -> None:
    data, complaint = BAD_FILES[kind]
    Path(kind).write_bytes(data)
    further = ["-o", "out.png"] if command == "export" else []
    assert nodegraph(command, kind, *further).complaint.startswith(f"{kind}: {complaint}")
    assert not Path("out.png").exists()


def test_a_hundred_megabytes_of_nonsense_are_refused(nodegraph: Call) -> None:
    with open("large", "wb") as file:
        file.truncate(100_000_000)
    complaint = nodegraph("run", "large").complaint
    assert complaint == "large: This file is too large (100 MB); a document has at most 48 MB."


def test_wrong_text_shows_the_place_below_the_line(nodegraph: Call) -> None:
    done = nodegraph("new", "e = a*b\nL = (e + c", "-o", "x.nodegraph")
    assert done.status == 2
    assert done.err.splitlines() == [
        "nodegraph: error: line 2, column 5: a bracket is opened here and never closed",
        "  L = (e + c",
        "      ^",
    ]
    assert not Path("x.nodegraph").exists()


def test_of_a_long_text_only_the_part_around_the_place_is_shown(nodegraph: Call) -> None:
    done = nodegraph("new", "L = " + "a + " * 100 + "b & c" + " + d" * 100, "-o", "x.nodegraph")
    line, marked, caret = done.err.splitlines()
    assert "column 407" in line
    assert len(marked) <= 102
    assert marked[caret.index("^")] == "&"


def test_a_document_that_was_there_survives_a_failed_new(
    nodegraph: Call, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seed.read_bytes()

    def full(*paths: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        done = nodegraph("new", "a*b", "-o", "seed.nodegraph")
    assert done.complaint == "seed.nodegraph: The disk is full. Nothing was written."
    assert seed.read_bytes() == before
    assert os.listdir() == ["seed.nodegraph"]


def test_what_nobody_expected_is_one_line_and_a_log(
    nodegraph: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(path: str) -> None:
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(files, "graph_of", break_down)
    complaint = nodegraph("run", "seed.nodegraph").complaint
    log = tmp_path / "state" / "command-line.log"
    assert complaint == (
        f"an internal error (ZeroDivisionError); this is a mistake in nodegraph. It was written to {log}"
    )
    assert "a mistake of ours" in log.read_text("utf-8")
    assert "Traceback" in log.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in which something runs stays there")
@pytest.mark.parametrize("words", [["new", "L = a*b", "-o", "x.nodegraph"], ["data", "moons", "-o", "m.csv"]])
def test_a_folder_that_was_removed_is_no_mistake_of_ours(
    nodegraph: Call, tmp_path: Path, words: list[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    complaint = nodegraph(*words).complaint
    assert complaint == "the folder in which this runs has been removed; change to another one"


def test_where_no_log_can_be_written_the_line_still_comes(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NODEGRAPH_STATE", "seed.nodegraph")
    monkeypatch.setattr(files, "graph_of", lambda path: 1 / 0)
    assert nodegraph("run", "seed.nodegraph").complaint.endswith("this is a mistake in nodegraph")


def test_an_interruption_ends_quietly(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "graph_of", interrupt)
    done = nodegraph("run", "seed.nodegraph")
    assert (done.status, done.out, done.err) == (130, "", "")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run", ""], "“”: There is no such file."),
        (["run", "https://example.org/a.nodegraph"], "This is an address and no file"),
        (["check", "file://localhost/a.nodegraph"], "This is an address and no file"),
        (
            ["train", "seed.nodegraph", "--data", "https://example.org/a.csv"],
            "This is an address and no file",
        ),
        (["new", "y = a*b", "-o", "there/"], "there/: This names a folder; add the name of a file to write."),
        (["explain", "seed.nodegraph", "--format", "text", "-o", "there/"], "there/: This names a folder"),
        (
            ["run", "seed.nodegraph", "--set", "a=1", "--set", "a=2"],
            "--set a=2: a is set twice; leave one of them",
        ),
        (["new", "y = a", "--set", "a=1", "--set", "a=2", "-o", "x.nodegraph"], "--set a=2: a is set twice"),
        (
            ["new", "y = a*b", "-o", "x.nodegraph", "-o", "z.nodegraph"],
            "-o is given twice; leave one of them",
        ),
        (["train", "seed.nodegraph", "--rate", "1", "--rate", "2"], "--rate is given twice"),
        (["train", "seed.nodegraph", "--rate", "1", "--setting", "rate=2"], "--rate is given too"),
        (["new", "y = a*b", "-o", "x.csv"], "x.csv: A document does not end in .csv; save it as .nodegraph."),
        (["new", "", "-o", "x.nodegraph"], "line 1, column 1: write a formula, such as L = (a*b + c)*f"),
    ],
)
def test_words_that_cannot_be_meant_are_told_as_what_they_are(
    words: list[str], complaint: str, nodegraph: Call, tmp_path: Path
) -> None:
    assert complaint in nodegraph(*words).complaint
    assert {path.name for path in tmp_path.iterdir()} <= {"seed.nodegraph", "state"}


@pytest.mark.parametrize(
    "words", [["explain", "seed.nodegraph", "--format", "text"], ["new", "--from", "seed.nodegraph"]]
)
def test_what_is_read_is_not_replaced_by_what_is_told_of_it(
    words: list[str], nodegraph: Call, seed: Path
) -> None:
    before = seed.read_bytes()
    assert "this would replace the file that is read" in nodegraph(*words, "-o", "./seed.nodegraph").complaint
    assert seed.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc")
def test_a_folder_in_which_nothing_can_be_made_is_not_called_missing(nodegraph: Call) -> None:
    said = nodegraph("new", "y = a*b", "-o", "/proc/x.nodegraph").complaint
    assert "does not exist" not in said
    assert "Nothing was written." in said
