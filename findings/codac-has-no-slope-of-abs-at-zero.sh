#!/usr/bin/env bash
# Codac's slope of abs(x) over [1, 2] is [0.5, 2], over [-1, 2] [-inf, inf] and at 0 empty; that of max(x, 0) at 0 is 0 alone.
#
# Guess before running: an enclosure of slopes, [-1, 1] for abs wherever the interval holds 0, [0, 1] for max(x, 0), and -x**2 over [-2, 2] is [-4, 0].
# Seen: -x**2, x - x and max(x, 0) over [-1, 1] are as guessed. abs over [1, 2], where its slope is 1, has [0.5, 2], over an interval with 0 inside
#   [-inf, inf], at 0 itself the empty set, as has the square root. At the tie max(x, 0) has 0 and min(x, 0) has 1, no interval, so that a kink is not
#   seen where one lands on it.
# Who meets it: who bounds the gradient of a loss with abs or relu in it: the bound is empty where a residual is exactly 0, and says nothing where it
#   may be.
# Versions: codac==2.1.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check codac==2.1.2
cat > "$place/probe.py" <<'PROBE'
from codac import AnalyticFunction, Interval, ScalarVar, abs, max, min, sqr, sqrt

x = ScalarVar()
for name, formula, places in (
    ("-x**2", -sqr(x), (Interval(-2, 2),)),
    ("abs(x)", abs(x), (Interval(1, 2), Interval(-1, 2), Interval(0))),
    ("max(x, 0)", max(x, 0.0), (Interval(-1, 1), Interval(0))),
    ("min(x, 0)", min(x, 0.0), (Interval(-1, 1), Interval(0))),
    ("sqrt(x)", sqrt(x), (Interval(1, 4), Interval(0))),
):
    function = AnalyticFunction([x], formula)
    for place in places:
        print(name, "over", place, "value", function.eval(place), "slope", str(function.diff(place)).replace("\n", ""))
PROBE
cat > "$place/expected" <<'EXPECTED'
-x**2 over [-2, 2] value [-4, 0] slope [[ [-4, 4] ]]
abs(x) over [1, 2] value [1, 2] slope [[ [0.5, 2] ]]
abs(x) over [-1, 2] value [0, 2] slope [[ [-inf, inf] ]]
abs(x) over <0, 0> value <0, 0> slope [ empty 1x1 mat ]
max(x, 0) over [-1, 1] value [0, 1] slope [[ [0, 1] ]]
max(x, 0) over <0, 0> value <0, 0> slope [[ <0, 0> ]]
min(x, 0) over [-1, 1] value [-1, 0] slope [[ [0, 1] ]]
min(x, 0) over <0, 0> value <0, 0> slope [[ <1, 1> ]]
sqrt(x) over [1, 4] value [1, 2] slope [[ [0.25, 0.5] ]]
sqrt(x) over <0, 0> value <0, 0> slope [ empty 1x1 mat ]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
