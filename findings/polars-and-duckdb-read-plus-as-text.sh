#!/usr/bin/env bash
# polars reads +5 as text though it reads +0.5 as a number; duckdb reads both as text.
#
# Guess before running: a column with +5 in it is a column of numbers, as numpy, pandas and pyarrow have
#   it.
# Seen: polars makes the whole column text for +5, but not for +0.5 or +5.0; duckdb makes it text for
#   each. Both read 1e+5.
# Who meets it: who reads a table in which changes or contributions carry their sign, as nodegraph's
#   pictures do: a column of numbers is one of names. Write CSV without plus signs, as nodegraph does,
#   and look at the types before training.
# Versions: polars==2.1.0, duckdb==2.0.1, pyarrow==26.0.1; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
cat > "$place/probe.py" <<'PROBE'
import os
import tempfile

import duckdb
import polars
from pyarrow import csv

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "table.csv")
for cell in ("5", "+5", "+5.0", "+0.5", "1e+5"):
    with open(path, "w") as file:
        file.write(f"x,y\n-1.5,1\n{cell},2\n")
    types = polars.read_csv(path)["x"].dtype, duckdb.read_csv(path).types[0], csv.read_csv(path)["x"].type
    print(cell, "polars", types[0], "duckdb", types[1], "pyarrow", types[2])
folder.cleanup()
PROBE
cat > "$place/expected" <<'EXPECTED'
5 polars Float64 duckdb DOUBLE pyarrow double
+5 polars String duckdb VARCHAR pyarrow double
+5.0 polars Float64 duckdb VARCHAR pyarrow double
+0.5 polars Float64 duckdb VARCHAR pyarrow double
1e+5 polars Float64 duckdb DOUBLE pyarrow double
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
