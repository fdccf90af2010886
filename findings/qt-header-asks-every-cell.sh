#!/usr/bin/env bash
# The header of a Qt table asks for every cell once all is selected: 30,000 calls of flags() to paint a few rows.
#
# Guess before running: painting a view asks the model for what is seen, and a header that does not highlight its sections
#   (setHighlightSections(False)) does not look at the selection at all.
# Seen: for each of its sections a header asks whether the whole column is selected, and that asks flags() of the column row by
#   row. setHighlightSections(False) changes nothing of it. A selection model of the header's own, in which nothing is ever
#   selected, ends it; a click on a section selects the column as before.
# Who meets it: who shows 100,000 rows with a model in Python: Ctrl+A holds the window up for seconds.
# Versions: PySide6-Essentials==6.11.3; Python 3.11; the platform plugin offscreen. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/probe.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QApplication, QTableView

ROWS, COLUMNS = 10_000, 3


class Cells(QAbstractTableModel):
    asked = 0

    def rowCount(self, parent=QModelIndex()):
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent=QModelIndex()):
        return 0 if parent.isValid() else COLUMNS

    def data(self, index, role=0):
        return "1" if role == 0 else None

    def flags(self, index):
        self.asked += 1
        return super().flags(index)


def asked(*, highlights=True, apart=False):
    """How often flags() is called to paint a table of which all is selected."""
    model, view = Cells(), QTableView()
    view.setModel(model)
    view.resize(400, 200)
    head = view.horizontalHeader()
    head.setHighlightSections(highlights)
    if apart:
        head.setSelectionModel(QItemSelectionModel(model, head))
    view.show()
    view.selectAll()
    model.asked = 0
    view.grab()
    return "one for each row and column" if model.asked >= ROWS * COLUMNS else "a few"


app = QApplication([])
print("as it comes:", asked())
print("setHighlightSections(False):", asked(highlights=False))
print("a selection model of the header's own:", asked(apart=True))
PROBE
cat > "$place/expected" <<'EXPECTED'
as it comes: one for each row and column
setHighlightSections(False): one for each row and column
a selection model of the header's own: a few
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
