"""What a file says is shown as it is written, wherever it stands: nothing turns its line or hides in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from nodegraph.app.document import conflict, unsaved
from nodegraph.app.features.training.table_dialog import TableDialog
from nodegraph.app.platform import announcer
from nodegraph.app.widgets import text as widgets_text
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.quoting import quoted
from nodegraph.formats.tables.table_reading import Reading

TURNED = "x\u202egnp.exe\u2066"
HIDDEN = ("\u202e", "\u2066", "\x1b")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A file in whose name, title, group, note and operations text turns round."""
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {
            "format": "nodegraph",
            "version": 1,
            "title": TURNED,
            "groups": [{"id": "g", "title": TURNED, "nodes": ["a"]}],
            "notes": [{"id": "n", "text": f"one\n\n{TURNED}", "x": 0.0, "y": 300.0}],
        },
        "nodes": [
            {"id": "a", "op": "input", "value": 2.0, "x": 0.0, "y": 0.0},
            {"id": "b", "op": "\x1bconv" + TURNED, "x": 300.0, "y": 0.0},
        ],
        "edges": [{"source": "a", "target": "b", "key": 0}],
    }
    path = tmp_path / f"{TURNED}.nodegraph"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def texts_of(thing: QObject) -> Iterator[str]:
    """All that a widget or an action shows, says or tells, but for what one types in it."""
    if isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip(), thing.statusTip())
    if isinstance(thing, QWidget):
        yield from (thing.windowTitle(), thing.toolTip(), thing.statusTip())
        yield from (thing.accessibleName(), thing.accessibleDescription())
    if isinstance(thing, QLabel | QAbstractButton):
        yield thing.text()
    if isinstance(thing, QMenu):
        yield thing.title()
    if isinstance(thing, QLineEdit):
        yield thing.placeholderText()
    if isinstance(thing, QComboBox):
        yield from map(thing.itemText, range(thing.count()))
    if isinstance(thing, QAbstractItemView) and thing.model() is not None:
        yield from cells_of(thing.model(), QModelIndex())


def cells_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(index.data(role) or "") for role in ROLES)
        yield from cells_of(model, model.index(row, 0, parent))


def shown_by(root: QObject) -> list[str]:
    return [text for thing in (root, *root.findChildren(QObject)) for text in texts_of(thing) if text]


def assert_nothing_hides(texts: list[str]) -> None:
    assert [text for text in texts if any(sign in text for sign in HIDDEN)] == []


def open_pages(window: MainWindow) -> None:
    for name in ("view.outline", "view.derivation", "view.sensitivity", "view.cost", "view.training"):
        window.commands.actions[name].trigger()
        QApplication.processEvents()


SELECTIONS: dict[str, Callable[[MainWindow], None]] = {
    "nothing": lambda window: window.scene.clearSelection(),
    "the unknown operation": lambda window: window.scene.select(["b"]),
    "everything": lambda window: window.scene.select(["a", "b"]),
}


@pytest.mark.parametrize("selected", SELECTIONS)
def test_nothing_in_the_window_hides_what_the_file_says(
    window: MainWindow, foreign: Path, selected: str
) -> None:
    window.workspace.files.open_path(foreign)
    SELECTIONS[selected](window)
    open_pages(window)
    texts = shown_by(window)
    assert_nothing_hides(texts)
    assert any(quoted(TURNED) in text for text in texts), "it is shown at all"


def test_recent_files_and_the_welcome_page_show_names_as_they_are(window: MainWindow, foreign: Path) -> None:
    window.workspace.files.open_path(foreign)
    window.menus.submenus["file.open_recent"].aboutToShow.emit()
    window.commands.actions["file.welcome"].trigger()
    QApplication.processEvents()
    assert_nothing_hides(shown_by(window))


def test_a_message_a_box_and_what_is_read_aloud_show_a_name_as_it_is(
    window: MainWindow, foreign: Path
) -> None:
    window.workspace.files.open_path(foreign)
    window.stage.banner.say(f"Saved as {foreign.name}.", is_error=False)
    assert_nothing_hides(shown_by(window))
    announcer.announce(window.canvas, f"Saved as {foreign.name}.")
    assert_nothing_hides(announcer.spoken[-1:])
    assert_nothing_hides(list(unsaved.question_about(window.document)))
    for found in conflict.Found:
        assert_nothing_hides(shown_by(conflict.conflict_box(foreign, found, None, window)))
    dialog = TableDialog(foreign.name, "a,b\n1,2\n", Reading(), "", False, parent=window)
    assert_nothing_hides(shown_by(dialog))


def test_cards_edges_and_the_group_are_read_aloud_as_they_are(window: MainWindow, foreign: Path) -> None:
    window.workspace.files.open_path(foreign)
    canvas = QAccessible.queryAccessibleInterface(window.canvas)
    told = [canvas.child(place).text(QAccessible.Text.Name) for place in range(canvas.childCount())]
    assert len(told) == 3
    assert_nothing_hides(told)
    assert_nothing_hides([group.title for group in window.scene.surroundings.groups.values()])


def test_a_name_is_no_markup_and_no_mark_of_a_key(window: MainWindow, tmp_path: Path) -> None:
    assert widgets_text.tip("R&D") == "R&D"
    assert widgets_text.tip("<b>a</b>") == "<span>&lt;b&gt;a&lt;/b&gt;</span>"
    assert widgets_text.menu_text("R&D") == "R&&D"
