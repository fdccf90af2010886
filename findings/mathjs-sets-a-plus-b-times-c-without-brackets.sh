#!/usr/bin/env bash
# math.js sets multiply(a + x, c) in LaTeX as a + x·c, subtract(a, x - c) as a - x - c, and NaN as the sign for infinity.
#
# Guess before running: what math.parse(...).toTex() prints, read as one reads a formula, is the formula that was parsed, whether a product is typed as * or as multiply.
# Seen: add, subtract, multiply, divide, unaryMinus and pow have templates of their own, which put a bracket round the whole and none round what is in it; pow and
#   divide come out right. -(a) squared is a minus before the square. NaN is printed as \infty, as Infinity is. w_1 is w\_1 and no index; b and L are set upright, for they are
#   units, as \mathrm{b}. Typed with signs, all of it has its brackets.
# Who meets it: who builds formulas from the functions of math.js, as programs do, and shows them: the page shows another formula than is computed. Build operators.
# Versions: mathjs@15.2.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund mathjs@15.2.0
cat > "$place/probe.cjs" <<'PROBE'
const math = require("mathjs");

const at = { a: 2, c: 3, x: 5, w_1: 7, b: 11 };
for (const text of [
  "(a + x) * c", "multiply(a + x, c)", "a - (x - c)", "subtract(a, x - c)", "(-a)^2", "unaryMinus(a)^2", "pow(a + x, 2)", "divide(a + x, c)", "multiply(2, unaryMinus(x))",
  "add(a, x) * c", "NaN", "Infinity", "w_1 * x", "b * x",
]) console.log(`${text}: ${math.parse(text).toTex().trim()}, is ${math.evaluate(text, at)}`);
PROBE
cat > "$place/expected" <<'EXPECTED'
(a + x) * c: \left( a+ x\right)\cdot c, is 21
multiply(a + x, c): \left( a+ x\cdot c\right), is 21
a - (x - c): a-\left( x- c\right), is 0
subtract(a, x - c): \left( a- x- c\right), is 0
(-a)^2: {\left(- a\right)}^{2}, is 4
unaryMinus(a)^2: {-\left( a\right)}^{2}, is 4
pow(a + x, 2): \left( a+ x\right)^{2}, is 49
divide(a + x, c): \frac{ a+ x}{ c}, is 2.3333333333333335
multiply(2, unaryMinus(x)): \left(2\cdot-\left( x\right)\right), is -10
add(a, x) * c: \left( a+ x\right)\cdot c, is 21
NaN: \infty, is NaN
Infinity: \infty, is Infinity
w_1 * x: w\_1\cdot x, is 35
b * x: \mathrm{b}\cdot x, is 55
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
