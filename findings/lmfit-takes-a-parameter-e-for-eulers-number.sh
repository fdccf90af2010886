#!/usr/bin/env bash
# An ExpressionModel of lmfit takes the names e and pi for its own constants, and fits them not at all.
#
# Guess before running: every name in a formula that is not a known function is a parameter; a name that means two things is refused.
# Seen: of a*x + e only a is a parameter, e is 2.718…, so that points on 2x + 1 are fitted by a wrong slope, with no warning; make_params(e=1) is taken
#   without a word and drops e. The same formula with d has both, and fits. pi goes the same way; beta, gamma and tau are parameters.
# Who meets it: who fits a graph's formula with nodes named a to f, as in every first example: e is not fitted. Rename e before.
# Versions: lmfit==1.3.4, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check lmfit==1.3.4 numpy==2.4.6 scipy==1.17.1
cat > "$place/probe.py" <<'PROBE'
import warnings

import numpy
from lmfit.models import ExpressionModel

warnings.simplefilter("error")
x = numpy.array([0.0, 1.0, 2.0, 3.0])
for formula in ("a*x + d", "a*x + e", "a*x + pi", "a*x + beta", "a*x + gamma", "a*x + tau"):
    model = ExpressionModel(formula)
    print(formula, "has the parameters", model.param_names, end="; ")
    try:
        fitted = model.fit(2 * x + 1, x=x, **dict.fromkeys(model.param_names, 1.0))
        print({name: round(value, 4) for name, value in fitted.best_values.items()}, "success", bool(fitted.success))
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
print("make_params(a=1, e=1):", list(ExpressionModel("a*x + e").make_params(a=1, e=1)))
PROBE
cat > "$place/expected" <<'EXPECTED'
a*x + d has the parameters ['a', 'd']; {'a': 2.0, 'd': 1.0} success True
a*x + e has the parameters ['a']; {'a': 1.2636} success True
a*x + pi has the parameters ['a']; {'a': 1.0822} success True
a*x + beta has the parameters ['a', 'beta']; {'a': 2.0, 'beta': 1.0} success True
a*x + gamma has the parameters ['a', 'gamma']; {'a': 2.0, 'gamma': 1.0} success True
a*x + tau has the parameters ['a', 'tau']; {'a': 2.0, 'tau': 1.0} success True
make_params(a=1, e=1): ['a']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
