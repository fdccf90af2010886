#!/usr/bin/env bash
# QTextDocument.toMarkdown writes x² as x2, 10⁻³ as 10\-3 and w₁² as w12: it drops <sup> and <sub>, and makes italics of what is underlined.
#
# Guess before running: what Markdown has no sign for is written as HTML, which Markdown allows, or as ² and ₁.
# Seen: raised and lowered letters stand on the line, as in toPlainText: x<sup>2</sup> is x2, y<sub>1</sub><sup>2</sup> is y12. <u> becomes _a_, which is
#   italic when it is read again. Signs such as ² and ₁ stay. Saved as OpenDocument by QTextDocumentWriter the letters stay raised.
# Who meets it: who lets notes with formulas be written in a QTextEdit and saves or copies them as Markdown: a square becomes a factor of ten and more, and
#   no one is told. Write x² with the signs of Unicode, which stay, or keep HTML.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/probe.py" <<'PROBE'
import io
import zipfile

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QTextDocument, QTextDocumentWriter

app = QGuiApplication([])
for html in (
    "x<sup>2</sup> + 1",
    "10<sup>-3</sup>",
    "y<sub>1</sub><sup>2</sup>",
    "x² + w₁",
    "<u>a</u>",
):
    document = QTextDocument()
    document.setHtml(html)
    print(html, "becomes", document.toMarkdown().strip())
document = QTextDocument()
document.setHtml("x<sup>2</sup> w<sub>1</sub>")
kept = QBuffer()
kept.open(QIODevice.OpenModeFlag.WriteOnly)
QTextDocumentWriter(kept, b"odf").write(document)
content = zipfile.ZipFile(io.BytesIO(bytes(kept.data().data()))).read("content.xml").decode()
print("OpenDocument:", sorted(place for place in ("sub", "super") if f'text-position="{place}"' in content))
PROBE
cat > "$place/expected" <<'EXPECTED'
x<sup>2</sup> + 1 becomes x2 \+ 1
10<sup>-3</sup> becomes 10\-3
y<sub>1</sub><sup>2</sup> becomes y12
x² + w₁ becomes x² + w₁
<u>a</u> becomes _a_
OpenDocument: ['sub', 'super']
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
