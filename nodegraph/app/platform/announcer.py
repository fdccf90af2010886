"""Says a sentence to assistive technology without moving the focus. Knows no widget of ours and no graph."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from nodegraph.core.aloud import aloud
from nodegraph.core.quoting import quoted

spoken: list[str] = []
"""The last sentences, newest last, for whoever wants to know what was said."""
MOST_KEPT = 50


def announce(speaker: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say this; what it says now is finished first, unless this is urgent."""
    if not sentence:
        return
    sentence = aloud(quoted(sentence, keep="\n"))
    spoken.append(sentence)
    del spoken[:-MOST_KEPT]
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(speaker, sentence)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
