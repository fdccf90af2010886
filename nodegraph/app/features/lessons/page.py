"""The page of a lesson, at the left of the canvas: how far one is, the text of the step, what is to be done
or predicted, and the ways on and back. Shows what `Lessons` knows; decides nothing.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nodegraph.app.features.lessons import markdown
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.features.lessons.task_area import TaskArea
from nodegraph.app.features.lessons.task_rows import QuestionRow, TaskRow
from nodegraph.app.features.lessons.tasks import Task
from nodegraph.app.platform import style
from nodegraph.app.platform.announcer import announce
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.scrolling import ScrollArea
from nodegraph.app.widgets.text import Text, section
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color
from nodegraph.lessons import conditions, wording
from nodegraph.lessons.records import Point, Wait

WIDTH_PX = 320
BESIDE_TEXT_PX = 46
"""What margins and the scroll bar take of the width."""


class ProgressLine(QWidget):
    """A thin line that fills with the steps."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.theme: Theme = LIGHT
        self.setFixedHeight(max(3, style.px(3)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole way, and how much of it is behind."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(self.theme.line))
            painter.fillRect(0, 0, round(self.width() * self.share), self.height(), color(self.theme.accent))


class LessonPage(QFrame):
    """The lesson beside the canvas. Hidden while no lesson is open."""

    left = Signal()
    """The focus is to go to the canvas."""
    lesson_wanted = Signal(object)
    """The path of another lesson."""

    def __init__(self, lessons: Lessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self.setAccessibleName("Lesson")
        self.lessons = lessons
        self.theme: Theme = LIGHT
        self.setFixedWidth(style.px(WIDTH_PX))
        self.progress_text = section("")
        self.progress = ProgressLine()
        self.lesson_title = Text("dim")
        self.title = Text("lesson title")
        self.text = Text("lesson")
        self.text.setOpenExternalLinks(False)
        self.text.linkActivated.connect(_open_link)
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        self.pointed = Text("pointed")
        self.notice = Text("dim")
        self.again = QPushButton()
        self.close_button = CloseButton("Close the lesson")
        self.back, self.next = QPushButton("Back"), QPushButton("Next")
        self.area, self.task_area = ScrollArea(), TaskArea()
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        for button in (self.back, self.next, self.again, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Space goes on playing after a click
        style.set_role(self.again, "quiet")
        head = QHBoxLayout()
        head.setContentsMargins(style.px(16), style.px(8), style.px(8), style.px(4))
        head.addWidget(self.progress_text, 1)
        head.addWidget(self.close_button)
        inner = QWidget()
        style.set_role(inner, "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(style.px(16), style.px(10), style.px(14), style.px(12))
        column.setSpacing(style.px(8))
        for widget in (self.lesson_title, self.title, self.notice):
            column.addWidget(widget)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addWidget(self.pointed)
        column.addStretch(1)
        self.area.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(style.px(16), style.px(10), style.px(14), style.px(12))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)  # the line at the right
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.task_area)
        layout.addLayout(foot)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab rests, in order; questions come and go between them."""
        return self.close_button, self.again, self.back, self.next

    def _connect(self) -> None:
        lessons = self.lessons
        lessons.opened.connect(self._follow_opened)
        lessons.stepped.connect(self._follow_step)
        lessons.tasks.changed.connect(self._follow_task)
        lessons.doing.changed.connect(self._show_ways)
        self.close_button.clicked.connect(lessons.close)
        self.back.clicked.connect(lessons.back)
        self.next.clicked.connect(self._go_on)
        self.again.clicked.connect(self._do_again)

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self.theme = self.progress.theme = theme
        for row in self.task_area.rows:
            row.theme = theme
            row.show_state()
        if self.lessons.lesson is not None:
            self._show_text()
        self.progress.update()

    # --- following
    def _follow_opened(self) -> None:
        shown = self.lessons.lesson is not None
        held = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.setVisible(shown)
        if not shown:
            self.task_area.clear()
            if held:
                self.left.emit()

    def _follow_step(self) -> None:
        lessons = self.lessons
        lesson = lessons.lesson
        if lesson is None:
            return
        focused = self.window().focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self.task_area.clear()
        self._show_progress()
        self._show_text()
        for task in lessons.tasks:
            self._add_row(task)
        self._show_notice()
        self._show_ways()
        self.area.verticalScrollBar().setValue(0)
        self.task_area.fit()
        if held or self._asks_now():
            self._place_focus()
        self._announce()

    def _show_progress(self) -> None:
        lessons = self.lessons
        assert lessons.lesson is not None
        count = len(lessons.lesson.steps)
        text = "Finished" if lessons.is_finished else f"Step {lessons.number + 1} of {count}"
        self.progress_text.setText(text.upper())
        self.progress_text.setAccessibleName(text)
        self.progress.share = 1.0 if lessons.is_finished else lessons.number / count
        self.progress.update()

    def _show_text(self) -> None:
        lessons, step = self.lessons, self.lessons.step
        assert lessons.lesson is not None
        if step is None:
            self.lesson_title.say("")
            self._say_line(self.title, f"✓ {lessons.lesson.title}")
            following = lessons.following()
            said = "You have walked this lesson to its end."
            said += f"\n\nNext: **{following.title}**\n\n{following.summary}" if following else ""
        else:
            self._say_line(self.lesson_title, lessons.lesson.title)
            self._say_line(self.title, step.title)
            said = step.text
        pictures = step.pictures if step is not None else {}
        room = style.px(WIDTH_PX - BESIDE_TEXT_PX)
        self.text.say(markdown.plain(said), markdown.html(said, self.theme, pictures, room))
        pointed = [point.target for point in step.each(Point)] if step is not None else []
        line = f"Look at {wording.all_named(pointed, self._name_action)}." if pointed else ""
        self.pointed.say(line, f"<span>◎&nbsp; {escape(line)}</span>" if line else "")

    def _say_line(self, label: Text, text: str) -> None:
        """A title, which may have marks as any line."""
        label.say(markdown.plain_line(text), markdown.inline(text, self.theme))

    def _add_row(self, task: Task) -> None:
        if isinstance(task.wanted, Wait):
            asked = conditions.task(task.wanted, self._say_action)
            row = TaskRow(self.lessons.tasks, task, asked, self.theme)
        else:
            question = self.lessons.tasks.question(task)
            asked = question.prompt if question is not None else task.wanted.prompt
            row = QuestionRow(self.lessons.tasks, task, asked, self.theme)
        row.show_state()
        self.task_area.add(row)

    def _show_notice(self) -> None:
        lessons = self.lessons
        if lessons.is_lost:
            self.notice.say("Another graph is open now.")
            self.again.setText("Bring the lesson's graph back")
        elif lessons.is_resumed:
            self.notice.say("This is where you stopped last time.")
            self.again.setText("Begin at the first step")
        else:
            self.notice.say("")
        self.again.setVisible(bool(self.notice.plain))

    def _show_ways(self) -> None:
        lessons = self.lessons
        following = lessons.following()
        self.back.setEnabled(lessons.number > 0 or lessons.is_finished)
        if lessons.is_finished:
            self.next.setText("Next lesson" if following else "Close")
        elif lessons.tasks.are_done:
            self.next.setText("Finish" if lessons.is_last else "Next")
        elif lessons.doing.is_on:
            self.next.setText("Doing it…")
        else:
            self.next.setText("Do it for me" if lessons.doing.is_possible() else "Skip")
        self.next.setEnabled(not lessons.doing.is_on or lessons.tasks.are_done)
        style.set_role(self.next, "primary" if lessons.tasks.are_done else "")
        self.next.setAccessibleName(self.next.text())
        for row in self.task_area.rows:
            if isinstance(row.task.wanted, Wait) and not row.task.is_done:
                row.say_no_way("" if lessons.is_lost else lessons.doing.why_not(row.task))

    def _follow_task(self, task: Task) -> None:
        answers = False
        for row in self.task_area.rows:
            answers = answers or (row.task is task and row.entry is not None and row.entry.hasFocus())
            row.show_state()
            if row.task is task and task.is_done and isinstance(task.wanted, Wait):
                announce(self, f"Done: {row.plain}")
        self._show_ways()
        self.task_area.fitting_soon.start()
        if task.is_done and (answers or (isinstance(task.wanted, Wait) and self._asks_now())):
            self._place_focus()

    def _asks_now(self) -> bool:
        """Whether a number is to be typed here next."""
        row = self.task_area.next_row()
        return isinstance(row, QuestionRow) and not row.choices and self.lessons.tasks.is_ready(row.task)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tasks share the height with the text."""
        super().resizeEvent(event)
        self.task_area.fitting_soon.start()

    # --- going
    def _go_on(self) -> None:
        following = self.lessons.following()
        if self.lessons.doing.is_possible():
            self.lessons.doing.begin()
        elif not self.lessons.is_finished:
            self.lessons.next()
        elif following is not None:
            self.lesson_wanted.emit(following.path)
        else:
            self.lessons.close()

    def _do_again(self) -> None:
        if self.lessons.is_lost:
            self.lessons.set_up_again()
        else:
            self.lessons.start_over()

    def _place_focus(self) -> None:
        """Where the step's first task is done; on the way on, where there is none."""
        waiting = self.task_area.next_row()
        if waiting is None:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        elif waiting.entry is not None:
            waiting.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _announce(self) -> None:
        said = [self.progress_text.accessibleName(), self.title.plain, self.text.plain]
        said += [row.plain for row in self.task_area.rows]
        announce(self, " ".join(part if part[-1] in ".?!:" else f"{part}." for part in said if part))

    def _name_action(self, action_id: str) -> str:
        action = self.lessons.commands.actions.get(action_id)
        return action_id if action is None else _label(action)

    def _say_action(self, action_id: str) -> str:
        """The name, and the key that does the same."""
        action = self.lessons.commands.actions.get(action_id)
        if action is None:
            return action_id
        keys = action.text().partition("\t")[2]
        keys = keys or action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        keys = keys if not keys or any(map(str.isalnum, keys)) else f"the key {keys}"
        return f"{_label(action)} ({keys})" if keys else _label(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes to the canvas; the lesson stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _label(action: QAction) -> str:
    return action.text().replace("&", "").partition("\t")[0].rstrip("…")


def _open_link(address: str) -> None:
    if address.startswith(("https://", "http://")):
        QDesktopServices.openUrl(QUrl(address))
