"""Predict mode, by real keys and mouse: every number is typed before it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.platform import announcer, settings, style
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.core.building.expression import parse
from tests.journeys.hand import LEFT, NONE, Hand

ANSWERS = ("6", "-4", "-20", "1", "5", "5", "-4", "-4", "1", "5", "1", "5", "3", "15", "2", "10")
"""The seed example's values, the seed, and local derivative and contribution of each edge."""


@pytest.fixture
def hand(hand: Hand) -> Hand:
    """A hand on the seed example in predict mode, without waiting for motion."""
    hand.do("view.reduced_motion")
    hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    return hand


def card(hand: Hand):
    return hand.window.features.prediction.card


def answer(hand: Hand, text: str) -> None:
    """Type into the card's field and press Enter."""
    field = card(hand).field
    assert field.hasFocus()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def answer_up_to(hand: Hand, number: int) -> None:
    """Answer the first questions right."""
    for text in ANSWERS[:number]:
        answer(hand, text)


def test_the_seed_example_is_predicted_from_end_to_end_by_keys_alone(hand: Hand) -> None:
    for place, text in enumerate(ANSWERS):
        assert hand.window.features.prediction.quiz.place == place
        answer(hand, text)
    assert "16 of 16 right at the first try" in card(hand).text()
    assert "you know how gradients flow" in card(hand).text()
    assert hand.window.player.cursor == 11
    assert hand.shown()["a"] == (2.0, 15.0)
    QTest.mouseClick(card(hand).done_button, LEFT)
    assert card(hand).isHidden()
    assert hand.window.player.cursor == 11


def test_nothing_ahead_of_the_question_is_told_anywhere(hand: Hand) -> None:
    answer_up_to(hand, 12)
    assert "∂e/∂a" in card(hand).text()
    hand.do("view.outline")
    shown = hand.shown()
    assert (shown["a"], shown["b"]) == ((2.0, None), (3.0, None))
    for name in ("a", "b", "e"):
        hand.scene.select([name])
        said = hand.window.features.inspector.panel.text()
        assert "= 15" not in said
        assert "∂e/∂a = b" not in said
    model = hand.window.features.outline.model
    row = model.row_of["a"]
    assert model.index(row, 3).data() == "…"
    assert hand.window.features.passes.transport.timeline.describe(10) == "Predict what comes next."
    assert "15" not in hand.window.features.passes.transport.sentence.text()


def test_the_number_that_is_asked_for_is_a_question_mark_on_the_canvas(hand: Hand) -> None:
    assert hand.scene.showing.asks("e", "value")
    answer_up_to(hand, 12)
    assert hand.scene.showing.chip(("e", 0))[0] == "5 × ? = …"
    answer(hand, "3")
    assert hand.scene.showing.chip(("e", 0))[0] == "5 × 3 = ?"
    answer(hand, "15")
    assert hand.scene.showing.chip(("e", 0))[0] == "5 × 3 = +15"


def test_a_wrong_answer_is_told_which_factor_is_wrong_and_can_be_typed_over(hand: Hand) -> None:
    answer_up_to(hand, 13)
    answer(hand, "10")
    said = card(hand).text()
    assert "The upstream gradient ∂L/∂e is right, the local derivative is not." in said
    assert card(hand).field.selectedText() == "10"
    assert announcer.spoken[-1] in said
    answer(hand, "15")
    assert hand.window.player.cursor == 10
    assert hand.window.features.prediction.quiz.score.results["contribution"].at_first_try == 4


def test_what_is_no_number_is_no_wrong_answer(hand: Hand) -> None:
    answer(hand, "a dozen")
    assert "“a dozen” cannot be read as a number" in card(hand).text()
    answer(hand, "six")
    assert hand.window.features.prediction.quiz.score.total.at_first_try == 1


def test_hints_come_one_by_one_and_cost_the_first_try(hand: Hand) -> None:
    field, control = card(hand).field, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(field, Qt.Key.Key_H, control)
    assert "done to the values of its inputs" in card(hand).text()
    assert "e = 2 × 3" not in card(hand).text()
    QTest.keyClick(field, Qt.Key.Key_H, control)
    QTest.mouseClick(card(hand).hint_button, LEFT)
    assert "e = 2 × 3" in card(hand).text()
    assert not card(hand).hint_button.isEnabled()
    answer(hand, "6")
    total = hand.window.features.prediction.quiz.score.total
    assert (total.asked, total.at_first_try, total.hints) == (1, 0, 3)
    assert card(hand).score.text().startswith("0 of 1 at the first try")


def test_an_answer_can_be_shown_and_a_phase_skipped(hand: Hand) -> None:
    QTest.mouseClick(card(hand).show_button, LEFT)
    assert "The answer: e = 6." in card(hand).text()
    assert hand.window.player.cursor == 2
    QTest.mouseClick(card(hand).skip_button, LEFT)
    assert hand.window.player.cursor == 4
    assert "∂L/∂L" in card(hand).text()
    QTest.mouseClick(card(hand).skip_button, LEFT)
    assert "0 of 1 right at the first try" in card(hand).text()
    assert hand.shown()["a"] == (2.0, 15.0)


def test_a_step_taken_by_hand_counts_as_shown_and_one_back_changes_nothing(hand: Hand) -> None:
    hand.do("pass.step")
    assert hand.window.features.prediction.quiz.score.total.shown == 1
    assert "d = e + c" in card(hand).text()
    hand.do("pass.step_back")
    hand.do("pass.step_back")
    assert "d = e + c" in card(hand).text()
    answer(hand, "-4")
    assert hand.window.player.cursor == 3
    assert hand.window.features.prediction.quiz.score.total.at_first_try == 1


def test_scrubbing_to_the_end_shows_everything_and_ends_with_the_score(hand: Hand) -> None:
    timeline = hand.window.features.passes.transport.timeline
    end = QPoint(timeline.width() - 4, timeline.height() // 2)
    QTest.mousePress(timeline, LEFT, NONE, end)
    QTest.mouseRelease(timeline, LEFT, NONE, end)
    assert hand.window.features.prediction.quiz.score.total.shown == 16
    assert "0 of 16 right at the first try" in card(hand).text()
    QTest.mouseClick(card(hand).again_button, LEFT)
    assert hand.window.player.cursor == 1
    assert "e = a × b" in card(hand).text()


def test_an_edit_asks_about_the_graph_as_it_is_now(hand: Hand) -> None:
    answer(hand, "6")
    hand.type_value("c", "4")
    assert "What is the value of d = e + c?" in card(hand).text()
    card(hand).field.setFocus()
    answer(hand, "10")
    assert hand.window.player.cursor == 3


def test_escape_leaves_and_everything_is_as_before(hand: Hand) -> None:
    QTest.keyClick(card(hand).field, Qt.Key.Key_Escape)
    player = hand.window.player
    assert card(hand).isHidden()
    assert not hand.window.commands.actions["pass.predict"].isChecked()
    assert player.cursor == 0
    hand.do("pass.to_end")
    hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert player.cursor == 1
    assert hand.shown()["e"] == (None, None)
    hand.key(Qt.Key.Key_Escape)
    assert player.cursor == 11
    assert hand.shown()["a"] == (2.0, 15.0)
    assert hand.scene.showing.asked is None


def test_predicting_begins_where_the_cursor_is_in_the_middle(hand: Hand) -> None:
    hand.do("pass.predict")
    hand.window.player.seek(9)
    hand.do("pass.predict")
    assert "∂e/∂a" in card(hand).text()


def test_only_one_kind_can_be_asked_about_and_that_is_remembered(hand: Hand) -> None:
    choice = card(hand).choice
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_End)  # the last entry; a closed list tells of it at once
    assert hand.window.settings.value(settings.PREDICTED) == "gradient"
    assert "∂L/∂L" in card(hand).text()
    assert choice.hasFocus()
    card(hand).field.setFocus()
    answer(hand, "1")
    assert "the gradient of d" in card(hand).text()


def test_another_document_ends_the_mode(hand: Hand) -> None:
    hand.do("file.new")
    assert card(hand).isHidden()
    hand.do("edit.undo") if hand.window.document.stack.canUndo() else None
    assert not hand.window.player.guarded


def test_an_answer_is_shown_by_the_motion_of_its_step_before_the_next_question(
    hand: Hand, qtbot: QtBot
) -> None:
    hand.do("view.reduced_motion")
    hand.window.player.set_speed(8)
    answer(hand, "6")
    assert hand.canvas.is_moving
    assert "Right: e = 6." in card(hand).text()
    qtbot.waitUntil(lambda: "d = e + c" in card(hand).text())
    assert hand.shown()["e"] == (6.0, None)


def asked_rects(hand: Hand) -> list[QRect]:
    """What the question is about, in pixels of the stage: its node, or an edge's ends and its number."""
    question = hand.window.features.prediction.question
    trace, scene, canvas = hand.window.player.trace, hand.scene, hand.canvas
    ends = [question.node]
    places = []
    if question.edge is not None:
        ends = [trace.giver(question.edge), trace.receiver(question.edge)]
        chip = scene.showing.chip(question.edge)
        if chip is not None:
            places.append(scene.showing.chip_rect(question.edge, chip[0]))
    places += [scene.card_of(node_id) for node_id in ends]
    corner = canvas.viewport().mapTo(hand.window.stage, QPoint(0, 0))
    return [canvas.mapFromScene(place).boundingRect().translated(corner) for place in places]


def go_through_questions(hand: Hand, most: int) -> int:
    """Show answer after answer. Returns how many questions there were, none of which the card covered."""
    number = 0
    while hand.window.features.prediction.question is not None and number < most:
        assert hand.window.stage.rect().contains(card(hand).geometry())
        for rect in asked_rects(hand):
            assert not rect.intersects(card(hand).geometry()), hand.window.features.prediction.question
        assert any(hand.window.stage.rect().intersects(rect) for rect in asked_rects(hand))
        hand.do("pass.show_answer")
        number += 1
    return number


@pytest.mark.parametrize("size", [(1600, 900), (1366, 768), (1024, 740), (800, 600)])
def test_the_card_covers_nothing_that_it_asks_about_nor_leaves_the_canvas(
    hand: Hand, size: tuple[int, int]
) -> None:
    hand.window.resize(*size)
    QApplication.processEvents()
    assert go_through_questions(hand, 20) == 16


def test_in_a_low_window_the_card_covers_nothing_of_the_graph(hand: Hand) -> None:
    """It lay on the lowest card and its edge."""
    hand.window.resize(800, 600)
    QApplication.processEvents()

    def graph() -> QRect:
        corner = hand.canvas.viewport().mapTo(hand.window.stage, QPoint(0, 0))
        return hand.canvas.mapFromScene(hand.scene.drawn_rect()).boundingRect().translated(corner)

    for text in ("7", *ANSWERS[:5]):
        assert not card(hand).geometry().intersects(graph())
        assert hand.window.stage.rect().contains(graph())
        assert hand.canvas.zoom >= TEXT_SCALE
        answer(hand, text)
        QApplication.processEvents()
    for button in (card(hand).check_button, card(hand).hint_button, card(hand).skip_button):
        inside = card(hand).scrolled.viewport()
        assert inside.rect().contains(QRect(button.mapTo(inside, QPoint(0, 0)), button.size()))
    hand.window.resize(1366, 768)
    QApplication.processEvents()
    assert card(hand).skip_button.y() > card(hand).field.y() + card(hand).field.height()


@pytest.fixture
def usual_size_after() -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


@pytest.mark.usefixtures("usual_size_after")
@pytest.mark.parametrize("text_size", [1.7, 2.0])
def test_with_large_text_the_card_stands_beside_the_graph_and_can_be_used_there(
    hand: Hand, text_size: float
) -> None:
    """At 200 % it lay over nearly the whole canvas."""
    hand.window.resize(1366, 749)
    hand.window.workspace.appearance.set_text_size(text_size)
    hand.key(Qt.Key.Key_L)
    hand.canvas.glide.finish()
    QApplication.processEvents()
    seen = card(hand)
    assert seen.is_beside
    assert seen.width() < 0.45 * hand.canvas.width()
    for _ in range(2):
        hand.do("pass.hint")
        QApplication.processEvents()
    answer(hand, "7")
    QTest.qWait(1)  # one turn more: what was told is brought into sight
    inside = seen.scrolled.viewport().rect()
    for shown in (seen.field, seen.check_button, seen.verdict):
        place = QRect(shown.mapTo(seen.scrolled.viewport(), QPoint(0, 0)), shown.size())
        assert inside.contains(place), shown
    assert go_through_questions(hand, 20) == 16
    QApplication.processEvents()
    assert not seen.is_beside, "the table of how it went needs the width"
    assert hand.window.stage.rect().contains(seen.geometry())
    for button in (seen.done_button, seen.again_button):
        assert seen.rect().contains(QRect(button.mapTo(seen, QPoint(0, 0)), button.size()))
    QTest.mouseClick(seen.again_button, LEFT)
    QApplication.processEvents()
    assert seen.is_beside


@pytest.mark.usefixtures("usual_size_after")
@pytest.mark.parametrize("size", [(1366, 749), (800, 581)])
@pytest.mark.parametrize("text_size", [1.4, 2.0])
def test_with_large_text_and_the_inspector_no_button_is_cut_and_what_is_asked_about_is_seen(
    hand: Hand, size: tuple[int, int], text_size: float
) -> None:
    """Check was a blue strip beside the inspector, and in a small window the question scrolled sideways."""
    hand.do("pass.predict")
    hand.window.resize(*size)
    hand.window.workspace.appearance.set_text_size(text_size)
    hand.window.commands.action("view.inspector").setChecked(True)
    hand.key(Qt.Key.Key_L)
    hand.canvas.glide.finish()
    hand.do("pass.predict")
    QApplication.processEvents()
    for typed in ("7", "6", "5"):  # the score comes with the first right answer
        answer(hand, typed)
        QApplication.processEvents()
        seen = card(hand)
        inside = seen.scrolled.viewport()
        for button in (seen.check_button, seen.hint_button, seen.show_button, seen.skip_button):
            left = button.mapTo(inside, QPoint(0, 0)).x()
            assert button.width() >= button.sizeHint().width(), button.text()
            assert left >= 0, button.text()
            assert left + button.width() <= inside.width(), button.text()
        zoom = hand.window.stage.zoom
        assert not seen.geometry().intersects(zoom.geometry())
    while hand.window.features.prediction.question is not None:
        number = asked_rects(hand)[0]
        assert not number.intersects(card(hand).geometry()), card(hand).prompt.plain
        assert hand.window.stage.rect().contains(number), card(hand).prompt.plain
        hand.do("pass.show_answer")
        QApplication.processEvents()


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.5, 4.0])
def test_the_card_covers_nothing_that_it_asks_about_at_any_zoom(hand: Hand, zoom: float) -> None:
    hand.window.resize(1366, 768)
    QApplication.processEvents()
    hand.do("pass.predict")
    hand.canvas.set_zoom(zoom)
    hand.do("pass.predict")
    assert go_through_questions(hand, 20) == 16


def test_the_card_covers_nothing_of_a_graph_of_real_work_beside_a_page(hand: Hand) -> None:
    hand.window.resize(1366, 768)
    hand.do("pass.predict")
    rows = (f"z{i} = w*x{i} + b; p{i} = sigmoid(z{i}); q{i} = (p{i} - t{i})**2" for i in range(4))
    hand.window.document.replace(parse(f"{'; '.join(rows)}; L = q0 + q1 + q2 + q3"))
    hand.do("view.derivation")
    QApplication.processEvents()
    hand.do("pass.predict")
    assert go_through_questions(hand, 60) == 60


def test_the_view_is_as_it_was_once_the_card_has_gone(hand: Hand) -> None:
    hand.do("pass.predict")
    hand.window.resize(1366, 768)
    QApplication.processEvents()
    zoom, center = hand.canvas.zoom, hand.canvas.center()
    assert hand.canvas.is_fitted
    hand.do("pass.predict")
    go_through_questions(hand, 5)
    assert hand.canvas.zoom <= zoom
    hand.do("pass.predict")
    assert (hand.canvas.zoom, hand.canvas.center()) == (zoom, center)
    hand.canvas.set_zoom(2.5)
    center = hand.canvas.center()
    hand.do("pass.predict")
    hand.do("pass.predict")
    assert hand.canvas.zoom == 2.5
    assert (hand.canvas.center() - center).manhattanLength() < 2


def test_the_tooltip_of_the_timeline_keeps_the_secret(hand: Hand) -> None:
    assert "Predict" in hand.window.features.passes.transport.timeline.describe(5)
    assert "inputs" in hand.window.features.passes.transport.timeline.describe(1)


def test_the_welcome_page_ends_the_mode(hand: Hand) -> None:
    hand.do("file.welcome")
    assert card(hand).isHidden()
    assert not hand.window.player.guarded


def test_an_edit_in_the_inspector_keeps_the_focus_there(hand: Hand) -> None:
    hand.scene.select(["a"])
    value = hand.window.features.inspector.panel.node_page.value
    value.setFocus()
    QTest.keyClick(value, Qt.Key.Key_Up)
    assert hand.graph.node("a").value == 3.0
    assert value.hasFocus()
    assert "so have the questions" in card(hand).text()


def test_a_graph_that_the_card_would_lie_on_makes_way_and_comes_back(hand: Hand) -> None:
    hand.do("pass.predict")
    hand.window.resize(1024, 740)
    QApplication.processEvents()
    hand.do("view.fit")
    before = hand.canvas.center()
    hand.do("pass.predict")
    assert hand.canvas.seen().contains(hand.scene.graph_rect())
    cards = [hand.canvas.mapFromScene(item.card).boundingRect() for item in hand.scene.items_by_id.values()]
    assert not any(seen.intersects(card(hand).geometry()) for seen in cards)
    QTest.keyClick(card(hand).field, Qt.Key.Key_Escape)
    assert hand.canvas.center() == before


def test_f6_reaches_the_card_and_its_keys_stay_in_the_field(hand: Hand) -> None:
    hand.canvas.setFocus()
    hand.do("view.next_part")
    assert card(hand).field.hasFocus()
    QTest.keyClicks(card(hand).field, "l.,m")
    assert card(hand).field.text() == "l.,m"
    assert hand.window.player.cursor == 1


def test_a_sum_is_asked_for_beside_its_last_contribution(hand: Hand) -> None:
    graph = parse("y = x*x", x=3)
    hand.window.document.replace(graph)
    hand.do("pass.predict")
    for text in ("9", "1", "3", "3", "3", "3"):
        answer(hand, text)
    assert "x receives 2 contributions. What is ∂y/∂x, their sum?" in card(hand).text()
    assert hand.scene.showing.asks("x", "gradient")
    assert {hand.scene.showing.chip(("y", port))[0] for port in (0, 1)} == {"1 × 3 = +3"}
    answer(hand, "3")
    assert "gradients add up" in card(hand).text()
    answer(hand, "6")
    assert "6 of 7 right at the first try" in card(hand).text()


def test_gradients_alone_are_asked_for_without_their_contributions(hand: Hand) -> None:
    choice = card(hand).choice
    choice.setCurrentIndex(choice.findData("gradient"))
    choice.activated.emit(choice.currentIndex())
    card(hand).field.setFocus()
    answer(hand, "1")
    assert hand.scene.showing.asks("d", "gradient")
    assert hand.scene.showing.chip(("L", 0)) is None


def test_forward_mode_is_predicted_too(hand: Hand) -> None:
    QTest.keyClick(card(hand).field, Qt.Key.Key_Escape)
    hand.window.player.set_mode("forward", "a")
    hand.do("pass.predict")
    for text in ("6", "-4", "-20", "1", "3", "3", "1", "3", "5", "15"):
        answer(hand, text)
    assert "10 of 10 right at the first try" in card(hand).text()


def test_nodes_in_a_collapsed_group_and_far_away_are_asked_about_all_the_same(hand: Hand) -> None:
    QTest.keyClick(card(hand).field, Qt.Key.Key_Escape)
    hand.scene.select(["e", "d"])
    hand.do("graph.group")
    hand.do("graph.collapse")
    hand.canvas.set_zoom(0.1)
    hand.do("pass.predict")
    answer_up_to(hand, len(ANSWERS))
    assert "16 of 16 right at the first try" in card(hand).text()


def test_a_collapsed_group_is_marked_for_what_it_hides(hand: Hand) -> None:
    QTest.keyClick(card(hand).field, Qt.Key.Key_Escape)
    hand.scene.select(["e", "d", "L"])
    hand.do("graph.group")
    hand.do("graph.collapse")
    (group,) = hand.scene.surroundings.collapsed()
    hand.canvas.set_zoom(1.0)
    hand.do("pass.predict")
    said = []
    while hand.window.features.prediction.question is not None:
        said.append(hand.scene.showing.asked_among(group.members))
        marked = hand.canvas.grab().toImage()
        if said[-1]:
            place = hand.canvas.mapFromScene(QPointF(group.rect.center().x(), group.rect.bottom() + 6))
            around = {marked.pixelColor(place + QPoint(x, 0)).name() for x in range(-30, 30)}
            assert hand.scene.theme.accent.lower() in around
        hand.do("pass.show_answer")
    assert said[:4] == ["e = ?", "d = ?", "L = ?", "∂L/∂L = ?"]
    assert "1 × ? = …" in said
    assert "" in said


def test_the_card_stays_where_it_is_from_question_to_question(hand: Hand) -> None:
    hand.window.resize(1366, 768)
    hand.do("pass.predict")
    rows = (f"z{i} = w*x{i} + b; p{i} = sigmoid(z{i}); q{i} = (p{i} - t{i})**2" for i in range(4))
    hand.window.document.replace(parse(f"{'; '.join(rows)}; L = q0 + q1 + q2 + q3"))
    QApplication.processEvents()
    hand.do("pass.predict")
    places = set()
    for _ in range(40):
        box = card(hand).geometry()
        places.add((box.left(), box.right(), box.bottom()))
        chip_or_card = asked_rects(hand)[0]
        assert hand.window.stage.rect().contains(chip_or_card.center())
        assert hand.canvas.zoom >= TEXT_SCALE
        hand.do("pass.show_answer")
    assert len(places) == 1


@pytest.mark.parametrize("answered", [0, 2, 4, 12, 14])
def test_deleting_everything_and_taking_it_back_gives_no_answer_away(hand: Hand, answered: int) -> None:
    answer_up_to(hand, answered)
    asked, shown, cursor = card(hand).prompt.plain, hand.shown(), hand.window.player.cursor
    hand.do("edit.select_all")
    hand.key(Qt.Key.Key_Delete)
    assert len(hand.graph) == 0
    assert hand.window.player.guarded
    assert "Nothing is left to ask about" in card(hand).text()
    assert card(hand).field.isHidden()
    hand.do("edit.undo")
    assert hand.window.player.guarded
    assert card(hand).prompt.plain == asked
    assert (hand.shown(), hand.window.player.cursor) == (shown, cursor)
    card(hand).field.setFocus()
    answer(hand, ANSWERS[answered])
    assert hand.window.features.prediction.quiz.score.total.at_first_try == answered + 1


def test_deleting_one_node_and_taking_it_back_gives_no_answer_away(hand: Hand) -> None:
    answer_up_to(hand, 2)
    shown, cursor = hand.shown(), hand.window.player.cursor
    for name in "abcfedL":
        hand.choose(name)
        hand.key(Qt.Key.Key_Delete)
        assert name not in {node.name for node in hand.graph.nodes()}
        assert hand.window.player.guarded, name
        hand.do("edit.undo")
        assert (hand.shown(), hand.window.player.cursor) == (shown, cursor), name
        assert "What is the value of L = d × f?" in card(hand).text(), name


def test_leaving_without_a_graph_goes_back_to_the_place_once_it_is_there_again(hand: Hand) -> None:
    hand.do("pass.predict")
    hand.window.player.seek(5)
    hand.do("pass.predict")
    answer(hand, "5")
    hand.do("edit.select_all")
    hand.key(Qt.Key.Key_Delete)
    QTest.mouseClick(card(hand).close_button, LEFT)
    assert card(hand).isHidden()
    hand.do("edit.undo")
    assert hand.window.player.cursor == 5
    assert not hand.window.player.guarded


def test_a_new_note_and_its_field_are_not_beneath_the_question(hand: Hand) -> None:
    answer_up_to(hand, 2)
    hand.do("graph.note")
    QApplication.processEvents()
    field = hand.window.canvas.field
    corner = field.mapTo(hand.window, QPoint(0, 0))
    asked = card(hand)
    assert not QRect(corner, field.size()).intersects(
        QRect(asked.mapTo(hand.window, QPoint(0, 0)), asked.size())
    )


def test_the_question_makes_way_for_the_zoom_where_a_panel_comes(hand: Hand) -> None:
    hand.window.resize(1056, 744)
    QApplication.processEvents()
    for panel in ("view.inspector", "view.palette"):
        hand.do(panel)
        QApplication.processEvents()
        zoom = hand.window.stage.zoom
        assert zoom.isVisible()
        assert not card(hand).geometry().intersects(zoom.geometry())


def test_what_was_said_of_an_answer_is_gone_when_one_comes_back(hand: Hand) -> None:
    answer_up_to(hand, 2)
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert "e = a × b" in card(hand).text()
    assert "Right" not in card(hand).text()


def test_the_whole_graph_is_seen_again_after_predicting_in_a_window_that_changed_its_size(hand: Hand) -> None:
    size = hand.window.size()
    hand.do("view.training")
    QApplication.processEvents()
    hand.window.resize(size.width() - 300, size.height() - 60)
    QApplication.processEvents()
    hand.window.features.prediction.leave()
    QApplication.processEvents()
    assert hand.canvas.is_fitted
    assert hand.canvas.seen().contains(hand.scene.drawn_rect())
