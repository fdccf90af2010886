#!/usr/bin/env bash
# autograd gives a real slope for a root of a negative number, whose value is complex; what it gives
#   depends on the kind of float.
#
# Guess before running: x**(1/3) at -8 is NaN with slope NaN, as in numpy, torch and jax.
# Seen: for a Python float the value is 1+1.73j and the slope the real number -0.0417, with no warning
#   that a part was dropped; forward mode gives the complex slope. For numpy.float64(-8) both are NaN.
# Who meets it: who takes autograd as reference outside a function's domain: a finite gradient stands
#   where nodegraph says that the power has no real value. Give numpy floats.
# Versions: autograd==1.9.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check autograd==1.9.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import numpy as np
from autograd import grad, make_jvp

warnings.simplefilter("ignore")


def root(x):
    return x ** (1 / 3)


for x in (-8.0, np.float64(-8.0)):
    print(type(x).__name__, "value", complex(root(x)).__format__(".4f"), end=" ")
    print(f"reverse {complex(grad(root)(x)):.4f} forward {complex(make_jvp(root)(x)(1.0)[1]):.4f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
float value 1.0000+1.7321j reverse -0.0417+0.0000j forward -0.0417-0.0722j
float64 value nan+0.0000j reverse nan+0.0000j forward nan+0.0000j
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
