"""Presentation mode: what is hidden and comes back, the keys of a clicker, the line for the last row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.features.presentation.caption import Caption
from nodegraph.app.features.presentation.formula_rows import as_text, extent, largest, lines_of, rows_of
from nodegraph.app.platform import settings
from nodegraph.app.playback.player import Player
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.typeset import as_html, typeset

K = Qt.Key


@pytest.fixture
def presented(window: MainWindow) -> MainWindow:
    """The window while it presents the seed example."""
    QTest.keyClick(window.canvas, K.Key_F5)
    assert window.features.presentation.is_on
    return window


def shown_parts(window: MainWindow) -> list[bool]:
    """Which parts of the window are to be seen."""
    features, stage = window.features, window.stage
    parts = (window.menuBar(), window.top_bar, features.adding.palette, features.inspector.panel,
             features.passes.transport, window.workspace.dock.panel, stage.hint_line, stage.zoom)  # fmt: skip
    return [part.isVisible() for part in parts]


def test_f5_leaves_nothing_but_the_graph_and_the_step(presented: MainWindow) -> None:
    assert presented.isFullScreen()
    assert not any(shown_parts(presented))
    assert presented.features.presentation.caption.isVisible()
    assert presented.canvas.hasFocus()
    assert presented.commands.actions["view.presentation"].isChecked()


@pytest.mark.parametrize("leave", [K.Key_Escape, K.Key_F5])
def test_leaving_brings_everything_back_as_it_was(window: MainWindow, qtbot: QtBot, leave: Qt.Key) -> None:
    window.commands.actions["view.palette"].setChecked(False)
    window.workspace.dock.show_page("outline")
    window.canvas.look_at(window.canvas.center() + QPoint(30, 40), 0.8)
    window.player.seek(4)
    QApplication.processEvents()  # what was shown and hidden gets its size
    before = (shown_parts(window), window.size(), window.canvas.zoom, window.arrangement.column.sizes(),
              window.arrangement.splitter.sizes())  # fmt: skip
    center = window.canvas.center()
    QTest.keyClick(window.canvas, K.Key_F5)
    window.player.step()
    QTest.keyClick(window.canvas, leave)
    assert not window.features.presentation.is_on
    qtbot.waitUntil(lambda: window.size() == before[1])
    assert before == (shown_parts(window), window.size(), window.canvas.zoom,
                      window.arrangement.column.sizes(), window.arrangement.splitter.sizes())  # fmt: skip
    assert (window.canvas.center() - center).manhattanLength() < 3
    assert window.workspace.dock.current_page == "outline"
    assert window.commands.actions["view.outline"].isChecked()
    assert window.player.cursor == 5
    assert not window.features.presentation.caption.isVisible()


def test_a_maximised_window_is_maximised_again(window: MainWindow) -> None:
    window.showMaximized()
    QTest.keyClick(window.canvas, K.Key_F5)
    QTest.keyClick(window.canvas, K.Key_Escape)
    assert window.isMaximized()
    assert not window.isFullScreen()


def test_clicker_keys_step(presented: MainWindow) -> None:
    canvas, player = presented.canvas, presented.player
    for place, key in enumerate((K.Key_PageDown, K.Key_Right, K.Key_Space, K.Key_Period), start=1):
        QTest.keyClick(canvas, key)
        assert player.cursor == place
    for place, key in zip((3, 2, 1), (K.Key_PageUp, K.Key_Left, K.Key_Comma), strict=True):
        QTest.keyClick(canvas, key)
        assert player.cursor == place
    QTest.keyClick(canvas, K.Key_End)
    assert player.cursor == player.end
    QTest.keyClick(canvas, K.Key_Home)
    assert player.cursor == 0
    assert not player.is_playing


def test_b_darkens_the_screen_until_the_next_key(presented: MainWindow) -> None:
    canvas, blank = presented.canvas, presented.features.presentation.blank
    QTest.keyClick(canvas, K.Key_B)
    assert blank.isVisible()
    assert blank.geometry() == presented.rect()
    QTest.keyClick(canvas, K.Key_PageDown)
    assert not blank.isVisible()
    assert presented.player.cursor == 0
    QTest.keyClick(canvas, K.Key_B)
    QTest.keyClick(canvas, K.Key_Escape)
    assert not blank.isVisible()
    assert presented.features.presentation.is_on


def test_arrows_still_choose_while_an_edge_is_drawn(presented: MainWindow) -> None:
    presented.scene.select(["a"])
    QTest.keyClick(presented.canvas, K.Key_C)
    assert presented.canvas.gesture is not None
    QTest.keyClick(presented.canvas, K.Key_Right)
    assert presented.player.cursor == 0
    QTest.keyClick(presented.canvas, K.Key_Escape)
    assert presented.canvas.gesture is None
    assert presented.features.presentation.is_on


def test_panels_cannot_be_opened_and_say_why(presented: MainWindow) -> None:
    QTest.keyClick(presented.canvas, K.Key_F9)
    assert not presented.features.adding.palette.isVisible()
    assert "Esc" in presented.commands.actions["view.palette"].toolTip()
    QTest.keyClick(presented.canvas, K.Key_Escape)
    assert presented.commands.actions["view.palette"].isEnabled()
    assert presented.features.adding.palette.isVisible()


def test_the_graph_fills_the_screen_also_when_that_changes(presented: MainWindow) -> None:
    presented.showNormal()
    presented.resize(700, 500)
    seen, drawn = presented.canvas.seen(), presented.scene.drawn_rect()
    assert seen.contains(drawn)
    assert max(drawn.width() / seen.width(), drawn.height() / seen.height()) > 0.85


def test_the_spotlight_is_on_while_one_presents_and_off_at_work(window: MainWindow) -> None:
    spotlight = window.canvas.spotlight
    assert not spotlight.is_on
    QTest.keyClick(window.canvas, K.Key_F5)
    assert spotlight.is_on
    assert window.commands.actions["view.spotlight"].isChecked()
    window.commands.actions["view.spotlight"].trigger()
    assert not spotlight.is_on
    QTest.keyClick(window.canvas, K.Key_Escape)
    window.commands.actions["view.spotlight"].trigger()
    assert spotlight.is_on
    assert window.settings.value(settings.SPOTLIGHT)
    assert not window.settings.value(settings.PRESENTED_SPOTLIGHT)


def test_the_pointer_is_hidden_after_a_while_and_comes_back_with_the_mouse(
    presented: MainWindow, qtbot: QtBot
) -> None:
    viewport = presented.canvas.viewport()
    presented.features.presentation._pointer.start(1)
    qtbot.waitUntil(lambda: viewport.cursor().shape() == Qt.CursorShape.BlankCursor)
    QTest.mouseMove(viewport, QPoint(40, 40))
    QTest.mouseMove(viewport, QPoint(60, 60))
    assert viewport.cursor().shape() != Qt.CursorShape.BlankCursor


def test_closing_while_presenting_remembers_the_window_as_it_was(window: MainWindow) -> None:
    QTest.keyClick(window.canvas, K.Key_F5)
    window.close()
    again = MainWindow()
    assert not again.isFullScreen()
    assert not again.menuBar().isHidden()
    again.close()


# --- the line
@pytest.fixture
def caption(qtbot: QtBot) -> Caption:
    """The line at the bottom, on a usual screen."""
    made = Caption()
    qtbot.addWidget(made)
    made.resize(1920, 200)
    made.set_screen(1080)
    return made


def test_the_line_says_the_step_and_writes_its_formula(caption: Caption, player: Player) -> None:
    caption.show_frame(player.trace.frame(10))
    assert caption.title == "Backward, step 10 of 11."
    assert caption.sentence.startswith("e sends 5 × 3 = 15 back to a")
    assert " ".join(piece.unicode for row in caption.rows for piece, _ in row.pieces).endswith("= 15")
    assert caption.accessibleName() == f"{caption.title} {caption.sentence}"


def test_a_formula_is_text_until_all_of_it_is_typeset_and_the_next_one_is_drawn_ahead(
    caption: Caption, player: Player, qtbot: QtBot
) -> None:
    caption.show_frame(player.trace.frame(9))
    caption.typesetter.get = lambda *_: pytest.fail("a piece alone was typeset")  # type: ignore[method-assign]
    caption.show()
    caption.grab()
    del caption.typesetter.get
    qtbot.waitUntil(lambda: not caption.typesetter.is_drawing)
    caption.typesetter.ask = lambda _: None  # type: ignore[method-assign]
    caption.show_frame(player.trace.frame(10))
    pieces = [piece for row in caption.rows for piece, _ in row.pieces]
    assert len(pieces) > 1
    assert all(caption.typesetter.can_draw(piece.latex) for piece in pieces)


def test_a_sentence_that_is_the_formula_is_not_said_twice(caption: Caption, player: Player) -> None:
    caption.show_frame(player.trace.frame(2))
    assert caption.sentence == ""
    assert caption.accessibleName() == "Forward, step 2 of 11. e = a × b = 2 × 3 = 6."


def test_the_formula_is_typeset_and_as_tall_as_a_last_row_needs(
    caption: Caption, player: Player, qtbot: QtBot
) -> None:
    caption.show_frame(player.trace.frame(2))
    caption.show()
    piece = caption.rows[0].pieces[-1][0]
    qtbot.waitUntil(lambda: caption.typesetter.is_ready(piece.latex))
    _, ascent, descent = caption._measure(piece, 1080 * 0.052)
    assert ascent + descent > 1080 / 35


@pytest.mark.parametrize("width", [600, 900])
def test_a_long_formula_is_made_to_fit(caption: Caption, player: Player, width: int, qtbot: QtBot) -> None:
    caption.show_frame(player.trace.frame(1))
    caption.setFixedWidth(width)
    caption.show()
    pieces = [piece for row in caption.rows for piece, _ in row.pieces]
    qtbot.waitUntil(lambda: all(caption.typesetter.is_ready(piece.latex) for piece in pieces))
    picture = caption.grab().toImage()
    ground = picture.pixelColor(1, picture.height() - 2)
    edge = [picture.pixelColor(width - 2, y) for y in range(10, picture.height() - 2)]
    assert all(colour == ground for colour in edge)


def test_a_long_formula_wraps_before_its_letters_shrink(caption: Caption, qtbot: QtBot) -> None:
    terms = " + ".join(f"a{i}*b{i}" for i in range(9))
    trace = run(parse(f"y = {terms}; L = y*y"))
    caption.resize(1024, caption.height())
    caption.show_frame(trace.frame(trace.forward_steps - 1))
    caption.show()
    qtbot.waitUntil(lambda: not caption._fit_soon.isActive())
    room = QRectF(caption.rect())
    size, rows = largest(caption.rows, room, caption._whole(caption.sentence), caption._measure)
    assert len(rows) > len(caption.rows)
    assert size >= 0.03 * 1080
    assert extent(rows, size, caption._measure).width() <= room.width()


def test_the_graph_rests_while_one_steps_to_formulas_of_any_length(window: MainWindow, qtbot: QtBot) -> None:
    long_sum = " + ".join(["width", "height"] * 4)
    window.document.replace(parse(f"L = {long_sum}", width=1.234567, height=-2.345678))
    QTest.keyClick(window.canvas, K.Key_F5)
    caption = window.features.presentation.caption
    qtbot.waitUntil(lambda: not caption._fit_soon.isActive())
    places = set()
    for _step in range(window.player.end):
        QTest.keyClick(window.canvas, K.Key_PageDown)
        qtbot.waitUntil(lambda: not caption.typesetter.is_drawing and not caption._fit_soon.isActive())
        caption.grab()
        QApplication.processEvents()
        places.add((caption.height(), window.canvas.zoom, window.canvas.mapFromScene(0, 0).toTuple()))
    assert len(places) == 1
    assert caption.height() > 0.23 * window.screen().geometry().height() + 1


def test_a_formula_that_is_still_text_has_its_names_as_on_the_cards() -> None:
    frame = run(parse("z = w1*x1", w1=2, x1=3)).frame(2)
    (row,) = rows_of(lines_of(frame))
    text = "".join(as_html(as_text(piece, typeset)) for piece, _gap in row.pieces)
    assert "w<sub>1</sub>" in text
    assert "x<sub>1</sub>" in text
