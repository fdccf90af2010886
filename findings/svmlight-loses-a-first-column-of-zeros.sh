#!/usr/bin/env bash
# scikit-learn's own svmlight file comes back without its first column where that is all zeros, and without its last.
#
# Guess before running: load_svmlight_file gives back the table that dump_svmlight_file wrote, both with their defaults; zeros are not written, so that a
#   last column of zeros may be lost, but numbers stay in their columns.
# Seen: dump writes columns from 0 on. load decides by the least number in the file whether columns begin at 0 or at 1: a table whose first column holds
#   zeros alone is taken for one that begins at 1, and every number moves a column to the left. With a model of as many columns nothing fails where
#   n_features is given: the number of columns is right, and the last is empty. zero_based=True on reading keeps all in place.
# Who meets it: who keeps features or one-hot columns in this format, as LIBSVM, XGBoost and LightGBM read it: a split in which the first feature never
#   occurs has every weight on the wrong feature.
# Versions: scikit-learn==1.9.1, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > "$place/columns.py" <<'PROBE'
import io

import numpy as np
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

for table in ([[1, 2, 0], [0, 3, 4]], [[0, 2, 0], [0, 3, 4]], [[1, 2, 0], [0, 3, 0]]):
    file = io.BytesIO()
    dump_svmlight_file(np.array(table, float), np.zeros(2), file)
    print(table, "is written as", file.getvalue().decode().splitlines())
    for options in ({}, {"n_features": 3}, {"n_features": 3, "zero_based": True}):
        file.seek(0)
        print("  read with", options or "defaults", load_svmlight_file(file, **options)[0].toarray().astype(int).tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
[[1, 2, 0], [0, 3, 4]] is written as ['0 0:1 1:2', '0 1:3 2:4']
  read with defaults [[1, 2, 0], [0, 3, 4]]
  read with {'n_features': 3} [[1, 2, 0], [0, 3, 4]]
  read with {'n_features': 3, 'zero_based': True} [[1, 2, 0], [0, 3, 4]]
[[0, 2, 0], [0, 3, 4]] is written as ['0 1:2', '0 1:3 2:4']
  read with defaults [[2, 0], [3, 4]]
  read with {'n_features': 3} [[2, 0, 0], [3, 4, 0]]
  read with {'n_features': 3, 'zero_based': True} [[0, 2, 0], [0, 3, 4]]
[[1, 2, 0], [0, 3, 0]] is written as ['0 0:1 1:2', '0 1:3']
  read with defaults [[1, 2], [0, 3]]
  read with {'n_features': 3} [[1, 2, 0], [0, 3, 0]]
  read with {'n_features': 3, 'zero_based': True} [[1, 2, 0], [0, 3, 0]]
EXPECTED
"$place/venv/bin/python" "$place/columns.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
