#!/usr/bin/env bash
# A QLineEdit shows pasted line ends as spaces, and gives them back as line ends.
#
# Guess before running: a field of one line makes spaces of line ends, and text() is what is seen.
# Seen: of "a", a line end and "b" it shows "a b" (displayText), while text() has the line end in it; a line end that ends the text stays, too. An editable
#   QComboBox does the same.
# Who meets it: who takes names, titles or formulas from such a field: a cell copied from a spreadsheet ends in a line end, and two names that look
#   alike are two. Compare and store text().split() joined, or refuse control characters.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

application = QApplication([])
combo = QComboBox(editable=True)
for words, field in (("QLineEdit", QLineEdit()), ("QComboBox", combo.lineEdit())):
    for text in ("a\nb", "w1\n", "a\r\nb", "a\tb"):
        field.clear()
        QGuiApplication.clipboard().setText(text)
        field.paste()
        print(words, "pasted", ascii(text), "shows", ascii(field.displayText()), "gives", ascii(field.text()))
PROBE
cat > "$place/expected" <<'EXPECTED'
QLineEdit pasted 'a\nb' shows 'a b' gives 'a\nb'
QLineEdit pasted 'w1\n' shows 'w1 ' gives 'w1\n'
QLineEdit pasted 'a\r\nb' shows 'a  b' gives 'a\r\nb'
QLineEdit pasted 'a\tb' shows 'a\tb' gives 'a\tb'
QComboBox pasted 'a\nb' shows 'a b' gives 'a\nb'
QComboBox pasted 'w1\n' shows 'w1 ' gives 'w1\n'
QComboBox pasted 'a\r\nb' shows 'a  b' gives 'a\r\nb'
QComboBox pasted 'a\tb' shows 'a\tb' gives 'a\tb'
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
