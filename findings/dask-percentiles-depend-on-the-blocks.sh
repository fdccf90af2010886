#!/usr/bin/env bash
# dask.array.percentile gives 1.18 for the median of 1001 normal numbers, where it is -0.07, because the last block holds one number.
#
# Guess before running: percentiles of an array in blocks are approximate, as the documentation says: by a hundredth or so for a thousand numbers, and one
#   number among 1001 changes little.
# Seen: 5 % is -1.00 and 95 % 1.79 where they are -1.56 and 1.51, with equal blocks of 100 too: of each block only the percentiles that were asked for are
#   kept, and put together. With a last block of one number the median is 1.18. In one block all are right, and dask.array.median is right throughout.
# Who meets it: who scales data by percentiles, or draws a band of 5 to 95 % from a table that dask reads: the band moves with the size of the blocks. Ask for
#   many percentiles and take the ones wanted, or put the data into one block.
# Versions: dask[array]==2026.8.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dask[array]==2026.8.0 numpy==2.4.6
cat > "$place/dk.py" <<'PROBE'
import dask.array
import numpy as np

numbers = np.random.default_rng(0).normal(size=1001)
for count, chunk in ((1000, 100), (1000, 90), (1001, 100), (1001, 1001)):
    own = numbers[:count]
    blocks = dask.array.from_array(own, chunks=chunk)
    told = {"numpy": np.percentile(own, [5, 50, 95]), "dask": dask.array.percentile(blocks, [5, 50, 95]).compute()}
    shown = "; ".join(f"{name} {', '.join(f'{number:.2f}' for number in found)}" for name, found in told.items())
    print(f"{count} numbers, {blocks.numblocks[0]} blocks, the last of {blocks.chunks[0][-1]}: 5, 50 and 95 % are {shown}; median {float(dask.array.median(blocks, axis=0).compute()):.2f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
1000 numbers, 10 blocks, the last of 100: 5, 50 and 95 % are numpy -1.56, -0.07, 1.51; dask -1.00, 0.07, 1.79; median -0.07
1000 numbers, 12 blocks, the last of 10: 5, 50 and 95 % are numpy -1.56, -0.07, 1.51; dask -1.12, 0.12, 1.79; median -0.07
1001 numbers, 11 blocks, the last of 1: 5, 50 and 95 % are numpy -1.56, -0.07, 1.51; dask -1.00, 1.18, 1.79; median -0.07
1001 numbers, 1 blocks, the last of 1001: 5, 50 and 95 % are numpy -1.56, -0.07, 1.51; dask -1.56, -0.07, 1.51; median -0.07
EXPECTED
"$place/venv/bin/python" "$place/dk.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
