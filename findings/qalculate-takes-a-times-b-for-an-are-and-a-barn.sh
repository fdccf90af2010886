#!/usr/bin/env bash
# Qalculate! reads the letters of a formula as units and constants: a*b is 0.01 μm⁴, and L*2 is litres.
#
# Guess before running: letters that have no value are unknowns, as x is: a*b stays a*b, and w1*x1 stays.
# Seen: a is an are, b a barn, c the speed of light, d a day, e Euler's number, f*a is 0 m², h an hour, k and w1 are 0; e = a*b answers 0.01 μm⁴ as if
#   nothing had been asked; x, y, z are unknowns. 1/2x is 1/(2x) and log(100) the natural one.
# Who meets it: who checks (a*b + c)*f with qalc before giving values: a number comes out, with a unit. Set the variables first, or use x, y, z.
# Versions: Debian's qalc 4.5.1-1. Needs qalc of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.txt" <<'PROBE'
x*y
a*b
e = a*b
c*2
h
w1
1/2x
log(100)
PROBE
cat > "$place/expected" <<'EXPECTED'
x*y -> xy
a*b -> 0.01 μm⁴
e = a*b -> 0.01 μm⁴
c*2 -> 599.584916 km/ms
h -> 3.6 ks
w1 -> 0
1/2x -> 1 / (2x)
log(100) -> 4.605170186
EXPECTED
while read -r text; do printf '%s -> ' "$text"; qalc -t "$text" 2> /dev/null | tail -1; done < "$place/probe.txt" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
