#!/usr/bin/env bash
# scikit-learn's MLPRegressor stops early where the targets are small, and says nothing: R² is below -10 for targets of 0.01.
#
# Guess before running: a network learns y and y/100 alike, but for the scale, or warns that it has not converged.
# Seen: it stops once ten steps in a row have not lowered the loss by tol = 0.0001, which is a number and no share of the loss: the squared error of targets of 0.01
#   is below it before anything is learnt. R² falls from 0.76 at a scale of 1 to 0.15 at 0.1 and far below 0, worse than a constant, at 0.01 and 0.001. There is no
#   ConvergenceWarning, since it takes itself for converged. With standardised targets R² is 0.76 at each scale.
# Who meets it: who predicts returns, currents or displacements in SI units with the standard settings. Standardise the targets, too.
# Versions: scikit-learn==1.9.1, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1
cat > "$place/mlp.py" <<'PROBE'
import warnings

import numpy as np
from sklearn.compose import TransformedTargetRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler

inputs = np.linspace(-1, 1, 200)[:, None]
for scale in (1, 0.1, 0.01, 0.001):
    targets = scale * np.sin(3 * inputs[:, 0])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        network = MLPRegressor(hidden_layer_sizes=(20,), random_state=0, max_iter=5000).fit(inputs, targets)
    plain = network.score(inputs, targets)
    scaled = TransformedTargetRegressor(network, transformer=StandardScaler()).fit(inputs, targets).score(inputs, targets)
    verdict = "above 0.5" if plain > 0.5 else "between 0 and 0.5" if plain > 0 else "below -10" if plain < -10 else "below 0"
    print(f"targets up to {scale}: warnings {len(caught)}, steps below 500: {network.n_iter_ < 500}, R² {verdict}; targets standardised {scaled:.2f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
targets up to 1: warnings 0, steps below 500: True, R² above 0.5; targets standardised 0.76
targets up to 0.1: warnings 0, steps below 500: True, R² between 0 and 0.5; targets standardised 0.76
targets up to 0.01: warnings 0, steps below 500: True, R² below -10; targets standardised 0.76
targets up to 0.001: warnings 0, steps below 500: True, R² below -10; targets standardised 0.76
EXPECTED
"$place/venv/bin/python" "$place/mlp.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
