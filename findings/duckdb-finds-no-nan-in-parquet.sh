#!/usr/bin/env bash
# DuckDB finds no NaN in a Parquet file, not even by isnan(x), and pyarrow none by "not at most 5".
#
# Guess before running: a condition finds the same rows in a Parquet file as in the table that was written. DuckDB takes NaN for larger than any number, so
#   that x > 5 finds it; for pyarrow it is not true that NaN is at most 5.
# Seen: the least and the largest number that a Parquet file tells of a column leave NaN out, and both believe them. DuckDB finds no row by x > 5,
#   not (x <= 5), x = 'nan' or isnan(x) in files of pyarrow and polars, where it finds one in the table; pyarrow none by ~(x <= 5), but one by is_nan. In a
#   file that DuckDB wrote, which tells no such numbers where there is a NaN, all are found. polars finds the row in each.
# Who meets it: who looks through logs of training for runs that diverged: there seem to be none. Read the column and ask then.
# Versions: duckdb==2.0.1, pyarrow==26.0.1, polars==2.1.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0 numpy==2.4.6
cat > "$place/pq.py" <<'PROBE'
import tempfile
from pathlib import Path

import duckdb
import polars
import pyarrow
import pyarrow.compute as pc
import pyarrow.dataset
import pyarrow.parquet

place = Path(tempfile.mkdtemp())
table = pyarrow.table({"x": [0.5, float("nan"), 2.0]})
files = {name: place / f"{name}.parquet" for name in ("pyarrow", "polars", "duckdb")}
pyarrow.parquet.write_table(table, files["pyarrow"])
polars.from_arrow(table).write_parquet(files["polars"])
duckdb.sql(f"copy (select * from table) to '{files['duckdb']}' (format parquet)".replace("table)", '"table")'))


def by_duckdb(condition, source):
    return duckdb.sql(f"select count(*) from {source} where {condition}").fetchall()[0][0]


def told(name, in_table, in_files):
    print(f"{name}: {in_table} in the table;", ", ".join(f"{found} in the file of {writer}" for writer, found in in_files.items()))


for condition in ("x > 5", "not (x <= 5)", "x = 'nan'::double", "isnan(x)"):
    told(f"duckdb {condition}", by_duckdb(condition, '"table"'), {name: by_duckdb(condition, f"'{path}'") for name, path in files.items()})
for name, condition in {"~(x <= 5)": ~(pc.field("x") <= 5), "is_nan(x)": pc.is_nan(pc.field("x"))}.items():
    found = {writer: pyarrow.dataset.dataset(path).to_table(filter=condition).num_rows for writer, path in files.items()}
    told(f"pyarrow {name}", table.filter(condition).num_rows, found)
for name, condition in {"x > 5": polars.col("x") > 5, "is_nan(x)": polars.col("x").is_nan()}.items():
    found = {writer: polars.scan_parquet(path).filter(condition).collect().height for writer, path in files.items()}
    told(f"polars {name}", polars.from_arrow(table).filter(condition).height, found)
PROBE
cat > "$place/expected" <<'EXPECTED'
duckdb x > 5: 1 in the table; 0 in the file of pyarrow, 0 in the file of polars, 1 in the file of duckdb
duckdb not (x <= 5): 1 in the table; 0 in the file of pyarrow, 0 in the file of polars, 1 in the file of duckdb
duckdb x = 'nan'::double: 1 in the table; 0 in the file of pyarrow, 0 in the file of polars, 1 in the file of duckdb
duckdb isnan(x): 1 in the table; 0 in the file of pyarrow, 0 in the file of polars, 1 in the file of duckdb
pyarrow ~(x <= 5): 1 in the table; 0 in the file of pyarrow, 0 in the file of polars, 1 in the file of duckdb
pyarrow is_nan(x): 1 in the table; 1 in the file of pyarrow, 1 in the file of polars, 1 in the file of duckdb
polars x > 5: 1 in the table; 1 in the file of pyarrow, 1 in the file of polars, 1 in the file of duckdb
polars is_nan(x): 1 in the table; 1 in the file of pyarrow, 1 in the file of polars, 1 in the file of duckdb
EXPECTED
"$place/venv/bin/python" "$place/pq.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
