#!/usr/bin/env bash
# plotnine draws an infinite loss as a point at the edge of the chart, 5.2 where the others go from 1 to 5, and a loss of 0 on a logarithmic axis as 0.0007.
#
# Guess before running: what is not finite is left out with a warning, as NaN is: "Removed 1 rows containing missing values".
# Seen: NaN is a gap and is warned of. Infinity is put at the upper end of the axis, minus infinity at the lower one, and the line goes through it; no
#   warning. The logarithm of 0 is minus infinity, so that a loss that has become 0 is drawn a little below the least one, as 10 to the −3.15, and the
#   curve rises again.
# Who meets it: who plots a training that ran away for a step, or that came to 0: the curve shows a value that nobody computed, and where the axis ends
#   decides which. Replace what is not finite by NaN first.
# Versions: plotnine==0.15.9, pandas==3.1.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check plotnine==0.15.9 pandas==3.1.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import matplotlib
import pandas as pd
from plotnine import aes, geom_line, geom_point, ggplot, scale_y_log10

matplotlib.use("agg")


def drawn(losses: list[float], *scale: object) -> str:
    table = pd.DataFrame({"step": range(len(losses)), "loss": losses})
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        plot = ggplot(table, aes("step", "loss")) + geom_line() + geom_point()
        for one in scale:
            plot += one
        axes = plot.draw().axes[0]
    heights = [float(f"{height:.3g}") for line in axes.lines for height in line.get_ydata()]
    points = [float(f"{height:.3g}") for marks in axes.collections for _, height in marks.get_offsets()]
    return f"line through {heights}, points at {points}, {len([one for one in said if 'plotnine' in str(one.category).lower()])} warnings of plotnine"


print("1, 2, nan, 4, 5:", drawn([1, 2, float("nan"), 4, 5]))
print("1, 2, inf, 4, 5:", drawn([1, 2, float("inf"), 4, 5]))
print("1, 2, -inf, 4, 5:", drawn([1, 2, float("-inf"), 4, 5]))
print("1, 0.1, 0, 0.01, 0.001 on a logarithmic axis, powers of ten:", drawn([1, 0.1, 0, 0.01, 0.001], scale_y_log10()))
PROBE
cat > "$place/expected" <<'EXPECTED'
1, 2, nan, 4, 5: line through [1.0, 2.0, nan, 4.0, 5.0], points at [1.0, 2.0, 4.0, 5.0], 1 warnings of plotnine
1, 2, inf, 4, 5: line through [1.0, 2.0, 5.2, 4.0, 5.0], points at [1.0, 2.0, 5.2, 4.0, 5.0], 0 warnings of plotnine
1, 2, -inf, 4, 5: line through [1.0, 2.0, 0.8, 4.0, 5.0], points at [1.0, 2.0, 0.8, 4.0, 5.0], 0 warnings of plotnine
1, 0.1, 0, 0.01, 0.001 on a logarithmic axis, powers of ten: line through [0.0, -1.0, -3.15, -2.0, -3.0], points at [0.0, -1.0, -3.15, -2.0, -3.0], 0 warnings of plotnine
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> "$place/said" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
