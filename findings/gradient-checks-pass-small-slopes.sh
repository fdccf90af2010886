#!/usr/bin/env bash
# The gradient checks of torch, jax and autograd pass any slope that is small enough: 0, half of it, or its opposite.
#
# Guess before running: the slope of f(x) = s·x² is given as 0, as half of what it is, or with the other sign; torch.autograd.gradcheck,
#   jax's check_grads and autograd's check_grads find that whatever s is, since they have a relative tolerance too.
# Seen: all three find it for s = 1 and 0.001. At s = 1e-7, where the slope at 3 is 6e-7, all three pass it as 0, half and opposite.
#   Absolute tolerances of 1e-5 or 1e-6 are added to the relative ones, so that below them
#   nothing is compared.
# Who meets it: who checks a layer of his own in a mean over many rows, behind a small learning rate, or in units in which numbers are
#   small: the check is green whatever the layer returns. Scale the function, or set atol to 0 where the check has it.
# Versions: torch==2.13.0, jax==0.10.2, jaxlib==0.10.2, autograd==1.9.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 jax==0.10.2 jaxlib==0.10.2 autograd==1.9.1 numpy==2.4.6
cat > "$place/checks.py" <<'PROBE'
import warnings

import autograd.extend
import autograd.test_util
import jax
import jax.numpy as jnp
import numpy as np
import torch
from jax.test_util import check_grads

warnings.simplefilter("ignore")
jax.config.update("jax_enable_x64", True)


class Square(torch.autograd.Function):
    @staticmethod
    def forward(context, x, s, wrong):
        context.save_for_backward(x)
        context.slope = wrong * 2 * s
        return s * x * x

    @staticmethod
    def backward(context, upstream):
        return upstream * context.slope * context.saved_tensors[0], None, None


def of_torch(s, wrong):
    x = torch.tensor([3.0], dtype=torch.float64, requires_grad=True)
    torch.autograd.gradcheck(lambda x: Square.apply(x, s, wrong), x)


def of_jax(s, wrong):
    @jax.custom_vjp
    def square(x):
        return s * x * x

    square.defvjp(lambda x: (s * x * x, x), lambda x, upstream: (upstream * wrong * 2 * s * x,))
    check_grads(square, (jnp.array(3.0),), 1, modes=("rev",))


def of_autograd(s, wrong):
    np.random.seed(0)
    square = autograd.extend.primitive(lambda x: s * x * x)
    autograd.extend.defvjp(square, lambda value, x: lambda upstream: upstream * wrong * 2 * s * x)
    autograd.test_util.check_grads(square, modes=["rev"], order=1)(3.0)


for name, check in (("torch", of_torch), ("jax", of_jax), ("autograd", of_autograd)):
    for s in (1.0, 1e-3, 1e-7):
        verdicts = []
        for wrong in (0.0, 0.5, -1.0):
            try:
                check(s, wrong)
                verdicts.append("passes")
            except (AssertionError, RuntimeError):
                verdicts.append("fails")
        print(f"{name}, s = {s:g}: a slope of 0 {verdicts[0]}, half {verdicts[1]}, opposite {verdicts[2]}")
PROBE
cat > "$place/expected" <<'EXPECTED'
torch, s = 1: a slope of 0 fails, half fails, opposite fails
torch, s = 0.001: a slope of 0 fails, half fails, opposite fails
torch, s = 1e-07: a slope of 0 passes, half passes, opposite passes
jax, s = 1: a slope of 0 fails, half fails, opposite fails
jax, s = 0.001: a slope of 0 fails, half fails, opposite fails
jax, s = 1e-07: a slope of 0 passes, half passes, opposite passes
autograd, s = 1: a slope of 0 fails, half fails, opposite fails
autograd, s = 0.001: a slope of 0 fails, half fails, opposite fails
autograd, s = 1e-07: a slope of 0 passes, half passes, opposite passes
EXPECTED
"$place/venv/bin/python" "$place/checks.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
