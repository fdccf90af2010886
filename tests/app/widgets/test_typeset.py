"""Typesetting: what is drawn can be seen, in its colour; what cannot be drawn is left to the text."""

from __future__ import annotations

import sys
from threading import Event

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nodegraph.app.widgets import typeset
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.core.operations.formula_writer import write_name

FRACTION = r"\frac{\partial L}{\partial a} = 5 \times 3"


def drawn(qtbot: QtBot, *formulas: str) -> Typesetter:
    made = Typesetter()
    made.ask(formulas)
    qtbot.waitUntil(lambda: all(made.is_ready(latex) for latex in formulas))
    return made


def inked(made: typeset.Typeset) -> list[QColor]:
    image = made.pixmap.toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [color for place in places if (color := image.pixelColor(*place)).alpha() > 200]


def test_a_formula_is_drawn_in_the_colour_that_was_asked_for(qtbot: QtBot) -> None:
    made = drawn(qtbot, FRACTION).get(FRACTION, 18, "#b0510a")
    assert made is not None
    ink = inked(made)
    assert len(ink) > 100
    wanted = QColor("#b0510a").getRgb()
    assert all(abs(a - b) <= 2 for color in ink for a, b in zip(color.getRgb()[:3], wanted[:3], strict=True))
    assert 0 < made.ascent < made.height


def test_a_finer_screen_gets_more_pixels_for_the_same_size(qtbot: QtBot) -> None:
    setter = drawn(qtbot, FRACTION)
    plain, fine = setter.get(FRACTION, 18, "#000000"), setter.get(FRACTION, 18, "#000000", 2.0)
    assert plain is not None
    assert fine is not None
    assert plain.width == fine.width
    assert fine.pixmap.width() >= 2 * plain.pixmap.width() - 2
    assert fine.pixmap.devicePixelRatio() == 2.0


def test_the_same_formula_is_painted_once(qtbot: QtBot) -> None:
    setter = drawn(qtbot, FRACTION)
    assert setter.get(FRACTION, 18, "#000000") is setter.get(FRACTION, 18, "#000000")
    assert setter.get(FRACTION, 20, "#000000") is not setter.get(FRACTION, 18, "#000000")


def test_a_formula_that_was_not_asked_for_is_not_there(qapp: object) -> None:
    assert Typesetter().get(FRACTION, 18, "#000000") is None


@pytest.mark.logs
@pytest.mark.parametrize("latex", [r"\frac{", "", r"\mathrm{}", "x" * 3000])
def test_what_cannot_be_typeset_is_left_to_the_text(qtbot: QtBot, latex: str) -> None:
    setter = drawn(qtbot, latex)
    assert setter.is_ready(latex)
    assert setter.get(latex, 18, "#000000") is None


@pytest.mark.parametrize("name", ["日本", "node 😀"])
def test_letters_the_typeface_has_not_are_left_to_the_text(qtbot: QtBot, name: str) -> None:
    latex = write_name(name, "latex")
    assert drawn(qtbot, latex).get(latex, 18, "#000000") is None


@pytest.mark.parametrize(
    "name",
    ["my_weight", "w_1_2", "α", "Ωβ3", "a^b~c", "a\\b", "50%", "{x}", "two words", "n" * 100, "7", "é"],
)
def test_any_ordinary_name_can_be_typeset(qtbot: QtBot, name: str) -> None:
    latex = rf"\frac{{\partial {write_name(name, 'latex')}}}{{\partial x^{{(1)}}}}"
    made = drawn(qtbot, latex).get(latex, 18, "#000000")
    assert made is not None
    assert inked(made)


@pytest.mark.logs
def test_without_ziamath_everything_is_left_to_the_text(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ziamath", None)
    assert drawn(qtbot, FRACTION).get(FRACTION, 18, "#000000") is None


@pytest.mark.logs
def test_a_failure_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    typeset._log_once.cache_clear()
    assert typeset.draw(r"\frac{") is typeset.draw(r"\frac{") is None
    assert len(caplog.records) == 1


def test_only_so_many_are_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "MOST_DRAWN", 3)
    monkeypatch.setattr(typeset, "MOST_PIXMAPS", 2)
    setter = drawn(qtbot, "a", "b", "c")
    for latex in "abc":
        setter.get(latex, 18, "#000000")
    assert len(setter._pixmaps) == 2
    setter.ask(["d"])
    qtbot.waitUntil(lambda: setter.is_ready("d"))
    assert not setter.is_ready("a")


def test_what_is_no_longer_to_be_seen_is_not_drawn(qtbot: QtBot) -> None:
    setter = Typesetter()
    many = [f"x_{{{place}}}" for place in range(200)]
    setter.ask(many)
    long = "x" * (typeset.LONG_LATEX + 1)
    setter.ask([long])
    setter.forget_waiting()
    setter.ask(["y"])
    qtbot.waitUntil(lambda: setter.is_ready("y"))
    assert not any(setter.is_ready(latex) for latex in many)


def test_a_minus_that_is_a_sign_stands_close_to_its_number(qtbot: QtBot) -> None:
    setter = drawn(qtbot, r"\left(-4\right)", r"\left(4\right)", "a - b", "ab")
    widths = [made.width for latex in (r"\left(-4\right)", r"\left(4\right)", "a - b", "ab")
              if (made := setter.get(latex, 20, "#000000"))]  # fmt: skip
    assert widths[0] - widths[1] < 0.8 * (widths[2] - widths[3])


def test_long_formulas_are_drawn_too(qtbot: QtBot) -> None:
    latex = " + ".join(f"x_{{{place}}}" for place in range(40))
    assert len(latex) > typeset.LONG_LATEX
    assert drawn(qtbot, latex).get(latex, 18, "#000000") is not None


def test_one_formula_is_drawn_at_a_time_and_the_window_waits_for_none(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, short = "x + " * 30 + "x", "y"
    begun, go = Event(), Event()
    at_work: list[str] = []
    together: list[str] = []

    def noted(latex: str) -> None:
        together.extend(at_work)
        at_work.append(latex)
        if latex == long:
            begun.set()
            go.wait(20)
        at_work.remove(latex)

    setter = drawn(qtbot, FRACTION)
    monkeypatch.setattr(typeset, "_drawn", noted)
    try:
        setter.ask([long, short])
        assert begun.wait(20)
        for _ in range(3):
            setter._go_on()
        assert not setter.is_ready(short)
    finally:
        go.set()
    qtbot.waitUntil(lambda: setter.is_ready(short) and setter.is_ready(long))
    assert together == []
