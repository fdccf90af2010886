#!/usr/bin/env bash
# math.js simplifies (x^2)^0.5 to x, so that its slope is 1 where it is -1, and gives acoth(x) a slope of the wrong sign.
#
# Guess before running: simplify and derivative change no value: (x^2)^0.5 is |x|, as sqrt(x^2) is, and each derivative agrees with differences of the
#   function's own values.
# Seen: powers of powers are multiplied: (x^2)^0.5 and (x^4)^(1/4) become x, (x^2)^1.5 becomes x^3 and ((w*x - y)^2)^0.5 becomes w*x - y, and derivative,
#   which simplifies unless told not to, gives the slope 1 at -2. sqrt(x^2) is kept, and with context: simplify.realContext the others are. acoth has the
#   slope 1/(x^2 - 1), the opposite of the right one, simplified or not; that of cbrt at -8 is a complex number.
# Who meets it: who writes an absolute error as ((y - t)^2)^0.5 and differentiates it: below the target the descent runs away from it. Write
#   abs(y - t), or pass {simplify: false}.
# Versions: mathjs@15.2.0; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" mathjs@15.2.0 > "$place/npm.log"
cat > "$place/probe.mjs" <<'PROBE'
import { derivative, evaluate, rationalize, simplify } from "mathjs";

const show = (number) => (typeof number === "number" ? Number(number.toPrecision(6)) : String(number));
for (const formula of ["(x^2)^0.5", "(x^4)^(1/4)", "(x^2)^1.5", "sqrt(x^2)"]) {
  const short = simplify(formula).toString();
  const careful = simplify(formula, {}, { context: simplify.realContext }).toString();
  console.log(`${formula} is ${show(evaluate(formula, { x: -2 }))} at -2, and simplified to ${short}: ${show(evaluate(short, { x: -2 }))}; in realContext to ${careful}`);
}
console.log("((w*x - y)^2)^0.5 by rationalize:", rationalize("((w*x - y)^2)^0.5").toString());
for (const [formula, x] of [["(x^2)^0.5", -2], ["sqrt(x^2)", -2], ["acoth(x)", 2], ["asech(x)", 0.5], ["atanh(x)", 0.5], ["cbrt(x)", -8], ["nthRoot(x, 3)", -8]]) {
  const slope = derivative(formula, "x");
  const quotient = (evaluate(formula, { x: x + 1e-6 }) - evaluate(formula, { x: x - 1e-6 })) / 2e-6;
  console.log(`slope of ${formula} at ${x}: ${slope} = ${show(slope.evaluate({ x }))}, by differences ${show(quotient)}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
(x^2)^0.5 is 2 at -2, and simplified to x: -2; in realContext to (x ^ 2) ^ (1 / 2)
(x^4)^(1/4) is 2 at -2, and simplified to x: -2; in realContext to (x ^ 4) ^ (1 / 4)
(x^2)^1.5 is 8 at -2, and simplified to x ^ 3: -8; in realContext to (x ^ 2) ^ (3 / 2)
sqrt(x^2) is 2 at -2, and simplified to sqrt(x ^ 2): 2; in realContext to sqrt(x ^ 2)
((w*x - y)^2)^0.5 by rationalize: w * x - y
slope of (x^2)^0.5 at -2: 1 = 1, by differences -1
slope of sqrt(x^2) at -2: x / sqrt(x ^ 2) = -1, by differences -1
slope of acoth(x) at 2: -(1 / (1 - x ^ 2)) = 0.333333, by differences -0.333333
slope of asech(x) at 0.5: -(1 / sqrt(1 - x ^ 2) / x) = -2.3094, by differences -2.3094
slope of atanh(x) at 0.5: 1 / (1 - x ^ 2) = 1.33333, by differences 1.33333
slope of cbrt(x) at -8: x ^ (-2 / 3) / 3 = -0.04166666666666666 - 0.07216878364870324i, by differences 0.0833333
slope of nthRoot(x, 3) at -8: x ^ (-2 / 3) / 3 = -0.04166666666666666 - 0.07216878364870324i, by differences 0.0833333
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
