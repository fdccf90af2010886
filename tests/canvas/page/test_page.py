"""Exported pages as files: what they weigh, what may run in them, and that they open again as the graph."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from nodegraph import resources
from nodegraph.canvas.page import program
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.edits import rename, set_title
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.core.graph.together import set_colour
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.formats import files, native
from nodegraph.formats.pictures import html
from tests.canvas.page.conftest import exported

pytestmark = pytest.mark.usefixtures("qapp")


def seed() -> Graph:
    return parse("L = (a*b + c)*f", a=2, b=-3, c=10, f=-2)


class Elements(HTMLParser):
    """The elements of a page, and the text in those that may run or style."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attributes
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.names and self.names[-1] in self.inside and self.inside[self.names[-1]][-1] == "":
            self.inside[self.names[-1]][-1] = data


def test_the_seed_weighs_less_than_150_kilobytes() -> None:
    assert len(exported(seed())) <= 150_000


def test_the_script_is_without_comments_and_without_ends_of_lines_that_end_no_statement() -> None:
    script = Elements(exported(seed())).inside["script"][-1]
    assert re.findall("//(?!www).*", script) == []
    assert re.findall(r".{0,40}[;,({]\n.{0,40}|.{0,40}\n}.{0,40}", script) == []  # lines are very long


def test_what_is_kept_of_the_program_is_what_its_sources_come_to_now() -> None:
    kept = json.loads(resources.path(*program.KEPT).read_text(encoding="utf-8"))
    assert kept == program.translated(), "run scripts/page.py"


def test_the_page_has_all_that_its_program_asks_of_a_plan() -> None:
    """What is translated asks a plan by names; the page makes its own plan, which must have them all."""
    kept = json.loads(resources.path(*program.KEPT).read_text(encoding="utf-8"))
    asked = set(re.findall(r"\.plan\.(\w+)", "".join(kept["definitions"].values())))
    engine = resources.path("page", "engine.js").read_text(encoding="utf-8")
    plan = engine.partition("const plan = {")[2].partition("\n  };")[0]
    has = set(re.findall(r"(?m)^    (\w+):", plan)) | set(re.findall(r"(?m)^    (.*),$", plan)[0].split(", "))
    assert len(asked) > 5
    assert asked - has == set()


def test_only_the_script_and_the_style_of_the_page_may_run_and_nothing_is_fetched() -> None:
    page = exported(seed())
    found = Elements(page)
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    for text in (found.inside["script"][-1], found.inside["style"][0]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1].decode()
    assert b"default-src 'none'" in policy[1]
    assert b"unsafe" not in policy[1]
    assert not [
        name for name, _ in found.attributes if name in ("src", "href", "style") or name.startswith("on")
    ]


def test_any_name_title_and_note_stay_text() -> None:
    graph = seed()
    bad = "</script></style></title><img src=x onerror=alert(1)>\"'&amp;<!--"
    graph.apply(rename(graph, graph.named("a").id, bad))
    graph.apply(set_title(graph, bad))
    graph.apply(add_note(graph, bad, 0, 0))
    page, plain = Elements(exported(graph)), Elements(exported(seed()))
    assert page.names.count("script") == plain.names.count("script") == 2
    assert "img" not in page.names
    assert len(page.inside["style"]) == 1


def test_a_card_has_the_colour_that_a_person_gave_its_node() -> None:
    graph = seed()
    plain = exported(graph).decode()
    assert 'class="tint"' not in plain
    graph.apply(set_colour(graph, [graph.named("a").id], "#123456"))  # type: ignore[union-attr]
    tints = re.findall(r'<path[^>]*fill="#123456"[^>]*>', exported(graph).decode())
    assert len(tints) == 1
    assert 'class="tint"' in tints[0]


def test_what_stands_behind_an_emoji_in_a_note_is_whole_and_in_its_typeface() -> None:
    graph = seed()
    graph.apply(add_note(graph, "😀 **bold** end", 0, 400))
    assert '<tspan font-weight="700">bold</tspan><tspan> end</tspan>' in exported(graph).decode()


def test_the_items_of_a_list_in_a_note_keep_their_numbers() -> None:
    graph = seed()
    graph.apply(add_note(graph, "1. first\n2. second\n\n- third", 0, 400))
    told = exported(graph).decode()
    for mark, word in (("1.", "first"), ("2.", "second"), ("•", "third")):
        assert f">{mark} <tspan>{word}</tspan>" in told


def test_a_page_opens_again_as_the_graph(tmp_path: Path) -> None:
    graph = seed()
    path = tmp_path / "page.html"
    path.write_bytes(exported(graph))
    assert native.write(files.load(path)) == native.write(graph)


def test_a_page_opens_again_after_its_attributes_were_sorted_and_its_lines_broken() -> None:
    document = native.write(seed())
    packed = html.carried(document).split('content="')[1].rstrip('">')
    broken = "\n".join(packed[at : at + 60] for at in range(0, len(packed), 60))
    page = f"<!-- saved --><HTML><meta\n  content='{broken}'\n  name='nodegraph-document' /></HTML>".encode()
    assert html.is_html(page)
    assert html.extract(page) == document


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<!DOCTYPE html><p>x", "holds no nodegraph document"),
        ('<html><meta name="nodegraph-document" content="AAAA">', "is damaged"),
        ("<html>" + "".join(f'<meta name="nodegraph-document" content="{x}">' for x in ("AAAA", "BBBB")),
         "more than one"),
        ("<html>" + '<meta name="nodegraph-document" content="' * 20_000, "holds no nodegraph document"),
        ("<html>" + "<!---->" * 50_000 + "<meta " * 50_000, "holds no nodegraph document"),
    ],
)  # fmt: skip
def test_a_page_without_one_whole_document_is_refused_in_a_sentence(page: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        html.extract(page.encode())


@pytest.mark.parametrize(
    "page", ["", "<", "<svg>", "<!-- " * 5000, "<!--" + "-->" * 5000 + "<p>", "L = a*b", "<!doctype svg>"]
)
def test_other_files_are_no_page(page: str) -> None:
    assert not html.is_html(page.encode())


def test_which_operations_tell_zeros_apart_is_what_they_compute() -> None:
    found = set()
    for name, operation in OPERATIONS.items():
        places = () if operation.is_leaf else range(operation.least)
        for other, port in itertools.product((0.0, -0.0, 1.0, -1.0, 0.5, -3.0), places):
            told = []
            for zero in (0.0, -0.0):
                inputs = np.full((operation.least, 1), other)
                inputs[port] = zero
                with np.errstate(all="ignore"):
                    value = operation.value(inputs)
                    told.append(np.concatenate([value, *operation.local_derivatives(inputs, value)]))
            if not np.array_equal(*told, equal_nan=True):
                found.add(name)
    assert found == program.TELL_ZEROS_APART
