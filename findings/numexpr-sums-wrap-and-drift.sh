#!/usr/bin/env bash
# numexpr's sum of int32 wraps around where numpy's does not, and its sum of ten million float32 is 9 per cent too large.
#
# Guess before running: sum(a) in numexpr is a.sum() of numpy: whole numbers of 32 bits are added with 64, and single precision in pairs or in double, so
#   that the mean of equal numbers is that number to six digits.
# Seen: three times two thousand millions in int32 are 1705032704; the product and sums of products wrap as well. Ten million times 0.1 in float32 are
#   1087937, where numpy has 1000000.1: each number is added to the sum so far, in single precision. In int64 and float64 all is well.
# Who meets it: who adds up counts, squares or losses of large float32 arrays by numexpr for its speed: mean and variance are off by per cents, with no
#   sign of it. Give it float64.
# Versions: numexpr==2.14.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numexpr==2.14.2 numpy==2.4.6
cat > "$place/sums.py" <<'PROBE'
import numexpr
import numpy as np

counts = np.full(3, 2_000_000_000, np.int32)
small = np.full(10_000_000, 0.1, np.float32)
print("sum of counts in int32: numexpr", numexpr.evaluate("sum(counts)"), "numpy", counts.sum())
few = np.array([60_000, 60_000], np.int32)
print("product in int32: numexpr", numexpr.evaluate("prod(few)"), "numpy", few.prod())
wide = counts.astype(np.int64)
print("sum of counts in int64: numexpr", numexpr.evaluate("sum(wide)"))
print(f"ten million of 0.1 in float32: numexpr {numexpr.evaluate('sum(small)'):.0f}, numpy {small.sum():.0f}")
ones = np.ones(20_000_000, np.float32)
print(f"twenty million ones in float32: numexpr {numexpr.evaluate('sum(ones)'):.0f}, numpy {ones.sum():.0f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
sum of counts in int32: numexpr 1705032704 numpy 6000000000
product in int32: numexpr -694967296 numpy 3600000000
sum of counts in int64: numexpr 6000000000
ten million of 0.1 in float32: numexpr 1087937, numpy 1000000
twenty million ones in float32: numexpr 16777216, numpy 20000000
EXPECTED
"$place/venv/bin/python" "$place/sums.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
