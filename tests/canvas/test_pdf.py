"""Graphs as PDF: text that is found as it reads, one page of the picture's size, and the graph within."""

from __future__ import annotations

import io
import shutil
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nodegraph.canvas import pdf as canvas_pdf
from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.picture import PictureOptions
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import files, native, pdf

pytestmark = pytest.mark.usefixtures("qapp")


def written(graph: Graph, **options: object) -> bytes:
    return exporter_of("x.pdf").write(graph, run(graph).last_frame, PictureOptions(**options))


def test_the_seed_is_small_and_opens_again_as_the_graph(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "figure.pdf"
    path.write_bytes(written(graph))
    assert path.stat().st_size < 200_000
    assert files.load(path) == graph


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_program_finds_the_text_as_it_reads(graph: Graph, theme: str, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(written(graph, theme=theme))
    done = subprocess.run(
        ["pdftotext", "-layout", "figure.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    said = done.stdout.decode()
    for text in ("∂L/∂a", "+15", "−4", "5 × 3 = +15", "1 × (−4) = −4", "output"):
        assert text in said, text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_another_program_finds_the_signs_of_a_note(graph: Graph, tmp_path: Path) -> None:
    lines = ("L = W × X – B ≤ 3", "l = 2 × x − b ≥ 3, (A) → B", "A + B − C", "H * K")
    text = f"# {lines[0]}\n\n{lines[1]}\n\n- **{lines[2]}**\n- *{lines[3]}*"
    graph.apply(add_note(graph, text, 0, -400, 400, 200))
    (tmp_path / "figure.pdf").write_bytes(written(graph))
    done = subprocess.run(
        ["pdftotext", "-layout", "figure.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    said = "".join(done.stdout.decode().split())  # in bold type, how wide a blank is differs by program
    for line in lines:
        assert line.replace(" ", "") in said


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_another_program_draws_it_as_the_picture_is(graph: Graph, theme: str, tmp_path: Path) -> None:
    (tmp_path / "figure.pdf").write_bytes(written(graph, theme=theme))
    command = ["pdftoppm", "-r", "96", "-png", "-singlefile", "figure.pdf", "figure"]
    subprocess.run(command, cwd=tmp_path, check=True)
    options = PictureOptions(theme=theme, scale=1.0)
    ours = io.BytesIO(exporter_of("x.png").write(graph, run(graph).last_frame, options))
    with Image.open(ours) as picture, Image.open(tmp_path / "figure.png") as drawn:
        assert drawn.size == picture.size
        shown, wanted = (np.asarray(image.convert("RGB"), dtype=int) for image in (drawn, picture))
    assert np.median(np.abs(shown - wanted)) == 0
    assert (np.abs(shown - wanted).max(axis=2) > 64).mean() < 0.02


def streams(*contents: bytes, compressed: bool = True) -> bytes:
    parts = [zlib.compress(content) if compressed else content for content in contents]
    return (
        b"%PDF-1.7\n"
        + b"".join(b"1 0 obj <<>>\nstream\n%s\nendstream\n" % part for part in parts)
        + b"%%EOF\n"
    )


@pytest.mark.parametrize("compressed", [True, False])
def test_a_rewritten_file_still_has_it(graph: Graph, compressed: bool) -> None:
    document = native.write(graph)
    assert pdf.extract(streams(b"q 1 0 0 1 0 0 cm", document, b"{}", compressed=compressed)) == document


TAKING_PAGES = {
    "qpdf": "qpdf --empty --pages figure.pdf {page} -- out.pdf",
    "pdfseparate": "pdfseparate -f {page} -l {page} figure.pdf out.pdf",
    "pdfunite": "pdfunite figure.pdf figure.pdf out.pdf",
    "pdftk": "pdftk figure.pdf cat {page} output out.pdf",
}


@pytest.mark.parametrize("tool", TAKING_PAGES)
@pytest.mark.parametrize("page", [1, 3])
def test_a_page_that_is_taken_out_still_has_it(graph: Graph, tmp_path: Path, tool: str, page: int) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")
    trace = run(graph)
    options = PictureOptions()
    data = written(graph) if page == 1 else canvas_pdf.pdf_of_steps(graph, trace, options)
    (tmp_path / "figure.pdf").write_bytes(data)
    subprocess.run(TAKING_PAGES[tool].format(page=page).split(), cwd=tmp_path, check=True)
    assert files.load(tmp_path / "out.pdf") == graph


def test_every_page_names_the_document_as_its_own_data(graph: Graph) -> None:
    trace = run(graph)
    data = canvas_pdf.pdf_of_steps(graph, trace, PictureOptions())
    assert data.count(b"/PieceInfo <</nodegraph ") == len(trace.steps) + 1


def test_a_pdf_of_another_form_is_left_as_it_is() -> None:
    for data in (b"%PDF-1.7\n%%EOF\n", streams(b"x") + b"startxref\n9\n%%EOF\n"):
        assert pdf.named_by_pages(data) == data


def test_a_spoilt_one_is_refused(graph: Graph) -> None:
    document = native.write(graph)
    packed = zlib.compress(document + b" " * 100_000 + document)
    for data, sentence in [
        (streams(b"nothing"), "holds no nodegraph document"),
        (streams(b"nothing") + b"trailer <</Encrypt 5 0 R>>\n%%EOF\n", "This PDF is encrypted, so what it"),
        (streams(document, document.replace(b"-10.0", b"-11.0")), "more than one nodegraph document"),
        (b"%PDF-1.7\nstream\n" + packed[:-40], "damaged"),
        (b"%PDF-1.7\nstream\n" + document, "cut short"),
    ]:
        with pytest.raises(DocumentError, match=sentence):
            pdf.extract(data)


def test_a_document_that_unpacks_without_end_is_refused(graph: Graph) -> None:
    data = streams(native.write(graph) + b" " * 60_000_000)
    with pytest.raises(DocumentError, match="larger than"):
        pdf.extract(data)


def test_nothing_and_too_large_a_page_are_refused_in_a_sentence(graph: Graph) -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        written(Graph())
    graph.apply(move(graph, {"a": (-30_000.0, 0.0)}))
    with pytest.raises(Refused, match="too large for a page"):
        written(graph)


def test_half_a_file_is_called_cut_short(graph: Graph) -> None:
    data = written(graph)
    with pytest.raises(DocumentError, match="This PDF is cut short"):
        pdf.extract(data[:1000])
