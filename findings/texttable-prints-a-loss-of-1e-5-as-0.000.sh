#!/usr/bin/env bash
# texttable turns names that look like numbers into numbers, and prints a small number as 0.000.
#
# Guess before running: text in a cell is printed as it is; a number has as many digits as it needs.
# Seen: the names 007 and 1e5 become 7 and 100000, the text 1_000 becomes 1000 and nan stays; 0.00001 and 0.00009 are both 0.000, 0.12345 is 0.123, and
#   1234567.891 all of its digits: three decimals are meant, whatever the size. set_cols_dtype(["t", …]) keeps all as it is.
# Who meets it: who prints nodes and gradients of a run as a table in a terminal: small gradients look like none, and two nodes 1e2 and 100 become one
#   name.
# Versions: texttable==1.7.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check texttable==1.7.0
cat > "$place/probe.py" <<'PROBE'
from texttable import Texttable

rows = [["name", "gradient"], ["007", 0.00001], ["1e5", 0.00009], ["1_000", 0.12345], ["nan", 1234567.891]]
for types in (None, ["t", "t"]):
    table = Texttable()
    table.set_deco(0)
    if types:
        table.set_cols_dtype(types)
    table.add_rows(rows)
    print("as they come:" if types is None else "as text:")
    print(table.draw())
PROBE
cat > "$place/expected" <<'EXPECTED'
as they come:
 name     gradient  
7        0.000      
100000   0.000      
1000     0.123      
nan      1234567.891
as text:
name     gradient  
007     1e-05      
1e5     9e-05      
1_000   0.12345    
nan     1234567.891
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
