#!/usr/bin/env bash
# QKeySequence("Cmd+S"), "Control+S" and "Ctrl+Plus" are each a shortcut of one key that no key types, and not empty.
#
# Guess before running: a text that is no shortcut gives an empty sequence, as QColor("no colour") is invalid, so that isEmpty() finds it; Control, Option
#   and Cmd are known, as they are written on keyboards and in other programs' settings.
# Seen: the sequence has one key, Key_unknown, isEmpty() is False, toString() is "". It equals every other one that was not read: Cmd+S and Strg+Z are the
#   same shortcut. An action takes it, and no warning is given. Known are Ctrl, Shift, Alt, Meta and Num, in any case of letters; + is written Ctrl++.
# Who meets it: who lets shortcuts be set in a file: a misspelt one looks set, is dead, and a search for conflicts reports all misspelt ones as one. Ask
#   whether toString() is empty.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/keys.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

application = QGuiApplication([])
for text in ("Ctrl+S", "ctrl+s", "Control+S", "Cmd+S", "Option+S", "Strg+S", "Ctrl+Plus", "Ctrl++", "Ctrl-S", ""):
    sequence = QKeySequence(text)
    print(f"{text!r}: written {sequence.toString()!r}, keys {sequence.count()}, empty {sequence.isEmpty()}")
print("Cmd+S and Strg+Z equal:", QKeySequence("Cmd+S") == QKeySequence("Strg+Z"))
action = QAction("Save")
action.setShortcut("Cmd+S")
print("an action of Cmd+S has a shortcut:", not action.shortcut().isEmpty())
PROBE
cat > "$place/expected" <<'EXPECTED'
'Ctrl+S': written 'Ctrl+S', keys 1, empty False
'ctrl+s': written 'Ctrl+S', keys 1, empty False
'Control+S': written '', keys 1, empty False
'Cmd+S': written '', keys 1, empty False
'Option+S': written '', keys 1, empty False
'Strg+S': written '', keys 1, empty False
'Ctrl+Plus': written '', keys 1, empty False
'Ctrl++': written 'Ctrl++', keys 1, empty False
'Ctrl-S': written '', keys 1, empty False
'': written '', keys 0, empty True
Cmd+S and Strg+Z equal: True
an action of Cmd+S has a shortcut: True
EXPECTED
"$place/venv/bin/python" "$place/keys.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
