#!/usr/bin/env bash
# QDoubleSpinBox takes 0,5 for 5 in an English locale, and 0.5 for 5 in a German one.
#
# Guess before running: the mark that is not the decimal mark of the locale cannot be typed, or is put right, or refused as QLocale.toDouble and
#   QDoubleValidator refuse 0,5: those can be nobody's thousands.
# Seen: the box drops the mark as one that parts thousands, wherever it stands: 0,5 is 5, 1,5 is 15, 0,001 is 1 as soon as Return is pressed. In German 0.5 is
#   5; in French and Swiss German the wrong mark is not taken while the digits are, which comes to the same.
# Who meets it: whoever types a number by the habit of another country, or of code, into a box for a rate, a width or a threshold: ten or a thousand times
#   as much. Put the mark right in validate().
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/sp.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox

application = QApplication([])
for name in ("en_US", "de_DE", "fr_FR", "de_CH"):
    locale = QLocale(name)
    validator = QDoubleValidator()
    validator.setLocale(locale)
    print(f"{name}, decimal mark {locale.decimalPoint()}")
    for text in ("0,5", "0.5", "1,5", "1.5", "0,001", "0.001"):
        box = QDoubleSpinBox(decimals=6, maximum=1e6)
        box.setLocale(locale)
        box.show()
        box.selectAll()
        QTest.keyClicks(box.lineEdit(), text)
        QTest.keyClick(box, Qt.Key.Key_Return)
        number, known = locale.toDouble(text)
        accepted = validator.validate(text, 0)[0] == QDoubleValidator.State.Acceptable
        print(f"  {text}: the box has {box.value():g}, QLocale {f'{number:g}' if known else 'no number'}, the validator {'accepts' if accepted else 'does not accept'} it")
PROBE
cat > "$place/expected" <<'EXPECTED'
en_US, decimal mark .
  0,5: the box has 5, QLocale no number, the validator does not accept it
  0.5: the box has 0.5, QLocale 0.5, the validator accepts it
  1,5: the box has 15, QLocale no number, the validator does not accept it
  1.5: the box has 1.5, QLocale 1.5, the validator accepts it
  0,001: the box has 1, QLocale 1, the validator accepts it
  0.001: the box has 0.001, QLocale 0.001, the validator accepts it
de_DE, decimal mark ,
  0,5: the box has 0.5, QLocale 0.5, the validator accepts it
  0.5: the box has 5, QLocale no number, the validator does not accept it
  1,5: the box has 1.5, QLocale 1.5, the validator accepts it
  1.5: the box has 15, QLocale no number, the validator does not accept it
  0,001: the box has 0.001, QLocale 0.001, the validator accepts it
  0.001: the box has 1, QLocale 1, the validator accepts it
fr_FR, decimal mark ,
  0,5: the box has 0.5, QLocale 0.5, the validator accepts it
  0.5: the box has 5, QLocale no number, the validator does not accept it
  1,5: the box has 1.5, QLocale 1.5, the validator accepts it
  1.5: the box has 15, QLocale no number, the validator does not accept it
  0,001: the box has 0.001, QLocale 0.001, the validator accepts it
  0.001: the box has 1, QLocale no number, the validator does not accept it
de_CH, decimal mark .
  0,5: the box has 5, QLocale no number, the validator does not accept it
  0.5: the box has 0.5, QLocale 0.5, the validator accepts it
  1,5: the box has 15, QLocale no number, the validator does not accept it
  1.5: the box has 1.5, QLocale 1.5, the validator accepts it
  0,001: the box has 1, QLocale no number, the validator does not accept it
  0.001: the box has 0.001, QLocale 0.001, the validator accepts it
EXPECTED
"$place/venv/bin/python" "$place/sp.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
