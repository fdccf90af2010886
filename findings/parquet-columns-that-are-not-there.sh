#!/usr/bin/env bash
# A Parquet column that a file lacks is left out without a word by pyarrow's ParquetFile, and refused by its read_table.
#
# Guess before running: to ask for a column that is not there raises an error that names it, whichever way one reads.
# Seen: ParquetFile.read, iter_batches and read_row_group give the columns that are there, or none, and no error; read_table raises
#   ArrowInvalid with the name.
# Who meets it: who trains from a large file in parts, by iter_batches: with a target column misspelt, t or T, the table has a column
#   less and the mistake shows later and elsewhere. Compare the names with schema_arrow.names first.
# Versions: pyarrow==26.0.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1
cat > "$place/probe.py" <<'PROBE'
import io

import pyarrow as pa
import pyarrow.parquet as pq

sink = io.BytesIO()
pq.write_table(pa.table({"x1": [1.0, 2.0], "x2": [3.0, 4.0], "t": [0.0, 1.0]}), sink)


def told(read):
    try:
        table = read()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return f"columns {table.column_names}, {table.num_rows} rows"


def file():
    return io.BytesIO(sink.getvalue())


for asked in (["x1", "t"], ["x1", "T"], ["T"], []):
    print("asked for", asked)
    print("  ParquetFile.read:   ", told(lambda: pq.ParquetFile(file()).read(columns=asked)))
    print("  iter_batches:       ", told(lambda: pa.Table.from_batches(pq.ParquetFile(file()).iter_batches(columns=asked))))
    print("  read_row_group:     ", told(lambda: pq.ParquetFile(file()).read_row_group(0, columns=asked)))
    print("  parquet.read_table: ", told(lambda: pq.read_table(file(), columns=asked)))
PROBE
cat > "$place/expected" <<'EXPECTED'
asked for ['x1', 't']
  ParquetFile.read:    columns ['x1', 't'], 2 rows
  iter_batches:        columns ['x1', 't'], 2 rows
  read_row_group:      columns ['x1', 't'], 2 rows
  parquet.read_table:  columns ['x1', 't'], 2 rows
asked for ['x1', 'T']
  ParquetFile.read:    columns ['x1'], 2 rows
  iter_batches:        columns ['x1'], 2 rows
  read_row_group:      columns ['x1'], 2 rows
  parquet.read_table:  ArrowInvalid: No match for FieldRef.Name(T) in x1: double
asked for ['T']
  ParquetFile.read:    columns [], 2 rows
  iter_batches:        columns [], 2 rows
  read_row_group:      columns [], 2 rows
  parquet.read_table:  ArrowInvalid: No match for FieldRef.Name(T) in x1: double
asked for []
  ParquetFile.read:    columns [], 2 rows
  iter_batches:        columns [], 2 rows
  read_row_group:      columns [], 2 rows
  parquet.read_table:  columns [], 2 rows
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
