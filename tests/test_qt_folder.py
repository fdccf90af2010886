"""Qt finds its parts whatever the folder of PySide is called."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from nodegraph import qt_folder
from tests.cli.conftest import ROOT

NAMES = ["a,b", "a;b", 'a"b', "a\\b", "a$(HOME)b", "a'b c%20d&e#f!(g)[h]{i}@j+k=l~m^n*o?p<q>r|größe"]
WINDOW = """
import sys
sys.path.insert(0, sys.argv[1])
import nodegraph
from PySide6.QtWidgets import QApplication
QApplication([])
import PySide6
print(PySide6.__file__)
"""


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make a link there")
@pytest.mark.parametrize("name", NAMES)
def test_a_window_can_open_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for package in ("PySide6", "shiboken6"):
        (folder / package).symlink_to(Path(find_spec(package).origin).parent)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop(qt_folder.SWITCH, None)
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(folder))


def test_what_a_person_has_set_stays() -> None:
    environment = {qt_folder.SWITCH: "0"}
    qt_folder.keep_path_whole("/a;b", environment)
    assert environment == {qt_folder.SWITCH: "0"}


def test_a_folder_of_plain_letters_is_left_to_pyside() -> None:
    environment: dict[str, str] = {}
    qt_folder.keep_path_whole("/usr/lib/PySide6", environment)
    assert environment == {}


def test_on_windows_qt_is_told_where_its_plugins_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_folder.sys, "platform", "win32")
    environment = {"QT_PLUGIN_PATH": "before"}
    qt_folder.keep_path_whole("C:/a,b/PySide6", environment)
    assert environment[qt_folder.SWITCH] == "1"
    assert environment["QT_PLUGIN_PATH"].split(os.pathsep)[-1] == "before"
    assert environment["QT_PLUGIN_PATH"].startswith(os.path.join("C:/a,b/PySide6", "plugins"))
