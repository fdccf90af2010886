"""Fixtures: passes by numpy, and compiled where numba is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nodegraph.core.kernels import kernels
from nodegraph.formats.disk import compiled as compiled_by_numba


@pytest.fixture(params=["numpy", "compiled"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without kernels, then with them where numba is installed."""
    if request.param == "numpy":
        monkeypatch.setattr(kernels, "_loaded", None)
    else:
        request.getfixturevalue("compiled")
    return None


@pytest.fixture
def compiled(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernels, loaded; compiled once and kept for later runs of the tests."""
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    monkeypatch.setenv("NODEGRAPH_CACHE", str(pytestconfig.cache.mkdir("kernels")))
    monkeypatch.delenv(compiled_by_numba.SWITCH, raising=False)
    assert compiled_by_numba.load() is not None
