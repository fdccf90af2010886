"""One event filter of a widget for many who listen to a few of its events each. Qt calls every filter with
every event: while a card is dragged, that would be a dozen calls a frame that find nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt

Hear = Callable[[QEvent], object]
"""Takes an event before the widget does, which does not get it where this returns True."""


class Listeners(QObject):
    """Who listens to which events of a widget; who came last is told first, as with filters of their own."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self._by_kind: dict[QEvent.Type, list[Hear]] = {}
        widget.installEventFilter(self)

    @classmethod
    def of(cls, widget: QObject) -> Listeners:
        """Returns those of a widget, which has them from the first time on that they are asked for."""
        directly = Qt.FindChildOption.FindDirectChildrenOnly
        return widget.findChild(cls, options=directly) or cls(widget)

    def tell(self, kinds: Iterable[QEvent.Type], hear: Hear) -> None:
        """Let this hear of events of these kinds."""
        for kind in kinds:
            self._by_kind.setdefault(kind, []).insert(0, hear)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell those who listen, until one of them takes the event."""
        heard = self._by_kind.get(event.type())
        return heard is not None and any(hear(event) is True for hear in heard)
