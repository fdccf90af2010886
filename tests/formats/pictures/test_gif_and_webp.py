"""A document inside a GIF or a WebP: it travels whole, and whatever else such a file may be ends in one
sentence.
"""

from __future__ import annotations

import base64
import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from nodegraph.core.errors import DocumentError
from nodegraph.formats import carriers, kinds
from nodegraph.formats.pictures import gif, webp

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DOCUMENT = '{"graph": {"title": "Größe 😀"}}\n'.encode()
OTHER = DOCUMENT.replace(b"title", b"name")


def saved(kind: str, **options: object) -> bytes:
    """What a foreign program writes."""
    buffer = io.BytesIO()
    Image.new("P", (3, 2)).save(buffer, kind, **options)
    return buffer.getvalue()


def gif_of(*documents: bytes) -> bytes:
    alone = saved("GIF")
    picture = gif.placed_image(alone, 0, 0)
    carried = b"".join(map(gif.carried, documents))
    return gif.header((3, 2), bytes(768), 0) + carried + picture + gif.TRAILER


def webp_of(*documents: bytes) -> bytes:
    frame = webp.frame(saved("WEBP", lossless=True), (0, 0, 3, 2), 40)
    header = webp.animation_header((3, 2), 0, transparent=False)
    return webp.whole(header + frame + b"".join(map(webp.carried, documents)))


MAKERS = {"GIF": gif_of, "WebP file": webp_of}
EXTRACT = {"GIF": gif.extract, "WebP file": webp.extract}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_foreign_program_opens_the_picture(kind: str) -> None:
    with Image.open(io.BytesIO(MAKERS[kind](DOCUMENT))) as image:
        image.load()
        assert image.size == (3, 2)


@pytest.mark.parametrize("kind", MAKERS)
@untimed
@given(st.binary(max_size=2_000))
def test_a_document_comes_back_as_it_went_in(kind: str, document: bytes) -> None:
    assert EXTRACT[kind](MAKERS[kind](document)) == document
    assert EXTRACT[kind](MAKERS[kind](document, document)) == document


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_without_a_document_or_with_two_says_so(kind: str) -> None:
    for documents, sentence in [
        ((), "holds no nodegraph document.*send the file as it was exported"),
        ((DOCUMENT, OTHER), "more than one nodegraph document"),
    ]:
        with pytest.raises(DocumentError, match=sentence):
            EXTRACT[kind](MAKERS[kind](*documents))


@pytest.mark.parametrize("kind", MAKERS)
@untimed
@given(data=st.data())
def test_a_file_that_is_cut_short_or_spoilt_ends_in_a_sentence(kind: str, data: st.DataObject) -> None:
    whole = MAKERS[kind](DOCUMENT)
    stop = data.draw(st.integers(0, len(whole) - 1))
    for spoilt in (whole[:stop], whole[:stop] + bytes([whole[stop] ^ 0x55]) + whole[stop + 1 :]):
        with contextlib.suppress(DocumentError):
            assert EXTRACT[kind](spoilt) == DOCUMENT


@pytest.mark.parametrize("kind", MAKERS)
def test_what_unpacks_without_end_is_refused(kind: str) -> None:
    packed = base64.b64encode(zlib.compress(bytes(60_000_000)))
    if kind == "GIF":
        data = gif_of().replace(gif.TRAILER, b"", 1)
        data = gif_of()[:-1] + gif.extension(gif.COMMENT, b"nodegraph document: " + packed) + gif.TRAILER
    else:
        data = webp_of()
        data = webp.whole(data[12:] + webp.chunk(b"XMP ", b"nodegraph document: " + packed))
    with pytest.raises(DocumentError, match="larger than 48 MB"):
        EXTRACT[kind](data)


def test_a_gif_that_pillow_has_written_again_still_has_it() -> None:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(gif_of(DOCUMENT))) as image:
        image.save(buffer, "GIF", save_all=True)
    assert gif.extract(buffer.getvalue()) == DOCUMENT


@pytest.mark.parametrize("label", [gif.COMMENT, gif.APPLICATION])
def test_a_gif_keeps_it_where_one_of_its_places_is_dropped(label: int) -> None:
    whole = gif_of(DOCUMENT)
    dropped = [block for block in gif.blocks(whole) if block.label == label and b"nodegraph" in block.content]
    assert len(dropped) == 1
    rest = whole[: dropped[0].start] + whole[dropped[0].stop :]
    assert gif.extract(rest) == DOCUMENT
    with Image.open(io.BytesIO(rest)) as image:
        image.load()


@pytest.mark.parametrize("kind", [b"XMP ", b"EXIF"])
def test_a_webp_keeps_it_where_one_of_its_places_is_dropped(kind: bytes) -> None:
    whole = webp_of(DOCUMENT)
    rest = [webp.chunk(*part) for part in webp.chunks(whole) if part.kind != kind]
    assert len(rest) == 4
    assert webp.extract(webp.whole(b"".join(rest))) == DOCUMENT


def test_a_foreign_program_reads_what_the_exif_of_a_webp_says() -> None:
    with Image.open(io.BytesIO(webp_of(DOCUMENT))) as image:
        assert image.getexif()[0x010E].startswith("nodegraph document: ")


def test_each_is_told_from_the_other_by_its_bytes() -> None:
    for suffix, data in [(".gif", gif_of(DOCUMENT)), (".webp", webp_of(DOCUMENT))]:
        carrier = carriers.carrier_of(data)
        assert carrier is not None
        assert carrier.suffix == suffix
    assert kinds.name_of(gif_of())[0] == "a GIF picture"


@pytest.mark.parametrize(
    "parts",
    [bytes([0x21, gif.COMMENT]) + b"\1 " * 1_000_001 + b"\0", bytes([0x21, gif.COMMENT, 0]) * 100_001],
    ids=["in one block", "in empty blocks"],
)
def test_the_parts_of_a_gif_are_counted(parts: bytes) -> None:
    data = gif_of()[:-1] + parts + gif.TRAILER
    with pytest.raises(DocumentError, match="too many parts"):
        gif.extract(data)


def test_a_webp_says_where_it_is_damaged() -> None:
    whole = webp_of(DOCUMENT)
    longer = whole[:16] + struct.pack("<I", 5_000) + whole[20:]
    with pytest.raises(DocumentError, match="damaged: at offset 12"):
        webp.extract(longer)
