#!/usr/bin/env bash
# xarray subtracts only where both arrays have the label, and 0.3 is not the label 0.1 × 3: rows vanish from a loss without a word.
#
# Guess before running: arrays of one length are subtracted place by place, or refused where their labels differ, or have NaN there, as in pandas.
# Seen: predictions at 0, 1, 2 less targets at 1, 2, 3 are two numbers, not three or four; labels 0.1, 0.2, 0.3 typed and 0.1, 0.2, 0.3 made by
#   arange(1, 4) * 0.1 have two in common, so that the mean squared error is one of two rows; sums pass over NaN, and the sum of NaN alone is 0.
#   set_options(arithmetic_join="exact") refuses all of these.
# Who meets it: who takes a loss of measured and computed columns: the number looks right, as it is a mean of fewer rows.
# Versions: xarray==2026.9.0, numpy==2.4.6, pandas==3.1.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check xarray==2026.9.0 numpy==2.4.6 pandas==3.1.1
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import xarray as xr


def column(labels, values):
    return xr.DataArray(values, coords={"t": labels}, dims="t")


predicted, target = column([0, 1, 2], [1.0, 2.0, 3.0]), column([1, 2, 3], [10.0, 20.0, 30.0])
print("difference:", (predicted - target).values.tolist())
print("in pandas:", (predicted.to_series() - target.to_series()).tolist())
typed = column([0.1, 0.2, 0.3], [1.0, 1.0, 4.0])
made = column(np.arange(1, 4) * 0.1, [0.0, 0.0, 0.0])
print("squares:", ((typed - made) ** 2).values.tolist(), "mean:", float(((typed - made) ** 2).mean()))
print("sum of NaN:", float(column([0], [np.nan]).sum()))
with xr.set_options(arithmetic_join="exact"):
    try:
        typed - made
    except ValueError:
        print("exact: ValueError")
PROBE
cat > "$place/expected" <<'EXPECTED'
difference: [-8.0, -17.0]
in pandas: [nan, -8.0, -17.0, nan]
squares: [1.0, 1.0] mean: 1.0
sum of NaN: 0.0
exact: ValueError
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
