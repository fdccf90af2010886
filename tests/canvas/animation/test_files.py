"""Animations as files: a foreign program plays them, their times add up, they show what a still picture
shows, and they open again as the graph.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from nodegraph import resources
from nodegraph.canvas import picture
from nodegraph.canvas.animation import encoders, film, video, writing
from nodegraph.canvas.animation.formats import ANIMATIONS, animation_of
from nodegraph.canvas.animation.schedule import Moment, Pace
from nodegraph.canvas.animation.training_film import TrainingFilm, course_of
from nodegraph.canvas.figure import PictureOptions, Width
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import set_training
from nodegraph.core.training.setup import Setup
from nodegraph.formats import files

pytestmark = pytest.mark.usefixtures("qapp")

STILLS = [".gif", ".webp", ".apng"]
QUICK = Pace(fps=20, speed=4, hold_start_s=0.25, hold_end_s=0.5, loop=3)
SMALL = PictureOptions(width=Width(480, "px"))


def film_of(graph: Graph, options: PictureOptions = SMALL, pace: Pace = QUICK) -> film.PassesFilm:
    return film.PassesFilm(graph, run(graph), options, pace)


def written(graph: Graph, suffix: str, options: PictureOptions = SMALL, pace: Pace = QUICK) -> bytes:
    return writing.written(film_of(graph, options, pace), ANIMATIONS[suffix], graph)


def pictures(data: bytes) -> tuple[list[NDArray[np.uint8]], list[float]]:
    """The pictures that a foreign program finds, and how many ms it shows each."""
    found, times = [], []
    with Image.open(io.BytesIO(data)) as image:
        for one in ImageSequence.Iterator(image):
            one.load()
            times.append(one.info["duration"])
            found.append(np.asarray(one.convert("RGBA")))
    return found, times


def still(graph: Graph, step: int, options: PictureOptions = SMALL) -> NDArray[np.uint8]:
    data = picture.png(graph, run(graph).frame(step), options)
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGBA"))


def apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.int16]:
    difference: NDArray[np.int16] = np.abs(one.astype(np.int16) - other.astype(np.int16)).max(axis=2)
    return difference


@pytest.mark.parametrize("suffix", STILLS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_begins_and_ends_as_still_pictures_do(graph: Graph, suffix: str, theme: str) -> None:
    options = PictureOptions(theme=theme, width=SMALL.width)
    found, times = pictures(written(graph, suffix, options))
    last = len(run(graph).steps)
    timing = film_of(graph, options).timing
    assert sum(times) == pytest.approx(float(timing.total) * 1000, abs=5 if suffix == ".gif" else 0.5)
    assert len(found) <= len(list(timing.moments()))
    assert len(found) > 3 * last
    for shown, step in ((found[0], 0), (found[-1], last)):
        differs = apart(shown, still(graph, step, options))
        if suffix == ".gif":
            assert (differs > 24).mean() < 0.002
            assert np.median(differs) == 0  # the ground is exactly as it is
        else:
            assert not differs.any()


@pytest.mark.parametrize("suffix", STILLS)
def test_it_opens_again_as_the_graph_and_plays_as_often_as_was_said(
    graph: Graph, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"film{suffix}"
    path.write_bytes(written(graph, suffix))
    assert files.load(path) == graph
    with Image.open(path) as image:
        assert image.info["loop"] == (2 if suffix == ".gif" else 3)  # a GIF says how often again


@pytest.mark.parametrize(("loop", "said"), [(0, 0), (1, None), (2, 1)])
def test_a_gif_says_how_often_it_plays_again(graph: Graph, loop: int, said: int | None) -> None:
    with Image.open(io.BytesIO(written(graph, ".gif", pace=Pace(10, 20, 0, 0, loop)))) as image:
        assert image.info.get("loop") == said


def test_the_seed_as_gif_of_960_pixels_is_small(graph: Graph) -> None:
    data = written(graph, ".gif", PictureOptions(width=Width(960, "px")), Pace())
    assert len(data) < 1_000_000
    found, times = pictures(data)
    assert found[0].shape[1] == 960
    assert sum(times) == 12_400


@pytest.mark.parametrize("suffix", [".webp", ".apng"])
def test_a_transparent_ground_stays_transparent(graph: Graph, suffix: str) -> None:
    options = PictureOptions(width=SMALL.width, transparent=True)
    found, _times = pictures(written(graph, suffix, options))
    assert found[-1][0, 0, 3] == 0
    solid = found[-1][..., 3] == 255
    assert not apart(found[-1], still(graph, len(run(graph).steps), options))[solid].any()


@pytest.mark.parametrize("suffix", [".gif", ".mp4"])
def test_what_knows_no_transparent_ground_refuses_one(graph: Graph, suffix: str) -> None:
    with pytest.raises(Refused, match="no soft edges on a transparent ground; APNG and WebP have"):
        written(graph, suffix, PictureOptions(transparent=True))


def test_a_gif_refuses_more_pictures_than_programs_show(graph: Graph) -> None:
    with pytest.raises(Refused, match="GIF shows at most 50 pictures a second; 60 are too many"):
        written(graph, ".gif", pace=Pace(fps=60))


def test_while_numbers_travel_only_their_surroundings_are_drawn_and_nothing_else_differs(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving, whole = film_of(graph), film_of(graph)
    part_of = whole.show
    monkeypatch.setattr(whole, "show", lambda moment: (part_of(moment), whole.image.rect())[1])
    parts = 0
    for moment in saving.timing.moments():
        for one in (saving, whole):
            for _piece in one.drawing(moment):
                pass
        assert saving.image == whole.image
        parts += saving.show(moment) != saving.image.rect()
    assert parts > 10


def test_there_are_at_most_two_pictures_in_memory(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    add = encoders.PatchEncoder.add

    def watched(self: encoders.PatchEncoder, now: encoders.Pixels, *rest: object) -> None:
        add(self, now, *rest)
        kept = [value for value in vars(self).values() if isinstance(value, np.ndarray)]
        held.append(len(kept))

    monkeypatch.setattr(encoders.PatchEncoder, "add", watched)
    written(graph, ".apng")
    assert held
    assert not any(held)


def test_given_up_at_any_picture_it_lets_go_of_everything(graph: Graph) -> None:
    for pieces in (0, 1, 5, 40):
        task = writing.writing(film_of(graph), ANIMATIONS[".apng"], graph)
        given = next(task)
        for _piece in range(pieces):
            given = task.send(given()) if callable(given) else next(task)
        task.close()
        with pytest.raises(StopIteration):
            next(task)


def test_long_holds_are_shown_as_long(graph: Graph) -> None:
    for suffix in STILLS:
        _found, times = pictures(written(graph, suffix, pace=Pace(5, 20, 60, 60)))
        assert sum(times) == pytest.approx(120_000 + len(run(graph).steps) * 45, abs=5)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        film_of(Graph())


# --- a training
def test_a_training_shows_each_step_and_its_loss() -> None:
    graph = files.load(resources.path("examples", "networks", "xor-2-4-1.nodegraph"))
    course = course_of(graph)
    assert len(course.steps) == 301
    shown = TrainingFilm(graph, course, PictureOptions(width=Width(320, "px")), Pace(hold_end_s=1))
    assert len(list(shown.timing.moments())) == 301
    assert shown.timing.total < 14
    shown.show(Moment(shown.timing.total, 300, 1.0))
    assert shown.scene.frame.value(graph.output) == pytest.approx(
        run(graph, values=course.values(300)).value(graph.output)
    )
    assert shown.area.bottom() > shown.strip.rect.bottom()
    assert shown.strip.rect.top() > shown.scene.drawn_rect().bottom()
    assert shown.strip.heights[0] > 0.9
    assert shown.strip.heights[-1] == 0.0


def test_an_output_that_is_to_become_large_is_called_so_in_the_film() -> None:
    graph = parse("s = 5 - (w - 2)**2", w=0)
    graph.apply(set_training(graph, Setup("maximise", steps=3)))
    course = course_of(graph)
    shown = TrainingFilm(graph, course, PictureOptions(width=Width(320, "px")), Pace())
    assert shown.strip._words(0) == "Step 0 of 3   output 1"


def test_a_training_as_a_file(graph: Graph, tmp_path: Path) -> None:
    course = course_of(graph)
    shown = TrainingFilm(graph, course, SMALL, Pace(10, 20, 0, 0))
    path = tmp_path / "film.webp"
    path.write_bytes(writing.written(shown, ANIMATIONS[".webp"], graph))
    assert files.load(path) == graph
    found, _times = pictures(path.read_bytes())
    assert len(found) == len(list(shown.timing.moments()))


def test_a_graph_that_cannot_be_trained_says_why() -> None:
    with pytest.raises(Refused, match="no output to train"):
        course_of(Graph())


# --- MP4
def ffmpeg() -> str:
    pytest.importorskip("imageio_ffmpeg", reason="imageio-ffmpeg is not installed: the extra video")
    return video.program()


@pytest.mark.parametrize(("theme", "margin"), [("light", 24.0), ("dark", 25.0), ("light", 26.0)])
def test_an_mp4_has_even_sides_all_its_pictures_and_the_colours_that_were_drawn(
    graph: Graph, theme: str, margin: float, tmp_path: Path
) -> None:
    program = ffmpeg()
    options = PictureOptions(theme=theme, margin=margin, width=Width(481, "px"))
    path = tmp_path / "film.mp4"
    path.write_bytes(written(graph, ".mp4", options))
    read = [program, "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(read, capture_output=True, check=True).stdout
    shown = film_of(graph, options)
    shown.make_even()
    width, height = shown.size
    assert width == 482
    assert height % 2 == 0
    assert height - picture.pixel_size(graph, options)[1] in (0, 1)
    found = np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)
    assert len(found) == round(shown.timing.total * QUICK.fps)
    expected = still(graph, len(run(graph).steps), options)[..., :3]
    differs = apart(found[-1][: expected.shape[0], :481], expected)
    assert np.median(differs) <= 2
    assert (differs > 48).mean() < 0.02


@pytest.mark.parametrize(
    "options", [["-c", "copy"], ["-c:v", "libx264", "-vf", "scale=240:-2"]], ids=["copied", "encoded anew"]
)
def test_an_mp4_that_another_program_has_written_again_opens_as_the_graph(
    graph: Graph, options: list[str], tmp_path: Path
) -> None:
    program = ffmpeg()
    path, again = tmp_path / "film.mp4", tmp_path / "again.mp4"
    path.write_bytes(written(graph, ".mp4"))
    assert files.load(path) == graph
    subprocess.run([program, "-v", "error", "-i", str(path), *options, str(again)], check=True)
    assert files.load(again) == graph


def test_without_the_extra_it_names_the_command_that_adds_it(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(Refused, match=r"pip install 'nodegraph\[video\]'"):
        written(graph, ".mp4")


def test_a_film_that_was_given_up_leaves_no_program_running(graph: Graph) -> None:
    ffmpeg()
    order = encoders.Order((64, 64), 10, 0, b"{}")
    encoder = video.Mp4Encoder(order)
    encoder.add(np.zeros((64, 64), np.uint32), None, 3)
    encoder.close()
    assert encoder._process.poll() is not None
    assert not encoder._path.parent.exists()


def test_a_program_that_fails_says_so_in_a_sentence() -> None:
    ffmpeg()
    encoder = video.Mp4Encoder(encoders.Order((64, 63), 10, 0, b"{}"))  # H.264 has even sides
    with pytest.raises(Refused, match="film could not be made: ffmpeg says “"):
        encoder.add(np.zeros((63, 64), np.uint32), None, 1_000)
    encoder.close()


def test_formats_are_known_by_their_endings() -> None:
    assert animation_of("A.GIF") is ANIMATIONS[".gif"]
    assert animation_of("picture.png") is None
