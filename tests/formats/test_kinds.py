"""A file of another kind is named by its first bytes, whatever it is called, and by one sentence."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import files, kinds


def a_zip(name: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"GIF87a\1\0", "a GIF picture"),
        (b"%PDF-1.7\n%\xe2", "a PDF"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "an SVG file"),
        (b"<svg></svg>", "an SVG file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (a_zip("a.txt"), "a zip archive"),
        (a_zip("xl/workbook.xml"), "an Excel workbook"),
        (gzip.compress(b"x"), "a compressed file"),
        (b'{\n "cells": [{\n "cell_type": "code"}],\n "nbformat": 4}', "a Jupyter notebook"),
        (b"\x93NUMPY\1\0", "a NumPy array"),
        (b"\xef\xbb\xbfx;y\r\n0,5;1\r\n", "a table"),
        (b"x\ty\n1\t2\n", "a table"),
        (b"L = (a*b + c)*f\n", "a formula"),
    ],
)
def test_it_is_named(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        files.graph_of(data)
    assert str(caught.value).startswith(f"This is {name}, not a nodegraph document; ")


@pytest.mark.parametrize(
    "data", [b"", b'{"cells": 1, "graph": {}}', b' \n{"graph": 1}', b"[1,\n2,\n3]", b"word"]
)
def test_what_may_be_a_document_is_left_to_its_reader(data: bytes) -> None:
    assert kinds.name_of(data) is None
