#!/usr/bin/env bash
# In a settings file that a person edits, Qt reads rate=1,5 as the list 1, 5 and drops all behind a semicolon.
#
# Guess before running: the value of a key is the text to the end of the line, as in other readers of .ini files (Python's configparser).
# Seen: rate=1,5 comes as ['1', '5'], title=Chain rule, part 2 as a list of two texts, path=a;b as 'a', formula=a\nb with a line end in it; asked for as
#   type=str the lists are empty texts, without an error. In quotation marks the text is whole. What Qt itself writes is quoted and comes back.
# Who meets it: who changes a setting by hand, or lets a script write the file: a number becomes a list, and the program falls back to its default.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
import configparser
import sys

from PySide6.QtCore import QSettings

lines = ["rate=1,5", "title=Chain rule, part 2", "path=a;b", r"formula=a\nb", 'quoted="1,5; a"']
with open(sys.argv[1], "w") as file:
    file.write("\n".join(["[General]", *lines, ""]))
other = configparser.RawConfigParser()
other.read(sys.argv[1])
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
for line in lines:
    key = line.split("=")[0]
    print(f"{line}: {settings.value(key)!r}, with type=str {settings.value(key, type=str)!r}; configparser {other['General'][key]!r}")
PROBE
cat > "$place/expected" <<'EXPECTED'
rate=1,5: ['1', '5'], with type=str ''; configparser '1,5'
title=Chain rule, part 2: ['Chain rule', 'part 2'], with type=str ''; configparser 'Chain rule, part 2'
path=a;b: 'a', with type=str 'a'; configparser 'a;b'
formula=a\nb: 'a\nb', with type=str 'a\nb'; configparser 'a\\nb'
quoted="1,5; a": '1,5; a', with type=str '1,5; a'; configparser '"1,5; a"'
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/by-hand.ini" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
