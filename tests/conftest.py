"""What every test stands on: a finished seed example, and warnings or stray logs that fail the test."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from nodegraph.core.collector import collector_paused
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph
from tests import garbage, held

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A test that wants compiled passes asks for them; else the thread that loads them would go on into others.
os.environ.setdefault("NODEGRAPH_KERNELS", "off")

# A busy machine takes longer than the 200 ms that an example else has.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", untimed, max_examples=40)
settings.register_profile("thorough", untimed, max_examples=1000)  # scripts/sweeps/properties.py
settings.load_profile("suite")

PATIENCE_MS = 60_000
"""How long a test waits for what is to come: the five seconds of pytest-qt are too few on a busy machine.
What is there is waited for no longer.
"""

SEED_TEXT = "e = a*b; d = e + c; L = d*f"
SEED_VALUES = {"a": 2.0, "b": 3.0, "c": -10.0, "f": 5.0}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs: asks for a warning or an error in the log")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without a look for garbage: half a million objects stay to the end, and to go through them
    again and again took a quarter of the time.
    """
    with collector_paused():
        told = yield
    garbage.spare_what_is_there()
    return told


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The robot of pytest-qt, as patient as a busy machine needs."""
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive", "waitCallback"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture
def seed_graph() -> Graph:
    """L = (a × b + c) × f at a=2, b=3, c=-10, f=5."""
    from nodegraph.core.building.expression import parse

    return parse(SEED_TEXT, **SEED_VALUES)


@pytest.fixture
def seed_trace(seed_graph: Graph) -> Trace:
    """Both passes of the seed example."""
    return run(seed_graph)


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """No key or button that a test presses is down in the next one."""
    yield
    held.let_go()


@pytest.fixture(autouse=True)
def _no_stray_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or an error in the log fails the test, unless it is marked `logs` because it asks for one."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    stray = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not stray, f"stray log: {stray[0].getMessage()}"
