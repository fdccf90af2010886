#!/usr/bin/env bash
# In calc, the arbitrary precision calculator, exp(-50) is 0 and 1/(1 + exp(-50)) exactly 1: functions are rounded to a fixed place.
#
# Guess before running: a calculator of arbitrary precision has at least the 16 digits of a double for every function, however small its result.
# Seen: fractions are exact, 1e-5 * 1e-20 keeps its value and is shown as ~0.00000000000000000000. Functions are rounded to multiples of epsilon(),
#   1e-20: exp(-50), 1.9e-22 in truth, sqrt(1e-50), tanh(1e-22) and exp(1e-30) - 1 are exact zeros, so that the slope of a sigmoid at 50 is 0. ln(1e-30)
#   is right. After epsilon(1e-60) all are right.
# Who meets it: who checks a small gradient with it because double precision is in doubt: it is less exact than a double here. Set epsilon first.
# Versions: Debian's apcalc 2.12.7.2-4. Needs calc of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.cal" <<'PROBE'
print "exp(-50) is nothing:", exp(-50) == 0;
print "1/(1 + exp(-50)) is 1:", 1/(1 + exp(-50)) == 1;
print "sqrt(1e-50):", sqrt(1e-50), "tanh(1e-22):", tanh(1e-22), "exp(1e-30) - 1:", exp(1e-30) - 1;
print "1e-5 * 1e-20 is shown as", 1e-5 * 1e-20, "and times 1e25 is", 1e-5 * 1e-20 * 1e25;
print "ln(1e-30):", ln(1e-30);
print "epsilon():", epsilon() * 1e20, "e-20";
epsilon(1e-60),;
print "after epsilon(1e-60): exp(-50) * 1e22 is", exp(-50) * 1e22, "and (1 - 1/(1 + exp(-50))) * 1e22 is", (1 - 1/(1 + exp(-50))) * 1e22;
PROBE
cat > "$place/expected" <<'EXPECTED'
exp(-50) is nothing: 1
1/(1 + exp(-50)) is 1: 1
sqrt(1e-50): 0 tanh(1e-22): 0 exp(1e-30) - 1: 0
1e-5 * 1e-20 is shown as ~0.00000000000000000000 and times 1e25 is 1
ln(1e-30): -69.07755278982137052054
epsilon(): 1 e-20
after epsilon(1e-60): exp(-50) * 1e22 is ~1.92874984796391778302 and (1 - 1/(1 + exp(-50))) * 1e22 is ~1.92874984796391778302
EXPECTED
calc -q -p -f "$place/probe.cal" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
