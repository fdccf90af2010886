#!/usr/bin/env bash
# What a Parquet file says a column takes is the size of its dictionary: 20 MB of text are told as some 6 kB.
#
# Guess before running: total_uncompressed_size of a column and total_byte_size of a row group are about what the column takes in memory once it is
#   read, as they are for numbers.
# Seen: they are the sizes of the encoded pages before they are compressed. A column of numbers tells 98 kB for 10,000 and takes 81 kB; a column that says one
#   text of 2,000 letters 10,000 times tells some 6 kB and takes 20 MB, since the text stands in the file once. With read_dictionary it stays so in
#   memory, 42 kB.
# Who meets it: who asks the metadata whether a table fits into memory before reading it: a log with long messages that repeat takes thousands of times
#   what was told.
# Versions: pyarrow==26.0.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.0 numpy==2.4.6
cat > "$place/sizes.py" <<'PROBE'
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

COUNT = 10_000
path = Path(tempfile.mkdtemp(), "table.parquet")
same = pa.DictionaryArray.from_arrays(np.zeros(COUNT, np.int32), ["x" * 2000])
pq.write_table(pa.table({"number": np.random.default_rng(0).normal(size=COUNT), "note": same}), path, store_schema=False)
metadata = pq.ParquetFile(path).metadata.row_group(0)
for number, name in enumerate(("number", "note")):
    told = metadata.column(number).total_uncompressed_size
    plain = pq.ParquetFile(path).read([name]).nbytes
    kept = pq.ParquetFile(path, read_dictionary=["note"]).read([name]).nbytes
    print(f"{name}: told {round(told, -3)} bytes or so, read {round(plain, -3)}, with read_dictionary {round(kept, -3)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
number: told 98000 bytes or so, read 81000, with read_dictionary 81000
note: told 6000 bytes or so, read 20040000, with read_dictionary 42000
EXPECTED
"$place/venv/bin/python" "$place/sizes.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
