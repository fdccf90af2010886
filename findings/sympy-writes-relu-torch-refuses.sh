#!/usr/bin/env bash
# sympy's printer for PyTorch writes relu and its slope as calls that torch refuses.
#
# Guess before running: torch_code(Max(x, 0)), relu as sympy has it, is a line of torch that runs;
#   numbers in it become tensors where torch wants tensors.
# Seen: torch.max(0, x) and, for the slope, torch.heaviside(x, 1/2): both are a TypeError, since 0 and
#   1/2 are no tensors. Max(x, y), abs, tanh and a sigmoid in exp run and are right.
# Who meets it: who turns a derived formula into torch by sympy: every network with relu, max or min of a
#   number stops at its first call. Write relu as torch.relu, and max of a number as clamp; an export of
#   ours writes each operation itself.
# Versions: sympy==1.14.0, torch==2.13.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 torch==2.13.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import torch
from sympy import Abs, Max, Min, diff, exp, symbols, tanh
from sympy.printing.pytorch import torch_code

warnings.simplefilter("ignore")
x, y = symbols("x y", real=True)
values = {"torch": torch, "x": torch.tensor(2.0), "y": torch.tensor(3.0)}
for expression in (Max(x, 0), diff(Max(x, 0), x), Min(x, 1), Max(x, y), Abs(x), tanh(x), 1 / (1 + exp(-x))):
    code = torch_code(expression)
    try:
        outcome = f"{eval(code, values).item():.4f}"
    except TypeError:
        outcome = "TypeError"
    print(expression, "is written", code, "and gives", outcome)
PROBE
cat > "$place/expected" <<'EXPECTED'
Max(0, x) is written torch.max(0, x) and gives TypeError
Heaviside(x) is written torch.heaviside(x, 1/2) and gives TypeError
Min(1, x) is written torch.min(1, x) and gives TypeError
Max(x, y) is written torch.max(x, y) and gives 3.0000
Abs(x) is written torch.abs(x) and gives 2.0000
tanh(x) is written torch.tanh(x) and gives 0.9640
1/(1 + exp(-x)) is written torch.pow(1 + torch.exp(-x), -1) and gives 0.8808
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
