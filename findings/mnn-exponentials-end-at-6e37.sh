#!/usr/bin/env bash
# In MNN exp(100) and exp(∞) are 6.1e37, softplus(100) is 87, |NaN| is 0 and the sigmoid of NaN is 1.
#
# Guess before running: the functions of MNN.expr have numpy's results in single precision to six digits: exp(100) is infinite, softplus(100) is 100,
#   NaN stays NaN, and what is small stays small.
# Seen: the argument of an exponential is cut to ±87 and NaN counts as one of the ends: exp(NaN) is 1.6e-38, sigmoid(NaN) and tanh(NaN) are 1, softplus
#   never exceeds 87. abs(NaN) is 0; maximum(NaN, 0) is 0 and maximum(0, NaN) is NaN. tanh, expm1 and log1p of 1e-8 are 0.
# Who meets it: who moves a network to a phone: an overflow or a NaN that was plain in training is a finite, likely number there, and a softplus of a
#   large sum is flat. Look for NaN and large numbers before.
# Versions: MNN==3.6.1, numpy==2.4.6, Python 3.11; on an x86-64 processor. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check MNN==3.6.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import MNN.expr as mnn
import numpy as np

NUMBERS = [float("nan"), float("inf"), 100.0, 90.0, 80.0, 1.0, 1e-8, 0.0]


def constant(numbers):
    return mnn.const(numbers, [len(numbers)], mnn.NCHW)


def show(name, answer):
    print(f"{name:15}", [f"{number:.3g}" for number in np.array(answer.read())])


print("numbers:       ", [f"{number:.3g}" for number in NUMBERS])
for name in ("exp", "softplus", "sigmoid", "tanh", "abs", "expm1", "log1p"):
    show(name, getattr(mnn, name)(constant(NUMBERS)))
none = constant([0.0] * len(NUMBERS))
show("maximum(x, 0)", mnn.maximum(constant(NUMBERS), none))
show("maximum(0, x)", mnn.maximum(none, constant(NUMBERS)))
PROBE
cat > "$place/expected" <<'EXPECTED'
numbers:        ['nan', 'inf', '100', '90', '80', '1', '1e-08', '0']
exp             ['1.65e-38', '6.08e+37', '6.08e+37', '6.08e+37', '5.54e+34', '2.72', '1', '1']
softplus        ['0', '87', '87', '87', '80', '1.31', '0.693', '0.693']
sigmoid         ['1', '1', '1', '1', '1', '0.731', '0.5', '0.5']
tanh            ['1', '1', '1', '1', '1', '0.762', '0', '0']
abs             ['0', 'inf', '100', '90', '80', '1', '1e-08', '0']
expm1           ['-1', '6.08e+37', '6.08e+37', '6.08e+37', '5.54e+34', '1.72', '0', '0']
log1p           ['nan', 'inf', '4.62', '4.51', '4.39', '0.693', '0', '0']
maximum(x, 0)   ['0', 'inf', '100', '90', '80', '1', '1e-08', '0']
maximum(0, x)   ['nan', 'inf', '100', '90', '80', '1', '1e-08', '0']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> /dev/null | grep -v "device supports" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
