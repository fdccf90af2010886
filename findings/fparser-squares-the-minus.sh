#!/usr/bin/env bash
# fparser computes -x^2 as (-x)^2, and takes no number that begins or ends with its point.
#
# Guess before running: -2^2 = -4 as in mathematics, Python and what math.js and expr-eval compute.
# Seen: -2^2 = 4 and -x^2 = 9 at x = 3, but 0-x^2 = -9 and 1-2^2 = -3; 2^3^2 = 512. .5 and 1. are refused.
# Who meets it: who plots a bell exp(-x^2) or lets a learner type a loss with it: exp(-x^2) grows without end. Write 0-x^2 or -(x^2).
# Versions: fparser@4.2.0; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" fparser@4.2.0 > /dev/null
cat > "$place/probe.mjs" <<'PROBE'
import * as module from 'fparser';

const Formula = module.default ?? module.Formula;
for (const text of ['-2^2', '1-2^2', '-x^2', '0-x^2', '-(x^2)', 'exp(-x^2)', '2^3^2', '.5', '1.']) {
  let said;
  try { said = new Formula(text).evaluate({ x: 3 }); } catch (error) { said = error.message; }
  console.log(text, '->', said);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
-2^2 -> 4
1-2^2 -> -3
-x^2 -> 9
0-x^2 -> -9
-(x^2) -> -9
exp(-x^2) -> 8103.083927575384
2^3^2 -> 512
.5 -> Unexpected character '.' at position 0
1. -> Unexpected character '.' at position 1
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
