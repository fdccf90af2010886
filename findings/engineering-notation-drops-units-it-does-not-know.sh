#!/usr/bin/env bash
# EngNumber reads "1.5 m" as 1.5, "4K" as 4, "5meg" as 0.005 and "1,5" as 1, each without a word.
#
# Guess before running: 1.5m is 0.0015 and 5k is 5,000 with or without a space, and what is no number is refused.
# Seen: without a space the small letters and M are read. With a space, with the micro sign that most keyboards type (µ), with K or with "meg" the
#   number is a thousand or a million times too large or too small; "1,5" loses what stands after the comma. No error is raised. prefixed refuses K, meg
#   and the comma, and reads "1.5 m" and µ as they are meant.
# Who meets it: who reads measured values with prefixes into a graph. Compare with what the text says, or use a parser that refuses.
# Versions: engineering-notation==0.13.3, prefixed==0.9.0, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check engineering-notation==0.13.3 prefixed==0.9.0
cat > "$place/probe.py" <<'PROBE'
from engineering_notation import EngNumber
from prefixed import Float


def read(reader, text):
    try:
        return f"{float(reader(text)):.6g}"
    except ValueError:
        return "refused"


for text in ["1.5m", "1.5 m", "5k", "5 k", "4K", "3M", "5meg", "2.2u", "2.2\u00b5", "2.2\u03bc", "1,5", "1e-3", "7 apples"]:
    print(f"{text!r}: EngNumber {read(EngNumber, text)}, prefixed {read(Float, text)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
'1.5m': EngNumber 0.0015, prefixed 0.0015
'1.5 m': EngNumber 1.5, prefixed 0.0015
'5k': EngNumber 5000, prefixed 5000
'5 k': EngNumber 5, prefixed 5000
'4K': EngNumber 4, prefixed refused
'3M': EngNumber 3e+06, prefixed 3e+06
'5meg': EngNumber 0.005, prefixed refused
'2.2u': EngNumber 2.2e-06, prefixed refused
'2.2µ': EngNumber 2.2, prefixed 2.2e-06
'2.2μ': EngNumber 2.2, prefixed 2.2e-06
'1,5': EngNumber 1, prefixed refused
'1e-3': EngNumber 0.001, prefixed 0.001
'7 apples': EngNumber 7, prefixed refused
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
