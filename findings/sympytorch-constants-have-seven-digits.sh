#!/usr/bin/env bash
# sympytorch computes x/3, pi*x and a logarithm to base 2 of doubles with constants of seven digits.
#
# Guess before running: a module made of a sympy expression computes in the type of what it is given: with doubles x/3 at 1 is
#   0.3333333333333333.
# Seen: 0.3333333432674408: numbers, pi and coefficients are tensors of single precision, which take part in double arithmetic as what they
#   were rounded to. The result is a double, so nothing shows that it is wrong from the eighth digit on; slopes as well. SymPyModule has no
#   option for it; torch.set_default_dtype(torch.float64) before the module is made mends it. Powers and exp(-x) are right.
# Who meets it: who compares gradients of torch with sympy's, or with finite differences: a check to nine digits fails, and the fault
#   seems to be in the derivative.
# Versions: sympytorch==0.1.4, sympy==1.14.0, torch==2.13.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympytorch==0.1.4 sympy==1.14.0 torch==2.13.0 numpy==2.4.6
cat > "$place/constants.py" <<'PROBE'
import sympy
import sympytorch
import torch

x = sympy.Symbol("x")


def show(title):
    for expression in (x / 3, sympy.pi * x, sympy.log(x, 2), 0.1 * x, x**2, sympy.exp(-x)):
        at = torch.tensor([8.0], dtype=torch.float64, requires_grad=True)
        value = sympytorch.SymPyModule(expressions=[expression])(x=at)
        value.sum().backward()
        exact = float(expression.subs(x, 8)), float(sympy.diff(expression, x).subs(x, 8))
        print(title, expression, "is", f"{value.item():.10g}, {exact[0]:.10g} expected;",
              "slope", f"{at.grad.item():.10g}, {exact[1]:.10g} expected")


show("as it is:")
torch.set_default_dtype(torch.float64)
show("with doubles as default:")
PROBE
cat > "$place/expected" <<'EXPECTED'
as it is: x/3 is 2.666666746, 2.666666667 expected; slope 0.3333333433, 0.3333333333 expected
as it is: pi*x is 25.13274193, 25.13274123 expected; slope 3.141592741, 3.141592654 expected
as it is: log(x)/log(2) is 2.99999996, 3 expected; slope 0.1803368777, 0.1803368801 expected
as it is: 0.1*x is 0.8000000119, 0.8 expected; slope 0.1000000015, 0.1 expected
as it is: x**2 is 64, 64 expected; slope 16, 16 expected
as it is: exp(-x) is 0.0003354626279, 0.0003354626279 expected; slope -0.0003354626279, -0.0003354626279 expected
with doubles as default: x/3 is 2.666666667, 2.666666667 expected; slope 0.3333333333, 0.3333333333 expected
with doubles as default: pi*x is 25.13274123, 25.13274123 expected; slope 3.141592654, 3.141592654 expected
with doubles as default: log(x)/log(2) is 3, 3 expected; slope 0.1803368801, 0.1803368801 expected
with doubles as default: 0.1*x is 0.8, 0.8 expected; slope 0.1, 0.1 expected
with doubles as default: x**2 is 64, 64 expected; slope 16, 16 expected
with doubles as default: exp(-x) is 0.0003354626279, 0.0003354626279 expected; slope -0.0003354626279, -0.0003354626279 expected
EXPECTED
"$place/venv/bin/python" "$place/constants.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
