#!/usr/bin/env bash
# QTextDocument.toMarkdown puts backslashes into code, more at each round.
#
# Guess before running: setMarkdown and toMarkdown are each other's inverse for code in backticks, in
#   which Markdown knows no escapes: `a*b` stays `a*b`.
# Seen: `a*b` becomes `a\*b`, then `a\\\*b`, then one with seven backslashes; `\frac` doubles its
#   backslash each time. A fenced block is left alone. ~x~ is read as struck out and written as ~~x~~.
# Who meets it: who lets people edit notes with formulas in a QTextEdit and saves toMarkdown: each
#   opening and saving spoils every formula a little more. nodegraph keeps a note's own text and only
#   shows it by setMarkdown; an editor of formatted notes must keep to that.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtGui import QGuiApplication, QTextDocument

application = QGuiApplication([])


def round_trip(markdown):
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toMarkdown().strip()


for text in ("`a*b`", r"`\frac{a}{b}`", "a\\*b", "```\na*b\n```", "~x~"):
    once = round_trip(text)
    twice = round_trip(once)
    print(*(repr(step) for step in (text, once, twice, round_trip(twice))))
PROBE
cat > "$place/expected" <<'EXPECTED'
'`a*b`' '`a\\*b`' '`a\\\\\\*b`' '`a\\\\\\\\\\\\\\*b`'
'`\\frac{a}{b}`' '`\\\\frac{a}{b}`' '`\\\\\\\\frac{a}{b}`' '`\\\\\\\\\\\\\\\\frac{a}{b}`'
'a\\*b' 'a\\*b' 'a\\*b' 'a\\*b'
'```\na*b\n```' '```\na*b\n```' '```\na*b\n```' '```\na*b\n```'
'~x~' '~~x~~' '~~x~~' '~~x~~'
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
