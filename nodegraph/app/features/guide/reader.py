"""The window in which the guide is read: pages and a search on the left, the page on the right.

Shows what `pages` holds; loads nothing but the program's own pictures.
"""

from __future__ import annotations

import posixpath

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from nodegraph import resources
from nodegraph.app.features.guide import pages
from nodegraph.app.platform import announcer, style
from nodegraph.app.widgets.dialog import Dialog
from nodegraph.app.widgets.rows import Cell, Rows
from nodegraph.canvas.drawing.theme import Theme

PLACE_ROLE = Qt.ItemDataRole.UserRole
NOTHING_FOUND = "No page holds all of these words. Try fewer, or another word."
PAGE_MARGIN = 26


class Page(QTextBrowser):
    """One page; pictures come from the program's own resources and are as wide as the page at most."""

    width_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("guide.page")
        self.setAccessibleName("Page of the guide")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that its width is steady

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width of the page."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Returns the picture of that name below the folder of resources, or None."""
        inside = posixpath.normpath(posixpath.join(pages.FOLDER, name.toString()))
        if kind != QTextDocument.ResourceType.ImageResource.value or inside.startswith(("..", "/")):
            return None
        image = QImage(str(resources.path(*inside.split("/"))))
        if image.isNull():
            return None
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * style.px(PAGE_MARGIN) - 2) * ratio)
        if image.width() > room > 0:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image


class Search(QLineEdit):
    """A search field that ignores keys with Alt, so that they reach the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Where Alt changes the letter, as on a Mac, that letter is typed."""
        alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
        is_plain = event.text().upper() in ("", QKeySequence(event.key()).toString().upper())
        if event.modifiers() & alt and not event.modifiers() & control and is_plain:
            event.ignore()
        else:
            super().keyPressEvent(event)


class GuideReader(Dialog):
    """The guide, beside the work: it does not block the window, nor keep the keys that it has no use for."""

    key_left = Signal(QKeyEvent)
    """A key that nothing here takes; accepted, it was taken elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("guide")
        self.setWindowTitle("Guide")
        self.search = Search(placeholderText="Search the guide", clearButtonEnabled=True)
        self.search.setObjectName("guide.search")
        self.search.setAccessibleName("Search the guide")
        self.listed = Rows(self)
        self.contents = _list_of(self.listed)
        self.told = QLabel(NOTHING_FOUND, wordWrap=True)
        self.told.hide()
        self.page = Page()
        self.back = QPushButton("&Back", enabled=False, autoDefault=False)
        self.back.setToolTip("Go back to the page you came from (Alt+Left)")
        self._shown = ("", "")
        self._is_marking = False
        """Whether the row of the shown page is being marked, which opens nothing."""
        self._left: list[tuple[str, str]] = []
        self._again = QTimer(self, singleShot=True, interval=0)
        """Writes the page again, once however many reasons there are."""
        self._lay_out()
        self.search.textChanged.connect(self._show_found)
        self.search.returnPressed.connect(self._open_first)
        self.contents.selectionModel().currentChanged.connect(self._open_row)
        self.contents.activated.connect(self._read_on)
        self._again.timeout.connect(self._write_again)
        self.page.width_changed.connect(self._again.start)
        self.page.anchorClicked.connect(self._follow_link)
        self.back.clicked.connect(self.go_back)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)  # before the browser takes the key
        QShortcut(QKeySequence("Ctrl+F"), self, self._search)
        self._show_found("")
        self.resize(QSize(style.px(980), style.px(640)))

    def _lay_out(self) -> None:
        close = QPushButton("&Close", autoDefault=False)
        close.clicked.connect(self.reject)
        side = QVBoxLayout()
        side.setSpacing(style.px(8))
        for widget in (self.search, self.contents, self.told):
            side.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(close)
        right = QVBoxLayout()
        right.addWidget(self.page, 1)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[style.px(14)] * 4)
        layout.setSpacing(style.px(14))
        layout.addLayout(side)
        layout.addLayout(right, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; what is left is for the window beside which one reads."""
        if event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        event.ignore()
        self.key_left.emit(event)

    # --- what is shown
    def set_theme(self, theme: Theme) -> None:
        """Show links in the colours of this theme."""
        self.theme = theme
        self._again.start()

    def show_page(self, page: str, section: str = "") -> None:
        """Show a page at a section; the page before it can be gone back to."""
        if (page, section) == self._shown:
            return
        if self._shown[0]:
            self._left.append(self._shown)
        self._show(page, section)

    def go_back(self) -> None:
        """Show the page that was left last."""
        if self._left:
            self._show(*self._left.pop())

    def _show(self, page: str, section: str) -> None:
        if page != self._shown[0]:
            self._write(page)
        self._shown = (page, section)
        self.back.setEnabled(bool(self._left))
        self.setWindowTitle(f"Guide: {pages.title_of(page)}")
        self._scroll_to(section)
        self._mark_current()
        announcer.announce(self, section or pages.title_of(page))

    def _write(self, page: str) -> None:
        document = self.page.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(style.px(PAGE_MARGIN))
        self.page.setMarkdown(pages.text_of(page))
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            self._space(cursor, block)
            self._ink(cursor, block)
            block = block.next()
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    @staticmethod
    def _space(cursor: QTextCursor, block: QTextBlock) -> None:
        """Give a block air: more above a heading than below, none between lines of code."""
        form = block.blockFormat()
        if form.hasProperty(form.Property.BlockCodeFence) or block.textList() is not None:
            form.setTopMargin(0)
            form.setBottomMargin(0 if block.textList() is None else style.px(4))
        else:
            form.setTopMargin(style.px(16) if form.headingLevel() > 1 else 0)
            form.setBottomMargin(style.px(8))
        form.setLineHeight(132, form.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)

    def _ink(self, cursor: QTextCursor, block: QTextBlock) -> None:
        """Give links the colour of this theme, and code a size that leaves room for a whole line."""
        look = QTextCharFormat()
        for part in [piece.fragment() for piece in block]:
            form = part.charFormat()
            if form.isAnchor():
                look.setForeground(QColor(self.theme.accent))
            elif form.fontFixedPitch():
                look.setProperty(form.Property.FontPixelSize, round(self.fontInfo().pixelSize() * 0.92))
            else:
                continue
            cursor.setPosition(part.position())
            cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
            look = QTextCharFormat()

    def _write_again(self) -> None:
        if self._shown[0]:
            place = self.page.verticalScrollBar().value()
            self._write(self._shown[0])
            self.page.verticalScrollBar().setValue(place)

    def _scroll_to(self, section: str) -> None:
        block = self.page.document().begin()
        while (
            section
            and block.isValid()
            and not (block.blockFormat().headingLevel() and block.text() == section)
        ):
            block = block.next()
        if section and block.isValid():
            top = self.page.document().documentLayout().blockBoundingRect(block).top()
            self.page.verticalScrollBar().setValue(round(top) - style.px(8))
        else:
            self.page.verticalScrollBar().setValue(0)

    # --- the list
    def _show_found(self, query: str) -> None:
        hits = pages.found(query)
        places = (
            [(hit.page, hit.title) for hit in hits] if query.split() else [(name, "") for name in pages.NAMES]
        )
        self.listed.show_list([_listed(page, section) for page, section in places])
        self.told.setVisible(not places)
        if not places:
            announcer.announce(self.search, NOTHING_FOUND)
        self._mark_current()

    def _mark_current(self) -> None:
        places = self.listed.column_of(PLACE_ROLE)
        exact = [row for row, place in enumerate(places) if place == self._shown]
        alike = [
            row for row, place in enumerate(places) if not self.search.text() and place[0] == self._shown[0]
        ]
        self._is_marking = True
        self.contents.setCurrentIndex(self.listed.index(next(iter([*exact, *alike]), -1), 0))
        self._is_marking = False

    def _open_row(self, index: QModelIndex, _before: object = None) -> None:
        if index.isValid() and not self._is_marking:
            self.show_page(*index.data(PLACE_ROLE))

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _read_on(self, _index: QModelIndex) -> None:
        self.page.setFocus()

    def _open_first(self) -> None:
        places = self.listed.column_of(PLACE_ROLE)
        if places:
            self.show_page(*places[0])
            self.page.setFocus()

    def _follow_link(self, address: QUrl) -> None:
        page = posixpath.basename(address.path()).removesuffix(".md")
        if address.scheme() in ("http", "https"):
            QDesktopServices.openUrl(address)
        elif page in pages.NAMES and "/" not in address.path():
            self.show_page(page)
        else:
            self._open_lesson_page(address)

    def _open_lesson_page(self, address: QUrl) -> None:
        """Open a page beside the guide, such as how to write a lesson, with the system's program for it."""
        inside = posixpath.normpath(posixpath.join(pages.FOLDER, address.path()))
        if not inside.startswith(("..", "/")):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(resources.path(*inside.split("/")))))

    # --- Qt
    def changeEvent(self, event: QEvent) -> None:
        """Write the page again where the type changes."""
        if event.type() == QEvent.Type.FontChange:
            self._again.start()
        super().changeEvent(event)


def _list_of(rows: Rows) -> QListView:
    """The list of pages and sections."""
    contents = QListView()
    contents.setModel(rows)
    contents.setObjectName("guide.contents")
    contents.setAccessibleName("Pages of the guide")
    contents.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    contents.setFixedWidth(style.px(230))
    contents.setWordWrap(True)
    contents.setSpacing(style.px(2))
    return contents


def _listed(page: str, section: str) -> Cell:
    """The row of a page, or of a section of it."""
    title = pages.title_of(page)
    text = title if section in ("", title) else f"{title}: {section}"
    return Cell(text, {PLACE_ROLE: (page, "" if section == title else section)})
