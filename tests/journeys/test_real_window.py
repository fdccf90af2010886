"""One journey in a real window, with the X server's own mouse and keys, which offscreen tests cannot see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nodegraph import resources
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files
from tests.journeys.screen import Screen, missing, wait_for

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(missing()), reason=f"a real window needs {', '.join(missing())}"),
]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "seed.nodegraph"
    shutil.copy(resources.path("examples", "seed", "seed-L.nodegraph"), path)
    return path


def saved(screen: Screen, document: Path, differs_from: bytes) -> Graph:
    """What the file holds once Ctrl+S has written it anew."""
    screen.key("ctrl+s")
    wait_for("the file to be saved", lambda: document.read_bytes() != differs_from)
    return files.load(document)


def test_a_person_plays_edits_adds_undoes_and_saves(document: Path, tmp_path: Path) -> None:
    with Screen(document, tmp_path) as screen:
        before = screen.colours()
        screen.key("space")
        wait_for("the steps to show", lambda: screen.colours() != before)
        screen.key("space")

        screen.key("Right", "Return")
        screen.write("7")
        screen.key("ctrl+z", "ctrl+y")  # is about the text, also where Qt leaves the second to the window
        screen.key("Return")
        held = document.read_bytes()
        graph = saved(screen, document, held)
        assert graph.node("a").value == 7.0
        assert run(graph).gradients["b"] == 35.0

        held = document.read_bytes()
        before = screen.colours()
        screen.key("F9")
        wait_for("the palette to come", lambda: screen.colours() != before)
        screen.drag((80, 188), (screen.width // 2, screen.height // 4))
        graph = saved(screen, document, held)
        assert len(graph) == 8
        assert graph.nodes()[-1].op == "input"

        held = document.read_bytes()
        screen.key("ctrl+z", "ctrl+z")
        graph = saved(screen, document, held)
        assert len(graph) == 7
        assert graph.node("a").value == 2.0
