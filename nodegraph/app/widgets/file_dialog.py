"""What Qt's own file dialog shows in the colours of another theme than ours, in those of ours."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QFileDialog, QHeaderView, QLineEdit, QSplitter, QToolButton, QTreeView

from nodegraph.app.platform import style

ARROWS = ("backButton", "forwardButton", "toParentButton")
"""Buttons with black arrows, whatever the palette."""
FAINT = 0.35
"""How strong the colour of an arrow is whose button cannot be pressed."""
SIDE_PX, REST_PX = 150, 620
"""The width of the list of places, in which names are read whole, and of the files."""

SIZE_PX, MOST_OF_SCREEN = (780, 500), 0.9


def dress(dialog: QFileDialog) -> None:
    """Let arrows and completions be seen in any theme, and names, sizes and dates whole; a dialog of the
    system is left as it is.
    """
    size = QSize(style.px(SIZE_PX[0]), style.px(SIZE_PX[1]))
    dialog.resize(size.boundedTo(dialog.screen().availableSize() * MOST_OF_SCREEN))
    for name in ARROWS:
        if (button := dialog.findChild(QToolButton, name)) is not None:
            button.setIcon(_inked(button.icon(), dialog.palette().color(QPalette.ColorRole.WindowText)))
    for field in dialog.findChildren(QLineEdit):
        if (completer := field.completer()) is not None:  # its list is a window without a parent: it
            popup = completer.popup()  # hears of no style sheet and of no palette
            popup.setObjectName("completions")
            popup.setPalette(dialog.palette())
            popup.setStyleSheet(dialog.parentWidget().styleSheet())
    if (rows := dialog.findChild(QTreeView, "treeView")) is not None:
        rows.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    if (splitter := dialog.findChild(QSplitter)) is not None:
        splitter.setSizes([style.px(SIDE_PX), style.px(REST_PX)])


def _inked(icon: QIcon, ink: QColor) -> QIcon:
    """Returns the icon in this colour, paler where its button cannot be pressed."""
    inked = QIcon()
    for mode, strength in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, FAINT)):
        pixmap = QPixmap(icon.pixmap(16, 16))
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        ink.setAlphaF(strength)
        painter.fillRect(pixmap.rect(), ink)
        painter.end()
        inked.addPixmap(pixmap, mode)
    return inked
