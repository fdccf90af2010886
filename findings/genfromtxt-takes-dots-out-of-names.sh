#!/usr/bin/env bash
# numpy.genfromtxt calls the column w.grad wgrad and w-1 w1, and reads 1,5 as NaN.
#
# Guess before running: names=True takes the names of the first line as they stand, or refuses those that cannot be fields, and any text can; 1,5 in a
#   column of numbers is an error, as in loadtxt.
# Seen: dots, brackets, strokes, slashes and signs of arithmetic are taken out and blanks become _: w.grad is wgrad, w[0] is w0, a column w1 beside w-1
#   becomes w1_1. Cells that are no number are NaN without a warning, so that a table with decimal commas keeps its whole numbers and loses the others.
#   deletechars="" and replace_space=" " keep names.
# Who meets it: who reads logs of a training run, with names as PyTorch gives them: data["w.grad"] is not there, another column answers to a name, and a
#   German table is half empty.
# Versions: numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
cat > "$place/names.py" <<'PROBE'
import io
import warnings

import numpy

warnings.simplefilter("error")
for text, options in (
    ("w.grad,w[0],w-1,w1,dL/da,lr x\n1,2,3,4,5,6\n", {"delimiter": ","}),
    ("w.grad,w[0],w-1,w1,dL/da,lr x\n1,2,3,4,5,6\n", {"delimiter": ",", "deletechars": "", "replace_space": " "}),
    ("x;y\n1,5;2\n3;2,5\n", {"delimiter": ";"}),
):
    table = numpy.genfromtxt(io.StringIO(text), names=True, **options)
    print(table.dtype.names, table.tolist())
try:
    numpy.loadtxt(io.StringIO("1,5;2\n3;2,5\n"), delimiter=";")
except ValueError as error:
    print("loadtxt:", str(error).split(";")[0][:40])
PROBE
cat > "$place/expected" <<'EXPECTED'
('wgrad', 'w0', 'w1', 'w1_1', 'dLda', 'lr_x') (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
('w.grad', 'w[0]', 'w-1', 'w1', 'dL/da', 'lr x') (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
('x', 'y') [(nan, 2.0), (3.0, nan)]
loadtxt: could not convert string '1,5' to float6
EXPECTED
"$place/venv/bin/python" "$place/names.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
