#!/usr/bin/env bash
# Where the loss is negative, the schedules for plateaus of torch and optax take a loss that grows for an
#   improvement.
#
# Guess before running: ReduceLROnPlateau lowers the rate once the loss has not fallen for 2 checks, so a
#   loss that grows by 0.005 % each time, from -1 on, soon has a lower rate.
# Seen: the rate stays as it is while the loss grows from -1 to -0.998 in 40 checks, since 'better' means
#   below best * (1 - 0.0001), which for a negative best lies above it; with the loss from 1 to 1.002 the
#   rate falls. optax.contrib.reduce_on_plateau does the same.
# Who meets it: who minimises a log-likelihood, a reward with its sign turned or any output that may go
#   below 0, as nodegraph lets one do: the rate never falls, and the best value that is kept gets worse.
#   A rule of ours must compare by an amount, best - threshold * |best|.
# Versions: torch==2.13.0, optax==0.2.8, jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs
#   python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import jax.numpy as jnp
import torch
from optax.contrib import reduce_on_plateau

warnings.simplefilter("ignore")


def losses(first, factor):
    return [first * factor**check for check in range(40)]


def with_torch(values):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=2, threshold=1e-4)
    for value in values:
        schedule.step(value)
    return f"rate {optimizer.param_groups[0]['lr']:.6f} best {schedule.best:.6f}"


def with_optax(values):
    schedule = reduce_on_plateau(factor=0.5, patience=2, rtol=1e-4)
    state = schedule.init({"w": jnp.zeros(1)})
    for value in values:
        _, state = schedule.update({"w": jnp.zeros(1)}, state, value=value)
    return f"rate {float(state.scale):.6f} best {float(state.best_value):.6f}"


for first, factor in ((1.0, 1.00005), (-1.0, 0.99995)):
    values = losses(first, factor)
    print(f"growing from {values[0]} to {values[-1]:.4f}: torch", with_torch(values), "optax", with_optax(values))
PROBE
cat > "$place/expected" <<'EXPECTED'
growing from 1.0 to 1.0020: torch rate 0.000122 best 1.000000 optax rate 0.000002 best 1.000000
growing from -1.0 to -0.9981: torch rate 1.000000 best -0.998052 optax rate 1.000000 best -0.998052
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
