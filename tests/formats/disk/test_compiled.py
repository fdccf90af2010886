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


@pytest.mark.parametrize("damage", ["cut short", "other bytes", "gone", "no seal"])
def test_a_damaged_cache_is_told_and_forgotten(tmp_path: Path, damage: str) -> None:
    source, folder = tmp_path / "kernels_1.py", tmp_path / "__pycache__"
    folder.mkdir()
    kept = [folder / f"kernels_1.values-3.{number}.nb{kind}" for number in "12" for kind in "ic"]
    for number, file in enumerate(kept):
        file.write_bytes(bytes(range(number, number + 50)))
    (folder / "kernels_2.values-3.1.nbc").write_bytes(b"another one's")
    assert not compiled.is_kept_whole(source)  # nobody has sealed it yet
    compiled.seal_kept(source)
    assert compiled.is_kept_whole(source)
    if damage == "cut short":
        kept[1].write_bytes(kept[1].read_bytes()[:20])
    elif damage == "other bytes":
        kept[2].write_bytes(bytes(50))
    elif damage == "gone":
        kept[0].unlink()
    else:
        (tmp_path / "kernels_1.sum").unlink()
    assert not compiled.is_kept_whole(source)
    compiled.forget_kept(source)
    assert [file.name for file in folder.iterdir()] == ["kernels_2.values-3.1.nbc"]
    assert not compiled.is_kept_whole(source)


def test_a_damaged_cache_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="without numba nothing is compiled")
    monkeypatch.delenv(compiled.SWITCH, raising=False)
    monkeypatch.setenv("NODEGRAPH_CACHE", str(tmp_path))
    monkeypatch.setattr(kernels, "_loaded", None)
    assert compiled.load() is not None
    for file in (tmp_path / "__pycache__").glob("*.nb[ic]"):
        file.write_bytes(file.read_bytes()[:100])
    monkeypatch.setattr(kernels, "_loaded", None)
    assert compiled.load() is not None
    path = compiled._cached_source()
    assert path is not None
    assert compiled.is_kept_whole(path)
