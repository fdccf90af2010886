"""Where compiled passes are kept, and when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from nodegraph.core.kernels import kernels
from nodegraph.formats.disk import compiled


def test_nothing_is_compiled_where_it_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_loaded", None)
    monkeypatch.setenv(compiled.SWITCH, "off")
    compiled.warm()
    assert compiled.load() is None


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NODEGRAPH_CACHE", str(tmp_path / "file" / "below"))
    assert compiled._cached_source() is None
    monkeypatch.setenv("NODEGRAPH_CACHE", str(tmp_path / "folder"))
    path = compiled._cached_source()
    assert path is not None
    assert "def gradients" in path.read_text()
