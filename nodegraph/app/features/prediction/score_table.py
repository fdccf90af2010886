"""How a round of predicting went, as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nodegraph.app.platform import style
from nodegraph.core.explain.answers import Kind
from nodegraph.core.explain.quiz import NAMES, Score


class ScoreTable(QWidget):
    """What was asked, and how much of it was right, by kind of question."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = QGridLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setHorizontalSpacing(style.px(18))
        self.rows.setVerticalSpacing(style.px(4))

    def fill(self, score: Score) -> None:
        """Show it, a row for each kind of question."""
        while (item := self.rows.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        self._row(0, ("", "asked", "at the first try", "hints", "shown"), "dim")
        for row, (kind, result) in enumerate(score.kinds(), 1):
            counts = (result.asked, result.at_first_try, result.hints, result.shown)
            self._row(row, (_title(kind), *(f"{count:,}" for count in counts)))
        self.rows.setColumnStretch(0, 1)

    def _row(self, row: int, texts: tuple[str, ...], role: str = "") -> None:
        for place, text in enumerate(texts):
            label = QLabel(text)
            if role:
                style.set_role(label, role)
            right = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            self.rows.addWidget(label, row, place, right | Qt.AlignmentFlag.AlignVCenter)


def _title(kind: Kind) -> str:
    return NAMES[kind][:1].upper() + NAMES[kind][1:]
