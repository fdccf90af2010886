#!/usr/bin/env bash
# Dr.Jit's sine leaves [-1, 1] for large arguments (sin(1e10) is 9.5e117), and its power is NaN at a negative base.
#
# Guess before running: sine and cosine lose digits for large arguments, as the documentation warns (it is made for |x| below
#   8192), but stay within [-1, 1]; (-2)**2 and 0**0 are 4 and 1, as in Python and every peer.
# Seen: up to 3e9 fifteen digits are right; from 5e9 on they are powers without bound, by Python numbers and by arrays of doubles
#   alike, without a warning, and the slopes with them. Where an array holds the exponent, (-2)**2 and 0**0 are NaN; where it is
#   a Python number they are 4 and 1.
# Who meets it: who runs a graph with a phase (frequency times time, positional encodings) or a learned exponent: one wrong
#   value of 1e117 ends a training. Bring the angle below 2*pi first, and keep exponents plain numbers.
# Versions: drjit==1.5.0; Python 3.11; scalar arrays, no LLVM or CUDA needed. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check drjit==1.5.0
cat > "$place/probe.py" <<'PROBE'
import math

import drjit as dr
from drjit.scalar import ArrayXf64

print("x       dr.sin(x)               math.sin(x)            dr.cos(x)               dr.tan(x)")
for x in (1e5, 1e9, 1e10, 1e12, 1e15):
    print(f"{x:<7g} {dr.sin(x):<23.6g} {math.sin(x):<22.6g} {dr.cos(x):<23.6g} {dr.tan(x):.6g}")
print()
print("an array of doubles:", [f"{value:.6g}" for value in dr.sin(ArrayXf64(1e10, 1e12))])
print()
for base, exponent in ((-2.0, 2.0), (-2.0, 3.0), (0.0, 0.0), (0.0, 2.0)):
    by_array = dr.power(ArrayXf64(base), ArrayXf64(exponent))[0]
    by_number = dr.power(ArrayXf64(base), exponent)[0]
    print(f"{base:g} to {exponent:g}: {by_array:g} where an array holds the exponent, {by_number:g} where it is a number,",
          f"Python {base ** exponent:g}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x       dr.sin(x)               math.sin(x)            dr.cos(x)               dr.tan(x)
100000  0.0357488               0.0357488              -0.999361               -0.0357717
1e+09   0.545843                0.545843               0.837887                0.651452
1e+10   9.53522e+117            -0.487506              -4.59662e+126           6.74652e+09
1e+12   1.55859e+146            -0.611239              -1.11199e+157           9.98485e+11
1e+15   -1.13584e+199           0.858273               -1.58961e+185           -1e-15

an array of doubles: ['9.53522e+117', '1.55859e+146']

-2 to 2: nan where an array holds the exponent, 4 where it is a number, Python 4
-2 to 3: nan where an array holds the exponent, -8 where it is a number, Python -8
0 to 0: nan where an array holds the exponent, 1 where it is a number, Python 1
0 to 2: 0 where an array holds the exponent, 0 where it is a number, Python 0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
