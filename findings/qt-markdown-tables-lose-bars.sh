#!/usr/bin/env bash
# QTextDocument writes the bars of |x| into a Markdown table as they are, so that the value beside it is lost, and forgets which column stands to the right.
#
# Guess before running: toMarkdown escapes a bar in a cell, as it escapes a star, so that setMarkdown gives the table back; a column aligned to the right
#   stays so; <br> in a cell is a line break, as it is elsewhere.
# Seen: a cell |x| is written as it stands. Read again, the row of |x| and 3 holds x and nothing, that of P(y|x) and 3 holds P(y and x): the value is lost.
#   ---: is written as ---. What follows <br> within a cell is dropped on reading, with all cells to its right. A star is escaped.
# Who meets it: who keeps notes or a table of symbols as Markdown through QTextEdit: norms, absolute values and conditional probabilities such as P(y|x)
#   take the rest of their row with them at the first saving. Write ∣ or \vert, or keep HTML.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/tables.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QGuiApplication, QTextDocument, QTextTable

application = QGuiApplication([])


def cells(document):
    table = document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    places = [(row, column) for row in range(table.rows()) for column in range(table.columns())]
    aligned = table.cellAt(table.rows() - 1, table.columns() - 1).firstCursorPosition().blockFormat().alignment()
    texts = []
    for row, column in places:
        cursor = table.cellAt(row, column).firstCursorPosition()
        cursor.setPosition(table.cellAt(row, column).lastPosition(), cursor.MoveMode.KeepAnchor)
        texts.append(cursor.selectedText().replace("\u2028", "/").replace("\u2029", "/"))
    return texts, aligned.name


for text in (
    "|symbol|value|\n|---|---:|\n|\\|x\\||3|\n",
    "|symbol|value|\n|---|---:|\n|P(y\\|x)|3|\n",
    "|symbol|value|\n|---|---:|\n|a\\*b|3|\n",
    "|symbol|value|\n|---|---:|\n|first<br>second|3|\n",
):
    document = QTextDocument()
    document.setMarkdown(text)
    before = cells(document)
    written = document.toMarkdown()
    again = QTextDocument()
    again.setMarkdown(written)
    print(repr(text))
    print("  read", *before)
    print("  written", repr(written.strip()))
    print("  read again", *cells(again))
PROBE
cat > "$place/expected" <<'EXPECTED'
'|symbol|value|\n|---|---:|\n|\\|x\\||3|\n'
  read ['symbol', 'value', '|x|', '3'] AlignRight|AlignVCenter
  written '|symbol|value|\n|------|-----|\n||x|   |3    |'
  read again ['symbol', 'value', 'x', ''] AlignLeft|AlignVCenter
'|symbol|value|\n|---|---:|\n|P(y\\|x)|3|\n'
  read ['symbol', 'value', 'P(y|x)', '3'] AlignRight|AlignVCenter
  written '|symbol|value|\n|------|-----|\n|P(y|x)|3    |'
  read again ['symbol', 'value', 'P(y', 'x)'] AlignLeft|AlignVCenter
'|symbol|value|\n|---|---:|\n|a\\*b|3|\n'
  read ['symbol', 'value', 'a*b', '3'] AlignRight|AlignVCenter
  written '|symbol|value|\n|------|-----|\n|a\\*b  |3    |'
  read again ['symbol', 'value', 'a*b', '3'] AlignLeft|AlignVCenter
'|symbol|value|\n|---|---:|\n|first<br>second|3|\n'
  read ['symbol', 'value', 'first', ''] AlignRight|AlignVCenter
  written '|symbol|value|\n|------|-----|\n|first |     |'
  read again ['symbol', 'value', 'first', ''] AlignLeft|AlignVCenter
EXPECTED
"$place/venv/bin/python" "$place/tables.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
