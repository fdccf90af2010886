"""The derivation panel: what it shows, how terms and edges light each other, and what goes out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nodegraph.app.features.derivation.panel import DerivationPanel
from nodegraph.app.widgets.formula_line import Term
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import THEMES
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.derivation_sheet import SUFFIXES

FORK = "p = x*2; q = x*3; y = p*q"


@pytest.fixture
def fork() -> Trace:
    return run(parse(FORK, x=5))


def shown(qtbot: QtBot, width: int = 860) -> DerivationPanel:
    panel = DerivationPanel(Typesetter())
    qtbot.addWidget(panel)
    panel.resize(width, 260)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def lines(panel: DerivationPanel) -> list[str]:
    return [line.line.unicode for line in panel.lines()]


def deriving(qtbot: QtBot, window: MainWindow) -> DerivationPanel:
    """The panel of a window, in front, with the seed example all through."""
    window.workspace.dock.show_page("derivation")
    window.player.to_end()
    panel = window.features.derivation.panel
    assert panel is not None
    return panel


# --- what is shown
def test_the_step_is_written_out(qtbot: QtBot, seed_trace: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(seed_trace.frame(10), [])
    assert panel.title.plain == "What reaches a through e"
    assert lines(panel) == ["∂e/∂a = b = 3", "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15"]
    assert [line.active for line in panel.lines()] == [("e", 0)] * 2


def test_a_selected_node_comes_before_the_step(qtbot: QtBot, seed_trace: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(seed_trace.last_frame, ["e"])
    assert panel.title.plain == "e · Multiply"
    panel.follow(seed_trace.last_frame, ["e", "d"])
    assert panel.title.plain == "What reaches b through e"


def test_formulas_are_typeset_once_they_are_ready(qtbot: QtBot, seed_trace: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(seed_trace.frame(10), [])
    heights = [line.height() for line in panel.lines()]
    qtbot.waitUntil(lambda: all(line._is_typeset for line in panel.lines()))
    assert all(line.height() > before for line, before in zip(panel.lines(), heights, strict=True))
    assert all(one.typeset is not None for line in panel.lines() for one in line._placed)


@pytest.mark.parametrize("width", [300, 560, 860, 1500])
def test_nothing_is_cut_off_at_any_width(qtbot: QtBot, fork: Trace, width: int) -> None:
    panel = shown(qtbot, width)
    panel.follow(fork.last_frame, ["x"])
    qtbot.waitUntil(lambda: all(line._is_typeset for line in panel.lines()))
    for line in panel.lines():
        for one in line._placed:
            assert line.rect().adjusted(0, 0, 1, 1).contains(one.box.toRect()), one.piece.unicode
        assert line.height() == line.heightForWidth(line.width())
    parts = [part.geometry() for part in panel.board.parts]
    assert all(not a.intersects(b) for place, a in enumerate(parts) for b in parts[:place])
    assert panel.board.height() >= max(part.bottom() for part in parts)


def test_a_line_that_continues_stands_below_the_first_equals_sign(qtbot: QtBot, fork: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(fork.last_frame, ["x"])
    qtbot.waitUntil(lambda: all(line._is_typeset for line in panel.lines()))
    gradient = panel.board.parts[1].lines
    lefts = [next(one.left for one in line._placed if one.piece.unicode == "=") for line in gradient]
    assert max(lefts) - min(lefts) < 0.5


@pytest.mark.parametrize("name", ["my_weight", "日本", "a" * 80, "α & β", "<b>x</b>"])
def test_any_name_can_be_shown(qtbot: QtBot, name: str) -> None:
    graph = parse("y = a*b", a=2, b=3)
    trace = run(graph)
    node = trace.nodes["a"]
    renamed = dict(trace.nodes) | {"a": type(node)(node.id, node.op, name, node.value)}
    panel = shown(qtbot)
    panel.follow(type(trace)(**{**trace.__dict__, "nodes": renamed}).last_frame, ["a"])
    assert name in lines(panel)[0]
    with qtbot.waitSignal(panel.typesetter.drawn, check_params_cb=lambda: not panel.typesetter.is_drawing):
        pass
    assert all(line._is_typeset != (name == "日本") for line in panel.lines() if name in line.line.unicode)
    panel.grab()


def test_it_can_be_shown_in_every_theme(qtbot: QtBot, fork: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(fork.last_frame, ["x"])
    qtbot.waitUntil(lambda: all(line._is_typeset for line in panel.lines()))
    pictures = []
    for theme in THEMES.values():
        panel.set_theme(theme)
        pictures.append(panel.lines()[-1].grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


# --- terms and edges
def test_pointing_at_a_term_tells_its_edge_and_frames_all_that_is_about_it(qtbot: QtBot, fork: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(fork.last_frame, ["x"])
    told: list[object] = []
    panel.pointed.connect(told.append)
    term = panel.terms()[0]
    QTest.mouseMove(term, term.rect().center())
    qtbot.waitUntil(lambda: told == [(("q", 0),)])
    assert all(line.lit == {("q", 0)} for line in panel.lines())
    QTest.mouseMove(panel.title, QPoint(2, 2))
    qtbot.waitUntil(lambda: told[-1] == ())


def test_terms_are_gone_through_by_keys_and_only_one_is_a_stop_of_tab(qtbot: QtBot, fork: Trace) -> None:
    panel = shown(qtbot)
    panel.activateWindow()
    panel.follow(fork.last_frame, ["x"])
    first, second = panel.terms()[:2]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    assert second.edges == (("p", 0),)
    assert panel.lines()[1].lit == {("p", 0)}
    stops = [term for term in panel.terms() if term.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [second]
    QTest.keyClick(second, Qt.Key.Key_Left)
    assert first.hasFocus()


def test_each_term_and_line_can_be_read_aloud(qtbot: QtBot, fork: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(fork.last_frame, ["x"])
    assert [line.accessibleName() for line in panel.lines()] == lines(panel)
    assert panel.terms()[0].accessibleName() == "∂y/∂q × ∂q/∂x"
    assert panel.terms()[0].accessibleDescription().startswith("x → q.")
    for button in (panel.copy_button, panel.export_button):
        assert button.accessibleName()


def test_a_term_lights_its_edge_on_the_canvas_and_the_edge_its_term(qtbot: QtBot, window: MainWindow) -> None:
    panel = deriving(qtbot, window)
    window.scene.select(["a"])
    panel.terms()[0].setFocus()
    qtbot.waitUntil(lambda: window.scene.showing.lit == {("e", 0)})
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: not window.scene.showing.lit)
    window.canvas.edge_hovered.emit(("e", 0))
    assert any(line.lit for line in panel.lines())
    window.canvas.edge_hovered.emit(None)
    assert not any(line.lit for line in panel.lines())


def test_the_canvas_tells_which_edge_the_pointer_is_on(qtbot: QtBot, window: MainWindow) -> None:
    deriving(qtbot, window)
    window.canvas.fit()
    told: list[object] = []
    window.canvas.edge_hovered.connect(told.append)
    curve = window.scene.edge_layer.curve(("e", 0))
    x, y = curve[len(curve) // 2]

    def is_told() -> bool:
        place = window.canvas.mapFromScene(float(x), float(y))
        QTest.mouseMove(window.canvas.viewport(), place + QPoint(0, 60))
        QTest.mouseMove(window.canvas.viewport(), place)
        return ("e", 0) in told

    qtbot.waitUntil(is_told)


def test_choosing_a_term_selects_its_edge_and_goes_to_its_step(qtbot: QtBot, window: MainWindow) -> None:
    panel = deriving(qtbot, window)
    window.scene.select(["a"])
    term = panel.terms()[0]
    QTest.mouseClick(term, Qt.MouseButton.LeftButton)
    assert window.scene.selected_edges() == [("e", 0)]
    assert window.player.cursor == 10
    assert panel.title.plain == "What reaches a through e"


def test_the_focus_stays_on_the_mathematics_while_one_steps(qtbot: QtBot, window: MainWindow) -> None:
    panel = deriving(qtbot, window)
    window.activateWindow()
    panel.terms()[0].setFocus()
    qtbot.waitUntil(panel.terms()[0].hasFocus)
    window.player.step_back()
    focused: QWidget | None = QGuiApplication.focusObject()  # type: ignore[assignment]
    assert isinstance(focused, Term)
    assert focused.edges == (("e", 0),)


# --- out
def test_what_is_shown_is_copied_as_latex_and_as_text(qtbot: QtBot, window: MainWindow) -> None:
    panel = deriving(qtbot, window)
    window.scene.select(["a"])
    panel.latex_wanted.emit()
    assert (
        r"\frac{\partial L}{\partial a} &= \frac{\partial L}{\partial e}"
        in QGuiApplication.clipboard().text()
    )
    panel.text_wanted.emit()
    assert "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("kind", SUFFIXES)
def test_the_whole_derivation_is_exported_as_its_name_asks(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / f"sheet{SUFFIXES[kind]}"
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *words: path)
    with qtbot.waitSignal(window.features.derivation.done):
        window.commands.actions["file.export_derivation"].trigger()
    assert "Product rule by one factor" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["sheet.pdf", "none/sheet.md"])
def test_a_sheet_that_cannot_be_written_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *words: tmp_path / name)
    with qtbot.waitSignal(window.features.derivation.failed) as told:
        window.features.derivation.export()
    assert name.rpartition("/")[2] in told.args[0]


def test_f6_comes_back_to_the_mathematics_after_its_terms_have_changed(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = deriving(qtbot, window)
    window.activateWindow()
    panel.terms()[0].setFocus()
    qtbot.waitUntil(panel.terms()[0].hasFocus)
    old = panel.terms()[0]
    window.canvas.setFocus()
    window.player.step_back()
    qtbot.waitUntil(lambda: not isValid(old))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    came_to = []
    for _ in window.parts.shown():
        window.parts.next()
        came_to.append(window.focusWidget())
    assert any(isinstance(widget, Term) for widget in came_to)


def test_no_scroll_bar_is_there_while_there_is_nothing_to_scroll_to(qtbot: QtBot, seed_trace: Trace) -> None:
    panel = shown(qtbot)
    panel.follow(seed_trace.frame(0), [])
    for text in ("", "It says more now.\nIn two lines."):
        panel.note.say(text)  # which leaves less room below it
        QApplication.processEvents()
        bars = panel.scroll.verticalScrollBar(), panel.scroll.horizontalScrollBar()
        assert not any(bar.isVisible() for bar in bars)
        assert panel.board.height() == panel.scroll.viewport().height()
