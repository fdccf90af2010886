#!/usr/bin/env bash
# emlearn writes the weights of a network with six decimals into the C for a microcontroller: what is below half a millionth becomes 0.
#
# Guess before running: a float has some seven significant digits, so a weight of 2e-7 is written as 2e-07f and the compiled network says what
#   scikit-learn's says, to five digits.
# Seen: 2e-7 stands as 0.000000f in the header; the network, whose second input goes to millions, answers as if it were not there. 1.23456789e-3 stands
#   as 0.001235f.
# Who meets it: who trains on unscaled measurements (hertz, pascal, counts), where small weights belong to large inputs, and puts the network on a
#   board. Scale the columns before training.
# Versions: emlearn==0.23.2, scikit-learn==1.9.1, numpy==2.4.6; Python 3.11, any C compiler. Needs python3 with venv, gcc and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check emlearn==0.23.2 scikit-learn==1.9.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import subprocess
import sys
import warnings
from pathlib import Path

import emlearn
import numpy as np
from sklearn.neural_network import MLPRegressor

warnings.simplefilter("ignore")
place = Path(sys.argv[1])
x = np.array([[100.0, 2e6], [300.0, 5e6], [500.0, 1e6], [700.0, 4e6]])
model = MLPRegressor(hidden_layer_sizes=(1,), activation="relu", max_iter=1).fit(x, [0.0, 1.0, 2.0, 3.0])
model.coefs_ = [np.array([[1.23456789e-3], [2e-7]]), np.array([[1.0]])]
model.intercepts_ = [np.array([0.5]), np.array([0.0])]
print("scikit-learn:", *model.predict(x).round(4))
emlearn.convert(model, method="inline").save(file=str(place / "net.h"), name="net")
print(*[row for row in (place / "net.h").read_text().splitlines() if "layer_0_weights[" in row])
(place / "main.c").write_text(
    """
#include <stdio.h>
#include "net.h"
int main(void) {
    float x[4][2] = {{100, 2e6}, {300, 5e6}, {500, 1e6}, {700, 4e6}};
    for (int i = 0; i < 4; i++) printf(" %.4g", net_regress1(x[i], 2));
    return 0;
}
"""
)
built = ["gcc", "-w", f"-I{emlearn.includedir}", place / "main.c", "-o", place / "main", "-lm"]
subprocess.run(built, check=True)
print(f"compiled:{subprocess.run([place / 'main'], check=True, capture_output=True, text=True).stdout}")
PROBE
cat > "$place/expected" <<'EXPECTED'
scikit-learn: 1.0235 1.8704 1.3173 2.1642
static const float net_layer_0_weights[2] = { 0.001235f, 0.000000f };
compiled: 0.6235 0.8705 1.118 1.365
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
