#!/usr/bin/env bash
# An editable QComboBox that offers W makes W of a w that is typed, and b of a B.
#
# Guess before running: what is typed into an editable combo box and ended by Return is what the box then says: completing offers more letters, and does not
#   change those that are there.
# Seen: the box's own completer does not mind case: w and Return give W, B and Return give b, and neither is added to the items. wi and Tab give wide where
#   Wide is offered, in a spelling that nobody chose. Once completer().setCaseSensitivity(CaseSensitive) is called, or the completer taken away, w stays w.
# Who meets it: who lets a variable, a column or a weight be chosen or typed: in formulas W and w are two things, and the wrong one is taken.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/cb.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

application = QApplication([])


def plain(box):
    pass


def without_completer(box):
    box.setCompleter(None)


def minding_case(box):
    box.completer().setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)


for way in (plain, without_completer, minding_case):
    for typed, key in (("w", "Return"), ("w", "Tab"), ("wi", "Tab"), ("B", "Return")):
        box = QComboBox(editable=True)
        box.addItems(["W", "b", "Wide"])
        way(box)
        box.show()
        QTest.qWaitForWindowActive(box, 2000)
        box.setFocus()
        box.lineEdit().selectAll()
        QTest.keyClicks(box.lineEdit(), typed)
        QTest.keyClick(box.lineEdit(), getattr(Qt.Key, f"Key_{key}"))
        print(f"{way.__name__}: {typed} and {key} give {box.currentText()!r}, {box.count()} items")
PROBE
cat > "$place/expected" <<'EXPECTED'
plain: w and Return give 'W', 3 items
plain: w and Tab give 'w', 3 items
plain: wi and Tab give 'wide', 3 items
plain: B and Return give 'b', 3 items
without_completer: w and Return give 'w', 4 items
without_completer: w and Tab give 'w', 3 items
without_completer: wi and Tab give 'wi', 3 items
without_completer: B and Return give 'B', 4 items
minding_case: w and Return give 'w', 4 items
minding_case: w and Tab give 'w', 3 items
minding_case: wi and Tab give 'wi', 3 items
minding_case: B and Return give 'B', 4 items
EXPECTED
"$place/venv/bin/python" "$place/cb.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
