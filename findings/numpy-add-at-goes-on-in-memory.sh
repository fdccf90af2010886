#!/usr/bin/env bash
# numpy's add.at with an index of two dimensions does not repeat a row of numbers: it goes on with what follows in memory.
#
# Guess before running: np.add.at(a, index, numbers) is a[index] += numbers, unbuffered, as its page says; so numbers of shape (2,)
#   are broadcast over an index of shape (2, 2).
# Seen: the second row of the index takes the two numbers that lie behind the first two in memory, here 100 and 200 of the array
#   that `numbers` is a part of; of an array of its own, whatever lies there, often 0. With np.broadcast_to(numbers, index.shape) it
#   is right, and where the kinds differ (float32 into float64), too. subtract, multiply and the others alike. No error.
# Who meets it: who scatters gradients or bias terms back into shared parameters: sums that are wrong without a warning. Write the
#   numbers out, or use np.bincount. nodegraph does the former.
# Versions: numpy==2.4.6 (2.0.2 and 1.26.4 the same); Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy as np

held = np.array([1.0, 2.0, 100.0, 200.0])
numbers = held[:2]  # what is added is 1 and 2
for index in ([[0, 1], [0, 1]], [[0, 1], [2, 0]]):
    index = np.array(index)
    asked, written_out, by_kind = np.zeros(3), np.zeros(3), np.zeros(3)
    np.add.at(asked, index, numbers)
    np.add.at(written_out, index, np.broadcast_to(numbers, index.shape))
    np.add.at(by_kind, index, numbers.astype(np.float32))
    print("index", index.tolist(), "numbers", numbers.tolist())
    print("  add.at gives", asked.tolist())
    print("  with the numbers written out", written_out.tolist(), "with numbers of another kind", by_kind.tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
index [[0, 1], [0, 1]] numbers [1.0, 2.0]
  add.at gives [101.0, 202.0, 0.0]
  with the numbers written out [2.0, 4.0, 0.0] with numbers of another kind [2.0, 4.0, 0.0]
index [[0, 1], [2, 0]] numbers [1.0, 2.0]
  add.at gives [201.0, 2.0, 100.0]
  with the numbers written out [3.0, 2.0, 1.0] with numbers of another kind [3.0, 2.0, 1.0]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
