#!/usr/bin/env bash
# Half transparent red as the web and matplotlib write it, #ff000080, is opaque navy blue in QColor, in style sheets and in rich text.
#
# Guess before running: eight digits after # are red, green, blue and alpha, as in CSS and in what matplotlib's to_hex(keep_alpha=True) writes; a style
#   sheet that says it is like CSS reads them so.
# Seen: QColor takes the first two digits for alpha: #ff000080 is red 0, green 0, blue 128, opaque, in setStyleSheet and in the HTML of a QTextDocument as
#   well; #ff0000cc is a brighter blue. #f008, four digits, is no colour. QColor.name() leaves alpha out, and name(HexArgb) puts it first, so that Qt
#   agrees with itself. rgba(255, 0, 0, 0.5) is right in HTML.
# Who meets it: who takes a palette from a plot or a web page into a window: translucent red areas become solid blue ones that hide what lies beneath, and
#   red and blue may be the two signs of a gradient. Move the last two digits to the front.
# Versions: PySide6-Essentials==6.12.0, matplotlib==3.11.2; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0 matplotlib==3.11.2
cat > "$place/colours.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from matplotlib.colors import to_hex
from PySide6.QtGui import QColor, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])


def in_style_sheet(text):
    label = QLabel()
    label.setFixedSize(10, 10)
    label.setStyleSheet(f"border: 0; background: {text}")
    return label.grab().toImage().pixelColor(5, 5).getRgb()


def in_html(text):
    document = QTextDocument()
    document.setHtml(f'<span style="color: {text}">x</span>')
    return document.begin().begin().fragment().charFormat().foreground().color().getRgb()


print("matplotlib writes", to_hex((1, 0, 0, 0.5), keep_alpha=True))
for text in ("#ff000080", "#ff0000cc", "#80ff0000", "#f008"):
    colour = QColor(text)
    read = colour.getRgb() if colour.isValid() else "no colour"
    print(f"{text}: QColor {read}, HTML {in_html(text)}")
print("#ff000080 in a style sheet", in_style_sheet("#ff000080"))
print("rgba(255, 0, 0, 0.5) in HTML", in_html("rgba(255, 0, 0, 0.5)"))
red = QColor(255, 0, 0, 128)
print("name of half transparent red:", red.name(), red.name(QColor.NameFormat.HexArgb))
PROBE
cat > "$place/expected" <<'EXPECTED'
matplotlib writes #ff000080
#ff000080: QColor (0, 0, 128, 255), HTML (0, 0, 128, 255)
#ff0000cc: QColor (0, 0, 204, 255), HTML (0, 0, 204, 255)
#80ff0000: QColor (255, 0, 0, 128), HTML (255, 0, 0, 128)
#f008: QColor no colour, HTML (0, 0, 0, 255)
#ff000080 in a style sheet (0, 0, 128, 255)
rgba(255, 0, 0, 0.5) in HTML (255, 0, 0, 127)
name of half transparent red: #ff0000 #80ff0000
EXPECTED
"$place/venv/bin/python" "$place/colours.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
