#!/usr/bin/env bash
# In neat-python the activations called sigmoid, tanh, sin, gauss and softplus are not those of the books: their argument is multiplied first.
#
# Guess before running: sigmoid_activation(z) is 1/(1 + exp(-z)), tanh_activation(z) is tanh(z), and so on, as their names say.
# Seen: sigmoid(1) = 0.9933 = 1/(1 + exp(-5)), tanh(1) = 0.9866 = tanh(2.5), sin(1) = sin(5), gauss(1) = exp(-5), softplus(1) = 0.2 log(1 + exp(5)); log
#   of a negative number is -16.1, 1/0 is 0.
# Who meets it: who evolves a network there and rebuilds it with the weights it prints, in nodegraph or anywhere else: all outputs differ. Multiply what
#   goes into such a node by 5 (tanh 2.5).
# Versions: neat-python==2.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check neat-python==2.0.0
cat > "$place/probe.py" <<'PROBE'
from math import exp, log, sin, tanh

from neat import activations as a

for name, is_, should in (
    ("sigmoid", a.sigmoid_activation(1.0), 1 / (1 + exp(-1))),
    ("tanh", a.tanh_activation(1.0), tanh(1)),
    ("sin", a.sin_activation(1.0), sin(1)),
    ("gauss", a.gauss_activation(1.0), exp(-1)),
    ("softplus", a.softplus_activation(1.0), log(1 + exp(1))),
    ("log at -1", a.log_activation(-1.0), float("nan")),
    ("inv at 0", a.inv_activation(0.0), float("inf")),
):
    print(f"{name}: {is_:.4f}, by its name {should:.4f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
sigmoid: 0.9933, by its name 0.7311
tanh: 0.9866, by its name 0.7616
sin: -0.9589, by its name 0.8415
gauss: 0.0067, by its name 0.3679
softplus: 1.0013, by its name 1.3133
log at -1: -16.1181, by its name nan
inv at 0: 0.0000, by its name inf
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
