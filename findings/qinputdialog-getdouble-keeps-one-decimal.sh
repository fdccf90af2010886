#!/usr/bin/env bash
# QInputDialog.getDouble offers 0.125 as 0.1 and a rate of 0.001 as 0.0, and returns that when OK is pressed.
#
# Guess before running: a value that is offered and accepted as it is comes back as it was.
# Seen: with the defaults 0.125 comes back as 0.1, 0.001 and 1e-5 as 0.0, -0.25 as -0.3; a number of two decimals cannot be typed. decimals=1 is the
#   default, and rounds the value that the program gave. With decimals=6 0.125 stays.
# Who meets it: who asks for a value or a learning rate with it: pressing OK without a change sets it to nought.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog

app = QApplication([])


def press_ok():
    for window in app.topLevelWidgets():
        if isinstance(window, QInputDialog) and window.isVisible():
            window.accept()


for value in (0.125, 0.001, 1e-5, -0.25, 3.0):
    QTimer.singleShot(100, press_ok)
    print("offered", value, "returned", QInputDialog.getDouble(None, "Value", "Value:", value))
QTimer.singleShot(100, press_ok)
print("with six decimals 0.125 returned", QInputDialog.getDouble(None, "Value", "Value:", 0.125, decimals=6))
PROBE
cat > "$place/expected" <<'EXPECTED'
offered 0.125 returned (0.1, True)
offered 0.001 returned (0.0, True)
offered 1e-05 returned (0.0, True)
offered -0.25 returned (-0.3, True)
offered 3.0 returned (3.0, True)
with six decimals 0.125 returned (0.125, True)
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
