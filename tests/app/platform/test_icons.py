"""Icons: drawn once in a colour, however many windows show them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from nodegraph.app.platform import icons


def seen(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon.pixmap(QSize(24, 24), mode).toImage()


def test_an_icon_of_a_second_window_is_not_drawn_again(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first, patch = icons.icon("export", "#123456", "#abcdef"), icons.swatch("#654321")
    monkeypatch.delattr(icons, "QSvgRenderer")
    monkeypatch.delattr(icons, "QPainter")
    second = icons.icon("export", "#123456", "#abcdef")
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        assert seen(second, mode) == seen(first, mode)
    assert seen(icons.swatch("#654321")) == seen(patch)


def test_an_icon_has_the_colours_it_is_asked_for(qapp: object) -> None:
    icon = icons.icon("export", "#123456", "#abcdef")

    def inks(mode: QIcon.Mode) -> set[str]:
        image = seen(icon, mode)
        pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return {QColor(pixel.rgb()).name() for pixel in pixels if pixel.alpha() == 255}

    assert inks(QIcon.Mode.Normal) == {"#123456"}
    assert inks(QIcon.Mode.Disabled) == {"#abcdef"}
