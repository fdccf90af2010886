#!/usr/bin/env bash
# torch's forward mode and reverse mode give different slopes at a kink.
#
# Guess before running: torch.func.jacfwd and jacrev are two ways to one derivative: where a function has
#   a kink, both choose the same slope, as they do for relu, abs, maximum and clamp.
# Seen: fmax(x, 0) at 0 has slope 1 in reverse mode and 0 in forward mode; prelu with factor 0.25 has
#   0.25 and 1 there; atan2(x, 0) at 0 has 0 and NaN.
# Who meets it: who checks a backward pass by forward-mode derivatives: a right gradient looks wrong at a
#   kink. A program exported to torch should use maximum rather than fmax, and leaky_relu rather than
#   prelu: for these two the modes agree. In nodegraph both modes read one rule per operation, and a test
#   should keep it so.
# Versions: torch==2.13.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import torch
from torch.func import jacfwd, jacrev

warnings.simplefilter("ignore")
zero, factor = torch.tensor(0.0), torch.tensor([0.25])
functions = {
    "fmax(x, 0)": lambda x: torch.fmax(x, zero),
    "prelu(x, 0.25)": lambda x: torch.nn.functional.prelu(x, factor),
    "atan2(x, 0)": lambda x: torch.atan2(x, zero),
    "maximum(x, 0)": lambda x: torch.maximum(x, zero),
    "leaky_relu(x, 0.25)": lambda x: torch.nn.functional.leaky_relu(x, 0.25),
    "relu(x)": torch.relu,
    "abs(x)": torch.abs,
}
for name, function in functions.items():
    print(name, "at 0: reverse", jacrev(function)(zero).item(), "forward", jacfwd(function)(zero).item())
PROBE
cat > "$place/expected" <<'EXPECTED'
fmax(x, 0) at 0: reverse 1.0 forward 0.0
prelu(x, 0.25) at 0: reverse 0.25 forward 1.0
atan2(x, 0) at 0: reverse 0.0 forward nan
maximum(x, 0) at 0: reverse 0.5 forward 0.5
leaky_relu(x, 0.25) at 0: reverse 0.25 forward 0.25
relu(x) at 0: reverse 0.0 forward 0.0
abs(x) at 0: reverse 0.0 forward 0.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
