#!/usr/bin/env bash
# safetensors saves a transposed array of numpy as another one, and a column as the beginning of its matrix; load gives names in another order.
#
# Guess before running: safetensors.numpy.save and load give back the arrays that were saved, whatever their layout in memory, under their names in
#   the order of saving, as numpy.savez does.
# Seen: of a view whose numbers do not lie one after the other, the shape is saved with the numbers that lie in memory from its first on: the transpose
#   of [[0, 1, 2], [3, 4, 5]] comes back as [[0, 1], [2, 3], [4, 5]], its first column as [0, 1]. No error, no warning. The names come back in
#   another order from load, and in yet another from load_file.
# Who meets it: who saves weights transposed for another library, or a column of a table: the file is valid and its numbers are wrong. Pass
#   numpy.ascontiguousarray(...), and ask for arrays by name.
# Versions: safetensors==0.8.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
cat > "$place/st.py" <<'PROBE'
import tempfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load, load_file, save, save_file

weights = np.arange(6.0).reshape(2, 3)
for name, array in {"weights": weights, "weights.T": weights.T, "weights[:, 0]": weights[:, 0]}.items():
    for way, given in (("as it is", array), ("made contiguous", np.ascontiguousarray(array))):
        print(f"{name} {way}: {given.tolist()} comes back as {load(save({'a': given}))['a'].tolist()}")
arrays = {"w1": np.ones(2, np.float32), "b1": np.ones(1), "w2": np.ones(1, np.float32), "w10": np.ones(1, np.float32)}
path = Path(tempfile.mkdtemp(), "weights.safetensors")
save_file(arrays, path)
print("saved:", *arrays)
print("as load orders them, the same:", list(load(path.read_bytes())) == list(arrays))
print("as load_file orders them, the same:", list(load_file(path)) == list(arrays))
PROBE
cat > "$place/expected" <<'EXPECTED'
weights as it is: [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] comes back as [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
weights made contiguous: [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] comes back as [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
weights.T as it is: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]] comes back as [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
weights.T made contiguous: [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]] comes back as [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
weights[:, 0] as it is: [0.0, 3.0] comes back as [0.0, 1.0]
weights[:, 0] made contiguous: [0.0, 3.0] comes back as [0.0, 3.0]
saved: w1 b1 w2 w10
as load orders them, the same: False
as load_file orders them, the same: False
EXPECTED
"$place/venv/bin/python" "$place/st.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
