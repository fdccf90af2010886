#!/usr/bin/env bash
# gvar has no slope for x**0 at 0, ad gives 0 where a negative base has none by its exponent.
#
# Guess before running: x**0 has the slope 0 everywhere; x**n at x = 0, n = 2 has the slopes 0 and 0; by its exponent a power of a
#   negative base has none, so NaN or an error.
# Seen: gvar gives NaN for x**0 at 0 and for the slope by n at x = 0; ad raises ZeroDivisionError for x**0 at 0, and gives
#   0 for the slope by the exponent of a negative base, where no derivative exists.
# Who meets it: who propagates errors through a polynomial from degree 0 up, at a point with x = 0: one NaN makes every error
#   NaN. Or who fits an exponent with ad: the fit never moves, as though it were at its best. nodegraph: 0 and 0, and NaN.
# Versions: gvar==13.1.10, ad==1.5.1, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check gvar==13.1.10 ad==1.5.1 numpy==2.4.6 scipy==1.17.1
cat > "$place/probe.py" <<'PROBE'
import warnings

warnings.simplefilter("ignore")  # of the packages' own old ways of writing

import ad
import gvar


def by_gvar(function, *values):
    inputs = [gvar.gvar(value, 1.0) for value in values]
    result = function(*inputs)
    return [float(result.deriv(one)) for one in inputs]


def by_ad(function, *values):
    inputs = [ad.adnumber(value) for value in values]
    result = function(*inputs)
    return [float(result.d(one)) for one in inputs]


for words, function, values in (
    ("x**0 at x = 0, by x (true: 0)", lambda x: x**0, (0.0,)),
    ("x**n at x = 0, n = 2, by x and n (true: 0 and 0)", lambda x, n: x**n, (0.0, 2.0)),
    ("x**n at x = -2, n = 2, by x and n (true: -4 and none)", lambda x, n: x**n, (-2.0, 2.0)),
    ("(-2)**n at n = 2, by n (true: none)", lambda n: (-2) ** n, (2.0,)),
):
    print(words)
    for slopes in (by_gvar, by_ad):
        try:
            print(f"  {slopes.__name__[3:]:5}", *slopes(function, *values))
        except ZeroDivisionError as error:
            print(f"  {slopes.__name__[3:]:5}", error)
PROBE
cat > "$place/expected" <<'EXPECTED'
x**0 at x = 0, by x (true: 0)
  gvar  nan
  ad    0.0 cannot be raised to a negative power
x**n at x = 0, n = 2, by x and n (true: 0 and 0)
  gvar  0.0 nan
  ad    0.0 0.0
x**n at x = -2, n = 2, by x and n (true: -4 and none)
  gvar  -4.0 nan
  ad    -4.0 0.0
(-2)**n at n = 2, by n (true: none)
  gvar  nan
  ad    0.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
