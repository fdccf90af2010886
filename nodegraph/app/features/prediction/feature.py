"""Predict mode: asks about each step before it is shown. Judges no answer itself and paints nothing.

While it is on, frames are guarded, so that no part of the window tells what lies ahead of the cursor.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from nodegraph.app.commands.command import Command
from nodegraph.app.features.prediction.card import PredictionCard
from nodegraph.app.features.prediction.card_placement import CardPlacement
from nodegraph.app.platform import announcer, settings
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.items.question_mark import Asked
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.explain.answers import KINDS, Kind, Question
from nodegraph.core.explain.questions import Questions, questions
from nodegraph.core.explain.quiz import Quiz, Score
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.equations import product, term
from nodegraph.core.operations.formula import Number

DIGITS = 4
STILL_MOVING_MS = 30
MOST_NEEDED = 8
"""Operands that the card tries not to cover."""
NO_STEPS = "There is nothing to play yet: add nodes and connect them."
NOTHING = "There is nothing to predict: add an operation first."
NOTHING_NOW = "Nothing is left to ask about in this graph. Undo the change, or add an operation."


class PredictionFeature(QObject):
    """The mode `pass.predict`: questions, their answers, and the score."""

    changed = Signal()
    """Hints and answers are to be had, or no longer."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace
        self.player, self.canvas, self.scene = workspace.player, workspace.canvas, workspace.scene
        self.card = PredictionCard(workspace.stage)
        for text in (self.card.prompt, self.card.verdict, self.card.hints):
            text.names = workspace.scene.showing.name_in_text
        self.placing = CardPlacement(self.card, workspace.stage, self.canvas)
        workspace.stage.add_card(self.card, self.card.field)
        self.is_on = False
        self.quiz: Quiz | None = None
        self.question: Question | None = None
        """What the card asks; the quiz is one further while an answer is being shown."""
        self.is_waiting = False
        """Whether an edit has left nothing to ask; what takes it back brings the questions back."""
        self._place_before = self.player.place
        self._is_leading = False
        """Whether the cursor moves because of an answer, and not by the person's hand."""
        self._go_on_soon = QTimer(self, singleShot=True)
        self._go_on_soon.timeout.connect(self._ask_once_shown)
        self._connect()

    def _connect(self) -> None:
        card = self.card
        card.answered.connect(self.answer)
        card.choice_made.connect(self._choose)
        card.left.connect(self.leave)
        card.again_wanted.connect(self._start_again)
        self.player.frame_changed.connect(self._follow_frame)
        self.player.trace_changed.connect(self._follow_trace)
        self.workspace.document.replaced.connect(self._abandon)
        self.workspace.stage.pages.currentChanged.connect(self._follow_page)
        self.canvas.installEventFilter(self)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("pass.predict", "Predi&ct", self.set_on, ("Shift+P",),
                        "Type each number before it is shown, and be told which factor was wrong",
                        self._why_not, is_on=lambda: self.is_on),
                Command("pass.hint", "&Hint", self.hint, ("Ctrl+H",), "Show the next hint for the question",
                        self._why_no_answer),
                Command("pass.show_answer", "Show Ans&wer", self.show_answer, ("Ctrl+Shift+H",),
                        "Show the answer and go on to the next question", self._why_no_answer),
                Command("pass.skip_phase", "S&kip to the Next Phase", self.skip_phase,
                        tooltip="Ask no more about this pass, and go on with what comes after it",
                        why_not=self._why_no_answer),
            ),
            refresh_on=(self.changed,),
            started=self._start,
        )  # fmt: skip

    def _start(self) -> None:
        self.card.set_actions(self.workspace.commands.actions)

    def _why_not(self) -> str:
        return "" if self.player.trace.steps else NO_STEPS

    def _why_no_answer(self) -> str:
        return "" if self.is_asking else "Begin with Predict first."

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self.question is not None

    # --- on and off
    def set_on(self, wanted: bool) -> None:
        """Begin at the start, or where the cursor is in the middle of the passes; or leave."""
        if wanted == self.is_on:
            return
        if not wanted:
            self.leave()
            return
        if not len(self._questions()):
            self.workspace.messages.tell_refusal(NOTHING)
            return
        self.is_on = True
        self._place_before = self.player.place
        self.workspace.stage.show_canvas()
        if self.placing.is_cramped:
            self.workspace.dock.sides.give_way()
        self.placing.begin()
        self.card.show_choice(self.workspace.settings.value(settings.PREDICTED))
        self.card.show()
        self.card.raise_()
        self._begin(0 if self.player.cursor == self.player.end else self.player.cursor)
        self.card.show_keys(self.workspace.commands.actions)

    def _begin(self, position: int) -> None:
        self.player.pause()
        self.player.set_guarded(True)
        self.card.say("")  # what was said of another round could be an answer of this one
        self._lead_to(position, animated=False)
        self.quiz = Quiz(self._questions(), position)
        if len(self.quiz.asked):
            self._ask()
        else:
            self._wait_for_questions()

    def _start_again(self) -> None:
        self._begin(0)

    def leave(self) -> None:
        """Leave the mode; where it was not finished, the cursor goes back to where it was before."""
        at_end = self.player.cursor == self.player.end
        finished = self.question is None and not self.is_waiting and at_end
        self._end_mode()
        if not finished:
            self.player.return_to(self._place_before)
        self.canvas.setFocus()

    def _abandon(self) -> None:
        """Another document is open: the mode is over, and the cursor is that document's own."""
        if self.is_on:
            self._end_mode()

    def _follow_page(self, _page: int) -> None:
        """The card belongs over the canvas."""
        if self.is_on and not self.workspace.stage.shows_canvas:
            self.leave()

    def _end_mode(self) -> None:
        self._go_on_soon.stop()
        self.is_on, self.is_waiting, self.quiz, self.question = False, False, None, None
        self.scene.showing.ask(None)
        self.card.hide()
        self.placing.give_back()
        self.player.set_guarded(False)
        self.changed.emit()

    def _questions(self) -> Questions:
        word = self.workspace.settings.value(settings.PREDICTED)
        kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if word in ("all", kind))
        return questions(self.player.trace, kinds)

    def _choose(self, word: str) -> None:
        self.workspace.settings.set(settings.PREDICTED, word)
        self._ask_anew()

    def _ask_anew(self) -> None:
        """Other questions, from where the cursor is; the score stays."""
        if self.quiz is None or (self.question is None and not self.is_waiting):
            return
        self.quiz = Quiz(self._questions(), self.player.cursor, self.quiz.score)
        if self.quiz.question is None and (self.is_waiting or not len(self.quiz.asked)):
            self._wait_for_questions()
        else:
            self._ask(takes_focus=False)

    def _wait_for_questions(self) -> None:
        """Ask nothing and tell nothing: no edit ends the mode, for undoing it would show every answer."""
        self._go_on_soon.stop()
        self.is_waiting, self.question = True, None
        self.scene.showing.ask(None)
        self.card.rest(NOTHING_NOW)
        announcer.announce(self.card, NOTHING_NOW)
        self.changed.emit()

    # --- asking
    def _ask(self, *, takes_focus: bool = True) -> None:
        """Ask the next question, from just before the step that shows its answer.

        The focus goes to the field, unless the person works elsewhere.
        """
        assert self.quiz is not None
        self._go_on_soon.stop()
        self.is_waiting = False
        question = self.question = self.quiz.question
        if question is None:
            self._finish(self.quiz.score)
            return
        if self.player.cursor < question.position - 1:
            self._lead_to(question.position - 1, animated=False)
        self.scene.clear_highlight()  # one thing at a time draws the eye
        self.scene.showing.ask(self._mark(question))
        backward = question.position > self.player.trace.forward_steps
        second = "the backward pass" if self.player.trace.mode == "reverse" else "the derivatives"
        self.card.ask(question.prompt, "the end" if backward else second)
        self.card.show_hints(question.hints, 0)
        self._show_score()
        self._bring_into_view(question)
        if takes_focus:
            self.card.field.setFocus()
        announcer.announce(self.card, question.prompt)
        self.changed.emit()

    def _ask_once_shown(self) -> None:
        """The step has had its time; a busy machine may still be showing it."""
        if self.canvas.is_moving:
            self._go_on_soon.start(STILL_MOVING_MS)
        else:
            self._ask()

    def _mark(self, question: Question) -> Asked:
        """Where the answer will stand; a sum stands beside the last contribution, once that was asked for."""
        if question.kind == "value":
            return Asked(question.node, "value")
        key = self.player.trace.steps[question.position - 1].edge
        if key is None:
            return Asked(question.node, "gradient")
        upstream, local = self._factors(key)
        if question.kind == "gradient":
            was_told = self.quiz is not None and "contribution" in self.quiz.asked.asked
            last = Asked(question.node, "gradient", key, self._product(key))
            return last if was_told else Asked(question.node, "gradient")
        text = f"{upstream} × ? = …" if question.kind == "local" else f"{upstream} × {local} = ?"
        return Asked(edge=key, text=text)

    def _factors(self, key: EdgeKey) -> tuple[str, str]:
        """Upstream gradient and local derivative of an edge, as its chip writes them."""
        upstream, local = self._numbers(key)
        return format_number(upstream, DIGITS), term(Number(local), "unicode", DIGITS, follows=True)

    def _product(self, key: EdgeKey) -> str:
        """All that a chip writes."""
        sent = self.player.trace.contributions[self.player.trace.edge_number[key]]
        return product(self._numbers(key), float(sent), DIGITS, signed=True)

    def _numbers(self, key: EdgeKey) -> tuple[float, float]:
        trace = self.player.trace
        number = trace.edge_number[key]
        upstream = trace.node_gradients[trace.givers[number]]
        return float(upstream), float(trace.local_derivatives[number])

    def _bring_into_view(self, question: Question) -> None:
        trace, asked = self.player.trace, (question.node,)
        needed = trace.sources(question.node) if question.kind == "value" else []
        if question.edge is not None:
            asked = (trace.giver(question.edge), trace.receiver(question.edge))
            needed = trace.sources(question.edge[0])
        self.placing.keep_clear(asked, needed[:MOST_NEEDED], question.edge)

    def _show_score(self) -> None:
        if self.quiz is not None:
            total = self.quiz.score.total
            self.card.show_score(total.at_first_try, total.asked, len(self.quiz.asked))

    def _finish(self, score: Score) -> None:
        self.scene.showing.ask(None)
        self._lead_to(self.player.end, animated=False)
        self.player.set_guarded(False)
        self.card.say("")
        self.card.end(score)
        self.placing.keep_clear()
        announcer.announce(self.card, f"{self.card.result.plain}. {score.sentence()}")
        self.changed.emit()

    # --- answering
    def answer(self, text: str) -> None:
        """Judge what was typed; while the last answer is still being shown, go on at once."""
        if self.quiz is None or self.question is None:
            return
        if self._go_on_soon.isActive():
            self._ask()
            return
        try:
            verdict = self.quiz.answer(text)
        except Refused as refusal:
            self._tell(str(refusal), None)
            self.card.mark_field()
            return
        self._tell(verdict.sentence, verdict.is_right)
        if verdict.is_right:
            self._go_on(self.question)
        else:
            self.card.mark_field()

    def _tell(self, sentence: str, is_right: bool | None) -> None:
        self.card.say(sentence, is_right=is_right)
        announcer.announce(self.card, sentence, urgent=True)

    def hint(self) -> None:
        """Show one more hint."""
        if self.quiz is None or self.question is None or self._go_on_soon.isActive():
            return
        if self.quiz.take_hint():
            self.card.show_hints(self.question.hints, self.quiz.hints)
            announcer.announce(self.card, self.question.hints[self.quiz.hints - 1])
            self.card.field.setFocus()

    def show_answer(self) -> None:
        """Show the answer instead of finding it."""
        if self.quiz is not None and self.question is not None and not self._go_on_soon.isActive():
            shown = self.quiz.show()
            self._tell(f"The answer: {shown.solution}.", None)
            self._go_on(shown)

    def skip_phase(self) -> None:
        """Ask no more about this pass; what is skipped does not count."""
        if self.quiz is None or self.question is None:
            return
        forward = self.player.trace.forward_steps
        target = self.player.end if self.question.position > forward else forward
        self._lead_to(target, animated=False)
        self.quiz.skip_to(target)
        self.card.say("")
        self._ask()

    def _go_on(self, answered: Question) -> None:
        """Show the answer where its step ends, and then ask what comes next."""
        self._show_score()
        following = self.quiz.question if self.quiz is not None else None
        if following is not None and following.position == answered.position:
            self._ask()
            return
        self.scene.showing.ask(None)
        self.card.wait()
        self._lead_to(answered.position, animated=True)
        if not self._go_on_soon.isActive():
            self._ask()

    # --- the cursor
    def _lead_to(self, position: int, *, animated: bool) -> None:
        self._is_leading = True
        try:
            if animated and position == self.player.cursor + 1:
                self.player.step()
            else:
                self.player.pause()
                self.player.seek(position)
        finally:
            self._is_leading = False

    def _follow_frame(self, frame: Frame, duration_ms: int) -> None:
        """Wait until an answer has been shown; what the person goes past by hand counts as shown."""
        if self.quiz is None:
            return
        if self._is_leading:
            if duration_ms and not self.workspace.appearance.is_motion_reduced:
                self._go_on_soon.start(duration_ms)
            return
        if self.quiz.asked.trace is frame.trace and self.quiz.show_up_to(frame.position):
            self.card.say("")
            self._ask(takes_focus=False)

    def _follow_trace(self, _trace: object) -> None:
        """The graph was edited: ask about what it is now, from where the cursor is. No edit ends the mode."""
        if self.question is not None or self.is_waiting:
            self.is_waiting = True
            self.card.say("The graph has changed; so have the questions.")
            self._ask_anew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc on the canvas leaves, where it has nothing else to end."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        is_free = self.canvas.gesture is None and not self.scene.selected_nodes()
        if pressed and self.is_on and is_free and event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return super().eventFilter(watched, event)
