#!/usr/bin/env bash
# mathup, which reads AsciiMath, raises e to the minus alone in e^-x, and reads 1e-3 as a product and a difference.
#
# Guess before running: e^-x is e to the power of minus x, x^-10 is x to the minus ten, and 1e-3 is a number, as AsciiMath is written for people who
#   type.
# Seen: in e^-x only the minus is in the exponent, x stands behind on the line, so that the logistic function reads 1/(1 + e^- x); x^-10 is x^- 10; 1e-3
#   is 1 e - 3. e^(-x) is right.
# Who meets it: who types formulas of networks for a web page: the picture shows another function. Write brackets round each exponent that begins with a
#   minus.
# Versions: mathup@1.0.2; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" mathup@1.0.2 > /dev/null
cat > "$place/probe.mjs" <<'PROBE'
import mathup from 'mathup';

for (const typed of ['e^(-x)', 'e^-x', 'x^-10', '1/(1+e^-x)', '1e-3'])
  console.log(typed, '->', String(mathup(typed, { bare: true })).replace(/ class="[^"]*"/g, ''));
PROBE
cat > "$place/expected" <<'EXPECTED'
e^(-x) -> <msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup>
e^-x -> <mrow><msup><mi>e</mi><mo>−</mo></msup><mi>x</mi></mrow>
x^-10 -> <mrow><msup><mi>x</mi><mo>−</mo></msup><mn>10</mn></mrow>
1/(1+e^-x) -> <mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mo>−</mo></msup><mi>x</mi></mrow></mfrac>
1e-3 -> <mrow><mn>1</mn><mi>e</mi><mo>−</mo><mn>3</mn></mrow>
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
