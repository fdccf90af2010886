#!/usr/bin/env bash
# Orange saves a column of 1e-3, 1e-4 and 5e-5 as 0.00, keeps six digits of other columns, and reads infinity as missing.
#
# Guess before running: a table that Orange reads from a CSV file and saves is the same table, to fifteen digits or so; a name such as D#1 is kept; inf is
#   infinity, or refused.
# Seen: a column is saved as Orange shows it, in each of its text formats: numbers with an exponent and no point count as having no decimals and come out
#   as 0.00; a column that holds more than some decimals has six digits, 0.123456789 is 0.123457. inf is read as missing, like nan. A column of 1, 1.5 and
#   2 below D#1 is a category called 1, m#2 is no feature and is called 2, S#3 is text called 3, and one of 0 and 1 is a category, too. In a pickle numbers
#   stay.
# Who meets it: who scales or cleans a table in Orange and trains elsewhere with what was saved: rates are 0, weights have six digits. Save as .pkl, or
#   write 0.0001.
# Versions: Orange3==3.40.0, numpy==2.3.5, scipy==1.17.1, pandas==2.3.3, scikit-learn==1.9.1; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Orange3==3.40.0 numpy==2.3.5 \
  scipy==1.17.1 pandas==2.3.3 scikit-learn==1.9.1
cat > "$place/probe.py" <<'PROBE'
import os
import tempfile

from Orange.data import Table

TABLES = {
    "rates": "rate,loss\n1e-3,0.5\n1e-4,0.25\n5e-5,0.125\n2e-3,0.0625\n",
    "numbers": "step,weight\n1234567.891,0.123456789\n1234567.892,0.123456788\n1234568.1,1e-7\n1234569.2,0.3333333333333333\n",
    "breaks": "loss,w\n0.5,1.5\ninf,2.5\nnan,3.5\n0.25,4.5\n",
    "names": "D#1,m#2,S#3,w,y\n1,2.5,3.5,4.5,0\n1.5,2.25,3.25,4.25,1\n2,2.5,3.5,4.5,0\n1,2.5,3.5,4.75,1\n",
}
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name, text in TABLES.items():
        with open(name + ".csv", "w", encoding="utf-8") as file:
            file.write(text)
        table = Table.from_file(name + ".csv")
        if name == "names":
            columns = table.domain.attributes + table.domain.class_vars + table.domain.metas
            print("columns:", {column.name: type(column).__name__ for column in columns})
            continue
        print(name, "held:", table.X.tolist())
        for ending in ("csv", "tab", "pkl"):
            table.save("saved." + ending)
            print("  read again from", ending + ":", Table.from_file("saved." + ending).X.tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
rates held: [[0.001, 0.5], [0.0001, 0.25], [5e-05, 0.125], [0.002, 0.0625]]
  read again from csv: [[0.0, 0.5], [0.0, 0.25], [0.0, 0.125], [0.0, 0.0625]]
  read again from tab: [[0.0, 0.5], [0.0, 0.25], [0.0, 0.125], [0.0, 0.0625]]
  read again from pkl: [[0.001, 0.5], [0.0001, 0.25], [5e-05, 0.125], [0.002, 0.0625]]
numbers held: [[1234567.891, 0.123456789], [1234567.892, 0.123456788], [1234568.1, 1e-07], [1234569.2, 0.3333333333333333]]
  read again from csv: [[1234567.891, 0.123457], [1234567.892, 0.123457], [1234568.1, 1e-07], [1234569.2, 0.333333]]
  read again from tab: [[1234567.891, 0.123457], [1234567.892, 0.123457], [1234568.1, 1e-07], [1234569.2, 0.333333]]
  read again from pkl: [[1234567.891, 0.123456789], [1234567.892, 0.123456788], [1234568.1, 1e-07], [1234569.2, 0.3333333333333333]]
breaks held: [[0.5, 1.5], [nan, 2.5], [nan, 3.5], [0.25, 4.5]]
  read again from csv: [[0.5, 1.5], [nan, 2.5], [nan, 3.5], [0.25, 4.5]]
  read again from tab: [[0.5, 1.5], [nan, 2.5], [nan, 3.5], [0.25, 4.5]]
  read again from pkl: [[0.5, 1.5], [nan, 2.5], [nan, 3.5], [0.25, 4.5]]
columns: {'1': 'DiscreteVariable', 'w': 'ContinuousVariable', 'y': 'DiscreteVariable', '2': 'ContinuousVariable', '3': 'StringVariable'}
EXPECTED
"$place/venv/bin/python" -W ignore "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
