"""A document inside an MP4: found in what describes the film; whatever else such a file may be ends in a
sentence.
"""

from __future__ import annotations

import base64
import contextlib
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats import carriers, kinds
from nodegraph.formats.pictures import mp4

DOCUMENT = '{"graph": {"title": "Größe 😀"}}\n'.encode()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(*comments: str, before: bytes = b"") -> bytes:
    told = b"".join(box(b"data", b"\0\0\0\1\0\0\0\0" + comment.encode()) for comment in comments)
    about = box(b"moov", box(b"udta", box(b"meta", box(b"ilst", told)) + box(b"free", b"")))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + before + about + box(b"mdat", b"\1\2\3" * 50)


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        mp4.extract(data)
    return str(refused.value)


@pytest.mark.parametrize("before", [b"", box(b"free", b"xy"), struct.pack(">I4sQ", 1, b"mdat", 20) + b"abcd"])
def test_it_is_found_wherever_the_description_stands(before: bytes) -> None:
    assert mp4.extract(film(mp4.comment(DOCUMENT), before=before)) == DOCUMENT
    assert mp4.extract(film(mp4.comment(DOCUMENT), mp4.comment(DOCUMENT), before=before)) == DOCUMENT


def test_a_film_is_told_from_a_picture_in_the_same_boxes() -> None:
    carrier = carriers.carrier_of(film(mp4.comment(DOCUMENT)))
    assert carrier is not None
    assert carrier.suffix == ".mp4"
    picture = box(b"ftyp", b"avif\0\0\0\0avifmif1")
    assert not mp4.is_mp4(picture)
    named = kinds.name_of(picture)
    assert named is not None
    assert named[0] == "an AVIF or HEIC picture"


def test_what_is_no_film_of_ours_says_so() -> None:
    assert refusal(film()).startswith("This MP4 holds no nodegraph document")
    assert "Sites for videos" in refusal(film("a holiday"))
    assert "more than one" in refusal(film(mp4.comment(DOCUMENT), mp4.comment(DOCUMENT + b" ")))
    assert "cannot be unpacked" in refusal(film(mp4.comment(DOCUMENT)[:-8]))
    packed = base64.b64encode(zlib.compress(bytes(60_000_000))).decode()
    assert "larger than 48 MB" in refusal(film(f"nodegraph document: {packed}"))


def test_a_file_of_very_many_parts_or_of_none_ends_in_a_sentence() -> None:
    assert "more than 100,000 parts" in refusal(film(before=box(b"free", b"") * 100_001))
    assert "damaged: at offset 32" in refusal(film(before=struct.pack(">I4s", 7, b"free")))
    assert "cut short" in refusal(box(b"ftyp", b"isom") + box(b"mdat", b"x"))
    assert "cut short" in refusal(box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"mdat", 2**63))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_that_is_cut_short_or_spoilt_ends_in_a_sentence(data: st.DataObject) -> None:
    whole = film(mp4.comment(DOCUMENT))
    stop = data.draw(st.integers(0, len(whole) - 1))
    for spoilt in (whole[:stop], whole[:stop] + bytes([whole[stop] ^ 0x55]) + whole[stop + 1 :]):
        with contextlib.suppress(DocumentError):
            assert mp4.extract(spoilt) == DOCUMENT
