"""A real browser for exported pages: Chromium, driven by Playwright; skipped where either lacks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.picture import PictureOptions
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


def exported(graph: Graph, trace: Trace | None = None, position: int | None = None, **options: Any) -> bytes:
    """Returns the page of a graph, at a step or at the end."""
    trace = trace or run(graph)
    frame = trace.last_frame if position is None else trace.frame(position)
    return exporter_of("x.html").write(graph, frame, PictureOptions(**options))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    missing = "Playwright, which drives a browser, is not installed"
    playwright = pytest.importorskip("playwright.sync_api", reason=missing)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no Chromium is installed; on Linux scripts/test.py --xvfb installs it where it can")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path, qapp: object) -> Iterator[Callable[..., Any]]:
    """Shows a page in a tab of its own; at the end nothing may have been said in its console."""
    said: list[str] = []
    contexts: dict[str, Any] = {}
    pages = count()

    def open_page(data: bytes | Graph, *, at: str = "", reduced: str = "reduce", **context: Any) -> Any:
        path = tmp_path / f"page-{next(pages)}.html"
        path.write_bytes(data if isinstance(data, bytes) else exported(data))
        looks = repr((reduced, context))
        if looks not in contexts:
            contexts[looks] = browser.new_context(reduced_motion=reduced, offline=True, **context)
        page = contexts[looks].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request", lambda request: said.append(request.url) if request.url.startswith("http") else None
        )
        page.goto(path.as_uri() + at)
        return page

    yield open_page
    for context in contexts.values():
        context.close()
    assert said == []
