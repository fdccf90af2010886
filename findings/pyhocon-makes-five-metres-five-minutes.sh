#!/usr/bin/env bash
# pyhocon reads a length of 5 m as five minutes, and the number 1 000 as the text "1 0".
#
# Guess before running: 1e-3 and .5 are numbers, and what has a unit or a space in it is text as it stands.
# Seen: 1e-3, .5 and +0.5 are numbers. "5 m" is a timedelta of 300 seconds, "10 d" of ten days, "2 w" of two weeks, "3 ms" of 3,000 microseconds; "5
#   min", "1e3 s" and "5." are text. "1 000" loses two of its digits: "1 0". 010 is the number 10.
# Who meets it: who keeps the settings of a measurement or a training in HOCON: a length in metres is a time, and a number grouped by spaces is another
#   number. Put texts in quotes and write numbers without spaces.
# Versions: pyhocon==0.3.61, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyhocon==0.3.61
cat > "$place/probe.py" <<'PROBE'
from pyhocon import ConfigFactory

for text in ["1e-3", ".5", "+0.5", "5.", "010", "5 m", "10 d", "2 w", "3 ms", "5 min", "1e3 s", "1 000", "10 000", "1 500"]:
    print(f"v = {text:8} is", repr(ConfigFactory.parse_string(f"v = {text}")["v"]))
PROBE
cat > "$place/expected" <<'EXPECTED'
v = 1e-3     is 0.001
v = .5       is 0.5
v = +0.5     is 0.5
v = 5.       is '5.'
v = 010      is 10
v = 5 m      is datetime.timedelta(seconds=300)
v = 10 d     is datetime.timedelta(days=10)
v = 2 w      is datetime.timedelta(days=14)
v = 3 ms     is datetime.timedelta(microseconds=3000)
v = 5 min    is '5 min'
v = 1e3 s    is '1e3 s'
v = 1 000    is '1 0'
v = 10 000   is '10 0'
v = 1 500    is '1 500'
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
