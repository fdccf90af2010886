#!/usr/bin/env bash
# In a PDF that Qt writes in the typeface Inter, signs beside digits cannot be copied or found, and every
#   blank is a tab.
#
# Guess before running: text that QPainter.drawText writes into a QPdfWriter is text in the file: what
#   pypdf or a reader's search finds is what was drawn, −4 × 5 = −20.
# Seen: −, × and the brackets beside a digit are private characters (U+E09E, …), since Inter draws them
#   by a contextual alternate and Qt notes that glyph's own code, not what was drawn; in Inter's files
#   that give it none they are control characters. Blanks are tabs, in other typefaces too. On the page
#   all looks right. With QFont.setFeature(QFont.Tag('calt'), 0) the signs are there.
# Who meets it: who searches, copies or has read aloud an exported derivation: 4 stands for −4. nodegraph
#   ships Inter, so an export to PDF of ours has to switch off calt and to read its text back, with a tab
#   for a blank.
# Versions: PySide6-Essentials==6.11.1, pypdf==7.1.1, inter-ui@4.1.1 unpacked by fonttools[woff]==4.68.0;
#   Python 3.11. Needs python3 with venv, npm and their registries. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1 pypdf==7.1.1 "fonttools[woff]==4.68.0"
npm install --prefix "$place" --silent --no-audit --no-fund inter-ui@4.1.1
cat > "$place/probe.py" <<'PROBE'
import io
import sys

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPainter, QPdfWriter

application = QGuiApplication([])
unpacked = io.BytesIO()
typeface = TTFont(sys.argv[1])
typeface.flavor = None
typeface.save(unpacked)
number = QFontDatabase.addApplicationFontFromData(unpacked.getvalue())
family = QFontDatabase.applicationFontFamilies(number)[0]


def copied(text, alternates):
    """The text of a page on which it was drawn, as pypdf finds it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter, font = QPainter(writer), QFont(family, 12)
    if not alternates:
        font.setFeature(QFont.Tag("calt"), 0)
    painter.setFont(font)
    painter.drawText(500, 500, text)
    painter.end()
    return PdfReader(io.BytesIO(bytes(buffer.data()))).pages[0].extract_text()


for text in ("−4 × 5 = −20", "x = 5", "(5)", "a = b"):
    print(repr(text), "is copied as", repr(copied(text, True)), "and without calt as", repr(copied(text, False)))
PROBE
cat > "$place/expected" <<'EXPECTED'
'−4 × 5 = −20' is copied as '\ue09e4\t\ue09f\t5\t=\t\ue09e20' and without calt as '−4\t×\t5\t=\t−20'
'x = 5' is copied as 'x\t=\t5' and without calt as 'x\t=\t5'
'(5)' is copied as '\ue0815\ue082' and without calt as '(5)'
'a = b' is copied as 'a\t=\tb' and without calt as 'a\t=\tb'
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" "$place/node_modules/inter-ui/web/Inter-Regular.woff2" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
