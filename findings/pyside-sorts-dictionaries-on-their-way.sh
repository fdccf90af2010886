#!/usr/bin/env bash
# PySide sorts a dictionary with text keys when it goes through an item's data or a signal, because it becomes a QVariantMap on the way.
#
# Guess before running: what is put into an item's data or into Signal(dict) is what comes out: the same keys in the same order.
# Seen: {"w": 1, "b": 2, "a": 3} comes out as {"a": 3, "b": 2, "w": 1}, also inside lists and dictionaries; a dictionary with numbers for keys, or with
#   one such key, keeps its order; tuples and sets come back as they were.
# Who meets it: who keeps the ports of a node or the rows of a table in a dictionary of an item: minuend and subtrahend change places when their names
#   sort the other way, and a test whose names happen to be sorted sees nothing. Send a list of pairs, or an object of a class; nodegraph sends its own
#   classes.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QStandardItem

application = QGuiApplication([])
item = QStandardItem()
for given in ({"w": 1, "b": 2, "a": 3}, [{"w": 1, "b": 2}], {"x": {"w": 1, "b": 2}}, {2: "x", 1: "y"}, {"w": 1, 0: 2, "b": 3}, (2, 1)):
    item.setData(given, Qt.ItemDataRole.UserRole)
    print("item  ", given, "->", item.data(Qt.ItemDataRole.UserRole))


class Sender(QObject):
    sent = Signal(dict)


sender = Sender()
sender.sent.connect(lambda given: print("signal", given))
sender.sent.emit({"w": 1, "b": 2, "a": 3})
PROBE
cat > "$place/expected" <<'EXPECTED'
item   {'w': 1, 'b': 2, 'a': 3} -> {'a': 3, 'b': 2, 'w': 1}
item   [{'w': 1, 'b': 2}] -> [{'b': 2, 'w': 1}]
item   {'x': {'w': 1, 'b': 2}} -> {'x': {'b': 2, 'w': 1}}
item   {2: 'x', 1: 'y'} -> {2: 'x', 1: 'y'}
item   {'w': 1, 0: 2, 'b': 3} -> {'w': 1, 0: 2, 'b': 3}
item   (2, 1) -> (2, 1)
signal {'a': 3, 'b': 2, 'w': 1}
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
