"""Settings: declared once, with defaults that also stand in for nonsense in the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from nodegraph.app.features.export.presets import BUILT_IN, Presets
from nodegraph.app.features.lessons.progress import Progress
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting, Settings
from nodegraph.core.errors import Refused

DECLARED = [value for value in vars(settings).values() if isinstance(value, Setting)]


@pytest.mark.parametrize("setting", DECLARED, ids=lambda setting: setting.key)
def test_every_setting_begins_with_its_default(qapp: object, setting: Setting) -> None:
    assert Settings().value(setting) == setting.default


def test_no_two_settings_have_one_key() -> None:
    assert len({setting.key for setting in DECLARED}) == len(DECLARED) > 30


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (settings.THEME, "dark"),
        (settings.SPEED, 0.25),
        (settings.DIGITS, 8),
        (settings.ARROWHEADS, True),
        (settings.EXPORT_PRESETS, ['Mine={"scale":2.0,"show":["values","grid"]}', "Ours={}"]),
        (settings.GEOMETRY, QByteArray(b"\x00\x01")),
        (settings.RECENT_FILES, ["/one"]),
        (settings.RECENT_FILES, ["/one", "/two"]),
    ],
    ids=lambda value: value.key if isinstance(value, Setting) else "",
)
def test_a_value_is_there_at_the_next_start_with_its_type(
    qapp: object, setting: Setting, value: object
) -> None:
    first = Settings()
    first.set(setting, value)
    first.sync()
    found = Settings().value(setting)
    assert found == value
    assert type(found) is type(value)


def test_nonsense_in_the_file_counts_as_the_default(qapp: object, own_folders: Path) -> None:
    (own_folders / "settings.ini").write_text(
        "[look]\ntheme=purple\n[player]\nspeed=fast\n[canvas]\ndigits=\n"
    )
    found = Settings()
    assert found.value(settings.THEME) == "system"
    assert found.value(settings.SPEED) == 1.0
    assert found.value(settings.DIGITS) == 0


ELSEWHERE = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from nodegraph.app.features.export.presets import BUILT_IN, Presets
from nodegraph.app.features.lessons.progress import Progress
from nodegraph.app.platform.settings import Settings
app = QCoreApplication([])
known = Settings()
Presets(known).save("Theirs", BUILT_IN["Slide"])
Progress(known).finish("theirs")
known.add_recent_file(Path("/theirs"))
known.sync()
"""


def test_what_another_program_has_added_meanwhile_stays(qapp: object) -> None:
    here = Settings()
    Presets(here).save("Before", BUILT_IN["Slide"])
    Progress(here).finish("before")
    subprocess.run(
        [sys.executable, "-P", "-c", ELSEWHERE],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=True,
        timeout=60,
    )
    Presets(here).save("After", BUILT_IN["Slide"])
    Progress(here).finish("after")
    here.add_recent_file(Path("/after"))
    assert Presets(here).names() == [*BUILT_IN, "Before", "Theirs", "After"]
    assert here.value(settings.LESSONS_DONE) == ["before", "theirs", "after"]
    assert {Path("/theirs"), Path("/after")} <= set(here.recent_files())


def test_presets_of_a_newer_version_are_kept(qapp: object) -> None:
    known = Settings()
    newer = 'Newer={"shimmer":true}'
    known.set(settings.EXPORT_PRESETS, [newer])
    Presets(known).save("Mine", BUILT_IN["Slide"])
    Presets(known).delete("Mine")
    assert known.value(settings.EXPORT_PRESETS) == [newer]
    assert Presets(known).names() == list(BUILT_IN)


def test_a_preset_that_cannot_be_kept_is_told(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODEGRAPH_SETTINGS", os.path.join(os.devnull, "settings.ini"))
    with pytest.raises(Refused, match=r"It holds until the program ends: .*settings\.ini cannot be written"):
        Presets(Settings()).save("Mine", BUILT_IN["Slide"])


def test_recent_files_are_newest_first_without_repeats_and_bounded(qapp: object, tmp_path: Path) -> None:
    found = Settings()
    for number in range(15):
        found.add_recent_file(tmp_path / f"{number}.nodegraph")
    found.add_recent_file(tmp_path / "10.nodegraph")
    recent = found.recent_files()
    assert recent[:2] == [tmp_path / "10.nodegraph", tmp_path / "14.nodegraph"]
    assert len(recent) == settings.MAX_RECENT_FILES == len(set(recent))


def test_a_recent_file_can_be_forgotten(qapp: object, tmp_path: Path) -> None:
    found = Settings()
    found.add_recent_file(tmp_path / "gone.nodegraph")
    found.forget_recent_file(tmp_path / "gone.nodegraph")
    assert found.recent_files() == []
