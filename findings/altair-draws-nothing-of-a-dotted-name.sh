#!/usr/bin/env bash
# Altair draws an empty chart of the columns w.grad and w[0], and an infinite loss as a gap like NaN.
#
# Guess before running: a column is drawn by its name, whatever signs it has, or refused, as a name is that no column has; infinity is marked, or stops the
#   chart.
# Seen: a dot or a bracket in a name is read as a way into a nested value, which is not there: axes, a title and no line, without error or warning; w\.grad
#   and w\[0\] draw it. NaN and infinity both become null in the chart's JSON, so that both are gaps.
# Who meets it: who logs gradients under names such as layer1.weight.grad and plots the table: the chart says that there is nothing. Rename the columns, or
#   put a backslash before dots and brackets.
# Versions: altair==6.3.0, vl-convert-python==1.9.0.post1, pandas==3.1.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check altair==6.3.0 vl-convert-python==1.9.0.post1 pandas==3.1.1 numpy==2.4.6
cat > "$place/vg.py" <<'PROBE'
import json
import re
import warnings

warnings.simplefilter("error")
import altair
import numpy as np
import pandas as pd
import vl_convert

table = pd.DataFrame({"step": range(6), "loss": [1.0, 0.5, np.nan, np.inf, 0.2, 0.1], "w.grad": [1.0, 2, 3, 4, 5, 6], "w[0]": [1.0, 2, 3, 4, 5, 6]})
for column in ("loss", "w.grad", "w[0]", r"w\.grad", r"w\[0\]"):
    chart = altair.Chart(table).mark_line().encode(x="step", y=column)
    picture = vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.1")
    pieces = [path.count("M") for path in re.findall(r'd="(M[^"]*L[^"]*)"', picture.split("mark-line", 1)[1])[:1]]
    print(f"{column}: pieces of line", pieces[0] if pieces else 0)
(rows,) = json.loads(altair.Chart(table).mark_line().encode(x="step", y="loss").to_json())["datasets"].values()
print("losses in the chart:", [row["loss"] for row in rows])
PROBE
cat > "$place/expected" <<'EXPECTED'
loss: pieces of line 2
w.grad: pieces of line 0
w[0]: pieces of line 0
w\.grad: pieces of line 1
w\[0\]: pieces of line 1
losses in the chart: [1.0, 0.5, None, None, 0.2, 0.1]
EXPECTED
"$place/venv/bin/python" "$place/vg.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
