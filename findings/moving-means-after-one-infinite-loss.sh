#!/usr/bin/env bash
# After one infinite loss bottleneck's moving mean is NaN to the end, after one of 1e16 it is 0; scipy's filter ends alike, also after NaN.
#
# Guess before running: a mean of the last two values knows nothing of those before, so the curve is back at 1 two rows after the loss that ran away.
# Seen: for 3, 2, ∞, 1, 1, 1, 1 bottleneck's move_mean and scipy's uniform_filter1d stay NaN for good; for 1e16 in its place both say 0.0 where the mean
#   is 1; after NaN scipy stays NaN, bottleneck does not. pandas takes ∞ for NaN and is right after it; numpy.convolve is right each time.
# Who meets it: who smooths a training curve: one row that ran away, from which the training came back, hides or flattens all rows after it. (A sum is
#   kept and carried along, rather than taken anew.)
# Versions: Bottleneck==1.6.0, scipy==1.17.1, pandas==3.1.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Bottleneck==1.6.0 scipy==1.17.1 pandas==3.1.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import bottleneck
import numpy as np
import pandas as pd
from scipy.ndimage import uniform_filter1d

for odd in (np.inf, 1e16, np.nan):
    losses = np.array([3, 2, odd, 1, 1, 1, 1])
    print(f"3, 2, {odd:g}, 1, 1, 1, 1, means of the last two:")
    print("  bottleneck:", bottleneck.move_mean(losses, 2)[4:].tolist())
    print("  scipy:", uniform_filter1d(losses, 2)[4:].tolist())
    print("  pandas:", pd.Series(losses).rolling(2).mean()[4:].tolist())
    print("  numpy:", np.convolve(losses, [0.5, 0.5], "valid")[3:].tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
3, 2, inf, 1, 1, 1, 1, means of the last two:
  bottleneck: [nan, nan, nan]
  scipy: [nan, nan, nan]
  pandas: [1.0, 1.0, 1.0]
  numpy: [1.0, 1.0, 1.0]
3, 2, 1e+16, 1, 1, 1, 1, means of the last two:
  bottleneck: [0.0, 0.0, 0.0]
  scipy: [0.0, 0.0, 0.0]
  pandas: [1.0, 1.0, 1.0]
  numpy: [1.0, 1.0, 1.0]
3, 2, nan, 1, 1, 1, 1, means of the last two:
  bottleneck: [1.0, 1.0, 1.0]
  scipy: [nan, nan, nan]
  pandas: [1.0, 1.0, 1.0]
  numpy: [1.0, 1.0, 1.0]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
