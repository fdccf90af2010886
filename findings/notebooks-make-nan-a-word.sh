#!/usr/bin/env bash
# A NaN in the JSON that a notebook shows becomes the text "nan", and in a notebook's metadata a file that is no JSON.
#
# Guess before running: display(JSON({"loss": nan})) keeps NaN, as Python's json does, or makes it null, as JavaScript does, or raises an error.
# Seen: between kernel and notebook NaN and infinity are made the texts "nan" and "inf", in application/json and in every other kind that holds JSON, such
#   as those of charts: "loss": "nan". Beside numbers stands a text, and a reader that adds or plots them fails or takes it for a category. nbformat writes a
#   NaN in metadata as NaN, which no parser of JavaScript reads.
# Who meets it: who keeps losses or metrics as JSON output, or makes a chart of such data by a display type of his own: diverged runs have words for numbers.
#   Make NaN None first.
# Versions: nbclient==0.11.0, nbformat==5.11.1, ipykernel==7.4.0, ipython==9.18.1, jupyter_client==8.10.0; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check nbclient==0.11.0 nbformat==5.11.1 ipykernel==7.4.0 ipython==9.18.1 jupyter_client==8.10.0
cat > "$place/nbn.py" <<'PROBE'
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
import nbclient
import nbformat

CELL = """
from IPython.display import JSON, display
display(JSON({"loss": [0.5, float("nan")], "worst": float("inf")}))
display({"application/vnd.chart+json": {"y": [0.5, float("nan")]}, "text/plain": "a chart"}, raw=True)
"""
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
for output in notebook.cells[0].outputs:
    for kind, data in output.get("data", {}).items():
        if kind.endswith("json"):
            print(kind, json.dumps(data))
notebook.metadata["best_loss"] = float("nan")
nbformat.validate(notebook)
written = nbformat.writes(notebook)
print("metadata in the file:", next(line.strip() for line in written.splitlines() if "best_loss" in line))
try:
    json.loads(written, parse_constant=lambda name: 1 / 0)
except ZeroDivisionError:
    print("the file is JSON: False")
PROBE
cat > "$place/expected" <<'EXPECTED'
application/json {"loss": [0.5, "nan"], "worst": "inf"}
application/vnd.chart+json {"y": [0.5, "nan"]}
metadata in the file: "best_loss": NaN,
the file is JSON: False
EXPECTED
"$place/venv/bin/python" "$place/nbn.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
