#!/usr/bin/env bash
# DeZero's mean_squared_error divides the sum of squares by the number of rows alone, and its leaky ReLU has the slope of the left side at 0.
#
# Guess before running: the mean of the squares 1, 4, 9, 16 in two rows of two is 7.5, as numpy's, torch's and Keras' mean; max shares a tie among its
#   inputs; leaky ReLU has the slope 1 or 0.2 at 0, and powers of variables work.
# Seen: 15, twice the mean, and gradients twice as large; a single column is right, so nobody sees it in the examples. max pays each of two equal inputs
#   1, so that their gradients add up to 2. leaky_relu has the slope 0.2 at 0; x ** y with two variables raises TypeError, and so does 2 ** x.
# Who meets it: who compares a training of the book "Deep Learning from Scratch 3" with another library on a net of several outputs: the same learning
#   rate takes steps as many times as large as there are outputs.
# Versions: dezero==0.0.13 with numpy==1.23.5 (it needs one below 1.24) and matplotlib==3.8.4; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dezero==0.0.13 numpy==1.23.5 matplotlib==3.8.4
cat > "$place/probe.py" <<'PROBE'
import dezero.functions as F
import numpy as np
from dezero import Variable


def ask(name, f, x):
    variable = Variable(np.array(x))
    y = F.sum(f(variable))
    y.backward()
    print(name, float(y.data), variable.grad.data.tolist())


ask("mean squared error of a column", lambda x: F.mean_squared_error(x, Variable(np.zeros((4, 1)))), [[1.0], [2.0], [3.0], [4.0]])
ask("of two columns", lambda x: F.mean_squared_error(x, Variable(np.zeros((2, 2)))), [[1.0, 2.0], [3.0, 4.0]])
ask("max of 1, 1, 0", F.max, [1.0, 1.0, 0.0])
ask("leaky ReLU at 0", F.leaky_relu, [0.0])
for name, f in (("x ** y", lambda x: x**x), ("2 ** x", lambda x: 2**x)):
    try:
        f(Variable(np.array(2.0)))
    except TypeError:
        print(name, "TypeError")
PROBE
cat > "$place/expected" <<'EXPECTED'
mean squared error of a column 7.5 [[0.5], [1.0], [1.5], [2.0]]
of two columns 15.0 [[1.0, 2.0], [3.0, 4.0]]
max of 1, 1, 0 1.0 [1.0, 1.0, 0.0]
leaky ReLU at 0 0.0 [0.2]
x ** y TypeError
2 ** x TypeError
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
