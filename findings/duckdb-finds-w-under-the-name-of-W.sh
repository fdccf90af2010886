#!/usr/bin/env bash
# Of a table with the columns w and W DuckDB gives the column w for "W" in quotes, and calls the other one W_1.
#
# Guess before running: a name in double quotes is that name, as SQL and polars have it; where two columns differ in case alone, a file is refused, or both
#   can be asked for.
# Seen: the header w,W,w of a CSV file becomes w, W_1, w_2, and select "W" gives the numbers of w: names are the same whatever their case, in quotes too. A
#   Parquet file with w and W reads likewise. create table (w, W) is refused. polars keeps w and W and calls the third w_duplicated_0.
# Who meets it: who keeps weights w and matrices W, or b and B, in one table: the wrong column is read, without a word, and written back under another
#   name.
# Versions: duckdb==2.0.1, polars==2.1.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
cat > "$place/names.py" <<'PROBE'
import os
import tempfile

import duckdb
import polars

os.chdir(tempfile.mkdtemp())
with open("t.csv", "w") as file:
    file.write("w,W,w\n1,2,3\n")
polars.DataFrame({"w": [1], "W": [2]}).write_parquet("t.parquet")
for name in ("t.csv", "t.parquet"):
    print(f"{name}: DuckDB has {duckdb.sql(f'select * from {name!r}').columns}", end="")
    print(f', "W" is {duckdb.sql(f"select {chr(34)}W{chr(34)} from {name!r}").fetchall()[0][0]}')
for name, frame in (("t.csv", polars.read_csv("t.csv")), ("t.parquet", polars.read_parquet("t.parquet"))):
    print(f"{name}: polars has {frame.columns}, W is {frame.sql('select W from self').item()}")
try:
    duckdb.sql('create table t ("w" double, "W" double)')
except duckdb.Error as error:
    print("create table:", type(error).__name__)
PROBE
cat > "$place/expected" <<'EXPECTED'
t.csv: DuckDB has ['w', 'W_1', 'w_2'], "W" is 1
t.parquet: DuckDB has ['w', 'W_1'], "W" is 1
t.csv: polars has ['w', 'W', 'w_duplicated_0'], W is 2
t.parquet: polars has ['w', 'W'], W is 2
create table: CatalogException
EXPECTED
"$place/venv/bin/python" "$place/names.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
