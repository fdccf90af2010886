"""Files that are dragged into other programs: where they lie, and that nothing of them stays."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph.app.document.ownership import Lock
from nodegraph.app.features.export.outbox import FOLDER, Outbox
from nodegraph.app.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def place(own_folders: Path) -> Path:
    """Where the folders of all windows lie."""
    return own_folders / "state" / FOLDER


def test_a_window_from_which_nothing_is_dragged_has_no_folder(window: MainWindow, place: Path) -> None:
    assert not place.exists()
    window.features.export.show_export()
    window.features.export.dragged_data(window.features.export.dialog)
    assert [path.suffix for path in sorted(place.iterdir())] == ["", ".lock"]


def test_the_folder_goes_with_its_window(place: Path) -> None:
    outbox, other = Outbox(), Outbox()
    (outbox.folder() / "seed.png").write_bytes(b"a picture")
    assert outbox.folder() == outbox.folder()
    kept = other.folder()
    del outbox
    gc.collect()
    assert [path for path in place.iterdir() if path.is_dir()] == [kept]


def test_nothing_is_left_when_the_program_ends(place: Path) -> None:
    """Also where a window is still there."""
    module = "nodegraph.app.features.export.outbox"
    code = f"from {module} import Outbox; outbox = Outbox(); print(outbox.folder().is_dir())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
    assert list(place.iterdir()) == []


def test_what_a_killed_program_left_is_removed_at_the_next_start(place: Path) -> None:
    here = Outbox()
    kept = here.folder()
    killed = place / "1-0123abcd"
    killed.mkdir()
    (killed / "seed.png").write_bytes(b"a picture")
    killed.with_suffix(".lock").touch()
    Outbox()
    assert kept.is_dir()
    assert not killed.exists()
    assert not killed.with_suffix(".lock").exists()


def test_a_folder_that_somebody_removed_is_made_again(place: Path) -> None:
    outbox = Outbox()
    outbox.folder().rmdir()
    assert outbox.folder().is_dir()
    assert not Lock(outbox.folder().with_suffix(".lock")).take()
