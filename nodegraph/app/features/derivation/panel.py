"""The derivation panel: the mathematics of the current step, or of the selected node, written out.

Shows what `core.derivation` gives, and tells which term is pointed at or chosen. Knows no canvas and no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.formula_line import MARGIN_PX, FormulaLine, Term
from nodegraph.app.widgets.text import Text, section
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import LIGHT, Theme, gradient_colors, metrics
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.derivation import derive_node, derive_step
from nodegraph.core.explain.derivation_lines import Derivation, Part
from nodegraph.core.graph.records import EdgeKey

HEIGHT_PX = 250
AHEAD_MS = 250
"""How long a step rests before the formulas of the next are drawn."""
BORDER_PX = (14, 6, 16, 14)
COLUMN_GAP_PX, STACK_GAP_PX, LINE_GAP_PX = 34, 14, 8
LEAST_COLUMN_PX = 150
"""Parts that would become narrower stand one below the other."""
MOST_NAMED = 12
"""Edges of a path that a tooltip names."""
REASON_PX = 230
"""The width below which a reason is not broken."""


class PartView(QWidget):
    """The lines about one thing, each with its reason below it."""

    def __init__(self, part: Part, typesetter: Typesetter, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self.lines: list[FormulaLine] = []
        self._rows: list[QWidget] = []
        heading = section(part.heading)
        heading.setContentsMargins(style.px(MARGIN_PX), 0, 0, style.px(3))
        self._add(heading)
        for place, line in enumerate(part.lines):
            lead = next((one for one in reversed(self.lines) if not one.line.continues), None)
            self.lines.append(FormulaLine(line, typesetter, theme, lead))
            self._add(self.lines[-1])
            following = part.lines[place + 1] if place + 1 < len(part.lines) else None
            if line.why and (following is None or following.why != line.why):
                self._add(_words(line.why))
        if part.note:
            self._add(_words(part.note))

    def _add(self, widget: QWidget) -> None:
        widget.setParent(self)
        self._rows.append(widget)

    def natural_width(self) -> int:
        """The width at which no line is broken, and no reason too often."""
        widths = [row.sizeHint().width() for row in self._rows if not isinstance(row, Text)]
        reasons = [row for row in self._rows if isinstance(row, Text)]
        return max(*widths, *(_width_of(row, widths) for row in reasons), style.px(40))

    def least_width(self) -> int:
        """The width below which something in it cannot be seen."""
        return max((line.least_width() for line in self.lines), default=0)

    def place(self, width: int) -> int:
        """Place the rows below one another in this width. Returns the height."""
        top = 0
        for row in self._rows:
            height = row.heightForWidth(width) if row.hasHeightForWidth() else row.sizeHint().height()
            row.setGeometry(0, top, width, height)
            top += height + style.px(LINE_GAP_PX if isinstance(row, Text) else 0)
        return top


class Board(QWidget):
    """The parts, side by side where there is room for that, else one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[PartView] = []

    def show_parts(self, parts: Iterable[Part], typesetter: Typesetter, theme: Theme) -> None:
        """Show these instead of what was there."""
        for old in self.parts:
            old.hide()
            old.deleteLater()
        self.parts = [PartView(part, typesetter, theme, self) for part in parts]
        for part in self.parts:
            part.show()

    def place(self, width: int) -> int:
        """Place the parts in this width. Returns the height that they take."""
        left, top, right, bottom = (style.px(side) for side in BORDER_PX)
        room = width - left - right
        gap = style.px(COLUMN_GAP_PX)
        wanted = [part.natural_width() for part in self.parts]
        widths = _shared(room - gap * (len(self.parts) - 1), wanted)
        if any(
            wide < whole and wide < max(part.least_width(), style.px(LEAST_COLUMN_PX))
            for part, wide, whole in zip(self.parts, widths, wanted, strict=True)
        ):
            return self._stack(left, top, room) + bottom
        heights = []
        for part, wide in zip(self.parts, widths, strict=True):
            heights.append(part.place(wide))
            part.setGeometry(left, top, wide, heights[-1])
            left += wide + gap
        return top + max(heights, default=0) + bottom

    def least_width(self) -> int:
        """The width below which the scroll bar at the bottom is needed."""
        borders = style.px(BORDER_PX[0]) + style.px(BORDER_PX[2])
        return max((part.least_width() for part in self.parts), default=0) + borders

    def _stack(self, left: int, top: int, width: int) -> int:
        for part in self.parts:
            height = part.place(width)
            part.setGeometry(left, top, width, height)
            top += height + style.px(STACK_GAP_PX)
        return top


def _shared(room: int, wanted: Sequence[int]) -> list[int]:
    """Widths for columns: what each wants, or where that is too much, as much as the widest may have."""
    widths, left = dict[int, int](), room
    for place in sorted(range(len(wanted)), key=wanted.__getitem__):
        widths[place] = min(wanted[place], max(0, left // (len(wanted) - len(widths))))
        left -= widths[place]
    return [widths[place] for place in range(len(wanted))]


def _width_of(reason: Text, widths: Sequence[int]) -> int:
    """How wide a reason wants to be: on one line, but not much wider than its formula."""
    whole = metrics(style.px(12)).horizontalAdvance(reason.plain) + style.px(2 * MARGIN_PX)
    return min(round(whole), max(style.px(REASON_PX), *widths))


class DerivationPanel(QFrame):
    """The panel."""

    pointed = Signal(object)
    """The edges of the term that is pointed at; () for none."""
    chosen = Signal(object)
    """The edge whose term was chosen."""
    latex_wanted = Signal()
    text_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivation")
        self.setAccessibleName("Derivation")
        self.typesetter = typesetter
        self.theme: Theme = LIGHT
        self.derivation = Derivation("", ())
        self.title = Text("strong")
        self.note = Text("dim")
        self.board = Board()
        self.scroll = QScrollArea()
        self.scroll.setWidget(self.board)
        self.scroll.installEventFilter(self)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.scroll.setAccessibleName("Lines of the derivation")
        self.scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy_button = QToolButton(text="Copy")
        self.export_button = QToolButton(text="Export…")
        self._shown: tuple[Frame, tuple[str, ...]] | None = None
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._draw_ahead)
        self._lay_out()
        typesetter.drawn.connect(self._take_drawn)
        typesetter.warm_up()

    def _lay_out(self) -> None:
        menu = QMenu(self)
        menu.addAction("Copy as &LaTeX", self.latex_wanted.emit)
        menu.addAction("Copy as &Text", self.text_wanted.emit)
        self.copy_button.setMenu(menu)
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.copy_button.setToolTip("Put this derivation on the clipboard")
        self.export_button.setToolTip("Write the derivation of the whole graph to a file")
        for button, name in ((self.copy_button, "copy"), (self.export_button, "export")):
            button.setObjectName(f"derivation.{name}")
            button.setAccessibleName({"copy": "Copy the derivation", "export": "Export the sheet"}[name])
        self.export_button.clicked.connect(self.export_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(style.px(19), style.px(8), style.px(10), style.px(2))
        words = QVBoxLayout()
        words.setSpacing(style.px(1))
        words.addWidget(self.title)
        words.addWidget(self.note)
        head.addLayout(words, 1)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(4))
        layout.addLayout(head)
        layout.addWidget(self.scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    # --- what is shown
    def follow(self, frame: Frame, selection: list[str]) -> None:
        """The selected node as it is visible in this frame, or, where none is selected, the frame's step."""
        nodes = tuple(node_id for node_id in selection if node_id in frame.trace.nodes)
        if self._shown == (frame, nodes):
            return
        self._shown = (frame, nodes)
        self._show(derive_node(frame, nodes[0]) if len(nodes) == 1 else derive_step(frame))
        self._ahead.start()

    def _show(self, derivation: Derivation) -> None:
        had_focus = any(term.hasFocus() for term in self.terms())
        self.derivation = derivation
        self.typesetter.forget_waiting()
        self.typesetter.ask(_formulas(derivation))
        self.setUpdatesEnabled(False)
        self.title.say(derivation.title)
        self.note.say(derivation.note)
        self.board.show_parts(derivation.parts, self.typesetter, self.theme)
        colors = self._colors_of_active()
        for line in self.lines():
            line.set_active(derivation.active, *colors)
            line.pointed.connect(self._point)
            line.moved.connect(self._move)
            line.chosen.connect(self._choose)
        self._place()
        self.scroll.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)
        self.pointed.emit(())
        if had_focus:
            self._focus_active()

    def _focus_active(self) -> None:
        """Keep the focus here when the step changes: at the term that the new one is about."""
        active = (term for term in self.terms() if self.derivation.active in term.edges)
        (next(active, None) or self.focusProxy() or self.copy_button).setFocus()

    def _colors_of_active(self) -> tuple[str, str]:
        """(ink, ground) of the term that the step is about: by the sign of what it carries."""
        assert self._shown is not None
        active = self.derivation.active
        carried = None if active is None else self._shown[0].contribution(active)
        return gradient_colors(self.theme, 0.0 if carried is None else carried[2])

    def _draw_ahead(self) -> None:
        """Draw the formulas of the next step in advance, while the program is idle."""
        if self.isVisible() and self._shown is not None and not self._shown[0].guarded:
            frame = self._shown[0]
            self.typesetter.ask(_formulas(derive_step(frame.trace.frame(frame.position + 1))))

    def _take_drawn(self) -> None:
        changed = [line.refresh() for line in self.lines()]
        if any(changed):
            for line in self.lines():
                line.lay_out_again()
            self._place()

    def _place(self) -> None:
        """Put everything where it belongs; a scroll bar takes its room only where it is needed."""
        room = self.scroll.maximumViewportSize()
        width, least = room.width(), self.board.least_width()
        height = self.board.place(max(width, least))
        if height > room.height():
            width -= self.scroll.verticalScrollBar().sizeHint().width()
            height = self.board.place(max(width, least))
        bar = self.scroll.horizontalScrollBar().sizeHint().height() if width < least else 0
        self.board.resize(max(width, least), max(height, room.height() - bar))
        self._dress_terms()

    def _dress_terms(self) -> None:
        """Say which edge each term belongs to; one of them is where Tab stops, arrows go on to the others."""
        terms = self.terms()
        stop = next((term for term in terms if term.hasFocus()), terms[0] if terms else None)
        for term in terms:
            term.setToolTip(f"{self._way(term)}: choose to go to its step")
            term.setAccessibleDescription(
                f"{self._way(term)}. Enter goes to its step, arrows to other terms."
            )
            focus = Qt.FocusPolicy.StrongFocus if term is stop else Qt.FocusPolicy.ClickFocus
            term.setFocusPolicy(focus)
        self.setFocusProxy(stop or self.copy_button)

    def _way(self, term: Term) -> str:
        """The edge, or the edges, of a term by the names of their ends."""
        assert self._shown is not None
        trace = self._shown[0].trace
        way = [trace.nodes[trace.source(key)].name for key in term.edges[:MOST_NAMED]]
        return " → ".join([*way, trace.nodes[term.edges[:MOST_NAMED][-1][0]].name])

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        for line in self.lines():
            line.set_theme(theme)
            if self._shown is not None:
                line.set_active(self.derivation.active, *self._colors_of_active())

    def lines(self) -> list[FormulaLine]:
        """All lines that are shown, in order."""
        return [line for part in self.board.parts for line in part.lines]

    def terms(self) -> list[Term]:
        """All terms that can be pointed at, in order."""
        return [term for line in self.lines() for term in line.terms if not term.isHidden()]

    # --- pointing
    def light(self, edges: Iterable[EdgeKey]) -> None:
        """Frame the terms of these edges, at which something beside the panel points."""
        for line in self.lines():
            line.light(edges)

    def _point(self, edges: tuple[EdgeKey, ...]) -> None:
        focused = next((term.edges for term in self.terms() if term.hasFocus()), ())
        self.light(edges or focused)
        self.pointed.emit(edges or focused)

    def _move(self, term: Term, by: int) -> None:
        terms = self.terms()
        place = terms.index(term) + by
        if 0 <= place < len(terms):
            terms[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._dress_terms()
            self.scroll.ensureWidgetVisible(terms[place])

    def _choose(self, edges: tuple[EdgeKey, ...]) -> None:
        if edges:
            self.chosen.emit(edges[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is above the lines may grow as well as the panel: they follow their own area."""
        if watched is self.scroll and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def sizeHint(self) -> QSize:
        """Wide and low, for below the canvas."""
        return QSize(style.px(800), style.px(HEIGHT_PX))


def _formulas(derivation: Derivation) -> list[str]:
    return [piece.latex for line in derivation.lines for piece in line.pieces]


def _words(text: str) -> Text:
    label = Text("dim")
    label.say(text)
    label.setContentsMargins(style.px(MARGIN_PX), 0, 0, 0)
    return label
