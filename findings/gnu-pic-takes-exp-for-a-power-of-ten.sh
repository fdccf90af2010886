#!/usr/bin/env bash
# In GNU pic exp(1) is 10 and log(100) is 2, while sin takes radians.
#
# Guess before running: exp and log are those of the other languages: 2.718 and 4.605, as sin(1) is 0.841.
# Seen: exp(x) is ten to the x, log its inverse; sin(1) is 0.841471; −2^2 is −4 and 2^3^2 is 512.
# Who meets it: who plots a sigmoid or a softplus in a figure made with pic: 1/(1+exp(−x)) is a curve of the same shape, 2.3 times as steep, so nobody
#   sees it. Write e = 2.718281828 and e^(−x).
# Versions: Debian's groff-base 1.22.4-10. Needs pic of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.pic" <<'PROBE'
.PS
print sprintf("exp(1) = %g", exp(1))
print sprintf("log(100) = %g", log(100))
print sprintf("1/(1+exp(-1)) = %.4f", 1/(1+exp(-1)))
print sprintf("sin(1) = %.4f", sin(1))
print sprintf("-2^2 = %g", -2^2)
print sprintf("2^3^2 = %g", 2^3^2)
.PE
PROBE
cat > "$place/expected" <<'EXPECTED'
exp(1) = 10
log(100) = 2
1/(1+exp(-1)) = 0.9091
sin(1) = 0.8415
-2^2 = -4
2^3^2 = 512
EXPECTED
pic "$place/probe.pic" 2>&1 > /dev/null | cat > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
