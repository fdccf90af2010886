#!/usr/bin/env bash
# In a behavioural source of ngspice (−2)³ is 8: a power takes the size of its base, unless it is written pwr.
#
# Guess before running: V(x)^3, V(x)**3 and pow(V(x), 3) are −8 at −2 in a B source, as `let` says; 2^3^2 is 512 or 64 in both; 1/0 and exp(1000) are
#   infinite.
# Seen: ^, ** and pow give 8, pwr gives −8 (a power with the sign of its base), and `let z = (-2)^3` in the same file −8; 2^3^2 is 64; 1/0 is 1e32 and
#   exp(1000) is 1e99, without a word.
# Who meets it: who draws a graph of a formula as a circuit and lets ngspice check it: every odd power of a negative value has the wrong sign, and so
#   has its slope. Write V(x)*V(x)*V(x) or pwr.
# Versions: Debian's ngspice 39.3+ds-1. Needs ngspice of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.cir" <<'PROBE'
powers of a negative value
V1 x 0 -2
B1 caret 0 V=V(x)^3
B2 stars 0 V=V(x)**3
B3 pow 0 V=pow(V(x),3)
B4 pwr 0 V=pwr(V(x),3)
B5 product 0 V=V(x)*V(x)*V(x)
B6 tower 0 V=2^3^2
B7 pole 0 V=1/(V(x)+2)
B8 large 0 V=exp(-500*V(x))
.control
op
print caret stars pow pwr product tower pole large
let z=(-2)^3
print z
.endc
.end
PROBE
cat > "$place/expected" <<'EXPECTED'
caret = 8.000000e+00
stars = 8.000000e+00
pow = 8.000000e+00
pwr = -8.00000e+00
product = -8.00000e+00
tower = 6.400000e+01
pole = 1.000000e+32
large = 1.000000e+99
z = -8.00000e+00
EXPECTED
ngspice -b "$place/probe.cir" 2> /dev/null | grep -E '^(caret|stars|pow|pwr|product|tower|pole|large|z) =' > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
