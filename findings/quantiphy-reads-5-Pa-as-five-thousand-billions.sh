#!/usr/bin/env bash
# QuantiPhy takes the first letter of a unit for a power of ten: "5 Pa" is 5e15 a, "7 min" is 0.007 in, "2 mol" 0.002 ol.
#
# Guess before running: a unit that stands after a space is a unit; 5 Pa is 5 with the unit Pa, and 5 kPa is 5000 Pa.
# Seen: 5 Pa is 5·10¹⁵ a, 7 min is 0.007 in, 2 mol is 0.002 ol, 3 T is 3·10¹² with no unit, 5 m is 0.005 with no unit, 20 cd is 0.2 d; 5 kPa, 3 mm, 10 V
#   and 4 Hz come as written. ignore_sf=True reads all of these as units.
# Who meets it: who reads a column of measurements with their units, before it becomes a data set.
# Versions: quantiphy==2.23; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check quantiphy==2.23
cat > "$place/probe.py" <<'PROBE'
from quantiphy import Quantity

for text in ("5 Pa", "5 kPa", "7 min", "2 mol", "3 T", "5 m", "3 mm", "20 cd", "10 V", "4 Hz"):
    read, plain = Quantity(text), Quantity(text, ignore_sf=True)
    print(f"{text}: {float(read):g} {read.units!r}; ignore_sf: {float(plain):g} {plain.units!r}")
PROBE
cat > "$place/expected" <<'EXPECTED'
5 Pa: 5e+15 'a'; ignore_sf: 5 'Pa'
5 kPa: 5000 'Pa'; ignore_sf: 5 'kPa'
7 min: 0.007 'in'; ignore_sf: 7 'min'
2 mol: 0.002 'ol'; ignore_sf: 2 'mol'
3 T: 3e+12 ''; ignore_sf: 3 'T'
5 m: 0.005 ''; ignore_sf: 5 'm'
3 mm: 0.003 'm'; ignore_sf: 3 'mm'
20 cd: 0.2 'd'; ignore_sf: 20 'cd'
10 V: 10 'V'; ignore_sf: 10 'V'
4 Hz: 4 'Hz'; ignore_sf: 4 'Hz'
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
