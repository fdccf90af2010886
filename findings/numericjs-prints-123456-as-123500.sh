#!/usr/bin/env bash
# numeric.js prints four digits of every number: 123456.789 is 123500.
#
# Guess before running: numeric.prettyPrint shows all digits, or at least those before the point.
# Seen: 123456.789 is printed as 123500, 2026 as 2026, 20261130 as 2.026e7, 1.23456789 as 1.235. numeric.precision = 17 shows all. numeric.gradient of
#   sqrt(x) at 1e-12 is off by three thousandths, silently.
# Who meets it: who checks a gradient by the numbers that the page prints: four digits agree although the fifth is wrong, and whole numbers look like
#   other ones.
# Versions: numeric 1.2.6 of npm; Node.js 20. Needs node and npm. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm install --silent --no-audit --no-fund numeric@1.2.6)
cat > "$place/probe.cjs" <<'PROBE'
const numeric = require("numeric");
const numbers = [123456.789, 2026, 20261130, 1.23456789, 0.000012345678];
console.log(numbers.map((number) => `${number} is printed as ${numeric.prettyPrint(number).trim()}`).join("\n"));
numeric.precision = 17;
console.log("with numeric.precision = 17:", numbers.map((number) => numeric.prettyPrint(number).trim()).join(", "));
console.log("slope of sqrt(x) at 1e-12:", numeric.gradient((x) => Math.sqrt(x[0]), [1e-12])[0].toPrecision(4), "(500000)");
PROBE
cat > "$place/expected" <<'EXPECTED'
123456.789 is printed as 123500
2026 is printed as 2026
20261130 is printed as 2.026e7
1.23456789 is printed as 1.235
0.000012345678 is printed as 1.235e-5
with numeric.precision = 17: 123456.789, 2026, 20261130, 1.23456789, 1.2345678e-5
slope of sqrt(x) at 1e-12: 5.015e+5 (500000)
EXPECTED
(cd "$place" && node probe.cjs) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
