"""The stage: the canvas with what lies over it (a message, the hint, the find bar, the zoom), and the
welcome page in its place. Arranges; knows nothing of graphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyleOption,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.workspace.banner import Banner
from nodegraph.canvas.pictures.kept_widget import KeptWidget

MARGIN_PX, HINT_LINE_PX = 12, 26
LONGEST_TITLE_PX = 180
"""How much of the title of a group that holds what is found is said beside it."""
LEFT, MIDDLE, RIGHT, TOP, LOW = "left", "middle", "right", "top", "low"
BANNER_SPOTS = ((MIDDLE, TOP), (LEFT, TOP), (RIGHT, TOP), (MIDDLE, LOW), (LEFT, LOW))
"""Where a message may lie over the canvas, best first; the zoom has the corner that is left."""
_PLACING = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize}


class FindBar(QFrame):
    """A field that finds nodes while one types. Enter and Shift+Enter go through them, Esc closes it."""

    searched = Signal(str)
    stepped = Signal(int)
    closed = Signal()
    counted = Signal()
    """What it says beside the field is another, and may need more room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findbar")
        self.field = QLineEdit(placeholderText="Find a node by name or operation")
        self.field.setObjectName("find")
        self.field.setAccessibleName("Find nodes")
        self.field.setMinimumWidth(style.px(230))
        self.count = QLabel()
        style.set_role(self.count, "dim")
        self.count.setMinimumWidth(style.px(56))
        self.before, self.after = QToolButton(text="‹"), QToolButton(text="›")
        self.close_button = CloseButton("Close the find bar", "Close (Esc)")
        self.close_button.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(8), style.px(6), style.px(6), style.px(6))
        row.setSpacing(style.px(2))
        row.addWidget(self.field)
        row.addSpacing(style.px(6))
        for widget in (self.count, self.before, self.after, self.close_button):
            row.addWidget(widget)
        self.field.textChanged.connect(self.searched)
        self.hide()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the arrows their actions."""
        for button, name in ((self.before, "edit.find_previous"), (self.after, "edit.find_next")):
            button.clicked.connect(actions[name].trigger)
            button.setAccessibleName(actions[name].iconText())
            button.setToolTip(actions[name].toolTip())

    def leave(self) -> None:
        """Close it and go back to the canvas."""
        self.hide()
        self.closed.emit()

    def open(self) -> None:
        """Show it with its text selected."""
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.searched.emit(self.field.text())

    def show_count(self, place: int, found: int, group: str = "") -> None:
        """Which of the found nodes is shown, and the title of the collapsed group that it is in."""
        width = style.px(LONGEST_TITLE_PX)
        title = self.count.fontMetrics().elidedText(group, Qt.TextElideMode.ElideMiddle, width)
        inside = f", in {title}" if group else ""
        text = f"{place} of {found}{inside}" if found else ("none" if self.field.text().strip() else "")
        self.count.setText(text)
        self.counted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class HintLine(QLabel):
    """What mouse and keys would do, below the canvas; it ends in … where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hint_line")
        self.setAccessibleName("Hints")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.give_room(True)

    def give_room(self, has_room: bool) -> None:
        """Let it have its height, or none."""
        self.setFixedHeight(style.px(HINT_LINE_PX) if has_room else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the style's ground, and as much of the text as fits."""
        with QPainter(self) as painter:
            option = QStyleOption()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
            room = self.contentsRect().adjusted(style.px(12), 0, -style.px(12), 0)
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class ZoomBar(QFrame):
    """How near one is, and buttons to change it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("zoombar")
        self.nearer, self.further, self.actual = QToolButton(), QToolButton(), QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(3), style.px(3), style.px(3), style.px(3))
        row.setSpacing(0)
        for button in (self.further, self.actual, self.nearer):
            button.setIconSize(QSize(style.px(16), style.px(16)))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys for it work everywhere
            row.addWidget(button)
        self.actual.setMinimumWidth(style.px(48))
        self._kept = KeptWidget(self)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the buttons their actions."""
        for button, name in ((self.nearer, "view.zoom_in"), (self.further, "view.zoom_out")):
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(actions[name].iconText())
        self.actual.clicked.connect(actions["view.zoom_100"].trigger)
        self.actual.setToolTip(actions["view.zoom_100"].toolTip())

    def show_zoom(self, zoom: float) -> None:
        """Show it in per cent."""
        self.actual.setText(f"{round(zoom * 100)} %")
        self._kept.forget()
        self.actual.setAccessibleName(f"Zoom {round(zoom * 100)} %, set to 100 %")


class Stage(QWidget):
    """Holds canvas and welcome page, and places the widgets over the canvas."""

    placed = Signal()
    """Something else lies over the canvas, or it lies elsewhere."""

    def __init__(self, canvas: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.pages = QStackedWidget()
        self.pages.addWidget(canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.row = QHBoxLayout()
        """The canvas, and beside it what is shown with it for a time."""
        self.row.setSpacing(0)
        self.row.addWidget(self.pages, 1)
        layout.addLayout(self.row, 1)
        self.hint_line = HintLine()
        layout.addWidget(self.hint_line)
        self.setFocusProxy(canvas)
        self.banner = Banner(self)
        self.banner.opened.connect(self.place)
        self.find = FindBar(self)
        self.find.counted.connect(self.place)
        self.zoom = ZoomBar(self)
        self.hint, self.empty_note = self._word("hint"), self._word("empty_note")
        style.set_role(self.empty_note, "lead")
        self.empty_note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._searches: list[QWidget] = []
        """Searches over the canvas, which the word of an empty canvas would show beside."""
        self.cards: list[tuple[QWidget, QWidget]] = []
        """What floats over the canvas and can have the focus: (card, what takes it at first)."""
        self.find_clear: Callable[[QSize, Sequence[QPoint], QWidget], QPoint | None] = lambda *_: None
        """Returns the first of these places on the canvas where something of this size covers nothing."""
        self._needs_room = False
        """Whether a graph that is fitted gives way to the banner."""
        self._banner_spot = (MIDDLE, TOP)
        self._taken = QMargins()
        """The room at the edges that panels over the stage take."""
        for over in (self.banner, self.find, self.zoom):
            over.installEventFilter(self)

    def _word(self, name: str) -> QLabel:
        """Returns a word that can lie over the canvas and that the mouse passes through."""
        word = QLabel(self)
        word.setObjectName(name)
        word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        word.hide()
        return word

    def add_card(self, card: QWidget, first: QWidget) -> None:
        """Let the keys that go from part to part come to this card while it is to be seen."""
        self.cards.append((card, first))
        card.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when something over the canvas comes, goes, moves or grows."""
        if watched in self._searches:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._show_empty_note()
        elif event.type() in _PLACING:
            if watched is self.banner:
                self._make_room_for_banner()
                if event.type() == QEvent.Type.Hide:
                    self.place()  # the find bar goes up again
            self.placed.emit()
        return False

    def add_search(self, popup: QWidget) -> None:
        """Let the word of an empty canvas give way to this search while it is open."""
        self._searches.append(popup)
        popup.installEventFilter(self)

    def add_welcome(self, page: QWidget) -> None:
        """The page that can stand in the canvas's place."""
        self.pages.addWidget(page)

    def put_beside(self, widget: QWidget, width_px: int) -> None:
        """Show this beside the canvas, so wide."""
        widget.setFixedWidth(width_px)
        self.row.addWidget(widget)
        widget.show()

    def show_canvas(self, shown: bool = True) -> None:
        """Show the canvas, or the welcome page."""
        self.pages.setCurrentIndex(0 if shown else 1)
        self.zoom.setVisible(shown)
        if not shown:
            self.hint_line.clear()
        self._show_empty_note()
        if not shown:
            self.find.hide()

    @property
    def shows_canvas(self) -> bool:
        """Whether the canvas is in front."""
        return self.pages.currentIndex() == 0

    def say_hint(self, text: str) -> None:
        """Show a word in place of the hints, or over the canvas where they are not shown; or take it away."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.hint.raise_()
        self.place()

    def say_empty(self, text: str) -> None:
        """Say in the middle of an empty canvas how to begin."""
        if text != self.empty_note.text():
            self.empty_note.setText(text)
            self.place()
        self._show_empty_note()

    def _show_empty_note(self) -> None:
        is_covered = any(not popup.isHidden() for popup in self._searches)
        self.empty_note.setVisible(bool(self.empty_note.text()) and self.shows_canvas and not is_covered)

    def tell(self, sentence: str, *, is_error: bool = False, buttons: Sequence[QPushButton] = ()) -> None:
        """Show a message at the top."""
        has_room = self._needs_room and not self.banner.isHidden()
        self.banner.say(sentence, is_error=is_error, buttons=buttons)
        self._settle_banner(asks=bool(buttons) or has_room)
        self.place()
        self._make_room_for_banner()

    def _settle_banner(self, *, asks: bool) -> None:
        """Choose where the message covers nothing. A graph that is fitted makes room for one that has no such
        place, and for a question, which may stand for long.
        """
        room = self.room()
        self.banner.take_room(room.width())
        corner = self.canvas.mapTo(self, QPoint(0, 0))
        spots = BANNER_SPOTS[: 1 if asks else None]
        places = [self._banner_place(room, spot) - corner for spot in spots]
        clear = self.find_clear(self.banner.size(), places, self.banner)
        self._needs_room = asks or clear is None
        self._banner_spot = spots[0 if clear is None else places.index(clear)]

    def _banner_place(self, room: QRect, spot: tuple[str, str]) -> QPoint:
        left = {LEFT: room.left(), MIDDLE: _centred(room, self.banner)}
        left[RIGHT] = room.right() + 1 - self.banner.width()
        low = self._low() - room.top() - self.banner.height()
        return QPoint(left[spot[0]], room.top() if spot[1] == TOP else low)

    def _make_room_for_banner(self) -> None:
        margins = QMargins(0, self.banner.geometry().bottom() + 1, 0, 0)
        is_needed = self._needs_room and not self.banner.isHidden()
        self.canvas.reserve("banner", margins if is_needed else None)

    def open_find(self) -> None:
        """Show the find bar."""
        self.find.open()
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything keeps its corner."""
        super().resizeEvent(event)
        self.place()

    def keep_clear(self, taken: QMargins) -> None:
        """Keep everything clear of panels that take this much room at the edges."""
        if taken != self._taken:
            self._taken = taken
            self.hint_line.setContentsMargins(taken)
            self.place()

    def _low(self) -> int:
        """The lower edge of the canvas."""
        return self.height() - (0 if self.hint_line.isHidden() else self.hint_line.minimumHeight())

    def room(self) -> QRect:
        """Returns what panels leave of it, less the margins."""
        margin = style.px(MARGIN_PX)
        return self.rect() - self._taken - QMargins(margin, margin, margin, margin)

    def place(self) -> None:
        """Put everything into its corner."""
        margin, room = style.px(MARGIN_PX), self.room()
        right, low = room.right() + 1, self._low() - margin
        if not self.banner.isHidden():
            self.banner.take_room(room.width())
            self.banner.move(self._banner_place(room, self._banner_spot))
        self.zoom.adjustSize()
        self.zoom.move(right - self.zoom.width(), low - self.zoom.height())
        self.find.adjustSize()
        self.find.move(right - self.find.width(), margin)
        if not self.banner.isHidden() and self.banner.geometry().intersects(self.find.geometry()):
            self.find.move(self.find.x(), self.banner.geometry().bottom() + 1 + margin)
        self.empty_note.adjustSize()
        self.empty_note.move(_centred(room, self.empty_note), (self.height() - self.empty_note.height()) // 2)
        self._place_hint(room, low)

    def _place_hint(self, room: QRect, low: int) -> None:
        """Put the word on the line of hints; else where it covers nothing, in a corner if everything does."""
        hint, line = self.hint, self.hint_line
        hint.setWordWrap(False)
        hint.adjustSize()
        if hint.width() > room.width():
            hint.setWordWrap(True)
            hint.resize(room.width(), hint.heightForWidth(room.width()))
        if not line.isHidden() and hint.height() <= line.height():
            hint.setGeometry(line.geometry() - self._taken - QMargins(1, 1, 1, 0))
            return
        corner = self.canvas.mapTo(self, QPoint(0, 0))
        columns, rows = (room.left(), _centred(room, hint)), (low - hint.height(), room.top())
        places = [QPoint(x, y) for y in rows for x in columns]
        clear = self.find_clear(hint.size(), [place - corner for place in places], hint)
        hint.move(places[0] if clear is None else clear + corner)

    def over_canvas(self, but: QWidget | None = None) -> list[QRect]:
        """Returns where something lies over the canvas that stays there, on the canvas; without this one."""
        corner = self.canvas.mapTo(self, QPoint(0, 0))
        over = self.banner, self.find, self.zoom, *(card for card, _first in self.cards)
        shown = (widget for widget in over if not widget.isHidden() and widget is not but)
        return [widget.geometry().translated(-corner) for widget in shown]


def _centred(room: QRect, widget: QWidget) -> int:
    """Returns the left side of a widget in the middle of a room."""
    return room.left() + (room.width() - widget.width()) // 2
