"""Lines of text on the canvas and in pictures: what cannot be seen in them is written out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont

from nodegraph.canvas.drawing import lettering

STYLE = (12.0, QFont.Weight.Normal)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\x1b", "\n"])
def test_what_is_not_seen_takes_the_room_of_its_escape(sign: str, qapp: object) -> None:
    text, written = f"a{sign}b", f"a{sign.encode('unicode_escape').decode()}b"
    assert lettering.text_width(text, STYLE) == lettering.text_width(written, STYLE)
    assert lettering.shortened(text, 500, STYLE) == written
    indexes = [run.glyphIndexes() for run in lettering._glyphs(text, STYLE)]
    assert indexes == [run.glyphIndexes() for run in lettering._glyphs(written, STYLE)]


def test_a_line_is_shortened_once_and_then_known(qapp: object) -> None:
    """What is found of text is kept: cards are painted many times."""
    names = [lettering.shortened("a name that is much too long", 40.0, STYLE) for _ in range(2)]
    assert names[0] is names[1]
    assert "…" in names[0]


def test_letters_and_spaces_of_every_language_stay(qapp: object) -> None:
    for text in ("∂L/∂β", "größe 1\u202f000", "重み 日本", "שלום"):
        assert lettering.shortened(text, 500, STYLE) == text
