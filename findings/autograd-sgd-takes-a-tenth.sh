#!/usr/bin/env bash
# autograd's own sgd takes a tenth of the step that its step size says.
#
# Guess before running: autograd.misc.optimizers.sgd is gradient descent with momentum as in torch and
#   keras: with step size 0.1 and gradient 1 the first step is -0.1.
# Seen: -0.01: the gradient is weighed by 1 - mass (0.9 by default) before it enters the velocity.
#   rmsprop's running mean starts at 1, not at 0, so that its first step is -0.1 for gradient 1, but
#   -0.0105 for gradient 0.1; torch's first step does not depend on the gradient's size.
# Who meets it: who follows a course that trains with autograd and takes its learning rate along: the
#   same rate is ten times as large in torch, keras and nodegraph. Divide it, or set mass=0.
# Versions: autograd==1.9.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check autograd==1.9.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy as np
from autograd.misc.optimizers import rmsprop, sgd


def first_step(optimizer, gradient, **settings):
    moved = optimizer(lambda x, step: np.array([gradient]), np.array([0.0]), num_iters=1, **settings)
    return f"{moved[0]:.4f}"


print("sgd, step size 0.1, gradient 1:", first_step(sgd, 1.0, step_size=0.1))
print("the same with mass 0:", first_step(sgd, 1.0, step_size=0.1, mass=0.0))
for gradient in (1.0, 0.1):
    print("rmsprop, step size 0.1, gradient", gradient, ":", first_step(rmsprop, gradient, step_size=0.1))
PROBE
cat > "$place/expected" <<'EXPECTED'
sgd, step size 0.1, gradient 1: -0.0100
the same with mass 0: -0.1000
rmsprop, step size 0.1, gradient 1.0 : -0.1000
rmsprop, step size 0.1, gradient 0.1 : -0.0105
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
