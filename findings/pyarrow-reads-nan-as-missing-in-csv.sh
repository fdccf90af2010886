#!/usr/bin/env bash
# pyarrow reads NaN in a CSV file as missing, also where it wrote it itself; polars and DuckDB keep it a number.
#
# Guess before running: NaN in a column of numbers is the floating-point NaN, as inf is infinity, and an empty cell is missing.
# Seen: pyarrow.csv takes NaN, nan, -NaN, NA and an empty cell all for missing: count skips them, the mean ignores them. inf and Infinity are numbers.
#   Its own writer writes NaN as nan, which its reader then gives back as missing. polars and DuckDB keep NaN apart from missing, so that their means are
#   NaN.
# Who meets it: who keeps a log of a training as CSV and counts the steps in which the loss became NaN: read by pyarrow there are none, and the mean
#   loss looks well. Give ConvertOptions(null_values=[""]).
# Versions: pyarrow==26.0.1, polars==1.35.2, duckdb==1.4.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 polars==1.35.2 duckdb==1.4.2
cat > "$place/probe.py" <<'PROBE'
import os
import sys

import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.csv

os.chdir(sys.argv[1])
with open("losses.csv", "w") as file:
    file.write("step,loss\n1,0.5\n2,NaN\n3,inf\n4,\n5,0.25\n")


def told(name, column):
    print(f"{name}: {column.to_pylist()}, missing {column.null_count}, mean {pyarrow.compute.mean(column).as_py()}")


told("pyarrow", pyarrow.csv.read_csv("losses.csv")["loss"])
kept = pyarrow.csv.ConvertOptions(null_values=[""])
told("pyarrow with null_values", pyarrow.csv.read_csv("losses.csv", convert_options=kept)["loss"])
pyarrow.csv.write_csv(pyarrow.table({"loss": [0.5, float("nan"), None]}), "own.csv")
print("written by pyarrow:", open("own.csv").read().split())
told("read again by pyarrow", pyarrow.csv.read_csv("own.csv")["loss"])
loss = polars.read_csv("losses.csv")["loss"]
print(f"polars: {loss.to_list()}, missing {loss.null_count()}, mean {loss.mean()}")
print("DuckDB:", duckdb.sql("select list(loss), count(*) - count(loss), avg(loss) from 'losses.csv' where step <> 3").fetchone())
PROBE
cat > "$place/expected" <<'EXPECTED'
pyarrow: [0.5, None, inf, None, 0.25], missing 2, mean inf
pyarrow with null_values: [0.5, nan, inf, None, 0.25], missing 1, mean nan
written by pyarrow: ['"loss"', '0.5', 'nan']
read again by pyarrow: [0.5, None], missing 1, mean 0.5
polars: [0.5, nan, inf, None, 0.25], missing 1, mean nan
DuckDB: ([0.5, nan, None, 0.25], 1, nan)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
