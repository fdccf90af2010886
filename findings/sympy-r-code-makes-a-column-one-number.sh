#!/usr/bin/env bash
# sympy's R code of a ReLU or a maximum gives one number for a whole column, and fills the column with it.
#
# Guess before running: rcode writes max(x, 0) so that it works place by place, as R's operators and all its other functions do (pmax).
# Seen: Max(x, 0) is written as max(0, x), which in R is the greatest of all: for x = -1, 2, 3 it is 3, and in a data frame the whole column becomes 3;
#   a mean squared error of it is one number off, with no warning. Piecewise becomes ifelse, and is right.
# Who meets it: who takes a network with ReLU, or a hinge loss, from sympy to R. Rewrite it before: expression.rewrite(Piecewise).
# Versions: sympy==1.14.0; Python 3.11; Debian's r-base-core 4.2.2.20221110-2. Needs python3 with venv, Rscript of this package and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
from sympy import Max, Min, Piecewise, exp, rcode, symbols

x = symbols("x")
print('cat(R.version.string, "\\n")')
print("table <- data.frame(x = c(-1, 2, 3))")
for expression in (exp(x), Max(x, 0), Min(x, 1), Max(x, 0).rewrite(Piecewise)):
    print(f"table$y <- with(table, {rcode(expression)})")
    print(f"cat({rcode(expression)!r}, 'of -1, 2, 3 is', format(table$y, digits = 4), '\\n')")
PROBE
cat > "$place/expected" <<'EXPECTED'
R version 4.2.2 Patched (2022-11-10 r83330) 
exp(x) of -1, 2, 3 is  0.3679  7.3891 20.0855 
max(0, x) of -1, 2, 3 is 3 3 3 
min(1, x) of -1, 2, 3 is -1 -1 -1 
ifelse(x <= 0,0,x) of -1, 2, 3 is 0 2 3 
EXPECTED
("$place/venv/bin/python" "$place/probe.py" > "$place/made.R"; Rscript --vanilla "$place/made.R") > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
