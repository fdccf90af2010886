#!/usr/bin/env bash
# QCollator in numeric mode sorts 0.5 before 0.25 and -1 before -2, and in the C locale its numeric mode does nothing.
#
# Guess before running: setNumericMode(True) sorts names with numbers as people count: w2 before w10, -2 before -1, 0.25 before 0.5; in every locale
#   alike.
# Seen: only runs of digits are compared, so that 0.5 comes before 0.25 (5 before 25) and -1 before -2. In the locale C, which a program gets where no
#   language is set, numeric mode has no effect: w1, w10, w2. numericMode() says True there, too.
# Who meets it: who sorts a table of nodes, gradients or runs by its text with Qt's collator: names come right, decimal fractions and negative numbers
#   do not, and on a server or in a container even names do not. Sort numbers as numbers; nodegraph does, and does not use QCollator.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from functools import cmp_to_key

from PySide6.QtCore import QCollator, QLocale

for locale in (QLocale("en_US"), QLocale("de_DE"), QLocale.c()):
    collator = QCollator(locale)
    collator.setNumericMode(True)
    print(locale.name(), "numeric mode", collator.numericMode())
    for words in (["w10", "w2", "w1"], ["0.25", "0.5", "0.125"], ["-1", "-2", "0"]):
        print("  ", *sorted(words, key=cmp_to_key(collator.compare)))
PROBE
cat > "$place/expected" <<'EXPECTED'
en_US numeric mode True
   w1 w2 w10
   0.5 0.25 0.125
   -1 -2 0
de_DE numeric mode True
   w1 w2 w10
   0.5 0.25 0.125
   -1 -2 0
C numeric mode True
   w1 w10 w2
   0.125 0.25 0.5
   -1 -2 0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
