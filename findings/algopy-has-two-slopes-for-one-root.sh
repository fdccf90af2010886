#!/usr/bin/env bash
# AlgoPy gives x**0.5 the slope NaN forward and 0 backward, at 0 and where there is no root, and log(-2) a slope of -0.5.
#
# Guess before running: forward and backward give the same slope; of a root at 0 infinity, of a root or logarithm of a negative number NaN.
# Seen: x**0.5 at 0 is NaN forward and 0 backward, at -2 NaN forward and 0 backward, though its value is NaN. sqrt(x), the same function, is inf and NaN
#   both ways. log(-2) is NaN with the slope -0.5 both ways. abs(x) at 0 is 1, absolute(x) 0.
# Who meets it: who descends with gradients of AlgoPy: where the value has become NaN the gradient is 0, and a minimiser takes that for having arrived.
# Versions: algopy==0.7.2, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check algopy==0.7.2 numpy==2.4.6 scipy==1.17.1
cat > "$place/probe.py" <<'PROBE'
import warnings

import algopy
import numpy

warnings.simplefilter("ignore")


def forward(function, at):
    x = algopy.UTPM.init_jacobian([at])
    y = function(x[0])
    return float(y.data[0].item()), float(algopy.UTPM.extract_jacobian(y)[0])


def backward(function, at):
    graph = algopy.CGraph()
    x = algopy.Function(numpy.array([at]))
    y = function(x[0])
    graph.independentFunctionList = [x]
    graph.dependentFunctionList = [y]
    return float(graph.gradient(numpy.array([at]))[0])


for words, function in (
    ("x**0.5", lambda x: x**0.5),
    ("sqrt(x)", algopy.sqrt),
    ("log(x)", algopy.log),
    ("absolute(x)", algopy.absolute),
):
    for at in (0.0, -2.0):
        value, slope = forward(function, at)
        print(f"{words} at {at}: {value}, slope forward {slope}, backward {backward(function, at)}")
print("abs(x) at 0.0: slope forward", forward(abs, 0.0)[1])
PROBE
cat > "$place/expected" <<'EXPECTED'
x**0.5 at 0.0: 0.0, slope forward nan, backward 0.0
x**0.5 at -2.0: nan, slope forward nan, backward 0.0
sqrt(x) at 0.0: 0.0, slope forward inf, backward inf
sqrt(x) at -2.0: nan, slope forward nan, backward nan
log(x) at 0.0: -inf, slope forward inf, backward inf
log(x) at -2.0: nan, slope forward -0.5, backward -0.5
absolute(x) at 0.0: 0.0, slope forward 0.0, backward 0.0
absolute(x) at -2.0: 2.0, slope forward -1.0, backward -1.0
abs(x) at 0.0: slope forward 1.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
