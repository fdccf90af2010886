#!/usr/bin/env bash
# One NaN unsorts a Qt table: QSortFilterProxyModel leaves 1, 3, nan, nan, 2 where numbers ascend.
#
# Guess before running: NaN goes to one end, as empty cells do (None, at the bottom), and the other numbers ascend.
# Seen: empty cells go to the bottom; a NaN stays about where it was, and numbers on either side of it are sorted apart: the
#   least of a column need not be on top. Infinity is sorted as a number.
# Who meets it: who sorts rows of data with missing values, or of losses that have become NaN, in a QTableView: the best run is not
#   where the eye looks. Override lessThan, or give None for NaN.
# Versions: PySide6-Essentials==6.11.3; Python 3.11; the platform plugin offscreen. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/probe.py" <<'PROBE'
import math
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel


def ascending(numbers):
    model = QStandardItemModel()
    for number in numbers:
        item = QStandardItem()
        item.setData(number, Qt.ItemDataRole.DisplayRole)
        model.appendRow(item)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.sort(0, Qt.SortOrder.AscendingOrder)
    return [proxy.index(row, 0).data() for row in range(proxy.rowCount())]


for numbers in ([3.0, 1.0, 2.0], [3.0, None, 1.0, None, 2.0], [3.0, math.nan, 1.0, math.nan, 2.0], [2.0, math.inf, 1.0]):
    print(numbers, "ascending:", ascending(numbers))
PROBE
cat > "$place/expected" <<'EXPECTED'
[3.0, 1.0, 2.0] ascending: [1.0, 2.0, 3.0]
[3.0, None, 1.0, None, 2.0] ascending: [1.0, 2.0, 3.0, None, None]
[3.0, nan, 1.0, nan, 2.0] ascending: [1.0, 3.0, nan, nan, 2.0]
[2.0, inf, 1.0] ascending: [1.0, 2.0, inf]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
