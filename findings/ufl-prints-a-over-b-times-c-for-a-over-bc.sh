#!/usr/bin/env bash
# UFL, the form language of FEniCS, prints a/(b*c) as a / b * c, and its Unicode printer does likewise.
#
# Guess before running: str() and ufl2unicode put brackets where they are needed, a/(b*c) and a - (b - c) and (-x)**2 among them.
# Seen: differences and negative bases have their brackets. A product or a quotient below the line has none: with 8, 4 and 2, a/(b*c), 1 in truth, is
#   printed as 8 / 2 * 4, which is 16, and a/(b/c), 4, as 8 / 4 / 2, which is 1. (a**b)**c and a**(b**c) have one text. So has the slope of a square root,
#   1.0 / 2 * sqrt(x).
# Who meets it: who prints a derivative to read or to copy it: the square root's slope at 4 is 0.25, what is printed comes to 1.
# Versions: fenics-ufl==2026.2.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check fenics-ufl==2026.2.0
cat > "$place/probe.py" <<'PROBE'
from ufl import as_ufl, diff, sqrt, variable
from ufl.algorithms import expand_derivatives
from ufl.formatting.ufl2unicode import ufl2unicode

a, b, c = (variable(as_ufl(number)) for number in (8, 4, 2))
NAMES = {str(one): name for one, name in zip((a, b, c), ("8", "4", "2"))}
for name, form in (("a/(b*c)", a / (b * c)), ("a/(b/c)", a / (b / c)), ("(a**c)**c", (a**c) ** c), ("a**(c**c)", a ** (c**c)), ("a-(b-c)", a - (b - c)), ("(-a)**2", (-a) ** 2)):
    shown = str(form)
    for long, short in NAMES.items():
        shown = shown.replace(f"({long})", short)
    print(f"{name} = {float(form(())):g}, printed as {shown}")
print("in Unicode:", ufl2unicode(as_ufl(8.5) / (variable(as_ufl(4)) * variable(as_ufl(2)))).replace("var", ""))
x = variable(as_ufl(4))
slope = expand_derivatives(diff(sqrt(x), x))
print("slope of a square root at 4:", slope(()), "printed as", str(slope).replace(str(x), "4"))
PROBE
cat > "$place/expected" <<'EXPECTED'
a/(b*c) = 1, printed as 8 / 2 * 4
a/(b/c) = 4, printed as 8 / 4 / 2
(a**c)**c = 4096, printed as 8 ** 2 ** 2
a**(c**c) = 4096, printed as 8 ** 2 ** 2
a-(b-c) = 6, printed as 8 + -1 * (4 + -1 * 2)
(-a)**2 = 64, printed as (-1 * 8) ** 2
in Unicode: 8.5 ∕ ((2,l₄)) ((4,l₃))
slope of a square root at 4: 0.25 printed as 1.0 / 2 * sqrt(4)
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
