"""README and guide keep their word: their Python gives what stands beside it, their document opens, and their
keys and menus are there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

import nodegraph as ng
from nodegraph.app.commands.menus import MENUS, Menu, places
from nodegraph.app.commands.registry import Commands
from nodegraph.app.features.guide import pages
from nodegraph.cli.arguments import read_arguments
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.formats import native
from nodegraph.lessons import reader

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TEXT = "\n\n".join([README, *map(pages.text_of, pages.NAMES)])
KEYS = sorted(set(re.findall(r"\b(?:Ctrl|Shift|Alt)\+(?:(?:Shift|Alt)\+)?(?:[+-]|\w+)|\bF\d+\b", TEXT)))
PATHS = sorted(set(re.findall(r"[*(](\w+) ▸ ([\w ]+)", TEXT.replace("\n", " "))))


def blocks(language: str) -> list[str]:
    """All blocks of code in that language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("block", blocks("python"))
def test_its_python_gives_what_it_says(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    told = []
    for line in block.splitlines():
        code, _, comment = line.partition("  # ")
        if not comment:
            exec(code, names)
            continue
        # What it gives stands before the colon that tells more, if any.
        wanted = eval(re.split(r": (?=the |after )", comment)[0])
        close = wanted if isinstance(wanted, str) else pytest.approx(wanted, rel=1e-12)
        assert eval(code, names) == close, code
        told.append(code)
    assert len(told) >= 3
    written = set(re.findall(r"seed\.\w+", block))
    assert {path.name for path in tmp_path.iterdir()} == written


@pytest.mark.parametrize("block", blocks("json"))
def test_its_document_opens(block: str) -> None:
    nodes = native.read(block.encode()).nodes()
    assert [(node.name, node.op) for node in nodes] == [("a", "input"), ("e", "multiply")]


@pytest.fixture
def commands(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The commands of a window."""
    from nodegraph.app import create_window

    monkeypatch.setenv("NODEGRAPH_SETTINGS", str(tmp_path / "settings.ini"))
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "state"))
    window = create_window()
    qtbot.addWidget(window)
    return window.commands


def test_its_keys_do_something(commands: Commands) -> None:
    known = [QKeySequence(key) for name in commands.ids for key in commands.command(name).keys]
    named = [key for key in KEYS if key != "Alt+A"]
    assert [key for key in named if QKeySequence(key.replace("Delete", "Del")) not in known] == []


def test_its_menu_paths_lead_somewhere(commands: Commands) -> None:
    known = {(place.menu.plain_title, commands.command(place.id).name) for place in places(commands.ids)}
    known |= {
        (menu.plain_title, e.plain_title) for menu in MENUS for e in menu.entries if isinstance(e, Menu)
    }
    assert len(PATHS) >= 7
    assert set(PATHS) <= known


def test_it_names_every_operation_and_counts_the_lessons() -> None:
    listed = pages.text_of("operations").partition("\n\n")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`(\w+)`", listed)) == sorted(OPERATIONS)
    assert len(reader.shelf()) == 7
    assert "seven guided lessons" in README
    assert "seven guided lessons" in pages.text_of("lessons")


SLOPES = re.findall(r"^\| `(.+?)` at (.+?) \| (\S+) \|", pages.text_of("operations"), re.MULTILINE)


@pytest.mark.parametrize(("formula", "place", "slope"), SLOPES)
def test_the_slopes_beside_those_of_other_libraries_are_ours_in_both_modes(
    formula: str, place: str, slope: str
) -> None:
    values = {name: float(value) for name, value in re.findall(r"(\w+) = ([\d.]+)", place)}
    graph = ng.parse(f"L = {formula}", **values)
    for ours in (ng.run(graph).gradients["x"], ng.run_forward_mode(graph, "x").gradients["L"]):
        assert f"{ours:.6g}".replace("inf", "∞").replace("nan", "NaN") == slope


def test_the_guide_tells_where_other_libraries_differ() -> None:
    assert len(SLOPES) == 12


def test_the_readme_fits_on_two_screens_and_leads_to_every_page_of_the_guide() -> None:
    assert len(README.splitlines()) <= 90
    linked = set(re.findall(r"\(resources/help/([\w-]+)\.md\)", README))
    assert linked | {"first-steps"} == set(pages.NAMES)


def test_the_guide_shows_code_commands_and_a_document() -> None:
    for page, beginning in (("command-line", "\n"), ("python", "python\n"), ("file-format", "json\n")):
        assert re.search(rf"```{beginning}.*?```", pages.text_of(page), re.DOTALL), page


@pytest.mark.parametrize("verb", ["new", "run", "explain", "check", "export", "layout", "data"])
def test_the_commands_of_the_guide_name_every_option(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments([verb, "--help"])
    options = set(re.findall(r"(?<![\w-])(--[a-z]+)", capsys.readouterr().out)) - {"--help"}
    told = pages.text_of("command-line").partition(f"nodegraph {verb} ")[2].partition("\nnodegraph ")[0]
    assert {option for option in options if option not in told} == set()
