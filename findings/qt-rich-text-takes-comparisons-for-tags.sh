#!/usr/bin/env bash
# Qt's rich text takes "< b and c >" for a tag: "a < b and c > d" is "a d", and labels take it for rich text.
#
# Guess before running: a < with a blank behind it begins no tag, as HTML has it, so that "a < b and c > d" is shown whole by a QTextDocument; labels and tool
#   tips, which look whether a text is rich, take it for plain.
# Seen: what stands from < to the next > is gone, whatever it is: "loss < best and step > 10" is "loss 10", "a < b" is "a ". Qt.mightBeRichText says yes to
#   "a < b and c > d", as the word behind < is the name of a tag, so that a label, a tool tip or a message box shows "a d".
# Who meets it: who shows a condition, a formula with two comparisons, or a message that quotes one. Set the format to plain text, or write &lt;.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/rt.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, Qt, QTextDocument

application = QGuiApplication([])
for text in ("a < b and c > d", "loss < best and step > 10", "x < 3 and y > 4", "w < s > t", "a < b", "a &lt; b and c > d"):
    document = QTextDocument()
    document.setHtml(text)
    print(f"{text!r} is shown as {document.toPlainText()!r}; taken for rich: {Qt.mightBeRichText(text)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
'a < b and c > d' is shown as 'a d'; taken for rich: True
'loss < best and step > 10' is shown as 'loss 10'; taken for rich: False
'x < 3 and y > 4' is shown as 'x 4'; taken for rich: False
'w < s > t' is shown as 'w t'; taken for rich: True
'a < b' is shown as 'a '; taken for rich: False
'a &lt; b and c > d' is shown as 'a < b and c > d'; taken for rich: True
EXPECTED
"$place/venv/bin/python" "$place/rt.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
