#!/usr/bin/env bash
# QDoubleSpinBox shows NaN as its maximum, 99.99, a Qt table shows 1234567.5 as 1.23457e+06, and each finds or gives away another number than is seen.
#
# Guess before running: setValue(NaN) is refused, or leaves the field as it was; a table shows a float as its text() has it, and as QComboBox shows it.
# Seen: NaN is set to the maximum, and valueChanged tells so; infinity as well. The delegate of tables, lists and trees writes six digits: 1234567.5 is
#   seen as 1.23457e+06 and 0.1234567891 as 0.123457, where text() of the item, a combo box of the same model, the filter of QSortFilterProxyModel and what
#   is copied have them all. The editor of the cell opens with two decimals: 1234567.50 and 0.12.
# Who meets it: who shows losses and weights in Qt's own widgets: a diverged run stands at 99.99, numbers that differ look the same, and who opens a cell
#   of 0.001 and leaves it has made it 0. Set a delegate of your own.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/widgets.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QLocale, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QStyleOptionViewItem, QTableWidget, QTableWidgetItem

QLocale.setDefault(QLocale.c())
application = QApplication([])
box = QDoubleSpinBox()
box.valueChanged.connect(lambda value: print("  valueChanged", value))
for value in (1.5, float("nan"), 2.5, float("inf")):
    box.setValue(value)
    print(f"setValue({value}): shown {box.text()}")
table = QTableWidget(3, 1)
for row, value in enumerate((1234567.5, 0.1234567891, 0.001)):
    item = QTableWidgetItem()
    item.setData(Qt.ItemDataRole.DisplayRole, value)
    table.setItem(row, 0, item)
    index = table.model().index(row, 0)
    delegate = table.itemDelegate()
    editor = delegate.createEditor(table, QStyleOptionViewItem(), index)
    delegate.setEditorData(editor, index)
    opened = editor.text()
    delegate.setModelData(editor, table.model(), index)
    after = item.data(Qt.ItemDataRole.DisplayRole)
    print(f"{value}: shown {delegate.displayText(value, QLocale.c())}, edited as {opened}, afterwards {after}")
combo = QComboBox()
combo.setModel(table.model())
print("combo box:", combo.itemText(0), combo.itemText(1))
PROBE
cat > "$place/expected" <<'EXPECTED'
  valueChanged 1.5
setValue(1.5): shown 1.50
  valueChanged 99.99
setValue(nan): shown 99.99
  valueChanged 2.5
setValue(2.5): shown 2.50
  valueChanged 99.99
setValue(inf): shown 99.99
1234567.5: shown 1.23457e+06, edited as 1234567.50, afterwards 1234567.5
0.1234567891: shown 0.123457, edited as 0.12, afterwards 0.12
0.001: shown 0.001, edited as 0.00, afterwards 0.0
combo box: 1234567.5 0.12
EXPECTED
"$place/venv/bin/python" "$place/widgets.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
