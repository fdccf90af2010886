#!/usr/bin/env bash
# A table or tree of Qt shows 1234567.5 as 1.23457e+06 and 0.1 + 0.2 as 0.3, while the item's own text has all digits.
#
# Guess before running: what an item holds as a float is shown as text() says it.
# Seen: QTableWidgetItem.text() is 1234567.5 and 0.30000000000000004, but the view's delegate draws 1.23457e+06 and 0.3, as the locale's toString makes
#   six digits of a float; a whole number keeps all, with separators (12,345,678), which its text has not.
# Who meets it: who puts gradients into a table with setData(DisplayRole, float): two that differ in the seventh digit look alike. Give text, or a
#   delegate with displayText of one's own.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableWidgetItem

application = QApplication([])
drawn = QStyledItemDelegate()
english = QLocale("en_US")
for number in (1234567.5, 1234568.5, 0.1 + 0.2, 12345678, 1e-7, -0.0):
    item = QTableWidgetItem()
    item.setData(Qt.ItemDataRole.DisplayRole, number)
    print(f"{number!r}: text {item.text()}, drawn {drawn.displayText(number, english)}, by the locale {english.toString(number)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
1234567.5: text 1234567.5, drawn 1.23457e+06, by the locale 1.23457e+06
1234568.5: text 1234568.5, drawn 1.23457e+06, by the locale 1.23457e+06
0.30000000000000004: text 0.30000000000000004, drawn 0.3, by the locale 0.3
12345678: text 12345678, drawn 12,345,678, by the locale 12,345,678
1e-07: text 1e-07, drawn 1e-07, by the locale 1e-07
-0.0: text 0, drawn 0, by the locale 0
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
