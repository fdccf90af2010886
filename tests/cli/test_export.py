"""`nodegraph export`: several files and formats at once, figures of a width, and errors of one line."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from PySide6.QtGui import QImage

from nodegraph import cli
from nodegraph.core.building.expression import parse
from nodegraph.formats import files
from nodegraph.formats.disk.watching import changes
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


def test_every_format_goes_to_standard_output(
    seed: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    starts = {
        "png": b"\x89PNG",
        "svg": b"<?xml",
        "pdf": b"%PDF",
        "tex": b"% Made",
        "dot": b"// A picture",
        "mmd": b"%%",
    }
    for format_, start in starts.items():
        assert cli.main(("export", "seed.nodegraph", "-o", "-", "--format", format_)) == 0, format_
        assert capsysbinary.readouterr().out.startswith(start), format_


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


def test_an_odd_width_that_an_mp4_cannot_have_is_noted(nodegraph: Call) -> None:
    pytest.importorskip("imageio_ffmpeg", reason="imageio-ffmpeg is not installed: the extra video")
    words = ["--fps", "5", "--speed", "20", "--hold-end", "0"]
    done = nodegraph("export", "seed.nodegraph", "-o", "film.mp4", "--width", "301px", *words)
    assert (done.status, done.err) == (
        0,
        "nodegraph: note: film.mp4: MP4 has even sides, so 301 px become 302\n",
    )
    assert nodegraph("export", "seed.nodegraph", "-o", "film.mp4", "--width", "302px", *words).err == ""


@pytest.mark.parametrize("out", ["steps/", "there"])
def test_a_folder_for_one_picture_is_refused_with_what_goes_into_one(nodegraph: Call, out: str) -> None:
    Path("there").mkdir()
    said = f"{out}: this is a folder; name the file in it, or write a picture of each step there with"
    assert nodegraph("export", "seed.nodegraph", "-o", out).complaint.startswith(said)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".apng"])
def test_both_passes_are_written_as_an_animation(nodegraph: Call, seed: Path, suffix: str) -> None:
    words = ["--fps", "10", "--speed", "8", "--loop", "2", "--hold-start", "0", "--hold-end", "1"]
    out = f"film{suffix}"
    done = nodegraph("export", "seed.nodegraph", "-o", out, "--width", "301px", "--theme", "dark", *words)
    assert (done.status, done.err) == (0, "")
    assert files.load(out) == files.load(seed)
    with Image.open(out) as film:
        assert film.size[0] == 301
        assert film.convert("RGB").getpixel((0, 0)) == (0x14, 0x17, 0x1C)
        times = []
        for one in ImageSequence.Iterator(film):
            one.load()
            times.append(one.info["duration"])
    assert sum(times) == pytest.approx(1000 + 11 * 900 / 8, abs=5)


def test_a_training_is_written_as_an_animation(nodegraph: Call, seed: Path) -> None:
    nodegraph("new", "L = (w/4 - 3)**2", "-o", "w.nodegraph")
    done = nodegraph("export", "w.nodegraph", "-o", "t.gif", "--training", "--speed", "4", "--width", "200px")
    assert (done.status, done.err) == (0, "")
    nodegraph("export", "w.nodegraph", "-o", "still.png", "--width", "200px")
    with Image.open("t.gif") as film, Image.open("still.png") as still:
        assert film.n_frames > 20
        assert film.size[1] > still.height


def test_what_says_how_an_animation_runs_is_noted_for_a_picture(nodegraph: Call) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "s.svg", "--fps", "20", "--training")
    assert done.status == 0
    assert done.err == (
        "nodegraph: note: --fps means nothing for SVG\nnodegraph: note: --training means nothing for SVG\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--fps", "0"], "argument --fps: expected a whole number from 1 to 60, found “0”"),
        (["--fps", "60"], "x.gif: GIF shows at most 50 pictures a second; 60 are too many."),
        (["--fps", "2.5"], "argument --fps: expected a whole number"),
        (["--speed", "0"], "argument --speed: expected a number from 0.1 to 20"),
        (["--hold-end", "-1"], "argument --hold-end: expected a number from 0 to 60"),
        (["--loop", "many"], "argument --loop: expected a whole number from 0"),
        (["--transparent"], "x.gif: GIF has no soft edges on a transparent ground"),
        (["-o", "no/x.webp", "--speed", "20"], "no/x.webp: The folder for this file does not exist."),
    ],
)
def test_an_animation_that_cannot_be_is_one_line(nodegraph: Call, words: list[str], told: str) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "x.gif", *words)
    assert done.complaint.startswith(told)


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


def test_a_name_that_ends_in_py_gets_a_program(nodegraph: Call, seed: Path) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "seed.py", "--to", "numpy", "-o", "seed.png")
    assert (done.status, done.err) == (0, "")
    assert "import numpy as np" in Path("seed.py").read_text("utf-8")
    assert files.load("seed.png") == files.load(seed)


def test_a_vectorised_program_trains_as_the_command_does(nodegraph: Call) -> None:
    nodegraph("new", "L = (w*x - b)**2 + exp(-w)", "--set", "x=0.1", "-o", "loss.nodegraph")
    done = nodegraph("export", "loss.nodegraph", "-o", "loss.py", "--vectorised")
    assert (done.status, done.err) == (0, "")
    ran = subprocess.run([sys.executable, "loss.py"], capture_output=True, text=True, check=True)
    learnt = json.loads(nodegraph("train", "loss.nodegraph", "--json").out)["values"]
    printed = {
        line.rpartition(" = ")[0]: float(line.rpartition(" = ")[2]) for line in ran.stdout.splitlines()
    }
    assert {name: printed[name] for name in learnt} == pytest.approx(learnt, rel=1e-12)


def test_a_vectorised_program_is_for_libraries_of_arrays(nodegraph: Call, seed: Path) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "seed.py", "--to", "python", "--vectorised")
    assert done.complaint == "--vectorised: such a program is for numpy, torch and jax, not for python"
    assert not Path("seed.py").exists()
    told = nodegraph("export", "seed.nodegraph", "-o", "a.svg", "--vectorised").err
    assert "--vectorised means nothing for a picture" in told


def test_options_that_mean_nothing_for_a_program_or_a_picture_are_told(nodegraph: Call, seed: Path) -> None:
    assert (
        "--scale means nothing for a program"
        in nodegraph("export", "seed.nodegraph", "-o", "seed.py", "--scale", "3").err
    )
    assert (
        "--to means nothing for a picture"
        in nodegraph("export", "seed.nodegraph", "-o", "a.png", "--to", "jax").err
    )


def test_a_program_that_cannot_be_written_is_refused_and_none_is_left(nodegraph: Call, seed: Path) -> None:
    nodegraph("new", "y = exp(x)", "-o", "exp.nodegraph")
    done = nodegraph("export", "exp.nodegraph", "-o", "exp.py", "--to", "micrograd")
    assert done.complaint == "exp.py: micrograd has no Exp, which y needs."
    assert not Path("exp.py").exists()


# --- a picture of each step
def test_each_step_is_a_page_of_one_pdf_that_opens_again(nodegraph: Call, seed: Path) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "steps.pdf", "--pages", "steps", "--width", "slide")
    assert (done.status, done.err) == (0, "")
    assert files.load("steps.pdf") == files.load(seed)
    assert b"\n/Count 12\n" in Path("steps.pdf").read_bytes()


@pytest.mark.parametrize("format_", ["png", "svg"])
def test_each_step_is_a_file_of_a_folder(nodegraph: Call, seed: Path, format_: str) -> None:
    words = ["--pages", "steps", "--format", format_, "--width", "480px"]
    done = nodegraph("export", "seed.nodegraph", "-o", "steps/", *words)
    assert (done.status, done.err) == (0, "")
    names = sorted(path.name for path in Path("steps").iterdir())
    assert names == [f"seed-{step:02}.{format_}" for step in range(12)]
    assert files.load(Path("steps", names[5])) == files.load(seed)
    nodegraph("export", "seed.nodegraph", "-o", "one." + format_, "--step", "5", "--width", "480px")
    assert Path("one." + format_).read_bytes() == Path("steps", names[5]).read_bytes()


def test_pictures_of_an_earlier_longer_run_are_told(nodegraph: Call, seed: Path) -> None:
    words = ["--pages", "steps", "--format", "svg"]
    assert nodegraph("export", "seed.nodegraph", "-o", "steps/", *words).err == ""
    for other in ("seed-x.svg", "seed-03.png", "seeds-13.svg", "seed-.svg"):
        Path("steps", other).write_text("mine")
    shutil.move("seed.nodegraph", "whole.nodegraph")
    nodegraph("new", "L = a*b", "-o", "seed.nodegraph")
    done = nodegraph("export", "seed.nodegraph", "-o", "steps/", *words)
    assert done.status == 0
    assert done.err == (
        "nodegraph: note: steps/: 12 more pictures are there, as an earlier run with more steps leaves them, "
        "from seed-00.svg to seed-11.svg; delete them if they are not wanted\n"
    )


@pytest.mark.parametrize(
    ("out", "words", "told"),
    [
        ("x.png", [], "x.png: A picture of each step goes into a folder, such as steps/, or into a PDF."),
        ("steps/", ["--format", "gif"], "steps/: A folder holds a picture of each step as png, svg, pdf"),
        ("no/steps/", [], "no/steps/: The folder for this file does not exist."),
    ],
)
def test_what_holds_no_steps_is_told(nodegraph: Call, out: str, words: list[str], told: str) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", out, "--pages", "steps", *words)
    assert done.complaint.startswith(told)
    assert not Path(out).exists()


def test_a_step_that_cannot_be_written_leaves_no_half_of_a_folder(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.endswith("07.svg"):
            raise OSError(errno.ENOSPC, "")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = nodegraph("export", "seed.nodegraph", "-o", "steps/", "--pages", "steps", "--format", "svg")
    assert done.complaint == "steps/: The disk is full."
    assert list(Path("steps").iterdir()) == []


# --- watching
def test_it_exports_again_when_the_file_changes(
    nodegraph: Call, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[bytes] = []
    texts = iter(["L = a + b", "L = a*b", None, "half", "L = a - b"])

    looks = count(1)

    def meanwhile(_seconds: float) -> None:
        if next(looks) % 3:
            return
        pictures.append(Path("out.svg").read_bytes())
        text = next(texts, "end")
        if text == "end":
            raise KeyboardInterrupt
        if text is None:
            seed.unlink()
        elif text == "half":
            seed.write_text("{", encoding="utf-8")
        else:
            files.save(parse(text), seed)

    monkeypatch.setattr("nodegraph.cli.export.watching.changes", partial(changes, pause=meanwhile))
    done = nodegraph("export", "seed.nodegraph", "-o", "out.svg", "--watch")
    assert done.status == 0
    assert done.err.count("exported again: out.svg") == 3
    assert "nodegraph: error: seed.nodegraph: line 1" in done.err
    assert len(set(pictures)) == 4  # what is gone or broken leaves the picture as it is
    assert files.load("out.svg") == files.load(seed)


def test_a_watched_file_that_stays_away_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "gone.nodegraph"
    path.write_text("1", encoding="utf-8")
    told: list[str] = []
    looks = count(1)

    def meanwhile(_seconds: float) -> None:
        look = next(looks)
        if look == 1:
            path.unlink()
        elif look == 3:
            assert told == []
        elif look == 20:
            path.write_text("2", encoding="utf-8")

    assert next(changes([str(path)], meanwhile, told.append)) == (str(path),)
    assert told == [f"{path} is not there any more; waiting for it to come back"]


def test_standard_input_cannot_be_watched(nodegraph: Call) -> None:
    told = nodegraph("export", "-", "-o", "x.png", "--watch").complaint
    assert told == "standard input: --watch waits for a file to change, and this is none"


@pytest.mark.parametrize(
    ("file", "out"),
    [
        ("graph.dot", "graph.dot"),
        ("graph.svg", "graph.svg"),
        ("graph.py", "./graph.py"),
        ("graph.nodegraph", "link.svg"),
    ],
)
def test_a_document_is_not_replaced_by_its_own_picture(
    nodegraph: Call, seed: Path, file: str, out: str
) -> None:
    shutil.copy(seed, file)
    if out == "link.svg":
        Path(out).symlink_to(file)
    done = nodegraph("export", file, "-o", out)
    assert done.complaint == f"{out}: this would replace the graph that is read; name it differently"
    assert Path(file).read_bytes() == seed.read_bytes()


def test_a_picture_is_exported_again_in_its_own_place_but_not_for_ever(nodegraph: Call, seed: Path) -> None:
    nodegraph("export", "seed.nodegraph", "-o", "a.svg")
    before = Path("a.svg").read_bytes()
    assert nodegraph("export", "a.svg", "-o", "a.svg", "--theme", "dark").status == 0
    assert files.load("a.svg") == files.load(seed)
    assert Path("a.svg").read_bytes() != before
    assert "would replace" in nodegraph("export", "a.svg", "-o", "a.svg", "--watch").complaint


def test_two_names_of_one_picture_are_one(nodegraph: Call, seed: Path) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "a.svg", "-o", "./a.svg")
    assert "two pictures would be written there" in done.complaint


def test_a_format_that_leaves_the_notes_on_the_canvas_out_says_so(nodegraph: Call, seed: Path) -> None:
    document = json.loads(seed.read_text(encoding="utf-8"))
    document["graph"]["notes"] = [{"id": "n1", "x": 0, "y": 400, "text": "Homework 3"}]
    seed.write_text(json.dumps(document), encoding="utf-8")
    done = nodegraph("export", "seed.nodegraph", "-o", "seed.dot", "-o", "seed.tex", "-o", "seed.svg")
    assert done.status == 0
    assert done.err.count("leaves out") == 1
    assert "seed.dot: Graphviz DOT leaves out the note on the canvas" in done.err
    assert "Homework 3" in Path("seed.tex").read_text(encoding="utf-8")
    done = nodegraph("export", "seed.nodegraph", "-o", "steps/", "--pages", "steps", "--format", "mmd")
    assert done.err.count("Mermaid leaves out the note") == 1
