#!/usr/bin/env bash
# In OpenMDAO's ExecComp log(-2) is 0.693 with a slope of 3e40, and the third root of -8 is 1.
#
# Guess before running: a component made of an expression computes what numpy does: log(-2) is NaN, and so is its slope; at a tie of maximum one
#   operand has the slope 1, or each a half; the slope of |x| is 1 or -1 wherever x is not 0.
# Seen: expressions are computed with complex numbers, of which the real part is handed on: log(-2) is 0.6931 (log 2, the real part), its slope
#   π·1e40; (-8)**(1/3) is 1 with slope 1.7e40; the slope of x**z by z at x = -2 is -1e25. arcsin(1.5) is π/2. The step of the complex
#   numbers is 1e-40, so that the slope of |x| at 1e-50 is 1e-10. At a tie of maximum both operands have slope 1: together they move the result
#   twice.
# Who meets it: who builds a model of such components and lets an optimizer step over the edge of a logarithm or a root: values that look
#   right, and then a step of 1e40.
# Versions: openmdao==3.45.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check openmdao==3.45.1 numpy==2.4.6
cat > "$place/components.py" <<'PROBE'
import os
import tempfile
import warnings

os.chdir(tempfile.mkdtemp())
warnings.simplefilter("ignore")
import openmdao.api as om

for text, at in [
    ("log(x)", {"x": 2.0}),
    ("log(x)", {"x": -2.0}),
    ("x**(1/3)", {"x": -8.0}),
    ("x**z", {"x": -2.0, "z": 2.0}),
    ("arcsin(x)", {"x": 1.5}),
    ("abs(x)", {"x": -2.0}),
    ("abs(x)", {"x": 1e-50}),
    ("maximum(x, z)", {"x": 1.0, "z": 1.0}),
]:
    problem = om.Problem(reports=False)
    problem.model.add_subsystem("c", om.ExecComp(f"y = {text}"), promotes=["*"])
    problem.setup()
    for name, value in at.items():
        problem.set_val(name, value)
    problem.run_model()
    slopes = problem.compute_totals(of=["y"], wrt=list(at))
    shown = ", ".join(f"by {name} {slopes['y', name][0][0]:.4g}" for name in at)
    print(f"{text} at {at} is {problem.get_val('y')[0]:.4g}, slope {shown}")
PROBE
cat > "$place/expected" <<'EXPECTED'
log(x) at {'x': 2.0} is 0.6931, slope by x 0.5
log(x) at {'x': -2.0} is 0.6931, slope by x 3.142e+40
x**(1/3) at {'x': -8.0} is 1, slope by x 1.732e+40
x**z at {'x': -2.0, 'z': 2.0} is 4, slope by x -4, by z -9.797e+24
arcsin(x) at {'x': 1.5} is 1.571, slope by x 9.624e+39
abs(x) at {'x': -2.0} is 2, slope by x -1
abs(x) at {'x': 1e-50} is 1e-50, slope by x 1e-10
maximum(x, z) at {'x': 1.0, 'z': 1.0} is 1, slope by x 1, by z 1
EXPECTED
"$place/venv/bin/python" "$place/components.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
