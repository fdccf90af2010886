#!/usr/bin/env bash
# SymEngine reads 1_000 as 1 times a symbol called _000.
#
# Guess before running: 1000, as Python and sympy read it, or an error.
# Seen: 1_000 is the symbol _000, 2_5*x is 2*x*_5, and 1_000 * 2 has no value; nothing is said. sympy reads 1000.
#   What it cannot differentiate it leaves as it stands, with no error: log10(x), cbrt(x), Abs(x).
# Who meets it: who gives SymEngine a formula that sympy or Python understood, with digits in groups: it then has one
#   symbol more than there are values. nodegraph reads 1_000 as 1000.
# Versions: symengine==0.15.0, sympy==1.14.0; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check symengine==0.15.0 sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
import symengine
import sympy

x = symengine.Symbol("x")
for text in ("1_000", "2_5*x", "1_000 * 2 + 1"):
    read = symengine.sympify(text)
    print(text, "->", read, "with", sorted(map(str, read.free_symbols)), "sympy:", sympy.sympify(text))
for text in ("log10(x)", "cbrt(x)", "Abs(x)", "tanh(x)"):
    print("slope of", text, "->", symengine.sympify(text).diff(x))
PROBE
cat > "$place/expected" <<'EXPECTED'
1_000 -> _000 with ['_000'] sympy: 1000
2_5*x -> 2*x*_5 with ['_5', 'x'] sympy: 25*x
1_000 * 2 + 1 -> 1 + 2*_000 with ['_000'] sympy: 2001
slope of log10(x) -> Derivative(log10(x), x)
slope of cbrt(x) -> Derivative(cbrt(x), x)
slope of Abs(x) -> Derivative(Abs(x), x)
slope of tanh(x) -> 1 - tanh(x)**2
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
