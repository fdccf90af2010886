#!/usr/bin/env bash
# In formulajs, the functions of spreadsheets for JavaScript, TANH(1000) and COTH(1000) are NaN, ATAN2 takes its two numbers the other way about, and LOG10(1000) is not 3.
#
# Guess before running: each function gives what Excel's of that name gives: TANH(1000) = 1, ATAN2(1, 2) = 1.107 (x first), LOG10(1000) = 3, ROUND(0.0000001, 7) =
#   0.0000001, NORM.S.DIST(-10, TRUE) = 7.6e-24; what Excel calls an error is an error.
# Seen: hyperbolic functions are computed from exp(x) and exp(-x), so that TANH is NaN from 355 on, SINH(1e-10) has seven right digits, and ASINH(-1e9) is
#   −Infinity. ATAN2(1, 2) is 0.464, the angle of JavaScript, where y is first. ROUND(1e-7, 7) is 0: it takes the exponent for digits. The left tail of the normal
#   distribution is 0 at −10. MEDIAN of 2, 3 and NaN is 3, MAX with a NaN is NaN; EXP(1000) is Infinity and no error.
# Who meets it: who lets a page compute a sheet of a neuron: a saturated tanh is NaN, and all that follows. Math.tanh and Math.atan2 are right.
# Versions: @formulajs/formulajs@4.6.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @formulajs/formulajs@4.6.1
cat > "$place/probe.cjs" <<'PROBE'
const formulajs = require("@formulajs/formulajs");

function show(name, ...given) {
  const answer = name.split(".").reduce((found, part) => found[part], formulajs)(...given);
  console.log(`${name}(${given.map(String).join("; ")}):`, answer instanceof Error ? answer.message : answer);
}

show("TANH", 354);
show("TANH", 356);
show("TANH", 1000);
show("COTH", 1000);
show("SINH", 1e-10);
show("ASINH", -1e9);
show("ATAN2", 1, 2);
show("LOG10", 1000);
show("ROUND", 0.0000001, 7);
show("ROUND", 0.000001, 7);
show("ROUND", -2.5, 0);
show("MOD", -3, 2);
show("NORM.S.DIST", -10, true);
show("MEDIAN", [2, 3, NaN]);
show("MAX", [1, NaN, 3]);
show("EXP", 1000);
show("SQRT", -1);
show("VALUE", "1,5");
PROBE
cat > "$place/expected" <<'EXPECTED'
TANH(354): 1
TANH(356): NaN
TANH(1000): NaN
COTH(1000): NaN
SINH(1e-10): 1.000000082740371e-10
ASINH(-1000000000): -Infinity
ATAN2(1; 2): 0.4636476090008061
LOG10(1000): 2.9999999999999996
ROUND(1e-7; 7): 0
ROUND(0.000001; 7): 0.000001
ROUND(-2.5; 0): -3
MOD(-3; 2): 1
NORM.S.DIST(-10; true): 0
MEDIAN(2,3,NaN): 3
MAX(1,NaN,3): NaN
EXP(1000): Infinity
SQRT(-1): #NUM!
VALUE(1,5): 15
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
