#!/usr/bin/env bash
# pytexit sets a-(b-c) as a-b-c, (-x)**2 as -x² and a*-b as a-b.
#
# Guess before running: brackets go only where the formula means the same without them.
# Seen: brackets around what is subtracted are left out where it is a difference or negative (a-(b-c) is "a-b-c",
#   a-(-b) is "a--b"), around a negative base, too; a product with a negative factor has no sign of multiplication, so that it
#   reads as a difference, and 2*x3 is "2x3". a/(b*c), -(a+b) and (a+b)*c are right. lambda1 is "lbd1".
# Who meets it: who prints the formula of a loss in a notebook or a paper: y - (t - b) is a loss with another
#   sign, in a formula that looks whole. nodegraph's own formulas are read back by program and compared.
# Versions: pytexit==0.4.0; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pytexit==0.4.0
cat > "$place/probe.py" <<'PROBE'
from pytexit import py2tex

for formula in ("a-(b-c)", "a-(-b)", "(-x)**2", "a*-b", "2*x3", "lambda1*x", "a/(b*c)", "-(a+b)", "(a*b+c)*f"):
    print(formula, "->", py2tex(formula, print_latex=False, print_formula=False))
PROBE
cat > "$place/expected" <<'EXPECTED'
a-(b-c) -> $$a-b-c$$
a-(-b) -> $$a--b$$
(-x)**2 -> $${-x}^2$$
a*-b -> $$a -b$$
2*x3 -> $$2x3$$
lambda1*x -> $$lbd1 x$$
a/(b*c) -> $$\frac{a}{b c}$$
-(a+b) -> $$-\left(a+b\right)$$
(a*b+c)*f -> $$\left(a b+c\right) f$$
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
