"""The welcome page: the ways to start. Tells which was chosen; opens nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.formula_field import FormulaField
from nodegraph.app.widgets.text import Text, menu_text, section
from nodegraph.app.widgets.text import tip as as_tip
from nodegraph.core.quoting import quoted
from nodegraph.formats import examples
from nodegraph.formats.examples import Example
from nodegraph.lessons import reader

WIDTH_PX = 820
TICK = "✓ "


class Card(QPushButton):
    """A large button with a title and a line below it."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__()
        style.set_role(self, "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.title = title
        self.head = head = QLabel(title, wordWrap=True)
        below = QLabel(line, wordWrap=True)
        style.set_role(head, "strong")
        style.set_role(below, "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(12))
        layout.setSpacing(style.px(3))
        for label in (head, below):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_ticked(self, ticked: bool) -> None:
        """Show a tick for what was finished."""
        self.head.setText(f"{TICK}{self.title}" if ticked else self.title)
        self.setAccessibleName(f"{self.title}, finished" if ticked else self.title)

    # A push button measures its own text only; here its labels count.
    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(120), self.layout().minimumSize().height())

    def heightForWidth(self, width: int) -> int:
        return self.layout().heightForWidth(width)


class Link(QPushButton):
    """A flat button for an example or a file; it emits which one when clicked."""

    asked = Signal(object)

    def __init__(self, text: str, tip: str, meant: Example | Path) -> None:
        super().__init__()
        self.whole_text = text = quoted(text)
        self.meant = meant
        self.setAccessibleName(text)
        style.set_role(self, "quiet")
        self.setToolTip(as_tip(tip))
        self.setAccessibleDescription(quoted(tip, keep="\n"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._ask)

    def set_ticked(self, ticked: bool) -> None:
        """Show a tick for what was finished."""
        text = self.whole_text.removeprefix(TICK)
        self.whole_text = f"{TICK}{text}" if ticked else text
        self.setAccessibleName(f"{text}, finished" if ticked else text)
        self._elide()

    def _ask(self) -> None:
        self.asked.emit(self.meant)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A text that does not fit ends in …"""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 2 * style.px(9)
        shown = self.fontMetrics().elidedText(self.whole_text, Qt.TextElideMode.ElideRight, room)
        self.setText(menu_text(shown))


class Welcome(QScrollArea):
    """Shown in the canvas's place until there is something to see."""

    new_requested = Signal()
    open_requested = Signal()
    example_requested = Signal(object)
    file_requested = Signal(object)
    graph_made = Signal(object)
    lesson_requested = Signal(object)
    """The path of a lesson."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("welcome_area")
        self.setAccessibleName("Welcome")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)  # a dropped file goes to the window
        self.formula = FormulaField(self)
        self.formula.made.connect(self.graph_made)
        self.formula.refused.connect(self._show_formula_soon)
        self.verticalScrollBar().rangeChanged.connect(self._show_formula)
        self.lesson_links: dict[str, Link] = {}
        self.first_lesson: Card | None = None
        self._finished: Collection[str] = ()

    def fill(self) -> None:
        """Make what is on it, the first time it is to be shown: a window opens sooner without it."""
        if self.widget() is not None:
            return
        page = QWidget()
        page.setObjectName("welcome")
        self.recent = QVBoxLayout()
        self.recent.setSpacing(0)
        self.recent_part = QWidget()
        inner = QWidget()
        inner.setMaximumWidth(style.px(WIDTH_PX))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fill(inner)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(style.px(28), style.px(30), style.px(28), style.px(28))
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        self.setWidget(page)
        self._tick_lessons()

    def begin_formula(self) -> None:
        """Put the cursor into the line for a formula, and that into sight."""
        self.formula.field.setFocus()
        self._show_formula_soon()

    def _show_formula_soon(self) -> None:
        QTimer.singleShot(0, self, self._show_formula)  # once it is laid out

    def _show_formula(self) -> None:
        """Scroll to the line for a formula, and what is said of it, while one types there."""
        if self.formula.field.hasFocus():
            self.ensureWidgetVisible(self.formula, 0, style.px(8))

    def _fill(self, inner: QWidget) -> None:
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(14))
        title = QLabel("Start here")
        style.set_role(title, "hero")
        lead = Text("lead")
        lead.say("Build a computational graph, then watch values run forward and gradients run back.")
        layout.addWidget(title)
        layout.addWidget(lead)
        layout.addLayout(self._cards())
        layout.addSpacing(style.px(6))
        layout.addWidget(section("Lessons, step by step"))
        layout.addLayout(self._lessons())
        layout.addSpacing(style.px(6))
        layout.addWidget(section("From a formula"))
        layout.addWidget(self.formula)
        layout.addSpacing(style.px(6))
        recent = QVBoxLayout(self.recent_part)
        recent.setContentsMargins(0, 0, 0, 0)
        recent.addWidget(section("Recent files"))
        recent.addLayout(self.recent)
        layout.addWidget(self.recent_part)
        layout.addWidget(section("Examples, by where they come from"))
        layout.addLayout(self._examples())
        drop = Text("dim")
        drop.say("You can also drop a document, or a picture exported from here, anywhere on this window.")
        layout.addWidget(drop)
        layout.addStretch(1)

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.px(12))
        self.seed = Card("Open the seed example", "L = (a × b + c) × f, ready to play")
        self.new = Card("New empty graph", "Add operations, and draw edges from port to port")
        self.open = Card("Open a file…", "A document, or a picture that carries one")
        self.seed.clicked.connect(self._ask_for_seed)
        self.new.clicked.connect(self.new_requested)
        self.open.clicked.connect(self.open_requested)
        for card in (self.seed, self.new, self.open):
            row.addWidget(card, 1)
        return row

    def _lessons(self) -> QVBoxLayout:
        """The first lesson as a card, the others as links below it."""
        column, grid = QVBoxLayout(), QGridLayout()
        column.setSpacing(style.px(6))
        grid.setHorizontalSpacing(style.px(20))
        grid.setVerticalSpacing(0)
        for place, entry in enumerate(reader.shelf()):
            if place == 0:
                minutes = f" About {entry.minutes} minutes." if entry.minutes else ""
                self.first_lesson = Card(entry.title, f"Begin here. {entry.summary}{minutes}")
                self.first_lesson.clicked.connect(self._ask_for_first_lesson)
                column.addWidget(self.first_lesson)
                continue
            link = Link(entry.title, entry.summary, entry.path)
            link.asked.connect(self.lesson_requested)
            self.lesson_links[entry.name] = link
            grid.addWidget(link, (place - 1) // 3, (place - 1) % 3)
        for number in range(3):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        return column

    def show_lessons_done(self, names: Collection[str]) -> None:
        """A tick at the lessons that were finished."""
        self._finished = names
        self._tick_lessons()

    def _tick_lessons(self) -> None:
        for name, link in self.lesson_links.items():
            link.set_ticked(name in self._finished)
        if self.first_lesson is not None:
            self.first_lesson.set_ticked(reader.shelf()[0].name in self._finished)

    def _ask_for_first_lesson(self) -> None:
        self.lesson_requested.emit(reader.shelf()[0].path)

    def _examples(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.px(20))
        grid.setVerticalSpacing(style.px(12))
        shown = [group for group in examples.groups() if group.examples != (examples.seed(),)]
        for place, group in enumerate(shown):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            head = QLabel(group.title)
            head.setWordWrap(True)
            style.set_role(head, "strong")
            head.setContentsMargins(style.px(8), 0, 0, style.px(3))
            cell.addWidget(head)
            for example in group.examples:
                link = Link(example.title, f"{example.teaches}\n{example.source}", example)
                link.asked.connect(self.example_requested)
                cell.addWidget(link)
            cell.addStretch(1)
            grid.addLayout(cell, place // 3, place % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return grid

    def show_recent(self, paths: list[Path]) -> None:
        """List the files opened last."""
        while (item := self.recent.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for path in paths[:5]:
            link = Link(path.name, str(path), path)
            link.asked.connect(self.file_requested)
            self.recent.addWidget(link)
        self.recent_part.setVisible(bool(paths))

    def _ask_for_seed(self) -> None:
        self.example_requested.emit(examples.seed())
