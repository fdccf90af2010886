#!/usr/bin/env bash
# interval-arithmetic-eval, which plots functions by intervals, gives the empty interval for 2^x, x^x, x^0.5 and x^(1/3).
#
# Guess before running: 2^x over [0, 1] is [1, 2] and x^0.5 over [1, 4] is [1, 2]; sqrt(x) gives just that.
# Seen: a power whose exponent is not a whole number is the empty interval, from Infinity to -Infinity, where only a console says so; exp(x) and sqrt(x)
#   are right. x*x over [-1, 2] is [-2, 4], while x^2 is [0, 4].
# Who meets it: who plots a loss that holds a root as a power, or base^x, with a plotter built on it: nothing is drawn, as if the function were nowhere
#   defined. Write exp(x*log(2)) and sqrt(x).
# Versions: interval-arithmetic-eval@0.5.3; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" interval-arithmetic-eval@0.5.3 > /dev/null
cat > "$place/probe.cjs" <<'PROBE'
const module_ = require('interval-arithmetic-eval');

const compile = module_.default ?? module_;
console.warn = () => {};
for (const [text, low, high] of [['sqrt(x)', 1, 4], ['x^0.5', 1, 4], ['x^(1/3)', 1, 8], ['exp(x*log(2))', 0, 1], ['2^x', 0, 1], ['x^x', 1, 2], ['x^2', -1, 2], ['x*x', -1, 2]]) {
  const { lo, hi } = compile(text).eval({ x: [low, high] });
  console.log(`${text} over [${low}, ${high}] is ${lo > hi ? 'empty' : `[${lo.toPrecision(4)}, ${hi.toPrecision(4)}]`}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
sqrt(x) over [1, 4] is [1.000, 2.000]
x^0.5 over [1, 4] is empty
x^(1/3) over [1, 8] is empty
exp(x*log(2)) over [0, 1] is [1.000, 2.000]
2^x over [0, 1] is empty
x^x over [1, 2] is empty
x^2 over [-1, 2] is [0.000, 4.000]
x*x over [-1, 2] is [-2.000, 4.000]
EXPECTED
node "$place/probe.cjs" 2> "$place/said" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
