"""What has the focus, or is found beside it, has a name for those who listen."""

from PySide6.QtWidgets import QHeaderView, QLineEdit
from pytestqt.qtbot import QtBot

from nodegraph.app.features.data.generate_dialog import GenerateDialog
from nodegraph.app.features.lessons.task_rows import TaskRow
from nodegraph.app.features.lessons.tasks import Task, Tasks
from nodegraph.app.platform.announcer import announce, spoken
from nodegraph.app.widgets.formula_label import FormulaLabel
from nodegraph.app.widgets.text import Text
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.lessons.records import Wait


def test_the_field_within_a_box_of_numbers_is_called_as_the_box_is(qtbot: QtBot) -> None:
    dialog = GenerateDialog(LIGHT)
    qtbot.addWidget(dialog)
    for box in (dialog.rows, dialog.seed):
        assert box.accessibleName()
        assert box.lineEdit().accessibleName() == box.accessibleName()
    assert all(field.accessibleName() for field in dialog.findChildren(QLineEdit))


def test_the_headings_of_every_table_have_a_name(window: MainWindow) -> None:
    for panel in ("outline", "training", "data"):
        window.commands.action(f"view.{panel}").setChecked(True)
        window.commands.action(f"view.{panel}").trigger()
    window.commands.action("help.shortcuts").trigger()
    headings = window.findChildren(QHeaderView)
    assert len(headings) >= 4
    assert not [head.parent().objectName() for head in headings if not head.accessibleName()]


def test_powers_are_read_aloud_in_words(qtbot: QtBot) -> None:
    """A voice says x² as “x two” and 10⁻⁵ as “ten”."""
    label, prose = FormulaLabel(Typesetter()), Text()
    for widget in (label, prose):
        qtbot.addWidget(widget)
    label.show_lines([(r"L = (a - b)^{2}", "L = (a − b)²")])
    prose.say("σ(x) = 1/(1 + e⁻ˣ)")
    announce(prose, "The slope is 10⁻⁵.")
    assert label.accessibleName() == "L = (a − b) squared"
    assert prose.accessibleName() == "σ(x) = 1/(1 + e to the power of −x)"
    assert spoken[-1] == "The slope is 10 to the power of −5."


def test_a_task_is_read_aloud_with_powers_in_words(window: MainWindow) -> None:
    tasks = Tasks(window.workspace, lambda: False, window)
    row = TaskRow(tasks, Task(Wait(1, "play")), "Make x² as small as 10⁻⁵.", LIGHT)
    row.show_state()
    assert row.line.accessibleName() == "Make x squared as small as 10 to the power of −5."


def test_what_a_search_says_is_read_aloud_with_powers_in_words(window: MainWindow) -> None:
    popup = window.features.adding.popup
    popup._say("Enter adds Square, x².")
    assert popup.foot.accessibleName() == "Enter adds Square, x squared."
    assert popup.field.accessibleDescription() == "Enter adds Square, x squared."
