#!/usr/bin/env bash
# Clipping by the norm turns a large gradient into 0, in torch and in optax.
#
# Guess before running: clipping to norm 1 keeps the direction, whatever the size: the gradient (3e20,
#   4e20) in float32 becomes (0.6, 0.8).
# Seen: (0, 0) in both, and for 3e200 in float64 too: the squares overflow, the norm is inf, and the
#   gradient is divided by it. Nothing warns; the parameters stand still. At 3e18 all is well.
# Who meets it: who clips because gradients explode, which is what clipping is for: from 1.8e19 upwards
#   training stops without a word. torch's error_if_nonfinite=True raises instead. Should nodegraph clip,
#   the largest entry must be divided out before the squares are taken, and the test is this one.
# Versions: torch==2.13.0, optax==0.2.8, jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs
#   python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import jax
import numpy as np
import optax
import torch

warnings.simplefilter("ignore")
jax.config.update("jax_enable_x64", True)


def with_torch(gradient):
    parameter = torch.nn.Parameter(torch.zeros(2, dtype=torch.from_numpy(gradient).dtype))
    parameter.grad = torch.from_numpy(gradient.copy())
    torch.nn.utils.clip_grad_norm_([parameter], 1.0)
    return parameter.grad.numpy()


def with_optax(gradient):
    clip = optax.clip_by_global_norm(1.0)
    return np.asarray(clip.update(gradient, clip.init(gradient))[0])


for dtype, size in ((np.float32, 1e18), (np.float32, 1e20), (np.float64, 1e200)):
    gradient = np.array([3 * size, 4 * size], dtype)
    print(np.dtype(dtype).name, size, "torch", with_torch(gradient).round(4), "optax", with_optax(gradient).round(4))
PROBE
cat > "$place/expected" <<'EXPECTED'
float32 1e+18 torch [0.6 0.8] optax [0.6 0.8]
float32 1e+20 torch [0. 0.] optax [0. 0.]
float64 1e+200 torch [0. 0.] optax [0. 0.]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
