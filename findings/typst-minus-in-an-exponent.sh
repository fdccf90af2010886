#!/usr/bin/env bash
# Typst raises only the minus sign of e^-x, and reads ∂L/∂a as ∂ times L/∂ times a.
#
# Guess before running: in Typst's mathematics e^-x is e to the power -x, and 10^-6 a millionth; a
#   quotient takes what stands together on either side, as in ∂L/∂a.
# Seen: the exponent is the minus sign alone, x and 6 stand on the line beside it; the fraction is L over
#   ∂, with ∂ before and a behind it. a/-b is a over a minus sign, times b. All three compile. Brackets,
#   which are not printed, help: e^(-x), (∂L)/(∂a).
# Who meets it: who writes a derivation from a terminal or a notebook in Typst: the page says something
#   false and nothing complains. An export to Typst has to bracket every exponent, numerator and
#   denominator.
# Versions: typst==0.15.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cat > "$place/probe.py" <<'PROBE'
import json
import re

import typst

for formula in ("e^-x", "e^(-x)", "10^-6", "∂L/∂a", "(∂L)/(∂a)", "a/-b"):
    source = f"#metadata(repr(${formula}$)) <formula>"
    tree = json.loads(typst.query(source.encode(), "<formula>", field="value", one=True))
    print(formula, "is", re.search(r"body: (.*)\)$", re.sub(r"\s+", " ", tree))[1].rstrip(", "))
PROBE
cat > "$place/expected" <<'EXPECTED'
e^-x is sequence(attach(base: [e], t: [−]), [x])
e^(-x) is attach(base: [e], t: sequence([−], [x]))
10^-6 is sequence(attach(base: [10], t: [−]), [6])
∂L/∂a is sequence([∂], frac(num: [L], denom: [∂]), [a])
(∂L)/(∂a) is frac( num: sequence([∂], [L]), denom: sequence([∂], [a]), )
a/-b is sequence(frac(num: [a], denom: [−]), [b])
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
