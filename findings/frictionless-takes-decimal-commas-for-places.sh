#!/usr/bin/env bash
# frictionless takes a column of decimal commas for places on the earth, and loses what stands behind the comma where there is one column.
#
# Guess before running: a table with semicolons and 1,5 for one and a half has a column of text, or of numbers; a file with one column x of 1,5 and 2,5 is
#   text, or refused for having more cells than names.
# Seen: x;y with 1,5;2 below has x of kind geopoint, longitude 1 and latitude 5, and validate finds it valid; 200,5, no longitude, makes it text. In a file
#   of one column the comma parts cells: x is 1 and 2, whole numbers, extract gives them without the rest, and only validate reports an extra cell.
# Who meets it: who describes tables of measurements from a German or French spreadsheet with it: small numbers become pairs without a warning, and the
#   kind of a column depends on how large they are. Say the dialect and decimalChar in the schema.
# Versions: frictionless==5.21.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cat > "$place/places.py" <<'PROBE'
import os
import tempfile

import frictionless

os.chdir(tempfile.mkdtemp())
for name, text in (
    ("semicolons", "x;y\n1,5;2\n2,5;3\n"),
    ("larger", "x;y\n1,5;2\n200,5;3\n"),
    ("single", "x\n1,5\n2,5\n"),
    ("points", "x;y\n1.5;2\n2.5;3\n"),
):
    with open(f"{name}.csv", "w") as file:
        file.write(text)
    resource = frictionless.Resource(f"{name}.csv")
    resource.infer()
    rows = frictionless.Resource(f"{name}.csv").read_rows()
    report = frictionless.validate(f"{name}.csv")
    kinds = {field.name: field.type for field in resource.schema.fields}
    print(f"{name}: {kinds}, rows {[[str(value) for value in row.values()] for row in rows]}, valid {report.valid}, errors {[error for _, error in report.flatten(['rowNumber', 'type'])]}")
PROBE
cat > "$place/expected" <<'EXPECTED'
semicolons: {'x': 'geopoint', 'y': 'integer'}, rows [['[1.0, 5.0]', '2'], ['[2.0, 5.0]', '3']], valid True, errors []
larger: {'x': 'string', 'y': 'integer'}, rows [['1,5', '2'], ['200,5', '3']], valid True, errors []
single: {'x': 'integer'}, rows [['1'], ['2']], valid False, errors ['extra-cell', 'extra-cell']
points: {'x': 'number', 'y': 'integer'}, rows [['1.5', '2'], ['2.5', '3']], valid True, errors []
EXPECTED
"$place/venv/bin/python" "$place/places.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
