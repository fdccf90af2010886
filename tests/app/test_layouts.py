"""Items of layouts: PySide remembers those it has seen by their address. Where Qt deletes one unheard,
whatever lies at its address later is taken for it, and the program crashes.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidgetItem

from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.lessons import reader


def known_items() -> dict[int, QWidgetItem]:
    """What PySide holds for a widget's item in a layout, by address."""
    items = [known for known in shiboken6.getAllValidWrappers() if isinstance(known, QWidgetItem)]
    return {shiboken6.getCppPointer(item)[0]: item for item in items}


def living_items(window: MainWindow) -> set[int]:
    """The addresses of all items in the layouts of a window."""
    layouts = window.findChildren(QLayout)
    return {shiboken6.getCppPointer(x.itemAt(i))[0] for x in layouts for i in range(x.count())}


def settle() -> None:
    """Let be deleted what waits for it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def test_python_holds_no_item_of_a_layout_that_qt_has_deleted(window: MainWindow) -> None:
    others = set(known_items())
    window.show()
    for page in window.workspace.dock.page_ids:
        window.commands.actions[f"view.{page}"].setChecked(True)
        for width in (1500, 900, 1500):
            window.resize(width, 800)
            settle()
    for text in ("y = x*x", "z = a + b; y = log(z - z)", "y = relu(x*w + b)"):
        window.document.replace(parse(text))
        window.player.to_end()
        window.commands.actions["pass.predict"].setChecked(True)
        window.commands.actions["pass.predict"].setChecked(False)
        window.start_page.show()
        settle()
    window.features.lessons.open_path(reader.shelf()[0].path)
    for _ in range(4):
        window.features.lessons.lessons.next()
        settle()
    window.commands.run("view.text_larger")
    window.commands.run("view.text_normal")
    known = known_items()
    lost = set(known) - others - living_items(window)
    assert [known[address] for address in lost] == []
