"""The pictures of a lesson as HTML that carries them, scaled to the width of a label, and kept. Knows files
that `formats` has let through, and reads nothing else.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader

from nodegraph.core.errors import DocumentError
from nodegraph.lessons.picture_files import read_picture

MOST_PIXELS = 40_000_000
"""Of a picture; what unpacks to more is not shown."""
SHARPER = 2
"""Pixels of a picture for one of the label, for screens that have more."""


@lru_cache(maxsize=64)
def as_html(path: Path, width: int) -> str:
    """Returns an image element at most `width` pixels wide; "" for a picture that cannot be read."""
    try:
        kind, data = read_picture(path)
    except DocumentError:
        return ""
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held, kind.encode())
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return ""
    reader.setAutoTransform(True)
    shown = _fitted(size, width)
    reader.setScaledSize(_fitted(size, width * SHARPER))
    image = reader.read()
    if image.isNull():
        return ""
    if (image.width() > image.height()) != (shown.width() > shown.height()):
        shown.transpose()  # a photograph that was turned
    packed = QBuffer()
    packed.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(packed, "PNG")
    text = base64.b64encode(packed.data().data()).decode()
    return f'<img src="data:image/png;base64,{text}" width="{shown.width()}" height="{shown.height()}">'


def _fitted(size: QSize, width: int) -> QSize:
    """The size, made smaller where it is wider than this."""
    if size.width() <= width:
        return QSize(size)
    return size.scaled(width, size.height(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
