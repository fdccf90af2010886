#!/usr/bin/env bash
# QDoubleValidator counts the digits that are typed, not what they mean: of two ways to write one number it takes one and refuses the other.
#
# Guess before running: a validator for numbers from 0 to 1 with two decimals judges numbers: 0.001 and 1e-3 alike, 1.000 like 1, and -0 like 0.
# Seen, in scientific notation: 1e-3 and 0.1e-2 are acceptable, 0.001 is not; 1e0 and 10e-1 are, 1.000 is not; -0 is refused outright, though it lies in
#   the range; 1e400, which is no double, may be typed on.
# Who meets it: who lets learning rates be typed into a field with such a validator: 1e-3 enters, 0.001 does not let its last digit be typed, without a
#   word why. Read the text with your own reader and say what is wrong; nodegraph does.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QLocale
from PySide6.QtGui import QDoubleValidator

validator = QDoubleValidator(0, 1, 2)
validator.setLocale(QLocale.c())
validator.setNotation(QDoubleValidator.Notation.ScientificNotation)
for text in ("0.001", "1e-3", "0.1e-2", "1.000", "1e0", "10e-1", "0", "-0", "1e400"):
    print(text, validator.validate(text, 0)[0].name)
PROBE
cat > "$place/expected" <<'EXPECTED'
0.001 Invalid
1e-3 Acceptable
0.1e-2 Acceptable
1.000 Invalid
1e0 Acceptable
10e-1 Acceptable
0 Acceptable
-0 Invalid
1e400 Intermediate
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
