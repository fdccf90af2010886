#!/usr/bin/env bash
# duckdb cuts a table with semicolons and decimal commas at the commas, takes the numbers apart and drops
#   the names.
#
# Guess before running: the sniffer sees that x;y over 1,5;2,5 and 3,5;4,5 has two columns parted by
#   semicolons, as it is documented to find the delimiter; with text left for the numbers at worst.
# Seen: three columns, column0 with 1 and 3, column1 with the text '5;2' and '5;4', column2 with 5 and 5;
#   no error. Three columns become four. With delimiter=';' there are two columns of text, and with
#   decimal=',' as well, numbers.
# Who meets it: who reads a table of a German or French spreadsheet before giving it to a training: whole
#   numbers that stand in no cell. Give both options. nodegraph's own reader finds the semicolon, and
#   shows what it took for granted.
# Versions: duckdb==2.0.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cat > "$place/probe.py" <<'PROBE'
import os
import tempfile

import duckdb

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "table.csv")


def show(text, **options):
    with open(path, "w") as file:
        file.write(text)
    table = duckdb.read_csv(path, **options)
    print(options, dict(zip(table.columns, map(str, table.types))), table.fetchall())


two = "x;y\n1,5;2,5\n3,5;4,5\n"
show(two)
show("x;y;z\n1,5;2,5;0,1\n3,5;4,5;0,2\n")
show(two, delimiter=";")
show(two, delimiter=";", decimal=",")
folder.cleanup()
PROBE
cat > "$place/expected" <<'EXPECTED'
{} {'column0': 'BIGINT', 'column1': 'VARCHAR', 'column2': 'BIGINT'} [(1, '5;2', 5), (3, '5;4', 5)]
{} {'column0': 'BIGINT', 'column1': 'VARCHAR', 'column2': 'VARCHAR', 'column3': 'BIGINT'} [(1, '5;2', '5;0', 1), (3, '5;4', '5;0', 2)]
{'delimiter': ';'} {'x': 'VARCHAR', 'y': 'VARCHAR'} [('1,5', '2,5'), ('3,5', '4,5')]
{'delimiter': ';', 'decimal': ','} {'x': 'DOUBLE', 'y': 'DOUBLE'} [(1.5, 2.5), (3.5, 4.5)]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
