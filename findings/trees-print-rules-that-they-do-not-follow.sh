#!/usr/bin/env bash
# scikit-learn draws the rule x <= 0.003 for a tree that parts at 0.0025, so that a sample of 0.003 goes the other way, and prints x <= 0.00 as text.
#
# Guess before running: the rule that export_graphviz and export_text give is the tree's: a sample that is put through by hand ends in the same leaf; small
#   thresholds are given with as many digits as they need.
# Seen: export_graphviz rounds to three decimals, export_text to two, whatever the size: a threshold of 0.0025 is 0.003 in the one and 0.00 in the other,
#   both branches of the text say value [0.00]. The sample 0.003 is above the threshold and not above what is written. With precision=6 and decimals=6 the
#   rules are right.
# Who meets it: who shows a class how a tree decides, or copies its rules into a program, where features are rates or weights: the rules say nothing, or
#   the opposite.
# Versions: scikit-learn==1.9.1, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > "$place/rules.py" <<'PROBE'
import re

import numpy as np
from sklearn.tree import DecisionTreeRegressor, export_graphviz, export_text

x = np.array([[0.001], [0.002], [0.003], [0.004]])
tree = DecisionTreeRegressor().fit(x, [0.001, 0.001, 0.004, 0.004])
print(f"threshold {tree.tree_.threshold[0]:.6f}, prediction for 0.003: {tree.predict([[0.003]])[0]:.3f}")
for name, options in (("standard", {}), ("with six digits", {"precision": 6})):
    print(f"{name}, drawn:", re.findall(r'label="(x\[0\] [^\\]*)', export_graphviz(tree, **options)))
for name, options in (("standard", {}), ("with six digits", {"decimals": 6})):
    print(f"{name}, text:", [line.strip("|- ") for line in export_text(tree, **options).splitlines()])
PROBE
cat > "$place/expected" <<'EXPECTED'
threshold 0.002500, prediction for 0.003: 0.004
standard, drawn: ['x[0] <= 0.003']
with six digits, drawn: ['x[0] <= 0.0025']
standard, text: ['feature_0 <= 0.00', 'value: [0.00]', 'feature_0 >  0.00', 'value: [0.00]']
with six digits, text: ['feature_0 <= 0.002500', 'value: [0.001000]', 'feature_0 >  0.002500', 'value: [0.004000]']
EXPECTED
"$place/venv/bin/python" "$place/rules.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
