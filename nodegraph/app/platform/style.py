"""The look of everything around the canvas: one style sheet and one palette, made from the canvas theme's
tokens. Knows no single widget; widgets say what they are by object name or by the property `role`."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

from nodegraph import resources
from nodegraph.canvas.drawing.theme import FAMILY, Theme, font

BASE_PX = 13
"""The size of plain text where the system's font has its usual size."""

MENU_ROW_PX, MENU_PADDING_PX = 33, (1, 6)
"""How high a row of a menu is at most if its letters allow that, so that the longest menu has one column on a
low screen; and the least and the usual room above and below them.
"""

UNBOUNDED_PX = 16_777_215
"""The largest size of a widget nobody has bounded."""

USUAL_POINTS = 13.0 if sys.platform == "darwin" else 9.0


def text_scale(system: QFont) -> float:
    """How much larger than usual the person has set the system's font, from 0.8 to 2."""
    points = system.pointSizeF() if system.pointSizeF() > 0 else system.pixelSize() * 0.75
    return max(0.8, min(points / USUAL_POINTS, 2.0))


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, for the style sheet; a second call changes it."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else Qt does it before it is shown
            widget.style().unpolish(widget)
            widget.style().polish(widget)


_factors = {"system": 1.0, "chosen": 1.0}


def scale() -> float:
    """The scale of text that the running program uses: as the system is set, times the size chosen here."""
    return _factors["system"] * _factors["chosen"]


def set_system_scale(system: QFont) -> None:
    """Take the size of the system's font as the usual one."""
    _factors["system"] = text_scale(system)


def set_text_size(chosen: float) -> None:
    """Choose a size of text for the whole program; what is there already has to `grow`."""
    _factors["chosen"] = chosen
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(font(px(BASE_PX)))


def grow(root: QWidget, before: float, now: float, but: QWidget) -> None:
    """Let everything below a widget but one grow with the size of text, where its size was given in pixels.
    Going back to a size of text brings back every pixel.
    """
    for widget in root.findChildren(QWidget):
        if widget is but or but.isAncestorOf(widget):
            continue
        grown = partial(_grown, widget, before, now)
        least, most = widget.minimumSize(), widget.maximumSize()
        widget.setMinimumSize(grown("least_width", least.width()), grown("least_height", least.height()))
        widget.setMaximumSize(grown("most_width", most.width()), grown("most_height", most.height()))
        if isinstance(widget, QAbstractButton):
            icon = widget.iconSize()
            widget.setIconSize(QSize(grown("icon_width", icon.width()), grown("icon_height", icon.height())))
    # Not through QLayout.itemAt: Python would go on believing in items that Qt has long deleted, and crash.
    for layout in root.findChildren(QLayout):
        widget = layout.parentWidget()
        if widget is not root and widget is not but and not but.isAncestorOf(widget):
            grown = partial(_grown, layout, before, now)
            sides = layout.contentsMargins()
            layout.setContentsMargins(
                grown("left", sides.left()), grown("top", sides.top()),
                grown("right", sides.right()), grown("bottom", sides.bottom()),
            )  # fmt: skip
            layout.setSpacing(grown("spacing", layout.spacing()))


def _grown(owner: QObject, before: float, now: float, name: str, size: int) -> int:
    """Returns a size in pixels for another size of text. What it is at the usual one is kept with its owner:
    a pixel that was rounded away would not come back.
    """
    if size >= UNBOUNDED_PX or size <= 0:
        return size
    usual = owner.property(f"usual_{name}")
    if usual is None or round(usual * before) != size:  # somebody has set it since
        usual = size / before
        owner.setProperty(f"usual_{name}", usual)
    return round(usual * now)


def px(size: float) -> int:
    """A size in pixels at the present scale of text."""
    return round(size * scale())


def colours(theme: Theme) -> QPalette:
    """The palette for what no rule of the style sheet reaches (dialogs of Qt's own, selections)."""
    palette = QPalette()
    role = QPalette.ColorRole
    for one, colour in (
        (role.Window, theme.panel), (role.WindowText, theme.text), (role.Base, theme.field),
        (role.AlternateBase, theme.background), (role.Text, theme.text), (role.Button, theme.panel),
        (role.ButtonText, theme.text), (role.BrightText, theme.text), (role.ToolTipBase, theme.card),
        (role.ToolTipText, theme.text), (role.PlaceholderText, theme.dim), (role.Highlight, theme.accent),
        (role.HighlightedText, theme.panel), (role.Link, theme.accent), (role.LinkVisited, theme.accent),
        (role.Light, theme.card), (role.Midlight, theme.line), (role.Mid, theme.border),
        (role.Dark, theme.border),
        (role.Shadow, theme.shadow), (role.Accent, theme.accent),
    ):  # fmt: skip
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(mixed(theme.dim, theme.panel, 0.35)))
    return palette


def menu_padding_px() -> int:
    """The room above and below the letters in a row of a menu: less where they are large."""
    least, usual = MENU_PADDING_PX
    return max(least, min(usual, (MENU_ROW_PX - QFontMetrics(font(px(BASE_PX))).height()) // 2))


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it."""
    a, b = QColor(colour), QColor(other)
    parts = (
        round(x * (1 - share) + y * share)
        for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # type: ignore[arg-type]
    )
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _icon(name: str) -> str:
    """The path of an icon as it stands between quotation marks in a style sheet."""
    return resources.path("icons", name).as_posix().replace("\\", "\\\\").replace('"', '\\"')


def sheet(theme: Theme) -> str:
    """The style sheet of the whole program in this theme, at the present scale of text."""
    words = {name.replace("_", "-"): value for name, value in asdict(theme).items()} | {
        "family": FAMILY,
        "hover": mixed(theme.head, theme.text, 0.04),
        "pressed": mixed(theme.head, theme.text, 0.10),
        "faint": mixed(theme.dim, theme.panel, 0.35),
        "accent-hover": mixed(theme.accent, theme.text, 0.15),
        "chevron": _icon(f"chevron_down_{theme.name}.svg"),
        "chevron-up": _icon(f"chevron_up_{theme.name}.svg"),
        "menu-padding": f"{menu_padding_px()}px",
        "tick": _icon(f"check_{theme.name}.svg"),
    }

    def filled(match: re.Match[str]) -> str:
        return f"{px(float(match[1]))}px" if match[1] else words[match[2]]

    text = resources.path("style.qss").read_text(encoding="utf-8")
    return re.sub(r"@(?:([0-9.]+)px|([a-z-]+))", filled, text)
