#!/usr/bin/env bash
# py_expression_eval takes powers of powers from the left, and cannot multiply by a negative number or raise to one.
#
# Guess before running: 2**3**2 is 512, as in Python, in which it is written; 2*-3 is -6 and 2^-1 is 0.5, or a parse error says where.
# Seen: 2**3**2 and 2^3^2 are 64. 2*-3, a*-b and 2^-1 raise "pop from empty list" on evaluation, not on parsing; with brackets round
#   the negative operand they are right. -2^2 is -4, as in Python.
# Who meets it: who evaluates formulas that this program or Python printed: x^y^z is another number, and a weight written as -3 ends
#   in an IndexError that names no place. Put brackets round both.
# Versions: py_expression_eval==0.3.14; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check py_expression_eval==0.3.14
cat > "$place/probe.py" <<'PROBE'
from py_expression_eval import Parser

for words, meant in (
    ("2^3^2", 512),
    ("2**3**2", 512),
    ("2*-3", -6),
    ("a*-b", -6),
    ("2^-1", 0.5),
    ("-2^2", -4),
    ("2*(-3)", -6),
    ("log(100, 10)", 2.0),
):
    try:
        print(words, "is", Parser().parse(words).evaluate({"a": 2, "b": 3}), "where", meant, "is meant")
    except IndexError as error:
        print(words, "raises IndexError:", error)
PROBE
cat > "$place/expected" <<'EXPECTED'
2^3^2 is 64 where 512 is meant
2**3**2 is 64 where 512 is meant
2*-3 raises IndexError: pop from empty list
a*-b raises IndexError: pop from empty list
2^-1 raises IndexError: pop from empty list
-2^2 is -4 where -4 is meant
2*(-3) is -6 where -6 is meant
log(100, 10) is 2.0 where 2.0 is meant
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
