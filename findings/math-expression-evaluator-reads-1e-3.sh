#!/usr/bin/env bash
# math-expression-evaluator reads 1e-3 as e less 3, log10(100) as 100, log2(8) as 2.41, and sin(1) in degrees.
#
# Guess before running: numbers are read with exponents as in JavaScript, or refused; log10 and log2 are logarithms, or unknown;
#   angles are radians; powers of powers start from the right.
# Seen: e is a constant and what stands side by side is multiplied, so 1e-3 is 1·e − 3 = -0.28; log10(100) is log(10)·100,
#   log2(8) is log(2)·8; sines take degrees unless math.angle is set otherwise; 2^3^2 is 64. No error.
# Who meets it: who pastes a learning rate or a formula of this program or of Python into a page that reads it: a false number, of
#   the right size to be believed. Write 0.001 and log. nodegraph reads 1e-3 as a number and refuses log10 with what to write.
# Versions: math-expression-evaluator@2.0.7; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund math-expression-evaluator@2.0.7
cat > "$place/probe.mjs" <<'PROBE'
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Mexp = require("math-expression-evaluator");
const reader = new (Mexp.default ?? Mexp)();

for (const [words, meant] of [
  ["1e-3", 1e-3],
  ["2.5e-1", 0.25],
  ["log10(100)", Math.log10(100)],
  ["log2(8)", Math.log2(8)],
  ["log(100)", Math.log10(100)],
  ["ln(100)", Math.log(100)],
  ["sin(1)", Math.sin(1)],
  ["2^3^2", 2 ** (3 ** 2)],
]) {
  console.log(words, "is", reader.eval(words), meant === reader.eval(words) ? "" : `where ${meant} is meant`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
1e-3 is -0.281718171540955 where 0.001 is meant
2.5e-1 is 5.795704571147613 where 0.25 is meant
log10(100) is 100 where 2 is meant
log2(8) is 2.408239965311849 where 3 is meant
log(100) is 2 
ln(100) is 4.605170185988092 
sin(1) is 0.017452406437284 where 0.8414709848078965 is meant
2^3^2 is 64 where 512 is meant
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
