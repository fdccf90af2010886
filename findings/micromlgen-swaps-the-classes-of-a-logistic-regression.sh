#!/usr/bin/env bash
# micromlgen writes a logistic regression of two classes for a microcontroller with its classes exchanged, and small weights of a linear one as 0.
#
# Guess before running: the C++ that micromlgen writes answers as the model of scikit-learn did, to single precision.
# Seen: for x = 0, 1, 2, 3 the model of scikit-learn says 0 0 1 1, the compiled one 1 1 0 0; with three classes both say 0 1 1 2. The score of class 1
#   is put in the place of class 0, whose other place stays 0. A linear regression has its weights in twelve decimals: 3.5e-13 becomes 0.000000000000, so
#   that 0.6257 is 0.625.
# Who meets it: who trains on a computer and puts the model on an Arduino, where nothing compares the two.
# Versions: micromlgen==1.1.28, scikit-learn==1.9.1, numpy==2.4.6; Python 3.11, any g++. Needs python3 with venv, g++ and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check micromlgen==1.1.28 scikit-learn==1.9.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import subprocess
import sys
from pathlib import Path

import numpy as np
from micromlgen import port
from sklearn.linear_model import LinearRegression, LogisticRegression

place = Path(sys.argv[1])
x = np.array([[0.0], [1.0], [2.0], [3.0]])
large = np.array([[1e5, 2e9], [2e5, 1e9], [3e5, 4e9], [4e5, 2.5e9]])
models = {
    "Two": LogisticRegression().fit(x, [0, 0, 1, 1]),
    "Three": LogisticRegression().fit(x, [0, 1, 1, 2]),
    "Line": LinearRegression().fit(large, large @ [1.25e-6, 3.5e-13] + 0.5),
}
for name in ("Two", "Three"):
    print(f"{name}, scikit-learn:", *models[name].predict(x))
print("Line, scikit-learn:", *models["Line"].predict(large).round(4))
for name, model in models.items():
    (place / f"{name}.h").write_text(port(model, classname=name).replace("#pragma once", ""))
(place / "main.cpp").write_text(
    """
#include <cstdint>
#include <cstdio>
#include "Two.h"
#include "Three.h"
#include "Line.h"
using namespace Eloquent::ML::Port;
int main() {
    Two two; Three three; LinearRegression line;
    float large[4][2] = {{1e5, 2e9}, {2e5, 1e9}, {3e5, 4e9}, {4e5, 2.5e9}};
    printf("Two, compiled:");
    for (int i = 0; i < 4; i++) { float x[1] = {(float)i}; printf(" %d", two.predict(x)); }
    printf("\\nThree, compiled:");
    for (int i = 0; i < 4; i++) { float x[1] = {(float)i}; printf(" %d", three.predict(x)); }
    printf("\\nLine, compiled:");
    for (auto &row : large) printf(" %g", line.predict(row));
    printf("\\n");
}
"""
)
subprocess.run(["g++", "-w", "-o", place / "main", place / "main.cpp"], check=True)
print(subprocess.run([place / "main"], check=True, capture_output=True, text=True).stdout, end="")
print(next(row.strip() for row in (place / "Line.h").read_text().splitlines() if "return dot" in row).split(" + ")[0])
PROBE
cat > "$place/expected" <<'EXPECTED'
Two, scikit-learn: 0 0 1 1
Three, scikit-learn: 0 1 1 2
Line, scikit-learn: 0.6257 0.7504 0.8764 1.0009
Two, compiled: 1 1 0 0
Three, compiled: 0 1 1 2
Line, compiled: 0.625 0.75 0.875 1
return dot(x, 0.000001250000, 0.000000000000)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
