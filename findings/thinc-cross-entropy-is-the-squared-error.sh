#!/usr/bin/env bash
# thinc's CategoricalCrossentropy tells the squared error, and its SGD clips every gradient to length 1 unless told not to.
#
# Guess before running: get_loss of CategoricalCrossentropy is -log of what was given to the right class: 0.223 for 0.8, and more for less without bound; SGD
#   with rate 0.1 moves a weight with gradient 100 by 10.
# Seen: get_loss is the sum of the squares of guess less truth: 0.08 for 0.8, and never more than 2, the same as L2Distance tells. The gradient given back is
#   that of a cross-entropy by what goes into a softmax. SGD(0.1) steps 0.1 for gradients of 1 and of 100, since grad_clip is 1 by default.
# Who meets it: who draws losses of thinc or spaCy beside those of another library, or checks a step by hand. Compute the cross-entropy from the guesses; pass
#   grad_clip=0.
# Versions: thinc==9.1.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check thinc==9.1.1 numpy==2.4.6
cat > "$place/th.py" <<'PROBE'
import math

import numpy as np
from thinc.api import SGD, Adam, CategoricalCrossentropy, L2Distance

truth = np.array([[0.0, 1.0]], "f")
for right in (0.99, 0.8, 0.01, 1e-6):
    guess = np.array([[1 - right, right]], "f")
    told = {loss.__name__: float(loss().get_loss(guess, truth)) for loss in (CategoricalCrossentropy, L2Distance)}
    gradient = [round(float(number), 2) + 0 for number in CategoricalCrossentropy().get_grad(guess, truth)[0]]
    print(f"{right} for the right class: -log {-math.log(right):.4f};", ", ".join(f"{name} {loss:.4f}" for name, loss in told.items()), "gradient", gradient)
for gradient in (0.5, 1.0, 100.0):
    steps = {}
    for name, optimizer in {"SGD(0.1)": SGD(0.1), "SGD(0.1, grad_clip=0)": SGD(0.1, grad_clip=0)}.items():
        after, _ = optimizer((1, "w"), np.zeros(1, "f"), np.array([gradient], "f"))
        steps[name] = float(after[0])
    print(f"gradient {gradient}:", ", ".join(f"{name} steps {step:.4f}" for name, step in steps.items()))
PROBE
cat > "$place/expected" <<'EXPECTED'
0.99 for the right class: -log 0.0101; CategoricalCrossentropy 0.0002, L2Distance 0.0002 gradient [0.01, -0.01]
0.8 for the right class: -log 0.2231; CategoricalCrossentropy 0.0800, L2Distance 0.0800 gradient [0.2, -0.2]
0.01 for the right class: -log 4.6052; CategoricalCrossentropy 1.9602, L2Distance 1.9602 gradient [0.99, -0.99]
1e-06 for the right class: -log 13.8155; CategoricalCrossentropy 2.0000, L2Distance 2.0000 gradient [1.0, -1.0]
gradient 0.5: SGD(0.1) steps -0.0500, SGD(0.1, grad_clip=0) steps -0.0500
gradient 1.0: SGD(0.1) steps -0.1000, SGD(0.1, grad_clip=0) steps -0.1000
gradient 100.0: SGD(0.1) steps -0.1000, SGD(0.1, grad_clip=0) steps -10.0000
EXPECTED
"$place/venv/bin/python" "$place/th.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
