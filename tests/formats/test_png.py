"""A document inside a PNG: it travels whole, and whatever else a PNG may be ends in one sentence."""

from __future__ import annotations

import base64
import contextlib
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats import png
from nodegraph.formats.limits import MAX_DOCUMENT_BYTES

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

DOCUMENT = '{"graph": {"title": "Größe 😀"}}\n'.encode()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\x80"))
END = chunk(b"IEND", b"")
PICTURE = png.SIGNATURE + HEADER + PIXELS + END


def with_chunks(*chunks: bytes) -> bytes:
    return png.SIGNATURE + HEADER + PIXELS + b"".join(chunks) + END


def with_text(text: bytes) -> bytes:
    return with_chunks(chunk(b"tEXt", b"nodegraph\0" + text))


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        png.extract(data)
    return str(caught.value)


@untimed
@given(st.binary(max_size=2_000))
def test_a_document_comes_back_as_it_went_in(document: bytes) -> None:
    assert png.extract(png.embed(PICTURE, document)) == document


def test_the_document_is_one_text_chunk_before_the_end_as_the_contract_says() -> None:
    made = png.embed(PICTURE, DOCUMENT)
    text = made.removeprefix(png.SIGNATURE + HEADER + PIXELS).removesuffix(END)
    assert text[4:8] == b"tEXt"
    keyword, _, packed = text[8:-4].partition(b"\0")
    assert keyword == b"nodegraph"
    assert zlib.decompress(base64.b64decode(packed, validate=True)) == DOCUMENT


def test_a_document_replaces_the_one_that_was_there() -> None:
    twice = png.embed(png.embed(PICTURE, b"{}"), DOCUMENT)
    assert twice == png.embed(PICTURE, DOCUMENT)


def test_other_texts_and_chunks_stay() -> None:
    comment, private = chunk(b"tEXt", b"Comment\0hello"), chunk(b"prIv", b"\1\2")
    made = png.embed(with_chunks(comment, private), DOCUMENT)
    assert comment + private in made
    assert png.extract(made) == DOCUMENT


def test_the_document_is_found_wherever_another_program_moved_it() -> None:
    text = png.embed(PICTURE, DOCUMENT)[len(PICTURE) - len(END) : -len(END)]
    assert png.extract(png.SIGNATURE + HEADER + text + PIXELS + END) == DOCUMENT


def test_the_document_is_found_in_the_kinds_of_text_other_programs_make_of_it() -> None:
    text = base64.b64encode(zlib.compress(DOCUMENT))
    for kind, content in (
        (b"zTXt", b"\0" + zlib.compress(text)),
        (b"iTXt", b"\0\0" + b"en\0a translation\0" + text),
        (b"iTXt", b"\1\0" + b"\0\0" + zlib.compress(text)),
    ):
        changed = with_chunks(chunk(kind, b"nodegraph\0" + content))
        assert png.extract(changed) == DOCUMENT
        assert png.embed(changed, DOCUMENT) == png.embed(PICTURE, DOCUMENT)


@pytest.mark.parametrize("content", [b"", b"\0", b"\0nonsense", b"\1\0\0\0nonsense"])
@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_a_damaged_text_of_another_kind_is_refused(kind: bytes, content: bytes) -> None:
    assert "cannot be unpacked" in refusal(with_chunks(chunk(kind, b"nodegraph\0" + content)))


def test_line_breaks_in_the_text_do_no_harm() -> None:
    lines = base64.encodebytes(zlib.compress(DOCUMENT * 50))
    assert b"\n" in lines[:-1]
    assert png.extract(with_text(lines)) == DOCUMENT * 50


def test_what_follows_the_picture_is_not_looked_at() -> None:
    assert png.extract(png.embed(PICTURE, DOCUMENT) + b"trailing") == DOCUMENT


def test_two_pictures_one_behind_the_other_are_refused() -> None:
    one, two = png.embed(PICTURE, DOCUMENT), png.embed(PICTURE, b"{}")
    assert refusal(one + two).startswith("This file holds two PNG pictures")


def test_a_document_of_some_megabytes_travels_too() -> None:
    large = bytes(range(256)) * 40_000
    assert png.extract(png.embed(PICTURE, large)) == large


def test_a_png_without_a_document_says_so() -> None:
    assert refusal(PICTURE).startswith(
        "This PNG holds no nodegraph document: only those exported by nodegraph"
    )
    assert refusal(with_chunks(chunk(b"tEXt", b"nodegraphs\0x"))) == refusal(PICTURE)


def test_a_truncated_png_says_so_wherever_it_was_cut() -> None:
    whole = png.embed(PICTURE, DOCUMENT)
    for length in range(len(png.SIGNATURE), len(whole)):
        assert refusal(whole[:length]) == "This PNG is cut short; part of the file is missing."


def test_a_flipped_bit_anywhere_is_refused() -> None:
    whole = png.embed(PICTURE, DOCUMENT)
    for place in range(len(png.SIGNATURE), len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x20
        with pytest.raises(DocumentError, match=r"^This PNG"):
            png.extract(bytes(damaged))


@untimed
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_gives_the_document_or_a_document_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(png.embed(PICTURE, DOCUMENT))
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    with contextlib.suppress(DocumentError):
        assert png.extract(bytes(damaged)) == DOCUMENT


@untimed
@given(st.binary(max_size=100))
def test_any_bytes_after_the_signature_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        png.extract(png.SIGNATURE + data)


def test_what_is_no_png_says_so() -> None:
    assert refusal(b"GIF89a") == "This is no PNG."


def test_a_png_that_does_not_begin_with_its_header_is_refused() -> None:
    assert (
        refusal(png.SIGNATURE + PIXELS + END)
        == "This PNG is damaged: at offset 8 stands no chunk of a picture."
    )


@pytest.mark.parametrize(
    "text",
    [
        b"no base64!",
        base64.b64encode(b"not deflated"),
        base64.b64encode(zlib.compress(DOCUMENT)[:-3]),
        base64.b64encode(zlib.compress(DOCUMENT) + b"more"),
        b"",
    ],
)
def test_a_text_that_is_no_document_is_refused(text: bytes) -> None:
    assert refusal(with_text(text)) == "This PNG is damaged: the document in it cannot be unpacked."


def test_a_text_that_unpacks_without_end_is_refused_at_the_bound() -> None:
    packer = zlib.compressobj(9)
    bomb = (
        b"".join(packer.compress(bytes(2**24)) for _ in range(MAX_DOCUMENT_BYTES // 2**24 + 1))
        + packer.flush()
    )
    assert (
        refusal(with_text(base64.b64encode(bomb)))
        == "The document in this PNG is larger than 48 MB; it was not read."
    )


def test_two_different_documents_are_refused_and_two_equal_ones_are_not() -> None:
    one, two = (
        chunk(b"tEXt", b"nodegraph\0" + base64.b64encode(zlib.compress(d))) for d in (DOCUMENT, b"{}")
    )
    assert refusal(with_chunks(one, two)).startswith("This PNG holds more than one nodegraph document")
    assert png.extract(with_chunks(one, one)) == DOCUMENT


def test_a_document_too_large_for_a_picture_is_refused() -> None:
    with pytest.raises(DocumentError, match="too large for a picture"):
        png.embed(PICTURE, bytes(MAX_DOCUMENT_BYTES + 1))


def test_success_is_not_reported_before_the_document_was_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "extract", lambda made: b"something else")
    with pytest.raises(DocumentError, match="could not be read back"):
        png.embed(PICTURE, DOCUMENT)
