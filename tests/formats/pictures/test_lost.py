"""A picture that lost its document says which programs do that, which it was, and what to send instead."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import nodegraph as ng
from nodegraph.core.errors import DocumentError
from nodegraph.formats import files
from nodegraph.formats.pictures.lost import lost

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """The stem of one graph in several formats."""
    graph = ng.parse("L = a*b", a=2, b=3)
    for suffix in (".png", ".svg", ".pdf"):
        ng.export(graph, tmp_path / f"x{suffix}")
    return tmp_path / "x"


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        files.graph_of(data)
    return str(refused.value)


def test_a_png_that_a_picture_library_saved_again_says_so(exported: Path) -> None:
    for software in ("", "Paint 3.1"):
        info, saved = PngInfo(), io.BytesIO()
        if software:
            info.add_text("Software", software)
        Image.open(exported.with_suffix(".png")).save(saved, "PNG", pnginfo=info)
        said = refusal(saved.getvalue())
        assert said.startswith("This PNG holds no nodegraph document")
        assert "Screenshots, chat and photo programs" in said
        assert said.endswith("send the file as it was exported, unchanged, or the .nodegraph document.")
        assert ("It was written by Paint 3.1." in said) == bool(software)


@pytest.mark.parametrize(
    ("tool", "words", "suffix", "told"),
    [
        ("rsvg-convert", ["-f", "svg"], ".svg", "rsvg-convert, cairo or resvg"),
        ("rsvg-convert", ["-f", "pdf"], ".svg", "It was written by cairo"),
        ("pdftocairo", ["-pdf"], ".pdf", "draw or crop pages anew"),
    ],
)
def test_what_a_real_program_drew_anew_says_so(
    exported: Path, tmp_path: Path, tool: str, words: list[str], suffix: str, told: str
) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    out = ["-o", str(tmp_path / "out")] if tool == "rsvg-convert" else [str(tmp_path / "out")]
    given = str(exported.with_suffix(suffix))
    subprocess.run([tool, *words, *([given, *out])], check=True, capture_output=True)
    assert told in refusal((tmp_path / "out").read_bytes())


STRIPPED = {
    ".html": (rb"<meta name=.nodegraph-document.[^>]*>", "Sites and editors that clean a page"),
    ".tex": (rb"(?m)^\s*%.*\n", "Programs that strip comments"),
    ".svg": (rb"<desc>.*?</desc>|data-nodegraph=\"[^\"]*\"", "Programs that draw a picture anew"),
}


@pytest.mark.parametrize("suffix", STRIPPED)
def test_what_a_program_has_stripped_says_what_usually_does_that(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    ng.export(ng.parse("L = a*b", a=2, b=3), path)
    pattern, told = STRIPPED[suffix]
    stripped, count = re.subn(pattern, b"", path.read_bytes())
    assert count
    assert told in refusal(stripped)
    assert "send the file as it was exported" in refusal(stripped)


def test_a_picture_of_another_kind_says_that_turning_it_into_one_loses_the_graph() -> None:
    for kind in ("JPEG", "TIFF", "BMP"):
        saved = io.BytesIO()
        Image.new("RGB", (9, 9)).save(saved, kind)
        assert "leaves the graph out: send the file unchanged" in refusal(saved.getvalue())


def test_what_a_file_says_of_its_writer_is_bounded_and_seen() -> None:
    long = b"\x89PNG tEXtSoftware\0" + b"x" * 5000
    assert len(str(lost("PNG", long))) < 500
    assert "written by" not in str(lost("PNG", b"tEXtSoftware\0\x01\x02"))
    assert "written by" not in str(lost("PDF", b"/Producer (Qt 6.11.0)"))
