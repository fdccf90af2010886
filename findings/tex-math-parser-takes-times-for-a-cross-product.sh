#!/usr/bin/env bash
# tex-math-parser, which lets math.js compute LaTeX, takes every \times for the cross product of vectors, and powers from the left.
#
# Guess before running: 2 \times 3 is 6, and 2 \times 10^{-3} is 0.002.
# Seen: both are refused, since "cross" expects an array; \cdot between numbers is a product. 2^{3^2} is 512, but 2^3^2, which TeX itself refuses, is
#   64.
# Who meets it: who computes what a page prints: numbers such as 1.5 \times 10^{-3} and products written with a cross, as nodegraph and most textbooks
#   write them, are errors. Replace \times by \cdot first.
# Versions: tex-math-parser@2.0.5 with mathjs@15.2.0; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" tex-math-parser@2.0.5 mathjs@15.2.0 > /dev/null
cat > "$place/probe.cjs" <<'PROBE'
const { evaluateTex } = require('tex-math-parser');

for (const tex of ['2 \\cdot 3', '2 \\times 3', '1.5 \\times 10^{-3}', '1.5 \\cdot 10^{-3}', '2^{3^2}', '2^3^2', '-2^2']) {
  let said;
  try { said = String(evaluateTex(tex, {}).evaluated); } catch (error) { said = error.message; }
  console.log(tex, '->', said);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
2 \cdot 3 -> 6
2 \times 3 -> Unexpected type of argument in function cross (expected: Array or Matrix, actual: number, index: 0)
1.5 \times 10^{-3} -> Unexpected type of argument in function cross (expected: Array or Matrix, actual: number, index: 0)
1.5 \cdot 10^{-3} -> 0.0015
2^{3^2} -> 512
2^3^2 -> 64
-2^2 -> -4
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
