#!/usr/bin/env bash
# In PSPP 0 times a missing value is 0, and powers are taken from the left.
#
# Guess before running: what is computed from a missing value is missing, as in R and pandas; 2**3**2 is 512.
# Seen: 0*y is 0 in the row whose y is missing, while 1*y and y+0 are missing; 2**3**2 is 64, with a warning; 0**0 is missing; −2**2 is −4; SUM passes
#   over what is missing.
# Who meets it: who computes w*x for a table with gaps there: a weight that is exactly 0 fills the gaps, so the mean has more rows than with any other
#   weight.
# Versions: Debian's pspp 1.6.2-2. Needs pspp of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.sps" <<'PROBE'
DATA LIST LIST NOTABLE /x y.
BEGIN DATA
1 2
3 .
END DATA.
COMPUTE zero = 0*y.
COMPUTE one = 1*y.
COMPUTE plus = y+0.
COMPUTE tower = 2**3**2.
COMPUTE square = -2**2.
COMPUTE naught = 0**0.
COMPUTE total = SUM(x, y).
FORMATS ALL (F8.2).
LIST zero one plus tower square naught total.
PROBE
cat > "$place/expected" <<'EXPECTED'
zero,one,plus,tower,square,naught,total
.00,2.00,2.00,64.00,-4.00,.  ,3.00
.00,.  ,.  ,64.00,-4.00,.  ,3.00
EXPECTED
pspp -O format=csv "$place/probe.sps" 2> /dev/null | grep -E '^(zero|-?[0-9.]+,|\.)' > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
