#!/usr/bin/env bash
# latex2sympy2_extended makes every capital small, drops primes, and reads gamma as a number.
#
# Guess before running: names keep their letters: in W x + w there are two weights, x' is not x, and \gamma, a
#   discount or a scale in every paper, is a name like \beta.
# Seen: W x + w is w*x + w, and L = l^2 says that l equals its square; x' - x is x less itself; \gamma is
#   Euler's constant 0.577. y^{(i)}, the target of row i, is y to the power i, and \log is the logarithm to
#   base 10, where sympy's own reader takes the natural one. Nothing warns.
# Who meets it: who turns a formula of a paper into a program by it, or has answers compared by math-verify,
#   which rests on it: two weights become one, and the gradient is that of another function. ConversionConfig's
#   lowercase_symbols=False keeps capitals.
# Versions: latex2sympy2-extended==1.11.0, antlr4-python3-runtime==4.13.2, sympy==1.14.0; Python 3.11. Needs python3
#   with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
  latex2sympy2-extended==1.11.0 antlr4-python3-runtime==4.13.2 sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
from latex2sympy2_extended import latex2sympy
from latex2sympy2_extended.latex2sympy2 import ConversionConfig

for text in (r"W x + w", r"L = l^2", r"x' - x", r"\gamma r", r"\beta r", r"y^{(i)}", r"\log x", r"\ln x"):
    print(text, "->", latex2sympy(text))
kept = ConversionConfig(lowercase_symbols=False)
print("capitals kept:", latex2sympy(r"W x + w", conversion_config=kept))
PROBE
cat > "$place/expected" <<'EXPECTED'
W x + w -> w*x + w
L = l^2 -> Eq(l, l**2)
x' - x -> -x + x
\gamma r -> EulerGamma*r
\beta r -> beta*r
y^{(i)} -> y**i
\log x -> log(x, 10)
\ln x -> log(x, E)
capitals kept: W*x + w
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
