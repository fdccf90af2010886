#!/usr/bin/env bash
# agate, which csvkit is built on, takes 1,5 for 15, 0 and 1 for booleans, 1/2 for the second of January 2001 and 5% for 5.
#
# Guess before running: columns whose cells are not plain numbers stay text: 1,5 with a decimal comma, 1/2, may; a column of 0 and 1 is
#   one of numbers, since 0 and 1 are; 5% is text, or 0.05.
# Seen: commas are taken out of numbers wherever they stand (1,5 is 15, and 1.234,5 is 1.2345), signs before and after too (5% is 5,
#   $5 is 5); 0 and 1 alone are booleans, t and f as well; 1/2 and 3/4 are days of 2001, may and june days of the year 1, 12:30 a
#   duration of 750 seconds. Nothing is said.
# Who meets it: whose data come from a program that writes decimal commas, and who lets csvkit count, sort or convert them: every number is
#   ten or a hundred times what it was, and labels 0 and 1 have no mean. agate.Number(locale='de_DE.UTF-8') and naming the types help.
# Versions: agate==1.14.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check agate==1.14.2
cat > "$place/columns.py" <<'PROBE'
import io

import agate

COLUMNS = [("1,5", "2,5"), ("1.234,5", "2"), ("1.5", "2.5"), ("0", "1"), ("0", "2"), ("5%", "6%"), ("1/2", "3/4"), ("12:30", "1:15"), ("may", "june"), ("t", "f"), ("a", "b")]
for cells in COLUMNS:
    text = "x;note\n" + "".join(f"{cell};-\n" for cell in cells)
    table = agate.Table.from_csv(io.StringIO(text), delimiter=";")
    print(*cells, "are", type(table.column_types[0]).__name__, *map(str, table.columns["x"].values()))
PROBE
cat > "$place/expected" <<'EXPECTED'
1,5 2,5 are Number 15 25
1.234,5 2 are Number 1.2345 2
1.5 2.5 are Number 1.5 2.5
0 1 are Boolean False True
0 2 are Number 0 2
5% 6% are Number 5 6
1/2 3/4 are Date 2001-01-02 2001-03-04
12:30 1:15 are TimeDelta 0:12:30 0:01:15
may june are Date 0001-05-01 0001-06-01
t f are Boolean True False
a b are Text a b
EXPECTED
"$place/venv/bin/python" "$place/columns.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
