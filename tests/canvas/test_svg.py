"""Graphs as SVG: text that is text, the typeface with its letters, and the graph within."""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from nodegraph.canvas.drawing import cut_typeface
from nodegraph.canvas.drawing.theme import FILES
from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.figure import Notation
from nodegraph.canvas.picture import PictureOptions
from nodegraph.core.building.expression import parse
from nodegraph.core.building.network_losses import SOFTMAX
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.edits import rename
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import files

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"


def written(graph: Graph, **options: object) -> str:
    return exporter_of("x.svg").write(graph, run(graph).last_frame, PictureOptions(**options)).decode()


def texts(drawn: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(drawn).iter(SVG + "text")]


def test_text_is_text_as_it_reads(graph: Graph) -> None:
    said = texts(written(graph))
    assert {"a", "2", "∂L/∂a", "+15", "−4", "5 × 3 = +15", "1 × (−4) = −4", "output"} <= set(said)
    assert len(said) == 7 * 6 + 6 + 1


def test_the_seed_is_small_and_a_pixel_a_unit_whatever_the_scale(graph: Graph) -> None:
    drawn = written(graph, scale=8.0)
    root = ElementTree.fromstring(drawn)
    _left, _top, width, height = map(float, root.get("viewBox", "").split())
    assert (float(root.get("width", "")), float(root.get("height", ""))) == (width, height)
    assert len(drawn.encode()) < 200_000


FACE = re.compile(r"font-weight:(\d+);unicode-range:([^;]*);src:url\(data:font/woff;base64,([^)]*)\)")


def held(drawn: str) -> dict[int, set[str]]:
    """The letters that come along in each weight, as a foreign reader of typefaces finds them."""
    found: dict[int, set[str]] = {}
    for weight, reach, data in FACE.findall(drawn):
        with TTFont(io.BytesIO(base64.b64decode(data))) as font:
            letters = set(map(chr, font.getBestCmap()))
        named = [part.removeprefix("U+").partition("-") for part in reach.split(",")]
        reached = {chr(code) for a, _, b in named for code in range(int(a, 16), int(b or a, 16) + 1)}
        assert letters == reached
        found.setdefault(int(weight), set()).update(letters)
    return found


@pytest.mark.parametrize("name", ["a", "σ_out", "größe", "β"])
def test_the_typeface_comes_along_with_every_letter(graph: Graph, name: str) -> None:
    graph.apply(rename(graph, "a", name))
    drawn = written(graph)
    has = held(drawn)
    for text in ElementTree.fromstring(drawn).iter(SVG + "text"):
        assert set("".join(text.itertext())) <= has[int(text.get("font-weight", "400"))]


def test_a_letter_that_the_typeface_lacks_is_left_to_the_reader(graph: Graph) -> None:
    graph.apply(rename(graph, "a", "入力"))
    drawn = written(graph)
    assert "入力" in texts(drawn)
    assert "入" not in set().union(*held(drawn).values())


@pytest.mark.parametrize("weight", FILES)
@pytest.mark.parametrize("part", cut_typeface.PARTS)
def test_what_is_kept_of_the_typeface_is_what_the_script_cuts(weight: int, part: str) -> None:
    def shapes(file: bytes) -> tuple[set[int], list[str], int]:
        with TTFont(io.BytesIO(file)) as font:
            return set(font.getBestCmap()), font.getGlyphOrder(), font["head"].modified

    kept = cut_typeface.kept(weight, part).read_bytes()
    assert shapes(kept) == shapes(cut_typeface.cut(weight, cut_typeface.PARTS[part]))
    assert shapes(kept)[0] == set(map(ord, cut_typeface.PARTS[part]))


def test_any_name_and_note_is_well_formed(graph: Graph) -> None:
    graph.apply(rename(graph, "a", 'x<y & "z"'))
    graph.apply(add_note(graph, "text-0 & <b>\n\n`1 < 2`", 0.0, -200.0))
    assert 'x<y & "z"' in texts(written(graph))


def test_a_transparent_one_has_no_ground(graph: Graph) -> None:
    ground = "#f7f8fa"
    assert ground in written(graph)
    assert ground not in written(graph, transparent=True)


def test_it_opens_again_as_the_graph(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    drawn = written(graph)
    path.write_text(drawn, encoding="utf-8")
    assert files.load(path) == graph
    path.write_text(re.sub("<desc>.*?</desc>", "", drawn), encoding="utf-8")  # as some programs leave it
    assert files.load(path) == graph
    path.write_text(re.sub(r'data-nodegraph="[^"]*"', "", drawn), encoding="utf-8")
    assert files.load(path) == graph


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda drawn: "<svg xmlns='http://www.w3.org/2000/svg'/>", "holds no nodegraph document"),
        (lambda drawn: re.sub("document: ....", "document: AAAA", drawn), "This SVG file is damaged"),
        (lambda drawn: drawn.replace("</desc>", "</desc>" + OTHER), "more than one nodegraph document"),
    ],
)
def test_a_spoilt_one_is_refused(graph: Graph, tmp_path: Path, spoil, sentence: str) -> None:
    path = tmp_path / "figure.svg"
    path.write_text(spoil(written(graph)), encoding="utf-8")
    with pytest.raises(DocumentError, match=sentence):
        files.load(path)


OTHER = "<desc>nodegraph document: eJwDAAAAAAE=</desc>"


def test_nothing_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        written(Graph())


@pytest.mark.parametrize("notation", ["cards", "compact"])
def test_what_clips_a_note_or_an_edge_clips_nothing_else(notation: Notation) -> None:
    """Qt's generator went on with the clip of the first note, and all that was drawn later was gone."""
    graph = Graph()
    graph.apply(mlp(graph, (2, 2, 2), output_activation="linear", loss=SOFTMAX))
    graph.apply(add_note(graph, "one", 0, -400))
    graph.apply(add_note(graph, "two", 400, -400))
    root = ElementTree.fromstring(written(graph, notation=notation))
    clips = {clip.get("id"): clip.find(SVG + "path").get("d") for clip in root.iter(SVG + "clipPath")}
    whole = clips["clipPath1"]
    used = {}
    for group in root.iter(SVG + "g"):
        clip = re.fullmatch(r"url\(#(.*)\)", group.get("clip-path", ""))
        for text in group.iter(SVG + "text") if clip else ():
            used[text.text] = clips[clip[1]]
    assert whole not in (used.pop("one"), used.pop("two"))
    assert len(used) > 10
    assert set(used.values()) == {whole}


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
def test_another_program_draws_it(tmp_path: Path) -> None:
    graph = parse("L = sigmoid(w1*x1 + b)")
    (tmp_path / "figure.svg").write_text(written(graph), encoding="utf-8")
    done = subprocess.run(["rsvg-convert", "figure.svg"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"\x89PNG")
