#!/usr/bin/env bash
# MathLive reads the AsciiMath e^-x as e with an empty exponent, less x, and writes \operatorname{ReLU} as R e L U.
#
# Guess before running: e^-x is e to the power -x, as 2^-1 is 2 to the power -1; hat y and partial L are what AsciiMath
#   has them for; a name of several letters stays one name: ReLU(x), or "ReLU"(x).
# Seen: 2^-1 and 10^-6 become 2^{-1} and 10^{-6}, but e^-x becomes e^{}-x; e^(-x) is read rightly. hat y becomes the four letters haty,
#   partial L partialL. In the other direction \operatorname{ReLU}(x) becomes R e L U (x), a product of four letters, which
#   comes back as ReLU set as variables.
# Who meets it: who lets people type formulas in AsciiMath, or hands a formula of a mathfield on as AsciiMath: exp(-x) is lost without
#   a word. Write e^(-x), and a name as text.
# Versions: mathlive@0.111.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund mathlive@0.111.1
cat > "$place/mathlive.mjs" <<'PROBE'
import { convertAsciiMathToLatex, convertLatexToAsciiMath } from "mathlive/ssr";

for (const text of ["2^-1", "10^-6", "e^-x", "e^(-x)", "hat y", "partial L", "del L", "tanh x"])
  console.log(text, "becomes", convertAsciiMathToLatex(text));
for (const text of ["\\operatorname{ReLU}(x)", "\\tanh(x)", "e^{-x}", "\\hat y"]) {
  const ascii = convertLatexToAsciiMath(text);
  console.log(text, "becomes", ascii.trim(), "and comes back as", convertAsciiMathToLatex(ascii));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
2^-1 becomes 2^{-1}
10^-6 becomes 10^{-6}
e^-x becomes e^{}-x
e^(-x) becomes e^{-x}
hat y becomes haty
partial L becomes partialL
del L becomes \partial L
tanh x becomes \tanh x
\operatorname{ReLU}(x) becomes R e L U (x) and comes back as ReLU\left(x\right)
\tanh(x) becomes tanh (x) and comes back as \tanh \left(x\right)
e^{-x} becomes e^(-x) and comes back as e^{-x}
\hat y becomes hat y and comes back as haty
EXPECTED
node "$place/mathlive.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
