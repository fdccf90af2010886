"""A file of another kind is named by its first bytes, whatever it is called, and by one sentence."""

from __future__ import annotations

import bz2
import gzip
import io
import plistlib
import zipfile
from pathlib import Path

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import files, kinds, svg
from nodegraph.formats.foreign.formula_files import holds_formulas
from nodegraph.formats.tables import csv_table


def a_zip(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (a_zip("a.txt"), "a zip archive"),
        (a_zip("xl/workbook.xml"), "an Excel workbook"),
        (a_zip("META-INF/MANIFEST.MF", "meta", "data.bin"), "a file of jamovi, JASP or SPSS"),
        (a_zip("META-INF/MANIFEST.MF", "outputViewer0.xml"), "a file of jamovi, JASP or SPSS"),
        (a_zip("manifest.json", "metadata.json"), "a file of jamovi, JASP or SPSS"),
        (a_zip("META-INF/MANIFEST.MF", "org/x/Main.class"), "a zip archive"),
        (b"<stata_dta><header><release>118</release>\0\0", "a Stata file"),
        (gzip.compress(b"X\n\0\0\0\3\0\4\2\1", mtime=0), "a file of R"),
        (gzip.compress(b"RDX3\nX\n\0\0\0\3", mtime=0), "a file of R"),
        (gzip.compress(b"x", mtime=0), "a compressed file"),
        (b"\x1f\x8b\x08\0damaged", "a compressed file"),
        (b'{\n "cells": [{\n "cell_type": "code"}],\n "nbformat": 4}', "a Jupyter notebook"),
        (b"\x93NUMPY\1\0", "a NumPy array"),
        (b"\xef\xbb\xbfx;y\r\n0,5;1\r\n", "a table"),
        (b"x\ty\n1\t2\n", "a table"),
        ("Größe (cm);Gewicht (kg)\r\n1,80;80\r\n".encode("windows-1252"), "a table"),
        (b"# 3 May\nopen (USD),close (USD)\n2024-01-01,1\n", "a table"),
        (b"foo(a, b)\nbar(c, d)\n", "a text"),
        (b"[[1. 2.]\n [3. nan]]\n", "a table"),
        (b"X = array([[1, 2],\n       [3, 4]], dtype=int32)\n", "a table"),
        (b"X = np.array([[1, 2], [3, 4]])\ny = X @ w\n", "a formula"),
        (b"L = (a*b + c)*f\n", "a formula"),
        (b"h = tanh(w*x + b)\nL = (h - t)**2\n", "a formula"),
        (b"FWS\x06\x01\x02abc def", "a file of a kind that is not known here"),
        (b"\x01\x02{}", "a file of a kind that is not known here"),
        (bytes(range(40, 256)) + b"\x05", "a file of a kind that is not known here"),
        (b"BM\x36\0\0\0\1\0\2\0\x36\0\0\0\x28\0\0\0", "a BMP picture"),
        (b"P6\n# made by hand\n2 2\n255\n", "a Netpbm picture"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound"),
        (a_zip("word/document.xml"), "a Word document"),
        (a_zip("x.npy"), "an archive of NumPy arrays"),
        (a_zip("model/data.pkl"), "a PyTorch file"),
        (b'{\n "metadata": {"kernelspec": {}},\n "nbformat": 4}', "a Jupyter notebook"),
        (b"#!/usr/bin/env python3\nprint(1)\n", "a Python program"),
        (b'"""What it does."""\n\nimport numpy as np\n\nx = 3\n', "a Python program"),
        (b"x = 3\n\ndef f(a, b):\n    return a, b\n", "a Python program"),
        (b"import a, b\nimport c, d\n", "a Python program"),
        (b"#!/bin/sh\nls\n", "a shell script"),
        (b"// drawn\ndigraph G {\n a -> b;\n c -> d;\n}\n", "a DOT file"),
        (b"strict graph {\n a -- b\n}\n", "a DOT file"),
        (b"# drawn\nDIGRAPH { a -> b }", "a DOT file"),
        (b"<?xml version='1.0'?>\n<!-- a > b -->\n<graphml/>", "a GraphML file"),
        (b"<gexf version='1.3'/>", "a GEXF file"),
        (b"<p>hello", "a piece of HTML or XML"),
        (b"---\ntitle: x\n---\nflowchart LR\n a --> b\n", "a Mermaid diagram"),
        (b"% a remark\n% another one\n" * 50, "a LaTeX file"),
        (b"% a remark\n\n\\begin{tikzpicture}\n\\end{tikzpicture}\n", "a LaTeX file"),
        (b"% " + b"x" * 9_000 + b"\n\\documentclass{article}\n", "a LaTeX file"),
        (b"\\ProvidesPackage{x}\n", "a LaTeX file"),
        (b"% of MATLAB\nx = 1;\ny = 2*x;\n", "a text"),
        (b"one line", "a text"),
        (b"1 2\n2 3\n", "a table"),
        (b"flowchart LR\n a --> b\n", "a Mermaid diagram"),
        (b"#include <math.h>\nint main() {}\n", "a C or C++ program"),
        (b"const x = 3;\nlet y = 4;\n", "a JavaScript program"),
        (b'[project]\nname = "x"\n', "a TOML or INI file"),
        (b"graph [\n  directed 1\n", "a GML file"),
        (b"---\na: 1\n", "a YAML file"),
        (b"# how it is run\nname: CI\non:\n  push:\njobs: {}\n", "a YAML file"),
        (b"# A heading\n\nSome words, and more,\nand others, too.\n", "a Markdown page"),
        (b"A heading\n=========\n", "a Markdown page"),
        (b"- one\n- two\n", "a Markdown page"),
        (b"[a link](https://example.org)\n", "a Markdown page"),
        (b"| a | b |\n|---|---|\n| 1 | 2 |\n", "a Markdown page"),
        (b"x & y \\\\\n1 & 2 \\\\ \\hline\n", "a LaTeX file"),
        (b"\\begin{tabular}{rr}\nx & y\\\\\n", "a LaTeX file"),
        (b"# Title", "a Markdown page"),
        (b"## Title\n", "a Markdown page"),
        (b"BZh91AY&SY", "a compressed file"),
        (bz2.compress(b"hello"), "a compressed file"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
        (b"\0\0\1\0\1\0\x10\x10", "an icon"),
        (b"\0" * 5_000, "a file that begins with zero bytes"),
        (b'\x40\0\0\0\0\0\0\0{"w":{"dtype":"F32","shape":[1]}}', "a safetensors file"),
        (b"\x08\x07\x12\x07pytorch\x1a\x031.9", "an ONNX model"),
        (b"MATLAB 5.0 MAT-file, Platform: PCWIN64", "a MATLAB file"),
        (b'{| class="wikitable"\n! x !! y\n|-\n| 1 || 2\n|}\n', "a page of a wiki"),
        (b"INSERT INTO t (x,y) VALUES (1,2);\nINSERT INTO t (x,y) VALUES (3,4);\n", "an SQL script"),
        (b"{\\rtf1\\ansi hello}", "an RTF document"),
        (plistlib.dumps({"a": 1}), "a property list"),
        (plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "a property list"),
        (b"Dear reader\nthis is some text\n", "a text"),
    ],
)
def test_it_is_named(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        files.graph_of(data)
    assert str(caught.value).startswith(f"This is {name}, not a nodegraph document; ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"cells": 1, "graph": {}}',
        b' \n{"graph": 1}',
        b"[1,\n2,\n3]",
        b"3",
        b" -2.5e3\n",
        b"\n" * 8 + b'{"a": {"dtype": 1}}',
    ],
)
def test_what_may_be_a_document_is_left_to_its_reader(data: bytes) -> None:
    assert kinds.name_of(data) is None


def test_a_program_is_no_table_and_a_markdown_page_may_hold_one() -> None:
    with pytest.raises(DocumentError, match="This is a Python program, not a table; save the numbers as CSV"):
        kinds.refuse_as_table(b"import numpy as np\nx = np.ones(3)\n")
    kinds.refuse_as_table(b"| a | b |\n|---|---|\n| 1 | 2 |\n")
    kinds.refuse_as_table(b"# x y\n1 2\n3 4\n")


def test_lines_that_an_instrument_writes_above_its_table_are_no_yaml() -> None:
    kinds.refuse_as_table(
        b"Instrument: Meter 5\r\nDate: 2024-01-05\r\n\r\nx [V],t [A]\r\n1.0E+00,2\r\n2,4\r\nEND\r\n"
    )
    with pytest.raises(DocumentError, match="This is a YAML file, not a table"):
        kinds.refuse_as_table(b"name: CI\nmatrix: a, b\nnumbers:\n  - 1\n  - 2\n")


@pytest.mark.parametrize("sign", [b"[", b"\n", b"#", b"- a\n", b"a: \n", b"/*", b"|", b"a,", b"("])
def test_a_long_text_of_one_sign_is_looked_at_in_no_time(sign: bytes) -> None:
    kinds.name_of(sign * 5_000)


CONFLICT = (
    b'{"graph": {},\n<<<<<<< HEAD\n"nodes": [],\n=======\n"nodes": [1],\n>>>>>>> theirs\n"edges": []}\n'
)


@pytest.mark.parametrize(
    "data",
    [CONFLICT, b" " * 10_000 + CONFLICT, b"<<<<<<< HEAD\r\na,b\r\n=======\r\na,c\r\n>>>>>>> x\r\n1,2\r\n"],
)
def test_what_a_failed_merge_leaves_is_said(data: bytes) -> None:
    for refuse in (kinds.refuse_foreign, kinds.refuse_as_table):
        with pytest.raises(DocumentError, match="holds two versions of a file"):
            refuse(data)


def test_a_pointer_in_place_of_a_file_is_said() -> None:
    with pytest.raises(DocumentError, match="git lfs pull"):
        kinds.refuse_foreign(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")


def test_two_copies_in_an_svg_that_differ_are_refused_and_one_alone_is_read() -> None:
    one, other = svg.carried(b"{}"), svg.carried(b'{"graph": {}}')
    assert svg.extract(f"<svg {one.attribute}>{one.description}</svg>".encode()) == b"{}"
    assert svg.extract(f"<svg {one.attribute}></svg>".encode()) == b"{}"
    with pytest.raises(DocumentError, match="The two copies of the document in this SVG file differ"):
        svg.extract(f"<svg {one.attribute}>{other.description}</svg>".encode())


@pytest.mark.parametrize(
    "text",
    [
        "x t\n(s) (V)\n1 2\n2 4\n",
        "   x    t\na  1.5  2\nb  2e3  -4\n",
        "shape: (1, 1)\n┌─────┐\n│ x   │\n└─────┘\n",
    ],
)
def test_numbers_below_each_other_with_blanks_between_are_a_table_and_no_formula(text: str) -> None:
    assert kinds.name_of(text.encode()) == ("a table", "load it as data of a graph")
    assert not holds_formulas("rows.txt", text.encode())
    assert holds_formulas("loss.txt", b"y = 2*x - 1\nL = (y - 3)**2\n")


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"# A\n", "a Markdown page"),
        (b"\nJust words.\n", "a Markdown page"),
        (b"| l | t |\n|---|---|\n| 1 | 2 |\n| 2 | 4 |\n", "a Markdown page"),
        (b"x,y\n1,2\n3,4\n", "a table"),
        (b"flowchart LR\n a --> b\n", "a Mermaid diagram"),
        (b"b: 2\n", "a YAML file"),
        (b"b: 2\nc: 3\n", "a YAML file"),
        (b"- b: 2\n", "a YAML file"),
        (b"---\nb: 2\n", "a YAML file"),
        (b"", "a YAML file"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_what_stands_below_front_matter_says_what_a_file_is(page: bytes, kind: str, end: bytes) -> None:
    found = kinds.name_of((b"---\ntitle: x\n---\n" + page).replace(b"\n", end))
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("above", [b"", b"---\ntitle: x\n---\n", b"title: x\ntaken: today\n\n"])
def test_a_table_with_bars_is_one_whatever_is_told_above_it(above: bytes) -> None:
    table = csv_table.read(above + b"| l | t |\n|---|---|\n| 1 | 2 |\n| 2 | 4 |\n", "page.md")
    assert table.columns == (("l", (1.0, 2.0)), ("t", (2.0, 4.0)))


def test_a_markdown_page_without_a_table_says_so() -> None:
    page = b"---\ntitle: My page\n---\n\nSome words about data.\n"
    with pytest.raises(DocumentError, match="This Markdown page holds no table; save the numbers as CSV"):
        kinds.refuse_as_table(page)
    kinds.refuse_as_table(page + b"\n| a | b |\n|---|---|\n| 1 | 2 |\n")


@pytest.mark.parametrize("ends", [(b"\r\n", b"\n"), (b"\n", b"\r\n")])
def test_a_png_that_was_sent_as_text_is_told_from_other_files(
    ends: tuple[bytes, bytes], tmp_path: Path
) -> None:
    picture = tmp_path / "seed.png"
    picture.write_bytes((b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(30)).replace(*ends))
    with pytest.raises(DocumentError, match="a transfer as text has replaced its line ends"):
        files.load(picture)
