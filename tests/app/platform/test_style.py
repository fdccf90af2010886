"""The style: every word of the sheet is filled in, text can be read, and it grows with the system's font."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nodegraph import resources
from nodegraph.app.platform import icons, style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import THEMES, Theme

READABLE = 4.5
PAIRS = [
    ("text", "panel"),
    ("text", "background"),
    ("text", "field"),
    ("text", "card"),
    ("text", "danger_back"),
    ("dim", "panel"),
    ("dim", "background"),
    ("dim", "card"),
    ("forward", "panel"),
    ("forward", "head"),
    ("positive", "panel"),
    ("negative", "panel"),
    ("danger", "panel"),
    ("panel", "accent"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: Theme, ink: str, ground: str) -> None:
    one, other = sorted((luminance(getattr(theme, ink)), luminance(getattr(theme, ground))))
    assert (other + 0.05) / (one + 0.05) >= READABLE


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_word_of_the_sheet_is_filled_in(qapp: object, theme: Theme) -> None:
    assert "@" not in style.sheet(theme)


@pytest.mark.parametrize(("points", "scale"), [(9.0, 1.0), (13.5, 1.5), (4.0, 0.8), (90.0, 2.0)])
def test_text_grows_with_the_font_of_the_system_within_bounds(points: float, scale: float) -> None:
    font = QFont()
    font.setPointSizeF(points * style.USUAL_POINTS / 9.0)
    assert style.text_scale(font) == pytest.approx(scale)


def test_every_icon_of_a_command_is_drawn(window: MainWindow) -> None:
    commands = [window.commands.command(name) for name in window.commands.ids]
    for name in {command.icon for command in commands if command.icon} | {"pause"}:
        image = icons.icon(name, "#ff0000", "#00ff00").pixmap(24, 24).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(24)
            for y in range(24)
            if image.pixelColor(x, y).alpha() > 128
        ]
        assert len(inked) > 10, name
        assert all(colour.red() > 200 and colour.green() < 60 for colour in inked), name


def test_the_high_contrast_colours_are_chosen_and_left_again(window: MainWindow) -> None:
    window.workspace.appearance.raise_contrast(True)
    assert window.workspace.appearance.theme is THEMES["contrast"]
    assert window.scene.theme is THEMES["contrast"]
    assert window.commands.actions["view.high_contrast"].isChecked()
    window.workspace.appearance.raise_contrast(False)
    assert window.workspace.appearance.theme is not THEMES["contrast"]
    assert not window.commands.actions["view.high_contrast"].isChecked()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_picture_a_style_sheet_names_is_there(theme: Theme) -> None:
    written = re.findall(r'url\("((?:[^"\\]|\\.)+)"\)', style.sheet(theme))
    named = [re.sub(r"\\(.)", r"\1", path) for path in written]
    assert style.sheet(theme).count("url(") == len(named)
    assert named
    assert [path for path in named if not Path(path).is_file()] == []


@pytest.mark.skipif(os.name == "nt", reason="no folder has such a name there")
def test_a_checkout_may_lie_in_a_folder_of_any_name(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, moved = resources.path(), tmp_path / 'say "hi" ; # {back\\slash} ü'
    shutil.copytree(real / "icons", moved / "icons")
    shutil.copy(real / "style.qss", moved)
    monkeypatch.setattr(resources, "path", moved.joinpath)
    box = QCheckBox("all")  # a sheet that Qt cannot read, or a picture that is not there, is a warning
    qtbot.addWidget(box)
    box.setChecked(True)
    box.setStyleSheet(style.sheet(THEMES["light"]))
    box.grab()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox])
def test_the_focus_by_keys_is_a_rim_and_no_tint_behind_the_words(
    qtbot: QtBot, theme: Theme, kind: type[QAbstractButton]
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.setStyleSheet(style.sheet(theme))
    button, other = kind(around), QLineEdit(around)
    button.setText("Make")
    button.setGeometry(0, 0, 160, 40)
    other.setGeometry(0, 50, 160, 40)
    shown = {}
    with qtbot.waitExposed(around):
        around.show()
    for taker in (other, button):
        taker.setFocus(Qt.FocusReason.TabFocusReason)
        around.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        picture = button.grab(button.rect().adjusted(6, 6, -6, -6)).toImage()
        shown[taker] = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert shown[button] <= shown[other]
